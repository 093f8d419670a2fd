//! Nothing that a person wrote is found outside the sealed store: no file, no log, no error.

use std::{
    io::Write,
    sync::{Arc, Mutex},
};

use basics::Coded;
use clinic::*;

use crate::support::*;

/// What the program logged, as bytes.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn nothing_planted_is_found_outside_the_sealed_store() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_writer(move || writer.clone())
        .finish();
    let mut told = String::new();
    let house = tracing::subscriber::with_default(subscriber, || {
        let house = House::new();
        let patient = house.patient("dora", "Plantedname Zebedee");
        let write = house.permit("dora", Permission::WritePatients);
        let items = vec![Allergy {
            substance: phi("plantedsubstance"),
            reaction: phi("x"),
            severity: Severity::Mild,
        }];
        let known = Allergies::Known { items };
        house
            .clinic
            .write(&write, "x", |c| c.set_allergies(patient.id, &known))
            .unwrap();
        house
            .clinic
            .write(&write, "x", |c| {
                c.create_patient_account(
                    patient.id,
                    "plantedlogin",
                    &secret("plantedpassword seven herons"),
                )
            })
            .unwrap();
        let scan = house.scan("dora", &patient, &b"plantedpixels".repeat(20_000));
        house.reading("dora", scan.id, Some(0.4));
        let permit = house.permit("dora", Permission::RecordVerdicts);
        let verdict = NewVerdict {
            scan_id: scan.id,
            reading_id: None,
            agrees: false,
            class: None,
            region: None,
            comment: phi("plantedcomment"),
        };
        told += &format!("{verdict:?} {patient:?} {scan:?}");
        house
            .clinic
            .write(&permit, "x", |c| c.record_verdict(&verdict))
            .unwrap();
        told += &planted_consultation(&house, patient.id);
        told += &planted_report(&house, scan.id);
        // Failures, too: a text over the limit, a name that exists, a wrong password, a lost vault file.
        let long = PatientDetails {
            name: phi(&"plantedname".repeat(50)),
            ..who("x")
        };
        let errors = [
            house
                .clinic
                .write(&write, "x", |c| c.create_patient(&long, false))
                .unwrap_err(),
            house
                .clinic
                .sign_in("plantedlogin", &secret("plantedpasswort"))
                .unwrap_err(),
            house
                .clinic
                .write(&write, "x", |c| {
                    c.create_patient_account(
                        patient.id,
                        "plantedlogin",
                        &secret("plantedpassword seven herons"),
                    )
                })
                .unwrap_err(),
        ];
        for error in errors {
            told += &format!("{error} {error:?} {:?}", error.args());
        }
        house.clinic.lock();
        house
            .clinic
            .sign_in("plantedlogin", &secret("wrongwrongwrong"))
            .unwrap_err();
        house.sign_in("dora");
        house
    });
    // Once with the write-ahead log in place, once after it was folded in.
    let open = scan_for_planted(house.dir.path());
    let house = house.restart();
    let closed = scan_for_planted(house.dir.path());
    assert!(
        open.0 >= 6 && closed.0 >= 5,
        "too few files: {open:?} {closed:?}"
    );
    assert_eq!((open.1, closed.1), (vec![], vec![]));
    let logged = log.0.lock().unwrap().clone();
    for text in [told.as_bytes(), &logged] {
        let text = String::from_utf8_lossy(text).to_lowercase();
        assert!(
            !text.contains("planted") && !text.contains("zebedee"),
            "{text}"
        );
    }
}

/// Plants in every place of a consultation; what its values print as.
fn planted_consultation(house: &House, patient: basics::PatientId) -> String {
    let host = house.permit("dora", Permission::HostConsultations);
    let wav = b"plantedvoice".repeat(10_000);
    let file = house
        .clinic
        .store_file(&host, &mut std::io::Cursor::new(wav))
        .unwrap();
    let sound = NewSound {
        file,
        ms: 1,
        peaks: vec![0; PEAKS],
        relayed: None,
    };
    let slots = [("n".to_owned(), "plantedslot".to_owned())].into();
    let phrase = "plantedphrase".into();
    let translated = NewTranslation {
        language: basics::Language::Es,
        text: phi("plantedtranslation"),
        provenance: basics::Provenance::Machine,
        engine: Some("plantedengine".into()),
    };
    let keys = secret_bytes("plantedkeys");
    house
        .clinic
        .write::<_, ClinicError>(&host, "x", |change| {
            let id = change.start_consultation(patient, basics::Language::En)?.id;
            let guest = NewParticipant {
                id: basics::ParticipantId::new(),
                kind: ParticipantKind::Guest,
                name: phi("plantedguest"),
                language: basics::Language::Es,
                second_device: false,
            };
            change.add_participant(id, &guest)?;
            let said = NewMessage {
                id: basics::MessageId::new(),
                consultation_id: id,
                participant_id: guest.id,
                language: basics::Language::Es,
                text: phi("plantedmessage"),
                phrase: Some(basics::PhraseUse { phrase, slots }),
                sound: Some(sound.clone()),
            };
            let kept = change.say(&said)?;
            let done = change.add_translation(said.id, &translated)?;
            change.upkeep().keep_live_state(id, "keys", &keys)?;
            change
                .upkeep()
                .keep_recorded(id, guest.id, b"plantedpieces")?;
            Ok(format!("{guest:?} {said:?} {kept:?} {:?}", done.text))
        })
        .unwrap()
}

/// Plants in every place of a report; what its values print as.
fn planted_report(house: &House, scan_id: basics::ScanId) -> String {
    let permit = house.permit("dora", Permission::SignReports);
    let write = house.permit("dora", Permission::WriteReports);
    let send = house.permit("dora", Permission::SendReports);
    let proof = house
        .clinic
        .check_password(&house.active("dora"), &secret(PASSWORD))
        .unwrap();
    let draft = DraftText {
        title: phi("plantedtitle"),
        value: serde_json::json!({"findings": "plantedfindings"}),
    };
    let new = NewReport {
        scan_id,
        language: basics::Language::En,
        draft,
    };
    let id = house
        .clinic
        .write::<_, ClinicError>(&write, "x", |change| {
            change.save_macro("plantedmacro", "plantedphrase")?;
            change.start_report(&new)
        })
        .unwrap();
    let content = b"plantedcontent".to_vec();
    let signing = NewSigning {
        title: phi("plantedtitle"),
        message: basics::Phi::new([b"v1", &content[..]].concat()),
        content: basics::Phi::new(content),
        reason: phi("plantedreason"),
    };
    let signed = house
        .clinic
        .write::<_, ClinicError>(&permit, "x", |change| {
            let leave = change.begin_signing(proof, id, ReportState::Final, Some(1))?;
            change.sign_report(leave, &signing)
        })
        .unwrap();
    let passphrase = secret("plantedpassphrase");
    let bytes = b"plantedpages".repeat(10_000);
    house
        .clinic
        .write::<_, ClinicError>(&send, "x", |change| {
            let file = change.keep_report_file(&NewReportFile {
                report_id: id,
                revision: 1,
                purpose: FilePurpose::Original,
                bytes: &bytes,
                passphrase: Some(&passphrase),
            })?;
            let new = NewDelivery {
                id: basics::DeliveryId::new(),
                report_id: id,
                revision: 1,
                file_id: file.id,
                channel: DeliveryChannel::Email,
                recipient: phi("plantedrecipient"),
                address: phi("planted@example.org"),
                language: basics::Language::Es,
                message_id: "one@clinic.example".into(),
            };
            let delivery = change.send_report(&new)?;
            Ok(format!(
                "{new:?} {delivery:?} {file:?} {signing:?} {signed:?}"
            ))
        })
        .unwrap()
}

fn secret_bytes(text: &str) -> basics::Secret<Vec<u8>> {
    basics::Secret::new(text.as_bytes().to_vec())
}

/// How many files there are, and which hold something planted, as UTF-8 or UTF-16.
fn scan_for_planted(folder: &std::path::Path) -> (usize, Vec<String>) {
    let mut all = (0, vec![]);
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            let (files, found) = scan_for_planted(&path);
            all.0 += files;
            all.1.extend(found);
            continue;
        }
        all.0 += 1;
        let bytes = std::fs::read(&path).unwrap().to_ascii_lowercase();
        for word in ["planted", "zebedee", "maria"] {
            let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let holds = |needle: &[u8]| bytes.windows(needle.len()).any(|part| part == needle);
            if holds(word.as_bytes()) || holds(&wide) {
                all.1.push(format!("{}: {word}", path.display()));
            }
        }
    }
    all
}
