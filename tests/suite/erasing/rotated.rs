//! Another master key takes over; a wrong one opens nothing.

use std::fs;

use serde_json::json;
use testbed::{DEMO_PASSWORD, World};

const NAMES: &str = "{ people(first: 100) { nodes { name } } }";

#[tokio::test]
async fn another_master_key_takes_over_and_the_one_before_opens_nothing() {
    let mut world = World::demo().await;
    let admin = world.serve_for("admin").await;
    let before = admin.data(NAMES, json!({})).await;
    let file = world.folder().join("master.key");
    let old = fs::read(&file).unwrap();
    // While everything goes on, in two steps.
    let begun = world.run_annals(&["rotate-master-key", "--begin"]);
    assert_eq!(begun.code, 0, "{}", begun.stderr);
    let input = json!({"i": {"kind": "INCIDENT", "title": "Between"}});
    let open = "mutation($i: TicketOpenInput!) { ticketOpen(input: $i) { userErrors { code } } }";
    let opened = admin.data(open, input).await;
    assert_eq!(opened["ticketOpen"]["userErrors"], json!([]));
    let finished = world.run_annals(&["rotate-master-key", "--finish"]);
    assert_eq!(finished.code, 0, "{}", finished.stderr);
    assert!(finished.stdout.contains("keys wrapped again"), "{}", finished.stdout);
    drop(world.take_server());
    assert_ne!(fs::read(&file).unwrap(), old);
    let admin = world.serve().sign_in("admin", DEMO_PASSWORD).await;
    assert_eq!(admin.data(NAMES, json!({})).await, before);
    drop(world.take_server());
    let rebuilt = world.run_replay(&["rebuild", "people"]);
    assert_eq!(rebuilt.code, 0, "{}\n{}", rebuilt.stdout, rebuilt.stderr);

    // The one before opens nothing, and says so: nothing is taken for erased.
    let new = fs::read(&file).unwrap();
    fs::write(&file, old).unwrap();
    let refused = world.run_annals(&["serve", "--listen", "127.0.0.1:0"]);
    assert_eq!(refused.code, 1, "{}", refused.stderr);
    assert!(refused.stderr.contains("the master key does not fit"), "{}", refused.stderr);
    let refused = world.run_replay(&["rebuild", "people"]);
    assert_ne!(refused.code, 0, "{}", refused.stdout);
    fs::write(&file, new).unwrap();
    assert_eq!(world.run_replay(&["verify"]).code, 0);
}
