//! The schema as a whole, without a database: what it says of itself, and who gets in.

mod codes;
mod doors;
mod fields;
mod ids;
mod payload;
mod schema;

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{TypeDefinition, TypeSystemDefinition};

/// The types that the schema defines.
fn types() -> Vec<TypeDefinition> {
    let sdl = super::sdl();
    let document = parse_schema(sdl).expect("a built schema prints a schema");
    document
        .definitions
        .into_iter()
        .filter_map(|definition| match definition {
            TypeSystemDefinition::Type(definition) => Some(definition.node),
            TypeSystemDefinition::Schema(_) | TypeSystemDefinition::Directive(_) => None,
        })
        .collect()
}
