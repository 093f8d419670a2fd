//! Speech is found, and nothing else is taken for it: the real model over real sounds.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)]

use voice::{
    Detector,
    testing::{clips, load_runtime, spoken},
};

#[test]
fn in_a_hundred_clips_of_silence_noise_and_music_nobody_speaks() {
    load_runtime();
    let mut detector = Detector::load().unwrap();
    let heard: Vec<String> = clips::hundred()
        .into_iter()
        .filter(|(_, wav)| !detector.find(wav).unwrap().is_empty())
        .map(|(name, _)| name)
        .collect();
    assert!(heard.is_empty(), "taken for speech: {heard:?}");
}

#[test]
fn speech_in_eleven_languages_is_found_where_it_is() {
    load_runtime();
    let mut detector = Detector::load().unwrap();
    for (voice, text) in [
        ("en", "Please take one tablet every morning."),
        ("es", "Me duele la cabeza desde ayer."),
        ("fr", "J'ai mal au ventre depuis deux jours."),
        ("de", "Ich habe seit gestern Fieber."),
        ("pt", "Estou com dor no peito."),
        ("ru", "У меня болит голова."),
        ("hi", "मुझे कल से बुखार है।"),
        ("te", "నాకు నిన్నటి నుండి జ్వరం ఉంది."),
        ("ar", "أشعر بألم في صدري منذ البارحة."),
        ("cmn", "我从昨天开始头疼。"),
        ("ja", "きのうから あたまが いたいです。"),
    ] {
        let Some(said) = spoken(text, voice) else {
            return;
        };
        // Two seconds of silence, what was said, two seconds of silence.
        let quiet = vec![0u8; 2 * 32_000];
        let pcm = [&quiet[..], &said[44..], &quiet[..]].concat();
        let whole = voice::wav::from_pcm(&pcm).unwrap();
        let spans = detector.find(&whole.wav).unwrap();
        let (first, last) = (spans.first(), spans.last());
        let (from, to) = (first.unwrap().from_ms, last.unwrap().to_ms);
        let end = whole.ms - 2_000;
        assert!((1_700..2_400).contains(&from), "{voice}: begins at {from}");
        assert!(
            (end - 700..end + 300).contains(&to),
            "{voice}: ends at {to} of {end}"
        );
        let cut = voice::cut(&whole.wav, &spans).unwrap();
        assert!(cut.wav.len() < whole.wav.len() - 3 * 32_000, "{voice}");
    }
}

/// How long eight minutes take: `cargo test -p voice --test speech -- --nocapture eight`.
#[test]
fn eight_minutes_are_looked_through() {
    load_runtime();
    let mut detector = Detector::load().unwrap();
    let whole = voice::wav::from_pcm(&vec![0; 8 * 60 * 32_000]).unwrap();
    let begun = std::time::Instant::now();
    assert_eq!(detector.find(&whole.wav).unwrap(), []);
    eprintln!("eight minutes of sound in {:?}", begun.elapsed());
}
