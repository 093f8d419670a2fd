//! A day in the clinic, from setup to verdict.

use basics::Phi;
use clinic::*;

use crate::support::*;

#[test]
fn from_setup_to_verdict_and_through_a_restart() {
    let house = House::new();
    let patient = house.patient("dora", "Maria Silva");
    assert_eq!(patient.number, "MB-000001");
    let scan = house.scan("dora", &patient, b"the bytes of a film");
    assert_eq!(scan.status, Status::Imported);
    let reading = house.reading("dora", scan.id, Some(0.83));
    assert_eq!(reading.grid, Some((2, 2)));

    let permit = house.permit("dora", Permission::RecordVerdicts);
    let verdict = NewVerdict {
        scan_id: scan.id,
        reading_id: Some(reading.id),
        agrees: false,
        class: Some(phi("normal variant")),
        region: Some(vec![[1.0, 2.0], [3.0, 4.0]]),
        comment: phi("scar"),
    };
    house
        .clinic
        .write(&permit, "verdict.record", |change| {
            change.record_verdict(&verdict)
        })
        .unwrap();

    let house = house.restart();
    assert!(matches!(
        house.clinic.session(basics::SessionId::new()),
        Err(ClinicError::SessionEnded)
    ));
    let permit = house.permit("dora", Permission::ReadScans);
    let page = house
        .clinic
        .worklist(
            &permit,
            &WorklistQuery {
                limit: 10,
                ..WorklistQuery::default()
            },
        )
        .unwrap();
    assert_eq!(
        page.counts,
        StatusCounts {
            verified: 1,
            ..StatusCounts::default()
        }
    );
    let row = &page.rows[0];
    assert_eq!((row.scan_id, row.status), (scan.id, Status::Verified));
    assert_eq!(row.name.expose(), "Maria Silva");
    assert!(!row.verdict.as_ref().unwrap().agrees);
    assert_eq!(
        *house.clinic.read_file(&permit, scan.id).unwrap(),
        b"the bytes of a film"
    );
    assert_eq!(
        house
            .clinic
            .maps(&permit, reading.id)
            .unwrap()
            .unwrap()
            .class(0)
            .unwrap()[3],
        3.0
    );
    let verdicts = house.clinic.verdicts(&permit, scan.id).unwrap();
    assert_eq!(
        verdicts[0].verdict.class.as_ref().map(Phi::expose).unwrap(),
        "normal variant"
    );

    let permit = house.permit("ada", Permission::ReadJournal);
    let report = house.clinic.verify_journal(&permit).unwrap();
    assert!(report.is_intact(), "{report:?}");
    assert!(report.rows > 10);
    assert_eq!(house.clinic.journal_alarm(), None);
}
