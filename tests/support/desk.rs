//! A workstation without a window: reads calls from standard input, a JSON object in a line, and
//! answers in a line. Stories kill it.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::{env, io::stdin, path::Path, sync::Arc, time::Duration};

use basics::{Clock, SystemClock, Timestamp};
use commands::{Silent, Workstation};
use serde_json::{Value, json};

fn main() {
    commands::prepare_process();
    let folder = env::args().nth(1).unwrap();
    let options = acceptance::options(Path::new(&folder));
    let clock = clock();
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

/// The machine's clock, or one that runs fast: `DESK_CLOCK` is the moment from which on it does
/// (milliseconds since 1970), a colon, and how many seconds pass in one.
fn clock() -> Arc<dyn Clock> {
    let Ok(wanted) = env::var("DESK_CLOCK") else {
        return Arc::new(SystemClock);
    };
    let (began, rate) = wanted.split_once(':').unwrap();
    Arc::new(Fast {
        began: began.parse().unwrap(),
        rate: rate.parse().unwrap(),
    })
}

struct Fast {
    began: i64,
    rate: i64,
}

impl Clock for Fast {
    fn now(&self) -> Timestamp {
        let passed = Timestamp::now().as_millisecond() - self.began;
        Timestamp::from_millisecond(self.began + passed * self.rate).unwrap()
    }
}
