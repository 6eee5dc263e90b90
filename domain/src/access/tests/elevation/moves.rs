//! What somebody can try, with few names: every verb on roles, grants, groups, rules, the policy and
//! requests, aimed at oneself, one's program, others and groups, and a barrier.

use std::collections::{BTreeMap, BTreeSet};

use strum::IntoEnumIterator;
use uuid::Uuid;

use super::desk::{BOT, CREW, Desk, ME, TEAM, VAULT, role, vaulted};
use super::{KEEPER, SHUNNED, WORKER};
use crate::access::model::{
    AccessSubject, ActionClass, Entry, GrantSource, Granted, Lifted, Matcher, RoleDefinition,
    Scope, SubjectKind,
};
use crate::access::population::{Population, Test};
use crate::access::testing::{hours, pattern};
use crate::access_group::AccessGroupCommand as Group;
use crate::access_group::command as group;
use crate::access_policy::command as policy;
use crate::access_policy::{AccessPolicyCommand as Policy, Approver, RequestRule, StageRule};
use crate::access_request::AccessRequestCommand as Request;
use crate::access_request::command as request;
use crate::access_request::stage::{Mode, Span};
use crate::access_request::wanted::{Wanted, What};
use crate::assignment_rule::AssignmentRuleCommand as Rule;
use crate::assignment_rule::command as rule;
use crate::assignment_rule::decide::Wish;
use crate::assignment_rule::event::{Definition, Given};
use crate::deny_rule::DenyRuleCommand as Deny;
use crate::deny_rule::command as deny;
use crate::deny_rule::event::Definition as DenyDefinition;
use crate::kernel::testing::world::{ANNA, BEN, DESK, HEIDI, NETWORK, NORA};
use crate::kernel::{
    AccessGroupId, AccessRequestId, AssignmentRuleId, DenyRuleId, ExceptionId, GrantId, PersonId,
    RoleId, UnitId,
};
use crate::person::PersonCommand as Person;
use crate::person::command as person;
use crate::role::RoleCommand as Roles;
use crate::role::command as roles;
use crate::subject_access::SubjectAccessCommand as Access;
use crate::subject_access::command as access;
use crate::ticket::Tier;
use crate::unit::UnitCommand as Unit;
use crate::unit::command as unit;

/// A command, and of which stream.
#[derive(Debug, Clone)]
pub(super) enum Move {
    Role(RoleId, Roles),
    Access(AccessSubject, Access),
    Group(AccessGroupId, Group),
    Deny(DenyRuleId, Deny),
    Policy(Policy),
    Request(AccessRequestId, Request),
    Rule(AssignmentRuleId, Rule),
    Person(PersonId, Person),
    Unit(UnitId, Unit),
}

/// A position and a skill of those who belong to the team.
pub(super) const KEEPING: &str = "keeping";

/// A role, a group, a rule that there is not yet.
const NEW: u128 = 0x6ff;

impl Move {
    /// What one has to be allowed for it.
    pub(super) fn power(&self) -> &'static str {
        match self {
            Self::Role(..) => "role.define",
            Self::Access(_, Access::Revoke(_) | Access::Close(_)) => "access.revoke",
            // In one's own place, and in an emergency, everybody may.
            Self::Access(_, Access::Delegate(_) | Access::BreakGlass(_)) => "access.read",
            Self::Access(..) => "access.grant",
            Self::Group(..) => "access_group.manage",
            Self::Deny(..) => "deny_rule.define",
            Self::Policy(_) => "access_policy.define",
            Self::Request(_, Request::Approve(_) | Request::Delegate(_)) => "access.decide",
            Self::Request(..) => "access.request",
            Self::Rule(..) => "assignment_rule.define",
            Self::Unit(_, Unit::DrawBarrier(_) | Unit::LiftBarrier(_)) => "unit.draw_barrier",
            // One power for all that is said of people.
            Self::Person(..) | Self::Unit(..) => "person.assign_tier",
        }
    }
}

/// Everything that can be tried here.
pub(super) fn moves(desk: &Desk) -> Vec<Move> {
    let (roles, access) = (of_roles(desk), of_access(desk));
    let (groups, denies) = (of_groups(desk), of_denies(desk));
    let all = roles.into_iter().chain(access).chain(groups).chain(denies);
    let all = all.chain(of_policy()).chain(of_requests(desk)).chain(of_rules());
    all.chain(of_people()).chain(of_units()).collect()
}

fn of_roles(desk: &Desk) -> Vec<Move> {
    let new = RoleId(Uuid::from_u128(NEW));
    let empty = role(new, "New", &["ticket.use"]);
    let junior = RoleDefinition { juniors: [KEEPER].into(), ..empty.clone() };
    let wished = [role(new, "New", &["ci.retire"]), role(new, "New", &["*"]), junior, empty];
    let mut moves: Vec<Move> = wished.map(|definition| define(new, definition)).into();
    for (id, known) in &desk.roles {
        let Ok(body) = known.body() else { continue };
        let definition = &body.definition;
        let mut entries = definition.entries.clone();
        entries.push(Entry::of([pattern("ci.retire")]));
        let mut juniors = definition.juniors.clone();
        juniors.insert(KEEPER);
        let changed = [
            RoleDefinition { entries, ..definition.clone() },
            RoleDefinition { juniors, ..definition.clone() },
            RoleDefinition { owner: Some(ANNA), requestable: true, ..definition.clone() },
        ];
        moves.extend(changed.map(|definition| {
            Move::Role(*id, Roles::Redefine(Box::new(roles::Redefine { definition })))
        }));
        moves.push(Move::Role(*id, Roles::Retire(roles::Retire {})));
    }
    moves
}

fn define(id: RoleId, definition: RoleDefinition) -> Move {
    Move::Role(id, Roles::Define(Box::new(roles::Define { definition })))
}

fn of_access(desk: &Desk) -> Vec<Move> {
    let groups = desk.groups.keys().copied().map(AccessSubject::Group);
    let subjects = [ME, BOT, AccessSubject::Person(BEN)].into_iter().chain(groups);
    let mut moves = Vec::new();
    for subject in subjects {
        let roles = desk.roles.keys().copied().map(Granted::Role);
        let entry = Granted::Entry(Box::new(Entry::of([pattern("ci.retire")])));
        moves.extend(roles.chain([entry]).enumerate().map(|(nr, what)| {
            let grant = GrantId(Uuid::new_v5(&Uuid::nil(), format!("{subject}{nr}").as_bytes()));
            Move::Access(subject, Access::Grant(Box::new(given(subject, grant, what))))
        }));
        // At the vault, and past its barrier.
        let there = |nr, scope, pierces| {
            let name = format!("{subject}{nr}");
            let grant = GrantId(Uuid::new_v5(&Uuid::nil(), name.as_bytes()));
            let work = given(subject, grant, Granted::Role(WORKER));
            let work = access::Grant { scope, pierces, ..work };
            Move::Access(subject, Access::Grant(Box::new(work)))
        };
        moves.push(there("there", Scope::Node(vaulted()), false));
        moves.push(there("past", Scope::Everywhere, true));
        moves.extend(desk.own(subject).map(|grant| {
            Move::Access(subject, Access::Revoke(access::Revoke { grant: grant.id }))
        }));
        moves.extend(desk.denies.keys().map(|rule| except(subject, *rule)));
        moves.push(Move::Access(subject, Access::Close(access::Close {})));
        moves.push(Move::Access(subject, Access::Reopen(access::Reopen {})));
    }
    let taken = [CREW, TEAM].map(|group| access::BreakGlass {
        subject: ME,
        grant: GrantId(Uuid::from_u128(0x611)),
        role: KEEPER,
        group: Some(group),
        scope: Scope::Everywhere,
        until: hours(1),
    });
    moves.extend(taken.map(|taken| Move::Access(ME, Access::BreakGlass(Box::new(taken)))));
    moves.extend([ANNA, BEN].map(|to| {
        let lent = access::Delegate {
            to,
            grant: GrantId(Uuid::from_u128(0x612)),
            what: Granted::Role(KEEPER),
            scope: Scope::Everywhere,
            from: None,
            until: hours(1),
        };
        Move::Access(AccessSubject::Person(to), Access::Delegate(Box::new(lent)))
    }));
    moves
}

/// Given by an administrator, from now on.
pub(super) fn given(subject: AccessSubject, grant: GrantId, what: Granted) -> access::Grant {
    access::Grant {
        subject,
        grant,
        what,
        scope: Scope::Everywhere,
        from: None,
        until: None,
        source: GrantSource::Administrator,
        request: None,
        pierces: false,
        pattern: None,
    }
}

fn except(subject: AccessSubject, rule: DenyRuleId) -> Move {
    let except = access::Except {
        subject,
        exception: ExceptionId(Uuid::from_u128(0x613)),
        lifts: Lifted::Deny(rule),
        owner: HEIDI,
        control: "somebody looks".to_owned(),
        from: None,
        until: hours(1),
        request: None,
    };
    Move::Access(subject, Access::Except(Box::new(except)))
}

fn of_groups(desk: &Desk) -> Vec<Move> {
    let new = AccessGroupId(Uuid::from_u128(NEW));
    let (name, purpose) = ("New".to_owned(), "to try".to_owned());
    let defined = group::Define { name, purpose, owner: ANNA };
    let mut moves = vec![Move::Group(new, Group::Define(defined))];
    let ours = Population([[Test::Unit(DESK)].into()].into());
    for id in desk.groups.keys().copied() {
        let named = |id: AccessGroupId| AccessSubject::Group(id);
        for member in [ME, BOT, named(CREW), named(TEAM), named(new)] {
            let add = group::AddMember { group: id, member };
            moves.push(Move::Group(id, Group::AddMember(add)));
            moves.push(Move::Group(
                id,
                Group::RemoveMember(group::RemoveMember { group: id, member }),
            ));
        }
        for population in [None, Some(ours.clone())] {
            let choose = group::ChoosePopulation { group: id, population };
            moves.push(Move::Group(id, Group::ChoosePopulation(choose)));
        }
        moves.push(Move::Group(id, Group::Retire(group::Retire { group: id })));
    }
    moves
}

fn of_denies(desk: &Desk) -> Vec<Move> {
    let bodies = desk.denies.iter().filter_map(|(id, it)| Some((*id, it.body().ok()?)));
    let each = bodies.flat_map(|(id, body)| {
        let elsewhere = Matcher::Subject(AccessSubject::Person(BEN));
        let definition = DenyDefinition { whom: elsewhere, ..body.definition.clone() };
        let other = deny::Redefine { definition };
        [Deny::Redefine(Box::new(other)), Deny::Retire(deny::Retire {})]
            .map(|command| Move::Deny(id, command))
    });
    each.collect()
}

const SPAN: Span = Span { calendar: None, seconds: 3_600 };

fn of_policy() -> Vec<Move> {
    let asking = |approvers: &[Approver]| RequestRule {
        key: "new".to_owned(),
        roles: [KEEPER].into(),
        tiers: BTreeSet::new(),
        stages: match approvers {
            [] => vec![],
            some => vec![StageRule {
                order: 1,
                approvers: some.iter().cloned().collect(),
                mode: Mode::Any,
                span: SPAN,
            }],
        },
    };
    let rules = [vec![], vec![asking(&[])], vec![asking(&[Approver::Person(ANNA)])]];
    let rules = rules.map(|rules| Policy::SetRules(policy::SetRules { rules }));
    let governed = [Some(CREW), None].map(|governance| {
        Policy::ChooseGovernance(policy::ChooseGovernance { governance, owner: Some(ANNA) })
    });
    let prepared = BTreeMap::from([(KEEPER, CREW)]);
    let prepared = Policy::PrepareEmergencies(policy::PrepareEmergencies { roles: prepared });
    let lax = Policy::ChangeLimits(policy::ChangeLimits {
        justification_min: 0,
        max_escalations: 0,
        span: SPAN,
        without_subordinates: false,
        rule_people_max: 10_000,
    });
    let boundless = SubjectKind::iter()
        .map(|kind| Policy::DrawBoundary(policy::DrawBoundary { kind, ceiling: None }));
    let all = rules.into_iter().chain(governed).chain(boundless);
    all.chain([prepared, lax]).map(Move::Policy).collect()
}

fn of_requests(desk: &Desk) -> Vec<Move> {
    let wanted = |what| Wanted { what, scope: Scope::Everywhere, from: None, until: None };
    let keeper = wanted(What::Role { role: KEEPER });
    let group = AccessSubject::Group(CREW);
    let mut moves = Vec::new();
    for (nr, beneficiary) in [ME, BOT, group].into_iter().enumerate() {
        let id = AccessRequestId(Uuid::new_v5(&Uuid::nil(), &[u8::try_from(nr).unwrap_or(9)]));
        let submit = request::Submit {
            beneficiary,
            wanted: keeper.clone(),
            justification: "because I want to".to_owned(),
            renews: None,
        };
        moves.push(Move::Request(id, Request::Submit(Box::new(submit))));
    }
    for id in desk.requests.keys().copied() {
        let approve = request::Approve { comment: None };
        moves.push(Move::Request(id, Request::Approve(approve)));
        let pass = request::Reassign { seat: HEIDI, to: ANNA };
        moves.push(Move::Request(id, Request::Reassign(pass)));
        let other = wanted(What::Role { role: SHUNNED });
        let justification = "because I want to".to_owned();
        let amend = request::Amend { wanted: other, justification };
        moves.push(Move::Request(id, Request::Amend(Box::new(amend))));
    }
    moves
}

fn of_rules() -> Vec<Move> {
    let id = AssignmentRuleId(Uuid::from_u128(NEW));
    let wish = Wish {
        rule: id,
        definition: Definition {
            name: "New".to_owned(),
            population: Population([[Test::Unit(DESK)].into()].into()),
            gives: [Given { role: KEEPER, scope: Scope::Everywhere }].into(),
        },
        seen: "0".repeat(64),
    };
    let confirm = rule::Confirm { rule: id, seen: "0".repeat(64) };
    vec![
        Move::Rule(id, Rule::Define(Box::new(rule::Define { wish }))),
        Move::Rule(id, Rule::Confirm(confirm)),
    ]
}

/// What the team is made of, and whose accounts are whose.
fn of_people() -> Vec<Move> {
    let said = |person| {
        let certify = person::CertifySkill {
            person,
            skill: KEEPING.to_owned(),
            level: 5,
            certified_until: None,
        };
        let position = Some(KEEPING.to_owned());
        [
            Person::AssignTier(person::AssignTier { person, tier: Tier(3) }),
            Person::CertifySkill(certify),
            Person::TakePosition(person::TakePosition { person, position }),
            Person::UnlinkAccount(person::UnlinkAccount { person }),
        ]
        .map(|command| Move::Person(person, command))
    };
    let link = |(person, human)| {
        Move::Person(person, Person::LinkAccount(person::LinkAccount { person, human }))
    };
    let links = [(ANNA, BEN), (BEN, ANNA), (BEN, NORA)].map(link);
    [ANNA, BEN].into_iter().flat_map(said).chain(links).collect()
}

fn of_units() -> Vec<Move> {
    let join = |person| Move::Unit(NETWORK, Unit::Join(unit::Join { person }));
    let leave = Move::Unit(DESK, Unit::Leave(unit::Leave { person: ANNA }));
    let lifted = Unit::LiftBarrier(unit::LiftBarrier { unit: VAULT });
    let narrow = [ActionClass::Data].into_iter().collect();
    let narrower = Unit::DrawBarrier(unit::DrawBarrier { unit: VAULT, classes: narrow });
    let barriers = [lifted, narrower].map(|command| Move::Unit(VAULT, command));
    [join(ANNA), join(BEN), leave].into_iter().chain(barriers).collect()
}
