//! A model file, checked before whisper.cpp sees it: its loader trusts every length in a file and takes
//! one that was cut off for a whole one.
//!
//! The format is ggml's of whisper.cpp: a magic number, eleven numbers, mel filters, words, and tensors
//! up to the last byte.

use std::io::{BufReader, Read, Seek, SeekFrom};

use crate::error::ModelFile;

/// "ggml", as a little-endian number.
const MAGIC: u32 = 0x6767_6d6c;
/// Bins of the spectrum that whisper.cpp computes.
const BINS: u32 = 201;
/// Numbers at the head, in their order.
const HEAD: usize = 11;
/// A word or a name of a tensor is never longer.
const NAME: u32 = 1_024;

/// Words that whisper.cpp looks up without asking whether they are there; it ends the program where they are not.
const NEEDED: [&str; 3] = [" ", " -", " '"];

/// ggml's types of numbers: id, numbers in a block, bytes of a block.
const TYPES: [(u32, u64, u64); 13] = [
    (0, 1, 4),
    (1, 1, 2),
    (2, 32, 18),
    (3, 32, 20),
    (6, 32, 22),
    (7, 32, 24),
    (8, 32, 34),
    (10, 256, 84),
    (11, 256, 110),
    (12, 256, 144),
    (13, 256, 176),
    (14, 256, 210),
    (30, 1, 2),
];

/// Whether a file of this length is a whole speech model.
pub(super) fn check(file: impl Read + Seek, length: u64) -> Result<(), ModelFile> {
    let mut file = File {
        inner: BufReader::new(file),
        left: length,
    };
    if file.number()? != MAGIC {
        return Err(ModelFile::Foreign);
    }
    let layers = head(&mut file)?;
    let words = file.number()?;
    if words > 100_000 {
        return Err(ModelFile::Foreign);
    }
    let mut missing = NEEDED.to_vec();
    for _ in 0..words {
        let word = file.word()?;
        missing.retain(|needed| needed.as_bytes() != word);
    }
    if !missing.is_empty() {
        return Err(ModelFile::Foreign);
    }
    let expected = tensors(layers);
    for _ in 0..expected {
        tensor(&mut file)?;
    }
    match file.left {
        0 => Ok(()),
        _ => Err(ModelFile::Foreign),
    }
}

/// The numbers at the head and the filters; how many layers hear and speak.
fn head(file: &mut File<impl Read + Seek>) -> Result<[u32; 2], ModelFile> {
    let mut head = [0; HEAD];
    for number in &mut head {
        *number = file.number()?;
    }
    let [
        words,
        hears,
        width,
        heads,
        layers,
        says,
        width2,
        heads2,
        layers2,
        mels,
        _kind,
    ] = head;
    let plausible = (50_000..=60_000).contains(&words)
        && (1..=1_500).contains(&hears)
        && (1..=448).contains(&says)
        && (1..=4_096).contains(&width)
        && width == width2
        && [heads, heads2]
            .iter()
            .all(|n| (1..=64).contains(n) && width % n == 0)
        && [layers, layers2].iter().all(|n| (1..=64).contains(n))
        && [80, 128].contains(&mels);
    if !plausible || file.number()? != mels || file.number()? != BINS {
        return Err(ModelFile::Foreign);
    }
    file.skip(u64::from(mels * BINS) * 4)?;
    Ok([layers, layers2])
}

/// How many tensors a model of so many layers has.
fn tensors([hearing, saying]: [u32; 2]) -> u32 {
    11 + 15 * hearing + 24 * saying
}

fn tensor(file: &mut File<impl Read + Seek>) -> Result<(), ModelFile> {
    let [dimensions, name, kind] = [file.number()?, file.number()?, file.number()?];
    let known = TYPES.iter().find(|(id, ..)| *id == kind);
    let Some((_, block, bytes)) = known.filter(|_| (1..=4).contains(&dimensions)) else {
        return Err(ModelFile::Foreign);
    };
    let mut numbers = 1_u64;
    for _ in 0..dimensions {
        let size = u64::from(file.number()?);
        numbers = numbers.checked_mul(size).ok_or(ModelFile::Foreign)?;
    }
    file.skip_name(name)?;
    let data = (numbers / block).checked_mul(*bytes);
    file.skip(data.ok_or(ModelFile::Foreign)?)
}

/// A file of which some bytes are left.
struct File<R> {
    inner: BufReader<R>,
    left: u64,
}

impl<R: Read + Seek> File<R> {
    fn number(&mut self) -> Result<u32, ModelFile> {
        let mut bytes = [0; 4];
        self.take(4)?;
        self.inner
            .read_exact(&mut bytes)
            .map_err(|_| ModelFile::Truncated)?;
        Ok(u32::from_le_bytes(bytes))
    }

    /// The next word, if it is a short one.
    fn word(&mut self) -> Result<Vec<u8>, ModelFile> {
        let length = self.number()?;
        if !(1..=2).contains(&length) {
            return self.skip_name(length).map(|()| Vec::new());
        }
        let mut word = vec![0; length as usize];
        self.take(length.into())?;
        (self.inner.read_exact(&mut word)).map_err(|_| ModelFile::Truncated)?;
        Ok(word)
    }

    fn skip_name(&mut self, length: u32) -> Result<(), ModelFile> {
        match length > NAME {
            true => Err(ModelFile::Foreign),
            false => self.skip(length.into()),
        }
    }

    fn skip(&mut self, bytes: u64) -> Result<(), ModelFile> {
        self.take(bytes)?;
        let by = i64::try_from(bytes).map_err(|_| ModelFile::Foreign)?;
        match self.inner.seek_relative(by) {
            Ok(()) => Ok(()),
            Err(_) => self
                .inner
                .seek(SeekFrom::Current(by))
                .map(drop)
                .map_err(|_| ModelFile::Truncated),
        }
    }

    fn take(&mut self, bytes: u64) -> Result<(), ModelFile> {
        self.left = self.left.checked_sub(bytes).ok_or(ModelFile::Truncated)?;
        Ok(())
    }
}
