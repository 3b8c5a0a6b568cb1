//! Any bytes under any supported name: articles or reasons, never a panic. The first byte chooses the name.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    const NAMES: [&str; 10] = [
        "a.txt", "a.md", "a.html", "a.json", "a.jsonl", "a.csv", "a.tsv", "a.txt.gz", "a.jsonl.zst", "a.ndjson",
    ];
    let Some((choice, mut content)) = data.split_first() else { return };
    let name = NAMES[usize::from(*choice) % NAMES.len()];
    newsidx::read::articles(name, &mut content, &mut |article| {
        if let Ok(article) = article {
            assert_eq!(article.lines.len(), article.paragraphs().count());
        }
        true
    });
});
