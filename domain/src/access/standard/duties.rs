//! The rules of duties an installation begins with: whoever gives access does not watch over it.
//!
//! Of roles that are given on top of what people are here to do; the roles among people stand apart by
//! themselves, for everybody has one. Whoever asks for access and whoever benefits do not decide on
//! it anyway (`access_request`). Each can be redefined, or retired for good.

use uuid::Uuid;

use super::{among, standard_roles};
use crate::access::known::Rulebook;
use crate::access::model::{Counted, SodAction, SodKind, SodRule};
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

/// What has to be defined so that no standard rule is missing among these. Where a role is over, or the
/// name is another rule's, there is none.
pub fn missing_duties(rules: &Rulebook) -> Vec<SodRule> {
    let wanted = APART.into_iter().filter_map(|(key, name, roles)| {
        let set = roles.map(|role| Some(Counted::Role(live(role, rules)?)));
        let set = set.into_iter().collect::<Option<_>>()?;
        let id = SodRuleId(Uuid::new_v5(&DUTIES, key.as_bytes()));
        let kind = SodKind::Static { set, n: 2 };
        Some(SodRule { id, name: name.to_owned(), action: SodAction::Block, kind })
    });
    let there = |rule: &SodRule| {
        let name = rule.name.to_lowercase();
        let mut known = rules.duties.values();
        known.any(|it| it.id == rule.id || it.name.to_lowercase() == name)
    };
    wanted.filter(|rule| !there(rule)).collect()
}

fn live(key: &str, rules: &Rulebook) -> Option<RoleId> {
    let standard = standard_roles().iter().find(|standard| standard.key == key)?;
    among(standard, &rules.roles).filter(|role| rules.is_live(*role))
}
