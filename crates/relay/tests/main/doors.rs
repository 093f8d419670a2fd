//! Doors, as a phone and a crowd see them.

use protocol::{FromClient, FromRelay, Greeting, Refusal, limits};
use relay::testing::Heard;
use uuid::Uuid;

use crate::house;

#[tokio::test]
async fn a_greeting_hangs_at_an_open_door_and_at_no_other() {
    let house = house::open().await;
    let mut host = house.dial.host(&house.host(1).await).await;
    host.open_door("door").await;
    let read = |door: &str| {
        house
            .dial
            .request("GET", &format!("/v1/doors/{door}"))
            .send()
    };
    let greeting: Greeting = read("door").await.unwrap().json().await.unwrap();
    assert_eq!(greeting.greeting.0, [1, 2]);
    assert_eq!(read("none").await.unwrap().status(), 404);
    host.say(&FromClient::CloseDoor {
        door: "door".to_owned(),
    })
    .await;
    host.until(|heard| matches!(heard, FromRelay::DoorClosed { .. }).then_some(()))
        .await;
    assert_eq!(read("door").await.unwrap().status(), 404);
}

#[tokio::test]
async fn anothers_door_is_taken() {
    let house = house::open().await;
    let mut one = house.dial.host(&house.host(1).await).await;
    let mut other = house.dial.host(&house.host(2).await).await;
    let stream = one.open_door("door").await;
    assert_eq!(one.open_door("door").await, stream);
    let open = |door: &str, lasts_s| FromClient::OpenDoor {
        door: door.to_owned(),
        greeting: vec![].into(),
        lasts_s,
    };
    other.say(&open("door", 60)).await;
    assert_eq!(other.refusal().await, Refusal::Taken);
    for (door, lasts_s) in [("abc", 60), ("long", u64::MAX), ("none", 0)] {
        other.say(&open(door, lasts_s)).await;
        assert_eq!(other.refusal().await, Refusal::TooLarge);
    }
}

#[tokio::test]
async fn a_crowd_at_a_door_is_told_to_wait() {
    let house = house::open().await;
    let mut host = house.dial.host(&house.host(1).await).await;
    host.open_door("door").await;
    for _ in 0..limits::KNOCKS {
        house.dial.knock("door").await;
    }
    let full = house
        .dial
        .request("POST", "/v1/doors/door/knock")
        .send()
        .await
        .unwrap();
    assert_eq!(full.status(), 429);
    assert!(full.headers().contains_key("retry-after"));
}

#[tokio::test]
async fn at_a_full_door_the_place_of_one_who_went_away_is_given_to_another() {
    let house = house::open_with(|config| config.limits.stands_s = 0).await;
    let mut host = house.dial.host(&house.host(1).await).await;
    host.open_door("door").await;
    let mut waiting = Vec::new();
    let gone = house.dial.knock("door").await;
    for _ in 1..limits::KNOCKS {
        let knocked = house.dial.knock("door").await;
        waiting.push(house.dial.guest(&knocked).await);
    }
    let late = house.dial.knock("door").await;
    waiting.push(house.dial.guest(&late).await);
    let (_, heard) = house.dial.hello(&relay::testing::text(&gone.token)).await;
    let refused = |heard: &Heard| matches!(heard, Heard::Frame(FromRelay::Refused { .. }));
    assert!(refused(&heard), "{heard:?}");
    let knock = house.dial.request("POST", "/v1/doors/door/knock").send();
    assert_eq!(
        knock.await.unwrap().status(),
        429,
        "those who wait keep their places"
    );
}

#[tokio::test]
async fn who_is_not_admitted_leaves_no_more_than_a_knock() {
    let house = house::open().await;
    let mut host = house.dial.host(&house.host(1).await).await;
    host.open_door("door").await;
    let knocked = house.dial.knock("door").await;
    let stream = knocked.stream;
    let mut guest = house.dial.guest(&knocked).await;
    for _ in 0..limits::KNOCK_ENVELOPES {
        guest.append(stream, Uuid::new_v4(), b"x").await;
    }
    guest.push(stream, Uuid::new_v4(), b"x").await;
    assert_eq!(guest.refusal().await, Refusal::TooMany);
    host.say(&FromClient::Admit { stream }).await;
    host.until(|heard| matches!(heard, FromRelay::Admitted { .. }).then_some(()))
        .await;
    guest.append(stream, Uuid::new_v4(), b"x").await;
}
