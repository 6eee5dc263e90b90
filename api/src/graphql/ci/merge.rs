//! Two items that are the same thing become one.
//!
//! What refers to the one that ends is stored with many others. All of it is read from the view,
//! said anew in one append with the end itself, and each step is decided by its own item's rules. Who
//! began to refer to it meanwhile refers to an item that says what goes on in its place.

use std::collections::{BTreeMap, BTreeSet};

use async_graphql::{Context, Result};
use domain::access::Permission;
use domain::ci::command::{Correct, MergeInto, Relate, Unrelate};
use domain::ci::state::Body;
use domain::ci::{Ci as Known, CiCommand, Origin};
use domain::cmdb::{Catalogue, Class, Datum, Kind};
use domain::kernel::CiId;
use projections::cis::{
    At, CiField, CiFilter, CiQuery, Compare, Operand, RelationQuery, Sort, Way, page, relations_of,
};

use super::input::CiMergeInput;
use super::mutation::CiPayload;
use crate::gateway::Step;
use crate::graphql::access::allowed;
use crate::graphql::command::{Answer, Order, perform_together, refused, told};
use crate::graphql::context::services;
use crate::graphql::error::internal;
use crate::graphql::input::single;
use crate::graphql::payload::input_hash;
use crate::graphql::refusal::{ErrorCode, UserError};

/// Items that may refer to the one that ends; more would be one very large append.
const REFERRING_MAX: usize = 100;

/// The mutation.
pub(super) async fn merge(cx: &Context<'_>, input: CiMergeInput) -> Result<CiPayload> {
    let input_hash = input_hash("CiMergeInput", &input);
    let common = input.common.clone();
    let named = common.client_mutation_id.clone();
    let ids = single::<CiId>("ciId", &input.ci_id)
        .and_then(|from| Ok((from, single::<CiId>("intoId", &input.into_id)?)));
    let (from, into) = match ids {
        Ok(ids) => ids,
        Err(error) => return Ok(refused(named, error)),
    };
    let steps = match steps(cx, from, into).await? {
        Ok(steps) => steps,
        Err(error) => return Ok(refused(named, error)),
    };
    let order = Order { command: steps, stream: from.0, common, input_hash };
    let answer = perform_together(cx, order, |_, error| error).await?;
    let answer = match answer {
        Answer::Done(_, receipt) => Answer::Done(into.0, receipt),
        refused @ Answer::Refused(_) => refused,
    };
    told(cx, named, answer).await
}

async fn steps(
    cx: &Context<'_>,
    from: CiId,
    into: CiId,
) -> Result<std::result::Result<Vec<Step>, UserError>> {
    let services = services(cx)?;
    let journal = services.gateway.journal();
    let ends = journal.load::<Known>(from.0).await.map_err(internal)?.state;
    let goes_on = journal.load::<Known>(into.0).await.map_err(internal)?.state;
    // The end itself comes first: whether the two may be one is told before anything else.
    let mut steps = vec![Step::Ci(from, CiCommand::MergeInto(MergeInto { id: from, into }))];
    // Whoever may not merge is told so, whatever the items are.
    if allowed(cx, Permission::CiMerge).is_err() {
        return Ok(Ok(steps));
    }
    let (Some(ends), Some(goes_on)) = (ends.0, goes_on.0) else { return Ok(Ok(steps)) };
    let catalogue = services.gateway.directory().catalogue().await.map_err(internal)?;
    let Some(class) = catalogue.by_id(goes_on.class) else { return Ok(Ok(steps)) };
    steps.extend(taken_over((from, &ends), (into, &goes_on), class));
    let referring = match referring(cx, (from, &ends), &catalogue).await? {
        Ok(referring) => referring,
        Err(error) => return Ok(Err(error)),
    };
    for other in referring.into_iter().filter(|other| *other != from) {
        let loaded = journal.load::<Known>(other.0).await.map_err(internal)?.state;
        if let Some(body) = loaded.0 {
            steps.extend(said_anew((other, &body), (from, into), &catalogue));
        }
    }
    Ok(Ok(steps))
}

/// What the item that goes on does not know or have yet.
fn taken_over(
    (from, ends): (CiId, &Body),
    (into, goes_on): (CiId, &Body),
    class: &Class,
) -> Vec<Step> {
    let mut by_source: BTreeMap<Origin, BTreeMap<String, Option<Datum>>> = BTreeMap::new();
    for (attribute, sources) in &ends.given {
        let known = goes_on.given.contains_key(attribute);
        if known || class.attribute(attribute).is_none() {
            continue;
        }
        for (name, given) in sources {
            let Some(value) = given.value.value() else { continue };
            let origin = Origin { name: name.clone(), rank: given.rank };
            by_source.entry(origin).or_default().insert(attribute.clone(), Some(value.clone()));
        }
    }
    let values = by_source.into_iter().map(|(origin, attributes)| {
        Step::Ci(into, CiCommand::Correct(Box::new(Correct { id: into, attributes, origin })))
    });
    let links = ends.relations.iter().flat_map(|(name, to)| {
        let found = class.relation(name);
        let full = found.is_none_or(|found| found.single && goes_on.relations.contains_key(name));
        let new = to.iter().filter(move |(to, _)| !full && **to != into && **to != from);
        new.map(move |(to, origin)| (name.clone(), *to, origin.clone()))
    });
    let links = links.map(|(relation, to, origin)| {
        Step::Ci(into, CiCommand::Relate(Relate { relation, to, origin }))
    });
    values.chain(links).collect()
}

/// What another item said of the one that ends, of the one that goes on.
fn said_anew(
    (other, body): (CiId, &Body),
    (from, into): (CiId, CiId),
    catalogue: &Catalogue,
) -> Vec<Step> {
    let mut steps = Vec::new();
    for (name, to) in &body.relations {
        let Some(origin) = to.get(&from) else { continue };
        let (relation, origin) = (name.clone(), origin.clone());
        let unrelate = Unrelate { relation: relation.clone(), to: from, origin: origin.clone() };
        steps.push(Step::Ci(other, CiCommand::Unrelate(unrelate)));
        if other != into && !to.contains_key(&into) {
            let relate = Relate { relation, to: into, origin };
            steps.push(Step::Ci(other, CiCommand::Relate(relate)));
        }
    }
    let class = catalogue.by_id(body.class);
    for (attribute, sources) in &body.given {
        let found = class.and_then(|class| class.attribute(attribute));
        if found.is_none_or(|found| found.kind != Kind::Reference) {
            continue;
        }
        for (name, given) in sources {
            let Some(value) = given.value.value().and_then(|value| renamed(value, from, into))
            else {
                continue;
            };
            let origin = Origin { name: name.clone(), rank: given.rank };
            let attributes = [(attribute.clone(), Some(value))].into();
            let correct = Correct { id: other, attributes, origin };
            steps.push(Step::Ci(other, CiCommand::Correct(Box::new(correct))));
        }
    }
    steps
}

/// The reference with one item instead of the other; none when it names neither.
fn renamed(value: &Datum, from: CiId, into: CiId) -> Option<Datum> {
    let (old, new) = (from.to_string(), Datum::Text(into.to_string()));
    match value {
        Datum::Text(text) => (*text == old).then_some(new),
        Datum::List(values) => {
            let named = values.iter().any(|value| value.as_text() == Some(&old));
            let one = |value: &Datum| match value.as_text() == Some(&old) {
                true => new.clone(),
                false => value.clone(),
            };
            named.then(|| Datum::List(values.iter().map(one).collect()))
        }
        Datum::Truth(_) | Datum::Integer(_) | Datum::Redundancy(_) => None,
    }
}

/// Who refers to an item, by relations or by values.
async fn referring(
    cx: &Context<'_>,
    (from, ends): (CiId, &Body),
    catalogue: &Catalogue,
) -> Result<std::result::Result<BTreeSet<CiId>, UserError>> {
    let reads = &services(cx)?.reads;
    let most = REFERRING_MAX as i64 + 1;
    let query = RelationQuery { way: Some(Way::In), first: most, ..RelationQuery::default() };
    let related = relations_of(reads, &[from], &query).await.map_err(internal)?;
    let mut found: BTreeSet<CiId> = related.into_iter().map(|(_, _, row)| row.from_id).collect();
    let attributes: BTreeSet<(&str, bool)> = catalogue
        .classes()
        .flat_map(|class| &class.attributes)
        .filter(|it| it.of.is_some_and(|of| catalogue.is_a(ends.class, of)))
        .map(|it| (it.name.as_str(), it.list))
        .collect();
    let named = attributes.into_iter().map(|(name, list)| {
        let sort = if list { Sort::Several } else { Sort::Alike };
        let value = Operand::Value(Datum::Text(from.to_string()));
        CiFilter::Is(CiField::Attribute(name.to_owned(), sort), Compare::In(vec![value]))
    });
    let filter = Some(CiFilter::Or(named.collect()));
    let query =
        CiQuery { at: At::Now, filter, search: None, order: Vec::new(), first: 100, after: None };
    let page = page(reads, &query).await.map_err(internal)?;
    found.extend(page.rows.iter().map(|(_, row)| row.ci_id));
    if page.has_next || found.len() > REFERRING_MAX {
        let message = format!("more than {REFERRING_MAX} items refer to it: let fewer do so first");
        return Ok(Err(UserError::new(ErrorCode::InvalidInput, message).at("ciId")));
    }
    Ok(Ok(found))
}
