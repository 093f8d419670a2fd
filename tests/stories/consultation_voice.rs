//! A voice note from the workstation's own microphone to a patient's phone. Speech by espeak-ng, a real
//! sound server; where there is none the story says "not run".
#![cfg(target_os = "linux")]

use std::process::Command;

use acceptance::{
    process::Process,
    room::{Room, program},
};
use basics::{Language, MessageId};
use serde_json::json;
use voice::testing::Server;

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
    room.ok(
        "live.record",
        json!({ "participant_id": room.doctor(), "device": null }),
    );
    server.play(&speech);
    let id = MessageId::new().to_string();
    let note = room.ok(
        "live.finish_recording",
        json!({ "message_id": id, "discard": false }),
    );
    let made = hound::WavReader::open(&speech).unwrap();
    let length = u64::from(made.duration()) * 1000 / u64::from(made.spec().sample_rate);
    let ms = note["sound"]["ms"].as_u64().unwrap();
    // The doctor presses stop a moment after the last word; two in a hundred may be missing.
    assert!(
        ms * 100 >= length * 98,
        "{ms} ms of {length} ms were recorded"
    );
    let loudest = note["sound"]["peaks"].as_array().unwrap().iter();
    assert!(loudest.filter_map(|peak| peak.as_u64()).max() > Some(20));

    phone.until("the voice note", |seen| {
        seen.messages.iter().any(|message| message.sound.is_some())
    });
    let sound = phone.seen().messages[0].sound.clone().unwrap();
    let wav = phone.fetch(&sound.blob());
    let heard = voice::wav::read(&wav).unwrap();
    assert_eq!(heard.ms, ms);

    // Neither the record's folder nor the relay's holds a stretch of it as it sounds.
    let middle = wav.len() / 2;
    let needle = &wav[middle..middle + 64];
    for folder in [room.clinic.folder(), room.relay_data.path()] {
        for file in acceptance::files(folder) {
            let bytes = std::fs::read(&file).unwrap();
            assert!(
                memchr::memmem::find(&bytes, needle).is_none(),
                "sound lies unsealed in {}",
                file.display()
            );
        }
    }
}
