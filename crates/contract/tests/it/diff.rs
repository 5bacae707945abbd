//! What an edit does to the wire and to the Rust API.

use super::{check_any_api, contract, excerpt};
use processing_results_contract::Document;
use processing_results_contract::diff::{self, Change};

/// The changes after replacing one text by another, as `place: what [wire, api]`.
pub(crate) fn changes(old: &str, new: &str) -> Vec<String> {
    let before = excerpt();
    assert!(before.contains(old), "{old:?} is not in the excerpt");
    let after = before.replacen(old, new, 1);
    assert_eq!(check_any_api("new.yaml", &after), [], "the edit is good");
    compare(&before, &after)
}

pub(crate) fn compare(before: &str, after: &str) -> Vec<String> {
    let parse = |text: &str| Document::parse("api.yaml", text).expect("readable");
    let line = |change: Change| {
        assert!(change.old.is_some() || change.new.is_some(), "{change}");
        assert!(!change.reason.is_empty(), "{change}");
        format!(
            "{}: {} [{}, {}]",
            change.place,
            change.what,
            change.wire(),
            change.api
        )
    };
    diff::compare(&parse(before), &parse(after))
        .into_iter()
        .map(line)
        .collect()
}

const BUCKET: &str = "        outputBucket:\n          type: string\n          nullable: true\n          description: Bucket for the output, by name.\n";

#[test]
fn the_contract_does_not_differ_from_itself() {
    assert!(compare(&contract(), &contract()).is_empty());
}

#[test]
fn fields_come_and_go() {
    let new = format!(
        "{BUCKET}        size:\n          type: integer\n          nullable: true\n          description: Its size.\n"
    );
    assert_eq!(
        changes(BUCKET, &new),
        ["BatchParseJobConfig.size: optional field added [additive, minor]"]
    );
    assert_eq!(
        changes(BUCKET, ""),
        ["BatchParseJobConfig.outputBucket: field removed [breaking, major]"]
    );
    assert_eq!(
        changes("        outputBucket:", "        bucket:"),
        ["BatchParseJobConfig.outputBucket: renamed to `bucket` [breaking, major]"],
    );
}

#[test]
fn required_and_optional_change_places() {
    let required = "      required:\n        - item_id\n        - item_name\n";
    let name = "        item_name:\n          type: string\n";
    let optional = excerpt()
        .replacen(required, "      required:\n        - item_id\n", 1)
        .replacen(name, &format!("{name}          nullable: true\n"), 1);
    assert_eq!(check_any_api("new.yaml", &optional), []);
    assert_eq!(
        compare(&excerpt(), &optional),
        ["ItemProcessingResults.item_name: required became optional [breaking, major]"]
    );
    assert_eq!(
        compare(&optional, &excerpt()),
        ["ItemProcessingResults.item_name: optional became required [additive, major]"]
    );
}

#[test]
fn null_is_allowed_and_forbidden() {
    let name = "        item_name:\n          type: string\n";
    let nullable = excerpt().replacen(name, &format!("{name}          nullable: true\n"), 1);
    assert_eq!(
        compare(&excerpt(), &nullable),
        ["ItemProcessingResults.item_name: may be null now [breaking, major]"]
    );
    assert_eq!(
        compare(&nullable, &excerpt()),
        ["ItemProcessingResults.item_name: may be null no more [additive, major]"]
    );
}

#[test]
fn types_and_formats_change() {
    let typed = |old: &str, new: &str| {
        changes(
            &format!("        outputBucket:\n          type: string\n{old}"),
            &format!("        outputBucket:\n          {new}"),
        )
    };
    assert_eq!(
        typed("", "type: boolean\n"),
        ["BatchParseJobConfig.outputBucket: `string` became `boolean` [breaking, major]"]
    );
    assert_eq!(
        typed("", "type: string\n          format: password\n"),
        ["BatchParseJobConfig.outputBucket: `string` became `string (password)` [none, major]"],
    );
    assert_eq!(
        typed("", "type: string\n          format: date-time\n"),
        [
            "BatchParseJobConfig.outputBucket: `string` became `string (date-time)` [additive, major]"
        ],
    );
    assert_eq!(
        changes(
            "          format: date-time\n          description: Moment of the run",
            "          description: Moment of the run"
        ),
        ["ProcessingResult.processed_at: `string (date-time)` became `string` [breaking, major]"],
    );
    assert_eq!(
        changes("type: integer", "type: number"),
        ["BatchParseJobConfig.max_pages: `integer` became `number` [breaking, major]"]
    );
}

#[test]
fn values_come_and_go_by_the_direction_they_travel() {
    assert_eq!(
        changes(
            "        - classify\n",
            "        - classify\n        - split\n"
        ),
        ["JobType: value `split` added [additive, minor]"]
    );
    assert_eq!(
        changes("        - extract\n", ""),
        ["JobType: value `extract` removed [breaking, major]"]
    );
    assert_eq!(
        changes("        - FAST\n", ""),
        ["ClassifyMode: value `FAST` removed [none, major]"]
    );
    assert_eq!(
        changes(
            "        - parse\n        - extract\n",
            "        - extract\n        - parse\n"
        ),
        ["JobType: values in another order [none, patch]"],
    );
}

#[test]
fn words_alone_are_a_patch() {
    assert_eq!(
        changes("Bucket for the output, by name.", "Bucket, by name."),
        ["BatchParseJobConfig.outputBucket: `description` changed [none, patch]"]
    );
    assert_eq!(
        changes("The complete processing history of one item.", "All of it."),
        ["ItemProcessingResults: `description` changed [none, patch]"]
    );
}

#[test]
fn a_renamed_component_is_one_change() {
    for (old, new) in [
        ("ClassifierRule", "Rule"),
        ("BatchParseJobRecordCreate", "ParseRecord"),
        ("ImageKind", "Image"),
        ("JobConfig", "Configuration"),
    ] {
        let renamed = excerpt()
            .replace(&format!("schemas/{old}'"), &format!("schemas/{new}'"))
            .replace(&format!("    {old}:"), &format!("    {new}:"));
        assert_eq!(
            compare(&excerpt(), &renamed),
            [format!("{old}: renamed to `{new}` [none, major]")]
        );
    }
}

#[test]
fn components_come_and_go() {
    let reference = "          type: string\n          nullable: true\n          description: What the classifier looks at.\n          allOf:\n            - $ref: '#/components/schemas/ClassifyMode'\n";
    let plain = excerpt().replacen(reference, "          type: string\n          nullable: true\n          description: What the classifier looks at.\n", 1);
    let (without, _) = plain
        .split_once("    ClassifyMode:")
        .expect("it is the last one");
    let removed = compare(&excerpt(), without);
    assert_eq!(
        removed,
        [
            "ClassifyJob.mode: `ClassifyMode` became `string` [additive, major]",
            "ClassifyMode: component removed [none, major]"
        ]
    );
    let added = compare(without, &excerpt());
    assert_eq!(
        added,
        [
            "ClassifyJob.mode: `string` became `ClassifyMode` [additive, major]",
            "ClassifyMode: component added [none, minor]"
        ]
    );
}

#[test]
fn what_is_not_classified_is_taken_for_the_worst() {
    let text = excerpt();
    let edited = text.replacen("      required:\n", "      odd: 1\n      required:\n", 1);
    assert_eq!(
        compare(&text, &edited),
        ["ItemProcessingResults: `odd` added [breaking, major]"]
    );
}

#[test]
fn a_credential_that_becomes_visible_comes_first() {
    let key = "          format: password\n          nullable: true\n          description: Key to";
    let text = contract();
    assert!(text.contains(key));
    let edited = text
        .replacen("title: LlamaCloud", "title: The LlamaCloud", 1)
        .replacen(key, &key.replace("          format: password\n", ""), 1);
    let parse = |text: &str| Document::parse("api.yaml", text).expect("readable");
    let changes = diff::compare(&parse(&text), &parse(&edited));
    assert_eq!(changes.len(), 2);
    assert_eq!(changes[0].place, "BatchParseJobConfig.azure_openai_key");
    assert!(changes[0].exposes && !changes[1].exposes);
    assert!(
        changes[0]
            .reason
            .starts_with("a credential becomes visible"),
        "{}",
        changes[0].reason
    );
}

#[test]
fn what_is_below_arrays_and_maps_is_compared_as_at_the_top() {
    let pages = "Pages to parse, the first being 0.\n          items:\n            type: integer\n";
    assert!(contract().contains(pages));
    let nullable = contract().replace(pages, &format!("{pages}            nullable: true\n"));
    assert_eq!(
        compare(&contract(), &nullable),
        ["ClassifyParsingConfiguration.target_pages[]: may be null now [breaking, major]"]
    );
    let headers = "additionalProperties:\n            type: string\n            format: password\n";
    assert!(contract().contains(headers));
    let shown = contract().replacen(
        headers,
        "additionalProperties:\n            type: string\n",
        1,
    );
    assert_eq!(
        compare(&contract(), &shown),
        [
            "WebhookConfiguration.webhook_headers.*: `string (password)` became `string` [none, major]"
        ]
    );
}
