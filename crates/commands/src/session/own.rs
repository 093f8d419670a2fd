//! Handlers of one's own account: second factor, recovery codes, PIN, signed-in windows.

use ::clinic::{OwnAccount, PasswordProof, RecoveryCodes};
use basics::Secret;
use fast_qr::{QRBuilder, convert::svg::SvgBuilder};

use super::{
    AuthenticatorView, BeginEmailCodesRequest, CodeRequest, EndWindowRequest, OwnAccountView,
    OwnWindowView, PasswordRequest, RecoveryCodesView, SetPinRequest,
};
use crate::{accounts::letters, dispatch::Call, error::CommandError};

pub(super) fn account(call: &Call<'_>, (): ()) -> Result<OwnAccountView, CommandError> {
    Ok(call.clinic()?.own_account(&call.active()?)?.into())
}

pub(super) fn begin_authenticator(
    call: &Call<'_>,
    request: PasswordRequest,
) -> Result<AuthenticatorView, CommandError> {
    let proof = proof(call, &request.password)?;
    let begun = call.clinic()?.begin_authenticator(&call.active()?, proof)?;
    let qr = QRBuilder::new(begun.address.expose().as_str())
        .build()
        .map_err(|_| CommandError::Defect)?;
    Ok(AuthenticatorView {
        secret: begun.secret.expose().clone(),
        address: begun.address.expose().clone(),
        qr: SvgBuilder::default().to_str(&qr),
    })
}

pub(super) fn begin_email_codes(
    call: &Call<'_>,
    request: BeginEmailCodesRequest,
) -> Result<(), CommandError> {
    let email = request.email.trim();
    letters::check(Some(email))?;
    let proof = proof(call, &request.password)?;
    let letter = call
        .clinic()?
        .begin_email_codes(&call.active()?, proof, email)?;
    letters::code(call, &letter)
}

pub(super) fn confirm_factor(
    call: &Call<'_>,
    request: CodeRequest,
) -> Result<RecoveryCodesView, CommandError> {
    let codes = call
        .clinic()?
        .confirm_factor(&call.active()?, &request.code)?;
    Ok(codes.into())
}

pub(super) fn remove_factor(call: &Call<'_>, request: PasswordRequest) -> Result<(), CommandError> {
    let proof = proof(call, &request.password)?;
    Ok(call.clinic()?.remove_factor(&call.active()?, proof)?)
}

pub(super) fn renew_codes(
    call: &Call<'_>,
    request: PasswordRequest,
) -> Result<RecoveryCodesView, CommandError> {
    let proof = proof(call, &request.password)?;
    Ok(call.clinic()?.renew_codes(&call.active()?, proof)?.into())
}

pub(super) fn set_pin(call: &Call<'_>, request: SetPinRequest) -> Result<(), CommandError> {
    let proof = proof(call, &request.password)?;
    call.clinic()?
        .set_pin(&call.active()?, proof, &request.pin)?;
    super::act::tell_own(call)
}

pub(super) fn remove_pin(call: &Call<'_>, (): ()) -> Result<(), CommandError> {
    call.clinic()?.remove_pin(&call.active()?)?;
    super::act::tell_own(call)
}

pub(super) fn end_window(call: &Call<'_>, request: EndWindowRequest) -> Result<(), CommandError> {
    let window = call.inner().window_of(request.session_id);
    call.clinic()?
        .end_own_session(&call.active()?, request.session_id)?;
    if let Some(window) = window {
        call.inner().leave(&window);
        call.inner().session_changed(&window, None);
    }
    Ok(())
}

/// The password again, so that a window left open changes nobody's access.
fn proof(call: &Call<'_>, password: &Secret<String>) -> Result<PasswordProof, CommandError> {
    Ok(call.clinic()?.check_password(&call.active()?, password)?)
}

impl From<OwnAccount> for OwnAccountView {
    fn from(account: OwnAccount) -> Self {
        Self {
            second_factor: account.factor.map(Into::into),
            email: account.email.map(|email| email.expose().clone()),
            codes_left: account.codes_left,
            pin_since: account.pin,
            mail: account.mail,
            windows: account
                .windows
                .into_iter()
                .map(|window| OwnWindowView {
                    session_id: window.id,
                    started: window.started,
                    active: window.active,
                    locked: window.locked,
                    here: window.here,
                })
                .collect(),
        }
    }
}

impl From<RecoveryCodes> for RecoveryCodesView {
    fn from(codes: RecoveryCodes) -> Self {
        Self {
            codes: codes.shown().map(String::from).collect(),
        }
    }
}
