//! The ways out, made from what the clinic set.

use std::sync::Arc;

use ::clinic::{Clinic, DeliveryChannel, Permit, SecretName};
use ::reports::delivery::{
    Channel, Problem, Security, Smtp, SmtpSettings, WhatsApp, WhatsAppSettings,
};
use basics::Secret;

use super::SmtpSecurity;
use crate::error::CommandError;

/// The way that this channel goes now; none where it is not set up.
pub(super) fn open(
    clinic: &Clinic,
    permit: &Permit,
    channel: DeliveryChannel,
) -> Result<Option<Arc<dyn Channel>>, CommandError> {
    Ok(match channel {
        DeliveryChannel::Email => smtp(clinic, permit)?.map(|way| way as Arc<dyn Channel>),
        DeliveryChannel::WhatsApp => whatsapp(clinic, permit)?.map(|way| way as Arc<dyn Channel>),
        DeliveryChannel::Fhir | DeliveryChannel::Consultation | DeliveryChannel::Print => None,
    })
}

pub(super) fn smtp(clinic: &Clinic, permit: &Permit) -> Result<Option<Arc<Smtp>>, CommandError> {
    let Some(service) = clinic.services(permit)?.smtp else {
        return Ok(None);
    };
    let password = kept(clinic, permit, SecretName::SmtpPassword)?;
    Ok(Some(Arc::new(Smtp::new(SmtpSettings {
        host: service.host,
        port: service.port,
        security: SmtpSecurity::from(service.security).into(),
        account: (service.user).map(|user| (user, password.unwrap_or(Secret::new(String::new())))),
        from: service.from,
        name: clinic.status().clinic_name,
        reply_to: service.reply_to,
    }))))
}

pub(super) fn whatsapp(
    clinic: &Clinic,
    permit: &Permit,
) -> Result<Option<Arc<WhatsApp>>, CommandError> {
    let Some(service) = clinic.services(permit)?.whatsapp else {
        return Ok(None);
    };
    let token = kept(clinic, permit, SecretName::WhatsAppToken)?;
    let way = WhatsApp::new(WhatsAppSettings {
        base_url: service.base_url,
        sender_id: service.sender_id,
        token: token.unwrap_or(Secret::new(String::new())),
    })?;
    Ok(Some(Arc::new(way)))
}

/// A secret that is text.
pub(crate) fn kept(
    clinic: &Clinic,
    permit: &Permit,
    name: SecretName,
) -> Result<Option<Secret<String>>, CommandError> {
    let bytes = clinic.secret(permit, name)?;
    let text = bytes.map(|bytes| String::from_utf8(bytes.expose().clone()));
    Ok(text
        .transpose()
        .map_err(|_| Problem::RecordUnavailable)?
        .map(Secret::new))
}

impl From<SmtpSecurity> for Security {
    fn from(security: SmtpSecurity) -> Self {
        match security {
            SmtpSecurity::StartTls => Self::StartTls,
            SmtpSecurity::Tls => Self::Tls,
            SmtpSecurity::None => Self::None,
        }
    }
}
