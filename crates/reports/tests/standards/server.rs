//! Posting to a FHIR server: one that works (`tests/peers/fhir_server.py`) and ones that fail in every way.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpListener,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use basics::{Language, Secret};
use reports::{
    Error, State,
    fhir::{Attached, Failure, FhirServer, post, transaction},
};
use serde_json::Value;

use crate::{Case, has, python, root};

const WAIT: Duration = Duration::from_secs(5);

struct Working {
    child: Child,
    base: String,
}

impl Working {
    fn start() -> Option<Self> {
        if !has(python().to_str().unwrap()) {
            return None;
        }
        let mut child = Command::new(python())
            .arg(root().join("tests/peers/fhir_server.py"))
            .arg("the token")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut port = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut port)
            .unwrap();
        let base = format!("http://127.0.0.1:{}/fhir", port.trim());
        Some(Self { child, base })
    }

    fn client(&self, token: &str) -> FhirServer {
        FhirServer::new(&self.base, Some(&Secret::new(token.into())), WAIT).unwrap()
    }

    /// How many resources of a type there are, and the first.
    async fn all(&self, kind: &str) -> Vec<Value> {
        let url = format!("{}/{kind}", self.base);
        let answer = reqwest::Client::new()
            .get(url)
            .bearer_auth("the token")
            .send()
            .await
            .unwrap();
        let bundle: Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
        let entries = bundle["entry"].as_array().unwrap();
        entries
            .iter()
            .map(|entry| entry["resource"].clone())
            .collect()
    }
}

impl Drop for Working {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test]
async fn posting_twice_makes_nothing_twice_and_a_correction_changes_the_report() {
    let Some(server) = Working::start() else {
        return;
    };
    let client = server.client("the token");
    let capability = client.check().await.unwrap();
    assert_eq!(
        (capability.version.as_str(), capability.transactions),
        ("4.0.1", true)
    );

    let case = Case::new(Language::En, "chest-rsna.dcm");
    let attached = Attached {
        pdf: Some(b"%PDF-2.0 sealed"),
        signed: None,
    };
    let bundle = transaction(&case.document, &attached).unwrap();
    let sent = bundle["entry"].as_array().unwrap().len();
    let first = post(&client, &bundle).await.unwrap();
    assert_eq!((first.created, first.known), (sent, 0));
    assert!(first.report.unwrap().contains("DiagnosticReport/"));
    let second = post(&client, &bundle).await.unwrap();
    assert_eq!((second.created, second.known), (0, sent));

    let amended = case.becomes(State::Amended);
    let bundle = transaction(&amended.document, &attached).unwrap();
    post(&client, &bundle).await.unwrap();
    let reports = server.all("DiagnosticReport").await;
    assert_eq!(reports.len(), 1);
    assert_eq!(reports[0]["status"], "amended");
    assert!(
        reports[0]["subject"]["reference"]
            .as_str()
            .unwrap()
            .starts_with("Patient/")
    );
    assert_eq!(server.all("Patient").await.len(), 1);
    assert_eq!(
        server.all("DocumentReference").await.len(),
        2,
        "each revision has its own file"
    );
    assert_eq!(server.all("Provenance").await.len(), 2);
}

#[tokio::test]
async fn a_wrong_token_is_told() {
    let Some(server) = Working::start() else {
        return;
    };
    let case = Case::new(Language::En, "chest-rsna.dcm");
    let bundle = transaction(&case.document, &Attached::default()).unwrap();
    let refused = failure(post(&server.client("another"), &bundle).await);
    assert_eq!(refused, Failure::TokenRefused { status: 401 });
}

fn failure<T: std::fmt::Debug>(outcome: Result<T, Error>) -> Failure {
    match outcome {
        Err(Error::Fhir(failure)) => failure,
        other => panic!("{other:?}"),
    }
}

/// A server that answers every request with these bytes and hangs up.
fn answering(answer: Vec<u8>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}/fhir", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            stream
                .set_read_timeout(Some(Duration::from_millis(200)))
                .unwrap();
            let mut request = [0; 1 << 16];
            while stream.read(&mut request).is_ok_and(|read| read > 0) {}
            let _ = stream.write_all(&answer);
        }
    });
    base
}

fn http(status: &str, body: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 {status} x\r\ncontent-type: application/fhir+json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

#[tokio::test]
async fn every_failure_has_its_name() {
    let outcome = r#"{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"required",
        "diagnostics":"Patient Silva needs a name","expression":["Bundle.entry[0].resource.name"]}]}"#;
    let half = b"HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n{\"resourceType\":".to_vec();
    let response = r#"{"resourceType":"Bundle","type":"transaction-response","entry":[]}"#;
    let bundle = serde_json::json!({"resourceType": "Bundle", "type": "transaction",
        "entry": [{"resource": {"resourceType": "Patient"}}]});
    type Expected = fn(&Failure) -> bool;
    let cases: Vec<(&str, Vec<u8>, Expected)> = vec![
        ("401", http("401", ""), |f| {
            *f == Failure::TokenRefused { status: 401 }
        }),
        ("404", http("404", "<html>"), |f| {
            *f == Failure::NotThere { status: 404 }
        }),
        ("302", http("302", ""), |f| {
            *f == Failure::NotThere { status: 302 }
        }),
        ("422", http("422", outcome), |f| {
            matches!(f, Failure::Refused { status: 422, issues } if issues[0].code == "required"
                && issues[0].text.expose() == "Patient Silva needs a name")
        }),
        ("500", http("500", outcome), |f| {
            matches!(f, Failure::Trouble { status: 500, .. })
        }),
        ("html", http("200", "<html>"), |f| *f == Failure::NotFhir),
        ("fewer answers", http("200", response), |f| {
            *f == Failure::NotFhir
        }),
        ("cut", half, |f| *f == Failure::Cut),
        ("silent", Vec::new(), |f| *f == Failure::Cut),
    ];
    for (what, answer, expected) in cases {
        let server = FhirServer::new(&answering(answer), None, WAIT).unwrap();
        let failure = failure(post(&server, &bundle).await);
        assert!(expected(&failure), "{what}: {failure:?}");
        assert!(!format!("{failure} {failure:?}").contains("Silva"));
    }
}

#[tokio::test]
async fn who_is_slow_or_not_there_is_told_apart() {
    let bundle = serde_json::json!({"entry": []});
    let slow = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", slow.local_addr().unwrap());
    let server = FhirServer::new(&base, None, Duration::from_secs(1)).unwrap();
    assert_eq!(failure(post(&server, &bundle).await), Failure::TimedOut);
    drop(slow);
    assert_eq!(failure(post(&server, &bundle).await), Failure::Unreachable);
}

#[tokio::test]
async fn another_version_and_another_program_are_told() {
    let r5 = r#"{"resourceType":"CapabilityStatement","fhirVersion":"5.0.0"}"#;
    let server = FhirServer::new(&answering(http("200", r5)), None, WAIT).unwrap();
    assert_eq!(failure(server.check().await), Failure::OtherVersion);
    let server = FhirServer::new(&answering(http("200", "{}")), None, WAIT).unwrap();
    assert_eq!(failure(server.check().await), Failure::NotFhir);
}
