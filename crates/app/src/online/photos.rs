//! Photographs of papers: turned upright, scaled, freed of what the telephone wrote beside them (place, time, owner), and put
//! together, so that an officer opens one file for one paper (INT-01 online).

use super::upload::store;
use crate::{
    app::App,
    dossier::{
        files::{Faulty, one_too_many, refused},
        store::{self as dossiers, FileRow},
    },
    error::AppError,
};
use documents::Photograph;
use domain::accounts::Who;
use futures_util::TryStreamExt;
use image::{
    DynamicImage, ImageDecoder, ImageReader, Limits, RgbImage, codecs::jpeg::JpegEncoder, imageops::FilterType,
};
use platform::{
    blobs::Sha256Hex,
    download::safe_name,
    file_kind::{FileKind, RefusedFile},
};
use std::io::Cursor;
use tokio::sync::Semaphore;

/// What a telephone of today takes at most in its usual mode is 50 million pixels; decoded they fill some 200 MB.
const MOST_PIXELS: u64 = 64_000_000;
/// A4 at 300 dpi: nothing that a scanner would have kept is lost.
const LONGEST_SIDE: u32 = 3_508;
const QUALITY: u8 = 82;
/// Photographs that one file takes: more than any paper has pages.
const MOST_PHOTOS: usize = 100;
/// Decoding fills memory; so many at once, whoever else asks waits.
static TURNS: Semaphore = Semaphore::const_new(2);

/// Whether a file is a photograph as this room means it.
pub fn is_photo(file: &FileRow) -> bool {
    matches!(file.kind.as_str(), "jpg" | "png")
}

/// The files of one field with their photographs put together into one PDF, which stands where the first of them stood; kept
/// `apart` each stays a picture of its own, in its own size. A photograph that cannot be opened is refused by its name.
pub async fn gather(app: &App, who: &Who, field: &str, came: Vec<FileRow>, apart: bool) -> (Vec<FileRow>, Vec<Faulty>) {
    let (mut files, mut wrong) = (Vec::new(), Vec::new());
    let (mut pictures, mut first) = (Vec::new(), None);
    for file in came {
        if !is_photo(&file) {
            files.push(file);
            continue;
        }
        match prepare(app, field, &file, apart).await {
            Ok(picture) if apart => match keep(app, who, &file.name, FileKind::Jpeg, picture.jpeg, None).await {
                Ok(row) => files.push(row),
                Err(e) => wrong.push(Faulty::Fault(e)),
            },
            Ok(_) if pictures.len() >= MOST_PHOTOS => {
                wrong.push(Faulty::Field(one_too_many(field, &file.name, MOST_PHOTOS)));
            }
            Ok(picture) => {
                first.get_or_insert((files.len(), file.name));
                pictures.push(picture);
            }
            Err(e) => wrong.push(e),
        }
    }
    if let Some((at, name)) = first {
        let pages = i64::try_from(pictures.len()).unwrap_or(i64::MAX);
        match keep(app, who, &name, FileKind::Pdf, documents::photographs(&pictures), Some(pages)).await {
            Ok(row) => files.insert(at, row),
            Err(e) => wrong.push(Faulty::Fault(e)),
        }
    }
    (files, wrong)
}

/// Reads one photograph out of the store and makes it ready, off the threads that answer requests.
async fn prepare(app: &App, field: &str, file: &FileRow, apart: bool) -> Result<Photograph, Faulty> {
    let fault = |e: String| Faulty::Fault(AppError::internal(e));
    let hash: Sha256Hex = file.sha256.parse().map_err(|_| fault(format!("photograph {}", file.sha256)))?;
    let _turn = TURNS.acquire().await.map_err(|e| fault(e.to_string()))?;
    let pieces = app.blobs.stream(hash).await.map_err(|e| fault(e.to_string()))?;
    let read = |mut all: Vec<u8>, piece: bytes::Bytes| async move {
        all.extend_from_slice(&piece);
        Ok(all)
    };
    let bytes = pieces.try_fold(Vec::new(), read).await.map_err(|e| fault(e.to_string()))?;
    let longest = if apart { u32::MAX } else { LONGEST_SIDE };
    let made = tokio::task::spawn_blocking(move || picture(bytes, longest)).await.map_err(|e| fault(e.to_string()))?;
    made.map_err(|why| Faulty::Field(refused(field, &file.name, why)))
}

async fn keep(
    app: &App,
    who: &Who,
    name: &str,
    kind: FileKind,
    bytes: Vec<u8>,
    pages: Option<i64>,
) -> Result<FileRow, AppError> {
    let blob = app.blobs.put(bytes.into()).await.map_err(AppError::internal)?;
    let row = FileRow {
        sha256: blob.sha256.to_string(),
        name: safe_name(name, kind),
        kind: kind.extension().to_owned(),
        size: i64::try_from(blob.size).unwrap_or(i64::MAX),
        pages,
    };
    let (kept, who, id, at) = (row.clone(), who.clone(), app.ids.next()?, app.machine.now());
    app.db.unit(move |unit| Ok::<_, AppError>(dossiers::insert_upload(unit, id, &kept, &who, at)?)).await?;
    Ok(row)
}

/// Decodes, turns, scales and encodes again. The number of pixels is looked at before anything is decoded.
fn picture(bytes: Vec<u8>, longest: u32) -> Result<Photograph, RefusedFile> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| RefusedFile::Damaged)?;
    let mut decoder = reader.into_decoder().map_err(|_| RefusedFile::Damaged)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(RefusedFile::TooManyPixels);
    }
    decoder.set_limits(Limits::default()).map_err(|_| RefusedFile::TooManyPixels)?;
    let upright = decoder.orientation().map_err(|_| RefusedFile::Damaged)?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(|_| RefusedFile::Damaged)?;
    if image.width().max(image.height()) > longest {
        image = image.resize(longest, longest, FilterType::Triangle);
    }
    image.apply_orientation(upright);
    let image = on_white(image);
    let mut jpeg = Vec::new();
    let encoded = JpegEncoder::new_with_quality(&mut jpeg, QUALITY).encode_image(&image);
    encoded.map_err(|_| RefusedFile::Damaged)?;
    Ok(Photograph { jpeg, width: image.width(), height: image.height() })
}

/// A JPEG knows no transparency: what shines through is paper.
fn on_white(image: DynamicImage) -> RgbImage {
    if !image.color().has_alpha() {
        return image.into_rgb8();
    }
    let source = image.into_rgba8();
    RgbImage::from_fn(source.width(), source.height(), |x, y| {
        let [r, g, b, a] = source.get_pixel(x, y).0;
        let over = |c: u8| {
            let mixed = u16::from(c) * u16::from(a) + 255 * (255 - u16::from(a));
            u8::try_from(mixed / 255).unwrap_or(u8::MAX)
        };
        image::Rgb([over(r), over(g), over(b)])
    })
}

/// Notes in a form what is wrong with its photographs; a fault of ours ends the request.
pub fn note(form: &mut crate::http::Form, wrong: Vec<Faulty>) -> Result<(), AppError> {
    for faulty in wrong {
        match faulty {
            Faulty::Field(e) => form.wrong(e),
            Faulty::Fault(e) => return Err(e),
        }
    }
    Ok(())
}

/// The files of a field as they came: those sent in pieces before (`upload`), then those of the form itself.
pub async fn came(
    app: &App,
    me: &super::Citizen,
    target: i64,
    place: &str,
    sent: &crate::dossier::files::Sent,
) -> Result<Vec<FileRow>, AppError> {
    let named: Vec<i64> = sent.form.all(&format!("gui.{place}")).iter().filter_map(|id| id.parse().ok()).collect();
    let mut files = if named.is_empty() {
        Vec::new()
    } else {
        let (contact, place) = (me.key.clone(), place.to_owned());
        let read = move |q: &mut platform::db::Reader| {
            let found = store::finished(q, &contact, target, &place)?;
            let pick = |id: &i64| found.iter().find(|(own, _)| own == id).map(|(_, file)| file.clone());
            Ok::<_, AppError>(named.iter().filter_map(pick).collect())
        };
        app.db.read(read).await?
    };
    files.extend_from_slice(sent.came(&format!("tep.{place}")));
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{ImageFormat, Rgb};

    /// Left half red, right half blue, with an EXIF block that says how it is to be turned and where it was taken.
    fn photo(width: u32, height: u32, orientation: u8) -> Vec<u8> {
        let image =
            RgbImage::from_fn(width, height, |x, _| if x < width / 2 { Rgb([250, 0, 0]) } else { Rgb([0, 0, 250]) });
        let mut jpeg = Cursor::new(Vec::new());
        image.write_to(&mut jpeg, ImageFormat::Jpeg).unwrap();
        let jpeg = jpeg.into_inner();
        let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x02\x01\x12\0\x03\0\0\0\x01\0".to_vec();
        exif.extend([orientation, 0, 0, 0x82, 0x98, 0, 2, 0, 0, 0, 11, 0, 0, 0, 38, 0, 0, 0, 0]);
        exif.extend(b"BI MAT GPS\0");
        let mut out = jpeg[..2].to_vec();
        out.extend([0xFF, 0xE1]);
        out.extend(u16::try_from(exif.len() + 2).unwrap().to_be_bytes());
        out.extend(exif);
        out.extend(&jpeg[2..]);
        out
    }

    fn decoded(photo: &Photograph) -> RgbImage {
        image::load_from_memory(&photo.jpeg).unwrap().into_rgb8()
    }

    #[test]
    fn a_photograph_is_turned_as_the_camera_was_held_and_what_the_camera_wrote_is_gone() {
        let bytes = photo(40, 20, 6);
        assert!(bytes.windows(6).any(|w| w == b"BI MAT"));
        let made = picture(bytes, LONGEST_SIDE).unwrap();
        assert_eq!((made.width, made.height), (20, 40), "a quarter turn");
        let image = decoded(&made);
        assert!(image.get_pixel(10, 4).0[0] > 200 && image.get_pixel(10, 36).0[2] > 200, "left is above now");
        assert!(!made.jpeg.windows(6).any(|w| w == b"BI MAT") && !made.jpeg.windows(4).any(|w| w == b"Exif"));
    }

    #[test]
    fn a_large_photograph_is_scaled_down_and_a_small_one_stays() {
        let made = picture(photo(400, 200, 1), 100).unwrap();
        assert_eq!((made.width, made.height), (100, 50));
        let made = picture(photo(400, 200, 1), LONGEST_SIDE).unwrap();
        assert_eq!((made.width, made.height), (400, 200));
    }

    #[test]
    fn what_shines_through_is_white_and_what_is_no_picture_is_damaged() {
        let clear = image::RgbaImage::from_pixel(8, 8, image::Rgba([0, 0, 0, 0]));
        let mut png = Cursor::new(Vec::new());
        clear.write_to(&mut png, ImageFormat::Png).unwrap();
        let made = picture(png.into_inner(), LONGEST_SIDE).unwrap();
        assert!(decoded(&made).get_pixel(4, 4).0.iter().all(|c| *c > 250));
        assert_eq!(picture(b"\xff\xd8\xff\xe0 nothing".to_vec(), 10), Err(RefusedFile::Damaged));
    }

    #[test]
    fn the_pixels_are_counted_before_anything_is_decoded() {
        // A PNG whose header says 30,000 by 30,000 and which has no data at all.
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x75\x30\0\0\x75\x30\x08\x02\0\0\0".to_vec();
        let mut crc = flate2::Crc::new();
        crc.update(&png[12..]);
        png.extend(crc.sum().to_be_bytes());
        png.extend(b"\0\0\0\0IDAT");
        assert_eq!(picture(png, LONGEST_SIDE), Err(RefusedFile::TooManyPixels));
    }
}
