//! Table E.1-1 of PS3.15 as data: what the basic profile does with an attribute.

use std::{collections::HashMap, sync::LazyLock};

use dicom_core::Tag;

/// What is done with an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    /// X: it is left out.
    Remove,
    /// Z: its value is empty.
    Empty,
    /// D: it has a value that says nothing.
    Dummy,
    /// U: a UID is exchanged for another, the same one everywhere.
    Exchange,
}

/// The table has tag and action on a line.
static TABLE: LazyLock<HashMap<Tag, Action>> = LazyLock::new(|| {
    include_str!("table-e1-1.txt")
        .lines()
        .filter_map(|line| {
            let (tag, action) = line.split_once(' ')?;
            let group = u16::from_str_radix(tag.get(..4)?, 16).ok()?;
            let element = u16::from_str_radix(tag.get(4..)?, 16).ok()?;
            Some((Tag(group, element), of_code(action)?))
        })
        .collect()
});

/// Which of the alternatives is right hangs on the type of the attribute in its IOD (E.1.1). The one
/// that is right for every type is taken: what may stay empty is empty, else it has a dummy value.
fn of_code(code: &str) -> Option<Action> {
    Some(match code {
        "X" => Action::Remove,
        "Z" | "X/Z" => Action::Empty,
        "D" | "Z/D" | "X/D" | "X/Z/D" => Action::Dummy,
        "U" | "X/Z/U*" => Action::Exchange,
        _ => return None,
    })
}

/// What the profile says of an attribute; `None` where it says nothing.
pub(super) fn action(tag: Tag) -> Option<Action> {
    let Tag(group, element) = tag;
    // Private attributes, curves (50xx) and overlays (60xx), whole; group lengths are retired.
    if group % 2 == 1 || element == 0 || matches!(group >> 8, 0x50 | 0x60) {
        return Some(Action::Remove);
    }
    TABLE.get(&tag).copied()
}

#[cfg(test)]
mod tests {
    use dicom_dictionary_std::tags;

    use super::*;

    #[test]
    fn every_line_of_the_table_is_read() {
        let lines = include_str!("table-e1-1.txt").lines();
        let rows = lines.filter(|line| !line.starts_with('#') && !line.contains('x'));
        assert_eq!(rows.count(), TABLE.len());
        assert!(TABLE.len() > 640, "{}", TABLE.len());
    }

    #[test]
    fn actions_are_those_of_the_standard() {
        for (tag, expected) in [
            (tags::PATIENT_NAME, Some(Action::Empty)),
            (tags::PATIENT_ID, Some(Action::Dummy)),
            (tags::SOP_INSTANCE_UID, Some(Action::Exchange)),
            (tags::REFERENCED_IMAGE_SEQUENCE, Some(Action::Exchange)),
            (tags::SERIES_DESCRIPTION, Some(Action::Remove)),
            (tags::CONTENT_DATE, Some(Action::Dummy)),
            (Tag(0x0009, 0x1001), Some(Action::Remove)),
            (Tag(0x6002, 0x0022), Some(Action::Remove)),
            (tags::ROWS, None),
            (tags::MODALITY, None),
        ] {
            assert_eq!(action(tag), expected, "{tag}");
        }
    }
}
