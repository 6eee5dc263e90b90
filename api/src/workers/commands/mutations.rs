//! The mutations of the schema as lines name them: read from the schema itself, so that there is no
//! second table of them.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    BaseType, FieldDefinition, Type, TypeDefinition, TypeKind, TypeSystemDefinition,
};

use crate::graphql::object_type;

/// What is asked of each mutation; the position and no object, so that no view is waited for.
const ASKED: &str = "position replayed userErrors { code message field meta }";

/// What is no history, and why.
const NOT_IMPORTED: [(&str, Unfit); 19] = [
    ("signIn", Unfit::Session),
    ("signOut", Unfit::Session),
    ("tokenRefresh", Unfit::Session),
    ("sessionRevoke", Unfit::Session),
    ("sessionRevokeOthers", Unfit::Session),
    ("passwordChange", Unfit::Session),
    ("personResetPassword", Unfit::Session),
    ("serviceAccountTokenIssue", Unfit::Session),
    ("notificationsMarkRead", Unfit::Reading),
    ("projectionPause", Unfit::Operation),
    ("projectionResume", Unfit::Operation),
    ("projectionRebuild", Unfit::Operation),
    ("projectionRebuildCancel", Unfit::Operation),
    ("projectionRebuildResume", Unfit::Operation),
    ("projectionRollback", Unfit::Operation),
    ("deadLetterRetry", Unfit::Operation),
    ("deadLetterResolve", Unfit::Operation),
    ("deadLetterDiscard", Unfit::Operation),
    ("complianceReportGenerate", Unfit::Report),
];

/// Why a mutation is not imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Unfit {
    #[error("sessions, passwords and tokens are no history")]
    Session,
    #[error("what somebody has read is no history")]
    Reading,
    #[error("views are made from history, and are none")]
    Operation,
    #[error("a report is counted from the log that it is of")]
    Report,
    #[error("its input has no idempotencyKey to recognise it by")]
    Unnamed,
}

/// All of them, by name.
#[derive(Debug)]
pub(super) struct Mutations(HashMap<String, Result<Arc<Mutation>, Unfit>>);

/// One that lines may name.
#[derive(Debug)]
pub(super) struct Mutation {
    /// Executes it with `$input`.
    pub(super) document: String,
    /// The same, which is validated and left out.
    pub(super) rehearsal: String,
    /// Whether its input has items, each a command by itself.
    pub(super) many: bool,
    /// The type of what it returns, as global ids name it; none when that has no id.
    pub(super) returns: Option<&'static str>,
}

impl Mutations {
    /// Those of the schema that prints so.
    pub(super) fn of(sdl: &str) -> Self {
        let types = types(sdl);
        let fields = types.fields("Mutation");
        let named = |field: &FieldDefinition| {
            (field.name.node.to_string(), types.mutation(field).map(Arc::new))
        };
        Self(fields.map(named).collect())
    }

    pub(super) fn get(&self, name: &str) -> Option<&Result<Arc<Mutation>, Unfit>> {
        self.0.get(name)
    }
}

/// What becomes of a line with each mutation of the schema: its name, and why it is refused.
pub fn fates() -> Vec<(String, Option<String>)> {
    let mutations = Mutations::of(&crate::graphql::sdl()).0.into_iter();
    let mut all: Vec<_> =
        mutations.map(|(name, fate)| (name, fate.err().map(|unfit| unfit.to_string()))).collect();
    all.sort();
    all
}

/// The types of the schema, by name.
struct Types(HashMap<String, TypeKind>);

fn types(sdl: &str) -> Types {
    let document = parse_schema(sdl).expect("a built schema prints a schema");
    let named = document.definitions.into_iter().filter_map(|definition| match definition {
        TypeSystemDefinition::Type(definition) => {
            let TypeDefinition { name, kind, .. } = definition.node;
            Some((name.node.to_string(), kind))
        }
        TypeSystemDefinition::Schema(_) | TypeSystemDefinition::Directive(_) => None,
    });
    Types(named.collect())
}

impl Types {
    fn fields(&self, name: &str) -> impl Iterator<Item = &FieldDefinition> {
        let fields = match self.0.get(name) {
            Some(TypeKind::Object(object)) => object.fields.as_slice(),
            _ => &[],
        };
        fields.iter().map(|field| &field.node)
    }

    /// The type of an input's field, if it has one of this name.
    fn input(&self, name: &str, field: &str) -> Option<&Type> {
        let Some(TypeKind::InputObject(input)) = self.0.get(name) else { return None };
        let found = input.fields.iter().find(|it| it.node.name.node == field)?;
        Some(&found.node.ty.node)
    }

    fn mutation(&self, field: &FieldDefinition) -> Result<Mutation, Unfit> {
        let name = field.name.node.as_str();
        if let Some((_, unfit)) = NOT_IMPORTED.iter().find(|(refused, _)| *refused == name) {
            return Err(*unfit);
        }
        let input = field.arguments.iter().find(|argument| argument.node.name.node == "input");
        let input = &input.ok_or(Unfit::Unnamed)?.node.ty.node;
        let has_key = |name: &str| self.input(name, "idempotencyKey").is_some();
        let many = match self.input(innermost(input), "items") {
            Some(items) if has_key(innermost(items)) => true,
            _ if has_key(innermost(input)) => false,
            _ => return Err(Unfit::Unnamed),
        };
        let asked = if many { format!("results {{ {ASKED} }}") } else { ASKED.to_owned() };
        let document = |directive: &str| {
            format!(
                "mutation($input: {input}) {{ {name}(input: $input){directive} {{ {asked} }} }}"
            )
        };
        Ok(Mutation {
            document: document(""),
            rehearsal: document(" @skip(if: true)"),
            many,
            returns: self.returned(innermost(&field.ty.node)),
        })
    }

    /// The type of the object in a payload, or in those of its results.
    fn returned(&self, payload: &str) -> Option<&'static str> {
        let mut fields = self.fields(payload);
        fields.find_map(|field| match &field.ty.node.base {
            BaseType::Named(name) => object_type(name),
            BaseType::List(one) if field.name.node == "results" => self.returned(innermost(one)),
            BaseType::List(_) => None,
        })
    }
}

fn innermost(ty: &Type) -> &str {
    match &ty.base {
        BaseType::Named(name) => name,
        BaseType::List(inner) => innermost(inner),
    }
}
