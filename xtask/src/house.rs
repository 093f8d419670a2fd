//! Where the repository is, and how programs are started in it.

use std::{
    env,
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};

/// The repository.
pub(crate) struct House {
    /// Its top folder.
    pub(crate) root: PathBuf,
    /// Where cargo puts what it builds, when that is not its own choice.
    target: Option<PathBuf>,
    /// Whether this is the automated check, whose disk is small and whose build is made once.
    check: bool,
}

impl House {
    /// Finds the repository that `cargo xtask` was called in. Cargo says so when it runs this program:
    /// two clones may share one folder of built programs.
    pub(crate) fn find() -> Result<Self> {
        let own =
            env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let root = Path::new(&own)
            .parent()
            .context("xtask lies in no repository")?
            .to_path_buf();
        let check = env::var_os("CI").is_some_and(|ci| ci == "true");
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(set) => Some(root.join(set)),
            None if check => Some(cache()?.join("target")),
            None => None,
        };
        Ok(Self {
            root,
            target,
            check,
        })
    }

    /// A path inside the repository.
    pub(crate) fn path(&self, inside: impl AsRef<Path>) -> PathBuf {
        self.root.join(inside)
    }

    /// Where cargo puts what it builds.
    pub(crate) fn target(&self) -> PathBuf {
        self.target.clone().unwrap_or_else(|| self.path("target"))
    }

    /// A program, to be started at the top of the repository.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(&self.root)
            .env("CARGO_TERM_PROGRESS_WHEN", "never");
        if let Some(target) = &self.target {
            command.env("CARGO_TARGET_DIR", target);
        }
        if self.check {
            // Half of what a build writes serves only the next build and the debugger.
            command
                .env("CARGO_INCREMENTAL", "0")
                .env("CARGO_PROFILE_DEV_DEBUG", "none");
        }
        command
    }

    /// `cargo` with these arguments.
    pub(crate) fn cargo<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Command {
        let mut command = self.command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.args(args);
        command
    }

    /// The one shape in which cargo builds everything: another set of packages or features would
    /// build the dependencies anew. Without the window's libraries the app itself is left out.
    pub(crate) fn shape(&self) -> Vec<&'static str> {
        if crate::setup::has_window_libraries(self) {
            vec!["--workspace", "--features", "medibridge/automation"]
        } else {
            println!("without WebKitGTK the app's own package is left out");
            vec!["--workspace", "--exclude", "medibridge"]
        }
    }

    /// `npm` with these arguments, in a folder of the repository.
    pub(crate) fn npm(&self, folder: &str, args: &[&str]) -> Command {
        let mut command = self.command(if cfg!(windows) { "npm.cmd" } else { "npm" });
        command.args(args).current_dir(self.path(folder));
        command
    }

    /// The paths of all files that git knows or would add, relative to the top folder.
    pub(crate) fn files(&self) -> Result<Vec<PathBuf>> {
        let mut git = self.command("git");
        git.args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ]);
        let listed = read(&mut git)?;
        let paths = listed
            .split('\0')
            .filter(|path| !path.is_empty())
            .map(PathBuf::from);
        let mut paths: Vec<_> = paths.filter(|path| self.path(path).is_file()).collect();
        paths.sort();
        paths.dedup();
        Ok(paths)
    }
}

/// The project's folder for what can be made again.
pub(crate) fn cache() -> Result<PathBuf> {
    let home = env::var_os("HOME").or_else(|| env::var_os("USERPROFILE"));
    Ok(
        PathBuf::from(home.context("neither HOME nor USERPROFILE is set")?)
            .join(".cache/medibridge"),
    )
}

/// Runs a program to its end; fails if it does.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let told = tell(command);
    println!("$ {told}");
    let status = command
        .status()
        .with_context(|| format!("cannot start `{told}`"))?;
    ensure!(status.success(), "`{told}` failed ({status})");
    Ok(())
}

/// Runs a program to its end and returns what it printed.
pub(crate) fn read(command: &mut Command) -> Result<String> {
    let told = tell(command);
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("cannot start `{told}`"))?;
    ensure!(
        output.status.success(),
        "`{told}` failed ({})",
        output.status
    );
    Ok(String::from_utf8(output.stdout)?)
}

/// Whether a program is to be found by its name.
pub(crate) fn has(program: &str) -> bool {
    let paths = env::var_os("PATH").unwrap_or_default();
    let suffix = env::consts::EXE_SUFFIX;
    env::split_paths(&paths).any(|folder| folder.join(format!("{program}{suffix}")).is_file())
}

/// SHA-256 of these bytes, in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// SHA-256 of a file, in hexadecimal.
pub(crate) fn sha256_of(path: &Path) -> Result<String> {
    Ok(sha256(&fs::read(path).with_context(|| {
        format!("cannot read {}", path.display())
    })?))
}

/// A command as a person would type it.
pub(crate) fn tell(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words
        .map(|word| word.to_string_lossy().into_owned())
        .collect::<Vec<_>>()
        .join(" ")
}
