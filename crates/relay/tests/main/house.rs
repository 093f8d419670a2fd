//! A relay for a test, inside it or as a process.

use std::path::Path;

use relay::{
    Config, Running, Tls,
    testing::{Client, Dial, Host, Process},
};
use tempfile::TempDir;

/// A relay in this process, and its data.
pub(crate) struct House {
    pub(crate) relay: Running,
    pub(crate) dial: Dial,
    _data: TempDir,
}

/// With settings of one's own.
pub(crate) async fn open_with(change: impl FnOnce(&mut Config)) -> House {
    let data = tempfile::tempdir().unwrap();
    let mut config = Config::new(data.path());
    config.limits.http_per_minute = 10_000;
    config.limits.tries_per_minute = 10_000;
    change(&mut config);
    let secure = !matches!(config.tls, Tls::None);
    let relay = relay::start(config).await.unwrap();
    let certificate = data.path().join("tls/cert.pem");
    let dial = Dial::new(relay.url(), secure.then_some(certificate.as_path()));
    House {
        relay,
        dial,
        _data: data,
    }
}

pub(crate) async fn open() -> House {
    open_with(|_| {}).await
}

impl House {
    /// An enrolled workstation.
    pub(crate) async fn host(&self, number: u8) -> Host {
        self.dial
            .enrol(&self.relay.enrolment_code().unwrap(), number)
            .await
    }

    /// A workstation at the door, a guest whom it admitted, and the guest's stream.
    pub(crate) async fn pair(&self) -> Pair {
        let host = self.host(1).await;
        pair(&self.dial, host).await
    }
}

/// Two who talk.
pub(crate) struct Pair {
    pub(crate) host: Client,
    pub(crate) guest: Client,
    pub(crate) workstation: Host,
    pub(crate) knocked: protocol::Knocked,
}

pub(crate) async fn pair(dial: &Dial, workstation: Host) -> Pair {
    let mut host = dial.host(&workstation).await;
    host.open_door("door").await;
    let knocked = dial.knock("door").await;
    let stream = knocked.stream;
    host.say(&protocol::FromClient::Admit { stream }).await;
    let guest = dial.guest(&knocked).await;
    Pair {
        host,
        guest,
        workstation,
        knocked,
    }
}

/// The real program.
pub(crate) fn process(data: &Path, args: &[&str]) -> Process {
    Process::start(
        Path::new(env!("CARGO_BIN_EXE_medibridge-relay")),
        data,
        args,
    )
}

/// A configuration file in the folder, for a process.
pub(crate) fn configured(data: &Path, limits: &str) -> String {
    let path = data.join("relay.toml");
    let text = format!(
        "data_dir = {:?}\n[limits]\nhttp_per_minute = 100000\n{limits}",
        data.display().to_string()
    );
    std::fs::write(&path, text).unwrap();
    path.display().to_string()
}
