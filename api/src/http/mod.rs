//! What is HTTP: routes, layers, and their wire formats.

mod access;
mod attachments;
pub mod context;
mod exports;
pub mod graphql;
mod health;
mod imports;
mod layers;
mod listening;
mod refusal;
mod reports;

use std::sync::Arc;

use axum::Router;
use axum::http::header;
use axum::response::Html;
use axum::routing::get;
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::sync::watch;

use crate::boot::App;
use crate::boot::serve::ServerOptions;
use crate::graphql::guard::{Limits, connection_fields};
use graphql::Endpoint;
pub(crate) use layers::around;

/// GraphiQL's page brings its own scripts and styles from a public host; it is for trying things.
const GRAPHIQL_POLICY: &str = "default-src 'self' 'unsafe-inline' https://unpkg.com data: blob:; \
                               frame-ancestors 'none'";

/// All routes with their layers.
pub fn router(
    app: &App,
    metrics: Option<PrometheusHandle>,
    options: ServerOptions,
    stopping: watch::Receiver<bool>,
) -> Router {
    let sdl = crate::graphql::sdl();
    let connections = connection_fields(&sdl).expect("our own schema can be parsed");
    let limits = Limits::with_connections(connections);
    let context = Arc::new(context::Requests::new(app, stopping.clone()));
    let schema = crate::graphql::schema(app);
    let endpoint = Arc::new(Endpoint::new(schema, limits, Arc::clone(&context) as _));
    let mut router = graphql::routes(endpoint)
        .route("/graphql/schema.graphql", get(move || async move { sdl }))
        .merge(access::routes(Arc::clone(&context)))
        .merge(attachments::routes(app, Arc::clone(&context)))
        .merge(exports::routes(app, Arc::clone(&context)))
        .merge(imports::routes(Arc::clone(&context)))
        .merge(reports::routes(context))
        .merge(health::routes(app, metrics, stopping));
    if options.graphiql {
        let policy = (header::CONTENT_SECURITY_POLICY, GRAPHIQL_POLICY);
        router = router.route("/graphiql", get(async move || ([policy], Html(graphiql()))));
    }
    around(router)
}

fn graphiql() -> String {
    async_graphql::http::GraphiQLSource::build().endpoint("/graphql").title("Annals").finish()
}
