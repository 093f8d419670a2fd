//! Opens files and prints what comes of them: `cargo run -p imaging --example survey -- FILE…`
#![allow(clippy::print_stdout)]

use imaging::{Limits, Picture};

fn main() {
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::DEBUG)
        .init();
    for path in std::env::args().skip(1) {
        let outcome = Picture::open(&path, &Limits::default())
            .and_then(|picture| Ok((picture.display_frame(0)?, picture.header().layout)));
        match outcome {
            Ok((frame, layout)) => println!("{path}: {layout:?} {} bytes shown", frame.bytes.len()),
            Err(error) => println!("{path}: {error}"),
        }
    }
}
