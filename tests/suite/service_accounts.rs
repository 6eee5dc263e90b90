//! Programs with accounts of their own: they import, and do nothing else; their tokens end.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use testbed::{Client, DEMO_PASSWORD, World};

use crate::desk::{accepted, code, mutate_noun, own_id};
use crate::importing_items::{demo, imported, lines, number, write};

const COMPUTER: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/glpi-inventory/computer_1.json"));

const ACCOUNT: &str = "serviceAccount { id name purpose owner { login } rights version retiredAt
    tokens { id issuedAt endsAt revokedAt lastUsedAt } }";

/// A server by a clock of its own, an organisation to import for, and who manages programs.
struct Desk {
    world: World,
    stranger: Client,
    admin: Client,
    clock: PathBuf,
}

impl Desk {
    async fn new() -> Self {
        let mut world = World::demo().await;
        write(&world, "first.ndjson", lines(&[demo()]));
        imported(&world, "first.ndjson", &["--format", "ndjson"]);
        let clock = world.folder().join("clock");
        set(&clock, now());
        let mut command: Command = world.annals(&["serve", "--demo", "--listen", "127.0.0.1:0"]);
        command.arg("--test-clock").arg(&clock);
        let stranger = world.serve_by(&mut command);
        let admin = stranger.sign_in("admin", DEMO_PASSWORD).await;
        Self { world, stranger, admin, clock }
    }

    async fn person(&self, login: &str) -> (Client, Value) {
        let client = self.stranger.sign_in(login, DEMO_PASSWORD).await;
        let id = own_id(&client).await;
        (client, id)
    }

    /// A program that belongs to this person; its id.
    async fn register(&self, name: &str, owner: &Value, rights: &[&str]) -> Value {
        let registered = mutate(&self.admin, "Register", account(name, owner, rights)).await;
        accepted(&registered)["serviceAccount"]["id"].clone()
    }

    /// A token that ends in 30 days: its id, and a client that speaks with it.
    async fn token(&self, account: &Value) -> (Value, Client) {
        let issued = self.issue(account, 30, None).await;
        let text = accepted(&issued)["token"].as_str().unwrap();
        (issued["tokenId"].clone(), self.stranger.with_token(text))
    }

    async fn issue(&self, account: &Value, days: i64, key: Option<&str>) -> Value {
        self.issue_until(account, now() + TimeDelta::days(days), key).await
    }

    async fn issue_until(&self, account: &Value, at: DateTime<Utc>, key: Option<&str>) -> Value {
        let shown = format!("token tokenId {ACCOUNT}");
        let at = at.to_rfc3339();
        let input = json!({"serviceAccountId": account, "endsAt": at, "idempotencyKey": key});
        mutate_noun(&self.admin, "serviceAccountTokenIssue", &shown, input).await
    }
}

#[expect(clippy::disallowed_methods, reason = "the server's clock starts at the machine's")]
fn now() -> DateTime<Utc> {
    Utc::now()
}

fn set(clock: &Path, at: DateTime<Utc>) {
    fs::write(clock, at.to_rfc3339()).unwrap();
}

fn account(name: &str, owner: &Value, rights: &[&str]) -> Value {
    json!({"name": name, "purpose": "Sends inventories", "ownerId": owner, "rights": rights})
}

async fn mutate(client: &Client, verb: &str, input: Value) -> Value {
    mutate_noun(client, &format!("serviceAccount{verb}"), ACCOUNT, input).await
}

fn inventory() -> Value {
    serde_json::from_str(COMPUTER).unwrap()
}

/// What becomes of an inventory that is not to be kept: the status, and the code of a refusal.
async fn tried(program: &Client) -> (u16, String) {
    let (status, answer) = program.post_json("/import/glpi?dryRun=true", &inventory()).await;
    let code = answer["errors"][0]["extensions"]["code"].as_str().unwrap_or("none");
    (status, code.to_owned())
}

const ALL: [&str; 4] = ["CI_REGISTER", "CI_CORRECT", "CI_RELATE", "CI_RETIRE"];

fn good() -> (u16, String) {
    (200, "none".to_owned())
}

fn out() -> (u16, String) {
    (401, "UNAUTHENTICATED".to_owned())
}

#[tokio::test]
async fn a_program_imports_in_its_own_name_and_does_nothing_else() {
    let desk = Desk::new().await;
    let (agent, owner) = desk.person("agent1").await;
    let refused = mutate(&agent, "Register", account("Agents", &owner, &ALL)).await;
    assert_eq!(code(&refused), "FORBIDDEN");
    let id = desk.register("Agents", &owner, &ALL).await;
    let taken = mutate(&desk.admin, "Register", account("AGENTS", &owner, &ALL)).await;
    assert_eq!(code(&taken), "CLAIM_TAKEN");
    let (_, program) = desk.token(&id).await;

    let (status, report) = program.post_json("/import/glpi", &inventory()).await;
    assert_eq!((status, &report["stored"], &report["new"]), (200, &json!(true), &json!(20)));
    let mut fewer = inventory();
    fewer["content"]["softwares"].as_array_mut().unwrap().remove(0);
    let (_, report) = program.post_json("/import/glpi", &fewer).await;
    assert_eq!((&report["changed"], &report["invalid"]), (&json!(1), &json!(0)), "{report}");
    let by = "select count(*) from journal.events where metadata->>'source' = 'import'
        and metadata->>'actor' like 'service:%' and metadata->>'on_behalf_of' is null
        and aggregate_type = 'ci'";
    assert!(number(&desk.world, by).await >= 20);
    let told = "select count(*) from journal.events where metadata->>'actor' like 'service:%'
        and event_type = 'ci.registered' and payload->'registered'->'origin'->>'name' <> 'glpi'";
    assert_eq!(number(&desk.world, told).await, 0);

    let shown = "{ cis(search: \"glpixps\") { nodes { id } } }";
    let machine = agent.data(shown, json!({})).await["cis"]["nodes"][0]["id"].clone();
    let asked = "query($i: ID!) { timeline(nodeId: $i) { nodes { eventType source
        actor { kind serviceName person { id } } onBehalfOf { id } } } }";
    let trail = agent.data(asked, json!({"i": machine})).await["timeline"]["nodes"][0].clone();
    let actor = json!({"kind": "SERVICE", "serviceName": "Agents", "person": null});
    assert_eq!((&trail["actor"], &trail["source"]), (&actor, &json!("IMPORT")), "{trail}");

    let asked = format!("query($i: ID!) {{ serviceAccount(id: $i) {{ {} }} }}", inner());
    let account = desk.admin.data(&asked, json!({"i": id})).await["serviceAccount"].clone();
    assert_eq!((&account["owner"]["login"], &account["rights"]), (&json!("agent1"), &json!(ALL)));
    assert!(account["tokens"][0]["lastUsedAt"].is_string(), "{account}");
    let hidden = agent.ask(&asked, json!({"i": id})).await;
    assert_eq!(hidden.body["errors"][0]["extensions"]["code"], "FORBIDDEN");
    the_secret_is_nowhere(&desk.world, &program).await;
    others_refuse(&program).await;
}

/// What is shown of an account, without the field around it.
fn inner() -> &'static str {
    ACCOUNT.strip_prefix("serviceAccount {").and_then(|rest| rest.strip_suffix('}')).unwrap()
}

async fn the_secret_is_nowhere(world: &World, program: &Client) {
    let secret = program.token().unwrap();
    let events = format!(
        "select count(*) from journal.events
         where payload::text || metadata::text like '%{secret}%'"
    );
    let tokens =
        format!("select count(*) from identity.service_tokens t where t::text like '%{secret}%'");
    let commands =
        format!("select count(*) from journal.commands c where c::text like '%{secret}%'");
    for statement in [events, tokens, commands] {
        assert_eq!(number(world, &statement).await, 0, "{statement}");
    }
}

/// Every other door takes people alone.
async fn others_refuse(program: &Client) {
    let asked = program.ask("{ viewer { role } }", json!({})).await;
    assert_eq!(asked.status, 403, "{asked:?}");
    assert_eq!(asked.body["errors"][0]["extensions"]["code"], "NOT_A_PERSON");
    let secret = program.token().unwrap();
    for path in ["/exports", "/exports/cis", "/attachments/x", "/reports/kpis.csv"] {
        let request = program.http().get(format!("{}{path}", program.base)).bearer_auth(secret);
        let response = request.send().await.unwrap();
        let status = response.status().as_u16();
        let body: Value = response.json().await.unwrap_or_default();
        let code = &body["errors"][0]["extensions"]["code"];
        assert_eq!((status, code), (403, &json!("NOT_A_PERSON")), "{path}: {body}");
    }
    let (status, body) = program.post_json("/tickets/x/attachments?name=a.txt", &json!({})).await;
    let code = &body["errors"][0]["extensions"]["code"];
    assert_eq!((status, code), (403, &json!("NOT_A_PERSON")), "{body}");
}

#[tokio::test]
async fn what_is_no_token_any_more_is_refused_at_once() {
    let desk = Desk::new().await;
    let (_, owner) = desk.person("agent1").await;
    let id = desk.register("Agents", &owner, &ALL).await;
    let (first, old) = desk.token(&id).await;
    assert_eq!(tried(&old).await, good());
    let text = old.token().unwrap();
    let cut = desk.stranger.with_token(&text[..text.len() - 1]);
    let made_up = desk.stranger.with_token(&unknown(text));
    for wrong in [&cut, &made_up, &desk.stranger] {
        assert_eq!(tried(wrong).await, out());
    }

    let tomorrow = now() + TimeDelta::days(1);
    let second = desk.issue_until(&id, tomorrow, Some("rotate")).await;
    let again = desk.issue_until(&id, tomorrow, Some("rotate")).await;
    assert_eq!((&accepted(&again)["replayed"], &again["token"]), (&json!(true), &Value::Null));
    let new = desk.stranger.with_token(accepted(&second)["token"].as_str().unwrap());
    let third = desk.issue(&id, 30, None).await;
    assert_eq!(code(&third), "SERVICE_ACCOUNT_TOO_MANY_TOKENS");
    assert_eq!(third["token"], Value::Null);
    let kept = "select count(*) from identity.service_tokens";
    assert_eq!(number(&desk.world, kept).await, 2);
    let revoke = json!({"serviceAccountId": id, "tokenId": first});
    let revoked = mutate(&desk.admin, "TokenRevoke", revoke).await;
    assert_eq!(accepted(&revoked)["serviceAccount"]["tokens"][0]["id"], second["tokenId"]);
    assert_eq!((tried(&old).await, tried(&new).await), (out(), good()));

    set(&desk.clock, now() + TimeDelta::days(2));
    assert_eq!(tried(&new).await, out());
    let desk = Desk { admin: desk.stranger.sign_in("admin", DEMO_PASSWORD).await, ..desk };
    let late = desk.issue(&id, 95, None).await;
    assert_eq!(code(&late), "SERVICE_ACCOUNT_END_UNFIT");
    let (_, last) = desk.token(&id).await;
    assert_eq!(tried(&last).await, good());
    let retired = mutate(&desk.admin, "Retire", json!({"serviceAccountId": id})).await;
    assert!(accepted(&retired)["serviceAccount"]["retiredAt"].is_string());
    assert_eq!(tried(&last).await, out());
    let verified = desk.world.run_replay(&["verify"]);
    assert_eq!(verified.code, 0, "{}\n{}", verified.stdout, verified.stderr);
}

/// A token of the right form that nobody was given.
fn unknown(token: &str) -> String {
    use sha2::{Digest, Sha256};
    let (text, _) = token.rsplit_once('_').unwrap();
    let turned: String = text["annals_svc_".len()..].chars().rev().collect();
    let text = format!("annals_svc_{turned}");
    let digits: String = Sha256::digest(&text).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{text}_{}", &digits[..8])
}

#[tokio::test]
async fn a_program_speaks_while_its_owner_works_here_and_as_far_as_its_rights_go() {
    let desk = Desk::new().await;
    let (_, owner) = desk.person("agent1").await;
    let (_, other) = desk.person("agent2").await;
    let (client, of_client) = desk.person("client1").await;
    let unfit = account("Agents", &of_client, &ALL);
    assert_eq!(code(&mutate(&desk.admin, "Register", unfit).await), "SERVICE_ACCOUNT_OWNER_UNFIT");
    let idle = account("Agents", &owner, &[]);
    assert_eq!(code(&mutate(&desk.admin, "Register", idle).await), "SERVICE_ACCOUNT_NO_RIGHTS");
    let refused = mutate(&client, "Register", account("Mine", &owner, &ALL)).await;
    assert_eq!(code(&refused), "FORBIDDEN");

    let id = desk.register("Agents", &owner, &ALL).await;
    let (_, program) = desk.token(&id).await;
    let person = async |verb: &str| {
        let input = json!({"personId": owner});
        accepted(&mutate_noun(&desk.admin, verb, "person { life }", input).await);
    };
    person("personSuspend").await;
    assert_eq!(tried(&program).await, out());
    person("personRestore").await;
    assert_eq!(tried(&program).await, good());
    person("personLeave").await;
    assert_eq!(tried(&program).await, out());
    let unowned = desk.issue(&id, 30, None).await;
    assert_eq!(code(&unowned), "SERVICE_ACCOUNT_OWNER_UNFIT");
    let change = json!({"serviceAccountId": id, "ownerId": other});
    let changed = mutate(&desk.admin, "ChangeOwner", change).await;
    assert_eq!(accepted(&changed)["serviceAccount"]["owner"]["login"], "agent2");
    assert_eq!(tried(&program).await, good());

    let timid = desk.register("Timid", &other, &["CI_REGISTER"]).await;
    let (_, timid) = desk.token(&timid).await;
    assert_eq!(tried(&timid).await, (403, "FORBIDDEN".to_owned()));
    let careful = desk.register("Careful", &other, &["CI_REGISTER", "CI_CORRECT"]).await;
    let (_, program) = desk.token(&careful).await;
    let (status, report) = program.post_json("/import/glpi?dryRun=true", &inventory()).await;
    assert_eq!(status, 200);
    assert!(report["new"].as_u64() > Some(0), "{report}");
    let listed = "{ serviceAccounts(first: 2) { totalCount nodes { name } } }";
    let listed = desk.admin.data(listed, json!({})).await["serviceAccounts"].clone();
    let names = json!([{"name": "Agents"}, {"name": "Careful"}]);
    assert_eq!((&listed["totalCount"], &listed["nodes"]), (&json!(3), &names));
}
