//! From attributes to a [`Header`].

use basics::Phi;
use dicom_dictionary_std::tags;

use super::{Attributes, Syntax, values};
use crate::{
    Layout,
    header::{Format, Header, Identity, Spacing, SpacingSource},
    voi,
};

pub(super) fn header(attributes: &Attributes<'_>, syntax: &Syntax, layout: Layout) -> Header {
    let a = attributes;
    let orientation = values::group(a, 0, tags::PLANE_ORIENTATION_SEQUENCE);
    let position = values::group(a, 0, tags::PLANE_POSITION_SEQUENCE);
    let measures = values::group(a, 0, tags::PIXEL_MEASURES_SEQUENCE);
    Header {
        transfer_syntax: Some(syntax.named.clone()),
        modality: a.text(tags::MODALITY),
        sop_class: a.text(tags::SOP_CLASS_UID),
        identity: identity(a),
        study_uid: a.text(tags::STUDY_INSTANCE_UID),
        series_uid: a.text(tags::SERIES_INSTANCE_UID),
        sop_uid: a.text(tags::SOP_INSTANCE_UID),
        study_date: a.text(tags::STUDY_DATE).and_then(|text| date(&text)),
        study_time: a.text(tags::STUDY_TIME).and_then(|text| time(&text)),
        study_description: a.text(tags::STUDY_DESCRIPTION),
        series_description: a.text(tags::SERIES_DESCRIPTION),
        institution: a.text(tags::INSTITUTION_NAME),
        body_part: a.text(tags::BODY_PART_EXAMINED),
        laterality: a
            .text(tags::IMAGE_LATERALITY)
            .or_else(|| a.text(tags::LATERALITY)),
        view_position: a.text(tags::VIEW_POSITION),
        patient_orientation: a
            .texts(tags::PATIENT_ORIENTATION)
            .try_into()
            .ok()
            .filter(|sides: &[String; 2]| sides.iter().all(|side| !side.is_empty())),
        image_orientation: orientation
            .unwrap_or(*a)
            .decimals_of(tags::IMAGE_ORIENTATION_PATIENT),
        image_position: position
            .unwrap_or(*a)
            .decimals_of(tags::IMAGE_POSITION_PATIENT),
        series_number: a.integer(tags::SERIES_NUMBER),
        instance_number: a.integer(tags::INSTANCE_NUMBER),
        slice_thickness: measures.unwrap_or(*a).decimal(tags::SLICE_THICKNESS),
        slice_position: a.decimal(tags::SLICE_LOCATION),
        spacing: spacing(a, measures),
        windows: values::windows(a, 0),
        has_voi_lut: a.items(tags::VOILUT_SEQUENCE).next().is_some(),
        frame_time_ms: frame_time(a),
        burned_in_annotation: a
            .text(tags::BURNED_IN_ANNOTATION)
            .and_then(|text| Some(text == "YES").filter(|yes| *yes || text == "NO")),
        presentation_intent: a.text(tags::PRESENTATION_INTENT_TYPE),
        ..Header::bare(Format::Dicom, layout)
    }
}

fn identity(a: &Attributes<'_>) -> Option<Identity> {
    let name = a
        .text(tags::PATIENT_NAME)
        .map(|name| person_name(&name))
        .unwrap_or_default();
    let id = a.text(tags::PATIENT_ID).unwrap_or_default();
    let birth_date = a
        .text(tags::PATIENT_BIRTH_DATE)
        .and_then(|text| date(&text));
    let sex = a
        .text(tags::PATIENT_SEX)
        .filter(|sex| matches!(sex.as_str(), "M" | "F" | "O"));
    if name.is_empty() && id.is_empty() && birth_date.is_none() {
        return None;
    }
    Some(Identity {
        name: Phi::new(name),
        id: Phi::new(id),
        birth_date: birth_date.map(Phi::new),
        sex: sex.map(Phi::new),
    })
}

/// PS3.5 6.2.1: up to three groups (alphabetic, ideographic, phonetic) parted by `=`, each of family,
/// given, middle, prefix, suffix parted by `^`. Gives `Prefix Family, Given Middle, Suffix`.
pub(super) fn person_name(value: &str) -> String {
    let group = value
        .split('=')
        .find(|group| !group.trim_matches(['^', ' ']).is_empty())
        .unwrap_or("");
    let mut parts = group.split('^').map(str::trim);
    let mut next = || parts.next().unwrap_or("");
    let (family, given, middle, prefix, suffix) = (next(), next(), next(), next(), next());
    let join = |words: &[&str], by: &str| {
        words
            .iter()
            .copied()
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join(by)
    };
    let front = join(&[prefix, family], " ");
    let back = join(&[given, middle], " ");
    join(&[&front, &back, suffix], ", ")
}

/// DA (`YYYYMMDD`, or the old `YYYY.MM.DD`) to `YYYY-MM-DD`, if it is a day of the calendar.
pub(super) fn date(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|c| *c != '.' && *c != '-').collect();
    if digits.len() != 8 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let day = jiff::civil::Date::strptime("%Y%m%d", &digits).ok()?;
    Some(day.to_string())
}

/// TM (`HHMMSS.FFFFFF`, or the old `HH:MM:SS`) to `HH:MM:SS`; missing parts are 0.
pub(super) fn time(text: &str) -> Option<String> {
    let digits: String = text
        .chars()
        .filter(|c| *c != ':')
        .take_while(|c| *c != '.')
        .collect();
    if !matches!(digits.len(), 2 | 4 | 6) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let part = |at: usize| digits.get(at..at + 2).unwrap_or("00").parse::<u8>().ok();
    let (hour, minute, second) = (part(0)?, part(2)?, part(4)?);
    (hour < 24 && minute < 60 && second <= 60).then(|| format!("{hour:02}:{minute:02}:{second:02}"))
}

fn spacing(a: &Attributes<'_>, measures: Option<Attributes<'_>>) -> Option<Spacing> {
    let positive = |pair: [f64; 2]| pair.iter().all(|side| *side > 0.0).then_some(pair);
    let pair = |from: Attributes<'_>, tag| from.decimals_of::<2>(tag).and_then(positive);
    let imager = pair(*a, tags::IMAGER_PIXEL_SPACING);
    let (spacing, source) = match pair(measures.unwrap_or(*a), tags::PIXEL_SPACING) {
        // A projection's value is the patient's only if the file says how it was corrected: by a
        // calibration type, or by differing from the detector's (PS3.3 10.7.1.3).
        Some(spacing)
            if is_projection(a)
                && a.text(tags::PIXEL_SPACING_CALIBRATION_TYPE).is_none()
                && imager.is_none_or(|imager| imager == spacing) =>
        {
            (spacing, SpacingSource::ImagerPlane)
        }
        Some(spacing) => (spacing, SpacingSource::Calibrated),
        None => (imager?, SpacingSource::ImagerPlane),
    };
    Some(Spacing {
        row: spacing[0],
        column: spacing[1],
        source,
    })
}

fn is_projection(a: &Attributes<'_>) -> bool {
    let modality = a.text(tags::MODALITY);
    voi::is_projection(modality.as_deref())
        || matches!(modality.as_deref(), Some("XA" | "RF"))
        || a.has(tags::IMAGER_PIXEL_SPACING)
}

fn frame_time(a: &Attributes<'_>) -> Option<f64> {
    let rate = |tag| {
        a.decimal(tag)
            .filter(|rate| *rate > 0.0)
            .map(|rate| 1000.0 / rate)
    };
    a.decimal(tags::FRAME_TIME)
        .filter(|time| *time > 0.0)
        .or_else(|| rate(tags::CINE_RATE))
        .or_else(|| rate(tags::RECOMMENDED_DISPLAY_FRAME_RATE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_dates_and_times_become_readable() {
        assert_eq!(
            person_name("Silva^Maria^Ana^Dr^PhD"),
            "Dr Silva, Maria Ana, PhD"
        );
        assert_eq!(person_name("Silva"), "Silva");
        assert_eq!(person_name("^^^^"), "");
        assert_eq!(person_name("=山田^太郎=やまだ^たろう"), "山田, 太郎");
        assert_eq!(date("19450714").as_deref(), Some("1945-07-14"));
        assert_eq!(date("1945.07.14").as_deref(), Some("1945-07-14"));
        assert_eq!(date("19450732"), None);
        assert_eq!(time("0930").as_deref(), Some("09:30:00"));
        assert_eq!(time("093059.123456").as_deref(), Some("09:30:59"));
        assert_eq!(time("25"), None);
    }
}
