//! A deployment of one test: database, data folder, and the real server when it is started.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::UNIX_EPOCH;

use journal::postgres::cluster::testing::{TestDatabase, database_from_template};
use journal::postgres::deployment::Place;
use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, Executor, PgConnection};
use uuid::Uuid;

use crate::binary::{Finished, Process, binary, run};
use crate::client::Client;

/// Everybody's password in the demo organisation of the tests.
pub const DEMO_PASSWORD: &str = "open sesame";

/// The wrapping key of all test deployments: a cloned template is sealed under it.
const MASTER_KEY: &str = "5e5a3e0f6a7c4d1b9e8f7a6b5c4d3e2f1a0b9c8d7e6f5a4b3c2d1e0f9a8b7c6d";

/// A deployment of its own.
#[derive(Debug)]
pub struct World {
    /// Dropped last: the server must be gone before its database.
    server: Option<Process>,
    folder: PathBuf,
    database: TestDatabase,
}

impl World {
    /// A deployment with the demo organisation, not running.
    pub async fn demo() -> Self {
        let template = async |options: PgConnectOptions| {
            let folder = new_folder();
            let mut world = Seeding { folder: folder.clone(), url: url_of(&options) };
            world.seed();
            std::fs::remove_dir_all(folder).map_err(|error| error.to_string())?;
            forget_signing(&options).await.map_err(|error| error.to_string())
        };
        let database = database_from_template(&template_key("demo"), template).await;
        Self { server: None, folder: new_folder(), database }
    }

    /// An empty deployment: a database without a table, not running.
    pub async fn empty() -> Self {
        let database =
            database_from_template("empty", async |_| Ok::<(), std::convert::Infallible>(())).await;
        Self { server: None, folder: new_folder(), database }
    }

    /// Starts the server with the demo organisation; a client of nobody.
    pub fn serve(&mut self) -> Client {
        let mut command = self.annals(&["serve", "--demo", "--listen", "127.0.0.1:0"]);
        self.serve_by(&mut command)
    }

    /// Starts the server by this command; a client of nobody.
    pub fn serve_by(&mut self, command: &mut Command) -> Client {
        let server = Process::start(command, "answers at");
        let base = server
            .greeting
            .lines()
            .find_map(|line| line.split("answers at ").nth(1)?.strip_suffix("/graphql"))
            .unwrap()
            .to_owned();
        self.server = Some(server);
        Client::new(&base)
    }

    /// Starts the server and signs somebody of the demo in.
    pub async fn serve_for(&mut self, login: &str) -> Client {
        self.serve().sign_in(login, DEMO_PASSWORD).await
    }

    /// The running server's process.
    pub fn server(&mut self) -> &mut Process {
        self.server.as_mut().unwrap()
    }

    /// Takes the running server out, to stop it by hand.
    pub fn take_server(&mut self) -> Process {
        self.server.take().unwrap()
    }

    /// The binary `annals` on this deployment.
    pub fn annals(&self, arguments: &[&str]) -> Command {
        command("annals", arguments, &self.folder, &url_of(&self.database.options()))
    }

    /// Runs `annals` to its end.
    pub fn run_annals(&self, arguments: &[&str]) -> Finished {
        run(&mut self.annals(arguments))
    }

    /// The binary `replay` on this deployment.
    pub fn replay(&self, arguments: &[&str]) -> Command {
        command("replay", arguments, &self.folder, &url_of(&self.database.options()))
    }

    /// Runs `replay` to its end.
    pub fn run_replay(&self, arguments: &[&str]) -> Finished {
        run(&mut self.replay(arguments))
    }

    /// Runs a binary to its end on another database of the same cluster: a restored one.
    pub fn run_on(&self, database: &str, name: &str, arguments: &[&str]) -> Finished {
        let url = url_of(&self.database.options().database(database));
        run(&mut command(name, arguments, &self.folder, &url))
    }

    /// A superuser's connection to the database.
    pub async fn superuser(&self) -> PgConnection {
        PgConnection::connect_with(&self.database.options()).await.unwrap()
    }

    /// The superuser's options.
    pub fn options(&self) -> PgConnectOptions {
        self.database.options()
    }

    /// Where the deployment is, for opening it in the test's own process: as a second node.
    pub fn place(&self) -> Place {
        let database_url = Some(url_of(&self.database.options()));
        Place { data_dir: self.folder.clone(), database_url }
    }

    /// The data folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.server = None;
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// What the seeding server has signed goes with its folder: each world signs with a key of its own.
async fn forget_signing(options: &PgConnectOptions) -> Result<(), sqlx::Error> {
    let mut database = PgConnection::connect_with(options).await?;
    let forget = "alter table journal.checkpoints disable trigger checkpoints_append_only;
         delete from journal.checkpoints;
         alter table journal.checkpoints enable always trigger checkpoints_append_only";
    database.execute(forget).await?;
    database.close().await
}

/// A template in the making.
struct Seeding {
    folder: PathBuf,
    url: String,
}

impl Seeding {
    fn seed(&mut self) {
        let arguments = ["serve", "--demo", "--listen", "127.0.0.1:0"];
        let mut command = command("annals", &arguments, &self.folder, &self.url);
        let server = Process::start(&mut command, "answers at");
        assert_eq!(server.stop("TERM"), 0, "the seeding server stops gracefully");
    }
}

fn command(name: &str, arguments: &[&str], folder: &Path, url: &str) -> Command {
    let mut command = Command::new(binary(name));
    command
        .args(arguments)
        .arg("--data-dir")
        .arg(folder)
        .env("DATABASE_URL", url)
        .env("ANNALS_DEMO_PASSWORD", DEMO_PASSWORD)
        .env("ANNALS_LOG", "warn")
        .current_dir(folder);
    command
}

fn new_folder() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("annals-world-{}", Uuid::new_v4().simple()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("master.key"), MASTER_KEY).unwrap();
    folder
}

/// Changes with the binary, which makes the template.
fn template_key(name: &str) -> String {
    let built = std::fs::metadata(binary("annals")).unwrap();
    let when = built.modified().unwrap().duration_since(UNIX_EPOCH).unwrap().as_nanos();
    format!("{name}_{when}")
}

fn url_of(options: &PgConnectOptions) -> String {
    let database = options.get_database().unwrap_or("postgres");
    let user = options.get_username();
    match options.get_socket() {
        Some(socket) => {
            let socket = socket.display().to_string().replace('/', "%2F");
            format!("postgresql://{user}@localhost/{database}?host={socket}")
        }
        None => {
            let (host, port) = (options.get_host(), options.get_port());
            format!("postgresql://{user}@{host}:{port}/{database}")
        }
    }
}
