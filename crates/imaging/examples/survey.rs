//! Opens files and prints what comes of each and how long it took:
//! `cargo run --release -p imaging --example survey -- FILE…`
#![allow(clippy::print_stdout)]

use std::time::{Duration, Instant};

use imaging::{Limits, Picture, Result};

fn main() {
    for path in std::env::args().skip(1) {
        match survey(&path) {
            Ok((summary, [open, shown, plane])) => {
                println!("{path}: {summary}; ms: open {open:?}, decode {shown:?}, plane {plane:?}");
            }
            Err(error) => println!("{path}: {error}"),
        }
    }
}

/// The fastest of three runs.
fn survey(path: &str) -> Result<(String, [Duration; 3])> {
    let mut best = [Duration::MAX; 3];
    let mut summary = String::new();
    for _ in 0..3 {
        let start = Instant::now();
        let picture = Picture::open(path, &Limits::default())?;
        best[0] = best[0].min(start.elapsed());
        let start = Instant::now();
        let shown = picture.shown(0)?;
        best[1] = best[1].min(start.elapsed());
        let start = Instant::now();
        let plane = shown.plane();
        best[2] = best[2].min(start.elapsed());
        let bits = picture.header().layout.bits_stored;
        summary = format!("{} x {}, {bits} bits", plane.columns, plane.rows);
    }
    Ok((summary, best))
}
