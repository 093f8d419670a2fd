//! The command table as data, for `medibridge-cli commands --json`.

use serde::Serialize;

use crate::table::{Need, Tag, table};

/// One row, described.
#[derive(Debug, Serialize)]
pub struct RowView {
    /// `domain.act`.
    pub name: &'static str,
    /// Name of the permission; `nobody` before sign-in, `signed_in` for whoever is.
    pub permission: &'static str,
    /// Roles that may call it; `[]` where nobody need be signed in.
    pub roles: Vec<&'static str>,
    /// Verb in the journal.
    pub verb: &'static str,
    /// Tags of the answer and tags made stale.
    pub tags: TagsView,
}

/// Cache tags of a row.
#[derive(Debug, Serialize)]
pub struct TagsView {
    /// Of the answer.
    pub provides: &'static [Tag],
    /// Made stale.
    pub stales: &'static [Tag],
}

/// Every row of the table.
pub fn describe() -> Vec<RowView> {
    table()
        .into_iter()
        .map(|row| RowView {
            name: row.name,
            permission: match row.need {
                Need::Nobody => "nobody",
                Need::SignedIn => "signed_in",
                Need::Permission(permission) => permission.name(),
            },
            roles: ::clinic::Role::ALL
                .into_iter()
                .filter(|role| match row.need {
                    Need::Nobody => false,
                    Need::SignedIn => true,
                    Need::Permission(permission) => {
                        ::clinic::access::reach(*role, permission).is_some()
                    }
                })
                .map(::clinic::Role::key)
                .collect(),
            verb: row.verb.name(),
            tags: TagsView {
                provides: row.provides,
                stales: row.stales,
            },
        })
        .collect()
}
