//! One verb a file; the bounds of what is defined stand here.

pub mod define;
pub mod redefine;
pub mod retire;

use std::collections::BTreeMap;

use super::event::Verb;
use super::refusal::ResourceTypeRefusal;
use super::state::Body;
use crate::access::model::{ActionClass, ActionName};
use crate::kernel::text::{self, NAME_MAX};
use crate::kernel::{Actor, Context};

/// How many verbs a type has.
pub(super) const VERBS_MAX: usize = 200;
/// Letters of a system, a type or a verb.
pub(super) const WORD_MAX: usize = 32;
/// Annals itself, whose types are not defined by anybody.
const OURS: &str = "annals";

/// RT2
fn is_word(word: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    word.len() <= WORD_MAX
        && word.starts_with(|c: char| c.is_ascii_lowercase())
        && word.chars().all(fits)
}

/// RT2: whether another system can be called so.
pub fn is_system(word: &str) -> bool {
    is_word(word) && word != OURS
}

fn fit_label(label: &str) -> Result<String, ResourceTypeRefusal> {
    text::line(label, NAME_MAX).map_err(ResourceTypeRefusal::LabelUnfit)
}

/// RT2, RT3
fn verbs_must_fit(verbs: &BTreeMap<String, Verb>) -> Result<(), ResourceTypeRefusal> {
    if verbs.is_empty() || verbs.len() > VERBS_MAX {
        return Err(ResourceTypeRefusal::VerbsUnfit);
    }
    for (word, verb) in verbs {
        if !is_word(word) || word == ActionName::USE {
            return Err(ResourceTypeRefusal::VerbUnfit { verb: word.clone() });
        }
        if verb.class == ActionClass::Function {
            return Err(ResourceTypeRefusal::ClassUnfit { verb: word.clone() });
        }
    }
    Ok(())
}

/// RT5
fn must_be_theirs(body: &Body, cx: &Context) -> Result<(), ResourceTypeRefusal> {
    match cx.actor {
        Actor::Service(program) if body.definition.registrar != Some(program) => {
            Err(ResourceTypeRefusal::NotRegistrar)
        }
        _ => Ok(()),
    }
}
