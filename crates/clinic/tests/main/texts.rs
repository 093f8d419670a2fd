//! Hostile texts come back as they went in, or are refused by name.

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
