//! The first word of an epoch: HPKE (RFC 9180) mode_psk from the guest to the host's key, from which
//! both sides take the epoch's keys.

use hpke::aead::{AeadCtxR, AeadCtxS, AesGcm256};
use hpke::kdf::HkdfSha256;
use hpke::kem::DhP256HkdfSha256;
use hpke::rand_core::CryptoRng;
use hpke::{Deserializable, OpModeR, OpModeS, PskBundle, Serializable};
use zeroize::Zeroizing;

use super::channel::{Channel, Keys, Side};
use super::drawn::Drawn;
use super::envelope::{ENC, HEADER, Header, Kind, TAG, header, pad, peek, unpad};
use super::{Error, HostKey, HostPublic, Stream};
use crate::Key;

pub(super) type Kem = DhP256HkdfSha256;
type Kdf = HkdfSha256;
type Aead = AesGcm256;

/// Which secret a hello is made with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PskId {
    /// A link's.
    Link = 1,
    /// A spoken code's.
    Spoken = 2,
    /// The one given at admission.
    Resume = 3,
}

/// A secret that guest and host share, and where it is from.
#[derive(Clone, Debug)]
pub struct Psk {
    /// Where it is from.
    pub id: PskId,
    /// The secret.
    pub key: Key,
}

/// A hello that opened.
pub struct HostOpened {
    /// Which secret the guest has.
    pub psk: PskId,
    /// What was said.
    pub hello: Vec<u8>,
    /// The epoch's keys. **Make its epoch durable before anything is sealed**: the same hello, come
    /// again to a host that forgot it, would give the same keys and the same nonces.
    pub channel: Channel,
}

impl PskId {
    fn label(self) -> &'static [u8] {
        match self {
            Self::Link => b"link",
            Self::Spoken => b"spoken",
            Self::Resume => b"resume",
        }
    }
}

/// The guest says hello; `epoch` is higher than every one it used on this stream.
///
/// # Errors
/// [`Error::TooLarge`] beyond [`super::CONTENT`], [`Error::Malformed`] for epoch 0, [`Error::BadKey`], [`Error::NoRandom`].
pub fn guest_hello(
    stream: &Stream,
    epoch: u32,
    psk: &Psk,
    host: &HostPublic,
    hello: &[u8],
) -> Result<(Vec<u8>, Channel), Error> {
    guest_hello_with(&mut Drawn::new()?, stream, epoch, psk, host, hello)
}

/// The host opens a hello; `last` is the highest epoch seen on this stream, 0 for none, and `secret`
/// finds what the host holds under an id.
///
/// # Errors
/// Those of [`peek`], then [`Error::WrongKind`], [`Error::StaleEpoch`], [`Error::Truncated`], [`Error::UnknownPsk`],
/// [`Error::BadKey`], [`Error::Broken`], [`Error::Malformed`]; in this order.
pub fn host_open_hello(
    host: &HostKey,
    stream: &Stream,
    envelope: &[u8],
    last: u32,
    secret: impl FnOnce(PskId) -> Option<Key>,
) -> Result<HostOpened, Error> {
    let head = peek(envelope)?;
    if head.kind != Kind::Hello {
        return Err(Error::WrongKind);
    }
    if head.epoch <= last {
        return Err(Error::StaleEpoch);
    }
    let body = &envelope[HEADER..];
    if body.len() < 1 + ENC + TAG {
        return Err(Error::Truncated);
    }
    let (enc, sealed) = body[1..].split_at(ENC);
    let id = match body[0] {
        1 => PskId::Link,
        2 => PskId::Spoken,
        3 => PskId::Resume,
        _ => return Err(Error::UnknownPsk),
    };
    let key = secret(id).ok_or(Error::UnknownPsk)?;
    let enc = <Kem as hpke::Kem>::EncappedKey::from_bytes(enc).map_err(|_| Error::BadKey)?;
    let bundle = PskBundle::new(key.expose(), id.label()).map_err(|_| Error::UnknownPsk)?;
    let mut context: AeadCtxR<Aead, Kdf, Kem> = hpke::setup_receiver(
        &OpModeR::Psk(bundle),
        &host.private,
        &enc,
        &info(stream, head.epoch),
    )
    .map_err(|_| Error::BadKey)?;
    let padded = context
        .open(sealed, &aad(&envelope[..HEADER], stream, id))
        .map_err(|_| Error::Broken)?;
    let hello = unpad(padded)?;
    let keys = keys(|label, out| context.export(label, out))?;
    Ok(HostOpened {
        psk: id,
        hello,
        channel: Channel::new(*stream, head.epoch, Side::Host, keys),
    })
}

/// [`guest_hello`] with given randomness.
pub(super) fn guest_hello_with(
    drawn: &mut impl CryptoRng,
    stream: &Stream,
    epoch: u32,
    psk: &Psk,
    host: &HostPublic,
    hello: &[u8],
) -> Result<(Vec<u8>, Channel), Error> {
    if epoch == 0 {
        return Err(Error::Malformed);
    }
    let public = <Kem as hpke::Kem>::PublicKey::from_bytes(&host.0).map_err(|_| Error::BadKey)?;
    let bundle = PskBundle::new(psk.key.expose(), psk.id.label()).map_err(|_| Error::UnknownPsk)?;
    let (enc, mut context): (_, AeadCtxS<Aead, Kdf, Kem>) =
        hpke::setup_sender_with_rng(&OpModeS::Psk(bundle), &public, &info(stream, epoch), drawn)
            .map_err(|_| Error::BadKey)?;
    let mut envelope = header(Header {
        kind: Kind::Hello,
        epoch,
        counter: 0,
    })
    .to_vec();
    let sealed = context
        .seal(
            &Zeroizing::new(pad(hello)?),
            &aad(&envelope, stream, psk.id),
        )
        .map_err(|_| Error::TooLarge)?;
    envelope.push(psk.id as u8);
    envelope.extend_from_slice(&enc.to_bytes());
    envelope.extend_from_slice(&sealed);
    let keys = keys(|label, out| context.export(label, out))?;
    Ok((envelope, Channel::new(*stream, epoch, Side::Guest, keys)))
}

fn info(stream: &Stream, epoch: u32) -> Vec<u8> {
    [b"medibridge live v1", &stream[..], &epoch.to_be_bytes()].concat()
}

fn aad(header: &[u8], stream: &Stream, id: PskId) -> Vec<u8> {
    [header, stream, &[id as u8]].concat()
}

/// What both sides take out of the hello's context.
fn keys(export: impl Fn(&[u8], &mut [u8]) -> Result<(), hpke::HpkeError>) -> Result<Keys, Error> {
    let take = |label: &[u8]| {
        let mut out = Zeroizing::new([0; 32]);
        export(label, &mut *out).map_err(|_| Error::Broken)?;
        Ok(Key::from_bytes(*out))
    };
    Ok(Keys {
        guest: take(b"medibridge key guest")?,
        host: take(b"medibridge key host")?,
        sas: take(b"medibridge sas")?,
    })
}
