//! The real way in: a sound server, ALSA, cpal, the recorder. A null sink of PulseAudio plays the microphone;
//! where there is no PulseAudio these tests say "not run".
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)]

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Stdio},
};

use hound::{SampleFormat, WavReader, WavSpec, WavWriter};
use voice::{Ears, Error, Level, Recorder, testing::Server};

/// Where the worker writes its WAV file.
const OUT: &str = "MEDIBRIDGE_TEST_VOICE_OUT";
const SAYS: &str = "worker: ";

/// A recorder in a process of its own, because the microphone's address is in its environment.
struct Worker {
    process: Child,
    says: BufReader<ChildStdout>,
    wav: PathBuf,
}

impl Worker {
    fn start(server: &Server) -> Self {
        let wav = server.path("recorded.wav");
        let mut process = server
            .command(std::env::current_exe().unwrap())
            .args(["--exact", "worker", "--nocapture"])
            .env(OUT, &wav)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let says = BufReader::new(process.stdout.take().unwrap());
        let mut worker = Self { process, says, wav };
        assert_eq!(worker.next(), "listening");
        worker
    }

    fn next(&mut self) -> String {
        loop {
            let mut line = String::new();
            assert!(
                self.says.read_line(&mut line).unwrap() > 0,
                "the worker ended early"
            );
            // The test harness says things of its own on the same line.
            if let Some((_, said)) = line.trim_end().split_once(SAYS) {
                return said.to_owned();
            }
        }
    }

    /// Ends the recording; its samples.
    fn finish(mut self) -> Vec<i16> {
        drop(self.process.stdin.take());
        let said = self.next();
        assert!(said.starts_with("finished"), "{said}");
        self.process.wait().unwrap();
        let reader = WavReader::open(&self.wav).unwrap();
        reader.into_samples().map(Result::unwrap).collect()
    }
}

/// Writes a tone of 48 kHz, two channels, and how many seconds.
fn tone(path: &Path, hertz: f64, seconds: u32) {
    let spec = WavSpec {
        channels: 2,
        sample_rate: 48_000,
        bits_per_sample: 16,
        sample_format: SampleFormat::Int,
    };
    let mut writer = WavWriter::create(path, spec).unwrap();
    for at in 0..48_000 * seconds {
        let value = (f64::from(at) * hertz * std::f64::consts::TAU / 48_000.0).sin();
        for _ in 0..2 {
            writer.write_sample((value * 16_000.0) as i16).unwrap();
        }
    }
    writer.finalize().unwrap();
}

#[test]
fn a_tone_that_is_played_is_recorded_as_long_and_in_tune() {
    let Some(server) = Server::start() else {
        return;
    };
    let file = server.path("tone.wav");
    tone(&file, 440.0, 4);
    // Sound runs in real time: on a machine that is busy with other tests, one take may have a gap.
    let right = (0..3).any(|_| {
        let worker = Worker::start(&server);
        server.play(&file);
        let (seconds, hertz) = measured(&worker.finish());
        eprintln!("4.000 s of 440 Hz were recorded as {seconds:.3} s of {hertz:.1} Hz");
        (3.92..=4.08).contains(&seconds) && (437.0..=443.0).contains(&hertz)
    });
    assert!(right, "three takes, and none as it was played");
}

/// Seconds from the first loud sample to the last, and the turns of the wave in each of them.
fn measured(samples: &[i16]) -> (f64, f64) {
    let loud = |sample: &i16| sample.unsigned_abs() > 4_000;
    let first = samples.iter().position(loud).expect("silence was recorded");
    let last = samples.iter().rposition(loud).unwrap();
    let seconds = (last - first) as f64 / 16_000.0;
    let turns = samples[first..=last]
        .windows(2)
        .filter(|pair| pair[0] < 0 && pair[1] >= 0)
        .count();
    (seconds, turns as f64 / seconds)
}

#[test]
fn a_microphone_that_goes_away_leaves_what_was_said() {
    let Some(mut server) = Server::start() else {
        return;
    };
    let file = server.path("tone.wav");
    tone(&file, 440.0, 2);
    let mut worker = Worker::start(&server);
    server.play(&file);
    server.kill();
    assert_eq!(worker.next(), format!("ended {:?}", Error::Unplugged));
    let loud = worker
        .finish()
        .iter()
        .filter(|sample| sample.unsigned_abs() > 4_000)
        .count();
    // A tone is over that level for 84 % of the time.
    assert!(loud > 16_000, "{loud} samples of two seconds are left");
}

#[test]
fn a_microphone_that_is_not_there_is_named() {
    let gone = Recorder::start(Some("a microphone of nobody"), Quiet).map(|_| ());
    assert!(
        matches!(gone, Err(Error::NoMicrophone | Error::Failed(_))),
        "{gone:?}"
    );
}

struct Quiet;

impl Ears for Quiet {
    fn level(&mut self, _: Level) {}
    fn sound(&mut self, _: &[u8]) {}
    fn ended(&mut self, _: &Error) {}
}

/// Says what happens, line by line.
struct Speaker {
    listening: bool,
}

impl Ears for Speaker {
    fn level(&mut self, _: Level) {
        if !self.listening {
            self.listening = true;
            say("listening");
        }
    }
    fn sound(&mut self, _: &[u8]) {}
    fn ended(&mut self, why: &Error) {
        say(&format!("ended {why:?}"));
    }
}

fn say(what: &str) {
    let mut out = std::io::stdout().lock();
    out.write_all(format!("{SAYS}{what}\n").as_bytes()).unwrap();
    out.flush().unwrap();
}

/// Records until its input is closed. Does nothing unless a test above starts it.
#[test]
fn worker() {
    let Some(out) = std::env::var_os(OUT) else {
        return;
    };
    assert!(voice::devices().unwrap()[0].default);
    let recorder = Recorder::start(None, Speaker { listening: false }).unwrap();
    let mut rest = Vec::new();
    std::io::stdin().read_to_end(&mut rest).unwrap();
    let recorded = recorder.finish().unwrap();
    fs::write(out, &recorded.sound.wav).unwrap();
    say(&format!("finished {} ms", recorded.sound.ms));
}
