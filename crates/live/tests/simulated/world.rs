//! A consultation in a bottle: a host with its record, phones, the relay between them. Everything that
//! happens is one small step, so that any order of things can be tried.

use std::collections::{BTreeSet, VecDeque};

use basics::{Language, MessageId, ParticipantId, Phi, Secret, Timestamp};
use live::{
    Guest, Host,
    content::{Person, Provenance, Transcript, Translation, Writing},
    guest::Session,
    host::{About, Carried, Incoming, Said, Told, Way},
};
use protocol::{FromRelay, Sender, StreamId};
use seal::live::{JoinLink, SpokenCode};

use crate::{
    made::blob,
    phone::Phone,
    relay::{Client, Relay},
};

mod wants;

pub(crate) const DOCTOR: Language = Language::En;

pub(crate) struct World {
    pub(crate) now: Timestamp,
    pub(crate) relay: Relay,
    pub(crate) host: Host,
    doctor: Person,
    saved: Option<Secret<Vec<u8>>>,
    /// The record: it survives a crash.
    pub(crate) record: Vec<Said>,
    /// What the host asked for and has no answer to yet; lost in a crash.
    keeps: VecDeque<Incoming>,
    histories: VecDeque<(ParticipantId, Language, u64, u32)>,
    pub(crate) phones: Vec<Phone>,
    pub(crate) over: bool,
    pub(crate) gone: Vec<ParticipantId>,
    pub(crate) told: Vec<Told>,
    /// What the host wants to be put at the relay; lost in a crash.
    pub(crate) puts: Vec<(ParticipantId, MessageId)>,
    /// Puts wait until the test answers them.
    pub(crate) held: bool,
    /// Who told to hold which file.
    pub(crate) has: BTreeSet<(ParticipantId, MessageId)>,
    /// The record answers nothing for now.
    pub(crate) slow: bool,
    /// The record fails now and then.
    pub(crate) fails: bool,
}

impl World {
    pub(crate) fn new() -> Self {
        let doctor = Person {
            id: ParticipantId::new(),
            name: "Dr Osei".into(),
            doctor: true,
            language: DOCTOR,
            here: true,
        };
        let host = Host::new(About {
            clinic: "Hill".into(),
            here: vec![doctor.clone()],
        })
        .unwrap();
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        let mut world = Self {
            now,
            relay: Relay::default(),
            host,
            doctor,
            saved: None,
            record: Vec::new(),
            keeps: VecDeque::new(),
            histories: VecDeque::new(),
            phones: Vec::new(),
            over: false,
            gone: Vec::new(),
            told: Vec::new(),
            puts: Vec::new(),
            held: false,
            has: BTreeSet::new(),
            slow: false,
            fails: false,
        };
        world.connect(Client::Host);
        world
    }

    /// A phone that comes by a fresh link.
    pub(crate) fn invite(&mut self, language: Language) -> usize {
        let path = self.link();
        self.come_by(&path, language)
    }

    /// A fresh link, whose door is open.
    pub(crate) fn link(&mut self) -> String {
        let invitation = self.host.invite_link(self.now).unwrap();
        self.drain();
        self.settle();
        let found = self
            .host
            .invitations()
            .into_iter()
            .find(|one| one.id == invitation)
            .unwrap();
        assert!(found.open, "the relay opened the door");
        let Way::Link(path) = found.way else {
            panic!("a link")
        };
        path.expose().clone()
    }

    /// A fresh code, as it is said, whose door is open.
    pub(crate) fn code(&mut self) -> String {
        let invitation = self.host.invite_spoken(self.now).unwrap();
        self.drain();
        self.settle();
        let found = self
            .host
            .invitations()
            .into_iter()
            .find(|one| one.id == invitation)
            .unwrap();
        assert!(found.open, "the relay opened the door");
        let Way::Spoken(code) = found.way else {
            panic!("a code")
        };
        code.expose().clone()
    }

    /// A phone whose owner was told a code.
    pub(crate) fn come_by_code(&mut self, said: &str, language: Language) -> usize {
        let code = SpokenCode::parse(said).unwrap();
        let stream = self.relay.knock(code.door()).unwrap();
        let guest = Guest::with_code(code, stream, "Ana", language);
        self.came(guest, stream, language)
    }

    /// A phone that opens this link.
    pub(crate) fn come_by(&mut self, path: &str, language: Language) -> usize {
        let (door, fragment) = path.strip_prefix("/j/").unwrap().split_once('#').unwrap();
        let link = JoinLink::parse(door, fragment).unwrap();
        let greeting = self.relay.greeting(door).unwrap();
        let stream = self.relay.knock(door).unwrap();
        let guest = Guest::with_link(&link, &greeting, stream, "Ana", language).unwrap();
        self.came(guest, stream, language)
    }

    fn came(&mut self, guest: Guest, stream: StreamId, language: Language) -> usize {
        self.phones.push(Phone {
            stream,
            guest,
            session: None,
            language,
            you: None,
            shown: Vec::new(),
            said: Vec::new(),
            over: None,
            code: None,
            told: Vec::new(),
        });
        self.connect(Client::Guest(stream));
        self.phones.len() - 1
    }

    pub(crate) fn connect(&mut self, client: Client) {
        if self.relay.is_connected(client) {
            return;
        }
        self.relay.connect(client);
        match client {
            Client::Host => self.host.connected(self.now),
            Client::Guest(stream) => {
                let now = self.now;
                self.phone(stream).guest.connected(now).unwrap();
            }
        }
        self.drain();
    }

    /// The connection breaks; `more` frames on their way up still arrive.
    pub(crate) fn cut(&mut self, client: Client, more: usize) {
        if !self.relay.is_connected(client) {
            return;
        }
        self.relay.cut(client, more);
        match client {
            Client::Host => self.host.disconnected(),
            Client::Guest(stream) => self.phone(stream).guest.disconnected(),
        }
        self.drain();
    }

    /// The workstation dies, and starts again from this.
    pub(crate) fn restart_from(&mut self, saved: String) {
        self.saved = Some(Secret::new(saved.into_bytes()));
        self.crash(0);
    }

    /// The workstation dies after carrying out `more` effects, and starts again from what was saved.
    pub(crate) fn crash(&mut self, more: usize) {
        for _ in 0..more {
            match self.host.next_effect() {
                Some(effect) => self.carry_out(effect),
                None => break,
            }
        }
        self.relay.cut(Client::Host, more);
        self.keeps.clear();
        self.histories.clear();
        self.puts.clear();
        let about = About {
            clinic: "Hill".into(),
            here: vec![self.doctor.clone()],
        };
        let newest = self.record.len() as u64;
        self.host = match &self.saved {
            Some(saved) => Host::restore(about, saved, newest).unwrap(),
            None => Host::new(about).unwrap(),
        };
    }

    /// The page is loaded again: only what the tab keeps is left, which includes what was typed.
    pub(crate) fn reload(&mut self, phone: usize) {
        let stream = self.phones[phone].stream;
        self.cut(Client::Guest(stream), phone);
        let phone = &mut self.phones[phone];
        let Some(session) = &phone.session else {
            return;
        };
        let waiting = phone.guest.waiting();
        phone.guest = Guest::resume(Session::from_text(session).unwrap(), phone.language);
        phone.shown.clear();
        for (id, text) in phone.said.iter().filter(|(id, _)| waiting.contains(id)) {
            phone.guest.say(*id, text, None).unwrap();
        }
    }

    pub(crate) fn doctor_says(&mut self, text: &str) {
        let said = self.keep(MessageId::new(), self.doctor.id, DOCTOR, text, None);
        self.host.deliver(said);
        self.drain();
    }

    pub(crate) fn guest_says(&mut self, phone: usize, text: &str) {
        let phone = &mut self.phones[phone];
        if phone.over.is_none() {
            let id = MessageId::new();
            if phone.guest.say(id, text, None).is_ok() {
                phone.said.push((id, text.to_owned()));
            }
        }
        self.drain();
    }

    pub(crate) fn guest_reads(&mut self, phone: usize, language: Language) {
        self.phones[phone].language = language;
        self.phones[phone].guest.set_language(language);
        self.drain();
    }

    /// Lets in those of these phones who wait and can be compared; the codes must be the same.
    pub(crate) fn admit_all(&mut self, phones: &[usize]) {
        for waiting in self.host.waiting() {
            let mine = self.host_stream(waiting.id);
            if waiting.code.is_some()
                && phones
                    .iter()
                    .any(|phone| Some(self.phones[*phone].stream) == mine)
            {
                self.host.admit(waiting.id).unwrap();
            }
        }
        self.drain();
    }

    fn host_stream(&self, who: ParticipantId) -> Option<StreamId> {
        // The test's own way to tell who is who: the order of names would be ambiguous.
        let saved: serde_json::Value =
            serde_json::from_slice(self.saved.as_ref()?.expose()).unwrap();
        let peers = saved["peers"].as_array()?;
        let peer = peers.iter().find(|peer| peer["id"] == who.to_string())?;
        peer["stream"].as_str()?.parse().ok()
    }

    pub(crate) fn participant(&self, phone: usize) -> Option<ParticipantId> {
        let stream = self.phones[phone].stream;
        self.host
            .guests()
            .into_iter()
            .find(|guest| guest.stream == stream)
            .map(|guest| guest.id)
    }

    /// The doctor's voice note.
    pub(crate) fn doctor_speaks(&mut self, ms: u64) -> MessageId {
        self.doctor_gives(Carried::Sound {
            ms,
            writing: Writing::Waiting,
        })
    }

    /// A report that the doctor hands over.
    pub(crate) fn doctor_hands_over(&mut self) -> MessageId {
        self.doctor_gives(Carried::File {
            name: format!("report-{}.pdf", self.record.len()),
            media_type: "application/pdf".into(),
            bytes: 40_000,
        })
    }

    fn doctor_gives(&mut self, carried: Carried) -> MessageId {
        let said = self.keep(MessageId::new(), self.doctor.id, DOCTOR, "", Some(carried));
        let id = said.id;
        self.host.deliver(said);
        self.drain();
        id
    }

    /// What was to be put lies at the relay now.
    pub(crate) fn answer_put(&mut self) -> bool {
        let Some((to, message)) = self.puts.pop() else {
            return false;
        };
        self.host.blob_put(to, message, Some(blob(message)));
        self.drain();
        true
    }

    /// What is saved of the host.
    pub(crate) fn saved(&self) -> String {
        String::from_utf8(self.saved.as_ref().unwrap().expose().clone()).unwrap()
    }

    /// The words of a voice note come, or the doctor corrects them.
    pub(crate) fn write_down(&mut self, place: usize, corrected: bool) {
        if self.record.is_empty() {
            return;
        }
        let place = place % self.record.len();
        let said = &mut self.record[place];
        let Some(Carried::Sound { writing, .. }) = &mut said.carries else {
            return;
        };
        if !corrected && *writing != Writing::Waiting {
            return;
        }
        *writing = if corrected {
            Writing::Corrected
        } else {
            Writing::Machine
        };
        let text = format!(
            "{}, {corrected} words of {}",
            said.text.expose().len(),
            said.n
        );
        said.translations.clear();
        said.text = Phi::new(text.clone());
        let transcript = Transcript {
            id: said.id,
            language: said.language,
            text,
            writing: *writing,
        };
        let n = said.n;
        self.host.transcript(n, &transcript);
        self.drain();
    }

    /// A translation that an engine took its time for.
    pub(crate) fn translate(&mut self, place: usize, language: Language) {
        if self.record.is_empty() {
            return;
        }
        let place = place % self.record.len();
        let said = &mut self.record[place];
        if said.language == language
            || said.text.expose().is_empty()
            || said.translations.iter().any(|one| one.language == language)
        {
            return;
        }
        let text = format!("{} in {}", said.text.expose(), language.tag());
        let translation = Translation {
            language,
            text,
            provenance: Provenance::Machine,
            held: false,
        };
        said.translations.push(translation.clone());
        let (n, id) = (said.n, said.id);
        self.host.translation(n, id, &translation);
        self.drain();
    }

    pub(crate) fn pass(&mut self, ms: u64) {
        self.now = Timestamp::from_millisecond(self.now.as_millisecond() + ms as i64).unwrap();
        self.host.tick(self.now);
        for phone in &mut self.phones {
            phone.guest.tick(self.now).unwrap();
        }
        self.drain();
    }

    /// One thing that is on its way arrives; false if nothing is.
    pub(crate) fn step(&mut self, choice: usize) -> bool {
        let clients: Vec<_> = self.relay.lines.keys().copied().collect();
        let kinds = clients.len() * 2 + 3;
        for turn in 0..kinds {
            let kind = (choice + turn) % kinds;
            let arrived = match kind {
                kind if kind < clients.len() => self.relay.take(clients[kind]),
                kind if kind < clients.len() * 2 => {
                    let client = clients[kind - clients.len()];
                    match self.relay.hand_out(client, choice / kinds) {
                        Some(frame) => {
                            self.frame(client, &frame);
                            true
                        }
                        None => false,
                    }
                }
                kind if kind == clients.len() * 2 => self.answer_keep(choice),
                kind if kind == clients.len() * 2 + 1 => !self.held && self.answer_put(),
                _ => self.answer_history(),
            };
            if arrived {
                return true;
            }
        }
        false
    }

    pub(crate) fn settle(&mut self) {
        for choice in 0..100_000 {
            if !self.step(choice) {
                return;
            }
        }
        panic!("it never comes to rest");
    }

    /// The network is well again, and time passes until nothing is left to do.
    pub(crate) fn heal(&mut self) {
        self.relay.full = false;
        self.fails = false;
        let clients: Vec<_> = self
            .phones
            .iter()
            .map(|phone| Client::Guest(phone.stream))
            .collect();
        for client in [Client::Host].into_iter().chain(clients) {
            self.cut(client, 0);
            self.connect(client);
        }
        for _ in 0..20 {
            self.settle();
            self.pass(1500);
        }
        self.settle();
    }

    pub(crate) fn frame(&mut self, client: Client, frame: &FromRelay) {
        let now = self.now;
        match client {
            Client::Host => self.host.frame(frame, now),
            Client::Guest(stream) => self.phone(stream).guest.frame(frame, now).unwrap(),
        }
        self.drain();
    }

    /// Entries by the host in this phone's stream.
    pub(crate) fn said_by_host(&self, phone: usize) -> usize {
        let log = &self.relay.streams[&self.phones[phone].stream];
        log.entries
            .iter()
            .filter(|(_, from, _)| *from == Sender::Host)
            .count()
    }

    fn phone(&mut self, stream: StreamId) -> &mut Phone {
        self.phones
            .iter_mut()
            .find(|phone| phone.stream == stream)
            .unwrap()
    }
}
