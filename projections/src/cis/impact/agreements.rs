//! What was promised to customers about that which falls.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::cmdb::impact::Affected;
use domain::kernel::CiId;

use super::source::Source;
use crate::error::ReadError;

/// A contract with a customer that covers something which falls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    /// The contract.
    pub contract: CiId,
    /// What it promises, in the order of identities.
    pub slas: Vec<CiId>,
    /// What it covers: services that items provide which fall, then what falls itself, the nearest
    /// first.
    pub covers: Vec<CiId>,
}

/// What was read of contracts, by their identities.
#[derive(Debug, Default)]
pub(super) struct Promises {
    covers: BTreeMap<CiId, BTreeSet<CiId>>,
    slas: BTreeMap<CiId, Vec<CiId>>,
}

impl Promises {
    /// What contracts there are on these, in two statements.
    pub(super) async fn of(
        source: &mut Source<'_, '_>,
        affected: &Affected,
        fallen: &[CiId],
    ) -> Result<Self, ReadError> {
        let mut promises = Self::default();
        for (to, contract) in source.covering(fallen, &affected.covering()).await? {
            promises.covers.entry(contract).or_default().insert(to);
        }
        let contracts: Vec<CiId> = promises.covers.keys().copied().collect();
        for (promise, contract) in source.led(&contracts, &affected.promising()).await? {
            promises.slas.entry(contract).or_default().push(promise);
        }
        Ok(promises)
    }

    /// The contracts and what they promise.
    pub(super) fn named(&self) -> impl Iterator<Item = CiId> {
        self.covers.keys().copied().chain(self.slas.values().flatten().copied())
    }

    /// Those contracts that hold, with those SLAs that do, on what falls: that is in this order.
    pub(super) fn agreed(
        self,
        fallen: &[CiId],
        is_contract: impl Fn(CiId) -> bool,
        holds: impl Fn(CiId) -> bool,
    ) -> Vec<Agreement> {
        let mut order: HashMap<CiId, usize> = HashMap::new();
        for (nr, ci) in fallen.iter().enumerate() {
            order.entry(*ci).or_insert(nr);
        }
        let Self { covers, mut slas } = self;
        let agreed = covers.into_iter().map(|(contract, on)| {
            let mut slas = slas.remove(&contract).unwrap_or_default();
            slas.retain(|sla| holds(*sla));
            let mut covers: Vec<CiId> =
                on.into_iter().filter(|ci| order.contains_key(ci)).collect();
            covers.sort_by_key(|ci| order.get(ci));
            Agreement { contract, slas, covers }
        });
        let counts = |it: &Agreement| {
            is_contract(it.contract) && holds(it.contract) && !it.covers.is_empty()
        };
        agreed.filter(counts).collect()
    }
}
