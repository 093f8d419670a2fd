//! A FHIR server: what it is, and posting a bundle to it.

use std::{error::Error as _, net::IpAddr, time::Duration};

use basics::Secret;
use reqwest::{
    Client, RequestBuilder, Response, Url,
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue},
    redirect::Policy,
};
use serde::Deserialize;
use serde_json::Value;

use super::Failure;
use crate::Result;

const FHIR: &str = "application/fhir+json";
/// An answer is never longer: 16 MiB.
const LONGEST: usize = 16 << 20;

/// Where a clinic's FHIR server is.
#[derive(Clone)]
pub struct FhirServer {
    client: Client,
    base: Url,
}

/// What a server says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capability {
    /// Its name, where it says one.
    pub software: Option<String>,
    /// E.g. `4.0.1`.
    pub version: String,
    /// Whether it says that it takes transactions.
    pub transactions: bool,
}

/// What became of a posted bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posted {
    /// Resources that are new there.
    pub created: usize,
    /// Resources that were there: brought up to date, or left as they were.
    pub known: usize,
    /// Where the report is now, relative to the base.
    pub report: Option<String>,
}

impl FhirServer {
    /// Sends nothing yet. `base_url` is what stands before `/Patient`, e.g. `https://fhir.clinic/r4`.
    /// Plain `http` only on this machine: a report does not cross a network in the clear.
    ///
    /// # Errors
    /// [`Failure::Settings`] naming what cannot be used.
    pub fn new(base_url: &str, token: Option<&Secret<String>>, timeout: Duration) -> Result<Self> {
        let base = address(base_url)?;
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static(FHIR));
        if let Some(token) = token {
            let refused = |_| Failure::Settings { field: "token" };
            let mut value = HeaderValue::from_str(&format!("Bearer {}", token.expose().trim()))
                .map_err(refused)?;
            value.set_sensitive(true);
            headers.insert(AUTHORIZATION, value);
        }
        if !(1..=600).contains(&timeout.as_secs()) {
            return Err(Failure::Settings { field: "timeout_s" }.into());
        }
        // A redirect would carry the report to somewhere nobody chose.
        let builder = Client::builder()
            .default_headers(headers)
            .redirect(Policy::none())
            .timeout(timeout);
        let builder = match is_this_machine(&base) {
            true => builder.no_proxy(),
            false => builder,
        };
        let client = builder.build().map_err(|_| Failure::Unreachable)?;
        Ok(Self { client, base })
    }

    /// Asks the server what it is (`GET [base]/metadata`).
    ///
    /// # Errors
    /// [`Failure::OtherVersion`] where it does not speak R4; else as [`post`].
    pub async fn check(&self) -> Result<Capability> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Statement {
            resource_type: String,
            fhir_version: String,
            #[serde(default)]
            software: Option<Software>,
            #[serde(default)]
            rest: Vec<Rest>,
        }
        #[derive(Deserialize)]
        struct Software {
            name: String,
        }
        #[derive(Deserialize)]
        struct Rest {
            #[serde(default)]
            interaction: Vec<Interaction>,
        }
        #[derive(Deserialize)]
        struct Interaction {
            code: String,
        }
        let mut url = self.base.clone();
        url.set_path(&format!("{}/metadata", url.path().trim_end_matches('/')));
        let body = answered(self.client.get(url)).await?;
        let statement: Statement = serde_json::from_slice(&body).map_err(|_| Failure::NotFhir)?;
        if statement.resource_type != "CapabilityStatement" {
            return Err(Failure::NotFhir.into());
        }
        if !statement.fhir_version.starts_with("4.0") {
            return Err(Failure::OtherVersion.into());
        }
        let mut interactions = statement.rest.iter().flat_map(|rest| &rest.interaction);
        Ok(Capability {
            software: statement.software.map(|software| software.name),
            version: statement.fhir_version,
            transactions: interactions.any(|interaction| interaction.code == "transaction"),
        })
    }
}

/// Posts a [`transaction`](super::transaction). After [`Failure::TimedOut`] and [`Failure::Cut`] nobody
/// knows whether the server took it; posting again makes nothing twice.
///
/// # Errors
/// [`crate::Error::Fhir`] with the [`Failure`].
pub async fn post(server: &FhirServer, bundle: &Value) -> Result<Posted> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Answer {
        resource_type: String,
        #[serde(rename = "type")]
        kind: String,
        #[serde(default)]
        entry: Vec<Entry>,
    }
    #[derive(Deserialize)]
    struct Entry {
        response: Told,
    }
    #[derive(Deserialize)]
    struct Told {
        status: String,
        #[serde(default)]
        location: Option<String>,
        #[serde(default)]
        outcome: Option<Value>,
    }
    let request = server
        .client
        .post(server.base.clone())
        .header(CONTENT_TYPE, FHIR)
        .json(bundle);
    let body = answered(request).await?;
    let answer: Answer = serde_json::from_slice(&body).map_err(|_| Failure::NotFhir)?;
    let sent = bundle["entry"].as_array().map_or(0, Vec::len);
    if answer.resource_type != "Bundle"
        || !answer.kind.ends_with("-response")
        || answer.entry.len() != sent
    {
        return Err(Failure::NotFhir.into());
    }
    let mut posted = Posted {
        created: 0,
        known: 0,
        report: None,
    };
    for told in answer.entry.into_iter().map(|entry| entry.response) {
        let code = told.status.get(..3).and_then(|code| code.parse().ok());
        match code {
            Some(201) => posted.created += 1,
            Some(200 | 204 | 304) => posted.known += 1,
            code => {
                let outcome = told.outcome.map(|outcome| outcome.to_string());
                let outcome = outcome.unwrap_or_default();
                return Err(Failure::of(code.unwrap_or(500), outcome.as_bytes()).into());
            }
        }
        if let Some(place) = told
            .location
            .filter(|place| place.contains("DiagnosticReport/"))
        {
            posted.report = Some(place);
        }
    }
    Ok(posted)
}

/// The body of an answer that says success.
async fn answered(request: RequestBuilder) -> Result<Vec<u8>, Failure> {
    let response = request.send().await.map_err(|error| of_transport(&error))?;
    let status = response.status();
    let body = read(response).await?;
    match status.is_success() {
        true => Ok(body),
        false => Err(Failure::of(status.as_u16(), &body)),
    }
}

async fn read(mut response: Response) -> Result<Vec<u8>, Failure> {
    let mut body = Vec::new();
    while let Some(chunk) = response
        .chunk()
        .await
        .map_err(|error| of_transport(&error))?
    {
        body.extend_from_slice(&chunk);
        if body.len() > LONGEST {
            return Err(Failure::NotFhir);
        }
    }
    Ok(body)
}

fn of_transport(error: &reqwest::Error) -> Failure {
    if error.is_timeout() {
        return Failure::TimedOut;
    }
    if !error.is_connect() {
        return Failure::Cut;
    }
    let mut source = error.source();
    while let Some(cause) = source {
        // The libraries below have no type for it in common.
        if cause.to_string().to_lowercase().contains("certificate") {
            return Failure::Certificate;
        }
        source = cause.source();
    }
    Failure::Unreachable
}

fn address(text: &str) -> Result<Url, Failure> {
    let refused = Failure::Settings { field: "base_url" };
    let mut url = Url::parse(text.trim()).map_err(|_| refused.clone())?;
    let secure = match url.scheme() {
        "https" => true,
        "http" => is_this_machine(&url),
        _ => false,
    };
    let plain = url.username().is_empty() && url.password().is_none() && url.query().is_none();
    if !secure || !plain || !url.has_host() {
        return Err(refused);
    }
    url.set_fragment(None);
    let path = url.path().trim_end_matches('/').to_owned();
    url.set_path(&path);
    Ok(url)
}

fn is_this_machine(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let host = host.trim_matches(['[', ']']);
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_this_machine_alone() {
        for good in [
            "https://fhir.clinic/r4/",
            "http://127.0.0.1:80",
            "http://[::1]:8080/fhir",
        ] {
            assert!(address(good).is_ok(), "{good}");
        }
        for bad in [
            "http://fhir.clinic/r4",
            "http://localhost.evil/",
            "https://user:word@fhir.clinic",
            "https://fhir.clinic/?a=b",
            "ftp://fhir.clinic",
            "fhir.clinic",
            "",
        ] {
            assert_eq!(
                address(bad),
                Err(Failure::Settings { field: "base_url" }),
                "{bad}"
            );
        }
    }
}
