//! Accounts: invitation, second factor, PIN, lock-out, rotation of keys, a lost administrator.

mod factor;
mod invited;
mod pins;
mod rotation;
mod shift;

use clinic::*;

use crate::support::*;

/// The code that an authenticator app shows at this second.
pub fn code_at(secret: &str, second: i64) -> basics::Secret<String> {
    let totp = totp_rs::Builder::new()
        .with_secret(totp_rs::Secret::try_from_base32(secret).unwrap())
        .with_issuer(Some("x"))
        .with_account_name("x")
        .build()
        .unwrap();
    basics::Secret::new(totp.generate(u64::try_from(second).unwrap()).to_string())
}

impl House {
    pub fn proof(&self, session: &ActiveSession) -> PasswordProof {
        self.clinic
            .check_password(session, &secret(PASSWORD))
            .unwrap()
    }

    pub fn code_now(&self, app: &str) -> basics::Secret<String> {
        code_at(app, self.clock_now().as_second())
    }

    /// Sets an authenticator up and lets its window pass: the app's secret and the recovery codes.
    pub fn with_app(&self, login: &str) -> (String, Vec<String>) {
        let session = self.active(login);
        let begun = self
            .clinic
            .begin_authenticator(&session, self.proof(&session))
            .unwrap();
        let app = begun.secret.expose().clone();
        let codes = self
            .clinic
            .confirm_factor(&session, &self.code_now(&app))
            .unwrap();
        let codes = codes.shown().map(String::from).collect();
        self.wait(90);
        (app, codes)
    }

    pub fn try_code(&self, login: &str, code: &basics::Secret<String>) -> Result<Session> {
        match self
            .clinic
            .sign_in_with(login, &secret(PASSWORD), Some(code))?
        {
            SignIn::Done(session) => Ok(session),
            SignIn::CodeNeeded(_) => panic!("a code was given"),
        }
    }
}
