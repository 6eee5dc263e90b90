//! Which fields answer with a connection, read from the schema once at start.

use std::collections::HashSet;

use async_graphql::Positioned;
use async_graphql::parser::{
    Error, parse_schema,
    types::{BaseType, FieldDefinition, Type, TypeKind, TypeSystemDefinition},
};

/// The names of all fields whose type's name ends in `Connection`.
///
/// A name is enough for the guard: one that stands for a connection in one type and for something
/// else in another is charged as a connection in both.
///
/// # Errors
/// When `sdl` is not a schema, which for the text that a built schema prints cannot be.
pub fn connection_fields(sdl: &str) -> Result<HashSet<String>, Error> {
    let mut names = HashSet::new();
    for definition in parse_schema(sdl)?.definitions {
        let TypeSystemDefinition::Type(definition) = definition else { continue };
        let fields = match definition.node.kind {
            TypeKind::Object(object) => object.fields,
            TypeKind::Interface(interface) => interface.fields,
            _ => continue,
        };
        names.extend(fields.into_iter().filter_map(connection_name));
    }
    Ok(names)
}

fn connection_name(field: Positioned<FieldDefinition>) -> Option<String> {
    let is_connection = named_type(&field.node.ty.node).ends_with("Connection");
    is_connection.then(|| field.node.name.node.to_string())
}

fn named_type(ty: &Type) -> &str {
    match &ty.base {
        BaseType::Named(name) => name.as_str(),
        BaseType::List(inner) => named_type(inner),
    }
}
