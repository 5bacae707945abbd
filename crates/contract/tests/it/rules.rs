//! Each rule on the smallest text that breaks it.

use super::places;
use processing_results_contract::check;

#[test]
fn a_duplicate_key_is_reported_at_the_second_and_names_the_first() {
    let findings = check("api.yaml", "info:\n  title: a\n  title: b\n");
    let duplicate = findings
        .iter()
        .find(|finding| finding.rule == "duplicate-key")
        .expect("reported");
    assert_eq!((duplicate.line, duplicate.column), (3, 3));
    assert_eq!(duplicate.message, "`title` is already on line 2");
}

#[test]
fn merge_keys_anchors_aliases_and_tags_are_reported() {
    let found = places("a: &x\n  b: 1\nc:\n  <<: *x\nd: !!str 1\n");
    for place in [
        "1:4: yaml-anchor",
        "4:3: merge-key",
        "4:7: yaml-anchor",
        "5:4: yaml-anchor",
    ] {
        assert!(
            found.iter().any(|found| found == place),
            "{place} in {found:?}"
        );
    }
}

#[test]
fn a_reference_to_nothing_is_reported_with_the_nearest_name() {
    let text = "components:\n  schemas:\n    JobType: {}\n    A:\n      $ref: '#/components/schemas/JobTyp'\n";
    let findings = check("api.yaml", text);
    let dead = findings
        .iter()
        .find(|finding| finding.rule == "dead-ref")
        .expect("reported");
    assert_eq!((dead.line, dead.column), (5, 13));
    assert_eq!(
        dead.help.as_deref(),
        Some("did you mean `#/components/schemas/JobType`?")
    );
}

#[test]
fn a_required_name_without_a_property_is_reported() {
    let text = "components:\n  schemas:\n    A:\n      required:\n        - itemid\n      properties:\n        item_id: {}\n";
    let findings = check("api.yaml", text);
    let found = findings
        .iter()
        .find(|finding| finding.rule == "required-undeclared")
        .expect("reported");
    assert_eq!((found.line, found.column), (5, 11));
    assert_eq!(found.help.as_deref(), Some("did you mean `item_id`?"));
}

#[test]
fn words_that_yaml_11_reads_as_booleans_are_reported_unless_quoted() {
    let found = places("a: [no, \"no\", 'on', Yes, none]\ny: 1\n");
    let found: Vec<_> = found
        .iter()
        .filter_map(|place| place.strip_suffix(": bare-yaml11-boolean"))
        .collect();
    assert_eq!(found, ["1:5", "1:21", "2:1"]);
}

#[test]
fn a_reference_that_leads_back_to_itself_is_reported_and_ends() {
    for text in [
        "components: {schemas: {A: {$ref: '#/components/schemas/A'}}}",
        "components: {schemas: {A: {$ref: '#/components/schemas/B'}, B: {$ref: '#/components/schemas/A'}}}",
    ] {
        assert!(
            places(text)
                .iter()
                .any(|place| place.ends_with(": dead-ref")),
            "{text}"
        );
    }
}

#[test]
fn a_reference_inside_an_example_is_data() {
    let text = "components: {schemas: {A: {type: object, example: {$ref: nowhere}}}}";
    assert!(
        !places(text)
            .iter()
            .any(|place| place.ends_with(": dead-ref")),
        "{text}"
    );
}

#[test]
fn a_key_that_opens_nothing_can_be_exempted() {
    let text = |more: &str| {
        format!(
            "components: {{schemas: {{A: {{properties: {{sort_key: {{type: string{more}}}}}}}}}}}"
        )
    };
    let secret = |text: &str| {
        places(text)
            .iter()
            .any(|place| place.ends_with(": secret-is-password"))
    };
    assert!(secret(&text("")));
    assert!(!secret(&text(", x-not-secret: true")));
    assert!(!secret(&text(", format: password")));
}

#[test]
fn a_scheme_may_stand_in_several_requirements_but_not_a_requirement_twice() {
    let twice = |security: &str| {
        let places = places(&format!(
            "security: {security}\ncomponents: {{securitySchemes: {{a: {{}}, b: {{}}}}}}"
        ));
        places
            .iter()
            .filter(|place| place.ends_with(": security-declared"))
            .count()
    };
    assert_eq!(twice("[{a: [], b: []}, {a: []}]"), 0);
    assert_eq!(twice("[{a: []}, {b: []}, {a: []}]"), 1);
}
