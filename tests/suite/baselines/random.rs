//! Random edits: what differs between two baselines is the difference of the two whole lists, and
//! tells how each item came to be as it is.

use std::collections::{BTreeMap, BTreeSet};

use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use serde_json::{Value, json};
use testbed::{Client, DEMO_PASSWORD, World};

use super::{DIFF, as_of, named, register};
use crate::desk::mutate_noun;

/// How many edits: `ANNALS_CASES`, else 60.
#[expect(clippy::disallowed_methods, reason = "tests have no configuration but this")]
fn edits() -> usize {
    std::env::var("ANNALS_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(60)
}

/// An item: what is said of it, and what it is related to.
type Seen = BTreeMap<String, Value>;

#[tokio::test]
async fn whatever_happened_a_difference_is_that_of_two_lists() {
    let mut world = World::demo().await;
    let director = world.serve().sign_in("director", DEMO_PASSWORD).await;
    let mut dice = StdRng::seed_from_u64(0x6261_7365_2121);
    let mut items: Vec<Value> = Vec::new();
    let mut baselines = vec![named(&director, "0").await];
    for nr in 1..=edits() {
        edit(&director, &mut dice, &mut items, nr).await;
        if nr % 12 == 0 {
            baselines.push(named(&director, &nr.to_string()).await);
        }
    }
    for pair in baselines.windows(2).chain([&baselines[..]]) {
        let (from, to) = (&pair[0], &pair[pair.len() - 1]);
        let (before, after) = (seen(&director, from).await, seen(&director, to).await);
        let differ =
            |(id, now): (&String, &Value)| (before.get(id) != Some(now)).then(|| id.clone());
        let expected: BTreeSet<String> = after.iter().filter_map(differ).collect();
        // Asked the wrong way round it is told the right way round.
        let spans = [(from, to), (to, from)];
        let (one, other) = *spans.choose(&mut dice).unwrap();
        let asked = json!({"from": as_of(one), "to": as_of(other)});
        let found = walked(&director, asked, dice.random_range(1..=7)).await;
        let ids: Vec<String> = found.iter().map(|it| text(&it["to"]["id"])).collect();
        assert_eq!(ids.len(), expected.len());
        assert_eq!(ids.into_iter().collect::<BTreeSet<_>>(), expected);
        for node in &found {
            assert_told(node, &before, &after);
        }
    }
}

/// Each difference tells how the item was and how it is.
fn assert_told(node: &Value, before: &Seen, after: &Seen) {
    let id = text(&node["to"]["id"]);
    let (was, now) = (before.get(&id), &after[&id]);
    let mut told = was.map_or(json!({}), |was| was["said"].clone());
    for attribute in node["attributes"].as_array().unwrap() {
        let name = attribute["name"].as_str().unwrap();
        if name == "life" || name == "merged_into" {
            continue;
        }
        assert_eq!(attribute["from"], told[name], "{name}");
        if attribute["to"].is_null() {
            told.as_object_mut().unwrap().remove(name);
        } else {
            told[name] = attribute["to"].clone();
        }
    }
    assert_eq!(told, now["said"]);
    let ends = |item: &Value| -> BTreeSet<String> {
        item["ends"].as_array().into_iter().flatten().map(text).collect()
    };
    let mut held = was.map(ends).unwrap_or_default();
    for relation in node["relations"]["nodes"].as_array().unwrap() {
        let end = format!("{} {}", text(&relation["relation"]), text(&relation["ci"]["id"]));
        let changed = match relation["added"] == true {
            true => held.insert(end),
            false => held.remove(&end),
        };
        assert!(changed);
    }
    assert_eq!(held, ends(now));
}

/// All pages of this size.
async fn walked(client: &Client, asked: Value, size: i64) -> Vec<Value> {
    let (mut all, mut after) = (Vec::new(), Value::Null);
    loop {
        let mut asked = asked.clone();
        (asked["n"], asked["a"]) = (json!(size), after);
        let page = client.data(DIFF, asked).await["baselineDiff"].clone();
        all.extend(page["nodes"].as_array().unwrap().iter().cloned());
        if page["pageInfo"]["hasNextPage"] == false {
            assert_eq!(page["totalCount"], all.len());
            return all;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
}

/// The whole list as of a baseline.
async fn seen(client: &Client, baseline: &Value) -> Seen {
    let query = "query($b: ID!, $a: Cursor) { cis(asOfBaseline: $b, first: 8, after: $a) {
        pageInfo { hasNextPage endCursor }
        nodes { id life attributesJson mergedInto { id }
            relations(direction: OUT, first: 50) { nodes { relation ci { id } } } } } }";
    let (mut seen, mut after) = (Seen::new(), Value::Null);
    loop {
        let page =
            client.data(query, json!({"b": baseline["id"], "a": after})).await["cis"].clone();
        for node in page["nodes"].as_array().unwrap() {
            let end = |it: &Value| format!("{} {}", text(&it["relation"]), text(&it["ci"]["id"]));
            let ends: BTreeSet<String> =
                node["relations"]["nodes"].as_array().unwrap().iter().map(end).collect();
            let life = json!([node["life"], node["mergedInto"]]);
            let item = json!({"said": node["attributesJson"], "life": life, "ends": ends});
            seen.insert(text(&node["id"]), item);
        }
        if page["pageInfo"]["hasNextPage"] == false {
            return seen;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// Something that may happen to items; refused, nothing does.
async fn edit(client: &Client, dice: &mut StdRng, items: &mut Vec<Value>, nr: usize) {
    let kind = dice.random_range(0..100);
    let (Some(one), Some(other)) = (items.choose(dice).cloned(), items.choose(dice).cloned())
    else {
        items.push(register(client, "Server", json!({"name": format!("srv{nr}")})).await);
        return;
    };
    let relate = json!({"ciId": one, "relation": "depends_on", "toId": other});
    let word = ["Linux", "BSD"].choose(dice).unwrap();
    let (verb, input) = match kind {
        0..30 => {
            let class = *["Server", "ApplicationSolution"].choose(dice).unwrap();
            items.push(register(client, class, json!({"name": format!("srv{nr}")})).await);
            return;
        }
        30..55 => ("ciCorrect", json!({"ciId": one, "attributes": {"description": word}})),
        55..75 => ("ciRelate", relate),
        75..90 => ("ciUnrelate", relate),
        90..95 => ("ciRetire", json!({"ciId": one})),
        _ => ("ciMerge", json!({"ciId": one, "intoId": other})),
    };
    mutate_noun(client, verb, "ci { id }", input).await;
}
