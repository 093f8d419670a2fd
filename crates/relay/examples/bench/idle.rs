//! Memory at many idle connections, held by a process of their own.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

use protocol::FromClient;
use relay::testing::Dial;

use crate::{ours, server::Server};

pub(crate) async fn measure(program: &Path, connections: usize) {
    let data = tempfile::tempdir().unwrap();
    let house = ours::start(program, data.path(), 1).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let before = house.server.memory();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .arg("--program")
        .arg(program)
        .args([
            "--hold",
            &house.dial.url,
            &house.host.token(),
            &connections.to_string(),
        ])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut ready = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut ready)
        .unwrap();
    let holder = Server::of(child);
    tokio::time::sleep(Duration::from_secs(2)).await;
    let (after, cpu) = (house.server.memory(), house.server.cpu());
    tokio::time::sleep(Duration::from_secs(10)).await;
    let idle_cpu = (house.server.cpu() - cpu) / 10.0;
    println!(
        r#"{{"what":"relay: idle connections","connections":{connections},"memory_mib":{after:.0},"memory_before_mib":{before:.0},"kib_each":{:.1},"server_cpu":{idle_cpu:.3}}}"#,
        (after - before) * 1024.0 / connections as f64
    );
    drop(holder);
}

/// Opens so many sockets, each with a token and a door's stream to listen to, says so and holds them.
pub(crate) async fn hold(arguments: &[String]) {
    let [url, token, connections] = arguments else {
        unreachable!()
    };
    let dial = Dial::new(url, None);
    let (mut first, _) = dial.hello(token).await;
    let stream = first.open_door("bench").await;
    let mut held = Vec::new();
    for _ in 1..connections.parse::<usize>().unwrap() {
        held.push(ours::socket(&dial, token, stream).await);
    }
    first.say(&FromClient::Subscribe { stream, after: 0 }).await;
    println!("{} held", held.len() + 1);
    std::future::pending::<()>().await;
}
