//! The outbox under crashes, lost answers and impatience: nothing lost, nothing silently sent twice.

use std::collections::HashMap;

use basics::{DeliveryId, Language};
use clinic::*;
use proptest::prelude::*;

use super::{Desk, conflict};
use crate::support::*;

/// What the world does with one try.
#[derive(Clone, Copy, Debug)]
enum Try {
    /// The program dies before the content goes out.
    CrashBefore,
    /// The program dies while the content goes out; the server took it, or not.
    CrashIn { taken: bool },
    /// The server takes it and says so.
    Taken,
    /// The server takes it, or not, and the line breaks before its answer.
    Lost { taken: bool },
    /// The server asks to come back.
    Later,
    /// The server will never take it.
    Refused,
    /// The program dies after the server took it and before that is written down.
    CrashAfter,
}

#[derive(Clone, Debug)]
enum Do {
    Work(Try),
    Wait(u64),
    Cancel(usize),
    Retry(usize),
    Resend(bool),
}

fn any_act() -> impl Strategy<Value = Do> {
    let tries = prop_oneof![
        Just(Try::CrashBefore),
        any::<bool>().prop_map(|taken| Try::CrashIn { taken }),
        Just(Try::Taken),
        any::<bool>().prop_map(|taken| Try::Lost { taken }),
        Just(Try::Later),
        Just(Try::Refused),
        Just(Try::CrashAfter),
    ];
    prop_oneof![
        8 => tries.prop_map(Do::Work),
        4 => (1..4_000u64).prop_map(Do::Wait),
        1 => (0..3usize).prop_map(Do::Cancel),
        2 => (0..3usize).prop_map(Do::Retry),
        1 => any::<bool>().prop_map(Do::Resend),
    ]
}

fn set_resend(desk: &Desk, resend_uncertain: bool) {
    let admin = desk.house.permit("ada", Permission::ManageSettings);
    let smtp = SmtpService {
        host: "mail.clinic.example".into(),
        port: 465,
        security: SmtpSecurity::Tls,
        user: None,
        from: "reports@clinic.example".into(),
        reply_to: None,
        resend_uncertain,
    };
    desk.clinic()
        .write(&admin, "x", |change| change.set_smtp(Some(&smtp)))
        .unwrap();
}

fn ask(desk: &Desk, n: usize) -> Delivery {
    ask_by(desk, n, DeliveryChannel::Email, "ana@example.org")
}

fn ask_by(desk: &Desk, n: usize, channel: DeliveryChannel, address: &str) -> Delivery {
    let (report_id, file) = desk.released();
    let new = NewDelivery {
        id: DeliveryId::new(),
        report_id,
        revision: 1,
        file_id: file.id,
        channel,
        recipient: phi("Ana"),
        address: phi(address),
        language: Language::Es,
        message_id: format!("{n}.{report_id}@clinic.example"),
    };
    let permit = desk.permit(Permission::SendReports);
    let send = |new: &NewDelivery| {
        desk.clinic()
            .write(&permit, "x", |change| change.send_report(new))
    };
    let asked = send(&new).unwrap();
    // Asked again, it is the same; with another address under the same id it is refused.
    assert_eq!(send(&new).unwrap().message_id, asked.message_id);
    let other = NewDelivery {
        address: phi("eva@example.org"),
        ..new.clone()
    };
    assert_eq!(conflict(send(&other)), "delivery-differs");
    let copied = NewDelivery {
        id: DeliveryId::new(),
        ..new
    };
    assert_eq!(conflict(send(&copied)), "message-id");
    asked
}

/// The server's side: how often it took which message, and which tries nobody can know the end of.
#[derive(Default)]
struct World {
    taken: HashMap<String, u32>,
    doubtful: HashMap<String, u32>,
}

/// One try of whatever is due; answers whether the program died.
fn work(desk: &Desk, world: &mut World, how: Try) -> bool {
    let permit = desk.permit(Permission::SendReports);
    let clinic = desk.clinic();
    let Some(due) = clinic
        .due_deliveries(&permit, DeliveryChannel::Email, 1)
        .unwrap()
        .into_iter()
        .next()
    else {
        return false;
    };
    let (id, message) = (due.id, due.message_id.clone());
    let begun = clinic.begin_attempt(&permit, id).unwrap();
    assert_eq!(
        (begun.state, begun.attempts),
        (DeliveryState::Sending, due.attempts + 1)
    );
    assert_eq!(begun.message_id, message, "the Message-ID changed");
    let attempt = begun.attempts;
    assert_eq!(
        conflict(clinic.begin_attempt(&permit, id)),
        "delivery-state"
    );
    if matches!(how, Try::CrashBefore) {
        return true;
    }
    assert_eq!(
        conflict(clinic.begin_data(&permit, id, attempt + 1)),
        "delivery-state"
    );
    clinic.begin_data(&permit, id, attempt).unwrap();
    let mut take = |taken: bool| {
        if taken {
            *world.taken.entry(message.clone()).or_default() += 1;
        }
    };
    let answer = || phi("250 ok");
    let (end, died) = match how {
        Try::CrashBefore => unreachable!("it died before"),
        Try::CrashIn { taken } => {
            take(taken);
            (None, true)
        }
        Try::CrashAfter => {
            take(true);
            (None, true)
        }
        Try::Taken => {
            take(true);
            (Some(AttemptEnd::Delivered { answer: answer() }), false)
        }
        Try::Lost { taken } => {
            take(taken);
            (
                Some(AttemptEnd::Uncertain {
                    code: "answer-lost",
                    answer: answer(),
                }),
                false,
            )
        }
        Try::Later => (
            Some(AttemptEnd::TryAgain {
                code: "busy",
                answer: phi("451 later"),
                after_s: Some(90),
            }),
            false,
        ),
        Try::Refused => (
            Some(AttemptEnd::Refused {
                code: "no-mailbox",
                answer: phi("550 no such user"),
            }),
            false,
        ),
    };
    if matches!(
        how,
        Try::CrashIn { .. } | Try::CrashAfter | Try::Lost { .. }
    ) {
        *world.doubtful.entry(message).or_default() += 1;
    }
    if let Some(end) = end {
        let ended = clinic.end_attempt(&permit, id, attempt, &end).unwrap();
        let expected = match how {
            Try::Taken => DeliveryState::Delivered,
            Try::Lost { .. } => DeliveryState::Uncertain,
            Try::Refused => DeliveryState::Failed,
            _ if attempt as usize > BACK_OFF_S.len() => DeliveryState::Failed,
            _ => DeliveryState::Waiting,
        };
        assert_eq!(ended.state, expected);
    }
    died
}

fn states(desk: &Desk, ids: &[DeliveryId]) -> Vec<Delivery> {
    let permit = desk.permit(Permission::SendReports);
    ids.iter()
        .map(|id| desk.clinic().delivery(&permit, *id).unwrap())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: std::env::var("MEDIBRIDGE_REPORT_CASES").map_or(12, |cases| cases.parse().unwrap()),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn nothing_is_lost_and_nothing_goes_twice_unseen(
        resend in any::<bool>(),
        acts in prop::collection::vec(any_act(), 1..50),
    ) {
        let mut desk = Desk::new();
        set_resend(&desk, resend);
        let ids: Vec<DeliveryId> = (0..3).map(|n| ask(&desk, n).id).collect();
        let (mut world, mut ever_resent) = (World::default(), resend);
        for act in &acts {
            match act {
                Do::Work(how) => {
                    if work(&desk, &mut world, *how) {
                        desk = desk.restart();
                    }
                }
                Do::Wait(seconds) => desk.house.wait(*seconds),
                Do::Resend(on) => {
                    set_resend(&desk, *on);
                    ever_resent |= *on;
                }
                Do::Cancel(at) | Do::Retry(at) => {
                    let permit = desk.permit(Permission::SendReports);
                    let _ = desk.clinic().write(&permit, "x", |change| match act {
                        Do::Cancel(_) => change.cancel_delivery(ids[*at]),
                        _ => change.retry_delivery(ids[*at]),
                    });
                }
            }
            for one in states(&desk, &ids) {
                let taken = world.taken.get(&one.message_id).copied().unwrap_or(0);
                let doubtful = world.doubtful.get(&one.message_id).copied().unwrap_or(0);
                // Nobody sends while the outbox rests.
                prop_assert_ne!(one.state, DeliveryState::Sending);
                // Delivered is what a server took; what it may have taken is called so.
                prop_assert!(one.state != DeliveryState::Delivered || taken > 0);
                prop_assert!(one.state != DeliveryState::Uncertain || (doubtful > 0 && one.data_begun));
                // What waits will be tried.
                prop_assert!(one.state != DeliveryState::Waiting || one.next_try.is_some());
                // A copy too many only after a doubt, and only as the clinic set it.
                prop_assert!(taken <= 1 || (doubtful > 0 && ever_resent), "{:?}", one);
                if taken > 0 {
                    prop_assert!(
                        doubtful > 0 || one.state == DeliveryState::Delivered,
                        "taken and not said: {:?}", one
                    );
                }
            }
        }
    }
}

#[test]
fn an_answer_that_comes_late_settles_what_was_uncertain() {
    let desk = Desk::new();
    let asked = ask(&desk, 0);
    let permit = desk.permit(Permission::SendReports);
    let begun = desk.clinic().begin_attempt(&permit, asked.id).unwrap();
    desk.clinic()
        .begin_data(&permit, asked.id, begun.attempts)
        .unwrap();
    let desk = desk.restart();
    let permit = desk.permit(Permission::SendReports);
    let clinic = desk.clinic();
    assert_eq!(
        clinic.delivery(&permit, asked.id).unwrap().state,
        DeliveryState::Uncertain
    );
    assert_eq!(
        clinic.outbox(&permit).unwrap(),
        Outbox {
            uncertain: 1,
            ..Outbox::default()
        }
    );
    let again = |change: &mut Change<'_>| change.retry_delivery(asked.id);
    assert_eq!(
        conflict(clinic.write(&permit, "x", again)),
        "uncertain-stays"
    );
    assert_eq!(
        conflict(clinic.begin_attempt(&permit, asked.id)),
        "uncertain-stays"
    );
    assert_eq!(
        conflict(clinic.begin_data(&permit, asked.id, 1)),
        "delivery-state"
    );
    desk.house.wait(7 * 86_400);
    assert!(
        clinic
            .due_deliveries(&permit, DeliveryChannel::Email, 10)
            .unwrap()
            .is_empty()
    );
    assert_eq!(clinic.next_delivery(&permit).unwrap(), None);
    set_resend(&desk, true);
    assert_eq!(
        clinic
            .due_deliveries(&permit, DeliveryChannel::Email, 10)
            .unwrap()
            .len(),
        1
    );
    let end = AttemptEnd::Delivered {
        answer: phi("250 queued"),
    };
    let settled = clinic.end_attempt(&permit, asked.id, 1, &end).unwrap();
    assert_eq!(settled.state, DeliveryState::Delivered);
    assert_eq!(
        conflict(clinic.end_attempt(&permit, asked.id, 1, &end)),
        "delivery-state"
    );
    let events = clinic.delivery_events(&permit, asked.id).unwrap();
    let states: Vec<_> = events.iter().map(|event| event.state).collect();
    use DeliveryState::{Delivered, Sending, Uncertain, Waiting};
    assert_eq!(states, [Waiting, Sending, Uncertain, Delivered]);
    assert_eq!((events[2].code.as_str(), events[2].by), ("cut-off", None));
    assert_eq!(desk.status(), Status::Delivered);
    // How it went is in the journal; tries are not.
    let journal = desk.house.permit("ada", Permission::ReadJournal);
    let query = JournalQuery {
        verb: Some("delivery.".into()),
        limit: 20,
        ..JournalQuery::default()
    };
    let rows = clinic.journal_page(&journal, &query).unwrap().rows;
    let verbs: Vec<_> = rows.iter().map(|row| row.verb.as_str()).collect();
    assert_eq!(verbs, ["delivery.delivered", "delivery.uncertain"]);
}

#[test]
fn what_waits_by_one_way_holds_nothing_up_that_goes_by_another() {
    let desk = Desk::new();
    for n in 0..3 {
        ask_by(&desk, n, DeliveryChannel::WhatsApp, "+5511999990000");
    }
    desk.house.wait(1);
    let last = ask(&desk, 3);
    let permit = desk.permit(Permission::SendReports);
    let due = desk
        .clinic()
        .due_deliveries(&permit, DeliveryChannel::Email, 1)
        .unwrap();
    assert_eq!(due[0].id, last.id);
}

#[test]
fn a_newer_signing_stops_what_waits_of_an_older_one_and_trying_ends() {
    let desk = Desk::new();
    let (asked, other) = (ask(&desk, 0), ask(&desk, 1));
    desk.reopen(asked.report_id, DraftKind::Correction).unwrap();
    desk.sign(asked.report_id, ReportState::Amended, Some(1))
        .unwrap();
    let permit = desk.permit(Permission::SendReports);
    let clinic = desk.clinic();
    let stopped = clinic.delivery(&permit, asked.id).unwrap();
    assert_eq!(
        (stopped.state, stopped.code.as_str()),
        (DeliveryState::Cancelled, "superseded")
    );
    assert_eq!(
        clinic
            .due_deliveries(&permit, DeliveryChannel::Email, 10)
            .unwrap()
            .len(),
        1
    );
    for attempt in 1.. {
        let next = clinic.next_delivery(&permit).unwrap().unwrap();
        let wait = next.duration_since(desk.house.clock_now()).as_secs().max(0);
        desk.house.wait(wait as u64);
        clinic.begin_attempt(&permit, other.id).unwrap();
        let end = AttemptEnd::TryAgain {
            code: "unreachable",
            answer: phi(""),
            after_s: None,
        };
        let ended = clinic
            .end_attempt(&permit, other.id, attempt, &end)
            .unwrap();
        if attempt as usize > BACK_OFF_S.len() {
            assert_eq!(
                (ended.state, ended.code.as_str()),
                (DeliveryState::Failed, "gave-up")
            );
            break;
        }
        let waits = ended
            .next_try
            .unwrap()
            .duration_since(desk.house.clock_now())
            .as_secs();
        assert_eq!(waits, i64::from(BACK_OFF_S[attempt as usize - 1]));
    }
    assert_eq!(clinic.reports_to_do(&permit).unwrap().failed, 1);
    let again = clinic
        .write(&permit, "x", |change| change.retry_delivery(other.id))
        .unwrap();
    assert_eq!(again.state, DeliveryState::Waiting);
    let filter = DeliveryFilter {
        states: vec![DeliveryState::Waiting],
        ..DeliveryFilter::default()
    };
    let page = clinic.deliveries(&permit, &filter, None, 10).unwrap();
    assert_eq!(
        page.rows.iter().map(|row| row.id).collect::<Vec<_>>(),
        [other.id]
    );
    assert_eq!(page.rows[0].message_id, other.message_id);
}
