//! Values that must not slip into a log: keys and passwords ([`Secret`]), a person's data ([`Phi`]).
//!
//! Neither has `Display`; `Debug` prints no content; both are wiped from memory when dropped.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zeroize::Zeroize;

/// A key, password or phrase. It cannot be serialised at all.
#[derive(Clone)]
pub struct Secret<T: Zeroize>(T);

/// Protected health information: a name, a birth date, a finding (HIPAA 45 CFR 160.103).
///
/// It may be stored and shown (serialised), never logged.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phi<T: Zeroize>(T);

impl<T: Zeroize> Secret<T> {
    /// Wraps a value.
    pub fn new(value: T) -> Self {
        Self(value)
    }
    /// The value itself; the name makes each use easy to find in review.
    pub fn expose(&self) -> &T {
        &self.0
    }
}

impl<T: Zeroize> Phi<T> {
    /// Wraps a value.
    pub fn new(value: T) -> Self {
        Self(value)
    }
    /// The value itself; the name makes each use easy to find in review.
    pub fn expose(&self) -> &T {
        &self.0
    }
}

impl<T: Zeroize> Drop for Secret<T> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}
impl<T: Zeroize> Drop for Phi<T> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}
impl<T: Zeroize> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}
impl<T: Zeroize> fmt::Debug for Phi<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Phi(…)")
    }
}
impl<T: Zeroize + Default> Default for Phi<T> {
    fn default() -> Self {
        Self(T::default())
    }
}

impl<T: Zeroize> From<T> for Secret<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}
impl<T: Zeroize> From<T> for Phi<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}
impl<'de, T: Zeroize + Deserialize<'de>> Deserialize<'de> for Secret<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self)
    }
}
impl<'de, T: Zeroize + Deserialize<'de>> Deserialize<'de> for Phi<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self)
    }
}
impl<T: Zeroize + Serialize> Serialize for Phi<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// To the user interface both look like the value inside.
macro_rules! typescript_of_the_inside {
    ($wrapper:ident) => {
        impl<T: Zeroize + ts_rs::TS> ts_rs::TS for $wrapper<T> {
            type WithoutGenerics = Self;
            type OptionInnerType = Self;
            fn name(config: &ts_rs::Config) -> String {
                T::name(config)
            }
            fn inline(config: &ts_rs::Config) -> String {
                T::inline(config)
            }
        }
    };
}
typescript_of_the_inside!(Secret);
typescript_of_the_inside!(Phi);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_no_content() {
        let secret = Secret::new("correct horse".to_string());
        let name = Phi::new("Maria Silva".to_string());
        let printed = format!("{secret:?} {name:?} {:?}", Some(&name));
        assert!(
            !printed.contains("horse") && !printed.contains("Maria"),
            "{printed}"
        );
    }
}
