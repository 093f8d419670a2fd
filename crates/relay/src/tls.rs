//! The certificate: from files, or made once for this machine's names and addresses and kept.

use std::{
    fs::{self, OpenOptions},
    io::Write,
    net::IpAddr,
    path::Path,
    sync::Arc,
    time::{Duration, SystemTime},
};

use rcgen::{CertificateParams, DnType, ExtendedKeyUsagePurpose, KeyPair};
use rustls::{
    ServerConfig,
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{Config, RelayError, Tls, clock};

/// A self-signed certificate's life; browsers take none beyond 825 days.
const LIFE: Duration = Duration::from_secs(800 * 24 * 3600);
/// It is made anew when less than this is left.
const LEFT: Duration = Duration::from_secs(30 * 24 * 3600);

/// What the server shows.
pub(crate) struct Identity {
    pub(crate) config: Arc<ServerConfig>,
    /// SHA-256 of the certificate, DER.
    pub(crate) fingerprint: [u8; 32],
    /// Host names and addresses that a self-signed certificate is for.
    pub(crate) names: Vec<String>,
}

/// What a kept certificate is for and until when.
#[derive(Deserialize, Serialize)]
struct Kept {
    names: Vec<String>,
    ends: i64,
}

/// Reads or makes it; none for plain HTTP.
pub(crate) fn identity(config: &Config) -> Result<Option<Identity>, RelayError> {
    match &config.tls {
        Tls::None => Ok(None),
        Tls::Files { cert, key } => load(cert, key, Vec::new()).map(Some),
        Tls::SelfSigned { names } => {
            let folder = config.data_dir.join("tls");
            let names = self_signed(&folder, of_this_machine(names, config.listen.ip()))?;
            load(&folder.join("cert.pem"), &folder.join("key.pem"), names).map(Some)
        }
    }
}

fn load(cert: &Path, key: &Path, names: Vec<String>) -> Result<Identity, RelayError> {
    let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_file_iter(cert)
        .and_then(Iterator::collect)
        .map_err(unusable)?;
    let own = chain
        .first()
        .ok_or_else(|| unusable("the file holds none"))?;
    let fingerprint = Sha256::digest(own).into();
    let key = PrivateKeyDer::from_pem_file(key).map_err(unusable)?;
    let provider = Arc::new(aws_lc_rs::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(unusable)?
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(unusable)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Identity {
        config: Arc::new(config),
        fingerprint,
        names,
    })
}

/// The names of the certificate in the folder, made now unless it is there, lasts and has them all.
fn self_signed(folder: &Path, names: Vec<String>) -> Result<Vec<String>, RelayError> {
    let about = folder.join("about.json");
    let kept: Option<Kept> = fs::read(&about)
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let now = clock::now();
    if let Some(kept) = kept
        && kept.ends - clock::millis(LEFT) > now
        && names.iter().all(|name| kept.names.contains(name))
    {
        return Ok(kept.names);
    }
    let key = KeyPair::generate().map_err(unusable)?;
    let mut params = CertificateParams::new(names.clone()).map_err(unusable)?;
    params
        .distinguished_name
        .push(DnType::CommonName, "Medibridge relay");
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    // A phone's clock may be a little behind.
    params.not_before = (SystemTime::now() - Duration::from_secs(24 * 3600)).into();
    params.not_after = (SystemTime::now() + LIFE).into();
    let cert = params.self_signed(&key).map_err(unusable)?;
    let kept = Kept {
        names,
        ends: now + clock::millis(LIFE),
    };
    let failed = |error| RelayError::Folder(folder.to_path_buf(), error);
    fs::create_dir_all(folder).map_err(failed)?;
    private(&folder.join("key.pem"), &key.serialize_pem()).map_err(failed)?;
    fs::write(folder.join("cert.pem"), cert.pem()).map_err(failed)?;
    // Last: it says that the others are whole.
    let text = serde_json::to_vec(&kept).map_err(unusable)?;
    fs::write(about, text).map_err(failed)?;
    Ok(kept.names)
}

/// Writes a file that its owner alone reads.
fn private(path: &Path, text: &str) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.create(true).write(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(text.as_bytes())
}

/// Names by which this machine is reached on the address that is listened on.
fn of_this_machine(more: &[String], listen: IpAddr) -> Vec<String> {
    let mut names = vec![
        "localhost".to_owned(),
        "127.0.0.1".to_owned(),
        "::1".to_owned(),
    ];
    names.extend(more.iter().cloned());
    if listen.is_unspecified() {
        let own = if_addrs::get_if_addrs().unwrap_or_default().into_iter();
        // A link-local address needs a zone, which no browser takes.
        let own = own.filter(|interface| !interface.is_link_local());
        names.extend(own.map(|interface| interface.ip().to_string()));
    } else {
        names.push(listen.to_string());
    }
    names.sort();
    names.dedup();
    names
}

fn unusable(error: impl std::fmt::Display) -> RelayError {
    RelayError::Certificate(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_self_signed_certificate_is_kept_and_made_anew_for_a_new_name() {
        let folder = tempfile::tempdir().unwrap();
        let mut config = Config::new(folder.path());
        config.tls = Tls::SelfSigned { names: vec![] };
        let print = |config: &Config| identity(config).unwrap().unwrap().fingerprint;
        let first = print(&config);
        assert_eq!(print(&config), first);
        config.tls = Tls::SelfSigned {
            names: vec!["relay.local".to_owned()],
        };
        let second = print(&config);
        assert_ne!(second, first);
        config.tls = Tls::SelfSigned { names: vec![] };
        assert_eq!(print(&config), second);
    }

    #[cfg(unix)]
    #[test]
    fn its_key_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        self_signed(folder.path(), vec!["localhost".to_owned()]).unwrap();
        let mode = fs::metadata(folder.path().join("key.pem"))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
