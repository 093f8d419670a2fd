//! Who is signed in at a window, and what they prefer.

use std::collections::BTreeMap;

use basics::{PatientId, Secret, Timestamp, UserId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The four roles (mission.md, permission matrix).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Users, settings, statistics, journal.
    Administrator,
    /// Scans, readings, verdicts, reports, consultations, prescriptions.
    Doctor,
    /// Own scans and reports, at the clinic's kiosk.
    Patient,
    /// The dispensing queue.
    Pharmacist,
}

/// Signs a person in at this window.
#[derive(Debug, Deserialize, TS)]
pub struct SignInRequest {
    /// Sign-in name.
    pub login: String,
    /// Password.
    pub password: Secret<String>,
}

/// Unlocks this window for the person who locked it.
#[derive(Debug, Deserialize, TS)]
pub struct UnlockRequest {
    /// Password.
    pub password: Secret<String>,
}

/// Changes one's own password.
#[derive(Debug, Deserialize, TS)]
pub struct ChangePasswordRequest {
    /// The present password.
    pub current: Secret<String>,
    /// The new one: at least 10 characters.
    pub new: Secret<String>,
}

/// The session of this window.
#[derive(Clone, Debug, Serialize, TS)]
pub struct SessionView {
    /// Who is signed in.
    pub user_id: UserId,
    /// Shown name.
    pub name: String,
    /// Sign-in name.
    pub login: String,
    /// Role.
    pub role: Role,
    /// For a patient's account: whose record it is bound to.
    pub patient_id: Option<PatientId>,
    /// The clinic's name.
    pub clinic_name: String,
    /// Invented people only.
    pub demo: bool,
    /// Names of the commands that this role may call.
    pub commands: Vec<String>,
    /// Unguessable part of image addresses.
    pub grant: String,
    /// Locked: nothing is shown until the password is given again.
    pub locked: bool,
    /// Minutes without a key or pointer until the window locks.
    pub idle_minutes: u32,
    /// When the session ends whatever happens.
    pub expires: Timestamp,
    /// This person's preferences.
    pub preferences: Preferences,
}

/// What a person set for themselves.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Preferences {
    /// Colours.
    pub theme: Theme,
    /// Language of the screens (BCP 47).
    pub language: String,
    /// Key of each action that was remapped: action → key combination.
    pub keys: BTreeMap<String, String>,
    /// The map's palette.
    pub palette: Palette,
    /// The map's opacity, 0–100 %.
    pub map_opacity: u8,
    /// Hides probabilities and maps until the reader has looked at the image.
    pub map_hidden_until_looked: bool,
}

/// Colours of the screens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the operating system says.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// Near black, nothing bright around an image.
    ReadingRoom,
}

/// A perceptually even colour scale for maps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Palette {
    /// Black – purple – orange – yellow.
    #[default]
    Inferno,
    /// Purple – green – yellow.
    Viridis,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            theme: Theme::default(),
            language: "en".into(),
            keys: BTreeMap::new(),
            palette: Palette::default(),
            map_opacity: 45,
            map_hidden_until_looked: false,
        }
    }
}
