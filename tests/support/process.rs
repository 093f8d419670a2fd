//! A workstation in a process of its own, so that a story can kill it as a power cut would.

use std::{
    cell::RefCell,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use commands::ErrorView;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{Desk, room::program};

/// The program `desk` of this package: a call in a line, its answer in a line.
pub struct Process {
    child: Child,
    pipes: RefCell<(ChildStdin, BufReader<ChildStdout>)>,
    folder: TempDir,
}

impl Process {
    /// A workstation with a clinic that has an administrator and a doctor.
    pub fn start() -> Self {
        Self::of(Command::new(program("desk")))
    }

    /// The same with an environment of its own: the program `desk`, not yet started.
    pub fn of(desk: Command) -> Self {
        let process = Self::over(desk, tempfile::tempdir().unwrap());
        process.ok("setup.create", crate::new_clinic());
        process
    }

    fn over(desk: Command, folder: TempDir) -> Self {
        let (child, pipes) = spawn(desk, folder.path());
        Self {
            child,
            pipes: RefCell::new(pipes),
            folder,
        }
    }

    /// Where its record lies.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Kills it (SIGKILL) and starts it anew on the same folder.
    pub fn kill(self) -> Self {
        self.kill_and_start(Command::new(program("desk")))
    }

    /// The same with an environment of its own.
    pub fn kill_and_start(mut self, desk: Command) -> Self {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        let empty = tempfile::tempdir().unwrap();
        Self::over(desk, std::mem::replace(&mut self.folder, empty))
    }
}

impl Desk for Process {
    fn call(&self, name: &str, request: Value) -> Result<Value, ErrorView> {
        let mut pipes = self.pipes.borrow_mut();
        let line = json!({ "name": name, "request": request });
        writeln!(pipes.0, "{line}").unwrap();
        let mut answer = String::new();
        pipes.1.read_line(&mut answer).unwrap();
        let mut answer: Value = serde_json::from_str(&answer).unwrap();
        match answer.get("error") {
            Some(error) => Err(serde_json::from_value(error.clone()).unwrap()),
            None => Ok(answer["answer"].take()),
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Ended already, perhaps.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn spawn(mut desk: Command, folder: &Path) -> (Child, (ChildStdin, BufReader<ChildStdout>)) {
    let mut child = desk
        .arg(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let stdin = child.stdin.take().unwrap();
    let stdout = BufReader::new(child.stdout.take().unwrap());
    (child, (stdin, stdout))
}
