//! Nobody comes to more rights without a second person: every way of a few commands is tried.
//!
//! Whoever tries has powers over access, a program of theirs and a group they belong to; there are
//! rules that bind them by name, by group and by role, a barrier that ends what they have, and rights
//! that they have not. After every
//! command that is accepted, what they and their program may do is compared with what they might
//! before. What Annals does by itself (what was approved, what rules give) is done at once.

mod desk;
mod moves;

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeSet, HashSet, VecDeque};
use std::fmt::{self, Write};
use std::hash::Hasher;

use cqrs_es::Aggregate;
use uuid::Uuid;

use self::desk::{BOT, CREW, Desk, ME, PEOPLE, TEAM, VAULT, may, role, vaulted};
use self::moves::{KEEPING, Move, given, moves};
use crate::access::known::AccessFacts;
use crate::access::model::{
    AccessSubject, Ceiling, ClassSet, GrantSource, Granted, Matcher, RiskTier, RoleDefinition,
    Scope, ScopePath, Strength, SubjectKind,
};
use crate::access::population::{Population, Test};
use crate::access::testing::pattern;
use crate::access_group::event::{AccessGroupEvent, Defined, MemberAdded, PopulationChosen};
use crate::access_policy::AccessPolicyEvent;
use crate::access_policy::event::{BoundaryDrawn, EmergenciesPrepared};
use crate::access_request::AccessRequestCommand;
use crate::access_request::command::Activate;
use crate::access_request::state::Phase;
use crate::access_request::wanted::What;
use crate::deny_rule::DenyRuleEvent;
use crate::deny_rule::event::Definition as DenyDefinition;
use crate::kernel::testing::cases;
use crate::kernel::testing::world::{ANNA, BEN, DESK, HEIDI, NETWORK, NORA, noon};
use crate::kernel::{
    Actor, Command, Context, DataSubject, DenyRuleId, Facts, GrantId, Needs, Personal, RoleId,
    Standing,
};
use crate::person::event::Registered;
use crate::person::{PersonEvent, Role as Post};
use crate::role::RoleEvent;
use crate::settings::Policy;
use crate::subject_access::SubjectAccessCommand;
use crate::ticket::Tier;
use crate::unit::command::LiftBarrier;
use crate::unit::event::{BarrierDrawn, Created, Joined};
use crate::unit::{UnitCommand, UnitEvent, UnitKind};

/// The powers of whoever tries.
const POWERS: RoleId = RoleId(Uuid::from_u128(0x621));
/// Works on tickets.
const WORKER: RoleId = RoleId(Uuid::from_u128(0x622));
/// Keeps items; theirs to want.
const KEEPER: RoleId = RoleId(Uuid::from_u128(0x623));
/// Whoever has it is denied something.
const SHUNNED: RoleId = RoleId(Uuid::from_u128(0x624));
/// May do everything.
const BOSS: RoleId = RoleId(Uuid::from_u128(0x625));

/// What they have not, or is denied to them.
const COVETED: [&str; 5] =
    ["ci.retire", "ticket.cancel", "ticket.resolve", "ticket.assign", "person.read_contacts"];

/// What their work allows them, but not behind the barrier.
const SHUT_OFF: [&str; 1] = ["ticket.pend"];

/// Every power over access.
const OVER_ACCESS: [&str; 11] = [
    "access.grant",
    "access.revoke",
    "access.request",
    "access.decide",
    "role.define",
    "deny_rule.define",
    "access_group.manage",
    "assignment_rule.define",
    "access_policy.define",
    "person.assign_tier",
    "unit.draw_barrier",
];

fn begun(powers: &[&str]) -> Desk {
    let mut desk = Desk::default();
    let used = ["ticket.use", "ci.use", "person.use", "access.use", "access.read", "role.use"];
    let used = used.into_iter().chain(["access_group.use", "deny_rule.use", "assignment_rule.use"]);
    let powers: Vec<&str> = used.chain(powers.iter().copied()).collect();
    let worker = [
        "ticket.use",
        "ticket.pend",
        "person.read_contacts",
        "ticket.cancel",
        "ticket.resolve",
        "ticket.assign",
    ];
    let roles = [
        RoleDefinition { risk: RiskTier::Privileged, ..role(POWERS, "Powers", &powers) },
        role(WORKER, "Worker", &worker),
        role(KEEPER, "Keeper", &["ci.use", "ci.retire"]),
        role(SHUNNED, "Shunned", &["person.use"]),
        RoleDefinition { risk: RiskTier::Privileged, ..role(BOSS, "Boss", &["*"]) },
    ];
    for role in roles {
        desk.roles.entry(role.id).or_default().apply(RoleEvent::Defined(Box::new(role)));
    }
    for (id, name, member) in [(CREW, "Crew", ANNA), (TEAM, "Team", BEN)] {
        let (name, purpose) = (name.to_owned(), "to be in".to_owned());
        let group = desk.groups.entry(id).or_default();
        group.apply(AccessGroupEvent::Defined(Defined { name, purpose, owner: HEIDI }));
        let member = AccessSubject::Person(member);
        group.apply(AccessGroupEvent::MemberAdded(MemberAdded { member }));
    }
    desk.populate();
    let given = [
        (ME, POWERS),
        (ME, WORKER),
        (ME, SHUNNED),
        (AccessSubject::Person(HEIDI), KEEPER),
        (AccessSubject::Person(HEIDI), BOSS),
        (AccessSubject::Person(NORA), BOSS),
        (AccessSubject::Group(TEAM), KEEPER),
    ];
    for (nr, (subject, role)) in (0..).zip(given) {
        desk.give(subject, GrantId(Uuid::from_u128(0x630 + nr)), role, GrantSource::Birthright);
    }
    let denied = [
        (Matcher::Subject(ME), Strength::Hard, "ticket.assign"),
        (Matcher::Group(CREW), Strength::Soft, "ticket.resolve"),
        (Matcher::Role(SHUNNED), Strength::Hard, "ticket.cancel"),
    ];
    for (nr, (whom, strength, action)) in (0..).zip(denied) {
        let id = DenyRuleId(Uuid::from_u128(0x640 + nr));
        let definition = DenyDefinition {
            name: action.to_owned(),
            strength,
            whom,
            actions: vec![pattern(action)],
            scope: Scope::Everywhere,
            condition: None,
            fields: BTreeSet::new(),
        };
        desk.denies.entry(id).or_default().apply(DenyRuleEvent::Defined(Box::new(definition)));
    }
    let everything: Vec<_> = ["ticket", "ci", "access", "role", "access_group", "deny_rule"]
        .iter()
        .map(|it| pattern(&format!("{it}.*")))
        .chain(
            ["assignment_rule.*", "access_policy.*", "person.assign_tier", "unit.*", "*.use"]
                .map(pattern),
        )
        .collect();
    for kind in [SubjectKind::Person, SubjectKind::Service] {
        let ceiling = Some(Ceiling(everything.clone()));
        desk.policy.apply(AccessPolicyEvent::BoundaryDrawn(BoundaryDrawn { kind, ceiling }));
    }
    desk
}

impl Desk {
    /// All work on the desk but Nora. Whoever works in networks or keeps things belongs to the
    /// team.
    fn populate(&mut self) {
        let sealed = |text: &str| Personal::of(DataSubject::Deployment, text.to_owned());
        for person in PEOPLE {
            let registered = Registered {
                login: sealed("login"),
                name: sealed("name"),
                email: None,
                phone: None,
                kind: Post::Agent.kind(),
                role: Post::Agent,
                organization: None,
            };
            let known = self.people.entry(person).or_default();
            known.apply(PersonEvent::Registered(Box::new(registered)));
            let unit = self.units.entry(if person == NORA { NETWORK } else { DESK }).or_default();
            let (name, kind) = ("unit".to_owned(), UnitKind::SupportUnit);
            unit.apply(UnitEvent::Created(Created { name, kind, parent: None }));
            unit.apply(UnitEvent::Joined(Joined { person }));
        }
        let keeping = KEEPING.to_owned();
        let tests = [
            Test::Unit(NETWORK),
            Test::Tier(Tier(3)),
            Test::Position(keeping.clone()),
            Test::Skill { name: keeping, level: 1 },
        ];
        let population = Some(Population(tests.map(|test| [test].into()).into()));
        let vault = self.units.entry(VAULT).or_default();
        let (name, kind) = ("vault".to_owned(), UnitKind::SupportUnit);
        vault.apply(UnitEvent::Created(Created { name, kind, parent: None }));
        vault.apply(UnitEvent::BarrierDrawn(BarrierDrawn { classes: ClassSet::ALL }));
        let team = self.groups.entry(TEAM).or_default();
        team.apply(AccessGroupEvent::PopulationChosen(PopulationChosen { population }));
    }

    /// As Annals does it.
    fn give(&mut self, subject: AccessSubject, grant: GrantId, role: RoleId, source: GrantSource) {
        let facts = self.facts(NORA);
        let grant = crate::subject_access::command::Grant {
            source,
            ..given(subject, grant, Granted::Role(role))
        };
        let command = SubjectAccessCommand::Grant(Box::new(grant));
        take(self.access.entry(subject).or_default(), command, facts, Actor::System);
    }

    /// The same after a command of theirs, if it is accepted and changes anything.
    fn after(&self, step: &Move, facts: &AccessFacts) -> Option<Self> {
        let mut desk = self.clone();
        let (facts, me) = (facts.clone(), Actor::Person(ANNA));
        let changed = match step.clone() {
            Move::Role(id, it) => take(desk.roles.entry(id).or_default(), it, facts, me),
            Move::Access(id, it) => take(desk.access.entry(id).or_default(), it, facts, me),
            Move::Group(id, it) => take(desk.groups.entry(id).or_default(), it, facts, me),
            Move::Deny(id, it) => take(desk.denies.entry(id).or_default(), it, facts, me),
            Move::Policy(it) => take(&mut desk.policy, it, facts, me),
            Move::Request(id, it) => {
                let request = desk.requests.entry(id).or_default();
                let query = it.needs(request).access.request;
                let request = query.map(|query| self.request(&query, ANNA).into());
                let facts = AccessFacts { request, ..facts };
                take(desk.requests.entry(id).or_default(), it, facts, me)
            }
            Move::Rule(id, it) => {
                let rule = desk.rules.entry(id).or_default();
                let query = it.needs(rule).access.simulation;
                let simulation = query.map(|query| self.simulation(&query));
                let facts = AccessFacts { simulation, ..facts };
                take(desk.rules.entry(id).or_default(), it, facts, me)
            }
            Move::Person(id, it) => take(desk.people.entry(id).or_default(), it, facts, me),
            Move::Unit(id, it) => take(desk.units.entry(id).or_default(), it, facts, me),
        };
        desk.settle();
        changed.then_some(desk)
    }

    /// What was approved and what rules give becomes true.
    fn settle(&mut self) {
        let approved = self.requests.iter().filter_map(|(id, request)| {
            let body = request.0.as_deref().filter(|body| body.phase == Phase::Approved)?;
            let What::Role { role } = body.wanted.what else { return None };
            Some((*id, body.beneficiary, role))
        });
        for (id, subject, role) in approved.collect::<Vec<_>>() {
            let grant = GrantId(id.0);
            self.give(subject, grant, role, GrantSource::Birthright);
            let activate = AccessRequestCommand::Activate(Activate { grant: Some(grant) });
            let facts = self.facts(NORA);
            take(self.requests.entry(id).or_default(), activate, facts, Actor::System);
        }
        let meant: Vec<_> = self.rules.values().flat_map(|rule| self.meant(rule)).collect();
        for (person, role) in meant {
            let name = format!("{person}{role}");
            let grant = GrantId(Uuid::new_v5(&Uuid::nil(), name.as_bytes()));
            self.give(AccessSubject::Person(person), grant, role, GrantSource::Rule);
        }
    }

    /// What they and their program may do of what they want.
    fn got(&self) -> BTreeSet<&'static str> {
        let worlds = [self.world(ME), self.world(BOT)];
        let anywhere = COVETED.map(|it| (it, ScopePath::ROOT)).into_iter();
        let all = anywhere.chain(SHUT_OFF.map(|it| (it, vaulted())));
        let got = all.filter(|(it, at)| worlds.iter().any(|world| may(world, it, at.clone())));
        got.map(|(it, _)| it).collect()
    }

    /// The same for what is the same.
    fn digest(&self) -> u64 {
        struct Digest(DefaultHasher);
        impl Write for Digest {
            fn write_str(&mut self, text: &str) -> fmt::Result {
                self.0.write(text.as_bytes());
                Ok(())
            }
        }
        let mut digest = Digest(DefaultHasher::new());
        write!(digest, "{self:?}").expect("it takes everything");
        digest.0.finish()
    }
}

/// Does it, if it is accepted; whether anything changed.
fn take<C: Command>(state: &mut C::State, command: C, access: AccessFacts, actor: Actor) -> bool {
    let needs = Needs { people: [ANNA, BEN, NORA, HEIDI].into(), ..command.needs(state) };
    let facts = crate::kernel::testing::world::facts(&needs, Some(ANNA));
    let cx = Context {
        actor,
        on_behalf_of: None,
        now: noon(),
        reason: Some(Personal::of(DataSubject::Person(ANNA), "because".to_owned())),
        standing: Standing::Ordinary,
        facts: Facts { access, ..facts },
        policy: Policy::shipped(),
    };
    let events = command.decide(state, &cx).unwrap_or_default();
    let changed = !events.is_empty();
    events.into_iter().for_each(|event| state.apply(event));
    changed
}

/// The first way to more, breadth first, in so many steps; and how many states were seen.
fn search(first: Desk, steps: usize) -> (Option<Vec<Move>>, usize) {
    assert_eq!(first.got(), BTreeSet::new(), "they have something of it already");
    let mut seen = HashSet::from([first.digest()]);
    let mut next = VecDeque::from([(first, Vec::<Move>::new())]);
    while let Some((desk, way)) = next.pop_front() {
        let (facts, world) = (desk.facts(ANNA), desk.world(ME));
        for step in
            moves(&desk).into_iter().filter(|step| may(&world, step.power(), ScopePath::ROOT))
        {
            let Some(after) = desk.after(&step, &facts).filter(|it| seen.insert(it.digest()))
            else {
                continue;
            };
            let mut way = way.clone();
            way.push(step);
            if !after.got().is_empty() {
                return (Some(way), seen.len());
            }
            if way.len() < steps {
                next.push_back((after, way));
            }
        }
    }
    (None, seen.len())
}

/// Few steps in short runs of the tests, more in long ones.
fn nobody_comes_to_more(powers: &[&str]) {
    let steps = if cases().cases > 1_000 { 4 } else { 2 };
    let (way, seen) = search(begun(powers), steps);
    println!("soak: {seen} states in {steps} steps with {}", powers.join(", "));
    assert!(way.is_none(), "{powers:?}: {way:#?}");
}

#[test]
fn nobody_comes_to_more_by_any_two_powers() {
    for (nr, one) in OVER_ACCESS.iter().enumerate() {
        for other in &OVER_ACCESS[nr + 1..] {
            nobody_comes_to_more(&[one, other]);
        }
    }
}

#[test]
fn nobody_comes_to_more_by_all_powers() {
    nobody_comes_to_more(&OVER_ACCESS);
}

#[test]
fn a_way_is_found_where_others_have_prepared_one() {
    let mut desk = begun(&[]);
    let roles = [(KEEPER, CREW)].into();
    desk.policy.apply(AccessPolicyEvent::EmergenciesPrepared(EmergenciesPrepared { roles }));
    let (way, _) = search(desk, 2);
    let way = way.unwrap();
    assert!(matches!(&way[..], [Move::Access(ME, SubjectAccessCommand::BreakGlass(_))]), "{way:?}");
}

#[test]
fn a_barrier_is_lifted_by_whom_it_does_not_bind() {
    let lifted = UnitCommand::LiftBarrier(LiftBarrier { unit: VAULT });
    let lifted = Move::Unit(VAULT, lifted);
    let mut desk = begun(&["unit.draw_barrier"]);
    assert!(desk.after(&lifted, &desk.facts(ANNA)).is_none());
    desk.access.remove(&ME);
    assert!(desk.after(&lifted, &desk.facts(ANNA)).is_some());
}
