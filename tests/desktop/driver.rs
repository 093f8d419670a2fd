//! A window of the real app, steered through WebKit's own driver.

use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};
use fantoccini::{Client, ClientBuilder, Locator, elements::Element, error::CmdError};
use serde_json::json;

/// How long anything on the screen may take to come, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// The running app with its driver; both end when it is dropped.
pub(crate) struct App {
    pub(crate) page: Client,
    driver: Child,
    shots: PathBuf,
}

impl App {
    /// Starts the app on this data folder.
    pub(crate) async fn start(data: &Path) -> Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut driver = Command::new("WebKitWebDriver")
            .arg(format!("--port={port}"))
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("MEDIBRIDGE_DATA", data)
            .env("MEDIBRIDGE_NO_KEYCHAIN", "1")
            .stdout(Stdio::null())
            .spawn()
            .context("cannot start WebKitWebDriver (apt: webkit2gtk-driver)")?;
        let page = match connect(port).await {
            Ok(page) => page,
            Err(error) => {
                driver.kill()?;
                return Err(error);
            }
        };
        let shots = Path::new(env!("CARGO_MANIFEST_DIR")).join("artefacts/desktop");
        fs::create_dir_all(&shots)?;
        Ok(Self {
            page,
            driver,
            shots,
        })
    }

    /// Ends the app and its driver.
    pub(crate) async fn end(mut self) -> Result<()> {
        self.page.clone().close().await?;
        self.driver.kill()?;
        self.driver.wait()?;
        Ok(())
    }

    /// Keeps a picture of the window in `artefacts/desktop/`.
    pub(crate) async fn shot(&self, name: &str) -> Result<()> {
        // Of the display, not through the driver: WebKit's own pictures hang without a compositor.
        let file = self.shots.join(format!("{name}.png"));
        let taken = Command::new("import")
            .args(["-window", "root"])
            .arg(file)
            .status();
        ensure!(
            taken?.success(),
            "ImageMagick's import took no picture (apt: imagemagick)"
        );
        Ok(())
    }

    /// Waits for what has this `data-testid`.
    pub(crate) async fn find(&self, id: &str) -> Result<Element> {
        self.wait(Locator::Css(&format!("[data-testid='{id}']")), id)
            .await
    }

    /// Waits for a button (or what acts as one) that bears exactly this text.
    pub(crate) async fn button(&self, name: &str) -> Result<Element> {
        self.wait(Locator::XPath(&button(name)), name).await
    }

    /// Waits for a text anywhere on the screen.
    pub(crate) async fn text(&self, words: &str) -> Result<()> {
        let path = format!("//*[text()[contains(normalize-space(), '{words}')]]");
        self.wait(Locator::XPath(&path), words).await.map(drop)
    }

    /// What every element of this CSS selector says.
    pub(crate) async fn texts(&self, selector: &str) -> Result<Vec<String>> {
        let mut texts = Vec::new();
        for element in self.page.find_all(Locator::Css(selector)).await? {
            texts.push(element.text().await?);
        }
        Ok(texts)
    }

    /// Presses a button once it may be pressed.
    pub(crate) async fn press(&self, name: &str) -> Result<()> {
        self.press_at(&button(name), name).await
    }

    /// Presses the last button of this name: the one in the dialog on top.
    pub(crate) async fn press_last(&self, name: &str) -> Result<()> {
        let path = format!("(//*[self::button][.//text()[normalize-space()='{name}']])[last()]");
        self.press_at(&path, name).await
    }

    /// Presses the button whose name is not written but told to screen readers.
    pub(crate) async fn press_icon(&self, name: &str) -> Result<()> {
        self.press_at(&format!("//button[@aria-label='{name}']"), name)
            .await
    }

    /// Presses what this path leads to, once it may be pressed.
    pub(crate) async fn press_at(&self, path: &str, what: &str) -> Result<()> {
        self.act(Locator::XPath(path), what, async |button| {
            let ready = button.is_enabled().await?;
            if ready {
                button.click().await?;
            }
            Ok(ready)
        })
        .await
    }

    /// Fills the field under this label.
    pub(crate) async fn write(&self, label: &str, value: &str) -> Result<()> {
        self.type_in(Locator::XPath(&labelled(label)), label, value)
            .await
    }

    /// Fills the field of this name.
    pub(crate) async fn fill(&self, name: &str, value: &str) -> Result<()> {
        let path = format!("[name='{name}']");
        self.type_in(Locator::Css(&path), name, value).await
    }

    async fn type_in(&self, field: Locator<'_>, what: &str, value: &str) -> Result<()> {
        self.act(field, what, async |field| {
            field.clear().await?;
            field.send_keys(value).await?;
            Ok(true)
        })
        .await
    }

    /// Chooses from the list under this label.
    pub(crate) async fn choose(&self, label: &str, choice: &str) -> Result<()> {
        self.act(Locator::XPath(&labelled(label)), label, async |list| {
            list.select_by_label(choice).await?;
            Ok(true)
        })
        .await
    }

    /// Waits until these words can be read, whatever elements they are made of.
    pub(crate) async fn says(&self, words: &str) -> Result<()> {
        let said = self
            .until(&format!("`{words}`"), async || {
                Ok(self.read().await?.contains(words))
            })
            .await;
        match said {
            Ok(()) => Ok(()),
            Err(error) => Err(error.context(self.read().await?)),
        }
    }

    /// All that can be read now, in one line, without the marks around names and numbers.
    pub(crate) async fn read(&self) -> Result<String> {
        let read = "return document.body.innerText";
        let text = self.page.execute(read, Vec::new()).await?;
        let text = text.as_str().context("a screen without words")?;
        let text = text.replace(['\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}'], "");
        Ok(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// Waits until a question is answered with yes.
    pub(crate) async fn until(
        &self,
        what: &str,
        ask: impl AsyncFn() -> Result<bool>,
    ) -> Result<()> {
        let began = Instant::now();
        while !ask().await? {
            if began.elapsed() > PATIENCE {
                self.shot("gave-up").await?;
                bail!("waited in vain for {what}");
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        Ok(())
    }

    /// Does something with an element, and again where the screen was drawn anew under it.
    async fn act(
        &self,
        locator: Locator<'_>,
        what: &str,
        act: impl AsyncFn(&Element) -> Result<bool, CmdError>,
    ) -> Result<()> {
        let began = Instant::now();
        loop {
            let done = match self.page.find(locator).await {
                Ok(element) => act(&element).await,
                Err(error) => Err(error),
            };
            match done {
                Ok(true) => return Ok(()),
                Err(error) if !passes(&error) => bail!("`{what}` did not do: {error:?}"),
                late if began.elapsed() > PATIENCE => {
                    self.shot("gave-up").await?;
                    bail!("waited in vain for `{what}`: {late:?}")
                }
                _ => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
    }

    async fn wait(&self, locator: Locator<'_>, what: &str) -> Result<Element> {
        match self
            .page
            .wait()
            .at_most(PATIENCE)
            .for_element(locator)
            .await
        {
            Ok(element) => Ok(element),
            Err(error) => {
                self.shot("gave-up").await?;
                bail!("waited in vain for `{what}`: {error}")
            }
        }
    }
}

impl Drop for App {
    fn drop(&mut self) {
        // Only the driver, which ends its app; a run that went well has ended it already.
        let _ = self.driver.kill();
    }
}

/// Whether an error is of a screen that is still being drawn.
fn passes(error: &CmdError) -> bool {
    use fantoccini::error::ErrorStatus as Status;
    let CmdError::Standard(said) = error else {
        return false;
    };
    matches!(
        said.error,
        Status::NoSuchElement
            | Status::StaleElementReference
            | Status::ElementNotInteractable
            | Status::ElementClickIntercepted
    )
}

/// What bears exactly this text and acts as a button.
fn button(name: &str) -> String {
    format!(
        "//*[self::button or self::a or @role='button' or @role='tab']\
         [.//text()[normalize-space()='{name}']]"
    )
}

/// The control under this label.
fn labelled(label: &str) -> String {
    format!("//*[@id=//label[normalize-space()='{label}']/@for]")
}

/// Waits for the driver to listen, then has it start the app.
async fn connect(port: u16) -> Result<Client> {
    let options = json!({ "binary": env!("CARGO_BIN_EXE_medibridge"), "args": [] });
    let mut wanted = serde_json::Map::new();
    wanted.insert("webkitgtk:browserOptions".into(), options);
    let (address, began) = (format!("http://127.0.0.1:{port}"), Instant::now());
    loop {
        let mut builder =
            ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new());
        let session = builder.capabilities(wanted.clone()).connect(&address);
        match session.await {
            Ok(client) => return Ok(client),
            Err(error) if began.elapsed() > Duration::from_secs(30) => {
                bail!("the app did not answer its driver: {error}")
            }
            Err(_) => tokio::time::sleep(Duration::from_millis(200)).await,
        }
    }
}
