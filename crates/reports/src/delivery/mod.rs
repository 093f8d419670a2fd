//! Delivery of a sealed report. Each way is one file that implements [`Channel`].
//!
//! The one hard question is whether a message was taken when the line breaks. A channel therefore says
//! `point of no return` before the first byte after which the other side may take the message, and
//! answers [`Outcome::Uncertain`] only where it broke behind that point. The caller writes that moment
//! down durably, so that a crash is as well understood as a broken line.

mod answer;
mod message;
mod problem;
mod smtp;
mod whatsapp;

use basics::{Language, Phi, Timestamp};
use futures_util::future::BoxFuture;

pub use problem::{Problem, Step};
pub use smtp::{Security, Smtp, SmtpSettings};
pub use whatsapp::{WhatsApp, WhatsAppSettings};

use crate::words;

/// One message to one recipient. A later try sends the same message, byte for byte.
#[derive(Clone, Debug)]
pub struct Parcel {
    /// Fixed before the first try, without angle brackets, e.g. `0192…@clinic.example` (RFC 5322,
    /// section 3.6.4). Receivers know a second copy by it.
    pub message_id: String,
    /// When it was written.
    pub written: Timestamp,
    /// Where to: an e-mail address, or a telephone number in international form.
    pub to: Phi<String>,
    /// Language of the subject and the covering text.
    pub language: Language,
    /// Subject; no patient data.
    pub subject: String,
    /// Covering text; no patient data, never the passphrase.
    pub text: String,
    /// File name of the attachment, e.g. `report-R-000123.pdf`; no patient data.
    pub file_name: String,
    /// The sealed PDF.
    pub attachment: Phi<Vec<u8>>,
}

/// How a try ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The other side took it.
    Delivered {
        /// What it answered, e.g. `250 2.0.0 Ok: queued as 4F3A`.
        answer: Phi<String>,
    },
    /// It will not take this message; another try changes nothing.
    Refused(Failure),
    /// It did not take it, for certain; a later try may succeed.
    TryAgain(Failure),
    /// The line broke when it may have been taken already.
    Uncertain(Failure),
    /// The point of no return was refused (cancelled meanwhile); nothing was sent.
    Stopped,
}

/// Why a try failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What went wrong, with its sentence.
    pub problem: Problem,
    /// What the other side said, word for word; it may hold an address.
    pub answer: Option<Phi<String>>,
}

/// Says that the next byte may deliver the message; `false` forbids it.
pub type PointOfNoReturn<'a> = &'a (dyn Fn() -> bool + Send + Sync);

/// A way to a recipient.
pub trait Channel: Send + Sync + 'static {
    /// Tries once. It ends by itself: every step has a time limit.
    fn send<'a>(&'a self, parcel: &'a Parcel, point: PointOfNoReturn<'a>)
    -> BoxFuture<'a, Outcome>;

    /// Goes every step that needs no message – finds the server, checks its certificate, signs in.
    ///
    /// # Errors
    /// The failure of the first step that fails; [`Problem::step`] names it.
    fn check(&self) -> BoxFuture<'_, Result<(), Failure>>;
}

/// Whether e-mail can be addressed so: one address, without a name beside it.
pub fn is_email_address(text: &str) -> bool {
    message::address(text, Problem::RecipientInvalid).is_ok()
}

/// Whether this is a telephone number in international form.
pub fn is_telephone_number(text: &str) -> bool {
    whatsapp::number(text).is_some()
}

impl Parcel {
    /// The message that carries a report: subject, text and file name in the recipient's language.
    pub fn of_report(
        message_id: String,
        written: Timestamp,
        to: Phi<String>,
        language: Language,
        clinic: &str,
        number: &str,
        sealed: Vec<u8>,
    ) -> Self {
        let mail = &words(language).mail;
        Self {
            message_id,
            written,
            to,
            language,
            subject: mail.subject(clinic),
            text: mail.body(clinic),
            file_name: format!("{}.pdf", mail.file_name.replace("{number}", number)),
            attachment: Phi::new(sealed),
        }
    }
}

impl Failure {
    fn new(problem: Problem) -> Self {
        Self {
            problem,
            answer: None,
        }
    }

    fn said(problem: Problem, answer: impl Into<String>) -> Self {
        let answer: String = answer.into();
        // A hostile server may say anything, at any length.
        let answer: String = answer
            .chars()
            .filter(|one| !one.is_control() || *one == '\n')
            .take(500)
            .collect();
        Self {
            problem,
            answer: Some(Phi::new(answer)),
        }
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::new(problem)
    }
}
