//! `screen PATH… [--json|--csv] [--maps DIR] [--model ID|auto]`.

use std::{path::PathBuf, process::ExitCode, sync::atomic::AtomicBool};

use anyhow::anyhow;
use basics::Coded;
use clap::Args;
use commands::tools::{ScreenLine, ScreenOptions, screen};

use crate::places::Places;

#[derive(Args)]
pub(crate) struct Arguments {
    /// Files, folders and ZIP archives.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// A JSON object a line (the default).
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// A CSV row a file.
    #[arg(long)]
    csv: bool,
    /// Writes the picture with each class's map over it.
    #[arg(long, value_name = "DIR")]
    maps: Option<PathBuf>,
    /// A pack by name, or `auto` for the packs that are on by default.
    #[arg(long, value_name = "ID", default_value = "auto")]
    model: String,
    /// Worker threads; 0 for one a core.
    #[arg(long, default_value_t = 0)]
    workers: usize,
    #[command(flatten)]
    places: Places,
}

pub(crate) fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let options = ScreenOptions {
        models_dir: arguments.places.models(),
        onnx_library: arguments.places.onnx_library(),
        paths: arguments.paths,
        model: (arguments.model != "auto").then_some(arguments.model),
        maps: arguments.maps,
        workers: arguments.workers,
    };
    eprintln!("needs review by a clinician; not for diagnosis alone");
    if arguments.csv {
        crate::print(&HEAD.join(","))?;
    }
    let (mut files, mut errors) = (0_u32, 0_u32);
    let mut broken = None;
    let notice = |notice: commands::tools::Notice| eprintln!("research licence: {}", notice.0);
    let tell = |line: ScreenLine| {
        files += 1;
        errors += u32::from(line.error.is_some());
        let text = if arguments.csv {
            csv(&line)
        } else {
            json(&line)
        };
        if let Err(error) = crate::print(&text) {
            broken.get_or_insert(error);
        }
        if files.is_multiple_of(25) {
            eprintln!("{files} files");
        }
    };
    screen(&options, &AtomicBool::new(false), notice, tell)
        .map_err(|error| anyhow!("{error} [{}]", error.message_id()))?;
    if let Some(error) = broken {
        return Err(error.into());
    }
    eprintln!("{files} files, {errors} unreadable");
    // A file that cannot be read is refused by name: that is an answer, not a failure of the run.
    Ok(ExitCode::SUCCESS)
}

const HEAD: [&str; 16] = [
    "file",
    "kind",
    "assessed",
    "reason",
    "model",
    "version",
    "sha256",
    "probabilities",
    "urgency",
    "areas",
    "not_measured",
    "ms_decode",
    "ms_model",
    "ms_total",
    "error",
    "message_id",
];

fn json(line: &ScreenLine) -> String {
    serde_json::to_string(line).unwrap_or_default()
}

fn csv(line: &ScreenLine) -> String {
    let model = line.model.as_ref();
    let probabilities: Vec<String> = line
        .probabilities
        .iter()
        .map(|(label, p)| format!("{label}={p:.4}"))
        .collect();
    let areas = line.measured.iter().flat_map(|measured| &measured.areas);
    let areas: Vec<String> = areas
        .map(|(part, area)| format!("{part}={area:.0}"))
        .collect();
    let error = line.error.as_ref();
    let fields = [
        line.file.clone(),
        line.kind.unwrap_or_default().into(),
        line.assessed.to_string(),
        line.reason.unwrap_or_default().into(),
        model.map(|model| model.id.clone()).unwrap_or_default(),
        model.map(|model| model.version.clone()).unwrap_or_default(),
        model.map(|model| model.sha256.clone()).unwrap_or_default(),
        probabilities.join(";"),
        line.urgency
            .map(|urgency| format!("{urgency:.4}"))
            .unwrap_or_default(),
        areas.join(";"),
        line.measured
            .as_ref()
            .and_then(|measured| measured.missing)
            .unwrap_or_default()
            .into(),
        format!("{:.2}", line.ms.decode),
        format!("{:.2}", line.ms.model),
        format!("{:.2}", line.ms.total),
        error
            .map(|error| format!("{:?}", error.code))
            .unwrap_or_default(),
        error
            .map(|error| error.message_id.clone())
            .unwrap_or_default(),
    ];
    fields.map(|field| quoted(&field)).join(",")
}

/// RFC 4180; a leading `=`, `+`, `-` or `@` gets an apostrophe, so that no spreadsheet runs it.
fn quoted(field: &str) -> String {
    let text = match field.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{field}"),
        _ => field.to_string(),
    };
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hostile_file_name_stays_one_harmless_field() {
        assert_eq!(quoted("a.png"), "a.png");
        assert_eq!(quoted("a,\"b\".png"), "\"a,\"\"b\"\".png\"");
        assert_eq!(quoted("=cmd()"), "'=cmd()");
    }
}
