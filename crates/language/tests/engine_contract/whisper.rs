//! Writing down on this machine: the contract of transcribers, and what only a model file has. With a
//! model named by `MEDIBRIDGE_WHISPER_MODEL` real speech is written down as well.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Instant,
};

use basics::Language;
use language::{
    Error, ModelFile, Transcriber,
    engines::whisper::{Model, Whisper, install},
};
use sha2::{Digest, Sha256};

use crate::{
    model::{self, WORDS},
    transcriber::{suite, tone},
};

static GOES_ON: AtomicBool = AtomicBool::new(false);

/// A folder that goes with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("medibridge-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn file(&self, bytes: &[u8]) -> PathBuf {
        let file = self.0.join("ggml-test.bin");
        fs::write(&file, bytes).unwrap();
        file
    }

    fn install(&self, source: &Path) -> language::Result<Model> {
        install(source, &self.0.join("speech"), |_, _| {}, &GOES_ON)
    }

    fn kept(&self) -> usize {
        fs::read_dir(self.0.join("speech")).map_or(0, Iterator::count)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[tokio::test]
async fn it_keeps_the_contract_of_transcribers() {
    let folder = Folder::new("contract");
    let model = folder.install(&folder.file(&model::file())).unwrap();
    let engine = Arc::new(Whisper::new(model).unwrap());
    assert!(engine.on_device());
    suite(engine.clone()).await;

    let written = engine.transcribe(&tone(3), None).await.unwrap();
    assert_eq!(written.language, Some(Language::Es));
    let first = written.segments.first().unwrap();
    assert_eq!(first.text.expose(), &WORDS.join(" "));
    assert_eq!((first.from_ms, first.to_ms), (0, 1_000));
    assert!(first.confidence.unwrap() > 0.9);
    let other = engine.transcribe(b"OggS and more", None).await;
    assert_eq!(other, Err(Error::Sound));
}

#[test]
fn the_file_is_copied_with_its_hash_and_the_way_there_is_told() {
    let (folder, bytes) = (Folder::new("copied"), model::file());
    let told = AtomicU64::new(0);
    let tell = |done: u64, all: u64| {
        assert_eq!(all, bytes.len() as u64);
        told.store(done, Ordering::Relaxed);
    };
    let source = folder.file(&bytes);
    let model = install(&source, &folder.0.join("speech"), tell, &GOES_ON).unwrap();
    assert_eq!(told.into_inner(), bytes.len() as u64);
    assert_eq!(model.name, "ggml-test.bin");
    assert_eq!(model.sha256, hex::encode(Sha256::digest(&bytes)));
    assert_eq!(fs::read(&model.path).unwrap(), bytes);
}

#[test]
fn a_file_that_is_cut_off_anywhere_or_something_else_is_named_and_not_kept() {
    let (folder, bytes) = (Folder::new("cut"), model::file());
    let outcome = |bytes: &[u8]| folder.install(&folder.file(bytes)).err();
    let all = bytes.len();
    for length in [0, 3, 40, 5_000, 100_000, all / 2, all - 1_000, all - 1] {
        let told = outcome(&bytes[..length]);
        assert_eq!(
            told,
            Some(Error::ModelFile(ModelFile::Truncated)),
            "{length}"
        );
    }
    let changed = |at: usize, to: u32| {
        let mut bytes = bytes.clone();
        bytes[at..at + 4].copy_from_slice(&to.to_le_bytes());
        bytes
    };
    let longer = [&bytes[..], b"more"].concat();
    for foreign in [
        b"RIFF of something else entirely".to_vec(),
        b"GGUF\x03\0\0\0 a newer format".to_vec(),
        changed(4, 7),
        changed(16, 0),
        changed(48, 40),
        longer,
    ] {
        assert_eq!(
            outcome(&foreign),
            Some(Error::ModelFile(ModelFile::Foreign))
        );
    }
    let nowhere = folder.install(&folder.0.join("nowhere.bin"));
    assert_eq!(nowhere.err(), Some(Error::ModelFile(ModelFile::Missing)));
    assert_eq!(
        folder.install(&folder.0).err(),
        Some(Error::ModelFile(ModelFile::Foreign))
    );
    assert_eq!(folder.kept(), 0);
}

#[test]
fn whoever_stops_an_installation_keeps_nothing_of_it() {
    let folder = Folder::new("stopped");
    let source = folder.file(&model::file());
    let stopped = AtomicBool::new(false);
    let tell = |done: u64, _: u64| stopped.store(done > 0, Ordering::Relaxed);
    let outcome = install(&source, &folder.0.join("speech"), tell, &stopped);
    assert_eq!(outcome.err(), Some(Error::Stopped));
    assert_eq!(folder.kept(), 0);
}

#[tokio::test]
async fn a_file_that_was_changed_or_taken_away_afterwards_is_not_loaded() {
    let folder = Folder::new("changed");
    let model = folder.install(&folder.file(&model::file())).unwrap();
    let mut bytes = fs::read(&model.path).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(&model.path, bytes).unwrap();
    let check = async || Whisper::new(model.clone()).unwrap().check().await.err();
    assert_eq!(check().await, Some(Error::ModelFile(ModelFile::Changed)));
    fs::remove_file(&model.path).unwrap();
    assert_eq!(check().await, Some(Error::ModelFile(ModelFile::Missing)));
}

#[tokio::test]
async fn dropping_it_stops_the_work() {
    let folder = Folder::new("dropped");
    let model = folder.install(&folder.file(&model::file())).unwrap();
    let engine = Whisper::new(model).unwrap();
    engine.check().await.unwrap();
    // Ten pieces of this model, and three hundred that nobody waits for.
    let (short, long) = (tone(10), tone(300));
    let begun = Instant::now();
    engine.transcribe(&short, None).await.unwrap();
    let ten = begun.elapsed();
    let left = tokio::time::timeout(ten / 10, engine.transcribe(&long, None)).await;
    assert!(left.is_err());
    let begun = Instant::now();
    engine.check().await.unwrap();
    let waited = begun.elapsed();
    println!(
        "ten pieces take {ten:?}; the next note after three hundred that were left: {waited:?}"
    );
    assert!(waited < ten * 10, "{waited:?}");
}

#[tokio::test]
async fn real_speech_is_written_down_by_a_real_model() {
    let Some(path) = std::env::var_os("MEDIBRIDGE_WHISPER_MODEL") else {
        println!("not run: MEDIBRIDGE_WHISPER_MODEL names no model file");
        return;
    };
    let folder = Folder::new("real");
    let model = folder.install(Path::new(&path)).unwrap();
    let engine = Arc::new(Whisper::new(model).unwrap());
    suite(engine.clone()).await;
    let Some(speech) = speech(&folder, "My chest hurts when I breathe.") else {
        println!("not run: espeak-ng is not installed, so nobody speaks");
        return;
    };
    let written = engine
        .transcribe(&speech, Some(Language::En))
        .await
        .unwrap();
    let heard = written.text().expose().to_lowercase();
    assert!(
        heard.contains("chest") && heard.contains("breathe"),
        "{heard}"
    );
}

/// Somebody says this, at 16 kHz.
fn speech(folder: &Folder, text: &str) -> Option<Vec<u8>> {
    let spoken = folder.0.join("spoken.wav");
    let status = Command::new("espeak-ng")
        .arg("-w")
        .arg(&spoken)
        .arg(text)
        .status();
    status.ok().filter(|status| status.success())?;
    let mut reader = hound::WavReader::open(&spoken).unwrap();
    let rate = f64::from(reader.spec().sample_rate);
    let samples: Vec<i16> = reader.samples::<i16>().map(Result::unwrap).collect();
    let spec = hound::WavSpec {
        sample_rate: 16_000,
        ..reader.spec()
    };
    let mut file = std::io::Cursor::new(Vec::new());
    let mut writer = hound::WavWriter::new(&mut file, spec).unwrap();
    let length = (samples.len() as f64 * 16_000.0 / rate) as usize;
    for n in 0..length {
        writer
            .write_sample(samples[(n as f64 * rate / 16_000.0) as usize])
            .unwrap();
    }
    writer.finalize().unwrap();
    Some(file.into_inner())
}
