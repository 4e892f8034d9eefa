//! What a file is, by its bytes and not by its name, and what is not taken in.
//!
//! The list of kinds is short on purpose: what applicants and scanners really send. A refusal says why, in a word that
//! the screen turns into a sentence, because "invalid file" sends people home for nothing.
//!
//! What acts when it is opened is refused and not cleaned: whoever signed a paper signed these bytes, officers open it inside
//! the agencies' network, and the archive takes PDF/A, which knows neither scripts nor launches (ISO 19005). Printing the
//! paper as a new PDF mends it and loses nothing that can be read.

mod compound;
mod name;
mod office;
mod open_document;
mod pdf;
mod picture;
mod scan;
mod text;
mod tiff;
mod zip;

use std::fmt;
use std::io::{self, Read, Seek, SeekFrom};

/// The kinds that are taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FileKind {
    /// A document, often a scan; may be shown in the browser.
    Pdf,
    /// A photograph; may be shown in the browser.
    Jpeg,
    /// A picture; may be shown in the browser.
    Png,
    /// A photograph of a telephone.
    Heic,
    /// A scan.
    Tiff,
    /// Word since 2007.
    Docx,
    /// Excel since 2007.
    Xlsx,
    /// Word before 2007; many published forms still are.
    Doc,
    /// Excel before 2007.
    Xls,
    /// A text of `LibreOffice` and others (TCVN 10542, ISO 26300).
    Odt,
    /// A table of the same.
    Ods,
    /// Data, such as an electronic document signed with `XAdES`.
    Xml,
}

/// What the bytes told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspected {
    /// The kind.
    pub kind: FileKind,
    /// Pages of a PDF, when a cheap look finds them; a PDF that packs its page objects hides them.
    pub pages: Option<u32>,
    /// What an officer should know before opening it; such a file is not "clean".
    pub cautions: Vec<Caution>,
}

/// Taken in, but not without a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Caution {
    /// The PDF carries other files. Electronic invoices do: their XML is the invoice (PDF/A-3).
    Attachments,
}

/// Why a file is not taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RefusedFile {
    /// No bytes at all.
    #[error("the file is empty")]
    Empty,
    /// HTML, SVG or a script: opened in a browser it would act in the reader's name.
    #[error("web pages, SVG and scripts are not taken")]
    WebPage,
    /// A program.
    #[error("programs are not taken")]
    Program,
    /// An archive: nobody sees what is in it, and it may unpack to fill the disk.
    #[error("archives are not taken; send the files one by one")]
    Archive,
    /// It asks for a password, or is locked: nobody can look into it, print it whole or put a signature on it.
    #[error("the file is protected by a password")]
    PasswordProtected,
    /// An Office file with macros.
    #[error("Office files with macros are not taken")]
    Macros,
    /// It runs scripts, starts programs or fetches something when it is opened.
    #[error("files that act when they are opened are not taken")]
    Active,
    /// More pixels than an honest scan has.
    #[error("the picture has more pixels than can be handled")]
    TooManyPixels,
    /// More unpacked bytes than an honest document has.
    #[error("the file unpacks to more than can be handled")]
    TooMuchInside,
    /// It begins as a known kind and then does not hold together.
    #[error("the file is damaged")]
    Damaged,
    /// It is right as far as it goes; its end is missing.
    #[error("the end of the file is missing")]
    CutShort,
    /// Its name promises another kind.
    #[error("the name does not fit: it is {0}")]
    WrongName(FileKind),
    /// A photograph that officers' browsers do not show.
    #[error("HEIC photographs are not taken")]
    Heic,
    /// The virus scanner found something.
    #[error("the file is infected")]
    Infected,
    /// None of the kinds that are taken.
    #[error("this kind of file is not taken")]
    Unknown,
}

/// The file could not be inspected, or is not taken in.
#[derive(Debug, thiserror::Error)]
pub enum InspectError {
    /// Not taken in.
    #[error(transparent)]
    Refused(#[from] RefusedFile),
    /// It cannot be read.
    #[error("the file cannot be read: {0}")]
    Io(#[from] io::Error),
}

type Result<T> = std::result::Result<T, InspectError>;

/// Bytes looked at for the first decision.
const HEAD: u64 = 4096;

/// Looks into a file that came under this name: by its bytes as [`inspect`] does, and whether the name tells the truth.
pub fn inspect_named(file: &mut (impl Read + Seek), name: &str) -> Result<Inspected> {
    let found = inspect(file)?;
    name::check(name, found.kind)?;
    Ok(found)
}

/// Looks into a file. It reads it once or twice from end to end; memory stays within some mebibytes whatever the size.
pub fn inspect(file: &mut (impl Read + Seek)) -> Result<Inspected> {
    let mut head = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.by_ref().take(HEAD).read_to_end(&mut head)?;
    if head.is_empty() {
        return Err(RefusedFile::Empty.into());
    }
    if head.starts_with(b"%PDF-") {
        return pdf::inspect(file);
    }
    let mut pages = None;
    let kind = match head.as_slice() {
        [0xFF, 0xD8, 0xFF, ..] => picture::jpeg(file)?,
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => picture::png(file, &head)?,
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => {
            pages = Some(tiff::pages(file)?);
            FileKind::Tiff
        }
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => picture::heic(&head)?,
        [b'P', b'K', 3, 4, ..] => office::packed(file)?,
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] => office::old_office(file)?,
        _ => text::inspect(&head)?,
    };
    // One file that is two: shown as a picture here, unpacked as an archive there.
    if matches!(kind, FileKind::Jpeg | FileKind::Png | FileKind::Tiff) && zip::ends_as_archive(file)? {
        return Err(RefusedFile::Archive.into());
    }
    Ok(Inspected { kind, pages, cautions: Vec::new() })
}

impl FileKind {
    /// The media type to be served with.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Heic => "image/heic",
            Self::Tiff => "image/tiff",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Doc => "application/msword",
            Self::Xls => "application/vnd.ms-excel",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Xml => "application/xml",
        }
    }
    /// The ending for a download, without its dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Heic => "heic",
            Self::Tiff => "tif",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Doc => "doc",
            Self::Xls => "xls",
            Self::Odt => "odt",
            Self::Ods => "ods",
            Self::Xml => "xml",
        }
    }
    /// The kind with this extension, as a row keeps it.
    pub fn from_extension(extension: &str) -> Option<Self> {
        let all = [
            Self::Pdf,
            Self::Jpeg,
            Self::Png,
            Self::Heic,
            Self::Tiff,
            Self::Docx,
            Self::Xlsx,
            Self::Doc,
            Self::Xls,
            Self::Odt,
            Self::Ods,
            Self::Xml,
        ];
        all.into_iter().find(|kind| kind.extension() == extension)
    }
    /// Whether browsers show it without help and without acting on it.
    pub const fn may_be_shown_inline(self) -> bool {
        matches!(self, Self::Pdf | Self::Jpeg | Self::Png)
    }
}

impl fmt::Display for FileKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.extension())
    }
}
