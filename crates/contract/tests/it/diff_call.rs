//! What an edit around the call does: parameters, paths, servers.

use super::diff::changes;
use super::excerpt;

#[test]
fn parameters_come_and_go() {
    let project = "        - name: project_id\n          in: query\n";
    let added = format!(
        "        - name: limit\n          in: query\n          description: At most.\n          schema:\n            type: integer\n{project}"
    );
    assert_eq!(
        changes(project, &added),
        ["query limit: optional parameter added [additive, major]"]
    );
    assert_eq!(
        changes(
            project,
            &added.replacen("query\n", "query\n          required: true\n", 1)
        ),
        ["query limit: required parameter added [breaking, major]"]
    );
    assert_eq!(
        changes(project, &format!("{project}          required: true\n")),
        ["query project_id: optional became required [breaking, major]"]
    );
    assert_eq!(
        changes(project, &project.replace("query", "header")),
        ["header project_id: was in query [breaking, major]"]
    );
    let start = excerpt().find(project).expect("there");
    let end = excerpt().find("        - name: session").expect("there");
    assert_eq!(
        changes(&excerpt()[start..end], ""),
        ["query project_id: parameter removed [breaking, major]"]
    );
}

#[test]
fn paths_names_and_servers_change() {
    let v2 = "GET /api/v2/beta/batch-processing/items/{item_id}/processing-results";
    assert_eq!(
        changes("/api/v1/beta", "/api/v2/beta"),
        [format!(
            "{v2}: was `{}` [breaking, patch]",
            v2[4..].replace("v2", "v1")
        )]
    );
    let id = changes(
        "operationId: get_item_processing_results",
        "operationId: get_results",
    );
    assert!(
        id[0].ends_with(
            "operation `get_item_processing_results` became `get_results` [none, major]"
        ),
        "{id:?}"
    );
    let eu = "  - url: https://api.cloud.eu.llamaindex.ai\n    description: European Union.\n    x-region: Eu\n";
    assert_eq!(
        changes(eu, ""),
        ["servers: `https://api.cloud.eu.llamaindex.ai` removed [breaking, major]"]
    );
    assert_eq!(
        changes("version: \"2026-11-24\"", "version: \"2026-12-01\""),
        ["info: version changed [none, patch]"]
    );
}
