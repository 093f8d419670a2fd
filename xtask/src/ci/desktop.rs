//! The real app, steered through its own window.

use anyhow::{Result, ensure};

use super::count::Count;
use crate::house::{self, House};

/// Builds the app and runs `tests/desktop/` under a display without a screen and with a session
/// bus of its own, so that no keychain of the person who runs this is touched.
pub(crate) fn run(house: &House, count: &mut Count) -> Result<()> {
    for program in ["xvfb-run", "dbus-run-session", "WebKitWebDriver"] {
        ensure!(
            house::has(program),
            "{program} is missing: the app cannot be steered here"
        );
    }
    let screen = [
        "-a",
        "-s",
        "-screen 0 1440x900x24",
        "dbus-run-session",
        "--",
    ];
    let mut command = house.command("xvfb-run");
    command.args(screen).arg(house.cargo([""; 0]).get_program());
    command
        .args(["test", "--locked", "--test", "desktop"])
        .args(house.shape());
    count.run(command.args(["--", "--ignored", "--nocapture", "--test-threads=1"]))
}
