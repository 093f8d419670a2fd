//! For tests, here and in `tests/`: a microphone that plays what it is given, speech, and clips without.

#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

use std::{
    fs,
    os::unix::net::UnixStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

pub mod clips;

/// A sentence spoken by espeak-ng, as a phone records it: 16 kHz, one channel, 16 bit. None, and "not
/// run", where there is no espeak-ng.
pub fn spoken(text: &str, voice: &str) -> Option<Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("spoken.wav");
    let made = Command::new("espeak-ng")
        .args(["-v", voice, "-w"])
        .arg(&file)
        .arg(text)
        .status();
    if !made.is_ok_and(|status| status.success()) {
        eprintln!("not run: no espeak-ng here");
        return None;
    }
    let reader = hound::WavReader::open(&file).unwrap();
    let spec = reader.spec();
    let samples = reader.into_samples::<i16>();
    let samples: Vec<f32> = samples
        .map(|sample| f32::from(sample.unwrap()) / 32_768.0)
        .collect();
    let mut mono = crate::mono::Mono::new(spec.sample_rate, spec.channels).unwrap();
    let mut out = Vec::new();
    mono.push(&samples, &mut out).unwrap();
    mono.finish(&mut out).unwrap();
    Some(crate::wav::of_samples(&out).unwrap().wav)
}

/// Loads ONNX Runtime from the tree, as the program does from its bundle.
pub fn load_runtime() {
    let library = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../assets/onnxruntime")
        .join(onnx::file_name());
    onnx::load(&std::path::absolute(library).unwrap()).expect("run `cargo xtask setup` first");
}

/// A PulseAudio server with nothing but a null sink, gone when dropped.
pub struct Server {
    folder: tempfile::TempDir,
    process: Child,
}

impl Server {
    /// Starts one; says "not run" where there is no PulseAudio.
    pub fn start() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let socket = folder.path().join("native");
        let process = Command::new("pulseaudio")
            .args([
                "-n",
                "--daemonize=no",
                "--use-pid-file=no",
                "--exit-idle-time=-1",
            ])
            .arg("--load=module-null-sink sink_name=vmic rate=48000 channels=2 norewinds=1")
            .arg(format!(
                "--load=module-native-protocol-unix auth-anonymous=1 socket={}",
                socket.display()
            ))
            .env("HOME", folder.path())
            .env("XDG_RUNTIME_DIR", folder.path())
            .stderr(Stdio::null())
            .spawn();
        let Ok(process) = process else {
            eprintln!("not run: no PulseAudio here");
            return None;
        };
        let config = "</usr/share/alsa/alsa.conf>\n\
                      pcm.!default { type pulse device \"vmic.monitor\" }\n";
        fs::write(folder.path().join("asound.conf"), config).unwrap();
        let server = Self { folder, process };
        let started = Instant::now();
        while UnixStream::connect(&socket).is_err() {
            assert!(
                started.elapsed() < Duration::from_secs(20),
                "PulseAudio did not start"
            );
            std::thread::sleep(Duration::from_millis(20));
        }
        Some(server)
    }

    /// A program that hears this microphone.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command
            .env(
                "PULSE_SERVER",
                format!("unix:{}", self.path("native").display()),
            )
            .env("ALSA_CONFIG_PATH", self.path("asound.conf"))
            .env("HOME", self.folder.path())
            // Without it the first two seconds are lost.
            .env("PULSE_LATENCY_MSEC", "30");
        command
    }

    /// A file that goes with the server.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Kills the sound server, as if the microphone were pulled out.
    pub fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Plays a file into the microphone, to its end.
    pub fn play(&self, file: &Path) {
        let mut player = self.command("paplay");
        let played = player.arg("--device=vmic").arg(file).status().unwrap();
        assert!(played.success());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
