//! Other programs' view of a sealed report: qpdf, poppler, pypdf, pikepdf.
#![allow(clippy::unwrap_used)]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use basics::{Language, Secret};
use reports::{Enclosed, Fonts, Passphrase, Sample, Signed, canonical, seal, typeset};

/// Poppler's programs read 32 bytes of a passphrase on their command line, its library all of them.
const USER: &str = "lungs heart bones skin";
const OWNER: &str = "the clinic's own passphrase";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Runs a program; where a developer's machine has none, says so. CI has them all.
fn run(program: &Path, arguments: &[&str]) -> Option<Output> {
    match Command::new(program).args(arguments).output() {
        Ok(output) => Some(output),
        Err(_) if std::env::var_os("CI").is_none() => {
            eprintln!(
                "not checked: {} is missing (cargo xtask setup)",
                program.display()
            );
            None
        }
        Err(error) => panic!("{}: {error}", program.display()),
    }
}

fn said(output: &Output) -> String {
    let all = [&output.stdout[..], &output.stderr].concat();
    String::from_utf8_lossy(&all).into_owned()
}

#[test]
fn other_programs_open_it_with_either_passphrase_and_with_no_other() {
    let film = fs::read(root().join("assets/samples/nih-1e062d9bbd.jpg")).unwrap();
    let fonts = Fonts::open(&root().join("assets/fonts")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    for language in [Language::En, Language::Hi, Language::Zh] {
        let sample = Sample::new(language, &film).unwrap();
        let pages = typeset(&fonts, &sample.document, &sample.pictures).unwrap();
        let canonical = canonical(&sample.document).unwrap();
        let enclosed = Enclosed {
            signature: Some(Signed::by_throw_away_key(&canonical).unwrap()),
            canonical,
        };
        let user = Passphrase::given(Secret::new(USER.into())).unwrap();
        let owner = Secret::new(OWNER.into());
        let sealed = seal(&pages.pdf().unwrap(), &enclosed, &user, &owner).unwrap();
        let file = folder.path().join("report.pdf");
        fs::write(&file, sealed).unwrap();
        let patient = &sample.document.patient;
        let number = patient.external_id.as_ref().unwrap().expose();
        looked_at(file.to_str().unwrap(), number, patient.name.expose());
    }
}

fn looked_at(file: &str, number: &str, name: &str) {
    let password = format!("--password={USER}");
    if let Some(checked) = run(Path::new("qpdf"), &["--check", &password, file]) {
        let said = said(&checked);
        assert!(
            checked.status.success() && !said.contains("WARNING"),
            "{said}"
        );
        for line in [
            "R = 6",
            "stream encryption method: AESv3",
            "modify other: not allowed",
        ] {
            assert!(said.contains(line), "{line} is not in {said}");
        }
        let shown = run(Path::new("qpdf"), &["--show-encryption", &password, file]).unwrap();
        assert!(shown.status.success(), "{}", self::said(&shown));
        let closed = run(Path::new("qpdf"), &["--check", "--password=wrong", file]).unwrap();
        assert!(!closed.status.success());
    }
    for (right, word) in [("-upw", USER), ("-opw", OWNER)] {
        if let Some(read) = run(Path::new("pdftotext"), &[right, word, file, "-"]) {
            assert!(said(&read).contains(number), "{}", said(&read));
            let closed = run(Path::new("pdftotext"), &[right, "wrong", file, "-"]).unwrap();
            assert!(!closed.status.success() && closed.stdout.is_empty());
        }
    }
    let python = root().join("tests/peers/.venv/bin/python");
    let script = root().join("tests/peers/read_pdf.py");
    let arguments = [script.to_str().unwrap(), file, USER, OWNER, number, name];
    if let Some(read) = run(&python, &arguments) {
        assert!(read.status.success(), "{}", said(&read));
    }
}
