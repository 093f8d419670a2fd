//! Handlers of the settings: show, set, try each way step by step.

use std::time::{Duration, Instant};

use ::clinic::{Change, ClinicError, FhirService, SecretName, SmtpService, WhatsAppService};
use ::reports::{
    delivery::{Channel, Failure, Outcome, Parcel, Problem, Step, is_email_address},
    fhir::FhirServer,
};
use basics::{Language, Phi, Secret};

use super::{
    DeliverySettingsView, DeliveryStep, DeliveryTestView, FhirView, SetFhirRequest, SetSmtpRequest,
    SetWhatsAppRequest, SmtpSecurity, SmtpView, TestSmtpRequest, WhatsAppView, channels, outbox,
};
use crate::{dispatch::Call, error::CommandError};

/// Usual ports (RFC 8314).
const STARTTLS_PORT: u16 = 587;
const TLS_PORT: u16 = 465;
const PLAIN_PORT: u16 = 25;

/// How long a FHIR server may take to say what it can do.
const FHIR: Duration = Duration::from_secs(20);

pub(super) fn view(call: &Call<'_>, (): ()) -> Result<DeliverySettingsView, CommandError> {
    call.clinic()?
        .note_read(call.permit()?, call.verb(), None)?;
    shown(call)
}

pub(super) fn set_smtp(
    call: &Call<'_>,
    request: SetSmtpRequest,
) -> Result<DeliverySettingsView, CommandError> {
    let filled = |text: Option<String>| {
        text.map(|text| text.trim().to_owned())
            .filter(|text| !text.is_empty())
    };
    let service = (!request.host.trim().is_empty()).then(|| SmtpService {
        host: request.host.trim().into(),
        port: match (request.port, request.security) {
            (0, SmtpSecurity::StartTls) => STARTTLS_PORT,
            (0, SmtpSecurity::Tls) => TLS_PORT,
            (0, SmtpSecurity::None) => PLAIN_PORT,
            (port, _) => port,
        },
        security: request.security.into(),
        user: filled(request.user),
        from: request.from.trim().into(),
        reply_to: filled(request.reply_to),
        resend_uncertain: request.resend_uncertain,
    });
    if let Some(service) = &service {
        let addresses = [
            ("from", Some(&service.from)),
            ("reply_to", service.reply_to.as_ref()),
        ];
        for (field, address) in addresses {
            if address.is_some_and(|address| !is_email_address(address)) {
                return Err(CommandError::Invalid { field });
            }
        }
    }
    set(call, |change| {
        change.set_smtp(service.as_ref())?;
        secret(
            change,
            SecretName::SmtpPassword,
            service.is_some(),
            request.password.as_ref(),
        )
    })
}

pub(super) fn set_whatsapp(
    call: &Call<'_>,
    request: SetWhatsAppRequest,
) -> Result<DeliverySettingsView, CommandError> {
    let base_url = request.base_url.trim().trim_end_matches('/');
    let service = (!base_url.is_empty()).then(|| WhatsAppService {
        base_url: base_url.into(),
        sender_id: request.sender_id.trim().into(),
    });
    set(call, |change| {
        change.set_whatsapp(service.as_ref())?;
        secret(
            change,
            SecretName::WhatsAppToken,
            service.is_some(),
            request.token.as_ref(),
        )
    })
}

pub(super) fn set_fhir(
    call: &Call<'_>,
    request: SetFhirRequest,
) -> Result<DeliverySettingsView, CommandError> {
    let base_url = request.base_url.trim().trim_end_matches('/');
    let service = (!base_url.is_empty()).then(|| FhirService {
        base_url: base_url.into(),
    });
    set(call, |change| {
        change.set_fhir(service.as_ref())?;
        secret(
            change,
            SecretName::FhirToken,
            service.is_some(),
            request.token.as_ref(),
        )
    })
}

pub(super) fn test_smtp(
    call: &Call<'_>,
    request: TestSmtpRequest,
) -> Result<DeliveryTestView, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let way = channels::smtp(&clinic, permit)?.ok_or(CommandError::NotSetUp)?;
    let runtime = call.inner().runtime()?;
    tried(|| {
        runtime.block_on(way.check())?;
        let Some(to) = request.send_to else {
            return Ok(());
        };
        let (name, now) = (clinic.status().clinic_name, call.inner().clock.now());
        let parcel = Parcel {
            message_id: format!("{}@medibridge.invalid", uuid::Uuid::now_v7()),
            written: now,
            to,
            language: Language::En,
            subject: format!("Test from {name}"),
            text: format!(
                "Medibridge at {name} can send e-mail.\n\nThis is a test. It holds no patient's data."
            ),
            file_name: String::new(),
            attachment: Phi::default(),
        };
        match runtime.block_on(way.send(&parcel, &|| true)) {
            Outcome::Delivered { .. } | Outcome::Stopped => Ok(()),
            Outcome::Refused(failure)
            | Outcome::TryAgain(failure)
            | Outcome::Uncertain(failure) => Err(failure),
        }
    })
}

pub(super) fn test_whatsapp(call: &Call<'_>, (): ()) -> Result<DeliveryTestView, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let way = channels::whatsapp(&clinic, permit)?.ok_or(CommandError::NotSetUp)?;
    let runtime = call.inner().runtime()?;
    tried(|| runtime.block_on(way.check()))
}

pub(super) fn test_fhir(call: &Call<'_>, (): ()) -> Result<DeliveryTestView, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let service = clinic
        .services(permit)?
        .fhir
        .ok_or(CommandError::NoFhirServer)?;
    let token = channels::kept(&clinic, permit, SecretName::FhirToken)?;
    let server = FhirServer::new(&service.base_url, token.as_ref(), FHIR)?;
    let started = Instant::now();
    let outcome = call.inner().runtime()?.block_on(server.check());
    Ok(DeliveryTestView {
        ok: outcome.is_ok(),
        step: None,
        problem: outcome.err().map(Into::into),
        answer: None,
        ms: millis(started),
    })
}

/// One try, as the screen shows it.
fn tried(attempt: impl FnOnce() -> Result<(), Failure>) -> Result<DeliveryTestView, CommandError> {
    let started = Instant::now();
    let failure = attempt().err();
    let problem: Option<Problem> = failure.as_ref().map(|failure| failure.problem);
    Ok(DeliveryTestView {
        ok: failure.is_none(),
        step: problem
            .map(Problem::step)
            .map(|step: Step| DeliveryStep::from(step)),
        problem: problem.map(Into::into),
        answer: failure
            .and_then(|failure| failure.answer)
            .map(|answer| answer.expose().clone()),
        ms: millis(started),
    })
}

fn millis(started: Instant) -> u64 {
    started.elapsed().as_millis().try_into().unwrap_or(u64::MAX)
}

/// Changes settings; whatever waits is tried by the new ones at once.
fn set(
    call: &Call<'_>,
    change: impl FnOnce(&mut Change<'_>) -> Result<(), ClinicError>,
) -> Result<DeliverySettingsView, CommandError> {
    call.clinic()?
        .write::<_, ClinicError>(call.permit()?, call.verb(), change)?;
    outbox::wake(call.inner());
    shown(call)
}

/// Keeps, leaves or forgets a secret.
fn secret(
    change: &mut Change<'_>,
    name: SecretName,
    set_up: bool,
    given: Option<&Secret<String>>,
) -> Result<(), ClinicError> {
    match given {
        _ if !set_up => change.forget_secret(name),
        None => Ok(()),
        Some(given) if given.expose().is_empty() => change.forget_secret(name),
        Some(given) => change.keep_secret(name, &Secret::new(given.expose().clone().into_bytes())),
    }
}

fn shown(call: &Call<'_>) -> Result<DeliverySettingsView, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let has = |name| clinic.secret(permit, name).map(|kept| kept.is_some());
    let services = clinic.services(permit)?;
    let (password, token, key) = (
        has(SecretName::SmtpPassword)?,
        has(SecretName::WhatsAppToken)?,
        has(SecretName::FhirToken)?,
    );
    Ok(DeliverySettingsView {
        smtp: services.smtp.map(|smtp| SmtpView {
            host: smtp.host,
            port: smtp.port,
            security: smtp.security.into(),
            user: smtp.user,
            has_password: password,
            from: smtp.from,
            reply_to: smtp.reply_to,
            resend_uncertain: smtp.resend_uncertain,
        }),
        whatsapp: services.whatsapp.map(|whatsapp| WhatsAppView {
            base_url: whatsapp.base_url,
            sender_id: whatsapp.sender_id,
            has_token: token,
        }),
        fhir: services.fhir.map(|fhir| FhirView {
            base_url: fhir.base_url,
            has_token: key,
        }),
    })
}
