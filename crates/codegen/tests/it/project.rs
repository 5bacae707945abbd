//! A throw-away workspace in which the bindings are built from many contracts at once.
//!
//! Each contract has a package of its own, made of the files in `src/` and of what was generated; a program decodes
//! responses with all of them. What they depend on is built once, and kept.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The repository; none in a package.
pub(crate) fn repository() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .ok()?;
    root.join("openapi/processing-results.yaml")
        .exists()
        .then_some(root)
}

/// The packages by number.
pub(crate) struct Project {
    directory: PathBuf,
    count: usize,
}

impl Project {
    /// Writes the workspace: `bindings.rs` and `spec.rs` of each contract, in a package `e` with a number, and a program
    /// that depends on all of them.
    pub(crate) fn new(root: &Path, generated: &[[String; 3]], program: &str) -> Project {
        let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("accepted");
        let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
        let absolute = format!("path = \"{}/", root.display());
        let section = |name: &str| section(&manifest, name).replace("path = \"", &absolute);
        let (features, dependencies) = (section("features"), section("dependencies"));
        let features = features.replace("\"rustls\"]", "\"blocking\", \"schemars\"]");
        let mut program_needs = String::new();
        for (number, [bindings, facts, settings]) in generated.iter().enumerate() {
            let package = directory.join(format!("e{number}"));
            let name = format!("e{number}");
            write(
                &package.join("Cargo.toml"),
                &format!(
                    "[package]\nname = \"{name}\"\nedition = \"2024\"\n[lints]\nworkspace = true\n{features}{dependencies}"
                ),
            );
            copy_sources(root, &root.join("src"), &package.join("src"));
            write(&package.join("bindings.rs"), bindings);
            write(&package.join("spec.rs"), facts);
            match settings.is_empty() {
                true => drop(fs::remove_file(package.join("build.rs"))),
                false => write(
                    &package.join("build.rs"),
                    &format!("fn main() {{ {settings} }}"),
                ),
            }
            program_needs += &format!("{name} = {{ path = \"../{name}\" }}\n");
        }
        let manifest = format!(
            "[package]\nname = \"program\"\nedition = \"2024\"\n[dependencies]\nserde_json = \"1\"\n{program_needs}"
        );
        write(&directory.join("program/Cargo.toml"), &manifest);
        write(&directory.join("program/src/main.rs"), program);
        let members: Vec<String> = (0..generated.len())
            .map(|number| format!("\"e{number}\", "))
            .collect();
        let members = members.concat();
        // What a crate's docs and lints deny in the repository, and every warning.
        let workspace = format!(
            "[workspace]\nresolver = \"3\"\nmembers = [{members}\"program\"]\n[workspace.lints.rust]\nwarnings = \"deny\"\nunsafe_code = \"forbid\"\nunexpected_cfgs = \"allow\"\n[profile.dev]\ndebug = false\nincremental = false\n"
        );
        write(&directory.join("Cargo.toml"), &workspace);
        write(
            &directory.join("Cargo.lock"),
            &fs::read_to_string(root.join("Cargo.lock")).unwrap(),
        );
        Project {
            directory,
            count: generated.len(),
        }
    }

    /// Documents every package.
    pub(crate) fn document(&self) -> Result<String, String> {
        let packages = (0..self.count).flat_map(|number| ["-p".to_owned(), format!("e{number}")]);
        let mut cargo = self.cargo("doc");
        self.run(
            cargo
                .args(["--no-deps", "--keep-going"])
                .args(packages)
                .env("RUSTDOCFLAGS", "-D warnings"),
        )
    }

    /// Builds every package.
    pub(crate) fn build(&self) -> Result<String, String> {
        self.run(self.cargo("build").arg("--keep-going").arg("--workspace"))
    }

    /// Runs the program.
    pub(crate) fn decode(&self, responses: &[PathBuf]) -> Result<String, String> {
        self.run(
            self.cargo("run")
                .args(["-p", "program", "--"])
                .args(responses),
        )
    }

    fn cargo(&self, command: &str) -> Command {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args([command, "--quiet", "--offline", "--message-format", "short"]);
        cargo
    }

    fn run(&self, cargo: &mut Command) -> Result<String, String> {
        let cargo = cargo
            .current_dir(&self.directory)
            .env("CARGO_TARGET_DIR", self.directory.join("target"));
        let output = cargo.output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        match output.status.success() {
            true => Ok(text(&output.stdout)),
            false => Err(text(&output.stderr)),
        }
    }
}

/// A section of a manifest, its heading included.
fn section<'a>(manifest: &'a str, name: &str) -> &'a str {
    let from = manifest.find(&format!("[{name}]\n")).unwrap();
    let rest = &manifest[from..];
    rest.find("\n\n[").map_or(rest, |end| &rest[..end + 1])
}

/// Copies the sources; what is generated stands beside the package's manifest.
fn copy_sources(root: &Path, from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        match path.is_dir() {
            true => copy_sources(root, &path, &to),
            false => {
                let text = fs::read_to_string(&path).unwrap();
                let text = text.replace("\"OUT_DIR\"", "\"CARGO_MANIFEST_DIR\"");
                let examples = format!("\"{}/openapi/", root.display());
                write(&to, &text.replace("\"../openapi/", &examples));
            }
        }
    }
}

/// Writes a file that is not the same already, which cargo would take for another.
fn write(to: &Path, content: &str) {
    if fs::read_to_string(to).ok().as_deref() != Some(content) {
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::write(to, content).unwrap();
    }
}
