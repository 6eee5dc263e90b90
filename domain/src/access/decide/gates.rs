//! The gates, in their order.

use super::asked::Asked;
use super::candidate::Candidate;
use super::decision::{Decision, Effect, Fault, FieldAnswer, Gate, Reason};
use super::scene::Scene;
use super::world::{SubjectState, World};
use crate::access::model::{
    ActionClass, ActionId, Deny, FieldName, Human, Lifted, Obligation, ObligationSet, SodAction,
    Strength, SubjectKind, Weight,
};
use crate::kernel::SodRuleId;

/// Whether the subject of this world may do what is asked.
pub fn decide(world: &World, asked: &Asked<'_>) -> Decision {
    let mut faults = Vec::new();
    let mut decision = match pass(world, *asked, &mut faults) {
        Ok(decision) => decision,
        Err(reason) => Decision {
            effect: Effect::Deny,
            reason: Some(reason),
            standing: Weight::Ordinary,
            grants: Vec::new(),
            fields: FieldAnswer::default(),
            obligations: ObligationSet::NONE,
            faults: Vec::new(),
            revision: 0,
        },
    };
    faults.sort();
    faults.dedup();
    decision.faults = faults;
    decision.revision = world.revision();
    decision
}

fn pass(world: &World, asked: Asked<'_>, faults: &mut Vec<Fault>) -> Result<Decision, Reason> {
    let action = identity(world, &asked).map_err(Reason::Gate)?;
    let scene = Scene::of(world, asked, action);
    if !scene.has_function(faults) {
        return Err(Reason::NoFunction);
    }
    if let Some(deny) = scene.denied(Strength::Hard, faults) {
        return Err(Reason::HardDeny(deny.id));
    }
    let candidates = scene.candidates(faults)?;
    let candidates = ceiling(&scene, candidates, faults)?;
    if let Some(deny) = scene.denied(Strength::Soft, faults) {
        return Err(Reason::SoftDeny(deny.id));
    }
    let (candidates, watched) = duties(&scene, candidates)?;
    let met = obligations(&scene, &candidates);
    // Without any, the reason is the first gate that would fail even so.
    let able = if met.is_empty() { &candidates } else { &met };
    level(&scene, able)?;
    let fields = fields(&scene, able, faults)?;
    if met.is_empty() {
        return Err(Reason::Obligation(least_unmet(&scene, &candidates)));
    }
    let mut grants: Vec<_> = met.iter().map(|candidate| candidate.given.grant.id).collect();
    grants.sort();
    grants.dedup();
    let terms = met.iter().fold(watched, |terms, candidate| terms.and(candidate.obligations()));
    Ok(Decision {
        effect: Effect::Allow,
        reason: None,
        standing: met.iter().map(Candidate::weight).max().unwrap_or_default(),
        grants,
        fields,
        obligations: terms,
        faults: Vec::new(),
        revision: 0,
    })
}

/// G1.
fn identity(world: &World, asked: &Asked<'_>) -> Result<ActionId, Gate> {
    let action = world.rules.registry.find(asked.action).ok_or(Gate::UnknownAction)?;
    if asked.session.revoked {
        return Err(Gate::Credential);
    }
    if world.state != SubjectState::Active {
        return Err(Gate::SubjectState);
    }
    let approves = world.rules.registry.info(action).class == ActionClass::Approval;
    if approves && world.subject.kind() != SubjectKind::Person {
        return Err(Gate::NonHumanApprover);
    }
    Ok(action)
}

/// K. A delegated grant goes on with each right of whoever delegated it.
fn ceiling<'a>(
    scene: &Scene<'a>,
    candidates: Vec<Candidate<'a>>,
    faults: &mut Vec<Fault>,
) -> Result<Vec<Candidate<'a>>, Reason> {
    let token = scene.asked.session.token.as_ref();
    if token.is_some_and(|token| !token.permits(&scene.info.name)) || !scene.is_within_boundary() {
        return Err(Reason::Ceiling);
    }
    if candidates.iter().all(|candidate| candidate.delegator().is_none()) {
        return Ok(candidates);
    }
    let mut below = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        let Some(person) = candidate.delegator() else {
            below.push(candidate);
            continue;
        };
        let rights = scene.at_delegator(person).map(|scene| scene.own_rights(faults));
        let rights = rights.unwrap_or_default();
        below.extend(rights.iter().map(|right| candidate.bounded(right.given)));
    }
    if below.is_empty() { Err(Reason::Ceiling) } else { Ok(below) }
}

/// D. What is left, and whether somebody is to hear of it. To read is no duty.
fn duties<'a>(
    scene: &Scene<'a>,
    mut candidates: Vec<Candidate<'a>>,
) -> Result<(Vec<Candidate<'a>>, ObligationSet), Reason> {
    let (world, done) = (scene.world, &scene.object().done);
    let mut watched = ObligationSet::NONE;
    if done.is_empty() || scene.info.is_read {
        return Ok((candidates, watched));
    }
    let mut first: Option<SodRuleId> = None;
    for rule in world.rules.duties() {
        let lets_pass = rule.action == SodAction::Record
            || world.is_excepted(Lifted::Sod(rule.id), scene.asked.at);
        candidates.retain(|candidate| {
            let humans = humans(scene, candidate);
            if !rule.broken_by(&scene.info.name, &humans, done) {
                return true;
            }
            if lets_pass {
                watched = watched.and([Obligation::Watch].into_iter().collect());
            } else {
                first.get_or_insert(rule.id);
            }
            lets_pass
        });
    }
    match first {
        Some(rule) if candidates.is_empty() => Err(Reason::Duty(rule)),
        _ => Ok((candidates, watched)),
    }
}

/// Whose deed it would be: the actor's, and of everybody in whose place they act.
fn humans(scene: &Scene<'_>, candidate: &Candidate<'_>) -> Vec<Human> {
    let delegator = candidate.delegator().map(|person| {
        scene.world.delegator(person).and_then(|world| world.human).unwrap_or(Human(person))
    });
    [scene.world.human, scene.asked.session.acting_for, delegator].into_iter().flatten().collect()
}

/// O: the candidates whose obligations are met.
fn obligations<'a>(scene: &Scene<'a>, candidates: &[Candidate<'a>]) -> Vec<Candidate<'a>> {
    let met = |candidate: &&Candidate<'a>| {
        candidate.unmet(scene.asked.session.met) == ObligationSet::NONE
    };
    candidates.iter().filter(met).copied().collect()
}

/// Of the candidate that lacks least, the first obligation it lacks.
fn least_unmet(scene: &Scene<'_>, candidates: &[Candidate<'_>]) -> Obligation {
    let unmet = candidates.iter().map(|candidate| candidate.unmet(scene.asked.session.met));
    let least = unmet.min_by_key(|unmet| (unmet.iter().count(), *unmet));
    least.and_then(|unmet| unmet.iter().next()).unwrap_or(Obligation::ReasonRequired)
}

/// L.
fn level(scene: &Scene<'_>, candidates: &[Candidate<'_>]) -> Result<(), Reason> {
    let required = scene.object().required_level;
    let reaches = scene.info.class != ActionClass::Approval
        || candidates.iter().any(|candidate| candidate.level() >= required);
    if reaches { Ok(()) } else { Err(Reason::Level) }
}

/// F.
fn fields(
    scene: &Scene<'_>,
    candidates: &[Candidate<'_>],
    faults: &mut Vec<Fault>,
) -> Result<FieldAnswer, Reason> {
    let asked = scene.asked.fields;
    if asked.is_empty() {
        return Ok(FieldAnswer::default());
    }
    let denied = scene.field_denies(faults);
    // Of those delegated, what is denied to whoever delegated.
    let denied_above: Vec<Vec<&Deny>> = candidates
        .iter()
        .map(|candidate| candidate.delegator().and_then(|person| scene.at_delegator(person)))
        .map(|above| above.map(|scene| scene.field_denies(faults)).unwrap_or_default())
        .collect();
    let is_in =
        |denies: &[&Deny], field: &FieldName| denies.iter().any(|deny| deny.fields.contains(field));
    let permitted = |field: &FieldName| {
        let personal = scene.object().personal.contains(field);
        !is_in(&denied, field)
            && candidates.iter().zip(&denied_above).any(|(candidate, above)| {
                candidate.permits_field(field, personal) && !is_in(above, field)
            })
    };
    let (allowed, masked): (Vec<_>, Vec<_>) = asked.iter().cloned().partition(permitted);
    if scene.info.is_read || masked.is_empty() {
        return Ok(FieldAnswer { allowed, masked });
    }
    let mut refused = masked;
    refused.sort();
    refused.dedup();
    Err(Reason::Fields(refused))
}
