//! Without ONNX Runtime the packs are listed and nothing is read. (Its own program: no other test here
//! may load the library.)

#![allow(clippy::unwrap_used)]

mod support;

use std::sync::{Arc, mpsc};

use basics::{Coded, JobId};
use reading::{Error, Job, Loaded, Progress, Queue, Reader, Shelf};

#[test]
fn packs_are_listed_and_a_reading_fails_with_a_sentence() {
    assert!(!onnx::loaded());
    let shelf = Arc::new(Shelf::open(&support::models()).unwrap());
    assert!(shelf.packs().count() >= 2);
    let error = Reader::open(&shelf, 1).err().unwrap();
    assert_eq!(error, Error::Runtime(onnx::Error::NotLoaded));
    assert_eq!(error.message_id(), "onnx-not-loaded");

    let queue = Queue::start(&shelf, 1, 4);
    let (sender, progress) = mpsc::channel();
    let job = Job {
        id: JobId::new(),
        priority: 0,
        packs: support::chest(),
        series: None,
        load: Box::new(|| {
            let values = support::golden_film();
            let facts = reading::Facts::default();
            Ok(Loaded {
                rows: 224,
                columns: 224,
                values,
                facts,
                decode_ms: 0.0,
            })
        }),
        tell: Box::new(move |progress| sender.send(progress).unwrap()),
    };
    queue.submit(job).unwrap();
    assert!(matches!(progress.recv().unwrap(), Progress::Running));
    let Progress::Failed(error) = progress.recv().unwrap() else {
        panic!()
    };
    assert_eq!(error.message_id(), "onnx-not-loaded");
}
