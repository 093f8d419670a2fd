//! How often clinicians agreed with a model: counts and intervals, never a name. A verdict is given with the
//! model's answer in sight, so agreement is not accuracy; the screen says so.

use std::collections::BTreeMap;

use ::clinic::{Agreement, Judged, ModelVersion};

use super::{
    ClassName, KappaView, PairCount, ShareView, VersionAgreement,
    figures::{kappa, wilson},
};
use crate::{dispatch::Call, error::CommandError};

pub(super) fn agreement(call: &Call<'_>, (): ()) -> Result<Vec<VersionAgreement>, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    clinic.note_read(permit, call.verb(), None)?;
    let mut judged = clinic.judged(permit)?;
    let versions = clinic.agreement(permit)?;
    Ok(versions
        .into_iter()
        .map(|row| {
            let version = ModelVersion {
                id: row.model_id.clone(),
                version: row.version.clone(),
                sha256: row.sha256.clone(),
            };
            told(row, judged.remove(&version).unwrap_or_default())
        })
        .collect())
}

fn told(row: Agreement, judged: Judged) -> VersionAgreement {
    let mut by_class: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    for ((said, doctor), count) in &judged.pairs {
        let (of, hits) = by_class.entry(said).or_default();
        *of += count;
        if doctor.as_ref() == Some(said) {
            *hits += count;
        }
    }
    let (of, hits) = judged
        .modalities
        .values()
        .fold((0, 0), |(of, hits), (more, agreed)| {
            (of + more, hits + agreed)
        });
    VersionAgreement {
        model_id: row.model_id,
        version: row.version,
        sha256: row.sha256,
        readings: row.readings,
        not_assessed: row.not_assessed,
        all: share("", None, of, hits),
        by_class: by_class
            .into_iter()
            .map(|(key, (of, hits))| share(key, judged.classes.get(key).cloned(), of, hits))
            .collect(),
        by_modality: judged
            .modalities
            .iter()
            .map(|(key, (of, hits))| share(key, None, *of, *hits))
            .collect(),
        kappa: beyond_chance(&judged),
        classes: judged
            .classes
            .iter()
            .map(|(id, name)| ClassName {
                id: id.clone(),
                name: name.clone(),
            })
            .collect(),
        pairs: judged
            .pairs
            .into_iter()
            .map(|((said, doctor), count)| PairCount {
                said,
                doctor,
                count,
            })
            .collect(),
    }
}

fn share(key: &str, name: Option<String>, of: u32, hits: u32) -> ShareView {
    let (low, high) = wilson(hits, of);
    ShareView {
        key: key.into(),
        name,
        of,
        hits,
        low,
        high,
    }
}

/// Over the verdicts that name a class of the model: own words are no class.
fn beyond_chance(judged: &Judged) -> Option<KappaView> {
    let classes: Vec<&String> = judged.classes.keys().collect();
    let count = |said: &str, doctor: &str| {
        let pair = (said.to_owned(), Some(doctor.to_owned()));
        judged.pairs.get(&pair).copied().unwrap_or(0)
    };
    let table: Vec<Vec<u32>> = classes
        .iter()
        .map(|said| classes.iter().map(|doctor| count(said, doctor)).collect())
        .collect();
    let found = kappa(&table)?;
    Some(KappaView {
        kappa: found.kappa,
        low: found.low,
        high: found.high,
        of: table.iter().flatten().sum(),
    })
}
