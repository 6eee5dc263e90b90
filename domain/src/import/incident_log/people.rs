//! Whom and what a row refers to, by foreign name; the importer makes or finds them.

use crate::kernel::text::{TITLE_MAX, WORD_MAX};
use crate::person::Role;

use super::row::IncidentRow;

/// Stands in when a row names nobody who could have made it.
const NOBODY: &str = "Unknown agent";

/// Somebody the file names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ForeignPerson {
    /// The column's text, white space squeezed: `Resolver 89`. Serves as the person's name.
    pub key: String,
    /// What tells people apart: a login without white space, `resolver-89`; different people, or
    /// the same text on the caller's and on the staff's side, never share one.
    pub login: String,
    /// CLIENT for callers, AGENT for everybody else.
    pub role: Role,
}

/// Everybody and everything a row refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cast {
    /// Who made the row: `sys_updated_by`, else `sys_created_by`, else `opened_by`.
    pub doer: ForeignPerson,
    /// Who reported: `opened_by`, else the doer.
    pub author: ForeignPerson,
    /// For whom: `caller_id`, else the author.
    pub requester: ForeignPerson,
    /// `assigned_to`.
    pub assignee: Option<ForeignPerson>,
    /// `assignment_group`: the name of a support unit.
    pub unit: Option<String>,
    /// `category / subcategory`, as far as they are known: the name of a subject.
    pub subject: Option<String>,
    /// What the ticket is called: the subject and the symptom.
    pub title: String,
}

impl Cast {
    /// Whom and what this row refers to.
    pub fn of(row: &IncidentRow) -> Self {
        let doer = [&row.updated_by, &row.created_by, &row.opened_by]
            .into_iter()
            .flatten()
            .next()
            .map_or(NOBODY, String::as_str);
        let doer = ForeignPerson::staff(doer);
        let author = row.opened_by.as_deref().map_or_else(|| doer.clone(), ForeignPerson::staff);
        let requester = row.caller.as_deref().map_or_else(|| author.clone(), ForeignPerson::client);
        let subject = joined([&row.category, &row.subcategory], " / ");
        let title = [&subject, &row.symptom].into_iter().flatten().cloned().collect::<Vec<_>>();
        let title =
            if title.is_empty() { format!("Incident {}", row.number) } else { title.join(": ") };
        Self {
            doer,
            author,
            requester,
            assignee: row.assigned_to.as_deref().map(ForeignPerson::staff),
            unit: row.group.clone(),
            subject,
            title: title.chars().take(TITLE_MAX).collect(),
        }
    }

    /// Everybody once, in the order of their logins.
    pub fn everyone(&self) -> Vec<&ForeignPerson> {
        let mut people: Vec<_> =
            [&self.doer, &self.author, &self.requester].into_iter().chain(&self.assignee).collect();
        people.sort_by_key(|person| &person.login);
        people.dedup_by_key(|person| &person.login);
        people
    }

    /// Who must belong to which unit before the row's commands are sent (T7).
    pub fn membership(&self) -> Option<(&ForeignPerson, &str)> {
        self.assignee.as_ref().zip(self.unit.as_deref())
    }
}

impl ForeignPerson {
    fn staff(key: &str) -> Self {
        let slug = slug(key);
        let claims_client = [CALLER, CLIENT].iter().any(|side| slug.starts_with(side));
        let login = login(key, slug, claims_client.then_some("agent-"));
        Self { key: key.to_owned(), login, role: Role::Agent }
    }

    fn client(key: &str) -> Self {
        let slug = slug(key);
        let is_caller = slug.starts_with(CALLER);
        let login = login(key, slug, (!is_caller).then_some(CLIENT));
        Self { key: key.to_owned(), login, role: Role::Client }
    }
}

/// How the logins of clients begin, and nobody else's.
const CALLER: &str = "caller-";
const CLIENT: &str = "client-";

/// The slug itself when the key can be read back from it; else a part of it and a digest of the
/// key, so that two keys never share a login.
fn login(key: &str, slug: String, prefix: Option<&str>) -> String {
    let mut spoken = slug.replace('-', " ");
    if let Some(first) = spoken.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    if prefix.is_none() && spoken == key && slug.len() <= WORD_MAX {
        return slug;
    }
    let short: String = slug.chars().take(WORD_MAX / 2).collect();
    format!("{}{short}-{:016x}", prefix.unwrap_or_default(), digest(key))
}

/// Lower case letters and digits, with single dashes for everything else.
fn slug(key: &str) -> String {
    let lower = key.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

/// FNV-1a, 64 bits: tells names apart, keeps no secret.
fn digest(key: &str) -> u64 {
    key.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

fn joined(parts: [&Option<String>; 2], between: &str) -> Option<String> {
    let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    (!parts.is_empty()).then(|| parts.join(between))
}
