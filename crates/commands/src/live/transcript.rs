//! The bilingual transcript for the patient: one self-contained page, in the patient's words.

use std::collections::HashMap;

use ::clinic::{
    Clinic, Consultation, Message, Participant, ParticipantKind, Permit, Sound, TranscriptState,
};
use basics::{Language, ParticipantId, Phi, Provenance};
use rust_embed::Embed;
use serde::Deserialize;

use super::{ConsultationRequest, SaveTranscriptRequest, TranscriptView, hand_over::file_name};
use crate::{dispatch::Call, error::CommandError, outside};

/// Messages read at once.
const PAGE: u32 = 200;

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:42rem;margin:2rem auto;\
padding:0 1rem;color:#1b1f24}h1{font-size:1.4rem}article{border-block-start:1px solid #d0d7de;\
padding:.75rem 0;break-inside:avoid}h2{font-size:.85rem;margin:0;color:#57606a;font-weight:600}\
p{margin:.25rem 0;white-space:pre-wrap;overflow-wrap:anywhere}.other{color:#3d444d}\
small,footer{color:#57606a;font-size:.8rem}";

/// The words of the phone's page, which the patient knows.
#[derive(Embed)]
#[folder = "../../assets/i18n"]
#[include = "*/patient.json"]
struct Catalogues;

/// The part of them that a transcript needs.
#[derive(Deserialize)]
struct Words {
    transcript: Labels,
    report: ReportLabels,
    provenance: HashMap<String, String>,
    written: HashMap<String, String>,
}

#[derive(Deserialize)]
struct ReportLabels {
    title: String,
}

#[derive(Deserialize)]
struct Labels {
    title: String,
    clinic: String,
    note: String,
}

pub(super) fn show(
    call: &Call<'_>,
    request: ConsultationRequest,
) -> Result<TranscriptView, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let consultation = clinic.consultation(permit, request.consultation_id)?;
    clinic.note_read(permit, call.verb(), Some(consultation.patient.id))?;
    Ok(TranscriptView {
        // The time says which one; a name does not belong on a memory stick's listing.
        file_name: format!(
            "transcript-{}.html",
            consultation.started.strftime("%Y%m%d-%H%M")
        ),
        html: Phi::new(page(&clinic, permit, &consultation)?),
    })
}

pub(super) fn save(call: &Call<'_>, request: SaveTranscriptRequest) -> Result<(), CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let consultation = clinic.consultation(permit, request.consultation_id)?;
    let html = page(&clinic, permit, &consultation)?;
    // It leaves the record: the journal knows before the disk does.
    clinic.note(
        permit,
        call.verb(),
        &[consultation.patient.id.into(), consultation.id.into()],
    )?;
    outside::write(&request.path, html.as_bytes())
}

fn page(
    clinic: &Clinic,
    permit: &Permit,
    consultation: &Consultation,
) -> Result<String, CommandError> {
    let people = clinic.participants(permit, consultation.id)?;
    let language = people
        .iter()
        .find(|person| person.kind != ParticipantKind::Doctor)
        .map_or(Language::En, |person| person.language);
    let words = words(language)?;
    let names: HashMap<ParticipantId, &Participant> =
        people.iter().map(|person| (person.id, person)).collect();
    let mut articles = String::new();
    let mut after = 0;
    loop {
        let page = clinic.messages_after(permit, consultation.id, after, PAGE)?;
        for message in &page.rows {
            after = message.n;
            articles.push_str(&article(message, &names, &words));
        }
        if !page.more {
            break;
        }
    }
    let doctor = escape(consultation.doctor_name.expose());
    let title = escape(&words.transcript.title).replace("{{name}}", &doctor);
    let direction = direction(language);
    Ok(format!(
        "<!doctype html><html lang=\"{tag}\" dir=\"{direction}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title>\
         <style>{STYLE}</style></head><body><h1>{title}</h1><p>{label}: {clinic}<br>{day}</p>\
         {articles}<footer><p>{note}</p></footer></body></html>\n",
        tag = language.tag(),
        label = escape(&words.transcript.clinic),
        clinic = escape(&clinic.status().clinic_name),
        day = consultation.started.strftime("%Y-%m-%d %H:%M UTC"),
        note = escape(&words.transcript.note),
    ))
}

fn article(
    message: &Message,
    names: &HashMap<ParticipantId, &Participant>,
    words: &Words,
) -> String {
    let name = names
        .get(&message.participant_id)
        .map_or("", |person| person.name.expose().as_str());
    let mut out = format!(
        "<article><h2>{} · {}</h2>",
        escape(name),
        message.at.strftime("%H:%M")
    );
    match &message.sound {
        Some(sound) => out.push_str(&spoken(message, sound, words)),
        None if message.handed_over.is_some() => {}
        None => out.push_str(&paragraph("said", message.language, message.text.expose())),
    }
    if let Some(file) = &message.handed_over {
        out.push_str(&format!(
            "<p>{}: <bdi>{}</bdi></p>",
            escape(&words.report.title),
            escape(&file_name(file))
        ));
    }
    let mut seen = Vec::new();
    for translation in &message.translations {
        if seen.contains(&translation.language) {
            continue;
        }
        seen.push(translation.language);
        // Nobody but the doctor reads what is held, and this page is for both.
        if translation.is_held() {
            if let Some(label) = words.provenance.get("held") {
                out.push_str(&format!("<small>{}</small>", escape(label)));
            }
            continue;
        }
        if !translation.text.expose().is_empty() {
            out.push_str(&paragraph(
                "other",
                translation.language,
                translation.text.expose(),
            ));
        }
        if let Some(label) = words.provenance.get(key(translation.provenance)) {
            out.push_str(&format!("<small>{}</small>", escape(label)));
        }
    }
    out.push_str("</article>");
    out
}

/// A voice note: how long it is, and its words with who wrote them down.
fn spoken(message: &Message, sound: &Sound, words: &Words) -> String {
    let (minutes, seconds) = (sound.ms / 60_000, sound.ms / 1_000 % 60);
    let mut out = format!("<p>🔊 {minutes}:{seconds:02}</p>");
    let writer = match sound.transcript.as_ref().map(|one| one.state) {
        Some(TranscriptState::Written) => "machine",
        Some(TranscriptState::Corrected) => "corrected",
        _ => return out,
    };
    out.push_str(&paragraph("said", message.language, message.text.expose()));
    if let Some(label) = words.written.get(writer) {
        out.push_str(&format!("<small>{}</small>", escape(label)));
    }
    out
}

fn paragraph(class: &str, language: Language, text: &str) -> String {
    format!(
        "<p class=\"{class}\" lang=\"{}\" dir=\"{}\">{}</p>",
        language.tag(),
        direction(language),
        escape(text)
    )
}

fn direction(language: Language) -> &'static str {
    match language.is_right_to_left() {
        true => "rtl",
        false => "ltr",
    }
}

/// The label of a provenance in the page's catalogue.
fn key(provenance: Provenance) -> &'static str {
    match provenance {
        Provenance::SameLanguage => "same",
        Provenance::VerifiedPhrase => "verified",
        Provenance::UnreviewedPhrase => "phrase",
        Provenance::Machine => "machine",
        Provenance::NotTranslated => "none",
    }
}

fn words(language: Language) -> Result<Words, CommandError> {
    let file = Catalogues::get(&format!("{}/patient.json", language.tag()))
        .or_else(|| Catalogues::get("en/patient.json"))
        .ok_or(CommandError::Defect)?;
    serde_json::from_slice(&file.data).map_err(|_| CommandError::Defect)
}

/// What people wrote is text, never markup.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_the_words_of_a_transcript() {
        for language in Language::ALL {
            let words = words(language).unwrap();
            assert!(words.transcript.title.contains("{{name}}"), "{language:?}");
            for writer in ["machine", "corrected"] {
                assert!(words.written.contains_key(writer), "{language:?}");
            }
            assert!(words.provenance.contains_key("held"), "{language:?}");
            for provenance in [
                Provenance::VerifiedPhrase,
                Provenance::UnreviewedPhrase,
                Provenance::Machine,
                Provenance::NotTranslated,
            ] {
                assert!(
                    words.provenance.contains_key(key(provenance)),
                    "{language:?}"
                );
            }
        }
    }

    #[test]
    fn markup_in_a_message_stays_text() {
        let said = paragraph("said", Language::En, "<script>alert('x')</script>");
        assert!(!said.contains("<script>"), "{said}");
        assert!(said.contains("&lt;script&gt;"));
    }
}
