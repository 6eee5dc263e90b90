//! What a hostile client sends is refused at once, by a typed answer.

use serde_json::json;
use testbed::World;

/// `depth` fragments, each spreading the next twice: 2^depth fields.
fn bomb(depth: usize) -> String {
    let mut document = String::from("query { ...F0 }");
    for level in 0..depth {
        let next = level + 1;
        document.push_str(&format!(" fragment F{level} on Query {{ ...F{next} ...F{next} }}"));
    }
    document.push_str(&format!(" fragment F{depth} on Query {{ __typename }}"));
    document
}

#[tokio::test]
async fn fragment_bombs_of_every_depth_are_refused() {
    let mut world = World::demo().await;
    let client = world.serve();
    for depth in 18..=45 {
        let answer = client.ask(&bomb(depth), json!({})).await;
        let code = &answer.body["errors"][0]["extensions"]["code"];
        assert_eq!(code, "DOCUMENT_TOO_LARGE", "depth {depth}: {answer:?}");
        assert!(answer.body.get("data").is_none());
    }
    let (live, _) = client.get("/health/live").await;
    assert_eq!(live, 200);
}

#[tokio::test]
async fn a_mutation_by_get_is_405_and_text_plain_is_415() {
    let mut world = World::demo().await;
    let client = world.serve();
    let url = format!("{}/graphql", client.base);
    let by_get = client
        .http()
        .get(&url)
        .query(&[("query", "mutation { signOut(input: {}) { userErrors { code } } }")])
        .send()
        .await
        .unwrap();
    assert_eq!(by_get.status(), 405);
    assert_eq!(by_get.headers()["allow"], "POST");
    let body = json!({"query": "{ __typename }"}).to_string();
    let plain =
        client.http().post(&url).header("content-type", "text/plain").body(body).send().await;
    assert_eq!(plain.unwrap().status(), 415);
}

#[tokio::test]
async fn a_stranger_and_a_forged_token_are_unauthenticated() {
    let mut world = World::demo().await;
    let client = world.serve();
    let stranger = client.ask("{ tickets { nodes { id } } }", json!({})).await;
    assert_eq!(stranger.body["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    let forged = client
        .http()
        .post(format!("{}/graphql", client.base))
        .header("content-type", "application/json")
        .bearer_auth("eyJhbGciOiJub25lIn0.e30.")
        .body(json!({"query": "{ viewer { role } }"}).to_string())
        .send()
        .await
        .unwrap();
    assert_eq!(forged.status(), 401);
}
