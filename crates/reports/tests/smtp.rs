//! E-mail against a real mail server (aiosmtpd, `tests/peers/smtp_server.py`): what arrives, and what is
//! said where something does not.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    thread,
    time::Duration,
};

use basics::{Language, Phi, Secret};
use reports::delivery::{
    Channel, Failure, Outcome, Parcel, Problem, Security, Smtp, SmtpSettings, Step,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

/// A mail server of the test's own.
struct Server {
    child: Child,
    port: u16,
    folder: TempDir,
}

impl Server {
    /// None on a developer's machine where `cargo xtask setup` has not made the Python environment.
    fn start(arguments: &[&str]) -> Option<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let python = root.join("tests/peers/.venv/bin/python");
        if !python.exists() {
            assert!(std::env::var_os("CI").is_none(), "no Python environment");
            println!(
                "not run: the mail server's Python environment is missing (cargo xtask setup)"
            );
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        let mut child = Command::new(python)
            .arg(root.join("tests/peers/smtp_server.py"))
            .arg(folder.path())
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut port = String::new();
        let mut told = BufReader::new(child.stdout.take().unwrap());
        told.read_line(&mut port).unwrap();
        Some(Self {
            child,
            port: port.trim().parse().unwrap(),
            folder,
        })
    }

    fn orders(&self, orders: &Value) {
        fs::write(self.folder.path().join("orders.json"), orders.to_string()).unwrap();
    }

    fn accepted(&self) -> Vec<Value> {
        let log = fs::read_to_string(self.folder.path().join("log.jsonl")).unwrap_or_default();
        log.lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap())
            .filter(|line| line["accepted"].is_string())
            .collect()
    }

    fn eml(&self, message: &Value) -> PathBuf {
        self.folder.path().join(message["file"].as_str().unwrap())
    }

    fn settings(&self, security: Security) -> SmtpSettings {
        SmtpSettings {
            host: "localhost".into(),
            port: self.port,
            security,
            account: match security {
                Security::None => None,
                _ => Some(("clinic".into(), Secret::new("correct horse".into()))),
            },
            from: "reports@clinic.example".into(),
            name: "Clínica do Vale".into(),
            reply_to: None,
        }
    }

    fn smtp(&self, settings: SmtpSettings) -> Smtp {
        let authority = fs::read(self.folder.path().join("authority.pem")).unwrap();
        Smtp::new(settings).in_a_test(Some(&authority), Duration::from_secs(5))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn parcel(language: Language) -> Parcel {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    // Bytes that a careless encoder would harm: line ends, dots at a line's start, no final line end.
    let sealed: Vec<u8> = b"%PDF-2.0\r\n.\r\n..\n\r\0\xff"
        .iter()
        .copied()
        .cycle()
        .take(200_003)
        .collect();
    Parcel::of_report(
        format!("message-{number}@clinic.example"),
        "2026-11-21T14:00:00Z".parse().unwrap(),
        Phi::new("marta@patient.example".into()),
        language,
        "Clínica do Vale",
        "R-000123",
        sealed,
    )
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn send(smtp: &Smtp, parcel: &Parcel) -> Outcome {
    smtp.send(parcel, &|| true).await
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn check(smtp: &Smtp) -> Result<(), Failure> {
    smtp.check().await
}

fn problem(outcome: &Outcome) -> Option<Problem> {
    match outcome {
        Outcome::Delivered { .. } | Outcome::Stopped => None,
        Outcome::Refused(failure) | Outcome::TryAgain(failure) | Outcome::Uncertain(failure) => {
            Some(failure.problem)
        }
    }
}

fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

#[test]
fn every_language_arrives_as_it_was_written() {
    let Some(server) = Server::start(&[]) else {
        return;
    };
    let smtp = server.smtp(server.settings(Security::StartTls));
    for language in Language::ALL {
        let parcel = parcel(language);
        let outcome = send(&smtp, &parcel);
        assert!(matches!(outcome, Outcome::Delivered { .. }), "{outcome:?}");
        let message = server.accepted().pop().unwrap();
        assert_eq!(message["accepted"], format!("<{}>", parcel.message_id));
        assert_eq!(message["to"], json!(["marta@patient.example"]));
        assert_eq!(message["from"], "reports@clinic.example");
        assert_eq!(
            message["sha256"],
            json!([sha256(parcel.attachment.expose())])
        );
        assert_eq!(message["names"], json!([parcel.file_name]));
        assert_eq!(message["subject"], parcel.subject);
        let text = message["text"].as_str().unwrap().replace("\r\n", "\n");
        assert_eq!(text.trim_end(), parcel.text, "{language:?}");
        assert_eq!(message["language"], language.tag());
        assert_eq!(message["defects"], json!([]));
        assert_eq!(
            (&message["encrypted"], &message["account"]),
            (&json!(true), &json!("clinic"))
        );
        // On the way everything is ASCII, whatever the language.
        assert!(fs::read(server.eml(&message)).unwrap().is_ascii());
    }
}

#[test]
fn a_second_try_is_the_same_message() {
    let Some(server) = Server::start(&[]) else {
        return;
    };
    let smtp = server.smtp(server.settings(Security::StartTls));
    let parcel = parcel(Language::Ar);
    server.orders(&json!({ "drop": 1.0, "places": ["answer"] }));
    assert_eq!(problem(&send(&smtp, &parcel)), Some(Problem::AnswerLost));
    server.orders(&json!({}));
    assert!(matches!(send(&smtp, &parcel), Outcome::Delivered { .. }));
    let accepted = server.accepted();
    assert_eq!(accepted.len(), 2);
    assert_eq!(accepted[0]["message"], accepted[1]["message"]);
}

#[test]
fn tls_from_the_first_byte_and_none_to_this_machine() {
    let Some(server) = Server::start(&["--implicit"]) else {
        return;
    };
    let smtp = server.smtp(server.settings(Security::Tls));
    let outcome = send(&smtp, &parcel(Language::En));
    assert!(matches!(outcome, Outcome::Delivered { .. }), "{outcome:?}");
    let Some(server) = Server::start(&["--plain"]) else {
        return;
    };
    let smtp = server.smtp(server.settings(Security::None));
    let outcome = send(&smtp, &parcel(Language::En));
    assert!(matches!(outcome, Outcome::Delivered { .. }), "{outcome:?}");
    // Nothing goes to another machine in the open, and no STARTTLS is no way round it.
    let mut elsewhere = server.settings(Security::None);
    elsewhere.host = "mail.example".into();
    let told = check(&server.smtp(elsewhere)).unwrap_err();
    assert_eq!(told.problem, Problem::PlainElsewhere);
    let told = check(&server.smtp(server.settings(Security::StartTls))).unwrap_err();
    assert_eq!(told.problem, Problem::NoStartTls);
}

#[test]
fn what_breaks_before_the_dot_delivers_nothing_and_behind_it_is_uncertain() {
    let Some(server) = Server::start(&[]) else {
        return;
    };
    let smtp = server.smtp(server.settings(Security::StartTls));
    let cases = [
        ("greeting", Step::Connection),
        ("ehlo", Step::Certificate),
        ("auth", Step::Password),
        ("mail", Step::Sender),
        ("rcpt", Step::Recipient),
        ("data", Step::Content),
    ];
    for (place, step) in cases {
        server.orders(&json!({ "drop": 1.0, "places": [place] }));
        let outcome = send(&smtp, &parcel(Language::En));
        let Outcome::TryAgain(failure) = &outcome else {
            panic!("{place}: {outcome:?}");
        };
        assert_eq!(failure.problem, Problem::Broken(step), "{place}");
        assert!(server.accepted().is_empty(), "{place}");
    }
    // A short body may lie in the socket with its dot before the break is heard of: then nobody knows.
    server.orders(&json!({ "drop": 1.0, "places": ["body"] }));
    let outcome = send(&smtp, &parcel(Language::En));
    let broken = matches!(&outcome, Outcome::TryAgain(failure) if failure.problem == Problem::Broken(Step::Content));
    let unknown = outcome == Outcome::Uncertain(Problem::AnswerLost.into());
    assert!(broken || unknown, "{outcome:?}");
    assert!(server.accepted().is_empty());
    server.orders(&json!({ "drop": 1.0, "places": ["answer"] }));
    let outcome = send(&smtp, &parcel(Language::En));
    assert_eq!(outcome, Outcome::Uncertain(Problem::AnswerLost.into()));
    assert_eq!(server.accepted().len(), 1);
}

#[test]
fn a_server_that_falls_silent_is_told_by_the_step() {
    let Some(server) = Server::start(&[]) else {
        return;
    };
    let authority = fs::read(server.folder.path().join("authority.pem")).unwrap();
    let smtp = Smtp::new(server.settings(Security::StartTls))
        .in_a_test(Some(&authority), Duration::from_millis(700));
    for (place, wanted) in [
        ("greeting", Problem::TimedOut(Step::Connection)),
        ("auth", Problem::TimedOut(Step::Password)),
        ("rcpt", Problem::TimedOut(Step::Recipient)),
        ("data", Problem::TimedOut(Step::Content)),
    ] {
        server.orders(&json!({ "silent_at": place }));
        let outcome = send(&smtp, &parcel(Language::En));
        assert!(matches!(outcome, Outcome::TryAgain(_)), "{outcome:?}");
        assert_eq!(problem(&outcome), Some(wanted), "{place}");
    }
    server.orders(&json!({ "silent_at": "answer" }));
    let outcome = send(&smtp, &parcel(Language::En));
    assert_eq!(outcome, Outcome::Uncertain(Problem::AnswerLost.into()));
}

#[test]
fn certificates_are_told_as_what_is_wrong_with_them() {
    let Some(server) = Server::start(&[]) else {
        return;
    };
    let smtp = server.smtp(server.settings(Security::StartTls));
    for (certificate, wanted) in [
        ("expired", Problem::CertificateExpired),
        ("early", Problem::CertificateTooEarly),
        ("other", Problem::CertificateName),
    ] {
        server.orders(&json!({ "certificate": certificate }));
        let told = check(&smtp).unwrap_err();
        assert_eq!(told.problem, wanted);
        assert_eq!(told.problem.step(), Step::Certificate);
    }
    server.orders(&json!({}));
    assert_eq!(check(&smtp), Ok(()));
    // An authority that nobody here trusts.
    let stranger = Smtp::new(server.settings(Security::StartTls));
    let told = check(&stranger).unwrap_err();
    assert_eq!(told.problem, Problem::CertificateUnknown);
}

#[test]
fn refusals_are_told_as_what_they_are() {
    let Some(server) = Server::start(&[]) else {
        return;
    };
    let smtp = server.smtp(server.settings(Security::StartTls));
    let to = "marta@patient.example";
    let refused = [
        ("550 5.1.1 No such user", Problem::RecipientUnknown),
        ("552 5.2.2 Mailbox full", Problem::MailboxFull),
        ("550 5.7.1 Blocked", Problem::RecipientRefused),
    ];
    for (reply, wanted) in refused {
        server.orders(&json!({ "rcpt": { to: reply } }));
        let outcome = send(&smtp, &parcel(Language::En));
        let Outcome::Refused(failure) = &outcome else {
            panic!("{reply}: {outcome:?}");
        };
        assert_eq!(failure.problem, wanted);
        assert_eq!(failure.answer.as_ref().unwrap().expose(), reply);
    }
    let later = [
        ("451 4.7.1 Greylisted", Problem::Later),
        ("452 4.2.2 Mailbox full", Problem::MailboxFull),
        ("421 4.3.2 Too busy", Problem::ServerBusy(Step::Recipient)),
    ];
    for (reply, wanted) in later {
        server.orders(&json!({ "rcpt": { to: reply } }));
        let outcome = send(&smtp, &parcel(Language::En));
        assert!(
            matches!(outcome, Outcome::TryAgain(_)),
            "{reply}: {outcome:?}"
        );
        assert_eq!(problem(&outcome), Some(wanted), "{reply}");
    }
    for (reply, wanted) in [
        ("554 5.6.0 Looks like spam", Problem::ContentRefused),
        ("552 5.3.4 Too big", Problem::TooLarge),
    ] {
        server.orders(&json!({ "message": reply }));
        let outcome = send(&smtp, &parcel(Language::En));
        assert!(
            matches!(outcome, Outcome::Refused(_)),
            "{reply}: {outcome:?}"
        );
        assert_eq!(problem(&outcome), Some(wanted), "{reply}");
    }
    server.orders(&json!({ "password": "another" }));
    assert_eq!(
        problem(&send(&smtp, &parcel(Language::En))),
        Some(Problem::WrongPassword)
    );
    assert!(server.accepted().is_empty());
}

#[test]
fn nobody_there_nothing_there_no_address() {
    let closed = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let settings = |host: &str, port| SmtpSettings {
        host: host.into(),
        port,
        security: Security::StartTls,
        account: None,
        from: "reports@clinic.example".into(),
        name: String::new(),
        reply_to: None,
    };
    let smtp = |host, port| Smtp::new(settings(host, port)).in_a_test(None, Duration::from_secs(5));
    let told = |smtp: &Smtp| check(smtp).unwrap_err().problem;
    assert_eq!(told(&smtp("127.0.0.1", closed)), Problem::NoConnection);
    assert_eq!(told(&smtp("mail.invalid", 587)), Problem::HostUnknown);
    // Something else answers there.
    let web = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = web.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in web.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
            let _ = stream.read(&mut [0; 1]);
        }
    });
    assert_eq!(
        told(&smtp("127.0.0.1", port)),
        Problem::NotUnderstood(Step::Connection)
    );
    // What cannot be an address never leaves, nor does a second header.
    let smtp = smtp("127.0.0.1", closed);
    for address in [
        "marta",
        "a@b.example, c@d.example",
        "a@b.example\r\nBcc: x@y.example",
    ] {
        let mut parcel = parcel(Language::En);
        parcel.to = Phi::new(address.into());
        let outcome = send(&smtp, &parcel);
        assert_eq!(
            outcome,
            Outcome::Refused(Problem::RecipientInvalid.into()),
            "{address}"
        );
    }
}

#[tokio::test]
async fn where_the_point_of_no_return_is_refused_nothing_goes_out() {
    let Some(server) = Server::start(&[]) else {
        return;
    };
    let smtp = server.smtp(server.settings(Security::StartTls));
    let outcome = smtp.send(&parcel(Language::En), &|| false).await;
    assert_eq!(outcome, Outcome::Stopped);
    assert!(server.accepted().is_empty());
}
