//! From a draft to the end, and what is seen on the way.

use basics::{DeliveryId, Language};
use clinic::*;

use super::{Desk, check_signings, conflict, text};
use crate::support::*;

#[test]
fn a_report_is_written_signed_corrected_added_to_and_withdrawn() {
    let desk = Desk::new();
    let discarded = desk.start();
    let id = desk.start();
    assert_eq!(desk.report(id).number, None);
    assert_eq!(desk.save(id, 1, "second").unwrap(), 2);
    // The answer was lost: the same again is no new edit.
    assert_eq!(desk.save(id, 1, "second").unwrap(), 2);
    assert_eq!(
        conflict(desk.save(id, 1, "from another window")),
        "draft-changed"
    );
    assert_eq!(desk.report(id).draft.unwrap().text, text("second"));
    assert_eq!(
        conflict(desk.sign(id, ReportState::Final, Some(1))),
        "draft-changed"
    );
    let first = desk.sign(id, ReportState::Preliminary, Some(2)).unwrap();
    assert_eq!((first.revision, desk.status()), (1, Status::Imported));
    assert_eq!(
        conflict(desk.sign(id, ReportState::Final, Some(2))),
        "no-draft"
    );
    desk.reopen(id, DraftKind::Text).unwrap();
    desk.sign(id, ReportState::Final, Some(1)).unwrap();
    assert_eq!(desk.status(), Status::Reported);
    assert_eq!(conflict(desk.reopen(id, DraftKind::Text)), "report-state");
    desk.reopen(id, DraftKind::Addendum).unwrap();
    // Reopened, it is still what was signed.
    let report = desk.report(id);
    assert_eq!((report.state, report.revision), (ReportState::Final, 2));
    assert_eq!(
        conflict(desk.sign(id, ReportState::Amended, Some(1))),
        "report-state"
    );
    assert_eq!(
        conflict(desk.sign(id, ReportState::EnteredInError, None)),
        "draft-open"
    );
    desk.sign(id, ReportState::Appended, Some(1)).unwrap();
    desk.reopen(id, DraftKind::Correction).unwrap();
    desk.sign(id, ReportState::Amended, Some(1)).unwrap();
    let last = desk.sign(id, ReportState::EnteredInError, None).unwrap();
    assert_eq!((last.revision, desk.status()), (5, Status::Imported));
    for kind in DraftKind::ALL {
        assert_eq!(conflict(desk.reopen(id, kind)), "report-state");
    }
    let report = desk.report(id);
    check_signings(&report);
    assert_eq!(report.number.as_deref(), Some("R-000001"));
    assert!(report.draft.is_none() && report.drafting.is_none());
    let key = desk
        .clinic()
        .report_key(&desk.permit(Permission::ReadReports))
        .unwrap();
    assert!(report.signings.iter().all(|signing| signing.key == key));

    // A draft thrown away leaves no gap in the numbers.
    let permit = desk.permit(Permission::WriteReports);
    desk.clinic()
        .write(&permit, "x", |change| change.discard_draft(discarded))
        .unwrap();
    let next = desk.start();
    desk.sign(next, ReportState::Final, Some(1)).unwrap();
    assert_eq!(desk.report(next).number.as_deref(), Some("R-000002"));
    let desk = desk.restart();
    let again = desk.report(id);
    assert_eq!(again.signings, report.signings);
    assert_eq!(
        desk.clinic()
            .report_key(&desk.permit(Permission::ReadReports))
            .unwrap(),
        key
    );
    let journal = desk.house.permit("ada", Permission::ReadJournal);
    assert!(desk.clinic().verify_journal(&journal).unwrap().is_intact());
}

#[test]
fn what_is_signed_names_the_journal_and_what_it_follows() {
    let desk = Desk::new();
    let id = desk.start();
    let first = desk.sign(id, ReportState::Preliminary, Some(1)).unwrap();
    desk.reopen(id, DraftKind::Text).unwrap();
    let before = desk
        .clinic()
        .journal_head(&desk.permit(Permission::ReadReports))
        .unwrap();
    let proof = desk.proof("dora");
    let permit = desk.permit(Permission::SignReports);
    let told: Result<()> = desk.clinic().write(&permit, "x", |change| {
        let leave = change.begin_signing(proof, id, ReportState::Final, Some(1))?;
        assert_eq!(leave.supersedes, Some(first.sha256));
        assert!(leave.journal.number >= before.number);
        assert_eq!((leave.revision, leave.number.as_str()), (2, "R-000001"));
        assert_eq!(leave.signings, std::slice::from_ref(&first));
        // The message must be of this content, or something else would be signed than is kept.
        let wrong = NewSigning {
            title: phi("x"),
            content: basics::Phi::new(b"kept".to_vec()),
            message: basics::Phi::new(b"prefix signed".to_vec()),
            reason: phi(""),
        };
        change.sign_report(leave, &wrong).map(|_| ())
    });
    assert!(
        matches!(
            told,
            Err(ClinicError::Invalid {
                field: "message",
                ..
            })
        ),
        "{told:?}"
    );
    assert_eq!(desk.report(id).revision, 1);
}

#[test]
fn signing_asks_for_the_password_again() {
    let desk = Desk::new();
    let id = desk.start();
    let (session, permit) = (desk.session("dora"), desk.permit(Permission::SignReports));
    for _ in 0..3 {
        let wrong = desk
            .clinic()
            .check_password(&session, &secret("wrongwrongwrong"));
        assert!(
            matches!(wrong, Err(ClinicError::WrongPassword)),
            "{wrong:?}"
        );
    }
    desk.clinic()
        .check_password(&session, &secret("wrongwrongwrong"))
        .unwrap_err();
    let waits = desk.clinic().check_password(&session, &secret(PASSWORD));
    assert!(
        matches!(waits, Err(ClinicError::TooManyTries { .. })),
        "{waits:?}"
    );
    desk.house.wait(60);
    let sign = |proof| {
        desk.clinic().write(&permit, "x", |change| {
            super::sign(change, proof, id, ReportState::Final, Some(1))
        })
    };
    let foreign = sign(desk.proof("dirk"));
    assert!(
        matches!(foreign, Err(ClinicError::PasswordNeeded)),
        "{foreign:?}"
    );
    let old = desk.proof("dora");
    desk.house.wait(121);
    let late = sign(old);
    assert!(matches!(late, Err(ClinicError::PasswordNeeded)), "{late:?}");
    sign(desk.proof("dora")).unwrap();
    let query = JournalQuery {
        verb: Some("session.check_password".into()),
        limit: 10,
        ..JournalQuery::default()
    };
    let journal = desk.house.permit("ada", Permission::ReadJournal);
    let rows = desk.clinic().journal_page(&journal, &query).unwrap().rows;
    assert_eq!(rows.len(), 4);
    assert!(
        rows.iter()
            .all(|row| row.outcome == Outcome::Refused && row.user_id == Some(permit.user()))
    );
}

#[test]
fn the_worklist_says_reported_then_delivered_and_goes_back_when_nothing_stands() {
    let desk = Desk::new();
    let (id, _) = desk.released();
    assert_eq!(desk.status(), Status::Reported);
    let permit = desk.permit(Permission::SendReports);
    let handed = HandedOver {
        id: DeliveryId::new(),
        report_id: id,
        revision: 1,
        file_id: None,
        channel: DeliveryChannel::Print,
        recipient: phi("Ana"),
        language: Language::Es,
    };
    for _ in 0..2 {
        desk.clinic()
            .write(&permit, "x", |change| change.hand_over(&handed))
            .unwrap();
    }
    assert_eq!(desk.status(), Status::Delivered);
    let (second, _) = desk.released();
    desk.sign(id, ReportState::EnteredInError, None).unwrap();
    assert_eq!(desk.status(), Status::Reported);
    desk.sign(second, ReportState::EnteredInError, None)
        .unwrap();
    assert_eq!(desk.status(), Status::Imported);
    let read = desk.permit(Permission::ReadReports);
    let filter = ReportFilter::default();
    let rows = desk
        .clinic()
        .reports(&read, &filter, None, 10)
        .unwrap()
        .rows;
    assert_eq!(
        rows.iter()
            .map(|row| row.deliveries.delivered)
            .collect::<Vec<_>>(),
        [0, 1]
    );
}

#[test]
fn lists_go_page_by_page_whatever_the_filter() {
    let desk = Desk::new();
    let other = desk.house.patient("dora", "Bela Three");
    let scans = [desk.scan.id, desk.house.scan("dora", &other, b"another").id];
    let mut made = Vec::new();
    for n in 0..24 {
        let author = if n % 4 == 3 { "dirk" } else { "dora" };
        let new = NewReport {
            scan_id: scans[n / 2 % 2],
            language: Language::En,
            draft: text("x"),
        };
        let write = desk.may(author, Permission::WriteReports).unwrap();
        let id = desk
            .clinic()
            .write(&write, "x", |change| change.start_report(&new))
            .unwrap();
        let state = [
            ReportState::Draft,
            ReportState::Preliminary,
            ReportState::Final,
        ][n % 3];
        if state != ReportState::Draft {
            let (sign, proof) = (
                desk.may(author, Permission::SignReports).unwrap(),
                desk.proof(author),
            );
            desk.clinic()
                .write(&sign, "x", |change| {
                    super::sign(change, proof, id, state, Some(1))
                })
                .unwrap();
        }
        made.push((id, n / 2 % 2, author, state));
    }
    made.reverse();
    let read = desk.permit(Permission::ReadReports);
    let walk = |filter: &ReportFilter| {
        let (mut found, mut cursor) = (Vec::new(), None::<String>);
        loop {
            let page = desk
                .clinic()
                .reports(&read, filter, cursor.as_deref(), 3)
                .unwrap();
            found.extend(page.rows.iter().map(|row| row.id));
            cursor = page.next;
            if cursor.is_none() {
                return found;
            }
        }
    };
    let patients = [desk.patient.id, other.id];
    for patient in [None, Some(0), Some(1)] {
        for scan in [None, Some(1)] {
            for author_me in [false, true] {
                for states in [
                    vec![],
                    vec![ReportState::Draft],
                    vec![ReportState::Preliminary, ReportState::Final],
                ] {
                    for open in [None, Some(true)] {
                        let filter = ReportFilter {
                            patient_id: patient.map(|at: usize| patients[at]),
                            scan_id: scan.map(|at: usize| scans[at]),
                            author_me,
                            states: states.clone(),
                            open,
                            text: String::new(),
                        };
                        let expected: Vec<_> = made
                            .iter()
                            .filter(|(_, at, author, state)| {
                                patient.is_none_or(|patient| patient == *at)
                                    && scan.is_none_or(|scan| scan == *at)
                                    && (!author_me || *author == "dora")
                                    && (states.is_empty() || states.contains(state))
                                    && (open.is_none() || *state == ReportState::Draft)
                            })
                            .map(|(id, ..)| *id)
                            .collect();
                        assert_eq!(walk(&filter), expected, "{filter:?}");
                    }
                }
            }
        }
    }
    let by_text = |text: &str| {
        walk(&ReportFilter {
            text: text.into(),
            ..ReportFilter::default()
        })
    };
    assert_eq!(by_text("bela").len(), 12);
    assert_eq!(by_text("nobody").len(), 0);
    let numbered = desk.clinic().reports(
        &read,
        &ReportFilter {
            text: "r-000003".into(),
            ..Default::default()
        },
        None,
        5,
    );
    let numbered = numbered.unwrap().rows;
    assert_eq!(
        (numbered.len(), numbered[0].number.as_deref()),
        (1, Some("R-000003"))
    );
    let to_do = desk.clinic().reports_to_do(&read).unwrap();
    let mine = |wanted| {
        made.iter()
            .filter(|(.., author, state)| *author == "dora" && *state == wanted)
            .count()
    };
    assert_eq!(
        (to_do.drafts as usize, to_do.preliminary as usize),
        (mine(ReportState::Draft), mine(ReportState::Preliminary))
    );
}

#[test]
fn macros_are_each_doctors_own_and_a_letterhead_is_the_clinics() {
    let desk = Desk::new();
    let (dora, dirk) = (
        desk.permit(Permission::WriteReports),
        desk.may("dirk", Permission::WriteReports).unwrap(),
    );
    let clinic = desk.clinic();
    for text in ["no acute finding", "no acute finding seen"] {
        clinic
            .write(&dora, "x", |change| change.save_macro("naf", text))
            .unwrap();
    }
    clinic
        .write(&dora, "x", |change| change.save_macro("two words", "x"))
        .unwrap_err();
    assert_eq!(
        clinic.macros(&dora).unwrap()[0].text,
        "no acute finding seen"
    );
    assert!(clinic.macros(&dirk).unwrap().is_empty());
    clinic
        .write(&dirk, "x", |change| change.remove_macro("naf"))
        .unwrap_err();
    clinic
        .write(&dora, "x", |change| change.remove_macro("naf"))
        .unwrap();
    let admin = desk.house.permit("ada", Permission::ManageSettings);
    let session = desk.session("dora");
    let mut settings = clinic.settings(&session).unwrap();
    settings.letterhead = vec!["1 Hill Road".into(), "+1 555 0100".into()];
    clinic
        .write(&admin, "x", |change| change.save_settings(&settings))
        .unwrap();
    assert_eq!(clinic.settings(&session).unwrap(), settings);
    settings.letterhead = vec!["line".into(); LETTERHEAD + 1];
    clinic
        .write(&admin, "x", |change| change.save_settings(&settings))
        .unwrap_err();
}

#[test]
fn what_carries_reports_is_set_by_the_administrator_and_never_in_clear() {
    let desk = Desk::new();
    let admin = desk.house.permit("ada", Permission::ManageSettings);
    let smtp = SmtpService {
        host: "mail.clinic.example".into(),
        port: 587,
        security: SmtpSecurity::StartTls,
        user: Some("reports".into()),
        from: "reports@clinic.example".into(),
        reply_to: None,
        resend_uncertain: false,
    };
    let set = |smtp: &SmtpService| desk.clinic().write(&admin, "x", |c| c.set_smtp(Some(smtp)));
    set(&smtp).unwrap();
    let wrong = [
        SmtpService {
            security: SmtpSecurity::None,
            ..smtp.clone()
        },
        SmtpService {
            from: "a@b.example\r\nBcc: x@y.example".into(),
            ..smtp.clone()
        },
        SmtpService {
            port: 0,
            ..smtp.clone()
        },
        SmtpService {
            host: "two hosts".into(),
            ..smtp.clone()
        },
    ];
    for wrong in wrong {
        assert!(
            matches!(set(&wrong), Err(ClinicError::Invalid { .. })),
            "{wrong:?}"
        );
    }
    for here in ["localhost", "127.0.0.1", "::1"] {
        set(&SmtpService {
            host: here.into(),
            security: SmtpSecurity::None,
            ..smtp.clone()
        })
        .unwrap();
    }
    let fhir = |base_url: &str| {
        let fhir = FhirService {
            base_url: base_url.into(),
        };
        desk.clinic()
            .write(&admin, "x", |c| c.set_fhir(Some(&fhir)))
    };
    for good in [
        "https://fhir.example/r4",
        "http://127.0.0.1:8080/fhir",
        "http://[::1]:80",
        "http://localhost/x",
    ] {
        fhir(good).unwrap();
    }
    for bad in [
        "",
        "http://fhir.example",
        "http://localhost.example",
        "http://localhost@fhir.example",
        "ftp://localhost",
        "https://",
    ] {
        assert!(
            matches!(fhir(bad), Err(ClinicError::Invalid { .. })),
            "{bad}"
        );
    }
    let services = desk.clinic().services(&admin).unwrap();
    assert_eq!(services.smtp.unwrap().host, "::1");
    assert_eq!(services.fhir.unwrap().base_url, "http://localhost/x");
    let password = basics::Secret::new(b"hunter22".to_vec());
    desk.clinic()
        .write(&admin, "x", |c| {
            c.keep_secret(SecretName::SmtpPassword, &password)
        })
        .unwrap();
    let kept = |permission| {
        desk.clinic()
            .secret(&desk.permit(permission), SecretName::SmtpPassword)
    };
    assert!(kept(Permission::SendReports).unwrap().is_some());
    assert!(matches!(
        kept(Permission::HostConsultations),
        Err(ClinicError::WrongPermit { .. })
    ));
    let doctor = desk.permit(Permission::SendReports);
    let refused = desk.clinic().write(&doctor, "x", |c| {
        c.keep_secret(SecretName::SmtpPassword, &password)
    });
    assert!(matches!(refused, Err(ClinicError::WrongPermit { .. })));
}
