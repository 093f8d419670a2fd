#![doc = include_str!("../README.md")]
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod codec;
mod colour;
mod deidentify;
mod dicom;
mod display;
mod error;
mod frame;
mod gather;
mod guard;
mod header;
mod limits;
pub mod lut;
pub mod orientation;
mod origin;
mod overlay;
mod picture;
mod place;
pub mod presets;
mod raster;
mod render;
mod support;
mod tree;
mod voi;

pub use deidentify::{DeidentifyOptions, deidentify, may_show_identity};
pub use dicom::IMPLEMENTATION;
pub use error::{Error, Result};
pub use frame::{DisplayFrame, PixelFormat, StoredFrame};
pub use gather::{Content, Found, Gather, gather};
pub use header::{
    Format, Header, Identity, Layout, Photometric, Spacing, SpacingSource, TransferSyntax,
    WindowPreset,
};
pub use limits::Limits;
pub use origin::Origin;
pub use overlay::{Map, Palette, blend, overlay};
pub use picture::Picture;
pub use place::Place;
pub use render::{Plane, RenderOptions, Rendered, Shown};
pub use support::supported;
pub use tree::{Instance, Series, Study, tree};
pub use voi::{Function, Voi, Window};

/// BLAKE3 of a file's bytes, in hex: equal for duplicates.
pub fn fingerprint(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}
