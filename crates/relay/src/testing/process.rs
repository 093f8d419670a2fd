//! The relay's own program, as a process that can be killed.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
};

use super::Dial;

/// A process; killed when dropped.
pub struct Process {
    child: Child,
    output: BufReader<ChildStdout>,
    data: PathBuf,
    /// Where it is.
    pub url: String,
    /// What `serve` was started with, besides the data folder.
    args: Vec<String>,
    program: PathBuf,
}

impl Process {
    /// Starts `serve` on a data folder and waits until it listens.
    pub fn start(program: &Path, data: &Path, args: &[&str]) -> Self {
        let log = std::fs::File::options()
            .create(true)
            .append(true)
            .open(data.join("relay.log"))
            .unwrap();
        let mut child = Command::new(program)
            .args(["serve", "--data"])
            .arg(data)
            .args(args)
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut process = Self {
            output: BufReader::new(child.stdout.take().unwrap()),
            child,
            data: data.to_path_buf(),
            url: String::new(),
            args: args.iter().map(|&arg| arg.to_owned()).collect(),
            program: program.to_path_buf(),
        };
        process.url = process.line("Medibridge relay at ");
        process
    }

    /// The one-time code of the first start.
    pub fn first_code(&mut self) -> String {
        self.line("enrolment code, once, for 15 minutes: ")
    }

    /// Runs one of the operator's commands on the same data and answers what it prints.
    pub fn operate(&self, command: &[&str]) -> String {
        let output = Command::new(&self.program)
            .args(command)
            .arg("--data")
            .arg(&self.data)
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// How to reach it.
    pub fn dial(&self) -> Dial {
        let certificate = self.data.join("tls/cert.pem");
        Dial::new(
            &self.url,
            self.url.starts_with("https").then_some(&certificate),
        )
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Kills it with no chance to do anything more.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Starts it anew on the same data, at the same address.
    pub fn again(&self) -> Self {
        let (_, authority) = self.url.split_once("://").unwrap();
        let port = authority.rsplit(':').next().unwrap();
        let listen = format!("127.0.0.1:{port}");
        let mut args: Vec<&str> = self.args.iter().map(String::as_str).collect();
        if let Some(at) = args.iter().position(|arg| *arg == "--listen") {
            args[at + 1] = &listen;
        }
        Self::start(&self.program, &self.data, &args)
    }

    /// Waits for its end and answers whether it ended well.
    pub fn wait(&mut self) -> bool {
        self.child.wait().unwrap().success()
    }

    fn line(&mut self, start: &str) -> String {
        loop {
            let mut line = String::new();
            let read = self.output.read_line(&mut line).unwrap();
            assert!(
                read > 0,
                "the relay ended before it said {start:?}; see relay.log"
            );
            if let Some(rest) = line.trim_end().strip_prefix(start) {
                return rest.to_owned();
            }
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
