//! The library: wrong files first, then the real one, in one process as in the program.

#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};

use basics::{Code, Coded};
use onnx::{Error, Input, Session};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// One test, because the library is loaded once per process and the order matters.
#[test]
fn wrong_files_are_refused_and_the_right_one_runs() {
    let temp = tempfile::tempdir().unwrap();
    assert_eq!(Session::from_bytes(b"", 1).err(), Some(Error::NotLoaded));

    let missing = onnx::load(&temp.path().join("libonnxruntime.so.1")).unwrap_err();
    assert_eq!(
        missing,
        Error::LibraryMissing {
            file: "libonnxruntime.so.1".into()
        }
    );
    assert_eq!(missing.code(), Code::ModelUnavailable);
    for content in [&b""[..], b"not a library", b"\x7fELF\x02\x01\x01"] {
        let path = temp.path().join("fake.so");
        std::fs::write(&path, content).unwrap();
        assert_eq!(
            onnx::load(&path),
            Err(Error::NotTheLibrary {
                file: "fake.so".into()
            })
        );
    }
    assert_eq!(
        onnx::load(Path::new(onnx::file_name())),
        Err(Error::RelativePath)
    );
    assert!(!onnx::loaded());

    let library = root().join("assets/onnxruntime").join(onnx::file_name());
    onnx::load(&std::path::absolute(library).unwrap()).expect("run `cargo xtask setup` first");
    assert!(onnx::loaded());
    assert_eq!(onnx::load(Path::new("anything")), Ok(()));

    assert!(matches!(
        Session::from_bytes(b"not a model", 1),
        Err(Error::Model { .. })
    ));
    assert!(matches!(
        Session::open(&temp.path().join("none"), 1),
        Err(Error::Model { .. })
    ));
    let mut gate = Session::open(&root().join("models/gate/model.onnx"), 1).unwrap();
    assert_eq!(gate.outputs(), ["logits"]);
    let grey = vec![0.5_f32; 2 * 128 * 128];
    let out = gate
        .run(&[("input", Input::F32(&[2, 1, 128, 128], &grey))])
        .unwrap();
    assert_eq!(out[0].shape, [2, 3]);
    assert_eq!(out[0].values.len(), 6);
    assert_eq!(out[0].values[..3], out[0].values[3..]);
    for input in [
        ("input", Input::F32(&[1, 1, 3, 3], &grey[..9])),
        ("input", Input::F32(&[1, 1, 128, 128], &grey[..9])),
        ("other", Input::F32(&[1, 1, 128, 128], &grey[..128 * 128])),
        ("input", Input::I64(&[1], &[1])),
    ] {
        assert!(matches!(gate.run(&[input]), Err(Error::Run { .. })));
    }
    no_network();
}

/// The library can report its use; here it must have opened no socket and left no identifier.
fn no_network() {
    assert_eq!(std::env::var("ORT_DISABLE_TELEMETRY").as_deref(), Ok("1"));
    let Ok(open) = std::fs::read_dir("/proc/self/fd") else {
        return;
    };
    for entry in open.flatten() {
        let target = std::fs::read_link(entry.path()).unwrap_or_default();
        assert!(
            !target.to_string_lossy().starts_with("socket:"),
            "{target:?}"
        );
    }
}
