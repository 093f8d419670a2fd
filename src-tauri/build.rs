//! Tells Tauri where things lie, since tauri.conf.json is at the top level, and keeps a check of
//! the Rust code possible before the screens were built.

use std::{fs, io, path::Path};

/// Shown in the window, and only then, when the screens were not built before the app.
const PLACEHOLDER: &str = "<!doctype html><meta charset=\"utf-8\"><title>Medibridge</title>\
    <p>The screens were not built. Run <code>cargo xtask run</code>.</p>";

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=ui/dist");
    println!("cargo:rerun-if-changed=src-tauri");
    let page = Path::new("ui/dist/index.html");
    if !page.exists() {
        println!("cargo:warning=ui/dist is missing: the app is built with a placeholder page");
        fs::create_dir_all("ui/dist")?;
        fs::write(page, PLACEHOLDER)?;
    }
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/**/*.json")
        .windows_attributes(
            tauri_build::WindowsAttributes::new().window_icon_path("src-tauri/icons/icon.ico"),
        );
    tauri_build::try_build(attributes).map_err(io::Error::other)
}
