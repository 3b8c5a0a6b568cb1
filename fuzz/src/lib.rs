//! What the targets have in common: bytes under a name go in, and what comes out holds together.

use std::io::Cursor;
use std::panic;

/// Lets panics of libraries pass that a reader catches; those of our own end the run, caught or not.
///
/// The fuzzer by itself takes every panic for a find, also one that a reader turns into a reason.
pub fn pass_panics_of_libraries() {
    let end = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        let foreign = |file: &str| file.contains("/registry/src/") || file.starts_with("/rustc/");
        if !panic.location().is_some_and(|location| foreign(location.file())) {
            end(panic);
        }
    }));
}

/// Reads `content` as the file `name`, as a build does.
pub fn read(name: &str, content: &[u8]) {
    newsidx::read::articles_of_file(name, Cursor::new(content), &Default::default(), &mut |found| {
        match found {
            Ok(article) => {
                assert_eq!(article.lines.len(), article.paragraphs().count());
                assert!(article.path.starts_with(name));
            }
            // What only the door of a record caught is a find, wherever it panicked.
            Err(error) => assert!(
                error.path.starts_with(name) && !error.reason.starts_with("reading it failed inside newsidx"),
                "{error}"
            ),
        }
        true
    });
}

/// Reads `content` under one of `names`, chosen by its first byte.
pub fn read_one_of(names: &[&str], data: &[u8]) {
    if let Some((choice, content)) = data.split_first() {
        read(names[usize::from(*choice) % names.len()], content);
    }
}

/// A ZIP file of one member, not compressed.
pub fn stored(members: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write;
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        writer.start_file(*name, options).expect("in memory");
        writer.write_all(content).expect("in memory");
    }
    writer.finish().expect("in memory").into_inner()
}
