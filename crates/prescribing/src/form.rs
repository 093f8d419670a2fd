//! Dosage forms: by which route each is given, and how its doses and quantities are counted.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Amount, Unit};

/// By which way it enters the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "MedicineRoute")]
pub enum Route {
    /// By mouth.
    Oral,
    /// Under the tongue.
    Sublingual,
    /// Breathed in.
    Inhaled,
    /// Into the nose.
    Nasal,
    /// Into the eye.
    Eye,
    /// Into the ear.
    Ear,
    /// On the skin, for the skin.
    Skin,
    /// Through the skin.
    Transdermal,
    /// Into the rectum.
    Rectal,
    /// Into the vagina.
    Vaginal,
    /// Under the skin.
    Subcutaneous,
    /// Into a muscle.
    Intramuscular,
    /// Into a vein.
    Intravenous,
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "MedicinePiece")]
pub enum Piece {
    /// Tablet.
    Tablet,
    /// Capsule.
    Capsule,
    /// Sachet.
    Sachet,
    /// Lozenge.
    Lozenge,
    /// Puff.
    Puff,
    /// Spray.
    Spray,
    /// Drop.
    Drop,
    /// Suppository.
    Suppository,
    /// Pessary.
    Pessary,
    /// Patch.
    Patch,
    /// A thin layer.
    Application,
    /// Ampoule.
    Ampoule,
    /// Vial.
    Vial,
    /// Pen.
    Pen,
    /// Inhaler.
    Inhaler,
    /// Bottle.
    Bottle,
    /// Tube.
    Tube,
}

macro_rules! forms {
    ($(
        $(#[doc = $doc:literal])+
        $form:ident: [$($route:ident),+], doses [$($piece:ident),*; $($unit:ident),*],
        packed [$($packed:ident),*; $($measured:ident),*];
    )*) => {
        /// A dosage form.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
        #[serde(rename_all = "snake_case")]
        #[ts(rename = "MedicineForm")]
        pub enum Form {
            $($(#[doc = $doc])+ $form,)*
        }

        impl Form {
            /// Every form.
            pub const ALL: &'static [Form] = &[$(Form::$form),*];

            /// By which routes it is given, the usual one first.
            pub fn routes(self) -> &'static [Route] {
                match self { $(Self::$form => &[$(Route::$route),+]),* }
            }

            /// How a dose is counted.
            pub fn doses(self) -> (&'static [Piece], &'static [Unit]) {
                match self { $(Self::$form => (&[$(Piece::$piece),*], &[$(Unit::$unit),*])),* }
            }

            /// How the quantity to be given out is counted.
            pub fn packed(self) -> (&'static [Piece], &'static [Unit]) {
                match self { $(Self::$form => (&[$(Piece::$packed),*], &[$(Unit::$measured),*])),* }
            }
        }
    };
}

forms! {
    /// Tablet.
    Tablet: [Oral, Sublingual, Vaginal], doses [Tablet; Milligram, Gram, Microgram, Units], packed [Tablet;];
    /// Tablet that gives its content off slowly; not to be crushed.
    SlowTablet: [Oral], doses [Tablet; Milligram, Gram, Microgram], packed [Tablet;];
    /// Capsule.
    Capsule: [Oral, Inhaled], doses [Capsule; Milligram, Gram, Microgram, Units], packed [Capsule;];
    /// Solution, suspension or syrup to be drunk.
    OralLiquid: [Oral], doses [; Millilitre, Milligram, Gram, Microgram, Units], packed [Bottle; Millilitre];
    /// Drops to be swallowed.
    OralDrops: [Oral], doses [Drop; Millilitre, Milligram], packed [Bottle; Millilitre];
    /// Powder or granules in a sachet.
    Powder: [Oral], doses [Sachet; Gram, Milligram], packed [Sachet;];
    /// Lozenge.
    Lozenge: [Oral, Sublingual], doses [Lozenge; Milligram], packed [Lozenge;];
    /// Metered inhaler.
    Inhaler: [Inhaled], doses [Puff; Microgram], packed [Inhaler;];
    /// Solution for a nebuliser.
    Nebuliser: [Inhaled], doses [Ampoule; Millilitre, Milligram, Microgram], packed [Ampoule; Millilitre];
    /// Nasal spray.
    NasalSpray: [Nasal], doses [Spray; Microgram], packed [Bottle; Millilitre];
    /// Eye drops.
    EyeDrops: [Eye], doses [Drop;], packed [Bottle; Millilitre];
    /// Ear drops.
    EarDrops: [Ear], doses [Drop;], packed [Bottle; Millilitre];
    /// Cream, ointment or gel.
    Cream: [Skin, Vaginal, Rectal, Eye], doses [Application; Gram], packed [Tube; Gram];
    /// Lotion or solution for the skin.
    Lotion: [Skin], doses [Application; Millilitre], packed [Bottle; Millilitre];
    /// Patch.
    Patch: [Transdermal], doses [Patch;], packed [Patch;];
    /// Suppository.
    Suppository: [Rectal], doses [Suppository; Milligram, Gram], packed [Suppository;];
    /// Pessary.
    Pessary: [Vaginal], doses [Pessary; Milligram], packed [Pessary;];
    /// Injection.
    Injection: [Intramuscular, Intravenous, Subcutaneous],
        doses [Ampoule, Vial; Milligram, Gram, Microgram, Units, Millilitre, Millimole], packed [Ampoule, Vial, Pen; Millilitre];
    /// Pen or cartridge for injection.
    Pen: [Subcutaneous], doses [; Units, Milligram, Microgram, Millilitre], packed [Pen;];
}

impl Route {
    /// Whether next to nothing of it reaches the blood: interactions and classes do not matter there.
    pub fn local(self) -> bool {
        matches!(self, Self::Skin | Self::Eye | Self::Ear)
    }
}

impl Piece {
    const ALL: [Self; 17] = [
        Self::Tablet,
        Self::Capsule,
        Self::Sachet,
        Self::Lozenge,
        Self::Puff,
        Self::Spray,
        Self::Drop,
        Self::Suppository,
        Self::Pessary,
        Self::Patch,
        Self::Application,
        Self::Ampoule,
        Self::Vial,
        Self::Pen,
        Self::Inhaler,
        Self::Bottle,
        Self::Tube,
    ];

    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Tablet => ("tablet", "tablets"),
            Self::Capsule => ("capsule", "capsules"),
            Self::Sachet => ("sachet", "sachets"),
            Self::Lozenge => ("lozenge", "lozenges"),
            Self::Puff => ("puff", "puffs"),
            Self::Spray => ("spray", "sprays"),
            Self::Drop => ("drop", "drops"),
            Self::Suppository => ("suppository", "suppositories"),
            Self::Pessary => ("pessary", "pessaries"),
            Self::Patch => ("patch", "patches"),
            Self::Application => ("application", "applications"),
            Self::Ampoule => ("ampoule", "ampoules"),
            Self::Vial => ("vial", "vials"),
            Self::Pen => ("pen", "pens"),
            Self::Inhaler => ("inhaler", "inhalers"),
            Self::Bottle => ("bottle", "bottles"),
            Self::Tube => ("tube", "tubes"),
        }
    }

    /// Its name, one of it.
    pub fn key(self) -> &'static str {
        self.words().0
    }

    /// As it is written in English with this number.
    pub fn written(self, amount: Amount) -> &'static str {
        let (one, many) = self.words();
        if amount.as_millionths() <= 1_000_000 {
            one
        } else {
            many
        }
    }

    /// Singular or plural, in English.
    pub(crate) fn read(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|piece| {
            let (one, many) = piece.words();
            text.eq_ignore_ascii_case(one) || text.eq_ignore_ascii_case(many)
        })
    }
}

/// A form as a screen offers it.
#[derive(Clone, Debug, Serialize, TS)]
pub struct FormView {
    /// Which.
    pub form: Form,
    /// By which routes it is given, the usual one first.
    pub routes: Vec<Route>,
    /// What a dose may be counted in, as it is written, the usual one first.
    pub doses: Vec<&'static str>,
    /// What the quantity may be counted in.
    pub packed: Vec<&'static str>,
}

impl From<Form> for FormView {
    fn from(form: Form) -> Self {
        let written = |(pieces, units): (&[Piece], &[Unit])| {
            let pieces = pieces.iter().map(|piece| piece.words().0);
            pieces
                .chain(units.iter().map(|unit| unit.written()))
                .collect()
        };
        Self {
            form,
            routes: form.routes().to_vec(),
            doses: written(form.doses()),
            packed: written(form.packed()),
        }
    }
}
