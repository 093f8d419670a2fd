//! Imports in the background. A file is read, described and decoded; it goes into the vault; only
//! then does a row name it. Files whose patient is not clear wait, sealed, for a decision.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
};

use ::clinic::{
    ActiveSession, Clinic, ClinicError, Patient, PatientDetails, Permission, Permit, StoredFile,
    authorize,
};
use ::imaging::Limits;
use ::reading::{Facts, Kind, Role};
use basics::{JobId, PatientId, Phi, ScanId, UserId};

use super::{
    AssignRequest, Assignment, IdentityView, ImportItem, ImportOutcome, ImportRequest, ImportView,
    JobRequest, seed::Seed,
};
use crate::{
    dispatch::Call,
    error::CommandError,
    reading::{after_import, models},
    table::Tag,
    workstation::{Workstation, lock},
};

/// An import in hand, or finished with files that wait for a decision.
pub(crate) struct Import {
    job: JobId,
    window: String,
    /// Who imports: whoever sits at this window after them learns nothing of it.
    user: UserId,
    cancel: AtomicBool,
    found: AtomicU32,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    finished: bool,
    items: Vec<ImportItem>,
    waiting: BTreeMap<u32, Waiting>,
}

/// A file that lies sealed in the vault and is nobody's yet.
struct Waiting {
    file: StoredFile,
    seed: Seed,
}

/// What a worker needs to import for a person.
struct Desk {
    workstation: Workstation,
    window: String,
    clinic: Clinic,
    session: ActiveSession,
    import: Permit,
    read_patients: Permit,
    write_patients: Permit,
    /// Packs that read each new scan; none where the clinic wants none.
    packs: Vec<String>,
    /// Kinds of scan that one of them measures as a series.
    measured: Vec<Kind>,
    /// Scans that are read once all files are in: their series must be whole when it is measured.
    later: Mutex<Vec<ScanId>>,
}

pub(super) fn start(call: &Call<'_>, request: ImportRequest) -> Result<ImportView, CommandError> {
    let desk = Desk::of(call)?;
    let open = match request.patient_id {
        None => None,
        Some(id) => Some(desk.clinic.patient(&desk.read_patients, id)?),
    };
    let import = Arc::new(Import {
        job: request.job,
        window: call.window.into(),
        user: call.permit()?.user(),
        cancel: AtomicBool::new(false),
        found: AtomicU32::new(0),
        state: Mutex::default(),
    });
    {
        let mut imports = lock(&call.inner().imports);
        if imports.contains_key(&request.job) {
            return Err(CommandError::Invalid { field: "job" });
        }
        // Finished imports with nothing to decide are forgotten.
        imports.retain(|_, import| !import.is_over());
        imports.insert(request.job, import.clone());
    }
    let paths: Vec<PathBuf> = request.paths.into_iter().map(PathBuf::from).collect();
    let hold = desk.clinic.hold()?;
    let worker = import.clone();
    std::thread::Builder::new()
        .name("import".into())
        .spawn(move || {
            worker.run(&desk, &paths, open.as_ref());
            drop(hold);
        })
        .map_err(|_| CommandError::Defect)?;
    Ok(import.view())
}

pub(super) fn state(call: &Call<'_>, request: JobRequest) -> Result<ImportView, CommandError> {
    Ok(find(call, request.job)?.view())
}

pub(super) fn cancel(call: &Call<'_>, request: JobRequest) -> Result<(), CommandError> {
    find(call, request.job)?.cancel();
    Ok(())
}

pub(super) fn assign(call: &Call<'_>, request: AssignRequest) -> Result<ImportView, CommandError> {
    let import = find(call, request.job)?;
    let desk = Desk::of(call)?;
    let patient = match request.to {
        Assignment::Discard => None,
        Assignment::Patient { id } => Some(desk.clinic.patient(&desk.read_patients, id)?),
        Assignment::NewPatient { details } => Some(desk.new_patient(&details.into())?),
    };
    for index in request.items {
        let Some(waiting) = lock(&import.state).waiting.remove(&index) else {
            continue;
        };
        let outcome = match &patient {
            None => ImportOutcome::Discarded,
            Some(patient) => match desk.keep(patient.id, &waiting.file, &waiting.seed) {
                Ok(outcome) => outcome,
                Err(error) => {
                    // Nothing is lost: it waits on.
                    lock(&import.state).waiting.insert(index, waiting);
                    desk.read_series();
                    return Err(error);
                }
            },
        };
        import.settle(index, outcome);
    }
    desk.read_series();
    Ok(import.view())
}

impl Import {
    /// Ends it after the file in hand.
    pub(crate) fn cancel(&self) {
        self.cancel.store(true, Ordering::Relaxed);
    }

    fn is_over(&self) -> bool {
        let state = lock(&self.state);
        state.finished && state.waiting.is_empty()
    }

    fn view(&self) -> ImportView {
        let state = lock(&self.state);
        self.part(&state, state.items.clone())
    }

    fn part(&self, state: &State, items: Vec<ImportItem>) -> ImportView {
        let done = u32::try_from(state.items.len()).unwrap_or(u32::MAX);
        ImportView {
            job: self.job,
            found: self.found.load(Ordering::Relaxed).max(done),
            done,
            finished: state.finished,
            cancelled: self.cancel.load(Ordering::Relaxed),
            items,
        }
    }

    fn run(&self, desk: &Desk, paths: &[PathBuf], open: Option<&Patient>) {
        let limits = Limits::default();
        let progress = |seen| {
            self.found
                .store(u32::try_from(seen).unwrap_or(u32::MAX), Ordering::Relaxed);
        };
        for found in ::imaging::gather(paths, &limits, progress, &self.cancel) {
            let (label, outcome) = match found {
                Err((_, ::imaging::Error::Cancelled)) => break,
                Err((label, error)) => (label, Err(error.into())),
                Ok(found) => {
                    let label = found.label.clone();
                    let outcome = found
                        .bytes(&limits)
                        .map_err(CommandError::from)
                        .and_then(|bytes| self.one(desk, bytes, open));
                    (label, outcome)
                }
            };
            let outcome = outcome.unwrap_or_else(|error| ImportOutcome::Refused {
                problem: error.into(),
            });
            self.add(desk, label, outcome);
        }
        desk.read_series();
        lock(&self.state).finished = true;
        self.tell(desk, Vec::new());
    }

    /// One file; what waits is left in the state under the next index.
    fn one(
        &self,
        desk: &Desk,
        bytes: Vec<u8>,
        open: Option<&Patient>,
    ) -> Result<ImportOutcome, CommandError> {
        let seed = Seed::of(&bytes)?;
        let file = desk
            .clinic
            .store_file(&desk.import, &mut std::io::Cursor::new(bytes))?;
        if let Some((scan_id, patient_id)) = desk.clinic.duplicate_of(&desk.import, &file)? {
            return Ok(ImportOutcome::Duplicate {
                scan_id,
                patient_id,
            });
        }
        let patient = match (open, &seed.identity) {
            (Some(open), Some(identity)) if !is_of(identity, open) => {
                let outcome = ImportOutcome::IdentityDiffers {
                    identity: identity.clone(),
                    open: open.clone().into(),
                };
                return Ok(self.wait(file, seed, outcome));
            }
            (Some(open), _) => open.id,
            (None, Some(identity)) => desk.patient_of(identity)?,
            (None, None) => {
                return Ok(self.wait(file, seed, ImportOutcome::NeedsPatient { identity: None }));
            }
        };
        desk.keep(patient, &file, &seed)
    }

    fn wait(&self, file: StoredFile, seed: Seed, outcome: ImportOutcome) -> ImportOutcome {
        let mut state = lock(&self.state);
        let index = u32::try_from(state.items.len()).unwrap_or(u32::MAX);
        state.waiting.insert(index, Waiting { file, seed });
        outcome
    }

    fn add(&self, desk: &Desk, label: String, outcome: ImportOutcome) {
        let kept = matches!(outcome, ImportOutcome::Stored { .. });
        let item = {
            let mut state = lock(&self.state);
            let index = u32::try_from(state.items.len()).unwrap_or(u32::MAX);
            let item = ImportItem {
                index,
                label: Phi::new(label),
                outcome,
            };
            state.items.push(item.clone());
            item
        };
        if kept {
            desk.workstation
                .inner
                .changed(&[Tag::Worklist, Tag::Chart, Tag::Patients]);
        }
        self.tell(desk, vec![item]);
    }

    fn settle(&self, index: u32, outcome: ImportOutcome) {
        let mut state = lock(&self.state);
        if let Some(item) = state.items.iter_mut().find(|item| item.index == index) {
            item.outcome = outcome;
        }
    }

    fn tell(&self, desk: &Desk, items: Vec<ImportItem>) {
        let view = self.part(&lock(&self.state), items);
        let inner = &desk.workstation.inner;
        if inner
            .seat(&self.window)
            .is_some_and(|seat| seat.user == self.user)
        {
            inner.tell(&self.window, "imaging.progress", &view);
        }
    }
}

impl Desk {
    fn of(call: &Call<'_>) -> Result<Self, CommandError> {
        let (clinic, session) = (call.clinic()?, call.active()?);
        let packs = if clinic.settings(&session)?.read_on_import && call.inner().models().is_ok() {
            models::enabled(call.inner(), &session)?
        } else {
            Vec::new()
        };
        let mut measured = Vec::new();
        for id in &packs {
            let card = call.inner().models()?.shelf.pack(id)?.card()?;
            measured.extend((card.role == Role::Measure).then_some(card.reads));
        }
        Ok(Self {
            measured,
            later: Mutex::default(),
            workstation: call.workstation.clone(),
            window: call.window.into(),
            import: call.permit()?.clone(),
            read_patients: authorize(&session, Permission::ReadPatients)?,
            write_patients: authorize(&session, Permission::WritePatients)?,
            clinic,
            session,
            packs,
        })
    }

    /// Adds the scan; durable when this returns. Then it may be read.
    fn keep(
        &self,
        patient: PatientId,
        file: &StoredFile,
        seed: &Seed,
    ) -> Result<ImportOutcome, CommandError> {
        let scan = self
            .clinic
            .write::<_, ClinicError>(&self.import, "scan.import", |change| {
                let study_id = change.ensure_study(patient, &seed.study)?;
                change.add_scan(&seed.scan(study_id, file.clone()))
            })?;
        if self.is_of_series(seed) {
            lock(&self.later).push(scan.id);
        } else {
            self.read(scan.id);
        }
        Ok(ImportOutcome::Stored {
            scan_id: scan.id,
            patient_id: patient,
        })
    }

    fn read(&self, scan: ScanId) {
        if !self.packs.is_empty() {
            let Self {
                workstation,
                window,
                session,
                packs,
                ..
            } = self;
            after_import(workstation, window, session, packs, scan);
        }
    }

    /// Whether the file may be one of a series that is measured whole.
    fn is_of_series(&self, seed: &Seed) -> bool {
        let facts = Facts {
            modality: Some(seed.modality.clone()),
            ..Facts::default()
        };
        let mut kinds = self.measured.iter();
        seed.series_uid.is_some() && kinds.any(|kind| facts.refuse(*kind, Role::Measure).is_none())
    }

    /// Reads what waited until all files were in.
    fn read_series(&self) {
        let scans = std::mem::take(&mut *lock(&self.later));
        scans.into_iter().for_each(|scan| self.read(scan));
    }

    /// The patient that a file names; a new one where nobody here is the same person.
    fn patient_of(&self, identity: &IdentityView) -> Result<PatientId, CommandError> {
        let details = details_of(identity);
        let known = self
            .clinic
            .similar_patients(&self.read_patients, &details)?;
        if let Some(same) = known.iter().find(|patient| is_of(identity, patient)) {
            return Ok(same.id);
        }
        Ok(self.new_patient(&details)?.id)
    }

    fn new_patient(&self, details: &PatientDetails) -> Result<Patient, CommandError> {
        let added = self.clinic.write::<_, ClinicError>(
            &self.write_patients,
            "patients.create",
            |change| change.create_patient(details, false),
        )?;
        self.workstation.inner.changed(&[Tag::Patients]);
        Ok(added)
    }
}

fn find(call: &Call<'_>, job: JobId) -> Result<Arc<Import>, CommandError> {
    let user = call.permit()?.user();
    lock(&call.inner().imports)
        .get(&job)
        // Another window's imports are not this one's business, nor are those of who sat here before.
        .filter(|import| import.window == call.window && import.user == user)
        .cloned()
        .ok_or(CommandError::NotFound { what: "import" })
}

fn details_of(identity: &IdentityView) -> PatientDetails {
    let name = match identity.name.expose().as_str() {
        "" => identity.id.clone(),
        _ => identity.name.clone(),
    };
    PatientDetails {
        name,
        birth_date: identity.birth_date.clone(),
        sex: identity.sex.into(),
        external_id: Some(identity.id.clone()).filter(|id| !id.expose().is_empty()),
        issuer: None,
    }
}

/// Whether a file is of this patient, as any of the records that were merged into one names them.
fn is_of(file: &IdentityView, patient: &Patient) -> bool {
    let others = patient.others.iter().map(|other| &other.details);
    std::iter::once(&patient.details)
        .chain(others)
        .any(|details| same_person(file, details))
}

/// Whether a file's identity is the patient's: two identifiers must agree (name and birth date, or
/// name and id, or id and birth date) and none may contradict.
fn same_person(file: &IdentityView, patient: &PatientDetails) -> bool {
    let agree = |a: &str, b: &str| match (a.trim(), b.trim()) {
        ("", _) | (_, "") => None,
        (a, b) => Some(a == b),
    };
    let text = |value: &Option<Phi<String>>| {
        value
            .as_ref()
            .map_or(String::new(), |value| value.expose().clone())
    };
    let marks = [
        agree(&words(file.name.expose()), &words(patient.name.expose())),
        agree(&text(&file.birth_date), &text(&patient.birth_date)),
        agree(file.id.expose(), &text(&patient.external_id)),
    ];
    !marks.contains(&Some(false)) && marks.iter().filter(|mark| **mark == Some(true)).count() >= 2
}

/// A name's words, sorted, without case and punctuation: `SILVA^MARIA` and `Maria Silva` are one.
fn words(name: &str) -> String {
    let mut words: Vec<String> = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.sort_unstable();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinic::Sex;

    fn check(file: [&str; 3], patient: [&str; 3], expected: bool) {
        let some = |text: &str| (!text.is_empty()).then(|| Phi::new(text.to_string()));
        let identity = IdentityView {
            name: Phi::new(file[0].into()),
            birth_date: some(file[1]),
            id: Phi::new(file[2].into()),
            sex: Sex::Unknown,
        };
        let details = PatientDetails {
            name: Phi::new(patient[0].into()),
            birth_date: some(patient[1]),
            external_id: some(patient[2]),
            sex: Sex::Unknown.into(),
            issuer: None,
        };
        assert_eq!(
            same_person(&identity, &details),
            expected,
            "{file:?} {patient:?}"
        );
    }

    #[test]
    fn two_identifiers_agree_and_none_contradicts() {
        let maria = ["Silva, Maria", "1961-03-09", "A1"];
        check(["Maria SILVA", "1961-03-09", ""], maria, true);
        check(["Maria Silva", "", "A1"], maria, true);
        check(["Maria Silva", "1961-03-09", "B2"], maria, false);
        check(["Maria Silva", "1961-03-10", "A1"], maria, false);
        check(["Maria Silva", "", ""], maria, false);
        check(["Marta Silva", "1961-03-09", "A1"], maria, false);
    }
}
