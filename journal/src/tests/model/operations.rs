//! What is done.

use proptest::prelude::*;

/// Streams there are.
pub(super) const STREAMS: u8 = 4;
/// People who say something.
const PEOPLE: u8 = 3;

/// One thing that is done to a journal.
#[derive(Debug, Clone)]
pub(super) enum Operation {
    /// Events for one or several streams, each expected to be shorter than it is by `behind`;
    /// perhaps as the command of a number, with an input.
    Append { sayings: Vec<Saying>, behind: i64, named: Option<(u8, u8)> },
    /// An event in a shape of long ago.
    WriteOldShape { stream: u8, holder: u8 },
    /// A stream is read behind a version.
    Read { stream: u8, after: i64 },
    /// Everything gets its number.
    Settle,
    /// The log is read in pages of this size.
    ReadLog { page: i64 },
    /// A person's key is destroyed.
    Erase { person: u8 },
}

/// What is appended to one stream.
#[derive(Debug, Clone)]
pub(super) struct Saying {
    pub(super) stream: u8,
    pub(super) words: Vec<Word>,
}

/// One event.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Word {
    /// Without personal data.
    Stopped { holder: u8 },
    /// With a text of a person.
    Solved { person: u8, text: String },
}

pub(super) fn operation() -> impl Strategy<Value = Operation> {
    let append = (sayings(), behind(), prop::option::weighted(0.5, (0..4_u8, 0..2_u8)));
    prop_oneof![
        10 => append.prop_map(|(sayings, behind, named)| Operation::Append {
            sayings,
            behind,
            named
        }),
        1 => (0..STREAMS, any::<u8>())
            .prop_map(|(stream, holder)| Operation::WriteOldShape { stream, holder }),
        3 => (0..STREAMS, 0..6_i64).prop_map(|(stream, after)| Operation::Read { stream, after }),
        3 => Just(Operation::Settle),
        2 => (1..9_i64).prop_map(|page| Operation::ReadLog { page }),
        1 => (0..PEOPLE).prop_map(|person| Operation::Erase { person }),
    ]
}

/// Most often the caller knows where the stream stands.
fn behind() -> impl Strategy<Value = i64> {
    prop_oneof![4 => Just(0), 1 => 1..3_i64]
}

/// Of different streams, in any order.
fn sayings() -> impl Strategy<Value = Vec<Saying>> {
    let saying = |stream| {
        prop::collection::vec(word(), 1..4).prop_map(move |words| Saying { stream, words })
    };
    prop::sample::subsequence((0..STREAMS).collect::<Vec<_>>(), 1..3)
        .prop_shuffle()
        .prop_flat_map(move |streams| streams.into_iter().map(saying).collect::<Vec<_>>())
}

fn word() -> impl Strategy<Value = Word> {
    prop_oneof![
        any::<u8>().prop_map(|holder| Word::Stopped { holder }),
        (0..PEOPLE, ".{0,20}").prop_map(|(person, text)| Word::Solved { person, text }),
    ]
}
