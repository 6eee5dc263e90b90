//! Some of the people, said by what they are; for groups and for rules that grant by themselves.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::kernel::UnitId;
use crate::kernel::text::{self, NAME_MAX, TextFault, WORD_MAX};
use crate::person::state::Skill;
use crate::person::{PersonKind, Role};
use crate::ticket::Tier;

/// Most alternatives of a population, and most tests of an alternative.
pub const TESTS_MAX: usize = 20;

/// The people who pass all tests of one of these alternatives; without an alternative, nobody.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Population(pub BTreeSet<BTreeSet<Test>>);

/// Something that is so of a person, or is not.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Test {
    /// Works here, or asks for help.
    Kind(PersonKind),
    /// Is a client of this organisation.
    Organization(UnitId),
    /// Belongs to this unit.
    Unit(UnitId),
    /// Has this role of the desk.
    Role(Role),
    /// Is of this tier.
    Tier(Tier),
    /// Has this position, whatever its case.
    Position(String),
    /// Is certified in this skill, whatever its case, at this level or above.
    Skill {
        /// Which.
        name: String,
        /// 1 to 5.
        level: u8,
    },
}

/// Of a person, what populations look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attributes {
    /// Works here, or asks for help.
    pub kind: PersonKind,
    /// The role of the desk.
    pub role: Role,
    /// A client's organisation.
    pub organization: Option<UnitId>,
    /// The units they belong to.
    pub units: BTreeSet<UnitId>,
    /// The tier.
    pub tier: Option<Tier>,
    /// The position.
    pub position: Option<String>,
    /// What they are certified in.
    pub skills: BTreeMap<String, Skill>,
}

/// The population is not within its bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PopulationFault {
    /// It has no alternative, or one without a test.
    #[error("says nothing of whom it means")]
    Empty,
    /// More alternatives or tests than their bound.
    #[error("has more than {TESTS_MAX} alternatives or tests")]
    TooLong,
    /// A text within it.
    #[error("{0}")]
    Text(TextFault),
    /// A level that no skill has.
    #[error("a skill's level is 1 to 5")]
    Level,
}

impl Population {
    /// Whether this person is meant, on this day.
    pub fn includes(&self, person: &Attributes, on: NaiveDate) -> bool {
        let passes = |tests: &BTreeSet<Test>| {
            !tests.is_empty() && tests.iter().all(|test| test.holds(person, on))
        };
        self.0.iter().any(passes)
    }

    /// The same as it is stored, its words in lower case, if it is within its bounds.
    ///
    /// # Errors
    /// What is wrong with it first.
    pub fn fit(&self) -> Result<Self, PopulationFault> {
        if self.0.is_empty() || self.0.iter().any(BTreeSet::is_empty) {
            return Err(PopulationFault::Empty);
        }
        if self.0.len() > TESTS_MAX || self.0.iter().any(|tests| tests.len() > TESTS_MAX) {
            return Err(PopulationFault::TooLong);
        }
        let fit = |tests: &BTreeSet<Test>| tests.iter().map(Test::fit).collect();
        self.0.iter().map(fit).collect::<Result<_, _>>().map(Self)
    }

    /// The units it names.
    pub fn units(&self) -> BTreeSet<UnitId> {
        let unit = |test: &Test| match test {
            Test::Organization(unit) | Test::Unit(unit) => Some(*unit),
            Test::Kind(_)
            | Test::Role(_)
            | Test::Tier(_)
            | Test::Position(_)
            | Test::Skill { .. } => None,
        };
        self.0.iter().flatten().filter_map(unit).collect()
    }
}

impl Test {
    fn holds(&self, person: &Attributes, on: NaiveDate) -> bool {
        match self {
            Self::Kind(kind) => person.kind == *kind,
            Self::Organization(unit) => person.organization == Some(*unit),
            Self::Unit(unit) => person.units.contains(unit),
            Self::Role(role) => person.role == *role,
            Self::Tier(tier) => person.tier == Some(*tier),
            Self::Position(position) => {
                person.position.as_ref().is_some_and(|has| has.to_lowercase() == *position)
            }
            Self::Skill { name, level } => person.skills.iter().any(|(has, skill)| {
                has.to_lowercase() == *name
                    && skill.level >= *level
                    && skill.certified_until.is_none_or(|last| on <= last)
            }),
        }
    }

    fn fit(&self) -> Result<Self, PopulationFault> {
        let word = |typed: &str, max| {
            text::line(&typed.to_lowercase(), max).map_err(PopulationFault::Text)
        };
        match self {
            Self::Position(position) => word(position, NAME_MAX).map(Self::Position),
            Self::Skill { level, .. } if !(1..=5).contains(level) => Err(PopulationFault::Level),
            Self::Skill { name, level } => {
                word(name, WORD_MAX).map(|name| Self::Skill { name, level: *level })
            }
            Self::Kind(_)
            | Self::Organization(_)
            | Self::Unit(_)
            | Self::Role(_)
            | Self::Tier(_) => Ok(self.clone()),
        }
    }
}
