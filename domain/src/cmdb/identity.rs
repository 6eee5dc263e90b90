//! What tells items apart, as claims: no two items hold the same.

use std::fmt::Write as _;

use crate::kernel::{CiClassId, CiId, ClaimKey};

/// The scope of the claims.
pub const IDENTITY: &str = "ci.identity";

/// Longest key, in bytes, that is stored as it is: an index holds no row of several thousand.
const PLAIN_MAX: usize = 1_000;

/// What an item has of an identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A value, as [`Datum::plain`](super::Datum::plain) tells it.
    Plain(String),
    /// A value that tells of a person.
    Personal(String),
    /// Where a single relation goes.
    Item(CiId),
}

/// The keys an item of this class holds: one for each rule of which it has the first part. What else
/// the first rule names may be absent, and is part of the key as such; of the others it has to have
/// all.
pub fn identities(
    class: CiClassId,
    rules: &[Vec<String>],
    part: impl Fn(&str) -> Option<Part>,
) -> Vec<ClaimKey> {
    rules.iter().zip(0..).filter_map(|(rule, nr)| key(class, (rule, nr), &part)).collect()
}

/// How the keys of all items of this class begin whose first rule has this first part and others
/// besides; it ends with a slash. None: keys of such a part are not stored as they are.
pub fn identity_beginning(class: CiClassId, first: &Part) -> Option<String> {
    let found = match first {
        Part::Item(to) => to.to_string(),
        Part::Plain(value) => value.to_lowercase(),
        Part::Personal(_) => return None,
    };
    Some(format!("{class}/0/{}:{found}/", found.len()))
}

fn key(
    class: CiClassId,
    (rule, nr): (&[String], usize),
    part: &impl Fn(&str) -> Option<Part>,
) -> Option<ClaimKey> {
    let mut text = format!("{class}/{nr}");
    let mut personal = false;
    for (name, place) in rule.iter().zip(0..) {
        let found = match part(name) {
            None if place == 0 || nr > 0 => return None,
            None => String::new(),
            Some(Part::Item(to)) => to.to_string(),
            Some(Part::Plain(value)) => value.to_lowercase(),
            Some(Part::Personal(value)) => {
                personal = true;
                value.to_lowercase()
            }
        };
        // With its length, no value can look like the end of one and the beginning of another.
        let _ = write!(text, "/{}:{found}", found.len());
    }
    // A hash is short, whatever it is of.
    let hashed = personal || text.len() > PLAIN_MAX;
    Some(if hashed { ClaimKey::Personal(text) } else { ClaimKey::Plain(text) })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{Part, identities, identity_beginning};
    use crate::kernel::{CiClassId, ClaimKey};

    const CLASS: CiClassId = CiClassId(Uuid::from_u128(7));

    fn plain(text: &str) -> Part {
        Part::Plain(text.to_owned())
    }

    #[test]
    fn keys_begin_as_their_first_part_says_and_those_of_others_do_not() {
        let rules = [vec!["name".to_owned(), "organization".to_owned()]];
        let key = |name: &str, organization: Option<&str>| {
            let part = |part: &str| match part {
                "name" => Some(plain(name)),
                _ => organization.map(plain),
            };
            match identities(CLASS, &rules, part).remove(0) {
                ClaimKey::Plain(text) => text,
                ClaimKey::Personal(_) => panic!("nothing here tells of a person"),
            }
        };
        let start = identity_beginning(CLASS, &plain("Mail")).unwrap();
        assert!(start.ends_with('/'));
        for organization in [None, Some("Demo"), Some("1:x/")] {
            assert!(key("mail", organization).starts_with(&start));
        }
        for other in ["mail/", "mails", "mai", "mail/4:demo"] {
            assert!(!key(other, Some("Demo")).starts_with(&start), "{other}");
        }
        assert_eq!(identity_beginning(CLASS, &Part::Personal("Ada".to_owned())), None);
    }
}
