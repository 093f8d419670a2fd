//! `cargo run -p reading --example probabilities -- FILE…`: one JSON line a file, for
//! `models/training/compare.py`, which holds it against the training code.

#![allow(clippy::print_stdout)]

use std::{error::Error, path::Path, sync::Arc};

use imaging::{Content, Found};
use reading::{Answer, Reader, Shelf, screen};
use serde_json::json;

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let library = root.join("assets/onnxruntime").join(onnx::file_name());
    onnx::load(&std::path::absolute(library)?)?;
    let shelf = Arc::new(Shelf::open(&root.join("models"))?);
    let mut reader = Reader::open(&shelf, 1)?;
    for file in std::env::args().skip(1) {
        let limits = imaging::Limits::default();
        let content = Content::Path(file.clone().into());
        let found = Found {
            label: file.clone(),
            content,
        };
        let line = match screen(&mut reader, found, &shelf.defaults(), &limits) {
            Ok(outcome) => match outcome.answer {
                Answer::Assessed(assessed) => {
                    let p: Vec<f32> = assessed.findings.iter().map(|f| f.probability).collect();
                    json!({ "file": file, "probabilities": p })
                }
                Answer::NotAssessed { reason } => json!({ "file": file, "reason": reason.key() }),
            },
            Err(error) => json!({ "file": file, "error": error.message_id() }),
        };
        println!("{line}");
    }
    Ok(())
}
