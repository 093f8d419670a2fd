//! Is this file the report that the clinic signed? Says for each part what was checked and what was not.
//!
//! The signed thing is the attached document, not the pages: they are its picture. So the images on the
//! pages are compared with the hashes that were signed, and the pages, where the fonts are at hand, with
//! what this program makes of the document ([`Verified::compare_pages`]).

use std::collections::BTreeSet;

use lopdf::{Document as Pdf, Object, ObjectId, Stream};

use crate::{
    Document, Figure, Fonts, Passphrase, Picture, Result, Signed, canonical::fingerprint,
    canonical::parse_canonical, seal, seal::DOCUMENT, seal::SIGNATURE, seal::attached, typeset,
};

/// Bytes of the samples of one figure at most: 4096 × 4096 in colour, and some.
const SAMPLES: u64 = 64 << 20;
/// Images that are looked at. A page has a handful.
const IMAGES: usize = 64;
/// What the sealer adds to the catalogue of the typeset PDF.
const ADDED: [&[u8]; 4] = [b"AF", b"Metadata", b"Names", b"ViewerPreferences"];

/// A part of a sealed report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The encryption: AES-256, revision 6.
    Seal,
    /// The attached document is in canonical form.
    Document,
    /// The signature belongs to the document and to the key beside it.
    Signature,
    /// That key is the clinic's.
    Key,
    /// A figure's pixels are the signed ones; its index, from 0.
    Figure(usize),
    /// No other image is in the file.
    OtherImages,
    /// The pages are what this program makes of the document.
    Pages,
}

/// What became of the check of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Checked, holds.
    Holds,
    /// Checked, does not hold.
    Differs,
    /// Not checked.
    NotChecked,
}

/// What was found.
pub struct Verified {
    /// The signed content. Believe it only where [`Verified::holds`].
    pub document: Document,
    /// SHA-256 (hex) of its canonical form.
    pub fingerprint: String,
    /// The signature in the file, where it can be read.
    pub signed: Option<Signed>,
    /// Part by part, in the order of [`Part`].
    pub checks: Vec<(Part, Finding)>,
    pictures: Vec<Option<Picture>>,
    pdf: Pdf,
}

/// Checks a sealed report. `key` is the clinic's report key as the clinic itself says it; without one
/// it stays open whose signature it is.
///
/// # Errors
/// Where nothing can be said of the content: [`Error::WrongPassphrase`](crate::Error::WrongPassphrase),
/// [`Error::NotSealed`](crate::Error::NotSealed), [`Error::Damaged`](crate::Error::Damaged),
/// [`Error::NotAReport`](crate::Error::NotAReport), [`Error::TooLarge`](crate::Error::TooLarge),
/// [`Error::NotCanonical`](crate::Error::NotCanonical),
/// [`Error::UnknownFormat`](crate::Error::UnknownFormat).
pub fn verify(file: &[u8], passphrase: &Passphrase, key: Option<[u8; 32]>) -> Result<Verified> {
    let opened = seal::open(file, passphrase)?;
    let canonical = attached(&opened.pdf, DOCUMENT)?;
    let document = parse_canonical(&canonical)?;
    let signature = attached(&opened.pdf, SIGNATURE).ok();
    let signed = signature.and_then(|bytes| Signed::from_bytes(&bytes));
    let is_key = |signed: Signed| key.map(|key| key == signed.key);
    let mut checks = vec![
        (Part::Seal, holds(opened.strong)),
        // Read strictly above: anything else is an error.
        (Part::Document, Finding::Holds),
        (
            Part::Signature,
            holds(signed.is_some_and(|s| s.holds(&canonical))),
        ),
        (
            Part::Key,
            signed.and_then(is_key).map_or(Finding::NotChecked, holds),
        ),
    ];
    let (pictures, others) = images(&opened.pdf, &document.figures);
    let figures = pictures.iter().enumerate();
    checks.extend(figures.map(|(n, found)| (Part::Figure(n), holds(found.is_some()))));
    checks.push((Part::OtherImages, holds(!others)));
    checks.push((Part::Pages, Finding::NotChecked));
    Ok(Verified {
        fingerprint: fingerprint(&canonical),
        document,
        signed,
        checks,
        pictures,
        pdf: opened.pdf,
    })
}

impl Verified {
    /// Every part that was checked holds, the signature among them.
    pub fn holds(&self) -> bool {
        self.finding(Part::Signature) == Finding::Holds
            && self.checks.iter().all(|(_, f)| *f != Finding::Differs)
    }

    /// What was found of one part; `NotChecked` for a figure that there is not.
    pub fn finding(&self, part: Part) -> Finding {
        let found = self.checks.iter().find(|(checked, _)| *checked == part);
        found.map_or(Finding::NotChecked, |(_, finding)| *finding)
    }

    /// Sets the document anew and compares every object of the pages. Where they differ, [`Part::Pages`]
    /// stays `NotChecked`: another version of this program made them, or somebody changed them.
    ///
    /// # Errors
    /// As [`typeset`].
    pub fn compare_pages(&mut self, fonts: &Fonts) -> Result<()> {
        let pictures: Option<Vec<Picture>> = self.pictures.iter().cloned().collect();
        let Some(pictures) = pictures else {
            return Ok(());
        };
        let fresh = typeset(fonts, &self.document, &pictures)?.pdf()?;
        let same = Pdf::load_mem(&fresh).is_ok_and(|fresh| same_pages(&fresh, &self.pdf));
        if let (true, Some((_, pages))) = (same, self.checks.last_mut()) {
            *pages = Finding::Holds;
        }
        Ok(())
    }
}

impl std::fmt::Debug for Verified {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Verified({}, {:?})", self.fingerprint, self.checks)
    }
}

fn holds(is_so: bool) -> Finding {
    match is_so {
        true => Finding::Holds,
        false => Finding::Differs,
    }
}

/// The figures as they are in the file, and whether there are images that are none of them.
fn images(pdf: &Pdf, figures: &[Figure]) -> (Vec<Option<Picture>>, bool) {
    let mut found = vec![None; figures.len()];
    let mut others = false;
    let drawn = pdf
        .objects
        .values()
        .filter_map(|object| object.as_stream().ok());
    let drawn = drawn.filter(|stream| is_name(stream, b"Subtype", b"Image"));
    for (n, stream) in drawn.enumerate() {
        let picture = match n < IMAGES {
            true => picture(stream, figures),
            false => None,
        };
        let hash = picture.as_ref().map(Picture::sha256);
        let mut is_figure = false;
        for (figure, place) in figures.iter().zip(&mut found) {
            if hash.as_ref() == Some(&figure.pixels_sha256) {
                is_figure = true;
                place.clone_from(&picture);
            }
        }
        others |= !is_figure;
    }
    (found, others)
}

/// The samples of an image of a figure's size: 8 bits, grey or RGB, drawn as they are.
fn picture(stream: &Stream, figures: &[Figure]) -> Option<Picture> {
    let number = |key: &[u8]| {
        let number = stream.dict.get(key).and_then(Object::as_i64).ok()?;
        u32::try_from(number).ok()
    };
    let (width, height) = (number(b"Width")?, number(b"Height")?);
    let of_a_figure = figures
        .iter()
        .any(|f| (f.width, f.height) == (width, height));
    let altered = [
        &b"Decode"[..],
        b"SMask",
        b"Mask",
        b"ImageMask",
        b"DecodeParms",
    ];
    if !of_a_figure
        || number(b"BitsPerComponent") != Some(8)
        || altered.iter().any(|key| stream.dict.has(key))
    {
        return None;
    }
    let pixels = u64::from(width) * u64::from(height);
    let most = usize::try_from(pixels * 3).ok()?;
    if pixels * 3 > SAMPLES {
        return None;
    }
    let bytes = stream.get_plain_content_with_limit(most).ok()?;
    let samples = [1_u8, 3]
        .into_iter()
        .find(|n| bytes.len() as u64 == pixels * u64::from(*n))?;
    Some(Picture {
        width,
        height,
        samples,
        bytes,
    })
}

/// Whether every object of a freshly typeset PDF stands in the sealed one as it is, and the catalogue
/// leads nowhere else.
fn same_pages(fresh: &Pdf, sealed: &Pdf) -> bool {
    let root = |pdf: &Pdf| pdf.trailer.get(b"Root").and_then(Object::as_reference).ok();
    let (Some(start), Ok(before), Ok(after)) = (root(fresh), fresh.catalog(), sealed.catalog())
    else {
        return false;
    };
    let about = [fresh.trailer.get(b"Info"), before.get(b"Metadata")];
    let left_out: BTreeSet<ObjectId> = about
        .into_iter()
        .filter_map(|object| object.and_then(Object::as_reference).ok())
        .chain([start])
        .collect();
    let catalogue = |key: &Vec<u8>| !ADDED.contains(&key.as_slice());
    let keys = |pdf: &lopdf::Dictionary| -> BTreeSet<Vec<u8>> {
        pdf.iter()
            .map(|(key, _)| key.clone())
            .filter(catalogue)
            .collect()
    };
    root(sealed) == Some(start)
        && keys(before) == keys(after)
        && keys(before)
            .iter()
            .all(|key| before.get(key).ok() == after.get(key).ok())
        && fresh
            .objects
            .iter()
            .filter(|(id, object)| !left_out.contains(id) && !is_container(object))
            .all(|(id, object)| {
                sealed
                    .objects
                    .get(id)
                    .is_some_and(|other| same(object, other))
            })
}

/// The same object; of a stream its content and dictionary, not where in the file it stood.
fn same(one: &Object, other: &Object) -> bool {
    match (one, other) {
        (Object::Stream(one), Object::Stream(other)) => {
            let mut dictionaries = [one.dict.clone(), other.dict.clone()];
            dictionaries.iter_mut().for_each(|d| {
                d.remove(b"Length");
            });
            one.content == other.content && dictionaries[0] == dictionaries[1]
        }
        _ => one == other,
    }
}

/// What only holds other objects.
fn is_container(object: &Object) -> bool {
    object.as_stream().is_ok_and(|stream| {
        is_name(stream, b"Type", b"ObjStm") || is_name(stream, b"Type", b"XRef")
    })
}

fn is_name(stream: &Stream, key: &[u8], name: &[u8]) -> bool {
    stream
        .dict
        .get(key)
        .and_then(Object::as_name)
        .is_ok_and(|is| is == name)
}
