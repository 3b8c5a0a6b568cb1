//! Publication dates over whole archives: the order of day and month learnt per source, what is refused, timelines.

use super::env::Env;

fn article(source: &str, date: &str, title: &str) -> String {
    let body = "The ministers met again in Geneva and spoke of grain for a long time, as they had done before.";
    serde_json::json!({"title": title, "source": source, "date": date, "body": body}).to_string() + "\n"
}

/// The days of an outlet's articles.
fn days(env: &Env, outlet: &str) -> String {
    env.run(&["count", &format!("source:\"{outlet}\""), "--by", "day", "--csv"]).out.replace("day,count\n", "")
}

#[test]
fn the_order_of_day_and_month_is_learnt_per_source() {
    // The doubtful dates come first, in the order of files, and what shows how to read them last.
    let day_first = [article("Kestrel", "03/04/2022", "One"), article("Kestrel", "19/01/2022", "Two")];
    let month_first = [article("Osprey", "03/04/2022", "Three"), article("Osprey", "01/19/2022", "Four")];
    let env = Env::with(&[
        ("corpus/a.jsonl", &day_first[0]),
        ("corpus/b.jsonl", &month_first[0]),
        ("corpus/y.jsonl", &format!("{}{}", day_first[1], article("Kestrel", "25/01/2022", "Five"))),
        ("corpus/z.jsonl", &format!("{}{}", month_first[1], article("Osprey", "01/25/2022", "Six"))),
        ("corpus/n.jsonl", &article("Merlin", "03/04/2022", "Seven")),
    ]);
    env.run(&["build", "corpus"]).expect(0).says("7 articles");
    assert_eq!(days(&env, "Kestrel"), "2022-01-19,1\n2022-01-25,1\n2022-04-03,1\n");
    assert_eq!(days(&env, "Osprey"), "2022-01-19,1\n2022-01-25,1\n2022-03-04,1\n");
    // Nothing shows it: no date rather than a guess.
    assert_eq!(days(&env, "Merlin"), ",1\n");
    env.run(&["count"]).expect(0).says("7");

    // An old article is read anew when a later build brings what tells its order, and again when that goes.
    env.write(
        "corpus/new.jsonl",
        format!("{}{}", article("Merlin", "19/01/2022", "Eight"), article("Merlin", "28/01/2022", "Nine")),
    );
    env.run(&["build"]).expect(0).says("1 new");
    assert_eq!(days(&env, "Merlin"), "2022-01-19,1\n2022-01-28,1\n2022-04-03,1\n");
    std::fs::remove_file(env.path("corpus/new.jsonl")).unwrap();
    env.run(&["build"]).expect(0);
    assert_eq!(days(&env, "Merlin"), ",1\n");
}

#[test]
fn impossible_dates_are_refused_and_reported() {
    let env = Env::with(&[
        ("corpus/a.jsonl", &article("Kestrel", "2131-01-01", "One")),
        ("corpus/b.jsonl", &article("Kestrel", "1620-01-01", "Two")),
    ]);
    let built = env.run(&["build", "corpus"]).expect(0);
    let said = format!("{}{}", built.out, built.err);
    assert!(
        said.contains("impossible dates: 2") && said.contains("corpus/a.jsonl") | said.contains("a.jsonl"),
        "{said}"
    );
    env.run(&["count", "date:none"]).expect(0).says("2");
    let hit = env.run(&["query", "title:one", "--json"]).expect(0).out;
    let id = hit.split("\"id\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let shown = env.run(&["show", &id, "--explain-date"]).expect(0).out;
    assert!(shown.contains("published  unknown"), "{shown}");
    assert!(shown.contains("2131-01-01") && shown.contains("refused: in the future"), "{shown}");
}

#[test]
fn timelines_hatch_what_is_doubtful_and_say_what_makes_a_spike() {
    let mut env_files: Vec<(String, String)> = Vec::new();
    for n in 0..12 {
        env_files.push((format!("corpus/k{n}.jsonl"), article("Kestrel", "2022-03-14", &format!("Kestrel {n}"))));
    }
    for n in 1..4 {
        env_files
            .push((format!("corpus/o{n}.jsonl"), article("Osprey", &format!("2022-0{n}-10"), &format!("Osprey {n}"))));
    }
    let text =
        "Ministers meet\n\nThe ministers met again in Geneva and spoke of grain, as they had done so often before.\n";
    env_files.push(("corpus/2022-01-20.txt".to_owned(), text.to_owned()));
    env_files.push(("corpus/undated.txt".to_owned(), text.replace("again", "once more")));
    let files: Vec<(&str, &str)> = env_files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let env = Env::with(&files);
    env.run(&["build", "corpus"]).expect(0);
    let csv = env.run(&["timeline", "--csv"]).expect(0).out;
    assert_eq!(csv, "from,count,doubtful\n2022-01,2,1\n2022-02,1,0\n2022-03,13,0\n,1,\n");
    let shown = env.run(&["timeline"]).expect(0).out;
    assert!(shown.contains("2022-03: 12 of 13 are from Kestrel; 12 of 13 are dated to one day, 2022-03-14"), "{shown}");
    assert!(shown.contains('░') && shown.contains("(undated or less exact)"), "{shown}");
    let json = env.run(&["timeline", "--json"]).expect(0).out;
    assert!(json.contains(r#""value":"2022-01","count":2,"doubtful":1}"#), "{json}");
}
