//! Sending reports: the outbox, and the ways out of the clinic.

mod act;
mod channels;
mod lane;
mod outbox;
mod settings;
mod types;
mod views;

pub(crate) use channels::kept;
pub(crate) use outbox::{Outbox, rest, take_up};
pub use types::*;

use crate::table::commands;

commands! {
    /// Sends the newest sealed file of a report to people, each by a message of their own.
    "delivery.send": act::send, (SendReportRequest) -> Vec<DeliveryView>,
        Permission(May::SendReports), Write("delivery.send"), provides [], stales [Outbox, Reports];
    /// Lists deliveries, newest first.
    "delivery.page": act::page, (DeliveriesRequest) -> DeliveriesPage,
        Permission(May::SendReports), Read("delivery.page"), provides [Outbox], stales [];
    /// Shows what happened to a delivery, oldest first.
    "delivery.history": act::history, (DeliveryRequest) -> Vec<DeliveryEventView>,
        Permission(May::SendReports), Read("delivery.history"), provides [Outbox], stales [];
    /// Takes a delivery back that was not delivered.
    "delivery.cancel": act::cancel, (DeliveryRequest) -> DeliveryView,
        Permission(May::SendReports), Write("delivery.cancel"), provides [], stales [Outbox, Reports];
    /// Tries a delivery again now, under the same Message-ID.
    "delivery.retry": act::retry, (DeliveryRequest) -> DeliveryView,
        Permission(May::SendReports), Write("delivery.retry"), provides [], stales [Outbox, Reports];
    /// Keeps that an uncertain delivery arrived, as a person found out.
    "delivery.confirm": act::confirm, (DeliveryRequest) -> DeliveryView,
        Permission(May::SendReports), Write("delivery.confirm"),
        provides [], stales [Outbox, Reports, Worklist];
    /// Shows what waits, what is uncertain and what failed.
    "delivery.outbox": act::outbox, (()) -> OutboxView,
        Permission(May::SendReports), Quiet("delivery.outbox"), provides [Outbox], stales [];
    /// Shows how reports leave the clinic.
    "delivery.settings": settings::view, (()) -> DeliverySettingsView,
        Permission(May::ManageSettings), Read("delivery.settings"), provides [Delivery], stales [];
    /// Sets how e-mail is sent, or that none is.
    "delivery.set_smtp": settings::set_smtp, (SetSmtpRequest) -> DeliverySettingsView,
        Permission(May::ManageSettings), Write("delivery.set_smtp"),
        provides [], stales [Delivery, Outbox];
    /// Goes every step to the mail server and says which one fails; sends a test message if asked.
    "delivery.test_smtp": settings::test_smtp, (TestSmtpRequest) -> DeliveryTestView,
        Permission(May::ManageSettings), Quiet("delivery.test_smtp"), provides [], stales [];
    /// Sets how WhatsApp messages are sent, or that none are.
    "delivery.set_whatsapp": settings::set_whatsapp, (SetWhatsAppRequest) -> DeliverySettingsView,
        Permission(May::ManageSettings), Write("delivery.set_whatsapp"),
        provides [], stales [Delivery, Outbox];
    /// Asks the WhatsApp provider for the clinic's number and says what fails.
    "delivery.test_whatsapp": settings::test_whatsapp, (()) -> DeliveryTestView,
        Permission(May::ManageSettings), Quiet("delivery.test_whatsapp"), provides [], stales [];
    /// Sets the FHIR server, or that there is none.
    "delivery.set_fhir": settings::set_fhir, (SetFhirRequest) -> DeliverySettingsView,
        Permission(May::ManageSettings), Write("delivery.set_fhir"), provides [], stales [Delivery];
    /// Asks the FHIR server what it can do and says what fails.
    "delivery.test_fhir": settings::test_fhir, (()) -> DeliveryTestView,
        Permission(May::ManageSettings), Quiet("delivery.test_fhir"), provides [], stales [];
}
