//! The real app hosts a room on the network and a patient joins it from Chromium.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

use anyhow::{Context, Result, ensure};

use crate::{driver::App, set_up_a_clinic, sign_in};

const ASKED: &str = "Where does it hurt? Please show me.";
const ANSWER: &str = "Me duele el costado izquierdo";

#[tokio::test]
#[ignore = "needs a display: run by `cargo xtask ci desktop`"]
async fn a_patient_joins_by_phone_a_room_that_the_app_hosts() -> Result<()> {
    let data = tempfile::tempdir()?;
    let app = App::start(data.path()).await?;
    set_up_a_clinic(&app).await?;
    sign_in(&app, "doctor").await?;
    add_a_patient(&app).await?;

    app.press("Start consultation").await?;
    app.shot("live-1-start").await?;
    // In the dialog that reads the two identifiers again.
    app.press_last("Start consultation").await?;
    app.press("Open a room on this network").await?;
    app.press("Link or QR code").await?;
    let link = app.find("link").await?.text().await?;
    ensure!(
        link.starts_with("https://") && link.contains("/j/"),
        "{link} is no link"
    );
    app.text("Opens until").await?;
    app.shot("live-2-link").await?;

    let (mut guest, mut says) = phone(&link)?;
    let mut code = String::new();
    says.read_line(&mut code)?;
    app.button("Admit").await?;
    app.shot("live-3-waiting").await?;
    for picture in code.trim_start_matches("code:").split_whitespace() {
        app.text(picture).await?;
    }
    app.press("Admit").await?;

    app.fill("message", ASKED).await?;
    app.press("Send").await?;
    app.text(ANSWER).await?;
    app.shot("live-4-talk").await?;

    app.press("End").await?;
    app.press_last("End and file in the chart").await?;
    app.text("is filed in the chart").await?;
    app.shot("live-5-ended").await?;
    let mut last = String::new();
    says.read_line(&mut last)?;
    ensure!(last.trim() == "over", "the phone said {last:?}");
    ensure!(guest.wait()?.success(), "the phone failed");
    app.end().await?;
    ensure!(
        !crate::mentions(data.path(), ANSWER)?,
        "the patient's words lie readable in the data folder"
    );
    Ok(())
}

async fn add_a_patient(app: &App) -> Result<()> {
    app.press("Patients").await?;
    app.press("Add a patient").await?;
    app.fill("name", "Marta Ibáñez").await?;
    app.press_last("Add patient").await?;
    app.text("Marta Ibáñez").await
}

fn phone(link: &str) -> Result<(Child, BufReader<std::process::ChildStdout>)> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut child = Command::new("node")
        .arg(here.join("tests/desktop/guest.mjs"))
        .args([link, ASKED, ANSWER])
        .arg(here.join("artefacts/desktop/live-phone.png"))
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot start node")?;
    let out = child.stdout.take().context("no output of the phone")?;
    Ok((child, BufReader::new(out)))
}
