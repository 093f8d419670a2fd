//! Sealing: the typeset PDF gets the signed document as an attachment, loses everything that says who it
//! is about from the outside, and is encrypted (AES-256, revision 6 of ISO 32000-2, metadata included).

mod about;
mod attach;
mod cipher;
mod open;
mod shape;

use basics::Secret;
use lopdf::Document as Pdf;

pub(crate) use self::{
    attach::{DOCUMENT, SIGNATURE, attached},
    open::open,
};
use crate::{Error, Passphrase, Result, Signed, State, canonical::parse_canonical};

/// What travels inside a sealed PDF.
#[derive(Clone, Debug)]
pub struct Enclosed {
    /// The document in canonical form, as it was signed: becomes `report.json`.
    pub canonical: Vec<u8>,
    /// The clinic's signature of it: becomes `report.sig`. Nothing is sealed without one.
    pub signature: Option<Signed>,
}

/// Seals a typeset PDF. `user` opens it for reading; `owner` is the clinic's own key to it.
///
/// Readers may print and copy text, also for reading aloud; they may not change it. (Those rights are a
/// request that reading programs honour; what proves that nothing was changed is the signature.)
///
/// # Errors
/// [`Error::Unsigned`] for a draft and for a document without a signature; [`Error::SignatureWrong`]
/// where the signature does not belong to the document; [`Error::OwnerWeak`]; [`Error::Randomness`];
/// [`Error::Pdf`] where `pdf` is no PDF as this program writes them.
pub fn seal(
    pdf: &[u8],
    enclosed: &Enclosed,
    user: &Passphrase,
    owner: &Secret<String>,
) -> Result<Vec<u8>> {
    let document = parse_canonical(&enclosed.canonical)?;
    let signed = enclosed.signature.ok_or(Error::Unsigned)?;
    if document.state == State::Draft || document.signatures.is_empty() {
        return Err(Error::Unsigned);
    }
    if !signed.holds(&enclosed.canonical) {
        return Err(Error::SignatureWrong);
    }
    let mut sealed = Pdf::load_mem(pdf).map_err(|_| Error::Pdf)?;
    if sealed.is_encrypted() || sealed.get_pages().is_empty() {
        return Err(Error::Pdf);
    }
    about::clean(&mut sealed, document.language)?;
    attach::attach(&mut sealed, &enclosed.canonical, &signed)?;
    cipher::close(sealed, user, owner)
}

/// Seals a sealed PDF anew under another passphrase: the same pages, document and signature.
///
/// # Errors
/// [`Error::WrongPassphrase`] where `old` does not open it; as [`verify`](crate::verify) for a file that
/// is no sealed report, and as [`seal`] for the rest.
pub fn reseal(
    sealed: &[u8],
    old: &Passphrase,
    new: &Passphrase,
    owner: &Secret<String>,
) -> Result<Vec<u8>> {
    let opened = open(sealed, old)?;
    let canonical = attached(&opened.pdf, DOCUMENT)?;
    let signature = attached(&opened.pdf, SIGNATURE)?;
    let signed = Signed::from_bytes(&signature).ok_or(Error::SignatureWrong)?;
    if !signed.holds(&canonical) {
        return Err(Error::SignatureWrong);
    }
    cipher::close(opened.pdf, new, owner)
}

#[cfg(test)]
mod tests;
