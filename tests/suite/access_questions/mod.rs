//! Questions about access through GraphQL: may somebody, who may, what may they; now and of any moment.

mod cases;
mod deeds;
mod outside;
mod past;
mod rules;
mod worked;
mod worlds;

use std::collections::BTreeMap;

use serde_json::json;
use sqlx::Row;

use testbed::World;

use crate::classes::{examples, filled, same};
use crate::desk::{Desk, followed, own_id};

const PAGE: &str = include_str!("../../../docs/how-to/ask-who-could.md");

#[tokio::test]
async fn the_page_answers_as_it_says() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let ticket = desk.ticket("A page").await;
    followed(&world).await;
    let head = sqlx::query("select max(global_seq) from journal.log");
    let head = head.fetch_one(&mut world.superuser().await).await.unwrap();
    let position = json!(head.get::<i64, _>(0).to_string());
    let mut bound = BTreeMap::from([
        ("$CARLA".to_owned(), own_id(&desk.carla).await),
        ("$TICKET".to_owned(), ticket),
        ("$POSITION".to_owned(), position),
    ]);
    for (query, beside) in examples(PAGE) {
        let [variables, expected] = &beside[..] else { panic!("{query}: asked and answered") };
        let answer = desk.auditor.data(&query, filled(variables.clone(), &bound)).await;
        same(&expected["data"], &answer, &mut bound);
    }
    // Whoever could see it is told by name; the one who reported it is among them.
    let told = bound["$NODES"].to_string();
    assert!(told.contains("client1") && !told.contains("client2"), "{told}");
    assert!(bound["$PERMISSIONS"].to_string().contains("access.read"));
}
