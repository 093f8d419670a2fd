//! The two attachments (ISO 32000-2, 7.11.4 and 14.13): the signed document and its signature.

use lopdf::{Dictionary, Document as Pdf, Object, ObjectId, Stream, dictionary};

use crate::{Error, Result, Signed, canonical};

/// The canonical document.
pub(crate) const DOCUMENT: &str = "report.json";
/// The signature over it.
pub(crate) const SIGNATURE: &str = "report.sig";

/// Attaches both. Every attachment that was there before is dropped.
pub(super) fn attach(pdf: &mut Pdf, canonical: &[u8], signed: &Signed) -> Result<()> {
    // What the pages were made from; and what goes with it.
    let document = file(pdf, DOCUMENT, canonical.to_vec(), "Source");
    let signature = file(pdf, SIGNATURE, signed.to_bytes()?, "Supplement");
    let mut names = match pdf.catalog().and_then(|root| root.get_deref(b"Names", pdf)) {
        Ok(Object::Dictionary(names)) => names.clone(),
        _ => Dictionary::new(),
    };
    // A name tree is sorted.
    let tree = vec![
        Object::string_literal(DOCUMENT),
        document.into(),
        Object::string_literal(SIGNATURE),
        signature.into(),
    ];
    names.set("EmbeddedFiles", dictionary! { "Names" => tree });
    let root = pdf.catalog_mut().map_err(|_| Error::Pdf)?;
    root.set("Names", names);
    root.set("AF", vec![document.into(), signature.into()]);
    Ok(())
}

/// The content of an attachment.
///
/// # Errors
/// [`Error::NotAReport`] where there is none of that name; [`Error::TooLarge`].
pub(crate) fn attached(pdf: &Pdf, name: &str) -> Result<Vec<u8>> {
    let stream = find(pdf, name).ok_or(Error::NotAReport)?;
    let content = stream.get_plain_content_with_limit(canonical::LARGEST);
    content.map_err(|error| match error {
        lopdf::Error::Decompress(_) => Error::TooLarge { what: "document" },
        _ => Error::NotAReport,
    })
}

/// Through the associated files of the catalogue, as we write them: a list, no tree to be lost in.
fn find<'a>(pdf: &'a Pdf, name: &str) -> Option<&'a Stream> {
    let files = pdf.catalog().ok()?.get_deref(b"AF", pdf).ok()?;
    for file in files.as_array().ok()?.iter().take(8) {
        let (_, file) = pdf.dereference(file).ok()?;
        let file = file.as_dict().ok()?;
        if file.get(b"F").and_then(Object::as_str).ok() == Some(name.as_bytes()) {
            let held = file.get_deref(b"EF", pdf).ok()?.as_dict().ok()?;
            return held.get_deref(b"F", pdf).ok()?.as_stream().ok();
        }
    }
    None
}

fn file(pdf: &mut Pdf, name: &str, content: Vec<u8>, relationship: &str) -> ObjectId {
    let size = i64::try_from(content.len()).unwrap_or(i64::MAX);
    let about = dictionary! {
        "Type" => "EmbeddedFile",
        "Subtype" => "application/json",
        "Params" => dictionary! { "Size" => size },
    };
    let mut stream = Stream::new(about, content);
    // Stored as it is where it cannot be made smaller.
    let _ = stream.compress();
    let stream = pdf.add_object(stream);
    pdf.add_object(dictionary! {
        "Type" => "Filespec",
        "F" => Object::string_literal(name),
        "UF" => Object::string_literal(name),
        "AFRelationship" => relationship,
        "EF" => dictionary! { "F" => stream, "UF" => stream },
    })
}
