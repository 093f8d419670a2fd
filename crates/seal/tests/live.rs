//! A consultation's envelopes, whatever is done to them on the way: each opens to what was said, once, or not at all.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use seal::Key;
use seal::live::{
    BLOB, CONTENT, Channel, Commitment, ENVELOPE, Error, Greeting, HostKey, JoinLink, Kind, Psk,
    PskId, SpokenCode, SpokenGuest, SpokenHost, Stream, guest_hello, host_open_hello, open_blob,
    peek, rekey_envelope, sas, sas_number, seal_blob,
};

const STREAM: Stream = [5; 16];

/// A guest who came by a link, and its host.
fn met() -> (Channel, Channel) {
    let host = HostKey::generate().unwrap();
    let link = JoinLink::generate(&host).unwrap();
    met_with(&host, &link, 1)
}

fn met_with(host: &HostKey, link: &JoinLink, epoch: u32) -> (Channel, Channel) {
    let public = link.host(host.public()).unwrap();
    let (envelope, guest) = guest_hello(&STREAM, epoch, &link.psk(), &public, b"{}").unwrap();
    let secret = |id| (id == PskId::Link).then(|| link.secret().clone());
    let opened = host_open_hello(host, &STREAM, &envelope, epoch - 1, secret).unwrap();
    assert_eq!((opened.psk, &opened.hello[..]), (PskId::Link, &b"{}"[..]));
    (guest, opened.channel)
}

fn content() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..600),
        Just(vec![0x80; CONTENT]),
        Just(vec![0; 256])
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_said_arrives_in_both_directions(said in prop::collection::vec(content(), 1..5)) {
        let (mut guest, mut host) = met();
        for content in &said {
            prop_assert_eq!(&host.open(&guest.seal(content).unwrap()).unwrap(), content);
            prop_assert_eq!(&guest.open(&host.seal(content).unwrap()).unwrap(), content);
        }
    }

    #[test]
    fn a_changed_bit_anywhere_never_opens(said in prop::collection::vec(any::<u8>(), 0..400), at in any::<prop::sample::Index>(), bit in 0..8_u8) {
        let (mut guest, mut host) = met();
        let good = guest.seal(&said).unwrap();
        let mut changed = good.clone();
        changed[at.index(good.len())] ^= 1_u8 << bit;
        prop_assert!(host.open(&changed).is_err());
        prop_assert_eq!(host.open(&good).unwrap(), said);
    }

    #[test]
    fn a_changed_bit_in_a_hello_never_opens(at in any::<prop::sample::Index>(), bit in 0..8_u8) {
        let host = HostKey::generate().unwrap();
        let link = JoinLink::generate(&host).unwrap();
        let public = link.host(host.public()).unwrap();
        let (mut envelope, _) = guest_hello(&STREAM, 9, &link.psk(), &public, b"hello").unwrap();
        let place = at.index(envelope.len());
        envelope[place] ^= 1_u8 << bit;
        prop_assert!(host_open_hello(&host, &STREAM, &envelope, 0, |_| Some(link.secret().clone())).is_err());
    }

    #[test]
    fn in_any_order_within_the_window_each_opens_exactly_once(order in Just((0..128).collect::<Vec<usize>>()).prop_shuffle()) {
        let (mut guest, mut host) = met();
        let sealed: Vec<_> = (0..128_u8).map(|n| guest.seal(&[n]).unwrap()).collect();
        for at in &order {
            prop_assert_eq!(host.open(&sealed[*at]).unwrap(), vec![u8::try_from(*at).unwrap()]);
        }
        for at in order {
            prop_assert_eq!(host.open(&sealed[at]), Err(Error::Replayed));
        }
    }

    #[test]
    fn no_bytes_at_all_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..700), kind in 1_u8..5, text in "\\PC{0,80}") {
        let (mut guest, mut host) = met();
        let mut likely = [&[1, kind, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2], &bytes[..]].concat();
        for envelope in [&bytes, &likely] {
            prop_assert!(host.open(envelope).is_err() && guest.open(envelope).is_err());
            let key = HostKey::generate().unwrap();
            prop_assert!(host_open_hello(&key, &STREAM, envelope, 0, |_| Some(Key::from_bytes([1; 32]))).is_err());
        }
        // As a message of the PAKE it may well be a point; but never the proof of a pin.
        likely[1..14].copy_from_slice(&[4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        let code = SpokenCode::parse("0123456789").unwrap();
        let (waiting, _) = SpokenGuest::knock(&code, &STREAM).unwrap();
        prop_assert!(waiting.finish(&likely).is_err());
        let _ = SpokenHost::new(code, [4; 65]).answer(&STREAM, &likely);
        let _ = Greeting::parse(&bytes);
        prop_assert!(open_blob(&Key::from_bytes([1; 32]), &bytes).is_err());
        prop_assert!(JoinLink::parse("door", &text).is_err());
        let _ = SpokenCode::parse(&text);
    }

    #[test]
    fn a_blob_comes_back_whole_or_not_at_all(content in prop::collection::vec(any::<u8>(), 0..2000), at in any::<prop::sample::Index>(), bit in 0..8_u8) {
        let (key, mut sealed) = seal_blob(&content).unwrap();
        prop_assert_eq!(&open_blob(&key, &sealed).unwrap(), &content);
        let place = at.index(sealed.len());
        sealed[place] ^= 1_u8 << bit;
        prop_assert_eq!(open_blob(&key, &sealed), Err(Error::Broken));
    }
}

#[test]
fn an_epoch_cannot_read_another_and_a_hello_opens_once() {
    let host = HostKey::generate().unwrap();
    let link = JoinLink::generate(&host).unwrap();
    let (mut first, _) = met_with(&host, &link, 1);
    let (_, mut second) = met_with(&host, &link, 2);
    assert_eq!(
        second.open(&first.seal(b"old").unwrap()),
        Err(Error::WrongEpoch)
    );
    let public = link.host(host.public()).unwrap();
    let (envelope, _) = guest_hello(&STREAM, 3, &link.psk(), &public, b"").unwrap();
    let open = |last| {
        host_open_hello(&host, &STREAM, &envelope, last, |_| {
            Some(link.secret().clone())
        })
        .map(|opened| opened.channel.epoch())
    };
    assert_eq!(open(2), Ok(3));
    assert_eq!(open(3), Err(Error::StaleEpoch));
}

#[test]
fn a_link_leads_to_its_host_and_no_other() {
    let (host, other) = (HostKey::generate().unwrap(), HostKey::generate().unwrap());
    let link = JoinLink::generate(&host).unwrap();
    let read = JoinLink::parse(link.door(), link.to_fragment().expose()).unwrap();
    assert_eq!(read.psk().key.expose(), link.secret().expose());
    assert_eq!(read.host(host.public()).unwrap().to_bytes(), host.public());
    assert_eq!(read.host(other.public()), Err(Error::WrongHost));
    let again = HostKey::from_bytes(&host.to_bytes()).unwrap();
    assert_eq!(again.public(), host.public());
    assert!(matches!(
        HostKey::from_bytes(&Key::from_bytes([0; 32])),
        Err(Error::BadKey)
    ));
}

#[test]
fn a_spoken_code_brings_the_hosts_key_and_a_shared_secret() {
    let host = HostKey::generate().unwrap();
    let code = SpokenCode::generate().unwrap();
    let said = SpokenCode::parse(code.to_say().expose()).unwrap();
    assert_eq!(said.door(), code.door());
    let (guest, message) = SpokenGuest::knock(&said, &STREAM).unwrap();
    let (answer, psk) = SpokenHost::new(code, host.public())
        .answer(&STREAM, &message)
        .unwrap();
    let spoken = guest.finish(&answer).unwrap();
    let (envelope, _) = guest_hello(&STREAM, 1, &spoken.psk, &spoken.host, b"it is me").unwrap();
    let opened = host_open_hello(&host, &STREAM, &envelope, 0, |id| {
        (id == PskId::Spoken).then_some(psk.key)
    })
    .unwrap();
    assert_eq!(opened.hello, b"it is me");
}

#[test]
fn a_misheard_digit_is_told_and_opens_nothing() {
    let host = HostKey::generate().unwrap();
    let (right, wrong) = (
        SpokenCode::parse("1234 567 890").unwrap(),
        SpokenCode::parse("1234 567 891").unwrap(),
    );
    let (guest, message) = SpokenGuest::knock(&wrong, &STREAM).unwrap();
    let (answer, psk) = SpokenHost::new(right, host.public())
        .answer(&STREAM, &message)
        .unwrap();
    assert_eq!(guest.finish(&answer).map(|_| ()), Err(Error::WrongCode));
    // Whoever guessed has the host's key from the answer, and still no secret.
    let public = seal::live::HostPublic::kept(host.public());
    let guessed = Psk {
        id: PskId::Spoken,
        key: Key::from_bytes([0; 32]),
    };
    let (hello, _) = guest_hello(&STREAM, 1, &guessed, &public, b"").unwrap();
    let opened = host_open_hello(&host, &STREAM, &hello, 0, |_| Some(psk.key)).map(|_| ());
    assert_eq!(opened, Err(Error::Broken));
}

#[test]
fn both_see_the_same_pictures_and_a_man_in_the_middle_does_not_get_them_equal() {
    let (guest, host) = met();
    let (ng, nh) = (sas_number().unwrap(), sas_number().unwrap());
    assert!(Commitment::to(&ng).holds(&ng));
    assert_eq!(
        sas(guest.sas_secret(), &ng, &nh),
        sas(host.sas_secret(), &ng, &nh)
    );
    // Two sessions, as with somebody in between: equal by chance once in 16 million.
    let (elsewhere, _) = met();
    assert_ne!(
        sas(guest.sas_secret(), &ng, &nh),
        sas(elsewhere.sas_secret(), &ng, &nh)
    );
}

#[test]
fn rekey_is_read_by_all_and_says_nothing() {
    let envelope = rekey_envelope();
    let header = peek(&envelope).unwrap();
    assert_eq!(
        (header.kind, header.epoch, header.counter),
        (Kind::Rekey, 0, 0)
    );
}

#[test]
fn nothing_too_large_is_sealed_or_read() {
    let (mut guest, mut host) = met();
    let fits = guest.seal(&vec![1; CONTENT]).unwrap();
    assert!(fits.len() <= ENVELOPE);
    assert_eq!(host.open(&fits).unwrap().len(), CONTENT);
    assert_eq!(guest.seal(&vec![1; CONTENT + 1]), Err(Error::TooLarge));
    assert_eq!(
        seal_blob(&vec![0; BLOB - 15]).map(|_| ()),
        Err(Error::TooLarge)
    );
    assert_eq!(
        open_blob(&Key::from_bytes([1; 32]), &vec![0; BLOB + 1]),
        Err(Error::TooLarge)
    );
}

#[test]
fn no_secret_is_printed() {
    let code = SpokenCode::parse("1234567890").unwrap();
    let host = HostKey::generate().unwrap();
    let link = JoinLink::generate(&host).unwrap();
    let printed = format!(
        "{:?} {:?} {:?}",
        link.psk(),
        link.to_fragment(),
        code.to_say()
    );
    assert_eq!(printed, "Psk { id: Link, key: Key(…) } Secret(…) Secret(…)");
}
