//! What the layout can reach: the template, one report's data and pictures, the fonts. No disk, no
//! network, no clock.

use std::sync::LazyLock;

use typst::{
    Library, LibraryExt, World,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Duration},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};

use super::fonts::Fonts;

/// The templates; a page's one place of form.
const REPORT: &str = include_str!("../../../../assets/report/report.typ");
const LABELS: &str = include_str!("../../../../assets/report/labels.typ");
const MEDICINE: &str = include_str!("../../../../assets/report/medicine.typ");

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));
static ON_REPORT: LazyLock<Source> = LazyLock::new(|| Source::new(id("report.typ"), REPORT.into()));
static ON_LABELS: LazyLock<Source> = LazyLock::new(|| Source::new(id("labels.typ"), LABELS.into()));
static ON_MEDICINE: LazyLock<Source> =
    LazyLock::new(|| Source::new(id("medicine.typ"), MEDICINE.into()));
static DATA: LazyLock<FileId> = LazyLock::new(|| id("data.json"));

/// What is laid out.
#[derive(Clone, Copy, Debug)]
pub(super) enum Template {
    /// A report.
    Report,
    /// Lines of text on a film sheet.
    Labels,
    /// The label of a medicine.
    Medicine,
}

/// One report as typst sees it.
pub(super) struct Paper<'a> {
    fonts: &'a Fonts,
    main: &'static Source,
    data: Bytes,
    pictures: Vec<(FileId, Bytes)>,
}

impl<'a> Paper<'a> {
    /// `data` is JSON; picture `i` is read by the template as `picture-<i>`.
    pub(super) fn new(
        fonts: &'a Fonts,
        template: Template,
        data: Vec<u8>,
        pictures: Vec<Vec<u8>>,
    ) -> Self {
        let pictures = pictures.into_iter().enumerate();
        Self {
            fonts,
            main: match template {
                Template::Report => &ON_REPORT,
                Template::Labels => &ON_LABELS,
                Template::Medicine => &ON_MEDICINE,
            },
            data: Bytes::new(data),
            pictures: pictures
                .map(|(n, bytes)| (id(&format!("picture-{n}")), Bytes::new(bytes)))
                .collect(),
        }
    }
}

impl World for Paper<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        match id == self.main.id() {
            true => Ok(self.main.clone()),
            false => Err(FileError::AccessDenied),
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == *DATA {
            return Ok(self.data.clone());
        }
        let picture = self.pictures.iter().find(|(picture, _)| *picture == id);
        picture
            .map(|(_, bytes)| bytes.clone())
            .ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// The id of a file at the root.
fn id(name: &str) -> FileId {
    let Ok(path) = VirtualPath::new(name) else {
        unreachable!("the names here are ours: no slash, no dot alone");
    };
    RootedPath::new(VirtualRoot::Project, path).intern()
}
