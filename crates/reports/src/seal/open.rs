//! Opening a sealed report that anybody may have made: nothing in it is trusted until it was checked.

use lopdf::{Document as Pdf, LoadOptions};

use super::shape;
use crate::{Error, Passphrase, Result};

/// Largest file, in bytes. A report with four images has about 3 MB.
pub(crate) const LARGEST: usize = 32 << 20;
/// What a stream may unpack to while the file is read. Sealed files have none that is unpacked then.
const UNPACKED: usize = 1 << 20;

/// An opened report, decrypted.
pub(crate) struct Opened {
    /// Its objects.
    pub(crate) pdf: Pdf,
    /// AES-256, revision 6, metadata included.
    pub(crate) strong: bool,
}

/// Reads and decrypts a sealed report with the user's or the owner's passphrase.
///
/// # Errors
/// [`Error::TooLarge`], [`Error::Damaged`], [`Error::NotSealed`], [`Error::WrongPassphrase`].
pub(crate) fn open(file: &[u8], passphrase: &Passphrase) -> Result<Opened> {
    if file.len() > LARGEST {
        return Err(Error::TooLarge { what: "file" });
    }
    shape::check(file)?;
    let load = |password: Option<String>| {
        Pdf::load_mem_with_options(
            file,
            LoadOptions {
                password,
                strict: true,
                max_decompressed_size: Some(UNPACKED),
                ..LoadOptions::default()
            },
        )
    };
    let pdf = load(Some(passphrase.expose().to_owned())).map_err(|error| match error {
        lopdf::Error::InvalidPassword => Error::WrongPassphrase,
        _ => Error::Damaged("structure"),
    })?;
    // lopdf answers `Ok` with nothing in it where it did not decrypt.
    if pdf.is_encrypted() {
        return Err(Error::WrongPassphrase);
    }
    let Some(state) = &pdf.encryption_state else {
        return Err(Error::NotSealed);
    };
    let aes = |name: &[u8]| {
        let filter = state.crypt_filters().get(name);
        filter.is_some_and(|filter| filter.method() == b"AESV3")
    };
    let strong = (state.version(), state.revision()) == (5, 6)
        && state.encrypt_metadata()
        && aes(state.default_stream_filter())
        && aes(state.default_string_filter());
    Ok(Opened { pdf, strong })
}
