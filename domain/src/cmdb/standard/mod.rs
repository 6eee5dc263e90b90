//! The classes an installation begins with: data, in `standard.toml` beside this.
//!
//! At each start, whatever of them is missing by name is defined by the system, as anybody else
//! would define it; what is there is left alone, however it was extended. Not here: that start
//! (`api::boot`), nor the rules (`ci_class`).

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use uuid::Uuid;

use super::{Catalogue, Definition, NamedDefinition};
use crate::kernel::CiClassId;

/// Under which the identities of the standard classes are drawn from their names.
const CLASSES: Uuid = Uuid::from_u128(0x5b1f_3c52_94c1_4f0e_9a63_0d7c_21e8_64b7);

static STANDARD: LazyLock<Vec<NamedDefinition>> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("standard.toml"))
        .expect("the file is part of the program, and a test reads it");
    file.class
});

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    class: Vec<NamedDefinition>,
}

/// The standard classes, parents first.
pub fn standard_classes() -> &'static [NamedDefinition] {
    &STANDARD
}

/// The stream of a standard class: the same in every installation, so that two servers that start
/// at once mean the same.
pub fn standard_id(name: &str) -> CiClassId {
    CiClassId(Uuid::new_v5(&CLASSES, name.as_bytes()))
}

/// What has to be defined, in this order, so that no standard class is missing among these. One that
/// was given another name is not.
///
/// A class that names one which comes later is defined without first, and as a whole in the end.
pub fn missing(among: &Catalogue) -> Vec<(CiClassId, Definition)> {
    let known = |name: &str| {
        let class = among.by_name(name).or_else(|| among.by_id(standard_id(name)));
        class.map(|class| class.id)
    };
    let missing: Vec<&NamedDefinition> =
        standard_classes().iter().filter(|class| known(&class.name).is_none()).collect();
    let order: BTreeMap<&str, usize> =
        missing.iter().map(|class| class.name.as_str()).zip(0..).collect();
    let resolved = |class: NamedDefinition| {
        let id_of = |name: &str| Some(known(name).unwrap_or_else(|| standard_id(name)));
        class.resolved(id_of).expect("each name has an identity")
    };
    let (mut wanted, mut whole) = (Vec::new(), Vec::new());
    for (class, place) in missing.iter().zip(0..) {
        let id = standard_id(&class.name);
        let later = |name: &str| order.get(name).is_some_and(|other| *other > place);
        let first = without(class, later);
        if first != **class {
            whole.push((id, resolved((*class).clone())));
        }
        wanted.push((id, resolved(first)));
    }
    wanted.extend(whole);
    wanted
}

/// The class without what names a class of those.
fn without(class: &NamedDefinition, later: impl Fn(&str) -> bool) -> NamedDefinition {
    let mut class = class.clone();
    class.attributes.retain(|attribute| !attribute.of.as_deref().is_some_and(&later));
    class.relations.retain(|relation| !later(&relation.to));
    class
}
