//! A workstation without a window: reads calls from standard input, a JSON object in a line, and
//! answers in a line. Stories kill it.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::{env, io::stdin, path::Path, sync::Arc, time::Duration};

use basics::SystemClock;
use commands::{Silent, Workstation};
use serde_json::{Value, json};

fn main() {
    commands::prepare_process();
    let folder = env::args().nth(1).unwrap();
    let options = acceptance::options(Path::new(&folder));
    let clock = Arc::new(SystemClock);
    let workstation = loop {
        match Workstation::open(options.clone(), Arc::new(Silent), clock.clone()) {
            Ok(workstation) => break workstation,
            // The system has not yet let go of the killed one's lock.
            Err(_) => std::thread::sleep(Duration::from_millis(20)),
        }
    };
    for line in stdin().lines() {
        let call: Value = serde_json::from_str(&line.unwrap()).unwrap();
        let name = call["name"].as_str().unwrap();
        let answer = match workstation.call("main", name, call["request"].clone()) {
            Ok(answer) => json!({ "answer": answer }),
            Err(error) => json!({ "error": error }),
        };
        println!("{answer}");
    }
}
