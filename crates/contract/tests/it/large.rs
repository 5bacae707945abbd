//! Documents of a size that nobody writes by hand: the time grows as they do.

use super::contract;
use processing_results_contract::{Document, diff, show, wire};

/// Lines that are repeated, with `{}` for a number, before the first line of the contract that starts with the text.
const MANY: [(&str, &str); 9] = [
    (
        "security:",
        "  - url: https://a{}.example.com\n    description: A.\n    x-region: A{}x\n",
    ),
    ("# Either", "requird{}: 1\n"),
    ("paths:", "  - scheme{}: []\n"),
    (
        "        - name: session",
        "        - name: p{}\n          in: query\n          description: A.\n          schema:\n            type: string\n",
    ),
    (
        "components:",
        "  /p{}:\n    get: {operationId: o{}, responses: {'200': {description: A.}}}\n",
    ),
    ("  schemas:", "    a{}: {type: http, scheme: bearer}\n"),
    (
        "        item_name:",
        "        p{}:\n          $ref: '#/components/schemas/JobTyp{}'\n",
    ),
    ("        - classify", "        - v{}\n"),
    (
        "    JobName:",
        "    C{}x:\n      type: object\n      description: A.\n      additionalProperties: false\n      properties:\n        a: {typ: string, nullabel: true}\n",
    ),
];

/// The contract with a part of it many times.
fn large(before: &str, part: &str, count: usize) -> String {
    let contract = contract();
    let at = contract.find(&format!("\n{before}")).expect(before) + 1;
    let numbered = (0..count).map(|number| part.replace("{}", &number.to_string()));
    contract[..at].to_owned() + &numbered.collect::<String>() + &contract[at..]
}

#[test]
fn every_part_of_a_document_may_be_large() {
    let whole = Document::parse("api.yaml", &contract()).expect("readable");
    for (before, part) in MANY {
        let work = |count: usize| {
            let document = Document::parse("api.yaml", &large(before, part, count)).expect(part);
            document.check();
            diff::compare(&whole, &document);
            diff::compare(&document, &whole);
            show::components(&document);
            wire::listing(&document);
        };
        println!("{part}");
        super::linear::grows_linearly(work, 300);
    }
}
