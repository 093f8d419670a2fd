//! A folder of files.

#![allow(clippy::unwrap_used)]

mod support;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use imaging::{Content, Found};
use reading::{Answer, BatchOptions, batch};
use support::{chest, film_png, shelf};

fn options(workers: usize) -> BatchOptions {
    BatchOptions {
        workers,
        packs: chest(),
        limits: imaging::Limits::default(),
    }
}

fn found(path: PathBuf) -> Result<Found, (String, imaging::Error)> {
    Ok(Found {
        label: path.display().to_string(),
        content: Content::Path(path),
    })
}

#[test]
fn every_file_gets_one_answer() {
    let temp = tempfile::tempdir().unwrap();
    let mut paths = Vec::new();
    for i in 0..8 {
        let path = temp.path().join(format!("{i}.png"));
        fs::copy(film_png(), &path).unwrap();
        paths.push(path);
    }
    let broken = temp.path().join("broken.png");
    let whole = fs::read(film_png()).unwrap();
    fs::write(&broken, &whole[..whole.len() / 2]).unwrap();
    let missing = temp.path().join("missing.dcm");
    paths.insert(3, broken.clone());
    paths.insert(5, missing.clone());
    let refused = ("a.zip › b".to_owned(), imaging::Error::Empty);
    let all = paths.iter().cloned().map(found).chain([Err(refused)]);
    let mut answers: BTreeMap<String, String> = BTreeMap::new();
    let cancel = AtomicBool::new(false);
    batch(&shelf(), all, &options(2), &cancel, |screened| {
        let answer = match screened.result {
            Ok(outcome) => match outcome.answer {
                Answer::Assessed(a) => format!("{:.6}", a.findings[1].probability),
                Answer::NotAssessed { reason } => reason.key().to_owned(),
            },
            Err(error) => error.message_id().to_owned(),
        };
        assert_eq!(answers.insert(screened.label, answer), None);
    })
    .unwrap();
    assert_eq!(answers.len(), paths.len() + 1);
    let mut taken = |path: &Path| answers.remove(&path.display().to_string()).unwrap();
    assert!(taken(&broken).contains("truncated"));
    assert!(!taken(&missing).is_empty());
    assert!(answers.remove("a.zip › b").is_some());
    let first = answers.values().next().unwrap().clone();
    assert!(first.parse::<f32>().is_ok_and(|p| p > 0.5), "{first}");
    assert!(
        answers.values().all(|answer| *answer == first),
        "{answers:?}"
    );
}

#[test]
fn files_are_not_taken_ahead_of_their_answers() {
    let taken = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&taken);
    let paths = (0..40).map(move |_| {
        counter.fetch_add(1, Ordering::SeqCst);
        found(film_png())
    });
    let (cancel, workers, mut told) = (AtomicBool::new(false), 2, 0);
    batch(&shelf(), paths, &options(workers), &cancel, |_| {
        told += 1;
        // One in each worker's hands, as many in the channel, one here.
        let ahead = taken.load(Ordering::SeqCst) - told;
        assert!(ahead <= 2 * workers, "{ahead} films in memory");
        std::thread::sleep(std::time::Duration::from_millis(2));
    })
    .unwrap();
    assert_eq!(told, 40);
}

#[test]
fn cancelling_ends_it_early() {
    let (cancel, mut told) = (AtomicBool::new(false), 0);
    let endless = std::iter::repeat_with(|| found(film_png()));
    batch(&shelf(), endless, &options(2), &cancel, |_| {
        told += 1;
        cancel.store(true, Ordering::Relaxed);
    })
    .unwrap();
    assert!((1..=5).contains(&told), "{told}");
}
