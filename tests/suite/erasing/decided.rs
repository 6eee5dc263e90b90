//! Who may ask for an erasure and decide on it, and what stands in its way.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use testbed::World;
use tokio::time::{sleep, timeout};

use super::{PATIENCE, ask, certified, erasure};
use crate::desk::{Desk, accepted, code, mutate_noun, own_id};

const HOLD: &str = "evidenceHold { id }";
/// Within this time a view has heard that it is paused.
const HEARD: Duration = Duration::from_secs(2);
/// Several rounds of whoever carries erasures out.
const ROUNDS: Duration = Duration::from_secs(8);
const LOOK: Duration = Duration::from_millis(200);

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
async fn an_item_that_tells_of_somebody_is_held_like_a_person() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let register = async |class: &str, attributes: Value| {
        let item = json!({"class": class, "attributes": attributes});
        let made = mutate_noun(&desk.director, "ciRegister", "ci { id }", item).await;
        accepted(&made)["ci"]["id"].clone()
    };
    let house = register("Organization", json!({"name": "The house"})).await;
    let contact = register("Person", json!({"name": "Xaver", "organization": house})).await;
    let shown = "evidenceHold { id person { id } item { id } ticket { id } }";
    let place = async |on: &Value| {
        let input = json!({"personId": on, "why": "Claims are fought"});
        mutate_noun(&desk.director, "evidenceHoldPlace", shown, input).await
    };
    // Nothing of the house is anybody's.
    assert_eq!(code(&place(&house).await), "EVIDENCE_HOLD_OBJECT_UNKNOWN");
    let placed = place(&contact).await;
    let hold = &accepted(&placed)["evidenceHold"];
    assert_eq!((&hold["person"], &hold["ticket"]), (&Value::Null, &Value::Null));
    assert_eq!(hold["item"]["id"], contact);
    let why = json!({"personId": contact, "ground": "OBJECTION", "why": "No customer any more"});
    let asked = ask(&desk.admin, "erasureRequest", why).await;
    let id = accepted(&asked)["erasure"]["id"].clone();
    accepted(&mutate_noun(&desk.director, "ciRetire", "ci { id }", json!({"ciId": contact})).await);
    assert_eq!(code(&ask(&desk.director, "erasureApprove", on(&id)).await), "ERASURE_HELD");
}

/// Pauses or resumes the view that the erasures' worker looks at.
async fn turn(desk: &Desk, verb: &str, input: Value) {
    let kind = format!("P{}Input", &verb[1..]);
    let query =
        format!("mutation($i: {kind}!) {{ {verb}(input: $i) {{ userErrors {{ code }} }} }}");
    accepted(&desk.admin.data(&query, json!({"i": input})).await[verb]);
}

#[tokio::test]
async fn what_is_held_between_the_yes_and_the_beginning_makes_it_wait() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let colin = own_id(&desk.colin).await;
    let left = json!({"personId": colin});
    accepted(&mutate_noun(&desk.admin, "personLeave", "person { life }", left).await);
    let why = json!({"personId": colin, "ground": "OBJECTION", "why": "Please"});
    let asked = ask(&desk.admin, "erasureRequest", why).await;
    let id = accepted(&asked)["erasure"]["id"].clone();
    // Whoever carries it out does not hear of the yes as long as the view stands still.
    let still = json!({"name": "erasures", "reason": "The yes comes first."});
    turn(&desk, "projectionPause", still).await;
    sleep(HEARD).await;
    accepted(&ask(&desk.director, "erasureApprove", on(&id)).await);
    let input = json!({"personId": colin, "why": "Claims are fought"});
    let placed = mutate_noun(&desk.director, "evidenceHoldPlace", HOLD, input).await;
    let hold = accepted(&placed)["evidenceHold"]["id"].clone();
    turn(&desk, "projectionResume", json!({"name": "erasures"})).await;
    let approved = async {
        while erasure(&desk.director, &id).await["phase"] != "APPROVED" {
            sleep(LOOK).await;
        }
    };
    timeout(PATIENCE, approved).await.expect("the view goes on");
    // What nothing stands in the way of has begun after a round.
    let begun = Instant::now();
    while begun.elapsed() < ROUNDS {
        assert_eq!(erasure(&desk.director, &id).await["phase"], "APPROVED");
        sleep(LOOK).await;
    }
    let input = json!({"evidenceHoldId": hold, "why": "Settled"});
    accepted(&mutate_noun(&desk.director, "evidenceHoldLift", HOLD, input).await);
    let certificate = certified(&desk.director, &id).await;
    assert_eq!(certificate["keys"].as_array().unwrap().len(), 1, "{certificate}");
}
