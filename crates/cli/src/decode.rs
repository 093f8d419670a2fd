//! `decode FILE --out DIR [--frame N]`.

use std::{path::PathBuf, process::ExitCode};

use anyhow::anyhow;
use basics::Coded;
use clap::Args;

#[derive(Args)]
pub(crate) struct Arguments {
    /// DICOM, PNG, JPEG or TIFF.
    file: PathBuf,
    /// Folder for NAME.FRAME.raw and NAME.FRAME.json.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Only this frame, from 0.
    #[arg(long, value_name = "N")]
    frame: Option<u32>,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    match commands::tools::decode(&arguments.file, &arguments.out, arguments.frame) {
        Ok(written) => {
            for path in written {
                crate::print(&path.display())?;
            }
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => Err(anyhow!(
            "{}: {error} [{}]",
            arguments.file.display(),
            error.message_id()
        )),
    }
}
