//! A recording in progress: a thread of its own listens, mixes, measures and hands on.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
        mpsc::{self, Receiver, RecvTimeoutError, Sender},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use crate::{
    Error, LONGEST_MS, Level, RATE, Result, Sound,
    level::{self, TICK},
    microphone::{self, Heard, Open},
    mono::Mono,
    wav,
};

/// Samples of the longest recording.
const LONGEST: usize = (LONGEST_MS * RATE as u64 / 1000) as usize;
/// A microphone that says nothing at all for so long is gone; a silent room still makes samples.
const PATIENCE: Duration = Duration::from_secs(3);

/// Whom a recording speaks to while it runs, on its own thread.
pub trait Ears: Send + 'static {
    /// How loud it is, ten times a second.
    fn level(&mut self, level: Level);
    /// The next piece of the sound: 16 kHz, one channel, 16 bit, little-endian, no header. A second at a
    /// time; the last one is shorter. Put together they are the whole sound.
    fn sound(&mut self, piece: &[u8]);
    /// It ended by itself ([`Error::Unplugged`], [`Error::Full`]); [`Recorder::finish`] still has the sound.
    fn ended(&mut self, why: &Error);
}

/// A recording in progress. Dropped, it is thrown away.
pub struct Recorder {
    tell: Sender<Heard>,
    shared: Arc<Shared>,
    worker: Option<JoinHandle<Take>>,
}

/// A recording that is over.
#[derive(Debug)]
pub struct Recorded {
    /// What was said.
    pub sound: Sound,
    /// Why it ended by itself; none where it was ended.
    pub ended: Option<Error>,
}

#[derive(Default)]
struct Shared {
    ms: AtomicU64,
    over: AtomicBool,
}

/// What was heard so far.
struct Take {
    samples: Vec<i16>,
    /// Samples that the meter has shown.
    shown: usize,
    /// Samples that were handed on.
    handed: usize,
    ears: Box<dyn Ears>,
    shared: Arc<Shared>,
    ended: Option<Error>,
}

impl Recorder {
    /// Begins to record from a microphone (none: the default one). It is on when this returns.
    ///
    /// # Errors
    /// [`Error::NoMicrophone`]; [`Error::Busy`]; [`Error::NotAllowed`]; [`Error::Failed`].
    pub fn start(device: Option<&str>, ears: impl Ears) -> Result<Self> {
        let (tell, heard) = mpsc::channel();
        let (answer, answered) = mpsc::sync_channel(1);
        let shared = Arc::new(Shared::default());
        let take = Take {
            samples: Vec::new(),
            shown: 0,
            handed: 0,
            ears: Box::new(ears),
            shared: shared.clone(),
            ended: None,
        };
        let (device, to_worker) = (device.map(str::to_owned), tell.clone());
        let listen = move || {
            let opened = microphone::open(device.as_deref(), to_worker)
                .and_then(|open| Ok((Mono::new(open.rate, open.channels)?, open)));
            match opened {
                Err(error) => {
                    let _ = answer.send(Err(error));
                    take
                }
                Ok((mono, open)) => {
                    let _ = answer.send(Ok(()));
                    let take = take.listen(mono, &heard);
                    close(open);
                    take
                }
            }
        };
        let failed = Error::Failed("no thread to record on");
        let worker = thread::Builder::new()
            .name("voice".into())
            .spawn(listen)
            .map_err(|_| failed.clone())?;
        answered.recv().map_err(|_| failed)??;
        Ok(Self {
            tell,
            shared,
            worker: Some(worker),
        })
    }

    /// How much was recorded.
    pub fn elapsed(&self) -> Duration {
        Duration::from_millis(self.shared.ms.load(Ordering::Relaxed))
    }

    /// Whether it still listens.
    pub fn is_recording(&self) -> bool {
        !self.shared.over.load(Ordering::Relaxed)
    }

    /// Keeps nothing until it goes on; the microphone stays on, and what it hears meanwhile is nowhere.
    pub fn pause(&self, paused: bool) {
        // One that has ended keeps nothing anyway.
        let _ = self.tell.send(Heard::Paused(paused));
    }

    /// Ends it and gives what was said, also where the microphone has gone meanwhile.
    ///
    /// # Errors
    /// [`Error::Empty`] where nothing was recorded; why it ended, where that was before anything was.
    pub fn finish(mut self) -> Result<Recorded> {
        let take = self
            .stop()
            .ok_or(Error::Failed("the recording broke off"))?;
        match wav::of_samples(&take.samples) {
            Ok(sound) => Ok(Recorded {
                sound,
                ended: take.ended,
            }),
            Err(error) => Err(take.ended.unwrap_or(error)),
        }
    }

    fn stop(&mut self) -> Option<Take> {
        let _ = self.tell.send(Heard::Enough);
        self.worker.take()?.join().ok()
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Switches a microphone off. A driver whose device has gone may never come back from that, so nobody
/// waits for it long.
fn close(open: Open) {
    let (done, closed) = mpsc::channel();
    let close = move || {
        drop(open);
        let _ = done.send(());
    };
    if thread::Builder::new().spawn(close).is_ok() {
        let _ = closed.recv_timeout(Duration::from_secs(1));
    }
}

impl Take {
    fn listen(mut self, mut mono: Mono, heard: &Receiver<Heard>) -> Self {
        let mut paused = false;
        let ended = loop {
            match heard.recv_timeout(PATIENCE) {
                Ok(Heard::Paused(wanted)) => paused = wanted,
                Ok(Heard::Samples(_)) if paused => {}
                Ok(Heard::Samples(samples)) => {
                    if let Err(error) = mono.push(&samples, &mut self.samples) {
                        break Some(error);
                    }
                    if self.samples.len() >= LONGEST {
                        break Some(Error::Full);
                    }
                    self.tell();
                }
                Ok(Heard::Lost) | Err(RecvTimeoutError::Timeout) => break Some(Error::Unplugged),
                Ok(Heard::Enough) | Err(RecvTimeoutError::Disconnected) => break None,
            }
        };
        if let Err(error) = mono.finish(&mut self.samples) {
            tracing::warn!(%error, "the end of a recording");
        }
        self.samples.truncate(LONGEST);
        self.tell();
        self.hand_on(self.samples.len());
        self.shared.over.store(true, Ordering::Relaxed);
        if let Some(why) = &ended {
            self.ears.ended(why);
        }
        self.ended = ended;
        self
    }

    /// Shows and hands on what is ready.
    fn tell(&mut self) {
        while let Some(tick) = self.samples.get(self.shown..self.shown + TICK) {
            self.shown += TICK;
            let ms = wav::ms_of(self.shown);
            self.shared.ms.store(ms, Ordering::Relaxed);
            let (level, peak) = (level::loudness(tick), level::peak(tick));
            self.ears.level(Level { level, peak, ms });
        }
        while self.samples.len() - self.handed >= RATE as usize {
            self.hand_on(self.handed + RATE as usize);
        }
    }

    fn hand_on(&mut self, until: usize) {
        if until > self.handed {
            let piece: Vec<u8> = self.samples[self.handed..until]
                .iter()
                .flat_map(|sample| sample.to_le_bytes())
                .collect();
            self.handed = until;
            self.ears.sound(&piece);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    /// Levels, pieces put together, and why it ended.
    type Noted = (Vec<Level>, Vec<u8>, Option<Error>);

    #[derive(Clone, Default)]
    struct Notes(Arc<Mutex<Noted>>);

    impl Ears for Notes {
        fn level(&mut self, level: Level) {
            self.0.lock().unwrap().0.push(level);
        }
        fn sound(&mut self, piece: &[u8]) {
            self.0.lock().unwrap().1.extend(piece);
        }
        fn ended(&mut self, why: &Error) {
            self.0.lock().unwrap().2 = Some(why.clone());
        }
    }

    /// A take of what a device of this rate and two channels says, which then does `last`.
    fn take(rate: u32, seconds: usize, last: Heard) -> (Take, Notes) {
        let (tell, heard) = mpsc::channel();
        for _ in 0..seconds {
            let second = vec![0.5; 2 * rate as usize];
            tell.send(Heard::Samples(second)).unwrap();
        }
        tell.send(last).unwrap();
        let notes = Notes::default();
        let take = Take {
            samples: Vec::new(),
            shown: 0,
            handed: 0,
            ears: Box::new(notes.clone()),
            shared: Arc::default(),
            ended: None,
        };
        (take.listen(Mono::new(rate, 2).unwrap(), &heard), notes)
    }

    #[test]
    fn the_pieces_are_the_whole_and_the_meter_ticks_ten_times_a_second() {
        let (take, notes) = take(48_000, 3, Heard::Enough);
        let (levels, pieces, ended) = notes.0.lock().unwrap().clone();
        assert_eq!((levels.len(), levels[29].ms, ended), (30, 3000, None));
        assert!((89..=91).contains(&levels[15].level), "{:?}", levels[15]);
        let sound = wav::from_pcm(&pieces).unwrap();
        assert_eq!(sound.wav, wav::of_samples(&take.samples).unwrap().wav);
        assert_eq!(sound.ms, 3000);
    }

    #[test]
    fn nothing_is_kept_while_it_is_paused() {
        let (tell, heard) = mpsc::channel();
        let second = |value: f32| Heard::Samples(vec![value; 16_000]);
        for said in [
            second(0.5),
            Heard::Paused(true),
            second(-0.5),
            second(-0.5),
            Heard::Paused(false),
            second(0.25),
            Heard::Enough,
        ] {
            tell.send(said).unwrap();
        }
        let take = Take {
            samples: Vec::new(),
            shown: 0,
            handed: 0,
            ears: Box::new(Notes::default()),
            shared: Arc::default(),
            ended: None,
        };
        let kept = take.listen(Mono::new(16_000, 1).unwrap(), &heard).samples;
        assert_eq!(kept.len(), 32_000);
        assert!(kept.iter().all(|sample| *sample > 0));
    }

    #[test]
    fn what_was_said_before_the_microphone_went_is_kept_and_the_reason_told() {
        let (take, notes) = take(44_100, 2, Heard::Lost);
        assert_eq!(notes.0.lock().unwrap().2, Some(Error::Unplugged));
        assert_eq!(
            (take.ended, take.samples.len()),
            (Some(Error::Unplugged), 32_000)
        );
    }

    #[test]
    fn eight_minutes_are_kept_to_the_sample_and_it_says_so() {
        let (take, notes) = take(16_000, 481, Heard::Enough);
        assert_eq!(notes.0.lock().unwrap().2, Some(Error::Full));
        assert_eq!(
            (take.ended, take.samples.len()),
            (Some(Error::Full), LONGEST)
        );
        assert_eq!(notes.0.lock().unwrap().1.len(), LONGEST * 2);
    }
}
