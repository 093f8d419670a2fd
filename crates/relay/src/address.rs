//! By which addresses browsers may reach the relay.

use std::net::{IpAddr, SocketAddr};

use axum::http::Uri;

use crate::{Config, RelayError, Tls};

/// Public addresses.
#[derive(Clone, Debug)]
pub(crate) struct Addresses {
    /// The one that is told: `https://host[:port]`.
    pub(crate) public: String,
    /// What a browser's `Origin` may be.
    pub(crate) origins: Vec<String>,
}

impl Addresses {
    pub(crate) fn new(
        config: &Config,
        listen: SocketAddr,
        names: &[String],
    ) -> Result<Self, RelayError> {
        if let Some(url) = &config.public_url {
            let public = origin(url).ok_or_else(|| RelayError::NotAnAddress(url.clone()))?;
            return Ok(Self {
                origins: vec![public.clone()],
                public,
            });
        }
        let scheme = match config.tls {
            Tls::None => "http",
            _ => "https",
        };
        let at = |host: &str| match (scheme, listen.port()) {
            ("http", 80) | ("https", 443) => format!("{scheme}://{}", bracketed(host)),
            (_, port) => format!("{scheme}://{}:{port}", bracketed(host)),
        };
        let own = listen.ip().to_string();
        let mut origins: Vec<String> = names.iter().map(|name| at(name)).collect();
        if names.is_empty() {
            origins.extend([at(&own), at("localhost")]);
        }
        let public = match (listen.ip().is_unspecified(), reachable(names)) {
            (true, Some(name)) => at(name),
            (true, None) => at("localhost"),
            (false, _) => at(&own),
        };
        Ok(Self { public, origins })
    }

    /// Where the page may open its socket, beside its own address.
    pub(crate) fn sockets(&self) -> Vec<String> {
        let socket = |origin: &String| origin.replacen("http", "ws", 1);
        self.origins.iter().map(socket).collect()
    }

    pub(crate) fn is_secure(&self) -> bool {
        self.public.starts_with("https:")
    }
}

/// The name that a phone in the same network knows: an IPv4 address that is not this machine's own.
fn reachable(names: &[String]) -> Option<&str> {
    let mut names = names.iter().map(String::as_str);
    names.find(|name| matches!(name.parse(), Ok(IpAddr::V4(four)) if !four.is_loopback()))
}

/// As a browser writes it: scheme, host and port alone, in lower case, without the scheme's own port.
fn origin(url: &str) -> Option<String> {
    let uri: Uri = url.trim_end_matches('/').parse().ok()?;
    let scheme = uri
        .scheme_str()
        .filter(|scheme| ["http", "https"].contains(scheme))?;
    let bare = uri.path() == "/" && uri.query().is_none();
    let host = uri.host().filter(|host| bare && !host.is_empty())?;
    if uri.authority()?.as_str().contains('@') {
        return None;
    }
    let host = host.to_ascii_lowercase();
    Some(match (scheme, uri.port_u16()) {
        (_, None) | ("http", Some(80)) | ("https", Some(443)) => format!("{scheme}://{host}"),
        (_, Some(port)) => format!("{scheme}://{host}:{port}"),
    })
}

fn bracketed(host: &str) -> String {
    match host.parse() {
        Ok(IpAddr::V6(six)) => format!("[{six}]"),
        _ => host.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_address_is_written_as_browsers_write_an_origin() {
        let same = |url: &str, written: &str| assert_eq!(origin(url).as_deref(), Some(written));
        same(
            "https://Relay.Example.org:443/",
            "https://relay.example.org",
        );
        same(
            "https://relay.example.org:8443",
            "https://relay.example.org:8443",
        );
        same("http://[::1]:80", "http://[::1]");
        for wrong in [
            "relay.example.org",
            "ftp://a",
            "https://a/path",
            "https://me@a",
            "",
        ] {
            assert_eq!(origin(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_room_in_the_local_network_is_told_by_an_address_that_phones_reach() {
        let mut config = Config::new("data");
        config.tls = Tls::SelfSigned { names: vec![] };
        let names = ["127.0.0.1", "::1", "192.168.1.7", "localhost"].map(str::to_owned);
        let listen = "0.0.0.0:8443".parse().unwrap();
        let addresses = Addresses::new(&config, listen, &names).unwrap();
        assert_eq!(addresses.public, "https://192.168.1.7:8443");
        assert!(addresses.origins.contains(&"https://[::1]:8443".to_owned()));
        assert!(
            addresses
                .sockets()
                .contains(&"wss://localhost:8443".to_owned())
        );
    }
}
