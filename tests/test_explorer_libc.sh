#!/bin/sh
# test_explorer_libc.sh - what explored programs call of the C library
#
# Each program in tests/explorer/libc says in a line "// Expect: ..." what must
# be found: proved, failed KIND or refused NAME; behind a semicolon what else
# must stand in the report: "says TEXT" or "status N". "// Options: ..." are
# handed on. Usage: tests/test_explorer_libc.sh [PROGRAM...]
cd "$(dirname "$0")/.." || exit 2
: "${BUILD:=build}" "${CC:=gcc}"
explore=$BUILD/bin/telar-explore
TELAR_LANG=en
export TELAR_LANG
passed=0 failed=0
said=$(mktemp) || exit 2
trap 'rm -f "$said"' EXIT

# ---- One program ------------------------------------------------------------

line_of() { # WORD FILE
    sed -n "s,^// $1: ,,p" "$2"
}

value_of() { # KEY
    sed -n "s/.*\"$1\":\"\([a-z_]*\)\".*/\1/p" "$said"
}

# As the programs write it.
verdict() {
    case $(value_of verdict) in
    failed) echo "failed $(value_of kind)" ;;
    error)
        sed -n -e 's/.*"message":"the program calls \([a-z_]*\).*/refused \1/p' \
            -e 's/.*"message":"[^"]*: \(assembly\) that .*/refused \1/p' "$said"
        ;;
    *) value_of verdict ;;
    esac
}

has_extra() { # "says TEXT" | "status N" | nothing
    case $1 in
    says\ *) grep -qF "${1#says }" "$said" ;;
    status\ *) grep -qF "{\"status\":${1#status }," "$said" ;;
    *) true ;;
    esac
}

try() { # FILE
    name=$(basename "$1" .c)
    wanted=$(line_of Expect "$1")
    extra=${wanted#*; }
    # shellcheck disable=SC2046 # several words
    "$explore" "$1" --cc "$CC" --format json $(line_of Options "$1") \
        >"$said" 2>&1 </dev/null
    if [ "$(verdict)" = "${wanted%%;*}" ] && has_extra "$extra"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "$name: wanted '$wanted', got '$(verdict)':"
        cut -c 1-400 "$said" | head -n 5 | sed 's/^/    /'
    fi
}

# ---- All of them ------------------------------------------------------------

[ -x "$explore" ] || {
    echo "test_explorer_libc: $explore is missing: make builds it" >&2
    exit 2
}
[ $# -gt 0 ] || set -- tests/explorer/libc/*.c
for file; do
    try "$file"
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
