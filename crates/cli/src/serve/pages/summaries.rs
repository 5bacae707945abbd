//! What the list of items shows of each item, kept until the items change.
//!
//! A list of thousands of items is sorted and searched at each request, and parsing their histories each time would
//! take seconds. So a summary is made once for each text: after a change, only what changed is parsed again.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, MutexGuard};

use processing_results::JobType;
use processing_results::types::ItemProcessingResults;
use processing_results_mock::Items;

use super::decoded::decoded;
use super::result::status_class;
use crate::lock::lock;
use crate::mask;
use crate::output::members::Members;
use crate::words::moment;

/// Results of an item that have a dot in the list: the last ones.
const MAX_DRAWN: usize = 12;

/// The summaries of all items. Clones share them.
#[derive(Clone, Default)]
pub(crate) struct Index(Arc<Mutex<Known>>);

/// What is behind the lock.
#[derive(Default)]
struct Known {
    /// By id, each with the hash of the text that it was made from.
    summaries: HashMap<String, (u64, Arc<ItemSummary>)>,
    /// All of them in the order of ids; none if the items have changed since.
    all: Option<Arc<[Arc<ItemSummary>]>>,
}

/// An item in the list.
pub(super) struct ItemSummary {
    pub(super) id: String,
    /// The item's name; `None` if its data is not a history.
    pub(super) name: Option<String>,
    pub(super) results: usize,
    /// Results that repeat an earlier one.
    pub(super) duplicates: usize,
    /// Jobs whose status says that they failed.
    pub(super) failed: usize,
    /// Results that do not decode, and are not counted otherwise.
    pub(super) unreadable: usize,
    /// When the latest result was made, in UTC.
    pub(super) latest: Option<String>,
    /// The job types of the last results, for their dots.
    pub(super) types: Vec<JobType>,
}

impl Index {
    /// The items have changed: the next request looks at all of them again.
    pub(crate) fn invalidate(&self) {
        self.lock().all = None;
    }

    /// A summary of each item, in the order of ids. Those whose text has not changed are kept.
    pub(super) fn summaries(&self, items: &Items) -> Arc<[Arc<ItemSummary>]> {
        let mut known = self.lock();
        if let Some(all) = &known.all {
            return Arc::clone(all);
        }
        let mut old = std::mem::take(&mut known.summaries);
        let summary = |id: String| {
            let json = items.get(&id)?;
            let mut hasher = DefaultHasher::new();
            json.hash(&mut hasher);
            let hash = hasher.finish();
            let kept = old.remove(&id).filter(|(of, _)| *of == hash);
            let (_, summary) =
                kept.unwrap_or_else(|| (hash, Arc::new(ItemSummary::new(&id, &json))));
            known.summaries.insert(id, (hash, Arc::clone(&summary)));
            Some(summary)
        };
        let all: Arc<[_]> = items.ids().into_iter().filter_map(summary).collect();
        known.all = Some(Arc::clone(&all));
        all
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        lock(&self.0)
    }
}

impl ItemSummary {
    /// Parses the complete response of an item; data that is not a history has no results.
    pub(super) fn new(id: &str, json: &str) -> Self {
        let decoded = decoded(json).ok();
        let unreadable = decoded.as_ref().map_or(0, |decoded| decoded.missing.len());
        let history = decoded.map(|decoded| mask::names(decoded.history, false));
        let results = history.as_ref().map(ItemProcessingResults::chronological);
        let results = results.unwrap_or_default();
        let groups = history.as_ref().map(ItemProcessingResults::duplicates);
        let groups = groups.unwrap_or_default();
        let failed = results.iter().filter(|result| {
            let status = Members::read(result.job_config.raw())
                .and_then(|config| serde_json::from_str::<String>(config.get("status")?).ok());
            status.is_some_and(|status| status_class(&status) == "failed")
        });
        let drawn = results.iter().skip(results.len().saturating_sub(MAX_DRAWN));
        ItemSummary {
            id: id.to_owned(),
            results: results.len(),
            duplicates: groups.iter().map(|group| group.len() - 1).sum(),
            failed: failed.count(),
            unreadable,
            latest: results.last().map(|result| moment(result)),
            types: drawn.map(|result| result.job_type.clone()).collect(),
            name: history.as_ref().map(|history| history.item_name.clone()),
        }
    }

    /// Whether a search finds the item: by a part of its id or name, in any case.
    pub(super) fn matches(&self, text: &str) -> bool {
        let text = text.trim().to_lowercase();
        let has = |field: &str| field.to_lowercase().contains(&text);
        has(&self.id) || self.name.as_deref().is_some_and(has)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn items_are_read_again_when_they_have_changed_and_not_before() {
        let server = processing_results_mock::Server::start_empty()
            .await
            .unwrap();
        let (items, index) = (server.items(), Index::default());
        let names = || -> Vec<_> {
            let all = index.summaries(&items);
            all.iter().filter_map(|item| item.name.clone()).collect()
        };
        let set = |id: &str, name: &str| {
            let json = serde_json::json!({"item_id": id, "item_name": name});
            server.set_item(json.to_string()).unwrap();
        };
        set("a", "first.pdf");
        assert_eq!(names(), ["first.pdf"]);
        set("a", "second.pdf");
        set("b", "third.pdf");
        assert_eq!(names(), ["first.pdf"]);
        index.invalidate();
        assert_eq!(names(), ["second.pdf", "third.pdf"]);
        server.remove_item("a");
        index.invalidate();
        assert_eq!(names(), ["third.pdf"]);
    }
}
