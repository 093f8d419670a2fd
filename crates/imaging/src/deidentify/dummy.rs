//! What stands in the place of a removed value: of the right type, and telling nothing.

use basics::Secret;
use dicom_core::{PrimitiveValue, Tag, VR};
use dicom_dictionary_std::tags;

/// Makes the same substitute of the same value, by a secret.
pub(super) struct Pseudonyms<'a>(&'a [u8; 32]);

impl<'a> Pseudonyms<'a> {
    pub(super) fn new(salt: &'a Secret<[u8; 32]>) -> Self {
        Self(salt.expose())
    }

    /// A UID under 2.25 (PS3.5 B.2: a UUID as one number) in place of this one. UIDs that DICOM itself
    /// gave out name no instance and stay.
    pub(super) fn uid(&self, uid: &str) -> String {
        let uid = uid.trim_matches(['\0', ' ']);
        if uid.is_empty() || uid.starts_with("1.2.840.10008.") {
            return uid.to_owned();
        }
        let mut bytes = self.hash(b"uid", uid);
        // RFC 9562 5.8: version 8, made from what the maker likes.
        bytes[6] = bytes[6] & 0x0F | 0x80;
        bytes[8] = bytes[8] & 0x3F | 0x80;
        format!("2.25.{}", u128::from_be_bytes(bytes))
    }

    /// What a person's number becomes, so that the copies of one person stay together.
    pub(super) fn person(&self, id: &str) -> String {
        let [a, b, c, d, e, ..] = self.hash(b"person", id.trim());
        format!("P-{a:02X}{b:02X}{c:02X}{d:02X}{e:02X}")
    }

    fn hash(&self, kind: &[u8], value: &str) -> [u8; 16] {
        let mut hasher = blake3::Hasher::new_keyed(self.0);
        hasher.update(kind).update(b"\0").update(value.as_bytes());
        let mut out = [0; 16];
        hasher.finalize_xof().fill(&mut out);
        out
    }
}

/// A value that says nothing, for action D; `text` is the old one, and what was empty stays so.
pub(super) fn value(tag: Tag, vr: VR, text: &str, pseudonyms: &Pseudonyms<'_>) -> PrimitiveValue {
    let words = match vr {
        _ if text.trim_matches(['\0', ' ']).is_empty() => return PrimitiveValue::Empty,
        VR::UI => pseudonyms.uid(text),
        _ if tag == tags::PATIENT_ID => pseudonyms.person(text),
        VR::AS => "000D".into(),
        VR::DA => "19000101".into(),
        VR::DT => "19000101000000".into(),
        VR::TM => "000000".into(),
        VR::DS | VR::IS => "0".into(),
        VR::US | VR::AT => return PrimitiveValue::from(0_u16),
        VR::SS => return PrimitiveValue::from(0_i16),
        VR::UL => return PrimitiveValue::from(0_u32),
        VR::SL => return PrimitiveValue::from(0_i32),
        VR::FL => return PrimitiveValue::from(0.0_f32),
        VR::FD => return PrimitiveValue::from(0.0_f64),
        VR::UV => return PrimitiveValue::from(0_u64),
        VR::SV => return PrimitiveValue::from(0_i64),
        VR::OB | VR::OW | VR::OD | VR::OF | VR::OL | VR::OV | VR::UN | VR::SQ => {
            return PrimitiveValue::Empty;
        }
        _ => "REMOVED".into(),
    };
    PrimitiveValue::from(words)
}
