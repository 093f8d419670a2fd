//! What can go wrong with a report, each by name; nothing here holds what a report says.

use std::collections::BTreeMap;

use basics::{Code, Coded};

/// Why a report cannot be made, sealed, read or sent.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A bundled font is not where it belongs, or is no font.
    #[error("a bundled font is missing: {0}")]
    FontsMissing(&'static str),
    /// The page could not be laid out or written: a defect of the template.
    #[error("the page could not be laid out (line {line} of the template)")]
    Layout {
        /// Line of `assets/report/report.typ`, from 1; 0 where none is known.
        line: usize,
    },
    /// A picture is not the one that the document names, by its size or its hash.
    #[error("picture {figure} is not the one that the document names")]
    PictureDiffers {
        /// Index into [`Document::figures`](crate::Document::figures), from 0.
        figure: usize,
    },

    /// A film is no picture.
    #[error(transparent)]
    Imaging(#[from] imaging::Error),
    /// The sample report has no story in this language: a defect of `assets/report`.
    #[error("the sample report has no story")]
    NoSample,

    /// The document is not in canonical form (RFC 8785), or cannot be brought into it.
    #[error("the document is not in canonical form")]
    NotCanonical,
    /// A newer program wrote it.
    #[error("the document has format {0}, which this program does not know")]
    UnknownFormat(u32),
    /// A draft, or a document without its signature, is never sealed.
    #[error("only a signed report can be sealed")]
    Unsigned,
    /// The signature does not belong to the document.
    #[error("the signature does not belong to the document")]
    SignatureWrong,
    /// The operating system gave no randomness.
    #[error("the operating system gave no randomness")]
    Randomness,
    /// Fewer than 12 characters and fewer than 4 words, or hardly two of them different.
    #[error("the passphrase is too easy to guess")]
    PassphraseShort,
    /// More than 127 bytes.
    #[error("the passphrase is longer than PDF allows")]
    PassphraseLong,
    /// RFC 4013 forbids a character of it, or letters of both directions together.
    #[error("the passphrase holds characters that PDF does not allow")]
    PassphraseCharacter,
    /// The owner's passphrase is short, or the reader's.
    #[error("the owner's passphrase is too weak")]
    OwnerWeak,
    /// What is to be sealed is no PDF as this program writes them.
    #[error("the pages are not a PDF that can be sealed")]
    Pdf,
    /// It opens with neither passphrase.
    #[error("the passphrase does not open the file")]
    WrongPassphrase,
    /// It is not encrypted.
    #[error("the file is not sealed")]
    NotSealed,
    /// It is cut, altered, or not as this program writes it.
    #[error("the file is damaged or was changed: {0}")]
    Damaged(&'static str),
    /// There is no document of ours in it.
    #[error("the file is no report of Medibridge")]
    NotAReport,
    /// A limit of this program.
    #[error("the {what} is too large")]
    TooLarge {
        /// `file`, `document`, `objects` or `picture`.
        what: &'static str,
    },
    /// A film sheet without an image, or with more than it has room for.
    #[error("a film sheet takes 1 to {most} images")]
    FilmImages {
        /// The most.
        most: usize,
    },
    /// A DICOM object cannot be written.
    #[error("a DICOM object cannot be written: {0}")]
    Dicom(&'static str),
    /// The FHIR server did not take it.
    #[error(transparent)]
    Fhir(#[from] crate::fhir::Failure),
}

/// The crate's result.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Coded for Error {
    fn code(&self) -> Code {
        match self {
            Self::Dicom(_) => Code::Internal,
            Self::Fhir(failure) => failure.code(),
            Self::Imaging(error) => error.code(),
            Self::FontsMissing(_) => Code::NotFound,
            Self::Layout { .. } | Self::NoSample | Self::PictureDiffers { .. } => Code::Internal,
            Self::Randomness | Self::Pdf | Self::OwnerWeak => Code::Internal,
            Self::NotCanonical | Self::SignatureWrong => Code::Damaged,
            Self::UnknownFormat(_) | Self::NotAReport => Code::Unreadable,
            Self::NotSealed | Self::Damaged(_) => Code::Unreadable,
            Self::Unsigned => Code::Conflict,
            Self::PassphraseShort | Self::PassphraseLong => Code::Invalid,
            Self::PassphraseCharacter | Self::FilmImages { .. } => Code::Invalid,
            Self::WrongPassphrase => Code::WrongPassword,
            Self::TooLarge { .. } => Code::TooLarge,
        }
    }

    fn message_id(&self) -> &'static str {
        match self {
            Self::Dicom(_) => "report-dicom",
            Self::Fhir(failure) => failure.message_id(),
            Self::Imaging(error) => error.message_id(),
            Self::NoSample => "report-no-sample",
            Self::FontsMissing(_) => "report-fonts-missing",
            Self::Layout { .. } => "report-layout",
            Self::PictureDiffers { .. } => "report-picture-differs",
            Self::NotCanonical => "report-not-canonical",
            Self::UnknownFormat(_) => "report-unknown-format",
            Self::Unsigned => "report-unsigned",
            Self::SignatureWrong => "report-signature-wrong",
            Self::Randomness => "report-randomness",
            Self::PassphraseShort => "report-passphrase-short",
            Self::PassphraseLong => "report-passphrase-long",
            Self::PassphraseCharacter => "report-passphrase-character",
            Self::OwnerWeak => "report-owner-weak",
            Self::Pdf => "report-pdf",
            Self::WrongPassphrase => "report-wrong-passphrase",
            Self::NotSealed => "report-file-not-sealed",
            Self::Damaged(_) => "report-damaged",
            Self::NotAReport => "report-not-a-report",
            Self::TooLarge { .. } => "report-too-large",
            Self::FilmImages { .. } => "report-film-images",
        }
    }

    fn args(&self) -> BTreeMap<&'static str, String> {
        match self {
            Self::Dicom(what) => BTreeMap::from([("what", (*what).into())]),
            Self::Fhir(failure) => failure.args(),
            Self::Imaging(error) => error.args(),
            Self::FontsMissing(name) => BTreeMap::from([("font", (*name).into())]),
            Self::Layout { line } => BTreeMap::from([("line", line.to_string())]),
            Self::PictureDiffers { figure } => {
                BTreeMap::from([("figure", (figure + 1).to_string())])
            }
            Self::UnknownFormat(format) => BTreeMap::from([("format", format.to_string())]),
            Self::Damaged(what) | Self::TooLarge { what } => {
                BTreeMap::from([("what", (*what).into())])
            }
            Self::FilmImages { most } => BTreeMap::from([("most", most.to_string())]),
            _ => BTreeMap::new(),
        }
    }
}
