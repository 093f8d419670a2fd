//! Why a server did not take a report. The server's own words may repeat a person's data: they are shown
//! to whoever sent the report, and never logged.

use std::collections::BTreeMap;

use basics::{Code, Coded, Phi};
use serde::Deserialize;

/// Why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Failure {
    /// The address is no `https://` address (`http://` on this machine alone), or the token has
    /// characters that no token has.
    #[error("the FHIR server's {field} cannot be used")]
    Settings {
        /// `base_url`, `token` or `timeout_s`.
        field: &'static str,
    },
    /// No connection.
    #[error("the FHIR server cannot be reached")]
    Unreachable,
    /// Its certificate is not trusted here.
    #[error("the FHIR server's certificate is not trusted")]
    Certificate,
    /// No answer in time. Whether it took the report is not known.
    #[error("the FHIR server did not answer in time")]
    TimedOut,
    /// The connection broke before the answer was whole. Whether it took the report is not known.
    #[error("the connection to the FHIR server was cut")]
    Cut,
    /// It wants another token, or this one may not write (HTTP 401, 403).
    #[error("the FHIR server refuses the token (HTTP {status})")]
    TokenRefused {
        /// What it answered.
        status: u16,
    },
    /// There is no FHIR server at this address (HTTP 3xx, 404, 405, 410).
    #[error("no FHIR server at this address (HTTP {status})")]
    NotThere {
        /// What it answered.
        status: u16,
    },
    /// It does not take the report (any other HTTP 4xx): trying again does not help.
    #[error("the FHIR server does not take the report (HTTP {status})")]
    Refused {
        /// What it answered.
        status: u16,
        /// Why, in its own words.
        issues: Vec<Issue>,
    },
    /// It is overloaded or broken (HTTP 429, 5xx).
    #[error("the FHIR server is in trouble (HTTP {status})")]
    Trouble {
        /// What it answered.
        status: u16,
        /// Why, in its own words.
        issues: Vec<Issue>,
    },
    /// It answered with success, but not in FHIR.
    #[error("the answer is not FHIR")]
    NotFhir,
    /// It speaks another version than R4.
    #[error("the server does not speak FHIR R4")]
    OtherVersion,
}

/// One issue of an OperationOutcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// `fatal`, `error`, `warning` or `information`.
    pub severity: String,
    /// Of the value set issue-type, e.g. `business-rule`.
    pub code: String,
    /// The server's words: details, else diagnostics.
    pub text: Phi<String>,
    /// Where in the bundle: the first FHIRPath expression.
    pub place: String,
}

impl Failure {
    /// What the server said; empty where it said nothing.
    pub fn issues(&self) -> &[Issue] {
        match self {
            Self::Refused { issues, .. } | Self::Trouble { issues, .. } => issues,
            _ => &[],
        }
    }

    /// Whether it may pass by itself. Posting again makes nothing twice.
    pub fn may_pass(&self) -> bool {
        matches!(
            self,
            Self::Unreachable | Self::TimedOut | Self::Cut | Self::Trouble { .. }
        )
    }

    /// What an answer without success means.
    pub(super) fn of(status: u16, body: &[u8]) -> Self {
        match status {
            401 | 403 => Self::TokenRefused { status },
            300..=399 | 404 | 405 | 410 if issues(body).is_empty() => Self::NotThere { status },
            408 | 425 | 429 | 500.. => Self::Trouble {
                status,
                issues: issues(body),
            },
            _ => Self::Refused {
                status,
                issues: issues(body),
            },
        }
    }
}

/// The issues of an OperationOutcome, the gravest first; none of anything else.
pub(super) fn issues(body: &[u8]) -> Vec<Issue> {
    #[derive(Deserialize)]
    struct Outcome {
        #[serde(rename = "resourceType")]
        kind: String,
        #[serde(default)]
        issue: Vec<Told>,
    }
    #[derive(Deserialize)]
    struct Told {
        #[serde(default)]
        severity: String,
        #[serde(default)]
        code: String,
        #[serde(default)]
        details: Details,
        #[serde(default)]
        diagnostics: String,
        #[serde(default)]
        expression: Vec<String>,
    }
    #[derive(Default, Deserialize)]
    struct Details {
        #[serde(default)]
        text: String,
    }
    let Ok(outcome) = serde_json::from_slice::<Outcome>(body) else {
        return Vec::new();
    };
    if outcome.kind != "OperationOutcome" {
        return Vec::new();
    }
    let mut issues: Vec<Issue> = outcome
        .issue
        .into_iter()
        .map(|told| Issue {
            severity: plain(&told.severity, 16),
            code: plain(&told.code, 32),
            text: Phi::new(match told.details.text.is_empty() {
                false => told.details.text,
                true => told.diagnostics,
            }),
            place: plain(told.expression.first().map_or("", |place| place), 120),
        })
        .collect();
    issues.sort_by_key(|issue| {
        let order = ["fatal", "error", "warning", "information"];
        order.iter().position(|known| *known == issue.severity)
    });
    issues
}

/// Codes and FHIRPath alone: these go into a sentence that may be logged.
fn plain(text: &str, length: usize) -> String {
    let known = |c: &char| c.is_ascii_alphanumeric() || "-._[]()".contains(*c);
    text.chars().filter(known).take(length).collect()
}

impl Coded for Failure {
    fn code(&self) -> Code {
        match self {
            Self::Settings { .. } => Code::Invalid,
            _ => Code::EngineUnavailable,
        }
    }

    fn message_id(&self) -> &'static str {
        match self {
            Self::Settings { .. } => "fhir-settings",
            Self::Unreachable => "fhir-unreachable",
            Self::Certificate => "fhir-certificate",
            Self::TimedOut => "fhir-timed-out",
            Self::Cut => "fhir-cut",
            Self::TokenRefused { .. } => "fhir-token-refused",
            Self::NotThere { .. } => "fhir-not-there",
            Self::Refused { .. } => "fhir-refused",
            Self::Trouble { .. } => "fhir-trouble",
            Self::NotFhir => "fhir-not-fhir",
            Self::OtherVersion => "fhir-other-version",
        }
    }

    fn args(&self) -> BTreeMap<&'static str, String> {
        let mut args = BTreeMap::new();
        match self {
            Self::Settings { field } => _ = args.insert("field", (*field).into()),
            Self::TokenRefused { status } | Self::NotThere { status } => {
                args.insert("status", status.to_string());
            }
            Self::Refused { status, issues } | Self::Trouble { status, issues } => {
                args.insert("status", status.to_string());
                let said = issues.first().map(|issue| match issue.place.is_empty() {
                    true => issue.code.clone(),
                    false => format!("{} ({})", issue.code, issue.place),
                });
                args.insert("why", said.unwrap_or_else(|| "-".into()));
            }
            _ => {}
        }
        args
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outcome_is_told_and_only_codes_reach_the_sentence() {
        let body = br#"{"resourceType":"OperationOutcome","issue":[
            {"severity":"warning","code":"informational","diagnostics":"hm"},
            {"severity":"error","code":"business-rule","details":{"text":"Maria Silva has no <b>"},
             "expression":["Bundle.entry[0].resource"]}]}"#;
        let failure = Failure::of(422, body);
        assert_eq!(failure.issues()[0].text.expose(), "Maria Silva has no <b>");
        assert_eq!(
            failure.args()["why"],
            "business-rule (Bundle.entry[0].resource)"
        );
        let printed = format!("{failure} {failure:?} {:?}", failure.args());
        assert!(!printed.contains("Maria"), "{printed}");
    }

    #[test]
    fn answers_get_their_names() {
        assert_eq!(Failure::of(401, b""), Failure::TokenRefused { status: 401 });
        assert_eq!(
            Failure::of(404, b"<html>"),
            Failure::NotThere { status: 404 }
        );
        assert!(matches!(Failure::of(500, b"{}"), Failure::Trouble { .. }));
        assert!(matches!(Failure::of(412, b"{}"), Failure::Refused { .. }));
        assert!(Failure::of(503, b"").may_pass() && !Failure::of(422, b"").may_pass());
    }
}
