//! The program as a screening team runs it: its own process, its own streams.
#![allow(clippy::unwrap_used)]

use std::{
    path::Path,
    process::{Command, Output},
};

fn run(arguments: &[&str]) -> Output {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .unwrap();
    let mut program = Command::new(env!("CARGO_BIN_EXE_medibridge-cli"));
    program.current_dir(root).args(arguments).output().unwrap()
}

const FILM: &str = "assets/samples/nih-03623a5462.jpg";

#[test]
fn a_film_gives_one_json_line_and_progress_stays_off_standard_output() {
    let output = run(&["screen", FILM]);
    assert!(output.status.success());
    let line: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(line["kind"], "chest_film");
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("not for diagnosis alone"), "{told}");
}

#[test]
fn a_missing_runtime_is_named_and_nothing_is_printed_as_a_result() {
    let output = run(&[
        "screen",
        FILM,
        "--onnxruntime",
        "/nowhere/libonnxruntime.so.1",
    ]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(output.stdout.is_empty());
    assert!(told.contains("missing"), "{told}");
}

#[test]
fn the_table_names_a_permission_for_every_row() {
    let output = run(&["commands", "--json"]);
    let rows: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).unwrap();
    assert!(rows.len() >= 50);
    for row in rows {
        assert!(!row["permission"].as_str().unwrap().is_empty(), "{row}");
        assert!(row["roles"].is_array() && row["verb"].is_string() && row["tags"].is_object());
    }
}

#[test]
fn an_unreadable_file_is_a_named_error_of_decode() {
    let output = run(&["decode", "README.md", "--out", "/nowhere"]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(told.contains("[image-unknown-format]"), "{told}");
}

#[test]
fn a_sample_report_is_verified_and_a_changed_one_is_not() {
    let folder = std::env::temp_dir().join(format!("medibridge-report-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = |name: &str| folder.join(name).to_str().unwrap().to_string();
    let (pdf, words, wrong) = (path("sample.pdf"), path("words"), path("wrong"));
    std::fs::write(&words, "lungs heart bones skin\n").unwrap();
    std::fs::write(&wrong, "lungs heart bones hair\n").unwrap();
    let sample = [
        "report",
        "sample",
        "--language",
        "ar",
        "--out",
        &pdf,
        "--passphrase-file",
        &words,
    ];
    let made = run(&sample);
    let told = String::from_utf8(made.stderr).unwrap();
    assert!(made.status.success(), "{told}");
    assert!(
        told.contains("thrown away") && made.stdout.is_empty(),
        "{told}"
    );

    let verify = |words: &str, more: &[&str]| {
        let mut arguments = vec!["report", "verify", &pdf, "--passphrase-file", words];
        arguments.extend(more);
        run(&arguments)
    };
    let good = verify(&words, &["--json"]);
    let check: serde_json::Value = serde_json::from_slice(&good.stdout).unwrap();
    assert!(good.status.success() && check["holds"] == true, "{check}");
    let pages = check["checks"]
        .as_array()
        .unwrap()
        .iter()
        .find(|line| line["part"] == "pages");
    assert_eq!(pages.unwrap()["finding"], "holds", "{check}");
    let said = String::from_utf8(verify(&words, &[]).stdout).unwrap();
    assert!(
        said.contains("no PAdES signature") && said.contains("whose key it is"),
        "{said}"
    );
    assert!(
        verify(&words, &["--key", check["key"].as_str().unwrap()])
            .status
            .success()
    );
    assert_eq!(
        verify(&words, &["--key", &"00".repeat(32)]).status.code(),
        Some(1)
    );
    let closed = verify(&wrong, &[]);
    assert_eq!(closed.status.code(), Some(2));
    assert!(
        String::from_utf8(closed.stderr)
            .unwrap()
            .contains("[report-wrong-passphrase]")
    );

    let mut bytes = std::fs::read(&pdf).unwrap();
    bytes.truncate(bytes.len() / 2);
    std::fs::write(&pdf, bytes).unwrap();
    assert_eq!(verify(&words, &[]).status.code(), Some(2));
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn translations_are_compared_line_by_line_and_a_bad_line_stops_nothing() {
    let file = std::env::temp_dir().join(format!("medibridge-guard-{}.jsonl", std::process::id()));
    let pair = |source: &str, target: &str| {
        serde_json::json!({ "source": source, "source_lang": "en", "target": target, "target_lang": "fr" }).to_string()
    };
    let wrong = pair("Take 10 mg.", "Prenez 100 mg.");
    let right = pair("Do not smoke.", "Ne fumez pas.");
    std::fs::write(&file, format!("{wrong}\nnot json\n{right}\n")).unwrap();
    let output = run(&["guard", file.to_str().unwrap()]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(
        told.contains("line 2") && told.contains("[guard-line-malformed]"),
        "{told}"
    );
    let said = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<serde_json::Value> = said
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines[0]["flags"][0]["kind"], "dose");
    assert_eq!(lines[0]["flags"][0]["target"], "100 mg");
    assert_eq!(lines[1]["error"]["args"]["line"], "2");
    assert_eq!(lines[2]["flags"].as_array().unwrap().len(), 0);
    std::fs::remove_file(&file).unwrap();
    assert_eq!(run(&["guard", "/nowhere.jsonl"]).status.code(), Some(2));
}

#[test]
fn a_file_that_is_no_exported_journal_is_told_apart_from_one_that_holds() {
    let output = run(&["journal", "verify", "README.md"]);
    assert_eq!(output.status.code(), Some(1));
    let line: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(line["intact"], false);
    assert!(
        line["problem"].as_str().unwrap().contains("no whole"),
        "{line}"
    );
}
