//! Help texts that several commands share. Macros, for `concat!`.

macro_rules! exit_help {
    () => {
        "Exit codes:
  0  done
  1  the output could not be written
  2  usage or configuration: nothing was asked, or the service found the request invalid
  3  not authorized: the key is not accepted, out of credits, or not for this item
  4  there is no such item
  5  the service failed, could not be reached, or does not have this call
  6  the answer could not be read"
    };
}

macro_rules! many_exit_help {
    () => {
        concat!(
            exit_help!(),
            "\n  7  some items failed; everything else is done"
        )
    };
}

macro_rules! signal_exit_help {
    () => {
        "  130, 143  stopped by SIGINT, SIGTERM; what is done is kept"
    };
}

macro_rules! export_help {
    () => {
        "Items:
  One id a line, blank lines left out. An id that comes twice is asked for once. Rows are in the
  order of the ids. An item without results is done with, although it has no row.

Going on:
  Until FILE is whole, what there is of it is in the folder FILE.part. However an export was
  stopped, the same command with --resume goes on from there, and the file becomes the one that it
  would have been. --resume wants the same items in the same order, and the same --output,
  --job-type and --reveal-secrets. With no export to go on with, it begins one.
  Where items failed, FILE has the rows of all others and FILE.part stays: --resume asks for those
  items again, and puts their rows at the end. An export that would write over FILE is refused,
  unless --force is there. What goes to standard output is not kept, and cannot go on.

Errors:
  One item a line, as JSON: item_id, kind, status, message, attempts, request_id. The file is there
  once the export is done; without --errors and --out, items that failed are told on standard error.
  A key that is not accepted ends the export at once. So do 20 items in a row that are out of
  reach: there is no connection, no answer in time, or nobody knows this call.

Parquet:
  Needs a command that was built with the feature `parquet`. Text, except: processed_at, a
  timestamp in UTC with microseconds; job_config, output_metadata and extra, JSON; and columns
  that begin with `parameters_`, typed as the contract has them. docs/export.md lists them."
    };
}

macro_rules! environment {
    () => {
        "Environment:
  LLAMA_CLOUD_API_KEY          the key; LLAMA_PARSE_API_KEY where that is not set
  LLAMA_CLOUD_BASE_URL         server to ask, unless --region or --base-url says so
  LLAMA_CLOUD_PROJECT_ID       project, unless --project-id says so
  LLAMA_CLOUD_ORGANIZATION_ID  organization, unless --organization-id says so
  HTTPS_PROXY, NO_PROXY        proxy, as for other programs
  COLUMNS                      width of tables, in place of the terminal's"
    };
}

macro_rules! secrets {
    () => {
        "Secrets:
  A history repeats the credentials that a job was given. Unless --reveal-secrets is there, `***`
  stands for them:
  - fields that the contract marks as credentials, webhook headers included
  - user info, query and fragment of URLs that the contract marks as such
  - in fields that the contract does not know, free-form metadata and extract configurations
    included: whatever is named like a credential (key, token, secret, password, authorization,
    signature, cookie, header and the like), looks like one, or is the part of a URL that may be one
  A table shows of unknown fields the names alone, and CSV has `***` for their values.
  None of this can recognize a secret in free text, such as a prompt.

Formats:
  JSON and NDJSON have every field and number as the service sent them. Tables and CSV have escapes
  such as \\u{1b} for control characters. CSV has a ' before what a spreadsheet would take for a
  formula, and its job_config is JSON."
    };
}

#[cfg(feature = "s3")]
macro_rules! download_help {
    () => {
        "Files:
  Each output is a file with the name that it has in S3 and some digits of a checksum of where it
  is, as in report-3f9a12bc4507.md: the same output has the same name in every run. It is written
  as NAME.part and renamed once it is whole. If a run is stopped, the next one goes on where it
  was, unless the output has changed.
  NAME.sha256 says where the file is from and which version it is; `sha256sum -c *.sha256` checks
  the files. A file that is as NAME.sha256 says, and the same in S3, is not downloaded again.

S3, from the environment (the service's variables are in `processing-results --help`):
  AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY   who asks
  AWS_SESSION_TOKEN                          for credentials that expire
  AWS_REGION, AWS_DEFAULT_REGION             region of the bucket [default: us-east-1]
  AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL      another store, like https://host; plain http is for
                                             loopback and for --allow-plain-http
  AWS_ALLOW_HTTP                             true allows plain http to every store
  There is no limit to how long a download takes, as long as something arrives every 30 seconds."
    };
}

#[cfg(feature = "s3")]
macro_rules! download_exit_help {
    () => {
        "Exit codes:
  0  every output is there
  1  a file or the output could not be written
  2  usage or configuration: nothing was asked, or S3 has the bucket elsewhere
  3  not authorized, by the service or by S3
  4  there is no such item, result, bucket or output
  5  the service or S3 failed or could not be reached, or an output broke off
  6  the answer could not be read, or an output's location not be used
  7  some outputs failed and the others are there, or all failed for different reasons"
    };
}

macro_rules! diff_help {
    () => {
        "Comparison:
  Unless two results are named, the latest result that has an earlier one of its job type is
  compared with the last one of these. Of a parse job its parameters are compared, of a classify
  job its rules, mode and parsing configuration, of any other job all of its configuration. A null
  is the same as nothing.

Secrets:
  `***` stands for a credential, which then is another one than before, and `<string>` and its like
  for a value that the contract does not know.

JSON:
  {item_id, item_name, before, after, changes}. before and after are {result_id, job_type,
  processed_at, parameters_hash}, or null where there is no such result; then there are no changes.
  Each of the changes is {name, before, after}, where null is a parameter that is not set."
    };
}

macro_rules! duplicates_help {
    () => {
        concat!(
            "Duplicates:
  Results of one item are duplicates if they have the same job type and the same parameters hash.
  All but the first of them repeat what had been done. That there are some is an answer, and not a
  failure.

",
            many_items_help!(),
            "

JSON:
  Each group is {item_id, item_name, job_type, parameters_hash, repeats, results}, and each of its
  results, in the order of time, {result_id, processed_at, output_s3_path}."
        )
    };
}

macro_rules! many_items_help {
    () => {
        "Items:
  They come in the order of their ids; an id that comes twice is asked for once. An item that fails
  is told on standard error, and has no part in what is written; if it is the only one, the exit
  code is that of its failure. A key that is not accepted ends the command, and so do 20 items in a
  row for which the service is not to be reached."
    };
}

macro_rules! report_help {
    () => {
        concat!(
            "Report:
  One HTML file that loads nothing and has no script, for any browser, light or dark:
  - the runs over time, by job type
  - the runs that repeat an earlier one with the same job type and parameters hash
  - the settings that most runs have; secrets are masked, long texts shortened
  - what answers hold that the contract does not know: where, in how many items, no values
  - how many items failed, and why
  The file appears, or replaces the one that is there, when it is whole. However many items there
  are, little of them is in memory.

",
            many_items_help!()
        )
    };
}

macro_rules! spec_exit_help {
    () => {
        "Exit codes:
  0  no finding, no breaking change, no drift
  1  a finding, a change that breaks the wire or Rust code, or drift;
     or the output could not be written
  2  usage, or a file that cannot be read"
    };
}

macro_rules! serve_data {
    () => {
        "Data:
  Each .json file in the folder is one item, the whole answer of the call. Files are read again when
  they change; one that cannot be read is reported, and its last good version stays. Three members
  tell the server what to do:
  - \"respond\": [503, 503, 200] is what the next calls get; it begins anew when the file is written
  - \"project_id\", \"organization_id\" hide the item from calls for another one

Failures on request:
  The request header `Prefer: code=429`, `Prefer: example=drift` or `Prefer: delay=2` asks for this
  status, for a bundled example (documented, history, drift), or for an answer after 2 seconds."
    };
}

macro_rules! serve_exit_help {
    () => {
        "Exit codes:
  0  stopped by a signal
  1  the output could not be written
  2  usage, a folder that cannot be read, or an address that cannot be listened on"
    };
}
