//! The standards' own vectors: RFC 9180 for HPKE, the CPace draft for the spoken code.

use hpke::aead::{AeadCtxR, AeadCtxS, AesGcm256};
use hpke::kdf::HkdfSha256;
use hpke::kem::DhP256HkdfSha256 as Kem;
use hpke::{Deserializable, Kem as _, OpModeR, OpModeS, PskBundle, Serializable};
use pakery_cpace::{CpaceInitiator, CpaceMode, CpaceResponder};
use pakery_crypto::CpaceRistretto255 as Suite;
use serde::Deserialize;

use super::super::envelope::{Header, Kind, header};
use super::super::{Error, SpokenCode, SpokenHost};
use super::{Fixed, Hex, pattern, read};

#[derive(Deserialize)]
struct Rfc9180 {
    vector: Vector,
}

#[derive(Deserialize)]
#[allow(non_snake_case)]
struct Vector {
    info: Hex,
    psk: Hex,
    psk_id: Hex,
    ikmE: Hex,
    ikmR: Hex,
    skRm: Hex,
    pkRm: Hex,
    enc: Hex,
    encryptions: Vec<Encryption>,
    exports: Vec<Export>,
}

#[derive(Deserialize)]
struct Encryption {
    at: u64,
    pt: Hex,
    aad: Hex,
    ct: Hex,
}

#[derive(Deserialize)]
struct Export {
    exporter_context: Hex,
    exported_value: Hex,
}

#[derive(Deserialize)]
#[allow(non_snake_case)]
struct Cpace {
    PRS: Hex,
    CI: Hex,
    sid: Hex,
    ya: Hex,
    ADa: Hex,
    Ya: Hex,
    yb: Hex,
    ADb: Hex,
    Yb: Hex,
    ISK_IR: Hex,
    invalid: Vec<Hex>,
}

#[test]
fn hpke_is_that_of_rfc_9180() {
    let Rfc9180 { vector } = read("rfc9180.json");
    let (private, public) = Kem::derive_keypair(&vector.ikmR.0);
    assert_eq!(private.to_bytes().as_slice(), vector.skRm.0);
    assert_eq!(public.to_bytes().as_slice(), vector.pkRm.0);
    let bundle = || PskBundle::new(&vector.psk.0, &vector.psk_id.0).unwrap();
    let (enc, mut sender): (_, AeadCtxS<AesGcm256, HkdfSha256, Kem>) = hpke::setup_sender_with_rng(
        &OpModeS::Psk(bundle()),
        &public,
        &vector.info.0,
        &mut Fixed(vector.ikmE.0.clone()),
    )
    .unwrap();
    assert_eq!(enc.to_bytes().as_slice(), vector.enc.0);
    let enc = <Kem as hpke::Kem>::EncappedKey::from_bytes(&vector.enc.0).unwrap();
    let mut receiver: AeadCtxR<AesGcm256, HkdfSha256, Kem> =
        hpke::setup_receiver(&OpModeR::Psk(bundle()), &private, &enc, &vector.info.0).unwrap();
    let mut at = 0;
    for encryption in &vector.encryptions {
        while at < encryption.at {
            let skipped = sender.seal(b"", b"").unwrap();
            receiver.open(&skipped, b"").unwrap();
            at += 1;
        }
        assert_eq!(
            sender.seal(&encryption.pt.0, &encryption.aad.0).unwrap(),
            encryption.ct.0
        );
        assert_eq!(
            receiver.open(&encryption.ct.0, &encryption.aad.0).unwrap(),
            encryption.pt.0
        );
        at += 1;
    }
    for export in &vector.exports {
        let mut out = vec![0; export.exported_value.0.len()];
        receiver
            .export(&export.exporter_context.0, &mut out)
            .unwrap();
        assert_eq!(out, export.exported_value.0);
    }
}

#[test]
fn the_pake_is_that_of_the_cpace_draft() {
    let vector: Cpace = read("cpace.json");
    // A scalar below the order, followed by zeros, reduces to itself.
    let random = |scalar: &Hex| Fixed([&scalar.0[..], &[0; 32]].concat());
    let (password, channel, session) = (&vector.PRS.0, &vector.CI.0, &vector.sid.0);
    let (share, guest) = CpaceInitiator::<Suite>::start(
        password,
        channel,
        session,
        &vector.ADa.0,
        &mut random(&vector.ya),
    )
    .unwrap();
    assert_eq!(share, vector.Ya.0);
    let (answer, host) = CpaceResponder::<Suite>::respond(
        &share,
        password,
        channel,
        session,
        &vector.ADa.0,
        &vector.ADb.0,
        CpaceMode::InitiatorResponder,
        &mut random(&vector.yb),
    )
    .unwrap();
    assert_eq!(answer, vector.Yb.0);
    assert_eq!(host.isk.as_bytes(), vector.ISK_IR.0);
    let guest = guest
        .finish(&answer, &vector.ADb.0, CpaceMode::InitiatorResponder)
        .unwrap();
    assert_eq!(guest.isk.as_bytes(), vector.ISK_IR.0);
}

#[test]
fn what_the_draft_calls_invalid_is_refused() {
    let vector: Cpace = read("cpace.json");
    for point in &vector.invalid {
        let host = SpokenHost::new(SpokenCode::parse("0123456789").unwrap(), [4; 65]);
        let message = [
            &header(Header {
                kind: Kind::Pake,
                epoch: 0,
                counter: 0,
            })[..],
            &point.0,
        ]
        .concat();
        assert_eq!(
            host.answer(&pattern("stream"), &message).map(|_| ()),
            Err(Error::BadKey)
        );
    }
}
