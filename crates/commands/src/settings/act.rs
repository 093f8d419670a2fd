//! Handlers of the clinic's settings.

use std::path::Path;

use ::clinic::{ClinicError, Settings};

use super::{SaveSettingsRequest, SettingsView, StorageCheck};
use crate::{
    dispatch::Call,
    error::{CommandError, ErrorView},
    setup::RecoveryPhraseView,
};

/// Below this the disk counts as nearly full.
const ROOM: u64 = 1 << 30;

pub(super) fn read(call: &Call<'_>, (): ()) -> Result<SettingsView, CommandError> {
    let clinic = call.clinic()?;
    clinic.note_read(call.permit()?, call.verb(), None)?;
    view(call)
}

pub(super) fn save(
    call: &Call<'_>,
    request: SaveSettingsRequest,
) -> Result<SettingsView, CommandError> {
    let settings = Settings {
        clinic_name: request.clinic_name,
        idle_minutes_clinical: request.idle_minutes_clinical,
        idle_minutes_admin: request.idle_minutes_admin,
        read_on_import: request.read_on_import,
        letterhead: request.letterhead,
    };
    call.clinic()?
        .write::<_, ClinicError>(call.permit()?, call.verb(), |change| {
            change.save_settings(&settings)
        })?;
    view(call)
}

pub(super) fn renew_recovery(call: &Call<'_>, (): ()) -> Result<RecoveryPhraseView, CommandError> {
    let phrase = call
        .clinic()?
        .renew_recovery(call.permit()?, ::clinic::PhraseLength::Twelve)?;
    Ok(RecoveryPhraseView {
        words: phrase.words().into_iter().map(String::from).collect(),
    })
}

pub(super) fn check_storage(call: &Call<'_>, (): ()) -> Result<Vec<StorageCheck>, CommandError> {
    let clinic = call.clinic()?;
    let folder = &call.inner().options.data_dir;
    let keychain = match clinic.status().key_store {
        ::clinic::KeyStore::Keychain if !call.inner().keychain.answers() => {
            Err(ClinicError::KeyUnavailable)
        }
        _ => Ok(()),
    };
    let space = match fs4::available_space(folder) {
        Ok(free) if free < ROOM => Err(ClinicError::DiskFull),
        Ok(_) => Ok(()),
        Err(error) => Err(error.into()),
    };
    let journal = match clinic.verify_journal(call.permit()?) {
        Ok(report) if report.is_intact() => Ok(()),
        Ok(_) => Err(ClinicError::Damaged { part: "journal" }),
        Err(error) => Err(error),
    };
    let checks = [
        ("keychain", keychain),
        ("database", clinic.check_database(call.permit()?)),
        ("vault", clinic.check_vault(call.permit()?)),
        ("space", space),
        ("journal", journal),
    ];
    Ok(checks
        .into_iter()
        .map(|(name, result)| StorageCheck {
            name: name.into(),
            ok: result.is_ok(),
            problem: result.err().map(ErrorView::from),
        })
        .collect())
}

fn view(call: &Call<'_>) -> Result<SettingsView, CommandError> {
    let clinic = call.clinic()?;
    let settings = clinic.settings(&call.active()?)?;
    let folder = &call.inner().options.data_dir;
    let status = clinic.status();
    Ok(SettingsView {
        clinic_name: settings.clinic_name,
        idle_minutes_clinical: settings.idle_minutes_clinical,
        idle_minutes_admin: settings.idle_minutes_admin,
        read_on_import: settings.read_on_import,
        letterhead: settings.letterhead,
        key_store: status.key_store.into(),
        recovery_confirmed: status.recovery_confirmed,
        folder: folder.display().to_string(),
        database_bytes: size(&folder.join("clinic.db")),
        vault_bytes: size(&folder.join("vault")),
        free_bytes: fs4::available_space(folder).unwrap_or(0),
    })
}

/// Bytes of a file or of all files below a folder; what cannot be read counts nothing.
fn size(path: &Path) -> u64 {
    let Ok(about) = path.symlink_metadata() else {
        return 0;
    };
    if !about.is_dir() {
        return about.len();
    }
    let entries = path.read_dir().into_iter().flatten().flatten();
    entries.map(|entry| size(&entry.path())).sum()
}
