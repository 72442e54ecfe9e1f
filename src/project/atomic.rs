//! Writing a file whole or not at all.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use crate::{Error, ErrorKind, Result};

/// Writes a file through `fill` so that nobody ever sees half of it: the text goes to a temporary
/// file in the same folder, which takes the place of `path` when all is on disk. If anything fails
/// the old file stays as it was.
///
/// Folders on the way are made. An existing file keeps its permissions; a link stays a link, and
/// what it points to is replaced. What is no regular file (`/dev/null`, a pipe) is written to
/// directly.
///
/// # Errors
/// [`ErrorKind::IsDirectory`] if `path` is a folder, [`ErrorKind::Io`] if it is read-only, and those
/// of the file system, each naming `path`.
pub fn write_atomically(
    path: impl AsRef<Path>,
    fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<()> {
    let path = path.as_ref();
    let failed = |cause: io::Error| Error::io(path, cause);
    // A link is followed once more by the rename below unless it is resolved first.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let old = match fs::metadata(&target) {
        Ok(metadata) => Some(metadata),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => None,
        Err(cause) => return Err(failed(cause)),
    };
    match &old {
        Some(metadata) if metadata.is_dir() => {
            return Err(Error::new(ErrorKind::IsDirectory, "this is a folder, not a file")
                .in_file(path)
                .hint("name a file in it"));
        }
        Some(metadata) if !metadata.is_file() => {
            let mut out = BufWriter::new(fs::OpenOptions::new().write(true).open(&target).map_err(failed)?);
            return fill(&mut out).and_then(|()| out.flush()).map_err(failed);
        }
        Some(metadata) if metadata.permissions().readonly() => {
            return Err(Error::new(ErrorKind::Io, "the file is read-only")
                .in_file(path)
                .hint("make it writable, or name another file"));
        }
        _ => {}
    }
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder).map_err(|cause| Error::io(folder, cause))?;
    let temporary = temporary_in(folder).map_err(failed)?;
    let mut out = BufWriter::new(temporary);
    fill(&mut out).map_err(failed)?;
    let temporary = out.into_inner().map_err(|error| failed(error.into_error()))?;
    if let Some(metadata) = old {
        // Not every file system can; the content matters more.
        let _ = temporary.as_file().set_permissions(metadata.permissions());
    }
    temporary.as_file().sync_all().map_err(failed)?;
    temporary.persist(&target).map_err(|error| failed(error.error))?;
    Ok(())
}

/// A new hidden file that, unlike most temporary ones, may be read by whom the user's mask allows.
fn temporary_in(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".hexapla-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(dir: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(dir).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn folders_are_made_and_content_is_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a/b/c.txt");
        write_atomically(&path, |out| out.write_all(b"one")).unwrap();
        write_atomically(&path, |out| out.write_all(b"two")).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(names(path.parent().unwrap()), ["c.txt"]);
    }

    #[test]
    fn a_failure_halfway_leaves_the_old_file_and_no_other() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("c.txt");
        fs::write(&path, "old").unwrap();
        let error = write_atomically(&path, |out| {
            out.write_all(&[b'x'; 100_000])?;
            Err(io::Error::other("the disk is full"))
        });
        let error = error.unwrap_err();
        assert_eq!((error.kind(), error.message()), (ErrorKind::Io, "the disk is full"));
        assert_eq!(error.path(), Some(path.as_path()));
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(names(dir.path()), ["c.txt"]);
    }

    #[test]
    fn a_folder_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let error = write_atomically(dir.path(), |_| Ok(())).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::IsDirectory);
    }

    #[test]
    fn a_read_only_file_is_respected() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("c.txt");
        fs::write(&path, "old").unwrap();
        let mut permissions = fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).unwrap();
        let error = write_atomically(&path, |out| out.write_all(b"new")).unwrap_err();
        assert_eq!(error.message(), "the file is read-only");
        assert_eq!(fs::read(&path).unwrap(), b"old");
    }

    #[cfg(unix)]
    #[test]
    fn permissions_links_and_devices_stay_what_they_are() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("c.txt");
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        let link = dir.path().join("link.txt");
        std::os::unix::fs::symlink(&path, &link).unwrap();
        write_atomically(&link, |out| out.write_all(b"new")).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
        write_atomically("/dev/null", |out| out.write_all(b"nothing")).unwrap();
        assert!(!fs::metadata("/dev/null").unwrap().is_file());
        // A new file has the permissions that any other new file gets.
        let (new, plain) = (dir.path().join("new.txt"), dir.path().join("plain.txt"));
        write_atomically(&new, |_| Ok(())).unwrap();
        fs::write(&plain, "").unwrap();
        assert_eq!(fs::metadata(&new).unwrap().permissions(), fs::metadata(&plain).unwrap().permissions());
    }
}
