//! Some of the people, said by what they are.

use async_graphql::{Context, ID, InputObject, Object, OneofObject, Result};
use domain::access::population::{Population, Test};

use super::patterns::{placed, unfit};
use super::words::PopulationTestKind;
use crate::graphql::input::{single, small};
use crate::graphql::loader;
use crate::graphql::person::words::{PersonKind, Role};
use crate::graphql::refusal::UserError;
use crate::graphql::unit::Unit;

/// In what somebody is certified.
#[derive(Debug, Clone, InputObject)]
pub(in crate::graphql) struct PopulationSkillInput {
    /// Which skill, whatever its case, at most 100 characters.
    name: String,
    /// At this level or above, 1 to 5.
    level: i32,
}

/// Something that is so of a person.
#[derive(Debug, Clone, OneofObject)]
pub(in crate::graphql) enum PopulationTestInput {
    /// Works here, or asks for help.
    Kind(PersonKind),
    /// Is a client of this organisation.
    OrganizationId(ID),
    /// Belongs to this unit.
    UnitId(ID),
    /// Has this role of the desk.
    Role(Role),
    /// Is of this tier, 1 to 3.
    Tier(i32),
    /// Has this position, whatever its case, at most 200 characters.
    Position(String),
    /// Is certified in this.
    Skill(PopulationSkillInput),
}

/// Something that is so of a person.
pub(in crate::graphql) struct PopulationTest(Test);

impl PopulationTestInput {
    fn read(self, place: &str) -> std::result::Result<Test, UserError> {
        let unit = |part: &str, id: &ID| {
            let place = format!("{place}.{part}");
            placed(single(&place, id), &place)
        };
        Ok(match self {
            Self::Kind(kind) => Test::Kind(kind.into()),
            Self::OrganizationId(id) => Test::Organization(unit("organizationId", &id)?),
            Self::UnitId(id) => Test::Unit(unit("unitId", &id)?),
            Self::Role(role) => Test::Role(role.into()),
            Self::Tier(tier) => {
                let fits = u8::try_from(tier).ok().filter(|tier| (1..=3).contains(tier));
                let fault = || unfit(&format!("{place}.tier"), "is not 1 to 3");
                Test::Tier(domain::ticket::Tier(fits.ok_or_else(fault)?))
            }
            Self::Position(position) => Test::Position(position),
            Self::Skill(skill) => {
                Test::Skill { name: skill.name, level: small(skill.level, u8::MAX) }
            }
        })
    }
}

/// A population, as it is stored if it can be; `place` is where it stands in the input.
pub(in crate::graphql) fn population(
    place: &str,
    alternatives: Vec<Vec<PopulationTestInput>>,
) -> std::result::Result<Population, UserError> {
    let alternatives = alternatives.into_iter().enumerate().map(|(outer, tests)| {
        let tests = tests.into_iter().enumerate();
        tests.map(|(inner, test)| test.read(&format!("{place}[{outer}][{inner}]"))).collect()
    });
    let population = Population(alternatives.collect::<std::result::Result<_, _>>()?);
    // What comes of it is asked before the rules say what is wrong with it.
    Ok(population.fit().unwrap_or(population))
}

/// A population, as it is shown: any of these alternatives, of which all tests hold.
pub(in crate::graphql) fn tests(population: &Population) -> Vec<Vec<PopulationTest>> {
    let each = population.0.iter();
    each.map(|tests| tests.iter().cloned().map(PopulationTest).collect()).collect()
}

/// Something that is so of a person. What its kind does not take is null.
#[Object]
impl PopulationTest {
    /// What it looks at.
    async fn kind(&self) -> PopulationTestKind {
        match self.0 {
            Test::Kind(_) => PopulationTestKind::Kind,
            Test::Organization(_) => PopulationTestKind::Organization,
            Test::Unit(_) => PopulationTestKind::Unit,
            Test::Role(_) => PopulationTestKind::Role,
            Test::Tier(_) => PopulationTestKind::Tier,
            Test::Position(_) => PopulationTestKind::Position,
            Test::Skill { .. } => PopulationTestKind::Skill,
        }
    }

    /// On which side of the desk they are.
    async fn person_kind(&self) -> Option<PersonKind> {
        match self.0 {
            Test::Kind(kind) => Some(kind.into()),
            _ => None,
        }
    }

    /// Whose clients they are, or to which unit they belong, if you may see units.
    async fn unit(&self, cx: &Context<'_>) -> Result<Option<Unit>> {
        match self.0 {
            Test::Organization(id) | Test::Unit(id) => loader::unit(cx, id).await,
            _ => Ok(None),
        }
    }

    /// Which role of the desk they have.
    async fn role(&self) -> Option<Role> {
        match self.0 {
            Test::Role(role) => Some(role.into()),
            _ => None,
        }
    }

    /// Of which tier they are.
    async fn tier(&self) -> Option<u8> {
        match self.0 {
            Test::Tier(tier) => Some(tier.0),
            _ => None,
        }
    }

    /// Which position they have, in lower case.
    async fn position(&self) -> Option<&str> {
        match &self.0 {
            Test::Position(position) => Some(position),
            _ => None,
        }
    }

    /// In what they are certified, in lower case.
    async fn skill(&self) -> Option<&str> {
        match &self.0 {
            Test::Skill { name, .. } => Some(name),
            _ => None,
        }
    }

    /// At which level or above.
    async fn level(&self) -> Option<u8> {
        match self.0 {
            Test::Skill { level, .. } => Some(level),
            _ => None,
        }
    }
}
