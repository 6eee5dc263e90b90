//! The schema as it says of itself, and inputs for each of its fields, with one text in one place.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use testbed::Client;

const ASKED: &str = "{ __schema { mutationType { name } queryType { name } types { kind name
    enumValues { name } inputFields { name type { ...T } }
    fields { name args { name type { ...T } } } } } }
    fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name
        ofType { kind name ofType { kind name } } } } } }";

/// How deep inputs in inputs are filled.
const LEVELS: usize = 2;

/// What is never kept as it is sent: it comes back, or its hash alone is kept.
const NOT_KEPT: [&str; 2] = ["clientMutationId", "idempotencyKey"];

/// What the schema says of itself.
pub(crate) struct Schema {
    types: BTreeMap<String, Value>,
    /// Ids that are some, by the name of the field.
    ids: BTreeMap<String, Value>,
}

/// An argument of a query.
pub(crate) struct Wanted {
    pub(crate) field: String,
    pub(crate) argument: String,
    /// Its type as a document writes it.
    pub(crate) of: String,
    /// The other arguments that must be there, with their types.
    pub(crate) required: Vec<(String, String)>,
}

impl Schema {
    pub(crate) async fn of(client: &Client) -> Self {
        let schema = client.data(ASKED, json!({})).await["__schema"].clone();
        let types = schema["types"].as_array().unwrap().iter();
        let types = types.map(|it| (it["name"].as_str().unwrap().to_owned(), it.clone()));
        Self { types: types.collect(), ids: BTreeMap::new() }
    }

    pub(crate) fn with(mut self, ids: &[(&str, &Value)]) -> Self {
        self.ids = ids.iter().map(|(name, id)| ((*name).to_owned(), (*id).clone())).collect();
        self
    }

    /// All of them that take an input, with its type.
    pub(crate) fn mutations(&self) -> Vec<(String, String)> {
        let fields = list(&self.types["Mutation"]["fields"]).iter();
        let one = |field: &Value| {
            let input = list(&field["args"]).iter().find(|it| it["name"] == "input")?;
            Some((text(&field["name"]), written(&input["type"]).replace('!', "")))
        };
        fields.filter_map(one).collect()
    }

    /// The arguments of all queries.
    pub(crate) fn arguments(&self) -> Vec<Wanted> {
        let mut wanted = Vec::new();
        for field in list(&self.types["Query"]["fields"]) {
            let arguments = list(&field["args"]);
            for argument in arguments {
                let others = arguments.iter().filter(|it| *it != argument);
                let required = others.filter(|it| it["type"]["kind"] == "NON_NULL");
                let required = required.map(|it| (text(&it["name"]), written(&it["type"])));
                wanted.push(Wanted {
                    field: text(&field["name"]),
                    argument: text(&argument["name"]),
                    of: written(&argument["type"]),
                    required: required.collect(),
                });
            }
        }
        wanted
    }

    /// Values of a type with this text in them, each in another place; none when it takes no text.
    pub(crate) fn values(&self, of: &str, text: &str) -> Vec<Value> {
        let inner = bare(of);
        let listed = |value: Value| if of.starts_with('[') { json!([value]) } else { value };
        let values = match self.kind(inner) {
            "SCALAR" if !["Int", "Boolean", "Float"].contains(&inner) => vec![json!(text)],
            "INPUT_OBJECT" => {
                let each = self.places(inner, text, LEVELS).into_iter();
                each.map(|(_, value)| value).collect()
            }
            _ => Vec::new(),
        };
        values.into_iter().map(listed).collect()
    }

    /// Inputs that would do but for one text, with the place where it is.
    pub(crate) fn with_each_text(&self, input: &str, text: &str) -> Vec<(String, Value)> {
        self.places(input, text, LEVELS)
    }

    /// What would do, as a document writes it.
    pub(crate) fn literal(&self, of: &str, name: &str) -> String {
        let value = self.plain(of, name, LEVELS);
        if self.kind(bare(of)) == "ENUM" {
            value.to_string().replace('"', "")
        } else {
            value.to_string()
        }
    }

    fn kind(&self, name: &str) -> &str {
        self.types[name]["kind"].as_str().unwrap()
    }

    fn places(&self, input: &str, text: &str, levels: usize) -> Vec<(String, Value)> {
        let mut found = Vec::new();
        for field in list(&self.types[input]["inputFields"]) {
            let (name, of) = (self::text(&field["name"]), written(&field["type"]));
            let inner = bare(&of);
            let secret = name.to_lowercase().contains("password");
            if secret || NOT_KEPT.contains(&name.as_str()) {
                continue;
            }
            let here: Vec<(String, Value)> = match self.kind(inner) {
                "SCALAR" if ["String", "ID"].contains(&inner) => {
                    vec![(String::new(), json!(text))]
                }
                "INPUT_OBJECT" if levels > 0 => self.places(inner, text, levels - 1),
                _ => Vec::new(),
            };
            for (path, value) in here {
                let mut whole = self.filled(input, levels);
                let value = if of.starts_with('[') { json!([value]) } else { value };
                whole.insert(name.clone(), value);
                found.push((format!("{name}.{path}"), Value::Object(whole)));
            }
        }
        found
    }

    /// What must be there, and nothing else.
    fn filled(&self, input: &str, levels: usize) -> Map<String, Value> {
        let fields = list(&self.types[input]["inputFields"]).iter();
        let required = fields.filter(|field| field["type"]["kind"] == "NON_NULL");
        let one = |field: &Value| {
            let (name, of) = (text(&field["name"]), written(&field["type"]));
            let value = self.plain(&of, &name, levels);
            (name, value)
        };
        required.map(one).collect()
    }

    fn plain(&self, of: &str, name: &str, levels: usize) -> Value {
        let inner = bare(of);
        let value = match (self.kind(inner), inner) {
            ("ENUM", _) => self.types[inner]["enumValues"][0]["name"].clone(),
            ("INPUT_OBJECT", _) => Value::Object(self.filled(inner, levels.saturating_sub(1))),
            (_, "Int") => json!(1),
            (_, "Boolean") => json!(true),
            (_, "DateTime") => json!("2027-01-01T00:00:00Z"),
            (_, "Date") => json!("2027-01-01"),
            (_, "ID") => self.ids.get(name).cloned().unwrap_or_else(|| json!("bm9uZQ")),
            _ => json!("plain"),
        };
        if of.starts_with('[') { json!([value]) } else { value }
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// As a document writes it: `[ID!]!`.
fn written(of: &Value) -> String {
    match of["kind"].as_str().unwrap() {
        "NON_NULL" => format!("{}!", written(&of["ofType"])),
        "LIST" => format!("[{}]", written(&of["ofType"])),
        _ => text(&of["name"]),
    }
}

/// Without its brackets.
fn bare(of: &str) -> &str {
    of.trim_matches(['[', ']', '!'])
}
