//! Methods, media types and envelopes.

use super::*;

#[tokio::test]
async fn a_query_runs_by_post_and_by_get() {
    let server = Server::new();
    for answer in
        [server.document("{ hello }", "*/*").await, server.get("query=%7B%20hello%20%7D").await]
    {
        assert_eq!((answer.status, &answer.json["data"]), (200, &json!({ "hello": "world" })));
        assert_eq!(answer.json["extensions"]["outcome"], "Executed");
    }
}

#[tokio::test]
async fn variables_and_the_operation_name_come_in_the_query_string_too() {
    let server = Server::new();
    let query = "query=query%20a(%24n:Int!)%7Becho(number:%24n)%7Dquery%20b%7Bhello%7D";
    let answer = server.get(&format!("{query}&operationName=a&variables=%7B%22n%22:5%7D")).await;
    assert_eq!(answer.json["data"]["echo"], 5);
    let answer = server.get(&format!("{query}&operationName=b&variables=")).await;
    assert_eq!(answer.json["data"]["hello"], "world");
    assert_eq!(server.get(&format!("{query}&variables=5x")).await.status, 400);
    assert_eq!(server.get("query=a&query=b").await.refused(), (400, "BAD_REQUEST"));
    assert_eq!(server.get("").await.refused(), (400, "BAD_REQUEST"));
}

#[tokio::test]
async fn a_mutation_by_get_is_refused_and_changes_nothing() {
    let server = Server::new();
    let answer = server.get("query=mutation%7Bcount%7D").await;
    assert_eq!(answer.refused(), (405, "METHOD_NOT_ALLOWED"));
    assert_eq!(answer.header("allow"), "POST");
    let named = "query=query%20a%7Bhello%7Dmutation%20b%7Bcount%7D&operationName=b";
    assert_eq!(server.get(named).await.refused(), (405, "METHOD_NOT_ALLOWED"));
    let open = "query=query%20a%7Bhello%7Dmutation%20b%7Bcount%7D";
    assert_eq!(server.get(open).await.code(), "GRAPHQL_VALIDATION_FAILED");
    assert_eq!(server.mutations.load(Ordering::SeqCst), 0);
    assert_eq!(server.document("mutation { count }", "*/*").await.json["data"]["count"], 1);
}

#[tokio::test]
async fn other_methods_are_refused_with_those_that_are_not() {
    let request = HttpRequest::builder().method(Method::PUT).uri("/graphql");
    let answer = Server::new().send(request.body(Body::empty()).unwrap()).await;
    let answer = Answer::read(answer).await;
    assert_eq!(answer.refused(), (405, "METHOD_NOT_ALLOWED"));
    assert_eq!(answer.header("allow"), "GET, POST");
}

#[tokio::test]
async fn a_subscription_is_refused_to_who_reads_no_events() {
    for accept in [GRAPHQL, "application/json", "*/*"] {
        let answer = Server::new().document("subscription { count }", accept).await;
        assert_eq!(answer.refused(), (406, "NOT_ACCEPTABLE"), "{accept}");
    }
}

#[tokio::test]
async fn a_body_must_be_announced_as_json_in_utf_8() {
    let server = Server::new();
    let body = json!({ "query": "{ hello }" });
    for content_type in ["application/json", "Application/JSON; charset=UTF-8"] {
        let answer = server.post(body.clone(), &[("content-type", content_type)]).await;
        assert_eq!(answer.status, 200, "{content_type}");
    }
    for content_type in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=latin1",
        "application/jsonp",
        "",
    ] {
        let answer = server.post(body.clone(), &[("content-type", content_type)]).await;
        assert_eq!(answer.refused(), (415, "UNSUPPORTED_MEDIA_TYPE"), "{content_type}");
    }
    let request = HttpRequest::post("/graphql").body(Body::from(body.to_string())).unwrap();
    assert_eq!(Answer::read(server.send(request).await).await.status, 415);
}

#[tokio::test]
async fn the_answer_has_the_media_type_that_the_client_prefers() {
    let server = Server::new();
    let json = "application/json; charset=utf-8";
    let graphql = "application/graphql-response+json; charset=utf-8";
    for (accept, expected) in [
        ("*/*", json),
        ("application/*", json),
        ("application/json", json),
        ("application/graphql-response+json", graphql),
        (
            "application/graphql-response+json; charset=utf-8, application/json; charset=utf-8",
            graphql,
        ),
        ("application/json, application/graphql-response+json", graphql),
        ("application/json, application/graphql-response+json;q=0.5", json),
        ("application/graphql-response+json;q=0, */*;q=0.1", json),
        ("text/html, application/xhtml+xml, */*;q=0.8", json),
    ] {
        let answer = server.document("{ hello }", accept).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, expected), "{accept}");
        assert_eq!(answer.header("vary"), "accept");
    }
    for accept in ["text/html", "application/json;q=0", "application/json;charset=latin1"] {
        let answer = server.document("{ hello }", accept).await;
        assert_eq!(answer.refused(), (406, "NOT_ACCEPTABLE"), "{accept}");
    }
}

#[tokio::test]
async fn a_malformed_envelope_is_a_bad_request_under_either_media_type() {
    let server = Server::new();
    let query = "{ hello }";
    for body in [
        json!([{ "query": query }]),
        json!([]),
        json!("text"),
        json!(null),
        json!({}),
        json!({ "query": null }),
        json!({ "query": 1 }),
        json!({ "query": [query] }),
        json!({ "query": query, "operationName": 1 }),
        json!({ "query": query, "variables": "{}" }),
        json!({ "query": query, "variables": [] }),
        json!({ "query": query, "extensions": 0 }),
    ] {
        for accept in [GRAPHQL, "application/json"] {
            let answer = server.post(body.clone(), &[("accept", accept)]).await;
            assert_eq!(answer.refused(), (400, "BAD_REQUEST"), "{body}");
        }
    }
    let nulls = json!({ "query": query, "variables": null, "operationName": null,
        "extensions": null, "more": 1 });
    assert_eq!(server.post(nulls, &[]).await.status, 200);
}

#[tokio::test]
async fn a_body_that_is_not_json_is_a_bad_request() {
    let server = Server::new();
    let deep = format!("{}{}", "[".repeat(50_000), "]".repeat(50_000));
    for body in ["", "{ \"query\"", deep.as_str()] {
        let request = HttpRequest::post("/graphql")
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(body.to_owned()))
            .unwrap();
        let answer = Answer::read(server.send(request).await).await;
        assert_eq!(answer.refused(), (400, "BAD_REQUEST"));
    }
}

#[tokio::test]
async fn a_body_above_the_limit_is_too_large() {
    let text = format!("{{ hello }} # {}", "x".repeat(128 * 1024));
    let answer = Server::new().document(&text, "*/*").await;
    assert_eq!(answer.refused(), (413, "PAYLOAD_TOO_LARGE"));
}

#[tokio::test]
async fn the_caller_is_known_to_resolvers_and_an_unknown_one_is_turned_away() {
    let server = Server::new();
    let body = json!({ "query": "{ caller }" });
    let answer = server.post(body.clone(), &[("authorization", "ada")]).await;
    assert_eq!(answer.json["data"]["caller"], "ada");
    let answer = server.post(body, &[("authorization", "intruder")]).await;
    assert_eq!(answer.refused(), (401, "UNAUTHENTICATED"));
    assert_eq!(answer.header("www-authenticate"), "Bearer");
    assert_eq!(answer.json["extensions"]["outcome"], "Refused");
}
