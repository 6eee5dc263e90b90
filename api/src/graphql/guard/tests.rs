//! The limits one by one, and that the guard's own work stays linear.

use std::{collections::HashSet, fmt::Write};

use async_graphql::{Variables, parser::parse_query};
use serde_json::json;

use super::{
    Audience, Cost, GuardCode, GuardRefusal, Limits, check, check_source, connection_fields,
    measure::Survey,
};

fn limits() -> Limits {
    Limits::with_connections(HashSet::from(["tickets".to_owned(), "comments".to_owned()]))
}

fn weigh_with(text: &str, variables: serde_json::Value) -> Result<Cost, GuardRefusal> {
    let limits = limits();
    check_source(text, &limits)?;
    let document = parse_query(text).expect("the document parses");
    check(&document, None, &Variables::from_json(variables), &limits)
}

fn weigh(text: &str) -> Result<Cost, GuardRefusal> {
    weigh_with(text, json!({}))
}

fn code_of(text: &str) -> GuardCode {
    weigh(text).expect_err("the document is refused").code
}

/// Each of the fragments spreads the next one twice, so the last field is meant 2^depth times.
pub(crate) fn bomb(depth: usize) -> String {
    let mut text = "{ ...F0 }".to_owned();
    for level in 0..depth {
        let next = level + 1;
        write!(text, " fragment F{level} on Query {{ ...F{next} ...F{next} }}").unwrap();
    }
    write!(text, " fragment F{depth} on Query {{ __typename }}").unwrap();
    text
}

fn nested(depth: usize) -> String {
    format!("{}{}", "{ a ".repeat(depth), "}".repeat(depth))
}

#[test]
fn a_bomb_of_any_depth_is_refused_after_reading_each_selection_once() {
    for depth in 18..=45 {
        let text = bomb(depth);
        let limits = limits();
        check_source(&text, &limits).unwrap();
        let document = parse_query(&text).unwrap();
        let variables = Variables::default();
        let mut survey = Survey::new(&document, None, &variables, &limits);
        let refusal = survey.run().unwrap_err();
        assert_eq!(refusal.code, GuardCode::DocumentTooLarge, "depth {depth}");
        let written = 2 * depth as u64 + 2;
        assert_eq!(survey.steps, written, "depth {depth}");
    }
}

#[test]
fn a_bomb_of_two_to_the_seventieth_does_not_overflow() {
    let mut limits = limits();
    limits.fragments = 1_000;
    let document = parse_query(bomb(70)).unwrap();
    let refusal = check(&document, None, &Variables::default(), &limits).unwrap_err();
    assert_eq!(refusal.actual, u64::MAX);
    assert!(refusal.to_string().ends_with("more than 1000000, the limit is 5000"));
}

#[test]
fn a_chain_of_thousands_of_fragments_needs_no_stack() {
    let mut limits = limits();
    limits.fragments = usize::MAX;
    let mut text = "{ ...F0 }".to_owned();
    for level in 0..4_000 {
        write!(text, " fragment F{level} on Query {{ ...F{} }}", level + 1).unwrap();
    }
    text.push_str(" fragment F4000 on Query { a }");
    let document = parse_query(text).unwrap();
    let refusal = check(&document, None, &Variables::default(), &limits).unwrap_err();
    assert_eq!(refusal.code, GuardCode::DepthLimit);
}

#[test]
fn many_operations_cannot_share_one_expansion_each_below_the_limit() {
    let mut text = bomb(11);
    text.replace_range(..2, "query q0 {");
    for number in 1..10 {
        write!(text, " query q{number} {{ ...F0 }}").unwrap();
    }
    assert_eq!(code_of(&text), GuardCode::DocumentTooLarge);
}

#[test]
fn fragments_that_spread_themselves_are_refused_even_when_unused() {
    for text in [
        "{ ...A } fragment A on Q { ...A }",
        "{ a } fragment A on Q { b { ...B } } fragment B on Q { ... on Q { ...A } }",
    ] {
        assert_eq!(code_of(text), GuardCode::FragmentCycle);
    }
}

#[test]
fn a_spread_of_an_unknown_fragment_is_left_to_validation() {
    assert!(weigh("{ ...Nothing }").is_ok());
}

#[test]
fn fifty_fragments_pass_and_one_more_does_not() {
    let text = |count: usize| {
        (0..count).fold("{ a }".to_owned(), |text, number| {
            format!("{text} fragment F{number} on Q {{ a }}")
        })
    };
    assert!(weigh(&text(50)).is_ok());
    assert_eq!(code_of(&text(51)), GuardCode::FragmentLimit);
}

#[test]
fn ten_levels_pass_and_eleven_do_not() {
    assert_eq!(weigh(&nested(10)).unwrap().depth, 10);
    assert_eq!(code_of(&nested(11)), GuardCode::DepthLimit);
}

#[test]
fn depth_is_counted_through_fragments() {
    let text = "{ a { ...F } } fragment F on Q { b { c { ...G } } } fragment G on Q { d }";
    assert_eq!(weigh(text).unwrap().depth, 4);
}

#[test]
fn inline_fragments_inside_each_other_count_as_nesting() {
    let text = format!("{{ {} a {} }}", "... {".repeat(40), "}".repeat(40));
    assert_eq!(code_of(&text), GuardCode::DepthLimit);
}

#[test]
fn thirty_aliases_pass_and_one_more_does_not() {
    let text = |count: usize| {
        let aliases: String = (0..count).map(|number| format!(" a{number}: b")).collect();
        format!("{{ x {{ {aliases} }} }}")
    };
    assert!(weigh(&text(30)).is_ok());
    assert_eq!(code_of(&text(31)), GuardCode::AliasLimit);
}

#[test]
fn twenty_root_fields_pass_and_one_more_does_not_spread_or_written() {
    assert!(weigh(&format!("{{ {} }}", "a ".repeat(20))).is_ok());
    assert_eq!(code_of(&format!("{{ {} }}", "a ".repeat(21))), GuardCode::RootFieldLimit);
    let spread = format!("{{ ...F ...F }} fragment F on Q {{ {} }}", "a ".repeat(11));
    assert_eq!(code_of(&spread), GuardCode::RootFieldLimit);
}

#[test]
fn ten_directives_on_one_place_pass_and_eleven_do_not_anywhere() {
    let many = |count: usize| "@x ".repeat(count);
    assert!(weigh(&format!("{{ a {} b {} }}", many(10), many(10))).is_ok());
    for text in [
        format!("{{ a {} }}", many(11)),
        format!("query q {} {{ a }}", many(11)),
        format!("query q($v: Int {}) {{ a }}", many(11)),
        format!("{{ ... {} {{ a }} }}", many(11)),
        format!("{{ ...F {} }} fragment F on Q {{ a }}", many(11)),
        format!("{{ a }} fragment F on Q {} {{ a }}", many(11)),
    ] {
        assert_eq!(code_of(&text), GuardCode::DirectiveLimit, "{text}");
    }
}

#[test]
fn ten_thousand_directives_never_reach_the_parser() {
    let text = format!("{{ a {} }}", "@x ".repeat(10_000));
    assert_eq!(check_source(&text, &limits()).unwrap_err().code, GuardCode::DocumentTooLarge);
}

#[test]
fn deep_lists_never_reach_the_parser() {
    let text = format!("{{ a(x: {}{}) }}", "[".repeat(20_000), "]".repeat(20_000));
    assert_eq!(check_source(&text, &limits()).unwrap_err().code, GuardCode::DepthLimit);
    let text = format!("{{ a(x: {}{}) }}", "[".repeat(100), "]".repeat(100));
    assert_eq!(check_source(&text, &limits()).unwrap_err().code, GuardCode::DepthLimit);
    let text = format!("{{ a(x: {}{}) }}", "[".repeat(40), "]".repeat(40));
    assert_eq!(code_of(&text), GuardCode::DepthLimit);
}

#[test]
fn tokens_are_counted_as_the_grammar_separates_them() {
    let exact = |count: usize| Limits { tokens: count, ..Limits::default() };
    for (text, tokens) in [
        ("", 0),
        ("{ a }", 3),
        ("{a...F...G}", 7),
        ("{ a(x: -1.5e+3, y: \"b c { \\\" d\") }", 11),
        ("{ a(x: \"\"\"b \" { \\\"\"\" c\"\"\") } # { comment", 8),
        ("\u{feff}query q($v: [Int!]!) { a(v: $v) }", 21),
        ("{ a(x: \"never closed", 6),
        ("{ a(x: \"\"\"never closed", 6),
        ("{ a(x: \"never closed\\", 6),
    ] {
        assert!(check_source(text, &exact(tokens)).is_ok(), "{text}");
        if tokens > 0 {
            assert!(check_source(text, &exact(tokens - 1)).is_err(), "{text}");
        }
    }
}

#[test]
fn a_text_above_the_body_limit_is_too_large_whatever_it_says() {
    let text = format!("{{ a }} # {}", "x".repeat(128 * 1024));
    assert_eq!(check_source(&text, &limits()).unwrap_err().code, GuardCode::DocumentTooLarge);
}

#[test]
fn long_lists_are_refused_in_the_text_and_in_variables() {
    let list = |count: usize| json!({ "ids": vec!["x"; count] });
    let text = "query q($ids: [ID!]!) { nodes(ids: $ids) { id } }";
    assert_eq!(weigh_with(text, list(250)).unwrap().nodes, 250);
    assert_eq!(weigh_with(text, list(251)).unwrap_err().code, GuardCode::ListLimit);
    let written = format!("{{ a(where: {{ ids: [{}] }}) }}", "1 ".repeat(251));
    assert_eq!(code_of(&written), GuardCode::ListLimit);
}

#[test]
fn the_days_of_a_calendar_may_be_as_many_as_it_has() {
    let text = "mutation m($i: I!) { calendarDefine(input: $i) { position } }";
    for name in ["holidays", "extraDays"] {
        let hours = |count: usize| json!({ "i": { name: vec!["x"; count] } });
        assert!(weigh_with(text, hours(2_000)).is_ok());
        let refusal = weigh_with(text, hours(2_001)).unwrap_err();
        assert_eq!((refusal.code, refusal.limit), (GuardCode::ListLimit, 2_000));
        let written =
            |count: usize| format!("{{ a(input: {{ {name}: [{}] }}) }}", "1 ".repeat(count));
        assert!(weigh_with(&written(251), json!({})).is_ok());
        // The name of a variable is anybody's choice.
        let variable = weigh_with("{ a }", json!({ name: vec!["x"; 251] })).unwrap_err();
        assert_eq!((variable.code, variable.limit), (GuardCode::ListLimit, 250));
        // Lists in lists have no name.
        let inner = weigh_with("{ a }", json!({ "i": { name: [vec!["x"; 251]] } })).unwrap_err();
        assert_eq!(inner.limit, 250);
    }
}

#[test]
fn variables_nested_too_deep_are_refused() {
    let deep = (0..40).fold(json!(1), |inner, _| json!([inner]));
    let refusal = weigh_with("{ a }", json!({ "v": deep })).unwrap_err();
    assert_eq!(refusal.code, GuardCode::DepthLimit);
}

#[test]
fn a_connection_costs_its_page() {
    let page = |arguments: &str| {
        weigh(&format!(
            "{{ tickets{arguments} {{ totalCount pageInfo {{ hasNextPage }}
               edges {{ cursor node {{ id unit {{ name }} }} }} }} }}"
        ))
    };
    let cost = |size: u64| Cost { points: 2 + 2 * size, nodes: 2 * size, depth: 5, steps: 10 };
    assert_eq!(page("").unwrap(), cost(25));
    assert_eq!(page("(first: 10)").unwrap(), cost(10));
    assert_eq!(page("(last: 40)").unwrap(), cost(40));
    assert_eq!(page("(first: 5, last: 40)").unwrap(), cost(40));
    assert_eq!(page("(first: 100000)").unwrap(), cost(100));
    assert_eq!(page("(first: -1)").unwrap(), cost(0));
    assert_eq!(page("(first: null)").unwrap(), cost(25));
}

#[test]
fn a_page_size_may_come_from_a_variable_or_its_default() {
    let text = "query q($n: Int = 7) { tickets(first: $n) { nodes { id } } }";
    assert_eq!(weigh(text).unwrap().nodes, 7);
    assert_eq!(weigh_with(text, json!({ "n": 60 })).unwrap().nodes, 60);
    assert_eq!(weigh_with(text, json!({ "n": "many" })).unwrap().nodes, 100);
}

#[test]
fn pages_inside_pages_multiply_and_fragments_do_not_hide_them() {
    let inner = "nodes { id comments(first: 20) { nodes { id } } }";
    let direct = weigh(&format!("{{ tickets(first: 10) {{ {inner} }} }}")).unwrap();
    let spread = weigh(&format!(
        "{{ tickets(first: 10) {{ ...T }} }} fragment T on TicketConnection {{ {inner} }}"
    ))
    .unwrap();
    assert_eq!(direct.nodes, 10 + 10 * 20);
    assert_eq!(direct.points, 2 + 10 * (1 + 2 + 20));
    assert_eq!((direct.points, direct.nodes), (spread.points, spread.nodes));
}

#[test]
fn many_large_pages_are_too_dear_for_anyone() {
    let fields: String = (0..20)
        .map(|number| {
            format!(" t{number}: tickets(first: 5000) {{ nodes {{ unit {{ a {{ id }} }} }} }}")
        })
        .collect();
    assert_eq!(code_of(&format!("{{ {fields} }}")), GuardCode::CostLimit);
}

#[test]
fn what_an_auditor_may_ask_an_agent_may_not() {
    let text = "{ tickets(first: 100) { nodes { comments(first: 20) { nodes { id } } } } }";
    let cost = weigh(text).unwrap();
    assert!(cost.within(Audience::Auditor, &limits()).is_ok());
    let refusal = cost.within(Audience::Agent, &limits()).unwrap_err();
    assert_eq!((refusal.code, refusal.limit), (GuardCode::CostLimit, 1_000));
    assert!(cost.within(Audience::Anonymous, &limits()).is_err());
}

#[test]
fn too_many_objects_are_refused_where_the_budget_would_allow_them() {
    let mut limits = limits();
    limits.costs.auditor = u64::MAX;
    let text = "{ tickets(first: 100) { nodes { comments(first: 100) { nodes { id } } } } }";
    let document = parse_query(text).unwrap();
    let refusal = check(&document, None, &Variables::default(), &limits).unwrap_err();
    assert_eq!(refusal.code, GuardCode::NodeLimit);
}

#[test]
fn only_the_operation_that_runs_must_be_affordable() {
    let text = "query cheap { a } query dear { tickets(first: 100) { nodes {
        comments(first: 100) { nodes { id } } } } }";
    let document = parse_query(text).unwrap();
    let named = |name| check(&document, name, &Variables::default(), &limits());
    assert!(named(Some("cheap")).is_ok());
    assert_eq!(named(Some("dear")).unwrap_err().code, GuardCode::CostLimit);
    assert_eq!(named(None).unwrap_err().code, GuardCode::CostLimit);
}

#[test]
fn a_mutation_costs_ten_a_field() {
    assert_eq!(weigh("mutation { a b }").unwrap().points, 20);
}

#[test]
fn the_standard_introspection_passes_for_a_stranger() {
    let cost = weigh(INTROSPECTION).unwrap();
    assert_eq!(cost.depth, 15);
    assert!(cost.within(Audience::Anonymous, &limits()).is_ok());
}

#[test]
fn an_introspection_with_data_beside_it_is_held_to_the_usual_depth() {
    let text = INTROSPECTION.replacen("{ __schema", "{ viewer { id } __schema", 1);
    assert_eq!(code_of(&text), GuardCode::DepthLimit);
}

#[test]
fn introspection_lists_inside_each_other_are_refused() {
    let text = "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }";
    assert_eq!(code_of(text), GuardCode::DepthLimit);
}

#[test]
fn connections_are_found_by_the_names_of_their_types() {
    let sdl = "type Query { tickets(first: Int): TicketConnection! node(id: ID!): Node }
        interface Node { id: ID! history: EventConnection }
        type TicketConnection { nodes: [Node!]! } type EventConnection { nodes: [Node!]! }
        input Connection { a: Int }";
    let expected = HashSet::from(["tickets".to_owned(), "history".to_owned()]);
    assert_eq!(connection_fields(sdl).unwrap(), expected);
}

/// What graphql-js and the tools on it ask to know a schema.
pub(crate) const INTROSPECTION: &str = "
query IntrospectionQuery { __schema {
  queryType { name } mutationType { name } subscriptionType { name }
  types { ...FullType }
  directives { name description locations args { ...InputValue } }
} }
fragment FullType on __Type {
  kind name description
  fields(includeDeprecated: true) {
    name description args { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason
  }
  inputFields { ...InputValue }
  interfaces { ...TypeRef }
  enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
  possibleTypes { ...TypeRef }
}
fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue }
fragment TypeRef on __Type {
  kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name
  ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name
  } } } } } } } } }
}";
