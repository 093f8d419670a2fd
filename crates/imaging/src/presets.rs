//! Windows that readers expect by modality, where the file offers none of its own.
//!
//! Width and centre of CT are Hounsfield units. The first five of CT and those of PET are the defaults
//! of the OHIF viewer; the test below locks them, because a published list once had lung wrong.

use serde::Serialize;

/// A named window.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Preset {
    /// Key of its name in the catalogue.
    pub id: &'static str,
    /// Distance from black to white.
    pub width: f64,
    /// Middle grey.
    pub centre: f64,
}

const fn preset(id: &'static str, width: f64, centre: f64) -> Preset {
    Preset { id, width, centre }
}

const CT: &[Preset] = &[
    preset("soft-tissue", 400.0, 40.0),
    preset("lung", 1500.0, -600.0),
    preset("liver", 150.0, 90.0),
    preset("bone", 2500.0, 480.0),
    preset("brain", 80.0, 40.0),
    preset("mediastinum", 350.0, 50.0),
    preset("abdomen", 400.0, 50.0),
    preset("spine", 250.0, 50.0),
    preset("subdural", 200.0, 75.0),
    preset("stroke", 40.0, 40.0),
    preset("temporal-bone", 2800.0, 600.0),
    preset("angiography", 600.0, 300.0),
    preset("pulmonary-embolism", 700.0, 100.0),
];

const PET: &[Preset] = &[
    preset("suv-5", 5.0, 2.5),
    preset("suv-3", 3.0, 1.5),
    preset("suv-7", 7.0, 3.5),
    preset("suv-8", 8.0, 4.0),
    preset("suv-10", 10.0, 5.0),
    preset("suv-15", 15.0, 7.5),
];

/// The presets of a modality, in the order of the keys 1, 2, …; empty where values have no unit.
pub fn for_modality(modality: &str) -> &'static [Preset] {
    match modality {
        "CT" => CT,
        "PT" => PET,
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_values_are_locked() {
        let table: Vec<_> = CT.iter().map(|p| (p.id, p.width, p.centre)).collect();
        let published = [
            ("soft-tissue", 400.0, 40.0),
            ("lung", 1500.0, -600.0),
            ("liver", 150.0, 90.0),
            ("bone", 2500.0, 480.0),
            ("brain", 80.0, 40.0),
            ("mediastinum", 350.0, 50.0),
            ("abdomen", 400.0, 50.0),
            ("spine", 250.0, 50.0),
            ("subdural", 200.0, 75.0),
            ("stroke", 40.0, 40.0),
            ("temporal-bone", 2800.0, 600.0),
            ("angiography", 600.0, 300.0),
            ("pulmonary-embolism", 700.0, 100.0),
        ];
        assert_eq!(table, published);
        assert!(
            PET.iter().all(|p| p.width == 2.0 * p.centre),
            "PET windows begin at 0"
        );
        assert_eq!((PET[0].width, PET[0].centre), (5.0, 2.5));
        assert!(for_modality("DX").is_empty());
    }
}
