//! The line of readings behind a screen.

#![allow(clippy::unwrap_used)]

mod support;

use std::sync::{
    Arc, Barrier, Mutex,
    mpsc::{self, Receiver},
};

use basics::JobId;
use reading::{Answer, Error, Facts, Job, Loaded, Progress, Queue};
use support::{chest, golden_film, shelf};

type Told = Receiver<Progress>;

fn film() -> Result<Loaded, reading::AnyError> {
    let values = golden_film();
    Ok(Loaded {
        rows: 224,
        columns: 224,
        values,
        facts: Facts::default(),
        decode_ms: 1.5,
    })
}

fn job(
    priority: u8,
    load: impl FnOnce() -> Result<Loaded, reading::AnyError> + Send + 'static,
) -> (Job, Told) {
    let (sender, told) = mpsc::channel();
    let tell = Box::new(move |progress| sender.send(progress).unwrap());
    (
        Job {
            id: JobId::new(),
            priority,
            packs: chest(),
            load: Box::new(load),
            series: None,
            tell,
        },
        told,
    )
}

/// A job that holds the worker until the barrier is met twice: once at work, once to go on.
fn held(barrier: &Arc<Barrier>) -> (Job, Told) {
    let barrier = Arc::clone(barrier);
    job(0, move || {
        barrier.wait();
        barrier.wait();
        film()
    })
}

fn last(told: &Told) -> Progress {
    let all: Vec<Progress> = told.iter().collect();
    all.into_iter().last().unwrap()
}

#[test]
fn a_film_is_read_and_told_once() {
    let queue = Queue::start(&shelf(), 1, 4);
    let (job, told) = job(0, film);
    queue.submit(job).unwrap();
    assert!(matches!(told.recv().unwrap(), Progress::Running));
    let Progress::Done(outcome) = told.recv().unwrap() else {
        panic!()
    };
    assert!(matches!(outcome.answer, Answer::Assessed(_)));
    assert!(outcome.ms.decode == 1.5 && outcome.ms.total > 1.5);
    assert!(told.recv().is_err());
    drop(queue);
}

#[test]
fn waiting_and_running_jobs_can_be_cancelled() {
    let queue = Queue::start(&shelf(), 1, 4);
    let barrier = Arc::new(Barrier::new(2));
    let (first, first_told) = held(&barrier);
    let (second, second_told) = job(0, film);
    let (first_id, second_id) = (queue.submit(first).unwrap(), queue.submit(second).unwrap());
    barrier.wait();
    assert!(queue.cancel(second_id));
    assert!(matches!(second_told.recv().unwrap(), Progress::Cancelled));
    assert!(queue.cancel(first_id));
    barrier.wait();
    assert!(matches!(last(&first_told), Progress::Cancelled));
    assert!(!queue.cancel(first_id) && !queue.cancel(JobId::new()));
    // The worker goes on with what comes next.
    let (third, third_told) = job(0, film);
    queue.submit(third).unwrap();
    assert!(matches!(last(&third_told), Progress::Done(_)));
}

#[test]
fn the_line_is_bounded_and_the_urgent_go_first() {
    let queue = Queue::start(&shelf(), 1, 2);
    let barrier = Arc::new(Barrier::new(2));
    let (first, first_told) = held(&barrier);
    queue.submit(first).unwrap();
    barrier.wait();
    let order = Arc::new(Mutex::new(Vec::new()));
    let noted = |priority: u8| {
        let order = Arc::clone(&order);
        job(priority, move || {
            order.lock().unwrap().push(priority);
            film()
        })
    };
    let (routine, routine_told) = noted(0);
    let (urgent, urgent_told) = noted(9);
    let (one_too_many, _) = noted(5);
    queue.submit(routine).unwrap();
    queue.submit(urgent).unwrap();
    assert_eq!(queue.submit(one_too_many), Err(Error::Full));
    assert_eq!(queue.len(), 3);
    barrier.wait();
    for told in [first_told, routine_told, urgent_told] {
        assert!(matches!(last(&told), Progress::Done(_)));
    }
    assert_eq!(*order.lock().unwrap(), [9, 0]);
    assert!(queue.is_empty());
}

#[test]
fn a_panic_or_a_bad_film_ends_its_own_job_only() {
    let queue = Queue::start(&shelf(), 1, 4);
    let (panics, panics_told) = job(0, || panic!("in a decoder"));
    let (broken, broken_told) = job(0, || {
        let facts = Facts::default();
        Ok(Loaded {
            rows: 9,
            columns: 9,
            values: vec![0.0],
            facts,
            decode_ms: 0.0,
        })
    });
    let (good, good_told) = job(0, film);
    for job in [panics, broken, good] {
        queue.submit(job).unwrap();
    }
    let Progress::Failed(error) = last(&panics_told) else {
        panic!()
    };
    assert_eq!(error.message_id(), "reading-job-refused");
    let Progress::Failed(error) = last(&broken_told) else {
        panic!()
    };
    assert_eq!(error.message_id(), "reading-pixels");
    assert!(matches!(last(&good_told), Progress::Done(_)));
}

#[test]
fn closing_the_queue_cancels_what_waits() {
    let queue = Queue::start(&shelf(), 1, 4);
    let barrier = Arc::new(Barrier::new(2));
    let (first, first_told) = held(&barrier);
    let (second, second_told) = job(0, film);
    queue.submit(first).unwrap();
    queue.submit(second).unwrap();
    barrier.wait();
    let closing = std::thread::spawn(move || drop(queue));
    assert!(matches!(second_told.recv().unwrap(), Progress::Cancelled));
    barrier.wait();
    closing.join().unwrap();
    assert!(matches!(last(&first_told), Progress::Cancelled));
}
