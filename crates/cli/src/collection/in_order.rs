//! Histories in the order of their ids, without a slow one holding up the calls for the others.
//!
//! Calls end in any order. A place is taken when an id goes through the gate, and given back when what came
//! of it is handed on: so a slow call holds up the output, and the bound holds however slow it is.

use std::collections::{HashMap, VecDeque};
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::{Stream, StreamExt};
use tokio::sync::Semaphore;

/// Lets ids through as long as there is a place for what comes of them.
#[derive(Clone)]
pub(super) struct Gate {
    places: Arc<Semaphore>,
    order: Arc<Mutex<VecDeque<String>>>,
}

/// What comes, in the order of the ids that went through the gate.
pub(super) struct InOrder<'a, T> {
    gate: Gate,
    coming: Pin<Box<dyn Stream<Item = (String, T)> + 'a>>,
    early: HashMap<String, T>,
}

impl Gate {
    /// With this number of places.
    pub(super) fn new(places: usize) -> Self {
        Gate {
            places: Arc::new(Semaphore::new(places.min(Semaphore::MAX_PERMITS))),
            order: Arc::default(),
        }
    }

    /// The ids, without duplicates.
    pub(super) fn through<S>(&self, ids: S) -> impl Stream<Item = String> + use<S>
    where
        S: Stream<Item = String>,
    {
        let gate = self.clone();
        ids.then(move |id| {
            let gate = gate.clone();
            async move {
                // Nobody closes it.
                if let Ok(place) = gate.places.acquire().await {
                    place.forget();
                }
                gate.order().push_back(id.clone());
                id
            }
        })
    }

    fn order(&self) -> MutexGuard<'_, VecDeque<String>> {
        self.order.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<'a, T> InOrder<'a, T> {
    pub(super) fn new(gate: Gate, coming: impl Stream<Item = (String, T)> + 'a) -> Self {
        InOrder {
            gate,
            coming: Box::pin(coming),
            early: HashMap::new(),
        }
    }

    /// The next one. Cancelling this loses nothing.
    pub(super) async fn next(&mut self) -> Option<(String, T)> {
        loop {
            if let Some(next) = self.take() {
                return Some(next);
            }
            let (id, what) = self.coming.next().await?;
            self.early.insert(id, what);
        }
    }

    /// Waits for something else, while what is under way arrives and is kept. New calls begin only as
    /// far as there are places.
    pub(super) async fn while_waiting<R>(&mut self, other: impl Future<Output = R>) -> R {
        let mut other = pin!(other);
        let mut has_more = true;
        loop {
            tokio::select! {
                biased;
                done = &mut other => return done,
                next = self.coming.next(), if has_more => match next {
                    Some((id, what)) => drop(self.early.insert(id, what)),
                    None => has_more = false,
                },
            }
        }
    }

    fn take(&mut self) -> Option<(String, T)> {
        let mut order = self.gate.order();
        let what = self.early.remove(order.front()?)?;
        self.gate.places.add_permits(1);
        order.pop_front().map(|id| (id, what))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::time::Duration;

    use futures_util::stream;
    use tokio::time::sleep;

    use super::*;

    #[tokio::test]
    async fn calls_go_on_while_a_reader_pauses_and_new_ones_do_not_begin() {
        let gate = Gate::new(5);
        let begun = AtomicU64::new(0);
        let ended = AtomicU64::new(0);
        let ids = gate.through(stream::iter((0..40).map(|number| number.to_string())));
        let coming = ids
            .map(|id| {
                begun.fetch_add(1, Ordering::Relaxed);
                let ended = &ended;
                async move {
                    sleep(Duration::from_millis(10)).await;
                    ended.fetch_add(1, Ordering::Relaxed);
                    (id, ())
                }
            })
            .buffer_unordered(2);
        let mut all = InOrder::new(gate, coming);
        all.while_waiting(sleep(Duration::from_millis(300))).await;
        let counts = [&begun, &ended].map(|count| count.load(Ordering::Relaxed));
        assert_eq!(counts, [5, 5]);
        for number in 0..40 {
            assert_eq!(all.next().await, Some((number.to_string(), ())));
        }
        assert_eq!(all.next().await, None);
    }

    #[tokio::test]
    async fn a_slow_one_holds_up_so_many_others_and_no_order_is_lost() {
        let gate = Gate::new(10);
        let begun = AtomicU64::new(0);
        let ids = gate.through(stream::iter((0..40).map(|number| number.to_string())));
        let coming = ids
            .map(|id| {
                begun.fetch_add(1, Ordering::Relaxed);
                let wait = if id == "0" { 300 } else { 1 };
                async move {
                    sleep(Duration::from_millis(wait)).await;
                    (id, ())
                }
            })
            .buffer_unordered(2);
        let mut all = InOrder::new(gate, coming);
        let first = all.next().await.map(|(id, ())| id);
        assert_eq!(first.as_deref(), Some("0"));
        assert_eq!(begun.load(Ordering::Relaxed), 10);
        for number in 1..40 {
            assert_eq!(all.next().await, Some((number.to_string(), ())));
        }
        assert_eq!(all.next().await, None);
    }
}
