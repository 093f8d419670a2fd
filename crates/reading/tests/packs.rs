//! Packs that were altered, are incomplete, or are from the future.

#![allow(clippy::unwrap_used)]

mod support;

use std::{fs, path::Path, sync::Arc};

use basics::{Code, Coded};
use reading::{Card, Error, Reader, Shelf, State};
use support::{copy_of_models, models, runtime, shelf};

fn edit(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{from}");
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}

/// Spoils a copy of the packs and tells how cxr-open then stands.
fn check(spoil: impl Fn(&Path)) -> Error {
    runtime();
    let temp = copy_of_models();
    spoil(&temp.path().join("cxr-open"));
    let shelf = Arc::new(Shelf::open(temp.path()).unwrap());
    let State::Unusable(error) = shelf.pack("cxr-open").unwrap().state() else {
        panic!("usable");
    };
    assert_eq!(error.code(), Code::ModelUnavailable);
    // The gate is whole, and a reader does not use what is spoilt.
    assert_eq!(shelf.pack("gate").unwrap().state(), State::Ready);
    let mut reader = Reader::open(&shelf, 1).unwrap();
    assert_eq!(reader.warm(&support::chest()), Err(error.clone()));
    error
}

#[test]
fn the_shipped_packs_are_ready() {
    let shelf = shelf();
    let states: Vec<_> = shelf
        .packs()
        .map(|pack| (pack.id(), pack.state()))
        .collect();
    assert!(
        states.iter().all(|(_, state)| *state == State::Ready),
        "{states:?}"
    );
    assert_eq!(shelf.defaults(), ["cxr-open"]);
    let pack = shelf.pack("cxr-open").unwrap();
    assert!(
        pack.model_card()
            .contains("Not for diagnosis without review by a clinician")
    );
    let card = pack.card().unwrap();
    assert!(
        card.metrics
            .iter()
            .any(|m| m.name == "AUROC" && m.set == "test: nih")
    );
    assert!(
        fs::metadata(models().join("cxr-open/model.onnx"))
            .unwrap()
            .len()
            < 15_000_000
    );
    assert!(matches!(shelf.pack("none"), Err(Error::NoSuchPack { .. })));
}

#[test]
fn an_altered_model_is_not_used() {
    let id = || "cxr-open".to_owned();
    let error = check(|pack| {
        let path = pack.join("model.onnx");
        let mut bytes = fs::read(&path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(path, bytes).unwrap();
    });
    assert_eq!(error, Error::Altered { id: id() });
    let error = check(|pack| fs::remove_file(pack.join("model.onnx")).unwrap());
    assert_eq!(
        error,
        Error::FileMissing {
            id: id(),
            file: "model.onnx".into()
        }
    );
    let error = check(|pack| fs::remove_file(pack.join("golden/input.u8")).unwrap());
    assert_eq!(
        error,
        Error::FileMissing {
            id: id(),
            file: "golden/input.u8".into()
        }
    );
}

#[test]
fn a_model_that_answers_otherwise_than_stored_is_not_used() {
    let error = check(|pack| {
        edit(
            &pack.join("golden/output.json"),
            "\"outlier\": ",
            "\"outlier\": 9",
        )
    });
    assert_eq!(
        error,
        Error::SelfTest {
            id: "cxr-open".into()
        }
    );
    let error = check(|pack| fs::write(pack.join("golden/output.json"), "{}").unwrap());
    assert_eq!(
        error,
        Error::SelfTest {
            id: "cxr-open".into()
        }
    );
}

#[test]
fn a_card_must_say_everything_and_belong_to_its_model() {
    let invalid = |from: &'static str, to: &'static str| match check(|pack| {
        edit(&pack.join("card.toml"), from, to)
    }) {
        Error::Card { what, .. } => what,
        other => panic!("{other:?}"),
    };
    assert_eq!(
        invalid("for_model = \"", "for_model = \"0"),
        "calibrated for another model file"
    );
    assert_eq!(
        invalid("thresholds = ", "# "),
        "an abnormal class has no thresholds"
    );
    assert_eq!(
        invalid("temperature = ", "temperature = -"),
        "temperature is not positive"
    );
    assert_eq!(
        invalid("input = \"golden/", "input = \"../"),
        "golden files lie outside the pack"
    );
    assert_eq!(
        invalid("id = \"cxr-open\"", "id = \"other\""),
        "id is not the folder's name"
    );
    assert!(invalid("version = ", "edition = ").contains("unknown field"));
    let newer = check(|pack| edit(&pack.join("card.toml"), "schema = 1", "schema = 2\nnew = 1"));
    assert_eq!(
        newer,
        Error::NewerSchema {
            id: "cxr-open".into(),
            found: 2,
            known: 1
        }
    );
    assert!(matches!(Card::parse("x", "\0"), Err(Error::Card { .. })));
}

#[test]
fn without_a_gate_nothing_is_read() {
    runtime();
    let temp = copy_of_models();
    fs::remove_dir_all(temp.path().join("gate")).unwrap();
    let shelf = Arc::new(Shelf::open(temp.path()).unwrap());
    assert!(matches!(
        Reader::open(&shelf, 1).err(),
        Some(Error::NoSuchPack { .. })
    ));
    assert!(matches!(
        Shelf::open(&temp.path().join("none")),
        Err(Error::Folder(_))
    ));
}
