//! `tests/golden/asked-permissions.txt`: which permissions every root field of the schema, every route
//! and every export asks for, as the guard hears it. What asks for none has its reason there, and
//! what nobody was heard to ask for, too.

mod document;
mod heard;
mod known;
mod node;
mod routes;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;

use domain::access::Permission;
use strum::IntoEnumIterator as _;

use self::document::Documents;
use self::known::Known;
use self::node::Node;
use crate::tidy::golden;
use crate::tidy::source::{files, root};

const HEAD: &str = "\
# Which permissions are asked for, by root field, route and export, as the guard hears it while each of them
# is tried by an administrator, an agent and a client. Which of them one has is in permission-matrix.txt.
";

const FILE: &str = "tests/golden/asked-permissions.txt";

/// What stands in the file in the place of permissions, before the reason.
const NONE: &str = " none: ";

/// By what is tried, what it asked for.
type Asked = BTreeMap<String, BTreeSet<String>>;

#[test]
fn whatever_can_be_asked_for_asks_for_a_permission() {
    let node = Node::open();
    // First by HTTP: some mutation ends the sessions.
    let known = node.done(Known::of(&node.clients[0]));
    let mut asked = routes::tried(&node, &known);
    for (name, attempts) in Documents::of(&api::graphql::sdl(), known.there()).all() {
        asked.insert(name, node.heard_of(&attempts));
    }
    node.close();

    let mut told = Told { reasons: reasons(), without: Vec::new(), text: String::from(HEAD) };
    let mut section = "";
    for (name, permissions) in &asked {
        let begun = name.split(' ').next().unwrap();
        if begun != section {
            section = begun;
            told.text.push('\n');
        }
        told.line(name, permissions);
    }
    told.text.push_str("\n# Heard of none of them.\n\n");
    let heard: BTreeSet<&String> = asked.values().flatten().collect();
    let unheard = Permission::iter().map(|it| it.to_string()).filter(|it| !heard.contains(it));
    unheard.for_each(|permission| told.line(&permission, &BTreeSet::new()));
    golden::compare(FILE, &told.text);
    assert!(told.without.is_empty(), "{FILE} gives no reason why none: {:#?}", told.without);
}

/// The file as it becomes.
struct Told {
    reasons: BTreeMap<String, String>,
    /// What would need a reason and has none.
    without: Vec<String>,
    text: String,
}

impl Told {
    fn line(&mut self, name: &str, permissions: &BTreeSet<String>) {
        let all: Vec<&str> = permissions.iter().map(String::as_str).collect();
        let told = match (all.is_empty(), self.reasons.get(name)) {
            (false, _) => format!(" {}", all.join(" ")),
            (true, Some(reason)) => format!("{NONE}{reason}"),
            (true, None) => {
                self.without.push(name.to_owned());
                String::new()
            }
        };
        writeln!(self.text, "{name:<44}{told}").unwrap();
    }
}

/// Why some ask for none, as the file says. Reviewed: whoever adds one writes there why nobody's rights
/// are in question.
fn reasons() -> BTreeMap<String, String> {
    let text = fs::read_to_string(root().join(FILE)).unwrap_or_default();
    let given = text.lines().filter_map(|line| line.split_once(NONE));
    given.map(|(name, reason)| (name.trim().to_owned(), reason.to_owned())).collect()
}

#[test]
fn every_permission_is_named_where_it_is_asked_for() {
    let sources = files(&["rs"]);
    let api = sources.iter().filter(|file| file.path.starts_with("api/src/") && !file.is_test());
    let text: String = api.flat_map(|file| file.code().map(|(_, line)| line)).collect();
    let words: BTreeSet<&str> =
        text.split(|letter: char| !letter.is_alphanumeric() && letter != ':').collect();
    let is_named = |permission: &Permission| {
        ["Permission", "P"].iter().any(|list| words.contains(&*format!("{list}::{permission:?}")))
    };
    let unused: Vec<Permission> = Permission::iter().filter(|it| !is_named(it)).collect();
    assert!(unused.is_empty(), "no code asks for these: {unused:?}");
}
