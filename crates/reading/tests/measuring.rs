//! A cine is outlined frame by frame, once, and measured whole.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "../../imaging/tests/common/mod.rs"]
mod film;
mod support;

use std::{cell::Cell, path::PathBuf};

use imaging::{Limits, Picture};
use reading::{
    Answer, AnyError, Error, Facts, Film, Measured, Member, Missing, Outcome, Reader, Series,
};
use support::{root, shelf};

const SLICES: usize = 10;
const FRAMES: usize = 2 * SLICES;

/// A patient of the test split, opened from memory and counted.
struct Cine {
    files: Vec<film::Film>,
    asked: usize,
    opened: usize,
    broken: Option<usize>,
}

impl Cine {
    fn new() -> Option<Self> {
        let folder = root().join("../shared/data/cmr/images");
        if !folder.exists() {
            println!("not run on shared data: {} is not there", folder.display());
            return None;
        }
        let files = (0..FRAMES).map(|at| dicom(&folder, at)).collect();
        Some(Self {
            files,
            asked: 8,
            opened: 0,
            broken: None,
        })
    }

    fn picture(&self, at: usize) -> Picture {
        self.files[at].open().unwrap()
    }

    fn read(&mut self, reader: &mut Reader, cancelled: &dyn Fn() -> bool) -> Option<Outcome> {
        let picture = self.picture(self.asked);
        let plane = picture.model_plane(0).unwrap();
        let film = Film::new(plane.rows, plane.columns, &plane.values).unwrap();
        let facts = Facts::of_frame(&picture, 0).unwrap();
        let packs = ["cardiac-mri".to_owned()];
        let read = reader.read_in_series(&film, &facts, &packs, Some(self), cancelled);
        read.unwrap()
    }
}

impl Series for Cine {
    fn asked(&self) -> (String, u32) {
        (self.asked.to_string(), 0)
    }

    fn members(&mut self) -> Result<Vec<Member>, AnyError> {
        let member = |at: usize| Member {
            id: at.to_string(),
            frames: 1,
        };
        // From the back: the order of files tells nothing.
        Ok((0..FRAMES).rev().map(member).collect())
    }

    fn open(&mut self, id: &str) -> Result<Picture, AnyError> {
        self.opened += 1;
        let at = id.parse().unwrap();
        match self.broken {
            Some(broken) if broken == at => Err(Box::new(Error::Pixels)),
            _ => Ok(self.picture(at)),
        }
    }
}

fn dicom(folder: &std::path::Path, at: usize) -> film::Film {
    let (slice, phase) = (at / 2, ["ED", "ES"][at % 2]);
    let path: PathBuf = folder.join(format!("cmr-acdc-p004-{phase}-s{slice:02}.jpg"));
    let plane = Picture::open(path, &Limits::default())
        .unwrap()
        .model_plane(0)
        .unwrap();
    let grey: Vec<u8> = plane
        .values
        .iter()
        .map(|v| (v * 255.0).round() as u8)
        .collect();
    film::Film::new(plane.rows as u16, plane.columns as u16)
        .text(0x0008_0060, b"CS", "MR")
        .text(0x0018_0015, b"CS", "HEART")
        .text(0x0018_1060, b"DS", ["0", "310"][at % 2])
        .text(0x0020_0032, b"DS", &format!("0\\0\\{}", 10 * slice))
        .text(0x0020_0037, b"DS", "1\\0\\0\\0\\1\\0")
        .text(0x0028_0030, b"DS", "1.5\\1.5")
        .text(0x0028_1050, b"DS", "128")
        .text(0x0028_1051, b"DS", "256")
        .pixels8(&grey)
}

fn measured(outcome: Outcome) -> Measured {
    match outcome.answer {
        Answer::Assessed(assessed) => assessed.measured.unwrap(),
        Answer::NotAssessed { reason } => panic!("{reason:?} {:?}", outcome.gate),
    }
}

#[test]
fn every_frame_is_outlined_once_for_the_whole_series() {
    let Some(mut cine) = Cine::new() else { return };
    let mut reader = Reader::open(&shelf(), 1).unwrap();
    let first = measured(cine.read(&mut reader, &|| false).unwrap());
    assert_eq!((first.slices, first.phases, first.missing), (10, 2, None));
    // The asked one was at hand; every other was opened once.
    assert_eq!(cine.opened, FRAMES - 1);
    cine.asked = 11;
    let second = measured(cine.read(&mut reader, &|| false).unwrap());
    assert_eq!(cine.opened, FRAMES - 1);
    assert_eq!(second.values, first.values);
    assert_ne!(second.contours, first.contours);
}

#[test]
fn a_series_can_be_stopped_and_a_broken_one_gives_no_values() {
    let Some(mut cine) = Cine::new() else { return };
    let mut reader = Reader::open(&shelf(), 1).unwrap();
    let looks = Cell::new(0);
    let tired = || looks.replace(looks.get() + 1) == 3;
    assert!(cine.read(&mut reader, &tired).is_none());
    assert!(cine.opened < FRAMES / 2);
    cine.broken = Some(2);
    let broken = measured(cine.read(&mut reader, &|| false).unwrap());
    assert_eq!(
        (broken.missing, broken.values.len()),
        (Some(Missing::Unreadable), 0)
    );
    assert!(!broken.contours.is_empty());
}
