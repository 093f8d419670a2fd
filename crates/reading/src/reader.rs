//! One worker's sessions, and the way from a film to an outcome.

use std::{collections::BTreeMap, sync::Arc, time::Instant};

use crate::{
    card::{Card, Role},
    error::{Error, Result},
    facts::Facts,
    gate,
    input::{Film, squash},
    measure::{self, Cache, Measured, Series, Told},
    outcome::{Answer, Assessed, Finding, GateVerdict, Grid, Kind, Millis, Outcome, Reason},
    pack::Loaded,
    shelf::Shelf,
};

/// Reads films. It holds a session of the gate and of every pack it has used; each worker has one.
pub struct Reader {
    shelf: Arc<Shelf>,
    sessions: Sessions,
    outlined: Cache,
}

/// Gates and packs by id.
struct Sessions {
    threads: usize,
    open: BTreeMap<String, Loaded>,
}

impl Reader {
    /// A reader whose runs use this many threads. The gate must be usable: without it nothing is read.
    pub fn open(shelf: &Arc<Shelf>, threads: usize) -> Result<Self> {
        let mut sessions = Sessions {
            threads,
            open: BTreeMap::new(),
        };
        let gate = shelf.gate(&[])?.id().to_owned();
        sessions.loaded(shelf, &gate)?;
        Ok(Self {
            shelf: Arc::clone(shelf),
            sessions,
            outlined: Cache::default(),
        })
    }

    /// Loads these packs now, so that the first film does not wait for it.
    pub fn warm(&mut self, packs: &[String]) -> Result<()> {
        let mut load = |id: &String| self.sessions.loaded(&self.shelf, id).map(|_| ());
        packs.iter().try_for_each(&mut load)
    }

    /// Reads one film with the first of `packs` that reads its kind.
    ///
    /// An error means that the gate or the pack does not work; everything about the film itself is
    /// an [`Outcome`].
    pub fn read(&mut self, film: &Film<'_>, facts: &Facts, packs: &[String]) -> Result<Outcome> {
        let read = self.read_in_series(film, facts, packs, None, &|| false)?;
        // Nobody cancelled.
        read.ok_or(Error::Refused)
    }

    /// The same for a film that belongs to a series, which a pack that measures then measures; none where
    /// somebody cancelled.
    pub fn read_in_series(
        &mut self,
        film: &Film<'_>,
        facts: &Facts,
        packs: &[String],
        series: Option<&mut dyn Series>,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Option<Outcome>> {
        let started = Instant::now();
        if let Some(reason) = self.refused_by_header(facts, packs) {
            let gate = GateVerdict {
                kind: Kind::Other,
                confidence: 0.0,
                quality: Vec::new(),
                model: None,
            };
            return Ok(Some(refusal(gate, reason, None, Millis::default())));
        }
        let gate = self.shelf.gate(packs)?.id();
        let (verdict, refused) = gate::examine(self.sessions.loaded(&self.shelf, gate)?, film)?;
        let gate_ms = ms(started);
        let timed = |model: f64| Millis {
            gate: gate_ms,
            model,
            total: ms(started),
            decode: 0.0,
        };
        let card = match self.shelf.reading(verdict.kind, packs) {
            Some(pack) => Some(pack.card()?),
            None => None,
        };
        let model = card.map(Card::model_ref);
        let role = card.map_or(Role::Classifier, |card| card.role);
        let reason = refused
            .or_else(|| facts.refuse(verdict.kind, role))
            .or_else(|| card.is_none().then_some(Reason::NoModelForKind));
        let (None, Some(card)) = (reason, card) else {
            let reason = reason.unwrap_or(Reason::NoModelForKind);
            return Ok(Some(refusal(verdict, reason, model, timed(0.0))));
        };
        let model_started = Instant::now();
        let loaded = self.sessions.loaded(&self.shelf, &card.id)?;
        let answer = match role {
            Role::Measure => {
                let picture = (film, facts);
                let told =
                    measure::measure(loaded, &mut self.outlined, picture, series, cancelled)?;
                match told {
                    None => return Ok(None),
                    Some(Told::Far) => None,
                    Some(Told::Measured(measured, probabilities)) => {
                        Some(derived(card, probabilities, measured))
                    }
                }
            }
            Role::Gate | Role::Classifier => {
                let run = loaded.run(&squash(film, card.model.size)?)?;
                (!card.is_far(&run)).then(|| assess(card, run.probabilities, run.maps))
            }
        };
        let ms = timed(ms(model_started));
        Ok(Some(match answer {
            None => refusal(verdict, Reason::OutOfDistribution, model, ms),
            Some(assessed) => Outcome {
                gate: verdict,
                answer: Answer::Assessed(assessed),
                model,
                ms,
            },
        }))
    }

    /// A header may rule out every kind that the packs read; then no network is asked.
    fn refused_by_header(&self, facts: &Facts, packs: &[String]) -> Option<Reason> {
        let mut first = None;
        for pack in packs.iter().filter_map(|id| self.shelf.pack(id).ok()) {
            let card = pack.card().ok()?;
            let reason = facts.refuse(card.reads, card.role)?;
            first = first.or(Some(reason));
        }
        first
    }
}

impl Sessions {
    fn loaded(&mut self, shelf: &Shelf, id: &str) -> Result<&mut Loaded> {
        if !self.open.contains_key(id) {
            let loaded = shelf.pack(id)?.load(self.threads)?;
            self.open.insert(id.to_owned(), loaded);
        }
        self.open
            .get_mut(id)
            .ok_or_else(|| Error::NoSuchPack { id: id.to_owned() })
    }
}

/// Of a series: classes only where it was measured, and no maps, because they follow from figures.
fn derived(card: &Card, probabilities: Vec<f32>, measured: Measured) -> Assessed {
    let maps = vec![Grid::default(); probabilities.len()];
    Assessed {
        measured: Some(measured),
        ..assess(card, probabilities, maps)
    }
}

fn assess(card: &Card, probabilities: Vec<f32>, maps: Vec<Grid>) -> Assessed {
    let mut findings = Vec::with_capacity(card.labels.len());
    let (mut urgency, mut most, mut because) = (0.0, f32::NEG_INFINITY, String::new());
    for ((label, probability), map) in card.labels.iter().zip(probabilities).zip(maps) {
        let weight = if label.abnormal {
            label.urgency * probability
        } else {
            0.0
        };
        urgency += weight;
        if label.abnormal && weight > most {
            (most, because) = (weight, label.id.clone());
        }
        findings.push(Finding {
            id: label.id.clone(),
            name: label.name.clone(),
            probability,
            lower: label.thresholds.map(|[lower, _]| lower),
            upper: label.thresholds.map(|[_, upper]| upper),
            band: label.band(probability),
            abnormal: label.abnormal,
            map,
        });
    }
    Assessed {
        urgency: (!findings.is_empty()).then(|| urgency.clamp(0.0, 1.0)),
        findings,
        because,
        measured: None,
    }
}

fn refusal(
    gate: GateVerdict,
    reason: Reason,
    model: Option<crate::ModelRef>,
    ms: Millis,
) -> Outcome {
    Outcome {
        gate,
        answer: Answer::NotAssessed { reason },
        model,
        ms,
    }
}

fn ms(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1e3
}
