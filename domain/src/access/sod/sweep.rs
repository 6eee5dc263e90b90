//! The sweep over time: at every instant at which something begins or ends, what is had.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::{Breach, Parted, Tenure};

/// The earlier of two ends, where none is never.
pub(super) fn earlier(
    one: Option<DateTime<Utc>>,
    other: Option<DateTime<Utc>>,
) -> Option<DateTime<Utc>> {
    [one, other].into_iter().flatten().min()
}

/// What begins and ends at one instant.
#[derive(Default)]
struct Turn {
    begin: Vec<usize>,
    end: Vec<usize>,
}

/// Every time, as long as it lasts, in which the tenures break the rule and nothing lifts it.
pub(super) fn breaches(
    rule: &Parted,
    tenures: &[Tenure],
    lifted: &[(DateTime<Utc>, DateTime<Utc>)],
) -> Vec<Breach> {
    let given: Vec<Vec<usize>> = tenures.iter().map(|had| rule.given_by(&had.what)).collect();
    let (mut found, mut open) = (Vec::new(), None::<Breach>);
    let mut had = BTreeSet::new();
    for (at, turn) in turns(tenures, &given, lifted) {
        // What ends here is gone before what begins here is there.
        had.retain(|place| !turn.end.contains(place));
        had.extend(turn.begin);
        let counted: BTreeSet<usize> =
            had.iter().flat_map(|place| given[*place].iter().copied()).collect();
        let is_lifted = lifted.iter().any(|(from, until)| *from <= at && at < *until);
        if counted.len() < rule.n || is_lifted {
            found.extend(open.take().map(|breach| Breach { until: Some(at), ..breach }));
            continue;
        }
        let breach = open.get_or_insert_with(|| Breach {
            rule: rule.id,
            action: rule.action,
            from: at,
            until: None,
            counted: BTreeSet::new(),
            by: BTreeSet::new(),
        });
        breach.counted.extend(counted.iter().map(|place| rule.counted[*place].what.clone()));
        breach.by.extend(had.iter().map(|place| tenures[*place].origin));
    }
    found.extend(open);
    found
}

/// In the order of time. What gives nothing that the rule counts, or never is, is left out.
fn turns(
    tenures: &[Tenure],
    given: &[Vec<usize>],
    lifted: &[(DateTime<Utc>, DateTime<Utc>)],
) -> BTreeMap<DateTime<Utc>, Turn> {
    let mut turns: BTreeMap<DateTime<Utc>, Turn> = BTreeMap::new();
    for (place, had) in tenures.iter().enumerate() {
        if given[place].is_empty() || had.until.is_some_and(|until| until <= had.from) {
            continue;
        }
        turns.entry(had.from).or_default().begin.push(place);
        if let Some(until) = had.until {
            turns.entry(until).or_default().end.push(place);
        }
    }
    for at in lifted.iter().flat_map(|(from, until)| [*from, *until]) {
        turns.entry(at).or_default();
    }
    turns
}
