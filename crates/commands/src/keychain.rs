//! The absence of a keychain: the record then keeps the device's secret in a file.

use ::clinic::Keychain;
use ::clinic::keys::KeychainError;
use zeroize::Zeroizing;

/// Never answers.
pub(crate) struct NoKeychain;

impl Keychain for NoKeychain {
    fn read(&self, _name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
        Err(KeychainError::Unavailable)
    }
    fn write(&self, _name: &str, _secret: &[u8]) -> Result<(), KeychainError> {
        Err(KeychainError::Unavailable)
    }
    fn delete(&self, _name: &str) -> Result<(), KeychainError> {
        Err(KeychainError::Unavailable)
    }
}
