//! What a catalogue says of falling, as a walk needs it.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use strum::IntoEnumIterator;

use super::question::Direction;
use crate::cmdb::{Catalogue, Class, Flow, Redundancy, RedundancyRule, STATUS};
use crate::kernel::CiClassId;

/// The flows of all relations, and the redundancy of all classes.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    flows: BTreeMap<Arc<str>, Led>,
    redundancy: BTreeMap<CiClassId, Vec<RedundancyRule>>,
    groups: HashMap<(CiClassId, Arc<str>), Vec<usize>>,
    out_of_service: BTreeMap<CiClassId, Vec<String>>,
    /// From the items of which classes a relation can be followed, which way, and whether it is one
    /// that goes out from them.
    led: HashSet<(CiClassId, (Direction, bool))>,
}

/// How a relation leads a failure.
#[derive(Debug, Clone, Copy)]
struct Led {
    flow: Flow,
    downwards: bool,
}

/// A relation by which items of a class are fed, under one of the class's rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// Of the items that are fed.
    pub class: CiClassId,
    /// The rule, by its place in the class.
    pub rule: usize,
    /// The relation.
    pub relation: Arc<str>,
    /// Whether it goes out from the item that is fed, instead of to it.
    pub outward: bool,
    /// Whether the rule holds where the item says nothing itself.
    pub enabled: bool,
}

impl Rules {
    /// Of these classes.
    pub fn of(catalogue: &Catalogue) -> Self {
        let led = catalogue.relations().into_iter().map(|(name, relation)| {
            (Arc::from(name), Led { flow: relation.flow, downwards: relation.downwards })
        });
        let mut rules = Self { flows: led.collect(), ..Self::default() };
        catalogue.classes().for_each(|class| rules.add(class));
        for direction in Direction::iter() {
            rules.note_ends(catalogue, direction);
        }
        rules
    }

    /// Notes the classes at the near ends of the relations that are followed.
    fn note_ends(&mut self, catalogue: &Catalogue, direction: Direction) {
        for relation in catalogue.relations().into_values() {
            if self.leads(&relation.name, direction) == Some(false) {
                let near = catalogue.family(relation.to).into_iter();
                self.led.extend(near.map(|class| (class, (direction, false))));
            }
        }
        for class in catalogue.classes() {
            let leads = |name: &str| self.leads(name, direction) == Some(true);
            if class.relations.iter().any(|relation| leads(&relation.name)) {
                self.led.insert((class.id, (direction, true)));
            }
        }
    }

    /// Whether relations can be followed from items of a class, those that go out from them or those
    /// that go to them.
    pub(super) fn leads_on(&self, class: CiClassId, way: (Direction, bool)) -> bool {
        self.led.contains(&(class, way))
    }

    fn add(&mut self, class: &Class) {
        if class.attribute(STATUS).is_some() && !class.out_of_service.is_empty() {
            self.out_of_service.insert(class.id, class.out_of_service.clone());
        }
        for (number, rule) in class.redundancy.iter().enumerate() {
            for relation in &rule.relations {
                if let Some(name) = self.name(relation) {
                    self.groups.entry((class.id, name)).or_default().push(number);
                }
            }
        }
        if !class.redundancy.is_empty() {
            self.redundancy.insert(class.id, class.redundancy.clone());
        }
    }

    /// A relation's name, shared.
    pub fn name(&self, relation: &str) -> Option<Arc<str>> {
        self.flows.get_key_value(relation).map(|(name, _)| Arc::clone(name))
    }

    /// The relations that are followed from the item they go out from to the one they go to.
    pub fn outward(&self, direction: Direction) -> Vec<String> {
        self.followed(direction, true)
    }

    /// The relations that are followed from the item they go to back to the one they go out from.
    pub fn inward(&self, direction: Direction) -> Vec<String> {
        self.followed(direction, false)
    }

    fn followed(&self, direction: Direction, outward: bool) -> Vec<String> {
        let followed = |led: &Led| led.leads(direction) == Some(outward);
        let names = self.flows.iter().filter(|(_, led)| followed(led));
        names.map(|(name, _)| name.to_string()).collect()
    }

    /// Whether a relation is followed, and if so whether from the item it goes out from.
    pub(super) fn leads(&self, relation: &str, direction: Direction) -> Option<bool> {
        self.flows.get(relation)?.leads(direction)
    }

    /// By which relations the items of which class are fed under which rule.
    pub fn feeds(&self) -> Vec<Feed> {
        let mut feeds = Vec::new();
        for (class, rules) in &self.redundancy {
            for (rule, said) in rules.iter().enumerate() {
                for relation in &said.relations {
                    let Some(name) = self.name(relation) else { continue };
                    let Some(outward) = self.leads(relation, Direction::Impacts) else { continue };
                    feeds.push(Feed {
                        class: *class,
                        rule,
                        relation: name,
                        outward: !outward,
                        enabled: said.enabled,
                    });
                }
            }
        }
        feeds
    }

    /// The values of `status` by which items of a class are out of service, class by class.
    pub fn out_of_service(&self) -> impl Iterator<Item = (CiClassId, &str)> {
        let all = self.out_of_service.iter();
        all.flat_map(|(class, values)| values.iter().map(|value| (*class, value.as_str())))
    }

    /// Whether an item of a class with this status is in service, unless it is retired.
    pub fn serves(&self, class: CiClassId, status: Option<&str>) -> bool {
        let out = self.out_of_service.get(&class);
        !out.is_some_and(|out| out.iter().any(|value| Some(value.as_str()) == status))
    }

    /// The rules that could save an item from falling by a relation, with how many must be up: what
    /// the item says counts unless its class is firm.
    pub(super) fn saving<'a>(
        &'a self,
        class: CiClassId,
        relation: &Arc<str>,
        own: Option<&'a Redundancy>,
    ) -> impl Iterator<Item = (usize, Redundancy)> + 'a {
        let numbers = self.groups.get(&(class, Arc::clone(relation))).into_iter().flatten();
        let rules = self.redundancy.get(&class).map_or(&[][..], Vec::as_slice);
        numbers.filter_map(move |number| {
            let rule = rules.get(*number)?;
            let said = own.filter(|_| !rule.fixed).cloned().unwrap_or(Redundancy {
                enabled: rule.enabled,
                min_up: rule.min_up,
                measure: rule.measure,
            });
            said.enabled.then_some((*number, said))
        })
    }
}

impl Led {
    fn leads(self, direction: Direction) -> Option<bool> {
        let down = match self.flow {
            Flow::Forward => true,
            Flow::Backward => false,
            Flow::None => return None,
        };
        match direction {
            Direction::Impacts => Some(down),
            Direction::DependsOn if self.downwards => None,
            Direction::DependsOn => Some(!down),
        }
    }
}
