//! Encryption: the standard security handler, version 5, revision 6.

use std::{collections::BTreeMap, sync::Arc};

use basics::Secret;
use lopdf::{
    Document as Pdf, EncryptionState, EncryptionVersion, Object, Permissions, StringFormat,
    encryption::crypt_filters::{Aes256CryptFilter, CryptFilter},
};
use zeroize::Zeroizing;

use crate::{Error, Passphrase, Result};

/// Characters of an owner passphrase at least: who has it has every right.
const OWNER: usize = 16;
/// Name of the one filter, as ISO 32000-2 has it in its examples.
const FILTER: &[u8] = b"StdCF";

/// Encrypts a document under a key drawn for it alone, and writes it.
pub(super) fn close(mut pdf: Pdf, user: &Passphrase, owner: &Secret<String>) -> Result<Vec<u8>> {
    let owner = Passphrase::given(owner.clone()).map_err(|_| Error::OwnerWeak)?;
    if owner.expose().chars().count() < OWNER || owner.expose() == user.expose() {
        return Err(Error::OwnerWeak);
    }
    let mut drawn = Zeroizing::new([0_u8; 48]);
    getrandom::fill(&mut drawn[..]).map_err(|_| Error::Randomness)?;
    let (key, ident) = drawn.split_at(32);
    // A file's two identifiers only have to differ from those of other files.
    let ident = Object::String(ident.to_vec(), StringFormat::Hexadecimal);
    pdf.trailer.set("ID", vec![ident.clone(), ident]);
    pdf.version = "2.0".into();
    pdf.encryption_state = None;

    let filter: Arc<dyn CryptFilter> = Arc::new(Aes256CryptFilter);
    let state = EncryptionState::try_from(EncryptionVersion::V5 {
        encrypt_metadata: true,
        crypt_filters: BTreeMap::from([(FILTER.to_vec(), filter)]),
        file_encryption_key: key,
        stream_filter: FILTER.to_vec(),
        string_filter: FILTER.to_vec(),
        owner_password: owner.expose(),
        user_password: user.expose(),
        permissions: rights(),
    })
    .map_err(|_| Error::Pdf)?;
    pdf.encrypt(&state).map_err(|_| Error::Pdf)?;
    let mut out = Vec::new();
    pdf.save_to(&mut out).map_err(|_| Error::Pdf)?;
    Ok(out)
}

/// Print, copy, read aloud.
fn rights() -> Permissions {
    Permissions::PRINTABLE
        | Permissions::PRINTABLE_IN_HIGH_QUALITY
        | Permissions::COPYABLE
        | Permissions::COPYABLE_FOR_ACCESSIBILITY
}
