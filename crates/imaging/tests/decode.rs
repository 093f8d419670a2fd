//! Every DICOM file of `../shared/data/dicom`: what pydicom decodes, we decode alike; what it refuses
//! ends as stated in `golden/refused.json`. Skipped, and said so, where the files are not there.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::{collections::BTreeMap, io::Read, path::PathBuf};

use base64::Engine;
use basics::Coded;
use imaging::{Limits, Picture, RenderOptions};
use serde::Deserialize;
use sha2::Digest;

#[derive(Deserialize)]
struct Golden {
    decoded: BTreeMap<String, Expected>,
    refused: Vec<String>,
}

#[derive(Deserialize)]
struct Expected {
    rows: u32,
    columns: u32,
    samples: u32,
    bits: u32,
    signed: bool,
    #[serde(default)]
    sha256: Vec<String>,
    #[serde(default)]
    means: Vec<f64>,
    #[serde(default)]
    values: Vec<String>,
    #[serde(default)]
    shown: Option<String>,
}

fn golden() -> Golden {
    serde_json::from_str(include_str!("golden/decode.json")).unwrap()
}

fn files() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/dicom/files");
    if folder.is_dir() {
        return Some(folder);
    }
    println!(
        "SKIPPED: {} is not there, so no file was compared with pydicom",
        folder.display()
    );
    None
}

#[test]
fn every_file_that_pydicom_decodes_decodes_alike() {
    let Some(folder) = files() else { return };
    let golden = golden();
    let wrong: Vec<String> = golden
        .decoded
        .iter()
        .filter_map(|(name, expected)| {
            let outcome = compare(&folder.join(name), expected);
            outcome.err().map(|why| format!("{name}: {why}"))
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        golden.decoded.len(),
        wrong.join("\n")
    );
    println!("{} files equal pydicom's", golden.decoded.len());
}

fn compare(path: &std::path::Path, expected: &Expected) -> Result<(), String> {
    let picture = Picture::open(path, &Limits::default()).map_err(|error| error.to_string())?;
    let frames = expected.sha256.len().max(expected.values.len());
    if picture.header().layout.frames as usize != frames {
        return Err(format!(
            "{} frames instead of {frames}",
            picture.header().layout.frames
        ));
    }
    for n in 0..frames {
        let frame = picture
            .stored_frame(n as u32)
            .map_err(|error| error.to_string())?;
        let shape = (frame.rows, frame.columns, frame.samples);
        if shape != (expected.rows, expected.columns, expected.samples) {
            return Err(format!("shape {shape:?}"));
        }
        // The standard shown: every frame also becomes one for a display, a thumbnail and a model.
        let shown = picture.display_frame(n as u32);
        if expected.bits <= 16 {
            let shown = shown.map_err(|error| error.to_string())?;
            let width = u64::from(shown.format.bits / 8 * shown.format.samples);
            let size = u64::from(shown.format.rows) * u64::from(shown.format.columns) * width;
            assert_eq!(shown.bytes.len() as u64, size);
        }
        if let Some(hash) = expected.sha256.get(n) {
            if (frame.bits_allocated, frame.signed) != (expected.bits, expected.signed) {
                return Err(format!(
                    "{} bits, signed {}",
                    frame.bits_allocated, frame.signed
                ));
            }
            if hex::encode(sha2::Sha256::digest(&frame.bytes)) != *hash {
                return Err(format!("frame {n} differs"));
            }
        } else {
            let values: Vec<i64> = if expected.samples == 3 {
                let shown = picture
                    .display_frame(n as u32)
                    .map_err(|error| error.to_string())?;
                shown.bytes.iter().map(|&byte| i64::from(byte)).collect()
            } else {
                numbers(&frame)
            };
            near(&values, expected, n)?;
        }
    }
    Ok(())
}

/// Within two levels at each sampled position, and a mean within half a level.
fn near(values: &[i64], expected: &Expected, n: usize) -> Result<(), String> {
    let packed = base64::engine::general_purpose::STANDARD
        .decode(&expected.values[n])
        .unwrap();
    let mut raw = Vec::new();
    flate2::read::ZlibDecoder::new(packed.as_slice())
        .read_to_end(&mut raw)
        .unwrap();
    let sampled: Vec<i64> = raw
        .as_chunks::<4>()
        .0
        .iter()
        .map(|&b| i64::from(i32::from_le_bytes(b)))
        .collect();
    let samples = expected.samples as usize;
    let pixels = (values.len() / samples) as u64;
    assert_eq!(sampled.len(), 4096 * samples);
    let ours = (0..4096_u64).flat_map(|k| {
        let at = ((k * 2_654_435_761) % pixels) as usize * samples;
        values[at..at + samples].iter().copied()
    });
    let worst = ours
        .zip(&sampled)
        .map(|(a, b)| (a - b).abs())
        .max()
        .unwrap();
    if worst > 2 {
        let ours: Vec<i64> = (0..4u64)
            .map(|k| values[((k * 2_654_435_761) % pixels) as usize * samples])
            .collect();
        return Err(format!(
            "frame {n} is {worst} levels off ({ours:?} vs {:?})",
            &sampled[..4]
        ));
    }
    let mean = values.iter().sum::<i64>() as f64 / values.len() as f64;
    if (mean - expected.means[n]).abs() > 0.5 {
        return Err(format!(
            "frame {n} has mean {mean} instead of {}",
            expected.means[n]
        ));
    }
    Ok(())
}

fn numbers(frame: &imaging::StoredFrame) -> Vec<i64> {
    match (frame.bits_allocated, frame.signed) {
        (8, _) => frame.bytes.iter().map(|&byte| i64::from(byte)).collect(),
        (_, true) => frame
            .bytes
            .as_chunks::<2>()
            .0
            .iter()
            .map(|&b| i16::from_le_bytes(b).into())
            .collect(),
        (_, false) => frame
            .bytes
            .as_chunks::<2>()
            .0
            .iter()
            .map(|&b| u16::from_le_bytes(b).into())
            .collect(),
    }
}

#[test]
fn every_file_that_pydicom_refuses_ends_as_stated() {
    let Some(folder) = files() else { return };
    let stated: BTreeMap<String, String> =
        serde_json::from_str(include_str!("golden/refused.json")).unwrap();
    let ours: BTreeMap<String, String> = golden()
        .refused
        .into_iter()
        .map(|name| {
            let frame = Picture::open(folder.join(&name), &Limits::default())
                .and_then(|picture| picture.stored_frame(0));
            let outcome = match frame {
                Ok(frame) => format!("decoded {}x{}", frame.columns, frame.rows),
                Err(error) => error.message_id().to_owned(),
            };
            (name, outcome)
        })
        .collect();
    println!("{}", serde_json::to_string_pretty(&ours).unwrap());
    assert_eq!(ours, stated);
}

/// pydicom refuses these 12-bit pictures; the same films exist without loss.
#[test]
fn twelve_bit_jpeg_is_close_to_its_lossless_sibling() {
    let Some(folder) = files() else { return };
    for (lossy, lossless) in [
        ("dtf__RG2_JPLY.dcm", "dtf__RG2_JPLL.dcm"),
        ("dtf__RG3_JPLY.dcm", "dtf__RG3_JPLL.dcm"),
        ("dtf__XA1_JPLY.dcm", "dtf__XA1_JPLL.dcm"),
        ("dtf__MR2_JPLY.dcm", "dtf__MR2_JPLL.dcm"),
        ("dtf__MR4_JPLY.dcm", "dtf__MR4_J2KR.dcm"),
    ] {
        let values = |name| {
            let picture = Picture::open(folder.join(name), &Limits::default()).unwrap();
            numbers(&picture.stored_frame(0).unwrap())
        };
        let (a, b) = (values(lossy), values(lossless));
        let off = a
            .iter()
            .zip(&b)
            .map(|(a, b)| (a - b).abs() as f64)
            .sum::<f64>()
            / a.len() as f64;
        let spread = (b.iter().max().unwrap() - b.iter().min().unwrap()) as f64;
        println!("{lossy}: {off:.2} levels off on average, of {spread}");
        assert!(off < spread * 0.01, "{lossy}: {off} of {spread}");
    }
}

#[test]
fn what_is_shown_is_what_pydicom_shows() {
    let Some(folder) = files() else { return };
    let mut compared = 0;
    let mut wrong = Vec::new();
    for (name, expected) in golden().decoded {
        let Some(shown) = expected.shown else {
            continue;
        };
        let theirs = base64::engine::general_purpose::STANDARD
            .decode(shown)
            .unwrap();
        let picture = Picture::open(folder.join(&name), &Limits::default()).unwrap();
        let shown = picture.shown(0).unwrap();
        let stored = shown.frame.values();
        let ours = shown.render(&RenderOptions::default()).unwrap().bytes;
        let padding = shown.frame.format.padding;
        for (k, theirs) in (0_u64..).zip(theirs) {
            let at = ((k * 2_654_435_761) % ours.len() as u64) as usize;
            let padded = padding.is_some_and(|[low, high]| (low..=high).contains(&stored[at]));
            if !padded && ours[at].abs_diff(theirs) > 1 {
                wrong.push(format!("{name} at {at}: {} instead of {theirs}", ours[at]));
                break;
            }
        }
        compared += 1;
    }
    assert!(
        wrong.is_empty(),
        "{} of {compared}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    println!("{compared} files look as pydicom shows them");
}

#[test]
fn names_in_other_scripts_are_read() {
    let Some(folder) = files() else { return };
    let picture = Picture::open(folder.join("pydicom__chrArab.dcm"), &Limits::default()).unwrap();
    let identity = picture.header().identity.clone().unwrap();
    assert_eq!(identity.name.expose(), "قباني, لنزار");
}
