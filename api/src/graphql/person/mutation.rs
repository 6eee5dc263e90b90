//! The verbs of a person. Each is its input and its command; what they share is [`run`].

use async_graphql::{Context, Object, Result, SimpleObject};
use domain::access::Permission;
use domain::kernel::PersonId;
use uuid::Uuid;

use super::Person;
use super::input::{
    PersonAppointDeputyInput, PersonAssignTierInput, PersonCertifySkillInput,
    PersonChangeContactsInput, PersonChangeOrganizationInput, PersonChangeRoleInput,
    PersonChooseLanguageInput, PersonDismissDeputyInput, PersonLeaveInput, PersonLinkAccountInput,
    PersonMoveInput, PersonRegisterInput, PersonRenameInput, PersonRestoreInput,
    PersonSuspendInput, PersonTakePositionInput, PersonUnlinkAccountInput,
    PersonWithdrawSkillInput,
};
use super::{leaving, moving};
use crate::graphql::access::{SignedIn, allowed};
use crate::graphql::access_grant::{Granting, grants_of};
use crate::graphql::command::{
    Answer, NounInput, Payload, Told, perform_one, perform_steps, refused, run, told,
};
use crate::graphql::context::services;
use crate::graphql::error::{failed, internal};
use crate::graphql::loader;
use crate::graphql::refusal::{UserError, code};
use crate::graphql::scalar::Position;
use crate::identity::{FirstPassword, PasswordError};

/// What became of a command on a person.
#[derive(SimpleObject)]
pub(in crate::graphql) struct PersonPayload {
    /// As you sent it.
    client_mutation_id: Option<String>,
    /// The person as they are now; null when the command was refused, and when the read side has
    /// not caught up within two seconds: then read it again after `position`.
    person: Option<Person>,
    /// Why nothing was done; empty when it was done, or was so already.
    user_errors: Vec<UserError>,
    /// Where the change stands in the log; null when nothing changed.
    position: Option<Position>,
    /// Whether this is the answer to an earlier command with the same idempotency key.
    replayed: bool,
}

impl Payload for PersonPayload {
    type Node = Person;

    const VIEWS: &'static [&'static str] = &["people", "units"];

    async fn read(cx: &Context<'_>, stream: Uuid) -> Result<Option<Person>> {
        loader::seen_person(cx, PersonId(stream)).await
    }

    fn of(told: Told<Person>) -> Self {
        Self {
            client_mutation_id: told.client_mutation_id,
            person: told.node,
            user_errors: told.user_errors,
            position: told.position,
            replayed: told.replayed,
        }
    }
}

/// Everything that changes a person.
#[derive(Default)]
pub(in crate::graphql) struct PersonMutation;

/// Everything that changes a person.
#[Object]
impl PersonMutation {
    /// Registers a person, joins them to their units and applies access templates to them: all of it, or
    /// nothing.
    #[graphql(guard = "SignedIn")]
    async fn person_register(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Who.")] input: PersonRegisterInput,
    ) -> Result<PersonPayload> {
        register(cx, input).await
    }

    /// Lets a person do nothing for now; ends all their sessions at once.
    #[graphql(guard = "SignedIn")]
    async fn person_suspend(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Who.")] input: PersonSuspendInput,
    ) -> Result<PersonPayload> {
        let client_mutation_id = input.common().client_mutation_id.clone();
        let answer = perform_one(cx, input).await?;
        ended(cx, client_mutation_id, answer).await
    }

    /// Lets a person go, for ever: out of all their units, and all their sessions end at once.
    #[graphql(guard = "SignedIn")]
    async fn person_leave(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Who.")] input: PersonLeaveInput,
    ) -> Result<PersonPayload> {
        let client_mutation_id = input.common.client_mutation_id.clone();
        let answer = leaving::perform(cx, input).await?;
        ended(cx, client_mutation_id, answer).await
    }

    /// Lets one of the staff work elsewhere, all at once or not at all: units, position, and the access
    /// templates of the new place. What rules gave them and give no more ends after the grace; what they
    /// were given otherwise ends after 14 days unless somebody else confirms it (`confirmAccess`).
    #[graphql(guard = "SignedIn")]
    async fn person_move(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Who, where to, and when.")] input: PersonMoveInput,
    ) -> Result<PersonPayload> {
        let client_mutation_id = input.common.client_mutation_id.clone();
        let answer = moving::perform(cx, input).await?;
        told(cx, client_mutation_id, answer).await
    }

    /// Gives a person another name.
    #[graphql(guard = "SignedIn")]
    async fn person_rename(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Who, and the name.")] input: PersonRenameInput,
    ) -> Result<PersonPayload> {
        run(cx, input).await
    }

    /// Says where a person is reached.
    #[graphql(guard = "SignedIn")]
    async fn person_change_contacts(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Who, and where.")] input: PersonChangeContactsInput,
    ) -> Result<PersonPayload> {
        run(cx, input).await
    }

    /// Gives a person another position, or none.
    #[graphql(guard = "SignedIn")]
    async fn person_take_position(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Who, and which.")] input: PersonTakePositionInput,
    ) -> Result<PersonPayload> {
        run(cx, input).await
    }

    /// Gives a person other rights; nobody changes their own.
    #[graphql(guard = "SignedIn")]
    async fn person_change_role(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Who, and which.")] input: PersonChangeRoleInput,
    ) -> Result<PersonPayload> {
        run(cx, input).await
    }

    /// Chooses the language in which a person is addressed.
    #[graphql(guard = "SignedIn")]
    async fn person_choose_language(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Who, and which.")] input: PersonChooseLanguageInput,
    ) -> Result<PersonPayload> {
        run(cx, input).await
    }

    /// Moves a client to another customer organisation, or to none.
    #[graphql(guard = "SignedIn")]
    async fn person_change_organization(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Who, and where to.")] input: PersonChangeOrganizationInput,
    ) -> Result<PersonPayload> {
        run(cx, input).await
    }

    /// Says that somebody can do something, how well and for how long.
    #[graphql(guard = "SignedIn")]
    async fn person_certify_skill(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Who, and what.")] input: PersonCertifySkillInput,
    ) -> Result<PersonPayload> {
        run(cx, input).await
    }

    /// Counts on somebody no longer for something.
    #[graphql(guard = "SignedIn")]
    async fn person_withdraw_skill(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Who, and what.")] input: PersonWithdrawSkillInput,
    ) -> Result<PersonPayload> {
        run(cx, input).await
    }

    /// Says at which line of support somebody works.
    #[graphql(guard = "SignedIn")]
    async fn person_assign_tier(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Who, and which.")] input: PersonAssignTierInput,
    ) -> Result<PersonPayload> {
        run(cx, input).await
    }

    /// Says whose second account one is: rules of duties and of requests then mean the human. Nobody
    /// says it of themselves.
    #[graphql(guard = "SignedIn")]
    async fn person_link_account(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which account, and whose.")] input: PersonLinkAccountInput,
    ) -> Result<PersonPayload> {
        run(cx, input).await
    }

    /// Says that an account is nobody's second one. Nobody says it of themselves.
    #[graphql(guard = "SignedIn")]
    async fn person_unlink_account(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which account.")] input: PersonUnlinkAccountInput,
    ) -> Result<PersonPayload> {
        run(cx, input).await
    }

    /// Lets somebody stand in while a person is away.
    #[graphql(guard = "SignedIn")]
    async fn person_appoint_deputy(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Who, for whom, and when.")] input: PersonAppointDeputyInput,
    ) -> Result<PersonPayload> {
        run(cx, input).await
    }

    /// Lets nobody stand in for a person any more.
    #[graphql(guard = "SignedIn")]
    async fn person_dismiss_deputy(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Who is back.")] input: PersonDismissDeputyInput,
    ) -> Result<PersonPayload> {
        run(cx, input).await
    }

    /// Lets a suspended person act again.
    #[graphql(guard = "SignedIn")]
    async fn person_restore(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Who.")] input: PersonRestoreInput,
    ) -> Result<PersonPayload> {
        run(cx, input).await
    }
}

/// The payload, once nobody is signed in as this person any more.
async fn ended(
    cx: &Context<'_>,
    client_mutation_id: Option<String>,
    answer: Answer,
) -> Result<PersonPayload> {
    if let Answer::Done(stream, _) = &answer {
        let identity = &services(cx)?.identity;
        identity.end_sessions_of(PersonId(*stream)).await.map_err(internal)?;
    }
    told(cx, client_mutation_id, answer).await
}

/// A password that cannot serve must leave nothing behind, so that it is looked at first. It is not
/// part of what tells a repeated command: no trace of it may be kept.
async fn register(cx: &Context<'_>, mut input: PersonRegisterInput) -> Result<PersonPayload> {
    let client_mutation_id = input.common.client_mutation_id.clone();
    match granted(cx, &input).await? {
        Ok(granted) => input.granted = granted,
        Err(error) => return Ok(refused(client_mutation_id, error)),
    }
    let password = input.password.take();
    let password = match prepared(cx, password, input.must_change_password).await? {
        Ok(password) => password,
        Err(error) => return Ok(refused(client_mutation_id, error.at("password"))),
    };
    let mut answer = perform_steps(cx, input).await?;
    if let (Answer::Done(stream, receipt), Some(password)) = (&mut answer, password) {
        let identity = &services(cx)?.identity;
        let given = identity.give_first_password(PersonId(*stream), password).await;
        // The payload is read behind the password's event, so that its version is the last one.
        if let Some(given) = given.map_err(internal)? {
            receipt.token = given.token;
        }
    }
    told(cx, client_mutation_id, answer).await
}

/// What the templates grant that are applied at once.
async fn granted(
    cx: &Context<'_>,
    input: &PersonRegisterInput,
) -> Result<Result<Vec<Granting>, UserError>> {
    let templates = match input.templates() {
        Ok(templates) => templates,
        Err(error) => return Ok(Err(error)),
    };
    let mut granted = Vec::new();
    for template in templates {
        match grants_of(cx, template, None).await? {
            Ok(grants) => granted.extend(grants),
            Err(error) => return Ok(Err(error.at("templateIds"))),
        }
    }
    Ok(Ok(granted))
}

/// The password, ready to be kept. Nobody else's is worth the work: the command will be refused.
async fn prepared(
    cx: &Context<'_>,
    password: Option<String>,
    must_change: bool,
) -> Result<Result<Option<FirstPassword>, UserError>> {
    let may = allowed(cx, Permission::PersonRegister);
    let (Some(password), Ok(_)) = (password, may) else { return Ok(Ok(None)) };
    match services(cx)?.identity.first_password(&password, must_change).await {
        Ok(password) => Ok(Ok(Some(password))),
        Err(error) => unfit(&error).map(Err),
    }
}

fn unfit(error: &PasswordError) -> Result<UserError> {
    match error.code() {
        Some(known) => Ok(UserError::new(code(known)?, error.to_string())),
        None => Err(failed(error)),
    }
}
