//! The label of a medicine, in the language of whoever takes it.
//!
//! Counts are written `2 × tablet`, so that no language has to bend a noun; digits are Western everywhere,
//! because a dose must read the same to whoever finds the packet.

use std::collections::BTreeMap;

use basics::{Language, Phi};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

use super::{
    REMEMBERED, day, defect,
    fonts::Fonts,
    plain::{Direction, first_letter, printed},
    world::{Paper, Template},
};
use crate::{Error, Result};

/// What a label says. Keys are those of `assets/i18n/<language>/label.json`.
#[derive(Clone, Debug)]
pub struct MedicineLabel {
    /// Of the fixed words.
    pub language: Language,
    /// The clinic's name.
    pub clinic: String,
    /// Name, birth date, number: two identifiers at least.
    pub patient: (Phi<String>, Option<Phi<String>>, String),
    /// The prescription's number.
    pub number: String,
    /// Ingredients.
    pub medicine: String,
    /// Strength, in English words.
    pub strength: String,
    /// The product that was given instead.
    pub instead: Option<String>,
    /// Key of the form.
    pub form: String,
    /// Key of the route.
    pub route: String,
    /// How much at a time: number and key of the unit.
    pub dose: (String, String),
    /// Key of how often, and the number in it.
    pub often: (String, u32),
    /// For how many days; until it is stopped where nothing is said.
    pub days: Option<u32>,
    /// Once only: no days at all.
    pub once: bool,
    /// For what, hours between two doses, most in a day.
    pub as_needed: Option<(Phi<String>, u32, (String, String))>,
    /// The doctor's own words.
    pub instructions: Phi<String>,
    /// What is in the packet: number and key of the unit.
    pub quantity: (String, String),
    /// Batch.
    pub batch: String,
    /// Expiry, as it is on the packet.
    pub expiry: String,
    /// When it was given out.
    pub given: Date,
    /// Who prescribed it.
    pub doctor: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    forms: BTreeMap<String, String>,
    routes: BTreeMap<String, String>,
    units: BTreeMap<String, String>,
    often: BTreeMap<String, String>,
    text: BTreeMap<String, String>,
}

#[derive(Serialize)]
struct Sheet {
    lang: &'static str,
    dir: Direction,
    lines: Vec<Line>,
}

#[derive(Default, Serialize)]
struct Line {
    size: f64,
    bold: bool,
    prose: bool,
    rule: bool,
    pieces: Vec<Piece>,
}

#[derive(Serialize)]
struct Piece {
    text: String,
    dir: Direction,
}

/// A PDF of one small page. It is not encrypted and names the patient, as a packet does.
///
/// # Errors
/// [`Error::Layout`] for a key that no language has, or a defect of the template.
pub fn medicine_label(fonts: &Fonts, label: &MedicineLabel) -> Result<Vec<u8>> {
    let words = words(label.language)?;
    let dir = match label.language {
        Language::Ar => Direction::Rtl,
        _ => Direction::Ltr,
    };
    let sheet = Sheet {
        lang: label.language.tag(),
        dir,
        lines: lines(fonts, &words, label)?,
    };
    let data = serde_json::to_vec(&sheet).map_err(|_| Error::Layout { line: 0 })?;
    let paper = Paper::new(fonts, Template::Medicine, data, Vec::new());
    let laid = typst::compile::<PagedDocument>(&paper).output;
    let laid = laid.map_err(|errors| defect(&paper, errors.first()))?;
    let options = PdfOptions {
        ident: Smart::Custom(label.number.clone()),
        creator: Smart::Custom(Some("Medibridge".into())),
        tagged: false,
        ..PdfOptions::default()
    };
    let written = typst_pdf::pdf(&laid, &options);
    typst::comemo::evict(REMEMBERED);
    written.map_err(|_| Error::Layout { line: 0 })
}

fn lines(fonts: &Fonts, words: &Words, label: &MedicineLabel) -> Result<Vec<Line>> {
    let piece = |text: &str| Piece {
        text: printed(fonts, text),
        dir: first_letter(text).unwrap_or(Direction::Ltr),
    };
    let line = |size, bold, pieces: Vec<String>| Line {
        size,
        bold,
        pieces: pieces
            .iter()
            .filter(|text| !text.is_empty())
            .map(|text| piece(text))
            .collect(),
        ..Line::default()
    };
    let prose = |text: &str| Line {
        size: 8.5,
        prose: true,
        pieces: vec![piece(text)],
        ..Line::default()
    };
    let rule = || Line {
        rule: true,
        ..Line::default()
    };
    let text = |key| word(&words.text, key);
    let headed = |key| text(key).map(|word| format!("{word}:"));
    let counted = |(amount, unit): &(String, String)| -> Result<String> {
        let unit = words.units.get(unit).unwrap_or(unit);
        Ok(format!("{amount} × {unit}"))
    };
    let measured = |pair: &(String, String)| -> Result<String> {
        // g, mg, mL and mmol are written alike everywhere and take no ×.
        match ["g", "mg", "mL", "mmol", "microgram", "units"].contains(&pair.1.as_str()) {
            true => Ok(format!(
                "{} {}",
                pair.0,
                words.units.get(&pair.1).unwrap_or(&pair.1)
            )),
            false => counted(pair),
        }
    };
    let (often, number) = &label.often;
    let often = word(&words.often, often)?.replace("{n}", &number.to_string());
    let mut out = vec![
        line(
            12.0,
            true,
            vec![label.medicine.clone(), in_words(words, &label.strength)],
        ),
        line(
            8.5,
            false,
            vec![word(&words.forms, &label.form)?.to_owned()],
        ),
    ];
    if let Some(instead) = &label.instead {
        out.push(line(8.5, true, vec![headed("instead")?, instead.clone()]));
    }
    out.push(rule());
    out.push(line(
        11.0,
        true,
        vec![
            headed("dose")?,
            measured(&label.dose)?,
            word(&words.routes, &label.route)?.to_owned(),
        ],
    ));
    out.push(line(11.0, true, vec![often]));
    if let Some((reason, hours, most)) = &label.as_needed {
        out.push(line(8.5, true, vec![headed("needed")?]));
        out.push(prose(reason.expose()));
        out.push(line(
            8.5,
            false,
            vec![text("between")?.replace("{n}", &hours.to_string())],
        ));
        out.push(line(8.5, false, vec![headed("most")?, measured(most)?]));
    }
    match label.days {
        Some(days) => out.push(line(8.5, false, vec![headed("days")?, days.to_string()])),
        None if label.once => {}
        None => out.push(line(8.5, false, vec![text("open")?.to_owned()])),
    }
    if !label.instructions.expose().is_empty() {
        out.push(line(8.5, true, vec![headed("instructions")?]));
        out.push(prose(label.instructions.expose()));
    }
    let (name, born, own) = &label.patient;
    let born = born.as_ref().map(|born| -> Result<String> {
        let date = born.expose().parse::<Date>();
        let shown = date.map_or_else(|_| born.expose().clone(), |date| day(label.language, date));
        Ok(format!("{} {shown}", text("born")?))
    });
    out.push(rule());
    out.push(line(
        9.5,
        true,
        vec![
            name.expose().clone(),
            born.transpose()?.unwrap_or_default(),
            own.clone(),
        ],
    ));
    out.push(line(
        7.5,
        false,
        vec![
            headed("quantity")?,
            measured(&label.quantity)?,
            headed("batch")?,
            label.batch.clone(),
            headed("expiry")?,
            label.expiry.clone(),
        ],
    ));
    let given = vec![
        headed("given")?,
        day(label.language, label.given),
        label.number.clone(),
    ];
    out.push(line(7.5, false, given));
    let by = vec![
        headed("doctor")?,
        label.doctor.clone(),
        label.clinic.clone(),
    ];
    out.push(line(7.5, false, by));
    out.push(line(7.5, true, vec![text("keep")?.to_owned()]));
    Ok(out)
}

/// A strength with its English words in the label's language.
fn in_words(words: &Words, strength: &str) -> String {
    let mut out = String::new();
    let mut run = String::new();
    for c in strength.chars().chain(['\0']) {
        if c.is_ascii_alphabetic() {
            run.push(c);
            continue;
        }
        out.push_str(words.units.get(&run).unwrap_or(&run));
        run.clear();
        if c != '\0' {
            out.push(c);
        }
    }
    out
}

fn word<'a>(table: &'a BTreeMap<String, String>, key: &str) -> Result<&'a str> {
    let word = table.get(key).map(String::as_str);
    word.ok_or(Error::Layout { line: 0 })
}

fn words(language: Language) -> Result<Words> {
    macro_rules! label {
        ($($language:ident $tag:literal),*) => {
            match language {
                $(Language::$language => {
                    include_str!(concat!("../../../../assets/i18n/", $tag, "/label.json"))
                })*
            }
        };
    }
    let text = label!(
        Ar "ar", De "de", En "en", Es "es", Fr "fr", Hi "hi", Ja "ja", Pt "pt", Ru "ru", Te "te", Zh "zh"
    );
    serde_json::from_str(text).map_err(|_| Error::Layout { line: 0 })
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, path::Path};

    use super::*;

    fn label(language: Language) -> MedicineLabel {
        MedicineLabel {
            language,
            clinic: "Clínica do Vale".into(),
            patient: (
                Phi::new("Maria Aparecida Silva".into()),
                Some(Phi::new("1961-03-09".into())),
                "MB-000001".into(),
            ),
            number: "RX-000042".into(),
            medicine: "fluticasone + salmeterol".into(),
            strength: "250 microgram + 25 microgram/dose".into(),
            instead: None,
            form: "inhaler".into(),
            route: "inhaled".into(),
            dose: ("2".into(), "puff".into()),
            often: ("hours".into(), 12),
            days: Some(30),
            once: false,
            as_needed: Some((Phi::new("wheeze".into()), 4, ("8".into(), "puff".into()))),
            instructions: Phi::new("Rinse the mouth afterwards #read(\"/etc/passwd\")".into()),
            quantity: ("1".into(), "inhaler".into()),
            batch: "L2231".into(),
            expiry: "2027-08".into(),
            given: Date::constant(2026, 11, 21),
            doctor: "Dr Amara Diallo".into(),
        }
    }

    #[test]
    fn every_language_has_every_word() {
        let keys = |language| -> Vec<(usize, String)> {
            let words = words(language).unwrap();
            let tables = [
                words.forms,
                words.routes,
                words.units,
                words.often,
                words.text,
            ];
            let keys = tables.into_iter().enumerate().flat_map(|(n, table)| {
                assert!(table.values().all(|word| !word.trim().is_empty()));
                table.into_keys().map(move |key| (n, key))
            });
            keys.collect()
        };
        let english = keys(Language::En);
        for language in Language::ALL {
            assert_eq!(keys(language), english, "{language:?}");
            let words = words(language).unwrap();
            for key in ["hours", "days"] {
                assert!(words.often[key].contains("{n}"), "{language:?} {key}");
            }
            let different: BTreeSet<&String> = words.often.values().collect();
            assert_eq!(
                different.len(),
                words.often.len(),
                "{language:?}: no two frequencies are written alike"
            );
            let routes: BTreeSet<&String> = words.routes.values().collect();
            assert_eq!(
                routes.len(),
                words.routes.len(),
                "{language:?}: no two routes are written alike"
            );
        }
    }

    #[test]
    fn a_label_is_set_in_every_language() {
        let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/fonts");
        let fonts = Fonts::open(&fonts).unwrap();
        for language in Language::ALL {
            let pdf = medicine_label(&fonts, &label(language)).unwrap();
            assert!(pdf.starts_with(b"%PDF"), "{language:?}");
            if let Ok(folder) = std::env::var("MEDIBRIDGE_LABELS") {
                std::fs::write(format!("{folder}/{}.pdf", language.tag()), pdf).unwrap();
            }
        }
    }

    #[test]
    fn a_strength_keeps_its_numbers() {
        let german = words(Language::De).unwrap();
        assert_eq!(
            in_words(&german, "250 microgram + 25 microgram/dose"),
            "250 Mikrogramm + 25 Mikrogramm/Dosis"
        );
        assert_eq!(in_words(&german, "100 units/mL"), "100 Einheiten/mL");
    }
}
