//! Which crate may depend on which: the table of ARCHITECTURE.md as data.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// A row: the crate, the house's crates that it may name, and crates that it must never see.
struct Row {
    name: &'static str,
    may_use: &'static [&'static str],
    never: &'static [&'static str],
    /// Whether `never` counts through every dependency or only what the crate itself names.
    deep: bool,
}

const fn row(
    name: &'static str,
    may_use: &'static [&'static str],
    never: &'static [&'static str],
) -> Row {
    Row {
        name,
        may_use,
        never,
        deep: true,
    }
}

const TABLE: &[Row] = &[
    row("basics", &[], &["tokio", "rusqlite"]),
    row("protocol", &[], &["axum", "tokio"]),
    row(
        "seal",
        &["basics"],
        &["tokio", "rusqlite", "hyper", "reqwest"],
    ),
    row("onnx", &["basics"], &["tokio", "rusqlite"]),
    row(
        "clinic",
        &["basics", "seal"],
        &["tauri", "reqwest", "hyper", "ort", "dicom-object"],
    ),
    row(
        "imaging",
        &["basics"],
        &["rusqlite", "reqwest", "hyper", "ort"],
    ),
    row("reading", &["basics", "onnx", "imaging"], &["rusqlite"]),
    row("reports", &["basics", "imaging"], &["rusqlite"]),
    row(
        "prescribing",
        &["basics"],
        &["rusqlite", "reqwest", "hyper", "tokio"],
    ),
    row(
        "language",
        &["basics", "onnx"],
        &["rusqlite", "dicom-object"],
    ),
    row(
        "voice",
        &["basics", "onnx"],
        &["rusqlite", "dicom-object", "reqwest", "hyper"],
    ),
    row("vigil", &[], &["rusqlite", "tokio", "tauri"]),
    // Only its tests use the relay: that crate brings axum, which `live` must never see.
    row(
        "live",
        &["basics", "protocol", "seal", "relay"],
        &["rusqlite", "axum"],
    ),
    row(
        "commands",
        &[
            "basics",
            "protocol",
            "seal",
            "onnx",
            "clinic",
            "imaging",
            "reading",
            "reports",
            "prescribing",
            "language",
            "voice",
            "live",
        ],
        &["tauri", "axum"],
    ),
    row("relay", &["protocol"], &["hpke", "chacha20poly1305"]),
    row("cli", &["basics", "commands"], &["tauri"]),
    row(
        "acceptance",
        &[
            "basics",
            "protocol",
            "seal",
            "onnx",
            "clinic",
            "imaging",
            "reading",
            "reports",
            "prescribing",
            "language",
            "voice",
            "live",
            "commands",
            "relay",
            "cli",
        ],
        &["tauri"],
    ),
    row("xtask", &["commands"], &["tauri"]),
    Row {
        name: "medibridge",
        may_use: &["basics", "commands", "relay", "vigil"],
        never: &["rusqlite", "ort", "dicom-object", "dicom-core", "reqwest"],
        deep: false,
    },
];

/// Compares `cargo metadata` with the table.
pub(crate) fn check(metadata: &Value) -> Vec<String> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let members: BTreeSet<String> = list(&metadata["workspace_members"])
        .iter()
        .map(text)
        .collect();
    let packages = list(&metadata["packages"]);
    let names: BTreeMap<String, String> = packages
        .iter()
        .map(|package| (text(&package["id"]), text(&package["name"])))
        .collect();
    let house: BTreeSet<&String> = members.iter().filter_map(|id| names.get(id)).collect();
    let graph = graph(metadata);

    let mut findings = Vec::new();
    for package in packages
        .iter()
        .filter(|package| members.contains(&text(&package["id"])))
    {
        let name = text(&package["name"]);
        let Some(row) = TABLE.iter().find(|row| row.name == name) else {
            findings.push(format!("crate {name} is in no row of the table of edges"));
            continue;
        };
        let named: Vec<String> = list(&package["dependencies"])
            .iter()
            .map(|edge| text(&edge["name"]))
            .collect();
        for other in named.iter().filter(|other| house.contains(other)) {
            if !row.may_use.contains(&other.as_str()) && *other != name {
                findings.push(format!("{name} may not use {other}"));
            }
        }
        let seen: BTreeSet<String> = match row.deep {
            true => reach(&graph, &text(&package["id"]))
                .iter()
                .filter_map(|id| names.get(*id).cloned())
                .collect(),
            false => named.into_iter().collect(),
        };
        for banned in row.never.iter().filter(|banned| seen.contains(**banned)) {
            findings.push(format!("{name} must never see {banned}"));
        }
    }
    findings
}

/// Package id → ids that it is built with, without those of tests only.
fn graph(metadata: &Value) -> BTreeMap<&str, Vec<&str>> {
    let Some(nodes) = metadata["resolve"]["nodes"].as_array() else {
        return BTreeMap::new();
    };
    nodes
        .iter()
        .filter_map(|node| {
            let deps = node["deps"].as_array()?.iter().filter(|dep| {
                dep["dep_kinds"]
                    .as_array()
                    .is_some_and(|kinds| kinds.iter().any(|kind| kind["kind"].is_null()))
            });
            Some((
                node["id"].as_str()?,
                deps.filter_map(|dep| dep["pkg"].as_str()).collect(),
            ))
        })
        .collect()
}

fn reach<'a>(graph: &BTreeMap<&'a str, Vec<&'a str>>, from: &str) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&str> = graph.get(from).cloned().unwrap_or_default();
    while let Some(id) = open.pop() {
        if reached.insert(id) {
            open.extend(graph.get(id).into_iter().flatten());
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Metadata of packages with what each depends on; the first `members` are the house's.
    fn metadata(members: usize, packages: &[(&str, &[&str])]) -> Value {
        let kinds = json!([{ "kind": null }]);
        let package = |(name, deps): &(&str, &[&str])| {
            let named: Vec<_> = deps.iter().map(|dep| json!({ "name": dep })).collect();
            json!({ "id": name, "name": name, "dependencies": named })
        };
        let node = |(name, deps): &(&str, &[&str])| {
            let edges: Vec<_> = deps
                .iter()
                .map(|dep| json!({ "pkg": dep, "dep_kinds": kinds }))
                .collect();
            json!({ "id": name, "deps": edges })
        };
        json!({
            "workspace_members": packages[..members].iter().map(|(name, _)| name).collect::<Vec<_>>(),
            "packages": packages.iter().map(package).collect::<Vec<_>>(),
            "resolve": { "nodes": packages.iter().map(node).collect::<Vec<_>>() },
        })
    }

    #[test]
    fn the_table_allows_its_own_edges() {
        let good = [
            ("clinic", &["basics", "seal"] as &[_]),
            ("seal", &["basics"]),
            ("basics", &[]),
        ];
        assert_eq!(check(&metadata(3, &good)), [""; 0]);
    }

    #[test]
    fn an_edge_between_domains_is_found() {
        let bad = [("clinic", &["imaging"] as &[_]), ("imaging", &[])];
        assert_eq!(check(&metadata(2, &bad)), ["clinic may not use imaging"]);
    }

    #[test]
    fn a_banned_crate_is_found_through_another() {
        let bad = [
            ("imaging", &["helper"] as &[_]),
            ("helper", &["reqwest"]),
            ("reqwest", &[]),
        ];
        assert_eq!(
            check(&metadata(1, &bad)),
            ["imaging must never see reqwest"]
        );
        let shell = [
            ("medibridge", &["commands"] as &[_]),
            ("commands", &["rusqlite"]),
        ];
        assert_eq!(check(&metadata(2, &shell)), [""; 0]);
        let shell = [("medibridge", &["rusqlite"] as &[_]), ("rusqlite", &[])];
        assert_eq!(
            check(&metadata(1, &shell)),
            ["medibridge must never see rusqlite"]
        );
    }

    #[test]
    fn a_crate_without_a_row_is_found() {
        assert_eq!(check(&metadata(1, &[("helpers", &[])])).len(), 1);
    }
}
