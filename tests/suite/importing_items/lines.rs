//! Lines of JSON: items, relations, classes; again and changed.

use serde_json::{Value, json};
use testbed::World;

use super::{demo, events, import, imported, lines, number, server, write};

fn on(name: &str, host: &str) -> Value {
    let host = json!({"class": "Server", "key": {"name": host, "organization": "Demo"}});
    json!({"class": "DBServer", "key": {"name": name, "organization": "Demo", "runs_on": host}})
}

fn story(ram: &str) -> Vec<Value> {
    let shop =
        json!({"class": "ApplicationSolution", "key": {"name": "Shop", "organization": "Demo"}});
    let end = |line: &Value| json!({"class": line["class"], "key": line["key"]});
    vec![
        demo(),
        server("srv1", json!({"ram": ram, "nb_u": 2})),
        server("srv2", json!({})),
        on("pg", "srv1"),
        on("pg", "srv2"),
        shop.clone(),
        json!({"relation": "depends_on", "from": end(&shop), "to": end(&on("pg", "srv1"))}),
        json!({"define": {"name": "Robot", "parent": "PhysicalDevice",
            "attributes": [{"name": "axes", "kind": "INTEGER"},
                           {"name": "controller", "kind": "REFERENCE", "of": "Server"}]}}),
        json!({"class": "Robot", "key": {"name": "arm", "organization": "Demo"},
            "attributes": {"axes": 6, "controller": "srv1"}}),
    ]
}

#[tokio::test]
async fn what_lines_say_is_there_once_however_often_they_are_said() {
    let world = World::demo().await;
    write(&world, "story.ndjson", lines(&story("64 GB")));
    let first = imported(&world, "story.ndjson", &["--format", "ndjson"]);
    assert_eq!(first.counts(), [9, 0, 0, 0, 0], "{:#?}", first.answers);
    let once = events(&world).await;
    let again = imported(&world, "story.ndjson", &["--format", "ndjson"]);
    assert_eq!(again.counts(), [0, 0, 9, 0, 0], "{:#?}", again.answers);
    assert_eq!(events(&world).await, once);

    // One value is another: one event, which says who told it.
    write(&world, "story.ndjson", lines(&story("128 GB")));
    let changed = imported(&world, "story.ndjson", &["--format", "ndjson", "--source", "scan"]);
    assert!(changed.counts()[1] > 1, "another source tells all of it: {:#?}", changed.answers);
    let third = events(&world).await;
    write(&world, "story.ndjson", lines(&story("256 GB")));
    let changed = imported(&world, "story.ndjson", &["--format", "ndjson", "--source", "scan"]);
    assert_eq!(changed.counts(), [0, 1, 8, 0, 0], "{:#?}", changed.answers);
    let [one] = changed.changed()[..] else { panic!("one") };
    assert_eq!((one["row"].as_u64(), &one["changes"][0]["field"]), (Some(2), &json!("ram")));
    assert_eq!(events(&world).await, third + 1);
    let told = number(
        &world,
        "select count(*) from journal.events where event_type = 'ci.corrected'
         and payload::text like '%256 GB%' and payload::text like '%\"scan\"%'",
    );
    assert_eq!(told.await, 1);
    let verified = world.run_replay(&["verify"]);
    assert_eq!(verified.code, 0, "{}\n{}", verified.stdout, verified.stderr);
}

#[tokio::test]
async fn a_name_alone_finds_the_only_item_that_has_it() {
    let world = World::demo().await;
    let service = |key: Value| json!({"class": "Service", "key": key});
    let of = |name: &str, organization: &str| {
        service(json!({"name": name, "organization": organization}))
    };
    let part = |name: &str, service: Value| json!({"class": "ServiceSubcategory", "key": {"name": name, "service": service}});
    let other = json!({"class": "Organization", "key": {"name": "Other"}});
    let phone = json!({"class": "Service", "key": {"name": "Phone", "organization": "Other"}});
    let rows = [
        demo(),
        other,
        of("Mail", "Demo"),
        part("Mailbox", json!("mail")),
        of("Phone", "Demo"),
        part("Line", json!("Phone")),
        of("Phone", "Other"),
        part("Fax", json!("Phone")),
        part("Wire", json!("Telegraph")),
        part("Fax", phone),
        service(json!({"name": "Phone"})),
        part("Booth", json!("Phone")),
    ];
    write(&world, "services.ndjson", lines(&rows));
    let told = imported(&world, "services.ndjson", &["--format", "ndjson"]);
    assert_eq!(told.counts(), [10, 0, 0, 1, 1], "{:#?}", told.answers);
    // By then there were two; nobody is guessed at.
    assert_eq!(told.answers[7]["code"], "AMBIGUOUS");
    assert!(told.answers[7]["reason"].as_str().unwrap().contains("several items"));
    assert_eq!(told.answers[8]["code"], "NOT_THERE");
    // The service without an organisation is what its name alone says.
    let booth = "select count(*) from view_cis.cis b join view_cis.cis s
         on s.ci_id::text = b.attributes ->> 'service' and s.until_seq is null
         where b.name = 'Booth' and s.name = 'Phone' and s.organization_id is null";
    assert_eq!(number(&world, booth).await, 1);
    // Stored, it is found as well.
    write(&world, "again.ndjson", lines(&[rows[3].clone(), part("Calendar", json!("Mail"))]));
    let again = imported(&world, "again.ndjson", &["--format", "ndjson"]);
    assert_eq!(again.counts(), [1, 0, 1, 0, 0], "{:#?}", again.answers);
}

#[tokio::test]
async fn a_dry_run_tells_the_same_and_writes_nothing() {
    let world = World::demo().await;
    write(&world, "story.ndjson", lines(&story("64 GB")));
    let before = events(&world).await;
    let dry = imported(&world, "story.ndjson", &["--format", "ndjson", "--dry-run"]);
    assert_eq!(events(&world).await, before);
    assert!(dry.stdout.starts_with("dry run, nothing stored: 9 rows: 9 new"), "{}", dry.stdout);
    let real = imported(&world, "story.ndjson", &["--format", "ndjson"]);
    assert_eq!(dry.answers, real.answers);
    write(&world, "story.ndjson", lines(&story("65 GB")));
    let dry = imported(&world, "story.ndjson", &["--format", "ndjson", "--dry-run"]);
    let real = imported(&world, "story.ndjson", &["--format", "ndjson"]);
    assert_eq!(dry.answers, real.answers);
    assert_eq!(real.counts(), [0, 1, 8, 0, 0]);
}

#[tokio::test]
async fn an_import_that_is_killed_ends_as_if_it_had_not_been() {
    let world = World::demo().await;
    let many: Vec<Value> = std::iter::once(demo())
        .chain((0..4_000).map(|nr| server(&format!("srv{nr}"), json!({"nb_u": nr % 5}))))
        .collect();
    write(&world, "many.ndjson", lines(&many));
    let path = world.folder().join("many.ndjson");
    let arguments = ["import", "cis", path.to_str().unwrap(), "--format", "ndjson"];
    let mut child = world.annals(&arguments).spawn().unwrap();
    let items = "select count(*) from journal.events where aggregate_type = 'ci'";
    while number(&world, items).await == 0 && child.try_wait().unwrap().is_none() {
        tokio::task::yield_now().await;
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let rest = imported(&world, "many.ndjson", &["--format", "ndjson"]);
    let [new, changed, unchanged, ..] = rest.counts();
    assert_eq!((new + unchanged, changed), (4_001, 0));
    assert_eq!(number(&world, items).await, 4_001);
    let again = import(&world, "many.ndjson", &["--format", "ndjson", "--strict"]);
    assert_eq!((again.code, again.counts()), (0, [0, 0, 4_001, 0, 0]));
}

#[tokio::test]
async fn a_row_that_is_two_items_says_by_what_and_whose() {
    let world = World::demo().await;
    let badge = |name: &str, serial: &str| json!({"class": "Badge", "key": {"name": name}, "attributes": {"serial": serial}});
    let text = |name: &str| json!({"name": name, "kind": "TEXT"});
    let class = json!({"define": {"name": "Badge", "identity": [["name"], ["serial"]],
        "attributes": [text("name"), text("serial")]}});
    let rows = [class, badge("a", "1"), badge("b", "2"), badge("a", "2")];
    write(&world, "rows.ndjson", lines(&rows));
    let told = imported(&world, "rows.ndjson", &["--format", "ndjson"]);
    assert_eq!(told.counts(), [3, 0, 0, 1, 0], "{:#?}", told.answers);
    let second = &told.answers[3];
    assert_eq!((&second["code"], &second["field"]), (&json!("SECOND_MATCH"), &json!("serial")));
    assert_eq!(second["reason"], "the same key is another item's: Badge b");
}
