//! Sealed reports without a clinic: is this file what was signed, and what does such a file look like?

use std::{fs, path::Path};

use ::reports::{
    Enclosed, Error, Finding, Fonts, Part, Passphrase, Sample, Signed, canonical, seal, typeset,
    verify,
};
use basics::{Language, Secret};
use serde::Serialize;

use crate::error::CommandError;

/// A public film (NIH ChestX-ray14, CC0), on which the invented patient's report is made.
const FILM: &[u8] = include_bytes!("../../../../assets/samples/nih-1e062d9bbd.jpg");

/// What was found in a sealed report. It holds nothing that the report says about the patient.
#[derive(Debug, Serialize)]
pub struct ReportCheck {
    /// Everything that was checked holds, the signature among it.
    pub holds: bool,
    /// Number of the report.
    pub number: String,
    /// Revision of it.
    pub revision: u32,
    /// Who issued it.
    pub clinic: String,
    /// Where it stood.
    pub state: ::reports::State,
    /// SHA-256 (hex) of the signed document.
    pub fingerprint: String,
    /// The key (hex) that the file names as the clinic's.
    pub key: Option<String>,
    /// Part by part.
    pub checks: Vec<CheckLine>,
}

/// One part.
#[derive(Debug, Serialize)]
pub struct CheckLine {
    /// `seal`, `document`, `signature`, `key`, `figure`, `other_images` or `pages`.
    pub part: &'static str,
    /// Of a figure, from 1.
    pub figure: Option<usize>,
    /// `holds`, `differs` or `not_checked`.
    pub finding: &'static str,
}

/// How to make a sample.
pub struct SampleOptions<'a> {
    /// Language of the report.
    pub language: Language,
    /// A film of one's own; none for the bundled one.
    pub film: Option<&'a Path>,
    /// What opens it; none for six words drawn by chance.
    pub passphrase: Option<Secret<String>>,
    /// Folder of the fonts.
    pub fonts: &'a Path,
}

/// Checks a sealed report. Where the fonts are at hand, the pages are set anew and compared too.
///
/// # Errors
/// The report's, by name, where nothing can be said about the file.
pub fn verify_report(
    file: &Path,
    passphrase: Secret<String>,
    key: Option<[u8; 32]>,
    fonts: &Path,
) -> Result<ReportCheck, CommandError> {
    let bytes = fs::read(file).map_err(|_| CommandError::FileNotRead)?;
    let mut verified = verify(&bytes, &Passphrase::given(passphrase)?, key)?;
    match Fonts::open(fonts) {
        Ok(fonts) => verified.compare_pages(&fonts)?,
        Err(Error::FontsMissing(_)) => {}
        Err(error) => return Err(error.into()),
    }
    let holds = verified.holds();
    let document = verified.document;
    Ok(ReportCheck {
        holds,
        number: document.number,
        revision: document.revision,
        clinic: document.clinic.name,
        state: document.state,
        fingerprint: verified.fingerprint,
        key: verified.signed.map(|signed| hex::encode(signed.key)),
        checks: verified.checks.into_iter().map(line).collect(),
    })
}

/// A sealed report of an invented patient, signed with a key that is thrown away: the file, and what
/// opens it.
///
/// # Errors
/// The report's, by name; an unreadable film.
pub fn sample_report(options: SampleOptions<'_>) -> Result<(Vec<u8>, Passphrase), CommandError> {
    let passphrase = match options.passphrase {
        Some(chosen) => Passphrase::chosen(chosen)?,
        None => Passphrase::generate()?,
    };
    let own = options.film.map(fs::read).transpose();
    let own = own.map_err(|_| CommandError::FileNotRead)?;
    let sample = Sample::new(options.language, own.as_deref().unwrap_or(FILM))?;
    let fonts = Fonts::open(options.fonts)?;
    let pages = typeset(&fonts, &sample.document, &sample.pictures)?;
    let canonical = canonical(&sample.document)?;
    let enclosed = Enclosed {
        signature: Some(Signed::by_throw_away_key(&canonical)?),
        canonical,
    };
    let owner = Passphrase::generate()?;
    let sealed = seal(&pages.pdf()?, &enclosed, &passphrase, owner.secret())?;
    Ok((sealed, passphrase))
}

fn line((part, finding): (Part, Finding)) -> CheckLine {
    let (part, figure) = match part {
        Part::Seal => ("seal", None),
        Part::Document => ("document", None),
        Part::Signature => ("signature", None),
        Part::Key => ("key", None),
        Part::Figure(n) => ("figure", Some(n + 1)),
        Part::OtherImages => ("other_images", None),
        Part::Pages => ("pages", None),
    };
    let finding = match finding {
        Finding::Holds => "holds",
        Finding::Differs => "differs",
        Finding::NotChecked => "not_checked",
    };
    CheckLine {
        part,
        figure,
        finding,
    }
}
