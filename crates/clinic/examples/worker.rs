//! Imports, reads and judges scans as fast as it can and says on stdout what is durable, one line each:
//! `scan ID`, `reading ID`, `verdict ID`. The test `killed` starts it and kills it at any moment.
//!
//! `worker DIR ROUND` where DIR holds `record` and `keychain` of a clinic with the doctor `dora`.
#![allow(clippy::unwrap_used)]

use std::{
    io::{Cursor, Write},
    path::Path,
    sync::Arc,
};

use basics::{Phi, Secret, SystemClock};
use clinic::*;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let dir = arguments.next().unwrap();
    let round: u64 = arguments.next().unwrap().parse().unwrap();
    let dir = Path::new(&dir);
    let keychain = Arc::new(FileKeychain::at(dir.join("keychain")));
    let clinic = Clinic::open(&dir.join("record"), keychain, Arc::new(SystemClock)).unwrap();
    let password = Secret::new("a long enough password".to_owned());
    let session = clinic.sign_in("dora", &password).unwrap();
    let session = clinic.session(session.id).unwrap();
    let permit = |permission| authorize(&session, permission).unwrap();
    let (import, run, judge) = (
        permit(Permission::ImportScans),
        permit(Permission::RunReadings),
        permit(Permission::RecordVerdicts),
    );
    // Not println: a killed process loses what sits in a buffer, and the test must see each line.
    let say = |kind: &str, id: String| {
        let mut out = std::io::stdout().lock();
        out.write_all(format!("{kind} {id}\n").as_bytes()).unwrap();
        out.flush().unwrap();
    };
    for number in 0u64.. {
        // 200 KiB, different each time, so that the vault has work to do.
        let film: Vec<u8> = [round.to_le_bytes(), number.to_le_bytes()]
            .concat()
            .repeat(12_800);
        let file = clinic.store_file(&import, &mut Cursor::new(film)).unwrap();
        let scan = clinic
            .write(&import, "scan.import", |change| {
                let who = PatientDetails {
                    name: Phi::new(format!("Patient {round} {number}")),
                    birth_date: None,
                    sex: Sex::Unknown,
                    external_id: None,
                    issuer: None,
                };
                let patient = change.create_patient(&who, true)?;
                let study = NewStudy {
                    modality: "DX".into(),
                    ..NewStudy::default()
                };
                let study_id = change.ensure_study(patient.id, &study)?;
                change.add_scan(&NewScan {
                    study_id,
                    file,
                    format: "png".into(),
                    modality: "DX".into(),
                    description: None,
                    series_uid: None,
                    instance_uid: None,
                    instance_number: None,
                    frames: 1,
                    header: serde_json::json!({}),
                    quality: vec![],
                })
            })
            .unwrap();
        say("scan", scan.id.to_string());
        let answer = Answer::NotAssessed {
            reason: "a-trial".into(),
        };
        let new = NewReading {
            scan_id: scan.id,
            frame: 0,
            model: ModelRef {
                id: "m".into(),
                name: "M".into(),
                version: "1".into(),
                sha256: "00".repeat(32),
                research_only: false,
            },
            gate: Gate {
                kind: "other".into(),
                confidence: 0.5,
                quality: vec![],
            },
            answer,
            maps: None,
            ms: Millis::default(),
        };
        let reading = clinic
            .write(&run, "reading.run", |change| change.add_reading(&new))
            .unwrap();
        say("reading", reading.id.to_string());
        let new = NewVerdict {
            scan_id: scan.id,
            reading_id: Some(reading.id),
            agrees: false,
            class: None,
            region: None,
            comment: Phi::new("seen".into()),
        };
        let verdict = clinic
            .write(&judge, "verdict.record", |change| {
                change.record_verdict(&new)
            })
            .unwrap();
        say("verdict", format!("{} {}", verdict.id, scan.id));
    }
}
