//! How much one address may ask. Envelopes on a socket are counted by the socket's own party.

use std::{
    net::{IpAddr, Ipv6Addr, SocketAddr},
    num::NonZeroU32,
    sync::Arc,
    time::Duration,
};

use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use governor::{
    DefaultDirectRateLimiter, DefaultKeyedRateLimiter, NotUntil, Quota, RateLimiter,
    clock::{Clock, DefaultClock},
};

use crate::{config::Limits, metrics::Metrics};

/// What a wrong door or code costs besides the one that every try costs.
const WRONG: NonZeroU32 = NonZeroU32::MIN.saturating_add(4);

/// Limits by address.
pub(crate) struct Guard {
    requests: DefaultKeyedRateLimiter<IpAddr>,
    tries: DefaultKeyedRateLimiter<IpAddr>,
    clock: DefaultClock,
    behind_proxy: bool,
    metrics: Arc<Metrics>,
}

/// The network that a request came from, known to the handlers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct From(pub(crate) IpAddr);

impl Guard {
    pub(crate) fn new(limits: &Limits, behind_proxy: bool, metrics: Arc<Metrics>) -> Self {
        Self {
            requests: RateLimiter::keyed(Quota::per_minute(at_least_one(limits.http_per_minute))),
            tries: RateLimiter::keyed(Quota::per_minute(at_least_one(limits.tries_per_minute))),
            clock: DefaultClock::default(),
            behind_proxy,
            metrics,
        }
    }

    /// Before a door or an enrolment code is looked at: the refusal, if there were too many.
    pub(crate) fn refuses(&self, from: From) -> Option<Response> {
        let tried = self.tries.check_key(&from.0);
        tried.err().map(|until| self.refuse(&until))
    }

    /// It was wrong.
    pub(crate) fn was_wrong(&self, from: From) {
        // When fewer are left, the few that are left are all that can be tried.
        let _ = self.tries.check_key_n(&from.0, WRONG);
    }

    /// Forgets addresses that have not asked for long.
    pub(crate) fn tidy(&self) {
        self.requests.retain_recent();
        self.tries.retain_recent();
    }

    fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let forwarded = headers.get_all("x-forwarded-for").iter().next_back();
        let named = forwarded
            .filter(|_| self.behind_proxy && peer.is_loopback())
            .and_then(|value| value.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
        named.unwrap_or(peer)
    }

    fn refuse(&self, until: &NotUntil<<DefaultClock as Clock>::Instant>) -> Response {
        self.metrics.limited.inc();
        let wait = until.wait_time_from(self.clock.now());
        too_many(wait)
    }
}

/// 429, and when to come back.
pub(crate) fn too_many(wait: Duration) -> Response {
    let seconds = wait.as_secs() + 1;
    let header = [(header::RETRY_AFTER, seconds.to_string())];
    (StatusCode::TOO_MANY_REQUESTS, header).into_response()
}

/// Counts every request by its address.
pub(crate) async fn count(
    State(guard): State<Arc<Guard>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    mut request: Request,
    next: Next,
) -> Response {
    let from = network(guard.client(peer.ip(), request.headers()));
    if let Err(until) = guard.requests.check_key(&from) {
        return guard.refuse(&until);
    }
    request.extensions_mut().insert(From(from));
    next.run(request).await
}

/// Where an address belongs: an IPv6 customer has a whole /64.
pub(crate) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(six) => {
            let customer = u128::from(six) & !u128::from(u64::MAX);
            match six.is_loopback() {
                true => IpAddr::V6(six),
                false => IpAddr::V6(Ipv6Addr::from(customer)),
            }
        }
        four => four,
    }
}

/// Envelopes of one party: so many a second, tenfold at once.
pub(crate) fn appends(per_second: u32) -> DefaultDirectRateLimiter {
    let burst = at_least_one(per_second.saturating_mul(10));
    RateLimiter::direct(Quota::per_second(at_least_one(per_second)).allow_burst(burst))
}

fn at_least_one(number: u32) -> NonZeroU32 {
    NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_customers_ipv6_network_counts_as_one() {
        let at = |text: &str| network(text.parse().unwrap());
        assert_eq!(at("2001:db8:1:2:3::4"), at("2001:db8:1:2:ffff::1"));
        assert_ne!(at("2001:db8:1:2::1"), at("2001:db8:1:3::1"));
        assert_eq!(at("::ffff:10.0.0.1"), at("10.0.0.1"));
        assert!(at("::1").is_loopback());
    }

    #[test]
    fn only_a_proxy_on_this_machine_names_another_client() {
        let guard = |behind| Guard::new(&Limits::default(), behind, Arc::default());
        let mut headers = HeaderMap::new();
        headers.append("x-forwarded-for", "9.9.9.9, 10.0.0.7".parse().unwrap());
        let [near, far, named] =
            ["127.0.0.1", "10.0.0.1", "10.0.0.7"].map(|text| text.parse().unwrap());
        assert_eq!(guard(true).client(near, &headers), named);
        assert_eq!(guard(true).client(far, &headers), far);
        assert_eq!(guard(false).client(near, &headers), near);
    }
}
