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
