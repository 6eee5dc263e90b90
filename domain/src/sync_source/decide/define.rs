//! Define: this is the source from now on.

use std::collections::{BTreeMap, BTreeSet};

use crate::ci::Origin;
use crate::cmdb::Catalogue;
use crate::kernel::Context;
use crate::kernel::text::{self, WORD_MAX};
use crate::sync_source::event::{Definition, SyncSourceEvent};
use crate::sync_source::refusal::SyncSourceRefusal;
use crate::sync_source::state::SyncSource;
use crate::sync_source::words::OnMissing;

/// The ranks that sources have: 0 is people's.
const RANKS: std::ops::RangeInclusive<u16> = 1..=999;
/// Longest time until what is missing is retired: ten years.
pub(crate) const DAYS_MAX: u16 = 3_650;
/// Classes of which a source is told what it may say.
pub(crate) const CLASSES_MAX: usize = 200;

/// Y1 to Y4. The source is this, as a whole, from now on. The same again changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Define {
    /// What it is to be.
    pub definition: Definition,
}

impl Define {
    pub(in crate::sync_source) fn decide(
        self,
        source: &SyncSource,
        cx: &Context,
    ) -> Result<Vec<SyncSourceEvent>, SyncSourceRefusal> {
        let mut wanted = self.definition;
        wanted.name = text::line(&wanted.name, WORD_MAX).map_err(SyncSourceRefusal::NameUnfit)?;
        if [Origin::MANUAL, Origin::IMPORT].contains(&&*wanted.name.to_lowercase()) {
            return Err(SyncSourceRefusal::NameReserved);
        }
        if !RANKS.contains(&wanted.rank) {
            return Err(SyncSourceRefusal::RankUnfit);
        }
        let fits = match (wanted.on_missing, wanted.retire_after_days) {
            (OnMissing::Retire, Some(days)) => days <= DAYS_MAX,
            (OnMissing::Retire, None) => false,
            (OnMissing::Ignore | OnMissing::Flag, days) => days.is_none(),
        };
        if !fits {
            return Err(SyncSourceRefusal::DaysUnfit);
        }
        wanted.owned = owned(wanted.owned, cx.facts.catalogue.as_deref())?;
        let before = source.0.as_deref().map(|body| &body.definition);
        if before.is_some_and(|before| before.name != wanted.name) {
            return Err(SyncSourceRefusal::NameFixed);
        }
        if before == Some(&wanted) {
            return Ok(vec![]);
        }
        Ok(vec![SyncSourceEvent::Defined(Box::new(wanted))])
    }
}

/// Y4: by the names that the classes have, each with attributes that are theirs.
fn owned(
    said: BTreeMap<String, BTreeSet<String>>,
    catalogue: Option<&Catalogue>,
) -> Result<BTreeMap<String, BTreeSet<String>>, SyncSourceRefusal> {
    if said.len() > CLASSES_MAX {
        return Err(SyncSourceRefusal::TooManyClasses);
    }
    let mut owned: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (name, attributes) in said {
        let short = || name.chars().take(80).collect();
        let class = catalogue.and_then(|all| all.by_name(&name));
        let class = class.ok_or_else(|| SyncSourceRefusal::ClassUnknown { class: short() })?;
        let strange = attributes.iter().find(|it| class.attribute(it).is_none());
        if let Some(attribute) = strange {
            let attribute = attribute.chars().take(80).collect();
            let class = class.name.clone();
            return Err(SyncSourceRefusal::AttributeUnknown { class, attribute });
        }
        owned.entry(class.name.clone()).or_default().extend(attributes);
    }
    Ok(owned)
}
