//! Files that lie, break off or explode: each ends in a named error or a sound picture.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod common;

use std::{
    io::Write,
    path::{Path, PathBuf},
    sync::atomic::AtomicBool,
};

use basics::Coded;
use common::Film;
use image::ImageEncoder;
use imaging::{Error, Limits, Picture, Result};
use proptest::prelude::*;

/// Opens and draws every way there is; gives the first frame's outcome.
fn attempt(bytes: Vec<u8>) -> Result<()> {
    let picture = Picture::from_bytes(bytes, &Limits::default())?;
    let outcome = picture.stored_frame(0).map(drop);
    let shown = picture.shown(0).and_then(|shown| {
        shown.plane();
        shown.thumbnail()
    });
    if outcome.is_err() {
        outcome
    } else {
        shown.map(drop)
    }
}

/// A decoder that panics is contained, but it should not have come to that.
fn contained(outcome: &Result<()>) -> bool {
    *outcome == Err(Error::Contained)
}

fn samples() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/dicom/files");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("SKIPPED: {} is not there", folder.display());
    None
}

/// One small file of each kind of compression.
const KINDS: [&str; 12] = [
    "bad_hostile_text.dcm",
    "dicomParser__IM00001.fragmented_no_bot_jpeg_baseline.50.dcm",
    "dtf__MR_small_RLE.dcm",
    "dtf__MR_small_expb.dcm",
    "dtf__MR_small_jp2klossless.dcm",
    "dtf__MR_small_jpeg_ls_lossless.dcm",
    "dtf__JPEG-LL.dcm",
    "dtf__JPEG-lossy.dcm",
    "dtf__emri_small.dcm",
    "pydicom__SC_rgb_jls_lossy_line.dcm",
    "pydicom-data__liver_nonbyte_aligned_deflate.dcm",
    "syn_chest_DX_Deflated_MONOCHROME2_8bit_f3824a.dcm",
];

/// A sequence of numbers that is the same on every run.
struct Dice(u64);
impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

/// Rounds for each file; `IMAGING_ROUNDS=5000` for a long look.
fn rounds() -> usize {
    std::env::var("IMAGING_ROUNDS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(64)
}

#[test]
fn files_cut_short_are_named() {
    let Some(folder) = samples() else { return };
    let mut dice = Dice(7);
    for name in KINDS {
        let whole = std::fs::read(folder.join(name)).unwrap();
        for _ in 0..rounds() {
            let length = dice.below(whole.len());
            let outcome = attempt(whole[..length].to_vec());
            assert!(!contained(&outcome), "{name} cut to {length}: {outcome:?}");
        }
    }
}

#[test]
fn files_with_changed_bytes_do_not_bring_us_down() {
    let Some(folder) = samples() else { return };
    let mut dice = Dice(11);
    for name in KINDS {
        let whole = std::fs::read(folder.join(name)).unwrap();
        for round in 0..rounds() {
            let mut bytes = whole.clone();
            // Half of the rounds aim at the header, where lengths and shapes lie.
            let reach = if round % 2 == 0 {
                bytes.len()
            } else {
                bytes.len().min(4096)
            };
            for _ in 0..=dice.below(8) {
                let at = dice.below(reach);
                bytes[at] = dice.below(256) as u8;
            }
            let outcome = attempt(bytes);
            assert!(!contained(&outcome), "{name}, round {round}: {outcome:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn random_bytes_after_a_sound_beginning_are_named(noise in prop::collection::vec(any::<u8>(), 0..2000)) {
        let mut bytes = Film::new(4, 4).pixels16(&[1; 16]).bytes();
        bytes.truncate(180);
        bytes.extend(noise);
        prop_assert!(!contained(&attempt(bytes)));
    }
}

#[test]
fn a_claim_larger_than_the_limit_is_refused_before_memory_is_taken() {
    let huge = Film::new(60_000, 60_000).pixels16(&[0]);
    assert_eq!(
        huge.open().unwrap_err(),
        Error::TooManyPixels {
            pixels: 3_600_000_000,
            limit: 100_000_000
        }
    );
    let many = Film::new(1000, 1000)
        .text(0x0028_0008, b"IS", "1000")
        .pixels16(&[0]);
    assert!(matches!(
        many.open().unwrap_err(),
        Error::TooManyBytes {
            bytes: 2_000_000_000,
            ..
        }
    ));
    let frames = Film::new(1, 1)
        .text(0x0028_0008, b"IS", "2000000")
        .pixels16(&[0]);
    assert!(matches!(
        frames.open().unwrap_err(),
        Error::TooManyFrames { .. }
    ));
    let small = Limits {
        file_bytes: 10,
        ..Limits::default()
    };
    assert_eq!(
        Picture::from_bytes(vec![0; 11], &small).unwrap_err(),
        Error::FileTooLarge {
            bytes: 11,
            limit: 10
        }
    );
}

#[test]
fn sequences_nested_without_end_are_refused() {
    // Each level costs 20 bytes; a recursive reader would run out of stack.
    let mut body = Vec::new();
    for _ in 0..100_000 {
        body.extend([
            0x08, 0x00, 0x40, 0x11, b'S', b'Q', 0, 0, 0xFF, 0xFF, 0xFF, 0xFF,
        ]);
        body.extend([0xFE, 0xFF, 0x00, 0xE0, 0xFF, 0xFF, 0xFF, 0xFF]);
    }
    let mut bytes = Film::item().syntax("1.2.840.10008.1.2.1").bytes();
    bytes.extend(body);
    assert_eq!(attempt(bytes).unwrap_err().message_id(), "image-damaged");
}

fn zeros_png(side: u32) -> Vec<u8> {
    // 1 bit a pixel keeps the raw side of the bomb small enough to make here.
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, side, side);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    encoder.set_compression(png::Compression::High);
    let row = vec![0; side.div_ceil(8) as usize * side as usize];
    encoder
        .write_header()
        .unwrap()
        .write_image_data(&row)
        .unwrap();
    bytes
}

#[test]
fn a_png_bomb_is_refused_by_its_header() {
    let bomb = zeros_png(20_000);
    println!("{} bytes would become {}", bomb.len(), 20_000_u64 * 20_000);
    assert!(bomb.len() < 200_000);
    assert_eq!(
        attempt(bomb).unwrap_err(),
        Error::TooManyPixels {
            pixels: 400_000_000,
            limit: 100_000_000
        }
    );
}

#[test]
fn a_deflate_bomb_is_refused() {
    let mut packer = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    let zeros = vec![0; 1 << 20];
    (0..64).for_each(|_| packer.write_all(&zeros).unwrap());
    let mut bytes = Film::item().syntax("1.2.840.10008.1.2.1.99").bytes();
    bytes.extend(packer.finish().unwrap());
    let limits = Limits {
        file_bytes: 1 << 20,
        ..Limits::default()
    };
    assert!(matches!(
        Picture::from_bytes(bytes, &limits).unwrap_err(),
        Error::TooManyBytes { .. }
    ));
}

fn png_of(pixels: &[u8], columns: u32, rows: u32, colour: image::ExtendedColorType) -> Vec<u8> {
    let mut bytes = Vec::new();
    image::codecs::png::PngEncoder::new(&mut bytes)
        .write_image(pixels, columns, rows, colour)
        .unwrap();
    bytes
}

#[test]
fn plain_pictures_keep_their_depth_and_lose_their_transparency() {
    let values: Vec<u16> = (0..16).map(|n| n * 4096).collect();
    let native: Vec<u8> = values.iter().flat_map(|v| v.to_ne_bytes()).collect();
    let deep = png_of(&native, 4, 4, image::ExtendedColorType::L16);
    let picture = Picture::from_bytes(deep, &Limits::default()).unwrap();
    assert_eq!(picture.header().layout.bits_stored, 16);
    let expected: Vec<i32> = values.iter().map(|&v| i32::from(v)).collect();
    assert_eq!(picture.display_frame(0).unwrap().values(), expected);

    let clear = png_of(&[200, 255, 200, 0], 2, 1, image::ExtendedColorType::La8);
    let picture = Picture::from_bytes(clear, &Limits::default()).unwrap();
    assert_eq!(picture.display_frame(0).unwrap().bytes, [200, 0]);
    assert_eq!(
        picture.render(0, &Default::default()).unwrap().bytes,
        [200, 0],
        "8 bits are as they are"
    );

    let mut tiff = std::io::Cursor::new(Vec::new());
    image::codecs::tiff::TiffEncoder::new(&mut tiff)
        .write_image(&native, 4, 4, image::ExtendedColorType::L16)
        .unwrap();
    let picture = Picture::from_bytes(tiff.into_inner(), &Limits::default()).unwrap();
    assert_eq!(picture.header().format, imaging::Format::Tiff);
    assert_eq!(picture.display_frame(0).unwrap().values(), expected);
}

#[test]
fn photographs_are_turned_upright() {
    let mut jpeg = Vec::new();
    image::codecs::jpeg::JpegEncoder::new(&mut jpeg)
        .write_image(&[128; 64 * 32], 64, 32, image::ExtendedColorType::L8)
        .unwrap();
    // Exif: little-endian TIFF with one entry, Orientation (0x0112) = 6, a quarter turn.
    let mut exif = b"\xFF\xE1\x00\x22Exif\0\0II*\0\x08\0\0\0\x01\0".to_vec();
    exif.extend(b"\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0");
    jpeg.splice(2..2, exif);
    let picture = Picture::from_bytes(jpeg, &Limits::default()).unwrap();
    let layout = picture.header().layout;
    let frame = picture.display_frame(0).unwrap().format;
    assert_eq!((layout.rows, layout.columns), (64, 32));
    assert_eq!((frame.rows, frame.columns), (64, 32));
}

#[test]
fn content_decides_and_not_the_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("film.dcm");
    std::fs::write(&path, png_of(&[1, 2], 2, 1, image::ExtendedColorType::L8)).unwrap();
    let picture = Picture::open(&path, &Limits::default()).unwrap();
    assert_eq!(picture.header().format, imaging::Format::Png);
    let missing = Picture::open(folder.path().join("none.dcm"), &Limits::default()).unwrap_err();
    assert_eq!(missing.message_id(), "file-not-found");
    for (bytes, id) in [
        (vec![], "image-empty"),
        (b"hello".to_vec(), "image-unknown-format"),
    ] {
        std::fs::write(&path, bytes).unwrap();
        assert_eq!(
            Picture::open(&path, &Limits::default())
                .unwrap_err()
                .message_id(),
            id
        );
    }
    assert_eq!(
        Picture::open(folder.path(), &Limits::default()).unwrap_err(),
        Error::UnknownFormat
    );
}

fn zip_of(path: &Path, entries: &[(&str, &[u8])]) {
    let mut zip = zip::ZipWriter::new(std::fs::File::create(path).unwrap());
    for (name, bytes) in entries {
        zip.start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap();
}

#[test]
fn folders_and_archives_are_walked_and_faults_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let film = Film::new(1, 1).pixels16(&[5]).bytes();
    std::fs::create_dir(root.join("b")).unwrap();
    std::fs::write(root.join("b/one.dcm"), &film).unwrap();
    std::fs::write(root.join(".DS_Store"), b"junk").unwrap();
    std::fs::write(root.join("Thumbs.db"), b"junk").unwrap();
    std::fs::write(root.join("broken.zip"), b"PK\x03\x04 and nothing more").unwrap();
    let bomb = vec![0; 80 << 20];
    let inner = std::fs::read(root.join("broken.zip")).unwrap();
    zip_of(
        &root.join("a.zip"),
        &[
            ("../../evil.dcm", &film),
            ("__MACOSX/x", b"junk"),
            ("bomb.dcm", &bomb),
            ("inner.zip", &inner),
            ("two.dcm", &film),
        ],
    );
    let cancel = AtomicBool::new(false);
    let mut seen = 0;
    let found: Vec<String> = imaging::gather([root], &Limits::default(), |n| seen = n, &cancel)
        .map(|item| match item {
            Ok(found) => {
                let label = found.label.clone();
                format!("{label}: {}", found.open(&Limits::default()).is_ok())
            }
            Err((label, error)) => format!("{label}: {error}"),
        })
        .map(|line| line.split_once('/').unwrap().1.to_owned())
        .collect();
    assert_eq!(
        found,
        [
            "a.zip › ../../evil.dcm: true",
            "a.zip › bomb.dcm: the ZIP archive exceeds its limit of ratio",
            "a.zip › inner.zip: the ZIP archive exceeds its limit of nesting",
            "a.zip › two.dcm: true",
            "b/one.dcm: true",
            "broken.zip: damaged ZIP archive",
        ]
    );
    assert_eq!(seen, 6);
    let few = Limits {
        zip_entries: 4,
        ..Limits::default()
    };
    let refused = imaging::gather([root.join("a.zip")], &few, |_| (), &cancel)
        .next()
        .unwrap();
    assert_eq!(refused.unwrap_err().1, Error::ZipBomb { limit: "entries" });
    cancel.store(true, std::sync::atomic::Ordering::Relaxed);
    let mut walk = imaging::gather([root], &Limits::default(), |_| (), &cancel);
    assert_eq!(walk.next().unwrap().unwrap_err().1, Error::Cancelled);
    assert!(walk.next().is_none());
}

#[test]
fn studies_are_grouped_and_sorted() {
    let header = |study: &str, series: &str, number: &str| {
        let film = Film::new(1, 1)
            .text(0x0020_000D, b"UI", study)
            .text(0x0020_000E, b"UI", series)
            .text(0x0020_0013, b"IS", number)
            .pixels16(&[0]);
        film.open().unwrap().header().clone()
    };
    let headers = [
        header("1.1", "1.1.1", "2"),
        header("1.2", "1.2.1", "1"),
        header("1.1", "1.1.1", "1"),
    ];
    let studies = imaging::tree(&headers);
    let order: Vec<Vec<usize>> = studies
        .iter()
        .map(|study| {
            study.series[0]
                .instances
                .iter()
                .map(|instance| instance.index)
                .collect()
        })
        .collect();
    assert_eq!(order, [vec![2, 0], vec![1]]);
}

#[test]
fn a_map_of_zeros_draws_nothing() {
    let film = Film::new(2, 2).pixels8(&[10, 20, 30, 40]);
    let rendered = film.open().unwrap().render(0, &Default::default()).unwrap();
    let map = |values: &[f32]| {
        let map = imaging::Map {
            rows: 1,
            columns: values.len(),
            values,
        };
        imaging::overlay(&rendered, &map, 0.6, imaging::Palette::Viridis).map(|png| {
            let picture = Picture::from_bytes(png, &Limits::default()).unwrap();
            picture.stored_frame(0).unwrap().bytes
        })
    };
    let grey: Vec<u8> = rendered.bytes.iter().flat_map(|&byte| [byte; 3]).collect();
    assert_eq!(map(&[0.0, 0.0]).unwrap(), grey);
    let half = map(&[0.0, 1.0]).unwrap();
    assert_eq!(half[..3], grey[..3], "nothing where the map is zero");
    assert_ne!(half[3..6], grey[3..6]);
    assert!(map(&[f32::NAN]).is_err() && map(&[-1.0]).is_err());
}

/// A cut-off JPEG must not load with its missing part painted grey.
#[test]
fn a_jpeg_cut_short_is_refused_at_any_length() {
    let film = image::GrayImage::from_fn(200, 160, |x, y| image::Luma([(x ^ y) as u8]));
    let mut whole = Vec::new();
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut whole, 85);
    film.write_with_encoder(encoder).unwrap();
    let frame = |bytes: &[u8]| Picture::from_bytes(bytes, &Limits::default())?.stored_frame(0);
    assert!(frame(&whole).is_ok());
    for part in 1..10 {
        let cut = &whole[..whole.len() * part / 10];
        assert!(frame(cut).is_err(), "{part} tenths of it load");
    }
}
