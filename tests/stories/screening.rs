//! A screening team goes through a folder without a clinic: a line for each file.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::atomic::AtomicBool,
};

use acceptance::{options, root, shared};
use commands::tools::{ScreenLine, ScreenOptions, screen};
use serde::Deserialize;

fn run(paths: Vec<PathBuf>, maps: Option<PathBuf>) -> Vec<ScreenLine> {
    run_with(None, paths, maps)
}

fn run_with(model: Option<String>, paths: Vec<PathBuf>, maps: Option<PathBuf>) -> Vec<ScreenLine> {
    let places = options(&root());
    let research = model.is_some();
    let options = ScreenOptions {
        paths,
        model,
        maps,
        models_dir: places.models_dir,
        onnx_library: places.onnx_library,
        workers: 2,
    };
    let mut lines = Vec::new();
    screen(
        &options,
        &AtomicBool::new(false),
        |_| assert!(research, "the default pack is free"),
        |line| lines.push(line),
    )
    .unwrap();
    lines
}

#[test]
fn a_folder_gives_a_line_for_each_file_and_a_map_for_each_class() {
    let out = tempfile::tempdir().unwrap();
    let lines = run(vec![root().join("assets/samples")], Some(out.path().into()));
    // Nine scans; the two text files beside them are named as no pictures.
    assert_eq!(lines.len(), 11, "{lines:#?}");
    let line = |name: &str| lines.iter().find(|line| line.file.ends_with(name)).unwrap();
    assert_eq!(
        line("samples.toml").error.as_ref().unwrap().message_id,
        "image-unknown-format"
    );
    assert_eq!(line("ct-slice.dcm").reason, Some("wrong-modality"));
    assert!(line("ct-slice.dcm").probabilities.is_empty());
    let assessed: Vec<_> = lines.iter().filter(|line| line.assessed).collect();
    assert!(assessed.len() >= 5, "{lines:#?}");
    for line in &assessed {
        let sum: f32 = line.probabilities.values().sum();
        assert!((sum - 1.0).abs() < 1e-4);
        assert_eq!(line.model.as_ref().unwrap().id, "cxr-open");
    }
    let maps = std::fs::read_dir(out.path()).unwrap().count();
    assert_eq!(maps, assessed.len() * 2);
}

#[test]
fn the_json_line_has_the_documented_keys() {
    let lines = run(vec![root().join("assets/samples/nih-03623a5462.jpg")], None);
    let json = serde_json::to_value(&lines[0]).unwrap();
    let mut keys: Vec<_> = json
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    keys.sort_unstable();
    assert_eq!(
        keys,
        [
            "assessed",
            "file",
            "kind",
            "model",
            "ms",
            "probabilities",
            "reason",
            "urgency"
        ]
    );
    assert!(json["ms"]["decode"].is_number() && json["ms"]["model"].is_number());
}

/// What the training code says of a picture, written by `models/training/export.py`.
#[derive(Deserialize)]
struct Expected {
    file: String,
    probabilities: BTreeMap<String, f32>,
}

#[test]
fn the_program_says_what_the_training_code_says() {
    let models = root().join("models");
    let packs = std::fs::read_dir(&models).unwrap();
    let mut compared = Vec::new();
    for pack in packs.map(|entry| entry.unwrap().path()) {
        let golden = pack.join("golden/expected.json");
        let Some(data) = golden.exists().then(|| shared("")).flatten() else {
            continue;
        };
        let text = std::fs::read_to_string(golden).unwrap();
        let expected: Vec<Expected> = serde_json::from_str(&text).unwrap();
        let paths = expected.iter().map(|one| data.join(&one.file)).collect();
        let id = pack.file_name().unwrap().to_str().unwrap().to_owned();
        let lines = run_with(Some(id.clone()), paths, None);
        let assessed: BTreeMap<_, _> = lines
            .iter()
            .filter(|line| line.assessed)
            .map(|line| (Path::new(&line.file).file_name().unwrap(), line))
            .collect();
        // The gate and the outlier score refuse a few; what is answered is the same.
        assert!(assessed.len() * 10 >= expected.len() * 9, "{id}");
        for one in &expected {
            let name = Path::new(&one.file).file_name().unwrap();
            let Some(line) = assessed.get(name) else {
                continue;
            };
            for (label, p) in &one.probabilities {
                let apart = (line.probabilities[label] - p).abs();
                assert!(apart < 1e-3, "{id}, {}, {label}: {apart}", one.file);
            }
        }
        compared.push(id);
    }
    assert!(shared("").is_none() || compared.iter().any(|id| id == "cxr-open"));
}
