//! A sealed report goes out by e-mail: what arrives, what is told where it does not, and what waits.

use std::time::Duration;

use acceptance::{
    Desk,
    mail::{MailServer, Practice, sending},
};
use basics::Code;
use serde_json::json;

#[test]
fn a_report_arrives_with_its_words_in_the_recipients_language() {
    let Some(server) = MailServer::start() else {
        return;
    };
    let practice = Practice::with(&server);
    let report = practice.report(&practice.film(), "No acute finding.");
    let to = [
        ("marta@patient.example", "ar"),
        ("referrer@clinic.example", "hi"),
    ];
    let sent = practice.send(&report, &to);
    assert_eq!(sent.len(), 2);
    for delivery in &sent {
        let done = practice.until(&delivery["id"], "delivered");
        assert_eq!(
            (&done["attempts"], &done["problem"]),
            (&json!(1), &json!(null))
        );
    }
    let arrived = server.accepted();
    assert_eq!(arrived.len(), 2);
    for (message, (address, language)) in arrived.iter().zip(to) {
        assert_eq!(message["to"], json!([address]), "in the order of asking");
        assert_eq!(message["language"], language);
        assert_eq!(message["from"], "reports@clinic.example");
        assert_eq!(message["defects"], json!([]));
        assert_eq!(message["encrypted"], true);
        let words = &reports::words(serde_json::from_value(json!(language)).unwrap()).mail;
        // Decoded by Python's email: headers after RFC 2047, body after MIME.
        assert_eq!(message["subject"], words.subject("Clínica do Vale"));
        let text = message["text"].as_str().unwrap().replace("\r\n", "\n");
        assert_eq!(text.trim_end(), words.body("Clínica do Vale"));
        // Neither who it is about, nor what opens it.
        let all = message.to_string();
        for hidden in ["Marta", "Oliveira", "1961", "finding"] {
            assert!(!all.contains(hidden), "{hidden} is in the message");
        }
    }
    // One sealed file, byte for byte the one that the record keeps.
    assert_eq!(arrived[0]["sha256"], arrived[1]["sha256"]);
    let events = practice.history(&sent[0]["id"]);
    let states: Vec<_> = events
        .iter()
        .map(|event| event["state"].as_str().unwrap())
        .collect();
    assert_eq!(states, ["waiting", "sending", "delivered"]);
    assert!(
        events[2]["answer"]
            .as_str()
            .unwrap()
            .starts_with("250 2.0.0 Ok")
    );
}

#[test]
fn nothing_is_sent_without_identifiers_a_seal_and_a_way() {
    let Some(server) = MailServer::start() else {
        return;
    };
    let practice = Practice::with(&server);
    let report = practice.report(&practice.film(), "No acute finding.");
    let desk = &practice.desk;
    let refused = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut request = sending(&report, &[("marta@patient.example", "pt")]);
        change(&mut request);
        desk.call("delivery.send", request).unwrap_err().message_id
    };
    assert_eq!(
        refused(&|r| r["confirmed"] = json!([])),
        "report-identity-unconfirmed"
    );
    let other = json!([
        { "identifier": "name", "value": "Marta Oliveira" },
        { "identifier": "birth_date", "value": "1961-03-10" },
    ]);
    assert_eq!(
        refused(&|r| r["confirmed"] = other.clone()),
        "report-identity-differs"
    );
    assert_eq!(
        refused(&|r| r["recipients"] = json!([])),
        "field-rule-broken"
    );
    let address =
        |text: &'static str| refused(&move |r| r["recipients"][0]["address"] = json!(text));
    assert_eq!(address("marta"), "field-rule-broken");
    assert_eq!(
        address("a@b.example\r\nBcc: c@d.example"),
        "field-rule-broken"
    );
    let channel = refused(&|r| {
        r["recipients"][0] =
            json!({ "channel": "whats_app", "address": "+351 912 345 678", "language": "pt" });
    });
    assert_eq!(channel, "delivery-not-set-up");
    // A corrected report is not sealed yet.
    desk.ok(
        "reports.reopen",
        json!({ "report_id": report.id, "reason": "Side was wrong." }),
    );
    let view = desk.ok("reports.view", json!({ "report_id": report.id }));
    assert_eq!(view["state"], "final");
    assert!(server.accepted().is_empty());
}

#[test]
fn the_test_names_the_step_that_fails() {
    let Some(server) = MailServer::start() else {
        return;
    };
    let practice = Practice::with(&server);
    practice.set_smtp(&server, json!({}));
    let test = |to: Option<&str>| {
        practice
            .desk
            .ok("delivery.test_smtp", json!({ "send_to": to }))
    };
    let failed = |orders: serde_json::Value| {
        server.orders(orders);
        let view = test(None);
        assert_eq!(view["ok"], false);
        let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
        (text(&view["step"]), text(&view["problem"]["message_id"]))
    };
    let is = |step: &str, id: &str| (step.to_owned(), id.to_owned());
    for (certificate, id) in [
        ("expired", "delivery-certificate-expired"),
        ("early", "delivery-certificate-too-early"),
        ("other", "delivery-certificate-name"),
    ] {
        let told = failed(json!({ "certificate": certificate }));
        assert_eq!(told, is("certificate", id));
    }
    let told = failed(json!({ "password": "another" }));
    assert_eq!(told, is("password", "delivery-wrong-password"));
    practice.set_smtp(&server, json!({ "host": "mail.invalid" }));
    assert_eq!(failed(json!({})), is("address", "delivery-host-unknown"));
    practice.set_smtp(&server, json!({ "port": 9 }));
    assert_eq!(
        failed(json!({})),
        is("connection", "delivery-no-connection")
    );
    // All is well, and a message goes only where it was asked for.
    practice.set_smtp(&server, json!({}));
    assert_eq!(test(None)["ok"], true);
    assert!(server.accepted().is_empty());
    assert_eq!(test(Some("admin@clinic.example"))["ok"], true);
    assert_eq!(server.accepted()[0]["to"], json!(["admin@clinic.example"]));
    // The password is kept, never shown.
    let shown = practice.desk.ok("delivery.settings", json!(null));
    assert_eq!(shown["smtp"]["has_password"], true);
    assert!(!shown.to_string().contains("correct horse"));
}

#[test]
fn a_wrong_password_holds_everything_and_loses_nothing() {
    let Some(server) = MailServer::start() else {
        return;
    };
    let practice = Practice::with(&server);
    let report = practice.report(&practice.film(), "No acute finding.");
    let practice = practice.killed(&server);
    server.orders(json!({ "password": "another" }));
    practice.desk.sign_in("doctor");
    let sent = practice.send(
        &report,
        &[("a@patient.example", "en"), ("b@patient.example", "en")],
    );
    let told = practice.desk.until(|| {
        let problem = practice.outbox()["problem"].clone();
        (!problem.is_null()).then_some(problem)
    });
    assert_eq!(told["message_id"], "delivery-wrong-password");
    // One knock at the door, not one for each message: accounts are locked for less.
    std::thread::sleep(Duration::from_secs(2));
    practice.desk.sign_in("doctor");
    let tries: u64 = practice
        .deliveries()
        .iter()
        .map(|one| one["attempts"].as_u64().unwrap())
        .sum();
    assert!(tries <= 3, "{tries} tries");
    assert_eq!(practice.outbox()["waiting"], 2);
    // Set rightly, it goes out by itself.
    server.orders(json!({}));
    practice.set_smtp(&server, json!({}));
    practice.desk.sign_in("doctor");
    for delivery in &sent {
        practice.until(&delivery["id"], "delivered");
    }
    assert!(practice.outbox()["problem"].is_null());
    assert_eq!(server.accepted().len(), 2);
}

#[test]
fn offline_for_an_hour_then_it_goes() {
    let Some(mut server) = MailServer::start() else {
        return;
    };
    let practice = Practice::with(&server);
    let report = practice.report(&practice.film(), "No acute finding.");
    let practice = practice.killed(&server);
    server.stop();
    practice.desk.sign_in("doctor");
    let sent = practice.send(&report, &[("marta@patient.example", "en")]);
    // Half a minute here is an hour there; behind a window that locks itself meanwhile.
    std::thread::sleep(Duration::from_secs(30));
    let locked = practice
        .desk
        .call("delivery.outbox", json!(null))
        .unwrap_err();
    assert_eq!(locked.code, Code::Locked);
    practice.desk.sign_in("doctor");
    // Signing in is a reason to try at once.
    let waiting = practice.until(&sent[0]["id"], "waiting");
    assert_eq!(waiting["problem"]["message_id"], "delivery-no-connection");
    assert!(waiting["attempts"].as_u64().unwrap() > 1);
    let told = practice.outbox();
    assert_eq!((&told["waiting"], &told["failed"]), (&json!(1), &json!(0)));
    server.again();
    // Nobody touches anything; by now two hours there may lie between tries.
    let longest = Duration::from_secs(300);
    practice
        .desk
        .until_within(longest, || (server.accepted().len() == 1).then_some(()));
    practice.desk.sign_in("doctor");
    practice.until(&sent[0]["id"], "delivered");
}

#[test]
fn taken_back_before_it_goes_and_refused_where_nobody_lives() {
    let Some(mut server) = MailServer::start() else {
        return;
    };
    let practice = Practice::with(&server);
    let report = practice.report(&practice.film(), "No acute finding.");
    server.stop();
    let sent = practice.send(&report, &[("marta@patient.example", "en")]);
    let id = &sent[0]["id"];
    practice.desk.until(|| {
        // While a try is running it cannot be taken back.
        practice
            .desk
            .call("delivery.cancel", json!({ "id": id }))
            .ok()
    });
    server.again();
    assert_eq!(practice.delivery(id)["state"], "cancelled");
    let to = "nobody@patient.example";
    server.orders(json!({ "rcpt": { to: "550 5.1.1 No such user" } }));
    let refused = practice.send(&report, &[(to, "en")]);
    let failed = practice.until(&refused[0]["id"], "failed");
    assert_eq!(
        failed["problem"]["message_id"],
        "delivery-recipient-unknown"
    );
    let events = practice.history(&refused[0]["id"]);
    assert_eq!(events.last().unwrap()["answer"], "550 5.1.1 No such user");
    // Somebody lives there after all: tried again, it arrives; what was taken back never does.
    server.orders(json!({}));
    practice
        .desk
        .ok("delivery.retry", json!({ "id": refused[0]["id"] }));
    practice.until(&refused[0]["id"], "delivered");
    assert_eq!(server.accepted().len(), 1);
    assert_eq!(server.accepted()[0]["to"], json!([to]));
}

#[test]
fn what_may_have_arrived_is_shown_and_sent_again_only_as_the_clinic_set_it() {
    let Some(server) = MailServer::start() else {
        return;
    };
    let practice = Practice::with(&server);
    let report = practice.report(&practice.film(), "No acute finding.");
    let practice = practice.killed(&server);
    server.orders(json!({ "drop": 1.0, "places": ["answer"] }));
    practice.desk.sign_in("doctor");
    let sent = practice.send(&report, &[("marta@patient.example", "en")]);
    let id = &sent[0]["id"];
    let uncertain = practice.until(id, "uncertain");
    assert_eq!(uncertain["problem"]["message_id"], "delivery-answer-lost");
    assert_eq!(practice.outbox()["uncertain"], 1);
    server.orders(json!({}));
    let stays = practice.desk.call("delivery.retry", json!({ "id": id }));
    assert!(
        stays.is_err(),
        "sent again though the clinic did not set it"
    );
    // A quarter of an hour there: nothing is silently sent twice.
    std::thread::sleep(Duration::from_secs(8));
    assert_eq!(server.accepted().len(), 1);
    practice.set_smtp(&server, json!({ "resend_uncertain": true }));
    practice.desk.sign_in("doctor");
    practice.until(id, "delivered");
    let copies = server.copies();
    assert_eq!(
        copies.values().copied().collect::<Vec<_>>(),
        [2],
        "one id, two copies"
    );
    let was: Vec<_> = practice.history(id);
    assert!(was.iter().any(|event| event["state"] == "uncertain"));
}
