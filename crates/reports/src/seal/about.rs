//! What a PDF says about itself: the kind of document and the program, nothing of a patient.
//!
//! Title and XMP are written anew instead of cleaned: what is not written cannot leak.

use basics::Language;
use lopdf::{Dictionary, Document as Pdf, Object, Stream, StringFormat, dictionary};

use crate::{Error, Result, words};

/// Name of the program in the metadata.
const PROGRAM: &str = "Medibridge";

/// Writes the information dictionary and the XMP packet anew.
pub(super) fn clean(pdf: &mut Pdf, language: Language) -> Result<()> {
    let title = &words(language).title;
    let old = pdf.trailer.remove(b"Info");
    if let Some(Object::Reference(id)) = old {
        pdf.objects.remove(&id);
    }
    let info = pdf.add_object(dictionary! {
        "Title" => text(title),
        "Producer" => text(PROGRAM),
    });
    pdf.trailer.set("Info", info);
    let about = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    // Never compressed: a reader that looks for a packet finds one.
    let packet = Stream::new(about, xmp(title).into_bytes()).with_compression(false);
    let root = pdf.catalog_mut().map_err(|_| Error::Pdf)?;
    let old = root.remove(b"Metadata");
    show_title(root);
    if let Some(Object::Reference(id)) = old {
        pdf.objects.remove(&id);
    }
    let packet = pdf.add_object(packet);
    let root = pdf.catalog_mut().map_err(|_| Error::Pdf)?;
    root.set("Metadata", packet);
    Ok(())
}

/// Reading programs show the title in their window, not the file's name.
fn show_title(root: &mut Dictionary) {
    match root
        .get_mut(b"ViewerPreferences")
        .and_then(Object::as_dict_mut)
    {
        Ok(preferences) => preferences.set("DisplayDocTitle", true),
        Err(_) => root.set(
            "ViewerPreferences",
            dictionary! { "DisplayDocTitle" => true },
        ),
    }
}

/// A text string: UTF-16 with its mark (ISO 32000-2, 7.9.2.2).
fn text(text: &str) -> Object {
    let units = text.encode_utf16().flat_map(u16::to_be_bytes);
    let bytes = [0xfe, 0xff].into_iter().chain(units).collect();
    Object::String(bytes, StringFormat::Hexadecimal)
}

fn xmp(title: &str) -> String {
    let title = title.replace('&', "&amp;").replace('<', "&lt;");
    format!(
        r#"<?xpacket begin="{bom}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<pdf:Producer>{PROGRAM}</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"#,
        bom = '\u{feff}'
    )
}
