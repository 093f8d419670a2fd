//! A patient's phone without a browser: the native guest on a real socket to a real relay. What it
//! shows is kept, so that a story can count.

use std::{
    sync::{Arc, Condvar, Mutex, MutexGuard},
    time::{Duration, Instant},
};

use basics::{Clock, Language, MessageId, SystemClock};
use live::{
    client::{Event, Line, Pass, Relay, Socket},
    content::{Blob, Message, Person, Sound, Transcript, Translation},
    guest::{Effect, Guest, Over, Session, Told},
};
use protocol::{FromRelay, StreamId};
use seal::live::JoinLink;
use tokio::{runtime::Handle, sync::Notify};

/// Longer than anything here should take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(90);

/// A phone in a patient's hand.
pub struct Phone {
    shared: Arc<Shared>,
    relay: Relay,
    pass: Pass,
    runtime: Handle,
    language: Language,
    stream: StreamId,
}

struct Shared {
    seen: Mutex<Seen>,
    changed: Condvar,
    stop: Notify,
}

/// What is on the screen.
#[derive(Default)]
pub struct Seen {
    guest: Option<Guest>,
    line: Option<Line>,
    session: Option<String>,
    /// Let in.
    pub admitted: bool,
    /// Places of the four emoji.
    pub code: Option<[usize; 4]>,
    /// Messages in the order in which they came.
    pub messages: Vec<Message>,
    /// Translations that came later.
    pub translations: Vec<(MessageId, Translation)>,
    /// Words of voice notes that came later.
    pub transcripts: Vec<Transcript>,
    /// Who is there.
    pub people: Vec<Person>,
    /// Why it is over.
    pub over: Option<Over>,
    /// Connected now.
    pub connected: bool,
    /// The doctor's workstation is connected, as the relay says.
    pub doctor_here: bool,
}

impl Phone {
    /// Opens an invitation's link on a phone and knocks.
    pub fn open(
        runtime: &Handle,
        relay: &Relay,
        url: &str,
        name: &str,
        language: Language,
    ) -> Self {
        let (_, path) = url.split_once("/j/").unwrap();
        let (door, fragment) = path.split_once('#').unwrap();
        let link = JoinLink::parse(door, fragment).unwrap();
        let (greeting, knocked) = runtime.block_on(async {
            let greeting = relay.greeting(door).await.unwrap();
            (greeting, relay.knock(door).await.unwrap())
        });
        let stream: StreamId = knocked.stream;
        let guest =
            Guest::with_link(&link, greeting.greeting.as_ref(), stream, name, language).unwrap();
        let pass = Pass::Guest(basics::Secret::new(knocked.token.0));
        Self::start(runtime, relay, pass, guest, language, stream)
    }

    /// Loads the page again: only what the tab keeps survives.
    pub fn reload(self) -> Self {
        let (kept, code) = {
            let mut seen = self.seen();
            (seen.session.take().unwrap(), seen.code)
        };
        self.shared.stop.notify_one();
        let guest = Guest::resume(Session::from_text(&kept).unwrap(), self.language);
        let again = Self::start(
            &self.runtime,
            &self.relay,
            self.pass.clone(),
            guest,
            self.language,
            self.stream,
        );
        again.seen().code = code;
        again
    }

    fn start(
        runtime: &Handle,
        relay: &Relay,
        pass: Pass,
        guest: Guest,
        language: Language,
        stream: StreamId,
    ) -> Self {
        let shared = Arc::new(Shared {
            seen: Mutex::new(Seen {
                guest: Some(guest),
                ..Seen::default()
            }),
            changed: Condvar::new(),
            stop: Notify::new(),
        });
        let (task, relay_there, pass_there) = (shared.clone(), relay.clone(), pass.clone());
        runtime.spawn(async move {
            let (_socket, mut events) = Socket::open(relay_there, pass_there);
            let mut second = tokio::time::interval(Duration::from_millis(500));
            loop {
                tokio::select! {
                    () = task.stop.notified() => break,
                    event = events.recv() => match event {
                        Some(event) => task.event(event),
                        None => break,
                    },
                    _ = second.tick() => task.act(|guest| guest.tick(SystemClock.now()).unwrap()),
                }
            }
        });
        Self {
            shared,
            relay: relay.clone(),
            pass,
            runtime: runtime.clone(),
            language,
            stream,
        }
    }

    /// What is on the screen now.
    pub fn seen(&self) -> MutexGuard<'_, Seen> {
        self.shared.seen.lock().unwrap()
    }

    /// Says something; where its keys are, they are used when it can be sent.
    pub fn say(&self, text: &str) -> MessageId {
        let id = MessageId::new();
        self.shared.act(|guest| guest.say(id, text, None).unwrap());
        id
    }

    /// Says something aloud: a WAV file, sealed and put at the relay.
    pub fn voice(&self, wav: &[u8]) -> MessageId {
        let id = MessageId::new();
        let (pass, stream) = (self.pass.clone(), self.stream);
        let put = self.relay.put_blob(&pass, stream, wav, Arc::new(|_, _| {}));
        let blob = self.runtime.block_on(put).unwrap();
        let sound = Sound {
            sha256: blob.sha256,
            key: blob.key,
            ms: (wav.len() as u64 - 44) / 32,
        };
        self.shared.act(|guest| guest.voice(id, sound).unwrap());
        id
    }

    /// Chooses another language.
    pub fn read(&self, language: Language) {
        self.shared.act(|guest| guest.set_language(language));
    }

    /// Asks for an older message in the present language.
    pub fn translate(&self, id: MessageId) {
        self.shared.act(|guest| guest.translate(id));
    }

    /// What a message carries, opened on the phone.
    pub fn fetch(&self, blob: &Blob) -> Vec<u8> {
        let stream = self.stream;
        self.runtime
            .block_on(
                self.relay
                    .fetch_blob(&self.pass, stream, blob, Arc::new(|_, _| {})),
            )
            .unwrap()
    }

    /// Holds the file of this message, whole.
    pub fn has(&self, id: MessageId) {
        self.shared.act(|guest| guest.has(id));
    }

    /// Leaves.
    pub fn leave(&self) {
        self.shared.act(Guest::leave);
    }

    /// Own messages that are not known to be kept.
    pub fn waiting(&self) -> usize {
        let seen = self.seen();
        seen.guest.as_ref().map_or(0, |guest| guest.waiting().len())
    }

    /// Waits until something is so.
    #[track_caller]
    pub fn until(&self, what: &str, is_so: impl Fn(&Seen) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        let mut seen = self.seen();
        while !is_so(&seen) {
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(
                !left.is_zero(),
                "waited for {what}: {} messages, admitted {}, connected {}, over {:?}",
                seen.messages.len(),
                seen.admitted,
                seen.connected,
                seen.over
            );
            seen = self.shared.changed.wait_timeout(seen, left).unwrap().0;
        }
    }

    /// The texts on the screen, in order.
    pub fn texts(&self) -> Vec<String> {
        let seen = self.seen();
        seen.messages
            .iter()
            .map(|message| message.text.clone())
            .collect()
    }
}

impl Drop for Phone {
    fn drop(&mut self) {
        self.shared.stop.notify_one();
    }
}

impl Shared {
    fn event(&self, event: Event) {
        let mut seen = self.seen.lock().unwrap();
        match event {
            Event::Connected(line) => {
                seen.line = Some(line);
                seen.connected = true;
                let guest = seen.guest.as_mut().unwrap();
                guest.connected(SystemClock.now()).unwrap();
            }
            Event::Frame(frame) => {
                if let FromRelay::Presence { host, .. } = frame {
                    seen.doctor_here = host;
                }
                let guest = seen.guest.as_mut().unwrap();
                guest.frame(&frame, SystemClock.now()).unwrap();
            }
            Event::Disconnected(_) => {
                seen.line = None;
                seen.connected = false;
                seen.guest.as_mut().unwrap().disconnected();
            }
        }
        self.carry_out(&mut seen);
    }

    fn act(&self, act: impl FnOnce(&mut Guest)) {
        let mut seen = self.seen.lock().unwrap();
        act(seen.guest.as_mut().unwrap());
        self.carry_out(&mut seen);
    }

    fn carry_out(&self, seen: &mut Seen) {
        while let Some(effect) = seen.guest.as_mut().unwrap().next_effect() {
            match effect {
                Effect::Keep(session) => {
                    let text = session.and_then(|session| session.to_text());
                    seen.session = text.map(|text| text.expose().clone());
                }
                Effect::Send(frame) => {
                    if let Some(line) = &seen.line {
                        line.send(frame);
                    }
                }
                Effect::Tell(told) => {
                    let shown = match &told {
                        Told::Message(message) => Some(message.n),
                        _ => None,
                    };
                    show(seen, told);
                    if let (Some(n), Some(guest)) = (shown, seen.guest.as_mut()) {
                        guest.seen(n);
                    }
                }
            }
        }
        self.changed.notify_all();
    }
}

fn show(seen: &mut Seen, told: Told) {
    match told {
        Told::Welcome { admitted, .. } => seen.admitted |= admitted,
        Told::Code(code) => seen.code = Some(code),
        Told::Admitted(_) => seen.admitted = true,
        Told::People(people) => seen.people = people,
        Told::Message(message) => seen.messages.push(*message),
        Told::Translation { id, translation } => seen.translations.push((id, translation)),
        Told::Transcript(transcript) => seen.transcripts.push(transcript),
        Told::Over(why) => seen.over = Some(why),
        Told::NotKept { .. } | Told::CaughtUp(_) | Told::WrongCode => {}
    }
}
