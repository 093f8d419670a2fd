//! The sender is killed and the server breaks connections wherever it likes: nothing is lost, nothing is
//! silently sent twice. Counted at both ends.

use std::{
    collections::{HashMap, HashSet},
    thread,
    time::{Duration, Instant},
};

use acceptance::{
    Desk,
    mail::{MailServer, Practice},
};
use serde_json::{Value, json};

/// Recipients of each report.
const RECIPIENTS: usize = 10;
/// Until two hundred messages went out, on a busy machine.
const LONGEST: Duration = Duration::from_secs(300);

/// Reports and kills: two hundred messages and twenty kills with `MEDIBRIDGE_SLOW=1`, a quarter of that
/// otherwise.
fn size() -> (usize, usize) {
    match std::env::var_os("MEDIBRIDGE_SLOW") {
        Some(_) => (20, 20),
        None => (5, 5),
    }
}

#[test]
fn the_sender_is_killed_and_the_server_breaks_connections() {
    let Some(server) = MailServer::start() else {
        return;
    };
    let (reports, kills) = size();
    let mut practice = Practice::with(&server);
    let film = practice.film();
    let reports: Vec<_> = (0..reports)
        .map(|n| practice.report(&film, &format!("Finding {n}.")))
        .collect();
    practice = practice.killed(&server);
    server.orders(json!({ "drop": 0.3, "seed": 6 }));
    practice.desk.sign_in("doctor");
    for (n, report) in reports.iter().enumerate() {
        let addresses: Vec<String> = (0..RECIPIENTS)
            .map(|m| format!("person-{n}-{m}@patient.example"))
            .collect();
        let to: Vec<_> = addresses
            .iter()
            .map(|address| (address.as_str(), "en"))
            .collect();
        practice.send(report, &to);
    }
    let mut dice = Dice(6);
    for _ in 0..kills {
        let (before, began) = (server.accepted().len(), Instant::now());
        let some = usize::try_from(dice.below(8)).unwrap();
        while server.accepted().len() < before + some && began.elapsed() < Duration::from_secs(5) {
            thread::sleep(Duration::from_millis(5));
        }
        thread::sleep(Duration::from_millis(dice.below(60)));
        practice = practice.killed(&server);
        practice.desk.sign_in("doctor");
    }
    let settled = settled(&practice);
    let copies = server.copies();
    let by_state = |state: &str| settled.values().filter(|one| one["state"] == state).count();
    let uncertain = by_state("uncertain");
    assert_eq!(settled.len(), reports.len() * RECIPIENTS);
    assert_eq!(
        by_state("delivered") + uncertain,
        settled.len(),
        "lost: {settled:?}"
    );
    for (address, delivery) in &settled {
        let arrived = arrivals(&server, address);
        match delivery["state"].as_str().unwrap() {
            "delivered" => assert_eq!(arrived, 1, "{address}"),
            // Nobody knows, and nothing is sent again.
            _ => assert!(arrived <= 1, "{address}"),
        }
    }
    assert!(copies.values().all(|copies| *copies == 1), "sent twice");
    let never = uncertain_that_never_arrived(&server, &settled);
    println!(
        "{} messages of {} reports, {kills} kills, {} connections broken: {} delivered once, \
         {uncertain} uncertain ({never} of them had not arrived), 0 lost, 0 twice",
        settled.len(),
        reports.len(),
        server.broken().len(),
        by_state("delivered"),
    );
    again(&practice, &server, &settled);
}

/// The clinic sets that uncertain ones are sent again: now each arrives, and only those that were shown
/// as uncertain arrive twice.
fn again(practice: &Practice, server: &MailServer, before: &HashMap<String, Value>) {
    practice.set_smtp(server, json!({ "resend_uncertain": true }));
    practice.desk.sign_in("doctor");
    practice.desk.until_within(LONGEST, || {
        let outbox = practice.outbox();
        (outbox["waiting"] == 0 && outbox["uncertain"] == 0).then_some(())
    });
    let now = by_address(practice);
    assert!(now.values().all(|one| one["state"] == "delivered"));
    let mut twice = 0;
    for (address, delivery) in &now {
        let (arrived, events) = (arrivals(server, address), practice.history(&delivery["id"]));
        let shown = events
            .iter()
            .filter(|one| one["state"] == "uncertain")
            .count();
        assert!(arrived >= 1, "{address} was lost");
        assert!(
            arrived <= 1 + shown,
            "{address}: {arrived} copies, {shown} times uncertain"
        );
        twice += usize::from(arrived > 1);
    }
    let ids: HashSet<_> = server.copies().into_keys().collect();
    assert_eq!(ids.len(), before.len(), "each under its one Message-ID");
    println!(
        "sent again as the clinic set it: 0 lost, {twice} arrived more than once, each shown as uncertain"
    );
}

/// Waits until nothing waits any more.
fn settled(practice: &Practice) -> HashMap<String, Value> {
    practice.desk.until_within(LONGEST, || {
        (practice.outbox()["waiting"] == 0).then_some(())
    });
    by_address(practice)
}

fn by_address(practice: &Practice) -> HashMap<String, Value> {
    let all = practice.deliveries().into_iter();
    all.map(|one| (one["address"].as_str().unwrap().to_owned(), one))
        .collect()
}

fn arrivals(server: &MailServer, address: &str) -> usize {
    let to = json!([address]);
    server
        .accepted()
        .iter()
        .filter(|one| one["to"] == to)
        .count()
}

fn uncertain_that_never_arrived(server: &MailServer, all: &HashMap<String, Value>) -> usize {
    all.iter()
        .filter(|(address, one)| one["state"] == "uncertain" && arrivals(server, address) == 0)
        .count()
}

/// The same numbers in each run (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}
