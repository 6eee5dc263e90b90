//! A journal of a few vectors.

use std::collections::{BTreeMap, BTreeSet};

use domain::Fact;
use domain::kernel::{DataSubject, PersonId, Personal, TicketId};
use domain::ticket::TicketEvent;
use domain::ticket::event::{Resolved, WorkStopped};
use serde_json::Value;
use uuid::Uuid;

use super::operations::{Saying, Word};
use crate::append::{Receipt, StreamAppend, StreamVersion};
use crate::read::Recorded;
use crate::testing::{id, solved, stopped, ticket};
use crate::upcast::Upcasters;

/// What should be answered to an append.
#[derive(Debug)]
pub(super) enum Answer {
    Appended(Vec<StreamVersion>),
    Repeated(Receipt),
    KeyReused,
    /// One of these streams stands elsewhere.
    Stale(Vec<(Uuid, i64)>),
    /// Somebody who is erased should say something; perhaps in a command that was answered before.
    Erased {
        answered: bool,
    },
}

/// An event as a reader finds it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Read {
    pub(super) sequence: i64,
    pub(super) fact: Fact,
    /// Whether it was written in a shape of long ago.
    pub(super) old: bool,
}

#[derive(Debug)]
struct Said {
    stream: u8,
    sequence: i64,
    word: Word,
    old: bool,
}

/// The journal.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// In the order of their appends.
    said: Vec<Said>,
    /// How many of them have their number.
    settled: usize,
    versions: BTreeMap<u8, i64>,
    /// Inputs and first answers.
    commands: BTreeMap<u8, (u8, Receipt)>,
    erased: BTreeSet<u8>,
}

impl Memory {
    /// What the caller appends who takes the stream for shorter than it is.
    pub(super) fn stream(&self, saying: &Saying, behind: i64) -> StreamAppend {
        let events = saying.words.iter().map(|word| match word {
            Word::Stopped { holder } => stopped(u128::from(*holder)),
            Word::Solved { person, text } => solved(of(*person), text),
        });
        let expected = (self.version(saying.stream) - behind).max(0);
        ticket(u128::from(saying.stream), expected, events.collect())
    }

    pub(super) fn append(
        &mut self,
        sayings: &[Saying],
        behind: i64,
        named: Option<(u8, u8)>,
    ) -> Answer {
        let known = named.and_then(|(number, input)| {
            self.commands.get(&number).map(|(first, receipt)| (*first == input, receipt.clone()))
        });
        let says = |word: &Word| match word {
            Word::Solved { person, .. } => self.erased.contains(person),
            Word::Stopped { .. } => false,
        };
        if sayings.iter().flat_map(|saying| &saying.words).any(says) {
            return Answer::Erased { answered: known.is_some() };
        }
        match known {
            Some((true, receipt)) => return Answer::Repeated(receipt),
            Some((false, _)) => return Answer::KeyReused,
            None => {}
        }
        let stale = |saying: &&Saying| behind.min(self.version(saying.stream)) > 0;
        let stale: Vec<_> = sayings.iter().filter(stale).map(|saying| self.place(saying)).collect();
        if !stale.is_empty() {
            return Answer::Stale(stale);
        }
        let mut sorted: Vec<&Saying> = sayings.iter().collect();
        // Within an append streams follow one another by their identities.
        sorted.sort_by_key(|saying| saying.stream);
        for saying in sorted {
            for word in &saying.words {
                self.say(saying.stream, word.clone(), false);
            }
        }
        let version = |saying: &Saying| {
            let (aggregate_id, version) = self.place(saying);
            StreamVersion { aggregate_type: "ticket".to_owned(), aggregate_id, version }
        };
        Answer::Appended(sayings.iter().map(version).collect())
    }

    /// Remembers the first answer.
    pub(super) fn answered(&mut self, named: Option<(u8, u8)>, receipt: Receipt) {
        if let Some((number, input)) = named {
            self.commands.insert(number, (input, receipt));
        }
    }

    /// The number it has to have within its stream.
    pub(super) fn write_old(&mut self, stream: u8, holder: u8) -> i64 {
        self.say(stream, Word::Stopped { holder }, true);
        self.version(stream)
    }

    /// Whether there was something to erase.
    pub(super) fn erase(&mut self, person: u8) -> bool {
        let spoke =
            |said: &Said| matches!(&said.word, Word::Solved { person: p, .. } if *p == person);
        self.said.iter().any(spoke) && self.erased.insert(person)
    }

    pub(super) fn settle(&mut self) {
        self.settled = self.said.len();
    }

    /// Events with a number, and without.
    pub(super) fn sizes(&self) -> (i64, i64) {
        (self.settled as i64, (self.said.len() - self.settled) as i64)
    }

    pub(super) fn log(&self) -> Vec<(i64, Fact)> {
        let settled = self.said[..self.settled].iter();
        settled.map(|said| (said.sequence, self.fact(said))).collect()
    }

    pub(super) fn events(&self, stream: u8) -> Vec<Read> {
        let of_stream = self.said.iter().filter(|said| said.stream == stream);
        of_stream
            .map(|said| Read { sequence: said.sequence, fact: self.fact(said), old: said.old })
            .collect()
    }

    fn say(&mut self, stream: u8, word: Word, old: bool) {
        let version = self.versions.entry(stream).or_default();
        *version += 1;
        self.said.push(Said { stream, sequence: *version, word, old });
    }

    fn version(&self, stream: u8) -> i64 {
        self.versions.get(&stream).copied().unwrap_or(0)
    }

    fn place(&self, saying: &Saying) -> (Uuid, i64) {
        (id(u128::from(saying.stream)), self.version(saying.stream))
    }

    fn fact(&self, said: &Said) -> Fact {
        let event = match &said.word {
            Word::Stopped { holder } => {
                TicketEvent::WorkStopped(WorkStopped { holder: PersonId(id(u128::from(*holder))) })
            }
            Word::Solved { person, text } => {
                let solution = match self.erased.contains(person) {
                    true => Personal::Erased,
                    false => Personal::of(of(*person), text.clone()),
                };
                TicketEvent::Resolved(Resolved { code: None, solution: Some(solution) })
            }
        };
        Fact::Ticket(TicketId(id(u128::from(said.stream))), event)
    }
}

/// A person, as the subject of words.
pub(super) fn of(person: u8) -> DataSubject {
    DataSubject::Person(PersonId(id(0x9e00 + u128::from(person))))
}

pub(super) fn read(recorded: Recorded) -> (i64, Fact) {
    (recorded.event.sequence, recorded.fact)
}

/// From the shape of long ago to today's.
pub(super) fn upcasters() -> Upcasters {
    Upcasters::default().with("ticket.work_stopped", "0", "1", |mut payload| {
        if let Some(Value::Object(event)) = payload.get_mut("work_stopped")
            && let Some(agent) = event.remove("agent")
        {
            event.insert("holder".to_owned(), agent);
        }
        payload
    })
}
