//! The folder of an export: written beside its name, renamed when it is whole. What a killed program left of one is
//! plain text about patients: a note in the data folder says where it lies until it is whole or gone.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use ::clinic::Patient;
use basics::Timestamp;

use super::ExportedView;
use crate::error::CommandError;

const README: &str = "A copy of medical records, made by Medibridge.\n\n\
    NOTHING IN THIS FOLDER IS ENCRYPTED. It holds names, birth dates, scans and reports of patients.\n\
    Keep it as you would keep the paper, and delete it when it has served.\n\n\
    index.csv          one line for each patient (UTF-8)\n\
    patients/NUMBER/   patient.fhir.json  who, allergies, studies, reports, notes, prescriptions (FHIR R4)\n\
    \u{20}                  scans/             as they were imported: DICOM, PNG, JPEG, TIFF\n\
    \u{20}                  reports/           final reports as PDF\n\
    \u{20}                  notes/             signed notes of consultations as text (UTF-8)\n\n\
    Answers of models in it need review by a clinician and are not for diagnosis alone.\n";

const NAME: &str = "medibridge-export-";
const NOTE: &str = "unfinished";

/// The folder in the making.
pub(super) struct Folder {
    fresh: PathBuf,
    note: PathBuf,
    path: PathBuf,
    index: Vec<IndexLine>,
    bytes: u64,
    /// It has its name; otherwise it goes with this value, however the work ended.
    whole: bool,
}

impl Drop for Folder {
    fn drop(&mut self) {
        if self.whole || fs::remove_dir_all(&self.fresh).is_ok() {
            let _ = fs::remove_file(&self.note);
        }
    }
}

/// Removes what exports left behind that were killed, as far as its disk is there.
pub(crate) fn sweep(data: &Path) {
    let notes = fs::read_dir(data).into_iter().flatten().flatten();
    let notes = notes.map(|entry| entry.path());
    for note in notes.filter(|path| path.extension().is_some_and(|end| end == NOTE)) {
        let Ok(fresh) = fs::read_to_string(&note).map(PathBuf::from) else {
            continue;
        };
        let own = fresh.file_name().is_some_and(|name| {
            let name = name.to_string_lossy();
            name.strip_prefix('.')
                .is_some_and(|name| name.starts_with(NAME))
        });
        if own && fs::remove_dir_all(&fresh).is_ok() {
            tracing::info!("an unfinished export was removed");
            let _ = fs::remove_file(&note);
        }
    }
}

/// A line of the index.
pub(super) struct IndexLine {
    pub(super) number: String,
    pub(super) name: String,
    pub(super) birth_date: Option<String>,
    pub(super) place: String,
    pub(super) scans: u64,
    pub(super) reports: u64,
    pub(super) notes: u64,
    pub(super) prescriptions: u64,
}

impl IndexLine {
    pub(super) fn of(who: &Patient, place: &str) -> Self {
        Self {
            number: who.number.clone(),
            name: who.details.name.expose().clone(),
            birth_date: who
                .details
                .birth_date
                .as_ref()
                .map(|date| date.expose().clone()),
            place: place.into(),
            scans: 0,
            reports: 0,
            notes: 0,
            prescriptions: 0,
        }
    }
}

impl Folder {
    /// Makes it in the folder that was chosen.
    pub(super) fn make(wanted: &Path, data: &Path, at: Timestamp) -> io::Result<Self> {
        if !wanted.is_dir() {
            return Err(io::ErrorKind::NotFound.into());
        }
        let at = at.to_zoned(jiff::tz::TimeZone::system());
        let name = format!("{NAME}{}", at.strftime("%Y%m%d-%H%M%S"));
        let fresh = std::path::absolute(wanted)?.join(format!(".{name}"));
        let note = data.join(&name).with_added_extension(NOTE);
        let path = wanted.join(name);
        if path.exists() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        fs::write(&note, fresh.as_os_str().as_encoded_bytes())?;
        private(&fresh)?;
        Ok(Self {
            fresh,
            note,
            path,
            index: Vec::new(),
            bytes: 0,
            whole: false,
        })
    }

    /// Writes a file below it, durably.
    pub(super) fn write(&mut self, name: &str, bytes: &[u8]) -> Result<(), CommandError> {
        let path = self.fresh.join(name);
        let put = || -> io::Result<()> {
            if let Some(parent) = path.parent() {
                private(parent)?;
            }
            let mut file = fs::File::create_new(&path)?;
            file.write_all(bytes)?;
            file.sync_all()
        };
        put().map_err(|error| match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                CommandError::from(::clinic::ClinicError::DiskFull)
            }
            _ => CommandError::FileNotWritten,
        })?;
        self.bytes += bytes.len() as u64;
        Ok(())
    }

    pub(super) fn list(&mut self, line: IndexLine) {
        self.index.push(line);
    }

    /// Gives it its name.
    pub(super) fn finish(&mut self) -> Result<ExportedView, CommandError> {
        let index = csv(&self.index);
        self.write("index.csv", index.as_bytes())?;
        self.write("README.txt", README.as_bytes())?;
        fs::rename(&self.fresh, &self.path).map_err(|_| CommandError::FileNotWritten)?;
        self.whole = true;
        let count = |of: fn(&IndexLine) -> u64| self.index.iter().map(of).sum();
        Ok(ExportedView {
            folder: self.path.display().to_string(),
            patients: self.index.len() as u64,
            scans: count(|line| line.scans),
            reports: count(|line| line.reports),
            notes: count(|line| line.notes),
            prescriptions: count(|line| line.prescriptions),
            bytes: self.bytes,
        })
    }
}

/// A folder that only its owner enters.
fn private(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// RFC 4180, with a byte order mark, so that a spreadsheet takes it for UTF-8.
fn csv(lines: &[IndexLine]) -> String {
    let mut out =
        String::from("\u{feff}number,name,birth_date,folder,scans,reports,notes,prescriptions\r\n");
    for line in lines {
        let born = line.birth_date.as_deref().unwrap_or_default();
        let fields = [
            field(&line.number),
            field(&line.name),
            field(born),
            field(&line.place),
            line.scans.to_string(),
            line.reports.to_string(),
            line.notes.to_string(),
            line.prescriptions.to_string(),
        ];
        out.push_str(&fields.join(","));
        out.push_str("\r\n");
    }
    out
}

/// Always quoted; what a spreadsheet would take for a formula begins with an apostrophe.
fn field(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let shield = if formula { "'" } else { "" };
    format!("\"{shield}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_export_left_goes_at_the_next_start_and_nothing_else_does() {
        let (data, stick) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let at = |second| Timestamp::from_second(second).unwrap();
        let mut killed = Folder::make(stick.path(), data.path(), at(0)).unwrap();
        killed.write("patients/MB-000001/a.txt", b"Maria").unwrap();
        std::mem::forget(killed);
        let mut whole = Folder::make(stick.path(), data.path(), at(60)).unwrap();
        let kept = whole.finish().unwrap().folder;
        drop(whole);
        let foreign = stick.path().join("photos");
        fs::create_dir(&foreign).unwrap();
        let note = data.path().join("other").with_extension(NOTE);
        fs::write(note, foreign.to_str().unwrap()).unwrap();
        assert_eq!(fs::read_dir(stick.path()).unwrap().count(), 3);
        sweep(data.path());
        assert_eq!(fs::read_dir(stick.path()).unwrap().count(), 2);
        assert!(Path::new(&kept).is_dir() && foreign.is_dir());
        assert_eq!(fs::read_dir(data.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_name_is_one_field_and_never_a_formula() {
        assert_eq!(
            field("Silva, Maria \"Mia\""),
            "\"Silva, Maria \"\"Mia\"\"\""
        );
        assert_eq!(field("=1+1"), "\"'=1+1\"");
        assert_eq!(field(""), "\"\"");
    }
}
