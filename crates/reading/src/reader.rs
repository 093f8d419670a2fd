//! One worker's sessions, and the way from a film to an outcome.

use std::{collections::BTreeMap, sync::Arc, time::Instant};

use crate::{
    card::Card,
    error::{Error, Result},
    facts::Facts,
    gate,
    input::{Film, squash},
    outcome::{Answer, Assessed, Finding, GateVerdict, Kind, Millis, Outcome, Reason},
    pack::{Loaded, Run},
    shelf::Shelf,
};

/// Reads films. It holds a session of the gate and of every pack it has used; each worker has one.
pub struct Reader {
    shelf: Arc<Shelf>,
    threads: usize,
    gate: Loaded,
    packs: BTreeMap<String, Loaded>,
}

impl Reader {
    /// A reader whose runs use this many threads. The gate must be usable: without it nothing is read.
    pub fn open(shelf: &Arc<Shelf>, threads: usize) -> Result<Self> {
        let gate = shelf.gate()?.load(threads)?;
        Ok(Self {
            shelf: Arc::clone(shelf),
            threads,
            gate,
            packs: BTreeMap::new(),
        })
    }

    /// Loads these packs now, so that the first film does not wait for it.
    pub fn warm(&mut self, packs: &[String]) -> Result<()> {
        packs.iter().try_for_each(|id| self.loaded(id).map(|_| ()))
    }

    /// Reads one film with the first of `packs` that reads its kind.
    ///
    /// An error means that the gate or the pack does not work; everything about the film itself is
    /// an [`Outcome`].
    pub fn read(&mut self, film: &Film<'_>, facts: &Facts, packs: &[String]) -> Result<Outcome> {
        let started = Instant::now();
        if let Some(reason) = self.refused_by_header(facts, packs) {
            let gate = GateVerdict {
                kind: Kind::Other,
                confidence: 0.0,
                quality: Vec::new(),
            };
            return Ok(refusal(gate, reason, None, Millis::default()));
        }
        let (verdict, refused) = gate::examine(&mut self.gate, film)?;
        let gate_ms = ms(started);
        let timed = |model: f64| Millis {
            gate: gate_ms,
            model,
            total: ms(started),
            decode: 0.0,
        };
        let pack = self
            .shelf
            .reading(verdict.kind, packs)
            .map(|pack| pack.id().to_owned());
        let model = match &pack {
            Some(id) => Some(self.shelf.pack(id)?.card()?.model_ref()),
            None => None,
        };
        let reason = refused
            .or_else(|| facts.refuse(verdict.kind))
            .or_else(|| pack.is_none().then_some(Reason::NoModelForKind));
        let (None, Some(id)) = (reason, pack) else {
            let reason = reason.unwrap_or(Reason::NoModelForKind);
            return Ok(refusal(verdict, reason, model, timed(0.0)));
        };
        let model_started = Instant::now();
        let loaded = self.loaded(&id)?;
        let picture = squash(film, loaded.pack.card.model.size)?;
        let run = loaded.run(&picture)?;
        let card = &loaded.pack.card;
        let far = card
            .outlier
            .as_ref()
            .zip(run.outlier)
            .is_some_and(|(o, s)| s > o.threshold);
        if far {
            let ms = timed(ms(model_started));
            return Ok(refusal(verdict, Reason::OutOfDistribution, model, ms));
        }
        let assessed = assess(card, run);
        let ms = timed(ms(model_started));
        Ok(Outcome {
            gate: verdict,
            answer: Answer::Assessed(assessed),
            model,
            ms,
        })
    }

    /// A header may rule out every kind that the packs read; then no network is asked.
    fn refused_by_header(&self, facts: &Facts, packs: &[String]) -> Option<Reason> {
        let mut first = None;
        for pack in packs.iter().filter_map(|id| self.shelf.pack(id).ok()) {
            let reason = facts.refuse(pack.card().ok()?.reads)?;
            first = first.or(Some(reason));
        }
        first
    }

    fn loaded(&mut self, id: &str) -> Result<&mut Loaded> {
        if !self.packs.contains_key(id) {
            let loaded = self.shelf.pack(id)?.load(self.threads)?;
            self.packs.insert(id.to_owned(), loaded);
        }
        self.packs
            .get_mut(id)
            .ok_or_else(|| Error::NoSuchPack { id: id.to_owned() })
    }
}

fn assess(card: &Card, run: Run) -> Assessed {
    let mut findings = Vec::with_capacity(card.labels.len());
    let (mut urgency, mut most, mut because) = (0.0, f32::NEG_INFINITY, String::new());
    for ((label, probability), map) in card.labels.iter().zip(run.probabilities).zip(run.maps) {
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
        findings,
        urgency: urgency.clamp(0.0, 1.0),
        because,
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
