//! The real runtime, the shipped packs and pictures that are drawn here.

#![allow(dead_code, unreachable_pub)]

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use reading::{Facts, Film, Outcome, Reader, Shelf};

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

pub fn models() -> PathBuf {
    root().join("models")
}

pub fn film_png() -> PathBuf {
    models().join("cxr-open/golden/film.png")
}

/// Loads the runtime that `cargo xtask setup` fetched.
pub fn runtime() {
    let library = root().join("assets/onnxruntime").join(onnx::file_name());
    onnx::load(&std::path::absolute(library).unwrap()).expect("run `cargo xtask setup` first");
}

pub fn shelf() -> Arc<Shelf> {
    runtime();
    Arc::new(Shelf::open(&models()).unwrap())
}

pub fn chest() -> Vec<String> {
    vec!["cxr-open".to_owned()]
}

/// A copy of the gate and cxr-open in which a file may be spoilt.
pub fn copy_of_models() -> tempfile::TempDir {
    let temp = tempfile::tempdir().unwrap();
    for pack in ["gate", "cxr-open"] {
        let (from, to) = (models().join(pack), temp.path().join(pack));
        fs::create_dir_all(to.join("golden")).unwrap();
        for file in [
            "card.toml",
            "model.onnx",
            "golden/input.u8",
            "golden/output.json",
        ] {
            fs::copy(from.join(file), to.join(file)).unwrap();
        }
    }
    temp
}

/// What torch and Pillow made of the golden pictures (models/training/goldens.py).
pub fn reference() -> serde_json::Value {
    let text = fs::read_to_string(models().join("cxr-open/golden/reference.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

pub fn numbers(value: &serde_json::Value) -> Vec<f32> {
    value
        .as_array()
        .unwrap()
        .iter()
        .map(|v| v.as_f64().unwrap() as f32)
        .collect()
}

/// A Kermany film (CC BY 4.0), 224 × 224.
pub fn golden_film() -> Vec<f32> {
    let bytes = fs::read(models().join("cxr-open/golden/input.u8")).unwrap();
    bytes.iter().map(|&byte| f32::from(byte) / 255.0).collect()
}

/// A picture of `n` × `n`, drawn by a function of row and column.
pub fn drawn(n: u32, grey: impl Fn(u32, u32) -> f32) -> Vec<f32> {
    (0..n * n).map(|i| grey(i / n, i % n)).collect()
}

pub fn read(reader: &mut Reader, n: u32, values: &[f32]) -> Outcome {
    reader
        .read(
            &Film::new(n, n, values).unwrap(),
            &Facts::default(),
            &chest(),
        )
        .unwrap()
}
