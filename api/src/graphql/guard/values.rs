//! What arguments and variables say: how large a page is, and that no list is too long.

use std::collections::HashMap;

use async_graphql::{
    Value as ConstValue, Variables,
    parser::types::{Field, OperationDefinition},
};
use async_graphql_value::Value;

use super::limits::LISTS_OF_DAYS;
use super::{GuardCode, GuardRefusal, Limits};

/// Fields that answer with lists as long as they come, and as how long these are charged: what they
/// name is read at once, however long they are.
const WHOLE: [&str; 3] = ["causationTree", "changeSuspects", "impact"];
const WHOLE_COUNT: u64 = 50;

/// How often a field's selection set comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sizes {
    /// Whether the field answers with a connection.
    pub(super) connection: bool,
    /// The page of a connection, or the length of a plain list.
    pub(super) count: u64,
}

/// Values that the text names but does not spell out.
pub(super) struct Values<'a> {
    variables: &'a Variables,
    defaults: HashMap<&'a str, &'a ConstValue>,
    limits: &'a Limits,
}

impl<'a> Values<'a> {
    /// The variables of a request, over the defaults of the operation that would run.
    pub(super) fn new(
        variables: &'a Variables,
        operation: Option<&'a OperationDefinition>,
        limits: &'a Limits,
    ) -> Self {
        let definitions = operation.map_or(&[][..], |found| &found.variable_definitions);
        let defaults = definitions.iter().filter_map(|definition| {
            let default = definition.node.default_value.as_ref()?;
            Some((definition.node.name.node.as_str(), &default.node))
        });
        Self { variables, defaults: defaults.collect(), limits }
    }

    /// The multiplier of one field.
    pub(super) fn sizes(&self, field: &Field) -> Sizes {
        let connection = self.limits.connections.contains(field.name.node.as_str());
        let page = ["first", "last"].iter().filter_map(|name| self.page(field, name)).max();
        let count = match page {
            Some(size) => size,
            None if connection => self.limits.page_default,
            None if WHOLE.contains(&field.name.node.as_str()) => WHOLE_COUNT,
            None => self.length(field, "ids").or_else(|| self.items(field)).unwrap_or(1),
        };
        Sizes { connection, count }
    }

    /// A page size, clamped as the type will clamp it; anything but a number counts as the largest.
    fn page(&self, field: &Field, name: &str) -> Option<u64> {
        let size = match self.argument(field, name)? {
            Value::Null => return None,
            Value::Number(number) => number.as_i64().unwrap_or(i64::MAX),
            _ => i64::MAX,
        };
        Some(u64::try_from(size).unwrap_or(0).min(self.limits.page_max))
    }

    fn length(&self, field: &Field, name: &str) -> Option<u64> {
        match self.argument(field, name)? {
            Value::List(items) => Some(items.len() as u64),
            _ => None,
        }
    }

    /// How many things a bulk mutation is to do: the length of its input's `items`.
    fn items(&self, field: &Field) -> Option<u64> {
        let Value::Object(mut input) = self.argument(field, "input")? else { return None };
        match self.known(input.swap_remove("items")?) {
            Value::List(items) => Some(items.len() as u64),
            _ => None,
        }
    }

    /// An argument, with a variable replaced by its value. Inner variables stay: only the outermost
    /// shape matters here.
    fn argument(&self, field: &Field, name: &str) -> Option<Value> {
        Some(self.known(field.get_argument(name)?.node.clone())).filter(|it| !is_open(it))
    }

    /// A value, or that of the variable it is.
    fn known(&self, value: Value) -> Value {
        let Value::Variable(variable) = &value else { return value };
        let given = self.variables.get(variable);
        let default = self.defaults.get(variable.as_str()).copied();
        given.or(default).map_or(value, |known| known.clone().into_value())
    }

    /// Refuses long lists and deep nesting in the variables of the request.
    pub(super) fn check_variables(&self) -> Result<(), GuardRefusal> {
        self.variables.values().try_for_each(|value| self.check((None, Item::Const(value)), 1))
    }

    /// The same for an argument written in the text.
    pub(super) fn check_argument(&self, value: &Value) -> Result<(), GuardRefusal> {
        self.check((None, Item::Open(value)), 1)
    }

    fn check(&self, (name, item): Named<'_>, level: usize) -> Result<(), GuardRefusal> {
        let deepest = self.limits.value_nesting as u64;
        let what = "a value has levels:";
        GuardRefusal::above(GuardCode::DepthLimit, what, level as u64, deepest)?;
        let (list_length, children) = item.open();
        let of_days = name.is_some_and(|name| LISTS_OF_DAYS.contains(&name));
        let longest = if of_days { self.limits.list_days } else { self.limits.list_items };
        let what = "a list has items:";
        GuardRefusal::above(GuardCode::ListLimit, what, list_length as u64, longest as u64)?;
        children.into_iter().try_for_each(|child| self.check(child, level + 1))
    }
}

/// Whether it is a variable that nobody gave a value.
fn is_open(value: &Value) -> bool {
    matches!(value, Value::Variable(_))
}

/// A value of the text, which may hold variables, or one of the request, which may not.
enum Item<'a> {
    Open(&'a Value),
    Const(&'a ConstValue),
}

/// A value under its name, if it is a field of an input.
type Named<'a> = (Option<&'a str>, Item<'a>);

impl<'a> Item<'a> {
    /// The length if it is a list, and what is inside.
    fn open(self) -> (usize, Vec<Named<'a>>) {
        match self {
            Item::Open(Value::List(items)) => {
                (items.len(), items.iter().map(|it| (None, Item::Open(it))).collect())
            }
            Item::Open(Value::Object(fields)) => {
                let named = fields.iter().map(|(name, it)| (Some(name.as_str()), Item::Open(it)));
                (0, named.collect())
            }
            Item::Const(ConstValue::List(items)) => {
                (items.len(), items.iter().map(|it| (None, Item::Const(it))).collect())
            }
            Item::Const(ConstValue::Object(fields)) => {
                let named = fields.iter().map(|(name, it)| (Some(name.as_str()), Item::Const(it)));
                (0, named.collect())
            }
            Item::Open(_) | Item::Const(_) => (0, Vec::new()),
        }
    }
}
