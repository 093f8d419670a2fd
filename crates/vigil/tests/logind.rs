//! Against python-dbusmock's logind, on a bus of its own.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    sync::mpsc::{self, Receiver},
    time::{Duration, Instant},
};

use vigil::{Bus, Sign};
use zbus::blocking::{Connection, connection};

const SERVICE: &str = "org.freedesktop.login1";
const ROOT: &str = "/org/freedesktop/login1";
const MOCK: &str = "org.freedesktop.DBus.Mock";
const SOON: Duration = Duration::from_secs(10);

/// A bus with a logind that does what it is told; both go with it.
struct Desk {
    bus: Child,
    logind: Child,
    address: String,
    line: Connection,
}

impl Desk {
    /// None where dbus-daemon or python-dbusmock is not installed.
    fn open() -> Option<Self> {
        let mut bus = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--print-address"])
            .stdout(Stdio::piped())
            .spawn()
            .ok()?;
        let mut address = String::new();
        BufReader::new(bus.stdout.take().unwrap())
            .read_line(&mut address)
            .unwrap();
        let address = address.trim().to_owned();
        let dbusmock = ["-c", "import dbusmock"];
        let python = ["/usr/bin/python3", "python3"].into_iter().find(|python| {
            Command::new(python)
                .args(dbusmock)
                .stderr(Stdio::null())
                .status()
                .is_ok_and(|status| status.success())
        });
        let Some(python) = python else {
            bus.kill().unwrap();
            bus.wait().unwrap();
            println!("not run: python3-dbusmock is not installed (cargo xtask setup)");
            return None;
        };
        let logind = Command::new(python)
            .args(["-m", "dbusmock", "--system", "--template", "logind"])
            .env("DBUS_SYSTEM_BUS_ADDRESS", &address)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let line = connection::Builder::address(address.as_str())
            .unwrap()
            .build()
            .unwrap();
        let desk = Self {
            bus,
            logind,
            address,
            line,
        };
        let started = Instant::now();
        while desk
            .mock("AddSession", &("c1", "seat0", 1000u32, "nurse", true))
            .is_err()
        {
            assert!(started.elapsed() < SOON, "logind did not start");
            std::thread::sleep(Duration::from_millis(50));
        }
        Some(desk)
    }

    fn mock(
        &self,
        method: &str,
        body: &(impl serde::Serialize + zbus::zvariant::DynamicType),
    ) -> zbus::Result<zbus::Message> {
        self.line
            .call_method(Some(SERVICE), ROOT, Some(MOCK), method, body)
    }

    fn watch(&self, session: &str) -> Receiver<Sign> {
        let (tell, told) = mpsc::channel();
        let bus = Bus::At {
            address: self.address.clone(),
            session: session.into(),
        };
        vigil::watch(bus, move |sign| tell.send(sign).unwrap_or_default());
        // It listens when it holds the machine back.
        let started = Instant::now();
        while self.holders() == 0 {
            assert!(started.elapsed() < SOON, "nobody listens");
            std::thread::sleep(Duration::from_millis(20));
        }
        told
    }

    /// Who holds the machine back before it sleeps.
    fn holders(&self) -> usize {
        let answer = self.line.call_method(
            Some(SERVICE),
            ROOT,
            Some("org.freedesktop.login1.Manager"),
            "ListInhibitors",
            &(),
        );
        let listed: Vec<(String, String, String, String, u32, u32)> =
            answer.unwrap().body().deserialize().unwrap();
        listed
            .iter()
            .filter(|(what, who, _, mode, ..)| {
                what == "sleep" && who == "Medibridge" && mode == "delay"
            })
            .count()
    }

    fn sleeps(&self, asleep: bool) {
        let values = vec![zbus::zvariant::Value::from(asleep)];
        self.mock(
            "EmitSignal",
            &(
                "org.freedesktop.login1.Manager",
                "PrepareForSleep",
                "b",
                values,
            ),
        )
        .unwrap();
    }

    fn lock(&self, session: &str) {
        let path = format!("{ROOT}/session/{session}");
        self.line
            .call_method(
                Some(SERVICE),
                path.as_str(),
                Some("org.freedesktop.login1.Session"),
                "Lock",
                &(),
            )
            .unwrap();
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        for child in [&mut self.logind, &mut self.bus] {
            child.kill().ok();
            child.wait().ok();
        }
    }
}

#[test]
fn sleep_is_told_before_the_machine_may_sleep_and_again_the_next_time() {
    let Some(desk) = Desk::open() else { return };
    let told = desk.watch("c1");
    for _ in 0..2 {
        desk.sleeps(true);
        assert_eq!(told.recv_timeout(SOON).unwrap(), Sign::Sleep);
        // It lets go, so that the machine does sleep …
        let started = Instant::now();
        while desk.holders() > 0 {
            assert!(
                started.elapsed() < SOON,
                "the machine is held back for ever"
            );
            std::thread::sleep(Duration::from_millis(20));
        }
        // … and takes hold again after waking, without a sign.
        desk.sleeps(false);
        while desk.holders() == 0 {
            assert!(started.elapsed() < SOON, "not held back the second time");
            std::thread::sleep(Duration::from_millis(20));
        }
        assert!(told.try_recv().is_err());
    }
}

#[test]
fn the_lock_of_ones_own_desktop_is_told_and_anothers_is_not() {
    let Some(desk) = Desk::open() else { return };
    desk.mock("AddSession", &("c2", "seat0", 1001u32, "other", true))
        .unwrap();
    let told = desk.watch("c1");
    desk.lock("c2");
    desk.lock("c1");
    assert_eq!(told.recv_timeout(SOON).unwrap(), Sign::Lock);
    assert!(
        told.recv_timeout(Duration::from_millis(300)).is_err(),
        "one lock, one sign"
    );
}

#[test]
fn a_desktop_that_only_hints_is_understood() {
    let Some(desk) = Desk::open() else { return };
    let told = desk.watch("c1");
    let path = format!("{ROOT}/session/c1");
    let changed: std::collections::HashMap<&str, zbus::zvariant::Value<'_>> =
        [("LockedHint", true.into())].into();
    let values = vec![
        zbus::zvariant::Value::from("org.freedesktop.login1.Session"),
        zbus::zvariant::Value::from(changed),
        zbus::zvariant::Value::from(Vec::<&str>::new()),
    ];
    let emit = (
        "org.freedesktop.DBus.Properties",
        "PropertiesChanged",
        "sa{sv}as",
        values,
    );
    desk.line
        .call_method(
            Some(SERVICE),
            path.as_str(),
            Some(MOCK),
            "EmitSignal",
            &emit,
        )
        .unwrap();
    assert_eq!(told.recv_timeout(SOON).unwrap(), Sign::Lock);
}

#[test]
fn without_a_bus_it_says_so_and_harms_nobody() {
    let (tell, told) = mpsc::channel::<Sign>();
    let bus = Bus::At {
        address: "unix:path=/nowhere/at/all".into(),
        session: "c1".into(),
    };
    vigil::watch(bus, move |sign| tell.send(sign).unwrap_or_default());
    assert!(told.recv_timeout(Duration::from_millis(300)).is_err());
}
