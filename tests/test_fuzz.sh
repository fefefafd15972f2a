#!/bin/sh
# test_fuzz.sh - builds each tests/fuzz/fuzz_X.c with clang's fuzzer and the
# address and undefined-behaviour sanitizers, and runs it on the seeds in
# tests/data/fuzz_X/ and on as many inputs as FUZZ_RUNS says, always the same.
cd "$(dirname "$0")/.." || exit 2
: "${FUZZ_RUNS:=20000}"
passed=0 failed=0
out=build/fuzz
log=$(mktemp) || exit 2
trap 'rm -rf "$log" "$log.new"' EXIT

if ! command -v clang >/dev/null ||
    ! echo 'int LLVMFuzzerTestOneInput(const unsigned char *d, unsigned long n);
        int LLVMFuzzerTestOneInput(const unsigned char *d, unsigned long n)
        { return d && n ? 0 : 0; }' |
    clang -fsanitize=fuzzer,address,undefined -x c - -o "$log.new" 2>/dev/null
then
    echo "0 passed, 0 failed (no clang with a fuzzer here: not tried)"
    exit 0
fi
rm -f "$log.new"

# Every source of the rooms but the mains, once for all targets.
# shellcheck disable=SC2086 # flags is a list of words
build_rooms() {
    mkdir -p "$out/obj" || return 1
    for source in runtime/*.c tools/*/*.c viz/*.c; do
        case $source in */telar-*.c) continue ;; esac
        object=$out/obj/$(echo "${source%.c}" | tr / _).o
        newer=$(find "$source" runtime tools viz -name '*.h' -newer "$object" \
            2>/dev/null | head -n 1)
        [ -e "$object" ] && [ -z "$newer" ] &&
            [ -z "$(find "$source" -newer "$object")" ] && continue
        clang $flags -fsanitize=fuzzer-no-link -c "$source" -o "$object" ||
            return 1
    done
    rm -f "$out/librooms.a"
    ar rcs "$out/librooms.a" "$out"/obj/*.o
}

flags="-std=c11 -D_GNU_SOURCE -g -O1 -I. -pthread
    -fsanitize=address,undefined -fno-sanitize-recover=all"

run_target() { # SOURCE
    name=$(basename "$1" .c)
    seeds=tests/data/$name
    [ -d "$seeds" ] || seeds=
    mkdir -p "$log.new"
    # shellcheck disable=SC2086 # flags and seeds are lists of words
    clang $flags -fsanitize=fuzzer "$1" -o "$out/$name" "$out/librooms.a" \
        -ljansson -lseccomp -ldw -lelf -ldl -lm >"$log" 2>&1 &&
        timeout 600 "$out/$name" -seed=1 -runs="$FUZZ_RUNS" -timeout=20 \
            -rss_limit_mb=2048 -max_len=32768 -artifact_prefix="$out/" \
            "$log.new" $seeds >>"$log" 2>&1
}

if ! build_rooms >"$log" 2>&1; then
    cat "$log"
    echo "0 passed, 1 failed"
    exit 1
fi
for source in tests/fuzz/fuzz_*.c; do
    [ -e "$source" ] || continue
    if run_target "$source"; then
        passed=$((passed + 1))
        echo "$name: $(grep -a '^Done' "$log" | tail -n 1)"
    else
        failed=$((failed + 1))
        echo "$name: FAILED"
        tail -n 40 "$log"
    fi
    rm -rf "$log.new"
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
