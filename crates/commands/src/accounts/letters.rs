//! Letters with a code: an invitation, a sign-in. They go out at once and are not kept: whoever waits for one asks again.

use ::clinic::{ClinicError, Invitation, Letter, MailWay};
use ::reports::delivery::{
    Channel, Failure, Outcome, Parcel, Smtp, SmtpSettings, is_email_address,
};
use basics::{Language, Phi, Secret};

use crate::{delivery::SmtpSecurity, dispatch::Call, error::CommandError};

/// Refuses what no letter can be addressed to.
pub(crate) fn check(email: Option<&str>) -> Result<(), CommandError> {
    match email {
        Some(email) if !is_email_address(email) => Err(CommandError::Invalid { field: "email" }),
        _ => Ok(()),
    }
}

/// Sends somebody the code of their invitation.
pub(super) fn invite(
    call: &Call<'_>,
    to: &Phi<String>,
    invitation: &Invitation,
) -> Result<(), CommandError> {
    let clinic = call.clinic()?;
    let way = clinic
        .mail_way(call.permit()?)?
        .ok_or(ClinicError::NoMailServer)?;
    let name = clinic.status().clinic_name;
    let text = format!(
        "You are invited to Medibridge at {name}.\n\n\
         At the clinic's workstation choose \"I was invited\" and type\n\n\
         Sign-in name: {}\nCode: {}\n\n\
         The code opens once, until {} (UTC). You choose your own password there.\n\
         If you did not expect this, tell the clinic and throw this message away.\n",
        invitation.login.expose(),
        invitation.code.expose(),
        moment(invitation.expires),
    );
    send(call, &way, to, format!("Your invitation to {name}"), text)
}

/// Sends somebody who signs in, or sets this up, their code.
pub(crate) fn code(call: &Call<'_>, letter: &Letter) -> Result<(), CommandError> {
    let name = call.clinic()?.status().clinic_name;
    let text = format!(
        "Your code for Medibridge at {name} is\n\n{}\n\n\
         It is good for ten minutes and opens once. Nobody of the clinic will ask you for it.\n\
         If you did not ask for it, somebody knows your password: change it.\n",
        letter.code.expose(),
    );
    send(
        call,
        &letter.way,
        &letter.to,
        format!("Your code for {name}"),
        text,
    )
}

fn send(
    call: &Call<'_>,
    way: &MailWay,
    to: &Phi<String>,
    subject: String,
    text: String,
) -> Result<(), CommandError> {
    let smtp = way.smtp.clone();
    let password = way.password.clone().unwrap_or(Secret::new(String::new()));
    let channel = Smtp::new(SmtpSettings {
        host: smtp.host,
        port: smtp.port,
        security: SmtpSecurity::from(smtp.security).into(),
        account: smtp.user.map(|user| (user, password)),
        from: smtp.from,
        name: call.clinic()?.status().clinic_name,
        reply_to: smtp.reply_to,
    });
    let parcel = Parcel {
        message_id: format!("{}@medibridge.invalid", uuid::Uuid::now_v7()),
        written: call.inner().clock.now(),
        to: to.clone(),
        language: Language::En,
        subject,
        text,
        file_name: String::new(),
        attachment: Phi::default(),
    };
    let outcome = call
        .inner()
        .runtime()?
        .block_on(channel.send(&parcel, &|| true));
    let failed = |failure: Failure| Err(CommandError::Delivery(failure.problem));
    match outcome {
        // It may have arrived: then the code works, and otherwise another is asked for.
        Outcome::Delivered { .. } | Outcome::Uncertain(_) => Ok(()),
        Outcome::Refused(failure) | Outcome::TryAgain(failure) => failed(failure),
        Outcome::Stopped => Err(CommandError::Defect),
    }
}

/// `2026-11-24 08:00`.
fn moment(at: basics::Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M").to_string()
}
