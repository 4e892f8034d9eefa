use super::*;
use futures_util::stream;
use std::fs::FileTimes;
use std::time::{Duration, UNIX_EPOCH};

fn store() -> (tempfile::TempDir, Blobs) {
    let data = tempfile::tempdir().unwrap();
    let blobs = Blobs::open(data.path(), Random::seeded(1)).unwrap();
    (data, blobs)
}

fn pieces(parts: &[&'static [u8]]) -> impl Stream<Item = Result<Bytes, io::Error>> + use<> {
    stream::iter(parts.iter().map(|p| Ok(Bytes::from_static(p))).collect::<Vec<_>>())
}

fn files_under(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries.map(|e| if e.path().is_dir() { files_under(&e.path()) } else { 1 }).sum()
}

fn path_of(data: &Path, sha256: Sha256Hex) -> PathBuf {
    let name = sha256.to_string();
    data.join("blobs").join(&name[..2]).join(name)
}

/// Sets a file's age, as if it had been put there at `at`.
fn aged(path: &Path, at: Millis) {
    let time = UNIX_EPOCH + Duration::from_millis(u64::try_from(at).unwrap());
    let file = std::fs::OpenOptions::new().write(true).open(path).unwrap();
    file.set_times(FileTimes::new().set_modified(time)).unwrap();
}

async fn read(blobs: &Blobs, sha256: Sha256Hex) -> Vec<u8> {
    let parts: Vec<Bytes> = blobs.stream(sha256).await.unwrap().try_collect().await.unwrap();
    parts.concat()
}

#[tokio::test]
async fn a_file_is_found_under_the_hash_of_its_bytes() {
    let (data, blobs) = store();
    let blob = blobs.put_stream(pieces(&[b"gi\xe1\xba\xa5y ", b"khai sinh"]), 100).await.unwrap();
    assert_eq!(blob, Blob { sha256: Sha256Hex::of("giấy khai sinh".as_bytes()), size: 16 });
    assert!(path_of(data.path(), blob.sha256).is_file());
    assert_eq!(read(&blobs, blob.sha256).await, "giấy khai sinh".as_bytes());
    assert!(blobs.exists(blob.sha256).await.unwrap());
    assert_eq!(blobs.size(Sha256Hex::of(b"another")).await.unwrap(), None);
}

#[tokio::test]
async fn the_same_file_sent_twice_is_kept_once() {
    let (data, blobs) = store();
    let first = blobs.put(Bytes::from_static(b"scan")).await.unwrap();
    let second = blobs.put_stream(pieces(&[b"sc", b"an"]), 4).await.unwrap();
    assert_eq!(first, second);
    assert_eq!(files_under(data.path()), 1);
    assert_eq!(blobs.list().try_collect::<Vec<_>>().await.unwrap(), [first]);
}

#[tokio::test]
async fn a_file_larger_than_a_chunk_comes_back_whole_and_in_parts() {
    let (_data, blobs) = store();
    let bytes: Vec<u8> = (0..1_000_003_u32).map(|n| n.to_le_bytes()[0] ^ n.to_le_bytes()[2]).collect();
    let parts: Vec<_> = bytes.chunks(4096).map(|c| Ok::<_, io::Error>(Bytes::copy_from_slice(c))).collect();
    let blob = blobs.put_stream(stream::iter(parts), 2_000_000).await.unwrap();
    assert_eq!(blob.size, 1_000_003);
    assert_eq!(read(&blobs, blob.sha256).await, bytes);
    assert_eq!(blobs.get_range(blob.sha256, 10..20).await.unwrap(), bytes[10..20]);
    assert_eq!(blobs.get_range(blob.sha256, 1_000_000..9_999_999).await.unwrap().len(), 3);
}

#[tokio::test]
async fn what_is_too_long_empty_or_broken_off_leaves_nothing_behind() {
    let (data, blobs) = store();
    let long = blobs.put_stream(pieces(&[b"12345", b"6"]), 5).await.unwrap_err();
    assert!(matches!(long, PutError::TooLong { max_bytes: 5 }));
    let empty = blobs.put_stream(pieces(&[b"", b""]), 5).await.unwrap_err();
    assert!(matches!(empty, PutError::Empty));
    let broken = stream::iter([Ok(Bytes::from_static(b"half")), Err(io::Error::other("connection reset"))]);
    let broken = blobs.put_stream(broken, 100).await.unwrap_err();
    assert!(matches!(broken, PutError::BrokenOff(_)));
    assert_eq!(files_under(data.path()), 0);
}

#[tokio::test]
async fn a_missing_file_and_a_damaged_one_are_told_apart() {
    let (data, blobs) = store();
    let blob = blobs.put(Bytes::from_static(b"decision")).await.unwrap();
    blobs.verify(blob.sha256).await.unwrap();
    std::fs::write(path_of(data.path(), blob.sha256), b"Decision").unwrap();
    assert!(matches!(blobs.verify(blob.sha256).await, Err(BlobError::Damaged(_))));
    blobs.delete(blob.sha256).await.unwrap();
    blobs.delete(blob.sha256).await.unwrap();
    assert!(matches!(blobs.verify(blob.sha256).await, Err(BlobError::Missing(_))));
}

#[tokio::test]
async fn only_old_files_that_no_row_names_are_collected_and_old_drafts_with_them() {
    let (data, blobs) = store();
    let mut made = Vec::new();
    for bytes in [&b"named"[..], b"orphan", b"young"] {
        made.push(blobs.put(Bytes::from_static(bytes)).await.unwrap().sha256);
    }
    let draft = data.path().join("blobs/incoming/0123");
    let foreign = data.path().join("blobs/readme.txt");
    std::fs::write(&draft, b"half").unwrap();
    std::fs::write(&foreign, b"put here by hand").unwrap();
    for path in [&path_of(data.path(), made[0]), &path_of(data.path(), made[1]), &draft, &foreign] {
        aged(path, 1_000);
    }

    let named = made[0].to_string();
    let gone = blobs.collect_orphans(|name| name == named, 2_000).await.unwrap();

    assert_eq!(gone, [made[1]]);
    assert!(!draft.exists() && foreign.exists());
    assert!(blobs.exists(made[0]).await.unwrap() && blobs.exists(made[2]).await.unwrap());
}

#[tokio::test]
async fn a_file_taken_in_again_is_young_again() {
    let (data, blobs) = store();
    let blob = blobs.put(Bytes::from_static(b"orphan")).await.unwrap();
    aged(&path_of(data.path(), blob.sha256), 1_000);
    blobs.put(Bytes::from_static(b"orphan")).await.unwrap();
    assert!(blobs.collect_orphans(|_| false, 2_000).await.unwrap().is_empty());
}
