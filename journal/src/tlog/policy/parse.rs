//! Reads a policy file, line by line: what a line names stands on a line before it.

use std::collections::BTreeMap;
use std::str::FromStr;

use super::{Group, LogKey, Member, Policy, Witness};
use crate::tlog::key::{KeyError, KeyId, Kind, VerifierKey};
use crate::tlog::text;

/// Larger files, and more lines of a kind, are refused.
const LARGEST: usize = 64 << 10;
const MOST: usize = 64;
const FROM: &str = "#annals-from";

/// Why a policy is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// Too large, or without a line feed at its end.
    #[error("a policy has at most 64 KiB and ends in a line feed")]
    File,
    /// What is wrong with a line.
    #[error("line {line} of the policy: {fault}")]
    Line {
        /// Counted from 1.
        line: usize,
        /// What is wrong.
        fault: Fault,
    },
    /// No line says how many witnesses must have signed.
    #[error("the policy has no quorum line")]
    NoQuorum,
}

/// What is wrong with a line of a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Control characters, such as a carriage return.
    #[error("it has control characters")]
    Characters,
    /// Nothing we know begins like this, or has as many words.
    #[error("it is none of log, witness, group and quorum as the format has them")]
    Form,
    /// A key.
    #[error("{0}")]
    Key(#[from] KeyError),
    /// A log's key that cosigns, or a witness's that does not.
    #[error("a log's key is of type 0x01, a witness's of type 0x04")]
    Kind,
    /// A key, a name, a membership or a quorum that was there before.
    #[error("what it says was said before")]
    Twice,
    /// A name nothing before has.
    #[error("it names what no line before it defines")]
    Unknown,
    /// None, or more than there are members.
    #[error("a group needs 1 to as many members as it has")]
    Threshold,
    /// More than 64 of the kind.
    #[error("there are more than 64 of its kind")]
    TooMany,
    /// A size at which another key begins.
    #[error("another key of the log begins at this size")]
    Sizes,
}

impl Policy {
    /// Reads a policy file.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn parse(bytes: &[u8]) -> Result<Self, PolicyError> {
        let lines = bytes.strip_suffix(b"\n").filter(|lines| lines.len() < LARGEST);
        let mut reading = Reading::default();
        for (number, line) in lines.ok_or(PolicyError::File)?.split(|&b| b == b'\n').enumerate() {
            reading.line(line).map_err(|fault| PolicyError::Line { line: number + 1, fault })?;
        }
        let Reading { mut logs, witnesses, groups, quorum, .. } = reading;
        retire(&mut logs);
        let quorum = quorum.ok_or(PolicyError::NoQuorum)?;
        Ok(Self { text: bytes.to_owned(), logs, witnesses, groups, quorum })
    }
}

#[derive(Debug, Default)]
struct Reading {
    logs: Vec<LogKey>,
    witnesses: Vec<Witness>,
    groups: Vec<Group>,
    /// Names are bytes: not even their encoding is ours to judge. With whether one is a member.
    names: BTreeMap<Vec<u8>, (Member, bool)>,
    quorum: Option<Option<Member>>,
}

impl Reading {
    fn line(&mut self, line: &[u8]) -> Result<(), Fault> {
        if line.iter().any(|&byte| (byte < b' ' && byte != b'\t') || byte == 0x7f) {
            return Err(Fault::Characters);
        }
        let words: Vec<&[u8]> =
            line.split(|byte| b" \t".contains(byte)).filter(|word| !word.is_empty()).collect();
        match words.as_slice() {
            [b"log", key] | [b"log", key, _] => self.log(key),
            [b"witness", name, key] => self.witness(name, key, None),
            [b"witness", name, key, url] => self.witness(name, key, Some(url)),
            [b"group", name, least, members @ ..] => self.group(name, least, members),
            [b"quorum", name] => self.quorum(name),
            [word, id, size] if *word == FROM.as_bytes() => self.from(id, size),
            [] => Ok(()),
            [word, ..] if word.starts_with(b"#") && *word != FROM.as_bytes() => Ok(()),
            _ => Err(Fault::Form),
        }
    }

    fn log(&mut self, key: &[u8]) -> Result<(), Fault> {
        let key: VerifierKey = parsed(key)?;
        if key.kind() != Kind::Note {
            return Err(Fault::Kind);
        }
        if self.logs.iter().any(|log| log.key.is_same_key(&key)) {
            return Err(Fault::Twice);
        }
        room(&self.logs)?;
        self.logs.push(LogKey { key, from: 0, until: None });
        Ok(())
    }

    fn witness(&mut self, name: &[u8], key: &[u8], url: Option<&[u8]>) -> Result<(), Fault> {
        let key: VerifierKey = parsed(key)?;
        if key.kind() != Kind::Cosignature {
            return Err(Fault::Kind);
        }
        if self.witnesses.iter().any(|witness| witness.key.is_same_key(&key)) {
            return Err(Fault::Twice);
        }
        room(&self.witnesses)?;
        self.define(name, Member::Witness(self.witnesses.len()))?;
        // Whoever only reads checkpoints asks nobody, so an odd address spoils no policy.
        let url = url.and_then(|url| std::str::from_utf8(url).ok()).map(str::to_owned);
        self.witnesses.push(Witness { key, url });
        Ok(())
    }

    fn group(&mut self, name: &[u8], least: &[u8], names: &[&[u8]]) -> Result<(), Fault> {
        let least = match least {
            b"all" => names.len(),
            b"any" => 1,
            number => parsed_number(number)
                .and_then(|least| usize::try_from(least).ok())
                .ok_or(Fault::Form)?,
        };
        if !(1..=names.len()).contains(&least) {
            return Err(Fault::Threshold);
        }
        room(&self.groups)?;
        let mut members = Vec::with_capacity(names.len());
        for &name in names {
            let (member, is_member) = self.names.get_mut(name).ok_or(Fault::Unknown)?;
            // Else a witness would count more than once.
            if std::mem::replace(is_member, true) {
                return Err(Fault::Twice);
            }
            members.push(*member);
        }
        self.define(name, Member::Group(self.groups.len()))?;
        self.groups.push(Group { least, members });
        Ok(())
    }

    fn quorum(&mut self, name: &[u8]) -> Result<(), Fault> {
        let quorum = match name {
            b"none" => None,
            name => Some(self.names.get(name).ok_or(Fault::Unknown)?.0),
        };
        if self.quorum.replace(quorum).is_some() { Err(Fault::Twice) } else { Ok(()) }
    }

    /// The key signs from this size on.
    fn from(&mut self, id: &[u8], size: &[u8]) -> Result<(), Fault> {
        let id = std::str::from_utf8(id).ok().and_then(KeyId::parse).ok_or(Fault::Form)?;
        let size = parsed_number(size).filter(|&size| size > 0).ok_or(Fault::Form)?;
        let place = self.logs.iter().position(|log| log.key.id() == id).ok_or(Fault::Unknown)?;
        if self.logs[place].from > 0 {
            return Err(Fault::Twice);
        }
        let name = self.logs[place].key.name();
        if self.logs.iter().any(|log| log.key.name() == name && log.from == size) {
            return Err(Fault::Sizes);
        }
        self.logs[place].from = size;
        Ok(())
    }

    fn define(&mut self, name: &[u8], member: Member) -> Result<(), Fault> {
        if name == b"none" || self.names.insert(name.to_vec(), (member, false)).is_some() {
            return Err(Fault::Twice);
        }
        Ok(())
    }
}

/// Each key signs up to where the next one of its log begins.
fn retire(logs: &mut [LogKey]) {
    let begin: Vec<_> = logs.iter().map(|log| (log.key.name().clone(), log.from)).collect();
    for log in logs {
        let next = begin.iter().filter(|(name, from)| name == log.key.name() && *from > log.from);
        log.until = next.map(|(_, from)| *from).min();
    }
}

fn parsed(key: &[u8]) -> Result<VerifierKey, Fault> {
    let text = std::str::from_utf8(key).map_err(|_| KeyError::Form)?;
    Ok(VerifierKey::from_str(text)?)
}

fn parsed_number(word: &[u8]) -> Option<u64> {
    std::str::from_utf8(word).ok().and_then(text::decimal)
}

fn room<T>(lines: &[T]) -> Result<(), Fault> {
    if lines.len() < MOST { Ok(()) } else { Err(Fault::TooMany) }
}
