//! What the host and the phones want done, and the record's answers.

use basics::{Language, MessageId, ParticipantId, Phi};
use live::{
    guest,
    host::{Carried, Effect, Kept, Said, Told},
};

use super::World;
use crate::relay::Client;

impl World {
    pub(super) fn answer_keep(&mut self, choice: usize) -> bool {
        if self.slow {
            return false;
        }
        let Some(incoming) = self.keeps.pop_front() else {
            return false;
        };
        let (from, id) = (incoming.from, incoming.id);
        let kept = if self.fails && choice.is_multiple_of(13) {
            Kept::Failed
        } else if self.record.iter().any(|said| said.id == id) {
            Kept::Already
        } else {
            let text = incoming.text.expose().clone();
            Kept::New(Box::new(self.keep(
                id,
                from,
                incoming.language,
                &text,
                None,
            )))
        };
        self.host.kept(from, id, kept, self.now);
        self.drain();
        true
    }

    pub(super) fn answer_history(&mut self) -> bool {
        let Some((to, _, after, limit)) = self.histories.pop_front() else {
            return false;
        };
        let page = self
            .record
            .iter()
            .filter(|said| said.n > after)
            .take(limit as usize);
        let page = page.cloned().collect();
        self.host.history(to, page);
        self.drain();
        true
    }

    pub(super) fn keep(
        &mut self,
        id: MessageId,
        from: ParticipantId,
        language: Language,
        text: &str,
        carries: Option<Carried>,
    ) -> Said {
        let n = self.record.len() as u64 + 1;
        let text = Phi::new(text.to_owned());
        let said = Said {
            n,
            id,
            from,
            at: self.now,
            language,
            text,
            carries,
            translations: Vec::new(),
        };
        self.record.push(said.clone());
        said
    }

    pub(crate) fn drain(&mut self) {
        while let Some(effect) = self.host.next_effect() {
            self.carry_out(effect);
        }
        for place in 0..self.phones.len() {
            while let Some(effect) = self.phones[place].guest.next_effect() {
                let stream = self.phones[place].stream;
                match effect {
                    guest::Effect::Keep(session) => {
                        let text = session.and_then(|session| session.to_text());
                        self.phones[place].session = text.map(|text| text.expose().clone());
                    }
                    guest::Effect::Send(frame) => {
                        if let Some(line) = self.relay.lines.get_mut(&Client::Guest(stream)) {
                            line.up.push_back(frame);
                        }
                    }
                    guest::Effect::Tell(told) => self.phones[place].hear(told),
                }
            }
        }
    }

    pub(super) fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Save(saved) => self.saved = Some(saved),
            Effect::Send(frame) => {
                if let Some(line) = self.relay.lines.get_mut(&Client::Host) {
                    line.up.push_back(frame);
                }
            }
            Effect::Keep(incoming) => self.keeps.push_back(*incoming),
            Effect::NeedHistory {
                to,
                language,
                after,
                limit,
            } => {
                self.histories.push_back((to, language, after, limit));
            }
            Effect::PutBlob { to, message, .. } => self.puts.push((to, message)),
            Effect::Tell(told) => {
                match told {
                    Told::Over => self.over = true,
                    Told::Gone(who) => self.gone.push(who),
                    Told::Has { who, id } => drop(self.has.insert((who, id))),
                    _ => {}
                }
                self.told.push(told);
            }
        }
    }
}
