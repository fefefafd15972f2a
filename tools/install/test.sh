# shellcheck shell=sh
# test.sh - the project's own tests: every compiler and sanitizer, one sum
#
# Interface: test_all. Returns 1 where a test failed.
# Sourced by telar, which gives $root, $yes, say and could_not.

test_all() {
    install_missing core test
    can_write || could_not "the tests need to build" \
        "las pruebas necesitan compilar"
    box=$(mktemp -d) || could_not "cannot write in %s" \
        "no se puede escribir en %s" "${TMPDIR:-/tmp}"
    trap 'rm -rf "$box"' EXIT
    trap 'exit 130' INT TERM
    # The student's progress and language are no part of a test.
    TELAR_STATE=$box/state && export TELAR_STATE
    unset TELAR_ROOT TELAR_LANG
    passed=0 failed=0
    run_format_check # first: it takes a second
    run_suite
    run_suite SAN=address
    run_suite CC=clang
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}

# Builds and tests one way, shows it indented and adds its sum to ours.
run_suite() { # [VARIABLE=VALUE of make]
    echo "== make test $*"
    if make_plain -j"$(nproc)" "$@" tests >"$box/log" 2>&1; then
        make_plain "$@" test 2>&1 | tee "$box/log" | sed 's/^/  /'
    else
        tail -n 40 "$box/log" | sed 's/^/  /'
    fi
    sum=$(grep -aE '^[0-9]+ passed, [0-9]+ failed$' "$box/log" | tail -n 1)
    # No sum: it did not build, or its runner died.
    add_sum "${sum:-0 passed, 1 failed}"
}

add_sum() { # "N passed, N failed"
    passed=$((passed + ${1%% *}))
    sum=${1#*, }
    failed=$((failed + ${sum% failed}))
}

run_format_check() {
    echo "== make format-check"
    if make_plain format-check >"$box/log" 2>&1; then
        add_sum "1 passed, 0 failed"
    else
        tail -n 40 "$box/log" | sed 's/^/  /'
        add_sum "0 passed, 1 failed"
    fi
}
