//! A collection of some hundred items, which the command serves, for tests of commands over many items.

use serde_json::{Value, json};

use crate::serving::{Directory, Serving};
use crate::support::{Run, command};

/// Texts that must not affect a script, a terminal or a table.
pub const HOSTILE: &str = "\"'></td><script>alert(1)</script>\u{1b}[31m\u{7}\u{202e}fdp.exe\n|";
/// In a field of its own in each of these.
pub const SECRETS: [&str; 3] = ["sk-CANARY-1", "CANARY-header", "CANARY-unknown"];

/// Items in a directory and a server that has them. Both end with the test.
pub struct Collection {
    server: Serving,
    pub directory: Directory,
}

impl Collection {
    /// Serves these items, and has a file `ids.txt` with their ids.
    pub fn of(name: &str, items: &[Value]) -> Self {
        let directory = Directory::new(name);
        for (at, item) in items.iter().enumerate() {
            directory.write(&format!("{at}.json"), &item.to_string());
        }
        let ids = items.iter().map(|item| item["item_id"].as_str().unwrap());
        let ids: Vec<_> = ids.collect();
        directory.write("ids.txt", &(ids.join("\n") + "\n"));
        let server = Serving::start(&["--data", directory.path()]);
        Collection { server, directory }
    }

    pub fn path(&self, name: &str) -> String {
        format!("{}/{name}", self.directory.path())
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.server.address)
    }

    /// Runs the command against the server, 120 wide.
    pub fn run(&self, args: &[&str]) -> Run {
        self.run_at("120", args)
    }

    pub fn run_at(&self, columns: &str, args: &[&str]) -> Run {
        let mut command = command(args);
        command
            .args(["--base-url", &self.url()])
            .args(["--max-retries", "0"])
            .env("LLAMA_CLOUD_API_KEY", "llx-mock-key")
            .env("COLUMNS", columns);
        command.output().expect("the command runs").into()
    }

    /// A report on the items in this file of ids.
    pub fn report(&self, ids: &str) -> (Run, String) {
        let out = self.path("report.html");
        let run = self.run(&["report", "--items", &self.path(ids), "--out", &out]);
        (run, std::fs::read_to_string(out).unwrap_or_default())
    }
}

pub fn item(id: &str, results: &[Value]) -> Value {
    json!({"item_id": id, "item_name": format!("{id}.pdf"), "processing_results": results})
}

pub fn run(job_type: &str, id: &str, time: &str, hash: &str, config: Value) -> Value {
    json!({
        "item_id": "x", "result_id": id, "job_type": job_type, "job_config": config,
        "processed_at": time, "parameters_hash": hash, "output_s3_path": format!("s3://bucket/{id}"),
    })
}

pub fn parse(id: &str, time: &str, hash: &str, parameters: Value) -> Value {
    run("parse", id, time, hash, json!({"parameters": parameters}))
}

/// 300 items. Each was parsed, every third twice with the same hash, every tenth was classified, and every fourth has a
/// new parameter. One has hostile names, one cannot be fetched, and the results of one are years apart.
pub fn items() -> Vec<Value> {
    let usual = (0..300).map(|at| {
        let time = |day: usize| format!("2026-{:02}-{:02}T08:00:00Z", at % 9 + 1, day + at % 20);
        let mut parameters = json!({"lang": if at % 5 == 0 { "de" } else { "en" }, "gpt4o_api_key": SECRETS[0]});
        if at % 4 == 0 {
            parameters["brand_new"] = json!(SECRETS[2]);
        }
        let mut results = vec![parse("first", &time(1), "h-1", parameters.clone())];
        if at % 3 == 0 {
            results.push(parse("second", &time(2), "h-1", parameters));
        }
        if at % 10 == 0 {
            let config = json!({"id": "j", "project_id": "p", "user_id": "u", "status": "SUCCESS", "rules": []});
            results.push(run("classify", "third", &time(3), "h-1", config));
        }
        item(&format!("item-{at:03}"), &results)
    });
    let mut hostile = item("hostile", &[]);
    hostile["item_name"] = json!(HOSTILE);
    let named = json!({"lang": HOSTILE, HOSTILE: SECRETS[2], "user_prompt": "x".repeat(5000),
        "webhook_configurations": [{"webhook_headers": {"Authorization": SECRETS[1]}}]});
    hostile["processing_results"] = json!([
        parse("a", "2026-02-01T00:00:00Z", HOSTILE, named.clone()),
        parse("b", "2026-02-02T00:00:00Z", HOSTILE, named),
        run(HOSTILE, "c", "2026-02-03T00:00:00Z", "h", json!(7)),
        run(HOSTILE, "d", "2026-02-04T00:00:00Z", "h", json!(7)),
    ]);
    let apart = ["1999-12-31T23:59:59Z", "2026-01-01T00:00:00Z"];
    let apart = apart.map(|time| parse(time, time, "h-9", json!({})));
    // Two values of one field that the contract does not know.
    let new = ["translate", "summarize"];
    let new = new.map(|job_type| run(job_type, job_type, "2026-02-05T00:00:00Z", "h", json!({})));
    let mut long = item("long", &[apart.as_slice(), &new].concat());
    long["item_name"] = json!("é".repeat(5000));
    let mut forbidden = item("forbidden", &[]);
    forbidden["respond"] = json!(vec![403; 20]);
    usual.chain([hostile, long, forbidden]).collect()
}
