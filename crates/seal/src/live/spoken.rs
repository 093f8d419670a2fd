//! A spoken code: ten digits, four of them the door and six the pin. The PAKE turns the pin into a key of
//! 256 bits without giving anyone more than one guess: CPace (draft-irtf-cfrg-cpace-21, ristretto255,
//! SHA-512, initiator–responder) with explicit key confirmation, by which the guest also learns the
//! host's public key.

use basics::Secret;
use hkdf::Hkdf;
use hpke::rand_core::CryptoRng;
use pakery_cpace::{CpaceInitiator, CpaceMode, CpaceResponder, InitiatorState};
use pakery_crypto::CpaceRistretto255;
use sha2::Sha256;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::drawn::Drawn;
use super::envelope::{HEADER, Header, Kind, header, peek};
use super::{Error, HostPublic, Psk, PskId, Stream};
use crate::{Key, random};

const SHARE: usize = 32;
const PUBLIC: usize = 65;
const CONFIRM: usize = 32;
const CHANNEL: &[u8] = b"medibridge spoken v1 ";
const GUEST: &[u8] = b"guest";

/// What may stand between digits: spaces, also those that do not break, points and hyphens.
const BETWEEN: [char; 5] = [' ', '\u{a0}', '\u{202f}', '.', '-'];
const ZEROS: [u32; 6] = [0x30, 0x660, 0x6f0, 0x966, 0xc66, 0xff10];

/// A code to say on the telephone. It lives in memory only: a host that restarts makes a new one.
pub struct SpokenCode {
    door: String,
    pin: Secret<String>,
}

/// The host's side, good for one answer.
///
/// ```compile_fail,E0382
/// fn twice(host: seal::live::SpokenHost, stream: &seal::live::Stream, message: &[u8]) {
///     let _ = host.answer(stream, message);
///     let _ = host.answer(stream, message);
/// }
/// ```
pub struct SpokenHost {
    code: SpokenCode,
    public: [u8; PUBLIC],
}

/// The guest's side, while it waits for the host's answer.
pub struct SpokenGuest {
    state: InitiatorState<CpaceRistretto255>,
}

/// What a spoken code comes to: whom to trust, and the psk of the hello.
pub struct Spoken {
    /// The host.
    pub host: HostPublic,
    /// The secret.
    pub psk: Psk,
}

impl SpokenCode {
    /// A new code.
    ///
    /// # Errors
    /// [`Error::NoRandom`].
    pub fn generate() -> Result<Self, Error> {
        // 128 random bits: no digit is noticeably likelier than another.
        let drawn = u128::from_be_bytes(random().map_err(|_| Error::NoRandom)?) % 10_000_000_000;
        Self::parse(&format!("{drawn:010}"))
    }

    /// Ten digits of any of our scripts, however they are grouped by spaces, points and hyphens.
    ///
    /// # Errors
    /// [`Error::BadCode`].
    pub fn parse(said: &str) -> Result<Self, Error> {
        let written = said.chars().filter(|char| !BETWEEN.contains(char));
        let digits: Option<Zeroizing<String>> = written
            .map(digit)
            .collect::<Option<String>>()
            .map(Zeroizing::new);
        let digits = digits
            .filter(|digits| digits.len() == 10)
            .ok_or(Error::BadCode)?;
        Ok(Self {
            door: digits[..4].to_string(),
            pin: Secret::new(digits[4..].to_string()),
        })
    }

    /// The door, which the relay knows.
    pub fn door(&self) -> &str {
        &self.door
    }

    /// All ten digits, grouped to be said.
    pub fn to_say(&self) -> Secret<String> {
        let pin = self.pin.expose();
        Secret::new(format!("{} {} {}", self.door, &pin[..3], &pin[3..]))
    }

    fn channel(&self) -> Vec<u8> {
        [CHANNEL, self.door.as_bytes()].concat()
    }
}

impl SpokenHost {
    /// Waits at the code's door with the door's public key.
    pub fn new(code: SpokenCode, public: [u8; PUBLIC]) -> Self {
        Self { code, public }
    }

    /// Answers the one message that this code may have, and is gone, whatever came. The psk is the
    /// guest's only if the pin was right; a hello that opens will show it.
    ///
    /// # Errors
    /// Those of [`peek`], then [`Error::WrongKind`], [`Error::Truncated`], [`Error::Malformed`], [`Error::BadKey`];
    /// [`Error::NoRandom`].
    pub fn answer(self, stream: &Stream, envelope: &[u8]) -> Result<(Vec<u8>, Psk), Error> {
        self.answer_with(&mut Drawn::new()?, stream, envelope)
    }

    pub(super) fn answer_with(
        self,
        drawn: &mut impl CryptoRng,
        stream: &Stream,
        envelope: &[u8],
    ) -> Result<(Vec<u8>, Psk), Error> {
        let theirs: [u8; SHARE] = body(envelope)?;
        let (share, out) = CpaceResponder::<CpaceRistretto255>::respond(
            &theirs,
            self.code.pin.expose().as_bytes(),
            &self.code.channel(),
            stream,
            GUEST,
            &self.public,
            CpaceMode::InitiatorResponder,
            drawn,
        )
        .map_err(|_| Error::BadKey)?;
        let (confirm, psk) = keys(out.isk.as_bytes())?;
        Ok((pake(&[&share, &self.public, &*confirm]), psk))
    }
}

impl SpokenGuest {
    /// The guest's message, and what waits for the answer.
    ///
    /// # Errors
    /// [`Error::NoRandom`].
    pub fn knock(code: &SpokenCode, stream: &Stream) -> Result<(Self, Vec<u8>), Error> {
        Self::knock_with(&mut Drawn::new()?, code, stream)
    }

    pub(super) fn knock_with(
        drawn: &mut impl CryptoRng,
        code: &SpokenCode,
        stream: &Stream,
    ) -> Result<(Self, Vec<u8>), Error> {
        let (share, state) = CpaceInitiator::<CpaceRistretto255>::start(
            code.pin.expose().as_bytes(),
            &code.channel(),
            stream,
            GUEST,
            drawn,
        )
        .map_err(|_| Error::BadKey)?;
        Ok((Self { state }, pake(&[&share])))
    }

    /// Opens the host's answer.
    ///
    /// # Errors
    /// Those of [`peek`], then [`Error::WrongKind`], [`Error::Truncated`], [`Error::Malformed`], [`Error::BadKey`], and
    /// [`Error::WrongCode`]: a digit was misheard, or somebody in between guessed one. Ask for a new code.
    pub fn finish(self, envelope: &[u8]) -> Result<Spoken, Error> {
        let answer: [u8; SHARE + PUBLIC + CONFIRM] = body(envelope)?;
        let (share, rest) = answer.split_at(SHARE);
        let (public, confirm) = rest.split_at(PUBLIC);
        let out = self
            .state
            .finish(share, public, CpaceMode::InitiatorResponder)
            .map_err(|_| Error::BadKey)?;
        let (expected, psk) = keys(out.isk.as_bytes())?;
        if !bool::from(confirm.ct_eq(&*expected)) {
            return Err(Error::WrongCode);
        }
        let public = public.try_into().map_err(|_| Error::Malformed)?;
        Ok(Spoken {
            host: HostPublic(public),
            psk,
        })
    }
}

/// What a digit means, written in Latin, Arabic, Persian, Devanagari, Telugu or full width.
fn digit(char: char) -> Option<char> {
    ZEROS
        .iter()
        .find_map(|zero| char::from_digit((char as u32).checked_sub(*zero)?, 10))
}

fn pake(parts: &[&[u8]]) -> Vec<u8> {
    [
        &header(Header {
            kind: Kind::Pake,
            epoch: 0,
            counter: 0,
        })[..],
        &parts.concat(),
    ]
    .concat()
}

/// The body, exactly as long as it must be.
fn body<const N: usize>(envelope: &[u8]) -> Result<[u8; N], Error> {
    if peek(envelope)?.kind != Kind::Pake {
        return Err(Error::WrongKind);
    }
    let body = &envelope[HEADER..];
    if body.len() < N {
        return Err(Error::Truncated);
    }
    body.try_into().map_err(|_| Error::Malformed)
}

/// The host's proof that it knows the pin, and the psk.
fn keys(isk: &[u8]) -> Result<(Zeroizing<[u8; CONFIRM]>, Psk), Error> {
    let hkdf = Hkdf::<Sha256>::new(None, isk);
    let mut confirm = Zeroizing::new([0; CONFIRM]);
    let mut psk = Zeroizing::new([0; 32]);
    hkdf.expand(b"medibridge spoken confirm", &mut *confirm)
        .map_err(|_| Error::Broken)?;
    hkdf.expand(b"medibridge spoken psk", &mut *psk)
        .map_err(|_| Error::Broken)?;
    Ok((
        confirm,
        Psk {
            id: PskId::Spoken,
            key: Key::from_bytes(*psk),
        },
    ))
}
