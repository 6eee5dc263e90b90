//! What falls only together with what others' failures bring down.

use std::collections::BTreeMap;

use super::answer::Step;
use super::spread::{Ground, Spread};
use crate::kernel::CiId;

/// What others bring down alone, and what is brought down without them.
pub(super) struct Others<'a> {
    theirs: &'a Spread,
    rounds: Vec<Vec<CiId>>,
    /// What falls from both alone, by the round in which it falls without the others.
    shared: BTreeMap<u32, Vec<(CiId, Step)>>,
}

/// What falls from these roots alone, which is known, and what falls only together with the others.
pub(super) fn joined(
    ground: Ground<'_>,
    alone: &Spread,
    (roots, others): (&[CiId], &[CiId]),
    depth: u32,
) -> Spread {
    let theirs = Spread::of(others.iter().copied()).run(ground, depth);
    let others = Others::of(&theirs, alone);
    let mut both = Spread::of(roots.iter().copied());
    // The frontier may be empty for a while, until others bring down what is needed besides.
    while both.depth < depth {
        both.round(ground, Some(&others));
    }
    both
}

impl<'a> Others<'a> {
    fn of(theirs: &'a Spread, alone: &Spread) -> Self {
        let mut rounds: BTreeMap<u32, Vec<CiId>> = BTreeMap::new();
        for (ci, fallen) in &theirs.fallen {
            rounds.entry(fallen.depth).or_default().push(*ci);
        }
        let mut shared: BTreeMap<u32, Vec<(CiId, Step)>> = BTreeMap::new();
        for (ci, fallen) in &alone.fallen {
            if let Some(step) = fallen.by.clone().filter(|_| theirs.fallen.contains_key(ci)) {
                shared.entry(fallen.depth).or_default().push((*ci, step));
            }
        }
        // Rounds follow each other without a gap.
        Self { theirs, rounds: rounds.into_values().collect(), shared }
    }

    /// Whether an item falls from the others alone.
    pub(super) fn has(&self, ci: CiId) -> bool {
        self.theirs.fallen.contains_key(&ci)
    }

    /// What the others bring down in this round.
    pub(super) fn fallen_at(&self, depth: u32) -> &[CiId] {
        let round = usize::try_from(depth).ok().and_then(|round| self.rounds.get(round));
        round.map_or(&[], Vec::as_slice)
    }

    /// What falls in this round from both alone.
    pub(super) fn shared_at(&self, depth: u32) -> impl Iterator<Item = (CiId, Step)> + '_ {
        self.shared.get(&depth).into_iter().flatten().cloned()
    }
}
