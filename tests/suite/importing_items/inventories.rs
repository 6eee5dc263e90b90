//! Two real inventories: in once, changed exactly by what differs, part by part; by file and by HTTP.

use serde_json::{Value, json};
use testbed::World;

use super::{demo, events, imported, lines, write};

const COMPUTER: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/glpi-inventory/computer_1.json"));
const SWITCH: &str = include_str!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/data/glpi-inventory/networkequipment_1.json"
));

const GLPI: [&str; 4] = ["--format", "glpi", "--organization", "Demo"];

async fn world() -> World {
    let world = World::demo().await;
    write(&world, "first.ndjson", lines(&[demo()]));
    imported(&world, "first.ndjson", &["--format", "ndjson"]);
    world
}

fn changed(change: impl FnOnce(&mut Value)) -> String {
    let mut value: Value = serde_json::from_str(COMPUTER).unwrap();
    change(&mut value);
    value.to_string()
}

fn programs(all: &mut Value) -> &mut Vec<Value> {
    all["content"]["softwares"].as_array_mut().unwrap()
}

#[tokio::test]
async fn two_inventories_come_in_and_twice_changes_nothing() {
    let world = world().await;
    write(&world, "pc.json", COMPUTER);
    write(&world, "switch.json", SWITCH);
    let pc = imported(&world, "pc.json", &GLPI);
    // Three of the rows say that there is nothing else.
    assert_eq!(pc.counts(), [20, 0, 3, 0, 0], "{:#?}", pc.answers);
    let switch = imported(&world, "switch.json", &GLPI);
    assert_eq!(switch.counts(), [184, 0, 1, 0, 0], "{:#?}", switch.answers);
    let once = events(&world).await;
    assert_eq!(imported(&world, "pc.json", &GLPI).counts(), [0, 0, 23, 0, 0]);
    assert_eq!(imported(&world, "switch.json", &GLPI).counts(), [0, 0, 185, 0, 0]);
    assert_eq!(events(&world).await, once);
}

#[tokio::test]
async fn a_changed_inventory_is_exactly_its_differences() {
    let world = world().await;
    write(&world, "pc.json", COMPUTER);
    imported(&world, "pc.json", &GLPI);
    let before = events(&world).await;
    let other = changed(|all| {
        all["content"]["hardware"]["memory"] = json!(16_000);
        programs(all).remove(0);
        programs(all).push(json!({"name": "vim", "version": "9.1", "publisher": "Fedora"}));
        all["content"]["bios"].as_object_mut().unwrap().remove("smodel");
        all["content"]["bios"].as_object_mut().unwrap().remove("mmodel");
    });
    write(&world, "pc.json", &other);
    let dry = imported(&world, "pc.json", &[&GLPI[..], &["--dry-run"]].concat());
    assert_eq!(events(&world).await, before);
    let real = imported(&world, "pc.json", &GLPI);
    assert_eq!(dry.answers, real.answers);
    assert_eq!(real.counts(), [2, 2, 19, 0, 0], "{:#?}", real.answers);
    let [machine, gone] = real.changed()[..] else { panic!("two") };
    let changes = [
        json!({"field": "model", "from": "XPS 13 9350", "to": null}),
        json!({"field": "ram", "from": "7800 MB", "to": "16000 MB"}),
    ];
    assert_eq!(machine["changes"], json!(changes));
    assert_eq!(gone["changes"], json!([{"field": "life", "from": "gitg", "to": "RETIRED"}]));
    // The machine's two values, the new program and its release, the one that is gone.
    assert_eq!(events(&world).await, before + 5);
    assert_eq!(imported(&world, "pc.json", &GLPI).counts()[..2], [0, 0]);
}

#[tokio::test]
async fn a_partial_inventory_changes_its_section_alone() {
    let world = world().await;
    write(&world, "pc.json", COMPUTER);
    imported(&world, "pc.json", &GLPI);
    let before = events(&world).await;
    let partial = changed(|all| {
        let mut softwares = all["content"]["softwares"].take();
        softwares.as_array_mut().unwrap().truncate(4);
        all["content"] = json!({"softwares": softwares});
        all["partial"] = json!(true);
    });
    write(&world, "part.json", &partial);
    let part = imported(&world, "part.json", &GLPI);
    let [gone] = part.changed()[..] else { panic!("{:#?}", part.answers) };
    assert_eq!(gone["changes"].as_array().unwrap().len(), 2);
    assert_eq!(events(&world).await, before + 2);
    // What is back is registered anew: what was retired stays so.
    let whole = imported(&world, "pc.json", &GLPI);
    assert_eq!(whole.counts()[..2], [2, 0], "{:#?}", whole.answers);
}

#[tokio::test]
async fn an_agent_sends_its_inventory_with_a_persons_token() {
    let mut world = world().await;
    let inventory: Value = serde_json::from_str(COMPUTER).unwrap();
    let server = world.serve();
    let refused = server.post_json("/import/glpi", &inventory).await;
    assert_eq!(refused.0, 401);
    let client = server.sign_in("client1", testbed::DEMO_PASSWORD).await;
    assert_eq!(client.post_json("/import/glpi", &inventory).await.0, 403);
    let agent = server.sign_in("agent1", testbed::DEMO_PASSWORD).await;
    let (status, report) = agent.post_json("/import/glpi?dryRun=true", &inventory).await;
    assert_eq!((status, &report["stored"], &report["new"]), (200, &json!(false), &json!(20)));
    let (_, report) = agent.post_json("/import/glpi", &inventory).await;
    assert_eq!((&report["stored"], &report["new"]), (&json!(true), &json!(20)), "{report}");
    let (_, report) = agent.post_json("/import/glpi", &inventory).await;
    assert_eq!((&report["unchanged"], &report["events"]), (&json!(23), &json!(0)), "{report}");
    // Somebody's machine is another than nobody's of the same name; programs' releases are everybody's.
    let ours = "/import/glpi?organization=Demo";
    let (_, report) = agent.post_json(ours, &inventory).await;
    assert_eq!((&report["new"], &report["unchanged"]), (&json!(14), &json!(9)), "{report}");
    let (_, report) = agent.post_json(ours, &inventory).await;
    assert_eq!(report["unchanged"], json!(23), "{report}");
    assert_eq!(agent.post_json("/import/glpi", &json!({})).await.0, 400);
    assert_eq!(agent.post_json("/import/glpi?dry=1", &inventory).await.0, 400);
}
