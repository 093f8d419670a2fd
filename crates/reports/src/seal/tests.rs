//! A real sealed report, and what people and accidents do to it.

use std::{fs, path::Path, sync::OnceLock};

use basics::Language;
use ed25519_dalek::{Signer, SigningKey};
use lopdf::{Object, Stream, dictionary};
use proptest::prelude::*;

use super::{open::LARGEST, *};
use crate::{Document, Finding, Fonts, Part, Sample, canonical, signing_bytes, typeset, verify};

const OWNER: &str = "the clinic's own passphrase";
const WORDS: &str = "abandon ability able about above absent";

struct Made {
    fonts: Fonts,
    sample: Sample,
    pdf: Vec<u8>,
    sealed: Vec<u8>,
}

/// Made once: setting a page takes seconds without optimisation.
fn made() -> &'static Made {
    static MADE: OnceLock<Made> = OnceLock::new();
    MADE.get_or_init(|| {
        let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets");
        let fonts = Fonts::open(&assets.join("fonts")).unwrap();
        let film = fs::read(assets.join("samples/nih-1e062d9bbd.jpg")).unwrap();
        let sample = Sample::new(Language::En, &film).unwrap();
        let pages = typeset(&fonts, &sample.document, &sample.pictures).unwrap();
        let pdf = pages.pdf().unwrap();
        let sealed = seal(&pdf, &enclosed(&sample.document), &user(), &owner()).unwrap();
        Made {
            fonts,
            sample,
            pdf,
            sealed,
        }
    })
}

fn user() -> Passphrase {
    Passphrase::given(Secret::new(WORDS.into())).unwrap()
}

fn owner() -> Secret<String> {
    Secret::new(OWNER.into())
}

fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

fn enclosed(document: &Document) -> Enclosed {
    let canonical = canonical(document).unwrap();
    let signature = key().sign(&signing_bytes(&canonical)).to_bytes();
    let key = key().verifying_key().to_bytes();
    Enclosed {
        canonical,
        signature: Some(Signed { signature, key }),
    }
}

/// The sealed file after somebody who knows the passphrase changed it.
fn changed(change: impl FnOnce(&mut Pdf)) -> Vec<u8> {
    let mut pdf = open(&made().sealed, &user()).unwrap().pdf;
    change(&mut pdf);
    cipher::close(pdf, &user(), &owner()).unwrap()
}

fn figures(pdf: &mut Pdf) -> impl Iterator<Item = &mut Stream> {
    let streams = pdf
        .objects
        .values_mut()
        .filter_map(|o| o.as_stream_mut().ok());
    streams.filter(|s| {
        s.dict
            .get(b"Subtype")
            .and_then(Object::as_name)
            .is_ok_and(|n| n == b"Image")
    })
}

#[test]
fn every_part_holds_with_either_passphrase() {
    let made = made();
    let clinic = key().verifying_key().to_bytes();
    for passphrase in [user(), Passphrase::given(owner()).unwrap()] {
        let mut verified = verify(&made.sealed, &passphrase, Some(clinic)).unwrap();
        assert_eq!(verified.finding(Part::Pages), Finding::NotChecked);
        verified.compare_pages(&made.fonts).unwrap();
        for (part, finding) in &verified.checks {
            assert_eq!(*finding, Finding::Holds, "{part:?}");
        }
        assert!(verified.holds());
        assert_eq!(verified.document, made.sample.document);
    }
}

#[test]
fn another_key_is_told() {
    let verified = verify(&made().sealed, &user(), Some([9; 32])).unwrap();
    assert_eq!(verified.finding(Part::Signature), Finding::Holds);
    assert_eq!(verified.finding(Part::Key), Finding::Differs);
    assert!(!verified.holds());
    let verified = verify(&made().sealed, &user(), None).unwrap();
    assert_eq!(verified.finding(Part::Key), Finding::NotChecked);
    assert!(verified.holds());
}

#[test]
fn a_wrong_passphrase_opens_nothing() {
    for wrong in [
        "abandon ability able about above",
        "ABANDON ability able about above absent",
    ] {
        let wrong = Passphrase::given(Secret::new(wrong.into())).unwrap();
        let refused = verify(&made().sealed, &wrong, None);
        assert!(matches!(refused, Err(Error::WrongPassphrase)));
        assert!(matches!(
            reseal(&made().sealed, &wrong, &user(), &owner()),
            Err(Error::WrongPassphrase)
        ));
    }
}

#[test]
fn nothing_of_a_person_stands_in_the_open() {
    let made = made();
    let patient = &made.sample.document.patient;
    for word in [
        patient.name.expose(),
        patient.number.expose(),
        "report.json",
        "Medibridge",
    ] {
        let found = memchr::memmem::find(&made.sealed, word.as_bytes());
        // Four digits may be found in any cipher text.
        assert!(found.is_none() || word.len() < 6, "{word}");
    }
    let opened = open(&made.sealed, &user()).unwrap();
    assert!(opened.strong);
    let info = opened
        .pdf
        .trailer
        .get(b"Info")
        .and_then(Object::as_reference)
        .unwrap();
    let info = opened.pdf.get_dictionary(info).unwrap();
    let keys: Vec<_> = info
        .iter()
        .map(|(key, _)| String::from_utf8_lossy(key))
        .collect();
    assert_eq!(keys, ["Title", "Producer"]);
}

#[test]
fn only_what_is_signed_is_sealed() {
    let made = made();
    let seal = |enclosed: &Enclosed| seal(&made.pdf, enclosed, &user(), &owner());
    let mut draft = made.sample.document.clone();
    draft.state = State::Draft;
    assert!(matches!(seal(&enclosed(&draft)), Err(Error::Unsigned)));
    let good = enclosed(&made.sample.document);
    let without = Enclosed {
        signature: None,
        ..good.clone()
    };
    assert!(matches!(seal(&without), Err(Error::Unsigned)));
    let mut other = made.sample.document.clone();
    other.number = "R-000043".into();
    let foreign = Enclosed {
        signature: good.signature,
        ..enclosed(&other)
    };
    assert!(matches!(seal(&foreign), Err(Error::SignatureWrong)));
    let mut spaced = good.clone();
    spaced.canonical.insert(1, b' ');
    assert!(matches!(seal(&spaced), Err(Error::NotCanonical)));
}

#[test]
fn a_weak_owner_is_refused() {
    let made = made();
    for weak in ["", "short", WORDS] {
        let enclosed = enclosed(&made.sample.document);
        let refused = seal(&made.pdf, &enclosed, &user(), &Secret::new(weak.into()));
        assert!(matches!(refused, Err(Error::OwnerWeak)), "{weak:?}");
    }
}

#[test]
fn sealed_anew_it_is_the_same_report_under_another_passphrase() {
    let made = made();
    let own = Passphrase::chosen(Secret::new("mein eigenes Wort".into())).unwrap();
    let anew = reseal(&made.sealed, &user(), &own, &owner()).unwrap();
    assert!(matches!(
        verify(&anew, &user(), None),
        Err(Error::WrongPassphrase)
    ));
    let mut verified = verify(&anew, &own, None).unwrap();
    verified.compare_pages(&made.fonts).unwrap();
    assert!(verified.holds());
    assert_eq!(verified.finding(Part::Pages), Finding::Holds);
    assert_eq!(verified.document, made.sample.document);
    assert!(
        reseal(
            &anew,
            &Passphrase::given(owner()).unwrap(),
            &user(),
            &owner()
        )
        .is_ok()
    );
}

#[test]
fn a_pixel_changed_is_found() {
    let forged = changed(|pdf| {
        let image = figures(pdf).next().unwrap();
        let mut samples = image.get_plain_content().unwrap();
        samples[1000] ^= 1;
        image.set_plain_content(samples);
    });
    let verified = verify(&forged, &user(), None).unwrap();
    let hurt = |part| verified.finding(part) == Finding::Differs;
    assert!(hurt(Part::Figure(0)) || hurt(Part::Figure(1)));
    assert!(hurt(Part::OtherImages));
    assert!(!verified.holds());
}

#[test]
fn an_image_more_or_a_look_table_is_found() {
    let more = changed(|pdf| {
        let image = figures(pdf).next().unwrap().clone();
        let mut other = image.get_plain_content().unwrap();
        other.reverse();
        pdf.add_object(Stream::new(
            dictionary! { "Subtype" => "Image", "Width" => 8, "Height" => 8 },
            other,
        ));
    });
    assert_eq!(
        verify(&more, &user(), None)
            .unwrap()
            .finding(Part::OtherImages),
        Finding::Differs
    );
    let inverted = changed(|pdf| {
        for image in figures(pdf) {
            image.dict.set("Decode", vec![1.into(), 0.into()]);
        }
    });
    assert_eq!(
        verify(&inverted, &user(), None)
            .unwrap()
            .finding(Part::Figure(0)),
        Finding::Differs
    );
}

#[test]
fn a_word_changed_on_the_page_is_not_called_checked() {
    let forged = changed(|pdf| {
        let page = *pdf.get_pages().values().next().unwrap();
        pdf.add_page_contents(page, b"0 0 100 100 re f".to_vec())
            .unwrap();
    });
    let mut verified = verify(&forged, &user(), None).unwrap();
    verified.compare_pages(&made().fonts).unwrap();
    assert_eq!(verified.finding(Part::Pages), Finding::NotChecked);
}

#[test]
fn another_documents_signature_does_not_hold() {
    let mut other = made().sample.document.clone();
    other.text.impression = basics::Phi::new("Nothing at all.".into());
    let forged = changed(|pdf| {
        let signed = enclosed(&made().sample.document).signature.unwrap();
        attach::attach(pdf, &canonical(&other).unwrap(), &signed).unwrap();
    });
    let verified = verify(&forged, &user(), None).unwrap();
    assert_eq!(verified.finding(Part::Signature), Finding::Differs);
    assert!(!verified.holds());
    assert!(matches!(
        reseal(&forged, &user(), &user(), &owner()),
        Err(Error::SignatureWrong)
    ));
}

#[test]
fn bombs_are_refused() {
    let bomb = changed(|pdf| {
        let signed = enclosed(&made().sample.document).signature.unwrap();
        attach::attach(pdf, &vec![b' '; 40 << 20], &signed).unwrap();
    });
    assert!(bomb.len() < 1 << 22, "{} bytes", bomb.len());
    assert!(matches!(
        verify(&bomb, &user(), None),
        Err(Error::TooLarge { .. })
    ));
    let figure = changed(|pdf| {
        let image = figures(pdf).next().unwrap();
        image.set_plain_content(vec![0; 40 << 20]);
        image.compress().unwrap();
    });
    assert!(!verify(&figure, &user(), None).unwrap().holds());
    let large = vec![b' '; LARGEST + 1];
    assert!(matches!(
        verify(&large, &user(), None),
        Err(Error::TooLarge { what: "file" })
    ));
}

#[test]
fn what_was_appended_or_rewritten_is_refused() {
    let sealed = &made().sealed;
    let text = String::from_utf8_lossy(sealed);
    let table: usize = text
        .rsplit("startxref")
        .next()
        .unwrap()
        .trim()
        .split('\n')
        .next()
        .unwrap()
        .parse()
        .unwrap();
    let appended = |trailer: String| [sealed, trailer.as_bytes()].concat();
    let tail = |extra: &str, table: usize| {
        format!(
            "\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 1/Root 1 0 R{extra}>>\nstartxref\n{table}\n%%EOF"
        )
    };
    let own = sealed.len() + 1;
    for bad in [
        tail(&format!("/Prev {table}"), own),
        tail(&format!("/Prev {own}"), own),
        tail(&format!("/XRefStm {table}"), own),
        tail("/P#72ev 9", own),
        tail("", usize::MAX / 2),
        tail("", 3),
    ] {
        let refused = verify(&appended(bad.clone()), &user(), None);
        assert!(matches!(refused, Err(Error::Damaged(_))), "{bad}");
    }
    // Entries that all lead to one object would be read as often as they are many.
    let twice = format!(
        "\nxref\n0 2\n{:010} 00000 n \n{:010} 00000 n \ntrailer\n<<>>\nstartxref\n{own}\n%%EOF",
        15, 15
    );
    assert!(matches!(
        verify(&appended(twice), &user(), None),
        Err(Error::Damaged("table of objects"))
    ));
    for other in [&b""[..], b"%PDF-2.0", b"GIF89a"] {
        assert!(matches!(
            verify(other, &user(), None),
            Err(Error::Damaged(_))
        ));
    }
    assert!(matches!(
        verify(&made().pdf, &user(), None),
        Err(Error::NotSealed)
    ));
}

#[test]
fn objects_that_lead_in_circles_end() {
    let circle = changed(|pdf| {
        let one = pdf.new_object_id();
        let two = pdf.add_object(Object::Reference(one));
        pdf.objects.insert(one, Object::Reference(two));
        pdf.catalog_mut().unwrap().set("AF", one);
        let page = *pdf.get_pages().values().next().unwrap();
        let pages = pdf
            .catalog()
            .unwrap()
            .get(b"Pages")
            .unwrap()
            .as_reference()
            .unwrap();
        pdf.get_dictionary_mut(pages)
            .unwrap()
            .set("Kids", vec![pages.into(), page.into()]);
    });
    assert!(matches!(
        verify(&circle, &user(), None),
        Err(Error::NotAReport)
    ));
}

#[test]
fn a_cut_file_is_named() {
    let sealed = &made().sealed;
    for part in 0..40 {
        let cut = &sealed[..sealed.len() * part / 40];
        assert!(
            matches!(verify(cut, &user(), None), Err(Error::Damaged(_))),
            "{part}"
        );
    }
}

/// Few without optimisation; more by `MEDIBRIDGE_FLIPS`.
fn cases() -> u32 {
    let wanted = std::env::var("MEDIBRIDGE_FLIPS").ok();
    wanted.and_then(|n| n.parse().ok()).unwrap_or(24)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever bytes change: no panic, and never another content that holds.
    #[test]
    fn flipped_bytes_never_change_what_holds(flips in prop::collection::vec((any::<prop::sample::Index>(), 1_u8..), 1..6)) {
        let made = made();
        let mut file = made.sealed.clone();
        for (place, mask) in flips {
            let place = place.index(file.len());
            file[place] ^= mask;
        }
        if let Ok(verified) = verify(&file, &user(), None) {
            prop_assert!(!verified.holds() || verified.document == made.sample.document);
        }
    }
}
