//! A rule that grants by itself, as it is or as it was.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::access::Permission;
use domain::assignment_rule::AssignmentRule as Of;
use domain::assignment_rule::event::{Definition, Given};
use domain::assignment_rule::simulation::Simulation;
use domain::kernel::{AssignmentRuleId, PersonId};
use projections::cis::At;

use crate::graphql::definition::{self, Noun, Shown};
use crate::graphql::id::encode;
use crate::graphql::loader;
use crate::graphql::permission::{AccessScope, PopulationTest, tests};
use crate::graphql::person::Person;
use crate::graphql::role::AccessRole;

/// What whoever is of a population has.
pub(in crate::graphql) struct AssignmentRule(Shown<Of>);

/// What a rule says, or would say, and the moment it is shown of.
struct AssignmentRuleTerms {
    definition: Definition,
    by: Option<PersonId>,
    at: At,
}

/// A role that a rule gives.
struct AssignmentGiven(Given, At);

/// What would come of a rule now.
#[derive(SimpleObject)]
pub(super) struct AssignmentRulePreview {
    /// How many people would have something they have not.
    gains: u32,
    /// How many would not have any more what they have by it.
    loses: u32,
    /// For how many duties would not be separated any more.
    breaches: u32,
    /// What tells it from everything else that could come of it: the `seen` of what follows.
    digest: String,
}

impl Noun for AssignmentRule {
    type Of = Of;

    const LIST: &'static str = "assignmentRules";
    const READ: Permission = Permission::RoleRead;

    fn of(shown: Shown<Of>) -> Self {
        Self(shown)
    }
}

impl From<Simulation> for AssignmentRulePreview {
    fn from(simulation: Simulation) -> Self {
        let Simulation { gains, loses, breaches, digest } = simulation;
        Self { gains, loses, breaches, digest }
    }
}

impl AssignmentRule {
    /// What waits for a second person.
    pub(super) fn waiting_definition(&self) -> Option<&Definition> {
        self.0.row.body.waiting.as_ref().map(|waiting| &waiting.definition)
    }
}

/// What whoever is of a population has: roles that come and go with what they are.
#[Object]
impl AssignmentRule {
    /// Opaque and global.
    pub(in crate::graphql) async fn id(&self) -> ID {
        encode(AssignmentRuleId(self.0.row.id))
    }

    /// What it is called: by what is in force; before anything is, by what waits. Unique, whatever its
    /// case, among those that are not retired.
    async fn name(&self) -> &str {
        &self.0.row.name
    }

    /// What is in force; null when nothing is yet.
    async fn in_force(&self) -> Option<AssignmentRuleTerms> {
        let definition = self.0.row.body.current.clone()?;
        Some(AssignmentRuleTerms { definition, by: None, at: self.0.at })
    }

    /// What waits for a second person; null when nothing does.
    async fn waiting(&self) -> Option<AssignmentRuleTerms> {
        let waiting = self.0.row.body.waiting.clone()?;
        let (definition, by) = (waiting.definition, waiting.by);
        Some(AssignmentRuleTerms { definition, by, at: self.0.at })
    }

    /// Whether it is over.
    async fn retired(&self) -> bool {
        self.0.row.retired
    }

    /// The number of its events: what `expectedVersion` is compared with.
    async fn version(&self) -> i64 {
        self.0.row.version
    }
}

/// What a rule says, or would say.
#[Object]
impl AssignmentRuleTerms {
    /// What it is called.
    async fn name(&self) -> &str {
        &self.definition.name
    }

    /// Whom it is for: whoever passes all tests of one of these.
    async fn population(&self) -> Vec<Vec<PopulationTest>> {
        tests(&self.definition.population)
    }

    /// What they have by it.
    async fn gives(&self) -> Vec<AssignmentGiven> {
        let gives = self.definition.gives.iter().cloned();
        gives.map(|given| AssignmentGiven(given, self.at)).collect()
    }

    /// Of what waits: who proposed it.
    async fn proposed_by(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        let Some(by) = self.by else { return Ok(None) };
        loader::person(cx, by).await
    }
}

/// A role that a rule gives.
#[Object]
impl AssignmentGiven {
    /// Which.
    async fn role(&self, cx: &Context<'_>) -> Result<Option<AccessRole>> {
        definition::one(cx, self.0.role.0, self.1).await
    }

    /// Where.
    async fn scope(&self) -> AccessScope {
        AccessScope(self.0.scope.clone())
    }
}
