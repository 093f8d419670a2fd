//! Handlers: what can be asked, and the three kinds of questions.

use ::language::assist::{About, Guide, Index, Judgement, Kind, Style, asks_for_judgement};
use basics::{JobId, PatientId, Phi};

use super::{
    AssistAnswerView, AssistChartRequest, AssistEngineView, AssistRefused, AssistRequest,
    AssistStateView, GuideBlockKind, GuideBlockView, GuidePageView, GuideSpanView, GuideStyle,
    PassageKind, PassagePlace, PassageView, chart, english, own, write,
};
use crate::{dispatch::Call, error::CommandError, imaging::JobRequest};

/// Characters of a question.
const QUESTION: usize = 1_000;
/// Passages of the guide that are shown.
const FROM_GUIDE: usize = 5;
/// Pieces of a record that are shown, or that an engine gets.
const FROM_RECORD: usize = 8;
const GIVEN: usize = 80;
/// Characters that an engine gets, in all.
const GIVEN_LENGTH: usize = 24_000;
/// A piece that holds less of a question than this does not answer it.
const ENOUGH: f32 = 0.2;

/// Pieces of one person's record.
pub(super) struct Gathered {
    /// The newest first, as far as they have a time.
    pub(super) sources: Vec<PassageView>,
    /// Whether these are all.
    pub(super) all: bool,
}

/// A question as it came.
struct Question<'a> {
    job: JobId,
    text: &'a str,
    with_engine: bool,
}

pub(super) fn state(call: &Call<'_>, (): ()) -> Result<AssistStateView, CommandError> {
    use ::clinic::Permission::{AskAboutChart, AskAboutOwnReports};
    let address = call.clinic()?.services(call.permit()?)?.engine;
    let address = address.map_or_else(String::new, |engine| engine.base_url);
    let chat = call.inner().engines.chat();
    Ok(AssistStateView {
        engine: chat.map(|chat| AssistEngineView {
            name: chat.name().into(),
            host: host(&address).into(),
        }),
        about_chart: call.leave(AskAboutChart).is_ok(),
        about_own_reports: call.leave(AskAboutOwnReports).is_ok(),
    })
}

pub(super) fn guide(_call: &Call<'_>, (): ()) -> Result<Vec<GuidePageView>, CommandError> {
    let pages = Guide::embedded().pages().iter();
    Ok(pages.map(page).collect())
}

pub(super) fn ask(
    call: &Call<'_>,
    request: AssistRequest,
) -> Result<AssistAnswerView, CommandError> {
    let question = question(request.job, &request.question, request.with_engine)?;
    let passages = Guide::embedded().find(question.text, FROM_GUIDE);
    let sources: Vec<PassageView> = passages.into_iter().map(passage).collect();
    let answer = AssistAnswerView {
        job: question.job,
        found: sources.len().try_into().unwrap_or(u32::MAX),
        sources,
        kept_back: Vec::new(),
        read: 0,
        read_all: true,
        writing: None,
        refused: None,
        ask_your_doctor: false,
    };
    // What the guide does not say no engine makes up.
    match question.with_engine && !answer.sources.is_empty() {
        true => write::begin(call, About::App, question.text, answer, None),
        false => Ok(answer),
    }
}

pub(super) fn ask_about_chart(
    call: &Call<'_>,
    request: AssistChartRequest,
) -> Result<AssistAnswerView, CommandError> {
    let question = question(request.job, &request.question, request.with_engine)?;
    let patient = request.patient_id;
    let gathered = chart::gather(call, patient)?;
    (call.clinic()?).note_read(call.permit()?, call.verb(), Some(patient))?;
    answer(call, About::Chart, &question, patient, gathered, None)
}

pub(super) fn ask_about_reports(
    call: &Call<'_>,
    request: AssistRequest,
) -> Result<AssistAnswerView, CommandError> {
    let question = question(request.job, &request.question, request.with_engine)?;
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let patient = (permit.patient()).ok_or(CommandError::NotFound { what: "patient" })?;
    clinic.note_read(permit, call.verb(), Some(patient))?;
    let gathered = own::gather(call)?;
    let refused = match asks_for_judgement(question.text) {
        Judgement::Plain => None,
        Judgement::ForTheDoctor => Some(AssistRefused::ForTheDoctor),
        Judgement::Unreadable => Some(AssistRefused::Language),
    };
    answer(
        call,
        About::OwnReports,
        &question,
        patient,
        gathered,
        refused,
    )
}

pub(super) fn stop(call: &Call<'_>, request: JobRequest) -> Result<(), CommandError> {
    call.inner().asking.stop(call.window, Some(request.job));
    Ok(())
}

/// The answer from one person's record.
fn answer(
    call: &Call<'_>,
    about: About,
    question: &Question<'_>,
    patient: PatientId,
    gathered: Gathered,
    refused: Option<AssistRefused>,
) -> Result<AssistAnswerView, CommandError> {
    let read = gathered.sources.len();
    let asks = question.with_engine && refused.is_none() && call.inner().engines.chat().is_some();
    let (sources, found, kept_back) = match asks {
        false => chosen(&gathered.sources, question.text, FROM_RECORD),
        true => for_engine(&gathered.sources, question.text),
    };
    let answer = AssistAnswerView {
        job: question.job,
        found: found.try_into().unwrap_or(u32::MAX),
        sources,
        kept_back,
        read: read.try_into().unwrap_or(u32::MAX),
        read_all: gathered.all,
        writing: None,
        refused,
        ask_your_doctor: about == About::OwnReports,
    };
    match asks && !answer.sources.is_empty() {
        true => write::begin(call, about, question.text, answer, Some(patient)),
        false => Ok(answer),
    }
}

/// The pieces that have words of the question, the nearest first.
fn chosen(
    sources: &[PassageView],
    question: &str,
    limit: usize,
) -> (Vec<PassageView>, usize, Vec<PassageView>) {
    let near = found(sources, question).into_iter().take(limit);
    let chosen: Vec<PassageView> = near.map(|at| sources[at].clone()).collect();
    let found = chosen.len();
    (chosen, found, Vec::new())
}

/// The same, and then the newest of the rest as far as they fit: a question may use other words than the
/// record. What speaks to a machine is kept back.
fn for_engine(
    sources: &[PassageView],
    question: &str,
) -> (Vec<PassageView>, usize, Vec<PassageView>) {
    let near = found(sources, question);
    let rest = (0..sources.len()).filter(|at| !near.contains(at));
    let order: Vec<(usize, bool)> = (near.iter().map(|&at| (at, true)))
        .chain(rest.map(|at| (at, false)))
        .collect();
    let (mut given, mut found, mut kept_back, mut length) = (Vec::new(), 0, Vec::new(), 0);
    for (at, is_near) in order {
        let source = sources[at].clone();
        if write::addresses_a_machine(&source) {
            kept_back.push(source);
            continue;
        }
        let more = english::label(&source).len() + source.text.expose().len();
        if given.len() >= GIVEN || length + more > GIVEN_LENGTH {
            continue;
        }
        length += more;
        found += usize::from(is_near);
        given.push(source);
    }
    (given, found, kept_back)
}

fn found(sources: &[PassageView], question: &str) -> Vec<usize> {
    let labels: Vec<String> = sources.iter().map(english::label).collect();
    let texts = sources.iter().map(|source| source.text.expose().as_str());
    let index = Index::new(labels.iter().map(String::as_str).zip(texts));
    let hits = index.rank(question).into_iter();
    hits.filter(|hit| hit.covered >= ENOUGH)
        .map(|hit| hit.at)
        .collect()
}

fn question(
    job: JobId,
    text: &Phi<String>,
    with_engine: bool,
) -> Result<Question<'_>, CommandError> {
    let text = text.expose().trim();
    match text.is_empty() || text.chars().count() > QUESTION {
        true => Err(CommandError::Invalid { field: "question" }),
        false => Ok(Question {
            job,
            text,
            with_engine,
        }),
    }
}

/// The server's name in an address.
fn host(address: &str) -> &str {
    let after = address.split_once("://").map_or(address, |(_, rest)| rest);
    after.split('/').next().unwrap_or_default()
}

fn passage(passage: &::language::assist::Passage) -> PassageView {
    PassageView {
        kind: PassageKind::Guide,
        title: Phi::new(passage.heading.clone()),
        part: None,
        said_by: None,
        at: None,
        text: Phi::new(passage.text.clone()),
        machine: false,
        opens: PassagePlace::Guide {
            page: passage.page.clone(),
            block: passage.block.try_into().unwrap_or(0),
        },
    }
}

fn page(page: &::language::assist::Page) -> GuidePageView {
    GuidePageView {
        id: page.id.clone(),
        title: page.title.clone(),
        blocks: page.blocks.iter().map(block).collect(),
    }
}

fn block(block: &::language::assist::Block) -> GuideBlockView {
    let (kind, depth) = match block.kind {
        Kind::Heading => (GuideBlockKind::Heading, 0),
        Kind::Paragraph => (GuideBlockKind::Paragraph, 0),
        Kind::Item(depth) => (GuideBlockKind::Item, depth),
        Kind::Head => (GuideBlockKind::Head, 0),
        Kind::Row => (GuideBlockKind::Row, 0),
        Kind::Code => (GuideBlockKind::Code, 0),
    };
    let span = |span: &::language::assist::Span| GuideSpanView {
        text: span.text.clone(),
        style: match span.style {
            Style::Plain => GuideStyle::Plain,
            Style::Strong => GuideStyle::Strong,
            Style::Emphasis => GuideStyle::Emphasis,
            Style::Code => GuideStyle::Code,
        },
    };
    GuideBlockView {
        kind,
        depth,
        cells: (block.cells.iter())
            .map(|cell| cell.iter().map(span).collect())
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::host;

    #[test]
    fn an_address_shows_its_server() {
        assert_eq!(host("https://api.openai.com/v1"), "api.openai.com");
        assert_eq!(host("http://127.0.0.1:8080"), "127.0.0.1:8080");
        assert_eq!(host(""), "");
    }
}
