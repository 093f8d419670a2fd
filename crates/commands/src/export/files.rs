//! The folder of an export: written beside its name, renamed when it is whole.

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

/// The folder in the making.
pub(super) struct Folder {
    fresh: PathBuf,
    path: PathBuf,
    index: Vec<IndexLine>,
    bytes: u64,
    /// It has its name; otherwise it goes with this value, however the work ended.
    whole: bool,
}

impl Drop for Folder {
    fn drop(&mut self) {
        if !self.whole {
            let _ = fs::remove_dir_all(&self.fresh);
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
    pub(super) fn make(wanted: &Path, at: Timestamp) -> io::Result<Self> {
        if !wanted.is_dir() {
            return Err(io::ErrorKind::NotFound.into());
        }
        let at = at.to_zoned(jiff::tz::TimeZone::system());
        let name = format!("medibridge-export-{}", at.strftime("%Y%m%d-%H%M%S"));
        let fresh = wanted.join(format!(".{name}"));
        let path = wanted.join(name);
        if path.exists() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        private(&fresh)?;
        Ok(Self {
            fresh,
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
    fn a_name_is_one_field_and_never_a_formula() {
        assert_eq!(
            field("Silva, Maria \"Mia\""),
            "\"Silva, Maria \"\"Mia\"\"\""
        );
        assert_eq!(field("=1+1"), "\"'=1+1\"");
        assert_eq!(field(""), "\"\"");
    }
}
