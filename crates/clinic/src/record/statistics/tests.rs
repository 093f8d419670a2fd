//! The narrow lines say what the wide rows say: after any history, every figure of what clinicians said of
//! readings equals the statement that reads each answer and each verdict.

mod desk;

use std::collections::BTreeMap;

use proptest::prelude::*;
use rusqlite::{Connection, Row, types::Value};

use super::{Counted, Period, share};
use crate::{Answer, Judged, ModelVersion, Permission, Permit, record::sql};
use desk::{Desk, MODELS, Step, steps};

const MIGRATION: &str = include_str!("../../../migrations/0011_break_glass.sql");

impl Desk {
    /// Every figure beside the statement that reads everything.
    fn check(&self) {
        let permit = self.permit("ada", Permission::ReadStatistics);
        let clinic = &self.clinic;
        let figures = [
            format!("{:?}", clinic.agreement(&permit).unwrap()),
            format!("{:?}", told(clinic.judged(&permit).unwrap())),
            format!("{:?}", clinic.scores(&permit).unwrap()),
        ];
        let mut behind = Vec::new();
        for (model_id, version, _) in MODELS {
            for agrees in [false, true] {
                let of = (model_id.to_owned(), version.to_owned());
                let (model_id, version) = of.clone();
                let what = Counted::Verdicts {
                    model_id,
                    version,
                    agrees,
                };
                let ids = self.rows(&permit, &what);
                behind.push((of, agrees, ids));
            }
        }
        clinic.store().unwrap().with_writer(|db| {
            let (agreement, judged, scores) = slowly(db);
            assert_eq!(figures, [agreement, judged, scores]);
            for ((model, version), agrees, ids) in behind {
                assert_eq!(
                    ids,
                    slow_rows(db, &model, &version, agrees),
                    "{model} {version} {agrees}"
                );
            }
        });
    }

    /// What is behind a figure, three at a time, so that the pages are tried, too: id, patient's number.
    fn rows(&self, permit: &Permit, what: &Counted) -> Vec<(Vec<u8>, String)> {
        let (mut rows, mut cursor) = (Vec::new(), None);
        let period = Period {
            from: basics::Timestamp::MIN,
            to: basics::Timestamp::MAX,
        };
        loop {
            let (clinic, from) = (&self.clinic, cursor.as_deref());
            let page = clinic.counted(permit, what, period, from, 3).unwrap();
            let told = |row: crate::CountedRow| {
                // A class, and never what somebody wrote in its place.
                assert!(["", "a", "b"].contains(&&*row.what), "{}", row.what);
                (row.id.as_bytes().to_vec(), row.patient_number)
            };
            rows.extend(page.rows.into_iter().map(told));
            cursor = page.next;
            if cursor.is_none() {
                return rows;
            }
        }
    }
}

/// As text, so that it can be compared.
fn told(judged: BTreeMap<ModelVersion, Judged>) -> Vec<String> {
    judged
        .into_iter()
        .map(|(version, of)| format!("{version:?} {of:?}"))
        .collect()
}

fn version(row: &Row<'_>) -> ModelVersion {
    ModelVersion {
        id: row.get(0).unwrap(),
        version: row.get(1).unwrap(),
        sha256: row.get(2).unwrap(),
    }
}

/// Agreement, judged, scores, from every answer and every verdict.
fn slowly(db: &Connection) -> (String, String, String) {
    let mut statement = db
        .prepare(
            "SELECT r.model_id, r.version, r.sha256, count(v.key), coalesce(sum(v.agrees), 0), count(*),
                    sum(1 - r.assessed)
             FROM readings AS r
             LEFT JOIN verdicts AS v ON v.key = (SELECT max(key) FROM verdicts WHERE reading = r.key)
             GROUP BY r.model_id, r.version, r.sha256
             ORDER BY r.model_id, r.version, r.sha256",
        )
        .unwrap();
    let agreement: Vec<crate::Agreement> = statement
        .query_map([], |row| {
            Ok(crate::Agreement {
                model_id: row.get(0)?,
                version: row.get(1)?,
                sha256: row.get(2)?,
                verdicts: row.get(3)?,
                agreed: row.get(4)?,
                readings: row.get(5)?,
                not_assessed: row.get(6)?,
            })
        })
        .unwrap()
        .map(Result::unwrap)
        .collect();

    let mut statement = db
        .prepare(
            "SELECT r.model_id, r.version, r.sha256, s.modality, r.answer, v.agrees, v.class, x.scan
             FROM readings AS r
             JOIN scans AS s ON s.key = r.scan
             LEFT JOIN verdicts AS v ON v.key = (SELECT max(key) FROM verdicts WHERE reading = r.key)
             LEFT JOIN retractions AS x ON x.scan = s.key
             ORDER BY r.key",
        )
        .unwrap();
    let mut judged: BTreeMap<ModelVersion, Judged> = BTreeMap::new();
    let mut scores: BTreeMap<ModelVersion, Vec<f64>> = BTreeMap::new();
    let mut rows = statement.query([]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        let answer: Answer = sql::json(row, 4).unwrap();
        let Answer::Assessed {
            classes, urgency, ..
        } = &answer
        else {
            continue;
        };
        let score = urgency.unwrap().to_string().parse().unwrap();
        scores.entry(version(row)).or_default().push(score);
        let agrees: Option<bool> = row.get(5).unwrap();
        let gone: Option<i64> = row.get(7).unwrap();
        let (Some(agrees), None) = (agrees, gone) else {
            continue;
        };
        let of = judged.entry(version(row)).or_default();
        let said = answer.top().unwrap().to_owned();
        let words: Option<String> = row.get(6).unwrap();
        let doctor = if agrees { Some(said.clone()) } else { words };
        let doctor = doctor.filter(|key| classes.iter().any(|class| class.id == *key));
        *of.pairs.entry((said, doctor)).or_default() += 1;
        let (verdicts, agreed) = of.modalities.entry(row.get(3).unwrap()).or_default();
        (*verdicts, *agreed) = (*verdicts + 1, *agreed + u32::from(agrees));
        for class in classes {
            of.classes.insert(class.id.clone(), class.name.clone());
        }
    }
    (
        format!("{agreement:?}"),
        format!("{:?}", told(judged)),
        format!("{scores:?}"),
    )
}

/// The newest verdicts on the readings of a version, the newest first, with the number of the record that is
/// read for the patient now.
fn slow_rows(db: &Connection, model: &str, version: &str, agrees: bool) -> Vec<(Vec<u8>, String)> {
    let mut statement = db
        .prepare(
            "SELECT v.id, p.head FROM verdicts AS v JOIN readings AS r ON r.key = v.reading
             JOIN scans AS s ON s.key = r.scan JOIN patients AS p ON p.key = s.patient
             WHERE r.model_id = ?1 AND r.version = ?2 AND v.agrees = ?3
               AND v.key = (SELECT max(key) FROM verdicts WHERE reading = r.key)
             ORDER BY v.key DESC",
        )
        .unwrap();
    let rows = statement.query_map((model, version, agrees), |row| {
        let head: i64 = row.get(1)?;
        Ok((row.get(0)?, crate::record::patients::number(head)))
    });
    rows.unwrap().map(Result::unwrap).collect()
}

/// Every line, by its reading and the names of its version.
fn lines(db: &Connection) -> Vec<Vec<Value>> {
    let mut statement = db
        .prepare(
            "SELECT o.reading, m.model_id, m.version, m.sha256, o.modality, o.retracted, o.said, o.score,
                    o.verdict, o.agrees, o.doctor
             FROM outcomes AS o JOIN model_versions AS m ON m.key = o.model ORDER BY o.reading",
        )
        .unwrap();
    let rows = statement.query_map([], |row| (0..11).map(|at| row.get(at)).collect());
    rows.unwrap().map(Result::unwrap).collect()
}

/// Takes the lines away and lets the migration make them, as for a record that is older than they are.
fn as_migrated(db: &Connection) -> Vec<Vec<Value>> {
    let (_, part) = MIGRATION.split_once("-- Outcomes:").unwrap();
    db.execute_batch(
        "DROP TRIGGER readings_have_outcomes; DROP TRIGGER verdicts_make_outcomes_anew;
         DROP TRIGGER retractions_make_outcomes_anew; DROP VIEW outcomes_anew;
         DROP TABLE outcomes; DROP TABLE model_versions;",
    )
    .unwrap();
    db.execute_batch(&format!("--{part}")).unwrap();
    lines(db)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 12,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn figures_equal_the_statements_that_read_everything(steps in steps()) {
        let mut desk = Desk::new();
        desk.check();
        for step in &steps {
            if desk.take(step) {
                desk.check();
            }
        }
        desk.clinic.store().unwrap().with_writer(|db| {
            let kept = lines(db);
            assert_eq!(as_migrated(db), kept);
        });
        // What the migration left goes on counting.
        assert!((0..3).any(|patient| desk.take(&Step::Scan(patient))));
        assert!(desk.take(&Step::Read(desk.scans.len() - 1, 2, Some((3, 7)))));
        assert!(desk.take(&Step::Judge(desk.scans.len() - 1, Some(0), false, 1)));
        desk.check();
    }
}

#[test]
fn a_known_history_counts_as_it_reads() {
    let mut desk = Desk::new();
    let history = [
        Step::Scan(0),
        Step::Scan(1),
        // Equals: the first class was said.
        Step::Read(0, 0, Some((5, 5))),
        Step::Read(1, 0, Some((2, 8))),
        Step::Read(1, 0, None),
        Step::Judge(0, Some(0), false, 2),
        Step::Judge(1, Some(0), false, 3),
        Step::Judge(1, Some(1), true, 0),
        Step::Merge(0, 1),
        Step::Judge(0, Some(0), true, 0),
        Step::Unmerge(0),
        Step::Retract(1),
    ];
    for step in &history {
        assert!(desk.take(step), "{step:?}");
        desk.check();
    }
    let permit = desk.permit("ada", Permission::ReadStatistics);
    let agreement = desk.clinic.agreement(&permit).unwrap();
    let [one] = &agreement[..] else { panic!() };
    assert_eq!(
        (one.readings, one.not_assessed, one.verdicts, one.agreed),
        (3, 1, 3, 2)
    );
    let judged = desk.clinic.judged(&permit).unwrap();
    let of = judged.values().next().unwrap();
    let pair = ("a".to_owned(), Some("a".to_owned()));
    assert_eq!(of.pairs, BTreeMap::from([(pair, 1)]));
    assert_eq!(of.modalities, BTreeMap::from([("DX".to_owned(), (1, 1))]));
}

#[test]
fn a_share_is_the_nearest_rank() {
    assert_eq!(share(&[], 50), None);
    assert_eq!(share(&[7], 90), Some(7));
    let ten: Vec<u64> = (1..=10).collect();
    assert_eq!((share(&ten, 50), share(&ten, 90)), (Some(5), Some(9)));
}
