//! Sessions: locked logins, what people see and end, stolen refresh tokens, one-time passwords.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use api::boot::App;
use api::gateway::Caller;
use api::identity::{Ended, Reset, ResetError};
use cqrs_es::{Aggregate, DomainEvent};
use domain::kernel::{Actor, Meta, Source};
use domain::person::event::Left;
use domain::person::{Person, PersonEvent};
use journal::{Append, NewEvent, StreamAppend};
use serde_json::{Value, json};
use testbed::{Client, DEMO_PASSWORD, World};
use tokio::sync::broadcast::Receiver;
use tokio::time::timeout;
use uuid::Uuid;

const NOON: &str = "2031-03-01T12:00:00Z";

/// A server whose clock is a file.
async fn clocked(world: &mut World) -> (Client, PathBuf) {
    let clock = world.folder().join("clock");
    fs::write(&clock, NOON).unwrap();
    let mut command = world.annals(&["serve", "--demo", "--listen", "127.0.0.1:0"]);
    command.arg("--test-clock").arg(&clock);
    (world.serve_by(&mut command), clock)
}

async fn try_in(client: &Client, login: &str, password: &str) -> Value {
    let sign_in = "mutation($i: SignInInput!) { signIn(input: $i) {
        token refreshToken userErrors { code meta } } }";
    let input = json!({"i": {"login": login, "password": password}});
    client.data(sign_in, input).await["signIn"].clone()
}

fn code(payload: &Value) -> &str {
    payload["userErrors"][0]["code"].as_str().unwrap_or("none")
}

async fn refresh(client: &Client, token: &Value) -> Value {
    let refresh = "mutation($i: TokenRefreshInput!) { tokenRefresh(input: $i) {
        token refreshToken userErrors { code } } }";
    client.data(refresh, json!({"i": {"refreshToken": token}})).await["tokenRefresh"].clone()
}

async fn sessions(client: &Client) -> Vec<Value> {
    let asked = "{ viewer { sessions { id createdAt lastUsedAt expiresAt current } } }";
    client.data(asked, json!({})).await["viewer"]["sessions"].as_array().unwrap().clone()
}

async fn is_out(client: &Client) -> bool {
    client.ask("{ viewer { role } }", json!({})).await.status == 401
}

#[tokio::test]
async fn three_failures_lock_a_login_longer_each_time_whether_it_exists_or_not() {
    let mut world = World::demo().await;
    let (client, clock) = clocked(&mut world).await;
    for login in ["Agent1", "nobody-of-this-name"] {
        fs::write(&clock, NOON).unwrap();
        for _ in 0..3 {
            assert_eq!(code(&try_in(&client, login, "wrong password").await), "SIGN_IN_FAILED");
        }
        // The right password is not even looked at, whatever the login's case.
        let locked = try_in(&client, &login.to_lowercase(), DEMO_PASSWORD).await;
        assert_eq!(code(&locked), "SIGN_IN_LOCKED");
        assert_eq!(locked["userErrors"][0]["meta"], json!({"retryAfterSeconds": 30}));
        fs::write(&clock, "2031-03-01T12:00:29.5Z").unwrap();
        let locked = try_in(&client, login, "wrong password").await;
        assert_eq!(locked["userErrors"][0]["meta"], json!({"retryAfterSeconds": 1}));
        fs::write(&clock, "2031-03-01T12:00:30Z").unwrap();
        assert_eq!(code(&try_in(&client, login, "wrong password").await), "SIGN_IN_FAILED");
        let locked = try_in(&client, login, "wrong password").await;
        assert_eq!(locked["userErrors"][0]["meta"], json!({"retryAfterSeconds": 60}));
    }
    fs::write(&clock, "2031-03-01T12:01:30Z").unwrap();
    assert!(try_in(&client, "agent1", DEMO_PASSWORD).await["token"].is_string());
    for _ in 0..2 {
        assert_eq!(code(&try_in(&client, "agent1", "wrong password").await), "SIGN_IN_FAILED");
    }
    let again = try_in(&client, "agent1", DEMO_PASSWORD).await;
    assert!(again["token"].is_string(), "success begins the count anew: {again}");
    let rows = stored_failures(&world).await;
    assert_eq!(rows.len(), 1, "success forgets: {rows:?}");
    assert!(!rows[0].contains("nobody"), "a login is not stored in the clear: {rows:?}");
}

async fn stored_failures(world: &World) -> Vec<String> {
    let mut database = world.superuser().await;
    sqlx::query_scalar("select f::text from identity.sign_in_failures f")
        .fetch_all(&mut database)
        .await
        .unwrap()
}

#[tokio::test]
async fn failures_at_the_same_time_count_each_an_hour_at_most_and_old_ones_are_forgotten() {
    let mut world = World::demo().await;
    let (client, clock) = clocked(&mut world).await;
    let guesses = (0..12).map(|_| try_in(&client, "agent2", "wrong password"));
    let answers = futures_util::future::join_all(guesses).await;
    let failed = answers.iter().filter(|answer| code(answer) == "SIGN_IN_FAILED").count();
    assert_eq!(failed, 3, "the others found the lock: {answers:?}");
    let mut database = world.superuser().await;
    let many = "update identity.sign_in_failures set failures = 40, locked_until = null";
    sqlx::query(many).execute(&mut database).await.unwrap();
    assert_eq!(code(&try_in(&client, "agent2", "wrong password").await), "SIGN_IN_FAILED");
    let locked = try_in(&client, "agent2", DEMO_PASSWORD).await;
    assert_eq!(locked["userErrors"][0]["meta"], json!({"retryAfterSeconds": 3600}));
    fs::write(&clock, "2031-03-01T14:00:00Z").unwrap();
    assert_eq!(code(&try_in(&client, "head1", "wrong password").await), "SIGN_IN_FAILED");
    assert_eq!(stored_failures(&world).await.len(), 1, "what is old is swept");
}

#[tokio::test]
async fn people_see_their_sessions_and_end_them_and_nobody_elses() {
    let mut world = World::demo().await;
    let stranger = world.serve();
    let desk = stranger.sign_in("agent1", DEMO_PASSWORD).await;
    let train = stranger.sign_in("agent1", DEMO_PASSWORD).await;
    let home = stranger.sign_in("agent1", DEMO_PASSWORD).await;
    let ben = stranger.sign_in("agent2", DEMO_PASSWORD).await;
    let seen = sessions(&desk).await;
    assert_eq!(seen.len(), 3);
    assert_eq!(seen.iter().filter(|session| session["current"] == true).count(), 1);
    assert_eq!(seen[2]["current"], true, "the newest come first: {seen:?}");
    let revoke = "mutation($i: SessionRevokeInput!) { sessionRevoke(input: $i) {
        userErrors { code field } } }";
    let end = async |by: &Client, id: &Value| {
        by.data(revoke, json!({"i": {"sessionId": id}})).await["sessionRevoke"].clone()
    };
    let foreign = end(&ben, &seen[0]["id"]).await;
    assert_eq!(code(&foreign), "SESSION_NOT_FOUND");
    assert_eq!(code(&end(&desk, &json!("x")).await), "INVALID_ID");
    assert_eq!(end(&desk, &seen[0]["id"]).await["userErrors"], json!([]));
    assert_eq!(end(&desk, &seen[0]["id"]).await, foreign, "gone and foreign answer alike");
    assert!(is_out(&home).await);
    assert!(!is_out(&train).await);
    desk.data("mutation { sessionRevokeOthers { userErrors { code } } }", json!({})).await;
    assert!(is_out(&train).await);
    assert_eq!(sessions(&desk).await.len(), 1);
    assert!(!is_out(&ben).await);
}

#[tokio::test]
async fn a_refresh_token_that_comes_again_ends_the_session_and_everybody_hears_of_it() {
    let mut world = World::demo().await;
    let client = world.serve();
    let first = try_in(&client, "agent1", DEMO_PASSWORD).await;
    let second = refresh(&client, &first["refreshToken"]).await;
    let third = refresh(&client, &second["refreshToken"]).await;
    assert!(third["token"].is_string());
    let mut heard = sqlx::postgres::PgListener::connect_with(
        &sqlx::PgPool::connect_with(world.options()).await.unwrap(),
    )
    .await
    .unwrap();
    heard.listen("annals_sessions").await.unwrap();
    // However old: a thief may have slept.
    assert_eq!(code(&refresh(&client, &first["refreshToken"]).await), "SIGN_IN_EXPIRED");
    let told = heard.recv().await.unwrap().payload().to_owned();
    assert!(told.parse::<Uuid>().is_ok(), "{told}");
    assert_eq!(code(&refresh(&client, &third["refreshToken"]).await), "SIGN_IN_EXPIRED");
    // What never was a token ends nothing.
    let other = try_in(&client, "agent1", DEMO_PASSWORD).await;
    assert_eq!(code(&refresh(&client, &json!("nonsense")).await), "SIGN_IN_EXPIRED");
    assert!(refresh(&client, &other["refreshToken"]).await["token"].is_string());
}

#[tokio::test]
async fn another_node_hears_at_once_which_sessions_end_and_looks_again_after_it_was_deaf() {
    let mut world = World::demo().await;
    let client = world.serve();
    let node = App::open(&world.place(), None).await.unwrap();
    let mut heard = node.identity.revocations();
    assert_eq!(next(&mut heard).await, Ended::Unknown, "it begins to listen");
    let ada = client.sign_in("agent1", DEMO_PASSWORD).await;
    let session = live_session(&world).await;
    assert!(node.identity.still_good(session).await.unwrap());
    ada.data("mutation { signOut { userErrors { code } } }", json!({})).await;
    assert_eq!(next(&mut heard).await, Ended::Session(session));
    assert!(!node.identity.still_good(session).await.unwrap());

    let person = node.identity.person_of("agent1").await.unwrap().unwrap();
    let (desk, home) = (
        client.sign_in("agent1", DEMO_PASSWORD).await,
        client.sign_in("agent1", DEMO_PASSWORD).await,
    );
    node.identity.end_sessions_of(person).await.unwrap();
    assert_eq!(next(&mut heard).await, Ended::Person(person));
    assert!(is_out(&desk).await && is_out(&home).await);

    let mut database = world.superuser().await;
    let deafen = "select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and query like 'LISTEN%annals_sessions%'";
    sqlx::query(deafen).execute(&mut database).await.unwrap();
    assert_eq!(next(&mut heard).await, Ended::Unknown);
    let ada = client.sign_in("agent1", DEMO_PASSWORD).await;
    let session = live_session(&world).await;
    ada.data("mutation { signOut { userErrors { code } } }", json!({})).await;
    assert_eq!(next(&mut heard).await, Ended::Session(session));
    node.close().await;
}

async fn next(heard: &mut Receiver<Ended>) -> Ended {
    timeout(Duration::from_secs(20), heard.recv()).await.unwrap().unwrap()
}

/// The one session there is.
async fn live_session(world: &World) -> Uuid {
    let mut database = world.superuser().await;
    let all = "select session_id from identity.sessions";
    sqlx::query_scalar(all).fetch_one(&mut database).await.unwrap()
}

async fn reset(by: &Client, person: &Value, reason: &str) -> Value {
    let reset = "mutation($i: PersonResetPasswordInput!) { personResetPassword(input: $i) {
        oneTimePassword userErrors { code field } } }";
    let input = json!({"i": {"personId": person, "reason": reason}});
    by.data(reset, input).await["personResetPassword"].clone()
}

async fn own_id(client: &Client) -> Value {
    client.data("{ viewer { person { id } } }", json!({})).await["viewer"]["person"]["id"].clone()
}

#[tokio::test]
async fn a_reset_password_serves_for_a_day_to_choose_another_and_ends_all_sessions() {
    let mut world = World::demo().await;
    let (client, clock) = clocked(&mut world).await;
    let admin = client.sign_in("admin", DEMO_PASSWORD).await;
    let ada = client.sign_in("agent1", DEMO_PASSWORD).await;
    let id = own_id(&ada).await;
    assert_eq!(code(&reset(&ada, &own_id(&admin).await, "Please").await), "FORBIDDEN");
    assert_eq!(code(&reset(&admin, &own_id(&admin).await, "Oops").await), "PASSWORD_RESET_ONESELF");
    let nobody = json!("UGVyc29uOjAwMDAwMDAwLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwNw");
    assert_eq!(code(&reset(&admin, &nobody, "Forgotten").await), "PERSON_NOT_FOUND");
    assert_eq!(code(&reset(&admin, &id, " ").await), "REASON_UNFIT");
    assert!(!is_out(&ada).await, "what is refused changes nothing");

    let before = resets(&world).await;
    let given = reset(&admin, &id, "Forgotten").await;
    assert_eq!(resets(&world).await, before + 1, "that it was reset is history: {given}");
    let password = given["oneTimePassword"].as_str().unwrap();
    assert_eq!(password.len(), 20);
    assert!(is_out(&ada).await);
    assert_eq!(code(&try_in(&client, "agent1", DEMO_PASSWORD).await), "SIGN_IN_FAILED");
    let ada = client.sign_in("agent1", password).await;
    let refused = ada.ask("{ tickets { nodes { id } } }", json!({})).await;
    assert_eq!(refused.body["errors"][0]["extensions"]["code"], "PASSWORD_CHANGE_REQUIRED");
    let change = "mutation($i: PasswordChangeInput!) { passwordChange(input: $i) {
        userErrors { code } } }";
    let input =
        |current: &str| json!({"i": {"currentPassword": current, "newPassword": "correct horse"}});
    ada.data(change, input(password)).await;
    ada.data("{ tickets { nodes { id } } }", json!({})).await;
    client.sign_in("agent1", "correct horse").await;

    for _ in 0..3 {
        assert_eq!(code(&try_in(&client, "agent1", "a guess").await), "SIGN_IN_FAILED");
    }
    assert_eq!(code(&try_in(&client, "agent1", "a guess").await), "SIGN_IN_LOCKED");
    let late = reset(&admin, &id, "Forgotten again").await;
    let late = late["oneTimePassword"].as_str().unwrap();
    let held = client.sign_in("agent1", late).await;
    fs::write(&clock, "2031-03-02T12:00:00Z").unwrap();
    assert_eq!(code(&try_in(&client, "agent1", late).await), "SIGN_IN_FAILED");
    assert!(is_out(&held).await, "its access token has ended as well");
    assert_nothing_is_told(&world, late).await;
}

#[tokio::test]
async fn who_has_left_gets_no_password() {
    let world = World::demo().await;
    let node = App::open(&world.place(), None).await.unwrap();
    let person = node.identity.person_of("agent1").await.unwrap().unwrap();
    let journal = node.gateway.journal();
    let expected = journal.load::<Person>(person.0).await.unwrap().version;
    let left = PersonEvent::Left(Left {});
    let meta = Meta {
        command_id: node.gateway.new_id(),
        correlation_id: node.gateway.new_id(),
        causation_id: None,
        actor: Actor::System,
        on_behalf_of: None,
        source: Source::Process,
        occurred_at: node.gateway.now(),
        reason: None,
        trace_id: None,
    };
    let event = NewEvent {
        event_type: left.event_type(),
        event_version: left.event_version(),
        payload: serde_json::to_value(&left).unwrap(),
        meta,
    };
    let stream = StreamAppend {
        aggregate_type: Person::TYPE,
        aggregate_id: person.0,
        expected,
        events: vec![event],
    };
    let append = Append { streams: vec![stream], ..Append::default() };
    journal.append(&append).await.unwrap();
    let reason = "Forgotten".to_owned();
    let reset = Reset { person, reason, correlation_id: Uuid::nil(), trace_id: None };
    let refused = node.identity.reset_password(&Caller::system(), reset).await;
    assert!(matches!(refused, Err(ResetError::Left)), "{refused:?}");
    node.close().await;
}

/// How often history says that somebody got a password that serves once.
async fn resets(world: &World) -> i64 {
    let told = "select count(*) from journal.events
         where event_type = 'person.password_changed' and payload::text like '%true%'";
    sqlx::query_scalar(told).fetch_one(&mut world.superuser().await).await.unwrap()
}

/// Neither the journal nor the credentials hold the password.
async fn assert_nothing_is_told(world: &World, password: &str) {
    let mut database = world.superuser().await;
    for table in ["journal.events", "identity.credentials"] {
        let found: i64 = sqlx::query_scalar(&format!(
            "select count(*) from {table} t where position($1 in t::text) > 0"
        ))
        .bind(password)
        .fetch_one(&mut database)
        .await
        .unwrap();
        assert_eq!(found, 0, "the password stands in {table}");
    }
}
