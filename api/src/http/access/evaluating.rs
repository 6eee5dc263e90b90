//! One request's questions, answered from one look at what is so now, and kept where they matter.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::access::Permission;
use domain::access::decide::Decision;
use domain::access::model::{AccessSubject, ActionName, DoneDuty, Human};
use domain::kernel::PersonId;
use projections::cis::At;
use serde_json::{Value, json};
use uuid::Uuid;

use super::super::refusal::Refusal;
use super::Asker;
use super::answer::{UNKNOWN_RESOURCE, UNKNOWN_SUBJECT, told};
use super::read::{Resource, Wanted, Whom};
use super::wire::{Evaluation, Evaluations, Semantic};
use crate::asking::{AskingError, Named, Question, Standpoint, Subject, Thing};
use crate::gateway::Outside;
use crate::graphql::Services;

/// So many questions are asked at once.
const EVALUATIONS_MAX: usize = 100;
/// Why a program is not told about another system's resources.
const CEILING: &str = "ceiling";

/// A decision, or why there is none, which is a no.
pub(super) type Decided = Result<Decision, &'static str>;

/// One request.
pub(super) struct Evaluating<'a> {
    pub(super) services: &'a Services,
    pub(super) asker: Asker,
    pub(super) from: Standpoint,
    correlation_id: Uuid,
    logins: HashMap<String, Option<PersonId>>,
    subjects: BTreeMap<AccessSubject, Subject>,
}

impl<'a> Evaluating<'a> {
    pub(super) fn new(services: &'a Services, asker: Asker, correlation_id: Uuid) -> Self {
        Self {
            services,
            asker,
            from: Standpoint::now(services),
            correlation_id,
            logins: HashMap::new(),
            subjects: BTreeMap::new(),
        }
    }

    /// May this one do that?
    pub(super) async fn one(mut self, asked: Evaluation) -> Result<Value, Refusal> {
        let wanted = Wanted::read("", asked)?;
        self.may_ask_about(&wanted.resource).await?;
        self.know(std::slice::from_ref(&wanted)).await?;
        let decided = self.kept(wanted).await?;
        Ok(self.told(&decided))
    }

    /// The same of several, in their order.
    pub(super) async fn many(mut self, mut asked: Evaluations) -> Result<Value, Refusal> {
        let semantic = asked.options.evaluations_semantic;
        if asked.evaluations.is_empty() {
            let all = asked.each().pop().unwrap_or_default();
            return self.one(all).await;
        }
        if asked.evaluations.len() > EVALUATIONS_MAX {
            let long = format!("has more than {EVALUATIONS_MAX} entries");
            return Err(Refusal::unfit("evaluations", long));
        }
        let read = |(number, each)| Wanted::read(&format!("evaluations[{number}]."), each);
        let each = asked.each().into_iter().enumerate().map(read);
        let wanted: Vec<Wanted> = each.collect::<Result<_, _>>()?;
        for one in &wanted {
            self.may_ask_about(&one.resource).await?;
        }
        self.know(&wanted).await?;
        let mut answers = Vec::new();
        for one in wanted {
            let decided = self.kept(one).await?;
            let allowed = decided.as_ref().is_ok_and(Decision::is_allowed);
            answers.push(self.told(&decided));
            match semantic {
                Semantic::DenyOnFirstDeny if !allowed => break,
                Semantic::PermitOnFirstPermit if allowed => break,
                _ => {}
            }
        }
        Ok(json!({"evaluations": answers}))
    }

    fn told(&self, decided: &Decided) -> Value {
        told(decided.as_ref().map_err(|reason| *reason), self.asker.explained)
    }

    /// A program that is a part of one system asks about what is that system's.
    pub(super) async fn may_ask_about(&self, resource: &Resource) -> Result<(), Refusal> {
        let caller = &self.asker.caller;
        if caller.system.as_deref().is_none_or(|own| resource.system() == Some(own)) {
            return Ok(());
        }
        let action = ActionName::from(Permission::AccessEvaluate);
        self.note((None, &action), resource.told(), Err(CEILING)).await;
        Err(Refusal::forbidden())
    }

    /// Looks at everybody whom these are about, once.
    pub(super) async fn know(&mut self, wanted: &[Wanted]) -> Result<(), Refusal> {
        self.identify(wanted.iter().flat_map(Wanted::logins).collect()).await?;
        let subjects: BTreeSet<AccessSubject> =
            wanted.iter().filter_map(|one| self.subject_of(&one.subject)).collect();
        let subjects: Vec<AccessSubject> = subjects.into_iter().collect();
        let known = self.from.subjects(self.services, &subjects).await?;
        self.subjects.extend(known.into_iter().map(|subject| (subject.subject, subject)));
        Ok(())
    }

    /// Whose logins these are, is asked once.
    pub(super) async fn identify(&mut self, logins: BTreeSet<String>) -> Result<(), Refusal> {
        if logins.is_empty() {
            return Ok(());
        }
        let logins: Vec<String> = logins.into_iter().collect();
        let people = self.services.identity.people_of(&logins).await?;
        self.logins.extend(logins.into_iter().zip(people));
        Ok(())
    }

    fn subject_of(&self, whom: &Whom) -> Option<AccessSubject> {
        match whom {
            Whom::Program(id) => Some(AccessSubject::Service(*id)),
            whom => self.human(whom).map(|human| AccessSubject::Person(human.0)),
        }
    }

    /// The one that is asked about, if we know them.
    pub(super) fn subject(&self, whom: &Whom) -> Option<&Subject> {
        self.subjects.get(&self.subject_of(whom)?)
    }

    fn human(&self, whom: &Whom) -> Option<Human> {
        match whom {
            Whom::Person(id) => Some(Human(*id)),
            Whom::Login(login) => self.logins.get(login).copied().flatten().map(Human),
            Whom::Program(_) | Whom::Nobody => None,
        }
    }

    /// The decision, kept if it is a no, or if much depends on it.
    async fn kept(&self, wanted: Wanted) -> Result<Decided, Refusal> {
        let Wanted { subject, mut question, acting_for, mut resource } = wanted;
        let (about, named) = (resource.told(), resource.named.take());
        let known = self.subject(&subject);
        let decided = match (known, self.acting(&mut question, acting_for)) {
            (Some(known), true) => self.decided((known, &question), (named, &resource)).await?,
            _ => Err(UNKNOWN_SUBJECT),
        };
        let action = &question.action;
        let matters = known.is_some_and(|known| {
            let registry = known.world.rules().registry();
            registry.find(action).is_some_and(|id| registry.info(id).high_risk)
        });
        if matters || !decided.as_ref().is_ok_and(Decision::is_allowed) {
            let subject = known.map(|known| known.subject);
            let decision = decided.as_ref().map_err(|reason| *reason);
            self.note((subject, action), about, decision).await;
        }
        Ok(decided)
    }

    /// Puts them in whose place they act; whether that is somebody.
    pub(super) fn acting(&self, question: &mut Question, acting_for: Option<Whom>) -> bool {
        let Some(whom) = acting_for else { return true };
        question.session.acting_for = self.human(&whom);
        question.session.acting_for.is_some()
    }

    /// The decision on somebody whom we know.
    async fn decided(
        &self,
        (subject, question): (&Subject, &Question),
        (named, resource): (Option<Named>, &Resource),
    ) -> Result<Decided, AskingError> {
        let Some(thing) = self.thing(named, resource).await? else {
            return Ok(Err(UNKNOWN_RESOURCE));
        };
        let decision = question.of((subject, &thing), &self.from)?;
        Ok(decision.ok_or(UNKNOWN_RESOURCE))
    }

    /// What it would be done to, if there is such a thing.
    pub(super) async fn thing(
        &self,
        named: Option<Named>,
        resource: &Resource,
    ) -> Result<Option<Thing>, AskingError> {
        let Some(mut named) = named else { return Ok(None) };
        if let Named::External(it) = &mut named {
            for (duty, by, place) in &resource.done {
                let acting_for = place.as_ref().map(|whom| self.human(whom));
                let (Some(human), None | Some(Some(_))) = (self.human(by), acting_for) else {
                    return Ok(None);
                };
                let acting_for = acting_for.flatten();
                it.object.done.push(DoneDuty { duty: duty.clone(), human, acting_for });
            }
        }
        match Thing::read(self.services, named, At::Now).await? {
            Some(thing) => thing.known(self.services, &self.from).await,
            None => Ok(None),
        }
    }

    async fn note(
        &self,
        (subject, action): (Option<AccessSubject>, &ActionName),
        (stream, resource): (Option<Uuid>, Option<String>),
        decision: Result<&Decision, &'static str>,
    ) {
        let correlation_id = self.correlation_id;
        let asked = Outside { subject, action, stream, resource, decision, correlation_id };
        self.services.gateway.note_outside(&self.asker.caller, asked).await;
    }
}
