//! Starting and stopping: the first start, the sentences when it cannot be, the graceful end.

use serde_json::json;
use testbed::{Client, DEMO_PASSWORD, World};

#[tokio::test]
async fn the_first_start_makes_an_administrator_who_must_choose_a_password() {
    let mut world = World::empty().await;
    let mut command = world.annals(&["serve", "--listen", "127.0.0.1:0"]);
    let client = world.serve_by(&mut command);
    let greeting = world.server().greeting.clone();
    let password = greeting.lines().find_map(|line| line.split("one-time password ").nth(1));
    let admin = client.sign_in("admin", password.unwrap().trim()).await;
    let refused = admin.ask("{ tickets { nodes { id } } }", json!({})).await;
    let code = &refused.body["errors"][0]["extensions"]["code"];
    assert_eq!(code, "PASSWORD_CHANGE_REQUIRED", "{refused:?}");
    let change = "mutation($i: PasswordChangeInput!) { passwordChange(input: $i) {
        userErrors { code } } }";
    let input =
        |new: &str| json!({"i": {"currentPassword": password.unwrap().trim(), "newPassword": new}});
    let short = admin.data(change, input("short")).await;
    assert_eq!(short["passwordChange"]["userErrors"][0]["code"], "PASSWORD_TOO_SHORT");
    let done = admin.data(change, input("correct horse battery")).await;
    assert_eq!(done["passwordChange"]["userErrors"], json!([]));
    admin.data("{ tickets { nodes { id } } }", json!({})).await;
    let server = world.take_server();
    assert_eq!(server.stop("TERM"), 0);
    let mut command = world.annals(&["serve", "--listen", "127.0.0.1:0"]);
    let client = world.serve_by(&mut command);
    assert!(!world.server().greeting.contains("one-time"), "only the first start makes one");
    client.sign_in("admin", "correct horse battery").await;
}

#[tokio::test]
async fn a_given_administrator_password_need_not_be_changed() {
    let mut world = World::empty().await;
    let mut command = world.annals(&["serve", "--listen", "127.0.0.1:0"]);
    command.env("ANNALS_ADMIN_PASSWORD", "given from outside");
    let client = world.serve_by(&mut command);
    let admin = client.sign_in("admin", "given from outside").await;
    admin.data("{ tickets { nodes { id } } }", json!({})).await;
}

#[tokio::test]
async fn sessions_refresh_once_and_end_at_once() {
    let mut world = World::demo().await;
    let client = world.serve();
    let sign_in = "mutation($i: SignInInput!) { signIn(input: $i) {
        token refreshToken viewer { person { name } } userErrors { code } } }";
    let input = json!({"i": {"login": "AGENT1", "password": DEMO_PASSWORD}});
    let session = client.data(sign_in, input).await["signIn"].clone();
    assert_eq!(session["viewer"]["person"]["name"], "Ada Agent");
    let wrong = json!({"i": {"login": "agent1", "password": "wrong password"}});
    let refused = client.data(sign_in, wrong).await;
    assert_eq!(refused["signIn"]["userErrors"][0]["code"], "SIGN_IN_FAILED");
    let refresh = "mutation($i: TokenRefreshInput!) { tokenRefresh(input: $i) {
        token userErrors { code } } }";
    let token = json!({"i": {"refreshToken": session["refreshToken"]}});
    let first = client.data(refresh, token.clone()).await;
    assert!(first["tokenRefresh"]["token"].is_string(), "{first}");
    let second = client.data(refresh, token).await;
    assert_eq!(second["tokenRefresh"]["userErrors"][0]["code"], "SIGN_IN_EXPIRED", "{second}");
    let ada = client.sign_in("agent1", DEMO_PASSWORD).await;
    ada.data("mutation { signOut(input: {}) { userErrors { code } } }", json!({})).await;
    assert_eq!(ada.ask("{ viewer { role } }", json!({})).await.status, 401);
}

#[tokio::test]
async fn health_metrics_and_the_schema_are_told() {
    let mut world = World::demo().await;
    let client: Client = world.serve();
    assert_eq!(client.get("/health/live").await.0, 200);
    assert_eq!(client.get("/health/ready").await.0, 200);
    let (_, metrics) = client.get("/metrics").await;
    assert!(metrics.contains("projection_lag_events"), "{metrics}");
    assert!(metrics.contains("journal_fence_age_seconds"), "{metrics}");
    let (_, sdl) = client.get("/graphql/schema.graphql").await;
    assert!(sdl.contains("type Ticket"));
    assert_eq!(client.get("/graphiql").await.0, 200);
}

#[tokio::test]
async fn staff_are_told_how_settling_is_doing() {
    let mut world = World::demo().await;
    let dana = world.serve_for("director").await;
    let ask = "{ journal { head unsettled unsettledSeconds fenceAgeSeconds leaderPid epoch
                 holder { pid database application prepared } } }";
    let told = &dana.data(ask, json!({})).await["journal"];
    let head: i64 = told["head"].as_str().unwrap().parse().unwrap();
    assert!(head > 0 && told["leaderPid"].is_i64() && told["epoch"].as_i64() > Some(0), "{told}");
    let carla = dana.sign_in("client1", DEMO_PASSWORD).await;
    let refused = carla.ask(ask, json!({})).await.body;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "FORBIDDEN", "{refused}");
}

#[tokio::test]
async fn what_cannot_start_says_why_in_one_sentence() {
    let mut world = World::demo().await;
    let client = world.serve();
    let address = client.base.strip_prefix("http://").unwrap();
    let taken = world.run_annals(&["serve", "--listen", address]);
    assert_eq!(taken.code, 1);
    assert!(taken.stderr.contains("the port is taken"), "{}", taken.stderr);
    let mut unreachable = world.annals(&["migrate"]);
    unreachable.env("DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none");
    let unreachable = testbed::run(&mut unreachable);
    assert_eq!(unreachable.code, 1);
    assert!(unreachable.stderr.contains("cannot be reached"), "{}", unreachable.stderr);
    let mut nonsense = world.annals(&["migrate"]);
    nonsense.env("DATABASE_URL", "not a url");
    assert!(testbed::run(&mut nonsense).stderr.contains("not a PostgreSQL connection string"));
    let bad = world.run_annals(&["serve", "--listen", "nowhere"]);
    assert_eq!(bad.code, 2);
    let mut bad_setting = world.annals(&["migrate"]);
    bad_setting.env("ANNALS_LISTEN", "nowhere");
    assert_eq!(testbed::run(&mut bad_setting).code, 2);
}

#[tokio::test]
async fn a_killed_server_starts_again_and_nothing_is_lost() {
    let mut world = World::demo().await;
    let ada = world.serve_for("agent1").await;
    let open = "mutation { ticketOpen(input: {kind: INCIDENT, title: \"Kept\"}) {
        ticket { number } } }";
    let number = ada.data(open, json!({})).await["ticketOpen"]["ticket"]["number"].clone();
    world.server().kill();
    let ada = world.serve_for("agent1").await;
    let found =
        ada.data("query($n: String!) { ticket(number: $n) { title } }", json!({"n": number})).await;
    assert_eq!(found["ticket"]["title"], "Kept");
}

#[tokio::test]
async fn the_demo_shows_what_a_desk_works_with() {
    let world = World::demo().await;
    let mut database = world.superuser().await;
    let counts = "select event_type, count(*) from journal.events
                  where not starts_with(event_type, 'ticket.') group by event_type";
    let rows: Vec<(String, i64)> = sqlx::query_as(counts).fetch_all(&mut database).await.unwrap();
    let count = |kind: &str| rows.iter().find(|(found, _)| found == kind).map_or(0, |(_, n)| *n);
    for (kind, expected) in [
        ("unit.routing_chosen", 1),
        ("subject.defaults_chosen", 5),
        ("person.skill_certified", 4),
        ("person.tier_assigned", 4),
        ("person.deputy_appointed", 1),
        ("custom_field.defined", 2),
        ("template.defined", 1),
        ("macro.defined", 1),
        ("conversation.replied", 2),
        ("conversation.noted", 1),
        ("ticket_dossier.linked", 6),
        ("ticket_dossier.tagged", 2),
        ("ticket_dossier.watched", 1),
        ("ticket_dossier.field_filled", 2),
    ] {
        assert_eq!(count(kind), expected, "{kind} among {rows:?}");
    }
    let resolved = "select count(*) from view_tickets.tickets where state = 'RESOLVED'
                    and resolved_at > now() - interval '3 days'";
    let lately: i64 = sqlx::query_scalar(resolved).fetch_one(&mut database).await.unwrap();
    assert_eq!(lately, 4, "some are resolved, and not so long ago that they close by themselves");
}
