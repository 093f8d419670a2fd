//! What guests say. A guest who was not let in is answered with `welcome` and nothing else.

use basics::{MessageId, ParticipantId, Phi, Timestamp};
use protocol::StreamId;
use seal::live::{
    Commitment, HostOpened, Kind, PskId, SpokenHost, host_open_hello, peek, sas, sas_number,
};

use super::{
    Effect, Host, Incoming, Kept, Told,
    door::Lock,
    peer::{Compare, Rekey, Stage},
};
use crate::{
    content::{FromGuest, FromHost, Hello, NotKept, SOUND_MS, Sound, TEXT},
    due::Due,
};

/// The inbox is filled again from the relay below this.
const LOW: usize = 16;
/// Characters of a name at most.
const NAME: usize = 80;
/// Milliseconds until a guest is asked again for what could not be kept just now.
const FAILED_MS: u64 = 10_000;

impl Host {
    /// What became of an `Effect::Keep`.
    pub fn kept(&mut self, from: ParticipantId, id: MessageId, kept: Kept, now: Timestamp) {
        let mut peers = self.peers.values_mut();
        let peer = peers.find(|peer| {
            peer.id == from && peer.keeping.as_ref().is_some_and(|(one, _)| *one == id)
        });
        let Some(peer) = peer else {
            // The guest was removed meanwhile; what was kept is kept.
            if let Kept::New(said) = kept {
                self.deliver(*said);
            }
            return;
        };
        let stream = peer.stream;
        let sound = peer.keeping.take().and_then(|(_, sound)| sound);
        match kept {
            Kept::New(said) => {
                if let Some(sound) = sound {
                    peer.remember(id, Some(sound.blob()));
                }
                self.deliver(*said);
            }
            Kept::Already => {}
            Kept::Refused(why) => {
                peer.say(&mut self.out, &FromHost::NotKept { id, why }, 0);
            }
            Kept::Failed => {
                // What came after it must not be kept before it: the guest says all of it again.
                peer.channel = None;
                peer.outbox.clear();
                peer.rekey = Rekey::Later(Due::after(now, FAILED_MS));
            }
        }
        self.take(stream);
    }

    /// Reads the inbox until it is empty or the record is asked.
    pub(super) fn take(&mut self, stream: StreamId) {
        while let Some(peer) = self.peers.get_mut(&stream) {
            if peer.keeping.is_some() {
                return;
            }
            if peer.paused && peer.inbox.len() < LOW {
                peer.subscribe(&mut self.out);
            }
            let Some(envelope) = peer.inbox.pop_front() else {
                break;
            };
            self.envelope(stream, &envelope);
        }
        // All that was said is read and no hello was among it: our keys are gone, or it was said to nobody.
        if let Some(peer) = self.peers.get_mut(&stream) {
            let read = peer.head.is_some_and(|head| peer.cursor >= head);
            if read && peer.channel.is_none() && peer.epoch > 0 && matches!(peer.rekey, Rekey::No) {
                peer.ask_for_hello(&mut self.out);
            }
        }
    }

    fn envelope(&mut self, stream: StreamId, envelope: &[u8]) {
        let Ok(head) = peek(envelope) else { return };
        match head.kind {
            Kind::Hello => self.hello(stream, envelope),
            Kind::Pake => self.pake(stream, envelope),
            Kind::Rekey => {}
            Kind::Sealed => {
                let Some(peer) = self.peers.get_mut(&stream) else {
                    return;
                };
                let plain = peer
                    .channel
                    .as_mut()
                    .and_then(|channel| channel.open(envelope).ok());
                if plain.is_some() && head.counter != peer.heard + 1 {
                    // Something said before it did not come. The guest says all of it again, in its order.
                    return peer.ask_for_hello(&mut self.out);
                }
                peer.heard += u64::from(plain.is_some());
                let said = plain.and_then(|plain| serde_json::from_slice(&plain).ok());
                if let Some(said) = said {
                    self.said(stream, said);
                }
            }
        }
    }

    fn hello(&mut self, stream: StreamId, envelope: &[u8]) {
        let (Some(key), Some(peer)) = (&self.key, self.peers.get_mut(&stream)) else {
            return;
        };
        let opened = host_open_hello(key, stream.as_bytes(), envelope, peer.epoch, |id| {
            peer.secret(id)
        });
        let Ok(HostOpened {
            psk,
            hello,
            channel,
        }) = opened
        else {
            return;
        };
        let Ok(hello) = serde_json::from_slice::<Hello>(&hello) else {
            return;
        };
        if psk == PskId::Resume {
            peer.begin(channel);
            peer.confirmed = true;
            peer.psk = None;
            let known = peer.retold.map_or(hello.have, |n| hello.have.min(n - 1));
            peer.rewind(known.min(self.newest));
            peer.stored = peer.sent;
            peer.seen = peer.seen.max(peer.sent);
            peer.caught_up_due = true;
            let (who, language) = (peer.id, hello.language);
            let changed = std::mem::replace(&mut peer.language, language) != language;
            self.save();
            self.welcome(stream, Vec::new());
            if changed {
                self.tell(Told::LanguageChanged { who, language });
            }
            return self.people_changed();
        }
        let commitment = <[u8; 32]>::try_from(hello.commit.0);
        let (Ok(commitment), Ok(number)) = (commitment, sas_number()) else {
            return;
        };
        let was_inside = peer.is_inside();
        peer.begin(channel);
        // Let in, but it never got its key: it is compared and let in again.
        peer.stage = Stage::Waiting;
        peer.resume = None;
        peer.name = Phi::new(
            hello
                .name
                .trim()
                .chars()
                .filter(|c| !c.is_control())
                .take(NAME)
                .collect(),
        );
        peer.language = hello.language;
        let commitment = Commitment::from_bytes(commitment);
        peer.compare = Some(Compare {
            commitment,
            number,
            code: None,
        });
        self.save();
        self.welcome(stream, number.to_vec());
        match was_inside {
            true => self.people_changed(),
            false => self.changed(),
        }
    }

    fn welcome(&mut self, stream: StreamId, nonce: Vec<u8>) {
        let doctor = self.about.here.first().map(|doctor| doctor.name.clone());
        let Some(peer) = self.peers.get_mut(&stream) else {
            return;
        };
        let welcome = FromHost::Welcome {
            nonce: nonce.into(),
            clinic: self.about.clinic.clone(),
            doctor: doctor.unwrap_or_default(),
            admitted: peer.is_inside(),
        };
        peer.say(&mut self.out, &welcome, 0);
    }

    /// The one try of a spoken code. Whatever came, the code is spent before it is answered.
    fn pake(&mut self, stream: StreamId, envelope: &[u8]) {
        let (Some(key), Some(peer)) = (&self.key, self.peers.get_mut(&stream)) else {
            return;
        };
        let door = self.doors.iter_mut().find(|door| door.id == peer.door);
        let Some(door) = door.filter(|door| matches!(door.lock, Lock::Spoken(_))) else {
            return;
        };
        let tried = Lock::Tried(door.code().to_owned());
        let Lock::Spoken(code) = std::mem::replace(&mut door.lock, tried) else {
            return;
        };
        let code_of_door = code.door().to_owned();
        let answer = SpokenHost::new(code, key.public()).answer(stream.as_bytes(), envelope);
        let answer = answer.ok().map(|(answer, psk)| {
            peer.psk = Some(psk);
            answer
        });
        self.close(code_of_door);
        if let (Some(answer), Some(peer)) = (answer, self.peers.get_mut(&stream)) {
            peer.post(&mut self.out, answer, 0);
        }
        self.changed();
    }

    fn said(&mut self, stream: StreamId, said: FromGuest) {
        let Some(peer) = self.peers.get_mut(&stream) else {
            return;
        };
        match said {
            FromGuest::Reveal { nonce } => {
                let number = <[u8; 32]>::try_from(nonce.0);
                let (Some(compare), Some(channel), Ok(number)) =
                    (&mut peer.compare, &peer.channel, number)
                else {
                    return;
                };
                if !compare.commitment.holds(&number) {
                    // Somebody changed their mind: that is no honest phone.
                    return self.farewell(stream, None, false);
                }
                compare.code = Some(sas(channel.sas_secret(), &number, &compare.number));
                self.changed();
            }
            FromGuest::Leave => {
                let (who, inside) = (peer.id, peer.is_inside());
                self.farewell(stream, None, false);
                if inside {
                    self.tell(Told::Gone(who));
                }
                self.people_changed();
            }
            _ if !peer.is_inside() => {}
            said => {
                peer.confirmed = true;
                self.said_inside(stream, said);
            }
        }
    }

    fn said_inside(&mut self, stream: StreamId, said: FromGuest) {
        let Some(peer) = self.peers.get_mut(&stream) else {
            return;
        };
        let who = peer.id;
        match said {
            FromGuest::Say {
                id,
                language,
                text,
                phrase,
            } => {
                if text.chars().count() > TEXT {
                    peer.say(
                        &mut self.out,
                        &FromHost::NotKept {
                            id,
                            why: NotKept::TooLong,
                        },
                        0,
                    );
                    return;
                }
                let text = Phi::new(text);
                self.keep(
                    stream,
                    Incoming {
                        from: who,
                        stream,
                        id,
                        language,
                        text,
                        phrase,
                        sound: None,
                    },
                );
            }
            FromGuest::Voice {
                id,
                language,
                sound,
            } => {
                if !is_sound(&sound) {
                    peer.say(
                        &mut self.out,
                        &FromHost::NotKept {
                            id,
                            why: NotKept::BadSound,
                        },
                        0,
                    );
                    return;
                }
                let (text, sound) = (Phi::new(String::new()), Some(sound));
                self.keep(
                    stream,
                    Incoming {
                        from: who,
                        stream,
                        id,
                        language,
                        text,
                        phrase: None,
                        sound,
                    },
                );
            }
            FromGuest::Language { language } => {
                if std::mem::replace(&mut peer.language, language) != language {
                    // What was taken from the record may lack the new language.
                    peer.rewind(peer.sent);
                    self.save();
                    self.tell(Told::LanguageChanged { who, language });
                    self.people_changed();
                }
            }
            FromGuest::Translate { id } => {
                let language = peer.language;
                self.tell(Told::TranslateAsked { who, id, language });
            }
            FromGuest::Seen { n } => {
                let n = n.min(peer.sent);
                if n > peer.seen {
                    peer.seen = n;
                    self.tell(Told::Seen { who, n });
                }
            }
            FromGuest::Has { id } => {
                // Only what was put into this stream can be had from it.
                if peer.blobs.get(&id).is_some_and(Option::is_some) {
                    self.tell(Told::Has { who, id });
                }
            }
            FromGuest::Reveal { .. } | FromGuest::Leave => {}
        }
    }

    fn keep(&mut self, stream: StreamId, incoming: Incoming) {
        if let Some(peer) = self.peers.get_mut(&stream) {
            peer.keeping = Some((incoming.id, incoming.sound.clone()));
            self.out.effects.push_back(Effect::Keep(Box::new(incoming)));
        }
    }
}

fn is_sound(sound: &Sound) -> bool {
    let hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    sound.sha256.len() == 64
        && sound.sha256.bytes().all(hex)
        && sound.key.0.len() == 32
        && sound.ms <= SOUND_MS + 1000
}
