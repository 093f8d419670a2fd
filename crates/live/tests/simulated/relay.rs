//! A relay in memory that keeps the protocol's promises and no others: contiguous numbers, appends once
//! for each key, order within a stream. Frames of different streams overtake one another, connections
//! break between any two frames, and what was on its way is lost.

use std::collections::{BTreeMap, VecDeque};

use protocol::{Closed, FromClient, FromRelay, Refusal, Role, Sender, StreamId};
use uuid::Uuid;

/// Who is connected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Client {
    Host,
    Guest(StreamId),
}

#[derive(Default)]
pub(crate) struct Relay {
    pub(crate) streams: BTreeMap<StreamId, Log>,
    doors: BTreeMap<String, Door>,
    pub(crate) lines: BTreeMap<Client, Line>,
    /// The disk is full.
    pub(crate) full: bool,
}

#[derive(Default)]
pub(crate) struct Log {
    pub(crate) entries: Vec<(Uuid, Sender, Vec<u8>)>,
    pub(crate) closed: bool,
    admitted: bool,
}

struct Door {
    greeting: Vec<u8>,
    stream: StreamId,
    open: bool,
}

/// A connection: what is on its way in both directions.
#[derive(Default)]
pub(crate) struct Line {
    pub(crate) up: VecDeque<FromClient>,
    pub(crate) down: VecDeque<FromRelay>,
    /// Stream → last entry sent.
    subscribed: BTreeMap<StreamId, u64>,
}

impl Relay {
    pub(crate) fn connect(&mut self, client: Client) {
        self.lines.insert(client, Line::default());
        self.presence();
    }

    /// The connection breaks after `more` frames that were on their way up.
    pub(crate) fn cut(&mut self, client: Client, more: usize) {
        for _ in 0..more {
            self.take(client);
        }
        self.lines.remove(&client);
        self.presence();
    }

    pub(crate) fn is_connected(&self, client: Client) -> bool {
        self.lines.contains_key(&client)
    }

    pub(crate) fn greeting(&self, door: &str) -> Option<Vec<u8>> {
        self.doors
            .get(door)
            .filter(|door| door.open)
            .map(|door| door.greeting.clone())
    }

    pub(crate) fn knock(&mut self, door: &str) -> Option<StreamId> {
        let door = self.doors.get(door).filter(|door| door.open)?.stream;
        let stream = Uuid::now_v7();
        self.streams.insert(stream, Log::default());
        self.append(
            door,
            Uuid::now_v7(),
            Sender::Relay,
            stream.as_bytes().to_vec(),
        );
        Some(stream)
    }

    /// Takes the oldest frame that this client sent; false if there is none.
    pub(crate) fn take(&mut self, client: Client) -> bool {
        let Some(frame) = self
            .lines
            .get_mut(&client)
            .and_then(|line| line.up.pop_front())
        else {
            return false;
        };
        self.frame(client, frame);
        true
    }

    /// Hands out a frame on its way down: the oldest of one of the streams.
    pub(crate) fn hand_out(&mut self, client: Client, choice: usize) -> Option<FromRelay> {
        let down = &mut self.lines.get_mut(&client)?.down;
        let streams: Vec<_> = down.iter().map(about).collect();
        let mut firsts: Vec<usize> = (0..streams.len())
            .filter(|place| !streams[..*place].contains(&streams[*place]))
            .collect();
        firsts.sort_unstable();
        let place = *firsts.get(choice % firsts.len().max(1))?;
        down.remove(place)
    }

    fn frame(&mut self, client: Client, frame: FromClient) {
        match frame {
            FromClient::OpenDoor { door, greeting, .. } => {
                let open = Door {
                    greeting: greeting.0,
                    stream: Uuid::now_v7(),
                    open: true,
                };
                let stream = self.doors.entry(door.clone()).or_insert(open).stream;
                self.streams.entry(stream).or_default();
                self.say(client, FromRelay::DoorOpened { door, stream });
            }
            FromClient::CloseDoor { door } => {
                if let Some(open) = self.doors.get_mut(&door) {
                    open.open = false;
                }
                self.say(client, FromRelay::DoorClosed { door });
            }
            FromClient::Subscribe { stream, after } => {
                let Some(log) = self.streams.get(&stream) else {
                    return self.refuse(client, Refusal::NotFound, stream, None);
                };
                if log.closed && client != Client::Host {
                    return self.say(
                        client,
                        FromRelay::Closed {
                            stream,
                            why: Closed::ByHost,
                        },
                    );
                }
                let head = log.entries.len() as u64;
                self.say(client, FromRelay::Subscribed { stream, head });
                if let Some(line) = self.lines.get_mut(&client) {
                    line.subscribed.insert(stream, after);
                }
                self.fan_out(stream);
                self.presence();
            }
            FromClient::Unsubscribe { stream } => {
                if let Some(line) = self.lines.get_mut(&client) {
                    line.subscribed.remove(&stream);
                }
            }
            FromClient::Append {
                stream,
                key,
                envelope,
            } => {
                let from = if client == Client::Host {
                    Sender::Host
                } else {
                    Sender::Guest
                };
                match self.streams.get(&stream) {
                    None => self.refuse(client, Refusal::NotFound, stream, Some(key)),
                    Some(log) if log.closed => {
                        self.refuse(client, Refusal::Closed, stream, Some(key))
                    }
                    Some(_) if self.full => {
                        self.refuse(client, Refusal::Storage, stream, Some(key))
                    }
                    Some(_) => {
                        let seq = self.append(stream, key, from, envelope.0);
                        self.say(client, FromRelay::Stored { stream, key, seq });
                    }
                }
            }
            FromClient::Admit { stream } => {
                if let Some(log) = self.streams.get_mut(&stream) {
                    log.admitted = true;
                    self.say(client, FromRelay::Admitted { stream });
                }
            }
            FromClient::CloseStream { stream } => {
                if let Some(log) = self.streams.get_mut(&stream) {
                    log.closed = true;
                }
                for client in self.lines.keys().copied().collect::<Vec<_>>() {
                    if client == Client::Host || client == Client::Guest(stream) {
                        self.say(
                            client,
                            FromRelay::Closed {
                                stream,
                                why: Closed::ByHost,
                            },
                        );
                    }
                }
            }
            FromClient::Hello { .. } | FromClient::Renew { .. } => {}
        }
    }

    fn append(&mut self, stream: StreamId, key: Uuid, from: Sender, envelope: Vec<u8>) -> u64 {
        let log = self.streams.entry(stream).or_default();
        if let Some(place) = log.entries.iter().position(|(one, ..)| *one == key) {
            assert_eq!(
                log.entries[place].2, envelope,
                "a key came with other bytes"
            );
            return place as u64 + 1;
        }
        log.entries.push((key, from, envelope));
        let seq = log.entries.len() as u64;
        self.fan_out(stream);
        seq
    }

    fn fan_out(&mut self, stream: StreamId) {
        let Some(log) = self.streams.get(&stream) else {
            return;
        };
        for line in self.lines.values_mut() {
            let Some(sent) = line.subscribed.get_mut(&stream) else {
                continue;
            };
            for (place, (key, from, envelope)) in
                log.entries.iter().enumerate().skip(*sent as usize)
            {
                *sent = place as u64 + 1;
                line.down.push_back(FromRelay::Entry {
                    stream,
                    seq: *sent,
                    key: *key,
                    from: *from,
                    at: 0,
                    envelope: envelope.clone().into(),
                });
            }
        }
    }

    fn presence(&mut self) {
        for stream in self.streams.keys().copied().collect::<Vec<_>>() {
            let guest = self.lines.contains_key(&Client::Guest(stream));
            let host = self.lines.contains_key(&Client::Host);
            for line in self
                .lines
                .values_mut()
                .filter(|line| line.subscribed.contains_key(&stream))
            {
                line.down.push_back(FromRelay::Presence {
                    stream,
                    host,
                    guest,
                });
            }
        }
    }

    fn refuse(&mut self, client: Client, why: Refusal, stream: StreamId, key: Option<Uuid>) {
        self.say(
            client,
            FromRelay::Refused {
                why,
                stream: Some(stream),
                key,
                door: None,
                retry_ms: Some(500),
            },
        );
    }

    fn say(&mut self, client: Client, frame: FromRelay) {
        if let Some(line) = self.lines.get_mut(&client) {
            line.down.push_back(frame);
        }
    }
}

/// What must not overtake: everything of one stream, everything of one door.
fn about(frame: &FromRelay) -> String {
    match frame {
        FromRelay::Subscribed { stream, .. }
        | FromRelay::Stored { stream, .. }
        | FromRelay::Entry { stream, .. }
        | FromRelay::Presence { stream, .. }
        | FromRelay::Admitted { stream }
        | FromRelay::Closed { stream, .. } => stream.to_string(),
        FromRelay::Refused {
            stream: Some(stream),
            ..
        } => stream.to_string(),
        FromRelay::DoorOpened { door, .. } | FromRelay::DoorClosed { door } => door.clone(),
        FromRelay::Welcome {
            role: Role::Host, ..
        } => "host".to_owned(),
        _ => String::new(),
    }
}
