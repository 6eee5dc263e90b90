//! The how-to client in TypeScript: built from the committed schema, run against the real server.

use std::process::Command;
use std::sync::Once;

use serde_json::json;
use testbed::{Client, DEMO_PASSWORD, Finished, Process, World, run};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/client");

/// Types the client's documents by the schema, and compiles it.
fn build() {
    static BUILT: Once = Once::new();
    BUILT.call_once(|| {
        for step in [&["generate.mjs"][..], &["node_modules/typescript/bin/tsc"]] {
            let finished = run(Command::new("node").args(step).current_dir(FOLDER));
            assert_eq!(finished.code, 0, "{}\n{}", finished.stdout, finished.stderr);
        }
    });
}

/// One of the client's programs, for somebody of the demo.
fn program(name: &str, client: &Client, login: &str) -> Command {
    build();
    let mut command = Command::new("node");
    command.arg(format!("build/src/{name}.js")).arg(format!("{}/graphql", client.base));
    command.args([login, DEMO_PASSWORD]).current_dir(FOLDER);
    command
}

/// The line that begins like this, without its beginning.
fn line<'a>(finished: &'a Finished, beginning: &str) -> &'a str {
    let found = finished.stdout.lines().find_map(|line| line.strip_prefix(beginning));
    found.unwrap_or_else(|| panic!("no {beginning:?}: {}\n{}", finished.stdout, finished.stderr))
}

#[tokio::test]
async fn the_how_to_client_takes_a_ticket_and_is_told_so() {
    let mut world = World::demo().await;
    let client = world.serve();
    let taken = run(&mut program("main", &client, "agent1"));
    assert_eq!(line(&taken, "signed in as "), "Ada Agent");
    assert!(line(&taken, "UNASSIGNED: ").starts_with("My units' unassigned, "), "{taken:?}");
    let number = line(&taken, "took ");
    assert!(taken.stdout.contains(&format!("\n{number} ")), "it stood in the queue: {taken:?}");
    let told = line(&taken, "told: ticket.work_started ");
    assert_eq!(told, format!("by Ada Agent, {number} is IN_PROGRESS"));
    assert_eq!(line(&taken, "with a new token: "), "there is work in MY_WORK");
    assert_eq!((taken.code, taken.stderr.as_str()), (0, ""));
    let late = run(program("main", &client, "agent2").arg(number));
    let why = "somebody else holds the ticket (Ada Agent) (TICKET_HELD; tell)";
    assert_eq!(line(&late, &format!("{number} is refused: ")), why);
    assert_eq!(late.code, 1);
}

#[tokio::test]
async fn the_how_to_client_misses_nothing_while_the_server_is_away() {
    let mut world = World::demo().await;
    let client = world.serve();
    let mut watch = Process::start(program("watch", &client, "director").arg("2"), "listening");
    let open = "mutation($i: TicketOpenInput!) { ticketOpen(input: $i) { userErrors { code } } }";
    let input = |title: &str| json!({"i": {"kind": "INCIDENT", "title": title}});
    let ada = client.sign_in("agent1", DEMO_PASSWORD).await;
    ada.data(open, input("Before")).await;
    assert_eq!(watch.line(), "ticket.opened Before");
    world.server().kill();
    let address = client.base.strip_prefix("http://").unwrap();
    let mut again = world.annals(&["serve", "--demo", "--listen", address]);
    let ada = world.serve_by(&mut again).sign_in("agent1", DEMO_PASSWORD).await;
    ada.data(open, input("After")).await;
    assert_eq!(watch.line(), "ticket.opened After");
    assert_eq!(watch.wait(), 0);
}
