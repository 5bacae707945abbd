//! What each kind of difference means: a line for each, the first that fits.
//!
//! The table is the place to read or to change a judgement. A row that is missing is not harmless: what has no row is
//! classed as the worst. To read a row:
//!
//! ```text
//! Alone(Property, "required", "required field", (Narrower, Minor, "the struct is `non_exhaustive`"), LESS)
//!       |         |           |                 |                                                    what it means
//!       |         |           what it is called what it means that it is new                         that it is gone
//!       |         only where parts::variant says so; "" for all others
//!       the kind of part
//! ```

use super::change::Api::{self, Major, Minor, Patch};
use super::class::Effect::{self, Equal, Fewer, More, Narrower, Other, Wider};
use crate::meaning::Kind::{self, *};
use crate::spec::{DEFAULT, REGION, SETTINGS};

/// An effect on the values that are valid, a step of the Rust API's version, and the reason.
///
/// The effect decides about the wire (`class`), the reason is shown to the reviewer.
pub(super) type Meant = (Effect, Api, &'static str);

/// A part that is on one side only: its kind and variant, what it is called, and what it means that it is new, or gone.
pub(super) struct Alone(
    pub(super) Kind,
    pub(super) &'static str,
    pub(super) &'static str,
    pub(super) Meant,
    pub(super) Meant,
);

/// A fact that differs: the kinds of parts (none for all), its name (`x-*` for a beginning, `prose` for what only
/// people read), what the change is called where the fact is set now and where it is not (`{old}` and `{new}` stand for
/// the values), and what both mean.
pub(super) struct FactRow(
    pub(super) &'static [Kind],
    pub(super) &'static str,
    pub(super) [&'static str; 2],
    pub(super) Meant,
    pub(super) Meant,
);

const POSITION: &str = "the raw function takes its parameters by position";
const RAW: &str = "it decides about the types of the raw function";
const ERRORS: &str = "errors are read without the contract";
const HEADERS: &str = "the bindings read no headers by the contract";
const TYPE: &str = "the Rust type is another";
const GONE: &str = "the variant is gone";
const IGNORED: &str = "the generator does not read it";
const AT_THE_CALL: &str = "which credentials are enough is said at the call";
const WRITTEN: &str = "values are written in another way";
const ENCODED: &str = "values are encoded as before";
const PROSE: Meant = (Equal, Patch, "only documentation");
const SPARE: Meant = (Equal, Patch, "nothing refers to it");
const ELSEWHERE: Meant = (Other, Patch, "calls go elsewhere; the API stays the same");
const LESS: Meant = (
    Other,
    Major,
    "who uses the field finds nothing, on the wire and in the struct",
);

#[rustfmt::skip] // A line for each.
pub(super) const ALONE: [Alone; 33] = [
    Alone(Operation,  "",         "call",               (More, Minor, "one more call"), (Other, Major, "the call is gone")),
    Alone(Parameter,  "required", "required parameter", (Narrower, Major, POSITION), (Other, Major, "requests that use it mean something else")),
    Alone(Parameter,  "",         "optional parameter", (More, Major, POSITION), (Other, Major, "requests that use it mean something else")),
    Alone(Body,       "required", "required body",      (Narrower, Major, POSITION), (Other, Major, "requests that have one mean something else")),
    Alone(Body,       "",         "optional body",      (More, Major, POSITION), (Other, Major, "requests that have one mean something else")),
    Alone(Response,   "success",  "response",           (Wider, Major, RAW), (Other, Major, "who expects it gets something else")),
    Alone(Response,   "body",     "response",           (More, Major, RAW), (Equal, Major, RAW)),
    Alone(Response,   "",         "response",           (More, Patch, ERRORS), (Equal, Patch, ERRORS)),
    Alone(Header,     "",         "header",             (More, Patch, HEADERS), (Other, Patch, HEADERS)),
    Alone(Media,      "",         "`{}`",               (More, Major, RAW), (Other, Major, "who sends or expects it fails")),
    Alone(Schema,     "",         "schema",             (Narrower, Major, TYPE), (Wider, Major, TYPE)),
    Alone(Component,  "",         "component",          (Equal, Minor, "a new type; what uses it is a change of its own"),
                                                        (Equal, Major, "the type is gone; what used it is a change of its own")),
    Alone(Property,   "sent",     "required field",     (Narrower, Major, "the struct has it"), LESS),
    Alone(Property,   "required", "required field",     (Narrower, Minor, "the struct is `non_exhaustive`"), LESS),
    Alone(Property,   "closed",   "optional field",     (Wider, Minor, "unknown keys were refused"), LESS),
    Alone(Property,   "",         "optional field",     (More, Minor, "unknown keys are kept anyway; the struct is `non_exhaustive`"), LESS),
    Alone(Items,      "",         "schema of items",    (Narrower, Major, TYPE), (Wider, Major, TYPE)),
    Alone(OneOf,      "tolerant", "branch `{}`",        (More, Minor, "what is unknown is kept, and typed on request"), (Fewer, Major, GONE)),
    Alone(OneOf,      "",         "branch `{}`",        (Wider, Major, "the Rust type has a variant more"), (Narrower, Major, GONE)),
    Alone(AnyOf,      "",         "branch `{}`",        (Wider, Major, "the Rust type has a variant more"), (Narrower, Major, GONE)),
    Alone(AllOf,      "",         "part `{}`",          (Narrower, Major, TYPE), (Wider, Major, TYPE)),
    Alone(Not,        "",         "`not`",              (Narrower, Patch, IGNORED), (Wider, Patch, IGNORED)),
    Alone(Value,      "",         "value `{}`",         (More, Minor, "enums are open: code already has to expect values that it does not know"),
                                                        (Fewer, Major, "its variant is gone")),
    Alone(Server,     "region",   "`{}`",               (More, Minor, "one more entry in `spec::SERVERS`"), (Other, Major, "who calls it gets no response; its region is gone")),
    Alone(Server,     "",         "`{}`",               (More, Minor, "one more entry in `spec::SERVERS`"), (Other, Patch, "who calls it gets no response")),
    Alone(Credential, "tolerant", "`{}`",               (More, Patch, "one more way to be let in"), (Equal, Patch, "no credential is needed any more")),
    Alone(Credential, "",         "`{}`",               (More, Patch, "one more way to be let in"), (Other, Patch, "credentials that were enough are not any more")),
    Alone(Scheme,     "",         "security scheme",    (Equal, Patch, AT_THE_CALL), (Equal, Patch, AT_THE_CALL)),
    Alone(Unused,     "",         "definition",         SPARE, SPARE),
    Alone(Info,       "",         "`info`",             PROSE, PROSE),
    Alone(Path,       "",         "path",               PROSE, PROSE),
    // Facts say so too.
    Alone(Values,     "",         "",                   PROSE, PROSE),
    Alone(Service,    "",         "",                   PROSE, PROSE),
];

/// All kinds of schemas.
const SCHEMAS: &[Kind] = &[
    Component, Schema, Property, Items, Values, OneOf, AnyOf, AllOf, Not,
];
const ANY: &[Kind] = &[];
const CHANGED: [&str; 2] = ["", ""];
const REQUIRED: [&str; 2] = ["optional became required", "required became optional"];
const RENAMED: [&str; 2] = ["renamed to `{new}`"; 2];

#[rustfmt::skip] // A line for each.
pub(super) const FACT_ROWS: &[FactRow] = &[
    FactRow(&[Info],       "version",         ["version changed"; 2], (Equal, Patch, "only `spec::API_VERSION` says another text"), PROSE),
    FactRow(&[Info],       "*",               CHANGED,  PROSE, PROSE),
    FactRow(&[Scheme],     "*",               CHANGED,  (Equal, Patch, AT_THE_CALL), (Equal, Patch, AT_THE_CALL)),
    FactRow(&[Unused],     "*",               CHANGED,  SPARE, SPARE),
    FactRow(ANY,           REGION,            CHANGED,  (Equal, Major, "regions are the variants of `Region`"), (Equal, Major, "regions are the variants of `Region`")),
    FactRow(ANY,           SETTINGS,          CHANGED,  (Equal, Patch, "it decides about what is shown as a setting"), (Equal, Patch, "it decides about what is shown as a setting")),
    FactRow(ANY,           DEFAULT,           CHANGED,  (Equal, Patch, "what the service does where the value is absent"), (Equal, Patch, "what the service does where the value is absent")),
    FactRow(ANY,           "x-*",             CHANGED,  PROSE, PROSE),
    FactRow(ANY,           "prose",           CHANGED,  PROSE, PROSE),
    FactRow(ANY,           "deprecated",      CHANGED,  (Equal, Minor, "code that uses it is warned"), (Equal, Patch, "code that uses it is warned no more")),
    FactRow(&[Operation],  "path",            ["was `{old}`"; 2], ELSEWHERE, ELSEWHERE),
    FactRow(&[Operation],  "method",          ["was `{old}`"; 2], ELSEWHERE, ELSEWHERE),
    FactRow(&[Operation],  "operationId",     ["operation `{old}` became `{new}`"; 2], (Equal, Major, "it is the name of the raw function"), (Equal, Major, "it is the name of the raw function")),
    FactRow(&[Operation],  "servers",         ["the first one, the default, changed"; 2], (Other, Patch, "calls go to another default; the API stays the same"), ELSEWHERE),
    FactRow(&[Credential], "scopes",          CHANGED,  (Narrower, Patch, "what a credential has to allow"), (Wider, Patch, "what a credential has to allow")),
    FactRow(&[Response],   "links",           CHANGED,  (Equal, Patch, "links say what to do next, and bind nobody"), (Equal, Patch, "links say what to do next, and bind nobody")),
    FactRow(&[Parameter],  "required",        REQUIRED, (Narrower, Major, "it is an `Option` no more"), (Wider, Major, "it becomes an `Option`")),
    FactRow(&[Body],       "required",        REQUIRED, (Narrower, Major, "it is an `Option` no more"), (Wider, Major, "it becomes an `Option`")),
    FactRow(&[Property],   "required",        REQUIRED, (Narrower, Major, "it is an `Option` no more"), (Wider, Major, "it becomes an `Option`")),
    FactRow(&[Header],     "required",        REQUIRED, (Narrower, Patch, HEADERS), (Wider, Patch, HEADERS)),
    FactRow(&[Parameter],  "name",            RENAMED,  (Other, Major, "to the service, another name is another parameter"), PROSE),
    FactRow(&[Parameter],  "in",              ["was in {old}"; 2], (Other, Major, "it is sent elsewhere, and is elsewhere in the raw function"), PROSE),
    FactRow(&[Parameter],  "allowReserved",   CHANGED,  (Wider, Patch, ENCODED), (Narrower, Patch, ENCODED)),
    FactRow(&[Parameter],  "allowEmptyValue", CHANGED,  (Wider, Patch, ENCODED), (Narrower, Patch, ENCODED)),
    FactRow(&[Parameter, Header], "style",    CHANGED,  (Other, Patch, WRITTEN), (Other, Patch, WRITTEN)),
    FactRow(&[Parameter, Header], "explode",  CHANGED,  (Other, Patch, WRITTEN), (Other, Patch, WRITTEN)),
    FactRow(&[Media],      "encoding",        CHANGED,  (Other, Patch, WRITTEN), (Other, Patch, WRITTEN)),
    FactRow(SCHEMAS,       "enum",            ["became an enum", "is no enum any more"], (Narrower, Major, "enums are open, but have a type of their own"),
                                                        (More, Major, "enums are open, but have a type of their own")),
    FactRow(SCHEMAS,       "title",           CHANGED,  (Equal, Major, "a title renames the Rust type"), (Equal, Major, "a title renames the Rust type")),
    FactRow(SCHEMAS,       "readOnly",        CHANGED,  (Fewer, Patch, IGNORED), (More, Patch, IGNORED)),
    FactRow(SCHEMAS,       "writeOnly",       CHANGED,  (Wider, Patch, IGNORED), (More, Patch, IGNORED)),
    FactRow(SCHEMAS,       "discriminator",   CHANGED,  (Equal, Patch, IGNORED), (Equal, Patch, IGNORED)),
    FactRow(SCHEMAS,       "xml",             CHANGED,  (Equal, Patch, IGNORED), (Equal, Patch, IGNORED)),
];
