#!/bin/sh
# test_labs.sh - every lab keeps its own promises: the starter earns nothing, the
# solution everything, each wrong variant is refused by the promise that its
# first line names, each hostile one gains nothing and leaves nothing behind.
# Works on pristine copies: what a student did in labs/ changes nothing here.
# Usage: tests/test_labs.sh [LAB...]      (found, never listed)
cd "$(dirname "$0")/.." || exit 2
: "${BUILD:=build}"
root=$PWD
check=$root/$BUILD/bin/telar-check

bad() { # MESSAGE: the case failed
    echo "$kind $lab ${variant#"$suite"/}: $1"
    sed 's/^/    /' "$work/said" | head -n 14
    exit 1
}

# The folder of this case has the lab's files from FOLDER.
take() { # FOLDER
    mkdir -p "$work/from/$lab" && cp "$1"/*.[ch] "$work/from/$lab/" 2>/dev/null
}

# A variant is one file, in the place of the lab's first, or a folder of files.
take_variant() {
    take "$root/solutions/$lab"
    if [ -d "$variant" ]; then
        take "$variant"
        refused_by=$(head -qn 1 "$variant"/*.c | sed -n "s,^// refused by: ,,p")
    else
        first=$("$root/$BUILD/labs/$lab" --describe |
            sed 's/.*"files":\["\([^"]*\)".*/\1/')
        cp "$variant" "$work/from/$lab/$first"
        refused_by=$(sed -n '1s,^// refused by: ,,p' "$variant")
    fi
}

grade() { # WANTED-STATUS OPTION...
    wanted=$1
    shift
    "$check" check "$lab" --from "$work/from" --format json --lang en "$@" \
        >"$work/said" 2>&1
    got=$?
    [ "$got" = "$wanted" ] || bad "exit status $got, not $wanted"
}

said() { # PATTERN MESSAGE
    grep -qE -e "$1" "$work/said" || bad "$2"
}

# Programs of workers lie in TMPDIR: whatever still runs one is left behind.
leaves_nothing() {
    running=$(find /proc -maxdepth 2 -name exe -lname "*$TMPDIR/*" 2>/dev/null)
    [ -z "$running" ] || bad "processes were left behind: $running"
    left=$(find "$TMPDIR" -mindepth 1)
    [ -z "$left" ] || bad "files were left behind: $left"
}

one_case() { # KIND LAB [VARIANT]
    kind=$1 lab=$2 variant=$3
    suite=$root/tests/labs/$lab
    work=$(mktemp -d) || exit 2
    trap 'rm -rf "$work"' EXIT
    : >"$work/said"
    TMPDIR=$work/tmp TELAR_STATE=$work/state
    export TMPDIR TELAR_STATE
    mkdir -p "$TMPDIR" && chmod 711 "$work"
    case $kind in
    starter)
        take "$suite/starter"
        grade 1
        said '^  "earned": 0,$' "the starter earns points"
        ;;
    solution)
        take "$root/solutions/$lab"
        grade 0
        said '"status": "graded"' "the solution is not graded"
        ;;
    wrong)
        take_variant
        [ -n "$refused_by" ] || bad "its first line names no promise"
        grade 1 --only "$refused_by"
        said '"status": "graded"' "it does not compile"
        said '"verdict": "broken"' "not refused by $refused_by"
        ;;
    hostile)
        take_variant
        grade 1
        said '^  "earned": 0,$' "it gains points"
        ;;
    esac
    leaves_nothing
}

# A file in labs/ that nobody has touched is the starter.
untouched_is_starter() {
    git rev-parse --git-dir >/dev/null 2>&1 || return 0
    for starter in tests/labs/"$1"/starter/*; do
        file=labs/$1/$(basename "$starter")
        git ls-files --error-unmatch "$file" >/dev/null 2>&1 || continue
        git diff --quiet HEAD -- "$file" || continue
        cmp -s "$starter" "$file" || {
            echo "$file is not $starter, and git knows of no change"
            return 1
        }
    done
}

list_cases() { # LAB
    echo "starter $1"
    echo "solution $1"
    for kind in wrong hostile; do
        for variant in "$root/tests/labs/$1/$kind"/*; do
            [ -e "$variant" ] && echo "$kind $1 $variant"
        done
    done
}

if [ "$1" = --case ]; then
    shift
    # shellcheck disable=SC2086 # xargs hands the words over as one
    one_case $1 && echo ok
    exit
fi

if [ $# -eq 0 ]; then
    for suite in tests/labs/[0-9][0-9]_*/; do
        set -- "$@" "$(basename "$suite")"
    done
fi
log=$(mktemp) || exit 2
trap 'rm -f "$log"' EXIT
failed=0
for lab; do
    untouched_is_starter "$lab" || failed=$((failed + 1))
    list_cases "$lab"
done >"$log.cases"
# Some cases wait for a deadline most of their time: more of them than processors.
xargs -P $((2 * $(nproc))) -d '\n' -n 1 "$root/tests/test_labs.sh" --case \
    <"$log.cases" >"$log"
grep -v '^ok$' "$log"
passed=$(grep -c '^ok$' "$log")
all=$(wc -l <"$log.cases")
rm -f "$log.cases"
failed=$((failed + all - passed))
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
