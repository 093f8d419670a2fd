//! What goes to a guest, in the order of its numbers: what was just said, or else what the record
//! holds after the last message sent. The window keeps memory small, however much there is to send.

use basics::{MessageId, ParticipantId, Phi};

use super::{
    Carried, Effect, Host, Said,
    peer::{Asked, Out, Peer},
};
use crate::content::{
    Blob, Enclosure, FromHost, Message, Person, Provenance, Sound, TEXT, Transcript, Translation,
    Writing,
};

/// Envelopes on the way to the relay for one guest.
const WINDOW: usize = 32;
/// Messages that the record is asked for at once.
const PAGE: u32 = 32;

impl Host {
    /// A message was kept here, by the doctor or across the desk: everyone gets it. Its number is the next one.
    pub fn deliver(&mut self, said: Said) {
        self.newest = self.newest.max(said.n);
        for peer in self
            .peers
            .values_mut()
            .filter(|peer| peer.is_inside() && peer.channel.is_some())
        {
            let next = peer.pending.back().map_or(peer.sent, |last| last.n) + 1;
            if said.n == next && peer.asked.is_none() && peer.pending.len() < WINDOW {
                peer.pending.push_back(said.clone());
            }
        }
        self.pump();
    }

    /// The messages an `Effect::NeedHistory` asked for, in their order.
    pub fn history(&mut self, to: ParticipantId, page: Vec<Said>) {
        let Some(peer) = self.peers.values_mut().find(|peer| peer.id == to) else {
            return;
        };
        let Some(asked) = peer.asked.take() else {
            return;
        };
        if asked.stale || asked.after != peer.sent {
            return self.pump();
        }
        for said in page.into_iter().take(PAGE as usize) {
            let next = peer.pending.back().map_or(peer.sent, |last| last.n) + 1;
            if said.n != next {
                break;
            }
            peer.pending.push_back(said);
        }
        // An empty answer is asked for again by the clock, not at once and for ever.
        if !peer.pending.is_empty() {
            self.pump();
        }
    }

    /// A translation was kept: guests who read its language get it.
    pub fn translation(&mut self, n: u64, id: MessageId, translation: &Translation) {
        let reads = |peer: &&mut Peer| peer.is_inside() && peer.language == translation.language;
        for peer in self.peers.values_mut().filter(reads) {
            if n <= peer.sent && peer.channel.is_some() {
                if peer.outbox.len() < 2 * WINDOW {
                    let content = FromHost::Translation {
                        id,
                        translation: translation.clone(),
                    };
                    peer.say(&mut self.out, &content, 0);
                } else {
                    peer.rewind(n - 1);
                }
            } else if let Some(said) = peer.pending.iter_mut().find(|said| said.id == id) {
                said.translations
                    .retain(|other| other.language != translation.language);
                said.translations.push(translation.clone());
            } else if let Some(asked) = &mut peer.asked {
                asked.stale = true;
            }
        }
        self.pump();
    }

    /// A message that guests have complete changes: whoever is away now, or misses the letter, gets it and
    /// what follows once more after the next hello.
    pub fn retell(&mut self, n: u64) {
        for peer in self.peers.values_mut().filter(|peer| peer.is_inside()) {
            peer.retold = Some(peer.retold.map_or(n, |first| first.min(n)));
        }
        self.save();
    }

    /// The words of a voice note were kept, or kept anew: everyone gets them. What was translated of the
    /// words before does not count any more.
    pub fn transcript(&mut self, n: u64, transcript: &Transcript) {
        // A guest that waits for words asks for them again by itself; one that had its answer does not.
        if matches!(transcript.writing, Writing::Waiting | Writing::Corrected) {
            self.retell(n);
        }
        for peer in self.peers.values_mut().filter(|peer| peer.is_inside()) {
            if n <= peer.sent && peer.channel.is_some() {
                if peer.outbox.len() < 2 * WINDOW {
                    let transcript = transcript.clone();
                    peer.say(&mut self.out, &FromHost::Transcript { transcript }, 0);
                } else {
                    peer.rewind(n - 1);
                }
            } else if let Some(said) = peer
                .pending
                .iter_mut()
                .find(|said| said.id == transcript.id)
            {
                said.text = Phi::new(transcript.text.clone());
                said.translations.clear();
                if let Some(Carried::Sound { writing, .. }) = &mut said.carries {
                    *writing = transcript.writing;
                }
            } else if let Some(asked) = &mut peer.asked {
                asked.stale = true;
            }
        }
        self.pump();
    }

    /// What became of an `Effect::PutBlob`; `None` where it can never be put, so that the message
    /// goes without it. A driver tries again by itself what only the network hinders.
    pub fn blob_put(&mut self, to: ParticipantId, message: MessageId, blob: Option<Blob>) {
        let Some(peer) = self.peers.values_mut().find(|peer| peer.id == to) else {
            return;
        };
        if peer.blob_asked == Some(message) {
            peer.blob_asked = None;
        }
        peer.remember(message, blob);
        self.save();
        self.pump();
    }

    /// Sends each guest what there is room for.
    pub(super) fn pump(&mut self) {
        let people = self.people();
        for peer in self.peers.values_mut() {
            if peer.is_inside() && peer.channel.is_some() {
                peer.pump(&mut self.out, self.newest, &people);
            }
        }
    }

    pub(super) fn people(&self) -> Vec<Person> {
        let inside = self.peers.values().filter(|peer| peer.is_inside());
        let guests = inside.map(|peer| Person {
            id: peer.id,
            name: peer.name.expose().clone(),
            doctor: false,
            language: peer.language,
            here: peer.here,
        });
        self.about.here.iter().cloned().chain(guests).collect()
    }

    /// Who is there, or what they read, changed: everyone is told.
    pub(super) fn people_changed(&mut self) {
        for peer in self.peers.values_mut() {
            peer.people_due = true;
        }
        self.changed();
        self.pump();
    }
}

impl Peer {
    fn pump(&mut self, out: &mut Out, newest: u64, people: &[Person]) {
        while self.outbox.len() < WINDOW {
            if self.people_due {
                self.people_due = false;
                self.say(
                    out,
                    &FromHost::People {
                        people: people.to_vec(),
                    },
                    0,
                );
            } else if let Some(said) = self.pending.front() {
                if said.carries.is_some() && !self.blobs.contains_key(&said.id) {
                    if self.blob_asked != Some(said.id) {
                        self.blob_asked = Some(said.id);
                        let put = Effect::PutBlob {
                            to: self.id,
                            stream: self.stream,
                            message: said.id,
                        };
                        out.effects.push_back(put);
                    }
                    return;
                }
                let n = said.n;
                let message = self.message(said);
                self.pending.pop_front();
                self.say_message(out, message);
                self.sent = n;
                self.caught_up_due |= n == newest;
            } else if self.sent < newest {
                if self.asked.is_none() {
                    self.asked = Some(Asked {
                        after: self.sent,
                        stale: false,
                    });
                    let (to, language, after) = (self.id, self.language, self.sent);
                    out.effects.push_back(Effect::NeedHistory {
                        to,
                        language,
                        after,
                        limit: PAGE,
                    });
                }
                return;
            } else if self.caught_up_due {
                self.caught_up_due = false;
                self.say(out, &FromHost::CaughtUp { n: self.sent }, 0);
            } else {
                return;
            }
        }
    }

    /// A message as this guest reads it.
    fn message(&self, said: &Said) -> Message {
        let text = said.text.expose();
        let translation = if said.language == self.language {
            let provenance = Provenance::SameLanguage;
            Some(Translation {
                language: self.language,
                text: text.clone(),
                provenance,
                held: false,
            })
        } else {
            said.translations
                .iter()
                .find(|one| one.language == self.language)
                .cloned()
        };
        let (mut sound, mut enclosure) = (None, None);
        if let Some(Blob { sha256, key }) = self.blobs.get(&said.id).cloned().flatten() {
            match said.carries.clone() {
                Some(Carried::Sound { ms, .. }) => sound = Some(Sound { sha256, key, ms }),
                Some(Carried::File {
                    name,
                    media_type,
                    bytes,
                }) => {
                    enclosure = Some(Enclosure {
                        name,
                        media_type,
                        bytes,
                        sha256,
                        key,
                    });
                }
                None => {}
            }
        }
        Message {
            n: said.n,
            id: said.id,
            from: said.from,
            at: said.at.as_millisecond(),
            language: said.language,
            text: text.clone(),
            writing: match said.carries {
                Some(Carried::Sound { writing, .. }) => Some(writing),
                _ => None,
            },
            sound,
            enclosure,
            translation,
        }
    }

    /// What does not fit into one envelope goes without its translation; the record's own limit keeps
    /// the words themselves far below.
    fn say_message(&mut self, out: &mut Out, mut message: Message) {
        let n = message.n;
        let whole = FromHost::Message {
            message: message.clone(),
        };
        if self.say(out, &whole, n) {
            return;
        }
        message.text = message.text.chars().take(TEXT).collect();
        message.translation = message.translation.map(|one| Translation {
            text: String::new(),
            provenance: Provenance::NotTranslated,
            ..one
        });
        if !self.say(out, &FromHost::Message { message }, n) {
            tracing::warn!(n, "a message does not fit into an envelope");
        }
    }
}
