//! `cargo run --release -p reading --example bench -- [FOLDER]`: times of one reading and of a folder.
//!
//! Prints JSON lines, each with its budget where architecture.md gives one. The files are made here from the Kermany film in the pack (CC BY 4.0): enlarged to
//! 1024² as PNG, to 2048² as a 16-bit DICOM file, and a drawn 512² CT slice. FOLDER, if given, is read
//! as a batch too.

#![allow(clippy::print_stdout)]

use std::{
    error::Error,
    fs,
    path::{Path, PathBuf},
    sync::{Arc, atomic::AtomicBool},
    time::Instant,
};

use imaging::{Content, Found, Limits, Picture};
use reading::{Answer, BatchOptions, Film, Reader, Shelf, batch, screen, squash};
use serde_json::json;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const ROUNDS: usize = 60;

fn main() -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let library = root.join("assets/onnxruntime").join(onnx::file_name());
    onnx::load(&std::path::absolute(library)?)?;
    let shelf = Arc::new(Shelf::open(&root.join("models"))?);
    let packs = shelf.defaults();
    let temp = tempfile::tempdir()?;
    let film = root.join("models/cxr-open/golden/film.png");

    let files = make_files(&film, temp.path())?;
    for threads in [1, 2] {
        let mut reader = Reader::open(&shelf, threads)?;
        reader.warm(&packs)?;
        for (name, path) in &files {
            time_one(&mut reader, name, path, &packs, threads)?;
        }
    }
    for count in [100, 200, 1000] {
        let folder = temp.path().join(count.to_string());
        fs::create_dir(&folder)?;
        let paths: Vec<PathBuf> = (0..count)
            .map(|i| folder.join(format!("{i}.png")))
            .collect();
        for path in &paths {
            fs::copy(&film, path)?;
        }
        time_batch(&shelf, &format!("{count} films of 288 px"), paths, &packs)?;
    }
    let large = vec![files[0].1.clone(); 60];
    time_batch(&shelf, "60 films, 1024² PNG", large, &packs)?;
    if let Some(folder) = std::env::args().nth(1) {
        let paths = fs::read_dir(folder)?
            .flatten()
            .map(|entry| entry.path())
            .take(200)
            .collect();
        time_batch(&shelf, "200 files of the folder", paths, &packs)?;
    }
    Ok(())
}

fn time_one(
    reader: &mut Reader,
    name: &str,
    path: &Path,
    packs: &[String],
    threads: usize,
) -> Result<()> {
    let (mut decode, mut gate, mut model, mut total) = (vec![], vec![], vec![], vec![]);
    let mut assessed = false;
    for round in 0..ROUNDS + 5 {
        let outcome =
            screen(reader, found(path), packs, &Limits::default()).map_err(|e| e.to_string())?;
        assessed = matches!(outcome.answer, Answer::Assessed(_));
        if round >= 5 {
            decode.push(outcome.ms.decode);
            gate.push(outcome.ms.gate);
            model.push(outcome.ms.model);
            total.push(outcome.ms.total);
        }
    }
    let line = json!({
        "bench": "reading", "file": name, "threads": threads, "rounds": ROUNDS, "assessed": assessed,
        "budget_p50_ms": budget(name),
        "ms": { "decode": spread(decode), "gate": spread(gate), "model": spread(model), "total": spread(total) },
    });
    println!("{line}");
    Ok(())
}

/// Milliseconds from file to answer, of the table of budgets in architecture.md.
fn budget(name: &str) -> Option<u32> {
    match name {
        "1024² PNG" => Some(20),
        "2048² 16-bit DICOM" => Some(45),
        _ => None,
    }
}

fn time_batch(shelf: &Arc<Shelf>, name: &str, paths: Vec<PathBuf>, packs: &[String]) -> Result<()> {
    let options = BatchOptions {
        workers: 0,
        packs: packs.to_vec(),
        limits: Limits::default(),
    };
    let cores = std::thread::available_parallelism()?.get();
    let mut reader = Reader::open(shelf, 1)?;
    reader.warm(packs)?;
    let few = paths.iter().take(40);
    let alone = Instant::now();
    for path in few.clone() {
        let _ = screen(&mut reader, found(path), packs, &options.limits);
    }
    let alone = alone.elapsed().as_secs_f64() / few.count() as f64;
    drop(reader);
    let (count, mut answered) = (paths.len(), 0);
    let started = Instant::now();
    let files = paths.iter().map(|path| Ok(found(path)));
    batch(
        shelf,
        files,
        &options,
        &AtomicBool::new(false),
        |screened| {
            answered += usize::from(screened.result.is_ok());
        },
    )?;
    let rate = count as f64 / started.elapsed().as_secs_f64();
    let line = json!({
        "bench": "batch", "files": name, "count": count, "answered": answered, "workers": cores,
        "per_second": rate, "one_thread_ms": alone * 1e3,
        "budget_share": 0.8, "share_of_cores_used": rate * alone / cores as f64, "resident_mib": resident_mib(),
    });
    println!("{line}");
    Ok(())
}

fn found(path: &Path) -> Found {
    let label = path.display().to_string();
    Found {
        label,
        content: Content::Path(path.to_owned()),
    }
}

fn spread(mut values: Vec<f64>) -> serde_json::Value {
    values.sort_by(f64::total_cmp);
    let at = |share: f64| values[((values.len() - 1) as f64 * share).round() as usize];
    json!({ "best": at(0.0), "p50": at(0.5), "p99": at(0.99) })
}

/// Resident memory of this process, from Linux's procfs.
fn resident_mib() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace()
        .nth(1)?
        .parse::<f64>()
        .ok()
        .map(|kib| kib / 1024.0)
}

fn make_files(film: &Path, folder: &Path) -> Result<Vec<(&'static str, PathBuf)>> {
    let plane = Picture::open(film, &Limits::default())?.model_plane(0)?;
    let film = Film::new(plane.rows, plane.columns, &plane.values)?;
    let png = folder.join("film.png");
    let grey: Vec<u8> = squash(&film, 1024)?
        .iter()
        .map(|v| (v * 255.0).round() as u8)
        .collect();
    image::GrayImage::from_raw(1024, 1024, grey)
        .ok_or("size")?
        .save(&png)?;

    let words: Vec<u16> = squash(&film, 2048)?
        .iter()
        .map(|v| (v * 4095.0) as u16)
        .collect();
    let dicom = folder.join("film.dcm");
    fs::write(&dicom, explicit_little_endian("DX", 2048, &words))?;
    let slice: Vec<u16> = (0..512 * 512)
        .map(|i: i32| {
            let (y, x) = (i / 512 - 256, i % 512 - 256);
            let body = y * y / 3 + x * x / 5 < 10_000;
            let lungs = y * y / 2 + (x.abs() - 95).pow(2) < 4_000;
            if lungs {
                200
            } else if body {
                1_100
            } else {
                24
            }
        })
        .collect();
    let ct = folder.join("slice.dcm");
    fs::write(&ct, explicit_little_endian("CT", 512, &slice))?;
    Ok(vec![
        ("1024² PNG", png),
        ("2048² 16-bit DICOM", dicom),
        ("512² CT (refused)", ct),
    ])
}

/// A smallest DICOM file (PS3.10): grey, 16 bits, explicit VR little endian.
fn explicit_little_endian(modality: &str, side: u16, pixels: &[u16]) -> Vec<u8> {
    fn element(out: &mut Vec<u8>, group: u16, number: u16, vr: &[u8; 2], value: &[u8]) {
        out.extend(group.to_le_bytes());
        out.extend(number.to_le_bytes());
        out.extend(vr);
        let length = value.len() + value.len() % 2;
        if matches!(vr, b"OW" | b"OB") {
            out.extend([0, 0]);
            out.extend((length as u32).to_le_bytes());
        } else {
            out.extend((length as u16).to_le_bytes());
        }
        out.extend(value);
        if value.len() % 2 == 1 {
            out.push(if vr == b"UI" { 0 } else { b' ' });
        }
    }
    let class: &[u8] = if modality == "CT" {
        b"1.2.840.10008.5.1.4.1.1.2"
    } else {
        b"1.2.840.10008.5.1.4.1.1.1.1"
    };
    let mut meta = Vec::new();
    element(&mut meta, 2, 0x0001, b"OB", &[0, 1]);
    element(&mut meta, 2, 0x0002, b"UI", class);
    element(&mut meta, 2, 0x0003, b"UI", b"2.25.1");
    element(&mut meta, 2, 0x0010, b"UI", b"1.2.840.10008.1.2.1");
    let mut out = vec![0; 128];
    out.extend(b"DICM");
    element(&mut out, 2, 0, b"UL", &(meta.len() as u32).to_le_bytes());
    out.extend(meta);
    element(&mut out, 8, 0x0016, b"UI", class);
    element(&mut out, 8, 0x0018, b"UI", b"2.25.1");
    element(&mut out, 8, 0x0060, b"CS", modality.as_bytes());
    let us = |out: &mut Vec<u8>, number, value: u16| {
        element(out, 0x28, number, b"US", &value.to_le_bytes());
    };
    us(&mut out, 0x0002, 1);
    element(&mut out, 0x28, 0x0004, b"CS", b"MONOCHROME2");
    for (number, value) in [
        (0x0010, side),
        (0x0011, side),
        (0x0100, 16),
        (0x0101, 12),
        (0x0102, 11),
        (0x0103, 0),
    ] {
        us(&mut out, number, value);
    }
    let bytes: Vec<u8> = pixels.iter().flat_map(|word| word.to_le_bytes()).collect();
    element(&mut out, 0x7FE0, 0x0010, b"OW", &bytes);
    out
}
