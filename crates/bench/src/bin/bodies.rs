//! Serves the three sizes, `fifty` with different parameters, and the example of
//! a newer service, until it is stopped: `one`, `fifty`, `two-thousand`,
//! `different` and `drift`. Prints its address.

use processing_results_bench::bodies::{Kind, SIZES, different, with_ids};
use processing_results_bench::server;

fn main() {
    let names = ["one", "fifty", "two-thousand"];
    let mut bodies: Vec<_> = std::iter::zip(names, SIZES)
        .map(|(name, results)| (name.to_owned(), with_ids(Kind::Full, results)))
        .collect();
    bodies.push(("different".to_owned(), different(Kind::Full, 50)));
    let drift = include_str!("../../../../openapi/examples/drift.json");
    bodies.push(("drift".to_owned(), drift.to_owned()));
    println!("http://{}", server::start(server::responses(bodies)));
    loop {
        std::thread::park();
    }
}
