//! Deliveries as screens show them.

use ::clinic::{Delivery, DeliveryEvent};
use ::reports::delivery::{Problem, Step};
use basics::Code;

use super::{
    DeliveryChannel, DeliveryEventView, DeliveryState, DeliveryStep, DeliveryView, SmtpSecurity,
};
use crate::error::ErrorView;

impl From<Delivery> for DeliveryView {
    fn from(delivery: Delivery) -> Self {
        Self {
            id: delivery.id,
            report_id: delivery.report_id,
            number: delivery.report_number,
            revision: delivery.revision,
            channel: delivery.channel.into(),
            address: delivery.address,
            language: delivery.language,
            state: delivery.state.into(),
            attempts: delivery.attempts,
            next_try: delivery.next_try,
            created: delivery.created,
            changed: delivery.changed,
            problem: problem(&delivery.code),
        }
    }
}

impl From<DeliveryEvent> for DeliveryEventView {
    fn from(event: DeliveryEvent) -> Self {
        Self {
            state: event.state.into(),
            attempt: event.attempt,
            problem: problem(&event.code),
            answer: event.answer,
            by_person: event.by.is_some(),
            at: event.at,
        }
    }
}

/// The sentence of what the record notes beside a state: a channel's own problem, or the outbox's.
fn problem(code: &str) -> Option<ErrorView> {
    if let Some(problem) = Problem::named(code) {
        return Some(problem.into());
    }
    let message_id = match code {
        "cut-off" => "delivery-cut-off",
        "gave-up" => "delivery-gave-up",
        "superseded" => "delivery-superseded",
        _ => return None,
    };
    Some(ErrorView {
        code: Code::Conflict,
        message_id: message_id.into(),
        args: Default::default(),
    })
}

macro_rules! same {
    ($from:ident => $to:ident: $($name:ident),+) => {
        impl From<$from> for $to {
            fn from(from: $from) -> Self {
                match from {
                    $($from::$name => Self::$name),+
                }
            }
        }
    };
}

type Channel = ::clinic::DeliveryChannel;
type State = ::clinic::DeliveryState;
type Security = ::clinic::SmtpSecurity;

same!(Channel => DeliveryChannel: Email, WhatsApp, Consultation, Print, Fhir);
same!(DeliveryChannel => Channel: Email, WhatsApp, Consultation, Print, Fhir);
same!(State => DeliveryState: Waiting, Sending, Delivered, Uncertain, Failed, Cancelled);
same!(DeliveryState => State: Waiting, Sending, Delivered, Uncertain, Failed, Cancelled);
same!(Security => SmtpSecurity: StartTls, Tls, None);
same!(SmtpSecurity => Security: StartTls, Tls, None);
same!(Step => DeliveryStep: Address, Connection, Certificate, Password, Sender, Recipient, Content);
