//! Whatever is done to a journal, it answers as a few vectors in memory would.
//!
//! One client, in turn: races are the storm's business. More histories with `ANNALS_CASES`.

#![expect(clippy::disallowed_methods, reason = "the one switch of the test run")]

mod memory;
mod operations;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::append::{Append, AppendError, Receipt};
use crate::error::JournalError;
use crate::journal::{Journal, Loaded};
use crate::read::LogReader;
use crate::seal::SealError;
use crate::testing::{World, command, id, run};
use domain::ticket::Ticket;
use memory::{Answer, Memory, Read, of, read, upcasters};
use operations::{Operation, STREAMS, Saying, operation};

/// The journal, and what it should be.
struct Both {
    world: World,
    /// A fresh one after each erasure: a process may use a key it has for some seconds.
    journal: Journal,
    memory: Memory,
}

#[test]
fn a_journal_answers_as_a_few_vectors_would() {
    let cases = std::env::var("ANNALS_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(8);
    let config = Config {
        cases,
        failure_persistence: None,
        // Each try takes a database.
        max_shrink_iters: 200,
        ..Config::default()
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let histories = prop::collection::vec(operation(), 1..40);
    let ran = TestRunner::new(config).run(&histories, |history| {
        runtime.block_on(async {
            let world = World::new().await;
            let journal = world.another().await;
            let mut both = Both { world, journal, memory: Memory::default() };
            for operation in history {
                both.perform(operation).await;
            }
            both.settle().await;
            both.read_log(7).await;
        });
        Ok(())
    });
    ran.unwrap();
}

impl Both {
    async fn perform(&mut self, operation: Operation) {
        match operation {
            Operation::Append { sayings, behind, named } => {
                self.append(&sayings, behind, named).await;
            }
            Operation::WriteOldShape { stream, holder } => self.write_old(stream, holder).await,
            Operation::Read { stream, after } => self.read(stream, after).await,
            Operation::Settle => self.settle().await,
            Operation::ReadLog { page } => self.read_log(page).await,
            Operation::Erase { person } => self.erase(person).await,
        }
    }

    async fn append(&mut self, sayings: &[Saying], behind: i64, named: Option<(u8, u8)>) {
        let append = Append {
            streams: sayings.iter().map(|saying| self.memory.stream(saying, behind)).collect(),
            command: named.map(|(number, input)| command(u128::from(number), input)),
            ..Append::default()
        };
        let expected = self.memory.append(sayings, behind, named);
        let answered = self.journal.append(&append).await;
        match (expected, answered) {
            (Answer::Appended(versions), Ok(receipt)) => {
                assert_eq!((&receipt.streams, receipt.replayed), (&versions, false));
                self.memory.answered(named, receipt);
            }
            (Answer::Repeated(first), Err(AppendError::Repeated(again))) => {
                assert_eq!(again, Receipt { replayed: true, ..first });
            }
            (Answer::KeyReused, Err(AppendError::KeyReused)) => {}
            (Answer::Stale(versions), Err(AppendError::Stale { aggregate_id, actual, .. })) => {
                assert!(versions.contains(&(aggregate_id, actual)), "{versions:?}");
            }
            (
                Answer::Erased { .. },
                Err(AppendError::Journal(JournalError::Seal(SealError::Erased))),
            ) => {}
            // Which of the two is told first is nobody's business.
            (
                Answer::Erased { answered: true },
                Err(AppendError::Repeated(_) | AppendError::KeyReused),
            ) => {}
            (expected, answered) => panic!("{expected:?} was expected, not {answered:?}"),
        }
    }

    /// As a version of long ago wrote it.
    async fn write_old(&mut self, stream: u8, holder: u8) {
        let sequence = self.memory.write_old(stream, holder);
        let (stream, holder) = (id(u128::from(stream)), id(u128::from(holder)));
        let insert = format!(
            "insert into journal.events (aggregate_type, aggregate_id, sequence, event_type,
                 event_version, payload, metadata)
             values ('ticket', '{stream}', {sequence}, 'ticket.work_stopped', '0',
                 '{{\"work_stopped\":{{\"agent\":\"{holder}\"}}}}', '{{}}')"
        );
        run(&mut self.world.superuser().await, &insert).await.unwrap();
    }

    async fn read(&self, stream: u8, after: i64) {
        let events = self.journal.stream("ticket", id(u128::from(stream)), after).await.unwrap();
        let expected = self.memory.events(stream);
        let expected: Vec<&Read> = expected.iter().skip(usize::try_from(after).unwrap()).collect();
        assert_eq!(events.len(), expected.len());
        for (event, expected) in events.iter().zip(expected) {
            assert_eq!(event.sequence, expected.sequence);
            // Nobody here lifts old shapes: they are told apart, never taken for today's.
            if expected.old {
                assert!(event.fact().is_err());
            } else {
                assert_eq!(event.fact().unwrap(), expected.fact);
            }
        }
        let loaded = self.journal.load::<Ticket>(id(u128::from(stream))).await;
        let versions = self.memory.events(stream);
        match loaded {
            Ok(Loaded { version, .. }) => assert_eq!(version, versions.len() as i64),
            Err(JournalError::Undecodable { sequence, .. }) => {
                let old = versions.iter().find(|event| event.old).expect("an old event");
                assert_eq!(sequence, old.sequence);
            }
            Err(other) => panic!("{other}"),
        }
    }

    async fn settle(&mut self) {
        self.world.settle().await;
        self.memory.settle();
        self.verify().await;
    }

    async fn verify(&self) {
        let report = self.world.check().await;
        let (settled, unsettled) = self.memory.sizes();
        assert_eq!(report.tampering, None);
        assert_eq!((report.size, report.unsettled), (settled, unsettled));
    }

    async fn read_log(&self, size: i64) {
        self.verify().await;
        let upcasters = upcasters();
        let mut conn = self.world.superuser().await;
        let mut log = LogReader::after(self.journal.keyring(), &upcasters, 0);
        let mut found = Vec::new();
        loop {
            let page = log.page(&mut conn, i64::MAX, size).await.unwrap();
            if page.is_empty() {
                break;
            }
            assert_eq!(page[0].global_seq, found.len() as i64 + 1);
            found.extend(page.into_iter().map(read));
        }
        assert_eq!(found, self.memory.log());
    }

    async fn erase(&mut self, person: u8) {
        // Who never said anything has no key to destroy.
        if self.memory.erase(person) {
            self.world.erase(&of(person).to_string()).await;
            self.journal = self.world.another().await;
        }
        for stream in 0..STREAMS {
            self.read(stream, 0).await;
        }
    }
}
