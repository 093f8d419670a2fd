//! Hostile texts come back as they went in, or are refused by name; and nothing planted lies in the open.

use std::{
    io::Write,
    sync::{Arc, Mutex},
};

use basics::Coded;
use clinic::*;

use crate::support::*;

fn hostile() -> Vec<String> {
    [
        "<script>alert(1)</script>",
        "' OR 1=1--",
        "\"; DROP TABLE patients; --",
        "\u{202e}evil\u{202c}\u{2066}x\u{2069}",
        "nul\0in the middle\0",
        "\0",
        "مرحبا بالعالم",
        "हिन्दी की जाँच",
        "తెలుగు పరీక్ష",
        "王小明",
        "さくら",
        "👩‍⚕️ e\u{301}\u{327}",
        "%s%n{{title}}${x}",
        "\r\n\t line\u{2028}separators\u{feff}",
        "NEAR(a b) AND * ^\" OR",
        "-1e999",
    ]
    .map(String::from)
    .to_vec()
}

#[test]
fn every_text_field_gives_back_what_it_got() {
    let house = House::new();
    let mebibyte: String = "é<'\0\u{202e}".chars().cycle().take(150_000).collect();
    let over = "x".repeat(limits::TEXT + 1);
    for (at, text) in hostile().iter().chain([&mebibyte]).enumerate() {
        let free = text.clone();
        let short: String = text.chars().take(limits::NAME).collect();
        // A name needs something to see.
        let name = format!("N {short}")
            .chars()
            .take(limits::NAME)
            .collect::<String>();
        let details = PatientDetails {
            name: phi(&name),
            birth_date: None,
            sex: Sex::Other,
            external_id: Some(phi(&short)),
            issuer: Some(phi(&short)),
        };
        let write = house.permit("dora", Permission::WritePatients);
        let patient = house
            .clinic
            .write(&write, "x", |c| c.create_patient(&details, false))
            .unwrap();
        assert_eq!(patient.details, details);
        house
            .clinic
            .write(&write, "x", |c| {
                c.correct_patient(patient.id, 1, &details, &free)
            })
            .unwrap();
        let items = vec![Allergy {
            substance: phi(&name),
            reaction: phi(&short),
            severity: Severity::Severe,
        }];
        let allergies = Allergies::Known { items };
        house
            .clinic
            .write(&write, "x", |c| c.set_allergies(patient.id, &allergies))
            .unwrap();
        let read = house.permit("dora", Permission::ReadPatients);
        let back = house.clinic.patient(&read, patient.id).unwrap();
        assert_eq!((back.details, back.allergies), (details.clone(), allergies));
        let history = house.clinic.patient_history(&read, patient.id).unwrap();
        assert_eq!(*history[0].reason.expose(), free);
        // Searching for it neither fails nor finds what is not there.
        let found = house.clinic.patients(&read, &short, None, 200).unwrap();
        assert!(found.rows.iter().all(|row| row.number.starts_with("MB-")));

        let import = house.permit("dora", Permission::ImportScans);
        let file = house
            .clinic
            .store_file(&import, &mut std::io::Cursor::new(at.to_le_bytes()))
            .unwrap();
        let study = NewStudy {
            uid: Some(short.clone()),
            date: None,
            description: Some(phi(&free)),
            modality: name.clone(),
            accession: Some(phi(&short)),
        };
        let header = serde_json::json!({ "text": short });
        let scan = house
            .clinic
            .write(&import, "x", |change| {
                let study_id = change.ensure_study(patient.id, &study)?;
                change.add_scan(&NewScan {
                    description: Some(phi(&free)),
                    series_uid: Some(short.clone()),
                    instance_uid: Some(short.clone()),
                    format: name.clone(),
                    modality: name.clone(),
                    header: header.clone(),
                    quality: vec![short.clone()],
                    ..new_scan(study_id, file)
                })
            })
            .unwrap();
        assert_eq!(*scan.description.as_ref().unwrap().expose(), free);
        assert_eq!((&scan.header, &scan.quality[0]), (&header, &short));
        assert_eq!((&scan.modality, &scan.format), (&name, &name));
        let studies = house.clinic.studies(&read, patient.id).unwrap();
        assert_eq!(
            *studies[0].0.facts.description.as_ref().unwrap().expose(),
            free
        );
        assert_eq!(studies[0].0.facts.uid.as_ref(), Some(&short));

        let mark = NewMark {
            scan_id: scan.id,
            replaces: None,
            frame: 0,
            tool: name.clone(),
            points: vec![[0.1, 1e300]],
            text: phi(&free),
        };
        let permit = house.permit("dora", Permission::MarkScans);
        house
            .clinic
            .write(&permit, "x", |c| c.save_mark(&mark))
            .unwrap();
        let back = &house.clinic.marks(&permit, scan.id).unwrap()[0].mark;
        assert_eq!(
            (back.text.expose(), &back.tool, &back.points),
            (&free, &name, &mark.points)
        );

        let permit = house.permit("dora", Permission::RecordVerdicts);
        let verdict = NewVerdict {
            scan_id: scan.id,
            reading_id: None,
            agrees: false,
            class: Some(phi(&name)),
            region: None,
            comment: phi(&free),
        };
        house
            .clinic
            .write(&permit, "x", |c| c.record_verdict(&verdict))
            .unwrap();
        let back = &house.clinic.verdicts(&permit, scan.id).unwrap()[0].verdict;
        assert_eq!(
            (back.comment.expose(), back.class.as_ref()),
            (&free, verdict.class.as_ref())
        );
        let reason = format!("r{}", &free[..free.floor_char_boundary(free.len() - 1)]);
        house
            .clinic
            .write(&permit, "x", |c| {
                c.set_priority(scan.id, Priority::Urgent, &reason)
            })
            .unwrap();
        assert_eq!(
            *house.clinic.priority(&permit, scan.id).unwrap().1.expose(),
            reason
        );
        let refused = house.clinic.write(&permit, "x", |c| {
            c.set_priority(scan.id, Priority::Urgent, &over)
        });
        assert!(matches!(
            refused,
            Err(ClinicError::TooLong {
                field: "reason",
                ..
            })
        ));
        let comment = NewVerdict {
            comment: phi(&over),
            ..verdict
        };
        let refused = house
            .clinic
            .write(&permit, "x", |c| c.record_verdict(&comment));
        assert!(matches!(
            refused,
            Err(ClinicError::TooLong {
                field: "comment",
                ..
            })
        ));

        let session = house.active("dora");
        let preferences = serde_json::json!({ "keys": short });
        house
            .clinic
            .save_preferences(&session, preferences.clone())
            .unwrap();
        let permit = house.permit("ada", Permission::ManageSettings);
        let settings = Settings {
            clinic_name: name.clone(),
            ..house.clinic.settings(&session).unwrap()
        };
        house
            .clinic
            .write(&permit, "x", |c| c.save_settings(&settings))
            .unwrap();
        assert_eq!(house.clinic.settings(&session).unwrap(), settings);
        assert_eq!(house.clinic.status().clinic_name, name);
        let again = house.clinic.sign_in("dora", &secret(PASSWORD)).unwrap();
        assert_eq!(again.preferences, preferences);
    }
    let long = PatientDetails {
        name: phi(&"n".repeat(limits::NAME + 1)),
        ..who("x")
    };
    let write = house.permit("dora", Permission::WritePatients);
    let refused = house
        .clinic
        .write(&write, "x", |c| c.create_patient(&long, false))
        .unwrap_err();
    assert!(matches!(
        refused,
        ClinicError::TooLong {
            field: "name",
            limit: 200
        }
    ));
    assert_eq!(refused.args()["limit"], "200");
}

#[test]
fn names_are_found_in_every_script_by_the_beginning_of_any_word() {
    let house = House::new();
    let names = [
        "María José Núñez",
        "Анна Каренина",
        "王小明",
        "山田 さくら",
        "अनीता शर्मा",
        "సీత రాముడు",
        "فاطمة الزهراء",
        "Jürgen Groß",
    ];
    let ids: Vec<_> = names
        .map(|name| house.patient("dora", name).id)
        .into_iter()
        .collect();
    let permit = house.permit("dora", Permission::ReadPatients);
    for (question, expected) in [
        ("maria", 0),
        ("JOS nun", 0),
        ("карен", 1),
        ("小明", 2),
        ("王", 2),
        ("山田", 3),
        ("さく", 3),
        ("शर्", 4),
        ("అ", 99),
        ("రాము", 5),
        ("الز", 6),
        ("jurg", 7),
        ("MB-000003", 2),
        ("silva", 99),
    ] {
        let found = house
            .clinic
            .patients(&permit, question, None, 10)
            .unwrap()
            .rows;
        let found: Vec<_> = found.iter().map(|patient| patient.id).collect();
        let expected: Vec<_> = ids.get(expected).copied().into_iter().collect();
        assert_eq!(found, expected, "{question}");
    }
}

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
                c.create_patient_account(patient.id, "plantedlogin", &secret("plantedpassword"))
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
                    c.create_patient_account(patient.id, "plantedlogin", &secret("plantedpassword"))
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
