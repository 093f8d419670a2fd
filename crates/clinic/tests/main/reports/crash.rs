//! A crash in the middle of signing leaves a draft or a signed report, never half of one.

use std::{fs, path::Path, sync::Arc};

use basics::SystemClock;
use clinic::*;

use super::{Desk, check_signings, text};
use crate::support::*;

/// A copy of the record whose write-ahead log ends after `kept` bytes of `log`, opened.
fn after_cut(desk: &Desk, before: &Path, log: &[u8]) -> (tempfile::TempDir, Clinic) {
    let place = tempfile::tempdir().unwrap();
    let copy = place.path().join("record");
    fs::create_dir_all(copy.join("vault/tmp")).unwrap();
    for name in ["keys.json", "journal.anchor", "clinic.db"] {
        fs::copy(before.join(name), copy.join(name)).unwrap();
    }
    fs::write(copy.join("clinic.db-wal"), log).unwrap();
    let keychain = desk.house.keychain.clone();
    (
        place,
        Clinic::open(&copy, keychain, Arc::new(SystemClock)).unwrap(),
    )
}

#[test]
fn a_power_cut_at_any_byte_of_signing_leaves_a_draft_or_a_signed_report() {
    let desk = Desk::new();
    let id = desk.start();
    // A start of the program with an empty log, so that signing only adds to it.
    let desk = desk.restart();
    let (permit, proof) = (desk.permit(Permission::SignReports), desk.proof("dora"));
    let record = desk.house.dir.path().join("record");
    let before = tempfile::tempdir().unwrap();
    for name in ["keys.json", "journal.anchor", "clinic.db"] {
        fs::copy(record.join(name), before.path().join(name)).unwrap();
    }
    let log = record.join("clinic.db-wal");
    let start = fs::read(&log).unwrap();
    let signed = desk
        .clinic()
        .write(&permit, "x", |change| {
            super::sign(change, proof, id, ReportState::Final, Some(1))
        })
        .unwrap();
    let end = fs::read(&log).unwrap();
    assert!(end.starts_with(&start) && end.len() > start.len() + 10_000);

    let (mut drafts, mut finals) = (0, 0);
    let mut cuts: Vec<usize> = (start.len()..end.len()).step_by(6_007).collect();
    cuts.extend([end.len() - 1, end.len()]);
    for cut in cuts {
        let (_place, survivor) = after_cut(&desk, before.path(), &end[..cut]);
        let session = survivor.sign_in("dora", &secret(PASSWORD)).unwrap();
        assert_eq!(survivor.journal_alarm(), None);
        let session = survivor.session(session.id).unwrap();
        let read = authorize(&session, Permission::ReadReports).unwrap();
        let report = survivor.report(&read, id).unwrap();
        check_signings(&report);
        let journal = survivor.journal_head(&read).unwrap();
        match report.state {
            ReportState::Draft => {
                drafts += 1;
                assert_eq!((report.number, report.revision), (None, 0));
                assert!(report.signings.is_empty());
                assert_eq!(report.draft.unwrap().text, text("first"));
            }
            ReportState::Final => {
                finals += 1;
                assert_eq!(report.signings, std::slice::from_ref(&signed));
                assert!(report.draft.is_none() && report.number.is_some());
            }
            other => panic!("half signed: {other:?}"),
        }
        assert!(journal.number > 0);
    }
    assert!(drafts > 2 && finals > 0, "{drafts} drafts, {finals} finals");
}
