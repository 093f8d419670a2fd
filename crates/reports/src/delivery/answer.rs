//! What a mail server's answer means: by step, reply code (RFC 5321, section 4.2) and enhanced status
//! code (RFC 3463).

use std::{error::Error as _, io};

use lettre::transport::smtp::{Error, response::Response};
use rustls::CertificateError;

use super::{Failure, Problem, Step};

/// How a step failed.
pub(super) enum Told {
    /// The server said so.
    Answered(Failure),
    /// It said nothing that counts.
    Silent(Problem),
}

impl Told {
    pub(super) fn failure(self) -> Failure {
        match self {
            Self::Answered(failure) => failure,
            Self::Silent(problem) => problem.into(),
        }
    }
}

/// An answer as it is kept: `250 2.0.0 Ok: queued as 4F3A`.
pub(super) fn text(response: &Response) -> String {
    let lines: Vec<&str> = response.message().collect();
    format!("{} {}", response.code(), lines.join("\n"))
}

/// What lettre's error means at this step.
pub(super) fn understand(error: &Error, step: Step) -> Told {
    if let Some(code) = error.status() {
        let lines = error.source().map(ToString::to_string).unwrap_or_default();
        let said = format!("{code} {lines}");
        return Told::Answered(Failure::said(meant(&said, step), said));
    }
    if let Some(problem) = of_encryption(error) {
        return Told::Silent(problem);
    }
    Told::Silent(match (cause(error).map(io::Error::kind), step) {
        (Some(io::ErrorKind::TimedOut), step) => Problem::TimedOut(step),
        (
            Some(
                io::ErrorKind::ConnectionRefused
                | io::ErrorKind::HostUnreachable
                | io::ErrorKind::NetworkUnreachable
                | io::ErrorKind::NetworkDown,
            ),
            _,
        ) => Problem::NoConnection,
        (Some(_), step) => Problem::Broken(step),
        // The line was closed in the middle of an answer, or before it.
        (None, step) if error.source().is_some_and(is_cut_off) => Problem::Broken(step),
        (None, Step::Certificate) => Problem::NoEncryption,
        (None, step) => Problem::NotUnderstood(step),
    })
}

/// Whether the server itself said that it may pass: a reply code of 400–499.
pub(super) fn may_pass(failure: &Failure) -> bool {
    (failure.answer.as_ref()).is_some_and(|answer| answer.expose().starts_with('4'))
}

/// `said` begins with the reply code.
fn meant(said: &str, step: Step) -> Problem {
    let code = said.get(..3).unwrap_or_default();
    let transient = code.starts_with('4');
    match (step, code, enhanced(said)) {
        (_, "421", _) => Problem::ServerBusy(step),
        (Step::Recipient | Step::Content, _, Some((2, 2))) => Problem::MailboxFull,
        (_, _, Some((3, 4))) if !transient => Problem::TooLarge,
        (Step::Password, "535" | "530" | "534", _) => Problem::WrongPassword,
        (Step::Password, ..) if !transient => Problem::WrongPassword,
        (Step::Sender, "552", _) | (Step::Content, "552", _) => Problem::TooLarge,
        (Step::Sender, ..) if !transient => Problem::SenderRefused,
        (Step::Recipient, "552", _) => Problem::MailboxFull,
        (Step::Recipient, "452", Some((5, 3)) | None) => Problem::ServerBusy(step),
        (Step::Recipient, "450" | "451", _) => Problem::Later,
        (Step::Recipient, _, Some((1, 1 | 2 | 3 | 10))) if !transient => Problem::RecipientUnknown,
        (Step::Recipient, "550" | "553" | "556", None) => Problem::RecipientUnknown,
        (Step::Recipient, ..) if !transient => Problem::RecipientRefused,
        (Step::Content, "450" | "451", Some((7, _))) => Problem::Later,
        (Step::Content, ..) if !transient => Problem::ContentRefused,
        (Step::Certificate, ..) if !transient => Problem::NoStartTls,
        _ => Problem::ServerBusy(step),
    }
}

/// Subject and detail of the enhanced status code behind the reply code: `550 5.1.1 …` gives (1, 1).
fn enhanced(said: &str) -> Option<(u16, u16)> {
    let mut numbers = said.get(4..)?.split_whitespace().next()?.split('.');
    let class = numbers.next()?;
    let subject = numbers.next()?.parse().ok()?;
    let detail = numbers.next()?.parse().ok()?;
    (matches!(class, "2" | "4" | "5") && numbers.next().is_none()).then_some((subject, detail))
}

fn of_encryption(error: &Error) -> Option<Problem> {
    let inner = cause(error)?.get_ref()?;
    Some(match inner.downcast_ref::<rustls::Error>()? {
        rustls::Error::InvalidCertificate(reason) => match reason {
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
                Problem::CertificateExpired
            }
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                Problem::CertificateTooEarly
            }
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                Problem::CertificateName
            }
            _ => Problem::CertificateUnknown,
        },
        _ => Problem::NoEncryption,
    })
}

/// The input or output error underneath.
fn cause(error: &Error) -> Option<&io::Error> {
    let mut source = error.source();
    while let Some(one) = source {
        if let Some(found) = one.downcast_ref() {
            return Some(found);
        }
        source = one.source();
    }
    None
}

fn is_cut_off(error: &(dyn std::error::Error + 'static)) -> bool {
    error.to_string() == "incomplete response"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_told_apart() {
        let cases = [
            (Step::Password, "535 5.7.8 no", Problem::WrongPassword),
            (
                Step::Password,
                "454 4.7.0 busy",
                Problem::ServerBusy(Step::Password),
            ),
            (Step::Sender, "553 5.7.1 not yours", Problem::SenderRefused),
            (Step::Sender, "552 5.3.4 too big", Problem::TooLarge),
            (
                Step::Recipient,
                "550 5.1.1 no such user",
                Problem::RecipientUnknown,
            ),
            (
                Step::Recipient,
                "550 no such user",
                Problem::RecipientUnknown,
            ),
            (
                Step::Recipient,
                "550 5.7.1 blocked",
                Problem::RecipientRefused,
            ),
            (Step::Recipient, "552 5.2.2 full", Problem::MailboxFull),
            (Step::Recipient, "452 4.2.2 full", Problem::MailboxFull),
            (Step::Recipient, "450 4.2.0 greylisted", Problem::Later),
            (Step::Recipient, "451 4.7.1 greylisted", Problem::Later),
            (
                Step::Recipient,
                "421 4.3.2 closing",
                Problem::ServerBusy(Step::Recipient),
            ),
            (Step::Content, "552 Too much mail data", Problem::TooLarge),
            (Step::Content, "554 5.6.0 spam", Problem::ContentRefused),
            (
                Step::Content,
                "451 4.3.0 local error",
                Problem::ServerBusy(Step::Content),
            ),
            (Step::Content, "552 5.2.2 over quota", Problem::MailboxFull),
        ];
        for (step, said, wanted) in cases {
            assert_eq!(meant(said, step), wanted, "{said} at {step:?}");
        }
    }

    #[test]
    fn an_enhanced_code_is_three_numbers() {
        assert_eq!(enhanced("550 5.1.1 x"), Some((1, 1)));
        assert_eq!(enhanced("550 10.1.1.4 is blocked"), None);
        assert_eq!(enhanced("550 no"), None);
        assert_eq!(enhanced("5"), None);
    }
}
