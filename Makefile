# Annals in two commands: `make up` runs it, `make test` checks everything CI checks.
# Both install what a fresh machine lacks (see tests/setup/ensure.sh) and need no configuration.

# rustup puts cargo here, and a shell opened before that does not know it yet.
export PATH := $(PATH):$(HOME)/.cargo/bin

ENSURE := sh tests/setup/ensure.sh
TARGET := $(or $(CARGO_TARGET_DIR),target)
RELEASE := $(TARGET)/release

.DEFAULT_GOAL := help
.PHONY: help up test bench soak audit

help: ## list these targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1  \2/p' Makefile

up: ## build, then run Annals with its demo organisation until Ctrl-C; ARGS="--listen 0.0.0.0:80"
	@$(ENSURE) cargo cc postgres
	@cargo build --release --locked -p api -p replay-tools
	@exec "$(RELEASE)/annals" serve --demo $(ARGS)

test: ## format, lints, all tests; more random cases with ANNALS_CASES=1000
	@$(ENSURE) cargo cc rustfmt clippy postgres node
	cargo fmt --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	cargo build --workspace --bins --locked
	cd tests/conformance && npm ci --ignore-scripts --no-audit --no-fund
	cd tests/client && npm ci --ignore-scripts --no-audit --no-fund
	cargo test --workspace --locked
	cargo test --locked --manifest-path tests/oracle/Cargo.toml --target-dir "$(TARGET)"

soak: ## the proofs under fire at full size, about an hour, without network; ANNALS_SEED=7 repeats one
	@$(ENSURE) cargo cc postgres
	@sh tests/soak/run.sh

bench: ## measure in release, beside PostgreSQL's own figures; some of it with ARGS="append query"
	@$(ENSURE) cargo cc postgres
	@cargo build --release --locked -p api -p replay-tools -p testbed --bins --bench bench
	@cargo bench --locked -p api -p replay-tools -p testbed --bench bench -- $(ARGS)

audit: ## licences, bans, sources and advisories of every dependency
	@cargo deny --version >/dev/null 2>&1 || \
	  { echo "make audit needs cargo-deny: cargo install --locked cargo-deny" >&2; exit 1; }
	cargo deny --locked check licenses bans sources
	@if cargo deny fetch db >/dev/null 2>&1; then cargo deny --locked check --disable-fetch advisories; \
	  else echo "the advisory database cannot be reached: advisories were not checked" >&2; fi
