//! The order in which fragments can be read so that each is known before it is spread.
//!
//! Sorting, not recursion: a chain of fragments as long as the document must not become a stack.

use std::collections::{HashMap, HashSet};

use async_graphql::{
    Name, Positioned,
    parser::types::{FragmentDefinition, Selection, SelectionSet},
};

use super::GuardRefusal;

type Fragments = HashMap<Name, Positioned<FragmentDefinition>>;

/// Fragments, each after all those it spreads. Spreads of unknown names are validation's business.
///
/// # Errors
/// `FRAGMENT_CYCLE` when there is no such order.
pub(super) fn inside_out(
    fragments: &Fragments,
) -> Result<Vec<(&str, &FragmentDefinition)>, GuardRefusal> {
    let mut waiting_for: HashMap<&str, usize> = HashMap::new();
    let mut spread_by: HashMap<&str, Vec<&str>> = HashMap::new();
    for (name, fragment) in fragments {
        let mut spreads = HashSet::new();
        collect_spreads(&fragment.node.selection_set.node, &mut spreads);
        spreads.retain(|spread| fragments.contains_key(*spread));
        waiting_for.insert(name, spreads.len());
        for spread in spreads {
            spread_by.entry(spread).or_default().push(name);
        }
    }

    let mut ready: Vec<&str> =
        waiting_for.iter().filter(|(_, count)| **count == 0).map(|(name, _)| *name).collect();
    let mut ordered = Vec::with_capacity(fragments.len());
    while let Some(name) = ready.pop() {
        ordered.push((name, &fragments[name].node));
        for outer in spread_by.remove(name).unwrap_or_default() {
            let Some(count) = waiting_for.get_mut(outer) else { continue };
            *count -= 1;
            if *count == 0 {
                ready.push(outer);
            }
        }
    }
    if ordered.len() == fragments.len() { Ok(ordered) } else { Err(GuardRefusal::cycle()) }
}

fn collect_spreads<'a>(set: &'a SelectionSet, found: &mut HashSet<&'a str>) {
    for selection in &set.items {
        match &selection.node {
            Selection::Field(field) => {
                collect_spreads(&field.node.selection_set.node, found);
            }
            Selection::InlineFragment(inline) => {
                collect_spreads(&inline.node.selection_set.node, found);
            }
            Selection::FragmentSpread(spread) => {
                found.insert(spread.node.fragment_name.node.as_str());
            }
        }
    }
}
