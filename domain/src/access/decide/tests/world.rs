//! The world of the worked cases: its places, roles, rules, and the words to say them in.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::access::decide::{
    Asked, Decision, Held, Holdings, ObjectView, RuleSet, Rules, Session, World, decide,
};
use crate::access::filter::{Filter, compile};
use crate::access::model::{
    AccessSubject, ActionClass, ActionInfo, ClassSet, Condition, Deny, Duty, Entry, Exception,
    FieldName, FieldSet, Grant, GrantSource, GrantState, Granted, Human, Level, Lifted, Matcher,
    ObligationSet, Registry, RoleDefinition, Roles, Scope, ScopePath, ScopeTree, SodAction,
    SodKind, SodRule, Strength, Zone,
};
use crate::kernel::{
    DenyRuleId, ExceptionId, GrantId, PersonId, RoleId, ServiceAccountId, SodRuleId,
};

/// Under which the identities of all that has a name here are drawn.
const NAMES: Uuid = Uuid::from_u128(0xacce55);

pub(super) const PAT: PersonId = PersonId(Uuid::from_u128(0xa1));
pub(super) const ANN: PersonId = PersonId(Uuid::from_u128(0xa2));

/// The identity of what is called so.
pub(super) fn id(name: &str) -> Uuid {
    Uuid::new_v5(&NAMES, name.as_bytes())
}

/// That day, at this time.
pub(super) fn at(time: &str) -> DateTime<Utc> {
    format!("2026-11-23T{time}Z").parse().unwrap()
}

pub(super) fn field(name: &str) -> FieldName {
    name.parse().unwrap()
}

fn fields<const N: usize>(names: [&str; N]) -> FieldSet {
    FieldSet::Only(names.map(field).into())
}

/// A permission for these actions.
pub(super) fn permit(pattern: &str) -> Entry {
    Entry::of([pattern.parse().unwrap()])
}

fn role<const N: usize>(name: &str, juniors: &[&str], entries: [Entry; N]) -> RoleDefinition {
    RoleDefinition {
        id: RoleId(id(name)),
        name: name.to_owned(),
        owner: None,
        risk: Default::default(),
        entries: entries.into(),
        juniors: juniors.iter().map(|junior| RoleId(id(junior))).collect(),
        mask: Vec::new(),
        requestable: true,
        max_hours: None,
        obligations: ObligationSet::NONE,
    }
}

pub(super) fn roles() -> Vec<RoleDefinition> {
    use crate::access::model::Obligation;
    let update = Entry { fields: fields(["status", "notes"]), ..permit("ticket.update") };
    let approve = Entry { level: Some(Level(2)), ..permit("change.approve") };
    let mut temp = role("temp", &["agent"], []);
    temp.mask = vec!["ticket.update".parse().unwrap()];
    let mut break_glass = role("break_glass", &["lead"], []);
    break_glass.obligations = [Obligation::ReasonRequired].into_iter().collect();
    vec![
        role("base", &[], [permit("*.use")]),
        role("agent", &[], [permit("ticket.view"), update]),
        role("lead", &["agent"], [permit("ticket.assign"), permit("ticket.close")]),
        temp,
        role("chgmgr", &[], [approve]),
        role("impl", &[], [permit("change.implement")]),
        role("auditor", &[], [permit("*.view")]),
        break_glass,
    ]
}

fn registry() -> Registry {
    let known = [
        ("ticket.view", ActionClass::Data),
        ("ticket.update", ActionClass::Operation),
        ("ticket.delete", ActionClass::Operation),
        ("ticket.export", ActionClass::Data),
        ("change.raise", ActionClass::Operation),
        ("change.approve", ActionClass::Approval),
        ("change.implement", ActionClass::Operation),
    ];
    let known = known.map(|(name, class)| ActionInfo {
        name: name.parse().unwrap(),
        class,
        is_read: class == ActionClass::Data,
        high_risk: false,
    });
    Registry::ours().with(known).unwrap()
}

/// Not between eight and eighteen, by the clocks of UTC.
fn off_hours() -> Condition {
    let clock = |text: &str| text.parse().unwrap();
    Condition::TimeWindow {
        zone: Zone(chrono_tz::UTC),
        from: clock("18:00"),
        until: clock("08:00"),
    }
}

fn deny(name: &str, strength: Strength, pattern: &str) -> Deny {
    Deny {
        id: DenyRuleId(id(name)),
        strength,
        whom: Matcher::Any,
        actions: vec![pattern.parse().unwrap()],
        scope: Scope::Everywhere,
        condition: None,
        fields: BTreeSet::new(),
    }
}

fn rules() -> RuleSet {
    let place = |path: &str| path.parse::<ScopePath>().unwrap();
    let duty = |name: &str| Duty {
        name: name.parse().unwrap(),
        actions: [format!("change.{name}").parse().unwrap()].into(),
    };
    let registry = registry();
    let roles = Roles::of(roles(), &registry).unwrap();
    RuleSet {
        roles,
        registry,
        tree: ScopeTree::from_iter([
            (place("emea"), ClassSet::NONE),
            (place("emea/sd"), ClassSet::NONE),
            (place("emea/hr"), ClassSet::ALL),
            (place("apac"), ClassSet::NONE),
        ]),
        denies: vec![
            deny("D1", Strength::Hard, "ticket.delete"),
            Deny { condition: Some(off_hours()), ..deny("D2", Strength::Soft, "ticket.export") },
        ],
        sod: vec![SodRule {
            id: SodRuleId(id("DS1")),
            name: "DS1".to_owned(),
            action: SodAction::Block,
            kind: SodKind::Dynamic {
                object_type: "change".to_owned(),
                duties: ["raise", "approve", "implement"].map(duty).into(),
            },
        }],
        boundaries: Default::default(),
        revision: 900,
    }
}

/// A grant of this role at this place, from that morning on, for good.
pub(super) fn grant(role: &str, scope: &str) -> Grant {
    granted(role, Granted::Role(RoleId(id(role))), scope)
}

/// The same of a permission by itself.
pub(super) fn direct(name: &str, entry: Entry, scope: &str) -> Grant {
    granted(name, Granted::Entry(Box::new(entry)), scope)
}

fn granted(name: &str, what: Granted, scope: &str) -> Grant {
    Grant {
        id: GrantId(id(&format!("{name}@{scope}"))),
        what,
        scope: scope.parse().unwrap(),
        from: at("06:00:00"),
        until: None,
        source: GrantSource::Administrator,
        request: None,
        delegated_by: None,
        pierces: false,
        state: GrantState::Active,
    }
}

/// A person who has the function permissions of all types, and these grants.
pub(super) fn person<const N: usize>(person: PersonId, grants: [Grant; N]) -> Holdings {
    let mut holdings = Holdings::none(AccessSubject::Person(person));
    holdings.human = Some(Human(person));
    let grants = [grant("base", "all")].into_iter().chain(grants);
    holdings.grants = grants.map(|grant| Held { grant, through: None }).collect();
    holdings
}

/// What lets PAT past this rule until then.
pub(super) fn exception(rule: &str, until: &str) -> Exception {
    Exception {
        id: ExceptionId(id("exception")),
        lifts: Lifted::Deny(DenyRuleId(id(rule))),
        subject: AccessSubject::Person(PAT),
        owner: ANN,
        from: at("06:00:00"),
        until: at(until),
    }
}

/// A question, and all it depends on.
#[derive(Clone)]
pub(super) struct Case {
    pub(super) holdings: Holdings,
    pub(super) rules: RuleSet,
    pub(super) object: ObjectView,
    pub(super) session: Session,
    pub(super) now: DateTime<Utc>,
    action: String,
    fields: Vec<FieldName>,
}

impl Case {
    /// PAT has this, asks for this, there; at noon, in a plain session.
    pub(super) fn new<const N: usize>(grants: [Grant; N], action: &str, place: &str) -> Self {
        Self {
            holdings: person(PAT, grants),
            rules: rules(),
            object: ObjectView { place: place.parse().unwrap(), ..ObjectView::default() },
            session: Session::default(),
            now: at("12:00:00"),
            action: action.to_owned(),
            fields: Vec::new(),
        }
    }

    pub(super) fn fields<const N: usize>(mut self, names: [&str; N]) -> Self {
        self.fields = names.map(field).into();
        self
    }

    pub(super) fn at(mut self, time: &str) -> Self {
        self.now = at(time);
        self
    }

    pub(super) fn with(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self
    }

    /// As a program.
    pub(super) fn by_a_program(mut self) -> Self {
        self.holdings.subject = AccessSubject::Service(ServiceAccountId(id("robot")));
        self.holdings.human = None;
        self
    }

    /// What is decided; the filter of a list says the same of what is read, and lets all pass that is
    /// allowed to be done.
    pub(super) fn decision(&self) -> Decision {
        let world = self.world();
        let action = self.action.parse().unwrap();
        let (fields, session) = (&self.fields[..], &self.session);
        let asked = Asked { action: &action, object: &self.object, fields, at: self.now, session };
        let decision = decide(&world, &asked);
        let admitted = self.filter().admits(&self.object);
        let registry = &self.rules.registry;
        let is_read = registry.find(&action).is_some_and(|action| registry.info(action).is_read);
        assert!(admitted || !decision.is_allowed(), "{decision:?}");
        assert!(!is_read || admitted == decision.is_allowed(), "{decision:?}");
        decision
    }

    pub(super) fn filter(&self) -> Filter {
        compile(&self.world(), &self.action.parse().unwrap(), self.now, &self.session)
    }

    fn world(&self) -> World {
        World::of(self.holdings.clone(), Arc::new(Rules::of(self.rules.clone())))
    }

    /// The answer in the words of the reference: `ALLOW`, or `DENY` and the reason, rules by name.
    pub(super) fn answer(&self) -> String {
        let decision = self.decision();
        assert_eq!(decision.is_allowed(), decision.reason.is_none());
        let masked: Vec<&str> = decision.fields.masked.iter().map(FieldName::as_str).collect();
        let answer = match decision.reason_code() {
            Some(reason) => format!("DENY {reason}"),
            None if masked.is_empty() => "ALLOW".to_owned(),
            None => format!("ALLOW, {} masked", masked.join(", ")),
        };
        let names = ["D1", "D2", "DS1"];
        names.iter().fold(answer, |answer, name| answer.replace(&id(name).to_string(), name))
    }
}
