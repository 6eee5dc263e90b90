//! Bringing in the real sample by `annals import incident-log`, beside a running server, from the
//! start of the command until every view shows it.

use std::path::Path;
use std::time::Instant;

use crate::ground::Ground;
use crate::report::{Line, Section};
use crate::server::{Server, annals};
use crate::{Fault, Run};

const SAMPLE: &str = "data/uci_incident_event_log_first2000.csv.gz";

/// Runs it.
pub(crate) async fn run(_run: &Run, ground: &Ground, section: &mut Section) -> Result<(), Fault> {
    let database = ground.database("bench_import").await?;
    let server = Server::start(&database)?;
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join(SAMPLE);
    let sample = sample.to_str().ok_or("the sample's path is no text")?;
    let began = Instant::now();
    let imported = testbed::run(&mut annals(&database, &["import", "incident-log", sample]));
    let seconds = began.elapsed().as_secs_f64();
    let rows = imported.stdout.split(" rows: ").next().and_then(|rows| rows.trim().parse().ok());
    let rows: f64 =
        rows.ok_or_else(|| format!("import: {}{}", imported.stdout, imported.stderr))?;
    let rate = rows / seconds;
    let line = Line::new("annals import incident-log, beside a server").rate(rate);
    section.push(line.at_least(3_000.0, rate));
    section.note(format!("{rows:.0} rows in {seconds:.1} s, the start of the command included."));
    server.stop()?;
    ground.drop(database).await
}
