//! The queries of the book's pages, with what they are given.

use async_graphql::parser::parse_query;
use async_graphql::parser::types::{DocumentOperations, Selection, SelectionSet};
use serde_json::{Value, json};

use crate::tidy::source::files;

/// The pages that show requests.
const PAGES: [&str; 2] = ["docs/how-to/", "docs/tutorial/"];
/// What is not read by itself: a page's rows come with the page, its end with its rows.
const PARTS: [&str; 3] = ["nodes", "pageInfo", "values"];
/// How a query names an item that is given to it.
const OF_ITEMS: [&str; 2] = ["ci(id: $id", "(ciId: $id"];
/// What fields without fields of their own read besides their row.
const PRICES: [(&str, usize); 28] = [
    ("totalCount", 1),
    ("count", 1),
    ("peopleCount", 1),
    ("unreadNotices", 1),
    // What is in a ticket, and whether the reader sees it still.
    ("conversation", 2),
    ("tags", 1),
    ("watchers", 2),
    ("links", 2),
    ("children", 2),
    ("attachments", 2),
    ("fields", 2),
    ("quality", 2),
    ("timeline", 2),
    // Who watches, and the settings.
    ("allowedActions", 2),
    // The ticket or the access request, who did it, what was asked for, a role or a rule of either
    // sort, and the deployment's language.
    ("message", 7),
    // The sources that were heard, the classes' version, and the counts.
    ("ciHealth", 3),
    // The items, and the classes' version.
    ("ci", 2),
    ("cis", 2),
    // The roles there are, and what other systems have.
    ("permissions", 2),
    // What happened, and the classes' version.
    ("ciDiff", 2),
    // Which those are that name it, and they themselves; counted, all of that once more.
    ("ci.tickets", 3),
    // The moment's place, how far items are shown, what differs, and the classes of then.
    ("baselineDiff", 4),
    // The ticket and its dossier, whoever is asked about, and how often the rules have changed.
    ("can", 4),
    // How long it may take, twice the last checkpoint, the period, what is folded twice, the checkpoints
    // at its ends and the last, and what was signed.
    ("complianceReport", 12),
    ("evidence", 1),
    // The ticket and its dossier, the moment's instant, and what rights depended on.
    ("whoCan", 4),
    // As it was: its events besides, and whether the reader sees it still.
    (".ticket", 3),
    // As it was: the moment's instant, which they were, and their events.
    (".queueTickets", 3),
];

/// A query as it stands on a page.
pub(super) struct Document {
    /// The page and the line.
    pub(super) place: String,
    /// The query.
    pub(super) text: String,
    /// Its variables, with placeholders; null when the page gives none.
    pub(super) variables: Value,
}

/// All of them, in the order of the pages.
pub(super) fn queries() -> Vec<Document> {
    let pages = files(&["md"]);
    let pages = pages.iter().filter(|page| PAGES.iter().any(|start| page.path.starts_with(start)));
    let documents = pages.flat_map(|page| {
        let fences = fences(&page.text);
        let mut found = Vec::new();
        for (index, fence) in fences.iter().enumerate() {
            let change = ["mutation", "subscription", "fragment"];
            if fence.language != "graphql" || change.iter().any(|word| fence.text.starts_with(word))
            {
                continue;
            }
            let given = fences.get(index + 1).filter(|next| next.line == fence.end + 1);
            let given = given.filter(|next| next.language == "json");
            let given = given.and_then(|next| serde_json::from_str::<Value>(&next.text).ok());
            found.push(Document {
                place: format!("{}:{}", page.path, fence.line),
                text: fence.text.clone(),
                variables: given.filter(|json| json.get("data").is_none()).unwrap_or(Value::Null),
            });
        }
        found
    });
    documents.collect()
}

/// A fenced block of a page.
struct Fence {
    language: String,
    text: String,
    line: usize,
    end: usize,
}

fn fences(page: &str) -> Vec<Fence> {
    let mut found: Vec<Fence> = Vec::new();
    let mut open = false;
    for (index, line) in page.lines().enumerate() {
        match (line.strip_prefix("```"), open) {
            (Some(language), false) => found.push(Fence {
                language: language.to_owned(),
                text: String::new(),
                line: index + 1,
                end: 0,
            }),
            (Some(_), true) => found.last_mut().unwrap().end = index + 1,
            (None, true) => {
                let text = &mut found.last_mut().unwrap().text;
                text.push_str(line);
                text.push('\n');
            }
            (None, false) => continue,
        }
        if line.starts_with("```") {
            open = !open;
        }
    }
    found
}

impl Document {
    /// The most statements it may take: one for each thing that is read or counted.
    pub(super) fn bound(&self) -> usize {
        let document = parse_query(&self.text).unwrap();
        match &document.operations {
            DocumentOperations::Single(one) => cost("", &one.node.selection_set.node),
            DocumentOperations::Multiple(all) => {
                all.values().map(|one| cost("", &one.node.selection_set.node)).sum()
            }
        }
    }

    /// The same with another size of every page; none when it names no size.
    pub(super) fn sized(&self, first: u32) -> Option<String> {
        let mut parts = self.text.split("first: ");
        let mut text = parts.next()?.to_owned();
        let mut named = false;
        for part in parts {
            let rest = part.trim_start_matches(|digit: char| digit.is_ascii_digit());
            let size = if rest.len() < part.len() { first.to_string() } else { String::new() };
            named |= !size.is_empty();
            text += &format!("first: {size}{rest}");
        }
        named.then_some(text)
    }

    /// The query and its variables with something real in the place of what a page cannot know.
    pub(super) fn filled(&self, text: &str, real: &[(&str, String)]) -> (String, Value) {
        let fill = |text: &str| {
            real.iter()
                .fold(text.to_owned(), |text, (placeholder, id)| text.replace(placeholder, id))
        };
        let variables = match &self.variables {
            // The pages that give none mean the item or the ticket they are about.
            Value::Null if OF_ITEMS.iter().any(|of| text.contains(of)) => json!({"id": "$ITEM"}),
            Value::Null if text.contains("$id: ID!") => json!({"id": "$TICKET"}),
            given => given.clone(),
        };
        (fill(text), serde_json::from_str(&fill(&variables.to_string())).unwrap())
    }
}

/// What the fields below one of this name read.
fn cost(within: &str, set: &SelectionSet) -> usize {
    let costs = set.items.iter().map(|item| match &item.node {
        Selection::Field(field) => {
            let (name, below) = (field.node.name.node.as_str(), &field.node.selection_set.node);
            let whole = !below.items.is_empty() && !PARTS.contains(&name);
            let priced = |wanted: &str| PRICES.iter().find(|(priced, _)| *priced == wanted);
            let price = priced(&format!("{within}.{name}")).or_else(|| priced(name));
            price.map_or(usize::from(whole), |(_, price)| *price) + cost(name, below)
        }
        Selection::InlineFragment(part) => cost(within, &part.node.selection_set.node),
        Selection::FragmentSpread(_) => 0,
    });
    costs.sum()
}
