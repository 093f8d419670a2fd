//! What can go wrong on the way to a recipient, each by name.

use std::collections::BTreeMap;

use basics::{Code, Coded};

/// A step of a delivery, as the test of the settings names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// Finding the server's address.
    Address,
    /// Reaching it.
    Connection,
    /// Its certificate and the encryption of the line.
    Certificate,
    /// Signing in.
    Password,
    /// Being allowed to send as this sender.
    Sender,
    /// The recipient's address.
    Recipient,
    /// Handing the message over.
    Content,
}

/// Why a message was not delivered, or not for certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// No such host, or no network.
    #[error("the server's address is not known")]
    HostUnknown,
    /// The server does not answer.
    #[error("the server cannot be reached")]
    NoConnection,
    /// It fell silent.
    #[error("the server did not answer in time")]
    TimedOut(Step),
    /// The line broke.
    #[error("the connection broke")]
    Broken(Step),
    /// It said what the protocol does not know.
    #[error("the server's answer was not understood")]
    NotUnderstood(Step),
    /// Its certificate comes from nobody whom this computer trusts.
    #[error("the certificate is not trusted")]
    CertificateUnknown,
    /// Its certificate is for another name.
    #[error("the certificate is for another server")]
    CertificateName,
    /// Its certificate has run out.
    #[error("the certificate has expired")]
    CertificateExpired,
    /// Its certificate is not good yet: often this computer's clock is wrong.
    #[error("the certificate is not valid yet")]
    CertificateTooEarly,
    /// No encrypted line came about for another reason.
    #[error("no encrypted connection")]
    NoEncryption,
    /// It offers no STARTTLS.
    #[error("the server offers no STARTTLS")]
    NoStartTls,
    /// Without encryption, to another machine: never.
    #[error("unencrypted sending is for this machine only")]
    PlainElsewhere,
    /// It offers no way to sign in that is known here.
    #[error("the server offers no known way to sign in")]
    NoAuth,
    /// Name or password is wrong.
    #[error("the server refused the password")]
    WrongPassword,
    /// It does not send for this sender.
    #[error("the server refused the sender")]
    SenderRefused,
    /// What was set as the sender is no address.
    #[error("the sender is no address")]
    SenderInvalid,
    /// The recipient is no address, or no number.
    #[error("the recipient is no address")]
    RecipientInvalid,
    /// There is no such recipient.
    #[error("there is no such recipient")]
    RecipientUnknown,
    /// The recipient may not be written to from here.
    #[error("the server refused the recipient")]
    RecipientRefused,
    /// The recipient's mailbox is full.
    #[error("the mailbox is full")]
    MailboxFull,
    /// The address needs letters that the server does not carry (RFC 6531).
    #[error("the server does not carry this address")]
    AddressNotCarried,
    /// The message is larger than the server takes.
    #[error("the message is too large")]
    TooLarge,
    /// It wants to see the message again later (greylisting).
    #[error("the server asks to try again later")]
    Later,
    /// It is busy, or in trouble.
    #[error("the server is busy")]
    ServerBusy(Step),
    /// It refused the message for what is in it.
    #[error("the server refused the message")]
    ContentRefused,
    /// The message went out whole, and the answer never came.
    #[error("the answer was lost after the message was sent")]
    AnswerLost,
    /// The key of the WhatsApp provider is wrong or has run out.
    #[error("the provider refused the key")]
    TokenRefused,
    /// The recipient did not write first within 24 hours, as WhatsApp asks for free text.
    #[error("the recipient has not written within 24 hours")]
    NoConversation,
    /// The record could not be read or written on this machine.
    #[error("the record was not at hand")]
    RecordUnavailable,
}

impl Problem {
    /// The problem whose sentence this is; a step that it may name is not kept.
    pub fn named(message_id: &str) -> Option<Self> {
        const STEP: Step = Step::Connection;
        const ALL: [Problem; 29] = [
            Problem::HostUnknown,
            Problem::NoConnection,
            Problem::TimedOut(STEP),
            Problem::Broken(STEP),
            Problem::NotUnderstood(STEP),
            Problem::CertificateUnknown,
            Problem::CertificateName,
            Problem::CertificateExpired,
            Problem::CertificateTooEarly,
            Problem::NoEncryption,
            Problem::NoStartTls,
            Problem::PlainElsewhere,
            Problem::NoAuth,
            Problem::WrongPassword,
            Problem::SenderRefused,
            Problem::SenderInvalid,
            Problem::RecipientInvalid,
            Problem::RecipientUnknown,
            Problem::RecipientRefused,
            Problem::MailboxFull,
            Problem::AddressNotCarried,
            Problem::TooLarge,
            Problem::Later,
            Problem::ServerBusy(STEP),
            Problem::ContentRefused,
            Problem::AnswerLost,
            Problem::TokenRefused,
            Problem::NoConversation,
            Problem::RecordUnavailable,
        ];
        ALL.into_iter()
            .find(|problem| problem.message_id() == message_id)
    }

    /// At which step it went wrong.
    pub fn step(self) -> Step {
        match self {
            Self::HostUnknown => Step::Address,
            Self::NoConnection => Step::Connection,
            Self::TimedOut(step)
            | Self::Broken(step)
            | Self::NotUnderstood(step)
            | Self::ServerBusy(step) => step,
            Self::CertificateUnknown
            | Self::CertificateName
            | Self::CertificateExpired
            | Self::CertificateTooEarly
            | Self::NoEncryption
            | Self::NoStartTls
            | Self::PlainElsewhere => Step::Certificate,
            Self::NoAuth | Self::WrongPassword | Self::TokenRefused => Step::Password,
            Self::SenderRefused | Self::SenderInvalid => Step::Sender,
            Self::RecipientInvalid
            | Self::RecipientUnknown
            | Self::RecipientRefused
            | Self::MailboxFull
            | Self::AddressNotCarried
            | Self::Later
            | Self::NoConversation => Step::Recipient,
            Self::TooLarge | Self::ContentRefused | Self::AnswerLost | Self::RecordUnavailable => {
                Step::Content
            }
        }
    }

    /// Whether every other message would meet it now, too: the line, the server, the settings.
    pub fn of_the_way(self) -> bool {
        self.of_settings()
            || matches!(self.step(), Step::Address | Step::Connection)
            || matches!(
                self,
                Self::TimedOut(_)
                    | Self::Broken(_)
                    | Self::NotUnderstood(_)
                    | Self::ServerBusy(_)
                    | Self::AnswerLost
            )
    }

    /// Whether the clinic's settings are at fault: every message meets it until they are changed.
    pub fn of_settings(self) -> bool {
        matches!(
            self,
            Self::CertificateUnknown
                | Self::CertificateName
                | Self::CertificateExpired
                | Self::CertificateTooEarly
                | Self::NoEncryption
                | Self::NoStartTls
                | Self::PlainElsewhere
                | Self::NoAuth
                | Self::WrongPassword
                | Self::SenderRefused
                | Self::SenderInvalid
                | Self::TokenRefused
        )
    }
}

impl Coded for Problem {
    fn code(&self) -> Code {
        match self {
            Self::HostUnknown
            | Self::NoConnection
            | Self::TimedOut(_)
            | Self::Broken(_)
            | Self::NotUnderstood(_)
            | Self::Later
            | Self::ServerBusy(_)
            | Self::AnswerLost
            | Self::RecordUnavailable => Code::Busy,
            Self::CertificateUnknown
            | Self::CertificateName
            | Self::CertificateExpired
            | Self::CertificateTooEarly
            | Self::NoEncryption
            | Self::NoStartTls
            | Self::NoAuth
            | Self::SenderRefused
            | Self::RecipientRefused
            | Self::ContentRefused
            | Self::NoConversation => Code::Conflict,
            Self::PlainElsewhere
            | Self::SenderInvalid
            | Self::RecipientInvalid
            | Self::AddressNotCarried => Code::Invalid,
            Self::WrongPassword | Self::TokenRefused => Code::WrongPassword,
            Self::RecipientUnknown => Code::NotFound,
            Self::MailboxFull | Self::TooLarge => Code::TooLarge,
        }
    }

    fn message_id(&self) -> &'static str {
        match self {
            Self::HostUnknown => "delivery-host-unknown",
            Self::NoConnection => "delivery-no-connection",
            Self::TimedOut(_) => "delivery-timed-out",
            Self::Broken(_) => "delivery-broken",
            Self::NotUnderstood(_) => "delivery-not-understood",
            Self::CertificateUnknown => "delivery-certificate-unknown",
            Self::CertificateName => "delivery-certificate-name",
            Self::CertificateExpired => "delivery-certificate-expired",
            Self::CertificateTooEarly => "delivery-certificate-too-early",
            Self::NoEncryption => "delivery-no-encryption",
            Self::NoStartTls => "delivery-no-starttls",
            Self::PlainElsewhere => "delivery-plain-elsewhere",
            Self::NoAuth => "delivery-no-auth",
            Self::WrongPassword => "delivery-wrong-password",
            Self::SenderRefused => "delivery-sender-refused",
            Self::SenderInvalid => "delivery-sender-invalid",
            Self::RecipientInvalid => "delivery-recipient-invalid",
            Self::RecipientUnknown => "delivery-recipient-unknown",
            Self::RecipientRefused => "delivery-recipient-refused",
            Self::MailboxFull => "delivery-mailbox-full",
            Self::AddressNotCarried => "delivery-address-not-carried",
            Self::TooLarge => "delivery-too-large",
            Self::Later => "delivery-later",
            Self::ServerBusy(_) => "delivery-server-busy",
            Self::ContentRefused => "delivery-content-refused",
            Self::AnswerLost => "delivery-answer-lost",
            Self::TokenRefused => "delivery-token-refused",
            Self::NoConversation => "delivery-no-conversation",
            Self::RecordUnavailable => "delivery-record-unavailable",
        }
    }

    fn args(&self) -> BTreeMap<&'static str, String> {
        BTreeMap::new()
    }
}
