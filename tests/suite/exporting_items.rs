//! Items come out as they go in: from an empty installation that got an export comes the same export,
//! in whatever order its rows were said, and without an identity in it.

use serde_json::{Value, json};
use testbed::World;

/// A small data centre in which everything is that is hard to say in order: circles of references,
/// equal names, keys in keys, names that a spreadsheet would run, a class of its own.
const STORY: [&str; 35] = [
    r#"{"define":{"name":"Robot","label":"Robot","parent":"PhysicalDevice","attributes":[{"name":"weight","label":"Weight","kind":"DECIMAL"},{"name":"tools","label":"Tools","kind":"TEXT","list":true},{"name":"twin","label":"Twin","kind":"REFERENCE","of":"Robot"}],"relations":[{"name":"guards","label":"guards","to":"Server","flow":"NONE"}]}}"#,
    r#"{"class":"Organization","key":{"name":"Holding"},"attributes":{}}"#,
    r#"{"class":"Organization","key":{"name":"Demo"},"attributes":{"parent":"Holding","code":"=1+1"}}"#,
    r#"{"class":"Organization","key":{"name":"Acme"},"attributes":{"parent":"Demo","status":"inactive"}}"#,
    r#"{"class":"DeliveryModel","key":{"name":"Standard","organization":"Demo"}}"#,
    r#"{"class":"Organization","key":{"name":"Acme"},"attributes":{"delivery_model":{"class":"DeliveryModel","key":{"name":"Standard","organization":"Demo"}}}}"#,
    r#"{"class":"Location","key":{"name":"Cellar","organization":"Demo"},"attributes":{"city":"Köln"}}"#,
    r#"{"class":"Rack","key":{"name":"R1","organization":"Demo"},"attributes":{"nb_u":42,"location":"Cellar"}}"#,
    r#"{"class":"Server","key":{"name":"srv1","organization":"Demo"},"attributes":{"rack":"R1","location":"Cellar","ram":"64 GB","management_ip":"10.0.0.1","status":"stock"}}"#,
    r#"{"class":"Server","key":{"name":"srv2","organization":"Demo"}}"#,
    r#"{"class":"Server","key":{"name":"srv1","organization":"Acme"}}"#,
    r#"{"class":"Server","key":{"name":"srv3"}}"#,
    r#"{"class":"DBServer","key":{"name":"db","organization":"Demo","runs_on":{"class":"Server","key":{"name":"srv1","organization":"Demo"}}}}"#,
    r#"{"class":"DBServer","key":{"name":"db","organization":"Demo","runs_on":{"class":"Server","key":{"name":"srv2","organization":"Demo"}}},"attributes":{"path":"-rf"}}"#,
    r#"{"class":"DBServer","key":{"name":"db","organization":"Demo","runs_on":{"class":"Server","key":{"name":"srv1","organization":"Acme"}}}}"#,
    r#"{"class":"DBServer","key":{"name":"db","organization":"Demo"}}"#,
    r#"{"class":"DatabaseSchema","key":{"name":"orders","organization":"Demo"}}"#,
    r#"{"class":"Person","key":{"name":"Agent","first_name":"Ada","organization":"Demo"},"attributes":{"email":"ada@example.org"}}"#,
    r#"{"class":"Person","key":{"name":"Agent","first_name":"Bea","organization":"Demo"}}"#,
    r#"{"class":"Robot","key":{"name":"+R2","organization":"Demo"},"attributes":{"weight":"12.50","tools":["saw","hammer"]}}"#,
    r#"{"class":"Robot","key":{"name":"C3","organization":"Demo"},"attributes":{"twin":{"class":"Robot","key":{"name":"+R2","organization":"Demo"}}}}"#,
    r#"{"class":"Robot","key":{"name":"+R2","organization":"Demo"},"attributes":{"twin":"C3","status":null}}"#,
    r#"{"class":"ApplicationSolution","key":{"name":"Shop","organization":"Demo"},"attributes":{"redundancy":{"enabled":true,"min_up":"50","type":"percent"}}}"#,
    r#"{"relation":"hosted_by_dbserver","from":{"class":"DatabaseSchema","key":{"name":"orders","organization":"Demo"}},"to":{"class":"DBServer","key":{"name":"db","organization":"Demo"}}}"#,
    r#"{"relation":"depends_on","from":{"class":"ApplicationSolution","key":{"name":"Shop","organization":"Demo"}},"to":{"class":"DBServer","key":{"name":"db","organization":"Demo","runs_on":{"class":"Server","key":{"name":"srv1","organization":"Demo"}}}}}"#,
    r#"{"relation":"depends_on","from":{"class":"ApplicationSolution","key":{"name":"Shop","organization":"Demo"}},"to":{"class":"DBServer","key":{"name":"db","organization":"Demo","runs_on":{"class":"Server","key":{"name":"srv2","organization":"Demo"}}}}}"#,
    r#"{"relation":"depends_on","from":{"class":"ApplicationSolution","key":{"name":"Shop","organization":"Demo"}},"to":{"class":"Server","key":{"name":"srv3"}}}"#,
    r#"{"relation":"contact_of","from":{"class":"Person","key":{"name":"Agent","first_name":"Ada","organization":"Demo"}},"to":{"class":"Server","key":{"name":"srv1","organization":"Demo"}}}"#,
    r#"{"relation":"contact_of","from":{"class":"Person","key":{"name":"Agent","first_name":"Bea","organization":"Demo"}},"to":{"class":"Server","key":{"name":"srv1","organization":"Demo"}}}"#,
    r#"{"relation":"guards","from":{"class":"Robot","key":{"name":"+R2","organization":"Demo"}},"to":{"class":"Server","key":{"name":"srv1","organization":"Demo"}}}"#,
    r#"{"relation":"guards","from":{"class":"Robot","key":{"name":"+R2","organization":"Demo"}},"to":{"class":"Server","key":{"name":"srv1","organization":"Acme"}}}"#,
    r#"{"relation":"guards","from":{"class":"Robot","key":{"name":"C3","organization":"Demo"}},"to":{"class":"Server","key":{"name":"srv3"}}}"#,
    r#"{"class":"Server","key":{"name":"srv2","organization":"Demo"},"attributes":{"ram":"@128"}}"#,
    r#"{"class":"OtherSoftware","key":{"name":"engine","organization":"Demo","runs_on":{"class":"Server","key":{"name":"srv3"}}}}"#,
    r#"{"class":"OtherSoftware","key":{"name":"container","organization":"Demo","runs_on":{"class":"OtherSoftware","key":{"name":"engine","organization":"Demo","runs_on":{"class":"Server","key":{"name":"srv3"}}}}}}"#,
];

/// Puts lines into an installation, none of which is refused.
fn brought(world: &World, lines: &str) {
    let file = world.folder().join("items.ndjson");
    std::fs::write(&file, lines).unwrap();
    let report = world.folder().join("report.ndjson");
    let (path, report) = (file.to_str().unwrap(), report.to_str().unwrap());
    let asked = ["import", "cis", path, "--format", "ndjson", "--strict", "--report", report];
    let done = world.run_annals(&asked);
    let told = std::fs::read_to_string(report).unwrap_or_default();
    assert_eq!(done.code, 0, "{}{}{told}", done.stdout, done.stderr);
}

fn taken(world: &World, format: &str, more: &[&str]) -> String {
    let asked = [&["export", "cis", "--format", format], more].concat();
    let done = world.run_annals(&asked);
    assert_eq!(done.code, 0, "{}", done.stderr);
    done.stdout
}

#[tokio::test]
async fn what_comes_out_goes_in_and_comes_out_the_same() {
    let first = World::empty().await;
    brought(&first, &STORY.join("\n"));
    let once = taken(&first, "ndjson", &[]);
    let lines: Vec<Value> = once.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines[0]["define"]["name"], "Robot", "{once}");
    assert!(lines[1..].iter().all(|line| line.get("define").is_none()), "{once}");
    let items = lines.iter().filter(|line| line.get("class").is_some());
    let said = items.clone().filter(|line| line["class"] == "DBServer").count();
    assert_eq!(said, 4, "{once}");
    assert_eq!(lines.iter().filter(|line| line.get("relation").is_some()).count(), 9, "{once}");
    let second = World::empty().await;
    brought(&second, &once);
    assert_eq!(taken(&second, "ndjson", &[]), once);
    // Twice changes nothing.
    brought(&second, &once);
    assert_eq!(taken(&second, "ndjson", &[]), once);
    // Other identities, another order: the same file.
    let third = World::empty().await;
    let mut lines: Vec<&str> = STORY.to_vec();
    lines[8..12].reverse();
    lines[12..16].reverse();
    lines[23..32].reverse();
    brought(&third, &lines.join("\n"));
    assert_eq!(taken(&third, "ndjson", &[]), once);
    assert_eq!(taken(&third, "csv", &[]), taken(&first, "csv", &[]));
}

#[tokio::test]
async fn items_are_rows_of_a_sheet_and_some_of_them_can_be_asked_for() {
    let world = World::empty().await;
    brought(&world, &STORY.join("\n"));
    let text = taken(&world, "csv", &["--where", "class=Robot"]);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(header, ["class", "name", "organization", "status", "tools", "twin", "weight"]);
    let rows: Vec<Vec<String>> =
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    assert_eq!(
        rows,
        [
            ["Robot", "'+R2", "Demo", "", "saw;hammer", "C3", "12.5"],
            ["Robot", "C3", "Demo", "production", "", "'+R2", ""],
        ]
    );
    let software = taken(&world, "csv", &["--where", "class=DBServer"]);
    let header = software.lines().next().unwrap();
    assert_eq!(header, "class,name,organization,status,path,runs_on");
    assert!(software.contains("DBServer,db,Demo,active,'-rf,srv2"), "{software}");
    let some = taken(&world, "ndjson", &["--where", "organization=Acme"]);
    let lines: Vec<Value> = some.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(
        lines,
        [json!({"class": "Server", "key": {"name": "srv1", "organization": "Acme"},
        "attributes": {"status": "production"}})]
    );
    let named = taken(&world, "csv", &["--where", "name=srv1 and organization=Acme"]);
    assert!(named.lines().count() == 2 && named.contains("Server,srv1,Acme"), "{named}");
    let states = world.run_annals(&["export", "ci_states", "--format", "ndjson"]).stdout;
    assert!(states.lines().count() > 23, "what was is there as well");
    let wrong = world.run_annals(&["export", "cis", "--where", "class<3 or 1=1"]);
    assert_eq!(wrong.code, 2, "{}", wrong.stderr);
}

/// What a cell says in more words than a name: items that nobody owns or somebody else does, values
/// with semicolons, names like objects.
const CELLS: [&str; 10] = [
    r#"{"define":{"name":"Robot","parent":"PhysicalDevice","attributes":[{"name":"tools","kind":"TEXT","list":true},{"name":"twins","kind":"REFERENCE","of":"Robot","list":true}]}}"#,
    r#"{"class":"Organization","key":{"name":"Demo"}}"#,
    r#"{"class":"Organization","key":{"name":"Acme"}}"#,
    r#"{"class":"Location","key":{"name":"Hall"}}"#,
    r#"{"class":"Server","key":{"name":"srv1","organization":"Demo"}}"#,
    r#"{"class":"Server","key":{"name":"srv1","organization":"Acme"}}"#,
    r#"{"class":"Robot","key":{"name":"A;1"},"attributes":{"tools":["saw;small","[drill]"]}}"#,
    r#"{"class":"Robot","key":{"name":"{}","organization":"Demo"},"attributes":{"location":{"class":"Location","key":{"name":"Hall"}}}}"#,
    r#"{"class":"Robot","key":{"name":"~","organization":"Demo"},"attributes":{"twins":[{"class":"Robot","key":{"name":"A;1"}},{"class":"Robot","key":{"name":"{}","organization":"Demo"}}]}}"#,
    r#"{"class":"DBServer","key":{"name":"db","organization":"Demo","runs_on":{"class":"Server","key":{"name":"srv1","organization":"Acme"}}}}"#,
];

#[tokio::test]
async fn the_rows_of_a_sheet_go_in_again() {
    let first = World::empty().await;
    brought(&first, &CELLS.join("\n"));
    let second = World::empty().await;
    brought(&second, &CELLS[..6].join("\n"));
    for class in ["class=Robot", "class=DBServer"] {
        let sheet = taken(&first, "csv", &["--where", class]);
        let file = second.folder().join("sheet.csv");
        std::fs::write(&file, &sheet).unwrap();
        let asked = ["import", "cis", file.to_str().unwrap(), "--format", "csv", "--strict"];
        let done = second.run_annals(&asked);
        assert_eq!(done.code, 0, "{sheet}{}{}", done.stdout, done.stderr);
        assert_eq!(taken(&second, "csv", &["--where", class]), sheet);
    }
    assert_eq!(taken(&second, "ndjson", &[]), taken(&first, "ndjson", &[]));
}
