//! Who may ask for an erasure and decide on it, and what stands in its way.

use serde_json::{Value, json};
use testbed::World;

use super::{approved, ask, certified, erasure};
use crate::desk::{Desk, accepted, code, mutate_noun, own_id};

const HOLD: &str = "evidenceHold { id }";

fn on(erasure: &Value) -> Value {
    json!({"erasureId": erasure})
}

#[tokio::test]
async fn t30_nobody_destroys_evidence_nor_decides_alone() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let carla = own_id(&desk.carla).await;
    let ticket = desk.ticket("The line is dead").await;
    let why = json!({"personId": carla, "ground": "OBJECTION", "why": "Please"});
    let place = |on: Value| {
        let mut input = json!({"why": "Claims are fought"});
        input.as_object_mut().unwrap().extend(on.as_object().unwrap().clone());
        input
    };
    let hold = async |on: Value| {
        let placed = mutate_noun(&desk.director, "evidenceHoldPlace", HOLD, place(on)).await;
        accepted(&placed)["evidenceHold"]["id"].clone()
    };
    let lift = async |hold: &Value| {
        let input = json!({"evidenceHoldId": hold, "why": "Settled"});
        accepted(&mutate_noun(&desk.director, "evidenceHoldLift", HOLD, input).await);
    };
    // Everybody may ask for themselves, once; the others, who has the right to.
    let asked = ask(&desk.carla, "erasureRequest", why.clone()).await;
    let id = accepted(&asked)["erasure"]["id"].clone();
    assert_eq!(code(&ask(&desk.admin, "erasureRequest", why.clone()).await), "ERASURE_EXISTS");
    assert_eq!(code(&ask(&desk.ada, "erasureRequest", why).await), "FORBIDDEN");
    assert_ne!(code(&ask(&desk.carla, "erasureApprove", on(&id)).await), "none");
    // She is here still, and evidence is held, on her and on what she wrote.
    let (of_her, of_it) =
        (hold(json!({"personId": carla})).await, hold(json!({"ticketId": ticket})).await);
    let held = ask(&desk.director, "erasureApprove", on(&id)).await;
    assert_eq!(code(&held), "ERASURE_HELD", "{held}");
    let meta = &held["userErrors"][0]["meta"];
    assert_eq!(meta["holds"].as_array().unwrap().len(), 2, "{held}");
    assert!(meta["obstacles"].as_array().unwrap().len() >= 2, "{held}");
    lift(&of_her).await;
    let left = json!({"personId": carla});
    accepted(&mutate_noun(&desk.admin, "personLeave", "person { life }", left).await);
    let held = ask(&desk.director, "erasureApprove", on(&id)).await;
    assert_eq!(code(&held), "ERASURE_HELD", "{held}");
    lift(&of_it).await;
    // Whoever asks does not decide: another request, of somebody else.
    let colin = own_id(&desk.colin).await;
    let left = json!({"personId": colin});
    accepted(&mutate_noun(&desk.admin, "personLeave", "person { life }", left).await);
    let other = json!({"personId": colin, "ground": "NO_LONGER_NEEDED", "why": "Over"});
    let other =
        accepted(&ask(&desk.director, "erasureRequest", other).await)["erasure"]["id"].clone();
    let alone = ask(&desk.director, "erasureApprove", on(&other)).await;
    assert_ne!(code(&alone), "none", "{alone}");
    assert_eq!(erasure(&desk.admin, &other).await["phase"], "REQUESTED");
    let refused =
        json!({"erasureId": other, "exemption": "LEGAL_CLAIMS", "why": "It is fought over"});
    let refused = ask(&desk.admin, "erasureRefuse", refused).await;
    assert_eq!(accepted(&refused)["erasure"]["phase"], "REFUSED");

    let yes = ask(&desk.director, "erasureApprove", on(&id)).await;
    assert_eq!(accepted(&yes)["erasure"]["phase"], "APPROVED");
    certified(&desk.director, &id).await;
    let late =
        mutate_noun(&desk.director, "evidenceHoldPlace", HOLD, place(json!({"personId": carla})));
    let late = late.await;
    assert_ne!(code(&late), "none", "{late}");
    assert_ne!(
        code(
            &ask(
                &desk.director,
                "erasureRefuse",
                json!({"erasureId": id,
        "exemption": "ARCHIVING", "why": "Too late"})
            )
            .await
        ),
        "none"
    );
}

#[tokio::test]
async fn what_is_held_between_the_yes_and_the_beginning_makes_it_wait() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let colin = own_id(&desk.colin).await;
    let input = json!({"personId": colin, "why": "Claims are fought"});
    let id = approved(&desk, &colin).await;
    let placed = mutate_noun(&desk.director, "evidenceHoldPlace", HOLD, input).await;
    let phase = erasure(&desk.director, &id).await["phase"].clone();
    // Whichever came first: what has begun is not stopped, and what is held does not begin.
    match code(&placed) {
        "none" => assert_eq!(phase, "APPROVED"),
        _ => {
            certified(&desk.director, &id).await;
        }
    }
}
