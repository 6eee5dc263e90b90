//! A whole Annals in this process, without a listener: journal, sequencer, all views, the demo
//! organisation among the generator's people.

use std::time::Duration;

use api::boot::App;
use api::boot::first_start::FirstPassword;
use testbed::DEMO_PASSWORD;

use crate::append::midnight;
use crate::generator::{Organisation, Tickets};
use crate::ground::Database;
use crate::{Fault, Run};

/// How long the views may take to show a million tickets.
const PATIENCE: Duration = Duration::from_secs(1_800);

/// An open one.
pub(crate) struct Node {
    pub(crate) app: App,
    pub(crate) organisation: Organisation,
}

impl Node {
    /// Opens it on an empty database.
    pub(crate) async fn open(database: &Database, run: &Run) -> Result<Self, Fault> {
        let app = App::open(&database.place(), None).await?;
        app.first_start(FirstPassword::Given(DEMO_PASSWORD)).await?;
        app.seed_demo(DEMO_PASSWORD).await?;
        app.waiter.caught_up(PATIENCE).await?;
        let founded = midnight() - chrono::TimeDelta::days(800);
        let journal = app.gateway.journal().clone();
        let organisation = Organisation::found(&journal, &app.reads, run.seed, founded).await?;
        Ok(Self { app, organisation })
    }

    /// Opens it again, where these tickets go on.
    pub(crate) async fn reopen(database: &Database, tickets: &Tickets) -> Result<Self, Fault> {
        let app = App::open(&database.place(), None).await?;
        Ok(Self { app, organisation: tickets.organisation().clone() })
    }

    /// Waits until every view shows everything.
    pub(crate) async fn caught_up(&self) -> Result<(), Fault> {
        Ok(self.app.waiter.caught_up(PATIENCE).await?)
    }

    pub(crate) async fn close(self) {
        self.app.close().await;
    }
}
