#!/bin/sh
# The proof obligations at full size: what `make test` tries in small, for about an hour. Called by
# `make soak`; needs no network. All chance comes from one seed, which is said: ANNALS_SEED repeats
# it. The sizes may be given from outside too.
set -u
cd "$(dirname "$0")/../.."

export ANNALS_SEED="${ANNALS_SEED:-$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')}"
export ANNALS_CASES="${ANNALS_CASES:-2000}"
export ANNALS_KILLS="${ANNALS_KILLS:-100}"
export ANNALS_STORM_SECONDS="${ANNALS_STORM_SECONDS:-60}"
export ANNALS_STORM_WRITERS="${ANNALS_STORM_WRITERS:-32}"

logs="${CARGO_TARGET_DIR:-target}/soak"
mkdir -p "$logs"
summary="$logs/summary.txt"
failed=0

say() { printf '%s\n' "$*" | tee -a "$summary"; }

# NAME, then the arguments of cargo test.
prove() {
    name=$1
    shift
    log="$logs/$name.log"
    begun=$(date +%s)
    if cargo test --locked "$@" >"$log" 2>&1; then verdict=held; else verdict=FAILED failed=1; fi
    tests=$(sed -n 's/^test result: [a-zA-Z]*\. \([0-9]* passed; [0-9]* failed\).*/\1/p' "$log" | tail -n 1)
    say "$(printf '%-12s %-6s %5s s  %s' "$name" "$verdict" $(($(date +%s) - begun)) "$tests")"
    # What each of them counted, for whoever wants to know how hard it was tried.
    sed -n 's/^\(ANNALS_SEED=.*\|soak: .*\)$/    \1/p' "$log" | sort -u | tee -a "$summary"
    [ "$verdict" = held ] || say "    see $log"
}

: >"$summary"
say "seed $ANNALS_SEED, $ANNALS_KILLS kills, $ANNALS_CASES cases, a storm of $ANNALS_STORM_SECONDS s with $ANNALS_STORM_WRITERS writers"
cargo build --workspace --bins --locked || exit 1
prove storm -p journal --lib -- --nocapture sequencer
prove kills -p testbed --test suite -- --nocapture crash::kills
prove crash -p testbed --test suite -- --nocapture crash --skip crash::kills
prove binding -p testbed --test suite -- --nocapture --test-threads=2 binding
prove lines -p testbed --test suite -- --nocapture live::lines
prove journal -p journal --lib -- --skip sequencer
prove views -p projections --lib
prove rules -p domain -- --skip access::tests::elevation
prove elevation --release -p domain --lib -- --nocapture access::tests::elevation
# A million decisions, each asked of ours and of Cedar.
ANNALS_CASES=$((ANNALS_CASES * 250)) prove oracle --manifest-path tests/oracle/Cargo.toml --target-dir "$logs/../oracle"
# The files that strangers send, spoiled in every way: ten minutes a parser, side by side.
BOLERO_RANDOM_TEST_TIME_MS="${ANNALS_FUZZ_SECONDS:-600}000" prove fuzz --manifest-path tests/fuzz/Cargo.toml --target-dir "$logs/../fuzz"
if [ "$failed" -eq 0 ]; then say "all of it held"; else say "NOT ALL OF IT HELD"; fi
exit "$failed"
