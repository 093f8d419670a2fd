//! Handlers of the figures.

use ::clinic::{Clinic, Counted, Happening, Period, Permit, TURNAROUND_LIMITS, Turnaround};
use basics::Timestamp;
use jiff::{SignedDuration, Zoned, tz::TimeZone};

use super::{
    AccountCountView, AdministratorHome, BucketView, ClassCountView, CountedRowView,
    CountedRowsPage, CountedRowsRequest, FigureView, StatisticsRequest, StatisticsView, Step,
    TurnaroundBand, TurnaroundView, calendar,
};
use crate::{dispatch::Call, error::CommandError};

/// What the home looks back at.
const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);
const DAYS: u32 = 30;

pub(super) fn home(call: &Call<'_>, (): ()) -> Result<AdministratorHome, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    clinic.note_read(permit, call.verb(), None)?;
    let now = call.inner().clock.now();
    let since = now.saturating_sub(WEEK).map_err(|_| CommandError::Defect)?;
    let edges = calendar::edges(now, DAYS, Step::Day, &TimeZone::system())?;
    let reviews = clinic.openings_waiting(permit)?;
    let waiting = clinic.waiting_scans(permit)?;
    let week = Period {
        from: since,
        to: Timestamp::MAX,
    };
    let (refused, failed) = clinic.unsuccessful(permit, week)?;
    let accounts = clinic.account_counts(permit)?;
    Ok(AdministratorHome {
        reviews: reviews.waiting,
        reviews_overdue: reviews.overdue,
        waiting: waiting.scans,
        waiting_since: waiting.since,
        refused,
        failed,
        since,
        people: accounts.iter().map(|one| one.enabled).sum(),
        signed_in: u32::try_from(clinic.signed_in(permit)?.len()).unwrap_or(u32::MAX),
        scans: buckets(&clinic, permit, Happening::Scans, &edges)?,
        turnaround: clinic.turnaround(permit, whole(&edges))?.into(),
    })
}

pub(super) fn view(
    call: &Call<'_>,
    request: StatisticsRequest,
) -> Result<StatisticsView, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    clinic.note_read(permit, call.verb(), None)?;
    let now = call.inner().clock.now();
    let edges = calendar::edges(now, request.steps, request.step, &TimeZone::system())?;
    let period = whole(&edges);
    Ok(StatisticsView {
        from: period.from,
        to: period.to,
        scans: buckets(&clinic, permit, Happening::Scans, &edges)?,
        consultations: buckets(&clinic, permit, Happening::Consultations, &edges)?,
        reports: buckets(&clinic, permit, Happening::Reports, &edges)?,
        classes: clinic
            .reading_classes(permit, period)?
            .into_iter()
            .map(|one| ClassCountView {
                model_id: one.model_id,
                version: one.version,
                class: one.class,
                readings: one.readings,
            })
            .collect(),
        turnaround: clinic.turnaround(permit, period)?.into(),
        accounts: clinic
            .account_counts(permit)?
            .into_iter()
            .map(|one| AccountCountView {
                role: one.role.into(),
                enabled: one.enabled,
                disabled: one.disabled,
                removed: one.removed,
            })
            .collect(),
    })
}

pub(super) fn rows(
    call: &Call<'_>,
    request: CountedRowsRequest,
) -> Result<CountedRowsPage, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    clinic.note_read(permit, call.verb(), None)?;
    let period = Period {
        from: request.from,
        to: request.to,
    };
    let (counted, limit) = (request.counted.into(), request.limit.clamp(1, 200));
    let page = clinic.counted(permit, &counted, period, request.cursor.as_deref(), limit)?;
    Ok(CountedRowsPage {
        rows: page
            .rows
            .into_iter()
            .map(|row| CountedRowView {
                kind: row.kind.into(),
                id: row.id,
                at: row.at,
                patient_number: row.patient_number,
                what: row.what,
                ms: row.ms,
            })
            .collect(),
        next: page.next,
    })
}

fn buckets(
    clinic: &Clinic,
    permit: &Permit,
    what: Happening,
    edges: &[Zoned],
) -> Result<Vec<BucketView>, CommandError> {
    let moments: Vec<Timestamp> = edges.iter().map(Zoned::timestamp).collect();
    let counts = clinic.happened(permit, what, &moments)?;
    Ok(edges
        .iter()
        .zip(moments.windows(2))
        .zip(counts)
        .map(|((first, pair), count)| BucketView {
            day: first.date().to_string(),
            from: pair[0],
            to: pair[1],
            count,
        })
        .collect())
}

fn whole(edges: &[Zoned]) -> Period {
    let moment = |edge: Option<&Zoned>| edge.map_or(Timestamp::MIN, Zoned::timestamp);
    Period {
        from: moment(edges.first()),
        to: moment(edges.last()),
    }
}

impl From<Turnaround> for TurnaroundView {
    fn from(times: Turnaround) -> Self {
        let limits = TURNAROUND_LIMITS.map(Some);
        let over = [None].into_iter().chain(limits);
        let up_to = limits.into_iter().chain([None]);
        Self {
            reports: times.reports,
            median_ms: times.median_ms,
            p90_ms: times.p90_ms,
            bands: over
                .zip(up_to)
                .zip(times.counts)
                .map(|((over_ms, up_to_ms), count)| TurnaroundBand {
                    over_ms,
                    up_to_ms,
                    count,
                })
                .collect(),
        }
    }
}

impl From<FigureView> for Counted {
    fn from(counted: FigureView) -> Self {
        match counted {
            FigureView::Scans => Self::Scans,
            FigureView::Waiting => Self::Waiting,
            FigureView::Consultations => Self::Consultations,
            FigureView::Readings {
                model_id,
                version,
                class,
            } => Self::Readings {
                model_id,
                version,
                class,
            },
            FigureView::Verdicts {
                model_id,
                version,
                agrees,
            } => Self::Verdicts {
                model_id,
                version,
                agrees,
            },
            FigureView::Reports { over_ms, up_to_ms } => Self::Reports { over_ms, up_to_ms },
        }
    }
}
