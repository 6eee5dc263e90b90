//! Our client against our witness over HTTP, and against some that mean harm.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Redirect;
use axum::routing::post;
use journal::signer::{ANSWER_MAX, Carrier};
use journal::tlog::checkpoint::Checkpoint;
use journal::tlog::key::{Kind, SignerKey};
use journal::tlog::note::Note;
use journal::tlog::witness::{AddCheckpoint, LARGEST, SIZE_TYPE, size_of};
use journal::witness::Witness;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::{HttpCarrier, router};
use crate::boot::clock::SystemClock;

async fn listen(router: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

fn log_key() -> SignerKey {
    SignerKey::new("annals/test".parse().unwrap(), Kind::Note, &[1; 32])
}

/// A log's first checkpoint; one leaf is its own root.
fn ask(root: u8) -> AddCheckpoint {
    let checkpoint = Checkpoint::new("annals/test", 1, [root; 32]);
    let mut note = Note::new(&checkpoint.to_string()).unwrap();
    note.sign(&log_key(), 0);
    AddCheckpoint { old: 0, proof: Vec::new(), note }
}

/// A witness that knows this log, and where it listens.
async fn witness(data: &TempDir) -> (Arc<Witness>, SocketAddr) {
    let witness = Witness::open(data.path(), Some("w".parse().unwrap())).unwrap();
    let policy = format!("log {}\nquorum none\n", log_key().public());
    std::fs::write(data.path().join("logs/annals"), policy).unwrap();
    let witness = Arc::new(witness);
    let address = listen(router(Arc::clone(&witness), Arc::new(SystemClock))).await;
    (witness, address)
}

#[tokio::test]
async fn our_client_gets_what_our_witness_says() {
    let data = TempDir::new().unwrap();
    let (witness, address) = witness(&data).await;
    let carrier = HttpCarrier::new().unwrap();
    let url = format!("http://{address}/add-checkpoint");
    let signed = carrier.carry(url.clone(), ask(1).to_string()).await.unwrap();
    assert_eq!(signed.status, 200);
    let mut note = ask(1).note;
    note.adopt(&signed.body, witness.public()).unwrap();
    let at = note.verify([witness.public()]).unwrap()[0].at.unwrap();
    assert!(at > 1_700_000_000, "it says when");
    let conflict = carrier.carry(url.clone(), ask(2).to_string()).await.unwrap();
    assert_eq!((conflict.status, size_of(&conflict.body)), (409, Some(1)));
    let again = AddCheckpoint { old: 1, ..ask(2) };
    let other = carrier.carry(url.clone(), again.to_string()).await.unwrap();
    assert_eq!((other.status, size_of(&other.body)), (409, Some(1)), "as large, and another");
    assert_eq!(carrier.carry(url, "old 0\n".to_owned()).await.unwrap().status, 400);
}

#[tokio::test]
async fn the_conflict_has_its_type_and_the_key_is_public() {
    let data = TempDir::new().unwrap();
    let (witness, address) = witness(&data).await;
    let client = reqwest::Client::new();
    let asked = AddCheckpoint { old: 1, ..ask(1) };
    let url = format!("http://{address}/add-checkpoint");
    let answer = client.post(&url).body(asked.to_string()).send().await.unwrap();
    assert_eq!(answer.headers()[header::CONTENT_TYPE], SIZE_TYPE);
    assert_eq!(answer.text().await.unwrap(), "0\n");
    let public = client.get(format!("http://{address}/")).send().await.unwrap();
    assert_eq!(public.text().await.unwrap(), format!("{}\n", witness.public()));
    let get = client.get(&url).send().await.unwrap();
    assert_eq!(get.status(), StatusCode::METHOD_NOT_ALLOWED);
    let large = client.post(&url).body(vec![b'a'; LARGEST + 1]).send().await.unwrap();
    assert_eq!(large.status(), StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn many_at_once_get_one_history() {
    let data = TempDir::new().unwrap();
    let (witness, address) = witness(&data).await;
    let carrier = Arc::new(HttpCarrier::new().unwrap());
    let url = format!("http://{address}/add-checkpoint");
    let asked = (0..40).map(|root| {
        let (carrier, url) = (Arc::clone(&carrier), url.clone());
        tokio::spawn(async move { carrier.carry(url, ask(root).to_string()).await.unwrap().status })
    });
    let mut signed = 0;
    for asked in asked.collect::<Vec<_>>() {
        match asked.await.unwrap() {
            200 => signed += 1,
            status => assert_eq!(status, 409),
        }
    }
    assert_eq!(signed, 1);
    assert_eq!(witness.latest("annals/test").unwrap().unwrap().size, 1);
}

/// What the client makes of whoever answers like this.
async fn asked(answering: Router) -> Result<u16, String> {
    let address = listen(answering).await;
    let url = format!("http://{address}/add-checkpoint");
    let carrier = HttpCarrier::new().unwrap();
    carrier.carry(url, ask(1).to_string()).await.map(|answer| answer.status)
}

#[tokio::test]
async fn a_huge_answer_is_not_read_and_nobody_is_followed() {
    let huge = Router::new().route("/add-checkpoint", post(async || vec![b'a'; ANSWER_MAX + 1]));
    assert_eq!(asked(huge).await, Err("its answer is too large".to_owned()));
    let endless = post(async || {
        let some = || Ok::<_, std::io::Error>(vec![b'a'; 4_096]);
        Body::from_stream(futures_util::stream::repeat_with(some))
    });
    let endless = Router::new().route("/add-checkpoint", endless);
    assert_eq!(asked(endless).await, Err("its answer is too large".to_owned()));
    let elsewhere = post(async || Redirect::temporary("/elsewhere"));
    let elsewhere = Router::new()
        .route("/add-checkpoint", elsewhere)
        .route("/elsewhere", post(async || "followed"));
    assert_eq!(asked(elsewhere).await, Ok(307));
}

#[tokio::test]
async fn whoever_is_slow_or_gone_is_given_up() {
    let begun = Instant::now();
    let slow = post(async || {
        tokio::time::sleep(Duration::from_secs(60)).await;
        HeaderMap::new()
    });
    assert!(asked(Router::new().route("/add-checkpoint", slow)).await.is_err());
    assert!(begun.elapsed() < Duration::from_secs(20));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/add-checkpoint", listener.local_addr().unwrap());
    drop(listener);
    let carrier = HttpCarrier::new().unwrap();
    let fault = carrier.carry(url, String::new()).await.unwrap_err();
    assert!(!fault.contains("127.0.0.1"), "{fault}");
}

#[tokio::test]
async fn whoever_is_slow_to_ask_keeps_nobody_else_waiting() {
    let data = TempDir::new().unwrap();
    let (_witness, address) = witness(&data).await;
    let mut slow = Vec::new();
    for _ in 0..100 {
        let mut connection = TcpStream::connect(address).await.unwrap();
        let begun =
            "POST /add-checkpoint HTTP/1.1\r\nhost: w\r\ncontent-length: 1000\r\n\r\nold 0\n";
        connection.write_all(begun.as_bytes()).await.unwrap();
        slow.push(connection);
    }
    // They are being read by now.
    tokio::time::sleep(Duration::from_millis(500)).await;
    let url = format!("http://{address}/add-checkpoint");
    let carrier = HttpCarrier::new().unwrap();
    assert_eq!(carrier.carry(url, ask(1).to_string()).await.unwrap().status, 200);
    // And they are not waited for without an end.
    let mut answer = String::new();
    slow[0].read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
}
