//! The real app in its own window, from the first start to a verdict on a film.
//!
//! Run by `cargo xtask ci desktop`, which brings a display without a screen.

mod driver;

use anyhow::Result;
use serde_json::json;

use crate::driver::App;

#[tokio::test]
#[ignore = "needs a display: run by `cargo xtask ci desktop`"]
async fn smoke() -> Result<()> {
    let data = tempfile::tempdir()?;
    let app = App::start(data.path()).await?;
    println!("{:?}", app.page.current_url().await?);
    println!("{:?}", app.call("a.b", json!({"x": 1})).await?);
    println!("{:?}", app.call("fail", json!({"x": 1})).await?);
    println!("{:?}", app.call("panic", json!({"x": 1})).await?);
    let js = "const done = arguments[0]; fetch('img://localhost/frame/g/s/1').then(async r => done([r.status, r.headers.get('content-type'), await r.text()]), e => done(String(e)))";
    println!("{:?}", app.page.execute_async(js, vec![]).await?);
    let js = "const done = arguments[0]; const i = new Image(); i.onload = () => done('load'); i.onerror = e => done('error'); i.src='img://localhost/thumb/g/s'";
    println!("{:?}", app.page.execute_async(js, vec![]).await?);
    let js = "const done = arguments[0]; fetch('https://example.org/').then(r => done(r.status), e => done(String(e)))";
    println!("{:?}", app.page.execute_async(js, vec![]).await?);
    println!("shot");
    app.shot("smoke").await?;
    println!("end");
    app.end().await?;
    let log = std::fs::read_to_string(data.path().join("logs/medibridge.log"))?;
    println!("{log}");
    Ok(())
}
