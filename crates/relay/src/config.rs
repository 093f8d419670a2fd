//! What an operator may set. `Config::new` is a room on this machine alone; `Config::read` is a file.

use std::{
    fs,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
};

use protocol::limits;
use serde::Deserialize;

use crate::RelayError;

/// A relay's settings.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where streams, blobs, the register and a self-signed certificate are kept.
    pub data_dir: PathBuf,
    /// Where to listen; port 0 takes a free one.
    #[serde(default = "loopback")]
    pub listen: SocketAddr,
    /// How connections are secured.
    #[serde(default)]
    pub tls: Tls,
    /// How people reach it, `https://host[:port]`: what a browser's `Origin` must be. Needed with a
    /// certificate from files or behind a proxy; known otherwise.
    #[serde(default)]
    pub public_url: Option<String>,
    /// The patient page.
    #[serde(default)]
    pub page: Page,
    /// A proxy on this machine stands in front: the last address in `X-Forwarded-For` is the
    /// client's.
    #[serde(default)]
    pub behind_proxy: bool,
    /// Whether `/metrics` answers others than this machine.
    #[serde(default)]
    pub metrics_for_all: bool,
    /// What is too much.
    #[serde(default)]
    pub limits: Limits,
}

/// How connections are secured.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tls {
    /// Not at all: loopback only.
    #[default]
    None,
    /// By a certificate and its key, PEM.
    Files {
        /// The certificate, then those that signed it.
        cert: PathBuf,
        /// Its private key.
        key: PathBuf,
    },
    /// By a certificate made once for these names and this machine's addresses, and kept.
    SelfSigned {
        /// Further host names.
        #[serde(default)]
        names: Vec<String>,
    },
}

/// Where the patient page comes from.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Page {
    /// From this program.
    #[default]
    Embedded,
    /// From a folder with `patient.html` and `assets`.
    Folder(PathBuf),
}

/// What is too much.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// HTTP requests of one address in a minute (an IPv6 address counts by its /64).
    pub http_per_minute: u32,
    /// Doors and enrolment codes that one address may try in a minute; a wrong one counts as six.
    pub tries_per_minute: u32,
    /// Envelopes of one guest in a second, tenfold at once.
    pub guest_appends_per_second: u32,
    /// Envelopes of one workstation in a second, tenfold at once.
    pub host_appends_per_second: u32,
    /// Connections in all.
    pub connections: usize,
    /// Connections from one address.
    pub connections_per_address: usize,
    /// Sockets of one workstation.
    pub sockets_per_host: usize,
    /// Sockets of one guest.
    pub sockets_per_guest: usize,
    /// Frames that may wait for one connection before it is cut off.
    pub queue_frames: usize,
    /// Bytes that may wait for one connection.
    pub queue_bytes: usize,
    /// Bytes that may wait in all.
    pub memory_bytes: usize,
    /// Doors that one workstation may have open.
    pub doors_per_host: u32,
    /// Bytes of envelopes in one stream.
    pub stream_bytes: u64,
    /// Bytes of blobs in one stream.
    pub blob_bytes: u64,
    /// Bytes of the database of envelopes; 0 for as much as the disk holds.
    pub database_bytes: u64,
    /// Seconds that a guest stands at a full door after going away; then another takes the place.
    pub stands_s: u64,
    /// Seconds that a guest's token lasts unless renewed.
    pub guest_token_s: u64,
    /// Seconds between looks for what has expired.
    pub sweep_s: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            http_per_minute: 100,
            tries_per_minute: 30,
            guest_appends_per_second: 20,
            host_appends_per_second: 500,
            connections: 20_000,
            connections_per_address: 512,
            sockets_per_host: 64,
            sockets_per_guest: 8,
            queue_frames: 512,
            queue_bytes: 2 << 20,
            memory_bytes: 256 << 20,
            doors_per_host: 64,
            stream_bytes: 64 << 20,
            blob_bytes: 256 << 20,
            database_bytes: 0,
            stands_s: 60,
            guest_token_s: limits::GUEST_TOKEN.as_secs(),
            sweep_s: 60,
        }
    }
}

impl Config {
    /// A room on this machine alone, on a free port.
    pub fn new(data_dir: impl Into<PathBuf>) -> Self {
        Self {
            data_dir: data_dir.into(),
            listen: loopback(),
            tls: Tls::None,
            public_url: None,
            page: Page::Embedded,
            behind_proxy: false,
            metrics_for_all: false,
            limits: Limits::default(),
        }
    }

    /// Reads a TOML file.
    ///
    /// # Errors
    /// [`RelayError::Config`] when it is not there, not TOML, or names a setting that is none.
    pub fn read(path: &Path) -> Result<Self, RelayError> {
        let failed = |error: String| RelayError::Config(path.to_path_buf(), error);
        let text = fs::read_to_string(path).map_err(|error| failed(error.to_string()))?;
        toml::from_str(&text).map_err(|error| failed(error.message().to_owned()))
    }

    /// Plain HTTP stays on this machine.
    pub(crate) fn check(&self) -> Result<(), RelayError> {
        match self.tls {
            Tls::None if !self.listen.ip().is_loopback() => Err(RelayError::PlainHttp(self.listen)),
            Tls::Files { .. } if self.public_url.is_none() => Err(RelayError::PublicUrl),
            _ => Ok(()),
        }
    }
}

fn loopback() -> SocketAddr {
    SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_this_machine_alone() {
        let mut config = Config::new("data");
        assert!(config.check().is_ok());
        for open in ["0.0.0.0:80", "192.168.1.2:80", "[::]:80"] {
            config.listen = open.parse().unwrap();
            assert!(matches!(config.check(), Err(RelayError::PlainHttp(_))));
        }
        config.tls = Tls::SelfSigned { names: vec![] };
        assert!(config.check().is_ok());
    }

    #[test]
    fn a_misspelt_setting_is_refused() {
        let text = "data_dir = \"d\"\n[limits]\nhttp_per_minute = 7\n";
        let config: Config = toml::from_str(text).unwrap();
        assert_eq!(config.limits.http_per_minute, 7);
        assert!(toml::from_str::<Config>("data_dir = \"d\"\nlisten_on = 3").is_err());
    }
}
