//! Typst behind a world of our own: three fonts, our own templates, one data file; no network, no packages, no disk, no clock.

use crate::form::RenderError;
use std::collections::HashSet;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::{LazyLock, OnceLock};
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::ecow::EcoVec;
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

include!(concat!(env!("OUT_DIR"), "/faces.rs"));

/// A slip's template, parsed once.
pub(crate) struct Template(Source);

impl Template {
    pub(crate) fn new(name: &str, text: &str) -> Self {
        Self(Source::new(file(name), text.to_owned()))
    }
}

/// What every slip shares and never changes.
struct Shop {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    common: Source,
    data: FileId,
}

static SHOP: LazyLock<Shop> = LazyLock::new(|| {
    let fonts: Vec<Font> = FACES.iter().flat_map(|face| Font::iter(Bytes::new(*face))).collect();
    Shop {
        library: LazyHash::new(Library::default()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        fonts,
        common: Source::new(file("common.typ"), include_str!("common.typ").to_owned()),
        data: file("slip.json"),
    }
});

fn file(name: &str) -> FileId {
    let path = VirtualPath::new(name).expect("the names of our files are fixed and plain");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

/// One slip being set.
struct Desk<'a> {
    template: &'a Source,
    data: Bytes,
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &SHOP.library
    }
    fn book(&self) -> &LazyHash<FontBook> {
        &SHOP.book
    }
    fn main(&self) -> FileId {
        self.template.id()
    }
    fn source(&self, id: FileId) -> FileResult<Source> {
        [self.template, &SHOP.common]
            .into_iter()
            .find(|source| source.id() == id)
            .cloned()
            .ok_or(FileError::AccessDenied)
    }
    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == SHOP.data { Ok(self.data.clone()) } else { Err(FileError::AccessDenied) }
    }
    fn font(&self, index: usize) -> Option<Font> {
        SHOP.fonts.get(index).cloned()
    }
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        // A slip's dates are in its data; a clock here would change the bytes of a reprint.
        None
    }
}

/// Whether each of the faces has a glyph for `c`.
pub(crate) fn drawable(c: char) -> bool {
    static COMMON: LazyLock<HashSet<u32>> = LazyLock::new(|| {
        let mut faces = SHOP.fonts.iter().map(|font| font.info().coverage.iter().collect::<HashSet<u32>>());
        let first = faces.next().unwrap_or_default();
        faces.fold(first, |common, face| common.intersection(&face).copied().collect())
    });
    COMMON.contains(&u32::from(c))
}

/// Sets `data` (JSON) with `template`.
pub(crate) fn compose(template: &Template, data: Vec<u8>) -> Result<PagedDocument, RenderError> {
    let desk = Desk { template: &template.0, data: Bytes::new(data) };
    let document = typst::compile::<PagedDocument>(&desk).output.map_err(|problems| failure(&problems));
    forget_now_and_then();
    document
}

/// Sheets set between two looks through the cache.
const LOOK_EVERY: u32 = 2;

/// What a slip left in the cache serves the next ones, not the process's whole life. A look through all of it costs a
/// fifth of a slip, so it is not made for each.
fn forget_now_and_then() {
    static SET: AtomicU32 = AtomicU32::new(0);
    if SET.fetch_add(1, Relaxed) % LOOK_EVERY == LOOK_EVERY - 1 {
        typst::comemo::evict(1);
    }
}

/// Exports a composed slip as PDF/A-2a and PDF/UA-1.
pub(crate) fn export(document: &PagedDocument) -> Result<Vec<u8>, RenderError> {
    typst_pdf::pdf(document, options()).map_err(|problems| failure(&problems))
}

fn options() -> &'static PdfOptions {
    static OPTIONS: OnceLock<PdfOptions> = OnceLock::new();
    OPTIONS.get_or_init(|| PdfOptions {
        creator: Smart::Custom(Some("Một Cửa".to_owned())),
        // The two standards agree with each other; a test reads both marks back.
        standards: PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]).unwrap_or_default(),
        ..PdfOptions::default()
    })
}

fn failure(problems: &EcoVec<SourceDiagnostic>) -> RenderError {
    let messages: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
    RenderError::Template(messages.join("; "))
}
