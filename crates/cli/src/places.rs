//! Where the models and the runtime are: beside the program when installed, in the repository when
//! it was built there, or where the person says.

use std::path::PathBuf;

use clap::Args;

/// Places, each found by itself unless given.
#[derive(Args)]
pub(crate) struct Places {
    /// Folder of the model packs.
    #[arg(long, value_name = "DIR")]
    models: Option<PathBuf>,
    /// The ONNX Runtime shared library.
    #[arg(long, value_name = "FILE")]
    onnxruntime: Option<PathBuf>,
}

impl Places {
    pub(crate) fn models(&self) -> PathBuf {
        self.models.clone().unwrap_or_else(|| find("models"))
    }

    pub(crate) fn onnx_library(&self) -> PathBuf {
        let library = self
            .onnxruntime
            .clone()
            .unwrap_or_else(|| find("assets/onnxruntime").join(commands::onnx_library_name()));
        std::path::absolute(&library).unwrap_or(library)
    }
}

/// Folder of the fonts that reports are set in.
pub(crate) fn fonts() -> PathBuf {
    find("assets/fonts")
}

/// The first folder of this name: beside the program, in an installed package's resources, or above
/// the program in a repository.
fn find(name: &str) -> PathBuf {
    let program = std::env::current_exe().unwrap_or_default();
    let beside = program.parent().map(PathBuf::from).unwrap_or_default();
    let installed = [
        beside.join(name),
        beside.join("../lib/Medibridge").join(name),
    ];
    let here = std::env::current_dir().unwrap_or_default();
    let above = here
        .ancestors()
        .map(|folder| folder.join(name))
        .collect::<Vec<_>>();
    installed
        .into_iter()
        .chain(above)
        .find(|folder| folder.is_dir())
        .unwrap_or_else(|| name.into())
}
