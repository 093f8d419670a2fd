//! One person in the record twice: found, looked at, merged, and taken apart again.

use basics::{Language, PatientId, Phi, Timestamp};
use clinic::*;

use crate::support::*;

fn person(name: &str, birth: &str) -> PatientDetails {
    PatientDetails {
        birth_date: (!birth.is_empty()).then(|| phi(birth)),
        ..who(name)
    }
}

impl House {
    fn add(&self, name: &str, birth: &str) -> Patient {
        let permit = self.permit("dora", Permission::WritePatients);
        let details = person(name, birth);
        self.clinic
            .write::<_, ClinicError>(&permit, "patients.create", |change| {
                change.create_patient(&details, false)
            })
            .unwrap()
    }

    fn pairs(&self, login: &str) -> Vec<(String, String, u8)> {
        let permit = self.permit(login, Permission::MergePatients);
        let page = self.clinic.duplicates(&permit, None, 50).unwrap();
        assert_eq!(
            page.rows.len() as u32,
            self.clinic.duplicates_waiting(&permit).unwrap()
        );
        page.rows
            .into_iter()
            .map(|pair| (pair.older.number, pair.newer.number, pair.likeness.score))
            .collect()
    }

    fn merge(&self, kept: &Patient, gone: &Patient) -> Result<Patient> {
        let permit = self.permit("dora", Permission::MergePatients);
        let new = NewMerge {
            kept: (kept.id, kept.version),
            gone: (gone.id, gone.version),
            reason: phi("same person, asked at the desk"),
        };
        self.clinic
            .write(&permit, "patients.merge", |change| change.merge(&new))
    }

    fn unmerge(&self, id: MergeId) -> Result<[Patient; 2]> {
        let permit = self.permit("dora", Permission::MergePatients);
        self.clinic.write(&permit, "patients.unmerge", |change| {
            change.unmerge(id, &phi("two people after all"))
        })
    }

    fn merges(&self, id: PatientId) -> Vec<Merge> {
        let permit = self.permit("dora", Permission::ReadPatients);
        self.clinic.merges(&permit, id).unwrap()
    }

    fn chart(&self, id: PatientId) -> Result<Patient> {
        let permit = self.permit("dora", Permission::ReadPatients);
        self.clinic.patient(&permit, id)
    }

    fn scans_of(&self, id: PatientId) -> Vec<basics::ScanId> {
        let permit = self.permit("dora", Permission::ReadScans);
        let mut scans: Vec<_> = self
            .clinic
            .studies(&permit, id)
            .unwrap()
            .into_iter()
            .flat_map(|(_, scans)| scans)
            .map(|scan| scan.id)
            .collect();
        scans.sort_unstable();
        scans
    }

    fn list(&self, text: &str) -> Vec<String> {
        let permit = self.permit("dora", Permission::ReadPatients);
        let page = self.clinic.patients(&permit, text, None, 50).unwrap();
        page.rows
            .into_iter()
            .map(|patient| patient.number)
            .collect()
    }
}

#[test]
fn whoever_may_be_in_the_record_already_is_named_with_the_reason() {
    let house = House::new();
    let known = house.add("Mohammed Hassan", "1988-02-11");
    house.add("Eva Silva", "1970-03-04");
    let permit = house.permit("dora", Permission::WritePatients);
    let asked = person("محمد حسن", "1988-11-02");
    let found = house.clinic.candidates(&permit, &asked, None).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].patient.id, known.id);
    assert_eq!(
        found[0].likeness.traits,
        [Trait::SoundsAlike, Trait::DayMonthSwapped, Trait::SameSex]
    );
    // Nobody is a duplicate of themselves.
    let same = person("Mohammed Hassan", "1988-02-11");
    let found = house
        .clinic
        .candidates(&permit, &same, Some(known.id))
        .unwrap();
    assert!(found.is_empty());
}

#[test]
fn the_queue_follows_what_is_added_corrected_and_told_apart() {
    let house = House::new();
    let one = house.add("Ana Silva", "1970-03-04");
    let other = house.add("Silva, Ana", "1970-04-03");
    assert_eq!(
        house.pairs("dora"),
        [("MB-000001".into(), "MB-000002".into(), 79)]
    );

    // Somebody looked: they are two.
    let permit = house.permit("dora", Permission::MergePatients);
    let apart = |one: &Patient, other: &Patient| -> Result<()> {
        house
            .clinic
            .write(&permit, "patients.tell_apart", |change| {
                change.tell_apart(
                    (one.id, one.version),
                    (other.id, other.version),
                    &phi("cousins"),
                )
            })
    };
    apart(&other, &one).unwrap();
    assert!(house.pairs("dora").is_empty());

    // A correction makes it another question; one that makes them unlike, none.
    let write = house.permit("dora", Permission::WritePatients);
    let correct = |patient: &Patient, name: &str, birth: &str| -> Patient {
        let details = person(name, birth);
        house
            .clinic
            .write::<_, ClinicError>(&write, "patients.correct", |change| {
                change.correct_patient(patient.id, patient.version, &details, "passport")
            })
            .unwrap()
    };
    let other = correct(&other, "Ana Silva", "1970-03-04");
    assert_eq!(house.pairs("dora").len(), 1);
    correct(&other, "Bruno Costa", "1999-01-02");
    assert!(house.pairs("dora").is_empty());
    assert!(matches!(
        apart(&one, &other),
        Err(ClinicError::Conflict {
            reason: "changed-meanwhile"
        })
    ));
}

#[test]
fn a_restricted_record_is_in_nobodys_queue_but_its_doctors() {
    let house = House::new();
    let one = house.add("Ana Silva", "1970-03-04");
    house.add("Ana Silva", "1970-03-04");
    let treats = house.permit("dora", Permission::RestrictRecords);
    house
        .clinic
        .write::<_, ClinicError>(&treats, "patients.set_restricted", |change| {
            change.set_restricted(one.id, true, None, "known to the staff")
        })
        .unwrap();
    assert_eq!(house.pairs("dora").len(), 1);
    assert!(house.pairs("dirk").is_empty());
    let permit = house.permit("dirk", Permission::WritePatients);
    let found = house
        .clinic
        .candidates(&permit, &person("Ana Silva", "1970-03-04"), None)
        .unwrap();
    assert_eq!(found.len(), 1, "only the open one");
    // One open and one restricted record are not merged: it would open or hide one of them.
    let gone = house.chart(house_id(&house, "MB-000002")).unwrap();
    assert!(matches!(
        house.merge(&one, &gone),
        Err(ClinicError::Conflict {
            reason: "restriction-differs"
        })
    ));
}

fn house_id(house: &House, number: &str) -> PatientId {
    let permit = house.permit("dora", Permission::ReadPatients);
    house
        .clinic
        .patients(&permit, number, None, 1)
        .unwrap()
        .rows[0]
        .id
}

/// Everything of the record but the journal and what a merge adds, as it can be read.
fn everything(house: &House, ids: &[PatientId]) -> Vec<String> {
    let read = house.permit("dora", Permission::ReadScans);
    let worklist = |patient_id| {
        let query = WorklistQuery {
            patient_id,
            limit: 200,
            ..WorklistQuery::default()
        };
        house.clinic.worklist(&read, &query).unwrap()
    };
    let mut all = vec![format!("{:?}", house.list(""))];
    for id in ids {
        let patient = house.chart(*id).unwrap();
        let page = worklist(Some(*id));
        all.push(format!(
            "{} {} {} {:?} {:?} {:?} {:?}",
            patient.number,
            patient.details.name.expose(),
            patient.scans,
            serde_json::to_string(&patient.allergies).unwrap(),
            house.scans_of(*id),
            page.rows
                .iter()
                .map(|row| (row.scan_id, row.number.clone(), row.name.expose().clone()))
                .collect::<Vec<_>>(),
            page.counts,
        ));
    }
    all.push(format!("{:?}", worklist(None).counts));
    all
}

#[test]
fn a_merged_record_reads_as_one_and_comes_apart_exactly() {
    let house = House::new();
    let kept = house.add("Ana Silva", "1970-03-04");
    let gone = house.add("Silva, Ana", "1970-04-03");
    let other = house.add("Bruno Costa", "1999-01-02");
    let ids = [kept.id, gone.id, other.id];
    let (mine, theirs) = (
        house.scan("dora", &kept, b"one film"),
        house.scan("dora", &gone, b"another film"),
    );
    let allergic = Allergies::Known {
        items: vec![Allergy {
            substance: phi("penicillin"),
            reaction: phi("rash"),
            severity: Severity::Severe,
        }],
    };
    let write = house.permit("dora", Permission::WritePatients);
    house
        .clinic
        .write::<_, ClinicError>(&write, "patients.set_allergies", |change| {
            change.set_allergies(kept.id, &Allergies::NoneKnown)?;
            change.set_allergies(gone.id, &allergic)
        })
        .unwrap();
    let host = house.permit("dora", Permission::HostConsultations);
    let consultation = house
        .clinic
        .write::<_, ClinicError>(&host, "live.start", |change| {
            change.start_consultation(gone.id, Language::En)
        })
        .unwrap();
    let before = everything(&house, &ids);

    let merged = house.merge(&kept, &gone).unwrap();
    assert_eq!(merged.number, "MB-000001");
    assert_eq!((merged.records, merged.scans), (2, 2));
    assert_eq!(merged.others[0].number, "MB-000002");
    // Whatever one of them knows of allergies, both have.
    assert_eq!(merged.allergies, allergic);
    // By either id, by either name, by either number it is the one record.
    for id in [kept.id, gone.id] {
        assert_eq!(house.chart(id).unwrap().id, kept.id);
        assert_eq!(house.scans_of(id), [mine.id, theirs.id]);
    }
    assert_eq!(house.list("MB-000002"), ["MB-000001"]);
    assert_eq!(house.list(""), ["MB-000001", "MB-000003"]);
    assert!(house.pairs("dora").is_empty());
    let read = house.permit("dora", Permission::ReadScans);
    let query = WorklistQuery {
        patient_id: Some(kept.id),
        limit: 10,
        ..WorklistQuery::default()
    };
    let page = house.clinic.worklist(&read, &query).unwrap();
    assert_eq!(page.rows.len(), 2);
    assert!(page.rows.iter().all(|row| row.number == "MB-000001"));
    assert!(page.rows.iter().all(|row| row.scans == 2));
    let filter = ConsultationFilter {
        patient_id: Some(kept.id),
        ..ConsultationFilter::default()
    };
    let talks = house.clinic.consultations(&host, filter, None, 10).unwrap();
    assert_eq!(talks.rows.len(), 1);
    assert_eq!(talks.rows[0].id, consultation.id);

    // Merging again says that it is done; the other way round, too.
    for (one, two) in [(&kept, &gone), (&gone, &kept)] {
        assert!(matches!(
            house.merge(one, two),
            Err(ClinicError::Conflict {
                reason: "same-record"
            })
        ));
    }

    let merges = house.merges(gone.id);
    assert_eq!(merges.len(), 1);
    let [one, two] = house.unmerge(merges[0].id).unwrap();
    assert_eq!((one.id, two.id), (kept.id, gone.id));
    assert_eq!(everything(&house, &ids), before);
    assert!(matches!(
        house.unmerge(merges[0].id),
        Err(ClinicError::Conflict { reason: "unmerged" })
    ));
    // Both stay in the history and in the journal.
    assert!(house.merges(gone.id)[0].undone.is_some());
    let journal = house.permit("ada", Permission::ReadJournal);
    let query = JournalQuery {
        subject: Some(uuid::Uuid::from_bytes(*gone.id.as_bytes())),
        limit: 50,
        ..JournalQuery::default()
    };
    let rows = house.clinic.journal_page(&journal, &query).unwrap().rows;
    for verb in ["patients.merge", "patients.unmerge"] {
        assert!(rows.iter().any(|row| row.verb == verb), "{verb}");
    }
    assert!(
        house
            .clinic
            .verify_journal(&journal)
            .unwrap()
            .problem
            .is_none()
    );
}

#[test]
fn what_is_written_meanwhile_stays_with_what_it_was_written_about() {
    let house = House::new();
    let kept = house.add("Ana Silva", "1970-03-04");
    let gone = house.add("Silva, Ana", "1970-04-03");
    let theirs = house.scan("dora", &gone, b"a film of the other record");
    house.merge(&kept, &gone).unwrap();

    // A second film of the same study, a film of a new one, a word about allergies.
    let permit = house.permit("dora", Permission::ImportScans);
    let file = house
        .clinic
        .store_file(&permit, &mut std::io::Cursor::new(b"same study"))
        .unwrap();
    let second = house
        .clinic
        .write::<_, ClinicError>(&permit, "scan.import", |change| {
            change.add_scan(&new_scan(theirs.study_id, file))
        })
        .unwrap();
    assert_eq!(second.patient_id, kept.id);
    let fresh = house.scan("dora", &kept, b"a new study");
    let write = house.permit("dora", Permission::WritePatients);
    let said = house
        .clinic
        .write::<_, ClinicError>(&write, "patients.set_allergies", |change| {
            change.set_allergies(gone.id, &Allergies::NoneKnown)
        })
        .unwrap();
    assert_eq!(said.allergies, Allergies::NoneKnown);

    house.unmerge(house.merges(kept.id)[0].id).unwrap();
    assert_eq!(house.scans_of(gone.id), [theirs.id, second.id]);
    assert_eq!(house.scans_of(kept.id), [fresh.id]);
    let (kept, gone) = (house.chart(kept.id).unwrap(), house.chart(gone.id).unwrap());
    assert_eq!((kept.scans, gone.scans), (1, 2));
    assert_eq!(kept.allergies, Allergies::NoneKnown);
    assert_eq!(gone.allergies, Allergies::NotAsked);
}

#[test]
fn merges_of_merges_come_apart_in_any_order() {
    for order in [[0, 1], [1, 0]] {
        let house = House::new();
        let people: Vec<Patient> = ["1970-03-04", "1970-04-03", "1970-03-05"]
            .iter()
            .map(|birth| house.add("Ana Silva", birth))
            .collect();
        let scans: Vec<_> = people
            .iter()
            .enumerate()
            .map(|(n, patient)| house.scan("dora", patient, &[n as u8; 9]).id)
            .collect();
        let [a, b, c] = [&people[0], &people[1], &people[2]];
        house.merge(b, a).unwrap();
        house.merge(c, b).unwrap();
        assert_eq!(house.scans_of(a.id), scans);
        assert_eq!(house.chart(a.id).unwrap().id, c.id);
        // Newest first: [b into c, a into b].
        let merges = house.merges(c.id);
        assert_eq!(merges.len(), 2);
        house.unmerge(merges[order[0]].id).unwrap();
        match order[0] {
            0 => assert_eq!(house.scans_of(a.id), scans[..2]),
            _ => assert_eq!(house.scans_of(a.id), scans[..1]),
        }
        house.unmerge(merges[order[1]].id).unwrap();
        for (patient, scan) in people.iter().zip(scans) {
            assert_eq!(house.scans_of(patient.id), [scan]);
        }
    }
}

#[test]
fn the_patients_own_account_reads_the_merged_record_and_knows_who_saw_either() {
    let house = House::new();
    let kept = house.add("Ana Silva", "1970-03-04");
    let gone = house.add("Silva, Ana", "1970-04-03");
    let film = house.scan("dora", &kept, b"film");
    let write = house.permit("dora", Permission::WritePatients);
    house
        .clinic
        .write::<_, ClinicError>(&write, "patients.create_account", |change| {
            change.create_patient_account(gone.id, "ana", &secret(PASSWORD))
        })
        .unwrap();
    let own = house.permit("ana", Permission::ReadOwnRecord);
    assert!(house.clinic.studies(&own, kept.id).is_err());
    house.merge(&kept, &gone).unwrap();
    // A session that stood before sees it, too.
    let own = house.permit("ana", Permission::ReadOwnRecord);
    assert_eq!(own.patient(), Some(kept.id));
    assert_eq!(house.clinic.scan(&own, film.id).unwrap().id, film.id);
    assert!(house.chart(kept.id).unwrap().has_account);
    let permit = house.permit("dora", Permission::ReadPatients);
    house
        .clinic
        .note_read(&permit, "patients.open", Some(gone.id))
        .unwrap();
    let log = house.permit("ana", Permission::ReadOwnAccessLog);
    let seen = house.clinic.who_saw_own_record(&log).unwrap();
    for verb in ["patients.open", "scan.import", "patients.merge"] {
        assert_eq!(
            seen.iter().filter(|row| row.verb == verb).count(),
            1,
            "{verb}"
        );
    }
    house.unmerge(house.merges(kept.id)[0].id).unwrap();
    let own = house.permit("ana", Permission::ReadOwnRecord);
    assert!(house.clinic.scan(&own, film.id).is_err());
}

#[test]
fn restricting_a_merged_record_restricts_all_of_it_also_afterwards() {
    let house = House::new();
    let kept = house.add("Ana Silva", "1970-03-04");
    let gone = house.add("Silva, Ana", "1970-04-03");
    house.scan("dora", &gone, b"film");
    house.merge(&kept, &gone).unwrap();
    let treats = house.permit("dora", Permission::RestrictRecords);
    house
        .clinic
        .write::<_, ClinicError>(&treats, "patients.set_restricted", |change| {
            change.set_restricted(kept.id, true, None, "asked for it")
        })
        .unwrap();
    let count = |login: &str| {
        let permit = house.permit(login, Permission::ReadScans);
        let query = WorklistQuery {
            limit: 10,
            ..WorklistQuery::default()
        };
        let page = house.clinic.worklist(&permit, &query).unwrap();
        (page.rows.len(), page.counts.imported)
    };
    assert_eq!((count("dora"), count("dirk")), ((1, 1), (0, 0)));
    house.unmerge(house.merges(kept.id)[0].id).unwrap();
    assert_eq!((count("dora"), count("dirk")), ((1, 1), (0, 0)));
    assert!(house.chart(gone.id).unwrap().restricted);
}

#[test]
fn who_may_not_merge_is_refused_and_a_reason_is_asked_for() {
    let house = House::new();
    for login in ["ada", "pia"] {
        let active = house.active(login);
        assert!(authorize(&active, Permission::MergePatients).is_err());
    }
    let one = house.add("Ana Silva", "1970-03-04");
    let two = house.add("Ana Silva", "1970-03-04");
    let permit = house.permit("dora", Permission::MergePatients);
    let new = NewMerge {
        kept: (one.id, 1),
        gone: (two.id, 1),
        reason: Phi::new("  ".into()),
    };
    let refused: Result<Patient> = house
        .clinic
        .write(&permit, "patients.merge", |change| change.merge(&new));
    assert!(matches!(
        refused,
        Err(ClinicError::Invalid {
            field: "reason",
            ..
        })
    ));
    let stale = NewMerge {
        gone: (two.id, 7),
        reason: phi("x"),
        ..new
    };
    let refused: Result<Patient> = house
        .clinic
        .write(&permit, "patients.merge", |change| change.merge(&stale));
    assert!(matches!(
        refused,
        Err(ClinicError::Conflict {
            reason: "changed-meanwhile"
        })
    ));
    assert_eq!(house.list("").len(), 2);
}

#[test]
fn a_doctors_day_counts_what_its_lists_hold() {
    let house = House::new();
    let patient = house.add("Ana Silva", "1970-03-04");
    let start: Timestamp = house.clock_now();
    let host = house.permit("dora", Permission::HostConsultations);
    let talk = house
        .clinic
        .write::<_, ClinicError>(&host, "live.start", |change| {
            change.start_consultation(patient.id, Language::En)
        })
        .unwrap();
    let new = NewNoteVersion {
        drafted: false,
        over: None,
        text: NoteText {
            content: Phi::new(b"{}".to_vec()),
            words: phi("cough"),
        },
    };
    house
        .clinic
        .write::<_, ClinicError>(&host, "note.save", |change| {
            change.write_note(talk.id, &new)
        })
        .unwrap();
    let films: Vec<_> = (0..3_u8)
        .map(|n| house.scan("dora", &patient, &[n; 7]))
        .collect();
    house.reading("dora", films[0].id, Some(0.9));
    house.reading("dora", films[1].id, None);
    let looked_at = house.reading("dora", films[2].id, Some(0.8));
    let verdicts = house.permit("dora", Permission::RecordVerdicts);
    let verdict = NewVerdict {
        scan_id: films[2].id,
        reading_id: Some(looked_at.id),
        agrees: true,
        class: None,
        region: None,
        comment: phi(""),
    };
    house
        .clinic
        .write::<_, ClinicError>(&verdicts, "verdict.record", |change| {
            change.record_verdict(&verdict)
        })
        .unwrap();

    let permit = house.permit("dora", Permission::ReadScans);
    let day = house.clinic.day(&permit, start).unwrap();
    assert_eq!(
        day,
        Day {
            consultations: 1,
            running: 1,
            notes: 1,
            above: 1
        }
    );
    let query = WorklistQuery {
        only_above: true,
        limit: 10,
        ..WorklistQuery::default()
    };
    let page = house.clinic.worklist(&permit, &query).unwrap();
    assert_eq!(page.rows.len(), 1);
    assert_eq!(page.rows[0].scan_id, films[0].id);
    let notes = house.clinic.unsigned_notes(&host, 10).unwrap();
    assert_eq!(notes.len(), 1);
    assert_eq!(notes[0].patient_name.expose(), "Ana Silva");
    // Another doctor has no consultation and no note; the scan waits for them, too.
    let theirs = house.permit("dirk", Permission::ReadScans);
    let day = house.clinic.day(&theirs, start).unwrap();
    assert_eq!((day.consultations, day.notes, day.above), (0, 0, 1));

    // What was said of the model, by class and modality; and the scores in their order.
    let statistics = house.permit("ada", Permission::ReadStatistics);
    let judged = house.clinic.judged(&statistics).unwrap();
    let one = judged.values().next().unwrap();
    let pair = ("pneumonia".to_owned(), Some("pneumonia".to_owned()));
    assert_eq!(one.pairs.get(&pair), Some(&1));
    assert_eq!(one.modalities.get("DX"), Some(&(1, 1)));
    let scores = house.clinic.scores(&statistics).unwrap();
    let scores = scores.values().next().unwrap();
    assert!((scores[0] - 0.9).abs() < 1e-6 && (scores[1] - 0.8).abs() < 1e-6);
    let feedback = house.permit("dora", Permission::ExportFeedback);
    let given = house.clinic.feedback(&feedback).unwrap();
    assert_eq!(given.len(), 1);
    assert_eq!(given[0].scan_id, films[2].id);
    // It leaves only with the password given again, and the journal names the scans.
    let proof = |login: &str| {
        house
            .clinic
            .check_password(&house.active(login), &secret(PASSWORD))
            .unwrap()
    };
    let give = |proof, scans: &[basics::ScanId]| -> Result<()> {
        house.clinic.write(&feedback, "feedback.export", |change| {
            change.give_feedback(proof, scans)
        })
    };
    assert!(matches!(
        give(proof("dirk"), &[films[2].id]),
        Err(ClinicError::PasswordNeeded)
    ));
    assert!(give(proof("dora"), &[]).is_err());
    give(proof("dora"), &[films[2].id]).unwrap();
}
