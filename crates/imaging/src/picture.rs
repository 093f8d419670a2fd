//! The one thing that callers hold: an opened file whose frames are decoded when asked for.

use std::{fs::File, io::Read, path::Path, sync::Arc};

use crate::{
    DisplayFrame, Error, Format, Header, Limits, Origin, Place, Plane, RenderOptions, Rendered,
    Result, Shown, StoredFrame, Voi,
    dicom::{self, Dicom},
    display,
    guard::guarded,
    raster::Raster,
};

/// An opened file: its header is read, its pixels are not. Clones share the bytes.
#[derive(Clone)]
pub struct Picture(Arc<Opened>);

pub(crate) struct Opened {
    pub(crate) header: Header,
    limits: Limits,
    pub(crate) source: Source,
}

pub(crate) enum Source {
    Raster(Raster),
    Dicom(Box<Dicom>),
}

impl Picture {
    /// Opens a file.
    pub fn open(path: impl AsRef<Path>, limits: &Limits) -> Result<Self> {
        Self::from_bytes(read(path.as_ref(), limits)?, limits)
    }

    /// Opens what lies in memory. The format is found by content: a PNG named `.dcm` is a PNG.
    pub fn from_bytes(bytes: impl Into<Vec<u8>>, limits: &Limits) -> Result<Self> {
        let bytes = bytes.into();
        limits.check_file(bytes.len() as u64)?;
        let format = sniff(&bytes)?;
        let limits = *limits;
        let (header, source) = guarded(limits.time, move || {
            Ok(match format {
                Format::Dicom => {
                    let (header, dicom) = Dicom::parse(bytes, &limits)?;
                    (header, Source::Dicom(Box::new(dicom)))
                }
                _ => {
                    let (header, raster) = Raster::parse(bytes, format, &limits)?;
                    (header, Source::Raster(raster))
                }
            })
        })?;
        Ok(Self(Arc::new(Opened {
            header,
            limits,
            source,
        })))
    }

    /// What the file says about itself.
    pub fn header(&self) -> &Header {
        &self.0.header
    }

    /// What a DICOM object that is derived from this one needs of it; `None` for a plain picture and
    /// where the file lacks a UID.
    pub fn origin(&self) -> Option<Origin> {
        match &self.0.source {
            Source::Dicom(dicom) => dicom.origin(),
            Source::Raster(_) => None,
        }
    }

    /// Where and when frame `n`, from 0, was taken; nothing is known of a plain picture.
    pub fn place(&self, n: u32) -> Result<Place> {
        self.decode(move |opened| {
            Ok(match &opened.source {
                Source::Dicom(dicom) => Place::of(&dicom.attributes(), &opened.header, n),
                Source::Raster(_) => Place::default(),
            })
        })
    }

    /// Frame `n`, from 0: stored values before any look-up table.
    pub fn stored_frame(&self, n: u32) -> Result<StoredFrame> {
        self.decode(move |opened| opened.source.stored(n, &opened.header))
    }

    /// Frame `n`, from 0, decoded for a display, with the VOI it is first shown with: the file's own
    /// table or window; else, for grey projection radiographs, the 1st to 99th percentile; else the
    /// smallest to the largest value.
    pub fn shown(&self, n: u32) -> Result<Shown> {
        self.decode(move |opened| opened.shown(n))
    }

    /// Frame `n`, from 0, for a display: grey with its rescale, or RGB.
    pub fn display_frame(&self, n: u32) -> Result<DisplayFrame> {
        self.decode(move |opened| opened.display(n))
    }

    /// The VOI that frame `n` is first shown with; see [`Picture::shown`].
    pub fn voi(&self, n: u32) -> Result<Voi> {
        Ok(self.shown(n)?.voi)
    }

    /// Frame `n` as a person sees it: 0 is black, 1 is white.
    pub fn model_plane(&self, n: u32) -> Result<Plane> {
        self.decode(move |opened| Ok(opened.shown(n)?.plane()))
    }

    /// Frame `n` as a picture.
    pub fn render(&self, n: u32, options: &RenderOptions) -> Result<Rendered> {
        let options = *options;
        self.decode(move |opened| opened.shown(n)?.render(&options))
    }

    /// A PNG of the first frame, windowed, upright as stored, at most 256 pixels on its long side.
    pub fn thumbnail(&self) -> Result<Vec<u8>> {
        self.decode(|opened| opened.shown(0)?.thumbnail())
    }

    pub(crate) fn decode<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Opened) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let opened = Arc::clone(&self.0);
        guarded(self.0.limits.time, move || work(&opened))
    }
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Picture")
            .field("layout", &self.0.header.layout)
            .finish_non_exhaustive()
    }
}

impl Source {
    fn stored(&self, n: u32, header: &Header) -> Result<StoredFrame> {
        match self {
            Self::Dicom(dicom) => dicom.stored(n),
            Self::Raster(_) if n > 0 => Err(Error::NoFrame {
                frame: n,
                frames: header.layout.frames,
            }),
            Self::Raster(raster) => raster.stored(),
        }
    }
}

impl Opened {
    fn display(&self, n: u32) -> Result<DisplayFrame> {
        let stored = self.source.stored(n, &self.header)?;
        match &self.source {
            Source::Dicom(dicom) => display::dicom(stored, &dicom.attributes(), n),
            Source::Raster(_) => Ok(display::raster(stored)),
        }
    }

    fn shown(&self, n: u32) -> Result<Shown> {
        let frame = self.display(n)?;
        let voi = self.voi(n, &frame);
        Ok(Shown { frame, voi })
    }

    fn voi(&self, n: u32, frame: &DisplayFrame) -> Voi {
        if let Source::Dicom(dicom) = &self.source
            && let Some(voi) = dicom::values::voi(&dicom.attributes(), n, self.header.layout.signed)
        {
            return voi;
        }
        match &self.source {
            // A plain picture is already what a person is meant to see.
            Source::Raster(_) if frame.format.bits == 8 => Voi::full_range(8),
            _ => Voi::automatic(frame, self.header.modality.as_deref()),
        }
    }
}

/// Reads a file within the limits.
pub(crate) fn read(path: &Path, limits: &Limits) -> Result<Vec<u8>> {
    let metadata = std::fs::metadata(path)?;
    if !metadata.is_file() {
        return Err(Error::UnknownFormat);
    }
    let length = metadata.len();
    limits.check_file(length)?;
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0));
    // A file that grows while it is read does not pass the limit either.
    File::open(path)?
        .take(limits.file_bytes + 1)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn sniff(bytes: &[u8]) -> Result<Format> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        Ok(Format::Png)
    } else if dicom::looks_like(bytes) {
        // Before JPEG and TIFF: the preamble of a DICOM file may hold either's header (PS3.10 7.1).
        Ok(Format::Dicom)
    } else if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
        Ok(Format::Jpeg)
    } else if bytes.starts_with(b"II*\0") || bytes.starts_with(b"MM\0*") {
        Ok(Format::Tiff)
    } else {
        Err(Error::UnknownFormat)
    }
}
