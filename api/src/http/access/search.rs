//! Who may do this to that, and what may somebody do to it. Of searches nothing is kept: nobody is
//! about to do anything.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::access::decide::Decision;
use domain::access::model::{AccessSubject, ActionClass, ActionName, SubjectKind};
use serde_json::{Value, json};

use super::super::refusal::Refusal;
use super::evaluating::Evaluating;
use super::read::{Resource, Wanted, circumstances, part};
use super::wire::{Deed, Evaluation, Page, Search};
use crate::asking::Found;
use crate::graphql::global_id;

/// Rows of an answer.
const ROWS_MAX: u32 = 100;
const ROWS: u32 = 50;

impl Evaluating<'_> {
    /// Who may do this to that: people or programs, a part at a time.
    pub(super) async fn subjects(mut self, asked: Search) -> Result<Value, Refusal> {
        if !self.asker.explained {
            return Err(Refusal::forbidden());
        }
        let kind = match part("subject", asked.subject)?.kind.as_str() {
            "person" => SubjectKind::Person,
            "service_account" => SubjectKind::Service,
            _ => return Err(Refusal::unfit("subject.type", "is person or service_account")),
        };
        let mut resource = Resource::read("resource", part("resource", asked.resource)?)?;
        resource.must_take("subject.type", kind == SubjectKind::Service)?;
        let action = part("action", asked.action)?;
        let (question, acting_for) = circumstances("", (action, asked.context), &resource)?;
        if acting_for.is_some() {
            return Err(Refusal::unfit("context.acting_for", "is nobody's who is searched for"));
        }
        self.may_ask_about(&resource).await?;
        let page = place(&asked.page, kind)?;
        self.identify(resource.logins().collect()).await?;
        let named = resource.named.take();
        let thing = self.thing(named, &resource).await?;
        let found = match &thing {
            Some(thing) => {
                question.of_all(self.services, (thing, &self.from), page, Some(kind)).await?
            }
            None => Found::default(),
        };
        let result = |subject: &AccessSubject| match subject {
            AccessSubject::Person(id) => json!({"type": "person", "id": global_id(*id)}),
            AccessSubject::Service(id) => json!({"type": "service_account", "id": global_id(*id)}),
            AccessSubject::Group(id) => json!({"type": "access_group", "id": global_id(*id)}),
        };
        let results: Vec<Value> = found.found.iter().map(|(subject, _)| result(subject)).collect();
        let next = found.next.map(|next| URL_SAFE_NO_PAD.encode(next.to_string()));
        let count = results.len();
        let page = json!({"next_token": next.unwrap_or_default(), "count": count});
        Ok(json!({"results": results, "page": page}))
    }

    /// What somebody may do to that, of all that its type knows: at most some 200 actions.
    pub(super) async fn actions(mut self, asked: Search) -> Result<Value, Refusal> {
        // The question of each action is the same but for the action.
        let first = Deed { name: ActionName::USE.to_owned(), properties: None };
        let Search { subject, resource, context, .. } = asked;
        let whole = Evaluation { subject, action: Some(first), resource, context };
        let wanted = Wanted::read("", whole)?;
        self.may_ask_about(&wanted.resource).await?;
        self.know(std::slice::from_ref(&wanted)).await?;
        let Wanted { subject, mut question, acting_for, mut resource } = wanted;
        let named = resource.named.take();
        let known = self.subject(&subject).filter(|_| self.acting(&mut question, acting_for));
        let thing = self.thing(named, &resource).await?;
        let mut results = Vec::new();
        if let Some((known, thing)) = known.zip(thing.as_ref()) {
            for (_, action) in known.world.rules().registry().actions() {
                let is_its = action.name.object_type() == resource.kind;
                if !is_its || action.class == ActionClass::Function {
                    continue;
                }
                question.action = action.name.clone();
                let decision = question.of((known, thing), &self.from)?;
                if decision.as_ref().is_some_and(Decision::is_allowed) {
                    results.push(json!({"name": action.name}));
                }
            }
        }
        Ok(json!({"results": results}))
    }
}

/// How many, and behind whom.
fn place(page: &Page, kind: SubjectKind) -> Result<(usize, Option<AccessSubject>), Refusal> {
    let limit = page.limit.unwrap_or(ROWS);
    if !(1..=ROWS_MAX).contains(&limit) {
        return Err(Refusal::unfit("page.limit", format!("is 1 to {ROWS_MAX}")));
    }
    let token = page.token.as_deref().filter(|token| !token.is_empty());
    let after = token.map(|token| {
        let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
        let subject: AccessSubject = String::from_utf8(bytes).ok()?.parse().ok()?;
        (subject.kind() == kind).then_some(subject)
    });
    let unfit = || Refusal::unfit("page.token", "is none that this search gave out");
    let after = after.map(|after| after.ok_or_else(unfit)).transpose()?;
    Ok((limit as usize, after))
}
