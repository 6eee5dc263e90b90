//! A least input of every mutation, made from what the schema says of itself: so that a mutation
//! that is added tomorrow is asked as well.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use testbed::Client;

const SCHEMA: &str = "{ __schema { mutationType { fields { name args { name type { ...T } } } }
    types { name kind isOneOf enumValues { name }
            inputFields { name defaultValue type { ...T } } } } }
    fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name
        ofType { kind name ofType { kind name } } } } } }";

/// How deep an id stands in an input at most: in a list's items.
const DEPTH: usize = 3;

/// The inputs of all mutations.
pub(super) struct Forms {
    mutations: Vec<(String, String)>,
    types: BTreeMap<String, Value>,
    /// Ids to put where one is needed, by the field's name.
    known: BTreeMap<&'static str, Value>,
}

impl Forms {
    pub(super) async fn of<const N: usize>(
        client: &Client,
        known: [(&'static str, Value); N],
    ) -> Self {
        let schema = client.data(SCHEMA, json!({})).await["__schema"].clone();
        let types = schema["types"].as_array().unwrap().iter();
        let types = types.map(|it| (it["name"].as_str().unwrap().to_owned(), it.clone())).collect();
        let fields = schema["mutationType"]["fields"].as_array().unwrap().iter();
        let mutations = fields
            .filter_map(|field| {
                let name = field["name"].as_str()?.to_owned();
                Some((name, named(&field["args"][0]["type"]).to_owned()))
            })
            .collect();
        Self { mutations, types, known: known.into() }
    }

    /// The mutations whose input has an id of this name somewhere, each with how its input is made
    /// of one.
    pub(super) fn taking<'f>(
        &'f self,
        name: &'f str,
    ) -> impl Iterator<Item = (String, impl Fn(&Value) -> Value + 'f)> {
        self.mutations.iter().filter(move |(_, input)| self.mentions(input, name, DEPTH)).map(
            move |(mutation, input)| {
                let form = move |id: &Value| self.input(input, (name, id));
                (mutation.clone(), form)
            },
        )
    }

    /// Filters name fields as well, but to compare with them.
    fn mentions(&self, input: &str, name: &str, depth: usize) -> bool {
        !input.ends_with("Where")
            && self.fields(input).iter().any(|field| {
                let inner = named(&field["type"]);
                field["name"] == name
                    || (depth > 0
                        && self.types[inner]["kind"] == "INPUT_OBJECT"
                        && self.mentions(inner, name, depth - 1))
            })
    }

    /// What must be there, and the id.
    fn input(&self, input: &str, id: (&str, &Value)) -> Value {
        let one_of = self.types[input]["isOneOf"] == true;
        let mut object = Map::new();
        for field in self.fields(input) {
            let name = field["name"].as_str().unwrap();
            let needed = field["type"]["kind"] == "NON_NULL" && field["defaultValue"].is_null();
            let inner = named(&field["type"]);
            let leads = name == id.0
                || (self.types[inner]["kind"] == "INPUT_OBJECT"
                    && self.mentions(inner, id.0, DEPTH - 1));
            if needed || leads || (one_of && object.is_empty()) {
                object.insert(name.to_owned(), self.value(name, &field["type"], id));
            }
            if one_of && !object.is_empty() {
                break;
            }
        }
        Value::Object(object)
    }

    fn value(&self, name: &str, kind: &Value, id: (&str, &Value)) -> Value {
        match kind["kind"].as_str().unwrap() {
            "NON_NULL" => self.value(name, &kind["ofType"], id),
            "LIST" => json!([self.value(name, &kind["ofType"], id)]),
            "ENUM" => self.types[named(kind)]["enumValues"][0]["name"].clone(),
            "INPUT_OBJECT" => self.input(named(kind), id),
            _ if name == id.0 => id.1.clone(),
            _ => match named(kind) {
                "ID" => self.known.get(name).cloned().unwrap_or_else(|| json!("x")),
                "Int" => json!(2),
                "Boolean" => json!(true),
                "DateTime" => json!("2031-01-01T00:00:00Z"),
                "Date" => json!("2031-01-01"),
                _ => json!("x"),
            },
        }
    }

    fn fields(&self, input: &str) -> Vec<Value> {
        let of = self.types.get(input).and_then(|it| it["inputFields"].as_array().cloned());
        of.unwrap_or_default()
    }
}

/// The name of a type, without its lists and exclamation marks.
fn named(kind: &Value) -> &str {
    match kind["ofType"].is_null() {
        true => kind["name"].as_str().unwrap(),
        false => named(&kind["ofType"]),
    }
}
