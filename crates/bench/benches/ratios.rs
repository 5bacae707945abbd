//! The budgets that are ratios to a floor: each pair is timed in turn.

// A bench that fails to set up has nothing to measure.
#![allow(clippy::unwrap_used)]

#[cfg(feature = "mask")]
use processing_results::__private::{Field, Masking, SensitiveNames, Unknown};
use processing_results::types::ItemProcessingResults;
use processing_results_bench::bodies::{Kind, SIZES, body, configuration};
use processing_results_bench::calls::{self, NOWHERE};
use processing_results_bench::pairs::{Pair, pair};
use processing_results_bench::{plain, server};
use serde::de::IgnoredAny;
use serde_json::Value;

const SECTIONS: &[(&str, fn())] = &[
    ("decode", decodes),
    ("job", job),
    ("encode", encode),
    #[cfg(feature = "mask")]
    ("mask", mask),
    ("building", building),
    ("warm", || SIZES.into_iter().for_each(warm)),
    ("many", fetch_many),
];

/// All sections, or those that are named: `cargo bench --bench ratios -- warm`.
fn main() {
    let named: Vec<_> = std::env::args()
        .skip(1)
        .filter(|name| !name.starts_with('-'))
        .collect();
    println!("| what | ours | floor | ratio |\n|---|---|---|---|");
    for (name, run) in SECTIONS {
        if named.is_empty() || named.iter().any(|chosen| chosen == name) {
            run();
        }
    }
}

fn row(what: &str, pair: &Pair) {
    let [ours, floor] = pair.times;
    println!("| {what} | {ours:.1?} | {floor:.1?} | {:.2} |", pair.ratio);
}

fn history(body: &str) -> ItemProcessingResults {
    serde_json::from_slice(body.as_bytes()).unwrap()
}

fn decodes() {
    for kind in Kind::ALL {
        for results in SIZES {
            decode(kind, results);
        }
    }
}

fn decode(kind: Kind, results: usize) {
    let body = body(kind, results);
    let what = format!("decode {results}, {kind:?}, {} bytes", body.len()).to_lowercase();
    let bytes = body.as_bytes();
    let ours = || history(&body);
    let skip = || serde_json::from_slice::<IgnoredAny>(bytes).unwrap();
    row(&format!("{what}, to skipping"), &pair(ours, skip));
    let flat = || serde_json::from_slice::<plain::History>(bytes).unwrap();
    row(&format!("{what}, to a flat struct"), &pair(ours, flat));
    let value = || serde_json::from_slice::<Value>(bytes).unwrap();
    row(&format!("{what}, to a value"), &pair(ours, value));
}

fn job() {
    for kind in Kind::ALL {
        let history = history(&body(kind, 2000));
        let first = &history.results()[0];
        let text = first.job_config.raw();
        let plain = |text: &str| Box::new(serde_json::from_str::<plain::Record>(text).unwrap());
        let what = format!("job() of one, {kind:?}").to_lowercase();
        row(&what, &pair(|| first.job(), || plain(text)));
        let all = || {
            let results = history.results().iter();
            results.for_each(|result| drop(result.job()));
        };
        let parse = |text: &str| drop(plain(text));
        let floor = || {
            history
                .results()
                .iter()
                .for_each(|result| parse(result.job_config.raw()))
        };
        if kind == Kind::Full {
            row("job() of 2000, full", &pair(all, floor));
        }
    }
}

fn encode() {
    let text = configuration();
    let record: plain::Record = serde_json::from_str(&text).unwrap();
    let result = history(&body(Kind::Full, 1));
    let processing_results::Job::Parse(job) = result.results()[0].job() else {
        return;
    };
    let ours = || serde_json::to_vec(&job).unwrap();
    row(
        "encode one record",
        &pair(ours, || serde_json::to_vec(&record).unwrap()),
    );
    for results in SIZES {
        let body = body(Kind::Full, results);
        let plain: plain::History = serde_json::from_str(&body).unwrap();
        let history = history(&body);
        let ours = || serde_json::to_vec(&history).unwrap();
        let floor = || serde_json::to_vec(&plain).unwrap();
        row(&format!("encode {results}, full"), &pair(ours, floor));
    }
}

/// What the command does with each history: written as JSON, with secrets masked.
#[cfg(feature = "mask")]
fn mask() {
    static SENSITIVE: SensitiveNames = SensitiveNames::new(&ItemProcessingResults::SHAPE);
    let masking = Masking {
        unknown: Unknown::Recognized(processing_results_contract::is_credential),
        sensitive: &SENSITIVE,
        is_pretty: false,
    };
    for kind in Kind::ALL {
        for results in SIZES {
            let body = body(kind, results);
            let history = history(&body);
            let ours = || {
                let json = serde_json::to_string(&history).unwrap();
                masking.mask(&json, &ItemProcessingResults::SHAPE)
            };
            let skip = || serde_json::from_str::<IgnoredAny>(&body).unwrap();
            let what = format!("mask {results}, {kind:?}, to skipping").to_lowercase();
            row(&what, &pair(ours, skip));
        }
    }
}

fn building() {
    let runtime = calls::runtime();
    let _inside = runtime.enter();
    let http = calls::unconnected();
    let client = calls::client_by(http.clone(), NOWHERE);
    let url = calls::url(NOWHERE, "one");
    let ours = || calls::begin(client.processing_results("one").send());
    row(
        "a call up to the socket",
        &pair(ours, || calls::begin(calls::bare(&http, &url))),
    );
}

fn warm(results: usize) {
    let body = body(Kind::Full, results);
    let length = body.len();
    let address = server::start(server::responses(vec![("item".to_owned(), body)]));
    let base = format!("http://{address}");
    let url = calls::url(&base, "item");
    let (client, http) = (calls::client(&base), calls::http());
    let (ours, theirs) = (calls::runtime(), calls::runtime());
    let ours = || {
        let history = ours
            .block_on(client.processing_results("item").send())
            .unwrap();
        assert_eq!(history.results().len(), results);
    };
    let floor = || assert_eq!(theirs.block_on(calls::bare(&http, &url)), length);
    row(&format!("a warm call, {length} bytes"), &pair(ours, floor));
}

/// 32 at a time, 320 in each turn; the figure is the time of one.
fn fetch_many() {
    const CALLS: usize = 320;
    let body = body(Kind::Full, 1);
    let address = server::start(server::responses(vec![("item".to_owned(), body)]));
    let base = format!("http://{address}");
    let url = calls::url(&base, "item");
    let (client, http) = (calls::client(&base), calls::http());
    let (ours, theirs) = (calls::runtime(), calls::runtime());
    let ours = || ours.block_on(calls::many(&client, CALLS));
    let floor = || theirs.block_on(calls::many_bare(&http, &url, CALLS));
    row("320 of many calls, 32 at a time", &pair(ours, floor));
}
