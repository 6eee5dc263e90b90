//! The merged roots, and how a schema is built from them. What a field does stands in its noun's
//! folder.

use async_graphql::{EmptySubscription, MergedObject, SDLExportOptions, SchemaBuilder};

use super::context::Services;
use super::node::NodeQuery;
use super::notice::{NoticeMutation, NoticeQuery};
use super::person::{PersonMutation, PersonQuery};
use super::projection::ProjectionQuery;
use super::session::SessionMutation;
use super::settings::{SettingsMutation, SettingsQuery};
use super::subject::{SubjectMutation, SubjectQuery};
use super::ticket::{TicketMutation, TicketQuery};
use super::timeline::TimelineQuery;
use super::unit::{UnitMutation, UnitQuery};
use crate::boot::App;

/// Deepest document the library lets through; the introspection of graphql-js needs 15. The
/// document guard is stricter with everything else.
const DEPTH: usize = 16;

/// Everything that can be read.
#[derive(MergedObject, Default)]
pub struct Query(
    NodeQuery,
    TicketQuery,
    PersonQuery,
    UnitQuery,
    SubjectQuery,
    SettingsQuery,
    NoticeQuery,
    TimelineQuery,
    ProjectionQuery,
);

/// Everything that can be done.
#[derive(MergedObject, Default)]
pub struct Mutation(
    SessionMutation,
    TicketMutation,
    PersonMutation,
    UnitMutation,
    SubjectMutation,
    SettingsMutation,
    NoticeMutation,
);

/// The schema.
pub type Schema = async_graphql::Schema<Query, Mutation, EmptySubscription>;

/// The schema with the services its resolvers work with. Every request wants
/// [`Visit::enter`](super::Visit::enter); without it the caller is a stranger.
#[must_use]
pub fn schema(app: &App) -> Schema {
    builder().data(Services::of(app)).finish()
}

/// The schema's text in one order, for the reference and for clients.
#[must_use]
pub fn sdl() -> String {
    let options = SDLExportOptions::new()
        .sorted_fields()
        .sorted_arguments()
        .sorted_enum_items()
        .prefer_single_line_descriptions()
        .use_space_ident();
    builder().finish().sdl_with_options(options)
}

/// Names are not proposed: they would tell a stranger the schema.
pub(super) fn builder() -> SchemaBuilder<Query, Mutation, EmptySubscription> {
    async_graphql::Schema::build(Query::default(), Mutation::default(), EmptySubscription)
        .limit_depth(DEPTH)
        .disable_suggestions()
}
