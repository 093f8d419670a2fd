//! One relay: what its parts share, its start and its end.

use std::{
    net::{self, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use axum::{Router, extract::ConnectInfo, http::HeaderValue, middleware::AddExtension};
use axum_server::{
    Handle, Server,
    accept::Accept,
    tls_rustls::{RustlsAcceptor, RustlsConfig},
};
use hyper_util::{
    rt::{TokioExecutor, TokioTimer},
    server::conn::auto,
};
use protocol::FromRelay;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    sync::{OwnedSemaphorePermit, Semaphore},
    task::{JoinHandle, spawn_blocking},
    time::{Instant, interval, sleep},
};
use uuid::Uuid;

use crate::{
    Config, RelayError, Tls,
    accept::Gate,
    address::Addresses,
    clock,
    config::Limits,
    guard::Guard,
    http,
    hub::Hub,
    live::Ending,
    log::{
        Log, LogError, Party,
        sqlite::{Options, SqliteLog},
    },
    metrics::Metrics,
    page::Files,
    register::Register,
    tls,
    token::Porter,
};

/// How long a client may take over a request's head, and sit on a quiet connection.
const HEAD: Duration = Duration::from_secs(15);
/// Bytes of a request's head.
const HEAD_BYTES: usize = 16 * 1024;
/// Between looks for workstations that another process has revoked.
const REVOCATIONS: Duration = Duration::from_secs(1);
/// How long clients may take to leave a relay that stops.
const GRACE: Duration = Duration::from_secs(2);
/// How long their sockets may take to close after that.
const CLOSING: Duration = Duration::from_secs(5);
/// Envelopes on their way to the disk, all together, in KiB.
const UNDER_WAY_KIB: usize = 64 * 1024;
/// Blobs that are received at once: each is held in memory.
const UPLOADS: usize = 8;

/// The application, knowing who asks.
type Service = AddExtension<Router, ConnectInfo<SocketAddr>>;

/// What the parts share.
pub(crate) struct Relay {
    pub(crate) register: Arc<Register>,
    pub(crate) log: Arc<dyn Log>,
    pub(crate) hub: Arc<Hub>,
    pub(crate) porter: Porter,
    pub(crate) guard: Arc<Guard>,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) files: Files,
    pub(crate) addresses: Addresses,
    pub(crate) limits: Limits,
    pub(crate) metrics_for_all: bool,
    pub(crate) uploads: Semaphore,
    under_way: Arc<Semaphore>,
    draining: AtomicBool,
}

impl Relay {
    fn open(config: &Config, addresses: Addresses) -> Result<Self, RelayError> {
        let limits = config.limits.clone();
        let metrics = Arc::new(Metrics::default());
        let hub = Arc::new(Hub::new(limits.clone(), Arc::clone(&metrics)));
        let (fan, figures) = (Arc::clone(&hub), Arc::clone(&metrics));
        let log = SqliteLog::open(Options {
            folder: config.data_dir.join("streams"),
            tell: Arc::new(move |news| fan.tell(news)),
            committed: Arc::new(move |acts, time| {
                figures.batch.observe(acts as f64);
                figures.commit.observe(time.as_secs_f64());
            }),
            stream_bytes: limits.stream_bytes,
            blob_bytes: limits.blob_bytes,
            doors_per_host: limits.doors_per_host,
            database_bytes: limits.database_bytes,
        });
        let log: Arc<dyn Log> =
            Arc::new(log.map_err(|error| RelayError::Storage(error.to_string()))?);
        let register = Arc::new(Register::open(&config.data_dir)?);
        Ok(Self {
            porter: Porter {
                register: Arc::clone(&register),
                log: Arc::clone(&log),
                guest_token: 1000 * i64::try_from(limits.guest_token_s).unwrap_or(i64::MAX / 1000),
            },
            guard: Arc::new(Guard::new(
                &limits,
                config.behind_proxy,
                Arc::clone(&metrics),
            )),
            files: Files::read(&config.page)?,
            metrics_for_all: config.metrics_for_all,
            uploads: Semaphore::new(UPLOADS),
            under_way: Arc::new(Semaphore::new(UNDER_WAY_KIB)),
            draining: AtomicBool::new(false),
            register,
            log,
            hub,
            metrics,
            addresses,
            limits,
        })
    }

    pub(crate) fn is_own_origin(&self, origin: &HeaderValue) -> bool {
        self.addresses
            .origins
            .iter()
            .any(|own| origin == own.as_str())
    }

    pub(crate) fn is_draining(&self) -> bool {
        self.draining.load(Ordering::Relaxed)
    }

    /// Whether a party that had a good token was not revoked meanwhile.
    pub(crate) fn is_still_good(&self, party: Party) -> bool {
        match party {
            Party::Host(id) => matches!(self.register.key(id), Ok(Some(_))),
            // Its stream's end is told to whoever is in the hub, and found by its first frame.
            Party::Guest(_) => true,
        }
    }

    /// Room in memory for an envelope, until it is on disk.
    pub(crate) async fn hold(&self, bytes: usize) -> Option<OwnedSemaphorePermit> {
        let kib = u32::try_from(bytes / 1024 + 1).unwrap_or(u32::MAX);
        Arc::clone(&self.under_way)
            .acquire_many_owned(kib)
            .await
            .ok()
    }
}

/// A relay that runs; it stops at once when this is dropped, and in good order by [`Running::drain`].
pub struct Running {
    relay: Arc<Relay>,
    handle: Handle<SocketAddr>,
    address: SocketAddr,
    fingerprint: Option<[u8; 32]>,
    tasks: Vec<JoinHandle<()>>,
}

/// Starts a relay on the caller's tokio runtime.
///
/// # Errors
/// Any [`RelayError`] about settings, certificate, page, folder or address.
pub async fn start(config: Config) -> Result<Running, RelayError> {
    config.check()?;
    let listen = |error| RelayError::Listen(config.listen, error);
    let listener = net::TcpListener::bind(config.listen).map_err(listen)?;
    listener.set_nonblocking(true).map_err(listen)?;
    let address = listener.local_addr().map_err(listen)?;
    let (own, identity) = spawn_blocking(move || {
        let identity = tls::identity(&config);
        (config, identity)
    })
    .await
    .map_err(|error| RelayError::Storage(error.to_string()))?;
    let identity = identity?;
    let names = identity
        .as_ref()
        .map_or(&[][..], |identity| &identity.names);
    let addresses = Addresses::new(&own, address, names)?;
    let gate = Gate::new(own.limits.connections, own.limits.connections_per_address);
    let secure = !matches!(own.tls, Tls::None);
    let relay = spawn_blocking(move || Relay::open(&own, addresses))
        .await
        .map_err(|error| RelayError::Storage(error.to_string()))??;
    let relay = Arc::new(relay);
    tracing::info!(port = address.port(), secure, relay = %relay.register.relay(), "listening");

    let handle = Handle::new();
    let app = http::app(&relay);
    let server = axum_server::from_tcp(listener)
        .map_err(|error| RelayError::Listen(address, error))?
        .handle(handle.clone());
    let fingerprint = identity.as_ref().map(|identity| identity.fingerprint);
    let serving = match identity {
        None => tokio::spawn(serve(server.acceptor(gate), app)),
        Some(identity) => {
            let config = RustlsConfig::from_config(identity.config);
            let secured = RustlsAcceptor::new(config).acceptor(gate);
            tokio::spawn(serve(server.acceptor(secured), app))
        }
    };
    let tasks = vec![
        serving,
        tokio::spawn(watch_revocations(Arc::clone(&relay))),
        tokio::spawn(sweep(Arc::clone(&relay))),
    ];
    Ok(Running {
        relay,
        handle,
        address,
        fingerprint,
        tasks,
    })
}

impl Running {
    /// How people reach it: `https://host[:port]`.
    pub fn url(&self) -> &str {
        &self.relay.addresses.public
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// SHA-256 of the certificate, DER; none on loopback without TLS.
    pub fn fingerprint(&self) -> Option<[u8; 32]> {
        self.fingerprint
    }

    /// The relay's id: the audience of tokens.
    pub fn relay_id(&self) -> Uuid {
        self.relay.register.relay()
    }

    /// Who may come in.
    pub fn register(&self) -> &Register {
        &self.relay.register
    }

    /// A fresh one-time code.
    ///
    /// # Errors
    /// [`RelayError::Storage`].
    pub fn enrolment_code(&self) -> Result<String, RelayError> {
        self.relay.register.new_code()
    }

    /// Enrols the workstation that hosts this relay, by its Ed25519 public key.
    ///
    /// # Errors
    /// As [`Register::enrol_local`].
    pub fn enrol_local(&self, key: &[u8; 32]) -> Result<Uuid, RelayError> {
        self.relay.register.enrol_local(key, "This workstation")
    }

    /// Says so to everyone, takes no one new, lets what was sent reach the disk, closes.
    pub async fn drain(self) {
        tracing::info!(sockets = self.relay.hub.sockets(), "draining");
        self.relay.draining.store(true, Ordering::Relaxed);
        self.relay.hub.tell_all(&FromRelay::Draining);
        self.handle.graceful_shutdown(Some(CLOSING));
        self.until_empty(GRACE).await;
        if let Err(LogError::Storage(why)) = self.relay.log.flush().await {
            tracing::error!(why, "the last envelopes were not stored, nor acknowledged");
        }
        self.relay.hub.cut_all(Ending::Draining);
        self.until_empty(CLOSING).await;
    }

    async fn until_empty(&self, most: Duration) {
        let end = Instant::now() + most;
        while self.relay.hub.sockets() > 0 && Instant::now() < end {
            sleep(Duration::from_millis(20)).await;
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.relay.draining.store(true, Ordering::Relaxed);
        self.relay.hub.cut_all(Ending::Draining);
        self.handle.shutdown();
        for task in &self.tasks {
            task.abort();
        }
    }
}

async fn serve<A>(mut server: Server<SocketAddr, A>, app: Router)
where
    A: Accept<TcpStream, Service, Service = Service> + Clone + Send + Sync + 'static,
    A::Stream: AsyncRead + AsyncWrite + Unpin + Send,
    A::Future: Send,
{
    let mut builder = auto::Builder::new(TokioExecutor::new()).http1_only();
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(HEAD_BYTES);
    *server.http_builder() = builder;
    let app = app.into_make_service_with_connect_info::<SocketAddr>();
    if let Err(error) = server.serve(app).await {
        tracing::error!(%error, "the relay listens no more");
    }
}

/// Cuts the sockets of whoever was revoked, by whichever process.
async fn watch_revocations(relay: Arc<Relay>) {
    let mut every = interval(REVOCATIONS);
    loop {
        every.tick().await;
        let register = Arc::clone(&relay.register);
        match spawn_blocking(move || register.revoked()).await {
            Ok(Ok(revoked)) => {
                for id in revoked {
                    relay.hub.cut(Party::Host(id), Ending::Token);
                }
            }
            Ok(Err(error)) => tracing::error!(%error, "the register cannot be read"),
            Err(_) => return,
        }
    }
}

/// Removes what has had its time.
async fn sweep(relay: Arc<Relay>) {
    let mut every = interval(Duration::from_secs(relay.limits.sweep_s.max(1)));
    loop {
        every.tick().await;
        relay.guard.tidy();
        loop {
            match relay.log.expire(clock::now()).await {
                Ok(0) => break,
                Ok(streams) => tracing::info!(streams, "looked at what had its time"),
                Err(error) => {
                    tracing::error!(%error, "what had its time could not be removed");
                    break;
                }
            }
        }
    }
}
