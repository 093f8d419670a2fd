//! The record's types as the screens' types; both name the same things.

use basics::Phi;

use crate::{clinic, imaging, reading, session, setup};

/// Two enums with the same variants, each way.
macro_rules! mirror {
    ($view:ty = $stored:ty { $($variant:ident),+ $(,)? }) => {
        impl From<$stored> for $view {
            fn from(value: $stored) -> Self {
                match value { $(<$stored>::$variant => Self::$variant),+ }
            }
        }
        impl From<$view> for $stored {
            fn from(value: $view) -> Self {
                match value { $(<$view>::$variant => Self::$variant),+ }
            }
        }
    };
}
pub(crate) use mirror;

mirror!(
    session::Role = ::clinic::Role {
        Administrator,
        Doctor,
        Patient,
        Pharmacist
    }
);
mirror!(
    session::SecondFactor = ::clinic::SecondFactor {
        Authenticator,
        Email
    }
);
mirror!(
    clinic::Sex = ::clinic::Sex {
        Female,
        Male,
        Other,
        Unknown
    }
);
mirror!(
    clinic::Severity = ::clinic::Severity {
        Mild,
        Moderate,
        Severe,
        Unknown
    }
);
mirror!(
    reading::Status = ::clinic::Status {
        Imported,
        Read,
        Verified,
        Reported,
        Delivered
    }
);
mirror!(
    reading::Priority = ::clinic::Priority {
        Routine,
        Urgent,
        Immediate
    }
);
mirror!(
    setup::KeyStore = ::clinic::KeyStore {
        Keychain,
        PassphraseFile,
        PlainFile
    }
);
mirror!(
    reading::Band = ::clinic::Band {
        Below,
        Indeterminate,
        Above
    }
);

impl From<::clinic::Allergies> for clinic::Allergies {
    fn from(value: ::clinic::Allergies) -> Self {
        use ::clinic::Allergies as Stored;
        match value {
            Stored::NotAsked => Self::NotAsked,
            Stored::NoneKnown => Self::NoneKnown,
            Stored::Known { items } => Self::Known {
                items: items
                    .into_iter()
                    .map(|item| clinic::Allergy {
                        substance: item.substance,
                        reaction: item.reaction,
                        severity: item.severity.into(),
                    })
                    .collect(),
            },
        }
    }
}

impl From<clinic::Allergies> for ::clinic::Allergies {
    fn from(value: clinic::Allergies) -> Self {
        match value {
            clinic::Allergies::NotAsked => Self::NotAsked,
            clinic::Allergies::NoneKnown => Self::NoneKnown,
            clinic::Allergies::Known { items } => Self::Known {
                items: items
                    .into_iter()
                    .map(|item| ::clinic::Allergy {
                        substance: item.substance,
                        reaction: item.reaction,
                        severity: item.severity.into(),
                    })
                    .collect(),
            },
        }
    }
}

impl From<clinic::PatientDetails> for ::clinic::PatientDetails {
    fn from(details: clinic::PatientDetails) -> Self {
        Self {
            name: details.name,
            birth_date: details.birth_date,
            sex: details.sex.into(),
            external_id: details.external_id,
            issuer: None,
        }
    }
}

impl From<::clinic::Patient> for clinic::PatientView {
    fn from(patient: ::clinic::Patient) -> Self {
        Self {
            id: patient.id,
            number: patient.number,
            name: patient.details.name,
            birth_date: patient.details.birth_date,
            sex: patient.details.sex.into(),
            external_id: patient.details.external_id,
            allergies: patient.allergies.into(),
            allergies_recorded: patient.allergies_recorded,
            restricted: patient.restricted,
            demo: patient.demo,
            version: patient.version,
            others: patient.others.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<::clinic::Patient> for clinic::PatientRow {
    fn from(patient: ::clinic::Patient) -> Self {
        Self {
            id: patient.id,
            number: patient.number,
            name: patient.details.name,
            birth_date: patient.details.birth_date,
            sex: patient.details.sex.into(),
            restricted: patient.restricted,
            scans: patient.scans,
        }
    }
}

impl From<::clinic::journal::AccessRow> for clinic::AccessRow {
    fn from(row: ::clinic::journal::AccessRow) -> Self {
        Self {
            at: row.at,
            who: row.who.expose().clone(),
            role: row.role.into(),
            verb: row.verb,
            broke_glass: row.broke_glass,
        }
    }
}

/// What an account is called in lists. They are an administrator's, who sees no patient's name: a patient's
/// account goes by its sign-in name there.
pub(crate) fn account_name(user: &::clinic::User) -> &Phi<String> {
    match user.patient_id {
        Some(_) => &user.login,
        None => &user.name,
    }
}

impl From<::clinic::User> for clinic::UserView {
    fn from(user: ::clinic::User) -> Self {
        Self {
            id: user.id,
            name: account_name(&user).expose().clone(),
            login: user.login.expose().clone(),
            role: user.role.into(),
            enabled: user.enabled,
            patient_id: user.patient_id,
            created: user.created,
            last_sign_in: user.last_sign_in,
            removed: user.removed,
        }
    }
}

impl From<::clinic::Scan> for imaging::ScanRow {
    fn from(scan: ::clinic::Scan) -> Self {
        Self {
            id: scan.id,
            modality: scan.modality,
            description: scan.description,
            study_date: scan.study_date,
            frames: scan.frames,
            status: scan.status.into(),
            imported: scan.imported,
        }
    }
}

impl From<::clinic::Verdict> for reading::VerdictView {
    fn from(verdict: ::clinic::Verdict) -> Self {
        let said = verdict.verdict;
        Self {
            id: verdict.id,
            scan_id: said.scan_id,
            reading_id: said.reading_id,
            agrees: said.agrees,
            class: said.class.map(|class| class.expose().clone()),
            region: said.region,
            comment: said.comment,
            by: verdict.by_name.expose().clone(),
            at: verdict.at,
        }
    }
}

impl From<::clinic::Reading> for reading::ReadingView {
    fn from(reading: ::clinic::Reading) -> Self {
        use ::clinic::Answer as Stored;
        let (grid_rows, grid_columns) = reading.grid.unwrap_or_default();
        Self {
            id: reading.id,
            scan_id: reading.scan_id,
            frame: reading.frame,
            at: reading.at,
            by: reading.by_name.expose().clone(),
            model: reading::ModelRef {
                id: reading.model.id,
                name: reading.model.name,
                version: reading.model.version,
                sha256: reading.model.sha256,
                research_only: reading.model.research_only,
            },
            gate: reading::GateView {
                kind: reading.gate.kind,
                confidence: reading.gate.confidence,
                quality: reading.gate.quality,
            },
            answer: match reading.answer {
                Stored::NotAssessed { reason } => reading::Answer::NotAssessed { reason },
                Stored::Assessed {
                    classes,
                    urgency,
                    measured,
                    ..
                } => reading::Answer::Assessed {
                    classes: classes.into_iter().map(Into::into).collect(),
                    grid_rows,
                    grid_columns,
                    urgency,
                    measured: measured.map(Into::into),
                },
            },
            ms: reading::MillisView {
                decode: reading.ms.decode,
                model: reading.ms.model,
                total: reading.ms.total,
            },
        }
    }
}

impl From<::clinic::ClassResult> for reading::ClassView {
    fn from(class: ::clinic::ClassResult) -> Self {
        Self {
            id: class.id,
            name: class.name,
            probability: class.probability,
            lower: class.lower,
            upper: class.upper,
            band: class.band.map(Into::into),
            abnormal: class.abnormal,
            map_empty: class.map_empty,
        }
    }
}

impl From<::clinic::Answer> for reading::ReadingSummary {
    fn from(answer: ::clinic::Answer) -> Self {
        use ::clinic::Answer as Stored;
        match answer {
            Stored::NotAssessed { reason } => Self::NotAssessed { reason },
            Stored::Assessed {
                mut classes,
                urgency,
                because,
                measured,
            } => {
                classes.sort_by(|a, b| b.probability.total_cmp(&a.probability));
                let top = classes
                    .into_iter()
                    .take(3)
                    .map(|class| reading::ClassSummary {
                        name: class.name,
                        probability: class.probability,
                        band: class.band.map(Into::into),
                    })
                    .collect();
                Self::Assessed {
                    urgency,
                    top,
                    because,
                    measured: measured.map(Into::into),
                }
            }
        }
    }
}

impl From<::clinic::WorklistRow> for reading::WorklistRow {
    fn from(row: ::clinic::WorklistRow) -> Self {
        Self {
            scan_id: row.scan_id,
            patient: clinic::PatientRow {
                id: row.patient_id,
                number: row.number,
                name: row.name,
                birth_date: row.birth_date,
                sex: row.sex.into(),
                restricted: row.restricted,
                scans: row.scans,
            },
            modality: row.modality,
            description: row.description,
            study_date: row.study_date,
            imported: row.imported,
            frames: row.frames,
            status: row.status.into(),
            priority: row.priority.into(),
            priority_reason: row.priority_reason,
            reading: row.reading.map(Into::into),
            verdict: row.verdict.map(|verdict| reading::VerdictSummary {
                agrees: verdict.agrees,
                class: verdict.class.map(|class| class.expose().clone()),
                by: verdict.by_name.expose().clone(),
            }),
        }
    }
}
