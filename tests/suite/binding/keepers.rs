//! The last who may give access: two of them at once, taken from, sent away or put to something else.

use api::boot::App;
use domain::access::model::AccessSubject;
use domain::kernel::PersonId;
use domain::person::command::{ChangeRole, Leave, Register};
use domain::person::{PersonCommand, Role};
use domain::subject_access::SubjectAccess;
use domain::subject_access::state::Body;
use testbed::World;

use super::cases;
use super::world::{node, person, say, take};

const LAST: &str = "SUBJECT_ACCESS_LAST_KEEPER";

/// Another one who may give access.
async fn keeper(app: &App, login: &str) -> PersonId {
    let id = PersonId(app.gateway.new_id());
    let register = Register {
        id,
        login: login.to_owned(),
        name: login.to_owned(),
        email: None,
        phone: None,
        role: Role::SystemAdministrator,
        organization: None,
    };
    say(app, id.0, PersonCommand::Register(Box::new(register))).await.unwrap();
    id
}

async fn change_role(app: &App, person: PersonId, role: Role) -> Result<(), String> {
    say(app, person.0, PersonCommand::ChangeRole(ChangeRole { person, role })).await
}

async fn leave(app: &App, person: PersonId) -> Result<(), String> {
    say(app, person.0, PersonCommand::Leave(Leave { person })).await
}

/// Everybody leaves of whom another one is left who may give access.
async fn alone(app: &App, keeper: PersonId) {
    for login in ["director", "admin", "auditor", "agent1", "agent2", "agent3"] {
        if let Ok(Some(person)) = app.identity.person_of(login).await
            && person != keeper
        {
            leave(app, person).await.unwrap();
        }
    }
}

async fn body(app: &App, person: PersonId) -> Box<Body> {
    app.gateway.journal().load::<SubjectAccess>(person.0).await.unwrap().state.0.unwrap()
}

#[tokio::test]
async fn the_last_who_may_give_access_does_not_leave() {
    let world: World = World::demo().await;
    let app = node(&world).await;
    let admin = person(&app, "admin").await;
    alone(&app, admin).await;
    assert_eq!(leave(&app, admin).await.unwrap_err(), LAST);
    assert_eq!(change_role(&app, admin, Role::Agent).await.unwrap_err(), LAST);
    assert!(!body(&app, admin).await.closed);
    let known = app.gateway.principal(admin).await.unwrap().unwrap();
    assert!(known.active, "nothing of the leaving is stored");

    // With another one who may, they go, and take everything along.
    let other = keeper(&app, "other").await;
    leave(&app, admin).await.unwrap();
    assert!(body(&app, admin).await.closed);
    assert_eq!(leave(&app, other).await.unwrap_err(), LAST);
    app.close().await;
}

#[tokio::test]
async fn of_the_last_two_who_may_give_access_one_stays_however_they_race() {
    let world: World = World::demo().await;
    let (here, there) = (node(&world).await, node(&world).await);
    let admin = person(&here, "admin").await;
    alone(&here, admin).await;
    let mut last = admin;
    let cases = cases(20);
    for number in 0..cases {
        let second = keeper(&here, &format!("keeper{number}")).await;
        let (one, two) = match number % 3 {
            0 => tokio::join!(leave(&here, last), leave(&there, second)),
            1 => {
                let (first, other) =
                    (birthright(&here, last).await, birthright(&here, second).await);
                let person = AccessSubject::Person;
                tokio::join!(take(&here, person(last), first), take(&there, person(second), other))
            }
            _ => tokio::join!(
                change_role(&here, last, Role::Agent),
                change_role(&there, second, Role::Agent)
            ),
        };
        let refused: Vec<&String> =
            [&one, &two].into_iter().filter_map(|it| it.as_ref().err()).collect();
        assert_eq!(refused, [LAST], "race {number}");
        last = if one.is_err() { last } else { second };
    }
    println!("soak: {cases} races of the last two who may give access, 0 times none was left");
    here.close().await;
    there.close().await;
}

async fn birthright(app: &App, person: PersonId) -> domain::kernel::GrantId {
    let body = body(app, person).await;
    let holds = |grant: &&domain::access::model::Grant| grant.is_live(app.gateway.now());
    body.grants.values().find(holds).unwrap().id
}
