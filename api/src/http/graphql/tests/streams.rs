//! Answers as events.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::{Request as HttpRequest, Response as HttpResponse, StatusCode};
use serde_json::json;

use super::{Answer, Server};

const EVENTS: &str = "text/event-stream";

/// A document by POST from somebody who reads nothing but events.
async fn ask(server: &Server, document: &str) -> HttpResponse<Body> {
    let request = HttpRequest::post("/graphql")
        .header("content-type", "application/json")
        .header("accept", EVENTS)
        .body(Body::from(json!({ "query": document }).to_string()));
    server.send(request.unwrap()).await
}

async fn told(response: HttpResponse<Body>) -> String {
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()["content-type"], EVENTS);
    assert_eq!(response.headers()["cache-control"], "no-store");
    let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn next(data: &str, id: Option<usize>) -> String {
    let outcome = r#""extensions":{"outcome":"Executed"}"#;
    let id = id.map_or(String::new(), |id| format!("id: {id}\n"));
    format!("event: next\ndata: {{\"data\":{data},{outcome}}}\n{id}\n")
}

const COMPLETE: &str = "event: complete\ndata: null\n\n";

#[tokio::test]
async fn a_query_and_a_mutation_are_one_event_and_the_end() {
    let server = Server::new();
    let hello = told(ask(&server, "{ hello }").await).await;
    assert_eq!(hello, next(r#"{"hello":"world"}"#, None) + COMPLETE);
    let count = told(ask(&server, "mutation { count }").await).await;
    assert_eq!(count, next(r#"{"count":1}"#, None) + COMPLETE);
}

#[tokio::test]
async fn who_also_reads_json_gets_a_query_as_json() {
    let accept = "text/event-stream, application/json";
    assert_eq!(Server::new().document("{ hello }", accept).await.json["data"]["hello"], "world");
}

#[tokio::test]
async fn each_answer_says_where_it_stands_and_a_turn_is_not_the_end() {
    let server = Server::new();
    let told = told(ask(&server, "subscription { count(to: 1) }").await).await;
    let all = [
        next(r#"{"count":1}"#, Some(0)),
        next(r#"{"again":1}"#, Some(1)),
        next(r#"{"again":2}"#, Some(2)),
    ];
    assert_eq!(told, all.concat() + COMPLETE);
}

#[tokio::test]
async fn a_get_listens_and_changes_nothing() {
    let server = Server::new();
    let get = async |query: &str| {
        let request = HttpRequest::get(format!("/graphql?query={query}")).header("accept", EVENTS);
        server.send(request.body(Body::empty()).unwrap()).await
    };
    let count = told(get("subscription%7Bcount(to:1)%7D").await).await;
    assert!(count.starts_with(&next(r#"{"count":1}"#, Some(0))), "{count}");
    let refused = Answer::read(get("mutation%7Bcount%7D").await).await;
    assert_eq!(refused.refused(), (405, "METHOD_NOT_ALLOWED"));
}

#[tokio::test]
async fn what_does_not_begin_is_told_by_the_status() {
    let server = Server::new();
    for (document, refused) in [
        ("subscription {", (400, "GRAPHQL_PARSE_FAILED")),
        ("subscription { nothing }", (400, "GRAPHQL_VALIDATION_FAILED")),
        ("subscription { count(to: \"x\") }", (400, "GRAPHQL_VALIDATION_FAILED")),
        ("subscription { closed }", (401, "UNAUTHENTICATED")),
        ("subscription { count closed }", (400, "ROOT_FIELD_LIMIT")),
        ("{ nothing }", (400, "GRAPHQL_VALIDATION_FAILED")),
        (&super::bomb(20), (400, "DOCUMENT_TOO_LARGE")),
    ] {
        let answer = Answer::read(ask(&server, document).await).await;
        assert_eq!(answer.refused(), refused, "{document}");
        assert_eq!(
            answer.header("content-type"),
            "application/graphql-response+json; charset=utf-8"
        );
    }
}

#[tokio::test]
async fn an_open_stream_ends_when_it_is_over() {
    let server = Server::new();
    let response = ask(&server, "subscription { count }").await;
    let telling = tokio::spawn(told(response));
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(!telling.is_finished(), "longer than any operation may run");
    server.context.course.stop.notify_one();
    assert_eq!(telling.await.unwrap(), COMPLETE);
}
