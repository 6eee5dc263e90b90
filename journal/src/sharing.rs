//! Many who ask the same sort of question at once share one statement.
//!
//! While a question is on its way, others queue up; the next statement takes all of them along. A
//! single caller is asked for at once and pays nothing. A statement that fails for many is asked
//! again for each alone, so that nobody fails for a neighbour. Whoever stops waiting is simply not
//! answered.

use std::sync::Arc;

use tokio::sync::{Mutex, mpsc, oneshot};

/// Keys a statement takes along, at most.
const MANY: usize = 256;
/// Who may queue up; everybody else waits for a place.
const QUEUE: usize = 4_096;

/// A question that can be asked for many keys at once.
pub trait Question: Send + Sync + 'static {
    /// What is asked for.
    type Key: Clone + Send + Sync + 'static;
    /// What is answered.
    type Answer: Send + 'static;
    /// Why there is no answer.
    type Error: From<NobodyAnswers> + Send + 'static;

    /// The answers, one a key, in the keys' order.
    fn ask(
        &self,
        keys: Vec<Self::Key>,
    ) -> impl Future<Output = Result<Vec<Self::Answer>, Self::Error>> + Send;
}

/// The process is ending: nobody asks any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("nobody answers any more")]
pub struct NobodyAnswers;

/// A question that many share; cheap to clone. It is asked for as long as one clone is there.
#[derive(Debug)]
pub struct Sharing<Q: Question>(mpsc::Sender<Waiting<Q>>);

impl<Q: Question> Clone for Sharing<Q> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

#[derive(Debug)]
struct Waiting<Q: Question> {
    key: Q::Key,
    answer: oneshot::Sender<Result<Q::Answer, Q::Error>>,
}

impl<Q: Question> Sharing<Q> {
    /// At most `lanes` statements are on their way at once. Has to be called within a runtime, which
    /// asks them.
    pub fn new(question: Q, lanes: usize) -> Self {
        let (queue, waiting) = mpsc::channel(QUEUE);
        let waiting = Arc::new(Mutex::new(waiting));
        let question = Arc::new(question);
        for _ in 0..lanes {
            tokio::spawn(serve(Arc::clone(&question), Arc::clone(&waiting)));
        }
        Self(queue)
    }

    /// The answer for one key.
    ///
    /// # Errors
    /// What the question says, or that nobody asks it any more.
    pub async fn ask(&self, key: Q::Key) -> Result<Q::Answer, Q::Error> {
        let (answer, answered) = oneshot::channel();
        self.0.send(Waiting { key, answer }).await.map_err(|_| NobodyAnswers)?;
        answered.await.map_err(|_| NobodyAnswers)?
    }
}

/// Runs until nobody can ask any more.
async fn serve<Q: Question>(question: Arc<Q>, queue: Arc<Mutex<mpsc::Receiver<Waiting<Q>>>>) {
    let mut waiting = Vec::new();
    while queue.lock().await.recv_many(&mut waiting, MANY).await > 0 {
        waiting.retain(|one| !one.answer.is_closed());
        answer(question.as_ref(), std::mem::take(&mut waiting)).await;
    }
}

async fn answer<Q: Question>(question: &Q, mut waiting: Vec<Waiting<Q>>) {
    if waiting.len() > 1 {
        let keys = waiting.iter().map(|one| one.key.clone()).collect();
        if let Ok(answers) = question.ask(keys).await {
            for (one, answer) in waiting.drain(..).zip(answers) {
                // Whoever is gone needs no answer.
                let _ = one.answer.send(Ok(answer));
            }
        }
    }
    for Waiting { key, answer } in waiting {
        if answer.is_closed() {
            continue;
        }
        let answers = question.ask(vec![key]).await;
        let only = answers.and_then(|all| all.into_iter().next().ok_or(NobodyAnswers.into()));
        let _ = answer.send(only);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::sync::Semaphore;

    use super::*;

    /// Doubles numbers; fails for everybody when a 13 is among them.
    struct Double {
        asked: Arc<AtomicUsize>,
        gate: Arc<Semaphore>,
    }

    #[derive(Debug, PartialEq)]
    enum Failed {
        Thirteen,
        Nobody,
    }

    impl From<NobodyAnswers> for Failed {
        fn from(_: NobodyAnswers) -> Self {
            Self::Nobody
        }
    }

    impl Question for Double {
        type Key = u64;
        type Answer = u64;
        type Error = Failed;

        async fn ask(&self, keys: Vec<u64>) -> Result<Vec<u64>, Failed> {
            self.asked.fetch_add(1, Ordering::Relaxed);
            let _open = self.gate.acquire().await;
            if keys.contains(&13) {
                return Err(Failed::Thirteen);
            }
            Ok(keys.into_iter().map(|key| key * 2).collect())
        }
    }

    async fn asked_together(keys: std::ops::Range<u64>) -> (Vec<Result<u64, Failed>>, usize) {
        let (asked, gate) = (Arc::new(AtomicUsize::new(0)), Arc::new(Semaphore::new(0)));
        let question = Double { asked: Arc::clone(&asked), gate: Arc::clone(&gate) };
        let sharing = Sharing::new(question, 1);
        let ask = |key| {
            let sharing = sharing.clone();
            tokio::spawn(async move { sharing.ask(key).await })
        };
        // The first is on its way and held up; all others queue up meanwhile.
        let mut all = vec![ask(keys.start)];
        while asked.load(Ordering::Relaxed) == 0 {
            tokio::task::yield_now().await;
        }
        all.extend((keys.start + 1..keys.end).map(ask));
        while sharing.0.max_capacity() - sharing.0.capacity() < all.len() - 1 {
            tokio::task::yield_now().await;
        }
        gate.add_permits(Semaphore::MAX_PERMITS);
        let mut answers = Vec::new();
        for one in all {
            answers.push(one.await.unwrap());
        }
        (answers, asked.load(Ordering::Relaxed))
    }

    #[tokio::test]
    async fn those_who_wait_share_a_question_and_get_their_own_answers() {
        let (answers, asked) = asked_together(20..120).await;
        assert_eq!(answers, (20..120).map(|key| Ok(key * 2)).collect::<Vec<_>>());
        assert_eq!(asked, 2);
    }

    #[tokio::test]
    async fn one_bad_question_fails_alone() {
        let (answers, _) = asked_together(10..20).await;
        let good = |key: u64| if key == 13 { Err(Failed::Thirteen) } else { Ok(key * 2) };
        assert_eq!(answers, (10..20).map(good).collect::<Vec<_>>());
    }
}
