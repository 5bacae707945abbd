//! The directory of `--data`: each of its `.json` files is one item, and may change while the server runs.
//!
//! The directory is scanned five times a second. What a user sees is a line for each item that was read again or is
//! gone, and for each file that cannot be read. A file that is being written may be incomplete for a moment, so a
//! mistake is reported when it is still there at the next scan, and the last good version stays until then.
//!
//! Hidden files and directories below are left out.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use super::file::File;

/// A directory as it was read last.
pub(super) struct Directory {
    path: PathBuf,
    /// The files of the last scan, and those that were missing in it for the first time.
    files: BTreeMap<PathBuf, File>,
    /// What the server has now.
    served: Served,
    /// Scans so far; the first one has the number 1.
    scans: u64,
    /// Whether the last scan failed.
    is_lost: bool,
}

/// Ids of items, each with its file and the scan in which that was read. An item is set again when either differs.
type Served = BTreeMap<String, (PathBuf, u64)>;

/// What has changed from one scan to the next.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Changes {
    /// Complete responses of items that are new or changed.
    pub(super) set: Vec<String>,
    /// Ids of items that are gone.
    pub(super) removed: Vec<String>,
    /// Lines for standard error.
    pub(super) reports: Vec<String>,
}

impl Directory {
    /// Nothing is read yet.
    pub(super) fn new(path: &Path) -> Self {
        Directory {
            path: path.to_owned(),
            files: BTreeMap::new(),
            served: Served::new(),
            scans: 0,
            is_lost: false,
        }
    }

    /// Reads the files that may have changed. A file that is missing is kept for one scan, since some editors remove a
    /// file before they write the new one.
    ///
    /// # Errors
    /// The directory cannot be read. What was served before stays.
    pub(super) fn scan(&mut self) -> io::Result<Changes> {
        let paths = files(&self.path)?;
        self.scans += 1;
        let mut changes = Changes::default();
        self.files.retain(|path, file| {
            let was_missing = file.is_missing;
            file.is_missing = !paths.contains(path);
            !(was_missing && file.is_missing)
        });
        for path in paths {
            let file = self.files.entry(path.clone()).or_default();
            file.read(&path, self.scans);
            changes.reports.extend(file.complaint(&path, self.scans));
        }
        let wanted = self.wanted(&mut changes);
        self.compare(&wanted, &mut changes);
        self.served = wanted;
        Ok(changes)
    }

    /// The same while the server runs: a directory that cannot be read keeps its items, and is reported once.
    pub(super) fn rescan(&mut self) -> Changes {
        let scanned = self.scan();
        let was_lost = std::mem::replace(&mut self.is_lost, scanned.is_err());
        scanned.unwrap_or_else(|error| {
            let report = format!("error: {}: {error}; its items stay", self.path.display());
            Changes {
                reports: (!was_lost).then_some(report).into_iter().collect(),
                ..Changes::default()
            }
        })
    }

    /// Which file each item comes from. If two files define the same item, the first one by name wins, and the
    /// conflict is reported once. A file that exists goes before one that is missing.
    fn wanted(&mut self, changes: &mut Changes) -> Served {
        let mut wanted = Served::new();
        let (there, missing): (Vec<_>, Vec<_>) = self
            .files
            .iter_mut()
            .partition(|(_, file)| !file.is_missing);
        for (path, file) in there.into_iter().chain(missing) {
            let Some(item) = &file.item else {
                continue;
            };
            let source = (path.clone(), item.version);
            let Some((first, _)) = wanted.get(&item.id) else {
                file.rival = None;
                wanted.insert(item.id.clone(), source);
                continue;
            };
            if !file.is_missing && file.rival.as_ref() != Some(first) {
                changes.reports.push(format!(
                    "error: {}:1:1: item {:?} is served from {} already",
                    path.display(),
                    item.id,
                    first.display()
                ));
                file.rival = Some(first.clone());
            }
        }
        wanted
    }

    /// What is wrong with the files at present, for the pages. Only names are shown: a reader of the pages need
    /// not know where the directory is.
    pub(super) fn problems(&self) -> Vec<String> {
        let name = |path: &Path| {
            let name = path.file_name().unwrap_or_default();
            name.to_string_lossy().into_owned()
        };
        let problem = |(path, file): (&PathBuf, &File)| {
            let path = name(path);
            match (&file.rival, &file.item, file.problem()) {
                (_, _, Some(problem)) => Some(format!("{path}:{problem}")),
                (Some(rival), Some(item), None) => Some(format!(
                    "{path}: item {} is served from {}",
                    item.id,
                    name(rival)
                )),
                _ => None,
            }
        };
        let lost = self
            .is_lost
            .then(|| "the directory cannot be read; its items stay".to_owned());
        self.files.iter().filter_map(problem).chain(lost).collect()
    }

    /// Adds to `changes` what has to be set and removed so that the server has what is wanted. The first scan reports no
    /// items: the startup message is enough.
    fn compare(&self, wanted: &Served, changes: &mut Changes) {
        for id in self.served.keys().filter(|id| !wanted.contains_key(*id)) {
            changes.reports.push(format!("note: item {id:?} is gone"));
            changes.removed.push(id.clone());
        }
        for (id, source) in wanted {
            let item = self
                .files
                .get(&source.0)
                .and_then(|file| file.item.as_ref());
            let Some(item) = item.filter(|_| self.served.get(id) != Some(source)) else {
                continue;
            };
            if self.scans > 1 {
                let path = source.0.display();
                changes
                    .reports
                    .push(format!("note: item {id:?} is read from {path}"));
            }
            changes.set.push(item.text.clone());
        }
    }
}

/// The files that hold items: those that end in `.json` in any case, sorted by name.
fn files(directory: &Path) -> io::Result<BTreeSet<PathBuf>> {
    let mut paths = BTreeSet::new();
    for entry in std::fs::read_dir(directory)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default();
        let is_hidden = name.as_encoded_bytes().starts_with(b".");
        let is_json = path
            .extension()
            .is_some_and(|end| end.eq_ignore_ascii_case("json"));
        if is_json && !is_hidden {
            paths.insert(path);
        }
    }
    Ok(paths)
}

#[cfg(test)]
mod tests;
