//! A document as the template reads it: every figure written out in the report's language, every text
//! made printable. The template adds form only.

mod answer;

use serde::Serialize;

use answer::MeasuredTable;

use super::{
    dates::Dates,
    fonts::Fonts,
    plain::{Direction, first_letter, printed},
};
use crate::{
    Addendum, Band, ClassRow, Document, Figure, FigureKind, Picture, Sex, State, Words, words,
};

/// What the template reads.
#[derive(Serialize)]
pub(super) struct View<'a> {
    lang: &'static str,
    rtl: bool,
    /// Name of the file in its metadata: the report's number, or what it is while it has none.
    file_title: String,
    number: String,
    state: &'static str,
    revision: Option<String>,
    words: &'a Words,
    watermark: Option<&'a str>,
    clinic: Line,
    clinic_lines: Vec<Line>,
    patient: Line,
    /// The patient's name, short enough for a foot of a page.
    patient_short: Line,
    /// Facts in the banner, and those of them that stand on every page.
    facts: Vec<Fact<'a>>,
    identifiers: Vec<Fact<'a>>,
    exam: Vec<Fact<'a>>,
    sections: Vec<Section<'a>>,
    addenda: Vec<Added<'a>>,
    withdrawn: bool,
    figures: Vec<Shown>,
    ai: Option<Said<'a>>,
    verdict: Option<Vec<Fact<'a>>>,
    signatures: Vec<Vec<Fact<'a>>>,
    fingerprints: Vec<Fact<'a>>,
}

/// A line of text and the way it runs.
#[derive(Clone, Serialize)]
struct Line {
    text: String,
    dir: Direction,
}

/// A labelled value.
#[derive(Clone, Serialize)]
struct Fact<'a> {
    label: &'a str,
    value: Line,
}

#[derive(Serialize)]
struct Section<'a> {
    key: &'static str,
    label: &'a str,
    lines: Vec<Line>,
}

#[derive(Serialize)]
struct Added<'a> {
    kind: &'static str,
    label: &'a str,
    reason: Vec<Line>,
    lines: Vec<Line>,
    by: Line,
    at: Line,
}

#[derive(Serialize)]
struct Shown {
    width: u32,
    height: u32,
    encoding: &'static str,
    alt: String,
    caption: Line,
    edges: Option<[String; 4]>,
    map: Option<Legend>,
}

#[derive(Serialize)]
struct Legend {
    empty: bool,
    stops: Vec<String>,
    details: Line,
}

#[derive(Serialize)]
struct Said<'a> {
    facts: Vec<Fact<'a>>,
    research: bool,
    /// Why it was not assessed.
    reason: Option<Line>,
    rows: Vec<Row<'a>>,
    measured: Option<MeasuredTable<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    name: Line,
    probability: String,
    share: f32,
    ticks: Vec<f32>,
    points: Option<String>,
    band: Option<&'a str>,
    band_key: Option<&'static str>,
}

/// The longest name in the foot of a page.
const SHORT: usize = 64;

/// Turns a document's parts into a view's.
struct Maker<'a> {
    fonts: &'a Fonts,
    words: &'static Words,
    base: Direction,
    dates: Dates,
}

impl<'a> View<'a> {
    /// The view of a document whose pictures were checked.
    pub(super) fn new(fonts: &'a Fonts, document: &'a Document, pictures: &[Picture]) -> Self {
        let rtl = document.language.is_right_to_left();
        let words = words(document.language);
        let maker = Maker {
            fonts,
            words,
            base: if rtl { Direction::Rtl } else { Direction::Ltr },
            dates: Dates::new(words, document.utc_offset),
        };
        let state = state_key(document.state);
        let patient = &document.patient;
        let name = maker.line(patient.name.expose());
        let facts = maker.facts(document);
        let number = maker.line(&document.number).text;
        let figures = document.figures.iter().zip(pictures);
        View {
            lang: document.language.tag(),
            rtl,
            file_title: match number.is_empty() {
                true => words.title.clone(),
                false => number.clone(),
            },
            number,
            state,
            revision: (document.revision > 1)
                .then(|| filled(Words::get(&words.page, "revision"), "n", document.revision)),
            words,
            watermark: words.watermark.get(state).map(String::as_str),
            clinic: maker.line(&document.clinic.name),
            clinic_lines: maker.lines(&document.clinic.lines.join("\n")),
            patient_short: Line {
                text: shortened(&name.text),
                dir: name.dir,
            },
            patient: name,
            identifiers: facts
                .iter()
                .filter(|fact| is_identifier(words, fact))
                .cloned()
                .collect(),
            facts,
            exam: maker.exam(document),
            sections: maker.sections(document),
            addenda: document
                .addenda
                .iter()
                .map(|one| maker.added(one))
                .collect(),
            withdrawn: document.state == State::EnteredInError,
            figures: figures
                .map(|(figure, picture)| maker.figure(figure, picture))
                .collect(),
            ai: maker.said(document),
            verdict: maker.verdict(document),
            signatures: maker.signatures(document),
            fingerprints: maker.fingerprints(document),
        }
    }
}

impl<'a> Maker<'a> {
    fn line(&self, text: &str) -> Line {
        let text = printed(self.fonts, text).replace('\n', " ");
        let dir = first_letter(&text).unwrap_or(self.base);
        Line { text, dir }
    }

    /// Lines without the empty ones at either end.
    fn lines(&self, text: &str) -> Vec<Line> {
        let text = printed(self.fonts, text);
        let text = text.trim_end().trim_start_matches('\n');
        let lines = text.split('\n').filter(|_| !text.is_empty());
        let line = |text: &str| Line {
            text: text.to_owned(),
            dir: first_letter(text).unwrap_or(self.base),
        };
        lines.map(line).collect()
    }

    fn fact(&self, label: &'a str, value: &str) -> Fact<'a> {
        let value = self.line(value);
        Fact { label, value }
    }

    fn facts(&self, document: &Document) -> Vec<Fact<'a>> {
        let fields = &self.words.fields;
        let patient = &document.patient;
        let mut facts = Vec::new();
        if let Some(born) = &patient.birth_date {
            let born = self.dates.born(born.expose(), document.exam.date);
            facts.push(self.fact(Words::get(fields, "born"), &born));
        }
        let sex = match patient.sex {
            Sex::Female => "female",
            Sex::Male => "male",
            Sex::Other => "other",
            Sex::Unknown => "unknown",
        };
        facts.push(self.fact(
            Words::get(fields, "sex"),
            Words::get(&self.words.sexes, sex),
        ));
        facts.push(self.fact(Words::get(fields, "number"), patient.number.expose()));
        if let Some(id) = &patient.external_id {
            facts.push(self.fact(Words::get(fields, "external_id"), id.expose()));
        }
        facts
    }

    fn exam(&self, document: &Document) -> Vec<Fact<'a>> {
        let fields = &self.words.fields;
        let exam = &document.exam;
        let date = exam.date.map(|date| self.dates.day(date));
        let mut facts = vec![
            self.fact(Words::get(fields, "exam"), exam.title.expose()),
            self.fact(
                Words::get(fields, "date"),
                date.as_deref().unwrap_or(Words::get(fields, "no_date")),
            ),
            self.fact(Words::get(fields, "modality"), &exam.modality),
        ];
        if let Some(accession) = &exam.accession {
            facts.push(self.fact(Words::get(fields, "accession"), accession.expose()));
        }
        facts.retain(|fact| !fact.value.text.is_empty());
        facts
    }

    fn sections(&self, document: &Document) -> Vec<Section<'a>> {
        let text = &document.text;
        let sections = [
            ("indication", &text.indication),
            ("technique", &text.technique),
            ("comparison", &text.comparison),
            ("findings", &text.findings),
            ("impression", &text.impression),
            ("recommendation", &text.recommendation),
        ];
        let section = |(key, text): (&'static str, &basics::Phi<String>)| Section {
            key,
            label: Words::get(&self.words.sections, key),
            lines: self.lines(text.expose()),
        };
        let sections = sections.into_iter().map(section);
        sections
            .filter(|section| !section.lines.is_empty())
            .collect()
    }

    fn added(&self, added: &Addendum) -> Added<'a> {
        let kind = state_key(added.kind);
        Added {
            kind,
            label: Words::get(&self.words.addenda, kind),
            reason: self.lines(added.reason.expose()),
            lines: self.lines(added.text.expose()),
            by: self.line(&added.by.name),
            at: self.line(&self.dates.moment(added.at)),
        }
    }

    fn figure(&self, figure: &Figure, picture: &Picture) -> Shown {
        let words = &self.words.figures;
        let (caption, map) = match &figure.kind {
            FigureKind::Scan => (Words::get(words, "scan").to_owned(), None),
            FigureKind::Map {
                class,
                opacity,
                palette,
                grid,
                empty,
            } => {
                // Isolated, so that a class in another script keeps to itself.
                let class = format!("\u{2068}{}\u{2069}", self.line(class).text);
                let opacity = filled(Words::get(words, "opacity"), "n", percent(*opacity));
                let grid = Words::get(words, "grid")
                    .replace("{rows}", &grid[0].to_string())
                    .replace("{columns}", &grid[1].to_string());
                let legend = Legend {
                    empty: *empty,
                    stops: stops(palette),
                    details: self.line(&format!("{opacity} · {grid}")),
                };
                (
                    filled(Words::get(words, "map"), "class", class),
                    Some(legend),
                )
            }
        };
        Shown {
            width: picture.width,
            height: picture.height,
            encoding: if picture.samples == 1 {
                "luma8"
            } else {
                "rgb8"
            },
            alt: caption.clone(),
            caption: Line {
                text: caption,
                dir: self.base,
            },
            edges: figure.edges.as_ref().map(|edges| {
                let letter = |text: &String| self.line(text).text;
                [
                    letter(&edges[0]),
                    letter(&edges[1]),
                    letter(&edges[2]),
                    letter(&edges[3]),
                ]
            }),
            map,
        }
    }

    fn row(&self, row: &ClassRow) -> Row<'a> {
        let band_key = row.band.map(|band| match band {
            Band::Below => "below",
            Band::Indeterminate => "indeterminate",
            Band::Above => "above",
        });
        let points: Vec<f32> = [row.lower, row.upper].into_iter().flatten().collect();
        let written: Vec<String> = points.iter().map(|point| hundredths(*point)).collect();
        Row {
            name: self.line(&row.name),
            probability: hundredths(row.probability),
            share: row.probability.clamp(0.0, 1.0),
            ticks: points.iter().map(|point| point.clamp(0.0, 1.0)).collect(),
            points: (!written.is_empty()).then(|| written.join(" – ")),
            band: band_key.map(|key| Words::get(&self.words.bands, key)),
            band_key,
        }
    }

    fn verdict(&self, document: &Document) -> Option<Vec<Fact<'a>>> {
        let verdict = document.verdict.as_ref()?;
        let words = &self.words.verdict;
        let key = if verdict.agrees {
            "agrees"
        } else {
            "disagrees"
        };
        let mut facts = vec![self.fact(Words::get(words, "judgement"), Words::get(words, key))];
        if let Some(class) = &verdict.class {
            facts.push(self.fact(Words::get(words, "class"), class));
        }
        facts.push(self.fact(Words::get(words, "comment"), verdict.comment.expose()));
        facts.push(self.fact(Words::get(words, "by"), &verdict.by.name));
        facts.push(self.fact(Words::get(words, "at"), &self.dates.moment(verdict.at)));
        facts.retain(|fact| !fact.value.text.is_empty());
        Some(facts)
    }

    fn signatures(&self, document: &Document) -> Vec<Vec<Fact<'a>>> {
        let words = &self.words.signed;
        let signatures = document.signatures.iter().map(|signature| {
            let becomes = Words::get(&self.words.states, state_key(signature.becomes));
            vec![
                self.fact(Words::get(words, "by"), &signature.by.name),
                self.fact(Words::get(words, "at"), &self.dates.moment(signature.at)),
                self.fact(Words::get(words, "as"), becomes),
            ]
        });
        signatures.collect()
    }

    fn fingerprints(&self, document: &Document) -> Vec<Fact<'a>> {
        let words = &self.words.page;
        let mut facts = Vec::new();
        if let Some(hash) = &document.supersedes {
            facts.push(self.fact(Words::get(words, "supersedes"), &pieces(hash)));
        }
        if let Some(head) = &document.journal {
            let label = filled(Words::get(words, "journal"), "n", head.number);
            let value = format!("{label}: {}", pieces(&head.hash));
            facts.push(self.fact("", &value));
        }
        facts
    }
}

fn state_key(state: State) -> &'static str {
    match state {
        State::Draft => "draft",
        State::Preliminary => "preliminary",
        State::Final => "final",
        State::Amended => "amended",
        State::Appended => "appended",
        State::EnteredInError => "entered_in_error",
    }
}

/// Birth date and numbers; the sex alone identifies nobody.
fn is_identifier(words: &Words, fact: &Fact<'_>) -> bool {
    fact.label != Words::get(&words.fields, "sex")
}

fn filled(sentence: &str, place: &str, value: impl ToString) -> String {
    sentence.replace(&format!("{{{place}}}"), &value.to_string())
}

fn shortened(name: &str) -> String {
    if name.chars().count() <= SHORT {
        return name.to_owned();
    }
    name.chars().take(SHORT - 1).chain(['…']).collect()
}

/// Colours of a palette from weak to strong, as `#rrggbb`.
fn stops(palette: &str) -> Vec<String> {
    let palette = match palette {
        "inferno" => imaging::Palette::Inferno,
        _ => imaging::Palette::Viridis,
    };
    let stop = |n: u8| palette.colour(f32::from(n) / 8.0);
    (0..=8)
        .map(|n| {
            stop(n)
                .iter()
                .fold("#".to_owned(), |hex, byte| format!("{hex}{byte:02x}"))
        })
        .collect()
}

/// Two decimals, as the reading room shows them.
fn hundredths(share: f32) -> String {
    format!("{share:.2}")
}

fn percent(share: f32) -> String {
    format!("{:.0}\u{a0}%", share * 100.0)
}

/// A hash in groups of eight, which an eye can compare and a line can break.
fn pieces(hash: &str) -> String {
    let bytes: Vec<char> = hash.chars().collect();
    let groups = bytes
        .chunks(8)
        .map(|group| group.iter().collect::<String>());
    groups.collect::<Vec<_>>().join(" ")
}
