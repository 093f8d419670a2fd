//! The load: pairs who talk over whatever wire. A guest says originals, its host answers each with the
//! translation. Either at a given rate (open: a late server does not slow the guests down), or as fast as
//! translations come back, with so many originals on the way.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use futures_util::{SinkExt, StreamExt};
use tokio::{
    net::TcpStream,
    task::JoinHandle,
    time::{interval_at, sleep},
};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, tungstenite::Message};

use crate::server::{self, Server};

pub(crate) type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// How one side of a pair speaks.
pub(crate) trait Talk: Send + Sync + 'static {
    /// An original that was due then (µs).
    fn original(&mut self, due: u64) -> String;
    /// The translation of what was heard.
    fn translation(&mut self, of: &Heard, due: u64) -> String;
    /// What a frame is.
    fn hear(&self, frame: &str) -> Heard;
}

/// A frame, as far as it matters.
pub(crate) enum Heard {
    /// The other side's original: when it was due, and its id if it has one.
    Original { due: u64, id: u64 },
    /// The other side's translation.
    Translation { due: u64 },
    /// Something that must be answered so.
    Ask(&'static str),
    /// An acknowledgement, an echo.
    Nothing,
}

/// Guest, then host.
pub(crate) type Pair<T> = [(Socket, T); 2];

#[derive(Clone, Copy)]
pub(crate) struct Load {
    pub(crate) seconds: Duration,
    /// Messages (originals and translations) of all pairs together; as many as go without.
    pub(crate) per_second: Option<f64>,
    /// Originals under way on each stream, when there is no rate.
    pub(crate) window: usize,
}

#[derive(Clone, Copy)]
pub(crate) struct Figures {
    pub(crate) per_second: f64,
    pub(crate) p50: f64,
    pub(crate) p99: f64,
    pub(crate) max: f64,
    /// Originals said and not translated in the end.
    pub(crate) unfinished: i64,
    /// Processors in use.
    pub(crate) server_cpu: f64,
    pub(crate) generator_cpu: f64,
}

/// What all pairs share.
struct Board {
    began: Instant,
    /// Latencies (µs) while it counts.
    times: Vec<Mutex<Vec<u32>>>,
    counting: std::sync::atomic::AtomicBool,
    said: AtomicU64,
    translated: AtomicU64,
}

impl Board {
    fn now(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_micros()).unwrap()
    }

    fn arrived(&self, pair: usize, due: u64) {
        if self.counting.load(Ordering::Relaxed) {
            let late = self.now().saturating_sub(due);
            let mut times = self.times[pair % self.times.len()].lock().unwrap();
            times.push(u32::try_from(late).unwrap_or(u32::MAX));
        }
    }
}

/// Warms up for a fifth of the time, then measures.
pub(crate) async fn run<T: Talk>(pairs: Vec<Pair<T>>, load: Load, server: &Server) -> Figures {
    let board = Arc::new(Board {
        began: Instant::now(),
        times: (0..16).map(|_| Mutex::default()).collect(),
        counting: false.into(),
        said: 0.into(),
        translated: 0.into(),
    });
    // Half of the messages are translations.
    let each = load
        .per_second
        .map(|all| Duration::from_secs_f64(2.0 * pairs.len() as f64 / all));
    let count = pairs.len();
    let mut tasks: Vec<JoinHandle<()>> = Vec::new();
    for (number, [guest, host]) in pairs.into_iter().enumerate() {
        tasks.push(tokio::spawn(translate(host, number, Arc::clone(&board))));
        let board = Arc::clone(&board);
        tasks.push(match each {
            // Spread over the time between two, so that they do not all speak at once.
            Some(each) => {
                let first = each.mul_f64(number as f64 / count as f64);
                tokio::spawn(say_at_times(guest, number, board, first, each))
            }
            None => tokio::spawn(say_when_answered(guest, number, board, load.window)),
        });
    }
    sleep(load.seconds / 5).await;
    let (server_before, own_before) = (server.cpu(), server::cpu("self"));
    board.counting.store(true, Ordering::Relaxed);
    let from = Instant::now();
    sleep(load.seconds).await;
    board.counting.store(false, Ordering::Relaxed);
    let took = from.elapsed().as_secs_f64();
    let (server_cpu, generator_cpu) = (
        server.cpu() - server_before,
        server::cpu("self") - own_before,
    );
    let unfinished =
        board.said.load(Ordering::Relaxed) as i64 - board.translated.load(Ordering::Relaxed) as i64;
    for task in tasks {
        task.abort();
    }
    let mut times: Vec<u32> = board
        .times
        .iter()
        .flat_map(|times| times.lock().unwrap().clone())
        .collect();
    times.sort_unstable();
    let at = |share: f64| {
        let place = ((times.len() as f64 * share) as usize).min(times.len().saturating_sub(1));
        f64::from(times.get(place).copied().unwrap_or(u32::MAX)) / 1000.0
    };
    Figures {
        per_second: times.len() as f64 / took,
        p50: at(0.5),
        p99: at(0.99),
        max: at(1.0),
        unfinished,
        server_cpu: server_cpu / took,
        generator_cpu: generator_cpu / took,
    }
}

async fn translate<T: Talk>((mut socket, mut talk): (Socket, T), number: usize, board: Arc<Board>) {
    while let Some(Ok(message)) = socket.next().await {
        let Message::Text(frame) = message else {
            continue;
        };
        let heard = talk.hear(&frame);
        let answer = match heard {
            Heard::Original { due, .. } => {
                board.arrived(number, due);
                talk.translation(&heard, board.now())
            }
            Heard::Ask(answer) => answer.to_owned(),
            _ => continue,
        };
        socket.send(Message::text(answer)).await.unwrap();
    }
}

async fn say_at_times<T: Talk>(
    (mut socket, mut talk): (Socket, T),
    number: usize,
    board: Arc<Board>,
    first: Duration,
    each: Duration,
) {
    let start = Instant::now() + first;
    let mut due = interval_at(start.into(), each);
    due.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Burst);
    loop {
        tokio::select! {
            at = due.tick() => {
                let at = at.into_std().duration_since(board.began).as_micros();
                board.said.fetch_add(1, Ordering::Relaxed);
                let frame = talk.original(u64::try_from(at).unwrap());
                socket.send(Message::text(frame)).await.unwrap();
            }
            message = socket.next() => {
                let Some(Ok(message)) = message else { return };
                let Message::Text(frame) = message else { continue };
                take(&mut socket, &talk, &frame, number, &board).await;
            }
        }
    }
}

async fn say_when_answered<T: Talk>(
    (mut socket, mut talk): (Socket, T),
    number: usize,
    board: Arc<Board>,
    window: usize,
) {
    let mut free = window;
    loop {
        for _ in 0..std::mem::take(&mut free) {
            board.said.fetch_add(1, Ordering::Relaxed);
            let frame = talk.original(board.now());
            socket.feed(Message::text(frame)).await.unwrap();
        }
        socket.flush().await.unwrap();
        let Some(Ok(message)) = socket.next().await else {
            return;
        };
        let Message::Text(frame) = message else {
            continue;
        };
        if take(&mut socket, &talk, &frame, number, &board).await {
            free += 1;
        }
    }
}

/// Whether a translation came.
async fn take<T: Talk>(
    socket: &mut Socket,
    talk: &T,
    frame: &str,
    number: usize,
    board: &Board,
) -> bool {
    match talk.hear(frame) {
        Heard::Translation { due } => {
            board.arrived(number, due);
            board.translated.fetch_add(1, Ordering::Relaxed);
            true
        }
        Heard::Ask(answer) => {
            socket.send(Message::text(answer)).await.unwrap();
            false
        }
        _ => false,
    }
}
