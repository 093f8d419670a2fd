//! The app itself: run from here, or packed for others.

use std::env;

use anyhow::{Result, bail};

use crate::{
    house::{self, House},
    licences, setup,
};

/// Sets up, builds the screens where their sources changed, builds the app, opens its window.
pub(crate) fn run(house: &House, args: &[String]) -> Result<()> {
    setup::setup(house, false)?;
    if !setup::has_window_libraries(house) {
        bail!("the window's libraries are missing (see above)");
    }
    screens(house)?;
    let mut app = house.cargo(["run", "--locked", "--package", "medibridge", "--"]);
    house::run(app.args(args))
}

/// Builds the installers of this system: deb and rpm on Linux (AppImage where its tools can be
/// had), MSI on Windows, DMG on macOS.
pub(crate) fn package(house: &House) -> Result<()> {
    setup::setup(house, false)?;
    screens(house)?;
    let bundles = match env::consts::OS {
        "windows" => "msi",
        "macos" => "dmg",
        _ if env::var_os("MEDIBRIDGE_APPIMAGE").is_some() => "deb,rpm,appimage",
        _ => "deb,rpm",
    };
    licences::texts(house, &house.path("gen/THIRD_PARTY_LICENCES.txt"))?;
    let config = "src-tauri/bundle.conf.json";
    let mut tauri = house.npm(
        "ui",
        &[
            "run",
            "tauri",
            "--",
            "build",
            "--ci",
            "--bundles",
            bundles,
            "--config",
            config,
        ],
    );
    house::run(&mut tauri)?;
    println!(
        "packages: {}",
        house.target().join("release/bundle").display()
    );
    Ok(())
}

/// Builds `ui/dist`, unless nothing that goes into it changed since.
fn screens(house: &House) -> Result<()> {
    let mut inputs = String::new();
    for path in house.files()? {
        let makes_screens = ["ui", "assets/i18n", "assets/phrasebook"];
        if makes_screens.iter().any(|folder| path.starts_with(folder)) {
            inputs += &format!(
                "{} {}\n",
                path.display(),
                house::sha256_of(&house.path(&path))?
            );
        }
    }
    let wanted = house::sha256(inputs.as_bytes());
    // Kept outside ui/dist, which each build empties and the app embeds.
    let stamp = house.path("ui/node_modules/.medibridge-dist");
    let built = ["ui/dist/assets", "ui/dist-patient/assets"]
        .iter()
        .all(|folder| house.path(folder).is_dir());
    if built && std::fs::read_to_string(&stamp).is_ok_and(|found| found == wanted) {
        println!("run: the screens are current");
        return Ok(());
    }
    house::run(&mut house.npm("ui", &["run", "build"]))?;
    Ok(std::fs::write(stamp, wanted)?)
}
