//! A report that is handed over in a consultation: said once, only what is final, sealed and this patient's.

use basics::{ConsultationId, MessageId, ParticipantId};

use super::*;

/// Dora talks with this patient.
fn talk(desk: &Desk, patient: &Patient) -> ConsultationId {
    let permit = desk.permit(Permission::HostConsultations);
    desk.clinic()
        .write::<_, ClinicError>(&permit, "x", |change| {
            Ok(change.start_consultation(patient.id, Language::De)?.id)
        })
        .unwrap()
}

fn give(desk: &Desk, id: MessageId, talk: ConsultationId, report: ReportId) -> Result<Kept> {
    let permit = desk.permit(Permission::HostConsultations);
    desk.clinic()
        .write(&permit, "x", |change| change.say_report(id, talk, report))
}

#[test]
fn it_is_said_once_and_carries_the_newest_sealed_file() {
    let desk = Desk::new();
    let (report, old) = desk.released();
    let talk = talk(&desk, &desk.patient);
    let id = MessageId::new();
    let kept = give(&desk, id, talk, report).unwrap();
    let file = kept.message.handed_over.clone().unwrap();
    assert!(kept.fresh && kept.message.n == 1 && kept.message.text.expose().is_empty());
    assert_eq!(
        (file.file_id, file.revision, file.report_id),
        (old.id, 1, report)
    );
    assert_eq!(file.number, "R-000001");
    // Asked again, it is the same message.
    let again = give(&desk, id, talk, report).unwrap();
    assert!(!again.fresh && again.message.handed_over == Some(file.clone()));
    // Whoever talks may read its bytes, and a page of messages names it.
    let permit = desk.permit(Permission::HostConsultations);
    let bytes = desk
        .clinic()
        .report_file_bytes(&permit, file.file_id)
        .unwrap();
    assert_eq!(bytes.len() as u64, file.bytes);
    let page = desk.clinic().messages(&permit, talk, None, 10).unwrap();
    assert_eq!(page.rows.len(), 1);
    assert_eq!(page.rows[0].handed_over, Some(file));

    // A file of the new revision, and only that, once there is a new revision.
    desk.reopen(report, DraftKind::Addendum).unwrap();
    desk.sign(report, ReportState::Appended, Some(1)).unwrap();
    assert_eq!(
        conflict(give(&desk, MessageId::new(), talk, report)),
        "not-sealed"
    );
    let new = desk.keep(report, 2);
    let newer = give(&desk, MessageId::new(), talk, report).unwrap().message;
    assert_eq!(newer.handed_over.unwrap().file_id, new.id);
    assert_eq!(newer.n, 2);
}

#[test]
fn only_what_is_final_sealed_and_this_patients_goes_and_only_while_it_lasts() {
    let desk = Desk::new();
    let here = talk(&desk, &desk.patient);
    let draft = desk.start();
    assert_eq!(
        conflict(give(&desk, MessageId::new(), here, draft)),
        "not-final"
    );
    desk.sign(draft, ReportState::Final, Some(1)).unwrap();
    assert_eq!(
        conflict(give(&desk, MessageId::new(), here, draft)),
        "not-sealed"
    );
    desk.keep(draft, 1);

    let somebody = desk.house.patient("dora", "Somebody Else");
    let elsewhere = talk(&desk, &somebody);
    let given = give(&desk, MessageId::new(), elsewhere, draft);
    assert!(
        matches!(given, Err(ClinicError::NotFound { what: "report" })),
        "{given:?}"
    );

    let id = MessageId::new();
    give(&desk, id, here, draft).unwrap();
    // The id stands for that report in that consultation.
    let (other, _) = desk.released();
    assert_eq!(conflict(give(&desk, id, here, other)), "message-differs");

    desk.sign(draft, ReportState::EnteredInError, None).unwrap();
    assert_eq!(
        conflict(give(&desk, MessageId::new(), here, draft)),
        "not-final"
    );
    let permit = desk.permit(Permission::HostConsultations);
    desk.clinic()
        .write::<_, ClinicError>(&permit, "x", |change| change.end_consultation(here))
        .unwrap();
    assert_eq!(
        conflict(give(&desk, MessageId::new(), here, other)),
        "consultation-ended"
    );
    // What was said before is still the same after the end.
    assert!(!give(&desk, id, here, draft).unwrap().fresh);
}

#[test]
fn a_phone_that_has_it_makes_one_delivery() {
    let desk = Desk::new();
    let (report, file) = desk.released();
    let permit = desk.permit(Permission::HostConsultations);
    let new = HandedOver {
        id: basics::DeliveryId::new(),
        report_id: report,
        revision: 1,
        file_id: Some(file.id),
        channel: DeliveryChannel::Consultation,
        recipient: phi(&ParticipantId::new().to_string()),
        language: Language::Es,
    };
    for _ in 0..3 {
        let delivery = desk
            .clinic()
            .write(&permit, "x", |change| change.hand_over(&new))
            .unwrap();
        assert_eq!(
            (delivery.id, delivery.state),
            (new.id, DeliveryState::Delivered)
        );
    }
    let counts = desk
        .clinic()
        .deliveries(
            &desk.permit(Permission::SendReports),
            &DeliveryFilter::default(),
            None,
            10,
        )
        .unwrap();
    assert_eq!(counts.rows.len(), 1);
}
