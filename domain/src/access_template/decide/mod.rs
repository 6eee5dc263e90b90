//! One verb a file; how a definition must be stands here.

pub mod define;
pub mod redefine;
pub mod retire;

use std::collections::BTreeSet;

use super::event::{Definition, Item};
use super::refusal::AccessTemplateRefusal;
use crate::access::doer::Doer;
use crate::access::fit::{self, HOURS_MAX};
use crate::access::known::Rulebook;
use crate::access::model::Granted;
use crate::kernel::Context;
use crate::kernel::text::{self, NAME_MAX};

/// How many items a template has.
pub(super) const ITEMS_MAX: usize = 100;

/// The definition as it is stored.
fn fit(definition: Definition, cx: &Context) -> Result<Definition, AccessTemplateRefusal> {
    let rules = &Doer::of(cx).rules;
    let name = text::line(&definition.name, NAME_MAX).map_err(AccessTemplateRefusal::NameUnfit)?;
    let items = definition.items;
    if !(1..=ITEMS_MAX).contains(&items.len()) {
        return Err(AccessTemplateRefusal::ItemsUnfit);
    }
    let mut places = BTreeSet::new();
    for (number, item) in items.iter().enumerate() {
        must_fit(number, item, rules)?;
        if !places.insert((&item.what, &item.scope)) {
            return Err(AccessTemplateRefusal::ItemTwice { item: number });
        }
    }
    Ok(Definition { name, items })
}

/// AT3, AT4
fn must_fit(number: usize, item: &Item, rules: &Rulebook) -> Result<(), AccessTemplateRefusal> {
    let longest = match &item.what {
        Granted::Role(id) => match rules.role(*id) {
            None => return Err(AccessTemplateRefusal::RoleUnknown { item: number, role: *id }),
            Some(role) => role.max_hours,
        },
        Granted::Entry(entry) => {
            fit::entry(entry, &rules.registry)
                .map_err(|fault| AccessTemplateRefusal::EntryUnfit { item: number, fault })?;
            None
        }
    };
    let max = longest.unwrap_or(HOURS_MAX);
    let fits = item.hours.map_or(longest.is_none(), |hours| (1..=max).contains(&hours));
    if fits { Ok(()) } else { Err(AccessTemplateRefusal::HoursUnfit { item: number, max }) }
}
