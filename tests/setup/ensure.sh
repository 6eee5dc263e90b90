#!/bin/sh
# Sees to it that the named tools are there: cargo cc rustfmt clippy postgres node make.
#
# Called by the Makefile and .ci/run. System packages come from the machine's own package manager
# (apt-get, or brew on macOS), with sudo for that one call and only for what is missing. Rust is
# the user's own: it is named, never installed. Nothing here starts a service.
set -eu
cd "$(dirname "$0")/../.."

OLDEST_POSTGRES=15

say() { printf '%s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

# Quiet, unless it fails.
apt() {
    log=$(mktemp)
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -qq -o DPkg::Lock::Timeout=120 -o Dpkg::Use-Pty=0 "$@" >"$log" 2>&1 ||
        { tail -n 20 "$log" >&2; rm -f "$log"; return 1; }
    rm -f "$log"
}

can_apt() {
    has apt-get && { [ "$(id -u)" -eq 0 ] || has sudo; }
}

# Package lists are fetched once, and only when something is to be installed.
FRESH=no
refresh_lists() {
    [ "$FRESH" = yes ] || apt update || stop "apt-get update failed; is the network there?"
    FRESH=yes
}

# install WHAT DEBIAN-PACKAGES BREW-PACKAGE ELSE: the sentence when no package manager can help.
install() {
    if can_apt; then
        say "installing $1 (Debian: $2)"
        refresh_lists
        # shellcheck disable=SC2086 # a list of packages
        apt install -y --no-install-recommends $2 || stop "could not install $1; $4"
    elif [ "$(uname -s)" = Darwin ] && has brew && [ -n "$3" ]; then
        say "installing $1 (Homebrew: $3)"
        brew install "$3" >&2 || stop "could not install $1; $4"
    else
        stop "there is no sign of $1, nor a package manager that may be used; $4"
    fi
}

ensure_cargo() {
    has cargo && has rustc || stop "Rust is missing: install it with rustup (https://rustup.rs) and run this again"
    wanted=$(sed -n 's/^rust-version = "1\.\([0-9]*\).*/\1/p' Cargo.toml)
    found=$(rustc --version | sed -n 's/^rustc 1\.\([0-9]*\).*/\1/p')
    [ "${found:-0}" -ge "$wanted" ] ||
        stop "Rust 1.$wanted or newer is needed, this is $(rustc --version): run \"rustup update stable\""
}

ensure_component() {
    cargo "$1" --version >/dev/null 2>&1 && return
    has rustup || stop "cargo $1 is missing: install your distribution's package of it, or Rust by rustup"
    rustup component add "$2" >&2 || stop "could not add $2: run \"rustup component add $2\""
}

# Crates with C parts are compiled, and everything is linked, by cc.
ensure_cc() {
    has cc || install "a C compiler" "gcc libc6-dev" "" \
        "install one: gcc and the C library's headers, or \"xcode-select --install\" on macOS"
}

ensure_node() {
    if has node && has npm; then return; fi
    install "Node.js with npm, for the conformance suites and the how-to client" "nodejs npm" node \
        "install Node.js 18 or newer with npm"
}

ensure_make() {
    has make || install make make make "install GNU make"
}

# A folder counts only with both programs: client packages bring pg_config and its folder alone.
serves() {
    [ -n "$1" ] && [ -x "$1/initdb" ] && [ -x "$1/postgres" ] || return 1
    major=$("$1/postgres" --version 2>/dev/null | sed -n 's/^postgres (PostgreSQL) \([0-9]*\).*/\1/p')
    [ "${major:-0}" -ge "$OLDEST_POSTGRES" ]
}

# The same places as the server itself looks into.
has_postgres() {
    if [ -n "${ANNALS_PG_BIN:-}" ]; then
        serves "$ANNALS_PG_BIN" || stop "ANNALS_PG_BIN names no folder with initdb and postgres of PostgreSQL $OLDEST_POSTGRES or newer"
        return 0
    fi
    for folder in \
        "$(pg_config --bindir 2>/dev/null || true)" \
        "$(dirname "$(readlink -f "$(command -v postgres || echo /usr/bin/postgres)" 2>/dev/null || echo /)")" \
        /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /usr/bin /usr/libexec/postgresql* \
        /opt/homebrew/opt/postgresql@*/bin /usr/local/opt/postgresql@*/bin \
        /home/linuxbrew/.linuxbrew/opt/postgresql@*/bin \
        /Applications/Postgres.app/Contents/Versions/*/bin
    do
        if serves "$folder"; then return 0; fi
    done
    return 1
}

ensure_postgres() {
    [ -z "${DATABASE_URL:-}" ] || return 0
    if has_postgres; then return; fi
    hint="install the server package of PostgreSQL $OLDEST_POSTGRES or newer (postgresql-server on Fedora, postgresql on Arch and Alpine), or name its programs' folder in ANNALS_PG_BIN, or a running server in DATABASE_URL"
    package=
    if can_apt; then
        refresh_lists
        package=$(apt-cache search -n '^postgresql-[0-9]+$' | sed 's/ .*//' | sort -t- -k2n | tail -n 1)
        [ "${package#postgresql-}" -ge "$OLDEST_POSTGRES" ] 2>/dev/null ||
            stop "this system's packages have no PostgreSQL $OLDEST_POSTGRES or newer; $hint"
        # Whoever has this file has decided already; client packages may have made its folder.
        conf=/etc/postgresql-common/createcluster.conf
        if [ ! -e "$conf" ]; then
            say "telling the package not to make a cluster of its own ($conf)"
            as_root mkdir -p "$(dirname "$conf")"
            echo "create_main_cluster = false" | as_root tee "$conf" >/dev/null
        fi
    fi
    install "the PostgreSQL server programs" "$package" postgresql@17 "$hint"
    has_postgres || stop "PostgreSQL was installed, but its programs were not found; $hint"
}

for tool in "$@"; do
    case $tool in
        rustfmt) ensure_component fmt rustfmt ;;
        clippy) ensure_component clippy clippy ;;
        cargo | cc | postgres | node | make) "ensure_$tool" ;;
        *) stop "ensure.sh knows no tool called $tool" ;;
    esac
done
