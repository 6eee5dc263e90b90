//! The npm suite `graphql-http` against the real server: 61 of 61.

use std::process::Command;

use testbed::{World, run};

#[tokio::test]
async fn all_audits_of_graphql_over_http_are_ok() {
    let mut world = World::demo().await;
    let client = world.serve();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/conformance");
    let url = format!("{}/graphql", client.base);
    let finished = run(Command::new("node").arg("audit.mjs").arg(url).current_dir(folder));
    assert_eq!(finished.code, 0, "{}\n{}", finished.stdout, finished.stderr);
    assert!(finished.stdout.contains("61 passed, 0 failed"), "{}", finished.stdout);
}
