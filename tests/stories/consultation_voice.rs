//! A voice note from the workstation's own microphone to a patient's phone. Speech by espeak-ng, a real
//! sound server; where there is none the story says "not run".
#![cfg(target_os = "linux")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use acceptance::{
    Desk,
    phone::Phone,
    process::Process,
    room::{Room, program},
};
use basics::{Language, MessageId};
use serde_json::json;
use voice::testing::{Server, spoken};

#[test]
fn what_the_doctor_says_aloud_is_heard_on_the_phone_and_lies_nowhere_unsealed() {
    let Some(server) = Server::start() else {
        return;
    };
    let speech = server.path("speech.wav");
    let spoken = Command::new("espeak-ng")
        .args(["-w"])
        .arg(&speech)
        .arg("Please take one tablet every morning, and come back on Monday.")
        .status();
    if !spoken.is_ok_and(|status| status.success()) {
        println!("not run: no espeak-ng here");
        return;
    }
    let room = Room::of(Process::of(server.command(program("desk"))));
    let phone = room.guest("Marta", Language::Es);
    let spoken = speaks(&fs::read(&speech).unwrap());
    // Sound runs in real time: on a machine that is busy with other tests, one take may have a gap.
    let wav = (0..3).find_map(|take| {
        let wav = said_aloud(&room, &phone, &server, &speech, take);
        let recorded = speaks(&wav);
        println!("{spoken:.3} s of speech were recorded as {recorded:.3} s");
        (0.98..=1.02).contains(&(recorded / spoken)).then_some(wav)
    });
    let wav = wav.expect("three takes, and none as long as it was spoken");

    let on_disk = snapshot(&[room.clinic.folder(), room.relay_data.path()]);
    lies_nowhere(&wav, &on_disk);
}

/// The doctor records what is played, and the phone has it.
fn said_aloud(
    room: &Room<Process>,
    phone: &Phone,
    server: &Server,
    speech: &Path,
    take: usize,
) -> Vec<u8> {
    room.ok(
        "live.record",
        json!({ "participant_id": room.doctor(), "device": null }),
    );
    server.play(speech);
    let note = room.ok(
        "live.finish_recording",
        json!({ "message_id": MessageId::new().to_string(), "discard": false }),
    );
    let made = hound::WavReader::open(speech).unwrap();
    let length = u64::from(made.duration()) * 1000 / u64::from(made.spec().sample_rate);
    let ms = note["sound"]["ms"].as_u64().unwrap();
    // The doctor presses stop a moment after the last word.
    assert!(ms * 100 >= length * 98, "{ms} ms of {length} ms");
    let loudest = note["sound"]["peaks"].as_array().unwrap().iter();
    assert!(loudest.filter_map(|peak| peak.as_u64()).max() > Some(20));

    phone.until("the voice note", |seen| {
        (seen.messages.get(take)).is_some_and(|message| message.sound.is_some())
    });
    let sound = phone.seen().messages[take].sound.clone().unwrap();
    let wav = phone.fetch(&sound.blob());
    assert_eq!(voice::wav::read(&wav).unwrap().ms, ms);
    wav
}

#[test]
fn what_was_said_before_a_crash_is_kept_and_lay_nowhere_unsealed() {
    let Some(server) = Server::start() else {
        return;
    };
    let Some(speech) = spoken("Please take one tablet every morning, and not two.", "en") else {
        return;
    };
    let file = server.path("speech.wav");
    fs::write(&file, &speech).unwrap();
    // Whatever the program puts away for a while would lie here.
    let elsewhere = tempfile::tempdir().unwrap();
    let desk = || {
        let mut desk = server.command(program("desk"));
        desk.env("TMPDIR", elsewhere.path());
        desk
    };
    let mut room = Room::of(Process::of(desk()));
    let phone = room.guest("Marta", Language::Es);
    room.ok(
        "live.record",
        json!({ "participant_id": room.doctor(), "device": null }),
    );
    server.play(&file);
    // Not a second later, and with no chance to tidy up.
    let before = snapshot(&[room.clinic.folder(), elsewhere.path()]);
    room.clinic = room.clinic.kill_and_start(desk());
    let after = snapshot(&[room.clinic.folder(), elsewhere.path()]);
    room.clinic.sign_in("doctor");
    let left = room.view()["unfinished"]["ms"].as_u64().unwrap();
    let said = (speech.len() as u64 - 44) / 32;
    assert!(left + 1_100 >= said, "{left} ms of {said} ms were kept");
    room.ok(
        "live.finish_recording",
        json!({ "message_id": MessageId::new().to_string(), "discard": false }),
    );
    phone.until("the voice note", |seen| {
        seen.messages.iter().any(|message| message.sound.is_some())
    });
    let sound = phone.seen().messages[0].sound.clone().unwrap();
    let wav = phone.fetch(&sound.blob());
    assert!(speaks(&wav) > 1.0, "silence was kept");
    lies_nowhere(&wav, &before);
    lies_nowhere(&wav, &after);
}

#[test]
fn what_is_said_while_it_is_paused_is_not_recorded() {
    let Some(server) = Server::start() else {
        return;
    };
    let Some(speech) = spoken("One, two, three, four.", "en") else {
        return;
    };
    let file = server.path("speech.wav");
    fs::write(&file, &speech).unwrap();
    let room = Room::of(Process::of(server.command(program("desk"))));
    room.ok(
        "live.record",
        json!({ "participant_id": room.doctor(), "device": null }),
    );
    room.ok("live.pause_recording", json!({ "paused": true }));
    server.play(&file);
    room.ok("live.pause_recording", json!({ "paused": false }));
    server.play(&file);
    let note = room.ok(
        "live.finish_recording",
        json!({ "message_id": MessageId::new().to_string(), "discard": false }),
    );
    let (ms, said) = (
        note["sound"]["ms"].as_u64().unwrap(),
        (speech.len() as u64 - 44) / 32,
    );
    assert!(
        ms * 100 >= said * 98 && ms < said * 2,
        "{ms} ms of {said} ms"
    );
}

/// Every file below these folders, as it now is.
fn snapshot(folders: &[&Path]) -> Vec<(PathBuf, Vec<u8>)> {
    let files = folders.iter().flat_map(|folder| acceptance::files(folder));
    // One may go while it is looked for.
    files
        .filter_map(|file| Some((file.clone(), fs::read(&file).ok()?)))
        .collect()
}

/// No stretch of this sound lies in them as it sounds.
#[track_caller]
fn lies_nowhere(wav: &[u8], files: &[(PathBuf, Vec<u8>)]) {
    assert!(!files.is_empty());
    let loud = |piece: &&[u8]| {
        let (samples, _) = piece.as_chunks::<2>();
        samples
            .iter()
            .any(|pair| i16::from_le_bytes(*pair).unsigned_abs() > 2_000)
    };
    let needles: Vec<&[u8]> = wav[44..].chunks_exact(64).filter(loud).collect();
    assert!(needles.len() > 100, "silence says nothing");
    for needle in needles.iter().step_by(needles.len() / 50) {
        for (file, bytes) in files {
            assert!(
                memchr::memmem::find(bytes, needle).is_none(),
                "sound lies unsealed in {}",
                file.display()
            );
        }
    }
}

/// Seconds from the first loud sample to the last.
fn speaks(wav: &[u8]) -> f64 {
    let reader = hound::WavReader::new(wav).unwrap();
    let rate = f64::from(reader.spec().sample_rate);
    let samples: Vec<i16> = reader.into_samples().map(Result::unwrap).collect();
    let loud = |sample: &i16| sample.unsigned_abs() > 1_500;
    let first = samples.iter().position(loud).unwrap();
    let last = samples.iter().rposition(loud).unwrap();
    (last - first) as f64 / rate
}
