//! Who is let in, for how long, and who no more.

use std::time::{Duration, Instant};

use protocol::{FromClient, FromRelay, Refusal, Role, close};
use relay::{
    Tls,
    testing::{Heard, Wrong, text},
};
use uuid::Uuid;

use crate::house;

#[tokio::test]
async fn a_workstation_enrols_by_a_code_over_tls_and_is_let_in() {
    let house = house::open_with(|config| config.tls = Tls::SelfSigned { names: vec![] }).await;
    let workstation = house.host(1).await;
    let (_, heard) = house.dial.hello(&workstation.lasting(300)).await;
    let Heard::Frame(FromRelay::Welcome { role, lasts_s, .. }) = heard else {
        panic!("{heard:?}");
    };
    assert_eq!(role, Role::Host);
    assert!((295..=300).contains(&lasts_s));
    assert!(house.relay.url().starts_with("https://127.0.0.1:"));
    assert!(house.relay.fingerprint().is_some());
}

#[tokio::test]
async fn a_token_that_is_not_good_lets_nobody_in() {
    let house = house::open().await;
    let workstation = house.host(1).await;
    let mut tokens: Vec<String> = [
        Wrong::Expired,
        Wrong::TooLong,
        Wrong::OtherRelay,
        Wrong::Forged,
        Wrong::Unsigned,
        Wrong::Stranger,
    ]
    .map(|wrong| workstation.wrong(wrong))
    .to_vec();
    let good = workstation.token();
    tokens.push(good[..good.len() - 4].to_owned());
    tokens.push(text(&vec![7; 32].into()));
    tokens.push(text(&vec![7; 31].into()));
    tokens.extend(["", ".", "..", "a.b.c"].map(str::to_owned));
    for token in tokens {
        let (mut client, heard) = house.dial.hello(&token).await;
        let refused = matches!(
            heard,
            Heard::Frame(FromRelay::Refused {
                why: Refusal::Token,
                ..
            })
        );
        assert!(refused, "{heard:?}");
        assert_eq!(client.end().await, Some(close::TOKEN));
    }
}

#[tokio::test]
async fn another_version_is_told_so() {
    let house = house::open().await;
    let workstation = house.host(1).await;
    let mut client = house.dial.socket().await.unwrap();
    let token = workstation.token();
    client.say(&FromClient::Hello { v: 2, token }).await;
    assert_eq!(client.refusal().await, Refusal::Version);
    assert_eq!(client.end().await, Some(close::VERSION));
}

#[tokio::test]
async fn a_token_is_renewed_on_the_same_socket_and_one_that_ends_closes_it() {
    let house = house::open().await;
    let workstation = house.host(1).await;
    let (mut client, _) = house.dial.hello(&workstation.lasting(2)).await;
    client
        .say(&FromClient::Renew {
            token: workstation.lasting(4),
        })
        .await;
    let renewed = |frame: &FromRelay| match frame {
        FromRelay::Renewed { lasts_s } => Some(*lasts_s),
        _ => None,
    };
    assert!(client.until(renewed).await >= 3);
    let began = Instant::now();
    assert_eq!(client.refusal().await, Refusal::Token);
    assert_eq!(client.end().await, Some(close::TOKEN));
    let lasted = began.elapsed();
    assert!(
        lasted > Duration::from_millis(2200) && lasted < Duration::from_secs(5),
        "{lasted:?}"
    );
}

#[tokio::test]
async fn a_renewal_in_anothers_name_ends_the_socket() {
    let house = house::open().await;
    let (one, other) = (house.host(1).await, house.host(2).await);
    let mut client = house.dial.host(&one).await;
    client
        .say(&FromClient::Renew {
            token: other.token(),
        })
        .await;
    assert_eq!(client.refusal().await, Refusal::Token);
    assert_eq!(client.end().await, Some(close::TOKEN));
}

#[tokio::test]
async fn a_guests_token_ends_unless_it_is_renewed() {
    let house = house::open_with(|config| config.limits.guest_token_s = 2).await;
    let mut pair = house.pair().await;
    let token = text(&pair.knocked.token);
    tokio::time::sleep(Duration::from_millis(1200)).await;
    pair.guest
        .say(&FromClient::Renew {
            token: token.clone(),
        })
        .await;
    let renewed = Instant::now();
    assert_eq!(pair.guest.refusal().await, Refusal::Token);
    assert!(renewed.elapsed() > Duration::from_millis(1800));
    assert_eq!(pair.guest.end().await, Some(close::TOKEN));
    let (_, again) = house.dial.hello(&token).await;
    assert!(matches!(
        again,
        Heard::Frame(FromRelay::Refused {
            why: Refusal::Token,
            ..
        })
    ));
}

#[tokio::test]
async fn a_workstation_revoked_by_the_operators_command_is_cut_off_within_five_seconds() {
    let data = tempfile::tempdir().unwrap();
    let mut process = house::process(data.path(), &["--plain", "--listen", "127.0.0.1:0"]);
    let code = process.first_code();
    let dial = process.dial();
    let (one, other) = (dial.enrol(&code, 1).await, process.operate(&["enrol-code"]));
    let other = dial.enrol(&other, 2).await;
    let mut revoked = dial.host(&one).await;
    let mut stays = dial.host(&other).await;
    let listed = process.operate(&["workstations"]);
    assert_eq!(listed.matches("enrolled").count(), 2, "{listed}");

    process.operate(&["revoke", &one.id.to_string()]);
    let began = Instant::now();
    assert_eq!(revoked.end().await, Some(close::TOKEN));
    assert!(began.elapsed() < Duration::from_secs(5));
    let (_, again) = dial.hello(&one.token()).await;
    assert!(matches!(
        again,
        Heard::Frame(FromRelay::Refused {
            why: Refusal::Token,
            ..
        })
    ));
    stays.open_door("door").await;
}

#[tokio::test]
async fn a_guest_reads_and_opens_nothing_of_anyone_else() {
    let house = house::open().await;
    let mut pair = house.pair().await;
    let other = house.dial.knock("door").await;
    let own = pair.knocked.stream;
    for stream in [other.stream, Uuid::new_v4()] {
        pair.guest
            .say(&FromClient::Subscribe { stream, after: 0 })
            .await;
        assert_eq!(pair.guest.refusal().await, Refusal::NotFound);
        pair.guest.push(stream, Uuid::new_v4(), b"x").await;
        assert_eq!(pair.guest.refusal().await, Refusal::NotFound);
    }
    let door = "mine".to_owned();
    for act in [
        FromClient::OpenDoor {
            door: door.clone(),
            greeting: vec![].into(),
            lasts_s: 60,
        },
        FromClient::CloseDoor {
            door: "door".to_owned(),
        },
        FromClient::Admit { stream: own },
        FromClient::CloseStream { stream: own },
    ] {
        pair.guest.say(&act).await;
        assert_eq!(pair.guest.refusal().await, Refusal::NotFound);
    }
    let stranger = house.host(2).await;
    let mut stranger = house.dial.host(&stranger).await;
    stranger
        .say(&FromClient::Subscribe {
            stream: own,
            after: 0,
        })
        .await;
    assert_eq!(stranger.refusal().await, Refusal::NotFound);
    // Still nobody else heard what is said.
    pair.host.append(own, Uuid::new_v4(), b"secret").await;
    pair.guest.subscribe(own, 0).await;
    assert_eq!(pair.guest.entry(own).await.0, 1);
}
