//! Whatever anybody does in whatever order: what was signed stays, byte for byte.

use clinic::*;
use proptest::prelude::*;

use super::{Desk, check_signings, sign, text};
use crate::support::*;

#[derive(Clone, Debug)]
enum Do {
    Save {
        edit: u32,
        words: String,
    },
    Discard,
    Reopen(DraftKind),
    Sign {
        who: usize,
        becomes: ReportState,
        edit: Option<u32>,
    },
    /// Signs and then fails, so that the transaction is undone.
    Half(ReportState),
    Keep,
    Restrict(bool),
    Restart,
}

const DOCTORS: [&str; 2] = ["dora", "dirk"];

fn any_state() -> impl Strategy<Value = ReportState> {
    prop::sample::select(ReportState::ALL)
}

fn any_act() -> impl Strategy<Value = Do> {
    prop_oneof![
        2 => (1..4u32, "[a-z]{0,8}").prop_map(|(edit, words)| Do::Save { edit, words }),
        1 => Just(Do::Discard),
        4 => prop::sample::select(&DraftKind::ALL[..]).prop_map(Do::Reopen),
        8 => (0..5usize, any_state(), prop::option::weighted(0.8, 1..3u32)).prop_map(
            |(who, becomes, edit)| Do::Sign { who: who / 4, becomes, edit }
        ),
        2 => any_state().prop_map(Do::Half),
        1 => Just(Do::Keep),
        1 => any::<bool>().prop_map(Do::Restrict),
        1 => Just(Do::Restart),
    ]
}

/// Carries it out; refusals are answers, too.
fn carry_out(desk: &Desk, id: basics::ReportId, act: &Do) {
    let clinic = desk.clinic();
    let refused: Result<()> = match act {
        Do::Save { edit, words } => desk.save(id, *edit, words).map(|_| ()),
        Do::Discard => {
            let permit = desk.permit(Permission::WriteReports);
            clinic.write(&permit, "x", |change| change.discard_draft(id))
        }
        Do::Reopen(kind) => desk.reopen(id, *kind),
        Do::Sign { who, becomes, edit } => {
            let permit = desk.may(DOCTORS[*who], Permission::SignReports).unwrap();
            let proof = desk.proof(DOCTORS[*who]);
            clinic
                .write(&permit, "x", |change| {
                    sign(change, proof, id, *becomes, *edit)
                })
                .map(|_| ())
        }
        Do::Half(becomes) => {
            let permit = desk.permit(Permission::SignReports);
            let (proof, edit) = (
                desk.proof("dora"),
                desk.report(id).draft.map(|draft| draft.edit),
            );
            clinic.write(&permit, "x", |change| {
                sign(change, proof, id, *becomes, edit)?;
                Err(ClinicError::Internal("the power went"))
            })
        }
        Do::Keep => {
            let revision = desk.report(id).revision;
            let permit = desk.permit(Permission::SignReports);
            let file = NewReportFile {
                report_id: id,
                revision,
                purpose: FilePurpose::Copy,
                bytes: b"%PDF",
                passphrase: Some(&secret("six words")),
            };
            clinic
                .write(&permit, "x", |change| change.keep_report_file(&file))
                .map(|_| ())
        }
        Do::Restrict(on) => {
            let permit = desk.permit(Permission::RestrictRecords);
            let patient = desk.patient.id;
            clinic
                .write(&permit, "x", |change| {
                    change.set_restricted(patient, *on, None, "why")
                })
                .map(|_| ())
        }
        Do::Restart => Ok(()),
    };
    drop(refused);
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: std::env::var("MEDIBRIDGE_REPORT_CASES").map_or(12, |cases| cases.parse().unwrap()),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_sequence_of_commands_changes_what_was_signed(acts in prop::collection::vec(any_act(), 1..40)) {
        let mut desk = Desk::new();
        let id = desk.start();
        // Something is signed in every case.
        desk.sign(id, ReportState::Preliminary, Some(1)).unwrap();
        let (mut signed, mut states) = (desk.report(id).signings, vec![ReportState::Draft, ReportState::Preliminary]);
        for act in &acts {
            if matches!(act, Do::Restart) {
                desk = desk.restart();
            }
            carry_out(&desk, id, act);
            let report = desk.report(id);
            prop_assert!(report.signings.starts_with(&signed), "{act:?} changed what was signed");
            prop_assert!(report.signings.len() <= signed.len() + 1);
            if report.signings.len() > signed.len() {
                prop_assert!(matches!(act, Do::Sign { who: 0, .. }), "{act:?} signed");
                prop_assert!(report.draft.is_none());
                prop_assert!(states[states.len() - 1].may_become(report.state));
                states.push(report.state);
            }
            prop_assert_eq!(report.state, report.signings.last().unwrap().becomes);
            prop_assert_eq!(report.revision as usize, report.signings.len());
            check_signings(&report);
            signed = report.signings;
        }
    }
}

#[test]
fn nothing_of_a_draft_is_told_where_it_should_not_be() {
    let desk = Desk::new();
    let new = NewReport {
        scan_id: desk.scan.id,
        language: basics::Language::En,
        draft: text("plantedwords"),
    };
    let permit = desk.permit(Permission::WriteReports);
    let id = desk
        .clinic()
        .write(&permit, "x", |change| change.start_report(&new))
        .unwrap();
    let mut told = format!("{new:?} {:?}", desk.report(id));
    let long = DraftText {
        title: phi(&"plantedtitle".repeat(30)),
        ..text("plantedwords")
    };
    let big = text(&"plantedwords".repeat(100_000));
    for draft in [&long, &big] {
        let error = desk
            .clinic()
            .upkeep(&permit, |upkeep| upkeep.save_draft(id, 1, draft));
        told += &format!("{:?}", error.unwrap_err());
    }
    told += &format!("{:?}", desk.save(id, 7, "plantedother").unwrap_err());
    told += &format!("{:?}", desk.sign(id, ReportState::Final, Some(1)).unwrap());
    told += &format!("{:?}", desk.report(id));
    let filter = ReportFilter::default();
    let read = desk.permit(Permission::ReadReports);
    told += &format!(
        "{:?}",
        desk.clinic().reports(&read, &filter, None, 9).unwrap()
    );
    assert!(told.contains("revision: 1"), "{told}");
    assert!(
        !told.contains("planted") && !told.contains("Ana Silva"),
        "{told}"
    );
}
