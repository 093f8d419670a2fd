//! The search as those see it who said, signed and wait: every script, newest first, nobody else's.

mod found;
mod kept;
mod meaning;
mod who;

use basics::{ConsultationId, Language, MessageId, ParticipantId, Provenance, ReportId};
use clinic::*;
use serde_json::json;

use crate::support::*;

/// Dora's desk: a consultation with Ana, who has an account of her own.
struct Desk {
    house: House,
    session: ActiveSession,
    patient: Patient,
    id: ConsultationId,
    guest: ParticipantId,
}

impl Desk {
    fn new() -> Self {
        let house = House::new();
        let patient = house.patient("dora", "Ana Silva");
        let session = house.active("dora");
        let (id, guest) = consultation(&house, &session, &patient);
        Self {
            house,
            session,
            patient,
            id,
            guest,
        }
    }

    fn clinic(&self) -> &Clinic {
        &self.house.clinic
    }

    fn permit(&self, permission: Permission) -> Permit {
        authorize(&self.session, permission).unwrap()
    }

    /// Says something a minute later.
    fn say(&self, language: Language, text: &str) -> MessageId {
        self.house.wait(60);
        say(
            &self.house,
            &self.session,
            self.id,
            self.guest,
            language,
            text,
        )
    }

    fn translate(&self, id: MessageId, language: Language, text: &str) {
        let permit = self.permit(Permission::HostConsultations);
        let new = NewTranslation {
            language,
            text: phi(text),
            provenance: Provenance::Machine,
            engine: Some("an engine".into()),
        };
        self.clinic()
            .write(&permit, "x", |change| change.add_translation(id, &new))
            .unwrap();
    }

    fn find(&self, words: &str) -> Vec<SearchRow> {
        let permit = self.permit(Permission::SearchRecords);
        let page = self.clinic().search(&permit, &asked(words), None, 200);
        page.unwrap().rows
    }

    /// Ids of the messages that are found.
    fn messages(&self, words: &str) -> Vec<MessageId> {
        self.find(words).iter().map(message_of).collect()
    }
}

fn asked(words: &str) -> SearchQuery {
    SearchQuery {
        words: phi(words),
        ..SearchQuery::default()
    }
}

fn message_of(row: &SearchRow) -> MessageId {
    match &row.place {
        FoundAt::Message { message_id, .. } => *message_id,
        other => panic!("{other:?}"),
    }
}

/// The excerpt with what was found in brackets.
fn shown(row: &SearchRow) -> String {
    let pieces = row.excerpt.pieces.iter();
    pieces
        .map(|piece| match piece.found {
            true => format!("[{}]", piece.text.expose()),
            false => piece.text.expose().clone(),
        })
        .collect()
}

fn consultation(
    house: &House,
    session: &ActiveSession,
    patient: &Patient,
) -> (ConsultationId, ParticipantId) {
    let permit = authorize(session, Permission::HostConsultations).unwrap();
    let guest = ParticipantId::new();
    let id = house
        .clinic
        .write::<_, ClinicError>(&permit, "x", |change| {
            let id = change.start_consultation(patient.id, Language::De)?.id;
            change.add_participant(
                id,
                &NewParticipant {
                    id: guest,
                    kind: ParticipantKind::Guest,
                    name: phi("Ana"),
                    language: Language::Es,
                    second_device: false,
                },
            )?;
            Ok(id)
        })
        .unwrap();
    (id, guest)
}

fn say(
    house: &House,
    session: &ActiveSession,
    consultation_id: ConsultationId,
    participant_id: ParticipantId,
    language: Language,
    text: &str,
) -> MessageId {
    let permit = authorize(session, Permission::HostConsultations).unwrap();
    let new = NewMessage {
        id: MessageId::new(),
        consultation_id,
        participant_id,
        language,
        text: phi(text),
        phrase: None,
        sound: None,
    };
    house
        .clinic
        .write(&permit, "x", |change| change.say(&new))
        .unwrap();
    new.id
}

/// A report of this doctor about this patient, signed so.
fn report(
    house: &House,
    login: &str,
    patient: &Patient,
    findings: &str,
    becomes: ReportState,
) -> ReportId {
    let scan = house.scan(login, patient, findings.as_bytes());
    let session = house.active(login);
    let may = |permission| authorize(&session, permission).unwrap();
    let new = NewReport {
        scan_id: scan.id,
        language: Language::En,
        draft: DraftText {
            title: phi("Chest"),
            value: json!({}),
        },
    };
    let clinic = &house.clinic;
    let id = clinic
        .write(&may(Permission::WriteReports), "x", |change| {
            change.start_report(&new)
        })
        .unwrap();
    sign(house, login, id, findings, becomes);
    id
}

fn sign(house: &House, login: &str, id: ReportId, findings: &str, becomes: ReportState) {
    let session = house.active(login);
    let proof = house
        .clinic
        .check_password(&session, &secret(PASSWORD))
        .unwrap();
    let permit = authorize(&session, Permission::SignReports).unwrap();
    let content = json!({ "text": { "findings": findings }, "addenda": [] }).to_string();
    let new = NewSigning {
        title: phi("Chest"),
        message: basics::Phi::new([b"x\0", content.as_bytes()].concat()),
        content: basics::Phi::new(content.into_bytes()),
        reason: phi("a reason"),
    };
    house
        .clinic
        .write(&permit, "x", |change| {
            let leave = change.begin_signing(proof, id, becomes, Some(1))?;
            change.sign_report(leave, &new)
        })
        .unwrap();
}
