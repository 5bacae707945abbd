//! Results of calls in the order of their ids, while calls end in any order.
//!
//! A stream of ids goes through a [`Gate`], which has a number of places. An id takes a place when it goes through, and
//! gives it back when its result is handed on. A slow call holds up the results behind it, not the calls, as long as
//! there are places: that bounds what waits in memory, however slow the call is.

use std::collections::{HashMap, VecDeque};
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, MutexGuard};

use futures_util::{Stream, StreamExt};
use tokio::sync::Semaphore;

use crate::lock::lock;

/// Lets ids through as long as there is a place for their results. Ids must not repeat.
#[derive(Clone)]
pub(super) struct Gate {
    places: Arc<Semaphore>,
    /// Ids that went through, and whose results were not handed on yet.
    order: Arc<Mutex<VecDeque<String>>>,
}

/// The results, in the order in which the ids went through the gate.
pub(super) struct InOrder<'a, T> {
    gate: Gate,
    /// The results as calls end.
    coming: Pin<Box<dyn Stream<Item = (String, T)> + 'a>>,
    /// Results that arrived before one that comes first.
    early: HashMap<String, T>,
}

impl Gate {
    /// A gate with this number of places.
    pub(super) fn new(places: usize) -> Self {
        Gate {
            places: Arc::new(Semaphore::new(places.min(Semaphore::MAX_PERMITS))),
            order: Arc::default(),
        }
    }

    /// The ids, each as soon as there is a place for it.
    pub(super) fn through<S>(&self, ids: S) -> impl Stream<Item = String> + use<S>
    where
        S: Stream<Item = String>,
    {
        let gate = self.clone();
        ids.then(move |id| {
            let gate = gate.clone();
            async move {
                // It fails only when the semaphore is closed, which nobody does.
                if let Ok(place) = gate.places.acquire().await {
                    place.forget();
                }
                gate.order().push_back(id.clone());
                id
            }
        })
    }

    fn order(&self) -> MutexGuard<'_, VecDeque<String>> {
        lock(&self.order)
    }
}

impl<'a, T> InOrder<'a, T> {
    /// Sorts results that come from ids behind this gate.
    pub(super) fn new(gate: Gate, coming: impl Stream<Item = (String, T)> + 'a) -> Self {
        InOrder {
            gate,
            coming: Box::pin(coming),
            early: HashMap::new(),
        }
    }

    /// The next result with its id. It may be cancelled: nothing is lost.
    pub(super) async fn next(&mut self) -> Option<(String, T)> {
        loop {
            if let Some(next) = self.take() {
                return Some(next);
            }
            let (id, what) = self.coming.next().await?;
            self.early.insert(id, what);
        }
    }

    /// Waits for something else, and meanwhile drives the calls and keeps what arrives. New calls begin only as far as
    /// there are places.
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

    /// The result that comes next, if it has arrived.
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
