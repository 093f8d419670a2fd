//! Accounts: invitation, second step, PIN, somebody else at the window, keys made anew; and what a session is not.

use std::time::Duration;

use acceptance::{
    Clinic, Desk, PASSWORD,
    mail::{MailServer, Practice},
};
use basics::Code;
use serde_json::{Value, json};

const CHOSEN: &str = "eleven patient otters";

/// What an authenticator app shows at this clinic's time.
fn shown(app: &Value, clinic: &Clinic) -> String {
    let secret = app["secret"].as_str().unwrap();
    let totp = totp_rs::Builder::new()
        .with_secret(totp_rs::Secret::try_from_base32(secret).unwrap())
        .with_issuer(Some("x"))
        .with_account_name("x")
        .build()
        .unwrap();
    let now = basics::Clock::now(&clinic.clock).as_second();
    totp.generate(u64::try_from(now).unwrap()).to_string()
}

fn sign_in(clinic: &Clinic, code: Option<&str>) -> Result<Value, commands::ErrorView> {
    clinic.call(
        "session.sign_in",
        json!({ "login": "doctor", "password": PASSWORD, "code": code }),
    )
}

#[test]
fn an_administrator_invites_and_the_person_joins() {
    let clinic = Clinic::new();
    clinic.sign_in("admin");
    let invite = json!({ "name": "Noor Haddad", "login": "noor", "role": "pharmacist", "email": "noor@clinic.example", "send": true });
    let invitation = clinic.ok("accounts.invite", invite.clone());
    // No mail server is set: said beside the code, which works all the same.
    assert_eq!(invitation["sent_to"], Value::Null);
    assert_eq!(invitation["problem"]["message_id"], "no-mail-server");
    assert_eq!(clinic.error("accounts.invite", invite).code, Code::Conflict);
    let states = clinic.ok("accounts.states", json!(null));
    let waits = states
        .as_array()
        .unwrap()
        .iter()
        .filter(|state| !state["invited_until"].is_null())
        .count();
    assert_eq!(waits, 1);
    clinic.ok("session.sign_out", json!(null));
    let join = |code: &str, password: &str| {
        clinic.call(
            "session.join",
            json!({ "login": "noor", "code": code, "password": password }),
        )
    };
    let code = invitation["code"].as_str().unwrap();
    assert_eq!(
        join("0000-0000-0000-0000", CHOSEN).unwrap_err().message_id,
        "wrong-invitation"
    );
    assert_eq!(
        join(code, "Medibridge2026").unwrap_err().message_id,
        "password-forbidden"
    );
    assert_eq!(
        join(code, "aaaaaaaaaaaa").unwrap_err().message_id,
        "password-too-easy"
    );
    join(code, CHOSEN).unwrap();
    let session = clinic.ok(
        "session.sign_in",
        json!({ "login": "noor", "password": CHOSEN }),
    );
    assert_eq!(session["role"], "pharmacist");
    assert_eq!(
        join(code, "another quite fine one").unwrap_err().message_id,
        "wrong-invitation"
    );
}

#[test]
fn the_meter_and_the_record_judge_alike() {
    let clinic = Clinic::new();
    clinic.sign_in("doctor");
    for (password, allowed) in [
        ("Medibridge2026", false),
        ("amara.diallo", false),
        ("aaaaaaaaaaaa", false),
        (CHOSEN, true),
    ] {
        let judged = clinic.ok(
            "session.password_strength",
            json!({ "password": password, "about": [] }),
        );
        assert_eq!(judged["allowed"], allowed, "{password}: {judged}");
        let changed = clinic.call(
            "session.change_password",
            json!({ "current": PASSWORD, "new": password }),
        );
        assert_eq!(changed.is_ok(), allowed, "{password}");
    }
}

#[test]
fn a_doctor_turns_an_app_on_and_no_code_opens_twice() {
    let clinic = Clinic::new();
    clinic.sign_in("doctor");
    let wrong = clinic.error(
        "session.begin_authenticator",
        json!({ "password": "not the password" }),
    );
    assert_eq!(wrong.code, Code::WrongPassword);
    let app = clinic.ok(
        "session.begin_authenticator",
        json!({ "password": PASSWORD }),
    );
    assert!(app["qr"].as_str().unwrap().starts_with("<svg"));
    assert!(
        app["address"]
            .as_str()
            .unwrap()
            .starts_with("otpauth://totp/")
    );
    let codes = clinic.ok(
        "session.confirm_factor",
        json!({ "code": shown(&app, &clinic) }),
    );
    let codes: Vec<String> = serde_json::from_value(codes["codes"].clone()).unwrap();
    assert_eq!(codes.len(), 10);
    clinic.ok("session.sign_out", json!(null));
    clinic.clock.advance(Duration::from_secs(60));

    assert_eq!(
        sign_in(&clinic, None).unwrap_err().message_id,
        "authenticator-code-needed"
    );
    assert_eq!(
        clinic.ok("session.current", json!(null)),
        Value::Null,
        "half a sign-in is none"
    );
    let code = shown(&app, &clinic);
    sign_in(&clinic, Some(&code)).unwrap();
    assert_eq!(
        sign_in(&clinic, Some(&code)).unwrap_err().message_id,
        "wrong-code"
    );
    // Seen over the shoulder, never used; its owner signs in later; then somebody sets the clock back.
    clinic.clock.advance(Duration::from_secs(3600));
    let seen = (shown(&app, &clinic), basics::Clock::now(&clinic.clock));
    clinic.clock.advance(Duration::from_secs(3600));
    sign_in(&clinic, Some(&codes[0])).unwrap();
    let now = basics::Clock::now(&clinic.clock);
    clinic.clock.set(seen.1);
    assert_eq!(
        sign_in(&clinic, Some(&seen.0)).unwrap_err().message_id,
        "clock-behind"
    );
    clinic.clock.set(now);
    assert_eq!(
        sign_in(&clinic, Some(&codes[0])).unwrap_err().message_id,
        "wrong-code"
    );
    sign_in(&clinic, Some(&codes[1])).unwrap();
    assert_eq!(clinic.ok("session.account", json!(null))["codes_left"], 8);

    // It is lost, with the codes: an administrator takes it away.
    let doctor = clinic.ok("session.current", json!(null))["user_id"].clone();
    clinic.sign_in("admin");
    clinic.ok("accounts.remove_second_factor", json!({ "id": doctor }));
    sign_in(&clinic, None).unwrap();
    // Neither secret nor code was told anybody by an event, nor journalled.
    let told = clinic.heard.text();
    assert!(!told.contains(app["secret"].as_str().unwrap()) && !told.contains(&codes[2]));
}

#[test]
fn twenty_wrong_ones_lock_out_over_a_restart_until_an_administrator_unlocks() {
    let clinic = Clinic::new();
    let wrong = json!({ "login": "doctor", "password": "not the password" });
    for _ in 0..20 {
        assert_eq!(
            clinic.error("session.sign_in", wrong.clone()).code,
            Code::WrongPassword
        );
        clinic.clock.advance(Duration::from_secs(901));
    }
    let clinic = clinic.restarted();
    clinic.clock.advance(Duration::from_secs(90 * 24 * 3600));
    assert_eq!(sign_in(&clinic, None).unwrap_err().message_id, "locked-out");
    // A clock set back does not help either.
    clinic.clock.set("2026-01-01T00:00:00Z".parse().unwrap());
    assert_eq!(sign_in(&clinic, None).unwrap_err().message_id, "locked-out");
    clinic.sign_in("admin");
    let states = clinic.ok("accounts.states", json!(null));
    let locked = states
        .as_array()
        .unwrap()
        .iter()
        .find(|state| state["locked_out"] == true)
        .unwrap();
    clinic.ok("accounts.unlock", json!({ "id": locked["user_id"] }));
    sign_in(&clinic, None).unwrap();
}

#[test]
fn a_pin_unlocks_within_the_shift_and_never_after_a_restart() {
    let clinic = Clinic::new();
    clinic.sign_in("doctor");
    let patient = clinic.add_patient("Maria Silva", "1961-03-09");
    assert_eq!(
        clinic
            .error(
                "session.set_pin",
                json!({ "password": PASSWORD, "pin": "1234" })
            )
            .code,
        Code::Invalid
    );
    clinic.ok(
        "session.set_pin",
        json!({ "password": PASSWORD, "pin": "4071" }),
    );
    clinic.ok("session.lock", json!(null));
    assert_eq!(clinic.ok("session.current", json!(null))["pin"], true);
    assert_eq!(
        clinic.error("patients.open", json!({ "id": patient })).code,
        Code::Locked
    );
    let grant = clinic.ok("session.unlock_with_pin", json!({ "pin": "4071" }))["grant"].clone();
    clinic.ok("patients.open", json!({ "id": patient }));
    clinic.ok("session.lock", json!(null));
    for left in ["4", "3", "2", "1"] {
        assert_eq!(
            clinic
                .error("session.unlock_with_pin", json!({ "pin": "9999" }))
                .args["left"],
            left
        );
    }
    assert_eq!(
        clinic
            .error("session.unlock_with_pin", json!({ "pin": "9999" }))
            .message_id,
        "pin-used-up"
    );
    assert_eq!(
        clinic
            .error("session.unlock_with_pin", json!({ "pin": "4071" }))
            .message_id,
        "pin-used-up"
    );
    assert_eq!(clinic.ok("session.current", json!(null))["pin"], false);
    let unlocked = clinic.ok("session.unlock", json!({ "password": PASSWORD }));
    assert!(unlocked["pin"] == true && unlocked["grant"] != grant);
    let clinic = clinic.restarted();
    assert_eq!(
        clinic
            .error("session.unlock_with_pin", json!({ "pin": "4071" }))
            .code,
        Code::SignInNeeded
    );
    clinic.sign_in("doctor");
    clinic.ok("session.lock", json!(null));
    clinic.ok("session.unlock_with_pin", json!({ "pin": "4071" }));
}

#[test]
fn no_session_can_be_brought_along_and_none_outlives_its_sign_out() {
    let clinic = Clinic::new();
    let before = clinic.sign_in("doctor");
    let account = clinic.ok("session.account", json!(null));
    let id = account["windows"][0]["session_id"].clone();
    // A window that names another's session in its request is given nothing by it.
    for name in ["session_id", "session", "id", "window", "grant"] {
        let planted = json!({ "login": "admin", "password": PASSWORD, name: id.clone() });
        let session = clinic
            .call_at("second", "session.sign_in", planted)
            .unwrap();
        let own = clinic
            .call_at("second", "session.account", json!(null))
            .unwrap();
        assert_ne!(
            own["windows"].as_array().unwrap().last().unwrap()["session_id"],
            id,
            "{name}"
        );
        assert_ne!(session["grant"], before["grant"], "{name}");
    }
    let foreign = clinic
        .call_at("third", "session.account", json!({ "session_id": id }))
        .unwrap_err();
    assert_eq!(foreign.code, Code::SignInNeeded);
    // Signing in again at the same window makes another session; the one of before is over.
    let again = clinic.sign_in("doctor");
    assert_ne!(again["grant"], before["grant"]);
    let now = clinic.ok("session.account", json!(null));
    assert_eq!(now["windows"].as_array().unwrap().len(), 1);
    assert_ne!(now["windows"][0]["session_id"], id);
    // Unlocking changes what addresses pictures, so that none of before shows anything.
    clinic.ok("session.lock", json!(null));
    assert_ne!(
        clinic.ok("session.unlock", json!({ "password": PASSWORD }))["grant"],
        again["grant"]
    );
    // Nobody ends another person's session by its id.
    let admin = clinic
        .call_at("second", "session.account", json!(null))
        .unwrap()["windows"][0]["session_id"]
        .clone();
    assert_eq!(
        clinic
            .error("session.end_window", json!({ "session_id": admin }))
            .code,
        Code::NotFound
    );
    clinic
        .call_at("second", "session.account", json!(null))
        .unwrap();
}

#[test]
fn somebody_takes_over_at_a_window_of_their_own_and_the_first_finds_everything() {
    let clinic = Clinic::new();
    clinic.sign_in("admin");
    clinic.ok(
        "users.create",
        json!({ "name": "Dr Second", "login": "second", "role": "doctor", "password": PASSWORD }),
    );
    clinic.sign_in("doctor");
    clinic.ok(
        "session.set_pin",
        json!({ "password": PASSWORD, "pin": "4071" }),
    );
    let patient = clinic.add_patient("Maria Silva", "1961-03-09");
    // What the shell does for "Somebody else takes over".
    assert!(clinic.workstation.lock_window("main"));
    let people = clinic
        .call_at("other-2", "session.people", json!(null))
        .unwrap();
    assert_eq!(
        people,
        json!([{ "window": "main", "name": "Dr Amara Diallo", "role": "doctor" }])
    );
    let second = json!({ "login": "second", "password": PASSWORD });
    clinic
        .call_at("other-2", "session.sign_in", second)
        .unwrap();
    clinic
        .call_at("other-2", "patients.open", json!({ "id": patient }))
        .unwrap();
    // The first one's window stays locked meanwhile, and theirs.
    assert_eq!(
        clinic.error("patients.open", json!({ "id": patient })).code,
        Code::Locked
    );
    assert_eq!(
        clinic
            .error("session.unlock", json!({ "password": "not the password" }))
            .code,
        Code::WrongPassword
    );
    assert!(clinic.workstation.lock_window("other-2"));
    clinic.ok("session.unlock_with_pin", json!({ "pin": "4071" }));
    assert_eq!(clinic.ok("session.current", json!(null))["login"], "doctor");
    assert_eq!(
        clinic
            .call_at("other-2", "patients.open", json!({ "id": patient }))
            .unwrap_err()
            .code,
        Code::Locked
    );
    assert!(!clinic.workstation.lock_window("nobody"));
}

#[test]
fn sleep_and_the_desktops_lock_lock_every_window() {
    let clinic = Clinic::new();
    clinic.sign_in("doctor");
    clinic
        .call_at(
            "other-2",
            "session.sign_in",
            json!({ "login": "admin", "password": PASSWORD }),
        )
        .unwrap();
    clinic.workstation.lock_windows();
    assert_eq!(clinic.ok("session.current", json!(null))["locked"], true);
    assert_eq!(
        clinic
            .call_at("other-2", "session.current", json!(null))
            .unwrap()["locked"],
        true
    );
    // Both windows were told, and the key is gone.
    let told = clinic.heard.all("session.changed");
    assert!(
        told.iter()
            .filter(|session| session["locked"] == true)
            .count()
            >= 2
    );
    let wal = clinic.folder.path().join("record/clinic.db-wal");
    clinic.until(|| (!wal.exists()).then_some(()));
}

#[test]
fn the_keys_are_made_anew_and_everybody_still_signs_in() {
    let clinic = Clinic::new();
    clinic.sign_in("admin");
    assert_eq!(
        clinic
            .error(
                "accounts.rotate_keys",
                json!({ "password": "not the password", "passphrase": null })
            )
            .code,
        Code::WrongPassword
    );
    let rotated = clinic.ok(
        "accounts.rotate_keys",
        json!({ "password": PASSWORD, "passphrase": null }),
    );
    assert_eq!(rotated, json!({ "generation": 1, "waiting": 1 }));
    let clinic = clinic.restarted();
    clinic.sign_in("doctor");
    clinic.sign_in("admin");
    assert_eq!(
        clinic.ok("accounts.key_rotation", json!(null)),
        json!({ "generation": 1, "waiting": 0 })
    );
}

#[test]
fn a_lost_administrator_comes_back_by_the_phrase_without_app_and_pin() {
    let clinic = Clinic::blank();
    let words = clinic.set_up();
    clinic.sign_in("admin");
    let app = clinic.ok(
        "session.begin_authenticator",
        json!({ "password": PASSWORD }),
    );
    clinic.ok(
        "session.confirm_factor",
        json!({ "code": shown(&app, &clinic) }),
    );
    clinic.ok(
        "session.set_pin",
        json!({ "password": PASSWORD, "pin": "4071" }),
    );
    let clinic = clinic.restarted();
    let recover = |password: &str| {
        clinic.call("setup.recover", json!({ "phrase": words.join(" "), "login": "admin", "new_password": password, "device_passphrase": null }))
    };
    assert_eq!(
        recover("aaaaaaaaaaaa").unwrap_err().message_id,
        "password-too-easy"
    );
    recover(CHOSEN).unwrap();
    clinic.ok(
        "session.sign_in",
        json!({ "login": "admin", "password": CHOSEN }),
    );
    let account = clinic.ok("session.account", json!(null));
    assert_eq!(
        (&account["second_factor"], &account["pin_since"]),
        (&Value::Null, &Value::Null)
    );
}

/// The six digits of the newest letter to somebody.
fn digits_to(server: &MailServer, to: &str) -> String {
    let letters = server.accepted();
    let letter = letters
        .iter()
        .rev()
        .find(|letter| letter["to"][0] == to)
        .expect("no letter came");
    assert!(
        letter["encrypted"] == true && letter["attached"].is_null(),
        "{letter}"
    );
    let text = letter["text"].as_str().unwrap();
    let found = text
        .lines()
        .map(str::trim)
        .find(|line| line.len() == 6 && line.bytes().all(|byte| byte.is_ascii_digit()));
    found.unwrap_or_else(|| panic!("{text}")).to_owned()
}

#[test]
fn an_invitation_and_the_codes_of_a_sign_in_go_by_mail() {
    let Some(mut server) = MailServer::start() else {
        return;
    };
    let practice = Practice::with(&server);
    let desk = &practice.desk;
    desk.sign_in("admin");
    let invite = json!({ "name": "Noor Haddad", "login": "noor", "role": "doctor", "email": "noor@clinic.example", "send": true });
    let invitation = desk.ok("accounts.invite", invite);
    assert_eq!(
        (&invitation["sent_to"], &invitation["problem"]),
        (&json!("noor@clinic.example"), &Value::Null)
    );
    let letter = server.accepted().pop().unwrap();
    let text = letter["text"].as_str().unwrap();
    assert!(
        text.contains(invitation["code"].as_str().unwrap()) && text.contains("noor"),
        "{text}"
    );
    desk.ok(
        "session.join",
        json!({ "login": "noor", "code": invitation["code"], "password": CHOSEN }),
    );
    let sign_in = |code: Option<&str>| {
        desk.call(
            "session.sign_in",
            json!({ "login": "noor", "password": CHOSEN, "code": code }),
        )
    };
    sign_in(None).unwrap();
    // The address is proven by its first code.
    let begin = json!({ "password": CHOSEN, "email": "noor@home.example" });
    desk.ok("session.begin_email_codes", begin);
    let codes = desk.ok(
        "session.confirm_factor",
        json!({ "code": digits_to(&server, "noor@home.example") }),
    );
    desk.ok("session.sign_out", json!(null));

    let asked = sign_in(None).unwrap_err();
    assert_eq!(asked.message_id, "email-code-needed");
    let letters = server.accepted().len();
    // Asked again at once: no second letter.
    assert_eq!(sign_in(None).unwrap_err().message_id, "email-code-needed");
    assert_eq!(server.accepted().len(), letters);
    let digits = digits_to(&server, "noor@home.example");
    sign_in(Some(&digits)).unwrap();
    assert_eq!(sign_in(Some(&digits)).unwrap_err().message_id, "wrong-code");
    // With no mail server to be reached, a recovery code signs in, and it is said why.
    server.stop();
    std::thread::sleep(Duration::from_secs(1));
    let unsent = desk.ok("session.sign_out", json!(null));
    assert_eq!(unsent, Value::Null);
    sign_in(Some(codes["codes"][0].as_str().unwrap())).unwrap();
}
