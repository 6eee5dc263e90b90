//! What led to what: events in the order in which they are told below what they followed from.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::row::TimelineRow;

/// By which an event is found below another.
pub trait Caused {
    /// The command that made it.
    fn command(&self) -> Uuid;
    /// The command that led to that one.
    fn cause(&self) -> Option<Uuid>;
}

impl Caused for TimelineRow {
    fn command(&self) -> Uuid {
        self.command_id
    }

    fn cause(&self) -> Option<Uuid> {
        self.causation_id
    }
}

/// Each of these events, which are in the order of the log, with how deep it stands: below the last
/// event of the command that it followed from. What followed from none of them stands at depth 0.
pub fn laid_out<T: Caused>(events: Vec<T>) -> Vec<(usize, T)> {
    let commands: BTreeSet<Uuid> = events.iter().map(T::command).collect();
    let mut of: BTreeMap<Uuid, Vec<T>> = BTreeMap::new();
    let mut followers: BTreeMap<Uuid, Vec<Uuid>> = BTreeMap::new();
    let mut roots = Vec::new();
    for event in events {
        let command = event.command();
        let theirs = of.entry(command).or_default();
        if theirs.is_empty() {
            match event.cause().filter(|cause| commands.contains(cause) && *cause != command) {
                Some(cause) => followers.entry(cause).or_default().push(command),
                None => roots.push(command),
            }
        }
        theirs.push(event);
    }
    let mut told = Vec::new();
    let mut open: Vec<(usize, Uuid)> = roots.into_iter().rev().map(|root| (0, root)).collect();
    while let Some((depth, command)) = open.pop() {
        told.extend(of.remove(&command).unwrap_or_default().into_iter().map(|it| (depth, it)));
        let next = followers.remove(&command).unwrap_or_default();
        open.extend(next.into_iter().rev().map(|follower| (depth + 1, follower)));
    }
    // Causes in a ring are a foreign writer's; nothing is left out for that.
    told.extend(of.into_values().flatten().map(|event| (0, event)));
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Node(i64, u128, Option<u128>);

    impl Caused for Node {
        fn command(&self) -> Uuid {
            Uuid::from_u128(self.1)
        }

        fn cause(&self) -> Option<Uuid> {
            self.2.map(Uuid::from_u128)
        }
    }

    fn places(nodes: Vec<Node>) -> Vec<(usize, i64)> {
        laid_out(nodes).into_iter().map(|(depth, node)| (depth, node.0)).collect()
    }

    #[test]
    fn what_follows_stands_below_what_it_follows_from() {
        let nodes = vec![
            Node(1, 1, None),
            Node(2, 1, None),
            Node(3, 2, Some(1)),
            Node(4, 9, None),
            Node(5, 3, Some(2)),
            Node(6, 4, Some(1)),
        ];
        assert_eq!(places(nodes), [(0, 1), (0, 2), (1, 3), (2, 5), (1, 6), (0, 4)]);
    }

    #[test]
    fn nothing_is_left_out_whatever_the_causes_say() {
        let nodes = vec![Node(1, 1, Some(2)), Node(2, 2, Some(1)), Node(3, 3, Some(77))];
        assert_eq!(places(nodes), [(0, 3), (0, 1), (0, 2)]);
    }
}
