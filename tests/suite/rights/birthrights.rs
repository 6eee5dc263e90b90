//! What comes with the role of a person: given with the registration, exchanged with each change of
//! role, and given at a start to whoever is from before there was any.

use api::boot::App;
use api::gateway::{Caller, GatewayError, Request};
use domain::access::Permission;
use domain::access::decide::ObjectView;
use domain::access::model::GrantState;
use domain::access::standard::standard_role_of;
use domain::kernel::{Actor, DataSubject, Meta, PersonId, Personal, Source};
use domain::person::command::{ChangeRole, Register};
use domain::person::event::Registered;
use domain::person::{PersonCommand, PersonEvent, PersonKind, Role};
use domain::subject_access::SubjectAccess;
use journal::{Append, NewEvent, StreamAppend};
use sqlx::Row;
use testbed::World;

async fn app(world: &World) -> App {
    let app = App::open(&world.place(), None).await.unwrap();
    app.establish_roles().await.unwrap();
    app
}

async fn register(app: &App, login: &str, role: Role) -> PersonId {
    let id = PersonId(app.gateway.new_id());
    let command = PersonCommand::Register(Box::new(Register {
        id,
        login: login.to_owned(),
        name: login.to_owned(),
        email: None,
        phone: None,
        role,
        organization: None,
    }));
    app.gateway.execute(&Caller::system(), Request::new(command, id.0)).await.unwrap();
    id
}

async fn change_role(app: &App, person: PersonId, role: Role) -> Result<(), GatewayError> {
    let command = PersonCommand::ChangeRole(ChangeRole { person, role });
    let request = Request::new(command, person.0);
    app.gateway.execute(&Caller::system(), request).await.map(drop)
}

/// By the grants in the person's own stream: the role of the one that holds, and how many do not.
async fn birthrights(app: &App, person: PersonId) -> (Vec<Role>, usize) {
    let loaded = app.gateway.journal().load::<SubjectAccess>(person.0).await.unwrap();
    let role = |grant: &domain::access::model::Grant| {
        use strum::IntoEnumIterator as _;
        let stands_for = |role: &Role| Some(standard_role_of(*role).definition.id) == grant.role();
        Role::iter().find(stands_for).unwrap()
    };
    let (held, gone): (Vec<_>, Vec<_>) =
        loaded.state.grants().cloned().partition(|grant| grant.state == GrantState::Active);
    (held.iter().map(role).collect(), gone.len())
}

async fn may(app: &App, person: PersonId, permission: Permission) -> bool {
    let known = app.gateway.principal(person).await.unwrap().unwrap();
    known.world.permits(permission, &ObjectView::default(), app.gateway.now()).is_some()
}

#[tokio::test]
async fn they_come_with_the_registration_and_go_with_the_role() {
    let world = World::demo().await;
    let app = app(&world).await;
    let person = register(&app, "newcomer", Role::Agent).await;
    assert_eq!(birthrights(&app, person).await, (vec![Role::Agent], 0));
    assert!(may(&app, person, Permission::CiRead).await);
    assert!(!may(&app, person, Permission::EventRead).await);

    change_role(&app, person, Role::Auditor).await.unwrap();
    assert_eq!(birthrights(&app, person).await, (vec![Role::Auditor], 1));
    assert!(may(&app, person, Permission::EventRead).await);
    assert!(!may(&app, person, Permission::CiRegister).await);
    // The same again says nothing anew.
    change_role(&app, person, Role::Auditor).await.unwrap();
    assert_eq!(birthrights(&app, person).await, (vec![Role::Auditor], 1));

    let together = "select count(distinct xid) as appends, count(*) as events \
         from journal.events where aggregate_id = $1 and event_type in \
         ('person.role_changed', 'subject_access.revoked')";
    let row = sqlx::query(together).bind(person.to_string());
    let row = row.fetch_one(&mut world.superuser().await).await.unwrap();
    let (appends, events): (i64, i64) = (row.get("appends"), row.get("events"));
    assert_eq!((appends, events), (1, 2), "one append says both");
    app.close().await;
}

#[tokio::test]
async fn whoever_is_from_before_is_given_theirs_at_the_next_start() {
    let world = World::demo().await;
    let app = app(&world).await;
    let person = PersonId(app.gateway.new_id());
    append_as_before(&app, person).await;
    assert_eq!(birthrights(&app, person).await, (vec![], 0));
    assert!(!may(&app, person, Permission::CiRead).await);
    for _ in 0..2 {
        app.establish_roles().await.unwrap();
        assert_eq!(birthrights(&app, person).await, (vec![Role::Agent], 0));
    }
    assert!(may(&app, person, Permission::CiRead).await);
    app.close().await;
}

/// A registration as it was stored when rights followed from the role alone.
async fn append_as_before(app: &App, person: PersonId) {
    let text = |text: &str| Personal::of(DataSubject::Person(person), text.to_owned());
    let registered = PersonEvent::Registered(Box::new(Registered {
        login: text("oldtimer"),
        name: text("Old Timer"),
        email: None,
        phone: None,
        kind: PersonKind::Staff,
        role: Role::Agent,
        organization: None,
    }));
    let meta = Meta {
        command_id: app.gateway.new_id(),
        correlation_id: app.gateway.new_id(),
        causation_id: None,
        actor: Actor::System,
        on_behalf_of: None,
        source: Source::Process,
        occurred_at: app.gateway.now(),
        reason: None,
        trace_id: None,
    };
    let event = NewEvent {
        event_type: "person.registered".to_owned(),
        event_version: "1".to_owned(),
        payload: serde_json::to_value(registered).unwrap(),
        meta,
    };
    let stream = StreamAppend {
        aggregate_type: "person",
        aggregate_id: person.0,
        expected: 0,
        events: vec![event],
    };
    let append =
        Append { claims: Vec::new(), streams: vec![stream], command: None, premises: Vec::new() };
    app.gateway.journal().append(&append).await.unwrap();
}
