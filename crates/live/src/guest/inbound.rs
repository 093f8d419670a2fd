//! What reaches a guest.

use basics::Timestamp;
use protocol::{FromClient, FromRelay, Refusal, Sender};
use seal::{
    Key,
    live::{Kind, Psk, PskId, peek, sas},
};
use uuid::Uuid;

use super::{Guest, Over, Pake, Told, session::Trusted};
use crate::{
    Result,
    content::{FromGuest, FromHost, Message, Transcript, Writing},
    due::Due,
};

/// Messages that wait for an older one.
const EARLY: usize = 256;
/// Milliseconds until something refused is tried again, where the relay does not say.
const AGAIN_MS: u64 = 2000;

impl Guest {
    /// The relay said something.
    ///
    /// # Errors
    /// [`crate::Error::NoRandom`].
    pub fn frame(&mut self, frame: &FromRelay, now: Timestamp) -> Result<()> {
        match frame {
            FromRelay::Stored { stream, key, seq } if *stream == self.session.stream => {
                self.knock_stored(*key, *seq);
                if self.outbox.stored(*key).is_some() {
                    self.pump();
                }
            }
            FromRelay::Entry {
                stream,
                seq,
                key,
                from,
                envelope,
                ..
            } if *stream == self.session.stream => {
                self.knock_stored(*key, *seq);
                if *from == Sender::Host && self.from.is_some_and(|from| *seq > from) && !self.over
                {
                    self.from = Some(*seq);
                    self.envelope(&envelope.0, now)?;
                }
            }
            FromRelay::Closed { stream, .. } if *stream == self.session.stream => {
                self.finish(Over::Closed)
            }
            FromRelay::Refused {
                why, key, retry_ms, ..
            } => {
                let due = Due::after(now, retry_ms.unwrap_or(AGAIN_MS));
                match (why, key) {
                    (Refusal::NotFound | Refusal::Closed, _) => self.finish(Over::Closed),
                    (Refusal::TooMany | Refusal::Storage, Some(key)) => {
                        let waits = self.outbox.refused(*key, due);
                        if !waits && self.is_knock(*key) {
                            self.hello_due = Some(due);
                        }
                    }
                    (_, Some(key)) => drop(self.outbox.stored(*key)),
                    _ => {}
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn is_knock(&self, key: Uuid) -> bool {
        self.knock.as_ref().is_some_and(|letter| letter.key == key)
    }

    /// Our first word of the epoch has its place: what comes after it is for us.
    fn knock_stored(&mut self, key: Uuid, seq: u64) {
        if self.is_knock(key) && self.from.is_none() {
            self.from = Some(seq);
            if !std::mem::replace(&mut self.subscribed, true) {
                self.send(FromClient::Subscribe {
                    stream: self.session.stream,
                    after: seq,
                });
            }
        }
    }

    fn envelope(&mut self, envelope: &[u8], now: Timestamp) -> Result<()> {
        let Ok(head) = peek(envelope) else {
            return Ok(());
        };
        match head.kind {
            Kind::Rekey => self.hello_again(now),
            Kind::Pake => self.spoken(envelope, now),
            Kind::Hello => Ok(()),
            Kind::Sealed => {
                let plain = self
                    .channel
                    .as_mut()
                    .and_then(|channel| channel.open(envelope).ok());
                match plain.and_then(|plain| serde_json::from_slice(&plain).ok()) {
                    Some(said) => self.said(said, now),
                    None => Ok(()),
                }
            }
        }
    }

    /// At once, or as soon as it is not too often.
    fn hello_again(&mut self, now: Timestamp) -> Result<()> {
        match self.last_hello.filter(|due| !due.is_past(now)) {
            Some(due) => {
                self.hello_due = Some(due);
                Ok(())
            }
            None => self.hello(now),
        }
    }

    fn spoken(&mut self, envelope: &[u8], now: Timestamp) -> Result<()> {
        let Pake::Asked(pake) = std::mem::replace(&mut self.pake, Pake::None) else {
            return Ok(());
        };
        match pake.finish(envelope) {
            Ok(spoken) => {
                self.session.trusted = Some(Trusted {
                    host: spoken.host,
                    psk: spoken.psk,
                });
                self.hello(now)
            }
            Err(_) => {
                self.tell(Told::WrongCode);
                Ok(())
            }
        }
    }

    fn said(&mut self, said: FromHost, now: Timestamp) -> Result<()> {
        match said {
            FromHost::Welcome {
                nonce,
                clinic,
                doctor,
                admitted,
            } => {
                self.tell(Told::Welcome {
                    clinic,
                    doctor,
                    admitted,
                });
                if let (Ok(theirs), Some(channel)) = (<[u8; 32]>::try_from(nonce.0), &self.channel)
                    && let Some(number) = self.number.take()
                {
                    let code = sas(channel.sas_secret(), &number, &theirs);
                    self.post(&FromGuest::Reveal {
                        nonce: number.to_vec().into(),
                    });
                    self.tell(Told::Code(code));
                }
                self.inside = admitted;
                if admitted {
                    self.say_what_is_here();
                }
                self.pump();
            }
            FromHost::Admitted { you, resume } => {
                let Some(key) = Key::from_slice(&resume.0) else {
                    return Ok(());
                };
                if let Some(trusted) = &mut self.session.trusted {
                    trusted.psk = Psk {
                        id: PskId::Resume,
                        key,
                    };
                }
                self.inside = true;
                self.keep_session();
                self.tell(Told::Admitted(you));
                self.pump();
            }
            FromHost::Declined => self.finish(Over::Declined),
            FromHost::Removed => self.finish(Over::Removed),
            FromHost::Ended => self.finish(Over::Ended),
            FromHost::People { people } => self.tell(Told::People(people)),
            FromHost::Message { message } => self.message(message),
            FromHost::Translation { id, translation } => {
                if let Some(early) = self.early.values_mut().find(|message| message.id == id) {
                    early.translation = Some(translation);
                } else {
                    self.incomplete.remove(&id);
                    self.tell(Told::Translation { id, translation });
                }
            }
            FromHost::Transcript { transcript } => self.transcript(transcript),
            FromHost::CaughtUp { n } => {
                self.tell(Told::CaughtUp(self.shown));
                // Something was lost on the way: the host sends again what we do not have.
                if self.shown < n {
                    return self.hello_again(now);
                }
            }
            FromHost::NotKept { id, why } => {
                self.forget_mine(id);
                self.tell(Told::NotKept { id, why });
                self.pump();
            }
        }
        Ok(())
    }

    fn message(&mut self, message: Message) {
        self.forget_mine(message.id);
        if message.n <= self.shown {
            // Sent again for its words or its translation.
            let spoken = message.writing.is_some();
            if let Some(writing) = message.writing {
                self.transcript(Transcript {
                    id: message.id,
                    language: message.language,
                    text: message.text.clone(),
                    writing,
                });
            }
            let owed = message.is_complete() && self.incomplete.remove(&message.id).is_some();
            if let Some(translation) = message.translation
                && (owed || spoken)
            {
                self.tell(Told::Translation {
                    id: message.id,
                    translation,
                });
            }
        } else if self.early.len() < EARLY || message.n == self.shown + 1 {
            self.early.insert(message.n, message);
        }
        while let Some(message) = self.early.remove(&(self.shown + 1)) {
            self.shown = message.n;
            if !message.is_complete() {
                self.incomplete.insert(message.id, message.n);
            }
            self.tell(Told::Message(Box::new(message)));
        }
        self.pump();
    }

    fn transcript(&mut self, transcript: Transcript) {
        let Transcript { id, writing, .. } = transcript;
        if let Some(early) = self.early.values_mut().find(|message| message.id == id) {
            early.text = transcript.text;
            early.writing = Some(writing);
            early.translation = None;
            return;
        }
        // Otherwise its translation is still to come.
        let read = transcript.text.is_empty() || transcript.language == self.language;
        if writing != Writing::Waiting && read {
            self.incomplete.remove(&id);
        }
        self.tell(Told::Transcript(transcript));
    }

    /// An own message is kept, or never will be.
    fn forget_mine(&mut self, id: basics::MessageId) {
        if let Some(place) = self.mine.iter().position(|(one, _)| *one == id) {
            self.mine.remove(place);
            if place < self.posted {
                self.posted -= 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use basics::Language;
    use protocol::StreamId;
    use seal::live::{Channel, Greeting, HostKey, JoinLink, host_open_hello};

    use super::*;
    use crate::guest::Effect;

    fn now() -> Timestamp {
        Timestamp::from_second(1_800_000_000).unwrap()
    }

    /// A guest who has said hello, and somebody who holds the other end's keys.
    fn greeted() -> (Guest, Channel, StreamId) {
        let key = HostKey::generate().unwrap();
        let link = JoinLink::generate(&key).unwrap();
        let stream = Uuid::now_v7();
        let greeting = Greeting::Link(key.public()).to_bytes();
        let mut guest = Guest::with_link(&link, &greeting, stream, "Ana", Language::Es).unwrap();
        guest.connected(now()).unwrap();
        let (append, hello) = effects(&mut guest)
            .into_iter()
            .find_map(|effect| match effect {
                Effect::Send(FromClient::Append { key, envelope, .. }) => Some((key, envelope)),
                _ => None,
            })
            .unwrap();
        let opened = host_open_hello(&key, stream.as_bytes(), &hello.0, 0, |_| {
            Some(link.psk().key)
        })
        .unwrap();
        guest
            .frame(
                &FromRelay::Stored {
                    stream,
                    key: append,
                    seq: 1,
                },
                now(),
            )
            .unwrap();
        (guest, opened.channel, stream)
    }

    fn effects(guest: &mut Guest) -> Vec<Effect> {
        std::iter::from_fn(|| guest.next_effect()).collect()
    }

    #[test]
    fn the_number_is_told_once_for_each_hello() {
        let (mut guest, mut other, stream) = greeted();
        let mut told = Vec::new();
        for seq in 2..5 {
            let nonce = vec![seq as u8; 32].into();
            let welcome = FromHost::Welcome {
                nonce,
                clinic: String::new(),
                doctor: String::new(),
                admitted: false,
            };
            let envelope = other
                .seal(&serde_json::to_vec(&welcome).unwrap())
                .unwrap()
                .into();
            let entry = FromRelay::Entry {
                stream,
                seq,
                key: Uuid::now_v7(),
                from: Sender::Host,
                at: 0,
                envelope,
            };
            guest.frame(&entry, now()).unwrap();
            told.extend(effects(&mut guest));
        }
        let codes = told
            .iter()
            .filter(|effect| matches!(effect, Effect::Tell(Told::Code(_))))
            .count();
        let reveals = told
            .iter()
            .filter(|effect| matches!(effect, Effect::Send(FromClient::Append { .. })))
            .count();
        assert_eq!((codes, reveals), (1, 1));
    }
}
