use crate::workers::cis::mapping::Mapping;
use crate::workers::cis::reading::table::{Table, TableFault};
use crate::workers::cis::row::{Body, Item, Row};
use crate::workers::packed::LINE_MAX;

use super::file;

fn rows(text: &str, mapping: &str) -> Result<Vec<Row>, TableFault> {
    let mapping: Mapping = toml::from_str(mapping).unwrap();
    let mut table = Table::open(file(text), &mapping)?;
    let mut rows = Vec::new();
    while let Some(row) = table.next()? {
        rows.push(row);
    }
    Ok(rows)
}

fn item(row: &Row) -> &Item {
    match row.body.as_ref().unwrap() {
        Body::Item(item) => item,
        _ => panic!("an item"),
    }
}

fn said(item: &Item) -> Vec<String> {
    let all = item.attributes.iter().chain(&item.relations);
    all.map(|(name, said)| format!("{name}={}", said.shown())).collect()
}

fn broken(text: &str, mapping: &str) -> String {
    rows(text, mapping).map(|rows| rows.len()).unwrap_err().to_string()
}

#[test]
fn columns_are_called_like_their_attributes_and_the_class_stands_in_one() {
    let text = "\u{feff}class,name,organization,nb_u\nServer,srv1,Demo,2\nRack,r1,,\n";
    let rows = rows(text, "").unwrap();
    assert_eq!(item(&rows[0]).named.class, "Server");
    assert_eq!(said(item(&rows[0])), ["name=srv1", "organization=Demo", "nb_u=2"]);
    assert_eq!(said(item(&rows[1])), ["name=r1"], "an empty cell says nothing");
    assert_eq!(rows[1].line, 3);
}

#[test]
fn a_mapping_says_what_columns_mean() {
    let text = "Host name;Where;Site;On;Org;Internal\nweb;prod;Paris;srv1;Demo;x\n;;;;;\n";
    let mapping = r#"
        class = "WebServer"
        delimiter = ";"
        empty = "clear"
        ignore = ["Internal"]
        [columns]
        "Host name" = "name"
        Where = "status"
        [constants]
        organization = "Ours"
        [values.status]
        prod = "active"
        [references]
        location = { class = "Location", name = "Site", organization = "=Ours" }
        [relations]
        runs_on = { class = "Server", name = "On", organization = "Org" }
    "#;
    let rows = rows(text, mapping).unwrap();
    let first = item(&rows[0]);
    assert_eq!(first.named.class, "WebServer");
    let all = [
        "name=web",
        "status=active",
        "organization=Ours",
        "location=Location Paris, Ours",
        "runs_on=Server srv1, Demo",
    ];
    assert_eq!(said(first), all);
    let empty = ["name=", "status=", "organization=Ours", "location=", "runs_on="];
    assert_eq!(said(item(&rows[1])), empty);
    let columns = rows[0].columns.as_ref().unwrap();
    assert_eq!((columns["name"].as_str(), columns["runs_on"].as_str()), ("Host name", "On"));
}

#[test]
fn a_row_that_is_none_is_its_own_fault() {
    let mut text = b"class,name\nServer,a\nServer,\xff\nServer\nServer,\"b\nc\"\n".to_vec();
    let mut table = Table::open(file(std::mem::take(&mut text)), &Mapping::default()).unwrap();
    let mut codes = Vec::new();
    while let Some(row) = table.next().unwrap() {
        codes.push((row.line, row.body.err().map(|fault| fault.code())));
    }
    let expected = [(2, None), (3, Some("NOT_UTF8")), (4, Some("FIELD_COUNT")), (5, None)];
    assert_eq!(codes, expected);
}

#[test]
fn a_row_has_the_number_of_its_line_however_lines_end() {
    for end in ["\n", "\r\n", "\r"] {
        let text = ["class,name", "", "Server,a", "", "", "Server,\"b", "c\"", "Rack,d", ""];
        let rows = rows(&text.join(end), "").unwrap();
        let lines: Vec<u64> = rows.iter().map(|row| row.line).collect();
        assert_eq!(lines, [3, 6, 8], "{end:?}");
    }
}

#[test]
fn a_quote_that_is_not_closed_does_not_make_a_row_of_the_rest() {
    let fine = ["Rack,\"a\"", "Rack,\"a\"\"b,\"", "Rack,5\" disk", "Rack,\"a\" b\n"];
    for row in fine {
        assert_eq!(rows(&format!("\u{feff}\"class\",name\n{row}"), "").unwrap().len(), 1, "{row}");
    }
    let open = broken("class,name\r\nRack,a\r\nRack,\"b\r\nRack,c\r\n", "");
    assert!(open.starts_with("a quote of the row that begins in line 3"), "{open}");
}

#[test]
fn a_table_that_is_none_is_refused_before_any_row() {
    assert!(broken("name\nx\n", "").contains("there is no column \"class\""));
    assert!(broken("class,name,name\n", "").contains("stands twice"));
    assert!(broken("class,name\n", "[columns]\nHost = \"name\"").contains("no column \"Host\""));
    for delimiter in ["→", "é", "\\\"", "\\n"] {
        let mapping = format!("delimiter = \"{delimiter}\"");
        assert!(broken("class,name\n", &mapping).contains("ASCII"), "{delimiter}");
    }
    let wide: Vec<String> = (0..501).map(|nr| format!("c{nr}")).collect();
    assert!(broken(&wide.join(","), "").contains("more than 500 columns"));
}

#[test]
fn a_quote_that_nobody_closes_does_not_eat_the_memory() {
    let text = format!("class,name\nServer,a\nServer,\"{}", "x\n".repeat(4 * LINE_MAX));
    let mut table = Table::open(file(text), &Mapping::default()).unwrap();
    assert!(table.next().unwrap().is_some());
    let fault = table.next().map(|row| row.is_some()).unwrap_err();
    assert!(fault.to_string().starts_with("the row that begins in line 3"), "{fault}");
}
