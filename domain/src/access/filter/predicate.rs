//! What is true of some objects: a tree of few kinds of questions.

use std::collections::BTreeSet;
use std::fmt;

use serde::Serialize;

use crate::access::decide::ObjectView;
use crate::access::model::{FieldName, RelationSet, ScopePath};
use crate::kernel::{CiId, PersonId};

/// Something that is true of an object or not. Built simple: no nested lists of one kind, nothing
/// twice, nothing that another part makes superfluous at first sight, parts in one order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Predicate {
    /// It lies at this place or below.
    Within(ScopePath),
    /// It is this item.
    Item(CiId),
    /// The asker, or this person, stands to it in all of these relations.
    Stands {
        /// Who delegated; none: the asker.
        delegator: Option<PersonId>,
        /// All of these.
        all: RelationSet,
    },
    /// It has this attribute.
    Has(FieldName),
    /// It has this attribute, and it is one of these.
    AttributeIn {
        /// Which attribute.
        name: FieldName,
        /// Which values.
        values: BTreeSet<String>,
    },
    /// Its risk is known.
    HasRisk,
    /// Its risk is known, and no higher.
    RiskAtMost(u8),
    /// Not this.
    Not(Box<Predicate>),
    /// All of these; none: of every object.
    All(Vec<Predicate>),
    /// Any of these; none: of no object.
    Any(Vec<Predicate>),
}

impl Predicate {
    /// Of every object.
    pub fn always() -> Self {
        Self::All(Vec::new())
    }

    /// Of no object.
    pub fn never() -> Self {
        Self::Any(Vec::new())
    }

    /// Whether it is true of this one.
    pub fn holds(&self, object: &ObjectView) -> bool {
        match self {
            Self::Within(place) => place.contains(&object.place),
            Self::Item(id) => object.item == Some(*id),
            Self::Stands { delegator, all } => object.relation_of(*delegator).includes(*all),
            Self::Has(name) => object.attributes.contains_key(name),
            Self::AttributeIn { name, values } => {
                object.attributes.get(name).is_some_and(|value| values.contains(value))
            }
            Self::HasRisk => object.risk.is_some(),
            Self::RiskAtMost(most) => object.risk.is_some_and(|risk| risk <= *most),
            Self::Not(part) => !part.holds(object),
            Self::All(parts) => parts.iter().all(|part| part.holds(object)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(object)),
        }
    }

    /// What it comes to for what lies at the root.
    pub(super) fn at_root(&self) -> Self {
        match self {
            Self::Within(_) => Self::never(),
            Self::Not(part) => Self::not(part.at_root()),
            Self::All(parts) => Self::all(parts.iter().map(Self::at_root)),
            Self::Any(parts) => Self::any(parts.iter().map(Self::at_root)),
            part => part.clone(),
        }
    }

    /// Always or never.
    pub(super) fn constant(truth: bool) -> Self {
        if truth { Self::always() } else { Self::never() }
    }

    fn is_composed(&self) -> bool {
        matches!(self, Self::All(_) | Self::Any(_))
    }

    pub(super) fn within(place: &ScopePath) -> Self {
        if place.is_root() { Self::always() } else { Self::Within(place.clone()) }
    }

    pub(super) fn not(part: Self) -> Self {
        match part {
            Self::Not(part) => *part,
            part if part == Self::always() => Self::never(),
            part if part == Self::never() => Self::always(),
            part => Self::Not(Box::new(part)),
        }
    }

    pub(super) fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut flat = BTreeSet::new();
        for part in parts {
            match part {
                Self::All(parts) => flat.extend(parts),
                part if part == Self::never() => return part,
                part => {
                    flat.insert(part);
                }
            }
        }
        single(flat).unwrap_or_else(|flat| Self::All(flat.into_iter().collect()))
    }

    pub(super) fn any(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut flat = BTreeSet::new();
        for part in parts {
            match part {
                Self::Any(parts) => flat.extend(parts),
                part if part == Self::always() => return part,
                part => {
                    flat.insert(part);
                }
            }
        }
        let above = |part: &Self| match part {
            Self::Within(place) => {
                let mut above = std::iter::successors(place.parent(), ScopePath::parent);
                above.any(|above| flat.contains(&Self::Within(above)))
            }
            _ => false,
        };
        let superfluous = |part: &Self| match part {
            Self::All(parts) => parts.iter().any(|part| flat.contains(part) || above(part)),
            part => above(part),
        };
        let needed: BTreeSet<Self> =
            flat.iter().filter(|part| !superfluous(part)).cloned().collect();
        single(needed).unwrap_or_else(|needed| Self::Any(needed.into_iter().collect()))
    }
}

/// As auditors read it: `own | (heads & not within a/b)`; `everything`, `nothing`.
impl fmt::Display for Predicate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let joined = |f: &mut fmt::Formatter<'_>, parts: &[Self], sign: &str| {
            for (nr, part) in parts.iter().enumerate() {
                f.write_str(if nr == 0 { "" } else { sign })?;
                if part.is_composed() { write!(f, "({part})")? } else { write!(f, "{part}")? }
            }
            Ok(())
        };
        match self {
            Self::Within(place) => write!(f, "within {place}"),
            Self::Item(id) => write!(f, "ci:{id}"),
            Self::Stands { delegator, all } => {
                let names: Vec<&str> = all.names().map(<&str>::from).collect();
                f.write_str(&names.join(" and ").to_lowercase())?;
                delegator.map_or(Ok(()), |person| write!(f, " as person:{person}"))
            }
            Self::Has(name) => write!(f, "{name} is known"),
            Self::AttributeIn { name, values } => {
                let values: Vec<&str> = values.iter().map(String::as_str).collect();
                write!(f, "{name} in [{}]", values.join(", "))
            }
            Self::HasRisk => f.write_str("risk is known"),
            Self::RiskAtMost(most) => write!(f, "risk at most {most}"),
            Self::Not(part) if part.is_composed() => write!(f, "not ({part})"),
            Self::Not(part) => write!(f, "not {part}"),
            Self::All(parts) if parts.is_empty() => f.write_str("everything"),
            Self::All(parts) => joined(f, parts, " & "),
            Self::Any(parts) if parts.is_empty() => f.write_str("nothing"),
            Self::Any(parts) => joined(f, parts, " | "),
        }
    }
}

/// The only part, if there is one.
fn single(mut parts: BTreeSet<Predicate>) -> Result<Predicate, BTreeSet<Predicate>> {
    if parts.len() == 1 { parts.pop_first().ok_or(parts) } else { Err(parts) }
}
