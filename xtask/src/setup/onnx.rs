//! The ONNX Runtime library: out of the npm package that the lock file pins, checked by its hash.
//!
//! npm is the one source that has every platform's library under one version and one signature
//! scheme; the package's own scripts (which fetch more) are not run.

use std::{env, fs};

use anyhow::{Context, Result, ensure};

use super::{Missing, node};
use crate::house::{self, House};

/// One platform's library in the package.
struct Library {
    os: &'static str,
    arch: &'static str,
    path: &'static str,
    /// The name under which the app looks for it.
    name: &'static str,
    sha256: &'static str,
}

const FOLDER: &str = "assets/onnxruntime";

/// onnxruntime-node 1.30.0.
const LIBRARIES: &[Library] = &[
    Library {
        os: "linux",
        arch: "x86_64",
        path: "linux/x64/libonnxruntime.so.1",
        name: "libonnxruntime.so.1",
        sha256: "ffb75a925ba05e47b235bb66e3e3911714a80b328a9c9425539feb204aa32a23",
    },
    Library {
        os: "linux",
        arch: "aarch64",
        path: "linux/arm64/libonnxruntime.so.1",
        name: "libonnxruntime.so.1",
        sha256: "1f549d46250b005580b597f4164984aaf75b3bcb9f3aeb07c7f8a8fe60b23c76",
    },
    Library {
        os: "macos",
        arch: "aarch64",
        path: "darwin/arm64/libonnxruntime.1.dylib",
        name: "libonnxruntime.dylib",
        sha256: "685d2be5dba1309c89d3a5324b7fd06a5c42f1a61bfea32d14c4cc28d072121d",
    },
    Library {
        os: "windows",
        arch: "x86_64",
        path: "win32/x64/onnxruntime.dll",
        name: "onnxruntime.dll",
        sha256: "508c362f5673483dd3a086379c392795b2e42d10d5e6f3f90ebd7ac21c97af67",
    },
    Library {
        os: "windows",
        arch: "aarch64",
        path: "win32/arm64/onnxruntime.dll",
        name: "onnxruntime.dll",
        sha256: "6c3a2abf5c6aca11c48a0d338a91af309f2266f25ce2e4084e6a87bbcb0fbfd0",
    },
];

/// Puts the library of this machine into `assets/onnxruntime/`.
pub(crate) fn library(house: &House, check: bool, missing: &mut Missing) -> Result<()> {
    let here = (env::consts::OS, env::consts::ARCH);
    let Some(library) = LIBRARIES
        .iter()
        .find(|library| (library.os, library.arch) == here)
    else {
        missing.add(format!(
            "ONNX Runtime for {} on {}: the pinned package has none",
            here.0, here.1
        ));
        return Ok(());
    };
    let placed = house.path(FOLDER).join(library.name);
    let stamp = house.path(FOLDER).join("library.stamp");
    if placed.is_file() && node::is(&stamp, library.sha256) {
        println!("setup: the ONNX Runtime library is in place");
        return Ok(());
    }
    if check {
        missing.add("the ONNX Runtime library");
        return Ok(());
    }
    println!("setup: fetching the ONNX Runtime library");
    let args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
    if let Err(error) = house::run(&mut house.npm(FOLDER, &args)) {
        missing.add(format!("the ONNX Runtime library ({error:#})"));
        return Ok(());
    }
    let modules = house.path(FOLDER).join("node_modules");
    let source = modules
        .join("onnxruntime-node/bin/napi-v6")
        .join(library.path);
    let found = house::sha256_of(&source)?;
    ensure!(
        found == library.sha256,
        "{} is not the pinned library: sha256 {found}",
        library.path
    );
    // Copied beside and moved, so that a program that holds the old one keeps it whole.
    let beside = placed.with_extension("new");
    fs::copy(&source, &beside).with_context(|| format!("cannot copy {}", source.display()))?;
    fs::rename(&beside, &placed)?;
    fs::write(stamp, library.sha256)?;
    // The package holds every platform's library: 290 MB that nothing else needs.
    fs::remove_dir_all(modules)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_platform_is_listed_once_with_a_hash() {
        for (index, library) in LIBRARIES.iter().enumerate() {
            assert_eq!(library.sha256.len(), 64, "{}", library.path);
            let same = |other: &Library| (other.os, other.arch) == (library.os, library.arch);
            assert!(!LIBRARIES[index + 1..].iter().any(same), "{}", library.path);
        }
    }
}
