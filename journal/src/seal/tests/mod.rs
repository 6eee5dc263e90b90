//! Sealing: what is stored, what opens where, what erasure leaves, and the wrapping key's file.

mod envelopes;
mod erasure;
mod master;
mod planted;
mod rotation;

use domain::kernel::{DataSubject, PersonId};

use crate::testing::id;

const ANNA: PersonId = PersonId(id(0xa1));
const CLEO: PersonId = PersonId(id(0xc1));

fn of(person: PersonId) -> DataSubject {
    DataSubject::Person(person)
}
