//! Codes that a person copies: recovery codes, invitations, digits by e-mail. Letters and digits that nobody takes for one
//! another (Crockford's Base32), in groups of four or five.

use basics::{Secret, Timestamp};
use jiff::SignedDuration;
use seal::Key;

use crate::error::Result;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const RECOVERY: &str = "medibridge 2026-11 recovery code";

/// How many recovery codes a person gets.
pub const RECOVERY_CODES: usize = 10;
/// How long a code by e-mail is good for.
const MAILED: SignedDuration = SignedDuration::from_mins(10);
/// So soon after one no other is sent.
const AGAIN: SignedDuration = SignedDuration::from_secs(60);
/// Wrong tries at one code.
const TRIES: u8 = 5;

/// Random characters of the alphabet, five bits each, in groups.
pub(crate) fn make(groups: usize, of: usize) -> Result<Secret<String>> {
    let bytes: [u8; 32] = seal::random()?;
    let mut code = String::new();
    for (at, byte) in bytes.iter().take(groups * of).enumerate() {
        if at > 0 && at % of == 0 {
            code.push('-');
        }
        code.push(char::from(ALPHABET[usize::from(byte % 32)]));
    }
    Ok(Secret::new(code))
}

/// What a person typed, as it was made: without gaps, in capitals, with the letters that the alphabet lacks read as digits.
pub(crate) fn normal(typed: &str) -> Secret<String> {
    let normal = typed
        .chars()
        .filter(|c| c.is_alphanumeric())
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    Secret::new(normal)
}

/// How the record keeps a recovery code. It has 50 random bits and lies in the encrypted record, so no slow hash is due.
pub(crate) fn hash(root: &Key, user: i64, code: &str) -> [u8; 32] {
    let about = [&user.to_be_bytes()[..], normal(code).expose().as_bytes()].concat();
    *root.derive(RECOVERY, &about).expose()
}

/// Six digits that were sent to an address; in memory only.
pub(crate) struct Mailed {
    code: Secret<String>,
    made: Timestamp,
    left: u8,
    /// Where it went, for what is to be proven.
    pub(crate) email: String,
}

impl Mailed {
    pub(crate) fn make(email: &str, now: Timestamp) -> Result<Self> {
        // 2⁶⁴ is so much larger than a million that no code is likelier than another.
        let number = u64::from_be_bytes(seal::random()?) % 1_000_000;
        Ok(Self {
            code: Secret::new(format!("{number:06}")),
            made: now,
            left: TRIES,
            email: email.into(),
        })
    }

    pub(crate) fn code(&self) -> Secret<String> {
        self.code.clone()
    }

    /// Whether another would be too soon.
    pub(crate) fn is_fresh(&self, now: Timestamp) -> bool {
        let age = now.duration_since(self.made);
        age >= SignedDuration::ZERO && age < AGAIN
    }

    /// Whether this is it. A clock that was set back makes it worthless, as one that ran on does.
    pub(crate) fn check(&mut self, typed: &str, now: Timestamp) -> bool {
        let age = now.duration_since(self.made);
        let good = age >= SignedDuration::ZERO && age <= MAILED && self.left > 0;
        self.left = self.left.saturating_sub(1);
        good && same(normal(typed).expose(), self.code.expose())
    }
}

/// Compares without an early exit.
pub(crate) fn same(one: &str, other: &str) -> bool {
    let differ = one
        .bytes()
        .zip(other.bytes())
        .fold(0, |differ, (a, b)| differ | (a ^ b));
    one.len() == other.len() && differ == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_code_is_read_as_people_write_it() {
        let code = make(2, 5).unwrap();
        assert_eq!(code.expose().len(), 11);
        let key = Key::from_bytes([7; 32]);
        let loose = format!(
            " {} ",
            code.expose()
                .to_lowercase()
                .replace('-', " ")
                .replace('0', "o")
                .replace('1', "l")
        );
        assert_eq!(hash(&key, 1, code.expose()), hash(&key, 1, &loose));
        assert_ne!(hash(&key, 1, code.expose()), hash(&key, 2, code.expose()));
    }

    #[test]
    fn mailed_digits_end_after_ten_minutes_five_tries_or_a_clock_set_back() {
        let mailed = || Mailed::make("a@b.example", at(1000)).unwrap();
        let good = mailed();
        let code = good.code();
        assert!(
            code.expose().len() == 6 && code.expose().bytes().all(|byte| byte.is_ascii_digit())
        );
        let mut one = good;
        assert!(one.is_fresh(at(1059)) && !one.is_fresh(at(1060)) && !one.is_fresh(at(999)));
        assert!(!one.check(code.expose(), at(999)), "a clock set back");
        assert!(one.check(&format!(" {} ", code.expose()), at(1600)));
        assert!(!one.check(code.expose(), at(1601)));
        let mut two = mailed();
        let code = two.code();
        let wrong = if code.expose() == "000000" {
            "000001"
        } else {
            "000000"
        };
        for _ in 0..5 {
            assert!(!two.check(wrong, at(1001)));
        }
        assert!(!two.check(code.expose(), at(1001)), "five tries");
    }
}
