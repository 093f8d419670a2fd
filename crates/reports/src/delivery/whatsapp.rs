//! WhatsApp through a provider that speaks the Business Cloud API: the file is uploaded, then a document
//! message names it. Off unless the clinic sets it; the provider can read what it carries, so the PDF is
//! sealed as for e-mail.
//!
//! The protocol has no key against doubles. An upload shows nothing to anybody and is done anew at each
//! try; the one request that shows something is the message. Where its answer is lost, nobody knows.

use std::time::Duration;

use basics::Secret;
use futures_util::future::BoxFuture;
use reqwest::{Client, RequestBuilder, StatusCode, multipart};
use serde::Deserialize;
use serde_json::json;

use super::{Channel, Failure, Outcome, Parcel, PointOfNoReturn, Problem, Step};

/// Where and as whom messages are sent.
#[derive(Clone, Debug)]
pub struct WhatsAppSettings {
    /// `https://graph.facebook.com/v23.0` or a provider's own; `http` only to this machine.
    pub base_url: String,
    /// Id of the clinic's sending number at the provider.
    pub sender_id: String,
    /// Key of the provider's interface.
    pub token: Secret<String>,
}

/// WhatsApp.
pub struct WhatsApp {
    settings: WhatsAppSettings,
    client: Client,
    patience: Duration,
}

/// How long a request may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// A caption holds no more characters.
const CAPTION: usize = 1024;

#[derive(Deserialize)]
struct Uploaded {
    id: String,
}

#[derive(Deserialize)]
struct Sent {
    messages: Vec<Uploaded>,
}

#[derive(Deserialize)]
struct Refusal {
    error: RefusalBody,
}

#[derive(Deserialize)]
struct RefusalBody {
    code: i64,
    #[serde(default)]
    message: String,
}

impl WhatsApp {
    /// A way through this provider; nothing is asked of it yet.
    ///
    /// # Errors
    /// [`Problem::PlainElsewhere`] for an unencrypted address of another machine,
    /// [`Problem::NoEncryption`] where this machine has no usable TLS.
    pub fn new(mut settings: WhatsAppSettings) -> Result<Self, Problem> {
        settings.base_url = settings.base_url.trim().trim_end_matches('/').to_owned();
        let url = reqwest::Url::parse(&settings.base_url).map_err(|_| Problem::HostUnknown)?;
        let here = url
            .host_str()
            .is_some_and(|host| host == "localhost" || host.starts_with("127.") || host == "[::1]");
        if url.scheme() != "https" && !(url.scheme() == "http" && here) {
            return Err(Problem::PlainElsewhere);
        }
        // A redirection would take the key along.
        let client = Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|_| Problem::NoEncryption)?;
        Ok(Self {
            settings,
            client,
            patience: PATIENCE,
        })
    }

    /// Waits no longer than this: for tests only.
    #[doc(hidden)]
    pub fn in_a_test(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    async fn deliver(&self, parcel: &Parcel, point: PointOfNoReturn<'_>) -> Outcome {
        let Some(to) = number(parcel.to.expose()) else {
            return ended(Problem::RecipientInvalid.into());
        };
        let media = match self.upload(parcel).await {
            Ok(media) => media,
            Err(failure) => return ended(failure),
        };
        if !point() {
            return Outcome::Stopped;
        }
        let caption: String = parcel.text.chars().take(CAPTION).collect();
        let message = self.post("messages").json(&json!({
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to": to,
            "type": "document",
            "document": { "id": media, "filename": parcel.file_name, "caption": caption },
            // Comes back with the provider's notices: the outbox's own name for the message.
            "biz_opaque_callback_data": parcel.message_id,
        }));
        match answer::<Sent>(message, Step::Content).await {
            Ok(sent) => Outcome::Delivered {
                answer: (sent.messages.into_iter().next())
                    .map(|message| message.id)
                    .unwrap_or_default()
                    .into(),
            },
            Err(failure) => match failure.problem {
                // It never got there.
                Problem::NoConnection | Problem::HostUnknown => ended(failure),
                Problem::TimedOut(_) | Problem::Broken(_) | Problem::NotUnderstood(_) => {
                    Outcome::Uncertain(Problem::AnswerLost.into())
                }
                // A provider in trouble may have passed the message on before it failed.
                Problem::ServerBusy(_) if !is_refusal(&failure) => Outcome::Uncertain(Failure {
                    problem: Problem::AnswerLost,
                    ..failure
                }),
                _ => ended(failure),
            },
        }
    }

    async fn upload(&self, parcel: &Parcel) -> Result<String, Failure> {
        let file = multipart::Part::bytes(parcel.attachment.expose().clone())
            .file_name(parcel.file_name.clone())
            .mime_str("application/pdf")
            .map_err(|_| Problem::ContentRefused)?;
        let form = multipart::Form::new()
            .text("messaging_product", "whatsapp")
            .text("type", "application/pdf")
            .part("file", file);
        let upload = self.post("media").multipart(form);
        Ok(answer::<Uploaded>(upload, Step::Connection).await?.id)
    }

    fn post(&self, what: &str) -> RequestBuilder {
        let WhatsAppSettings {
            base_url,
            sender_id,
            token,
        } = &self.settings;
        self.client
            .post(format!("{base_url}/{sender_id}/{what}"))
            .timeout(self.patience)
            .bearer_auth(token.expose())
    }
}

impl Channel for WhatsApp {
    fn send<'a>(
        &'a self,
        parcel: &'a Parcel,
        point: PointOfNoReturn<'a>,
    ) -> BoxFuture<'a, Outcome> {
        Box::pin(self.deliver(parcel, point))
    }

    /// Asks for the sending number itself.
    fn check(&self) -> BoxFuture<'_, Result<(), Failure>> {
        Box::pin(async {
            let WhatsAppSettings {
                base_url,
                sender_id,
                token,
            } = &self.settings;
            let asked = self.client.get(format!("{base_url}/{sender_id}?fields=id"));
            let asked = asked.timeout(self.patience).bearer_auth(token.expose());
            answer::<Uploaded>(asked, Step::Sender).await.map(drop)
        })
    }
}

/// Sends a request and reads its answer.
async fn answer<T: for<'de> Deserialize<'de>>(
    request: RequestBuilder,
    step: Step,
) -> Result<T, Failure> {
    let response = request.send().await.map_err(|error| {
        if error.is_connect() {
            Failure::from(Problem::NoConnection)
        } else if error.is_timeout() {
            Problem::TimedOut(step).into()
        } else {
            Problem::Broken(step).into()
        }
    })?;
    let status = response.status();
    let body = response.bytes().await.map_err(|_| Problem::Broken(step))?;
    if status.is_success() {
        return serde_json::from_slice(&body).map_err(|_| Problem::NotUnderstood(step).into());
    }
    let refusal: Option<Refusal> = serde_json::from_slice(&body).ok();
    let code = refusal.as_ref().map(|refusal| refusal.error.code);
    let said = match refusal {
        Some(refusal) => format!(
            "{} {}: {}",
            status.as_u16(),
            refusal.error.code,
            refusal.error.message
        ),
        None => status.as_u16().to_string(),
    };
    Err(Failure::said(meant(status, code, step), said))
}

/// By the interface's own codes ("Cloud API error codes"), else by the status.
fn meant(status: StatusCode, code: Option<i64>, step: Step) -> Problem {
    match (code, status.as_u16()) {
        (Some(0 | 190), _) | (None, 401) => Problem::TokenRefused,
        (Some(3 | 10 | 200..=299 | 131_005), _) | (None, 403) => Problem::SenderRefused,
        (Some(4 | 80_007 | 130_429 | 131_048 | 131_056), _) | (_, 429) => Problem::Later,
        (Some(131_047), _) => Problem::NoConversation,
        (Some(131_026 | 131_021), _) => Problem::RecipientUnknown,
        (Some(131_030), _) => Problem::RecipientRefused,
        (Some(131_052 | 131_053), _) | (None, 413) => Problem::TooLarge,
        (_, 500..) => Problem::ServerBusy(step),
        (_, 404) if step == Step::Sender => Problem::SenderRefused,
        _ => Problem::ContentRefused,
    }
}

/// Whether the provider itself said no, in its own words, with a status that is not its own failure.
fn is_refusal(failure: &Failure) -> bool {
    (failure.answer.as_ref()).is_some_and(|answer| !answer.expose().starts_with('5'))
}

fn ended(failure: Failure) -> Outcome {
    match failure.problem {
        Problem::RecipientInvalid
        | Problem::RecipientUnknown
        | Problem::RecipientRefused
        | Problem::NoConversation
        | Problem::TooLarge
        | Problem::ContentRefused => Outcome::Refused(failure),
        _ => Outcome::TryAgain(failure),
    }
}

/// Digits of an international number (E.164: 8–15 digits): `+49 30 1234-567` is `49301234567`.
pub(super) fn number(text: &str) -> Option<String> {
    let text = text.trim();
    let text = text
        .strip_prefix('+')
        .or_else(|| text.strip_prefix("00"))
        .unwrap_or(text);
    let fine = |one: char| one.is_ascii_digit() || " -().".contains(one);
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    (text.chars().all(fine) && (8..=15).contains(&digits.len())).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_digits_in_international_form() {
        assert_eq!(number("+49 (30) 1234-567"), Some("49301234567".into()));
        assert_eq!(number("0091 98480 22338"), Some("919848022338".into()));
        assert_eq!(number("somebody@clinic.example"), None);
        assert_eq!(number("12345"), None);
    }

    #[test]
    fn a_key_never_goes_out_in_the_open() {
        let to = |base_url: &str| {
            WhatsApp::new(WhatsAppSettings {
                base_url: base_url.into(),
                sender_id: "1".into(),
                token: Secret::new("key".into()),
            })
            .err()
        };
        assert_eq!(to("http://provider.example"), Some(Problem::PlainElsewhere));
        assert_eq!(to("ftp://127.0.0.1"), Some(Problem::PlainElsewhere));
        assert_eq!(to("https://provider.example/v23.0/"), None);
        assert_eq!(to("http://127.0.0.1:9"), None);
    }
}
