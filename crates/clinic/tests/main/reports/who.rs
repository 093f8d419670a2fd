//! Every state × person × act is tried, and the answer compared with a table written down here.

use basics::{DeliveryId, Language, ReportId};
use clinic::*;

use super::{Desk, sign, text};
use crate::support::*;
use ReportState::{Amended, Appended, Draft, EnteredInError, Final, Preliminary};

/// What may follow what; said a second time, so that neither table is changed alone.
const FOLLOWS: [(ReportState, &[ReportState]); 6] = [
    (Draft, &[Preliminary, Final]),
    (Preliminary, &[Preliminary, Final, EnteredInError]),
    (Final, &[Amended, Appended, EnteredInError]),
    (Amended, &[Amended, Appended, EnteredInError]),
    (Appended, &[Amended, Appended, EnteredInError]),
    (EnteredInError, &[]),
];

/// A report as it is tried upon.
struct Standing {
    id: ReportId,
    state: ReportState,
    open: Option<DraftKind>,
    revision: u32,
    file: Option<ReportFile>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Act {
    Read,
    Save,
    Discard,
    Reopen(DraftKind),
    Language,
    Sign(ReportState),
    Keep(FilePurpose),
    Send,
    HandOver,
}

#[derive(Debug, PartialEq)]
enum Answer {
    Done,
    Missing,
    NotYours,
    NoSuchRole,
    Conflict,
}

/// What a trial ends with, so that its transaction is undone.
enum Undone {
    Done,
    Refused(ClinicError),
}

impl From<ClinicError> for Undone {
    fn from(error: ClinicError) -> Self {
        Self::Refused(error)
    }
}

const PEOPLE: [&str; 6] = ["dora", "dirk", "ada", "pia", "ana", "eva"];

fn acts() -> Vec<Act> {
    let mut acts = vec![
        Act::Read,
        Act::Save,
        Act::Discard,
        Act::Language,
        Act::Send,
        Act::HandOver,
    ];
    acts.extend(DraftKind::ALL.map(Act::Reopen));
    acts.extend(ReportState::ALL.iter().copied().map(Act::Sign));
    acts.extend([FilePurpose::Original, FilePurpose::Copy, FilePurpose::Own].map(Act::Keep));
    acts
}

/// With which permission a person tries an act.
fn permission(act: Act, patient: bool) -> Permission {
    match act {
        Act::Read | Act::Keep(_) if patient => Permission::ReadOwnReports,
        Act::Read => Permission::ReadReports,
        Act::Save | Act::Discard | Act::Reopen(_) | Act::Language => Permission::WriteReports,
        Act::Sign(_) | Act::Keep(_) => Permission::SignReports,
        Act::Send | Act::HandOver => Permission::SendReports,
    }
}

fn expected(standing: &Standing, who: &str, act: Act, restricted: bool) -> Answer {
    let released = [Final, Amended, Appended, EnteredInError].contains(&standing.state);
    let conflict_unless = |may: bool| if may { Answer::Done } else { Answer::Conflict };
    match (who, act) {
        ("ada" | "pia", _) => Answer::NoSuchRole,
        ("ana", Act::Read | Act::Keep(_)) if !released => Answer::Missing,
        ("ana", Act::Read | Act::Keep(FilePurpose::Own)) => Answer::Done,
        ("ana", Act::Keep(_)) => Answer::NotYours,
        ("eva", Act::Read | Act::Keep(_)) => Answer::Missing,
        ("ana" | "eva", _) => Answer::NoSuchRole,
        ("dirk", _) if restricted => Answer::Missing,
        (_, Act::Read) => Answer::Done,
        (_, Act::Keep(_)) => conflict_unless(standing.revision > 0),
        (_, Act::HandOver | Act::Send) => conflict_unless(released),
        ("dirk", _) => Answer::NotYours,
        (_, Act::Save | Act::Discard | Act::Language) => conflict_unless(standing.open.is_some()),
        (_, Act::Reopen(kind)) => conflict_unless(
            standing.open.is_none()
                && match kind {
                    DraftKind::Text => standing.state == Preliminary,
                    DraftKind::Correction | DraftKind::Addendum => {
                        [Final, Amended, Appended].contains(&standing.state)
                    }
                },
        ),
        (_, Act::Sign(next)) => {
            let follows = FOLLOWS.iter().find(|(state, _)| *state == standing.state);
            let fits = match (next, standing.open) {
                (EnteredInError, open) => open.is_none(),
                (Preliminary | Final, open) => open == Some(DraftKind::Text),
                (Amended, open) => open == Some(DraftKind::Correction),
                (Appended, open) => open == Some(DraftKind::Addendum),
                (Draft, _) => false,
            };
            conflict_unless(follows.unwrap().1.contains(&next) && fits)
        }
    }
}

fn tried(desk: &Desk, standing: &Standing, who: &str, act: Act) -> Answer {
    let patient = ["ana", "eva"].contains(&who);
    let Some(permit) = desk.may(who, permission(act, patient)) else {
        return Answer::NoSuchRole;
    };
    let (id, clinic) = (standing.id, desk.clinic());
    let answered = match act {
        Act::Read => clinic.report(&permit, id).map(|_| ()),
        _ => {
            let proof = matches!(act, Act::Sign(_)).then(|| desk.proof(who));
            let undone = clinic.write(&permit, "x", |change| -> std::result::Result<(), Undone> {
                carry_out(change, standing, act, proof)?;
                Err(Undone::Done)
            });
            match undone {
                Ok(()) | Err(Undone::Done) => Ok(()),
                Err(Undone::Refused(error)) => Err(error),
            }
        }
    };
    match answered {
        Ok(()) => Answer::Done,
        Err(ClinicError::NotFound { .. }) => Answer::Missing,
        Err(ClinicError::NotYours | ClinicError::Forbidden { .. }) => Answer::NotYours,
        Err(ClinicError::Conflict { .. }) => Answer::Conflict,
        Err(error) => panic!("{who} {act:?}: {error:?}"),
    }
}

fn carry_out(
    change: &mut Change<'_>,
    standing: &Standing,
    act: Act,
    proof: Option<PasswordProof>,
) -> Result<()> {
    let (id, revision) = (standing.id, standing.revision);
    match act {
        Act::Read => Ok(()),
        Act::Save => change
            .upkeep()
            .save_draft(id, 1, &text("other words"))
            .map(|_| ()),
        Act::Discard => change.discard_draft(id),
        Act::Reopen(kind) => change.reopen_report(id, kind, &text("more")),
        Act::Language => change.set_report_language(id, Language::Te),
        Act::Sign(next) => {
            let edit = standing.open.map(|_| 1);
            sign(change, proof.unwrap(), id, next, edit).map(|_| ())
        }
        Act::Keep(purpose) => {
            let passphrase = secret("six words");
            let file = NewReportFile {
                report_id: id,
                revision,
                purpose,
                bytes: b"%PDF",
                passphrase: (purpose != FilePurpose::Own).then_some(&passphrase),
            };
            change.keep_report_file(&file).map(|_| ())
        }
        Act::Send => {
            let file_id = standing
                .file
                .as_ref()
                .map(|file| file.id)
                .unwrap_or_default();
            change
                .send_report(&delivery(id, revision, file_id))
                .map(|_| ())
        }
        Act::HandOver => {
            let handed = HandedOver {
                id: DeliveryId::new(),
                report_id: id,
                revision,
                file_id: None,
                channel: DeliveryChannel::Consultation,
                recipient: phi(""),
                language: Language::Es,
            };
            change.hand_over(&handed).map(|_| ())
        }
    }
}

fn delivery(report_id: ReportId, revision: u32, file_id: ReportFileId) -> NewDelivery {
    let id = DeliveryId::new();
    NewDelivery {
        id,
        report_id,
        revision,
        file_id,
        channel: DeliveryChannel::Email,
        recipient: phi("Ana"),
        address: phi("ana@example.org"),
        language: Language::Es,
        message_id: format!("{id}@clinic.example"),
    }
}

/// A report of each state, with each draft that may be open there.
fn standings(desk: &Desk) -> Vec<Standing> {
    let ways: [&[ReportState]; 6] = [
        &[],
        &[Preliminary],
        &[Final],
        &[Final, Amended],
        &[Final, Appended],
        &[Final, EnteredInError],
    ];
    let mut all = Vec::new();
    for way in ways {
        let kinds = [
            None,
            Some(DraftKind::Text),
            Some(DraftKind::Correction),
            Some(DraftKind::Addendum),
        ];
        for open in kinds {
            let state = way.last().copied().unwrap_or(Draft);
            let possible = match open {
                None => state != Draft,
                Some(DraftKind::Text) => [Draft, Preliminary].contains(&state),
                Some(_) => [Final, Amended, Appended].contains(&state),
            };
            if !possible {
                continue;
            }
            let id = desk.start();
            for next in way {
                match next {
                    Amended => desk.reopen(id, DraftKind::Correction).unwrap(),
                    Appended => desk.reopen(id, DraftKind::Addendum).unwrap(),
                    _ => {}
                }
                let edit = (*next != EnteredInError).then_some(1);
                desk.sign(id, *next, edit).unwrap();
            }
            let revision = way.len() as u32;
            let file = (revision > 0).then(|| desk.keep(id, revision));
            if let Some(kind) = open.filter(|_| state != Draft) {
                desk.reopen(id, kind).unwrap();
            }
            all.push(Standing {
                id,
                state,
                open,
                revision,
                file,
            });
        }
    }
    assert_eq!(all.len(), 1 + 2 + 3 * 3 + 1);
    all
}

#[test]
fn every_state_and_person_and_act_is_answered_as_the_table_says() {
    let desk = Desk::new();
    let standings = standings(&desk);
    let mut tried_so_far = 0;
    for restricted in [false, true] {
        if restricted {
            let restrict = desk.permit(Permission::RestrictRecords);
            let id = desk.patient.id;
            desk.clinic()
                .write(&restrict, "x", |change| {
                    change.set_restricted(id, true, None, "why")
                })
                .unwrap();
        }
        for standing in &standings {
            for who in PEOPLE {
                for act in acts() {
                    let (state, open) = (standing.state, standing.open);
                    assert_eq!(
                        tried(&desk, standing, who, act),
                        expected(standing, who, act, restricted),
                        "{who} {act:?} {state:?} {open:?} restricted {restricted}"
                    );
                    tried_so_far += 1;
                }
            }
        }
    }
    assert_eq!(
        tried_so_far,
        2 * standings.len() * PEOPLE.len() * acts().len()
    );
    // The two tables say the same.
    for (state, follows) in FOLLOWS {
        for next in ReportState::ALL {
            assert_eq!(
                state.may_become(*next),
                follows.contains(next),
                "{state:?} {next:?}"
            );
        }
    }
}

#[test]
fn a_draft_is_its_authors_and_a_patient_sees_what_is_final_and_nothing_before() {
    let desk = Desk::new();
    let id = desk.start();
    desk.sign(id, Preliminary, Some(1)).unwrap();
    desk.keep(id, 1);
    desk.reopen(id, DraftKind::Text).unwrap();
    let clinic = desk.clinic();
    let dirk = desk.may("dirk", Permission::ReadReports).unwrap();
    let seen = clinic.report(&dirk, id).unwrap();
    assert!(seen.draft.is_none() && seen.drafting.is_some());
    desk.sign(id, Final, Some(1)).unwrap();
    let file = desk.keep(id, 2);
    desk.reopen(id, DraftKind::Correction).unwrap();

    let ana = desk.may("ana", Permission::ReadOwnReports).unwrap();
    let own = clinic.report(&ana, id).unwrap();
    assert_eq!(
        own.signings
            .iter()
            .map(|one| one.becomes)
            .collect::<Vec<_>>(),
        [Final]
    );
    assert!(own.draft.is_none() && own.drafting.is_none());
    let files = clinic.report_files(&ana, id).unwrap();
    assert_eq!(files, std::slice::from_ref(&file));
    assert_eq!(
        clinic.report_file_bytes(&ana, file.id).unwrap().len() as u64,
        file.bytes
    );
    assert_eq!(
        clinic.report_passphrase(&ana, file.id).unwrap().expose(),
        "six words that open it"
    );
    let preliminary = clinic.report_files(&dirk, id).unwrap()[1].id;
    for missing in [
        clinic.report_file_bytes(&ana, preliminary).map(|_| ()),
        clinic.report_passphrase(&ana, preliminary).map(|_| ()),
    ] {
        assert!(matches!(missing, Err(ClinicError::NotFound { .. })));
    }
    assert_eq!(
        clinic
            .find_report_file(&ana, &file.sha256)
            .unwrap()
            .unwrap(),
        file
    );
    let eva = desk.may("eva", Permission::ReadOwnReports).unwrap();
    assert!(
        clinic
            .find_report_file(&eva, &file.sha256)
            .unwrap()
            .is_none()
    );
    assert!(matches!(
        clinic.report_file_bytes(&eva, file.id),
        Err(ClinicError::NotFound { .. })
    ));

    let every = ReportFilter::default();
    let rows = |permit: &Permit| clinic.reports(permit, &every, None, 10).unwrap().rows;
    let draft = desk.start();
    assert_eq!(
        rows(&ana).iter().map(|row| row.id).collect::<Vec<_>>(),
        [id]
    );
    assert!(rows(&ana)[0].open.is_none() && rows(&eva).is_empty());
    assert_eq!(rows(&dirk).len(), 2);
    let restrict = desk.permit(Permission::RestrictRecords);
    clinic
        .write(&restrict, "x", |change| {
            change.set_restricted(desk.patient.id, true, None, "why")
        })
        .unwrap();
    assert!(rows(&dirk).is_empty());
    assert!(matches!(
        clinic.report(&dirk, draft),
        Err(ClinicError::NotFound { .. })
    ));

    // What a patient seals for themselves is known again, and opens for nobody else.
    let sealed = NewReportFile {
        report_id: id,
        revision: 2,
        purpose: FilePurpose::Own,
        bytes: b"%PDF sealed anew",
        passphrase: None,
    };
    let own = clinic
        .write(&ana, "x", |change| change.keep_report_file(&sealed))
        .unwrap();
    assert_eq!(
        clinic.find_report_file(&ana, &own.sha256).unwrap(),
        Some(own.clone())
    );
    assert!(matches!(
        clinic.report_file_bytes(&ana, own.id),
        Err(ClinicError::NotFound { .. })
    ));
    // The clinic's own passphrase is the report's, the same at each time, and no other report's.
    let owner = |id| {
        clinic
            .owner_passphrase(&ana, id)
            .map(|owner| owner.expose().clone())
    };
    assert_eq!(owner(id).unwrap(), owner(id).unwrap());
    let dora = desk.permit(Permission::ReadReports);
    assert_ne!(
        owner(id).unwrap(),
        *clinic.owner_passphrase(&dora, draft).unwrap().expose()
    );
}
