//! What shows from outside that the history is the one that was recorded: checkpoints, proofs, signed
//! receipts and witnesses, through the real binaries.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};
use testbed::{Client, DEMO_PASSWORD, Finished, Folder, Process, World, binary};
use tokio::time::{Instant, sleep};

use crate::desk::{Desk, accepted, code, mutate_noun, own_id};

/// Asks until this is so.
async fn until<T>(what: &str, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    let end = Instant::now() + Duration::from_secs(60);
    loop {
        if let Some(found) = ask().await {
            return found;
        }
        assert!(Instant::now() < end, "waited in vain: {what}");
        sleep(Duration::from_millis(50)).await;
    }
}

/// The newest checkpoint of at least this size.
async fn checkpoint(client: &Client, size: i64) -> Value {
    let query = "{ checkpoint { origin size root signedAt text
        cosignatures { name keyId signedAt } } }";
    until("a checkpoint", async || {
        let found = client.data(query, json!({})).await["checkpoint"].clone();
        (found["size"].as_i64()? >= size).then_some(found)
    })
    .await
}

fn well(done: &Finished) {
    assert_eq!(done.code, 0, "{}\n{}", done.stdout, done.stderr);
}

/// Writes a file of the world's folder; its path.
fn file(world: &World, name: &str, text: &str) -> String {
    let path = world.folder().join(name);
    fs::write(&path, text).unwrap();
    path.display().to_string()
}

#[tokio::test]
async fn what_was_signed_and_the_proof_of_an_event_are_answered_and_who_asked_is_kept() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let newest = checkpoint(&desk.auditor, 57).await;
    let (text, size) = (newest["text"].as_str().unwrap(), newest["size"].as_i64().unwrap());
    let said = ["origin", "size", "root"].map(|name| match &newest[name] {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    });
    assert!(text.starts_with(&format!("{}\n\n\u{2014} ", said.join("\n"))), "{newest}");
    assert_eq!(newest["cosignatures"], json!([]));

    let all = "query($after: Cursor) { checkpoints(first: 2, after: $after) { totalCount
        pageInfo { hasNextPage endCursor } nodes { size } } }";
    let page = desk.auditor.data(all, json!({})).await["checkpoints"].clone();
    let sizes = |page: &Value| -> Vec<i64> {
        page["nodes"].as_array().unwrap().iter().map(|it| it["size"].as_i64().unwrap()).collect()
    };
    let mut found = sizes(&page);
    if page["pageInfo"]["hasNextPage"] == true {
        let after = json!({"after": page["pageInfo"]["endCursor"]});
        found.extend(sizes(&desk.auditor.data(all, after).await["checkpoints"]));
    }
    assert!(found[0] >= size && found.is_sorted_by(|a, b| a > b), "{found:?}");

    let proof = "query($p: Position!) { proof(position: $p) { text leaf size event } }";
    let proven = desk.auditor.data(proof, json!({"p": "57"})).await["proof"].clone();
    assert!(proven["size"].as_i64().unwrap() >= size);
    let [proof_file, event_file] = [("57.proof", "text"), ("57.json", "event")]
        .map(|(name, of)| file(&world, name, proven[of].as_str().unwrap()));
    let verified = world.run_replay(&["verify", "--proof", &proof_file, "--event", &event_file]);
    well(&verified);
    let beyond = desk.auditor.data(proof, json!({"p": "100000000"})).await;
    assert_eq!(beyond["proof"], Value::Null);
    // The same code as the command: the same leaf, and the same line.
    let event = world.folder().join("57.again").display().to_string();
    well(&world.run_replay(&["prove", "57", "--event", &event]));
    assert_eq!(fs::read_to_string(event).unwrap(), proven["event"].as_str().unwrap());

    for (asked, given) in [
        ("{ checkpoint { size } }", json!({})),
        ("{ checkpoints { totalCount } }", json!({})),
        (proof, json!({"p": "57"})),
    ] {
        let refused = desk.ada.ask(asked, given).await;
        assert_eq!(refused.body["errors"][0]["extensions"]["code"], "FORBIDDEN", "{asked}");
    }
    let (ada, auditor) = (own_id(&desk.ada).await, own_id(&desk.auditor).await);
    for (person, effect) in [(ada, "DENY"), (auditor, "ALLOW")] {
        let query = "query($f: DecisionLogFilter!) { decisionLog(filter: $f) { totalCount } }";
        let filter = json!({"f": {"personId": person, "action": "audit.read", "effect": effect}});
        until("who asked is kept", async || {
            let found = desk.admin.data(query, filter.clone()).await;
            (found["decisionLog"]["totalCount"].as_i64()? > 0).then_some(())
        })
        .await;
    }
}

/// Defines a role; the receipts of the answer.
async fn defined(client: &Client, name: &str) -> Vec<Value> {
    let query = "mutation($i: DefineRoleInput!) { defineRole(input: $i) {
        role { id } userErrors { code message } } }";
    let input = json!({"name": name, "risk": "STANDARD", "requestable": true,
        "entries": [{"actions": ["ci.use", "ci.retire"]}]});
    let answer = client.ask(query, json!({"i": input})).await;
    accepted(&answer.body["data"]["defineRole"]);
    answer.body["extensions"]["receipts"].as_array().cloned().unwrap_or_default()
}

#[tokio::test]
async fn t8_what_changes_rights_has_a_receipt_that_shows_whether_it_stands_in_the_log() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    checkpoint(&desk.auditor, 57).await;
    let receipts = defined(&desk.admin, "Keeper").await;
    assert_eq!(receipts.len(), 1, "{receipts:?}");
    let text = receipts[0]["text"].as_str().unwrap();
    for name in ["event", "entry", "recordedAt"] {
        assert!(text.contains(receipts[0][name].as_str().unwrap()), "{name}: {text}");
    }
    let kept = file(&world, "kept.receipt", text);
    let sound = until("it is signed", async || {
        let checked = world.run_replay(&["verify", "--receipt", &kept, "--json"]);
        assert!([0, 3].contains(&checked.code), "{}\n{}", checked.stdout, checked.stderr);
        (checked.code == 0).then_some(checked)
    })
    .await;
    let told: Value = serde_json::from_str(sound.stdout.lines().next().unwrap()).unwrap();
    let number = told["receipt"]["position"].to_string();
    let proof = world.folder().join("p").display().to_string();
    well(&world.run_replay(&["prove", &number, "--out", &proof]));
    well(&world.run_replay(&["verify", "--receipt", &kept, "--proof", &proof]));
    well(&world.run_replay(&["prove", "57", "--out", &proof]));
    let other = world.run_replay(&["verify", "--receipt", &kept, "--proof", &proof]);
    assert_eq!(other.code, 1, "{}\n{}", other.stdout, other.stderr);
    let spoiled = file(&world, "spoiled.receipt", &text.replace("role/", "rule/"));
    assert_eq!(world.run_replay(&["verify", "--receipt", &spoiled]).code, 2);

    // What changes no rights has none, and what was refused neither.
    let opened = "mutation { ticketOpen(input: {kind: INCIDENT, title: \"x\"}) { position } }";
    let answer = desk.ada.ask(opened, json!({})).await;
    assert!(answer.body["extensions"].get("receipts").is_none(), "{answer:?}");
    let query = "mutation($i: DefineRoleInput!) { defineRole(input: $i) { userErrors { code } } }";
    let input = json!({"name": "Mine", "risk": "STANDARD", "requestable": true,
        "entries": [{"actions": ["ci.use"]}]});
    let answer = desk.ada.ask(query, json!({"i": input})).await;
    assert_eq!(code(&answer.body["data"]["defineRole"]), "FORBIDDEN");
    assert!(answer.body["extensions"].get("receipts").is_none(), "{answer:?}");

    // Nothing waits any more, and somebody who changes it afterwards is told by the receipt.
    until("no receipt waits", async || {
        let waiting = fs::read_to_string(world.folder().join("log/receipts")).unwrap_or_default();
        waiting.is_empty().then_some(())
    })
    .await;
    let (_, health) = desk.admin.get("/health/ready").await;
    let health: Value = serde_json::from_str(&health).unwrap();
    assert_eq!((&health["alarm"], &health["receipts_missing"]), (&Value::Null, &json!(0)));
    assert!(health["signed"]["size"].as_i64().unwrap() > 57, "{health}");
    assert_eq!(world.take_server().stop("TERM"), 0);
    let change = format!(
        "alter table journal.events disable trigger events_append_only;
         update journal.events e set metadata = replace(metadata::text, 'graphql', 'process')::json
         from journal.log l where l.global_seq = {number}
           and (e.aggregate_type, e.aggregate_id, e.sequence) =
               (l.aggregate_type, l.aggregate_id, l.sequence)"
    );
    sqlx::raw_sql(&change).execute(&mut world.superuser().await).await.unwrap();
    let changed = world.run_replay(&["verify", "--receipt", &kept]);
    assert_eq!(changed.code, 1, "{}\n{}", changed.stdout, changed.stderr);
}

/// A witness that knows the log of this policy: its process, key and address.
fn witness(folder: &Path, name: &str, log: &str) -> (Process, String, String) {
    fs::create_dir_all(folder.join("witness/logs")).unwrap();
    fs::write(folder.join("witness/logs/annals"), log).unwrap();
    let mut command = Command::new(binary("annals"));
    let command = command.args(["witness", "--listen", "127.0.0.1:0", "--name", name]);
    let process = Process::start(command.arg("--data-dir").arg(folder), "answers at");
    let key = process.greeting.lines().next().unwrap().to_owned();
    let address = process.greeting.split("answers at ").nth(1).unwrap().trim().to_owned();
    (process, key, address)
}

#[tokio::test]
async fn t6_what_witnesses_have_not_signed_is_neither_published_nor_believed() {
    let mut world = World::demo().await;
    let stranger = world.serve();
    let auditor = stranger.sign_in("auditor", DEMO_PASSWORD).await;
    checkpoint(&auditor, 57).await;
    assert_eq!(world.take_server().stop("TERM"), 0);
    let policy = fs::read_to_string(world.folder().join("log/policy")).unwrap();
    let homes = [(); 3].map(|()| Folder::new());
    let names = ["witness.example/one", "witness.example/two", "witness.example/three"];
    let [one, two, three] = [0, 1, 2].map(|nr| witness(homes[nr].path(), names[nr], &policy));
    let mut wanted = policy.replace("quorum none\n", "");
    for (name, (_, key, address)) in ["a", "b", "c"].iter().zip([&one, &two, &three]) {
        wanted += &format!("witness {name} {key} {address}\n");
    }
    wanted += "group g 2 a b c\nquorum g\n";
    // One of them is away.
    drop(three);
    let believed = file(&world, "log/policy", &wanted);
    let alone = world.run_replay(&["verify"]);
    assert_ne!(alone.code, 0, "signed by the log alone: {}", alone.stdout);
    let kept = world.folder().join("log/checkpoint");
    let unwitnessed = file(&world, "unwitnessed", &fs::read_to_string(&kept).unwrap());

    let stranger = world.serve();
    let auditor = stranger.sign_in("auditor", DEMO_PASSWORD).await;
    let newest = until("both have signed", async || {
        let newest = checkpoint(&auditor, 57).await;
        (newest["cosignatures"].as_array()?.len() == 2).then_some(newest)
    })
    .await;
    let mut signed: Vec<_> = newest["cosignatures"].as_array().unwrap().iter().collect();
    signed.sort_by_key(|it| it["name"].to_string());
    assert_eq!(signed.iter().map(|it| &it["name"]).collect::<Vec<_>>(), names[..2]);
    assert_eq!(world.take_server().stop("TERM"), 0);
    well(&world.run_replay(&["verify"]));
    well(&world.run_replay(&["prove", "57"]));
    let asked = ["verify", "--policy", &believed, "--since", &unwitnessed];
    let refused = world.run_replay(&asked);
    assert_eq!(refused.code, 1, "{}\n{}", refused.stdout, refused.stderr);

    // Without one of the two signing goes on, and nothing is published.
    let (mut first, ..) = one;
    first.kill();
    let published = fs::read_to_string(&kept).unwrap();
    let stranger = world.serve();
    let admin = stranger.sign_in("admin", DEMO_PASSWORD).await;
    let file = world.folder().join("log/checkpoints");
    let before = fs::metadata(&file).unwrap().len();
    defined(&admin, "Keeper").await;
    until("it is signed", async || (fs::metadata(&file).unwrap().len() > before).then_some(()))
        .await;
    sleep(Duration::from_secs(1)).await;
    let now = fs::read_to_string(&kept).unwrap();
    assert_eq!(now.lines().nth(1), published.lines().nth(1), "as large as it was");
    assert_eq!(world.take_server().stop("TERM"), 0);
    assert_eq!(two.0.stop("TERM"), 0);
}

#[tokio::test]
async fn t4_a_server_on_a_restored_backup_says_so_at_once_signs_nothing_and_goes_on() {
    let mut later = World::demo().await;
    let admin = later.serve_for("admin").await;
    let signed = later.folder().join("log/checkpoints");
    checkpoint(&admin, 57).await;
    let before = fs::metadata(&signed).unwrap().len();
    defined(&admin, "Keeper").await;
    until("it is signed", async || (fs::metadata(&signed).unwrap().len() > before).then_some(()))
        .await;
    assert_eq!(later.take_server().stop("TERM"), 0);

    // The database as it was before, and the files of then.
    let mut world = World::demo().await;
    fs::create_dir_all(world.folder().join("log")).unwrap();
    for name in ["log.key", "log/policy", "log/checkpoints"] {
        fs::copy(later.folder().join(name), world.folder().join(name)).unwrap();
    }
    let stranger = world.serve();
    let greeting = world.server().greeting.clone();
    assert!(greeting.contains("THE LOG IS NOT AS IT WAS SIGNED"), "{greeting}");
    let (status, health) = stranger.get("/health/ready").await;
    let health: Value = serde_json::from_str(&health).unwrap();
    assert_eq!(status, 200, "{health}");
    assert!(health["alarm"].as_str().unwrap().starts_with("ROLLBACK from "), "{health}");
    let admin = stranger.sign_in("admin", DEMO_PASSWORD).await;
    let file = fs::read(world.folder().join("log/checkpoints")).unwrap();
    // Tickets go on.
    let input = json!({"kind": "INCIDENT", "title": "x"});
    accepted(&mutate_noun(&admin, "ticketOpen", "ticket { id }", input).await);
    sleep(Duration::from_secs(2)).await;
    assert_eq!(fs::read(world.folder().join("log/checkpoints")).unwrap(), file);
    assert_eq!(world.take_server().stop("TERM"), 0);
    let verified = world.run_replay(&["verify"]);
    assert_eq!(verified.code, 1, "{}\n{}", verified.stdout, verified.stderr);
}
