//! What places texts by meaning: the contract, run by the OpenAI-compatible engine.

use basics::{Phi, Secret};
use language::{
    Embedder, Error, Unusable,
    engines::openai::{OpenAiEmbedder, Settings},
};

use crate::{
    server::{Answer, Server, vectors},
    troubles::{self, TIMEOUT},
};

fn engine(url: &str) -> OpenAiEmbedder {
    let settings = Settings {
        base_url: url.into(),
        key: Some(Secret::new("sk-planted-secret".into())),
        model: "small".into(),
        fallback_model: None,
        timeout: TIMEOUT,
    };
    OpenAiEmbedder::new(&settings).unwrap()
}

fn texts(count: usize) -> Vec<Phi<String>> {
    let text = |n| Phi::new(format!("Rosalinda coughs, day {n}"));
    (0..count).map(text).collect()
}

#[tokio::test]
async fn it_keeps_the_contract_of_embedders() {
    troubles::each(vectors(&[vec![1.0, 2.0]]), async |url| {
        engine(url).embed(&texts(1)).await
    })
    .await;
}

#[tokio::test]
async fn vectors_come_in_the_order_of_the_texts_and_at_length_one() {
    let server = Server::start([vectors(&[vec![3.0, 4.0], vec![0.0, -2.0]])]).await;
    let engine = engine(&server.url);
    assert_eq!(engine.dimensions(), None);
    let placed = engine.embed(&texts(2)).await.unwrap();
    assert_eq!(placed, [vec![0.6, 0.8], vec![0.0, -1.0]]);
    assert_eq!(engine.dimensions(), Some(2));
    let (_, asked) = server.asked().remove(0);
    assert_eq!(asked["encoding_format"], "float");
    assert_eq!(asked["input"][1], "Rosalinda coughs, day 1");
}

#[tokio::test]
async fn many_texts_go_in_batches_and_none_in_no_request() {
    let sixty_four = vec![vec![1.0_f32]; 64];
    let server = Server::start([vectors(&sixty_four), vectors(&sixty_four[..6])]).await;
    let engine = engine(&server.url);
    assert_eq!(engine.embed(&texts(70)).await.unwrap().len(), 70);
    assert_eq!(engine.embed(&[]).await, Ok(vec![]));
    let sizes: Vec<usize> = (server.asked().iter())
        .map(|(_, body)| body["input"].as_array().unwrap().len())
        .collect();
    assert_eq!(sizes, [64, 6]);
}

#[tokio::test]
async fn vectors_that_cannot_be_compared_are_refused() {
    let twice =
        "{\"data\": [{\"index\": 0, \"embedding\": [1]}, {\"index\": 0, \"embedding\": [1]}]}";
    for answer in [
        vectors(&[vec![1.0]]),
        vectors(&[vec![1.0], vec![1.0], vec![1.0]]),
        vectors(&[vec![1.0], vec![1.0, 2.0]]),
        vectors(&[vec![1.0], vec![0.0]]),
        vectors(&[vec![], vec![]]),
        Answer::Body(200, None, twice.into()),
        Answer::Body(200, None, twice.replace("[1]", "[1e39]")),
    ] {
        let server = Server::start([answer.clone()]).await;
        let outcome = engine(&server.url).embed(&texts(2)).await;
        assert_eq!(
            outcome,
            Err(Error::Unusable(Unusable::Malformed)),
            "{answer:?}"
        );
    }
    // Another model behind the same name later.
    let server = Server::start([vectors(&[vec![1.0, 0.0]]), vectors(&[vec![1.0]])]).await;
    let engine = engine(&server.url);
    assert!(engine.check().await.is_ok());
    assert_eq!(
        engine.embed(&texts(1)).await,
        Err(Error::Unusable(Unusable::Malformed))
    );
}
