//! A real relay with a self-signed certificate, a desk and phones that drive the state machines over
//! real sockets.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

use basics::{Language, MessageId, ParticipantId, Phi, Secret, Timestamp};
use live::{
    Guest, Host,
    client::{Enrolment, Event, Line, Pass, Relay, Socket, Trust, WorkstationKey},
    content::Person,
    guest::{self, Over},
    host::{About, Effect, Kept, Said, Told, Way},
};
use protocol::StreamId;
use relay::{Config, Running, Tls};
use seal::live::JoinLink;
use tokio::time::{sleep, timeout};
use uuid::Uuid;

/// Waits until something is there.
pub(crate) async fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let found = timeout(Duration::from_secs(40), async {
        loop {
            if let Some(found) = look() {
                return found;
            }
            sleep(Duration::from_millis(20)).await;
        }
    });
    found
        .await
        .unwrap_or_else(|_| panic!("waited in vain for: {what}"))
}

pub(crate) struct Place {
    folder: tempfile::TempDir,
    relay: Option<Running>,
    at: SocketAddr,
    fingerprint: [u8; 32],
}

impl Place {
    pub(crate) async fn open() -> Self {
        Self::open_with(|_| ()).await
    }

    pub(crate) async fn open_with(change: impl Fn(&mut Config)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut config = settings(&folder, 0);
        change(&mut config);
        let running = relay::start(config).await.unwrap();
        let (at, fingerprint) = (running.address(), running.fingerprint().unwrap());
        Self {
            folder,
            relay: Some(running),
            at,
            fingerprint,
        }
    }

    /// Stops in good order and starts again with what is on disk.
    pub(crate) async fn restart(mut self) -> Self {
        if let Some(running) = self.relay.take() {
            running.drain().await;
        }
        let running = relay::start(settings(&self.folder, self.at.port()))
            .await
            .unwrap();
        self.relay = Some(running);
        self
    }

    pub(crate) fn port(&self) -> u16 {
        self.at.port()
    }

    pub(crate) fn code(&self) -> String {
        self.relay.as_ref().unwrap().enrolment_code().unwrap()
    }

    pub(crate) fn revoke(&self, workstation: Uuid) {
        self.relay
            .as_ref()
            .unwrap()
            .register()
            .revoke(workstation)
            .unwrap();
    }

    pub(crate) fn relay(&self) -> Relay {
        self.relay_at(self.port())
    }

    fn relay_at(&self, port: u16) -> Relay {
        Relay::new(
            &format!("https://127.0.0.1:{port}"),
            Trust::Pinned(self.fingerprint),
        )
        .unwrap()
    }

    pub(crate) async fn doctor(&self) -> Desk {
        self.doctor_at(self.port()).await
    }

    /// A desk that reaches the relay by this port.
    pub(crate) async fn doctor_at(&self, port: u16) -> Desk {
        let key = WorkstationKey::generate().unwrap();
        let running = self.relay.as_ref().unwrap();
        let workstation = running.enrol_local(&key.public()).unwrap();
        let pass = Pass::Workstation(
            key,
            Enrolment {
                workstation,
                relay: running.relay_id(),
            },
        );
        Desk::open(self.relay_at(port), pass)
    }

    /// A phone that came by a link.
    pub(crate) async fn phone(&self, path: &str, name: &str, language: Language) -> Phone {
        let (door, fragment) = path.strip_prefix("/j/").unwrap().split_once('#').unwrap();
        let link = JoinLink::parse(door, fragment).unwrap();
        let relay = self.relay();
        let greeting = relay.greeting(door).await.unwrap();
        let knocked = relay.knock(door).await.unwrap();
        let guest =
            Guest::with_link(&link, &greeting.greeting.0, knocked.stream, name, language).unwrap();
        Phone::open(
            relay,
            guest,
            knocked.stream,
            Pass::Guest(Secret::new(knocked.token.0)),
        )
    }
}

fn settings(folder: &tempfile::TempDir, port: u16) -> Config {
    let mut config = Config::new(folder.path());
    config.tls = Tls::SelfSigned { names: Vec::new() };
    config.listen.set_port(port);
    config.limits.http_per_minute = 10_000;
    config
}

#[derive(Clone)]
pub(crate) struct Desk {
    state: Arc<Mutex<DeskState>>,
    pass: Pass,
}

struct DeskState {
    host: Host,
    doctor: ParticipantId,
    record: Vec<Said>,
    line: Option<Line>,
    over: bool,
}

impl Desk {
    fn open(relay: Relay, pass: Pass) -> Self {
        let doctor = ParticipantId::new();
        let person = Person {
            id: doctor,
            name: "Dr Osei".into(),
            doctor: true,
            language: Language::En,
            here: true,
        };
        let host = Host::new(About {
            clinic: "Hill".into(),
            here: vec![person],
        })
        .unwrap();
        let state = DeskState {
            host,
            doctor,
            record: Vec::new(),
            line: None,
            over: false,
        };
        let desk = Self {
            state: Arc::new(Mutex::new(state)),
            pass: pass.clone(),
        };
        let (weak, (socket, mut events)) = (Arc::downgrade(&desk.state), Socket::open(relay, pass));
        tokio::spawn(async move {
            let _socket = socket;
            loop {
                let event = timeout(Duration::from_millis(200), events.recv()).await;
                let Some(state) = weak.upgrade() else { return };
                let mut state = state.lock().unwrap();
                match event {
                    Err(_) => state.host.tick(Timestamp::now()),
                    Ok(None) => return,
                    Ok(Some(Event::Connected(line))) => {
                        state.line = Some(line);
                        state.host.connected(Timestamp::now());
                    }
                    Ok(Some(Event::Frame(frame))) => state.host.frame(&frame, Timestamp::now()),
                    Ok(Some(Event::Disconnected(_))) => {
                        state.line = None;
                        state.host.disconnected();
                    }
                }
                state.drain();
            }
        });
        desk
    }

    fn state(&self) -> MutexGuard<'_, DeskState> {
        self.state.lock().unwrap()
    }

    pub(crate) async fn invite(&self) -> String {
        let id = {
            let mut state = self.state();
            let id = state.host.invite_link(Timestamp::now()).unwrap();
            state.drain();
            id
        };
        until("an open door", || {
            let invitation = self
                .state()
                .host
                .invitations()
                .into_iter()
                .find(|one| one.id == id)?;
            match invitation.way {
                Way::Link(path) if invitation.open => Some(path.expose().clone()),
                _ => None,
            }
        })
        .await
    }

    pub(crate) fn codes(&self) -> Vec<[usize; 4]> {
        self.state()
            .host
            .waiting()
            .into_iter()
            .filter_map(|waiting| waiting.code)
            .collect()
    }

    pub(crate) fn admit(&self, code: [usize; 4]) {
        let mut state = self.state();
        let who = state
            .host
            .waiting()
            .into_iter()
            .find(|waiting| waiting.code == Some(code))
            .unwrap()
            .id;
        state.host.admit(who).unwrap();
        state.drain();
    }

    pub(crate) fn say(&self, text: &str) {
        let mut state = self.state();
        let doctor = state.doctor;
        let said = state.keep(MessageId::new(), doctor, Language::En, text);
        state.host.deliver(said);
        state.drain();
    }

    pub(crate) fn end(&self) {
        let mut state = self.state();
        state.host.end();
        state.drain();
    }

    pub(crate) fn guests(&self) -> usize {
        self.state().host.guests().len()
    }

    pub(crate) fn is_connected(&self) -> bool {
        self.state().line.is_some()
    }

    pub(crate) fn is_over(&self) -> bool {
        self.state().over
    }

    /// Number and words of everything kept.
    pub(crate) fn record(&self) -> Vec<(u64, String)> {
        self.state()
            .record
            .iter()
            .map(|said| (said.n, said.text.expose().clone()))
            .collect()
    }

    pub(crate) fn pass(&self) -> Pass {
        self.pass.clone()
    }
}

impl DeskState {
    fn keep(&mut self, id: MessageId, from: ParticipantId, language: Language, text: &str) -> Said {
        let n = self.record.len() as u64 + 1;
        let (at, text) = (Timestamp::now(), Phi::new(text.to_owned()));
        let said = Said {
            n,
            id,
            from,
            at,
            language,
            text,
            carries: None,
            translations: Vec::new(),
        };
        self.record.push(said.clone());
        said
    }

    fn drain(&mut self) {
        while let Some(effect) = self.host.next_effect() {
            match effect {
                Effect::Send(frame) => {
                    if let Some(line) = &self.line {
                        line.send(frame);
                    }
                }
                Effect::Keep(incoming) => {
                    let kept = match self.record.iter().any(|said| said.id == incoming.id) {
                        true => Kept::Already,
                        false => {
                            let text = incoming.text.expose();
                            Kept::New(Box::new(self.keep(
                                incoming.id,
                                incoming.from,
                                incoming.language,
                                text,
                            )))
                        }
                    };
                    self.host
                        .kept(incoming.from, incoming.id, kept, Timestamp::now());
                }
                Effect::NeedHistory {
                    to, after, limit, ..
                } => {
                    let page = self
                        .record
                        .iter()
                        .filter(|said| said.n > after)
                        .take(limit as usize);
                    let page = page.cloned().collect();
                    self.host.history(to, page);
                }
                Effect::Tell(Told::Over) => self.over = true,
                Effect::Save(_) | Effect::PutBlob { .. } | Effect::Tell(_) => {}
            }
        }
    }
}

pub(crate) struct Phone {
    state: Arc<Mutex<PhoneState>>,
    stream: StreamId,
    pass: Pass,
}

struct PhoneState {
    guest: Guest,
    line: Option<Line>,
    seen: Seen,
}

/// What the phone shows.
#[derive(Default)]
pub(crate) struct Seen {
    pub(crate) code: Option<[usize; 4]>,
    pub(crate) inside: bool,
    pub(crate) messages: Vec<(u64, String)>,
    pub(crate) over: Option<Over>,
    /// How often the line was lost.
    pub(crate) lost: usize,
}

impl Phone {
    fn open(relay: Relay, guest: Guest, stream: StreamId, pass: Pass) -> Self {
        let state = Arc::new(Mutex::new(PhoneState {
            guest,
            line: None,
            seen: Seen::default(),
        }));
        let (weak, (socket, mut events)) =
            (Arc::downgrade(&state), Socket::open(relay, pass.clone()));
        tokio::spawn(async move {
            let _socket = socket;
            loop {
                let event = timeout(Duration::from_millis(200), events.recv()).await;
                let Some(state) = weak.upgrade() else { return };
                let mut state = state.lock().unwrap();
                match event {
                    Err(_) => state.guest.tick(Timestamp::now()).unwrap(),
                    Ok(None) => return,
                    Ok(Some(Event::Connected(line))) => {
                        state.line = Some(line);
                        state.guest.connected(Timestamp::now()).unwrap();
                    }
                    Ok(Some(Event::Frame(frame))) => {
                        state.guest.frame(&frame, Timestamp::now()).unwrap()
                    }
                    Ok(Some(Event::Disconnected(_))) => {
                        state.line = None;
                        state.seen.lost += 1;
                        state.guest.disconnected();
                    }
                }
                state.drain();
            }
        });
        Self {
            state,
            stream,
            pass,
        }
    }

    pub(crate) fn see<T>(&self, look: impl Fn(&Seen) -> T) -> T {
        look(&self.state.lock().unwrap().seen)
    }

    pub(crate) fn say(&self, text: &str) {
        let mut state = self.state.lock().unwrap();
        state.guest.say(MessageId::new(), text, None).unwrap();
        state.drain();
    }

    pub(crate) fn stream(&self) -> StreamId {
        self.stream
    }

    pub(crate) fn pass(&self) -> Pass {
        self.pass.clone()
    }
}

impl PhoneState {
    fn drain(&mut self) {
        while let Some(effect) = self.guest.next_effect() {
            match effect {
                guest::Effect::Keep(_) => {}
                guest::Effect::Send(frame) => {
                    if let Some(line) = &self.line {
                        line.send(frame);
                    }
                }
                guest::Effect::Tell(told) => match told {
                    guest::Told::Code(code) => self.seen.code = Some(code),
                    guest::Told::Admitted(_) => self.seen.inside = true,
                    guest::Told::Message(message) => {
                        self.seen.messages.push((message.n, message.text))
                    }
                    guest::Told::Over(why) => self.seen.over = Some(why),
                    _ => {}
                },
            }
        }
    }
}
