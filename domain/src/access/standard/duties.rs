//! The rules of duties an installation begins with: whoever gives access does not watch over it, and
//! whoever asks for an erasure does not decide on it.
//!
//! The first are of roles that are given on top of what people are here to do; the roles among people
//! stand apart by themselves, for everybody has one. Whoever asks for access and whoever benefits do not
//! decide on it anyway (`access_request`); nor whoever asks for an erasure (`erasure`), but as a rule it is
//! told to whoever asks who may do what. Each can be redefined, or retired for good.

use uuid::Uuid;

use super::{among, standard_roles};
use crate::access::Permission;
use crate::access::known::Rulebook;
use crate::access::model::{ActionName, Counted, Duty, SodAction, SodKind, SodRule};
use crate::kernel::{RoleId, SodRuleId};

/// Under which the identities of the standard rules are drawn from their keys.
const DUTIES: Uuid = Uuid::from_u128(0x6b1f_22d9_c40e_4f73_9a58_d1e7_03bc_85f4);

/// The key of a rule, its name, and the two roles that it keeps apart.
const APART: [(&str, &str, [&str; 2]); 2] = [
    (
        "give_and_review",
        "Whoever gives access does not review it",
        ["access_administrator", "compliance_reviewer"],
    ),
    (
        "give_and_audit",
        "Whoever gives access does not audit it",
        ["access_administrator", "auditor"],
    ),
];

/// The key of the rule of erasures, its name, and what it parts: duties, and by doing what they are done.
const ERASURE: (&str, &str, [(&str, Permission); 2]) = (
    "ask_and_erase",
    "Whoever asks for an erasure does not decide on it",
    [("request", Permission::ErasureRequest), ("decide", Permission::ErasureDecide)],
);

/// What has to be defined so that no standard rule is missing among these. Where a role is over, or the
/// name is another rule's, there is none.
pub fn missing_duties(rules: &Rulebook) -> Vec<SodRule> {
    let apart = APART.into_iter().filter_map(|(key, name, roles)| {
        let set = roles.map(|role| Some(Counted::Role(live(role, rules)?)));
        let set = set.into_iter().collect::<Option<_>>()?;
        Some(rule(key, name, SodKind::Static { set, n: 2 }))
    });
    let there = |rule: &SodRule| {
        let name = rule.name.to_lowercase();
        let mut known = rules.duties.values();
        known.any(|it| it.id == rule.id || it.name.to_lowercase() == name)
    };
    apart.chain([of_erasures()]).filter(|rule| !there(rule)).collect()
}

fn of_erasures() -> SodRule {
    let (key, name, duties) = ERASURE;
    let object_type = ActionName::from(Permission::ErasureRequest).object_type().to_owned();
    let duties = duties.map(|(name, permission)| Duty {
        name: name.parse().expect("the names above are plain, which a test proves"),
        actions: [permission.into()].into(),
    });
    rule(key, name, SodKind::Dynamic { object_type, duties: duties.into() })
}

fn rule(key: &str, name: &str, kind: SodKind) -> SodRule {
    let id = SodRuleId(Uuid::new_v5(&DUTIES, key.as_bytes()));
    SodRule { id, name: name.to_owned(), action: SodAction::Block, kind }
}

fn live(key: &str, rules: &Rulebook) -> Option<RoleId> {
    let standard = standard_roles().iter().find(|standard| standard.key == key)?;
    among(standard, &rules.roles).filter(|role| rules.is_live(*role))
}
