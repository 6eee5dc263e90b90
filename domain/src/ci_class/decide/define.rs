//! Define: this is the class from now on.

use crate::ci_class::event::CiClassEvent;
use crate::ci_class::refusal::CiClassRefusal;
use crate::ci_class::state::CiClass;
use crate::cmdb::{Catalogue, Class, Definition};
use crate::kernel::text::{self, NAME_MAX};
use crate::kernel::{CiClassId, Context};

use super::{ATTRIBUTES_MAX, GENERATIONS_MAX, RELATIONS_MAX};
use crate::ci_class::parts;

/// K1 to K7. The class is this, as a whole, from now on. The same again changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Define {
    /// The class's own stream.
    pub id: CiClassId,
    /// What it is to be.
    pub definition: Definition,
}

impl Define {
    pub(in crate::ci_class) fn decide(
        self,
        class: &CiClass,
        cx: &Context,
    ) -> Result<Vec<CiClassEvent>, CiClassRefusal> {
        let nothing = Catalogue::default();
        let catalogue = cx.facts.catalogue.as_deref().unwrap_or(&nothing);
        let mut wanted = self.definition;
        wanted.name = text::line(&wanted.name, NAME_MAX).map_err(CiClassRefusal::NameUnfit)?;
        wanted.label = parts::label(&wanted.name, &wanted.label)?;
        let before = class.0.as_ref().map(|body| &body.definition);
        let parent = parent(self.id, &wanted, catalogue)?;
        if before.is_some_and(|before| before.parent != wanted.parent) {
            return Err(CiClassRefusal::ParentFixed);
        }
        for attribute in &mut wanted.attributes {
            parts::fit_attribute(attribute, (self.id, catalogue))?;
        }
        for relation in &mut wanted.relations {
            parts::fit_relation(relation, (self.id, catalogue))?;
        }
        parts::each_once(self.id, &wanted, (parent, catalogue))?;
        if let Some(before) = before {
            parts::keeps(before, &wanted)?;
        }
        parts::fit_rules(&mut wanted, parent)?;
        if before == Some(&wanted) {
            return Ok(vec![]);
        }
        Ok(vec![CiClassEvent::Defined(Box::new(wanted))])
    }
}

/// K2
fn parent<'c>(
    id: CiClassId,
    wanted: &Definition,
    catalogue: &'c Catalogue,
) -> Result<Option<&'c Class>, CiClassRefusal> {
    let (attributes, relations) = (wanted.attributes.len(), wanted.relations.len());
    let Some(parent) = wanted.parent else {
        return within(attributes, relations).map(|()| None);
    };
    let known = catalogue.by_id(parent).ok_or(CiClassRefusal::ParentUnknown { parent });
    if parent == id {
        return Err(CiClassRefusal::ParentCircular { parent });
    }
    let class = known?;
    if class.lineage.contains(&id) {
        return Err(CiClassRefusal::ParentCircular { parent });
    }
    if class.lineage.len() >= GENERATIONS_MAX {
        return Err(CiClassRefusal::TooDeep);
    }
    within(class.attributes.len() + attributes, class.relations.len() + relations)?;
    Ok(Some(class))
}

/// K3
fn within(attributes: usize, relations: usize) -> Result<(), CiClassRefusal> {
    if attributes > ATTRIBUTES_MAX {
        return Err(CiClassRefusal::TooManyAttributes);
    }
    if relations > RELATIONS_MAX {
        return Err(CiClassRefusal::TooManyRelations);
    }
    Ok(())
}
