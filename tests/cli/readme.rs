//! Every command that the README shows is run, and what it prints is what the README shows.
//!
//! `UPDATE_EXPECT=1 cargo test` puts what is printed now into the README.

use std::path::{Path, PathBuf};

use crate::env::{Env, copy};

fn readme() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")
}

/// What differs from run to run: times, rates, sizes on disk.
fn steady(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        let varies = |i: usize| {
            let next = words.get(i + 1).copied().unwrap_or_default();
            let number = words[i].trim_end_matches(',').replace(['.', ','], "").bytes().all(|b| b.is_ascii_digit());
            number && ["s", "s,", "s)", "MB/s", "MiB", "KiB", "MiB)", "KiB)"].contains(&next)
        };
        let shown: Vec<&str> = (0..words.len()).map(|i| if varies(i) { "N" } else { words[i] }).collect();
        out.push_str(shown.join(" ").trim_end());
        out.push('\n');
    }
    out
}

#[test]
fn commands_print_what_the_readme_shows() {
    let text = std::fs::read_to_string(readme()).unwrap();
    let env = Env::new();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-corpus"), &env.path("sample-corpus"));
    let bin = Path::new(env!("CARGO_BIN_EXE_newsidx")).parent().unwrap();
    let path = std::env::join_paths(
        [bin.to_owned()].into_iter().chain(std::env::split_paths(&std::env::var_os("PATH").unwrap())),
    )
    .unwrap();
    let mut updated = String::new();
    let mut commands = 0;
    let mut blocks = text.split("```console\n");
    updated.push_str(blocks.next().unwrap());
    for block in blocks {
        let (shown, rest) = block.split_once("```").unwrap();
        updated.push_str("```console\n");
        for part in shown.split("$ ").skip(1) {
            let (command, expected) = part.split_once('\n').unwrap();
            let mut shell = std::process::Command::new("sh");
            let output = shell
                .args(["-c", command])
                .current_dir(env.path(""))
                .env("PATH", &path)
                .env_remove("NEWSIDX_INDEX")
                .env("XDG_CONFIG_HOME", env.path("own"))
                .output()
                .unwrap();
            let printed = String::from_utf8(output.stdout).unwrap();
            commands += 1;
            if std::env::var_os("UPDATE_EXPECT").is_none() {
                assert_eq!(
                    steady(&printed),
                    steady(expected),
                    "$ {command}\n{}",
                    String::from_utf8_lossy(&output.stderr)
                );
            }
            updated.push_str(&format!("$ {command}\n{printed}"));
        }
        updated.push_str("```");
        updated.push_str(rest);
    }
    assert!(commands >= 8, "the README shows {commands} commands");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(readme(), updated).unwrap();
    }
}

#[test]
fn every_command_and_field_is_in_the_readme() {
    let text = std::fs::read_to_string(readme()).unwrap();
    let command = <newsidx::cli::Cli as clap::CommandFactory>::command();
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        assert!(text.contains(&format!("newsidx {}", sub.get_name())), "{} is not shown", sub.get_name());
    }
    for spec in newsidx::field::FIELDS {
        assert!(text.contains(&format!("| `{}:` ", spec.name)), "{}: is not in the table", spec.name);
        assert!(text.contains(&spec.example.replace('|', "\\|")), "{} is not in the table", spec.example);
    }
}
