//! `cargo run --release -p language --example bench_language`: the guard's time for a message, a JSON line
//! for each language beside its budget.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use basics::Language;
use language::guard::Guard;
use serde_json::Value;

const BUDGET: Duration = Duration::from_millis(1);

fn main() {
    // The committed traps are always there; the professional sentences, which are longer, where they are.
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let traps = fs::read_to_string(root.join("tests/fixtures/guard/traps.jsonl")).unwrap();
    let memory = root.join("../shared/data/phrases/translation-memory.jsonl");
    let pairs: Vec<(String, String, Language)> = match fs::read_to_string(memory) {
        Ok(text) => text.lines().flat_map(professional).collect(),
        Err(_) => traps.lines().map(trap).collect(),
    };
    let started = Instant::now();
    Guard::shared().compare("one", Language::En, "uno", Language::Es);
    println!(
        "{}",
        serde_json::json!({ "bench": "guard, rules read once", "ms": millis(started.elapsed()) })
    );
    for to in Language::ALL {
        let of: Vec<_> = pairs.iter().filter(|pair| pair.2 == to).collect();
        if of.is_empty() {
            continue;
        }
        let mut took: Vec<Duration> = of
            .iter()
            .map(|(source, target, _)| {
                let started = Instant::now();
                std::hint::black_box(Guard::shared().compare(source, Language::En, target, to));
                started.elapsed()
            })
            .collect();
        took.sort_unstable();
        let at = |part: usize| took[(took.len() * part / 100).min(took.len() - 1)];
        let line = serde_json::json!({
            "bench": "guard, a message", "language": to.tag(), "messages": took.len(),
            "p50_ms": millis(at(50)), "p99_ms": millis(at(99)), "max_ms": millis(took[took.len() - 1]),
            "budget_ms": millis(BUDGET), "within": at(99) <= BUDGET,
        });
        println!("{line}");
    }
}

fn professional(line: &str) -> Vec<(String, String, Language)> {
    let texts: Value = serde_json::from_str(line).unwrap();
    let english = texts["en"].as_str().unwrap();
    let others = Language::ALL
        .into_iter()
        .filter(|language| *language != Language::En);
    others
        .filter_map(|language| {
            Some((
                english.to_owned(),
                texts[language.tag()].as_str()?.to_owned(),
                language,
            ))
        })
        .collect()
}

fn trap(line: &str) -> (String, String, Language) {
    let trap: Value = serde_json::from_str(line).unwrap();
    let text = |field: &str| trap[field].as_str().unwrap().to_owned();
    (
        text("source"),
        text("target"),
        Language::from_tag(&text("target_lang")).unwrap(),
    )
}

fn millis(time: Duration) -> f64 {
    (time.as_secs_f64() * 1e6).round() / 1e3
}
