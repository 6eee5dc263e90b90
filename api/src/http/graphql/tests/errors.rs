//! What clients read when an operation fails, and what they do not.

use super::*;

#[tokio::test]
async fn internal_messages_stay_inside() {
    for field in ["leak", "quietLeak"] {
        let answer = Server::new().document(&format!("{{ {field} }}"), GRAPHQL).await;
        assert_eq!((answer.status, answer.code()), (200, "INTERNAL"));
        assert_eq!(answer.message(), "internal error");
        assert_eq!(answer.json["data"], json!(null));
        assert_eq!(answer.json["errors"][0]["path"], json!([field]));
    }
}

#[tokio::test]
async fn an_error_with_a_code_is_meant_for_the_client() {
    let answer = Server::new().document("{ hello forbidden }", GRAPHQL).await;
    assert_eq!((answer.status, answer.code()), (200, "FORBIDDEN"));
    assert_eq!(answer.message(), "you may not see this");
    assert_eq!(answer.json["data"], json!({ "hello": "world", "forbidden": null }));
}

#[tokio::test]
async fn a_failed_field_is_null_wherever_it_stands() {
    let text = "{ hello friends { name secret } }";
    let answer = Server::new().document(text, GRAPHQL).await;
    let friend = json!({ "name": "ada", "secret": null });
    assert_eq!(answer.json["data"], json!({ "hello": "world", "friends": [friend, friend] }));
    let answer = Server::new().document("{ hello @skip(if: true) }", GRAPHQL).await;
    assert_eq!(answer.json["data"], json!({}));
}

#[tokio::test]
async fn messages_are_cut_and_counted() {
    let server = Server::new();
    let answer = server.document(&format!("{{ {} }}", "x".repeat(5_000)), GRAPHQL).await;
    assert_eq!(answer.message().chars().count(), 200);
    let variables: String = (0..100).map(|number| format!("$v{number}: Int ")).collect();
    let answer = server.document(&format!("query q({variables}) {{ hello }}"), GRAPHQL).await;
    assert_eq!(answer.json["errors"].as_array().unwrap().len(), 20);
}

#[tokio::test]
async fn a_syntax_error_names_the_place_and_does_not_repeat_the_document() {
    let answer = Server::new().document("{ hello\n secret( }", GRAPHQL).await;
    assert!(answer.message().starts_with("line 2, column "), "{}", answer.message());
    assert!(!answer.message().contains("secret"));
}

#[tokio::test]
async fn while_the_database_is_away_the_client_is_told_to_come_again() {
    let query = json!({ "query": "{ hello }" });
    let answer = Server::new().post(query, &[("authorization", "unlucky")]).await;
    assert_eq!(answer.refused(), (503, "UNAVAILABLE"));
    assert_eq!(answer.header("retry-after"), "1");
}

#[tokio::test]
async fn an_operation_that_takes_too_long_is_stopped() {
    let answer = Server::new().document("{ slow }", GRAPHQL).await;
    assert_eq!(answer.refused(), (503, "TIMEOUT"));
}
