//! Who and what is told of a failure besides the items that fall: services that they provide,
//! contacts, and what was promised to customers.

use std::collections::BTreeSet;

use crate::cmdb::Catalogue;
use crate::kernel::CiClassId;

/// The class of services, by its name.
const SERVICE: &str = "Service";
/// The class of people and teams, by its name.
const CONTACT: &str = "Contact";

/// The class of contracts with customers, by its name.
const CONTRACT: &str = "CustomerContract";
/// The class of what such contracts promise, by its name.
const SLA: &str = "SLA";
/// The class of items that work or fail, by its name.
const FUNCTIONAL: &str = "FunctionalCI";

/// What a catalogue says of services, contacts and contracts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Affected {
    services: BTreeSet<CiClassId>,
    contacts: BTreeSet<CiClassId>,
    contracts: BTreeSet<CiClassId>,
    to_services: BTreeSet<String>,
    covering: BTreeSet<String>,
    promising: BTreeSet<String>,
}

impl Affected {
    /// By the classes that bear these names, and those that inherit from them; where there are none,
    /// there is neither.
    pub fn of(catalogue: &Catalogue) -> Self {
        let family = |name| -> BTreeSet<CiClassId> {
            let class = catalogue.by_name(name);
            class.into_iter().flat_map(|class| catalogue.family(class.id)).collect()
        };
        let mut affected = Self {
            services: family(SERVICE),
            contacts: family(CONTACT),
            contracts: family(CONTRACT),
            ..Self::default()
        };
        for class in catalogue.classes().filter(|class| !affected.contacts.contains(&class.id)) {
            for relation in &class.relations {
                if affected.services.contains(&relation.to) {
                    affected.to_services.insert(relation.name.clone());
                }
            }
        }
        affected.promise(catalogue, (&family(FUNCTIONAL), &family(SLA)));
        affected
    }

    /// Learns by which relations contracts with customers cover, and by which they promise.
    fn promise(
        &mut self,
        catalogue: &Catalogue,
        (functional, slas): (&BTreeSet<CiClassId>, &BTreeSet<CiClassId>),
    ) {
        let contracts = self.contracts.iter().filter_map(|id| catalogue.by_id(*id));
        for relation in contracts.flat_map(|class| &class.relations) {
            if slas.contains(&relation.to) {
                self.promising.insert(relation.name.clone());
            } else if self.services.contains(&relation.to) || functional.contains(&relation.to) {
                self.covering.insert(relation.name.clone());
            }
        }
    }

    /// Whether items of a class are services.
    pub fn is_service(&self, class: CiClassId) -> bool {
        self.services.contains(&class)
    }

    /// Whether items of a class are people or teams.
    pub fn is_contact(&self, class: CiClassId) -> bool {
        self.contacts.contains(&class)
    }

    /// The relations by which items that fall lead to services, but for those of contacts.
    pub fn to_services(&self) -> Vec<String> {
        self.to_services.iter().cloned().collect()
    }

    /// Whether items of a class are contracts with customers.
    pub fn is_contract(&self, class: CiClassId) -> bool {
        self.contracts.contains(&class)
    }

    /// The relations by which contracts with customers, and others, lead to the services and items
    /// that they cover.
    pub fn covering(&self) -> Vec<String> {
        self.covering.iter().cloned().collect()
    }

    /// The relations by which contracts with customers lead to what they promise.
    pub fn promising(&self) -> Vec<String> {
        self.promising.iter().cloned().collect()
    }
}
