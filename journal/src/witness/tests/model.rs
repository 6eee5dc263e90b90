//! T7: somebody with the log's key shows each witness what they like, in whatever order. Two histories
//! never get a quorum.

use std::collections::BTreeMap;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use tempfile::TempDir;

use super::{NOW, ORIGIN, Tree, witness};
use crate::leaf::Hash;
use crate::testing::cases;
use crate::tlog::key::KeyName;
use crate::tlog::note::Note;
use crate::tlog::policy::Policy;
use crate::tlog::witness::AddCheckpoint;
use crate::witness::Witness;

/// How many questions are asked: a hundred thousand in a soak.
fn questions() -> usize {
    cases(20) * 50
}

/// Three witnesses of which two are enough.
struct Court {
    data: Vec<TempDir>,
    witnesses: Vec<Witness>,
    policy: Policy,
}

impl Court {
    fn new(tree: &Tree) -> Self {
        let data: Vec<_> = (0..3).map(|_| TempDir::new().unwrap()).collect();
        let witnesses: Vec<_> = data.iter().map(witness).collect();
        let mut policy = format!("log {}\n", tree.key.public());
        for (number, witness) in witnesses.iter().enumerate() {
            policy += &format!("witness w{number} {}\n", witness.public());
        }
        policy += "group g 2 w0 w1 w2\nquorum g\n";
        Self { data, witnesses, policy: Policy::parse(policy.as_bytes()).unwrap() }
    }

    /// Ends and begins again, with what is on disk.
    fn restart(&mut self, number: usize) {
        let name: KeyName = self.witnesses[number].public().name().clone();
        let other = TempDir::new().unwrap();
        // One process at a time holds the folder.
        self.witnesses[number] = witness(&other);
        self.witnesses[number] = Witness::open(self.data[number].path(), Some(name)).unwrap();
    }
}

#[test]
fn t7_no_two_histories_of_one_size_get_a_quorum() {
    const SIZE: u64 = 64;
    let mut random = StdRng::seed_from_u64(7);
    let (mut signed_by, mut quorums) = (BTreeMap::<(u64, Hash), Note>::new(), 0);
    let (mut declined, mut restarts, mut rounds) = (0, 0, 0);
    let mut asked = 0;
    while asked < questions() {
        // They part somewhere, and a new court sits once the last one has followed to the end.
        let parting = random.random_range(0..SIZE);
        let trees = [1, 2, 3].map(|own| Tree::new(parting, SIZE, own));
        let mut court = Court::new(&trees[0]);
        signed_by.clear();
        rounds += 1;
        for _ in 0..400.min(questions() - asked) {
            asked += 1;
            let number = random.random_range(0..3);
            if random.random_ratio(1, 60) {
                restarts += 1;
                court.restart(number);
            }
            let ask = question(&mut random, &trees, &court.witnesses[number]);
            let answer = court.witnesses[number].add_checkpoint(ask.to_string().as_bytes(), NOW);
            let Ok(lines) = answer else {
                declined += 1;
                continue;
            };
            let checkpoint: crate::tlog::checkpoint::Checkpoint = ask.note.text().parse().unwrap();
            let key = (checkpoint.size, checkpoint.root);
            let note = signed_by.entry(key).or_insert_with(|| ask.note.clone());
            note.adopt(lines.as_bytes(), court.witnesses[number].public()).unwrap();
        }
        let mut of_size = BTreeMap::new();
        for ((size, root), note) in &signed_by {
            if court.policy.accept(note).is_ok() {
                quorums += 1;
                assert_eq!(of_size.insert(*size, *root), None, "two of size {size}");
            }
        }
        // And all that has a quorum is one history.
        let is_of =
            |tree: &Tree| of_size.iter().all(|(size, root)| tree.checkpoint(*size).root == *root);
        assert!(trees.iter().any(is_of));
    }
    assert!(quorums > rounds && declined > 0, "{quorums} quorums, {declined} declined");
    assert!(restarts > 0 || asked < 500);
}

/// Of any of the histories, from any size, with a proof of any of them; more often one that fits.
fn question(random: &mut StdRng, trees: &[Tree; 3], witness: &Witness) -> AddCheckpoint {
    let known = witness.latest(ORIGIN).unwrap().map_or(0, |latest| latest.size);
    let old = if random.random_ratio(4, 5) { known } else { random.random_range(0..=64) };
    let size = if random.random_ratio(4, 5) {
        (old + random.random_range(0..3)).min(64)
    } else {
        random.random_range(0..=64)
    };
    let (one, other) = (random.random_range(0..3), random.random_range(0..3));
    let proof = if random.random_ratio(4, 5) { one } else { other };
    AddCheckpoint { note: trees[one].note(size), ..trees[proof].ask(old, size) }
}
