//! Killed and repeated; and files that end the import.

use std::io::Write;
use std::process::Stdio;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use testbed::World;

use super::{events, import, line, named, text, write};

/// Tickets of three lines each.
fn many(tickets: usize) -> Vec<Value> {
    let each = (0..tickets).flat_map(|ticket| {
        let at = format!("08:{:02}:{:02}", ticket / 60 % 60, ticket % 60);
        let (open, id) = (json!({"kind": "INCIDENT", "title": "No light"}), format!("$T{ticket}"));
        [
            named(line(&at, "agent1", "ticketOpen", open), &id[1..]),
            line(&at, "agent1", "ticketStartWork", json!({"ticketId": id})),
            line(&at, "agent1", "ticketStopWork", json!({"ticketId": id})),
        ]
    });
    each.collect()
}

#[tokio::test]
async fn a_killed_import_goes_on_and_two_at_once_store_each_line_once() {
    let world = World::demo().await;
    let file = write(&world, "many.ndjson", &text(&many(150)));
    let before = events(&world).await;
    let mut child = world
        .annals(&["import", "commands", file.to_str().unwrap()])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let began = Instant::now();
    while events(&world).await < before + 60 {
        assert!(began.elapsed() < Duration::from_secs(60), "nothing is imported");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let half = events(&world).await;
    assert!(half < before + 450, "killed too late to show anything");
    let second = world.folder().join("second.ndjson");
    let run = |report: &str| {
        let mut command =
            world.annals(&["import", "commands", file.to_str().unwrap(), "--report", report]);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    };
    for mut child in [run("first.ndjson"), run(second.to_str().unwrap())] {
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(events(&world).await, before + 450);
    let (said, _) = import(&world, &file, &[]);
    assert!(said.starts_with("450 lines: 0 done, 450 repeated, 0 refused"), "{said}");
    assert_eq!(events(&world).await, before + 450);
}

#[tokio::test]
async fn files_that_cannot_be_read_end_the_import() {
    let world = World::demo().await;
    let run = |arguments: &[&str]| {
        let mut all = vec!["import", "commands"];
        all.extend(arguments);
        world.run_annals(&all)
    };
    assert_eq!(run(&["/nowhere.ndjson"]).code, 2);
    let gz = |name: &str, bytes: &[u8]| {
        let mut packed = GzEncoder::new(Vec::new(), Compression::default());
        packed.write_all(bytes).unwrap();
        let packed = packed.finish().unwrap();
        let path = world.folder().join(name);
        std::fs::write(&path, &packed[..packed.len() - 12]).unwrap();
        path
    };
    let cut = gz("cut.ndjson.gz", many(1)[0].to_string().as_bytes());
    let cut = run(&[cut.to_str().unwrap()]);
    assert_eq!(cut.code, 2, "{}", cut.stderr);
    let bomb = gz("bomb.ndjson.gz", &vec![b' '; 160 << 20]);
    let bomb = run(&[bomb.to_str().unwrap()]);
    assert!(bomb.code == 2 && bomb.stderr.contains("unpacks"), "{}", bomb.stderr);
    let file = write(&world, "own.ndjson", &text(&many(1)));
    let own = run(&[file.to_str().unwrap(), "--report", file.to_str().unwrap()]);
    assert!(own.code == 2 && own.stderr.contains("written over"), "{}", own.stderr);
    assert_eq!(std::fs::read_to_string(&file).unwrap().lines().count(), 3);
}
