//! A final report for the clinic's FHIR server: a local one that speaks the protocol, keeps what it takes, and
//! wants a token.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use acceptance::Desk;
use axum::{
    Json, Router,
    http::{HeaderMap, StatusCode},
    routing::{get, post},
};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::reports::{Case, of};

const TOKEN: &str = "token-of-the-clinic";

type Taken = Arc<Mutex<Vec<Value>>>;

/// A server at this address; nobody listens once the runtime is gone.
fn server(runtime: &Runtime, taken: Taken) -> SocketAddr {
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0"));
    let listener = listener.unwrap();
    let address = listener.local_addr().unwrap();
    let take = move |headers: HeaderMap, Json(bundle): Json<Value>| async move {
        let bearer = format!("Bearer {TOKEN}");
        if headers
            .get("authorization")
            .is_none_or(|one| one != bearer.as_str())
        {
            return (StatusCode::UNAUTHORIZED, Json(Value::Null));
        }
        let entries = bundle["entry"].as_array().unwrap().iter();
        let entries = entries.enumerate().map(|(n, entry)| {
            let kind = entry["resource"]["resourceType"].as_str().unwrap();
            json!({ "response": { "status": "201 Created", "location": format!("{kind}/{n}/_history/1") } })
        });
        let answer = json!({
            "resourceType": "Bundle", "type": "transaction-response",
            "entry": entries.collect::<Vec<_>>(),
        });
        taken.lock().unwrap().push(bundle);
        (StatusCode::OK, Json(answer))
    };
    let statement = json!({
        "resourceType": "CapabilityStatement", "fhirVersion": "4.0.1",
        "rest": [{ "mode": "server", "interaction": [{ "code": "transaction" }] }],
    });
    let router = Router::new()
        .route("/r4", post(take))
        .route("/r4/metadata", get(|| async { Json(statement) }));
    runtime.spawn(async move { axum::serve(listener, router).await });
    address
}

fn set(case: &Case, address: SocketAddr, token: &str) {
    case.clinic.sign_in("admin");
    case.clinic.ok(
        "delivery.set_fhir",
        json!({ "base_url": format!("http://{address}/r4"), "token": token }),
    );
}

#[test]
fn a_final_report_goes_to_the_fhir_server_and_whoever_cannot_take_it_is_named() {
    let case = Case::verified();
    let clinic = &case.clinic;
    let signed = case.signed();
    let refused = |message_id: &str| {
        clinic.sign_in("doctor");
        let error = clinic.error("reports.push_fhir", of(&signed));
        assert_eq!(error.message_id, message_id);
    };
    refused("report-no-fhir-server");

    let runtime = Runtime::new().unwrap();
    let taken = Taken::default();
    let address = server(&runtime, taken.clone());
    set(&case, address, "another");
    assert_eq!(clinic.ok("delivery.test_fhir", Value::Null)["ok"], true);
    refused("fhir-token-refused");
    assert!(taken.lock().unwrap().is_empty());

    set(&case, address, TOKEN);
    clinic.sign_in("doctor");
    let pushed = clinic.ok("reports.push_fhir", of(&signed));
    let bundle = taken.lock().unwrap().pop().unwrap();
    assert_eq!(bundle["type"], "transaction");
    let report = (bundle["entry"].as_array().unwrap().iter())
        .position(|entry| entry["resource"]["resourceType"] == "DiagnosticReport");
    let location = format!("DiagnosticReport/{}", report.unwrap());
    assert!(pushed["location"].as_str().unwrap().starts_with(&location));
    // It is among those who have the report, so that a correction finds it.
    let page = clinic.ok(
        "delivery.page",
        json!({ "report_id": signed["id"], "state": null, "cursor": null, "limit": 50 }),
    );
    assert_eq!(page["rows"][0]["channel"], "fhir");
    assert_eq!(page["rows"][0]["state"], "delivered");

    drop(runtime);
    refused("fhir-unreachable");
    clinic.sign_in("admin");
    let test = clinic.ok("delivery.test_fhir", Value::Null);
    assert_eq!(test["ok"], false);
    assert_eq!(test["problem"]["message_id"], "fhir-unreachable");
}
