//! One output, from the store to its file.
//!
//! | there is | request | then |
//! |---|---|---|
//! | the complete file | `If-None-Match` with its ETag | kept if the store has the same |
//! | a part of it | a range, `If-Match` with its ETag | continued if the store has the same |
//! | nothing, or another version | the complete object | written from the beginning |
//!
//! The version of the object, its ETag, is part of each request, so that a file is never put together from two versions.

use std::path::Path;

use futures_util::TryStreamExt;
use object_store::{GetOptions, GetRange, GetResult};

use super::location::Location;
use super::part::Part;
use super::record::Record;
use super::store::{OutputStore, Refusal};
use crate::exit::{Exit, Failure};
use crate::progress::{Progress, ProgressUnit};

/// What was done about an output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Done {
    /// It was downloaded from the beginning.
    Downloaded,
    /// What was missing of it was downloaded.
    Resumed,
    /// The complete file was there, the same as in the store.
    There,
}

/// Makes sure that the complete file is there, and returns what was done for that, and its size in bytes.
pub(crate) async fn fetch(
    store: &OutputStore,
    location: &Location,
    path: &Path,
) -> Result<(Done, u64), Failure> {
    let mut newer = None;
    if let Some(record) = Record::of(path) {
        newer = changed(store, location, &record).await?;
        if newer.is_none() {
            return Ok((Done::There, record.size));
        }
    }
    let mut part = Part::open(path)?;
    let rest = match newer {
        Some(_) => None,
        None => rest(store, location, &mut part).await?,
    };
    let (got, done) = match (rest, newer) {
        (Some(rest), _) => (rest, Done::Resumed),
        (None, newer) => {
            let got = match newer {
                Some(got) => got,
                None => got(store.get(location, GetOptions::default()).await)?,
            };
            part.restart(got.meta.e_tag.as_deref())?;
            (got, Done::Downloaded)
        }
    };
    let (size, etag) = (got.meta.size, got.meta.e_tag.clone());
    write(store, got, &mut part, path).await?;
    part.finish(location.shown(), etag)?;
    Ok((done, size))
}

/// Requests the object unless it is the one that is there; `None` if it is.
async fn changed(
    store: &OutputStore,
    location: &Location,
    record: &Record,
) -> Result<Option<GetResult>, Failure> {
    let options = GetOptions {
        if_none_match: record.etag.clone(),
        ..GetOptions::default()
    };
    match store.get(location, options).await {
        Err(Refusal::Unchanged) => Ok(None),
        // Not every store knows conditions.
        Ok(found) if record.etag.is_some() && found.meta.e_tag == record.etag => Ok(None),
        found => got(found).map(Some),
    }
}

/// Requests what is missing of the object that an earlier run began; `None` if there is nothing to continue, or the
/// object has changed.
async fn rest(
    store: &OutputStore,
    location: &Location,
    part: &mut Part,
) -> Result<Option<GetResult>, Failure> {
    // Before the store is called: it would not wait for as long as a large file takes to read.
    let Some(etag) = part.resume()? else {
        return Ok(None);
    };
    let written = part.written();
    let range = Some(GetRange::Offset(written));
    let options = GetOptions {
        range,
        if_match: Some(etag.clone()),
        ..GetOptions::default()
    };
    match store.get(location, options).await {
        Ok(found) if found.meta.e_tag.as_ref() == Some(&etag) && found.range.start == written => {
            Ok(Some(found))
        }
        Ok(_) | Err(Refusal::NoRange) => Ok(None),
        Err(refusal) => got(Err(refusal)).map(Some),
    }
}

/// The response, unless the store refused. A refusal that makes no sense for the request is an error of the store.
fn got(response: Result<GetResult, Refusal>) -> Result<GetResult, Failure> {
    response.map_err(|refusal| match refusal {
        Refusal::Failed(failure) => failure,
        Refusal::Unchanged | Refusal::NoRange => {
            Failure::new(Exit::Unreadable, "the store responds to another request")
        }
    })
}

/// Appends the body to the part, with a progress bar. A body that ends early is an error, and can be continued.
async fn write(
    store: &OutputStore,
    got: GetResult,
    part: &mut Part,
    path: &Path,
) -> Result<(), Failure> {
    let size = got.meta.size;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let progress = Progress::new(&name, ProgressUnit::Bytes, Some(size));
    progress.skip(part.written());
    let mut body = got.into_stream();
    while let Some(bytes) = body
        .try_next()
        .await
        .map_err(|error| store.failure(&error))?
    {
        part.write(&bytes)?;
        progress.done(bytes.len() as u64);
    }
    match part.written() {
        written if written == size => Ok(()),
        written => Err(Failure::new(
            Exit::Service,
            format!("{written} of {size} bytes came"),
        )),
    }
}
