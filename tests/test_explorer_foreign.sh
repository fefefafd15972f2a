#!/bin/sh
# test_explorer_foreign.sh - a folder of programs as the benchmark suites have
# them, judged by --all: each row says what the program's first line expects
cd "$(dirname "$0")/.." || exit 2
explore=${BUILD:-build}/bin/telar-explore
folder=tests/explorer/foreign
dir=$(mktemp -d) || exit 2
trap 'rm -rf "$dir"' EXIT
passed=0 failed=0

unset TELAR_LANG LANGUAGE LC_ALL LC_MESSAGES LANG
"$explore" --all "$folder" --lang en >"$dir/table" 2>"$dir/error" </dev/null
status=$?
cat "$dir/table"

# "proved", "sampled", the kind of what failed, "refused".
found_of() { # FILE
    awk -v file="$1" '$1 == file {
        if ($2 == "exit") print "refused"
        else if ($2 == "failed") print $3
        else print $2
        exit
    }' "$dir/table"
}

for program in "$folder"/*.c; do
    wanted=$(sed -n '1s,^// expect: ,,p' "$program")
    found=$(found_of "${program##*/}")
    case ",$wanted," in
    *",$found,"*) passed=$((passed + 1)) ;;
    *)
        failed=$((failed + 1))
        echo "${program##*/}: found '$found', wanted '$wanted'"
        ;;
    esac
done
# One of them forks, which cannot be judged.
if [ "$status" -ne 2 ] || [ "$(wc -l <"$dir/error")" -ne 1 ]; then
    failed=$((failed + 1))
    echo "exit status $status, on standard error:"
    cat "$dir/error"
fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
