//! Formats through the real binary: archives, exports, a mapping file, and what `doctor` says of them.

use std::io::Write;

use crate::env::Env;

fn export(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/data/exports/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn zip(members: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in members {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn members_of_archives_are_articles_with_a_path_of_their_own() {
    let env = Env::new();
    let story = "Ministers meet\n\nThe ministers of the two states met in Geneva on Tuesday, and left again.\n";
    let members = [
        ("2022/01/19/a.txt", story.as_bytes().to_vec()),
        ("empty.txt", Vec::new()),
        ("uni.txt", export("nexis-uni-2019.txt")),
    ];
    env.write("corpus/week.zip", zip(&members));
    // A file that is read within a moment of its last change is read again by the next build.
    let file = std::fs::File::options().append(true).open(env.path("corpus/week.zip")).unwrap();
    file.set_modified(std::time::SystemTime::now() - std::time::Duration::from_secs(60)).unwrap();
    let ran = env.run(&["build", "corpus"]).expect(3).says("4 articles");
    assert!(ran.err.contains("skipped week.zip!/empty.txt: empty file"), "{}", ran.err);
    assert!(ran.err.contains("skipped week.zip!/uni.txt:81: no line of its head is a date"), "{}", ran.err);
    let hits = env.run(&["query", "ministers geneva", "--json"]).expect(0).json();
    assert_eq!(hits[1]["path"], "corpus/week.zip!/2022/01/19/a.txt");
    env.run(&["show", "corpus/week.zip!/2022/01/19/a.txt"]).expect(0).says("left again");
    env.run(&["show", "corpus/week.zip!/2022/01/19/b.txt"]).expect(2);
    // The path of a member tells its date as that of a file does.
    assert_eq!(hits[1]["date"]["value"].as_str().or(hits[1]["date"].as_str()), Some("2022-01-19"));
    env.run(&["query", "source:\"the harbour post\" dockers"]).expect(0).says("Harbour strike enters its second week");
    // Known and unchanged, it is not read again; gone, its articles are gone.
    env.run(&["build", "corpus"]).expect(0).says("nothing changed").says("4 articles");
    env.run(&["info"]).expect(0).says("week.zip!/empty.txt: empty file");
    std::fs::remove_file(env.path("corpus/week.zip")).unwrap();
    env.run(&["build", "corpus"]).expect(0).says("1 gone");
    env.run(&["query", "ministers"]).expect(1);
}

#[test]
fn a_mapping_file_is_kept_and_a_changed_one_reads_again() {
    let env = Env::new();
    env.write(
        "corpus/a.jsonl",
        "{\"h\": \"Zebras in town\", \"t\": {\"x\": \"Zebras came to town today, said the mayor.\"}}\n",
    );
    env.run(&["build", "corpus"]).expect(3).says("no article text");
    env.write("fields.toml", "[fields]\ntitle = \"h\"\nbody = \"t.x\"\n");
    env.run(&["build", "corpus", "--map", "fields.toml"]).expect(0).says("1 article,");
    env.run(&["query", "title:zebras"]).expect(0);
    env.write("corpus/b.jsonl", "{\"h\": \"Lions\", \"t\": {\"x\": \"Lions came to town today, said the mayor.\"}}\n");
    env.run(&["build", "corpus"]).expect(0);
    env.run(&["query", "title:lions"]).expect(0);
    env.write("fields.toml", "[fields]\nbody = \"t.x\"\n[constants]\nsource = \"The Daily Example\"\n");
    env.run(&["build", "corpus", "--map", "fields.toml"]).expect(0).says("2 changed");
    env.run(&["query", "source:\"the daily example\" zebras"]).expect(0);
    env.run(&["build", "--rebuild"]).expect(0);
    env.run(&["query", "source:\"the daily example\" zebras"]).expect(0);
    env.write("fields.toml", "[fields]\nheadline = \"h\"\n");
    env.run(&["build", "corpus", "--map", "fields.toml"]).expect(2).says("no field is called \"headline\"");
    env.run(&["inspect", "--map", "nowhere.toml", "corpus/a.jsonl"]).expect(2).says("nowhere.toml");
}

#[test]
fn doctor_tells_how_a_file_is_read_and_why_not() {
    let env = Env::new();
    env.write("uni.txt", export("nexis-uni-2019.txt"));
    env.write("table.csv", "Kopf;Text;Extra\nA;Ministers met in the town hall on Monday.;x\n");
    env.write("empty.txt", "");
    env.write("week.zip", zip(&[("uni.rtf", b"{\\rtf1 cut".to_vec()), ("a.png", b"x".to_vec())]));
    let ran = env.run(&["doctor", "uni.txt", "table.csv", "week.zip", "empty.txt", "nowhere.txt"]).expect(3);
    for text in [
        "format    plain text, UTF-8, told by its name",
        "export    of Nexis Uni",
        "articles  3, and 1 refused",
        "2019-01-28 (from metadata) · The Harbour Post · by Jane Doe and John Roe · NEWS · en",
        "refused   81: no line of its head is a date (Nexis Uni, line 81)",
        "fields    Kopf = -, Text = body, Extra = -",
        "week.zip!/uni.rtf",
        "refused   the file ends too early; what came before it was read",
        "passed    1 members or records of other formats",
        "refused   empty file",
        "nothing was written",
    ] {
        assert!(ran.out.contains(text), "{text}: {}", ran.out);
    }
    assert!(!env.path(".newsidx").exists());
    env.run(&["doctor", "table.csv"]).expect(0);
    let lines = env.run(&["doctor", "--json", "uni.txt"]).expect(3).json();
    let types: Vec<&str> = lines.iter().map(|line| line["type"].as_str().unwrap()).collect();
    assert_eq!(types, ["reading", "reading", "refused", "reading", "file", "read"]);
    assert_eq!(lines[0]["stated_words"], 96);
    assert!(lines[0]["cut"].as_array().unwrap().iter().any(|cut| cut["text"] == "Load-Date: January 29, 2019"));
    assert_eq!((lines[4]["export"].as_str(), lines[5]["refused"].as_u64()), (Some("Nexis Uni"), Some(1)));
}

#[test]
fn what_is_cut_is_counted_and_rules_put_it_right() {
    let env = Env::new();
    for (day, animal) in ["zebras", "lions", "otters", "camels"].iter().enumerate() {
        let story = format!(
            "Skip to content\n\nMany {animal} in town\n\n{animal} of every size came to town today, said the mayor of it.\n\n\
             Join {day}12 readers who get our letter each day, and never miss a thing again.\n\nJobs for {animal} were scarce, the mayor said.\n"
        );
        env.write(&format!("corpus/{animal}.txt"), story);
    }
    env.run(&["build", "corpus"]).expect(0).says("4 articles");
    let ran = env.run(&["info", "--boilerplate"]).expect(0);
    for text in ["cut from the texts: 4 lines", "4  menu", "4  menu: Skip to content", "4 of 4  the top folder: Join"] {
        assert!(ran.out.contains(text), "{text}: {}", ran.out);
    }
    env.run(&["query", "letter"]).expect(0);
    env.write("rules.toml", "[boilerplate]\ncut = ['Join \\d+ readers .*']\nkeep = ['Skip to .*']\n");
    env.run(&["build", "corpus", "--map", "rules.toml"]).expect(0).says("4 changed");
    env.run(&["query", "letter"]).expect(1);
    env.run(&["query", "\"skip to content\""]).expect(0);
    let ran = env.run(&["info", "--boilerplate"]).expect(0).says("4  rule: Join");
    assert!(!ran.out.contains("the top folder: Join"), "{}", ran.out);
    let id = env.run(&["query", "zebras", "--json"]).expect(0).json()[1]["id"].as_str().unwrap().to_owned();
    env.run(&["show", "--removed", &id]).expect(0).says("rule: Join 012 readers");
}
