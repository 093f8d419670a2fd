//! Model packs: what is on the shelf, what its card says, what is switched on.

use ::clinic::{ActiveSession, ModelSwitch, Permission, authorize};
use ::reading::{Card, Role, Shelved, State};

use super::{
    CardView, EnableModelRequest, MetricView, ModelRequest, ModelState, ModelView, SourceView,
};
use crate::{dispatch::Call, error::CommandError, table::commands, workstation::Inner};

commands! {
    /// Lists the model packs.
    "models.list": list, (()) -> Vec<ModelView>,
        SignedIn, Quiet("models.list"), provides [Models], stales [];
    /// Shows a pack's card.
    "models.card": card, (ModelRequest) -> CardView,
        SignedIn, Quiet("models.card"), provides [Models], stales [];
    /// Switches a pack on or off; a research licence must be accepted.
    "models.enable": enable, (EnableModelRequest) -> ModelView,
        Permission(May::ManageSettings), Write("models.enable"),
        provides [], stales [Models, Setup, Scan];
}

/// The packs as the wizard offers them, before there is a clinic.
pub(crate) fn offer(inner: &Inner) -> Result<Vec<ModelView>, CommandError> {
    let models = inner.models()?;
    Ok(readers(models.shelf.packs())
        .map(|pack| view(pack, &[]))
        .collect())
}

/// Whether a pack may be switched on as chosen.
pub(crate) fn check_choice(inner: &Inner, id: &str, accepted: bool) -> Result<(), CommandError> {
    let card = inner.models()?.shelf.pack(id)?.card()?;
    if card.research_only && !accepted {
        return Err(CommandError::LicenceNotAccepted);
    }
    Ok(())
}

/// Switches a pack for exactly the model file that is there now.
pub(crate) fn switch(
    inner: &Inner,
    session: &ActiveSession,
    id: &str,
    enabled: bool,
    accepted: bool,
) -> Result<(), CommandError> {
    if enabled {
        check_choice(inner, id, accepted)?;
    }
    let card = inner.models()?.shelf.pack(id)?.card()?;
    let permit = authorize(session, Permission::ManageSettings)?;
    inner.clinic()?.write(&permit, "models.enable", |change| {
        Ok(change.switch_model(id, &card.model.sha256, enabled, accepted)?)
    })
}

/// Packs that read now, the default ones first.
pub(crate) fn enabled(inner: &Inner, session: &ActiveSession) -> Result<Vec<String>, CommandError> {
    let switches = inner.clinic()?.model_switches(session)?;
    let models = inner.models()?;
    let mut packs: Vec<&Card> = readers(models.shelf.packs())
        .filter_map(|pack| pack.card().ok())
        .filter(|card| is_on(card, &switches))
        .collect();
    packs.sort_by_key(|card| !card.default);
    Ok(packs.into_iter().map(|card| card.id.clone()).collect())
}

fn list(call: &Call<'_>, (): ()) -> Result<Vec<ModelView>, CommandError> {
    let switches = call.clinic()?.model_switches(&call.active()?)?;
    let models = call.inner().models()?;
    Ok(readers(models.shelf.packs())
        .map(|pack| view(pack, &switches))
        .collect())
}

fn card(call: &Call<'_>, request: ModelRequest) -> Result<CardView, CommandError> {
    let switches = call.clinic()?.model_switches(&call.active()?)?;
    card_of(call.inner(), &request.id, &switches)
}

/// What a pack's card says.
pub(crate) fn card_of(
    inner: &Inner,
    id: &str,
    switches: &[ModelSwitch],
) -> Result<CardView, CommandError> {
    let pack = inner.models()?.shelf.pack(id)?;
    let card = pack.card()?;
    Ok(CardView {
        model: view(pack, switches),
        not_for: card.not_for.clone(),
        sources: card
            .sources
            .iter()
            .map(|source| SourceView {
                name: source.name.clone(),
                licence: source.licence.clone(),
                images: source.train + source.val + source.test,
            })
            .collect(),
        metrics: card
            .metrics
            .iter()
            .map(|metric| MetricView {
                name: metric.name.clone(),
                set: metric.set.clone(),
                n: metric.n,
                value: metric.value,
                low: metric.low,
                high: metric.high,
            })
            .collect(),
        failure_groups: card.failures.clone(),
        calibrated: Some(card.calibration.date.clone()),
        markdown: pack.model_card(),
    })
}

fn enable(call: &Call<'_>, request: EnableModelRequest) -> Result<ModelView, CommandError> {
    let session = call.active()?;
    switch(
        call.inner(),
        &session,
        &request.id,
        request.enabled,
        request.accept_licence,
    )?;
    let switches = call.clinic()?.model_switches(&session)?;
    Ok(view(
        call.inner().models()?.shelf.pack(&request.id)?,
        &switches,
    ))
}

/// The packs that a person can choose: all but gates, and those whose card cannot be read.
fn readers<'a>(packs: impl Iterator<Item = &'a Shelved>) -> impl Iterator<Item = &'a Shelved> {
    packs.filter(|pack| pack.card().map_or(true, |card| card.role != Role::Gate))
}

/// An open licence stays accepted when the pack is renewed; a research licence was accepted for one
/// file. A pack that nobody switched reads if it is a default one with an open licence.
fn is_on(card: &Card, switches: &[ModelSwitch]) -> bool {
    match switches.iter().find(|switch| switch.id == card.id) {
        None => card.default && !card.research_only,
        Some(said) if card.research_only => {
            said.enabled && said.licence_accepted && said.sha256 == card.model.sha256
        }
        Some(said) => said.enabled,
    }
}

fn view(pack: &Shelved, switches: &[ModelSwitch]) -> ModelView {
    let state = match pack.state() {
        State::Ready => ModelState::Ready,
        State::Unusable(error) => ModelState::Unusable {
            problem: error.into(),
        },
    };
    match pack.card() {
        Ok(card) => ModelView {
            id: card.id.clone(),
            name: card.name.clone(),
            version: card.version.clone(),
            sha256: card.model.sha256.clone(),
            reads: card.reads.key().into(),
            classes: card.labels.iter().map(|label| label.name.clone()).collect(),
            intended_use: card.intended_use.clone(),
            licence: card.licence.clone(),
            research_only: card.research_only,
            state,
            enabled: is_on(card, switches),
            default: card.default,
        },
        // A card that cannot be read says nothing; the state says why.
        Err(_) => ModelView {
            id: pack.id().into(),
            name: pack.id().into(),
            version: String::new(),
            sha256: String::new(),
            reads: String::new(),
            classes: Vec::new(),
            intended_use: String::new(),
            licence: String::new(),
            research_only: true,
            state,
            enabled: false,
            default: false,
        },
    }
}
