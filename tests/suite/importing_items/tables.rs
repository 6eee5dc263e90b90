//! Tables, with a mapping and without.

use testbed::World;

use super::{demo, imported, lines, write};

const MAPPING: &str = r#"
class = "WebServer"
delimiter = ";"
[columns]
"Host name" = "name"
State = "status"
[constants]
organization = "Demo"
[values.status]
up = "active"
down = "inactive"
[relations]
runs_on = { class = "Server", name = "On", organization = "=Demo" }
"#;

#[tokio::test]
async fn a_table_is_read_by_its_columns_names() {
    let world = World::demo().await;
    write(&world, "first.ndjson", lines(&[demo()]));
    imported(&world, "first.ndjson", &["--format", "ndjson"]);
    let table = "\u{feff}class,name,organization,nb_u,serial\n\
                 Server,srv1,Demo,2,\"A \"\"1\"\"\"\nServer,srv2,Demo,,\nRack,r1,Demo,42,\n";
    write(&world, "servers.csv", table);
    let first = imported(&world, "servers.csv", &["--format", "csv"]);
    assert_eq!(first.counts(), [3, 0, 0, 0, 0], "{:#?}", first.answers);
    let again = imported(&world, "servers.csv", &["--format", "csv"]);
    assert_eq!(again.counts(), [0, 0, 3, 0, 0]);

    write(&world, "map.toml", MAPPING);
    let map = world.folder().join("map.toml");
    let mapped = ["--format", "csv", "--mapping", map.to_str().unwrap()];
    write(&world, "web.csv", "Host name;State;On\nshop;up;srv1\nblog;down;srv2\n");
    let web = imported(&world, "web.csv", &mapped);
    assert_eq!(web.counts(), [2, 0, 0, 0, 0], "{:#?}", web.answers);
    assert_eq!(imported(&world, "web.csv", &mapped).counts(), [0, 0, 2, 0, 0]);
    // The host is part of what a program is known by: elsewhere it is another one.
    write(&world, "web.csv", "Host name;State;On\nshop;down;srv1\nblog;down;srv1\n");
    let moved = imported(&world, "web.csv", &mapped);
    assert_eq!(moved.counts(), [1, 1, 0, 0, 0], "{:#?}", moved.answers);
    assert_eq!(moved.changed()[0]["changes"][0]["field"], "status");
}

#[tokio::test]
async fn a_faulty_cell_is_told_by_row_and_column() {
    let world = World::demo().await;
    write(&world, "first.ndjson", lines(&[demo()]));
    imported(&world, "first.ndjson", &["--format", "ndjson"]);
    write(&world, "map.toml", MAPPING);
    let map = world.folder().join("map.toml");
    write(&world, "web.csv", "Host name;State;On\nshop;sleepy;\nblog;up;nowhere\n;up;\n");
    let mapped = ["--format", "csv", "--mapping", map.to_str().unwrap()];
    let faulty = imported(&world, "web.csv", &mapped);
    assert_eq!(faulty.counts(), [0, 0, 0, 0, 3]);
    let told: Vec<_> = faulty
        .answers
        .iter()
        .map(|a| (a["row"].as_u64().unwrap(), a["column"].as_str(), a["code"].as_str().unwrap()))
        .collect();
    let expected = [
        (2, Some("State"), "VALUE_UNFIT"),
        (3, Some("On"), "NOT_THERE"),
        (4, Some("Host name"), "KEY_PART_MISSING"),
    ];
    assert_eq!(told, expected, "{:#?}", faulty.answers);
    assert!(faulty.stdout.contains("row 2, column \"State\""), "{}", faulty.stdout);
}

#[tokio::test]
async fn a_report_is_written_over_nothing_that_is_read() {
    let world = World::demo().await;
    let map = write(&world, "map.toml", MAPPING);
    let table = write(&world, "web.csv", "Host name;State;On\nshop;up;\n");
    for own in [&map, &table] {
        let before = std::fs::read(own).unwrap();
        let [file, map, report] = [&table, &map, own].map(|path| path.to_str().unwrap());
        let mapped = ["--format", "csv", "--mapping", map, "--report", report];
        let refused = world.run_annals(&[&["import", "cis", file], &mapped[..]].concat());
        assert!(refused.code == 2 && refused.stderr.contains("written over"), "{refused:?}");
        assert_eq!(std::fs::read(own).unwrap(), before);
    }
}
