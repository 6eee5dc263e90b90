//! Nodes without a view that follows, and how access is given and taken at them.

use std::collections::BTreeSet;

use api::boot::App;
use api::gateway::{Caller, GatewayError, Guarded, Request};
use domain::access::Permission;
use domain::access::model::{
    AccessSubject, Counted, Entry, GrantSource, Granted, RiskTier, RoleDefinition, Scope,
    SodAction, SodKind, SodRule,
};
use domain::access_group::AccessGroupCommand;
use domain::access_group::command::Define as DefineGroup;
use domain::kernel::{AccessGroupId, GrantId, PersonId, RoleId, SodRuleId};
use domain::role::RoleCommand;
use domain::role::command::Define as DefineRole;
use domain::sod_rule::SodRuleCommand;
use domain::sod_rule::command::Define as DefineRule;
use domain::subject_access::SubjectAccessCommand;
use domain::subject_access::command::{Grant, Revoke};
use testbed::World;
use uuid::Uuid;

/// A node of this world; nothing follows the log there.
pub(super) async fn node(world: &World) -> App {
    App::open(&world.place(), None).await.unwrap()
}

/// Says this as Annals itself; its refusal's code.
pub(super) async fn say<C: Guarded>(app: &App, stream: Uuid, command: C) -> Result<(), String> {
    match app.gateway.execute(&Caller::system(), Request::new(command, stream)).await {
        Ok(_) => Ok(()),
        Err(GatewayError::Refused(refused)) => Err(refused.code.to_owned()),
        Err(error) => panic!("{error}"),
    }
}

pub(super) async fn person(app: &App, login: &str) -> PersonId {
    app.identity.person_of(login).await.unwrap().unwrap()
}

pub(super) async fn role(app: &App, name: &str, permission: Permission) -> RoleId {
    let id = RoleId(app.gateway.new_id());
    let entry = Entry {
        actions: vec![permission.into()],
        when: Default::default(),
        standing: Default::default(),
        fields: Default::default(),
        level: None,
        condition: None,
        obligations: Default::default(),
    };
    let definition = RoleDefinition {
        id,
        name: name.to_owned(),
        owner: None,
        risk: RiskTier::Standard,
        entries: vec![entry],
        juniors: BTreeSet::new(),
        mask: Vec::new(),
        requestable: true,
        max_hours: None,
        obligations: Default::default(),
    };
    say(app, id.0, RoleCommand::Define(Box::new(DefineRole { definition }))).await.unwrap();
    id
}

/// Nobody has both.
pub(super) async fn apart(app: &App, one: RoleId, other: RoleId) {
    let id = SodRuleId(app.gateway.new_id());
    let kind = SodKind::Static { set: [Counted::Role(one), Counted::Role(other)].into(), n: 2 };
    let name = "Not both".to_owned();
    let definition = SodRule { id, name, action: SodAction::Block, kind };
    say(app, id.0, SodRuleCommand::Define(Box::new(DefineRule { definition }))).await.unwrap();
}

pub(super) async fn group(app: &App, name: &str, owner: PersonId) -> AccessGroupId {
    let id = AccessGroupId(app.gateway.new_id());
    let (name, purpose) = (name.to_owned(), "Raced".to_owned());
    let define = DefineGroup { name, purpose, owner };
    say(app, id.0, AccessGroupCommand::Define(define)).await.unwrap();
    id
}

/// Gives the role everywhere, from now on; as which grant.
pub(super) async fn give(
    app: &App,
    subject: AccessSubject,
    role: RoleId,
) -> Result<GrantId, String> {
    let grant = GrantId(app.gateway.new_id());
    let give = Grant {
        subject,
        grant,
        what: Granted::Role(role),
        scope: Scope::Everywhere,
        from: None,
        until: None,
        source: GrantSource::Administrator,
        request: None,
        pierces: false,
        pattern: None,
    };
    let given = SubjectAccessCommand::Grant(Box::new(give));
    say(app, subject.stream().0, given).await.map(|()| grant)
}

pub(super) async fn take(app: &App, subject: AccessSubject, grant: GrantId) -> Result<(), String> {
    say(app, subject.stream().0, SubjectAccessCommand::Revoke(Revoke { grant })).await
}
