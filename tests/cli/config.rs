//! Settings: flag before environment before project before user; typos and dangers are named.

use crate::env::Env;

fn origin(env: &Env, args: &[&str], variables: &[(&str, &str)], name: &str) -> (String, String) {
    let mut command = env.command(&[args, &["info", "--config", "--json"]].concat());
    command.envs(variables.iter().copied());
    let ran = crate::env::Ran::of(command.output().unwrap()).expect(0);
    let line = ran.json().into_iter().find(|line| line["name"] == name).unwrap();
    (line["value"].as_str().unwrap_or_default().to_owned(), line["from"].as_str().unwrap().to_owned())
}

#[test]
fn flag_before_environment_before_project_before_user() {
    let env = Env::new();
    assert_eq!(origin(&env, &[], &[], "width"), (String::new(), "default".to_owned()));
    env.write("own/newsidx/newsidx.toml", "width = 60\nlimit = 3\npager = \"most\"\n");
    let (value, from) = origin(&env, &[], &[], "width");
    assert!(value == "60" && from.ends_with("own/newsidx/newsidx.toml"), "{value} {from}");
    env.write("newsidx.toml", "width = 70\n");
    let (value, from) = origin(&env, &[], &[], "width");
    assert!(value == "70" && !from.contains("own"), "{value} {from}");
    assert_eq!(origin(&env, &[], &[("NEWSIDX_WIDTH", "80")], "width").0, "80");
    assert_eq!(origin(&env, &["--width", "90"], &[("NEWSIDX_WIDTH", "80")], "width"), ("90".into(), "flag".into()));
    assert_eq!(origin(&env, &["--no-config"], &[], "width"), (String::new(), "default".to_owned()));
    assert_eq!(origin(&env, &[], &[], "limit").0, "3");
    assert_eq!(origin(&env, &[], &[], "pager").0, "most");
    // What NO_COLOR says counts more than a file.
    env.write("newsidx.toml", "color = \"always\"\n");
    assert_eq!(origin(&env, &[], &[("NO_COLOR", "1")], "color"), ("never".into(), "$NO_COLOR".into()));
    assert_eq!(origin(&env, &["--color", "always"], &[("NO_COLOR", "1")], "color").0, "always");
    assert_eq!(origin(&env, &[], &[("CLICOLOR_FORCE", "1")], "color").0, "always");
}

#[test]
fn settings_take_effect() {
    let env = Env::talks();
    env.write("newsidx.toml", "color = \"always\"\nsort = \"-date\"\nwidth = 50\n");
    let ran = env.run(&["query", "talks"]).expect(0);
    assert!(ran.out.contains('\u{1b}') && ran.out.contains("newest"), "{}", ran.out);
    let plain = env.run(&["query", "talks", "--color", "never"]).expect(0).out;
    assert!(plain.lines().all(|line| line.chars().count() <= 50), "{plain}");
    assert!(!env.run(&["query", "talks", "--no-config"]).expect(0).out.contains('\u{1b}'));
    // An archive named in a file is found from the file on.
    std::fs::rename(env.path(".newsidx"), env.path("elsewhere")).unwrap();
    env.run(&["count"]).expect(4);
    env.write("newsidx.toml", "index = \"elsewhere\"\n");
    assert_eq!(env.run(&["count"]).expect(0).out, "4\n");
}

#[test]
fn mistakes_in_settings_are_named() {
    let env = Env::talks();
    env.write("newsidx.toml", "colour = \"never\"\npager = \"touch pwned\"\n");
    let ran = env.run(&["count"]).expect(0).says("`colour` is no setting (did you mean color?)");
    ran.says("`pager` runs a program");
    env.write("newsidx.toml", "sort = \"best\"\n");
    env.run(&["count"]).expect(2).says("does not fit sort: relevance, date, -date");
    env.write("newsidx.toml", "sort = \n");
    env.run(&["count"]).expect(2).says("newsidx.toml");
    // Help is there even then.
    env.run(&["completions", "bash"]).expect(0);
}

#[test]
fn help_completions_and_manual() {
    let env = Env::new();
    let query = env.run(&["help", "query"]).expect(0).out;
    for spec in newsidx::field::FIELDS {
        assert!(query.contains(spec.example), "{} is not in `help query`", spec.example);
    }
    for (code, _) in newsidx::output::help::EXITS {
        let exits = env.run(&["help", "exit"]).expect(0).out;
        assert!(exits.contains(&format!("\n  {code} ")), "{code}: {exits}");
    }
    env.run(&["help", "json"]).expect(0).says("--format-version");
    env.run(&["help", "config"]).expect(0).says("hyperlink-format");
    assert_eq!(env.run(&["help", "schema"]).expect(0).out, newsidx::output::json::JSON_SCHEMA);
    env.run(&["help", "count"]).expect(0).says("newsidx count 'sanction*' --by source,year");
    env.run(&["help", "qurey"]).expect(2).says("did you mean `newsidx help query`?");
    for shell in ["bash", "zsh", "fish", "powershell"] {
        env.run(&["completions", shell]).expect(0).says("timeline");
    }
    env.run(&["man"]).expect(0).says(".TH");
    env.run(&["man", "pages"]).expect(0);
    assert!(env.path("pages/newsidx-query.1").is_file());
}

/// Every command's help begins its examples with one that can be copied.
#[test]
fn every_command_shows_an_example() {
    let mut command = <newsidx::cli::Cli as clap::CommandFactory>::command();
    command.build();
    for sub in command.get_subcommands() {
        if ["help", "info", "inspect"].contains(&sub.get_name()) {
            continue;
        }
        let help = sub.get_after_help().map(ToString::to_string).unwrap_or_default();
        assert!(help.starts_with("Examples:\n  newsidx "), "{}: {help}", sub.get_name());
    }
}
