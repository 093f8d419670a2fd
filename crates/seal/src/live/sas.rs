//! The short authentication string: four pictures that both people compare. Each side is bound before
//! it sees the other's number, so nobody in the middle can search for a match: the chance is 2⁻²⁴.

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::Error;
use crate::{Key, random};

/// A number of 32 bytes that one side draws for the short string, anew for every hello.
pub type SasNumber = [u8; 32];

/// What binds the guest to its number before the host's is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commitment([u8; 32]);

/// A new number.
///
/// # Errors
/// [`Error::NoRandom`].
pub fn sas_number() -> Result<SasNumber, Error> {
    random().map_err(|_| Error::NoRandom)
}

impl Commitment {
    /// To this number.
    pub fn to(number: &SasNumber) -> Self {
        Self(
            Sha256::new()
                .chain_update(b"medibridge commit")
                .chain_update(number)
                .finalize()
                .into(),
        )
    }

    /// As it stood in a hello.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Its bytes.
    pub fn to_bytes(&self) -> [u8; 32] {
        self.0
    }

    /// Whether this is the number. If not, somebody changed their mind: remove the guest.
    pub fn holds(&self, number: &SasNumber) -> bool {
        Self::to(number).0.ct_eq(&self.0).into()
    }
}

/// Four places in [`EMOJI`]: the first 24 bits of SHA-256("medibridge sas" ‖ secret ‖ guest ‖ host).
pub fn sas(secret: &Key, guest: &SasNumber, host: &SasNumber) -> [usize; 4] {
    let digest = Sha256::new()
        .chain_update(b"medibridge sas")
        .chain_update(secret.expose())
        .chain_update(guest)
        .chain_update(host)
        .finalize();
    let bits = u32::from_be_bytes([0, digest[0], digest[1], digest[2]]);
    [18, 12, 6, 0].map(|shift| (bits >> shift & 63) as usize)
}

/// 64 pictures of Unicode 6 that old phones draw, and that nobody takes for one another on the
/// telephone; no person, flag, faith or food that offends. The order is part of the protocol.
#[rustfmt::skip]
pub const EMOJI: [&str; 64] = [
    "🐶", "🐱", "🐴", "🐘", "🐰", "🐼", "🐓", "🐧", "🐢", "🐟", "🐙", "🐳", "🐝", "🐌", "🐫", "🐸",
    "🌵", "🌻", "🌴", "🍁", "🍄", "🌹", "🍎", "🍌", "🍇", "🍓", "🌽", "🍞", "🍉", "🍋", "🍒", "🎂",
    "🌙", "⭐", "🌈", "🔥", "⛄", "⚡", "🌍", "⏰", "🔑", "🔔", "📖", "📎", "🔨", "💡", "🎁", "☔",
    "👓", "👑", "🎩", "👟", "🏠", "🚪", "⚓", "🚗", "🚲", "🚂", "🚀", "⛵", "⚽", "🎈", "🎸", "📷",
];

/// The keys of their words in the catalogue, for those who do not see or cannot name a picture.
#[rustfmt::skip]
pub const EMOJI_NAMES: [&str; 64] = [
    "dog", "cat", "horse", "elephant", "rabbit", "panda", "rooster", "penguin",
    "turtle", "fish", "octopus", "whale", "bee", "snail", "camel", "frog",
    "cactus", "sunflower", "palm", "leaf", "mushroom", "rose", "apple", "banana",
    "grapes", "strawberry", "corn", "bread", "melon", "lemon", "cherries", "cake",
    "moon", "star", "rainbow", "fire", "snowman", "lightning", "globe", "clock",
    "key", "bell", "book", "paperclip", "hammer", "lamp", "gift", "umbrella",
    "glasses", "crown", "hat", "shoe", "house", "door", "anchor", "car",
    "bicycle", "train", "rocket", "sailboat", "ball", "balloon", "guitar", "camera",
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_picture_or_word_stands_twice() {
        assert_eq!(EMOJI.iter().collect::<HashSet<_>>().len(), 64);
        assert_eq!(EMOJI_NAMES.iter().collect::<HashSet<_>>().len(), 64);
        assert!(EMOJI.iter().all(|picture| picture.chars().count() == 1));
    }

    #[test]
    fn another_number_or_secret_gives_another_string() {
        let (ng, nh) = (sas_number().unwrap(), sas_number().unwrap());
        let secret = Key::make().unwrap();
        let mine = sas(&secret, &ng, &nh);
        assert_eq!(mine, sas(&secret, &ng, &nh));
        // Each would be equal by chance once in 16 million.
        assert_ne!(mine, sas(&Key::make().unwrap(), &ng, &nh));
        assert_ne!(mine, sas(&secret, &nh, &ng));
        assert!(Commitment::to(&ng).holds(&ng) && !Commitment::to(&ng).holds(&nh));
    }
}
