//! Random edits: what differs between two positions is the difference of the two whole lists, by the
//! domain's own evolve, whatever the size of a page.

use std::collections::{BTreeMap, BTreeSet};

use domain::kernel::CiId;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use super::past::{LOOKS, Seen, edited, told};
use crate::cis::{
    DifferenceQuery, Differing, DifferingRelations, differing, differing_count,
    relations_differing, relations_differing_count,
};
use crate::testing::World;
use crate::testing::items::{CONTACT, SERVER};

/// Whether a relation to each of these came, or went.
type Ends = BTreeMap<CiId, bool>;

#[tokio::test]
async fn what_differs_is_the_difference_of_two_lists() {
    let mut dice = StdRng::seed_from_u64(0x6469_6666_2121);
    let (world, said) = edited(&mut dice).await;
    for _ in 0..LOOKS {
        let (one, other) = (dice.random_range(0..=said.len()), dice.random_range(0..=said.len()));
        let (from, to) = (one.min(other), one.max(other));
        let expected = naive(&told(&said[..from]), &told(&said[..to]));
        let span = (i64::try_from(from).unwrap(), i64::try_from(to).unwrap());
        let classes = [None, Some(vec![SERVER, CONTACT])][dice.random_range(0..2)].clone();
        let query = DifferenceQuery { span, classes, ..DifferenceQuery::default() };
        let found = walked(&world, &query, dice.random_range(1..=9)).await;
        assert!(found.is_sorted_by(|a, b| a.since_seq > b.since_seq), "{span:?}");
        let shown: BTreeMap<CiId, bool> = found.iter().map(|it| (it.ci_id, it.related)).collect();
        let related = expected.iter().map(|(id, ends)| (*id, !ends.is_empty()));
        assert_eq!(shown, related.collect(), "{span:?}");
        assert_eq!(found.len(), expected.len(), "{span:?}");
        let counted = differing_count(world.pool(), &query).await.unwrap();
        assert_eq!(counted, i64::try_from(expected.len()).unwrap());
        let size = dice.random_range(1..=4);
        for (id, ends) in expected {
            assert_eq!(ended(&world, id, span, size).await, ends, "{id} {span:?}");
        }
        let of_none = DifferenceQuery { classes: Some(vec![CONTACT]), ..query };
        assert_eq!(differing(world.pool(), &of_none).await.unwrap(), []);
    }
}

/// The items that are not the same in two lists, with what each is related to in one of them alone.
fn naive(before: &Seen, after: &Seen) -> BTreeMap<CiId, Ends> {
    let mut differ = BTreeMap::new();
    for (id, now) in after {
        let was = before.get(id);
        if was == Some(now) {
            continue;
        }
        let none = BTreeSet::new();
        let old = was.map_or(&none, |was| &was.2);
        let ends = now.2.symmetric_difference(old).map(|to| (*to, now.2.contains(to)));
        differ.insert(*id, ends.collect());
    }
    differ
}

/// All pages of this size.
async fn walked(world: &World, query: &DifferenceQuery, size: i64) -> Vec<Differing> {
    let mut all: Vec<Differing> = Vec::new();
    loop {
        let after = all.last().map(|last| last.since_seq);
        let page = DifferenceQuery { first: size, after, ..query.clone() };
        let page = differing(world.pool(), &page).await.unwrap();
        if page.is_empty() {
            return all;
        }
        all.extend(page);
    }
}

/// All pages of an item's relations.
async fn ended(world: &World, id: CiId, span: (i64, i64), size: i64) -> Ends {
    let (mut all, mut after) = (Ends::new(), None);
    loop {
        let query = DifferingRelations { span, first: size, after };
        let page = relations_differing(world.pool(), &[id], &query).await.unwrap();
        let Some((_, last)) = page.last() else { break };
        after = Some((last.relation.clone(), last.to_id));
        all.extend(page.into_iter().map(|(_, row)| (row.to_id, row.added)));
    }
    let counted = relations_differing_count(world.pool(), id, span).await.unwrap();
    assert_eq!(counted, i64::try_from(all.len()).unwrap());
    all
}
