//! Codes of an authenticator app: RFC 6238 with SHA-1, six digits and thirty seconds, which every app knows. It needs
//! no network, only two clocks that agree within half a minute.

use basics::{Secret, Timestamp};
use totp_rs::{Builder, Totp};

use crate::error::{ClinicError, Result};

/// Seconds of a step.
const STEP: i64 = 30;

/// An authenticator's secret as a person gets it, once.
pub struct NewAuthenticator {
    /// To be typed where no camera is at hand (Base32).
    pub secret: Secret<String>,
    /// `otpauth://…`, for the QR code.
    pub address: Secret<String>,
}

/// 160 random bits (RFC 4226, section 4).
pub(crate) fn make() -> Result<Secret<[u8; 20]>> {
    Ok(Secret::new(seal::random()?))
}

/// The time step whose code this is, if it is none that was taken before. One step to each side is allowed for
/// clocks that differ (RFC 6238, section 5.2).
pub(crate) fn step_of(secret: &[u8], code: &str, now: Timestamp, taken: i64) -> Option<i64> {
    let totp = build(secret, "", "").ok()?;
    let present = now.as_second().div_euclid(STEP);
    // Every step is compared, so that the time taken tells nothing.
    let mut found = None;
    for step in present - 1..=present + 1 {
        let Ok(second) = u64::try_from(step * STEP) else {
            continue;
        };
        if totp.generate(second).to_string() == code && step > taken {
            found = found.or(Some(step));
        }
    }
    found
}

/// What the app is given.
pub(crate) fn show(secret: &[u8; 20], clinic: &str, login: &str) -> Result<NewAuthenticator> {
    let totp = build(secret, clinic, login)?;
    Ok(NewAuthenticator {
        secret: Secret::new(totp.secret().to_base32()),
        address: Secret::new(
            totp.to_url()
                .map_err(|_| ClinicError::Internal("otpauth"))?,
        ),
    })
}

fn build(secret: &[u8], clinic: &str, login: &str) -> Result<Totp> {
    // A colon would end the issuer.
    let bare = |text: &str| text.replace(':', " ");
    let issuer = format!("Medibridge {}", bare(clinic));
    Builder::new()
        .with_secret(secret.to_vec())
        .with_issuer(Some(issuer.trim()))
        .with_account_name(bare(login))
        .build()
        .map_err(|_| ClinicError::Internal("authenticator"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &[u8] = b"12345678901234567890";

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn the_codes_are_those_of_the_standard() {
        // RFC 6238, appendix B, the last six of its eight digits.
        for (second, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(
                step_of(SECRET, code, at(second), 0),
                Some(second / 30),
                "{second}"
            );
        }
    }

    #[test]
    fn one_step_to_each_side_and_no_further() {
        for (second, taken) in [
            (29, false),
            (59, true),
            (89, true),
            (119, true),
            (120, false),
        ] {
            let second = 1_200_000 + second - 30;
            let code = build(SECRET, "", "")
                .unwrap()
                .generate(1_200_030)
                .to_string();
            assert_eq!(
                step_of(SECRET, &code, at(second), 0).is_some(),
                taken,
                "{second}"
            );
        }
    }

    #[test]
    fn a_code_that_was_taken_and_all_before_it_are_refused() {
        let code = "005924";
        let step = step_of(SECRET, code, at(1_234_567_890), 0).unwrap();
        assert_eq!(step_of(SECRET, code, at(1_234_567_890), step), None);
        assert_eq!(step_of(SECRET, code, at(1_234_567_890), step + 1), None);
        assert_eq!(
            step_of(SECRET, code, at(1_234_567_890), step - 1),
            Some(step)
        );
    }

    #[test]
    fn strange_codes_and_clocks_are_refused_and_break_nothing() {
        for code in [
            "",
            "12345",
            "1234567",
            "abcdef",
            "+12345",
            "١٢٣٤٥٦",
            " 287082",
        ] {
            assert_eq!(step_of(SECRET, code, at(59), 0), None, "{code}");
        }
        assert_eq!(step_of(SECRET, "287082", Timestamp::MIN, 0), None);
    }

    #[test]
    fn the_app_gets_an_address_that_it_can_read() {
        let shown = show(b"12345678901234567890", "Clínica: do Vale", "dr:a").unwrap();
        assert_eq!(shown.secret.expose(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        let address = shown.address.expose();
        assert!(address.starts_with("otpauth://totp/"), "{address}");
        assert!(
            address.contains("secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"),
            "{address}"
        );
        let back = Totp::from_url(address).unwrap();
        assert_eq!(back.generate(59).to_string(), "287082");
    }
}
