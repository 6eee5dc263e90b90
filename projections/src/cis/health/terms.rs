//! What the classes say of their items' health.

use std::collections::BTreeSet;

use domain::cmdb::{Attribute, Catalogue, Class, Kind, NAME, ORGANIZATION};
use domain::kernel::CiClassId;
use serde::Serialize;

/// Attributes that no two devices have in common, besides those that are addresses of hardware.
const OWN: [&str; 3] = ["serial", "serial_number", "uuid"];

/// What is asked of items, class by class.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Terms {
    pub(super) classes: Vec<ClassTerms>,
    /// Attributes that no two items have in common.
    pub(super) own: Vec<String>,
}

/// What is asked of the items of one class.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct ClassTerms {
    class_id: CiClassId,
    /// The first class of its lineage that has items: what looks alike is looked for within it.
    family_id: CiClassId,
    /// Whether it is asked about, or only compared with.
    shown: bool,
    /// What its items should say.
    wanted: Vec<String>,
    /// Whether they can be related at all.
    related: bool,
    /// What tells them apart besides name and organisation: attributes, and single relations.
    besides: Vec<String>,
    through: Vec<String>,
}

impl Terms {
    /// Of a class and those that inherit from it; of all classes when none is named.
    pub fn of(catalogue: &Catalogue, class: Option<CiClassId>) -> Self {
        let shown: BTreeSet<CiClassId> = match class {
            Some(class) => catalogue.family(class).into_iter().collect(),
            None => catalogue.classes().map(|class| class.id).collect(),
        };
        let with_items = || catalogue.classes().filter(|class| !class.is_abstract);
        let asked = with_items().filter(|class| shown.contains(&class.id));
        let families: BTreeSet<CiClassId> = asked.map(|class| family(class, catalogue)).collect();
        let classes = with_items()
            .filter(|class| families.contains(&family(class, catalogue)))
            .map(|class| ClassTerms::of(class, catalogue, shown.contains(&class.id)))
            .collect();
        Self { classes, own: own(catalogue) }
    }
}

impl ClassTerms {
    fn of(class: &Class, catalogue: &Catalogue, shown: bool) -> Self {
        let wanted = class.attributes.iter().filter(|it| it.required || it.recommended);
        let comes_in = || {
            catalogue.relations().into_values().any(|relation| class.lineage.contains(&relation.to))
        };
        let besides =
            || class.key().iter().filter(|part| ![NAME, ORGANIZATION].contains(&&***part));
        let is_attribute = |part: &&String| class.attribute(part).is_some();
        Self {
            class_id: class.id,
            family_id: family(class, catalogue),
            shown,
            wanted: wanted.map(|it| it.name.clone()).collect(),
            related: !class.relations.is_empty() || comes_in(),
            besides: besides().filter(is_attribute).cloned().collect(),
            through: besides().filter(|part| !is_attribute(part)).cloned().collect(),
        }
    }
}

/// The first class of its lineage, from the root, that has items of its own.
fn family(class: &Class, catalogue: &Catalogue) -> CiClassId {
    let line = class.lineage.iter().rev();
    let mut with_items = line.filter(|id| catalogue.by_id(**id).is_some_and(|it| !it.is_abstract));
    with_items.next().copied().unwrap_or(class.id)
}

fn own(catalogue: &Catalogue) -> Vec<String> {
    let is_own =
        |it: &&Attribute| !it.list && (it.kind == Kind::Mac || OWN.contains(&it.name.as_str()));
    let all = catalogue.classes().flat_map(|class| class.attributes.iter().filter(is_own));
    let names: BTreeSet<&String> = all.map(|it| &it.name).collect();
    names.into_iter().cloned().collect()
}
