//! The listing of the wire.

use super::{contract, excerpt};
use processing_results_contract::{Document, wire};

fn listing(text: &str) -> String {
    wire::listing(&Document::parse("api.yaml", text).expect("readable"))
}

#[test]
fn the_listing_has_a_line_for_each_documented_path() {
    let text = listing(&contract());
    println!("{text}");
    for line in [
        "path item_id: required string",
        "query job_type: optional string",
        "query job_type = classify",
        "cookie session: optional string password",
        "200 application/json: object, open",
        "200 processing_results: optional array nullable",
        "200 processing_results[].processed_at: required string date-time",
        "200 processing_results[].output_metadata: optional any",
        "200 processing_results[].job_config: required object, one of 2",
        "200 processing_results[].job_config<BatchParseJobRecordCreate>: object, open not ClassifyJob",
        "200 processing_results[].job_config<BatchParseJobRecordCreate>.parameters.max_pages: optional integer nullable",
        "200 processing_results[].job_config<BatchParseJobRecordCreate>.parameters.webhook_configurations[].webhook_headers.*: string password",
        "200 processing_results[].job_config<ClassifyJob>.parsing_configuration.lang = no",
    ] {
        assert!(text.lines().any(|other| other == line), "{line}");
    }
    let fields = text
        .lines()
        .filter(|line| line.contains(".parameters.") && line.contains(": optional"));
    let own = fields
        .filter(|line| !line.contains("webhook_configurations[]."))
        .count();
    let contract = Document::parse("", &contract())
        .expect("the contract")
        .to_json();
    let parameters = &contract["components"]["schemas"]["BatchParseJobConfig"]["properties"];
    assert_eq!(Some(own), parameters.as_object().map(serde_json::Map::len));
}

#[test]
fn what_is_not_on_the_wire_is_not_in_the_listing() {
    let before = listing(&excerpt());
    let reworded = excerpt().replace("Identifies the job.", "Tells the job from others.");
    let renamed = excerpt().replace("ClassifierRule", "Rule");
    assert_eq!(listing(&reworded), before);
    assert_eq!(listing(&renamed), before);
}

#[test]
fn a_keyword_without_a_place_of_its_own_shows_too() {
    let text = listing(&excerpt().replace(
        "description: Bucket",
        "maxLength: 64\n          description: Bucket",
    ));
    assert!(
        text.contains("outputBucket: optional string nullable maxLength=64\n"),
        "{text}"
    );
}

#[test]
fn a_component_that_contains_itself_ends() {
    let text = excerpt().replace(
        "            $ref: '#/components/schemas/ClassifierRule'",
        "            $ref: '#/components/schemas/ClassifyJob'",
    );
    assert!(listing(&text).contains("<ClassifyJob>.rules[]: object, open as above\n"));
}

#[test]
fn credentials_are_listed_as_they_are_sent() {
    let before = listing(&excerpt());
    assert!(before.contains("credential http bearer\n"), "{before}");
    let renamed = excerpt().replace("bearerAuth", "apiKey");
    assert_eq!(listing(&renamed), before);
    let basic = excerpt().replace("scheme: bearer", "scheme: basic");
    assert!(listing(&basic).contains("credential http basic\n"));
}

/// Each component refers to the next one twice: written out, that is 2 to the power of 40 lines.
#[test]
fn a_listing_that_would_not_end_is_cut() {
    let twice = |index: usize| {
        let next = format!("{{$ref: '#/components/schemas/A{}'}}", index + 1);
        format!("    A{index}: {{type: object, properties: {{a: {next}, b: {next}}}}}\n")
    };
    let components: String = (0..40).map(twice).collect();
    let text = format!(
        "paths: {{/a: {{get: {{responses: {{'200': {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/A0'}}}}}}}}}}}}}}}}\n\
         components:\n  schemas:\n{components}    A40: {{type: string}}\n"
    );
    let lines = listing(&text).lines().count();
    assert!((100_000..101_000).contains(&lines), "{lines}");
}
