//! Stores on loopback: a real one over a directory, and one that responds as configured.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;

use crate::serving::Directory;
use crate::support::{Run, Server, command};

pub const ACCESS_KEY: &str = "AKIA-CANARY-ID";
pub const SECRET_KEY: &str = "CANARY-secret";

/// A real store over a directory, with signatures checked.
pub struct Store {
    pub url: String,
    pub root: Directory,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Store {
    pub fn start(name: &str) -> Self {
        let root = Directory::new(&format!("s3-{name}"));
        let mut builder = S3ServiceBuilder::new(s3s_fs::FileSystem::new(&root.0).unwrap());
        builder.set_auth(SimpleAuth::from_single(ACCESS_KEY, SECRET_KEY));
        let service = builder.build().into_shared();
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("http://{}", listener.local_addr().unwrap());
        listener.set_nonblocking(true).unwrap();
        let heads = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&heads);
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::from_std(listener).unwrap();
                while let Ok((stream, _)) = listener.accept().await {
                    let (service, seen) = (service.clone(), Arc::clone(&seen));
                    let watched =
                        service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
                            let range = request
                                .headers()
                                .get("range")
                                .map(|range| range.to_str().unwrap().to_owned());
                            let line = format!("{} {}", request.uri(), range.unwrap_or_default());
                            seen.lock().unwrap().push(line.trim_end().to_owned());
                            hyper::service::Service::call(&service, request)
                        });
                    let connection = hyper::server::conn::http1::Builder::new();
                    tokio::spawn(connection.serve_connection(TokioIo::new(stream), watched));
                }
            });
        });
        Store { url, root, heads }
    }

    /// Puts an object there.
    pub fn insert(&self, path: &str, bytes: &[u8]) {
        let path = self.root.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// What was requested since the last time, with the range.
    pub fn requests(&self) -> Vec<String> {
        std::mem::take(&mut self.heads.lock().unwrap())
    }
}

/// A store that responds by the head of a request and the number of those before, and closes.
pub fn scripted(response: impl Fn(&str, usize) -> String + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for (number, stream) in listener.incoming().enumerate() {
            let mut stream = stream.expect("a connection");
            let mut head = Vec::new();
            let mut byte = [0];
            while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|read| read == 1)
            {
                head.push(byte[0]);
            }
            let response = response(&String::from_utf8_lossy(&head).to_lowercase(), number);
            let _ = stream.write_all(response.as_bytes());
        }
    });
    url
}

/// The service, which knows these outputs of one item, in `(job type, location)`.
pub fn service(outputs: &[(&str, &str)]) -> Server {
    let results: Vec<String> = outputs
        .iter()
        .enumerate()
        .map(|(number, (job_type, location))| {
            let location = serde_json::Value::from(*location);
            format!(
                r#"{{"item_id": "item-1", "job_config": {{}}, "job_type": "{job_type}", "output_s3_path": {location},
                "parameters_hash": "h", "processed_at": "2026-03-0{}T09:30:00", "result_id": "result-{number}"}}"#,
                number + 1
            )
        })
        .collect();
    let results = results.join(",");
    Server::start(
        200,
        &format!(
            r#"{{"item_id": "item-1", "item_name": "a.pdf", "processing_results": [{results}]}}"#
        ),
    )
}

/// Downloads into `target` without retries, and checks that no message has a secret.
pub fn download(service: &Server, store: &str, target: &Directory, args: &[&str]) -> Run {
    let run = command_for(service, store, target, args)
        .output()
        .expect("the command runs")
        .into();
    assert_no_secret(&run);
    run
}

pub fn command_for(
    service: &Server,
    store: &str,
    target: &Directory,
    args: &[&str],
) -> std::process::Command {
    let mut command = command(&[
        "download",
        "item-1",
        "--to",
        target.path(),
        "--base-url",
        &service.url,
    ]);
    command
        .args(args)
        .env("LLAMA_CLOUD_API_KEY", crate::support::KEY)
        .env("AWS_ACCESS_KEY_ID", ACCESS_KEY)
        .env("AWS_SECRET_ACCESS_KEY", SECRET_KEY)
        .env("AWS_ENDPOINT_URL", store);
    command
}

pub fn assert_no_secret(run: &Run) {
    for text in [&run.stdout, &run.stderr] {
        assert!(
            !text.contains("CANARY") && !text.contains("Signature="),
            "{text}"
        );
    }
}

/// Names of what is in a directory, in order.
pub fn names(directory: &Directory) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(&directory.0)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// The one file that begins so and is no record.
pub fn file(directory: &Directory, begin: &str) -> PathBuf {
    let found: Vec<_> = names(directory)
        .into_iter()
        .filter(|name| {
            name.starts_with(begin) && !name.ends_with(".sha256") && !name.contains(".part")
        })
        .collect();
    assert_eq!(found.len(), 1, "{begin} in {:?}", names(directory));
    directory.0.join(&found[0])
}

/// One output of the item.
pub const ONE: [(&str, &str); 1] = [("parse", "s3://bucket/a.txt")];

/// A response with a body, and a length that may be another.
pub fn response(status: &str, headers: &str, length: usize, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
}

/// The error of a store, with what it should not repeat.
pub fn error(status: &str, code: &str) -> String {
    let body = format!(
        "<Error><Code>{code}</Code><AWSAccessKeyId>AKIA-CANARY-ID</AWSAccessKeyId><X>Signature=1</X></Error>"
    );
    response(status, "", body.len(), &body)
}
