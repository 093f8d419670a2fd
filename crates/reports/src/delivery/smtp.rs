//! E-mail by SMTP (RFC 5321), with STARTTLS (RFC 3207) or TLS from the first byte (RFC 8314).
//!
//! The dialogue goes command by command, so that it is known where it broke. A server takes a message
//! with the dot that ends it (RFC 5321, section 4.1.1.4): before the dot left, a broken line delivered
//! nothing; after it, without an answer, nobody knows.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use basics::Secret;
use futures_util::future::BoxFuture;
use lettre::{
    Address,
    transport::smtp::{
        authentication::{Credentials, DEFAULT_MECHANISMS},
        client::{AsyncSmtpConnection, Certificate, TlsParameters, TlsParametersBuilder},
        commands::{Data, Mail, Rcpt},
        extension::{ClientId, Extension, MailParameter},
        response::Response,
    },
};
use tokio::time::timeout;

use super::{
    Channel, Failure, Outcome, Parcel, PointOfNoReturn, Problem, Step,
    answer::{self, Told},
    message,
};

/// How the line to the server is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// STARTTLS, and nothing is said before it; usually port 587.
    StartTls,
    /// TLS from the first byte; usually port 465.
    Tls,
    /// None: only to this machine.
    None,
}

/// Where and as whom e-mail is sent.
#[derive(Clone, Debug)]
pub struct SmtpSettings {
    /// Name or address of the server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the line is encrypted.
    pub security: Security,
    /// Name and password; none where the server asks for none.
    pub account: Option<(String, Secret<String>)>,
    /// The sender's address.
    pub from: String,
    /// The sender's name, usually the clinic's.
    pub name: String,
    /// Where answers go, if elsewhere.
    pub reply_to: Option<String>,
}

/// E-mail.
pub struct Smtp {
    settings: SmtpSettings,
    authorities: Vec<Vec<u8>>,
    limits: Limits,
}

/// How long a step may take.
#[derive(Clone, Copy)]
struct Limits {
    /// Reaching the server, the certificate, signing in.
    door: Duration,
    /// A command.
    command: Duration,
    /// The message and the answer to it: RFC 5321, section 4.5.3.2.6 asks for ten minutes.
    content: Duration,
}

/// Bytes that go out at once.
const PIECE: usize = 32 * 1024;

/// Saying goodbye may fail; the message is delivered by then.
const GOODBYE: Duration = Duration::from_secs(2);

impl Smtp {
    /// A way by this server; nothing is asked of it yet.
    pub fn new(settings: SmtpSettings) -> Self {
        Self {
            settings,
            authorities: Vec::new(),
            limits: Limits {
                door: Duration::from_secs(30),
                command: Duration::from_secs(120),
                content: Duration::from_secs(600),
            },
        }
    }

    /// Trusts one more authority (PEM) and waits no longer than this: for tests only.
    #[doc(hidden)]
    pub fn in_a_test(mut self, authority: Option<&[u8]>, patience: Duration) -> Self {
        self.authorities.extend(authority.map(<[u8]>::to_vec));
        self.limits = Limits {
            door: patience,
            command: patience,
            content: patience,
        };
        self
    }

    async fn deliver(&self, parcel: &Parcel, point: PointOfNoReturn<'_>) -> Outcome {
        let message = match message::build(&self.settings, parcel) {
            Ok(message) => message,
            Err(problem) => return ended(problem.into()),
        };
        let mut line = match self.open().await {
            Ok(line) => line,
            Err(failure) => return ended(failure),
        };
        let outcome = self.converse(&mut line, &message, point).await;
        match outcome {
            Outcome::Delivered { .. } => drop(timeout(GOODBYE, line.quit()).await),
            _ => drop(timeout(GOODBYE, line.abort()).await),
        }
        outcome
    }

    /// From MAIL to the answer behind the dot.
    async fn converse(
        &self,
        line: &mut AsyncSmtpConnection,
        message: &message::Message,
        point: PointOfNoReturn<'_>,
    ) -> Outcome {
        let (from, to) = (&message.from, &message.to);
        let mut parameters = Vec::new();
        let is_ascii = |address: &Address| AsRef::<str>::as_ref(address).is_ascii();
        if !is_ascii(from) || !is_ascii(to) {
            if !line.server_info().supports_feature(Extension::SmtpUtfEight) {
                return ended(Problem::AddressNotCarried.into());
            }
            parameters.push(MailParameter::SmtpUtfEight);
        }
        let mail = Mail::new(Some(from.clone()), parameters);
        if let Err(failure) = self.command(line, mail, Step::Sender).await {
            return ended(failure);
        }
        let rcpt = Rcpt::new(to.clone(), Vec::new());
        if let Err(failure) = self.command(line, rcpt, Step::Recipient).await {
            return ended(failure);
        }
        if !point() {
            return Outcome::Stopped;
        }
        if let Err(failure) = self.command(line, Data, Step::Content).await {
            return ended(failure);
        }
        // The last, empty piece is asked for when all before it have gone out: then comes the dot.
        let dot = AtomicBool::new(false);
        let pieces = message.bytes.chunks(PIECE).chain(std::iter::once_with(|| {
            dot.store(true, Ordering::Relaxed);
            &[][..]
        }));
        let told = timeout(self.limits.content, line.message_iter(pieces)).await;
        let lost = dot.load(Ordering::Relaxed);
        match told {
            Ok(Ok(response)) => Outcome::Delivered {
                answer: answer::text(&response).into(),
            },
            Ok(Err(error)) => match answer::understand(&error, Step::Content) {
                Told::Answered(failure) => ended(failure),
                Told::Silent(_) if lost => Outcome::Uncertain(Problem::AnswerLost.into()),
                Told::Silent(problem) => ended(problem.into()),
            },
            Err(_) if lost => Outcome::Uncertain(Problem::AnswerLost.into()),
            Err(_) => ended(Problem::TimedOut(Step::Content).into()),
        }
    }

    /// A line on which one may send: encrypted, signed in.
    async fn open(&self) -> Result<AsyncSmtpConnection, Failure> {
        let settings = &self.settings;
        if settings.security == Security::None && !is_here(&settings.host) {
            return Err(Problem::PlainElsewhere.into());
        }
        let addresses = self.resolve().await?;
        let hello = ClientId::Ipv4(Ipv4Addr::LOCALHOST); // This machine's name is nobody's business.
        let wrapped = match settings.security {
            Security::Tls => Some(self.encryption()?),
            Security::StartTls | Security::None => None,
        };
        let connecting = AsyncSmtpConnection::connect_tokio1(
            &addresses[..],
            Some(self.limits.door),
            &hello,
            wrapped,
            None,
        );
        let mut line = self.step(Step::Connection, connecting).await?;
        if settings.security == Security::StartTls {
            if !line.can_starttls() {
                return Err(Problem::NoStartTls.into());
            }
            let upgrading = line.starttls(self.encryption()?, &hello);
            self.step(Step::Certificate, upgrading).await?;
        }
        if let Some((user, password)) = &settings.account {
            let offered = line.server_info().get_auth_mechanism(DEFAULT_MECHANISMS);
            if offered.is_none() {
                return Err(Problem::NoAuth.into());
            }
            let credentials = Credentials::new(user.clone(), password.expose().clone());
            let signing_in = line.auth(DEFAULT_MECHANISMS, &credentials);
            self.step(Step::Password, signing_in).await?;
        }
        Ok(line)
    }

    async fn resolve(&self) -> Result<Vec<SocketAddr>, Failure> {
        let looking = tokio::net::lookup_host((self.settings.host.as_str(), self.settings.port));
        let found = match timeout(self.limits.door, looking).await {
            Ok(Ok(found)) => found.collect(),
            Ok(Err(_)) => Vec::new(),
            Err(_) => return Err(Problem::TimedOut(Step::Address).into()),
        };
        match found.is_empty() {
            false => Ok(found),
            true => Err(Problem::HostUnknown.into()),
        }
    }

    fn encryption(&self) -> Result<TlsParameters, Failure> {
        let mut builder = TlsParametersBuilder::new(self.settings.host.clone());
        for pem in &self.authorities {
            let authority = Certificate::from_pem(pem).map_err(|_| Problem::NoEncryption)?;
            builder = builder.add_root_certificate(authority);
        }
        Ok(builder.build().map_err(|_| Problem::NoEncryption)?)
    }

    async fn command(
        &self,
        line: &mut AsyncSmtpConnection,
        command: impl std::fmt::Display,
        step: Step,
    ) -> Result<Response, Failure> {
        match timeout(self.limits.command, line.command(command)).await {
            Ok(done) => done.map_err(|error| answer::understand(&error, step).failure()),
            Err(_) => Err(Problem::TimedOut(step).into()),
        }
    }

    async fn step<T>(
        &self,
        step: Step,
        doing: impl Future<Output = Result<T, lettre::transport::smtp::Error>>,
    ) -> Result<T, Failure> {
        match timeout(self.limits.door, doing).await {
            Ok(done) => done.map_err(|error| answer::understand(&error, step).failure()),
            Err(_) => Err(Problem::TimedOut(step).into()),
        }
    }
}

impl Channel for Smtp {
    fn send<'a>(
        &'a self,
        parcel: &'a Parcel,
        point: PointOfNoReturn<'a>,
    ) -> BoxFuture<'a, Outcome> {
        Box::pin(self.deliver(parcel, point))
    }

    fn check(&self) -> BoxFuture<'_, Result<(), Failure>> {
        Box::pin(async {
            let from = message::address(&self.settings.from, Problem::SenderInvalid)?;
            let mut line = self.open().await?;
            let mail = Mail::new(Some(from), Vec::new());
            let asked = self.command(&mut line, mail, Step::Sender).await;
            drop(timeout(GOODBYE, line.abort()).await);
            asked.map(drop)
        })
    }
}

/// What a failure before the dot, or an answer behind it, means for the message.
fn ended(failure: Failure) -> Outcome {
    match failure.problem {
        Problem::SenderInvalid
        | Problem::RecipientInvalid
        | Problem::RecipientUnknown
        | Problem::RecipientRefused
        | Problem::AddressNotCarried
        | Problem::TooLarge
        | Problem::ContentRefused => Outcome::Refused(failure),
        Problem::MailboxFull if !answer::may_pass(&failure) => Outcome::Refused(failure),
        _ => Outcome::TryAgain(failure),
    }
}

/// Whether this is certainly this machine.
fn is_here(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}
