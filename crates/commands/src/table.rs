//! The command table: one row for each thing a person can do.
//!
//! A row names its request and response, the permission it needs, the verb under which the journal
//! keeps it, and the cache tags it provides or makes stale. The [`commands!`] macro asks for all of
//! them: a row without a permission does not compile.

use serde::Serialize;
use serde_json::Value;
use ts_rs::TS;

use crate::{bindings::Types, dispatch::Call, error::CommandError};

/// Who may call a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Anybody in front of the workstation: setting up, signing in.
    Nobody,
    /// Whoever is signed in, also while the window is locked.
    SignedIn,
    /// A role that has this permission.
    Permission(clinic::Permission),
}

/// How the journal keeps a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// Changes the record: the change and the journal's row are one transaction.
    Write(&'static str),
    /// Shows something: kept once for each person, subject and view, before the answer leaves.
    Read(&'static str),
    /// Concerns no record; refusals are kept all the same.
    Quiet(&'static str),
}

/// What a cached answer is about; writes name what they make stale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Tag {
    /// This window's session.
    Session,
    /// The workstation's set-up.
    Setup,
    /// Accounts.
    Users,
    /// Lists of patients.
    Patients,
    /// A patient's chart.
    Chart,
    /// The worklist.
    Worklist,
    /// A scan in the reading room.
    Scan,
    /// Running imports.
    Imports,
    /// Model packs.
    Models,
    /// Agreement with the models.
    Agreement,
    /// The journal.
    Journal,
    /// The clinic's settings.
    Settings,
    /// Consultations.
    Consultations,
    /// What was said in them.
    Messages,
    /// The phrasebook's translations and who stands behind them.
    Phrases,
    /// The relay.
    Relay,
    /// The translation engine.
    Engine,
    /// Reports.
    Reports,
    /// Reports on their way to people.
    Outbox,
    /// How reports leave the clinic.
    Delivery,
    /// One's own short words for longer texts.
    Macros,
    /// Clinical notes.
    Notes,
    /// Prescriptions and what was done with them.
    Prescriptions,
    /// Backups.
    Backup,
    /// One's own export.
    Export,
    /// Emergency accesses to restricted records.
    BreakGlass,
}

/// One row.
pub struct Row {
    /// `domain.act`.
    pub name: &'static str,
    /// What a person does with it.
    pub doc: &'static str,
    /// Who may.
    pub need: Need,
    /// How the journal keeps it.
    pub verb: Verb,
    /// Tags of the answer.
    pub provides: &'static [Tag],
    /// Tags it makes stale.
    pub stales: &'static [Tag],
    /// Decodes the request, runs the handler, encodes the answer.
    pub(crate) run: fn(&Call<'_>, Value) -> Result<Value, CommandError>,
    /// TypeScript of request and response; collects the types they are made of.
    pub(crate) types: fn(&mut Types) -> (String, String),
}

/// Every row, in the order of the domains.
pub fn table() -> Vec<Row> {
    let domains: &[fn() -> Vec<Row>] = &[
        crate::setup::rows,
        crate::session::rows,
        crate::accounts::rows,
        crate::clinic::rows,
        crate::users::rows,
        crate::break_glass::rows,
        crate::imaging::rows,
        crate::reading::rows,
        crate::reading::model_rows,
        crate::live::rows,
        crate::relay::rows,
        crate::phrases::rows,
        crate::language::rows,
        crate::reports::rows,
        crate::delivery::rows,
        crate::notes::rows,
        crate::prescriptions::rows,
        crate::search::rows,
        crate::home::rows,
        crate::feedback::rows,
        crate::own::rows,
        crate::assist::rows,
        crate::statistics::rows,
        crate::backup::rows,
        crate::export::rows,
        crate::journal::rows,
        crate::settings::rows,
    ];
    domains.iter().flat_map(|rows| rows()).collect()
}

impl Verb {
    /// The verb itself.
    pub fn name(self) -> &'static str {
        match self {
            Verb::Write(name) | Verb::Read(name) | Verb::Quiet(name) => name,
        }
    }
}

/// Declares the rows of a domain and binds each to its handler
/// `fn(&Call<'_>, Request) -> Result<Response, CommandError>`.
macro_rules! commands {
    ($(
        $(#[doc = $doc:literal])+
        $name:literal: $handler:path, ($request:ty) -> $response:ty,
        $need:expr, $verb:expr, provides [$($provides:ident),*], stales [$($stales:ident),*];
    )*) => {
        /// The rows of this domain.
        pub(crate) fn rows() -> Vec<$crate::table::Row> {
            #[allow(unused_imports)]
            use $crate::table::{Need::*, Row, Tag, Verb::*};
            #[allow(unused_imports)]
            use ::clinic::Permission as May;
            vec![$(Row {
                name: $name,
                doc: concat!($($doc),+),
                need: $need,
                verb: $verb,
                provides: &[$(Tag::$provides),*],
                stales: &[$(Tag::$stales),*],
                run: |call, request| {
                    let request: $request = $crate::dispatch::decode(request)?;
                    let response: $response = $handler(call, request)?;
                    $crate::dispatch::encode(&response)
                },
                types: |types| (types.add::<$request>(), types.add::<$response>()),
            }),*]
        }
    };
}
pub(crate) use commands;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_name_their_domain() {
        let mut names: Vec<_> = table().iter().map(|row| row.name).collect();
        assert!(
            names.iter().all(|name| name.split('.').count() == 2),
            "{names:?}"
        );
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }

    #[test]
    fn every_row_is_documented_and_a_write_makes_something_stale() {
        for row in table() {
            assert!(row.doc.len() > 10, "{}", row.name);
            if let Verb::Write(_) = row.verb {
                assert!(!row.stales.is_empty(), "{}", row.name);
            }
        }
    }
}
