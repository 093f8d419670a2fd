//! Who is signed in at a window, and what they prefer.

use std::collections::BTreeMap;

use basics::{PatientId, Secret, SessionId, Timestamp, UserId};
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
    /// The code of the second factor, or a recovery code, once it was asked for.
    pub code: Option<Secret<String>>,
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
    /// A PIN unlocks it.
    pub pin: bool,
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
    /// Language of the screens (BCP 47); empty: as the machine has it.
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
            language: String::new(),
            keys: BTreeMap::new(),
            palette: Palette::default(),
            map_opacity: 45,
            map_hidden_until_looked: false,
        }
    }
}

/// What a person shows beside the password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SecondFactor {
    /// Codes of an authenticator app.
    Authenticator,
    /// Codes by e-mail.
    Email,
}

/// One's own account.
#[derive(Debug, Serialize, TS)]
pub struct OwnAccountView {
    /// What is shown beside the password.
    pub second_factor: Option<SecondFactor>,
    /// Where codes go by e-mail.
    pub email: Option<String>,
    /// Recovery codes that were not used yet.
    pub codes_left: u32,
    /// Since when there is a PIN.
    pub pin_since: Option<Timestamp>,
    /// The clinic has a mail server, so codes can be sent.
    pub mail: bool,
    /// Where one is signed in.
    pub windows: Vec<OwnWindowView>,
}

/// A window at which one is signed in.
#[derive(Debug, Serialize, TS)]
pub struct OwnWindowView {
    /// The session; it opens nothing and can only be ended.
    pub session_id: SessionId,
    /// Since when.
    pub started: Timestamp,
    /// When somebody was last there.
    pub active: Timestamp,
    /// It is locked.
    pub locked: bool,
    /// It is this one.
    pub here: bool,
}

/// An authenticator that is being set up, shown once.
#[derive(Debug, Serialize, TS)]
pub struct AuthenticatorView {
    /// To be typed where no camera is at hand.
    pub secret: String,
    /// `otpauth://…`.
    pub address: String,
    /// The same as a picture (SVG).
    pub qr: String,
}

/// Ten codes, shown once; each opens once.
#[derive(Debug, Serialize, TS)]
pub struct RecoveryCodesView {
    /// The codes.
    pub codes: Vec<String>,
}

/// The password again, for what changes one's own access.
#[derive(Debug, Deserialize, TS)]
pub struct PasswordRequest {
    /// Password.
    pub password: Secret<String>,
}

/// Begins to set up codes by e-mail.
#[derive(Debug, Deserialize, TS)]
pub struct BeginEmailCodesRequest {
    /// Password.
    pub password: Secret<String>,
    /// Where codes are to go.
    pub email: String,
}

/// A code of the second factor that is being set up.
#[derive(Debug, Deserialize, TS)]
pub struct CodeRequest {
    /// Six digits.
    pub code: Secret<String>,
}

/// Sets one's own PIN.
#[derive(Debug, Deserialize, TS)]
pub struct SetPinRequest {
    /// Password.
    pub password: Secret<String>,
    /// 4–8 digits.
    pub pin: Secret<String>,
}

/// A PIN.
#[derive(Debug, Deserialize, TS)]
pub struct PinRequest {
    /// 4–8 digits.
    pub pin: Secret<String>,
}

/// Names one of one's own windows.
#[derive(Debug, Deserialize, TS)]
pub struct EndWindowRequest {
    /// Its session.
    pub session_id: SessionId,
}

/// Joins by an invitation.
#[derive(Debug, Deserialize, TS)]
pub struct JoinRequest {
    /// Sign-in name that the invitation names.
    pub login: String,
    /// Its code.
    pub code: Secret<String>,
    /// The password to be.
    pub password: Secret<String>,
}

/// A password that somebody is about to choose.
#[derive(Debug, Deserialize, TS)]
pub struct PasswordStrengthRequest {
    /// The password.
    pub password: Secret<String>,
    /// What is known of its owner: names, sign-in name.
    pub about: Vec<String>,
}

/// How good a password is.
#[derive(Debug, Serialize, TS)]
pub struct PasswordStrengthView {
    /// 0 (falls at once) to 4.
    pub score: u8,
    /// It may be chosen.
    pub allowed: bool,
    /// Key of why it is weak (`strength.warning.<key>`).
    pub warning: Option<String>,
    /// Keys of what would help (`strength.help.<key>`).
    pub suggestions: Vec<String>,
}

/// Somebody who is signed in at another window of this workstation.
#[derive(Debug, Serialize, TS)]
pub struct SomebodyHereView {
    /// The window.
    pub window: String,
    /// Shown name; none for a patient.
    pub name: Option<String>,
    /// Role.
    pub role: Role,
}
