//! `cargo run --release -p reports --example bench -- [--python PATH]`: from a document with an image of
//! 1024², its map and a table to the sealed PDF; beside WeasyPrint and pikepdf on the same page.
//!
//! Prints JSON lines, each with its budget where issue 6 gives one.

#![allow(clippy::print_stdout)]

use std::{
    error::Error,
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use basics::Language;
use image::{DynamicImage, GrayImage, RgbImage, imageops::FilterType};
use reports::{
    Enclosed, Fonts, Passphrase, Picture, Sample, Signed, canonical, seal, typeset, verify,
};
use serde_json::{Value, json};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const SIDE: u32 = 1024;
const ROUNDS: usize = 60;

fn main() -> Result<()> {
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets");
    let mut sample = Sample::new(
        Language::En,
        &fs::read(assets.join("samples/nih-1e062d9bbd.jpg"))?,
    )?;
    enlarge(&mut sample)?;
    let (user, owner) = (Passphrase::generate()?, Passphrase::generate()?);

    let start = Instant::now();
    let fonts = Fonts::open(&assets.join("fonts"))?;
    let fonts_ms = ms(start);
    let sealed = whole(&fonts, &sample, &user, &owner)?;
    let first = ms(start);
    if !verify(&sealed, &user, None)?.holds() {
        return Err("the sealed report does not hold".into());
    }
    let mut parts = [Vec::new(), Vec::new(), Vec::new()];
    let mut all = Vec::new();
    for round in 0..ROUNDS {
        // Another text each time, as from report to report.
        let text = format!("Round {round}: no consolidation, no effusion.");
        sample.document.text.impression = basics::Phi::new(text);
        let start = Instant::now();
        let pages = typeset(&fonts, &sample.document, &sample.pictures)?;
        let laid = ms(start);
        let pdf = pages.pdf()?;
        let written = ms(start);
        let sealed = close(&pdf, &sample, &user, &owner)?;
        let done = ms(start);
        std::hint::black_box(sealed);
        for (part, took) in parts.iter_mut().zip([laid, written - laid, done - written]) {
            part.push(took);
        }
        all.push(done);
    }
    let [p50, p95, p99] = percentiles(&mut all);
    let [laid, written, closed] = parts.map(|mut part| percentiles(&mut part)[0]);
    let ours = json!({
        "what": "document with an image of 1024², map and table to sealed PDF",
        "first_ms": first, "budget_first_ms": 400, "fonts_ms": fonts_ms,
        "p50_ms": p50, "p95_ms": p95, "p99_ms": p99, "budget_p50_ms": 60,
        "layout_p50_ms": laid, "pdf_p50_ms": written, "seal_p50_ms": closed,
        "bytes": sealed.len(), "peak_mib": peak(), "rounds": ROUNDS,
    });
    println!("{ours}");
    if let Some(python) = python() {
        peer(&python, &sample, p50)?;
    }
    Ok(())
}

fn whole(fonts: &Fonts, sample: &Sample, user: &Passphrase, owner: &Passphrase) -> Result<Vec<u8>> {
    let pages = typeset(fonts, &sample.document, &sample.pictures)?;
    close(&pages.pdf()?, sample, user, owner)
}

fn close(pdf: &[u8], sample: &Sample, user: &Passphrase, owner: &Passphrase) -> Result<Vec<u8>> {
    let canonical = canonical(&sample.document)?;
    let signature = Some(Signed::by_throw_away_key(&canonical)?);
    let enclosed = Enclosed {
        canonical,
        signature,
    };
    Ok(seal(pdf, &enclosed, user, owner.secret())?)
}

/// The same figures with 1024 × 1024 pixels.
fn enlarge(sample: &mut Sample) -> Result<()> {
    let figures = sample.document.figures.iter_mut();
    for (figure, picture) in figures.zip(&mut sample.pictures) {
        let enlarged = shown(picture)?.resize_exact(SIDE, SIDE, FilterType::Triangle);
        *picture = Picture {
            width: SIDE,
            height: SIDE,
            samples: picture.samples,
            bytes: enlarged.into_bytes(),
        };
        (figure.width, figure.height) = (SIDE, SIDE);
        figure.pixels_sha256 = picture.sha256();
    }
    Ok(())
}

fn shown(picture: &Picture) -> Result<DynamicImage> {
    let (width, height, bytes) = (picture.width, picture.height, picture.bytes.clone());
    let image = match picture.samples {
        1 => GrayImage::from_raw(width, height, bytes).map(DynamicImage::from),
        _ => RgbImage::from_raw(width, height, bytes).map(DynamicImage::from),
    };
    image.ok_or_else(|| "samples are missing".into())
}

/// The same page in Python, and how many times longer it took.
fn peer(python: &Path, sample: &Sample, ours: f64) -> Result<()> {
    let folder = tempfile::tempdir()?;
    fs::write(
        folder.path().join("document.json"),
        canonical(&sample.document)?,
    )?;
    for (n, picture) in sample.pictures.iter().enumerate() {
        shown(picture)?.save(folder.path().join(format!("figure-{n}.png")))?;
    }
    let script =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/peers/weasyprint_report.py");
    let out = Command::new(python)
        .arg(script)
        .arg(folder.path())
        .output()?;
    if !out.status.success() {
        return Err(String::from_utf8_lossy(&out.stderr).into());
    }
    let line: Value = serde_json::from_slice(&out.stdout)?;
    println!("{line}");
    let theirs = line["p50_ms"].as_f64().unwrap_or(f64::NAN);
    println!(
        "{}",
        json!({"what": "times faster than WeasyPrint with pikepdf", "ratio": theirs / ours, "budget_ratio": 1.5})
    );
    Ok(())
}

fn python() -> Option<PathBuf> {
    let mut arguments = std::env::args().skip(1);
    arguments.find(|argument| argument == "--python")?;
    arguments.next().map(PathBuf::from)
}

fn ms(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1000.0
}

fn percentiles(times: &mut [f64]) -> [f64; 3] {
    times.sort_by(f64::total_cmp);
    [50, 95, 99].map(|p| times[(times.len() - 1) * p / 100])
}

/// Most memory that was resident, in MiB; Linux only.
fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: u64 = line.trim().trim_end_matches(" kB").parse().ok()?;
    Some(kib / 1024)
}
