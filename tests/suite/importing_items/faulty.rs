//! Faulty rows and hostile files: told with place and reason, and nothing half written.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use testbed::World;

use super::{demo, events, import, imported, lines, server, write};

/// A thousand servers, of which every hundredth is wrong.
fn thousand() -> Vec<Value> {
    let rows = (0..1_000).map(|nr| match nr % 100 {
        50 => server(&format!("srv{nr}"), json!({"nb_u": "two"})),
        _ => server(&format!("srv{nr}"), json!({"nb_u": 2})),
    });
    std::iter::once(demo()).chain(rows).collect()
}

#[tokio::test]
async fn one_faulty_row_in_a_hundred_keeps_itself_out_or_all_of_them() {
    let world = World::demo().await;
    write(&world, "rows.ndjson", lines(&thousand()));
    let before = events(&world).await;
    let together =
        import(&world, "rows.ndjson", &["--format", "ndjson", "--mode", "all-or-nothing"]);
    assert_eq!(together.code, 3, "{}", together.stderr);
    assert!(together.stdout.starts_with("nothing stored, for rows were refused: 1001 rows"));
    assert_eq!(events(&world).await, before);
    let dry = ["--format", "ndjson", "--mode", "all-or-nothing", "--dry-run"];
    assert_eq!(import(&world, "rows.ndjson", &dry).code, 3, "as it would be");
    let by_row = import(&world, "rows.ndjson", &["--format", "ndjson", "--strict"]);
    assert_eq!((by_row.code, by_row.counts()), (3, [991, 0, 0, 0, 10]));
    assert_eq!(together.answers, by_row.answers);
    assert_eq!(events(&world).await, before + 991);
    for (faulty, nr) in by_row.answers.iter().filter(|a| a["outcome"] == "INVALID").zip(0..) {
        assert_eq!(faulty["row"], nr * 100 + 52);
        assert_eq!((&faulty["code"], &faulty["field"]), (&json!("VALUE_UNFIT"), &json!("nb_u")));
    }
    let good: Vec<Value> =
        thousand().into_iter().filter(|row| row["attributes"]["nb_u"] != "two").collect();
    write(&world, "good.ndjson", lines(&good));
    let all = ["--format", "ndjson", "--mode", "all-or-nothing"];
    assert_eq!(imported(&world, "good.ndjson", &all).counts(), [0, 0, 991, 0, 0]);
}

#[tokio::test]
async fn what_a_faulty_row_says_is_repeated_in_brief_and_moves_no_cursor() {
    let world = World::demo().await;
    let name = format!("\u{1b}[2J{}", "x".repeat(100_000));
    let nowhere = server(&name, json!({"location": name}));
    write(&world, "rows.ndjson", lines(&[demo(), nowhere]));
    let told = imported(&world, "rows.ndjson", &["--format", "ndjson"]);
    assert_eq!(told.counts(), [1, 0, 0, 0, 1]);
    assert!(!told.stdout.contains('\u{1b}') && told.stdout.len() < 2_000, "{}", told.stdout);
    assert!(told.answers[1].to_string().len() < 3_000);
}

#[tokio::test]
async fn a_number_is_kept_as_it_is_written_or_refused() {
    let world = World::demo().await;
    let scale = |name: &str, weight: &str| {
        format!(
            r#"{{"class":"Scale","key":{{"name":"{name}"}},"attributes":{{"weight":{weight}}}}}"#
        )
    };
    let class = json!({"define": {"name": "Scale", "parent": "Rack",
        "attributes": [{"name": "weight", "kind": "DECIMAL"}]}});
    let rows = [
        class.to_string(),
        scale("tenth", "0.1"),
        scale("small", "0.000001"),
        scale("text", "\"0.1234567890123456789\""),
        scale("long", "0.1234567890123456789"),
        scale("large", "123456789012345678901234567890"),
        scale("huge", "1e400"),
    ];
    write(&world, "rows.ndjson", rows.join("\n"));
    let told = imported(&world, "rows.ndjson", &["--format", "ndjson"]);
    let codes: Vec<&str> =
        told.answers.iter().filter_map(|answer| answer["code"].as_str()).collect();
    assert_eq!(codes, ["NO_VALUE", "NO_VALUE", "NOT_JSON"], "{:#?}", told.answers);
    let kept = world.run_annals(&["export", "cis", "--where", "class=Scale"]).stdout;
    for kept_as in [",0.1\r", ",0.000001\r", ",0.1234567890123456789\r"] {
        assert!(kept.contains(kept_as), "{kept}");
    }
}

fn end(class: &str, name: &str) -> Value {
    json!({"class": class, "key": {"name": name, "organization": "Demo"}})
}

#[tokio::test]
async fn every_sort_of_bad_row_is_told_with_its_reason() {
    let world = World::demo().await;
    let relation = |relation: &str, from: Value, to: Value| json!({"relation": relation, "from": from, "to": to});
    let db = |host: &str| {
        let key = json!({"name": "pg", "organization": "Demo", "runs_on": end("Server", host)});
        json!({"class": "DBServer", "key": key})
    };
    write(
        &world,
        "good.ndjson",
        lines(&[
            demo(),
            server("srv1", json!({})),
            server("srv2", json!({})),
            db("srv1"),
            end("Hypervisor", "hv"),
        ]),
    );
    imported(&world, "good.ndjson", &["--format", "ndjson"]);
    let before = events(&world).await;
    let bad = [
        (json!({"class": "Spaceship", "key": {"name": "x"}}), "CLASS_UNKNOWN"),
        (json!({"class": "FunctionalCI", "key": {"name": "x"}}), "CLASS_ABSTRACT"),
        (server("srv1", json!({"wings": 2})), "ATTRIBUTE_UNKNOWN"),
        (server("srv1", json!({"nb_u": 2.5})), "VALUE_UNFIT"),
        (server("srv1", json!({"nb_u": i64::MIN})), "VALUE_UNFIT"),
        (server("srv1", json!({"nb_u": 1_i64 << 53})), "VALUE_UNFIT"),
        (server("srv1", json!({"status": "sleepy"})), "VALUE_UNFIT"),
        (server("srv1", json!({"management_ip": "1.2.3"})), "VALUE_UNFIT"),
        (server("srv1", json!({"location": "Nowhere"})), "NOT_THERE"),
        (server("srv1", json!({"name": "twice"})), "SAID_TWICE"),
        (server("srv1", json!({"name": null})), "SAID_TWICE"),
        (json!({"class": "Server", "key": {"organization": "Demo"}}), "KEY_PART_MISSING"),
        (json!({"class": "Server", "key": {"name": "x", "serial": "1"}}), "KEY_PART_UNKNOWN"),
        (json!({"class": "Server", "key": {"name": "x", "organization": "No"}}), "NOT_THERE"),
        (server("srv1", json!({"rack": end("Server", "srv2")})), "CI_REFERENCE_UNFIT"),
        (relation("flies_on", end("Server", "srv1"), end("Server", "srv2")), "CI_RELATION_UNKNOWN"),
        (relation("hypervisor_on", end("Hypervisor", "hv"), db("srv1")), "CI_TARGET_UNFIT"),
        (relation("runs_on", db("srv1"), end("Server", "srv2")), "CI_OVER_CARDINALITY"),
        (relation("runs_on", db("srv2"), end("Server", "srv2")), "NOT_THERE"),
        (json!({"define": {"name": "Server", "parent": "Rack"}}), "CI_CLASS_PARENT_FIXED"),
        (json!({"define": {"name": "Loop", "parent": "Loop"}}), "CI_CLASS_PARENT_CIRCULAR"),
        (json!({"define": {"name": "Odd", "parent": "Nobody"}}), "NOT_THERE"),
    ];
    let rows: Vec<Value> = bad.iter().map(|(row, _)| row.clone()).collect();
    write(&world, "bad.ndjson", lines(&rows));
    let refused = imported(&world, "bad.ndjson", &["--format", "ndjson"]);
    for (answer, (row, code)) in refused.answers.iter().zip(&bad) {
        assert_eq!(answer["code"], *code, "{row}: {answer}");
        assert!(*code != "CI_REFERENCE_UNFIT" || answer["field"] == "rack", "{answer}");
        assert!(!answer["reason"].as_str().unwrap().is_empty());
    }
    assert_eq!(refused.answers.len(), bad.len());
    assert_eq!(events(&world).await, before, "nothing of them is written");
}

#[tokio::test]
async fn files_that_swell_or_never_end_a_line_are_refused() {
    let world = World::demo().await;
    let before = events(&world).await;
    // A fifth of a gigabyte of one line, in a fifth of a megabyte.
    let path = world.folder().join("bomb.ndjson.gz");
    let mut packed = GzEncoder::new(std::fs::File::create(&path).unwrap(), Compression::best());
    let block = vec![b' '; 1 << 20];
    for _ in 0..200 {
        packed.write_all(&block).unwrap();
    }
    packed.finish().unwrap();
    let bomb = import(&world, "bomb.ndjson.gz", &["--format", "ndjson"]);
    assert!(bomb.code == 2 && bomb.stderr.contains("times its size"), "{}", bomb.stderr);
    write(&world, "long.ndjson", format!("{}\n{}\n", "x".repeat(3 << 20), demo()));
    let long = imported(&world, "long.ndjson", &["--format", "ndjson"]);
    assert_eq!(long.counts(), [1, 0, 0, 0, 1]);
    assert_eq!(long.answers[0]["code"], "LINE_TOO_LONG");
    write(
        &world,
        "long.csv",
        format!("class,name\nOrganization,One\nOrganization,\"{}", "x\n".repeat(2 << 20)),
    );
    let table = import(&world, "long.csv", &["--format", "csv"]);
    assert!(table.code == 2 && table.stderr.contains("begins in line 3"), "{}", table.stderr);
    let unread = import(&world, "none.csv", &["--format", "csv"]);
    assert_eq!(unread.code, 2);
    let broken = import(&world, "long.ndjson", &["--format", "glpi"]);
    assert!(broken.code == 2 && broken.stderr.contains("cannot be imported"), "{}", broken.stderr);
    assert_eq!(events(&world).await, before + 2, "the good rows before a broken one are in");
}
