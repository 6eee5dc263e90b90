//! How it stood, what happened, who could and how much there is: from the journal, by the real binary.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use sqlx::Row;
use testbed::{Finished, World};

use crate::desk::{Desk, followed};

fn lines(done: &Finished) -> Vec<Value> {
    assert_eq!(done.code, 0, "{}\n{}", done.stdout, done.stderr);
    done.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

async fn head(world: &World) -> i64 {
    let sql = "select max(global_seq) as head from journal.log";
    sqlx::query(sql).fetch_one(&mut world.superuser().await).await.unwrap().get("head")
}

#[tokio::test]
async fn a_difference_is_told_by_row_and_field() {
    let world = World::demo().await;
    let sound = world.run_replay(&["diff", "all", "--json"]);
    assert!(lines(&sound).iter().all(|view| view["different"] == 0), "{}", sound.stdout);
    let mut database = world.superuser().await;
    let forged = "update view_tickets.tickets set state = 'CLOSED', title = 'forged'
         where ticket_id = (select min(ticket_id::text)::uuid from view_tickets.tickets
                            where state <> 'CLOSED') returning ticket_id::text";
    let forged: String = sqlx::query(forged).fetch_one(&mut database).await.unwrap().get(0);
    let found = world.run_replay(&["diff", "tickets"]);
    assert_eq!(found.code, 1);
    assert!(found.stdout.contains(&format!("tickets {forged}\n  state\n  title\n")));
    assert!(!found.stdout.contains("forged"), "values are not told unasked: {}", found.stdout);
    let found = world.run_replay(&["diff", "tickets", "--values", "--json"]);
    let row: Value = serde_json::from_str(found.stdout.lines().next().unwrap()).unwrap();
    assert_eq!((&row["key"], &row["fields"][0]["view"]), (&forged.into(), &"CLOSED".into()));
    assert_eq!(world.run_replay(&["diff", "nothing"]).code, 2);
}

/// A whole view, one stream of it, its tables in a schema, and the fold that knows no table: one answer.
#[tokio::test]
async fn however_it_is_asked_it_stood_like_this() {
    let world = World::demo().await;
    let mut database = world.superuser().await;
    let at = (head(&world).await * 2 / 3).to_string();
    let view = lines(&world.run_replay(&["as-of", &at, "view", "tickets"]));
    assert!(view.len() > 5);
    for told in view.iter().take(5) {
        let id = told["row"]["ticket_id"].as_str().unwrap();
        let one = lines(&world.run_replay(&["as-of", &at, "view", "tickets", "--of", id]));
        assert_eq!(one, std::slice::from_ref(told));
        let folded = lines(&world.run_replay(&["as-of", &at, "ticket", id, "--json"]));
        assert_eq!(folded[0]["state"], told["row"]["state"]);
        assert_eq!(folded[0]["version"], told["row"]["version"]);
        let thing = lines(&world.run_replay(&["as-of", &at, "thing", id, "--json"]));
        assert_eq!(thing[0]["type"], "ticket");
        assert_eq!(thing[0]["version"], told["row"]["version"]);
        assert_eq!(thing[0]["state"]["title"], told["row"]["title"]);
    }
    let made = world.run_replay(&["as-of", &at, "view", "tickets", "--into", "then"]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    let kept = "select count(*) as rows from \"then\".tickets";
    let kept: i64 = sqlx::query(kept).fetch_one(&mut database).await.unwrap().get("rows");
    assert_eq!(kept, view.len() as i64);
    assert_eq!(world.run_replay(&["as-of", &at, "view", "tickets", "--into", "then"]).code, 2);
    for wrong in ["journal", "view_x", "pg_x", "a b", "X"] {
        let refused = world.run_replay(&["as-of", &at, "view", "tickets", "--into", wrong]);
        assert_eq!(refused.code, 2, "{wrong}");
    }
    assert_eq!(world.run_replay(&["verify"]).code, 0, "nothing live was touched");
}

#[tokio::test]
async fn everything_of_a_type_is_told() {
    let world = World::demo().await;
    let now = head(&world).await.to_string();
    let roles = lines(&world.run_replay(&["as-of", &now, "things", "role", "--json"]));
    assert!(roles.len() >= 13, "the standard ones");
    let people = lines(&world.run_replay(&["as-of", &now, "things", "person", "--json"]));
    let named = people.iter().filter(|person| person["state"]["name"].is_string()).count();
    assert_eq!(named, people.len(), "personal texts are clear");
    assert!(lines(&world.run_replay(&["as-of", "0", "things", "role", "--json"])).is_empty());
    assert_eq!(world.run_replay(&["as-of", "0", "things", "nonsense"]).code, 2);
}

#[tokio::test]
async fn counts_add_up() {
    let world = World::demo().await;
    let events = head(&world).await;
    let told = lines(&world.run_replay(&["stats", "--json"]));
    assert_eq!(told[0]["total"]["events"], events);
    for by in ["type", "actor", "day", "stream"] {
        let of = told.iter().filter(|line| line["by"] == by);
        let sum: i64 = of.clone().map(|line| line["events"].as_i64().unwrap()).sum();
        let bytes: i64 = of.map(|line| line["bytes"].as_i64().unwrap()).sum();
        assert_eq!(sum, events, "{by}");
        assert_eq!(told[0]["total"]["bytes"], bytes, "{by}");
    }
    let none = ["stats", "--json", "--to", "2000-01-01T00:00:00Z"];
    assert_eq!(lines(&world.run_replay(&none))[0]["total"]["events"], 0);
}

/// The server's answer to the same question, asked of the same position.
#[tokio::test]
async fn who_could_is_what_the_server_says() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let ticket = desk.ticket("Who could").await;
    followed(&world).await;
    let mut database = world.superuser().await;
    let at = head(&world).await.to_string();
    let number = "select number from view_tickets.tickets where title = 'Who could'";
    let number: String = sqlx::query(number).fetch_one(&mut database).await.unwrap().get(0);
    let ask = "query($t: ID!, $at: Position) {
        whoCan(action: \"ticket.read\", resource: {ticketId: $t}, at: {asOfPosition: $at}, first: 100) {
            nodes { subject { person { login } } } hasNextPage } }";
    let answer = desk.auditor.data(ask, json!({"t": ticket, "at": at})).await;
    assert_eq!(answer["whoCan"]["hasNextPage"], false);
    let nodes = answer["whoCan"]["nodes"].as_array().unwrap().iter();
    let says: BTreeSet<String> =
        nodes.map(|it| it["subject"]["person"]["login"].as_str().unwrap().to_owned()).collect();
    let asked = |at: String| {
        world.run_replay(&["who-could", "ticket.read", &number, "--at", &at, "--json"])
    };
    let people: Vec<String> =
        lines(&asked(at)).iter().map(|line| line["person"].as_str().unwrap().to_owned()).collect();
    let logins = "select login from view_people.people where person_id::text = any ($1)";
    let logins = sqlx::query(logins).bind(&people).fetch_all(&mut database).await.unwrap();
    let could: BTreeSet<String> = logins.iter().map(|row| row.get(0)).collect();
    assert_eq!(could, says);
    assert!(!could.is_empty());
    assert_eq!(asked("1".to_owned()).code, 2, "the ticket was not there then");
    let unit = world.run_replay(&["who-could", "erp:invoice.pay"]);
    assert_eq!(unit.code, 2, "{}", unit.stderr);
}

#[tokio::test]
async fn a_tree_tells_what_followed_and_filters_what_was_then() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    desk.ticket("A tree").await;
    followed(&world).await;
    let mut database = world.superuser().await;
    let row =
        "select number, to_char(created_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')
               from view_tickets.tickets where title = 'A tree'";
    let row = sqlx::query(row).fetch_one(&mut database).await.unwrap();
    let (number, opened): (String, String) = (row.get(0), row.get(1));
    let told = lines(&world.run_replay(&["timeline", &number, "--json"]));
    let tree = lines(&world.run_replay(&["timeline", &number, "--tree", "--json"]));
    let positions = |lines: &[Value], name: &str| -> BTreeSet<i64> {
        lines.iter().map(|line| line[name].as_i64().unwrap()).collect()
    };
    let (told, in_tree) = (positions(&told, "global_seq"), positions(&tree, "position"));
    assert!(told.is_subset(&in_tree));
    assert_eq!(tree[0]["depth"], 0);
    let from = |flags: &[&str]| {
        let all = [&["timeline", &number, "--json"], flags].concat();
        lines(&world.run_replay(&all)).len()
    };
    assert_eq!(from(&["--from", &opened, "--occurred"]), told.len());
    assert_eq!(from(&["--to", &opened, "--occurred"]), 0);
    assert_eq!(from(&["--to", "2000-01-01T00:00:00Z"]), 0);
}

#[tokio::test]
async fn an_interrupted_verification_goes_on() {
    let world = World::demo().await;
    let file = world.folder().join("so-far");
    let path = file.display().to_string();
    let done = world.run_replay(&["verify", "--resume", &path]);
    assert_eq!(done.code, 0, "{}", done.stderr);
    assert!(!file.exists(), "read to the end, it has served");
    std::fs::write(&file, "{}").unwrap();
    assert_eq!(world.run_replay(&["verify", "--resume", &path]).code, 2);
}

#[test]
fn every_command_has_a_page_for_man() {
    let folder = std::env::temp_dir();
    let man = |arguments: &[&str]| {
        let mut command = std::process::Command::new(testbed::binary("replay"));
        testbed::run(command.arg("man").args(arguments).current_dir(&folder))
    };
    let page = man(&[]);
    assert_eq!(page.code, 0, "{}", page.stderr);
    assert!(page.stdout.contains(".TH replay 1"), "{}", page.stdout);
    for name in ["verify", "as-of", "who-could", "diff", "stats", "timeline"] {
        let page = man(&[name]);
        assert!(
            page.stdout.contains(&format!("replay\\-{}", name.replace('-', "\\-"))),
            "{}",
            page.stdout
        );
    }
    assert_eq!(man(&["nothing"]).code, 2);
    assert_eq!(man(&["keeper"]).code, 2);
}
