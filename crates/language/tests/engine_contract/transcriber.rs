//! What writes down voice notes: the contract that network and device share, and what only a server has.

use std::{sync::Arc, time::Duration};

use basics::{Language, Secret};
use language::{
    Error, Transcriber, Unusable,
    engines::openai::{OpenAiTranscriber, Settings},
};
use serde_json::json;

use crate::{
    server::{Answer, Server, failure},
    troubles::{self, PLANTED, TIMEOUT},
};

/// A tone as a WAV file: 16 kHz, one channel, 16 bit.
pub(crate) fn tone(seconds: u32) -> Vec<u8> {
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: 16_000,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut file = std::io::Cursor::new(Vec::new());
    let mut writer = hound::WavWriter::new(&mut file, spec).unwrap();
    for n in 0..seconds * 16_000 {
        let wave = (f64::from(n) * 440.0 * std::f64::consts::TAU / 16_000.0).sin();
        writer.write_sample((wave * 8_000.0) as i16).unwrap();
    }
    writer.finalize().unwrap();
    file.into_inner()
}

/// What holds for every transcriber, wherever it runs.
pub(crate) async fn suite(engine: Arc<dyn Transcriber>) {
    assert!(!engine.name().is_empty());
    assert!(engine.check().await.is_ok());
    let wav = tone(3);
    let written = engine.transcribe(&wav, Some(Language::En)).await.unwrap();
    let mut before = 0;
    for segment in &written.segments {
        assert!(segment.from_ms >= before && segment.to_ms >= segment.from_ms);
        assert!(
            segment
                .confidence
                .is_none_or(|sure| (0.0..=1.0).contains(&sure))
        );
        assert!(!segment.text.expose().trim().is_empty());
        before = segment.from_ms;
    }
    // Nobody waits for it any more: the next one is not kept waiting either.
    let moment = Duration::from_millis(1);
    let _ = tokio::time::timeout(moment, engine.transcribe(&wav, None)).await;
    let again = engine.transcribe(&wav, Some(Language::En)).await.unwrap();
    assert_eq!(again, written);
}

fn engine(url: &str) -> OpenAiTranscriber {
    let settings = Settings {
        base_url: url.into(),
        key: Some(Secret::new("sk-planted-secret".into())),
        model: "whisper-1".into(),
        fallback_model: None,
        timeout: TIMEOUT,
    };
    OpenAiTranscriber::new(&settings).unwrap()
}

/// As own servers answer: no `usage`, and more than anybody reads.
fn verbose() -> Answer {
    let body = json!({
        "task": "transcribe", "language": "english", "duration": 3.0, "text": " Rosalinda coughs. At night.",
        "segments": [
            { "id": 1, "seek": 0, "start": 1.5, "end": 9.0, "text": " At night.", "tokens": [1], "avg_logprob": -1.2, "compression_ratio": 1.1, "no_speech_prob": 0.5, "temperature": 0.0 },
            { "id": 0, "seek": 0, "start": 0.0, "end": 1.5, "text": " Rosalinda coughs.", "tokens": [2], "avg_logprob": -0.1, "compression_ratio": 1.2, "no_speech_prob": 0.0, "temperature": 0.0 },
        ],
    });
    Answer::Body(200, None, body.to_string())
}

#[tokio::test]
async fn it_keeps_the_contract_of_transcribers() {
    let server = Server::start([verbose()]).await;
    suite(Arc::new(engine(&server.url))).await;
    troubles::each(verbose(), async |url| {
        engine(url).transcribe(&tone(3), None).await
    })
    .await;
}

#[tokio::test]
async fn pieces_come_in_order_within_the_sound_with_how_sure_it_is() {
    let server = Server::start([verbose()]).await;
    let engine = engine(&server.url);
    assert!(!engine.on_device());
    let written = engine
        .transcribe(&tone(3), Some(Language::En))
        .await
        .unwrap();
    assert_eq!(written.language, Some(Language::En));
    assert_eq!(written.text().expose(), "Rosalinda coughs. At night.");
    let [first, second] = written.segments.as_slice() else {
        panic!("{}", written.segments.len())
    };
    assert_eq!((first.from_ms, first.to_ms), (0, 1_500));
    assert_eq!((second.from_ms, second.to_ms), (1_500, 3_000));
    let sure = [first, second].map(|segment| segment.confidence.unwrap());
    assert!(sure[0] > 0.9 && sure[1] < 0.2, "{sure:?}");

    let (path, form) = server.forms().remove(0);
    assert_eq!(path, "/v1/audio/transcriptions");
    for part in [
        "verbose_json",
        "whisper-1",
        "name=\"language\"\r\n\r\nen",
        "note.wav",
        "RIFF",
    ] {
        assert!(form.contains(part), "{part}");
    }
}

#[tokio::test]
async fn a_piece_that_repeats_itself_is_not_trusted_and_words_without_end_are_refused() {
    let piece = |text: &str, ratio: f64| {
        let piece = json!({ "start": 0.0, "end": 3.0, "text": text, "avg_logprob": 0.0, "compression_ratio": ratio });
        let body = json!({ "text": text, "segments": [piece] });
        Answer::Body(200, None, body.to_string())
    };
    let server = Server::start([piece("thank you thank you", 3.0)]).await;
    let written = engine(&server.url)
        .transcribe(&tone(3), None)
        .await
        .unwrap();
    assert_eq!(written.segments[0].confidence, Some(0.0));
    let server = Server::start([piece(&"thank you ".repeat(100), 1.0)]).await;
    assert_eq!(
        engine(&server.url).transcribe(&tone(3), None).await,
        Err(Error::Unusable(Unusable::Length))
    );
}

#[tokio::test]
async fn words_alone_are_one_piece_of_which_nobody_says_how_sure_it_is() {
    let bare = Answer::Body(200, None, json!({ "text": "Es tut weh." }).to_string());
    for answer in [bare.clone(), Answer::Text("Es tut weh.\n".into())] {
        let server = Server::start([answer]).await;
        let written = engine(&server.url)
            .transcribe(&tone(3), Some(Language::De))
            .await
            .unwrap();
        assert_eq!(written.language, None);
        assert_eq!(written.text().expose(), "Es tut weh.");
        assert_eq!(written.segments[0].to_ms, 3_000);
        assert_eq!(written.segments[0].confidence, None);
    }
    // A model that takes no other shape is asked in this one from then on.
    let server = Server::start([failure(400, None, "unsupported_value"), bare]).await;
    let engine = engine(&server.url);
    for _ in 0..2 {
        assert!(engine.transcribe(&tone(3), None).await.is_ok());
    }
    let forms = server.forms();
    assert_eq!(forms.len(), 3);
    assert!(forms[0].1.contains("verbose_json"));
    assert!(!forms[1].1.contains("verbose_json") && !forms[2].1.contains("verbose_json"));
}

#[tokio::test]
async fn silence_is_no_words_and_no_trouble() {
    let body = json!({ "text": "", "segments": [] }).to_string();
    let server = Server::start([Answer::Body(200, None, body)]).await;
    let written = engine(&server.url)
        .transcribe(&tone(1), None)
        .await
        .unwrap();
    assert!(written.segments.is_empty());
}

#[tokio::test]
async fn another_format_goes_under_a_name_that_says_so() {
    let server = Server::start([verbose()]).await;
    let webm = [&[0x1a, 0x45, 0xdf, 0xa3][..], PLANTED.as_bytes()].concat();
    assert!(engine(&server.url).transcribe(&webm, None).await.is_ok());
    assert!(server.forms()[0].1.contains("note.webm"));
}

#[tokio::test]
async fn dropping_it_ends_the_request_at_the_server() {
    let server = Server::start([Answer::Silence]).await;
    let (engine, wav) = (engine(&server.url), tone(1));
    tokio::select! {
        outcome = engine.transcribe(&wav, None) => panic!("{outcome:?}"),
        () = async { while server.asked().is_empty() { tokio::task::yield_now().await } } => {}
    }
    let left = tokio::time::timeout(Duration::from_secs(5), server.left.notified()).await;
    assert!(left.is_ok());
}
