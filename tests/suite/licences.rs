//! How far licences are used up: counted from what is related to them, now and then.

use serde_json::{Value, json};
use testbed::World;

use crate::desk::{accepted, mutate_noun};

const USAGE: &str = "query($id: ID!) { ci(id: $id) { licenceUsage { used limit exceeded } } }";

#[tokio::test]
async fn a_licence_knows_how_far_it_is_used_up() {
    let mut world = World::demo().await;
    let director = world.serve_for("director").await;
    let register = async |class: &str, attributes: Value, to: Option<&Value>| {
        let relations: Vec<Value> =
            to.into_iter().map(|to| json!({"relation": "licensed_by", "toId": to})).collect();
        let input = json!({"class": class, "attributes": attributes, "relations": relations});
        let registered = mutate_noun(&director, "ciRegister", "ci { id }", input).await;
        accepted(&registered)["ci"]["id"].clone()
    };
    let usage = async |id: &Value| {
        director.data(USAGE, json!({"id": id})).await["ci"]["licenceUsage"].clone()
    };
    let limited = json!({"name": "Editor, 1 seat", "usage_limit": 1});
    let licence = register("SoftwareLicence", limited, None).await;
    assert_eq!(usage(&licence).await, json!({"used": 0, "limit": 1, "exceeded": false}));
    let one = register("PCSoftware", json!({"name": "Editor"}), Some(&licence)).await;
    register("OtherSoftware", json!({"name": "Editor"}), Some(&licence)).await;
    assert_eq!(usage(&licence).await, json!({"used": 2, "limit": 1, "exceeded": true}));
    assert_eq!(usage(&one).await, Value::Null);
    accepted(&mutate_noun(&director, "ciRetire", "ci { id }", json!({"ciId": one})).await);
    assert_eq!(usage(&licence).await, json!({"used": 1, "limit": 1, "exceeded": false}));
    let any = register("OSLicence", json!({"name": "Free for all"}), None).await;
    assert_eq!(usage(&any).await, json!({"used": 0, "limit": null, "exceeded": false}));
}
