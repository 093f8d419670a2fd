//! What Prometheus reads: counts and times, nobody's data.

use std::sync::atomic::AtomicU64;

use prometheus_client::{
    encoding::text::encode,
    metrics::{
        counter::Counter,
        gauge::Gauge,
        histogram::{Histogram, exponential_buckets},
    },
    registry::{Registry, Unit},
};

/// The relay's figures.
pub(crate) struct Metrics {
    registry: Registry,
    /// Sockets that are open.
    pub(crate) sockets: Gauge,
    /// Envelopes stored.
    pub(crate) stored: Counter,
    /// Entries put into a socket's queue.
    pub(crate) delivered: Counter,
    /// Frames refused.
    pub(crate) refused: Counter,
    /// Requests answered 429.
    pub(crate) limited: Counter,
    /// Sockets cut off because they did not read.
    pub(crate) slow: Counter,
    /// Blobs stored.
    pub(crate) blobs: Counter,
    /// Acts in one commit.
    pub(crate) batch: Histogram,
    /// A commit, until it is on disk.
    pub(crate) commit: Histogram,
    /// Bytes that wait in sockets' queues.
    pub(crate) waiting: Gauge<i64>,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("medibridge_relay");
        let mut counter = |name: &str, help: &str| {
            let counter = Counter::<u64, AtomicU64>::default();
            registry.register(name, help, counter.clone());
            counter
        };
        let stored = counter("stored", "Envelopes stored");
        let delivered = counter("delivered", "Entries put into a socket's queue");
        let refused = counter("refused", "Frames refused");
        let limited = counter("limited", "Requests answered 429");
        let slow = counter("slow", "Sockets cut off because they did not read");
        let blobs = counter("blobs", "Blobs stored");
        let sockets = Gauge::default();
        registry.register("sockets", "Sockets that are open", sockets.clone());
        let waiting = Gauge::default();
        registry.register_with_unit(
            "waiting",
            "What waits in sockets' queues",
            Unit::Bytes,
            waiting.clone(),
        );
        let batch = Histogram::new(exponential_buckets(1.0, 2.0, 11));
        registry.register("batch", "Acts in one commit", batch.clone());
        let commit = Histogram::new(exponential_buckets(0.000_25, 2.0, 14));
        registry.register_with_unit("commit", "A commit", Unit::Seconds, commit.clone());
        Self {
            registry,
            sockets,
            stored,
            delivered,
            refused,
            limited,
            slow,
            blobs,
            batch,
            commit,
            waiting,
        }
    }
}

impl Metrics {
    /// OpenMetrics text.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        // Writing into a string does not fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}
