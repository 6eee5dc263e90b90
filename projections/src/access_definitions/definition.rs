//! What the nouns have in common, and where each says it.

use cqrs_es::Aggregate;
use domain::access_group::AccessGroup;
use domain::access_policy::AccessPolicy;
use domain::access_template::AccessTemplate;
use domain::assignment_rule::AssignmentRule;
use domain::deny_rule::DenyRule;
use domain::resource_type::ResourceType;
use domain::role::Role;
use domain::sod_rule::SodRule;

/// Something that says who may do what; [`Aggregate::TYPE`] is its noun.
pub trait Definition: Aggregate {
    /// What it is called, and whether it is over; none before it is defined.
    fn called(&self) -> Option<(String, bool)>;

    /// Of it, what is kept in its row.
    #[must_use]
    fn kept(self) -> Self {
        self
    }
}

impl Definition for Role {
    fn called(&self) -> Option<(String, bool)> {
        self.0.as_deref().map(|body| (body.definition.name.clone(), body.retired))
    }
}

impl Definition for SodRule {
    fn called(&self) -> Option<(String, bool)> {
        self.0.as_deref().map(|body| (body.definition.name.clone(), body.retired))
    }
}

impl Definition for DenyRule {
    fn called(&self) -> Option<(String, bool)> {
        self.0.as_deref().map(|body| (body.definition.name.clone(), body.retired))
    }
}

impl Definition for AccessTemplate {
    fn called(&self) -> Option<(String, bool)> {
        self.0.as_deref().map(|body| (body.definition.name.clone(), body.retired))
    }
}

impl Definition for ResourceType {
    fn called(&self) -> Option<(String, bool)> {
        self.0.as_deref().map(|body| (body.definition.full_name(), body.retired))
    }
}

impl Definition for AccessGroup {
    fn called(&self) -> Option<(String, bool)> {
        self.0.as_deref().map(|body| (body.name.clone(), body.retired))
    }

    /// Its members have rows of their own.
    fn kept(mut self) -> Self {
        if let Some(body) = self.0.as_deref_mut() {
            body.members.clear();
        }
        self
    }
}

impl Definition for AssignmentRule {
    /// By what is in force; before anything is, by what waits.
    fn called(&self) -> Option<(String, bool)> {
        let body = self.0.as_deref()?;
        let waiting = body.waiting.as_ref().map(|waiting| &waiting.definition);
        let definition = body.current.as_ref().or(waiting);
        let name = definition.map(|definition| definition.name.clone());
        Some((name.unwrap_or_default(), body.retired))
    }
}

impl Definition for AccessPolicy {
    /// There is one, and it needs no name.
    fn called(&self) -> Option<(String, bool)> {
        Some((Self::TYPE.to_owned(), false))
    }
}
