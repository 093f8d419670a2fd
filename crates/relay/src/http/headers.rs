//! What every answer carries, so that a browser guards the page.

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

use crate::address::Addresses;

const PERMISSIONS: &str = "accelerometer=(), camera=(), display-capture=(), geolocation=(), \
     gyroscope=(), magnetometer=(), microphone=(self), midi=(), payment=(), usb=()";

/// Names and values, made once.
#[derive(Clone)]
pub(super) struct Headers(Vec<(HeaderName, HeaderValue)>);

impl Headers {
    pub(super) fn new(addresses: &Addresses) -> Self {
        let policy = format!(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
             font-src 'self'; media-src 'self' blob:; worker-src 'self' blob:; \
             connect-src 'self' {}; manifest-src 'self'; base-uri 'none'; form-action 'none'; \
             frame-ancestors 'none'",
            addresses.sockets().join(" ")
        );
        let mut headers = vec![
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (header::X_FRAME_OPTIONS, "DENY"),
            (header::REFERRER_POLICY, "no-referrer"),
            (HeaderName::from_static("permissions-policy"), PERMISSIONS),
            (
                HeaderName::from_static("cross-origin-opener-policy"),
                "same-origin",
            ),
            (
                HeaderName::from_static("cross-origin-resource-policy"),
                "same-origin",
            ),
            (header::CONTENT_SECURITY_POLICY, policy.as_str()),
        ];
        if addresses.is_secure() {
            headers.push((header::STRICT_TRANSPORT_SECURITY, "max-age=31536000"));
        }
        let checked = headers.into_iter().filter_map(|(name, value)| {
            // An address that was parsed has no character that a header lacks.
            Some((name, HeaderValue::from_str(value).ok()?))
        });
        Self(checked.collect())
    }
}

/// Adds them; what an answer says of its own caching stands.
pub(super) async fn add(
    State(Headers(own)): State<Headers>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in own {
        headers.insert(name, value);
    }
    let caching = headers.entry(header::CACHE_CONTROL);
    caching.or_insert(HeaderValue::from_static("no-store"));
    response
}
