#!/bin/sh
# test_explorer_mistakes.sh - the mistakes that students make are found and named
# rightly, their cured siblings proved; twice, with the same words
# Usage: tests/test_explorer_mistakes.sh [NAME...]   (of tests/explorer/mistakes)
cd "$(dirname "$0")/.." || exit 2
explore=${BUILD:-build}/bin/telar-explore
folder=tests/explorer/mistakes
dir=$(mktemp -d) || exit 2
trap 'rm -rf "$dir"' EXIT
passed=0 failed=0

# The value of a word of the report, which is one object without line breaks.
field() { # NAME FILE
    sed -n 's/.*"'"$1"'":"\{0,1\}\([^",}]*\).*/\1/p' "$2"
}

# What does not depend on the clock.
timeless() { # FILE
    sed 's/"seconds":[^,}]*//' "$1"
}

complain() { # NAME TEXT
    failed=$((failed + 1))
    echo "$1: $2"
    cut -c 1-600 "$dir/first"
    cat "$dir/error"
}

check() { # FILE
    name=$(basename "$1" .c)
    wanted=$(sed -n '1s,^// expect: ,,p' "$1")
    "$explore" "$1" --format json --lang en >"$dir/first" 2>"$dir/error" </dev/null
    status=$?
    "$explore" "$1" --format json --lang en >"$dir/second" 2>/dev/null </dev/null
    verdict=$(field verdict "$dir/first")
    found=$verdict
    [ "$verdict" = failed ] && found=$(field kind "$dir/first")
    printf '%-30s %-18s %8s executions %10s s\n' "$name" "$found" \
        "$(field executions "$dir/first")" "$(field seconds "$dir/first")"
    case ",$wanted," in
    *",$found,"*) ;;
    *)
        complain "$name" "found '$found', wanted '$wanted'"
        return
        ;;
    esac
    if [ "$status" != "$([ "$verdict" = failed ] && echo 1 || echo 0)" ]; then
        complain "$name" "exit status $status"
    elif [ "$(timeless "$dir/first")" != "$(timeless "$dir/second")" ]; then
        complain "$name" "told otherwise the second time"
        cut -c 1-600 "$dir/second"
    else
        passed=$((passed + 1))
    fi
}

unset TELAR_LANG LANGUAGE LC_ALL LC_MESSAGES LANG
if [ $# -gt 0 ]; then
    for name; do check "$folder/$name.c"; done
else
    for mistake in "$folder"/*.c; do check "$mistake"; done
    # Each has its cured sibling.
    for cured in "$folder"/*_cured.c; do
        [ -e "${cured%_cured.c}.c" ] || complain "$cured" "has no sibling"
    done
fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
