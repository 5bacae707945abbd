//! `download`: the outputs of one item's processing results, from S3 into a directory (feature `s3`).
//!
//! | file | what it is |
//! |---|---|
//! | `NAME.part` | what has arrived of an output |
//! | `NAME.part.json` | the version of the output that `NAME.part` is of, with length and checksum |
//! | `NAME` | the complete output |
//! | `NAME.sha256` | its checksum, location and version; `sha256sum -c` reads it |
//!
//! A later run continues what is partial, and downloads nothing again that still agrees with its checksum and the store.
//! Standard output has a line for each output: `downloaded     1.50 KiB  outputs/report-3f2a....md`.

pub(crate) mod args;

mod credentials;
mod fetch;
mod location;
mod names;
mod part;
mod record;
mod response;
mod select;
mod settings;
mod store;

use std::fs;
use std::path::Path;

use indicatif::HumanBytes;

use crate::connect::connect;
use crate::download::args::Download;
use crate::environment::check_proxies;
use crate::environment::variable;
use crate::exit::{Exit, Failure};
use crate::paths::shown;
use crate::{history, stdout, text};

use fetch::{Done, fetch};
use location::Location;
use settings::StoreSettings;
use store::OutputStore;

/// Downloads the selected outputs. One that fails does not keep the others from being downloaded.
pub(crate) async fn run(download: &Download) -> Result<(), Failure> {
    if download.service.demo {
        return Err(Failure::usage(
            "the outputs of the demo do not exist: leave out --demo",
        ));
    }
    // Before the service is called: what cannot work then fails at once.
    let settings = StoreSettings::read(variable, &download.service.allow_plain_http)?;
    check_proxies(&settings.host)?;
    let store = OutputStore::new(settings, download.service.max_retries)?;
    let connection = connect(&download.service).await?;
    let job_type = download.job_type.as_deref();
    let fetched = history::fetch(&connection.client, &download.item_id, job_type).await?;
    let outputs = select::outputs(&fetched.history, download)?;
    fs::create_dir_all(&download.to).map_err(|error| {
        let directory = shown(&download.to);
        Failure::output(format!("the directory {directory} cannot be made: {error}"))
    })?;
    all(&store, &outputs, &download.to).await?;
    fetched.check()
}

/// What became of the outputs.
#[derive(Default)]
struct DownloadCounts {
    downloaded: usize,
    there: usize,
    failures: Vec<Failure>,
}

/// Downloads one output after the other into the directory.
async fn all(store: &OutputStore, outputs: &[Location], directory: &Path) -> Result<(), Failure> {
    let mut tally = DownloadCounts::default();
    for location in outputs {
        let path = directory.join(names::file_name(location));
        match fetch(store, location, &path).await {
            Ok((done, size)) => {
                match done {
                    Done::There => tally.there += 1,
                    Done::Downloaded | Done::Resumed => tally.downloaded += 1,
                }
                stdout::print(line(done, size, &path).as_bytes())?;
            }
            Err(failure) => {
                let failure = Failure::new(
                    failure.exit,
                    format!("{}: {}", location.shown(), failure.message()),
                );
                if outputs.len() > 1 {
                    text::note(&format!("failed: {}", failure.message()));
                }
                tally.failures.push(failure);
            }
        }
    }
    tally.end(outputs.len(), directory)
}

/// The line of an output: what was done, its size, and its file.
fn line(done: Done, size: u64, path: &Path) -> String {
    let word = match done {
        Done::Downloaded => "downloaded",
        Done::Resumed => "resumed",
        Done::There => "unchanged",
    };
    let size = HumanBytes(size).to_string();
    format!("{word:<10}  {size:>10}  {}\n", shown(path))
}

impl DownloadCounts {
    /// The summary, or the failure: 7 if some outputs failed or they failed for several reasons, else the reason's code.
    fn end(mut self, total: usize, directory: &Path) -> Result<(), Failure> {
        let directory = directory.display();
        let Some(last) = self.failures.pop() else {
            if total > 0 {
                let (downloaded, there) = (self.downloaded, self.there);
                text::info(&format!(
                    "{downloaded} downloaded, {there} unchanged, all {total} in {directory}"
                ));
            }
            return Ok(());
        };
        let failed = self.failures.len() + 1;
        if total == 1 {
            return Err(last);
        }
        if failed < total {
            let message =
                format!("{failed} of {total} outputs failed; the others are in {directory}");
            return Err(Failure::new(Exit::Partial, message));
        }
        let is_same = self
            .failures
            .iter()
            .all(|failure| failure.exit == last.exit);
        let exit = if is_same { last.exit } else { Exit::Partial };
        Err(Failure::new(exit, format!("all {total} outputs failed")))
    }
}
