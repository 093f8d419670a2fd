//! What screens ask and get about the outbox and the ways out of the clinic.

use basics::{DeliveryId, Language, Phi, ReportId, Secret, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{error::ErrorView, reports::ConfirmedIdentifier};

/// A way to a recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryChannel {
    /// E-mail.
    Email,
    /// WhatsApp, through a provider.
    WhatsApp,
    /// Handed over in a live consultation.
    Consultation,
    /// Printed.
    Print,
    /// Given to a FHIR server.
    Fhir,
}

/// Where a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// For its first or its next try.
    Waiting,
    /// A try is running.
    Sending,
    /// The other side took it.
    Delivered,
    /// It went out whole, and the answer was lost.
    Uncertain,
    /// It was refused, or given up after three days.
    Failed,
    /// Taken back before it went out.
    Cancelled,
}

/// A recipient.
#[derive(Debug, Deserialize, TS)]
pub struct Recipient {
    /// The way.
    pub channel: DeliveryChannel,
    /// An e-mail address, or a telephone number in international form.
    pub address: Phi<String>,
    /// Language of the covering text.
    pub language: Language,
}

/// Sends the newest sealed file of a report.
#[derive(Debug, Deserialize, TS)]
pub struct SendReportRequest {
    /// Which report: final, amended or appended, with a sealed file of its newest revision.
    pub report_id: ReportId,
    /// To whom: 1–20; each gets a message of their own.
    pub recipients: Vec<Recipient>,
    /// Identifiers of the patient that the person compared: two at least.
    pub confirmed: Vec<ConfirmedIdentifier>,
}

/// Which deliveries to list, newest first.
#[derive(Debug, Deserialize, TS)]
pub struct DeliveriesRequest {
    /// Of one report.
    pub report_id: Option<ReportId>,
    /// In one state.
    pub state: Option<DeliveryState>,
    /// Where the page before ended.
    pub cursor: Option<String>,
    /// Rows: 1–200.
    pub limit: u32,
}

/// A page of deliveries.
#[derive(Debug, Serialize, TS)]
pub struct DeliveriesPage {
    /// Newest first.
    pub rows: Vec<DeliveryView>,
    /// Where the next page begins.
    pub next: Option<String>,
}

/// Which delivery.
#[derive(Debug, Deserialize, TS)]
pub struct DeliveryRequest {
    /// Id.
    pub id: DeliveryId,
}

/// A delivery.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DeliveryView {
    /// Id.
    pub id: DeliveryId,
    /// Of which report.
    pub report_id: ReportId,
    /// As people call it, e.g. `R-000123`.
    pub number: String,
    /// Which revision of it.
    pub revision: u32,
    /// The way.
    pub channel: DeliveryChannel,
    /// To whom.
    pub address: Phi<String>,
    /// Language of the covering text.
    pub language: Language,
    /// Where it stands.
    pub state: DeliveryState,
    /// Tries so far.
    pub attempts: u32,
    /// When the next try is due; none where none is.
    pub next_try: Option<Timestamp>,
    /// When it was asked for.
    pub created: Timestamp,
    /// When it last changed.
    pub changed: Timestamp,
    /// Why the last try failed, why it is uncertain, or why it is not sent any more.
    pub problem: Option<ErrorView>,
}

/// Something that happened to a delivery.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DeliveryEventView {
    /// Where it stood then.
    pub state: DeliveryState,
    /// Tries so far.
    pub attempt: u32,
    /// Why.
    pub problem: Option<ErrorView>,
    /// What the other side said, word for word; empty where nothing.
    pub answer: Phi<String>,
    /// Whether a person did it; otherwise the outbox did.
    pub by_person: bool,
    /// When.
    pub at: Timestamp,
}

/// The outbox, for the bar at the bottom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct OutboxView {
    /// Waiting for a try, or being tried.
    pub waiting: u32,
    /// Sent, and nobody knows whether it arrived.
    pub uncertain: u32,
    /// Refused or given up.
    pub failed: u32,
    /// When the next try is due.
    pub next_try: Option<Timestamp>,
    /// Ways that are set up.
    pub channels: Vec<DeliveryChannel>,
    /// Why messages wait that were tried already: no network, a wrong password.
    pub problem: Option<ErrorView>,
}

/// How the line to a mail server is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SmtpSecurity {
    /// STARTTLS; usually port 587.
    StartTls,
    /// TLS from the first byte; usually port 465.
    Tls,
    /// None: only to this machine.
    None,
}

/// How reports leave the clinic.
#[derive(Debug, Serialize, TS)]
pub struct DeliverySettingsView {
    /// By e-mail.
    pub smtp: Option<SmtpView>,
    /// By WhatsApp.
    pub whatsapp: Option<WhatsAppView>,
    /// To a FHIR server.
    pub fhir: Option<FhirView>,
}

/// How e-mail is sent.
#[derive(Debug, Serialize, TS)]
pub struct SmtpView {
    /// Server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// Encryption.
    pub security: SmtpSecurity,
    /// Name of the account; none where the server asks for none.
    pub user: Option<String>,
    /// Whether a password is kept; it is never shown.
    pub has_password: bool,
    /// The sender's address.
    pub from: String,
    /// Where answers go, if elsewhere.
    pub reply_to: Option<String>,
    /// Sends again, with the same Message-ID, what may have arrived already.
    pub resend_uncertain: bool,
}

/// How WhatsApp messages are sent.
#[derive(Debug, Serialize, TS)]
pub struct WhatsAppView {
    /// The provider's address.
    pub base_url: String,
    /// Id of the clinic's number there.
    pub sender_id: String,
    /// Whether a key is kept; it is never shown.
    pub has_token: bool,
}

/// A FHIR server.
#[derive(Debug, Serialize, TS)]
pub struct FhirView {
    /// Its base address.
    pub base_url: String,
    /// Whether a key is kept; it is never shown.
    pub has_token: bool,
}

/// Sets how e-mail is sent.
#[derive(Debug, Deserialize, TS)]
pub struct SetSmtpRequest {
    /// Server; empty: e-mail is switched off, and the password forgotten.
    pub host: String,
    /// Its port; 0 for the usual one of that encryption.
    pub port: u16,
    /// Encryption.
    pub security: SmtpSecurity,
    /// Name of the account.
    pub user: Option<String>,
    /// A new password; empty to forget the one kept, none to leave it.
    pub password: Option<Secret<String>>,
    /// The sender's address.
    pub from: String,
    /// Where answers go, if elsewhere.
    pub reply_to: Option<String>,
    /// Sends again what may have arrived already.
    pub resend_uncertain: bool,
}

/// Sets how WhatsApp messages are sent.
#[derive(Debug, Deserialize, TS)]
pub struct SetWhatsAppRequest {
    /// The provider's address; empty: WhatsApp is switched off, and the key forgotten.
    pub base_url: String,
    /// Id of the clinic's number there.
    pub sender_id: String,
    /// A new key; empty to forget the one kept, none to leave it.
    pub token: Option<Secret<String>>,
}

/// Sets the FHIR server.
#[derive(Debug, Deserialize, TS)]
pub struct SetFhirRequest {
    /// `https://…`; `http://` only on this machine; empty: none.
    pub base_url: String,
    /// A new key; empty to forget the one kept, none to leave it.
    pub token: Option<Secret<String>>,
}

/// Tries the mail server as it is set.
#[derive(Debug, Deserialize, TS)]
pub struct TestSmtpRequest {
    /// Sends one message without any patient's data to this address, too: the person's own.
    pub send_to: Option<Phi<String>>,
}

/// A step on the way to a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryStep {
    /// Finding its address.
    Address,
    /// Reaching it.
    Connection,
    /// Its certificate.
    Certificate,
    /// Signing in.
    Password,
    /// Sending as this sender.
    Sender,
    /// The recipient.
    Recipient,
    /// Handing the message over.
    Content,
}

/// One try.
#[derive(Debug, Serialize, TS)]
pub struct DeliveryTestView {
    /// Whether every step went well.
    pub ok: bool,
    /// The step that failed.
    pub step: Option<DeliveryStep>,
    /// Why.
    pub problem: Option<ErrorView>,
    /// What the server said, word for word.
    pub answer: Option<String>,
    /// How long it took, milliseconds.
    pub ms: u64,
}
