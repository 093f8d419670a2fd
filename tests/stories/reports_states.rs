//! Every state of a report × every person × every act on it, and any order of acts: what the table of states
//! allows is done, everything else is refused with a sentence, and what was signed stays byte for byte.

use acceptance::{Desk, PASSWORD};
use basics::Code;
use serde_json::{Value, json};

use crate::reports::Case;

/// Where a report stands: its state, and whether its author writes in it.
const PLACES: [&str; 8] = [
    "draft",
    "preliminary",
    "preliminary, open",
    "final",
    "final, open",
    "appended",
    "amended",
    "entered_in_error",
];

/// Acts on a report, and where its author may do them.
const ACTS: &[(&str, &[&str])] = &[
    ("save", &["draft", "preliminary, open", "final, open"]),
    ("discard", &["draft", "preliminary, open", "final, open"]),
    ("reopen", &["preliminary", "final", "appended", "amended"]),
    ("sign preliminary", &["draft", "preliminary, open"]),
    ("sign final", &["draft", "preliminary, open"]),
    ("sign amended", &["final, open"]),
    ("addend", &["final", "appended", "amended"]),
    ("retract", &["preliminary", "final", "appended", "amended"]),
    (
        "seal",
        &[
            "final",
            "final, open",
            "appended",
            "amended",
            "entered_in_error",
        ],
    ),
    (
        "printed",
        &[
            "final",
            "final, open",
            "appended",
            "amended",
            "entered_in_error",
        ],
    ),
];

/// Does an act on a report, as whoever is signed in.
fn act(case: &Case, id: &Value, act: &str, edit: u32, content: &Value) -> Result<Value, Code> {
    let (row, becomes) = act.split_once(' ').unwrap_or((act, ""));
    let mut content = content.clone();
    content["text"]["impression"] = json!(format!("Impression {}", content["text"]["impression"]));
    let stamp = match row {
        "sign" => case.clinic.stamp(id),
        _ => String::new(),
    };
    let request = json!({
        "report_id": id, "edit": edit, "stamp": stamp, "content": content, "becomes": becomes,
        "reason": "Because", "text": "More", "password": PASSWORD, "confirmed": case.confirmed(), "passphrase": null,
    });
    let answer = case.clinic.call(&format!("reports.{row}"), request);
    answer.map_err(|error| error.code)
}

/// As its author sees it: the report, the edit of an open draft, and what it says.
fn seen(case: &Case, id: &Value) -> (Value, u32, Value) {
    let view = case.clinic.ok("reports.view", json!({ "report_id": id }));
    let edit = view["draft"]["edit"].as_u64().unwrap_or(1) as u32;
    let content = match &view["draft"] {
        Value::Null => view["content"].clone(),
        draft => draft["content"].clone(),
    };
    (view, edit, content)
}

/// Brings a new report to a place.
fn brought_to(case: &Case, place: &str) -> Value {
    let id = case.drafted()["id"].clone();
    let steps: &[&str] = match place {
        "draft" => &[],
        "preliminary" => &["sign preliminary"],
        "preliminary, open" => &["sign preliminary", "reopen"],
        "final" => &["sign final"],
        "final, open" => &["sign final", "reopen", "save"],
        "appended" => &["sign final", "addend"],
        "amended" => &["sign final", "reopen", "save", "sign amended"],
        _ => &["sign final", "retract"],
    };
    for step in steps {
        let (_, edit, content) = seen(case, &id);
        act(case, &id, step, edit, &content)
            .unwrap_or_else(|code| panic!("{place}: {step}: {code:?}"));
    }
    id
}

/// Revision and hash of everything signed so far.
fn signed(case: &Case, id: &Value) -> Vec<String> {
    let view = case.clinic.ok("reports.view", json!({ "report_id": id }));
    let signings = view["signings"].as_array().unwrap();
    signings
        .iter()
        .map(|one| one["sha256"].as_str().unwrap().to_string())
        .collect()
}

#[test]
fn every_act_is_done_where_the_table_allows_it_and_refused_elsewhere() {
    let case = Case::verified();
    for place in PLACES {
        // A refusal changes nothing: the next act meets the same report.
        let mut at_place = None;
        for (name, allowed) in ACTS {
            let id = at_place.take().unwrap_or_else(|| brought_to(&case, place));
            let before = signed(&case, &id);
            let (view, edit, content) = seen(&case, &id);
            let outcome = act(&case, &id, name, edit, &content);
            match allowed.contains(&place) {
                true => assert!(outcome.is_ok(), "{place}: {name}: {outcome:?}"),
                false => {
                    let code = outcome.expect_err(&format!("{place}: {name}"));
                    assert_eq!(code, Code::Conflict, "{place}: {name}");
                    assert_eq!(
                        seen(&case, &id).0,
                        view,
                        "{place}: {name} changed something"
                    );
                }
            }
            if (*name, place) != ("discard", "draft") {
                assert_eq!(
                    signed(&case, &id)[..before.len()],
                    before,
                    "{place}: {name}"
                );
            }
            at_place = (!allowed.contains(&place)).then_some(id);
        }
    }
}

#[test]
fn nobody_but_its_author_acts_on_a_report_wherever_it_stands() {
    let case = Case::verified();
    let clinic = &case.clinic;
    clinic.sign_in("admin");
    for (login, role) in [("second", "doctor"), ("pharmacist", "pharmacist")] {
        clinic.ok(
            "users.create",
            json!({ "name": login, "login": login, "role": role, "password": PASSWORD }),
        );
    }
    clinic.sign_in("doctor");
    let all: Vec<(&str, Value, Value)> = PLACES
        .into_iter()
        .map(|place| {
            let id = brought_to(&case, place);
            let (view, ..) = seen(&case, &id);
            (place, id, view)
        })
        .collect();
    for login in ["second", "admin", "pharmacist", "patient"] {
        clinic.sign_in(login);
        for (place, id, view) in &all {
            let content = match &view["draft"] {
                Value::Null => &view["content"],
                draft => &draft["content"],
            };
            for (name, _) in ACTS {
                // Any doctor who may see it seals and prints what is final.
                if login == "second" && ["seal", "printed"].contains(name) {
                    continue;
                }
                let outcome = act(&case, id, name, 1, content);
                let code = outcome.expect_err(&format!("{login}, {place}: {name}"));
                let refused = matches!(code, Code::Forbidden | Code::Conflict | Code::NotFound);
                assert!(refused, "{login}, {place}: {name}: {code:?}");
                if login != "second" {
                    assert_eq!(code, Code::Forbidden, "{login}, {place}: {name}");
                }
            }
        }
    }
    clinic.sign_in("doctor");
    for (place, id, view) in &all {
        let now = seen(&case, id).0;
        for part in [
            "state", "revision", "signings", "addenda", "draft", "content",
        ] {
            assert_eq!(now[part], view[part], "{place}: {part}");
        }
    }
}

#[test]
fn no_order_of_acts_changes_what_was_signed() {
    let case = Case::verified();
    // A small generator with a fixed seed: the same orders each time.
    let mut state = 0x2026_1121_u64;
    let mut next = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let (mut done, mut refused) = (0, 0);
    for _ in 0..4 {
        let id = case.drafted()["id"].clone();
        let mut known: Vec<String> = Vec::new();
        for _ in 0..25 {
            let (name, _) = ACTS[next(ACTS.len())];
            if name == "discard" && known.is_empty() {
                continue;
            }
            let (_, edit, content) = seen(&case, &id);
            let stale = if next(5) == 0 { edit + 1 } else { edit };
            match act(&case, &id, name, stale, &content) {
                Ok(_) => done += 1,
                Err(_) => refused += 1,
            }
            let now = signed(&case, &id);
            assert!(now.starts_with(&known), "{name}: {known:?} became {now:?}");
            known = now;
        }
        // What was signed first still reads as it did.
        if let Some(first) = known.first() {
            let history = case
                .clinic
                .ok("reports.history", json!({ "report_id": id }));
            assert_eq!(history[0]["sha256"], **first);
        }
    }
    assert!(done > 20 && refused > 20, "{done} done, {refused} refused");
}
