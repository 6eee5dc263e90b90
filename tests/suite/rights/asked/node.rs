//! A node in the test's own process, whose requests are executed on the test's own thread.

use std::collections::BTreeSet;
use std::sync::Arc;

use api::boot::App;
use api::boot::serve::{Server, ServerOptions};
use api::gateway::Caller;
use api::graphql::{Progress, Schema, Services, Visit, schema};
use async_graphql::Request;
use futures_util::StreamExt;
use testbed::{Client, DEMO_PASSWORD, World};
use tokio::runtime::{Builder, Runtime};
use tracing_subscriber::layer::SubscriberExt;

use super::heard::Heard;

/// Who tries everything: a reach each.
pub(super) const PEOPLE: [&str; 3] = ["admin", "agent1", "client1"];

/// A node that is listened to.
pub(super) struct Node {
    /// Keeps its workers and connections.
    behind: Runtime,
    /// Executes what is listened to.
    here: Runtime,
    app: App,
    schema: Schema,
    callers: Vec<Caller>,
    /// The same people, by HTTP.
    pub(super) clients: Vec<Client>,
    heard: Heard,
    _world: World,
}

impl Node {
    pub(super) fn open() -> Self {
        let behind = Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let here = Builder::new_current_thread().enable_all().build().unwrap();
        let (world, app, callers) = behind.block_on(async {
            let world = World::demo().await;
            let app = App::open(&world.place(), None).await.unwrap();
            let mut callers = Vec::new();
            for login in PEOPLE {
                let id = app.identity.person_of(login).await.unwrap().unwrap();
                callers.push(Caller::person(id, app.gateway.principal(id).await.unwrap()));
            }
            (world, app, callers)
        });
        let clients = here.block_on(async {
            let listener = api::boot::serve::listen(([127, 0, 0, 1], 0).into()).await.unwrap();
            let base = format!("http://{}", listener.local_addr().unwrap());
            let server = Server::new(&app, listener, (None, ServerOptions { graphiql: true }));
            tokio::spawn(server.run());
            let stranger = Client::new(&base);
            let mut clients = Vec::new();
            for login in PEOPLE {
                clients.push(stranger.sign_in(login, DEMO_PASSWORD).await);
            }
            clients
        });
        let (schema, heard) = (schema(&app), Heard::default());
        Self { behind, here, app, schema, callers, clients, heard, _world: world }
    }

    pub(super) fn close(self) {
        // What was to be given back there goes with it.
        drop(self.here);
        self.behind.block_on(self.app.close());
    }

    /// What is asked for while each of the people tries each of these documents.
    pub(super) fn heard_of(&self, attempts: &[String]) -> BTreeSet<String> {
        let (services, mut all) = (Services::of(&self.app), BTreeSet::new());
        for caller in &self.callers {
            for text in attempts {
                let visit = Visit {
                    caller: Some(caller.clone()),
                    must_change_password: false,
                    correlation_id: self.app.gateway.new_id(),
                    trace_id: None,
                    said: None,
                };
                let progress = Arc::new(Progress::after(None));
                let request = Request::new(text).data(Arc::clone(&progress));
                let request = visit.enter(request, &services);
                all.extend(self.heard(async {
                    let mut answers = self.schema.execute_stream(request);
                    // A subscription that has begun may have nothing to say.
                    tokio::select! {
                        biased;
                        _ = answers.next() => {}
                        () = progress.begun() => {}
                    }
                }));
            }
        }
        all
    }

    /// What is done there without being listened to.
    pub(super) fn done<T>(&self, doing: impl Future<Output = T>) -> T {
        self.here.block_on(doing)
    }

    /// What is asked for on this thread meanwhile.
    pub(super) fn heard(&self, doing: impl Future<Output = ()>) -> BTreeSet<String> {
        let listening = tracing_subscriber::registry().with(self.heard.clone());
        let listening = tracing::subscriber::set_default(listening);
        self.here.block_on(doing);
        drop(listening);
        self.heard.take()
    }
}
