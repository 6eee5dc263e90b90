//! Who inherits what from whom.

use uuid::Uuid;

use crate::access::model::{
    ActionPattern, Entry, JUNIORS_DEPTH_MAX, Obligation, ObligationSet, Registry, RiskTier,
    RoleDefinition, Roles, RolesFault,
};
use crate::kernel::RoleId;

fn id(number: u128) -> RoleId {
    RoleId(Uuid::from_u128(number))
}

fn permit(pattern: &str) -> Entry {
    Entry::of([pattern.parse().unwrap()])
}

fn role<const N: usize, const M: usize>(
    number: u128,
    juniors: [u128; N],
    patterns: [&str; M],
) -> RoleDefinition {
    RoleDefinition {
        id: id(number),
        name: number.to_string(),
        owner: None,
        risk: RiskTier::Standard,
        entries: patterns.map(permit).into(),
        juniors: juniors.map(id).into(),
        mask: Vec::new(),
        requestable: false,
        max_hours: None,
        obligations: ObligationSet::NONE,
    }
}

fn masking(mut role: RoleDefinition, pattern: &str) -> RoleDefinition {
    role.mask = vec![pattern.parse::<ActionPattern>().unwrap()];
    role
}

fn of(roles: impl IntoIterator<Item = RoleDefinition>) -> Result<Roles, RolesFault> {
    Roles::of(roles, &Registry::ours())
}

fn permits(roles: &Roles, number: u128, action: &str) -> bool {
    roles.permits(id(number), Registry::ours().find(&action.parse().unwrap()).unwrap())
}

#[test]
fn a_senior_has_what_its_juniors_have() {
    let roles = of([
        role(1, [2], ["ticket.close"]),
        role(2, [3], ["ticket.assign"]),
        role(3, [], ["ticket.read"]),
    ]);
    let roles = roles.unwrap();
    assert!(
        ["ticket.close", "ticket.assign", "ticket.read"].iter().all(|it| permits(&roles, 1, it))
    );
    assert!(!permits(&roles, 2, "ticket.close") && !permits(&roles, 3, "ticket.assign"));
    assert_eq!(roles.closure(id(1)).unwrap(), &[id(1), id(2), id(3)].into());
    assert_eq!(roles.closure(id(3)).unwrap(), &[id(3)].into());
    assert_eq!(roles.closure(id(4)), None);
    assert!(!permits(&roles, 4, "ticket.read"));
    assert_eq!(roles.definition(id(2)).unwrap().name, "2");
    let ids: Vec<RoleId> = roles.definitions().map(|role| role.id).collect();
    assert_eq!(ids, [id(1), id(2), id(3)]);
}

#[test]
fn a_mask_takes_what_comes_through_it_and_nothing_else() {
    let roles = of([
        role(1, [], ["ticket.*"]),
        masking(role(2, [1], []), "ticket.close"),
        role(3, [1, 2], []),
        masking(role(4, [1], ["ticket.close"]), "ticket.*"),
        role(5, [2], []),
    ]);
    let roles = roles.unwrap();
    assert!(!permits(&roles, 2, "ticket.close") && permits(&roles, 2, "ticket.assign"));
    assert!(permits(&roles, 3, "ticket.close"), "another way gives it");
    assert!(permits(&roles, 4, "ticket.close"), "it is its own");
    assert!(!permits(&roles, 4, "ticket.assign"));
    assert!(!permits(&roles, 5, "ticket.close"), "what was masked below does not come back");
}

#[test]
fn what_goes_with_a_role_goes_with_what_it_inherits() {
    let watched: ObligationSet = [Obligation::Watch].into_iter().collect();
    let reasoned: ObligationSet = [Obligation::ReasonRequired].into_iter().collect();
    let mut senior = role(1, [2], []);
    senior.obligations = watched;
    let mut junior = role(2, [], []);
    junior.entries = vec![Entry { obligations: reasoned, ..permit("ticket.read") }];
    let roles = of([senior, junior]).unwrap();
    let action = Registry::ours().find(&"ticket.read".parse().unwrap()).unwrap();
    let obligations = |number| {
        let index = roles.index(id(number)).unwrap();
        let effective = roles.effective(index, action);
        effective.map(|effective| effective.obligations).collect::<Vec<_>>()
    };
    assert_eq!(obligations(1), [watched.and(reasoned)]);
    assert_eq!(obligations(2), [reasoned]);
}

#[test]
fn by_two_ways_it_is_there_once() {
    let roles =
        of([role(1, [2, 3], []), role(2, [4], []), role(3, [4], []), role(4, [], ["ticket.read"])]);
    let roles = roles.unwrap();
    let action = Registry::ours().find(&"ticket.read".parse().unwrap()).unwrap();
    assert_eq!(roles.effective(roles.index(id(1)).unwrap(), action).count(), 1);
}

#[test]
fn no_role_is_above_itself() {
    let cycle = of([role(1, [2], []), role(2, [3], []), role(3, [1], [])]);
    assert_eq!(cycle.unwrap_err(), RolesFault::Cycle(id(1)));
    assert_eq!(of([role(1, [1], [])]).unwrap_err(), RolesFault::Cycle(id(1)));
}

#[test]
fn every_junior_is_there_and_no_role_twice() {
    let unknown = of([role(1, [2], []), role(2, [9], [])]);
    assert_eq!(unknown.unwrap_err(), RolesFault::UnknownJunior { role: id(2), junior: id(9) });
    let twice = of([role(1, [], []), role(1, [], [])]);
    assert_eq!(twice.unwrap_err(), RolesFault::Twice(id(1)));
}

/// So many roles, each above the next.
fn chain(length: u128) -> impl DoubleEndedIterator<Item = RoleDefinition> {
    (0..length).map(move |number| {
        let mut role = role(number, [], []);
        role.juniors = (number + 1 < length).then(|| id(number + 1)).into_iter().collect();
        role
    })
}

#[test]
fn so_many_stand_one_above_the_other() {
    let most = JUNIORS_DEPTH_MAX as u128 + 1;
    assert!(of(chain(most)).is_ok());
    assert_eq!(of(chain(most + 1)).unwrap_err(), RolesFault::TooDeep(id(0)));
    // Found too when the juniors happen to be worked out first.
    let mut renumbered: Vec<RoleDefinition> = chain(most + 1).collect();
    for role in &mut renumbered {
        role.id = id(100 - role.id.0.as_u128());
        role.juniors = role.juniors.iter().map(|it| id(100 - it.0.as_u128())).collect();
    }
    assert_eq!(of(renumbered).unwrap_err(), RolesFault::TooDeep(id(100)));
}
