//! gzip (RFC 1952): one packed file.

use crate::{Error, ErrorKind, Result, Warning};

/// Unpacks a gzip file to at most `limit` bytes; several members follow each other as one.
///
/// # Errors
/// [`ErrorKind::TooLarge`] beyond the limit, [`ErrorKind::Syntax`] for damage.
pub(crate) fn unpack(bytes: &[u8], limit: u64, warnings: &mut Vec<Warning>) -> Result<Vec<u8>> {
    let damaged = || {
        Error::new(ErrorKind::Syntax, "the gzip data is damaged or cut off")
            .hint("fetch or copy the file again")
    };
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut out = Vec::new();
    let mut rest = bytes;
    while rest.starts_with(b"\x1F\x8B\x08") {
        let flags = *rest.get(3).ok_or_else(damaged)?;
        let mut at = 10;
        if flags & 4 != 0 {
            let length = rest.get(at..at + 2).ok_or_else(damaged)?;
            at += 2 + usize::from(u16::from_le_bytes([length[0], length[1]]));
        }
        for flag in [8, 16] {
            if flags & flag != 0 {
                let tail = rest.get(at..).ok_or_else(damaged)?;
                at += tail.iter().position(|b| *b == 0).ok_or_else(damaged)? + 1;
            }
        }
        at += if flags & 2 != 0 { 2 } else { 0 };
        let packed = rest.get(at..).ok_or_else(damaged)?;
        let left = limit.saturating_sub(out.len());
        let (member, used) = inflate(packed, left).map_err(|full| {
            if full {
                Error::new(ErrorKind::TooLarge, format!("it would unpack to more than {} MiB", limit >> 20))
                    .hint("unpack it by hand and cut it into parts")
            } else {
                damaged()
            }
        })?;
        let sum = packed.get(used..used + 4).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes);
        if sum != Some(super::zip::crc32(&member)) {
            warnings.push(Warning::new("checksum", "the checksum of the gzip data is wrong"));
        }
        out.extend_from_slice(&member);
        rest = packed.get(used + 8..).unwrap_or_default();
    }
    if out.is_empty() && !bytes.starts_with(b"\x1F\x8B\x08") {
        return Err(damaged());
    }
    Ok(out)
}

/// Inflates to at most `limit` bytes; also gives how many bytes of `packed` were used. The error says
/// whether the limit was reached.
fn inflate(packed: &[u8], limit: usize) -> std::result::Result<(Vec<u8>, usize), bool> {
    use miniz_oxide::inflate::TINFLStatus;
    use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
    use miniz_oxide::inflate::core::{DecompressorOxide, decompress};
    let mut state = DecompressorOxide::new();
    let mut out = vec![0; packed.len().saturating_mul(4).clamp(1024, limit.max(1024))];
    let (mut read, mut written) = (0, 0);
    loop {
        let flags = TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
        let (status, used, wrote) = decompress(&mut state, &packed[read..], &mut out, written, flags);
        read += used;
        written += wrote;
        match status {
            TINFLStatus::Done if written <= limit => {
                out.truncate(written);
                return Ok((out, read));
            }
            TINFLStatus::HasMoreOutput if out.len() < limit => {
                let larger = out.len().saturating_mul(2).min(limit);
                out.resize(larger, 0);
            }
            TINFLStatus::HasMoreOutput | TINFLStatus::Done => return Err(true),
            _ => return Err(false),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_is_unpacked_and_bounded() {
        // `printf 'hello hello\n' | gzip -n`, stored here as raw deflate made by the same crate.
        let text = b"hello hello hello\n".repeat(200);
        let mut file = b"\x1F\x8B\x08\0\0\0\0\0\0\x03".to_vec();
        file.extend(miniz_oxide::deflate::compress_to_vec(&text, 6));
        file.extend(super::super::zip::crc32(&text).to_le_bytes());
        file.extend((text.len() as u32).to_le_bytes());
        let mut warnings = Vec::new();
        assert_eq!(unpack(&file, 1 << 20, &mut warnings).unwrap(), text);
        assert!(warnings.is_empty());
        assert_eq!(unpack(&file, 1000, &mut warnings).unwrap_err().kind(), ErrorKind::TooLarge);
        assert_eq!(unpack(&file[..20], 1 << 20, &mut warnings).unwrap_err().kind(), ErrorKind::Syntax);
    }
}
