//! `cargo xtask bench relay`: the relay's figures, a JSON line each, beside their budgets and beside a Python
//! server that does the same work under the same load from the same generator.
//!
//! A *message* is one durable text that reaches the other side: an original, or its translation. Latency is
//! counted from the moment at which a message was due, so that a server that falls behind cannot hide it.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod idle;
mod load;
mod ours;
mod server;
mod theirs;

use std::{path::PathBuf, time::Duration};

use clap::Parser;

use self::{
    load::{Figures, Load},
    server::Server,
};

#[derive(Parser)]
struct Args {
    /// The relay's program, built in release.
    #[arg(long)]
    program: PathBuf,
    /// The Python of the peer; without it the relay is measured alone.
    #[arg(long)]
    python: Option<PathBuf>,
    /// The peer's script.
    #[arg(long, default_value = "tests/peers/socketio_relay.py")]
    script: PathBuf,
    /// Streams, each with two who talk.
    #[arg(long, default_value_t = 1000)]
    streams: usize,
    /// Seconds of each measurement.
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// Idle connections.
    #[arg(long, default_value_t = 10_000)]
    idle: usize,
    /// For itself: holds idle sockets at this address in a process of its own.
    #[arg(long, num_args = 3, hide = true)]
    hold: Option<Vec<String>>,
}

fn main() {
    let args = Args::parse();
    rlimit::increase_nofile_limit(1 << 20).unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        match args.hold {
            Some(hold) => idle::hold(&hold).await,
            None => measure(&args).await,
        }
    });
}

async fn measure(args: &Args) {
    let load = |per_second, window| Load {
        seconds: Duration::from_secs(args.seconds),
        per_second,
        window,
    };
    println!(
        r#"{{"what":"machine","cores":{},"load_average":"{}"}}"#,
        std::thread::available_parallelism().unwrap(),
        std::fs::read_to_string("/proc/loadavg").unwrap().trim()
    );

    let mut peers = Vec::new();
    for mode in ["default", "wal"] {
        let Some(python) = &args.python else { break };
        let name = format!("python-socketio + SQLAlchemy, {mode}");
        let data = tempfile::tempdir().unwrap();
        let (server, pairs) =
            theirs::start(python, &args.script, data.path(), mode, args.streams).await;
        let peak = load::run(pairs, load(None, 1), &server).await;
        report(&format!("{name}: peak"), &peak, "");
        drop(server);
        let data = tempfile::tempdir().unwrap();
        let (server, pairs) =
            theirs::start(python, &args.script, data.path(), mode, args.streams).await;
        let half = load::run(
            pairs,
            load(Some(peak.per_second.max(1.0) / 2.0), 1),
            &server,
        )
        .await;
        report(&format!("{name}: at half its peak"), &half, "");
        peers.push((mode, peak, half));
    }

    let data = tempfile::tempdir().unwrap();
    let house = ours::start(&args.program, data.path(), args.streams).await;
    let steady = load::run(house.pairs().await, load(Some(2000.0), 1), &house.server).await;
    report("relay: 2,000 messages a second", &steady, "p99 <= 10 ms");
    for (mode, peak, half) in &peers {
        let twenty = load::run(
            house.pairs().await,
            load(Some(20.0 * peak.per_second), 1),
            &house.server,
        )
        .await;
        report(
            &format!("relay: 20 times the peak of the peer ({mode})"),
            &twenty,
            "p99 below the peer's",
        );
        println!(
            r#"{{"what":"beside the peer ({mode})","peer_p99_ms_at_half_its_peak":{:.2},"relay_p99_ms_at_20_times_its_peak":{:.2}}}"#,
            half.p99, twenty.p99
        );
    }
    let mut best: f64 = 0.0;
    for window in [1, 4, 16] {
        let peak = load::run(house.pairs().await, load(None, window), &house.server).await;
        let name = format!("relay: peak, {window} at once on each stream");
        report(&name, &peak, ">= 20,000 a second");
        best = best.max(peak.per_second);
    }
    for (mode, peer, _) in &peers {
        println!(
            r#"{{"what":"throughput, relay : peer ({mode})","times":{:.1},"budget":">= 20"}}"#,
            best / peer.per_second
        );
    }
    drop(house);
    idle::measure(&args.program, args.idle).await;
}

fn report(what: &str, figures: &Figures, budget: &str) {
    println!(
        r#"{{"what":"{what}","messages_per_second":{:.0},"p50_ms":{:.2},"p99_ms":{:.2},"max_ms":{:.1},"unfinished":{},"server_cpu":{:.2},"generator_cpu":{:.2},"budget":"{budget}"}}"#,
        figures.per_second,
        figures.p50,
        figures.p99,
        figures.max,
        figures.unfinished,
        figures.server_cpu,
        figures.generator_cpu,
    );
}

/// Waits until something answers there.
async fn until_listening(server: &Server, address: &str) {
    for _ in 0..600 {
        if tokio::net::TcpStream::connect(address).await.is_ok() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("process {} does not listen at {address}", server.id());
}
