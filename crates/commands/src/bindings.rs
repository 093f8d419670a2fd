//! TypeScript of the command table, made by `cargo xtask bindings`.

use std::collections::BTreeMap;

use ts_rs::{Config, TS, TypeVisitor};

use crate::{
    assist::AssistEvent,
    backup::BackupJobView,
    delivery::OutboxView,
    error::ErrorView,
    imaging::ImportView,
    journal::JournalProgress,
    language::InstallingEvent,
    live::{ConsultationEvent, LevelView, MessageEvent},
    notes::NoteProgress,
    reading::ReadingProgress,
    session::SessionView,
    table::{Need, Tag, table},
};

/// Collects the declarations of every type that a row mentions.
pub struct Types {
    declarations: BTreeMap<String, String>,
    config: Config,
}

impl Default for Types {
    fn default() -> Self {
        // Every large integer here is a count or a size below 2^53.
        Self {
            declarations: BTreeMap::new(),
            config: Config::new().with_large_int("number"),
        }
    }
}

impl Types {
    /// Adds a type with all it is made of; returns its TypeScript name.
    pub fn add<T: TS + 'static + ?Sized>(&mut self) -> String {
        self.visit::<T>();
        T::name(&self.config)
    }
}

impl TypeVisitor for Types {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if T::output_path().is_some() {
            let name = T::ident(&self.config);
            if self.declarations.contains_key(&name) {
                return;
            }
            let docs = T::docs().unwrap_or_default();
            let declaration = format!("{docs}export {}\n", T::decl(&self.config));
            self.declarations.insert(name, declaration);
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

const HEAD: &str = "// Made by `cargo xtask bindings` from the command table; do not edit.\n";

/// The files of `ui/src/bindings/`: name and content.
pub fn typescript() -> Vec<(&'static str, String)> {
    let mut types = Types::default();
    let mut commands = format!("{HEAD}import type * as T from './types';\n\n");
    let mut policy = String::new();
    commands.push_str("/** What a person can do: command → request and response. */\nexport interface Commands {\n");
    for row in table() {
        let (request, response) = (row.types)(&mut types);
        commands.push_str(&format!(
            "  /** {} */\n  '{}': {{ request: {}; response: {} }};\n",
            row.doc.trim(),
            row.name,
            qualified(&request),
            qualified(&response),
        ));
        policy.push_str(&format!(
            "  '{}': {{ needs: '{}', provides: {}, stales: {} }},\n",
            row.name,
            match row.need {
                Need::Nobody => "nobody".to_string(),
                Need::SignedIn => "signed_in".to_string(),
                Need::Permission(permission) => permission.name().to_string(),
            },
            tags(row.provides),
            tags(row.stales),
        ));
    }
    commands.push_str("}\n\n/** Who may call a command, and what it does to cached answers. */\n");
    commands.push_str(&format!(
        "export const table: {{ readonly [N in keyof Commands]: {{ readonly needs: string; readonly provides: readonly T.Tag[]; readonly stales: readonly T.Tag[] }} }} = {{\n{policy}}};\n"
    ));

    let progress = types.add::<ReadingProgress>();
    let import = types.add::<ImportView>();
    let session = types.add::<SessionView>();
    let consultation = types.add::<ConsultationEvent>();
    let message = types.add::<MessageEvent>();
    let outbox = types.add::<OutboxView>();
    let level = types.add::<LevelView>();
    let answer = types.add::<AssistEvent>();
    let installing = types.add::<InstallingEvent>();
    let note = types.add::<NoteProgress>();
    let backing_up = types.add::<BackupJobView>();
    let checking = types.add::<JournalProgress>();
    let tag = types.add::<Tag>();
    // What phones say and hear inside sealed envelopes.
    types.add::<::live::content::Hello>();
    types.add::<::live::content::FromGuest>();
    types.add::<::live::content::FromHost>();
    types.add::<ErrorView>();
    let events = format!(
        "{HEAD}import type * as T from './types';\n\n/** What the workstation tells its windows: event → payload. */\nexport interface Events {{\n  /** The assistant went on with an answer. */\n  'assist.answer': T.{answer};\n  /** A backup or check went on. */\n  'backup.progress': T.{backing_up};\n  /** A delivery went on. */\n  'delivery.changed': T.{outbox};\n  'imaging.progress': T.{import};\n  /** A check of the journal went on. */\n  'journal.progress': T.{checking};\n  /** A speech model is being copied to this machine. */\n  'language.installing': T.{installing};\n  /** How loud it is while recording. */\n  'live.level': T.{level};\n  /** People, waiting room or connection of a consultation changed. */\n  'live.changed': T.{consultation};\n  /** Something was said, or its translation came. */\n  'live.message': T.{message};\n  /** A note is being drafted, or is no longer. */\n  'notes.progress': T.{note};\n  'reading.progress': T.{progress};\n  /** The session of this window changed; null after signing out. */\n  'session.changed': T.{session} | null;\n  /** Something else changed the record: cached answers with these tags are stale. */\n  'record.changed': {{ tags: T.{tag}[] }};\n}}\n"
    );
    let declarations: Vec<_> = types.declarations.into_values().collect();
    vec![
        ("types.ts", format!("{HEAD}\n{}", declarations.join("\n"))),
        ("commands.ts", commands),
        ("events.ts", events),
    ]
}

fn tags(tags: &[Tag]) -> String {
    let names: Vec<_> = tags
        .iter()
        .map(|tag| {
            serde_json::to_string(tag)
                .unwrap_or_default()
                .replace('"', "'")
        })
        .collect();
    format!("[{}]", names.join(", "))
}

/// Prefixes the names of declared types with the module they are in.
fn qualified(name: &str) -> String {
    let mut out = String::new();
    let mut word = String::new();
    for c in name.chars().chain([' ']) {
        if c.is_alphanumeric() || c == '_' {
            word.push(c);
            continue;
        }
        let builtin = matches!(word.as_str(), "Array" | "Record");
        if word.starts_with(char::is_uppercase) && !builtin {
            out.push_str("T.");
        }
        out.push_str(&word);
        word.clear();
        out.push(c);
    }
    out.trim_end().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn type_names_are_qualified_and_builtins_are_not() {
        assert_eq!(qualified("Array<UserView>"), "Array<T.UserView>");
        assert_eq!(qualified("SessionView | null"), "T.SessionView | null");
        assert_eq!(qualified("null"), "null");
    }
}
