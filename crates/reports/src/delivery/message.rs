//! The e-mail itself: the same bytes at every try (RFC 5322, MIME after RFC 2045–2049).

use std::time::{Duration, SystemTime};

use lettre::{
    Address,
    message::{
        Attachment, Body, Mailbox, MultiPart, SinglePart,
        header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue},
    },
};
use sha2::{Digest, Sha256};

use super::{Parcel, Problem, SmtpSettings};

/// A message and its envelope.
pub(super) struct Message {
    pub(super) from: Address,
    pub(super) to: Address,
    pub(super) bytes: Vec<u8>,
}

/// Sets the parcel as an e-mail.
pub(super) fn build(settings: &SmtpSettings, parcel: &Parcel) -> Result<Message, Problem> {
    let from = address(&settings.from, Problem::SenderInvalid)?;
    let to = address(parcel.to.expose(), Problem::RecipientInvalid)?;
    let mut builder = lettre::Message::builder()
        .message_id(Some(format!("<{}>", parcel.message_id)))
        .date(moment(parcel))
        .from(Mailbox::new(named(&settings.name), from.clone()))
        .to(Mailbox::new(None, to.clone()))
        .subject(parcel.subject.clone())
        .raw_header(HeaderValue::new(
            HeaderName::new_from_ascii_str("Content-Language"),
            parcel.language.tag().into(),
        ));
    if let Some(reply_to) = &settings.reply_to {
        let reply_to = address(reply_to, Problem::SenderInvalid)?;
        builder = builder.reply_to(Mailbox::new(None, reply_to));
    }
    let covering = SinglePart::builder()
        .content_type(ContentType::TEXT_PLAIN)
        .body(parcel.text.clone());
    let message = match parcel.attachment.expose().is_empty() {
        true => builder.singlepart(covering),
        false => builder.multipart(
            MultiPart::mixed()
                .boundary(boundary(parcel))
                .singlepart(covering)
                .singlepart(attached(parcel)?),
        ),
    };
    let message = message.map_err(|_| Problem::SenderInvalid)?;
    Ok(Message {
        from,
        to,
        bytes: message.formatted(),
    })
}

/// An address, alone: no display name, no list.
pub(super) fn address(text: &str, otherwise: Problem) -> Result<Address, Problem> {
    text.trim().parse().map_err(|_| otherwise)
}

/// Base64 whatever the bytes: no server may touch a sealed file's line ends.
fn attached(parcel: &Parcel) -> Result<SinglePart, Problem> {
    let bytes = parcel.attachment.expose().clone();
    let body = Body::new_with_encoding(bytes, ContentTransferEncoding::Base64)
        .map_err(|_| Problem::ContentRefused)?;
    let kind = ContentType::parse("application/pdf").map_err(|_| Problem::ContentRefused)?;
    Ok(Attachment::new(parcel.file_name.clone()).body(body, kind))
}

/// A name in a header holds no line end, whatever the clinic is called.
fn named(name: &str) -> Option<String> {
    let name: String = name.chars().filter(|one| !one.is_control()).collect();
    Some(name).filter(|name| !name.trim().is_empty())
}

fn moment(parcel: &Parcel) -> SystemTime {
    let seconds = u64::try_from(parcel.written.as_second()).unwrap_or_default();
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}

/// By the message's own id, so that a second try is the same message.
fn boundary(parcel: &Parcel) -> String {
    hex::encode(&Sha256::digest(parcel.message_id.as_bytes())[..16])
}
