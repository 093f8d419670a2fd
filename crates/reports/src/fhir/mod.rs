//! A report as FHIR R4 (4.0.1): one bundle with patient, doctor, study, the model's answers, the report
//! and its signature – for a file, or for a server as a transaction that may be posted again.

mod build;
mod failure;
mod narrative;
mod observations;
mod papers;
mod server;
mod types;

use serde::Serialize;
use serde_json::Value;

pub use self::{
    failure::{Failure, Issue},
    server::{Capability, FhirServer, Posted, post},
};
use crate::{Document, Error, Result, Signed, State};
use types::{Bundle, Entry, Request, Resource};

/// What goes with the document.
#[derive(Clone, Copy, Default)]
pub struct Attached<'a> {
    /// The sealed PDF. Its passphrase is never part of a bundle.
    pub pdf: Option<&'a [u8]>,
    /// The clinic's signature; with it goes the canonical document that it signs.
    pub signed: Option<&'a Signed>,
}

/// A signed report as a bundle of type `collection`, for a file.
///
/// # Errors
/// [`Error::Unsigned`] for a draft: what nobody signed does not leave the workstation.
pub fn bundle(document: &Document, attached: &Attached<'_>) -> Result<Value> {
    let resources = resources(document, attached)?;
    let entry = resources.into_iter().map(|made| Entry {
        full_url: made.url,
        resource: made.resource,
        request: None,
    });
    json(&Bundle::new("collection", entry.collect()))
}

/// A signed report as a bundle of type `transaction`. Everything in it is found again by its identifier:
/// posting it twice makes nothing twice, and a later revision changes the report of the earlier one.
///
/// # Errors
/// [`Error::Unsigned`] for a draft.
pub fn transaction(document: &Document, attached: &Attached<'_>) -> Result<Value> {
    let resources = resources(document, attached)?;
    let entry = resources.into_iter().map(|made| Entry {
        full_url: made.url,
        resource: made.resource,
        request: Some(made.request),
    });
    json(&Bundle::new("transaction", entry.collect()))
}

/// A resource with its place in the bundle and the way it gets onto a server.
struct Made {
    url: String,
    resource: Resource,
    request: Request,
}

fn resources(document: &Document, attached: &Attached<'_>) -> Result<Vec<Made>> {
    if document.state == State::Draft || document.signatures.is_empty() {
        return Err(Error::Unsigned);
    }
    build::resources(document, attached)
}

fn json(bundle: &impl Serialize) -> Result<Value> {
    serde_json::to_value(bundle).map_err(|_| Error::NotCanonical)
}
