//! Documents that are no GraphQL, do not fit the schema, or ask too much.

use super::*;

#[tokio::test]
async fn a_bad_document_is_400_or_200_by_media_type_and_has_no_data() {
    let server = Server::new();
    for (text, code) in [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("fragment F on Query { hello }", "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ echo(number: \"x\") }", "GRAPHQL_VALIDATION_FAILED"),
        ("query a { hello } query b { hello }", "GRAPHQL_VALIDATION_FAILED"),
    ] {
        assert_eq!(server.document(text, GRAPHQL).await.refused(), (400, code), "{text}");
        let answer = server.document(text, "application/json").await;
        assert_eq!(answer.refused(), (200, code), "{text}");
    }
}

#[tokio::test]
async fn a_variable_that_does_not_fit_is_a_bad_document() {
    let query = "query q($n: Int!) { echo(number: $n) }";
    let body = json!({ "query": query, "variables": { "n": null } });
    let answer = Server::new().post(body, &[("accept", GRAPHQL)]).await;
    assert_eq!(answer.refused(), (400, "GRAPHQL_VALIDATION_FAILED"));
}

#[tokio::test]
async fn an_operation_name_that_is_not_there_selects_nothing() {
    let server = Server::new();
    for query in ["{ hello }", "query a { hello }"] {
        let body = json!({ "query": query, "operationName": "b" });
        let answer = server.post(body, &[("accept", GRAPHQL)]).await;
        assert_eq!(answer.refused(), (400, "GRAPHQL_VALIDATION_FAILED"));
        let body = json!({ "query": query, "operationName": "" });
        assert_eq!(server.post(body, &[]).await.status, 200);
    }
}

#[tokio::test]
async fn bombs_are_refused_before_anyone_asks_who_calls() {
    let server = Server::new();
    for depth in 18..=45 {
        for accept in [GRAPHQL, "application/json"] {
            let answer = server.document(&bomb(depth), accept).await;
            assert_eq!(answer.refused(), (400, "DOCUMENT_TOO_LARGE"), "depth {depth}");
        }
    }
    assert_eq!(server.context.asked.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn what_the_guard_refuses_is_a_bad_request_with_its_own_code() {
    let server = Server::new();
    let aliases: String = (0..101).map(|number| format!(" a{number}: hello")).collect();
    for (text, code) in [
        (format!("{{ {aliases} }}"), "ALIAS_LIMIT"),
        (format!("{{ {} }}", "hello ".repeat(500)), "ROOT_FIELD_LIMIT"),
        (format!("{{ hello {} }}", "@skip(if: true) ".repeat(11)), "DIRECTIVE_LIMIT"),
        (format!("{{ hello {} }}", "@skip(if: true) ".repeat(10_000)), "PAYLOAD_TOO_LARGE"),
        (format!("{{ hello {} }}", "@x ".repeat(10_000)), "DOCUMENT_TOO_LARGE"),
        (format!("{}{}", "{ a ".repeat(50), "}".repeat(50)), "DEPTH_LIMIT"),
        (format!("{{ hello(x: {}{}) }}", "[".repeat(999), "]".repeat(999)), "DEPTH_LIMIT"),
        ("{ ...F } fragment F on Query { ...F }".to_owned(), "FRAGMENT_CYCLE"),
    ] {
        let answer = server.document(&text, GRAPHQL).await;
        assert_eq!(answer.refused().1, code);
        assert!((400..500).contains(&answer.status));
    }
}

#[tokio::test]
async fn the_standard_introspection_is_answered_without_suggestions_elsewhere() {
    let server = Server::new();
    let answer = server.document(INTROSPECTION, GRAPHQL).await;
    assert_eq!(answer.status, 200, "{}", answer.json["errors"]);
    assert_eq!(answer.json["data"]["__schema"]["queryType"]["name"], "Query");
    let answer = server.document("{ helo }", GRAPHQL).await;
    assert!(!answer.message().contains("hello"), "{}", answer.message());
}
