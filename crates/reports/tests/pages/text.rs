//! The text of the pages.

use basics::{Language, Phi};
use reports::{Addendum, AiAnswer, Measured, MeasuredRow, MeasuredUnit, Sample, State, words};

use crate::reader::{bare, print, sample};

/// Everything that people wrote in a sample.
fn sentences(sample: &Sample) -> Vec<String> {
    let document = &sample.document;
    let text = &document.text;
    let mut all = vec![
        document.clinic.name.clone(),
        document.patient.name.expose().clone(),
        document.exam.title.expose().clone(),
        document.signatures[0].by.name.clone(),
        document.verdict.as_ref().unwrap().comment.expose().clone(),
    ];
    all.extend(document.clinic.lines.clone());
    let sections = [
        &text.indication,
        &text.technique,
        &text.comparison,
        &text.findings,
        &text.impression,
        &text.recommendation,
    ];
    all.extend(
        sections
            .iter()
            .flat_map(|section| section.expose().lines().map(str::to_owned)),
    );
    if let Some(AiAnswer::Assessed { classes, .. }) = document.ai.as_ref().map(|ai| &ai.answer) {
        all.extend(classes.iter().map(|class| class.name.clone()));
    }
    all
}

/// Whether a sentence is found: as it is; word by word where it runs both ways, because a PDF keeps
/// the places of glyphs, and Poppler can only guess in which order such a line was written.
fn reads(found: &str, sentence: &str) -> bool {
    let arabic = |c: char| matches!(c, '\u{600}'..='\u{6ff}');
    let both_ways = sentence.contains(arabic)
        && sentence.contains(|c: char| c.is_ascii_alphanumeric() || "():".contains(c));
    let apart = |c: char| !c.is_alphanumeric() && !"°.".contains(c);
    found.contains(&bare(sentence))
        || both_ways
            && sentence
                .split(apart)
                .all(|word| found.contains(bare(word).trim_matches('.')))
}

/// The fixed sentences that a final, assessed report says.
fn fixed(language: Language) -> Vec<String> {
    let words = words(language);
    let mut all: Vec<String> = words.sections.values().cloned().collect();
    all.extend(["review", "research", "legend"].map(|key| words.ai[key].clone()));
    all.push(words.figures["note"].clone());
    all.push(words.title.clone());
    all
}

#[test]
fn every_sentence_is_read_back_in_every_language() {
    for language in Language::ALL {
        let sample = sample(language);
        let found = print(&sample).text(0);
        for sentence in sentences(&sample).iter().chain(&fixed(language)) {
            assert!(reads(&found, sentence), "{language:?}: {sentence}\n{found}");
        }
    }
}

#[test]
fn what_looks_like_markup_is_printed_as_it_is() {
    let hostile = [
        "#read(\"/etc/passwd\") #import \"@preview/x:1.0.0\": * #panic()",
        "$x^2$ *b* _i_ `raw` = heading",
        "= heading @ref <label> // no comment /* none */ \\ \\u{41} -- --- ... ~ ' \"",
        "- list + enum / term: x https://example.org [content] {code}",
        "{\"json\": \"\\n\"} </script> &amp; %s ${x}",
    ];
    let mut sample = sample(Language::En);
    sample.document.text.findings = Phi::new(hostile.join("\n"));
    sample.document.patient.name = Phi::new("#eval(\"1+1\") *Robert'); DROP--".into());
    sample.document.clinic.name = "$clinic$ #sys.version".into();
    let found = print(&sample).text(0);
    for text in hostile
        .iter()
        .chain(&["#eval(\"1+1\") *Robert'); DROP--", "$clinic$ #sys.version"])
    {
        assert!(found.contains(&bare(text)), "{text}\n{found}");
    }
    assert!(!found.contains("root:"));
}

#[test]
fn hidden_characters_are_shown() {
    let mut sample = sample(Language::En);
    sample.document.text.findings = Phi::new("5 mg\u{202e}gm 05\u{1b}[8m ภาษา".into());
    let found = print(&sample).text(0);
    assert!(
        found.contains("5mg‹U+202E›gm05‹U+001B›[8m‹U+0E20›"),
        "{found}"
    );
}

#[test]
fn a_word_of_ten_thousand_letters_stays_on_the_paper() {
    let mut sample = sample(Language::De);
    sample.document.text.findings = Phi::new("Wm".repeat(5_000));
    sample.document.patient.name = Phi::new("N".repeat(10_000));
    let printed = print(&sample);
    assert!(printed.text(0).matches('m').count() >= 5_000);
    let furthest = printed.right_edges().into_iter().fold(0.0, f64::max);
    assert!(furthest <= 595.3 - 45.0, "a word ends at {furthest} pt");
}

#[test]
fn every_page_says_whose_it_is_and_which_of_how_many() {
    let mut sample = sample(Language::En);
    let line = "The lungs are clear and the heart is of usual size. ".repeat(6);
    sample.document.text.findings = Phi::new([line.as_str(); 60].join("\n"));
    let printed = print(&sample);
    assert!(printed.pages >= 3);
    for page in 1..=printed.pages {
        let text = printed.text(page);
        let number = format!("Page {page} of {}", printed.pages);
        let named = [
            "Margaret Anne Whitfield",
            "9-Mar-1961",
            "0042",
            "R-000042",
            &number,
        ];
        for text_of_page in named
            .into_iter()
            .chain([words(Language::En).ai["review"].as_str()])
        {
            assert!(
                text.contains(&bare(text_of_page)),
                "page {page}: {text_of_page}\n{text}"
            );
        }
    }
}

#[test]
fn a_draft_is_marked_on_every_page_and_a_final_report_on_none() {
    for (state, key) in [
        (State::Draft, "draft"),
        (State::Preliminary, "preliminary"),
        (State::EnteredInError, "entered_in_error"),
    ] {
        for language in [Language::En, Language::Ar, Language::Hi] {
            let mut sample = sample(language);
            sample.document.state = state;
            sample.document.text.findings = Phi::new("…\n".repeat(90));
            let printed = print(&sample);
            assert!(printed.pages > 1);
            for page in 1..=printed.pages {
                let found = printed.raw(page);
                // Drawn glyph by glyph from the left, whichever way it reads.
                let mark = bare(&words(language).watermark[key]);
                let back: String = mark.chars().rev().collect();
                assert!(
                    found.contains(&mark) || found.contains(&back),
                    "{state:?} {language:?} {page}: {found}"
                );
            }
        }
    }
    let found = print(&sample(Language::En)).text(0);
    assert!(
        words(Language::En)
            .watermark
            .values()
            .all(|mark| !found.contains(&bare(mark)))
    );
}

#[test]
fn what_was_added_stands_above_the_text() {
    let mut sample = sample(Language::Fr);
    let by = sample.document.signatures[0].by.clone();
    sample.document.state = State::EnteredInError;
    let added = |kind, text: &str| Addendum {
        kind,
        reason: Phi::new("Mauvais côté nommé.".into()),
        text: Phi::new(text.into()),
        by: by.clone(),
        at: sample.document.signatures[0].at,
    };
    sample.document.addenda = vec![
        added(State::EnteredInError, "Autre patient."),
        added(State::Appended, "Contrôle fait."),
    ];
    let found = print(&sample).text(0);
    let place = |text: &str| {
        found
            .find(&bare(text))
            .unwrap_or_else(|| panic!("{text}\n{found}"))
    };
    let original = &words(Language::Fr).addenda["original"];
    assert!(place("Autre patient.") < place("Contrôle fait."));
    assert!(place("Contrôle fait.") < place(original));
    assert!(place(original) < place("Toux et fièvre"));
    assert!(place(&words(Language::Fr).addenda["withdrawn"]) < place("Toux et fièvre"));
}

#[test]
fn what_was_not_assessed_is_said_with_its_reason_and_no_figure() {
    for language in Language::ALL {
        let mut sample = sample(language);
        let ai = sample.document.ai.as_mut().unwrap();
        ai.answer = AiAnswer::NotAssessed {
            reason: "inverted".into(),
        };
        let found = print(&sample).text(0);
        let words = words(language);
        for text in [
            &words.ai["not_assessed"],
            &words.not_assessed["inverted"],
            &words.ai["no_statement"],
        ] {
            assert!(found.contains(&bare(text)), "{language:?} {text}\n{found}");
        }
        assert!(!found.contains("0.87") && !found.to_lowercase().contains("normal"));
    }
}

/// Values of a heart with their intervals; or a sentence that says why there are none.
#[test]
fn what_was_measured_is_listed_with_its_interval_and_marked_for_review() {
    let row = |key: &str, value: f64, half: Option<f64>, unit| MeasuredRow {
        key: key.into(),
        value,
        low: half.map(|half| value - half),
        high: half.map(|half| value + half),
        unit,
    };
    let values = vec![
        row(
            "lv_ejection_fraction",
            0.542,
            Some(0.09),
            MeasuredUnit::Ratio,
        ),
        row("lv_end_diastolic_volume", 141.7, None, MeasuredUnit::Ml),
    ];
    for language in Language::ALL {
        for missing in [None, Some("one-phase".to_owned())] {
            let mut sample = sample(language);
            let ai = sample.document.ai.as_mut().unwrap();
            ai.answer = AiAnswer::Assessed {
                classes: Vec::new(),
                measured: Some(Measured {
                    values: if missing.is_none() {
                        values.clone()
                    } else {
                        Vec::new()
                    },
                    slices: 10,
                    phases: 2,
                    relative: false,
                    missing: missing.clone(),
                }),
            };
            let found = print(&sample).text(0);
            assert!(
                found.contains(&bare(&words(language).ai["review"])),
                "{language:?}\n{found}"
            );
            let figures = ["54 %", "45–63 %", "142 ml"].map(bare);
            let listed = figures.iter().all(|figure| found.contains(figure));
            assert_eq!(listed, missing.is_none(), "{language:?}\n{found}");
            if language == Language::En && missing.is_some() {
                assert!(found.contains(&bare("it shows only one moment of the heartbeat")));
            }
        }
    }
}

#[test]
fn parts_that_are_not_there_leave_no_trace() {
    let mut sample = sample(Language::En);
    let document = &mut sample.document;
    document.ai = None;
    document.verdict = None;
    document.figures.clear();
    document.patient.birth_date = None;
    document.patient.external_id = None;
    document.text = reports::Text {
        impression: Phi::new("Seen.".into()),
        ..Default::default()
    };
    let found = print(&sample).text(0);
    let words = words(Language::En);
    for key in ["indication", "findings", "images", "ai", "verdict"] {
        assert!(
            !found.contains(&bare(&words.sections[key])),
            "{key}\n{found}"
        );
    }
    assert!(found.contains("Seen.") && !found.contains("Born"));
}

#[test]
fn the_file_says_nothing_of_the_patient_about_itself() {
    let printed = print(&sample(Language::En));
    let info = printed.info();
    let value = |key: &str| {
        let line = info.lines().find_map(|line| line.strip_prefix(key));
        line.map(|value| value.trim().to_owned())
    };
    assert_eq!(value("Title:").as_deref(), Some("R-000042"));
    assert_eq!(value("Tagged:").as_deref(), Some("yes"));
    assert_eq!(
        (value("Author:"), value("Subject:"), value("Keywords:")),
        (None, None, None)
    );
    assert_eq!((value("CreationDate:"), value("ModDate:")), (None, None));
}
