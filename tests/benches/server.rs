//! The real server, as a process, and people who ask it over HTTP.

use std::process::Command as Program;

use serde_json::Value;
use testbed::{Client as Person, DEMO_PASSWORD, Process, binary};

use crate::Fault;
use crate::ground::Database;
use crate::load::Client;

/// A running one; killed when dropped.
pub(crate) struct Server {
    process: Process,
    nobody: Person,
}

impl Server {
    /// Starts it on this database, with the demo organisation.
    pub(crate) fn start(database: &Database) -> Result<Self, Fault> {
        Self::start_by(&mut annals(database, &["serve", "--demo", "--listen", "127.0.0.1:0"]))
    }

    /// Starts it as this program.
    pub(crate) fn start_by(program: &mut Program) -> Result<Self, Fault> {
        let process = Process::start(program, "answers at");
        let line = process.greeting.lines().find_map(|line| line.split("answers at ").nth(1));
        let base = line.and_then(|line| line.strip_suffix("/graphql")).ok_or("no address")?;
        let nobody = Person::new(base);
        Ok(Self { process, nobody })
    }

    /// Somebody of the demo.
    pub(crate) async fn person(&self, login: &str) -> Person {
        self.nobody.sign_in(login, DEMO_PASSWORD).await
    }

    pub(crate) fn pid(&self) -> u32 {
        self.process.pid()
    }

    /// Asks it to stop, and waits.
    pub(crate) fn stop(self) -> Result<(), Fault> {
        match self.process.stop("TERM") {
            0 => Ok(()),
            code => Err(format!("the server ended with {code}").into()),
        }
    }
}

/// The binary `annals` on this database.
pub(crate) fn annals(database: &Database, arguments: &[&str]) -> Program {
    program("annals", database, arguments)
}

/// A binary of ours on this database.
pub(crate) fn program(name: &str, database: &Database, arguments: &[&str]) -> Program {
    let mut command = Program::new(binary(name));
    command
        .args(arguments)
        .arg("--data-dir")
        .arg(&database.folder)
        .env("DATABASE_URL", &database.url)
        .env("ANNALS_DEMO_PASSWORD", DEMO_PASSWORD)
        .env("ANNALS_LOG", "warn")
        .current_dir(&database.folder);
    command
}

/// One who asks the same again and again, with other variables.
pub(crate) struct Asker<V> {
    pub(crate) who: Person,
    pub(crate) query: &'static str,
    /// The variables of the next question.
    pub(crate) variables: V,
}

impl<V: FnMut() -> Value + Send + 'static> Client for Asker<V> {
    async fn once(&mut self) -> Result<(), Fault> {
        let asked = self.who.request(self.query, (self.variables)());
        let response = asked.send().await?;
        let status = response.status().as_u16();
        let body = response.text().await?;
        // Whoever is refused is quick to answer.
        let refused = body.contains("\"errors\":") || body.contains("\"code\":");
        if status != 200 || refused || body.contains("\"data\":null") {
            return Err(format!("{status} {body}").into());
        }
        Ok(())
    }
}
