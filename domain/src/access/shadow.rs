//! Grants that are of no use: another one of the same subject gives all of it, and for as long.
//!
//! Taking them back changes no decision, now or at any instant to come, as long as the other one is
//! there. Where that is not plain they are left alone: what is lent or taken in an emergency neither
//! goes nor counts for others, and what comes by birthright or by a rule does not go.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::model::{Grant, GrantSource, GrantState};
use crate::kernel::GrantId;

/// Of one subject's grants those that are of no use, each with one that gives all of it and stays.
pub fn shadowed(grants: &[Grant], now: DateTime<Utc>) -> BTreeMap<GrantId, GrantId> {
    let mut shadowed = BTreeMap::new();
    let standing = || grants.iter().filter(|grant| stands(grant, now));
    let mut candidates: Vec<&Grant> = standing().filter(|grant| may_go(grant)).collect();
    // Of the same twice the first one stays: identities are drawn in the order of time.
    candidates.sort_unstable_by_key(|grant| std::cmp::Reverse(grant.id));
    for grant in candidates {
        let covers = |other: &&Grant| {
            other.id != grant.id && !shadowed.contains_key(&other.id) && covers(other, grant, now)
        };
        if let Some(other) = standing().find(covers) {
            shadowed.insert(grant.id, other.id);
        }
    }
    // What stands for another may have gone after it: then what stands for that stands for both.
    let last = |mut by: GrantId| {
        while let Some(next) = shadowed.get(&by) {
            by = *next;
        }
        by
    };
    shadowed.iter().map(|(grant, by)| (*grant, last(*by))).collect()
}

fn stands(grant: &Grant, now: DateTime<Utc>) -> bool {
    grant.state == GrantState::Active && !grant.is_over(now)
}

fn may_go(grant: &Grant) -> bool {
    matches!(
        grant.source,
        GrantSource::Administrator
            | GrantSource::Template
            | GrantSource::Request
            | GrantSource::Exception
    )
}

/// Whether one gives all that another gives from now on.
fn covers(other: &Grant, grant: &Grant, now: DateTime<Utc>) -> bool {
    let lent = matches!(other.source, GrantSource::Delegation | GrantSource::BreakGlass);
    let as_long = match (other.until, grant.until) {
        (None, _) => true,
        (Some(other), Some(until)) => until <= other,
        (Some(_), None) => false,
    };
    !lent
        && other.what == grant.what
        && other.scope.includes(&grant.scope)
        && other.from <= grant.from.max(now)
        && as_long
        && (other.pierces || !grant.pierces)
}
