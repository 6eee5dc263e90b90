//! What a row about an item comes to: which one it is, what is said of it, where its relations go.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::cmdb::{Catalogue, Class, Datum, ORGANIZATION, Part, identities};
use domain::kernel::{CiClassId, CiId, ClaimKey};

use super::find::{Finder, Found, attribute, class, part_of};
use crate::workers::cis::fault::Fault;
use crate::workers::cis::row::{Item, Named, Said};

/// See the module. Which item it is may still have to be looked up.
#[derive(Debug)]
pub(in crate::workers::cis) struct Plan {
    pub(in crate::workers::cis) class: CiClassId,
    pub(in crate::workers::cis) values: BTreeMap<String, Option<Datum>>,
    /// Where each relation goes that is named; nowhere: it ends.
    pub(super) relations: BTreeMap<String, Vec<CiId>>,
    /// What tells it apart, and by which attribute or relation each differs from the first.
    keys: Vec<(ClaimKey, String)>,
    /// Whether that is made of items that are new themselves.
    is_new: bool,
    /// Whether an item is named in it as the only one of its name, as far as rows are decided.
    pub(super) alone: bool,
}

impl Plan {
    /// The items it names besides itself.
    pub(super) fn items(&self) -> impl Iterator<Item = CiId> {
        let named = self.values.values().flatten().flat_map(|datum| match datum {
            Datum::List(all) => all.iter().filter_map(Datum::as_reference).collect::<Vec<_>>(),
            one => one.as_reference().into_iter().collect(),
        });
        let related = self.relations.values().flatten().copied();
        named.map(CiId).chain(related)
    }
}

impl Finder<'_, '_> {
    /// The plan of a row about an item.
    pub(super) fn plan(&mut self, item: &Item) -> Found<Plan> {
        self.alone = false;
        let catalogue = Arc::clone(&self.catalogue);
        let class = match self.class_of(&catalogue, item)? {
            Some(class) => class,
            None => return Ok(None),
        };
        for (part, _) in &item.named.key {
            if !class.key().contains(part) {
                let (class, wanted) = (class.name.clone(), class.key().join(", "));
                return Err(Fault::KeyPartUnknown { class, wanted, field: part.clone() });
            }
        }
        let said = || item.named.key.iter().chain(&item.attributes).chain(&item.relations);
        // By what name others go depends on whose the item is.
        let whose = match said().find(|(name, _)| name == ORGANIZATION) {
            Some((name, said)) => match self.value(attribute(class, name)?, said, None)? {
                Some(whose) => whose,
                None => return Ok(None),
            },
            None => None,
        };
        let mut values = BTreeMap::new();
        let mut relations = BTreeMap::new();
        let mut waits = false;
        for (name, said) in said() {
            if let Some(relation) = class.relation(name) {
                match self.targets((name, relation.to), said, whose.as_ref())? {
                    Some(to) => twice(relations.insert(name.clone(), to).is_some(), name)?,
                    None => waits = true,
                }
                continue;
            }
            match self.value(attribute(class, name)?, said, whose.as_ref())? {
                Some(value) => twice(values.insert(name.clone(), value).is_some(), name)?,
                None => waits = true,
            }
        }
        if waits {
            return Ok(None);
        }
        self.told_apart(class, values, relations).map(Some)
    }

    /// The row's class. One that has no items of its own stands for that of the item, if it is there.
    fn class_of<'c>(&mut self, catalogue: &'c Catalogue, item: &Item) -> Found<&'c Class> {
        let class = class(catalogue, &item.named.class)?;
        if !class.is_abstract {
            return Ok(Some(class));
        }
        let mut found = Vec::new();
        let mut waits = false;
        for class in catalogue.family(class.id).iter().filter_map(|id| catalogue.by_id(*id)) {
            if class.is_abstract {
                continue;
            }
            let named = Named { class: class.name.clone(), key: item.named.key.clone() };
            match self.perhaps(&named) {
                Ok(Some(Some(_))) => found.push(class),
                Ok(None) => waits = true,
                // A class of the family that has another sort of key.
                Ok(Some(None)) | Err(_) => {}
            }
        }
        match (waits, found.as_slice()) {
            (true, _) => Ok(None),
            (false, [class]) => Ok(Some(class)),
            (false, []) => match &item.otherwise {
                None => Err(Fault::ClassAbstract(class.name.clone())),
                Some(otherwise) => Ok(match self.perhaps(&otherwise.host)? {
                    None => None,
                    Some(Some(_)) => Some(self::class(catalogue, otherwise.there)?),
                    Some(None) => Some(self::class(catalogue, otherwise.elsewhere)?),
                }),
            },
            (false, _) => {
                Err(Fault::Ambiguous { field: "class".to_owned(), what: item.named.shown() })
            }
        }
    }

    fn targets(
        &mut self,
        place: (&str, CiClassId),
        said: &Said,
        whose: Option<&Datum>,
    ) -> Found<Vec<CiId>> {
        let all = match said {
            Said::Nothing => return Ok(Some(Vec::new())),
            Said::Several(all) => all.as_slice(),
            one => std::slice::from_ref(one),
        };
        let mut targets = Vec::with_capacity(all.len());
        let mut waits = false;
        for one in all {
            match self.target(place, one, whose)? {
                Some(to) => targets.push(to),
                None => waits = true,
            }
        }
        Ok((!waits).then_some(targets))
    }

    fn told_apart(
        &self,
        class: &Class,
        values: BTreeMap<String, Option<Datum>>,
        relations: BTreeMap<String, Vec<CiId>>,
    ) -> Result<Plan, Fault> {
        let part = |name: &str| match relations.get(name) {
            Some(to) => to.first().copied().map(Part::Item),
            None => {
                let datum = values.get(name)?.as_ref()?;
                Some(part_of(class.attribute(name)?, datum))
            }
        };
        if let Some(first) = class.key().first().filter(|first| part(first).is_none()) {
            let (class, field) = (class.name.clone(), first.clone());
            return Err(Fault::KeyPartMissing { class, field });
        }
        let mut keys: Vec<(ClaimKey, String)> = Vec::new();
        for (rule, nr) in class.identity.iter().zip(1..) {
            let held = identities(class.id, &class.identity[..nr], part);
            let own = rule.iter().find(|name| !class.key().contains(name)).or(rule.first());
            let added = held.into_iter().nth(keys.len()).zip(own.cloned());
            keys.extend(added);
        }
        let parts: Vec<Part> =
            class.identity.iter().flatten().filter_map(|name| part(name)).collect();
        let is_new = self.is_new(&parts);
        Ok(Plan { class: class.id, values, relations, keys, is_new, alone: self.alone })
    }

    /// Which item a plan is about; within: none when it is a new one. The first set of what tells
    /// items apart that somebody holds says so; the others must not say another one.
    pub(super) fn identified(&mut self, plan: &Plan) -> Found<Option<CiId>> {
        let mut waits = false;
        let mut holders = Vec::with_capacity(plan.keys.len());
        for (key, field) in &plan.keys {
            match self.holder(key, plan.is_new) {
                Some(holder) => holders.extend(holder.map(|holder| (holder, field))),
                None => waits = true,
            }
        }
        if waits {
            return Ok(None);
        }
        let first = holders.first().map(|(first, _)| *first);
        match holders.into_iter().find(|(other, _)| Some(*other) != first) {
            Some((other, field)) => Err(Fault::second((first, other), Some(field.clone()))),
            None => Ok(Some(first)),
        }
    }
}

fn twice(is: bool, field: &str) -> Result<(), Fault> {
    match is {
        true => Err(Fault::SaidTwice { field: field.to_owned() }),
        false => Ok(()),
    }
}
