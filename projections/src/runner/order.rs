//! Which model stays behind which. What says who sees a thing goes first; what tells of the thing
//! follows, never further than the other is in the database.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use sqlx::PgConnection;
use tokio::time::sleep;

use super::Shared;
use crate::error::ProjectionError;
use crate::model::ReadModel;
use crate::schema::{self, live};

/// For how long a process without the lease looks on, before it asks again whether it is free.
const FOLLOW: Duration = Duration::from_millis(250);
/// How often it looks meanwhile, while a model that it keeps has to stay behind this one.
const CLOSELY: Duration = Duration::from_millis(10);

impl Shared {
    /// How far the model may go: not beyond those that it stays behind.
    pub(super) fn bound(&self, model: &dyn ReadModel) -> i64 {
        let leaders = model.behind().iter().filter_map(|name| self.applied.get(name));
        leaders.map(|applied| *applied.borrow()).min().unwrap_or(i64::MAX)
    }

    /// Waits until the model may go beyond this number.
    pub(super) async fn freed(&self, model: &dyn ReadModel, number: i64) {
        let leaders = model.behind().iter().filter_map(|name| self.applied.get(name));
        join_all(leaders.map(|applied| async {
            // An error means that the process ends.
            let _ = applied.subscribe().wait_for(|known| *known > number).await;
        }))
        .await;
    }

    /// These models, and all that they stay behind.
    pub(super) fn with_leaders(&self, models: &[&str]) -> Vec<&'static str> {
        let mut all: Vec<&'static str> = Vec::new();
        let mut next = models.to_vec();
        while let Some(name) = next.pop() {
            let known = self.models.iter().find(|model| model.name() == name);
            let Some(model) = known.filter(|model| !all.contains(&model.name())) else { continue };
            all.push(model.name());
            next.extend(model.behind());
        }
        all
    }

    /// Whether somebody has stopped the model, or one that it stays behind.
    pub(super) fn stands(&self, model: &str) -> bool {
        self.with_leaders(&[model]).iter().any(|name| self.is_paused(name) == Some(true))
    }

    /// Whether this process keeps a model that has to stay behind this one.
    fn holds_up(&self, model: &dyn ReadModel) -> bool {
        let mut followers = self.models.iter().filter(|it| it.behind().contains(&model.name()));
        followers.any(|it| self.keeps(it.name()))
    }

    /// Watches for a while how far the process is that keeps the model: closely when the log goes on
    /// and something here has to stay behind it.
    pub(super) async fn look_on(
        &self,
        model: &dyn ReadModel,
        conn: &mut PgConnection,
    ) -> Result<(), ProjectionError> {
        let until = Instant::now() + FOLLOW;
        loop {
            let written = schema::applied_through(conn, &live(model.name())).await?;
            let passed = self.tail.passed(model, written);
            self.publish(model, passed);
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(());
            }
            let mut through = self.tail.through();
            let grown = async {
                // An error means that the process ends.
                let _ = through.wait_for(|through| *through > passed).await;
                sleep(CLOSELY).await;
            };
            let closely = self.holds_up(model) && self.is_paused(model.name()) != Some(true);
            tokio::select! {
                () = grown, if closely => {}
                () = sleep(left) => {}
            }
        }
    }
}
