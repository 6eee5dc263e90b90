//! No credential stands where somebody reads who was not given it: T28.

use std::fs::{self, File};
use std::process::{Command, Stdio};

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use serde_json::{Value, json};
use testbed::{DEMO_PASSWORD, World};

use crate::desk::{accepted, mutate_noun, own_id};

/// Chosen for these tests, each by another way: wrongly, for a new person, instead of another.
const WRONG: &str = "wrong-Yxzzy-plugh-4711";
const FIRST: &str = "first-Yxzzy-plugh-4712";
const NEXT: &str = "next-Yxzzy-plugh-4713";

const SIGN_IN: &str = "mutation($i: SignInInput!) { signIn(input: $i) {
    token refreshToken userErrors { code message } } }";

const CHANGE: &str = "mutation($i: PasswordChangeInput!) { passwordChange(input: $i) {
    userErrors { code message field } } }";

/// The forms that a secret could be found in.
fn forms(secret: &str) -> Vec<String> {
    let hex = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
    // What a base64 text shares with longer ones that begin with it.
    let encoded = |text: String| text[..secret.len() / 3 * 4].to_owned();
    vec![secret.to_owned(), hex, encoded(STANDARD.encode(secret)), encoded(URL_SAFE.encode(secret))]
}

/// Every row of every table, as text, with its table's name.
async fn rows(world: &World) -> Vec<(String, String)> {
    let mut database = world.superuser().await;
    let tables = "select format('%I.%I', table_schema, table_name) from information_schema.tables
        where table_schema not in ('pg_catalog', 'information_schema')";
    let tables: Vec<String> = sqlx::query_scalar(tables).fetch_all(&mut database).await.unwrap();
    let mut all = Vec::new();
    for table in tables {
        let query = format!("select t::text from {table} t");
        let texts: Vec<String> = sqlx::query_scalar(&query).fetch_all(&mut database).await.unwrap();
        all.extend(texts.into_iter().map(|text| (table.clone(), text)));
    }
    all
}

#[tokio::test]
async fn t28_no_credential_stands_in_an_event_a_row_a_log_line_or_a_refusal() {
    let mut world = World::demo().await;
    let log = world.folder().join("server.log");
    let mut command: Command = world.annals(&["serve", "--demo", "--listen", "127.0.0.1:0"]);
    command.env("ANNALS_LOG", "debug").stderr(Stdio::from(File::create(&log).unwrap()));
    let stranger = world.serve_by(&mut command);
    let admin = stranger.sign_in("admin", DEMO_PASSWORD).await;
    let mut secrets = vec![WRONG.to_owned(), FIRST.to_owned(), NEXT.to_owned()];
    let mut refusals = Vec::new();
    let take = |answer: &Value, name: &str| answer[name].as_str().unwrap().to_owned();

    let credentials =
        |login: &str, password: &str| json!({"i": {"login": login, "password": password}});
    refusals.push(stranger.ask(SIGN_IN, credentials("agent1", WRONG)).await.body);
    // As an argument of the wrong type, where a reader of requests might repeat it.
    refusals
        .push(stranger.ask(SIGN_IN, json!({"i": {"login": 1, "password": [WRONG]}})).await.body);
    refusals
        .push(stranger.with_token(WRONG).ask("{ viewer { person { id } } }", json!({})).await.body);

    let person = json!({"name": "Newcomer", "login": "newcomer", "kind": "STAFF",
        "role": "AGENT", "password": FIRST});
    accepted(&mutate_noun(&admin, "personRegister", "person { id }", person).await);
    let signed = stranger.ask(SIGN_IN, credentials("newcomer", FIRST)).await.body;
    let signed = signed["data"]["signIn"].clone();
    let newcomer = stranger.with_token(&take(&signed, "token"));
    secrets.extend([take(&signed, "token"), take(&signed, "refreshToken")]);
    let change = async |from: &str| {
        let input = json!({"i": {"currentPassword": from, "newPassword": NEXT}});
        newcomer.data(CHANGE, input).await["passwordChange"].clone()
    };
    let refused = change(WRONG).await;
    assert_ne!(refused["userErrors"], json!([]));
    refusals.push(refused);
    accepted(&change(FIRST).await);
    let signed = stranger.ask(SIGN_IN, credentials("newcomer", NEXT)).await.body;
    let signed = signed["data"]["signIn"].clone();
    secrets.extend([take(&signed, "token"), take(&signed, "refreshToken")]);

    let account = json!({"name": "Agents", "purpose": "Inventories", "ownerId": own_id(&admin).await,
        "rights": ["CI_REGISTER"]});
    let registered =
        mutate_noun(&admin, "serviceAccountRegister", "serviceAccount { id }", account);
    let account = accepted(&registered.await)["serviceAccount"]["id"].clone();
    let input = json!({"serviceAccountId": account, "endsAt": ends()});
    let issued = mutate_noun(&admin, "serviceAccountTokenIssue", "token", input).await;
    secrets.push(take(accepted(&issued), "token"));
    let (status, metrics) = stranger.get("/metrics").await;
    let events = "{ events(first: 100) { nodes { eventType changes { field from to } } } }";
    let told = admin.data(events, json!({})).await;
    drop(world.take_server());

    let mut places = rows(&world).await;
    assert!(places.len() > 1_000, "{} rows were looked at", places.len());
    assert!(places.iter().any(|(_, text)| text.contains("Newcomer") || text.contains("newcomer")));
    let lines = fs::read_to_string(&log).unwrap();
    assert!(lines.lines().count() > 10, "the server says what it does: {lines}");
    places.push(("the log".to_owned(), lines));
    places.push((format!("the metrics, {status}"), metrics));
    places.push(("the events".to_owned(), told.to_string()));
    places.extend(refusals.iter().map(|it| ("a refusal".to_owned(), it.to_string())));
    for secret in &secrets {
        assert!(secret.len() > 20, "{secret} could be found by chance");
        for form in forms(secret) {
            let found = places.iter().find(|(_, text)| text.contains(&form));
            assert!(found.is_none(), "{form} stands in {found:?}");
        }
    }
}

/// Within the bounds of a token.
#[expect(clippy::disallowed_methods, reason = "the server's clock is the machine's")]
fn ends() -> String {
    (chrono::Utc::now() + chrono::TimeDelta::days(30)).to_rfc3339()
}
