//! Archives: ZIP and TAR, their members read one by one, never unpacked to disk; and the formats that are ZIP files
//! inside, told by what they hold.

#[cfg(feature = "office")]
use std::io::Cursor;
use std::io::{Read, Seek};
#[cfg(feature = "office")]
use std::rc::Rc;

use super::source::{Source, describe};
use super::{Note, Out, is_supported, limits};
#[cfg(feature = "office")]
use super::{Recognised, decode, docx, epub, format, limits::Unpacked, odt};

/// Reads a ZIP file that can be looked into anywhere.
#[cfg(feature = "office")]
pub(super) fn zip<R: Read + Seek>(mut file: R, out: &mut Out<'_, '_, '_>) -> bool {
    match zip::ZipArchive::new(&mut file) {
        Ok(archive) => Zip { archive }.read(out),
        Err(error) => {
            out.note(|| Note::Format { name: "ZIP", by: Recognised::ByContent, packing: Vec::new() });
            out.refuse(None, reason(error))
        }
    }
}

#[cfg(not(feature = "office"))]
pub(super) fn zip<R: Read + Seek>(_: R, out: &mut Out<'_, '_, '_>) -> bool {
    out.refuse(None, super::without("office"))
}

/// Reads a ZIP file that comes in a stream: a member of another archive.
pub(super) fn zip_in_memory(source: &mut Source<'_>, out: &mut Out<'_, '_, '_>) -> bool {
    #[cfg(feature = "office")]
    if !source.head().starts_with(b"PK") {
        return out.refuse(None, "not a ZIP file, as its name says");
    }
    match source.bytes(out.options.max_file_bytes) {
        #[cfg(feature = "office")]
        Ok(bytes) => zip(Cursor::new(bytes), out),
        #[cfg(not(feature = "office"))]
        Ok(_) => out.refuse(None, super::without("office")),
        Err(reason) => out.refuse(None, reason),
    }
}

#[cfg(feature = "office")]
fn reason(error: zip::result::ZipError) -> String {
    match error {
        zip::result::ZipError::Io(error) => describe(&error),
        error => format!("damaged archive: {error}"),
    }
}

/// An open ZIP file.
#[cfg(feature = "office")]
pub(super) struct Zip<R> {
    archive: zip::ZipArchive<R>,
}

#[cfg(feature = "office")]
impl<R: Read + Seek> Zip<R> {
    fn read(mut self, out: &mut Out<'_, '_, '_>) -> bool {
        let by = match format::by_name(out.path) {
            Some(format::Format::Zip) => Recognised::ByName,
            _ => Recognised::ByContent,
        };
        let has = |name: &str| self.archive.index_for_name(name).is_some();
        let (name, inside): (_, fn(&mut Self, &mut Out<'_, '_, '_>) -> bool) = if has("word/document.xml") {
            ("DOCX", Zip::docx)
        } else if has("META-INF/container.xml") {
            ("EPUB", epub::read)
        } else if has("content.xml") && has("mimetype") {
            ("ODT", Zip::odt)
        } else {
            ("ZIP", Zip::members)
        };
        out.note(|| Note::Format { name, by, packing: Vec::new() });
        inside(&mut self, out)
    }

    fn docx(&mut self, out: &mut Out<'_, '_, '_>) -> bool {
        match self.text("word/document.xml", out) {
            Ok(xml) => hand_over(docx::document(&xml), out),
            Err(reason) => out.refuse(None, reason),
        }
    }

    fn odt(&mut self, out: &mut Out<'_, '_, '_>) -> bool {
        match self.text("content.xml", out) {
            Ok(xml) => hand_over(odt::document(&xml), out),
            Err(reason) => out.refuse(None, reason),
        }
    }

    /// The text of a member.
    pub(super) fn text(&mut self, name: &str, out: &Out<'_, '_, '_>) -> Result<String, String> {
        let in_member = |reason: String| format!("{name} in it: {reason}");
        let member = self.archive.by_name(name).map_err(|error| in_member(reason(error)))?;
        let mut bytes = Vec::new();
        let limit = out.options.max_file_bytes as u64;
        let mut unpacked = Unpacked { inner: member, budget: Rc::clone(&out.budget) }.take(limit + 1);
        unpacked.read_to_end(&mut bytes).map_err(|error| in_member(describe(&error)))?;
        if bytes.len() as u64 > limit {
            return Err(in_member(format!("larger than {} MiB", limit >> 20)));
        }
        Ok(decode::whole(bytes, true).0)
    }

    fn members(&mut self, out: &mut Out<'_, '_, '_>) -> bool {
        let (mut read, mut passed) = (0u32, 0u32);
        for index in 0..self.archive.len() {
            if index >= limits::MEMBERS as usize {
                return out.refuse(None, format!("more than {} members; the rest is skipped", limits::MEMBERS));
            }
            let name = match self.archive.name_for_index(index) {
                Some(Ok(name)) => name.into_owned(),
                _ => format!("member {}", index + 1),
            };
            if name.ends_with('/') {
                continue;
            }
            if is_furniture(&name) || !is_supported(&name) {
                passed += 1;
                continue;
            }
            read += 1;
            let budget = Rc::clone(&out.budget);
            let goes_on = match self.archive.by_index(index) {
                Ok(member) => out.member(&name, &mut Unpacked { inner: member, budget }),
                Err(error) => {
                    let text = reason(error);
                    let reason =
                        if text.contains("assword") { "encrypted: it needs a password".to_owned() } else { text };
                    out.refuse(None, format!("{name}: {reason}"))
                }
            };
            if !goes_on {
                return false;
            }
        }
        finish(read, passed, out)
    }
}

#[cfg(feature = "office")]
fn hand_over(read: (super::document::Document, Option<String>), out: &mut Out<'_, '_, '_>) -> bool {
    let (document, error) = read;
    let goes_on = document.hand_over(out);
    match error {
        Some(error) if goes_on => out.refuse(None, format!("{error}; what came before it was read")),
        _ => goes_on,
    }
}

/// What no archive is made for: the folders that macOS adds.
fn is_furniture(name: &str) -> bool {
    name.starts_with("__MACOSX/") || name.rsplit('/').next().is_some_and(|file| file.starts_with('.'))
}

fn finish(read: u32, passed: u32, out: &mut Out<'_, '_, '_>) -> bool {
    if passed > 0 {
        out.note(|| Note::Passed(passed));
    }
    if read > 0 {
        return true;
    }
    out.refuse(None, format!("an archive without a file of a format that is read ({passed} others)"))
}

/// Reads a TAR file as it comes.
pub(super) fn tar(source: &mut Source<'_>, out: &mut Out<'_, '_, '_>) -> bool {
    let mut archive = tar::Archive::new(source);
    let entries = match archive.entries() {
        Ok(entries) => entries,
        Err(error) => return out.refuse(None, describe(&error)),
    };
    let (mut read, mut passed) = (0u32, 0u32);
    for entry in entries {
        let mut entry = match entry {
            Ok(entry) => entry,
            // Where the next member begins is not known any more.
            Err(error) => return out.refuse(None, format!("{}; the rest is skipped", describe(&error))),
        };
        if read + passed >= limits::MEMBERS {
            return out.refuse(None, format!("more than {} members; the rest is skipped", limits::MEMBERS));
        }
        if !entry.header().entry_type().is_file() {
            continue;
        }
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        if is_furniture(&name) || !is_supported(&name) {
            passed += 1;
            continue;
        }
        read += 1;
        if !out.member(&name, &mut entry) {
            return false;
        }
    }
    finish(read, passed, out)
}
