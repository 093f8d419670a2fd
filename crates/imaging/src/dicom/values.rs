//! What turns stored values into what is seen: rescale, look-up tables, windows; with the functional
//! groups of multi-frame objects (PS3.3 C.7.6.16).

use dicom_core::Tag;
use dicom_dictionary_std::tags;

use super::Attributes;
use crate::{
    header::WindowPreset,
    lut::{Modality, Table},
    voi::{Function, Voi, Window},
};

/// The first item of a functional group macro of frame `n`, its own or shared.
pub(crate) fn group<'a>(a: &Attributes<'a>, n: u32, tag: Tag) -> Option<Attributes<'a>> {
    a.item(tags::PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE, n as usize)
        .and_then(|frame| frame.item(tag, 0))
        .or_else(|| {
            a.item(tags::SHARED_FUNCTIONAL_GROUPS_SEQUENCE, 0)?
                .item(tag, 0)
        })
}

/// The modality LUT of frame `n` (PS3.3 C.11.1). A slope of 0 would make every value one: not used.
pub(crate) fn modality(a: &Attributes<'_>, n: u32, signed: bool) -> Modality {
    if let Some(table) = a
        .item(tags::MODALITY_LUT_SEQUENCE, 0)
        .and_then(|item| table(&item, signed))
    {
        return Modality::Table(table);
    }
    let from = group(a, n, tags::PIXEL_VALUE_TRANSFORMATION_SEQUENCE).unwrap_or(*a);
    let slope = from
        .decimal(tags::RESCALE_SLOPE)
        .filter(|slope| *slope != 0.0)
        .unwrap_or(1.0);
    Modality::Linear {
        slope,
        intercept: from.decimal(tags::RESCALE_INTERCEPT).unwrap_or(0.0),
    }
}

/// Windows of frame `n` that can be used: a finite centre and a width that is positive.
pub(crate) fn windows(a: &Attributes<'_>, n: u32) -> Vec<WindowPreset> {
    let from = group(a, n, tags::FRAME_VOILUT_SEQUENCE).unwrap_or(*a);
    let centres = from.decimals(tags::WINDOW_CENTER).unwrap_or_default();
    let widths = from.decimals(tags::WINDOW_WIDTH).unwrap_or_default();
    let mut explanations = from
        .texts(tags::WINDOW_CENTER_WIDTH_EXPLANATION)
        .into_iter();
    let mut windows = Vec::new();
    for (centre, width) in centres.into_iter().zip(widths) {
        let explanation = explanations.next().filter(|text| !text.is_empty());
        if width > 0.0 {
            windows.push(WindowPreset {
                centre,
                width,
                explanation,
            });
        }
    }
    windows
}

/// The file's own first VOI of frame `n`: a table before a window, as PS3.3 C.11.2 leaves the choice
/// to the application and a table is the finer of the two.
pub(crate) fn voi(a: &Attributes<'_>, n: u32, signed: bool) -> Option<Voi> {
    // The first input of a VOI LUT is signed if modality outputs can be negative (C.11.2.1.1).
    let signed = signed
        || matches!(modality(a, n, signed), Modality::Linear { intercept, .. } if intercept < 0.0);
    if let Some(table) = a
        .item(tags::VOILUT_SEQUENCE, 0)
        .and_then(|item| table(&item, signed))
    {
        return Some(Voi::Table(table));
    }
    let from = group(a, n, tags::FRAME_VOILUT_SEQUENCE).unwrap_or(*a);
    let function = match from.text(tags::VOILUT_FUNCTION).as_deref() {
        Some("LINEAR_EXACT") => Function::LinearExact,
        Some("SIGMOID") => Function::Sigmoid,
        _ => Function::Linear,
    };
    let first = windows(a, n).into_iter().next()?;
    Some(Voi::Window(Window {
        centre: first.centre,
        width: first.width,
        function,
    }))
}

/// Whether the presentation turns light and dark round (Presentation LUT Shape INVERSE).
pub(crate) fn inverse_shape(a: &Attributes<'_>) -> bool {
    a.text(tags::PRESENTATION_LUT_SHAPE).as_deref() == Some("INVERSE")
}

/// The stored range that stands for no anatomy (PS3.3 C.7.5.1.1.2).
pub(crate) fn padding(a: &Attributes<'_>, signed: bool) -> Option<[i32; 2]> {
    let value = |tag| {
        let value = a.integer(tag)?;
        // Written as US though the pixels are signed, or the other way round.
        Some(if signed {
            i32::from(value as u16 as i16)
        } else {
            i32::from(value as u16)
        })
    };
    let from = value(tags::PIXEL_PADDING_VALUE)?;
    let to = value(tags::PIXEL_PADDING_RANGE_LIMIT).unwrap_or(from);
    Some([from.min(to), from.max(to)])
}

/// A look-up table: descriptor of entries (0 means 65,536), first value mapped, bits (PS3.3 C.11.1.1.1).
pub(crate) fn table(item: &Attributes<'_>, signed: bool) -> Option<Table> {
    let descriptor = item.words(tags::LUT_DESCRIPTOR)?;
    let (&[entries, first, bits], data) = (descriptor.as_slice(), item.words(tags::LUT_DATA)?)
    else {
        return None;
    };
    table_of(entries, first, bits, data, signed)
}

pub(crate) fn table_of(
    entries: u16,
    first: u16,
    bits: u16,
    data: Vec<u16>,
    signed: bool,
) -> Option<Table> {
    let entries = if entries == 0 {
        1 << 16
    } else {
        usize::from(entries)
    };
    let first = if signed {
        i32::from(first.cast_signed())
    } else {
        i32::from(first)
    };
    if !(1..=16).contains(&bits) || data.is_empty() {
        return None;
    }
    // Two 8-bit entries in a word, low byte first, where the words are half as many as the entries.
    let values: Vec<u16> = if data.len() < entries && data.len() == entries.div_ceil(2) {
        data.iter()
            .flat_map(|word| word.to_le_bytes())
            .map(u16::from)
            .take(entries)
            .collect()
    } else {
        data.into_iter().take(entries).collect()
    };
    Some(Table {
        first,
        bits: u32::from(bits),
        values,
    })
}
