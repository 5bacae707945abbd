//! Many items on a server in this process, and the command that exports them.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use processing_results_mock::{API_KEY, Server};
use serde_json::json;
use tokio::sync::oneshot;

use crate::serving::Directory;
use crate::support::{Run, command};

/// A server on a thread of its own, until it is dropped.
pub struct Mock {
    pub url: String,
    _end: Option<oneshot::Sender<()>>,
}

impl Mock {
    /// With what is done to it before the first request.
    pub fn start(set: impl FnOnce(Server) -> Server + Send + 'static) -> Self {
        let (started, url) = mpsc::channel();
        let (end, ended) = oneshot::channel::<()>();
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async move {
                let server = set(Server::start_empty().await.unwrap());
                started.send(server.base_url().to_owned()).unwrap();
                let _ = ended.await;
            });
        });
        let url = url.recv().unwrap();
        Mock {
            url,
            _end: Some(end),
        }
    }

    /// With the items 0 to `count`, each with its response after a while.
    pub fn with_items(count: usize, latency: Duration) -> Self {
        Self::start(move |server| {
            let items = (0..count).map(item);
            items.fold(server.delay(latency), |server, item| server.with_item(item))
        })
    }

    /// The server at another address, or none.
    pub fn at(url: String) -> Self {
        Mock { url, _end: None }
    }

    /// `export` of this server's items.
    pub fn export(&self, args: &[&str]) -> Command {
        let mut export = command(&["export", "--base-url", &self.url]);
        export.args(args).env("LLAMA_CLOUD_API_KEY", API_KEY);
        export
    }

    pub fn run(&self, args: &[&str]) -> Run {
        self.export(args).output().expect("the command runs").into()
    }

    pub fn spawn(&self, args: &[&str]) -> Child {
        let mut export = self.export(args);
        export.stdout(Stdio::piped()).stderr(Stdio::piped());
        export.spawn().expect("the command runs")
    }
}

/// A file of ids, and one to export to.
pub struct Files {
    pub directory: Directory,
    pub items: PathBuf,
    pub out: PathBuf,
}

impl Files {
    pub fn new(name: &str, ids: &str, out: &str) -> Self {
        let directory = Directory::new(name);
        directory.write("ids", ids);
        Files {
            items: directory.0.join("ids"),
            out: directory.0.join(out),
            directory,
        }
    }

    pub fn args<'a>(&'a self, more: &[&'a str]) -> Vec<&'a str> {
        let [items, out] = [&self.items, &self.out].map(|path| path.to_str().unwrap());
        [
            &["--items", items, "--out", out, "--max-retries", "0"],
            more,
        ]
        .concat()
    }

    pub fn errors(&self) -> PathBuf {
        let mut name = self.out.clone().into_os_string();
        name.push(".errors.ndjson");
        name.into()
    }

    pub fn part(&self) -> PathBuf {
        let mut name = self.out.clone().into_os_string();
        name.push(".part");
        name.into()
    }
}

pub fn id(number: usize) -> String {
    format!("item-{number}")
}

/// The ids 0 to `count`, one a line.
pub fn ids(count: usize) -> String {
    (0..count).map(|number| id(number) + "\n").collect()
}

/// An item with up to three results.
pub fn item(number: usize) -> serde_json::Value {
    let result = |at: usize| {
        json!({
            "item_id": id(number), "result_id": format!("result-{number}-{at}"), "job_type": "parse",
            "processed_at": format!("2026-03-01T09:{:02}:00.{at:06}", number % 60),
            "parameters_hash": format!("hash-{}", number % 7),
            "output_s3_path": format!("s3://outputs/{number}/{at}.md"),
            "job_config": {"parameters": {
                "tier": "agentic", "max_pages": number, "languages": ["en", "de"], "azure_openai_key": "CANARY",
            }},
        })
    };
    let results: Vec<_> = (0..number % 4).map(result).collect();
    json!({"item_id": id(number), "item_name": format!("{number}.pdf"), "processing_results": results})
}

pub fn lines(text: &str) -> Vec<serde_json::Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}
