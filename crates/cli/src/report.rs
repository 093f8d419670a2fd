//! `report verify FILE` and `report sample`.

use std::{
    fs,
    io::BufRead,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, anyhow};
use basics::{Coded, Language, Secret};
use clap::Subcommand;
use commands::tools::{CheckLine, ReportCheck, SampleOptions, sample_report, verify_report};
use hex::FromHex;

use crate::places::fonts;

#[derive(Subcommand)]
pub(crate) enum Act {
    /// Checks the signed document, its signature and the images of a sealed report. Exit code 0: what
    /// was checked holds; 1: it does not; 2: the file cannot be read. The signature is the clinic's own
    /// (Ed25519 over the attached report.json), no PAdES signature: PDF readers do not show it.
    Verify {
        /// The sealed PDF.
        file: PathBuf,
        /// Its passphrase is the first line of this file; without it, of standard input.
        #[arg(long, value_name = "F")]
        passphrase_file: Option<PathBuf>,
        /// The clinic's report key, as the clinic itself says it: 64 hexadecimal digits.
        #[arg(long, value_name = "HEX")]
        key: Option<String>,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Writes a complete sealed report of an invented patient about a real film, signed with a key that
    /// is thrown away.
    Sample {
        /// ar, de, en, es, fr, hi, ja, pt, ru, te or zh.
        #[arg(long, value_name = "LANG")]
        language: String,
        /// The PDF to write.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// The passphrase is the first line of this file; without it six words are drawn and printed.
        #[arg(long, value_name = "F")]
        passphrase_file: Option<PathBuf>,
        /// A film of your own (PNG, JPEG or DICOM) in place of the bundled one.
        #[arg(long, value_name = "FILE")]
        film: Option<PathBuf>,
    },
}

pub(crate) fn run(act: Act) -> anyhow::Result<ExitCode> {
    match act {
        Act::Verify {
            file,
            passphrase_file,
            key,
            json,
        } => {
            let passphrase = match passphrase_file {
                Some(path) => first_line(&path)?,
                None => typed()?,
            };
            let key = key.map(|digits| parse_key(&digits)).transpose()?;
            let check = verify_report(&file, passphrase, key, &fonts())
                .map_err(|error| anyhow!("{error} [{}]", error.message_id()))?;
            tell(&check, json)
        }
        Act::Sample {
            language,
            out,
            passphrase_file,
            film,
        } => {
            let language = Language::from_tag(&language)
                .with_context(|| format!("no report is written in {language}"))?;
            let passphrase = passphrase_file.map(|path| first_line(&path)).transpose()?;
            let drawn = passphrase.is_none();
            let options = SampleOptions {
                language,
                film: film.as_deref(),
                passphrase,
                fonts: &fonts(),
            };
            let (sealed, passphrase) = sample_report(options)
                .map_err(|error| anyhow!("{error} [{}]", error.message_id()))?;
            fs::write(&out, sealed).context("the sample cannot be written")?;
            eprintln!("a sample: the patient is invented, the key that signed it was thrown away");
            if drawn {
                crate::print(&passphrase.expose())?;
            }
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn tell(check: &ReportCheck, json: bool) -> anyhow::Result<ExitCode> {
    if json {
        crate::print(&serde_json::to_string(check)?)?;
    } else {
        crate::print(&format_args!(
            "{}, revision {}, of {}",
            check.number, check.revision, check.clinic
        ))?;
        for line in &check.checks {
            crate::print(&sentence(line))?;
        }
        crate::print(&format_args!("document: SHA-256 {}", check.fingerprint))?;
        if let Some(key) = &check.key {
            crate::print(&format_args!("signed by the key {key}"))?;
        }
        crate::print(&"This is the clinic's own signature, no PAdES signature of the PDF.")?;
    }
    Ok(match check.holds {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}

fn sentence(line: &CheckLine) -> String {
    let figure = line.figure.unwrap_or_default();
    let said = match (line.part, line.finding) {
        ("seal", "holds") => "encrypted with AES-256, metadata included",
        ("seal", _) => "encrypted in a weaker way than Medibridge does",
        ("document", _) => "the attached document is in its exact form",
        ("signature", "holds") => "the signature belongs to the document",
        ("signature", _) => "the signature does NOT belong to the document",
        ("key", "holds") => "the key is the clinic's",
        ("key", "differs") => "the key is NOT the one that you gave as the clinic's",
        ("key", _) => "whose key it is was not checked: give the clinic's with --key",
        ("figure", "holds") => return format!("ok   image {figure} is the signed one"),
        ("figure", _) => return format!("BAD  image {figure} is NOT the signed one"),
        ("other_images", "holds") => "there is no other image in the file",
        ("other_images", _) => "there are images in the file that nobody signed",
        ("pages", "holds") => "the pages are what the document says, letter by letter",
        _ => {
            "the letters on the pages were not checked: another version made them, they were changed, \
             or the fonts are missing; the attached report.json is what was signed"
        }
    };
    let mark = match line.finding {
        "holds" => "ok  ",
        "differs" => "BAD ",
        _ => "–   ",
    };
    format!("{mark} {said}")
}

fn first_line(path: &Path) -> anyhow::Result<Secret<String>> {
    let text = fs::read_to_string(path).context("the passphrase's file cannot be read")?;
    Ok(Secret::new(text.lines().next().unwrap_or_default().into()))
}

fn typed() -> anyhow::Result<Secret<String>> {
    let mut line = String::new();
    let mut input = std::io::stdin().lock();
    input.read_line(&mut line).context("standard input")?;
    Ok(Secret::new(line.trim_end_matches(['\r', '\n']).into()))
}

fn parse_key(digits: &str) -> anyhow::Result<[u8; 32]> {
    <[u8; 32]>::from_hex(digits.trim()).map_err(|_| anyhow!("a key has 64 hexadecimal digits"))
}
