//! What the relay does not put up with, and what it tells browsers.

use std::time::{Duration, Instant};

use protocol::{Health, Refusal, close, limits};
use relay::{Page, RelayError, Tls};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tokio_tungstenite::tungstenite::{Error, Message};
use uuid::Uuid;

use crate::house;

#[tokio::test]
async fn another_sites_page_gets_no_socket_and_the_own_page_does() {
    let house = house::open().await;
    let mut dial = house.dial.clone();
    for origin in [
        "https://evil.example",
        "null",
        "http://127.0.0.1",
        "https://127.0.0.1:1",
    ] {
        dial.origin = Some(origin.to_owned());
        let Err(Error::Http(answer)) = dial.socket().await else {
            panic!("{origin} was let in");
        };
        assert_eq!(answer.status(), 403);
    }
    dial.origin = Some(house.relay.url().to_owned());
    assert!(dial.socket().await.is_ok());
}

#[tokio::test]
async fn the_hundred_and_first_request_of_a_minute_is_told_when_to_come_back() {
    let house = house::open_with(|config| config.limits.http_per_minute = 100).await;
    let (began, mut good) = (Instant::now(), 0);
    let refused = loop {
        let answer = house.dial.request("GET", "/health").send().await.unwrap();
        if answer.status() != 200 {
            break answer;
        }
        good += 1;
    };
    // One more comes free every 600 ms.
    let freed = began.elapsed().as_millis() / 600;
    assert!(
        good >= 100 && good <= 100 + freed,
        "{good} in {:?}",
        began.elapsed()
    );
    assert_eq!(refused.status(), 429);
    let wait: u64 = refused.headers()["retry-after"]
        .to_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!((1..=60).contains(&wait));
    assert_eq!(refused.headers()["x-content-type-options"], "nosniff");
}

#[tokio::test]
async fn wrong_doors_and_codes_are_soon_too_many() {
    let house = house::open_with(|config| config.limits.tries_per_minute = 30).await;
    let mut host = house.dial.host(&house.host(1).await).await;
    host.open_door("door").await;
    let mut tried = 0;
    loop {
        let answer = house
            .dial
            .request("GET", &format!("/v1/doors/{tried:04}"))
            .send()
            .await;
        match answer.unwrap().status().as_u16() {
            404 => tried += 1,
            status => break assert_eq!(status, 429),
        }
    }
    assert!((5..=12).contains(&tried), "{tried}");
    let known = house
        .dial
        .request("GET", "/v1/doors/door")
        .send()
        .await
        .unwrap();
    assert_eq!(
        known.status(),
        429,
        "who guesses finds nothing, not even what is there"
    );
    let enrol = house
        .dial
        .request("POST", "/v1/enrol")
        .body("{\"code\":\"0\",\"key\":\"\",\"name\":\"x\"}");
    let enrol = enrol
        .header("content-type", "application/json")
        .send()
        .await
        .unwrap();
    assert_eq!(enrol.status(), 429);
}

#[tokio::test]
async fn every_answer_guards_the_page() {
    let page = tempfile::tempdir().unwrap();
    std::fs::create_dir(page.path().join("assets")).unwrap();
    std::fs::write(page.path().join("patient.html"), "<p>page</p>").unwrap();
    std::fs::write(page.path().join("assets/a.js"), "export {};".repeat(100)).unwrap();
    let folder = page.path().to_path_buf();
    let house = house::open_with(|config| {
        config.tls = Tls::SelfSigned { names: vec![] };
        config.page = Page::Folder(folder);
    })
    .await;
    for path in [
        "/",
        "/j/door",
        "/assets/a.js",
        "/health",
        "/nothing",
        "/v1/doors/none",
    ] {
        let answer = house.dial.request("GET", path).send().await.unwrap();
        let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("referrer-policy"), "no-referrer");
        assert_eq!(header("strict-transport-security"), "max-age=31536000");
        assert_eq!(header("cross-origin-opener-policy"), "same-origin");
        let permissions = header("permissions-policy");
        assert!(permissions.contains("microphone=(self)"));
        assert_eq!(permissions.matches("(self)").count(), 1, "{permissions}");
        let policy = header("content-security-policy");
        for rule in [
            "default-src 'none'",
            "script-src 'self';",
            "style-src 'self';",
            "media-src 'self' blob:",
            "worker-src 'self' blob:",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        ] {
            assert!(policy.contains(rule), "{rule} is not in {policy}");
        }
        let socket = house.relay.url().replacen("https", "wss", 1);
        assert!(policy.contains("connect-src 'self' ") && policy.contains(&socket));
        assert!(!policy.contains("unsafe"));
    }
    let text = |path: &'static str| async {
        house
            .dial
            .request("GET", path)
            .send()
            .await
            .unwrap()
            .text()
            .await
            .unwrap()
    };
    assert_eq!(text("/").await, "<p>page</p>");
    assert_eq!(text("/j/1234").await, "<p>page</p>");
    assert_eq!(text("/assets/../relay.log").await, "");
    let script = house
        .dial
        .request("GET", "/assets/a.js")
        .header("accept-encoding", "gzip");
    let script = script.send().await.unwrap();
    assert_eq!(script.headers()["content-encoding"], "gzip");
    assert!(
        script.headers()["cache-control"]
            .to_str()
            .unwrap()
            .contains("immutable")
    );
    assert_eq!(
        script.headers()["content-type"],
        "text/javascript; charset=utf-8"
    );
}

#[tokio::test]
async fn a_frame_that_cannot_be_read_or_is_too_long_ends_the_socket() {
    let house = house::open().await;
    let workstation = house.host(1).await;
    let long = "x".repeat(limits::FRAME + 1);
    for (said, code) in [
        (Message::text("{}"), close::UNREADABLE),
        (
            Message::text("{\"t\":\"subscribe\",\"stream\":1,\"after\":0}"),
            close::UNREADABLE,
        ),
        (
            Message::text(
                "{\"t\":\"unsubscribe\",\"stream\":\"00000000-0000-0000-0000-000000000000\",\"x\":1}",
            ),
            close::UNREADABLE,
        ),
        (Message::binary(vec![1, 2]), close::UNREADABLE),
        (Message::text(long), close::TOO_BIG),
    ] {
        let mut client = house.dial.host(&workstation).await;
        client.say_raw(said).await.unwrap();
        assert_eq!(client.end().await, Some(code));
    }
    let mut unknown = house.dial.socket().await.unwrap();
    unknown.say_raw(Message::text("hello")).await.unwrap();
    assert_eq!(unknown.end().await, Some(close::UNREADABLE));
}

#[tokio::test]
async fn an_envelope_beyond_its_size_is_refused_and_the_socket_lives_on() {
    let house = house::open().await;
    let mut pair = house.pair().await;
    let stream = pair.knocked.stream;
    pair.guest
        .push(stream, Uuid::new_v4(), &vec![0; limits::ENVELOPE + 1])
        .await;
    assert_eq!(pair.guest.refusal().await, Refusal::TooLarge);
    assert_eq!(
        pair.guest
            .append(stream, Uuid::new_v4(), &vec![0; limits::ENVELOPE])
            .await,
        1
    );
}

#[tokio::test]
async fn a_flood_of_envelopes_is_told_to_wait_and_what_waits_gets_through() {
    let house = house::open_with(|config| config.limits.guest_appends_per_second = 5).await;
    let mut pair = house.pair().await;
    let stream = pair.knocked.stream;
    for _ in 0..60 {
        pair.guest.push(stream, Uuid::new_v4(), b"x").await;
    }
    let wait = pair.guest.until(|heard| match heard {
        protocol::FromRelay::Refused {
            why: Refusal::TooMany,
            retry_ms,
            ..
        } => *retry_ms,
        _ => None,
    });
    let wait = wait.await;
    assert!((1..=1000).contains(&wait), "{wait}");
    // The rest of the flood has been answered when this is stored.
    tokio::time::sleep(Duration::from_millis(wait + 100)).await;
    assert!(pair.guest.append(stream, Uuid::new_v4(), b"later").await > 50);
}

#[tokio::test]
async fn one_token_has_so_many_sockets_and_one_address_so_many_connections() {
    let house = house::open_with(|config| {
        config.limits.sockets_per_host = 2;
        config.limits.connections_per_address = 6;
    })
    .await;
    let workstation = house.host(1).await;
    let _two = [
        house.dial.host(&workstation).await,
        house.dial.host(&workstation).await,
    ];
    let (mut third, heard) = house.dial.hello(&workstation.token()).await;
    let code = match heard {
        relay::testing::Heard::End(code) => code,
        relay::testing::Heard::Frame(_) => third.end().await,
    };
    assert_eq!(code, Some(close::CROWDED));
    drop(third);
    let mut open = Vec::new();
    while let Ok(socket) = house.dial.socket().await {
        open.push(socket);
        assert!(open.len() < 6, "no end of connections");
    }
}

#[tokio::test]
async fn who_says_nothing_is_not_waited_for() {
    let house = house::open().await;
    let mut silent = house.dial.socket().await.unwrap();
    let mut half = TcpStream::connect(house.relay.address()).await.unwrap();
    half.write_all(b"GET /health HTTP/1.1\r\nHost:")
        .await
        .unwrap();
    let began = Instant::now();
    let mut rest = Vec::new();
    let (code, _) = tokio::join!(silent.end(), half.read_to_end(&mut rest));
    assert_eq!(code, Some(close::SILENT));
    assert!(began.elapsed() < Duration::from_secs(20));
}

#[tokio::test]
async fn health_is_told_and_figures_hold_nobodys_name() {
    let house = house::open().await;
    let mut pair = house.pair().await;
    pair.guest
        .append(pair.knocked.stream, Uuid::new_v4(), b"x")
        .await;
    let health: Health = house
        .dial
        .request("GET", "/health")
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(
        (health.status.as_str(), health.relay),
        ("ok", house.relay.relay_id())
    );
    let text = house
        .dial
        .request("GET", "/metrics")
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    for figure in [
        "medibridge_relay_stored_total 2",
        "medibridge_relay_sockets 2",
        "commit_seconds_bucket",
    ] {
        assert!(text.contains(figure), "{figure} is not in {text}");
    }
    assert!(!text.contains(&pair.knocked.stream.to_string()));
}

#[tokio::test]
async fn plain_http_is_for_loopback_alone() {
    let data = tempfile::tempdir().unwrap();
    let mut config = relay::Config::new(data.path());
    config.listen = "0.0.0.0:0".parse().unwrap();
    assert!(matches!(
        relay::start(config).await,
        Err(RelayError::PlainHttp(_))
    ));
}
