//! The real app in its own window, from the first start to a verdict on a film.
//!
//! Run by `cargo xtask ci desktop`, which brings a display without a screen. Pictures of every step
//! are kept in `artefacts/desktop/`.

mod consultation;
mod driver;
mod prescription;

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use fantoccini::Locator;

use crate::driver::App;

const PASSWORD: &str = "seven quiet herons";
const PATIENT: &str = "Zoraida Quintanilla";

#[tokio::test]
#[ignore = "needs a display: run by `cargo xtask ci desktop`"]
async fn from_the_first_start_to_a_verdict_on_a_real_film() -> Result<()> {
    let data = tempfile::tempdir()?;
    let app = App::start(data.path()).await?;

    set_up_a_clinic(&app).await?;
    sign_in(&app, "doctor").await?;
    import_a_film(&app).await?;
    read_it(&app).await?;
    record_a_verdict(&app).await?;
    app.end().await?;

    ensure!(
        !mentions(data.path(), PATIENT)?,
        "the patient's name lies readable in the data folder"
    );
    Ok(())
}

#[tokio::test]
#[ignore = "needs a display: run by `cargo xtask ci desktop`"]
async fn a_demo_clinic_in_one_click() -> Result<()> {
    let data = tempfile::tempdir()?;
    let app = App::start(data.path()).await?;
    app.press("Start with a demo clinic").await?;
    app.text("Choose an account to look around").await?;
    app.shot("demo-1-accounts").await?;
    app.end().await
}

async fn set_up_a_clinic(app: &App) -> Result<()> {
    app.button("Set up a clinic").await?;
    app.shot("1-welcome").await?;
    app.press("Set up a clinic").await?;
    app.fill("clinic", "Harbour Clinic").await?;
    for (who, name) in [
        ("administrator", "Ada Winter"),
        ("doctor", "Dr Noor Haddad"),
    ] {
        app.fill(&format!("{who}.name"), name).await?;
        app.fill(&format!("{who}.login"), who).await?;
        app.fill(&format!("{who}.password"), PASSWORD).await?;
    }
    // Asked where no keychain answers, as here.
    app.fill("passphrase", "nine patient otters").await?;
    app.shot("2-clinic").await?;
    app.press("Next").await?;

    app.text("Which models may help").await?;
    app.button("Create the clinic").await?;
    app.shot("3-models").await?;
    app.press("Create the clinic").await?;

    app.text("Write down the recovery phrase").await?;
    let words = app.texts("ol[aria-label='Recovery phrase'] li").await?;
    ensure!(
        words.len() >= 12,
        "{} words are no recovery phrase",
        words.len()
    );
    app.press("I wrote it down").await?;
    for input in app
        .page
        .find_all(Locator::Css("input[name^='word-']"))
        .await?
    {
        let name = input
            .attr("name")
            .await?
            .context("an input without a name")?;
        let position: usize = name.trim_start_matches("word-").parse()?;
        app.fill(&name, &words[position - 1]).await?;
    }
    app.shot("4-phrase").await?;
    app.press("Confirm").await?;
    app.press("Go to sign-in").await
}

async fn sign_in(app: &App, login: &str) -> Result<()> {
    app.fill("login", login).await?;
    app.fill("password", PASSWORD).await?;
    app.shot("5-sign-in").await?;
    app.press("Sign in").await
}

async fn import_a_film(app: &App) -> Result<()> {
    app.text("No scans yet").await?;
    app.shot("6-empty-worklist").await?;
    app.press("Import scans").await?;
    app.fill("path", &film().to_string_lossy()).await?;
    app.press("Import").await?;
    app.press("Decide").await?;
    app.press("A new patient").await?;
    app.fill("name", PATIENT).await?;
    app.shot("7-whose").await?;
    app.press("Add this patient and import").await?;
    app.text("1 imported").await
}

async fn read_it(app: &App) -> Result<()> {
    app.press("Open").await?;
    app.find("viewport").await?;
    app.text(PATIENT).await?;
    // The reading that the import asked for: a probability for each class, and a map.
    app.text("Operating points").await?;
    app.text("interpolated").await?;
    app.shot("8-reading").await
}

async fn record_a_verdict(app: &App) -> Result<()> {
    app.press("Agree").await?;
    app.press("Record").await?;
    app.text("Agrees with the AI reading").await?;
    app.shot("9-verdict").await
}

/// A real chest film that may be passed on (`assets/samples/SOURCES.md`).
fn film() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples/kermany-1066ce8ac8.jpg")
}

/// Whether any file below this folder holds these words.
fn mentions(folder: &Path, words: &str) -> Result<bool> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let found = match path.is_dir() {
            true => mentions(&path, words)?,
            false => fs::read(&path)?
                .windows(words.len())
                .any(|part| part == words.as_bytes()),
        };
        if found {
            return Ok(true);
        }
    }
    Ok(false)
}
