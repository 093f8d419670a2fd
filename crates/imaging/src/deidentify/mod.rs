//! Copies without identity: DICOM by the Basic Application Level Confidentiality Profile (PS3.15 Annex E),
//! plain pictures by leaving out everything but the picture.
//!
//! Pixels are carried over bit for bit. What is burned into them cannot be cleaned here, so a picture
//! that may show a name is refused until a person has looked at it ([`may_show_identity`]).

mod dicom;
mod dummy;
mod jpeg;
mod png;
mod table;
mod tiff;

use basics::Secret;

use crate::{
    Error, Format, Header, Limits, Picture, Result,
    picture::{Opened, Source},
};

/// How a copy is made.
#[derive(Clone, Debug)]
pub struct DeidentifyOptions {
    /// The clinic's own secret. New UIDs and pseudonyms follow from it: the same in every copy that
    /// is made with it, so that studies stay together, and not to be guessed without it.
    pub salt: Secret<[u8; 32]>,
    /// A person has looked at the pixels and found no identity in them.
    pub pixels_looked_at: bool,
    /// What is too large to be read.
    pub limits: Limits,
}

/// A copy of the same format without identity.
///
/// # Errors
/// [`Error::MayShowIdentity`] where the pixels have to be looked at first; else as [`Picture::from_bytes`].
pub fn deidentify(bytes: &[u8], options: &DeidentifyOptions) -> Result<Vec<u8>> {
    let picture = Picture::from_bytes(bytes, &options.limits)?;
    if may_show_identity(picture.header()) && !options.pixels_looked_at {
        return Err(Error::MayShowIdentity);
    }
    let salt = options.salt.clone();
    picture.decode(move |opened| copy(opened, &salt))
}

/// Whether identity may be burned into the pixels: the file says so, or it is of a kind whose pixels
/// usually hold text. A plain picture says nothing about itself, so it may.
pub fn may_show_identity(header: &Header) -> bool {
    // Ultrasound, screens that were captured, films that were scanned, endoscopy, photographs.
    const KINDS: [&str; 10] = [
        "US", "IVUS", "BDUS", "SC", "OT", "HC", "DOC", "ES", "GM", "XC",
    ];
    let secondary = header.sop_class.as_deref().is_some_and(|class| {
        class.starts_with(dicom_dictionary_std::uids::SECONDARY_CAPTURE_IMAGE_STORAGE)
    });
    match header.burned_in_annotation {
        Some(said) => said,
        None => {
            header.format != Format::Dicom
                || secondary
                || header
                    .modality
                    .as_deref()
                    .is_none_or(|modality| KINDS.contains(&modality))
        }
    }
}

fn copy(opened: &Opened, salt: &Secret<[u8; 32]>) -> Result<Vec<u8>> {
    match &opened.source {
        Source::Dicom(file) => dicom::copy(file, &dummy::Pseudonyms::new(salt)),
        Source::Raster(raster) => match opened.header.format {
            Format::Png => png::copy(raster.bytes(), raster.orientation()),
            Format::Jpeg => jpeg::copy(raster.bytes(), raster.orientation()),
            _ => tiff::copy(&raster.stored()?),
        },
    }
}

/// A minimal Exif block (CIPA DC-008) that says nothing but how the picture is turned; a copy without
/// it would be shown lying on its side. `None` where it is upright.
fn exif(orientation: image::metadata::Orientation) -> Option<Vec<u8>> {
    let turned = orientation.to_exif();
    (turned != 1).then(|| {
        let mut block = b"II*\0\x08\0\0\0\x01\0".to_vec();
        // Tag 0x0112, SHORT, one value; no further directory.
        block.extend([0x12, 0x01, 3, 0, 1, 0, 0, 0, turned, 0, 0, 0, 0, 0, 0, 0]);
        block
    })
}
