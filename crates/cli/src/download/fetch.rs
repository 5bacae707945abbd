//! One output, from the store to its file.
//!
//! The version of the object is part of each request. If it has changed since, the store says so, and the
//! download begins again.

use std::path::Path;

use futures_util::TryStreamExt;
use object_store::{GetOptions, GetRange, GetResult};

use super::location::Location;
use super::part::Part;
use super::record::Record;
use super::store::{OutputStore, Refusal};
use crate::exit::{Exit, Failure};
use crate::progress::{Progress, ProgressUnit};

/// What has become of an output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Done {
    Downloaded,
    /// The rest of it has been downloaded.
    Resumed,
    /// It was there, the same as in the store.
    There,
}

/// Makes sure that the complete file is there, and returns its size.
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
    part.finish(location.to_string(), etag)?;
    Ok((done, size))
}

/// The object, if it is not the one that is there.
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

/// What is missing of the object that an earlier run began, if it is still the same.
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

/// A response that makes no sense for the request is an error.
fn got(response: Result<GetResult, Refusal>) -> Result<GetResult, Failure> {
    response.map_err(|refusal| match refusal {
        Refusal::Failed(failure) => failure,
        Refusal::Unchanged | Refusal::NoRange => {
            Failure::new(Exit::Unreadable, "the store responds to another request")
        }
    })
}

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
