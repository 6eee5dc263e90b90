//! Register: this item is known from now on.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    RELATIONS_MAX, attribute, class, fit, fit_origin, fit_target, name_references, stored,
};
use crate::ci::event::{CiEvent, Registered};
use crate::ci::refusal::CiRefusal;
use crate::ci::state::Ci;
use crate::ci::words::{Link, Origin};
use crate::cmdb::Datum;
use crate::kernel::{CiClassId, CiId, Context, Needs};

/// M1, M2, M5. The item is known, with these attributes and relations.
#[derive(Debug, Clone, PartialEq)]
pub struct Register {
    /// The item's own stream.
    pub id: CiId,
    /// Its class, for good.
    pub class: CiClassId,
    /// What is said of it.
    pub attributes: BTreeMap<String, Datum>,
    /// What it is related to.
    pub relations: Vec<Link>,
    /// Who says so.
    pub origin: Origin,
}

impl Register {
    pub(in crate::ci) fn name_items(&self, needs: &mut Needs) {
        name_references(self.attributes.values(), needs);
        needs.items.extend(self.relations.iter().map(|link| link.to));
    }

    pub(in crate::ci) fn decide(self, ci: &Ci, cx: &Context) -> Result<Vec<CiEvent>, CiRefusal> {
        if ci.0.is_some() {
            return Err(CiRefusal::Registered);
        }
        let (class, catalogue) = class(self.class, cx)?;
        if class.is_abstract {
            return Err(CiRefusal::OfAbstractClass { class: class.name.clone() });
        }
        let origin = fit_origin(self.origin)?;
        let mut values = BTreeMap::new();
        for (name, value) in &self.attributes {
            let attribute = attribute(class, name)?;
            let value = fit(attribute, value, (catalogue, cx))?;
            values.insert(name.clone(), stored(attribute, value, self.id));
        }
        for attribute in &class.attributes {
            if values.contains_key(&attribute.name) {
                continue;
            }
            match &attribute.default {
                Some(value) => {
                    let value = stored(attribute, value.clone(), self.id);
                    values.insert(attribute.name.clone(), value);
                }
                None if attribute.required => {
                    let attribute = attribute.name.clone();
                    return Err(CiRefusal::AttributeMissing { attribute });
                }
                None => {}
            }
        }
        if self.relations.len() > RELATIONS_MAX {
            return Err(CiRefusal::TooManyRelations);
        }
        let links: BTreeSet<Link> = self.relations.into_iter().collect();
        let mut taken = BTreeSet::new();
        for Link { relation, to } in &links {
            fit_target(class, (relation, *to), (catalogue, cx))?;
            let single = class.relation(relation).is_some_and(|found| found.single);
            if !taken.insert(relation) && single {
                let (relation, item) = (relation.clone(), *to);
                return Err(CiRefusal::OverCardinality { relation, item });
            }
        }
        Ok(vec![CiEvent::Registered(Box::new(Registered {
            class: class.id,
            identity: class.identity.clone(),
            origin,
            values,
            relations: links.into_iter().collect(),
        }))])
    }
}
