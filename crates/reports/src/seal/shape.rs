//! The form that the sealer writes, checked before anything is parsed: one plain table of objects, one
//! trailer, nothing appended later, no object inside another.
//!
//! That is stricter than PDF. A file in another form was written by another program; and only in this
//! form is the work of reading it in proportion to its size.

use memchr::memmem;

use crate::{Error, Result};

/// Objects at most. A report has some hundred.
const OBJECTS: usize = 20_000;
/// Bytes of the trailer at most.
const TRAILER: usize = 4096;

/// # Errors
/// [`Error::Damaged`] with what is wrong.
pub(super) fn check(file: &[u8]) -> Result<()> {
    if !file.starts_with(b"%PDF-") {
        return Err(Error::Damaged("not a PDF"));
    }
    let broken = || Error::Damaged("end of the file");
    let tail = file.len().saturating_sub(TRAILER);
    let end = tail + memmem::rfind(&file[tail..], b"startxref").ok_or_else(broken)?;
    let trailer = tail + memmem::rfind(&file[tail..end], b"trailer").ok_or_else(broken)?;
    let rest = file[end..].strip_prefix(b"startxref").unwrap_or_default();
    let rest = rest
        .trim_ascii()
        .strip_suffix(b"%%EOF")
        .ok_or_else(broken)?;
    let table = number(rest.trim_ascii()).ok_or_else(broken)?;
    let entries = file.get(table..trailer).ok_or_else(broken)?;
    // `#` would let a name be written in another way than it is looked for.
    for foreign in [&b"/Prev"[..], b"/XRefStm", b"#"] {
        if memmem::find(&file[trailer..end], foreign).is_some() {
            return Err(Error::Damaged("changed by another program"));
        }
    }
    apart(file, table, &mut offsets(entries)?)
}

/// Where the table says that objects begin.
fn offsets(table: &[u8]) -> Result<Vec<usize>> {
    let broken = || Error::Damaged("table of objects");
    let mut lines = table.split(|&b| b == b'\n').map(<[u8]>::trim_ascii);
    if lines.next() != Some(b"xref") {
        return Err(broken());
    }
    let mut found = Vec::new();
    for line in lines.filter(|line| !line.is_empty()) {
        let words: Vec<&[u8]> = line.split(|b| *b == b' ').collect();
        match words[..] {
            [offset, _, b"n"] => found.push(number(offset).ok_or_else(broken)?),
            [_, _, b"f"] => {}
            [first, count] if number(first).is_some() && number(count).is_some() => {}
            _ => return Err(broken()),
        }
        if found.len() > OBJECTS {
            return Err(Error::TooLarge { what: "objects" });
        }
    }
    Ok(found)
}

/// Every object ends before the next begins, and all of them before the table.
fn apart(file: &[u8], table: usize, offsets: &mut Vec<usize>) -> Result<()> {
    offsets.sort_unstable();
    offsets.push(table);
    let whole = offsets.windows(2).all(|pair| {
        let object = file.get(pair[0]..pair[1]);
        object.is_some_and(|object| memmem::find(object, b"endobj").is_some())
    });
    match whole {
        true => Ok(()),
        false => Err(Error::Damaged("table of objects")),
    }
}

fn number(digits: &[u8]) -> Option<usize> {
    let short = digits.len() <= 10 && digits.iter().all(u8::is_ascii_digit);
    short.then(|| std::str::from_utf8(digits).ok()?.parse().ok())?
}
