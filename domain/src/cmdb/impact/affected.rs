//! Who and what is told of a failure besides the items that fall: services that they provide, and
//! contacts.

use std::collections::BTreeSet;

use crate::cmdb::Catalogue;
use crate::kernel::CiClassId;

/// The class of services, by its name.
const SERVICE: &str = "Service";
/// The class of people and teams, by its name.
const CONTACT: &str = "Contact";

/// What a catalogue says of services and contacts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Affected {
    services: BTreeSet<CiClassId>,
    contacts: BTreeSet<CiClassId>,
    to_services: BTreeSet<String>,
}

impl Affected {
    /// By the classes that bear these names, and those that inherit from them; where there are none,
    /// there is neither.
    pub fn of(catalogue: &Catalogue) -> Self {
        let family = |name| {
            let class = catalogue.by_name(name);
            class.into_iter().flat_map(|class| catalogue.family(class.id)).collect()
        };
        let mut affected =
            Self { services: family(SERVICE), contacts: family(CONTACT), ..Self::default() };
        for class in catalogue.classes().filter(|class| !affected.contacts.contains(&class.id)) {
            for relation in &class.relations {
                if affected.services.contains(&relation.to) {
                    affected.to_services.insert(relation.name.clone());
                }
            }
        }
        affected
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
}
