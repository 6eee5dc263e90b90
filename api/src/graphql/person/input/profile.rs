//! Who somebody is, and how they are reached.

use async_graphql::{ID, InputObject};
use domain::person::PersonCommand;
use domain::person::command::{
    ChangeContacts, ChangeOrganization, ChangeRole, ChooseLanguage, Rename, TakePosition,
};

use super::{of_person, on};
use crate::graphql::input::optional;
use crate::graphql::payload::Common;
use crate::graphql::person::words::Role;
use crate::graphql::settings::words::Language;

/// Another name.
#[derive(Debug, Clone, InputObject)]
pub(in crate::graphql::person) struct PersonRenameInput {
    /// Whose.
    person_id: ID,
    /// Full name, at most 200 characters.
    name: String,
    #[graphql(flatten)]
    common: Common,
}

/// Where somebody is reached from now on. What is absent is not known any more.
#[derive(Debug, Clone, InputObject)]
pub(in crate::graphql::person) struct PersonChangeContactsInput {
    /// Who.
    person_id: ID,
    /// E-mail address, at most 200 characters, unique whatever its case.
    email: Option<String>,
    /// Telephone number, at most 100 characters.
    phone: Option<String>,
    #[graphql(flatten)]
    common: Common,
}

/// Another position.
#[derive(Debug, Clone, InputObject)]
pub(in crate::graphql::person) struct PersonTakePositionInput {
    /// Whose.
    person_id: ID,
    /// Such as "Network engineer", at most 200 characters; absent: no position.
    position: Option<String>,
    #[graphql(flatten)]
    common: Common,
}

/// Other rights.
#[derive(Debug, Clone, InputObject)]
pub(in crate::graphql::person) struct PersonChangeRoleInput {
    /// Whose.
    person_id: ID,
    /// What the person may do; it fits the kind of person.
    role: Role,
    #[graphql(flatten)]
    common: Common,
}

/// In which language somebody is addressed.
#[derive(Debug, Clone, InputObject)]
pub(in crate::graphql::person) struct PersonChooseLanguageInput {
    /// Who.
    person_id: ID,
    /// One of the deployment's.
    language: Language,
    #[graphql(flatten)]
    common: Common,
}

/// To whom a client belongs.
#[derive(Debug, Clone, InputObject)]
pub(in crate::graphql::person) struct PersonChangeOrganizationInput {
    /// Who.
    person_id: ID,
    /// A customer organisation; absent: to none.
    organization_id: Option<ID>,
    #[graphql(flatten)]
    common: Common,
}

of_person! {
    PersonRenameInput, |input| {
        let name = input.name;
        on(&input.person_id, |person| PersonCommand::Rename(Rename { person, name }))
    };
    PersonChangeContactsInput, |input| {
        let Self { person_id, email, phone, .. } = input;
        let command = |person| ChangeContacts { person, email, phone };
        on(&person_id, |person| PersonCommand::ChangeContacts(command(person)))
    };
    PersonTakePositionInput, |input| {
        let position = input.position;
        on(&input.person_id, |person| {
            PersonCommand::TakePosition(TakePosition { person, position })
        })
    };
    PersonChangeRoleInput, |input| {
        let role = input.role.into();
        on(&input.person_id, |person| PersonCommand::ChangeRole(ChangeRole { person, role }))
    };
    PersonChooseLanguageInput, |input| {
        let language = input.language.into();
        on(&input.person_id, |_| PersonCommand::ChooseLanguage(ChooseLanguage { language }))
    };
    PersonChangeOrganizationInput, |input| {
        let organization = optional("organizationId", input.organization_id.as_ref())?;
        let command = |person| ChangeOrganization { person, organization };
        on(&input.person_id, |person| PersonCommand::ChangeOrganization(command(person)))
    };
}
