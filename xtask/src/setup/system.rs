//! System packages: by apt on Debian and Ubuntu; elsewhere only looked for.

use std::{env, process::Stdio};

use anyhow::Result;

use super::Missing;
use crate::house::{self, House};

/// What the build, the window and the tests of the window need on Debian 12 and Ubuntu 24.04.
const APT: &[&str] = &[
    // To build: the window's libraries; cmake and perl for the vendored C and C++ (CharLS, OpenSSL).
    "libwebkit2gtk-4.1-dev",
    "libgtk-3-dev",
    "librsvg2-dev",
    "libayatana-appindicator3-dev",
    "libxdo-dev",
    "libasound2-dev",
    "libdbus-1-dev",
    "libssl-dev",
    "pkg-config",
    "build-essential",
    "cmake",
    "perl",
    "git",
    "curl",
    "wget",
    "file",
    // To test: a display without a screen, the WebDriver, a keychain.
    "xvfb",
    "xauth",
    "webkit2gtk-driver",
    "dbus",
    "dbus-x11",
    "at-spi2-core",
    "imagemagick",
    "gnome-keyring",
    "libgl1-mesa-dri",
    "libegl1",
    "libgles2",
    "fonts-dejavu-core",
    // To test the microphone: a sound server without a sound card, and something that speaks.
    "pulseaudio",
    "pulseaudio-utils",
    "libasound2-plugins",
    "espeak-ng",
    // To test reports: readers of PDF and DICOM, an archive, the environment of Python's peers.
    "qpdf",
    "poppler-utils",
    "dcmtk",
    "dicom3tools",
    "orthanc",
    "python3-venv",
    // To test sleep and lock: an invented logind.
    "python3-dbusmock",
    // To package.
    "rpm",
    "patchelf",
];

/// Names under which a Chromium is found.
const CHROMIUM: &[&str] = &["chromium", "chromium-browser", "google-chrome"];

/// Installs the packages that are not there.
pub(crate) fn packages(house: &House, check: bool, missing: &mut Missing) -> Result<()> {
    for (program, advice) in [
        ("node", "Node.js 20 or later"),
        ("npm", "npm, part of Node.js"),
    ] {
        if !house::has(program) {
            missing.add(format!("{advice} (install it, then run this again)"));
        }
    }
    match env::consts::OS {
        "linux" if house::has("apt-get") => apt(house, check, missing),
        "linux" => {
            if !has_window_libraries(house) {
                missing.add(
                    "WebKitGTK 4.1 with its development files, and what else Tauri 2 asks of this \
                     distribution (see tauri.app, Prerequisites)",
                );
            }
            chromium(missing);
            Ok(())
        }
        "macos" => {
            if !house::has("cc") {
                missing.add("Apple's command line tools: xcode-select --install");
            }
            need_cmake(missing);
            Ok(())
        }
        _ => {
            need_cmake(missing);
            Ok(())
        }
    }
}

/// Whether the libraries of the window are there.
pub(crate) fn has_window_libraries(house: &House) -> bool {
    let mut command = house.command("pkg-config");
    command
        .args(["--exists", "webkit2gtk-4.1"])
        .stderr(Stdio::null());
    env::consts::OS != "linux" || command.status().is_ok_and(|status| status.success())
}

/// The Chromium of this machine, if there is one.
pub(crate) fn has_chromium() -> bool {
    CHROMIUM.iter().any(|name| house::has(name))
}

fn chromium(missing: &mut Missing) {
    if !has_chromium() {
        missing.add("Chromium (the tests of the screens run in it)");
    }
}

fn need_cmake(missing: &mut Missing) {
    if !house::has("cmake") {
        missing.add("cmake (CharLS is built with it)");
    }
}

fn apt(house: &House, check: bool, missing: &mut Missing) -> Result<()> {
    let mut absent: Vec<&str> = APT
        .iter()
        .copied()
        .filter(|name| !installed(house, name))
        .collect();
    if !has_chromium() {
        absent.push("chromium");
    }
    if absent.is_empty() {
        println!("setup: system packages are in place");
        return Ok(());
    }
    let by_hand = format!(
        "sudo apt-get install -y --no-install-recommends {}",
        absent.join(" ")
    );
    if check {
        missing.add(format!("system packages; to install them: {by_hand}"));
        return Ok(());
    }
    let Some(prefix) = privilege(house) else {
        missing.add(format!(
            "system packages, and this user may not install any: {by_hand}"
        ));
        return Ok(());
    };
    println!("setup: installing {} system packages", absent.len());
    let apt_get = |args: &[&str]| {
        let mut words = prefix.to_vec();
        words.extend(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]);
        words.extend(args);
        let mut command = house.command(words[0]);
        command.args(&words[1..]);
        house::run(&mut command)
    };
    apt_get(&["update"])?;
    let mut install = vec!["install", "-y", "--no-install-recommends"];
    install.extend(&absent);
    if let Err(error) = apt_get(&install) {
        missing.add(format!("system packages ({error:#}); by hand: {by_hand}"));
    }
    Ok(())
}

fn installed(house: &House, package: &str) -> bool {
    let mut query = house.command("dpkg-query");
    query
        .args(["-W", "-f=${db:Status-Status}", package])
        .stderr(Stdio::null());
    query
        .output()
        .is_ok_and(|output| output.stdout == b"installed")
}

/// The words before a command that make it root's, or `None` where that needs a password.
fn privilege(house: &House) -> Option<&'static [&'static str]> {
    let id = house.command("id").arg("-u").output().ok()?;
    if id.stdout.trim_ascii() == b"0" {
        return Some(&[]);
    }
    let mut sudo = house.command("sudo");
    sudo.args(["-n", "true"])
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    sudo.status()
        .is_ok_and(|status| status.success())
        .then_some(&["sudo", "-n"])
}
