//! Readings in the background: from a sealed scan to a kept reading, with progress and cancel.

use std::time::Instant;

use ::clinic::{
    ActiveSession, Answer, ClassResult, ClinicError, Gate, Hold, Maps, Millis, ModelRef,
    NewReading, Permission, Permit, authorize,
};
use ::reading::{AnyError, Assessed, Facts, Job, Loaded, Outcome, Progress, Role, Shelf};
use basics::{JobId, ReadingId, ScanId};

use super::{
    ReadScanRequest, ReadingProgress, ReadingStage, measured, models,
    series::{self, Kept, boxed},
};
use crate::{
    dispatch::Call,
    error::{CommandError, view_of},
    imaging::JobRequest,
    table::Tag,
    workstation::{Workstation, lock},
};

/// A reading in hand.
pub(crate) struct Running {
    pub(crate) window: String,
    pub(crate) scan: ScanId,
}

/// Goes before what an import put in the line.
const ASKED_FOR: u8 = 1;
const FROM_IMPORT: u8 = 0;

pub(super) fn start(
    call: &Call<'_>,
    request: ReadScanRequest,
) -> Result<ReadingProgress, CommandError> {
    let session = call.active()?;
    let on = models::enabled(call.inner(), &session)?;
    let packs = match request.model_id {
        None => on,
        Some(id) if on.contains(&id) => vec![id],
        Some(_) => return Err(CommandError::NotFound { what: "model" }),
    };
    let wanted = Wanted {
        job: request.job,
        scan: request.scan_id,
        frame: request.frame,
        packs,
        priority: ASKED_FOR,
    };
    submit(call.workstation, call.window, call.permit()?, wanted)?;
    let stage = ReadingStage::Queued;
    Ok(ReadingProgress {
        job: request.job,
        scan_id: request.scan_id,
        stage,
    })
}

pub(super) fn cancel(call: &Call<'_>, request: JobRequest) -> Result<(), CommandError> {
    // Only one's own window's work.
    let own = lock(&call.inner().running)
        .get(&request.job)
        .is_some_and(|running| running.window == call.window);
    if own {
        call.inner().models()?.queue.cancel(request.job);
    }
    Ok(())
}

/// Has a freshly imported scan read by the packs that are on.
pub(crate) fn after_import(
    workstation: &Workstation,
    window: &str,
    session: &ActiveSession,
    packs: &[String],
    scan: ScanId,
) {
    let wanted = Wanted {
        job: JobId::new(),
        scan,
        frame: 0,
        packs: packs.to_vec(),
        priority: FROM_IMPORT,
    };
    let submitted = authorize(session, Permission::RunReadings)
        .map_err(CommandError::from)
        .and_then(|permit| submit(workstation, window, &permit, wanted));
    if let Err(error) = submitted {
        tracing::warn!(%scan, %error, "an imported scan was not put in the line");
    }
}

struct Wanted {
    job: JobId,
    scan: ScanId,
    frame: u32,
    packs: Vec<String>,
    priority: u8,
}

fn submit(
    workstation: &Workstation,
    window: &str,
    permit: &Permit,
    wanted: Wanted,
) -> Result<(), CommandError> {
    let Wanted {
        job,
        scan,
        frame,
        packs,
        priority,
    } = wanted;
    let inner = &workstation.inner;
    let clinic = inner.clinic()?;
    // The permit must reach this scan now, not only when its turn comes.
    clinic.scan(permit, scan)?;
    let models = inner.models()?;
    models.runtime.clone()?;
    let hold = clinic.hold()?;
    let running = Running {
        window: window.into(),
        scan,
    };
    lock(&inner.running).insert(job, running);
    let load = {
        let (clinic, permit) = (clinic.clone(), permit.clone());
        move || load(&clinic, &permit, scan, frame)
    };
    let series = Kept {
        clinic,
        permit: permit.clone(),
        scan,
        frame,
    };
    let tell = {
        let (workstation, permit) = (workstation.clone(), permit.clone());
        move |progress| tell(&workstation, &permit, job, frame, &hold, progress)
    };
    let submitted = models.queue.submit(Job {
        id: job,
        priority,
        packs,
        load: Box::new(load),
        series: Some(Box::new(series)),
        tell: Box::new(tell),
    });
    if submitted.is_err() {
        lock(&inner.running).remove(&job);
    }
    submitted?;
    Ok(())
}

fn load(
    clinic: &::clinic::Clinic,
    permit: &Permit,
    scan: ScanId,
    frame: u32,
) -> Result<Loaded, AnyError> {
    let started = Instant::now();
    let picture = series::open(clinic, permit, scan)?;
    let facts = Facts::of_frame(&picture, frame).map_err(boxed)?;
    let plane = picture.model_plane(frame).map_err(boxed)?;
    Ok(Loaded {
        rows: plane.rows,
        columns: plane.columns,
        values: plane.values,
        facts,
        decode_ms: started.elapsed().as_secs_f64() * 1e3,
    })
}

fn tell(
    workstation: &Workstation,
    permit: &Permit,
    job: JobId,
    frame: u32,
    _hold: &Hold,
    progress: Progress,
) {
    let inner = &workstation.inner;
    let Some((window, scan)) = lock(&inner.running)
        .get(&job)
        .map(|running| (running.window.clone(), running.scan))
    else {
        return;
    };
    let stage = match progress {
        Progress::Running => ReadingStage::Running,
        Progress::Cancelled => ReadingStage::Cancelled,
        Progress::Failed(error) => ReadingStage::Failed {
            problem: view_of(&*error),
        },
        Progress::Done(outcome) => match keep(workstation, permit, scan, frame, *outcome) {
            Ok(reading_id) => ReadingStage::Done { reading_id },
            Err(error) => ReadingStage::Failed {
                problem: error.into(),
            },
        },
    };
    if !matches!(stage, ReadingStage::Running) {
        lock(&inner.running).remove(&job);
    }
    if matches!(stage, ReadingStage::Done { .. }) {
        inner.changed(&[Tag::Worklist, Tag::Scan, Tag::Chart, Tag::Agreement]);
    }
    inner.tell(
        &window,
        "reading.progress",
        &ReadingProgress {
            job,
            scan_id: scan,
            stage,
        },
    );
}

/// Writes the reading and its maps; durable when this returns.
fn keep(
    workstation: &Workstation,
    permit: &Permit,
    scan: ScanId,
    frame: u32,
    outcome: Outcome,
) -> Result<ReadingId, CommandError> {
    let models = workstation.inner.models()?;
    let reading = stored(&models.shelf, scan, frame, outcome)?;
    let kept =
        workstation
            .inner
            .clinic()?
            .write::<_, ClinicError>(permit, "reading.keep", |change| {
                change.add_reading(&reading)
            })?;
    Ok(kept.id)
}

fn stored(
    shelf: &Shelf,
    scan_id: ScanId,
    frame: u32,
    outcome: Outcome,
) -> Result<NewReading, CommandError> {
    // Where no pack reads this kind, it was the gate that answered; where none was asked, any would refuse.
    let model = match outcome.model.or(outcome.gate.model) {
        Some(model) => model,
        None => shelf
            .packs()
            .filter_map(|pack| pack.card().ok())
            .find(|card| card.role == Role::Gate)
            .map(::reading::Card::model_ref)
            .ok_or(CommandError::NotFound { what: "model" })?,
    };
    let (answer, maps) = match outcome.answer {
        ::reading::Answer::NotAssessed { reason } => (
            Answer::NotAssessed {
                reason: reason.key().into(),
            },
            None,
        ),
        ::reading::Answer::Assessed(assessed) => {
            let maps = maps(&assessed);
            (answer(assessed), maps)
        }
    };
    Ok(NewReading {
        scan_id,
        frame,
        model: ModelRef {
            id: model.id,
            name: model.name,
            version: model.version,
            sha256: model.sha256,
            research_only: model.research_only,
        },
        gate: Gate {
            kind: outcome.gate.kind.key().into(),
            confidence: outcome.gate.confidence,
            quality: outcome
                .gate
                .quality
                .iter()
                .map(|remark| remark.key().into())
                .collect(),
        },
        answer,
        maps,
        ms: Millis {
            decode: outcome.ms.decode,
            model: outcome.ms.gate + outcome.ms.model,
            total: outcome.ms.total,
        },
    })
}

fn answer(assessed: Assessed) -> Answer {
    let because = assessed
        .findings
        .iter()
        .find(|finding| finding.id == assessed.because)
        .map_or_else(String::new, |finding| finding.name.clone());
    let classes = assessed
        .findings
        .into_iter()
        .map(|finding| ClassResult {
            map_empty: finding.map.is_empty(),
            id: finding.id,
            name: finding.name,
            probability: finding.probability,
            lower: finding.lower,
            upper: finding.upper,
            band: finding.band.map(|band| match band {
                ::reading::Band::Below => ::clinic::Band::Below,
                ::reading::Band::Indeterminate => ::clinic::Band::Indeterminate,
                ::reading::Band::Above => ::clinic::Band::Above,
            }),
            abnormal: finding.abnormal,
        })
        .collect();
    Answer::Assessed {
        classes,
        urgency: assessed.urgency,
        because,
        measured: assessed.measured.map(measured::kept),
    }
}

fn maps(assessed: &Assessed) -> Option<Maps> {
    let first = &assessed.findings.first()?.map;
    // What follows from figures has no map.
    (first.rows > 0).then_some(())?;
    Some(Maps {
        classes: u32::try_from(assessed.findings.len()).ok()?,
        rows: first.rows,
        columns: first.columns,
        values: assessed
            .findings
            .iter()
            .flat_map(|f| f.map.values.iter().copied())
            .collect(),
    })
}
