//! A guest's side of one consultation, without I/O: the native twin of the phone's page, for tests,
//! loads and programs that join as a guest does.

mod inbound;
mod session;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use basics::{Language, MessageId, ParticipantId, Timestamp};
use protocol::{FromClient, StreamId};
use seal::live::{
    Channel, Commitment, Greeting, JoinLink, SasNumber, SpokenCode, SpokenGuest, guest_hello,
    sas_number,
};

pub use session::Session;

use crate::{
    Error, Result,
    content::{
        FromGuest, Hello, Message, NotKept, Person, PhraseUse, Sound, TEXT, Transcript, Translation,
    },
    due::Due,
    outbox::{Letter, Outbox},
};
use session::Trusted;

/// Own messages that may wait for the host.
const WAITING: usize = 200;
/// Envelopes on the way to the relay.
const WINDOW: usize = 16;
/// Milliseconds between two hellos at least, so that a forged "say hello again" costs little.
const HELLO_MS: u64 = 2000;

/// Something to do, in this order.
#[derive(Debug)]
pub enum Effect {
    /// Keep this as long as the tab lives; `None`: forget it, nothing is left to resume.
    Keep(Option<Box<Session>>),
    /// Say this to the relay.
    Send(FromClient),
    /// Show it.
    Tell(Told),
}

/// What a guest sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// The host answered.
    Welcome {
        /// The clinic's name.
        clinic: String,
        /// The doctor's name.
        doctor: String,
        /// Let in already.
        admitted: bool,
    },
    /// Four places in `seal::live::EMOJI`, to compare.
    Code([usize; 4]),
    /// Let in, as this participant.
    Admitted(ParticipantId),
    /// Who is there.
    People(Vec<Person>),
    /// The next message, in the order of its number, each once.
    Message(Box<Message>),
    /// A message's translation.
    Translation {
        /// Of which.
        id: MessageId,
        /// It.
        translation: Translation,
    },
    /// The words of a voice note; what was translated of the words before does not count any more.
    Transcript(Transcript),
    /// An own message will never be kept.
    NotKept {
        /// Which.
        id: MessageId,
        /// Why.
        why: NotKept,
    },
    /// Everything up to this number was shown.
    CaughtUp(u64),
    /// The spoken code was wrong, or somebody in between guessed one.
    WrongCode,
    /// It is over for this guest.
    Over(Over),
}

/// Why it is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// The doctor did not let them in.
    Declined,
    /// The doctor removed them.
    Removed,
    /// The consultation ended.
    Ended,
    /// The relay closed or forgot the stream, and nobody said why.
    Closed,
    /// The guest left.
    Left,
}

/// One guest.
pub struct Guest {
    session: Session,
    language: Language,
    /// A PAKE that waits for its answer.
    pake: Pake,
    channel: Option<Channel>,
    /// Drawn for this hello, and told once: whoever could choose after hearing it could choose a match.
    number: Option<SasNumber>,
    /// Letters that come before everything else: the PAKE's, or the hello.
    knock: Option<Letter>,
    /// The place of that letter; what is older does not concern us.
    from: Option<u64>,
    subscribed: bool,
    hello_due: Option<Due>,
    last_hello: Option<Due>,
    inside: bool,
    outbox: Outbox,
    /// Own messages that did not come back as kept yet.
    mine: VecDeque<(MessageId, FromGuest)>,
    /// How many of them were sealed in this epoch.
    posted: usize,
    shown: u64,
    /// Shown without their words or their translation.
    incomplete: BTreeMap<MessageId, u64>,
    /// Came before an older one did.
    early: BTreeMap<u64, Message>,
    /// Files that are here whole; said again after every hello.
    has: BTreeSet<MessageId>,
    over: bool,
    connected: bool,
    effects: VecDeque<Effect>,
}

enum Pake {
    None,
    Code(SpokenCode),
    Asked(Box<SpokenGuest>),
}

impl Guest {
    /// A guest with a link, who knocked and got this stream.
    ///
    /// # Errors
    /// [`Error::NotFound`] if another key hangs on the door than the link names: go no further.
    pub fn with_link(
        link: &JoinLink,
        greeting: &[u8],
        stream: StreamId,
        name: &str,
        language: Language,
    ) -> Result<Self> {
        let Ok(Greeting::Link(public)) = Greeting::parse(greeting) else {
            return Err(Error::NotFound);
        };
        let host = link.host(public).map_err(|_| Error::NotFound)?;
        let trusted = Trusted {
            host,
            psk: link.psk(),
        };
        Ok(Self::new(
            Session::new(stream, name, Some(trusted)),
            language,
            Pake::None,
        ))
    }

    /// A guest who was told a code, knocked at its door and got this stream.
    pub fn with_code(code: SpokenCode, stream: StreamId, name: &str, language: Language) -> Self {
        Self::new(Session::new(stream, name, None), language, Pake::Code(code))
    }

    /// A guest whose page was loaded again.
    pub fn resume(session: Session, language: Language) -> Self {
        Self::new(session, language, Pake::None)
    }

    fn new(session: Session, language: Language, pake: Pake) -> Self {
        Self {
            session,
            language,
            pake,
            channel: None,
            number: None,
            knock: None,
            from: None,
            subscribed: false,
            hello_due: None,
            last_hello: None,
            inside: false,
            outbox: Outbox::default(),
            mine: VecDeque::new(),
            posted: 0,
            shown: 0,
            incomplete: BTreeMap::new(),
            early: BTreeMap::new(),
            has: BTreeSet::new(),
            over: false,
            connected: false,
            effects: VecDeque::new(),
        }
    }

    /// The next thing to do.
    pub fn next_effect(&mut self) -> Option<Effect> {
        self.effects.pop_front()
    }

    /// The relay knows us: a new epoch begins.
    ///
    /// # Errors
    /// [`Error::NoRandom`].
    pub fn connected(&mut self, now: Timestamp) -> Result<()> {
        self.connected = true;
        self.subscribed = false;
        if self.over {
            // A goodbye that the relay has not got yet.
            for append in self.outbox.again(self.session.stream) {
                self.send(append);
            }
            return Ok(());
        }
        if let Pake::Code(code) = std::mem::replace(&mut self.pake, Pake::None) {
            let asked = SpokenGuest::knock(&code, self.session.stream.as_bytes());
            let (pake, envelope) = asked.map_err(|_| Error::NoRandom)?;
            self.pake = Pake::Asked(Box::new(pake));
            self.begin(envelope);
        } else if matches!(self.pake, Pake::Asked(_)) {
            self.send_knock();
        } else {
            self.hello(now)?;
        }
        Ok(())
    }

    /// The connection is lost.
    pub fn disconnected(&mut self) {
        self.connected = false;
    }

    /// Time passes; once a second will do.
    ///
    /// # Errors
    /// [`Error::NoRandom`].
    pub fn tick(&mut self, now: Timestamp) -> Result<()> {
        if self.connected && self.hello_due.is_some_and(|due| due.is_past(now)) {
            self.hello_due = None;
            match self.pake {
                Pake::Asked(_) => self.send_knock(),
                _ => self.hello(now)?,
            }
        }
        if self.connected && self.outbox.is_due(now) {
            for append in self.outbox.again(self.session.stream) {
                self.send(append);
            }
        }
        Ok(())
    }

    /// Says something. It is said until it came back as kept.
    ///
    /// # Errors
    /// [`Error::TooLarge`], [`Error::Over`], [`Error::TooMany`] while too much waits.
    pub fn say(&mut self, id: MessageId, text: &str, phrase: Option<PhraseUse>) -> Result<()> {
        if text.chars().count() > TEXT {
            return Err(Error::TooLarge { limit: TEXT });
        }
        let (language, text) = (self.language, text.to_owned());
        self.add(
            id,
            FromGuest::Say {
                id,
                language,
                text,
                phrase,
            },
        )
    }

    /// Says something aloud; the sound is in the stream already.
    ///
    /// # Errors
    /// [`Error::Over`], [`Error::TooMany`].
    pub fn voice(&mut self, id: MessageId, sound: Sound) -> Result<()> {
        let language = self.language;
        self.add(
            id,
            FromGuest::Voice {
                id,
                language,
                sound,
            },
        )
    }

    fn add(&mut self, id: MessageId, said: FromGuest) -> Result<()> {
        if self.over {
            return Err(Error::Over);
        }
        if self.mine.len() >= WAITING {
            return Err(Error::TooMany { seconds: 5 });
        }
        self.mine.push_back((id, said));
        self.pump();
        Ok(())
    }

    /// Own messages that the host has not kept yet, in their order.
    pub fn waiting(&self) -> Vec<MessageId> {
        self.mine.iter().map(|(id, _)| *id).collect()
    }

    /// Reads another language from now on.
    pub fn set_language(&mut self, language: Language) {
        self.language = language;
        if self.inside {
            self.post(&FromGuest::Language { language });
        }
    }

    /// Asks for an older message in the present language.
    pub fn translate(&mut self, id: MessageId) {
        if self.inside {
            self.post(&FromGuest::Translate { id });
        }
    }

    /// Has seen everything up to this number.
    pub fn seen(&mut self, n: u64) {
        if self.inside {
            self.post(&FromGuest::Seen { n });
        }
    }

    /// Holds the file of this message, whole.
    pub fn has(&mut self, id: MessageId) {
        if self.has.insert(id) && self.inside {
            self.post(&FromGuest::Has { id });
        }
    }

    fn say_what_is_here(&mut self) {
        for id in self.has.clone() {
            self.post(&FromGuest::Has { id });
        }
    }

    /// Goes.
    pub fn leave(&mut self) {
        if self.over {
            return;
        }
        self.post(&FromGuest::Leave);
        self.finish(Over::Left);
    }

    /// Every message up to this number is on the screen complete.
    pub fn have(&self) -> u64 {
        let first = self.incomplete.values().min();
        first.map_or(self.shown, |n| n - 1)
    }

    fn hello(&mut self, now: Timestamp) -> Result<()> {
        let Some(trusted) = &self.session.trusted else {
            return Ok(());
        };
        let number = sas_number().map_err(|_| Error::NoRandom)?;
        let resuming = trusted.psk.id == seal::live::PskId::Resume;
        let commit = Commitment::to(&number).to_bytes().to_vec();
        let hello = Hello {
            name: if resuming {
                String::new()
            } else {
                self.session.name.expose().clone()
            },
            language: self.language,
            commit: if resuming { Vec::new() } else { commit }.into(),
            have: self.have(),
        };
        let json = serde_json::to_vec(&hello).map_err(|_| Error::State)?;
        let epoch = self.session.epoch + 1;
        let stream = self.session.stream.into_bytes();
        let said = guest_hello(&stream, epoch, &trusted.psk, &trusted.host, &json);
        let (envelope, channel) = said.map_err(|_| Error::NoRandom)?;
        self.session.epoch = epoch;
        self.channel = Some(channel);
        self.number = (!resuming).then_some(number);
        self.hello_due = None;
        self.last_hello = Some(Due::after(now, HELLO_MS));
        self.inside = false;
        // An epoch is used once, even if the page is loaded again in this moment.
        self.keep_session();
        self.begin(envelope);
        Ok(())
    }

    fn begin(&mut self, envelope: Vec<u8>) {
        self.outbox.clear();
        self.posted = 0;
        self.from = None;
        self.knock = Some(Letter::new(envelope, 0));
        self.send_knock();
    }

    fn send_knock(&mut self) {
        if let Some(letter) = &self.knock {
            let append = letter.append(self.session.stream);
            self.send(append);
        }
    }

    /// Seals own messages as far as there is room.
    fn pump(&mut self) {
        while self.inside && self.outbox.len() < WINDOW {
            let Some((_, said)) = self.mine.get(self.posted).cloned() else {
                return;
            };
            self.posted += 1;
            self.post(&said);
        }
    }

    fn post(&mut self, said: &FromGuest) {
        let Some(channel) = &mut self.channel else {
            return;
        };
        let sealed = serde_json::to_vec(said)
            .ok()
            .and_then(|json| channel.seal(&json).ok());
        if let Some(envelope) = sealed
            && let Some(append) = self.outbox.post(self.session.stream, envelope, 0)
        {
            self.send(append);
        }
    }

    fn send(&mut self, frame: FromClient) {
        if self.connected {
            self.effects.push_back(Effect::Send(frame));
        }
    }

    fn keep_session(&mut self) {
        self.effects
            .push_back(Effect::Keep(Some(Box::new(self.session.clone()))));
    }

    fn tell(&mut self, told: Told) {
        self.effects.push_back(Effect::Tell(told));
    }

    fn finish(&mut self, why: Over) {
        if !std::mem::replace(&mut self.over, true) {
            self.channel = None;
            self.session.trusted = None;
            self.mine.clear();
            self.early.clear();
            self.inside = false;
            self.effects.push_back(Effect::Keep(None));
            self.tell(Told::Over(why));
        }
    }
}
