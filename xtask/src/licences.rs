//! What others wrote, and under which licence we may pass it on.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    path::Path,
};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::house::{self, House, cache};

const LIST: &str = "THIRD_PARTY.md";
const CARGO_DENY: &str = "0.19";

const HEAD: &str = "# Third-party work

Made by `cargo xtask licences`; do not edit. What is compiled into the app or shipped beside it, with its licence as its
authors declare it. The full texts travel with each package (`THIRD_PARTY_LICENCES.txt`).
";

/// Runs cargo-deny; builds it into the project's cache on first use, which takes some minutes.
pub(crate) fn deny(house: &House) -> Result<()> {
    let tools = cache()?.join("tools");
    let program = tools.join("bin/cargo-deny");
    if !program.is_file() {
        println!("deny: building cargo-deny {CARGO_DENY}");
        let mut install =
            house.cargo(["install", "--locked", "cargo-deny", "--version", CARGO_DENY]);
        house::run(install.arg("--root").arg(&tools))?;
    }
    let mut deny = house.command(program);
    house::run(deny.args(["--workspace", "check", "bans", "licenses", "sources"]))
}

/// Writes THIRD_PARTY.md; with `check`, only compares it.
pub(crate) fn licences(house: &House, check: bool) -> Result<()> {
    let list = list(house)?;
    let path = house.path(LIST);
    if check {
        let found = fs::read_to_string(&path).unwrap_or_default();
        ensure!(found == list, "{LIST} differs: run `cargo xtask licences`");
    } else {
        fs::write(path, list)?;
    }
    println!("licences: {LIST} is current");
    Ok(())
}

/// Writes the full licence texts of every crate and npm package that ships, for the packages.
pub(crate) fn texts(house: &House, to: &Path) -> Result<()> {
    // The same text is printed once, under all whose text it is.
    let mut owners: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut add = |owner: &str, folder: &Path| -> Result<()> {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry?.path();
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .to_uppercase();
            let is_text = ["LICENSE", "LICENCE", "COPYING", "NOTICE", "COPYRIGHT"]
                .iter()
                .any(|start| name.starts_with(start));
            if is_text && path.is_file() {
                let text = String::from_utf8_lossy(&fs::read(&path)?).trim().to_owned();
                owners.entry(text).or_default().insert(owner.to_owned());
            }
        }
        Ok(())
    };
    for part in crates(house)? {
        let folder = part.folder.context("a crate without a folder")?;
        add(
            &format!("{} {}", part.name, part.version),
            Path::new(&folder),
        )?;
        if part.name == "whisper-rs-sys" {
            add(
                "whisper.cpp and ggml",
                &Path::new(&folder).join("whisper.cpp"),
            )?;
        }
    }
    for part in packages(house)? {
        let folder = house.path("ui/node_modules").join(&part.name);
        add(&format!("{} {}", part.name, part.version), &folder)?;
    }
    add("Noto and Amiri fonts", &house.path("assets/fonts"))?;
    let mut out = String::new();
    for (text, owners) in owners {
        let owners: Vec<_> = owners.into_iter().collect();
        write!(out, "==== {} ====\n\n{text}\n\n", owners.join(", "))?;
    }
    fs::create_dir_all(to.parent().context("a file in no folder")?)?;
    Ok(fs::write(to, out)?)
}

/// One piece of others' work.
struct Part {
    name: String,
    version: String,
    licence: String,
    folder: Option<String>,
}

fn list(house: &House) -> Result<String> {
    let mut out = String::from(HEAD);
    section(&mut out, "Rust crates", &crates(house)?)?;
    section(&mut out, "npm packages", &packages(house)?)?;
    out += "\n## Libraries shipped beside the app\n\n| what | licence |\n|---|---|\n";
    out += "| ONNX Runtime (from npm onnxruntime-node) | MIT |\n";
    out += "| SQLCipher, SQLite and OpenSSL (inside rusqlite's bundle) | BSD-3-Clause, public domain, Apache-2.0 |\n";
    out += "| CharLS, OpenJPEG, libjpeg-turbo (inside their crates) | BSD-3-Clause, BSD-2-Clause, IJG |\n";
    out += "| whisper.cpp and ggml (inside whisper-rs-sys) | MIT |\n";
    out += "| Noto and Amiri fonts of the reports (from npm @expo-google-fonts) | OFL-1.1 |\n";
    out += "\n## Models and data\n\nThese have licences of their own, which the MIT licence of the code does not touch.\n";
    out += "\n| what | licence |\n|---|---|\n";
    for (what, licence) in models(house)? {
        writeln!(out, "| {what} | {licence} |")?;
    }
    Ok(out)
}

fn section(out: &mut String, title: &str, parts: &[Part]) -> Result<()> {
    write!(
        out,
        "\n## {title}\n\n| name | version | licence |\n|---|---|---|\n"
    )?;
    for part in parts {
        writeln!(
            out,
            "| {} | {} | {} |",
            part.name, part.version, part.licence
        )?;
    }
    Ok(())
}

/// Crates that are built into the app or the command-line program on any system.
fn crates(house: &House) -> Result<Vec<Part>> {
    let printed = house::read(&mut house.cargo(["metadata", "--format-version=1", "--locked"]))?;
    let metadata: Value = serde_json::from_str(&printed)?;
    let shipped = shipped(&metadata);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let all = metadata["packages"]
        .as_array()
        .context("metadata without packages")?;
    let mut parts: Vec<Part> = all
        .iter()
        .filter(|package| shipped.contains(&text(&package["id"])) && !package["source"].is_null())
        .map(|package| Part {
            name: text(&package["name"]),
            version: text(&package["version"]),
            licence: package["license"]
                .as_str()
                .unwrap_or("see its own file")
                .to_owned(),
            folder: Path::new(&text(&package["manifest_path"]))
                .parent()
                .map(|folder| folder.to_string_lossy().into_owned()),
        })
        .collect();
    parts.sort_by(|a, b| (&a.name, &a.version).cmp(&(&b.name, &b.version)));
    Ok(parts)
}

/// Package ids that `medibridge` and `cli` are made of; what only builds or tests them is not.
fn shipped(metadata: &Value) -> BTreeSet<String> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut edges: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for node in list(&metadata["resolve"]["nodes"]) {
        let deps = list(&node["deps"]).into_iter().filter(|dep| {
            list(&dep["dep_kinds"])
                .iter()
                .any(|kind| kind["kind"].is_null())
        });
        edges.insert(
            text(&node["id"]),
            deps.map(|dep| text(&dep["pkg"])).collect(),
        );
    }
    let is_ours = |package: &&Value| matches!(package["name"].as_str(), Some("medibridge" | "cli"));
    let packages = list(&metadata["packages"]);
    let mut open: Vec<String> = packages
        .iter()
        .filter(|package| package["source"].is_null())
        .filter(is_ours)
        .map(|package| text(&package["id"]))
        .collect();
    let mut reached = BTreeSet::new();
    while let Some(id) = open.pop() {
        if let Some(next) = edges.get(&id).filter(|_| !reached.contains(&id)) {
            open.extend(next.iter().cloned());
        }
        reached.insert(id);
    }
    reached
}

/// npm packages that are bundled into the screens, by the lock file.
fn packages(house: &House) -> Result<Vec<Part>> {
    let lock: Value =
        serde_json::from_str(&fs::read_to_string(house.path("ui/package-lock.json"))?)?;
    let entries = lock["packages"]
        .as_object()
        .context("a lock file without packages")?;
    let shipped = entries.iter().filter(|(path, entry)| {
        !path.is_empty() && entry["dev"] != true && entry["optional"] != true
    });
    let parts = shipped.map(|(path, entry)| Part {
        name: path
            .rsplit("node_modules/")
            .next()
            .unwrap_or(path)
            .to_owned(),
        version: entry["version"].as_str().unwrap_or_default().to_owned(),
        licence: entry["license"]
            .as_str()
            .unwrap_or("see its own file")
            .to_owned(),
        folder: None,
    });
    Ok(parts.collect())
}

/// Each model pack with the licence on its card, and each folder of sample data with its note.
fn models(house: &House) -> Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    for path in house.files()? {
        let shown = path.to_string_lossy().replace('\\', "/");
        if shown.starts_with("models/") && shown.ends_with("/card.toml") {
            let card = fs::read_to_string(house.path(&path))?;
            let line = card
                .lines()
                .find(|line| line.starts_with("licence") || line.starts_with("license"));
            let licence = line
                .and_then(|line| line.split('"').nth(1))
                .unwrap_or("see its card");
            found.push((
                shown.trim_end_matches("/card.toml").to_owned(),
                licence.to_owned(),
            ));
        }
        if shown.starts_with("assets/") && shown.ends_with("/SOURCES.md") {
            found.push((
                shown.trim_end_matches("/SOURCES.md").to_owned(),
                format!("see {shown}"),
            ));
        }
    }
    Ok(found)
}
