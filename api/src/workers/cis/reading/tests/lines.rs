use serde_json::json;

use crate::workers::cis::fault::Fault;
use crate::workers::cis::reading::ndjson::body;
use crate::workers::cis::row::{Body, Said};
use crate::workers::packed::{LINE_MAX, Line, next_line};

use super::file;

fn fault(line: &str) -> &'static str {
    body(line.as_bytes()).unwrap_err().code()
}

#[test]
fn a_line_is_an_item_a_relation_or_a_class() {
    let line = br#"{"class":"Server","key":{"name":"srv1","organization":"Demo"},
        "attributes":{"nb_u":2,"ram":null,"rack":{"class":"Rack","key":{"name":"R1"}},"tags":["a","b"]}}"#;
    let Body::Item(item) = body(line).unwrap() else { panic!("an item") };
    assert_eq!(item.named.shown(), "Server srv1, Demo");
    let said: Vec<String> =
        item.attributes.iter().map(|(n, s)| format!("{n}={}", s.shown())).collect();
    assert_eq!(said, ["nb_u=2", "rack=Rack R1", "ram=", "tags=a; b"]);
    assert!(item.attributes.contains(&("ram".to_owned(), Said::Nothing)));

    let line = json!({"relation": "runs_on", "from": {"class": "DBServer", "key": {"name": "pg"}},
        "to": {"class": "Server", "key": {"name": "srv1"}}});
    let Body::Bond(bond) = body(line.to_string().as_bytes()).unwrap() else { panic!("a relation") };
    assert_eq!((bond.from.shown(), bond.to.shown()), ("DBServer pg".into(), "Server srv1".into()));

    let line = json!({"define": {"name": "Robot", "parent": "PhysicalDevice",
        "attributes": [{"name": "axes", "kind": "INTEGER"}]}});
    let Body::Define(class) = body(line.to_string().as_bytes()).unwrap() else { panic!("a class") };
    assert_eq!(class.name, "Robot");
}

#[test]
fn a_key_may_nest_another_items_key_but_not_for_ever() {
    let nested = |depth: usize| {
        let mut named = json!({"class": "Server", "key": {"name": "srv1"}});
        for _ in 1..depth {
            named = json!({"class": "Server", "key": {"name": "x", "runs_on": named}});
        }
        body(named.to_string().as_bytes())
    };
    assert!(nested(4).is_ok());
    assert_eq!(nested(5).unwrap_err(), Fault::KeyUnfit);
    assert!(matches!(nested(60).unwrap_err(), Fault::KeyUnfit));
}

#[test]
fn what_has_two_meanings_or_none_is_refused() {
    assert_eq!(fault(r#"{"class":"A","class":"B","key":{"name":"x"}}"#), "NOT_JSON");
    assert_eq!(fault(r#"{"class":"A","key":{"name":"x"},"attributes":{"a":1,"a":2}}"#), "NOT_JSON");
    assert_eq!(fault(r#"{"class":"A","key":{"name":"x"},"attributes":{"a":NaN}}"#), "NOT_JSON");
    assert_eq!(fault(r#"{"class":"A","key":{"name":"x"},"attributes":{"a":1e999}}"#), "NOT_JSON");
    assert_eq!(fault(r#"{"class":"A","key":{"name":"x"}} {}"#), "NOT_JSON");
    assert_eq!(fault(r#"["class"]"#), "SHAPE");
    assert_eq!(fault(r#"{"class":"A"}"#), "SHAPE");
    assert_eq!(fault(r#"{"class":1,"key":{"name":"x"}}"#), "SHAPE");
    assert_eq!(fault(r#"{"class":"A","key":{"name":"x"},"more":1}"#), "SHAPE");
    assert_eq!(fault(r#"{"class":"A","key":{}}"#), "KEY_UNFIT");
    assert_eq!(fault(r#"{"define":{"name":"A","colour":1}}"#), "SHAPE");
    assert_eq!(body(b"{\"class\":\"\xff\"}").unwrap_err(), Fault::NotUtf8);
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(fault(&deep), "NOT_JSON");
    let many: serde_json::Map<_, _> = (0..201).map(|nr| (format!("a{nr}"), json!(nr))).collect();
    let many = json!({"class": "A", "key": {"name": "x"}, "attributes": many}).to_string();
    assert_eq!(fault(&many), "TOO_MANY_ATTRIBUTES");
}

#[test]
fn of_a_line_that_is_too_long_nothing_is_kept_and_the_next_is_read() {
    let mut text = vec![b'x'; 3 * LINE_MAX];
    text.extend(b"\nshort\n");
    let mut reader = file(text);
    assert!(matches!(next_line(&mut reader).unwrap(), Some(Line::TooLong)));
    let Some(Line::Whole(line)) = next_line(&mut reader).unwrap() else { panic!("a line") };
    assert_eq!(line, b"short");
    assert!(next_line(&mut reader).unwrap().is_none());
}
