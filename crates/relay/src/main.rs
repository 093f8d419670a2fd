//! `medibridge-relay`: one command starts it, the others are the operator's.

// A program for a terminal: what it prints is its answer.
#![allow(clippy::print_stdout)]

use std::{env, io::IsTerminal, net::SocketAddr, path::PathBuf, process::ExitCode};

use anyhow::{Context, Result};
use clap::{Args, Parser, Subcommand};
use relay::{Config, Page, Register, Tls};
use tracing_subscriber::EnvFilter;
use uuid::Uuid;

/// Joins patients' phones to workstations; can open nothing of what they say.
#[derive(Parser)]
#[command(name = "medibridge-relay", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the relay.
    Serve(Serve),
    /// Print a one-time enrolment code, good for fifteen minutes.
    EnrolCode(Place),
    /// List the enrolled workstations.
    Workstations(Place),
    /// Let a workstation in no more.
    Revoke {
        /// Its id, as `workstations` prints it.
        id: Uuid,
        #[command(flatten)]
        place: Place,
    },
}

#[derive(Args)]
struct Place {
    /// A configuration, TOML.
    #[arg(long)]
    config: Option<PathBuf>,
    /// The data folder.
    #[arg(long)]
    data: Option<PathBuf>,
}

#[derive(Args)]
struct Serve {
    #[command(flatten)]
    place: Place,
    /// Where to listen [default: 0.0.0.0:8443].
    #[arg(long)]
    listen: Option<SocketAddr>,
    /// The certificate, PEM.
    #[arg(long, requires = "key")]
    cert: Option<PathBuf>,
    /// Its private key, PEM.
    #[arg(long, requires = "cert")]
    key: Option<PathBuf>,
    /// Make a certificate for this machine (the default without --cert and --plain).
    #[arg(long, conflicts_with = "cert")]
    self_signed: bool,
    /// Plain HTTP, on loopback alone: for a proxy on this machine.
    #[arg(long, conflicts_with_all = ["cert", "self_signed"])]
    plain: bool,
    /// The address in the certificate, e.g. https://relay.example.org.
    #[arg(long)]
    public_url: Option<String>,
    /// Serve the patient page from this folder.
    #[arg(long)]
    page: Option<PathBuf>,
}

fn main() -> ExitCode {
    match perform(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("medibridge-relay: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn perform(command: Command) -> Result<()> {
    match command {
        Command::Serve(serve) => run(serve),
        Command::EnrolCode(place) => {
            println!("{}", place.register()?.new_code()?);
            Ok(())
        }
        Command::Workstations(place) => {
            for one in place.register()?.workstations()? {
                let state = if one.revoked.is_some() {
                    "revoked"
                } else {
                    "enrolled"
                };
                println!("{}  {state:<8}  {}", one.id, one.name);
            }
            Ok(())
        }
        Command::Revoke { id, place } => Ok(place.register()?.revoke(id)?),
    }
}

impl Place {
    fn config(&self) -> Result<Config> {
        let mut config = match &self.config {
            Some(path) => Config::read(path)?,
            None => {
                let mut config = Config::new(default_data());
                config.listen = SocketAddr::from(([0, 0, 0, 0], 8443));
                config.tls = Tls::SelfSigned { names: Vec::new() };
                config
            }
        };
        if let Some(data) = &self.data {
            config.data_dir.clone_from(data);
        }
        Ok(config)
    }

    fn register(&self) -> Result<Register> {
        Ok(Register::open(&self.config()?.data_dir)?)
    }
}

impl Serve {
    fn config(self) -> Result<Config> {
        let mut config = self.place.config()?;
        if let Some(listen) = self.listen {
            config.listen = listen;
        }
        if let (Some(cert), Some(key)) = (self.cert, self.key) {
            config.tls = Tls::Files { cert, key };
        } else if self.self_signed {
            config.tls = Tls::SelfSigned { names: Vec::new() };
        } else if self.plain {
            config.tls = Tls::None;
        }
        if self.public_url.is_some() {
            config.public_url = self.public_url;
        }
        if let Some(page) = self.page {
            config.page = Page::Folder(page);
        }
        Ok(config)
    }
}

/// Under systemd its state folder, else a folder here.
fn default_data() -> PathBuf {
    env::var_os("STATE_DIRECTORY").map_or_else(|| PathBuf::from("relay-data"), PathBuf::from)
}

fn run(serve: Serve) -> Result<()> {
    log();
    // Each connection is an open file. What the system does not grant is said when it matters.
    let _ = rlimit::increase_nofile_limit(u64::MAX);
    let config = serve.config()?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("no runtime")?;
    runtime.block_on(async {
        let relay = relay::start(config).await?;
        println!("Medibridge relay at {}", relay.url());
        if let Some(fingerprint) = relay.fingerprint() {
            println!("certificate, SHA-256: {}", colons(&fingerprint));
        }
        if relay.register().workstations()?.is_empty() {
            println!(
                "enrolment code, once, for 15 minutes: {}",
                relay.enrolment_code()?
            );
        }
        asked_to_stop().await?;
        relay.drain().await;
        Ok(())
    })
}

/// JSON lines for a machine, plain ones for a person.
fn log() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    if std::io::stderr().is_terminal() {
        lines.init();
    } else {
        lines.json().init();
    }
}

async fn asked_to_stop() -> Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate())?;
        tokio::select! {
            _ = terminate.recv() => {}
            interrupted = tokio::signal::ctrl_c() => interrupted?,
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await?;
    Ok(())
}

fn colons(bytes: &[u8]) -> String {
    let pairs: Vec<String> = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
    pairs.join(":")
}
