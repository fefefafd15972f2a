#!/bin/sh
# test_readme.sh - every transcript in the READMEs is what really happens
#
# Runs the "$ " lines of each ```console block, in order, in a pristine copy.
# In what follows them "..." alone matches any lines, "..." at the end of a
# line the rest of it, and <n> a number.
top=$(cd "$(dirname "$0")/.." && pwd) || exit 2
box=$(mktemp -d) || exit 2
trap 'rm -rf "$box"' EXIT
trap 'exit 130' INT TERM
copy="$box/telar"
passed=0 failed=0
unset MAKEFLAGS MFLAGS MAKELEVEL BUILD SAN CC TELAR_ROOT TELAR_LANG
export TERM=dumb LC_ALL=C.UTF-8

# What was committed, and over it the files at work now; but never the labs
# that a student may have solved here.
make_copy() {
    git -C "$top" -c safe.directory='*' ls-files -co --exclude-standard |
        grep -v '^labs/' >"$box/files"
    git -c safe.directory='*' clone -q "$top" "$copy" &&
        (cd "$top" && while IFS= read -r file; do
            [ ! -f "$file" ] || printf '%s\n' "$file"
        done <"$box/files" | tar -cf - -T -) | tar -xf - -C "$copy" &&
        take_build
}

# What was built from these very files need not be built again; whatever is out
# of date make still sees (-m: as old as the copy, and in the order of making).
take_build() {
    for part in obj lib bin lessons labs; do
        [ ! -d "$top/build/$part" ] || printf 'build/%s\n' "$part"
    done | tar -C "$top" -cf - -T - | tar -xmf - -C "$copy"
}

# Cuts FILE into $box/steps/NNN.run and NNN.want, one a command.
cut_steps() { # FILE
    rm -rf "$box/steps" && mkdir "$box/steps"
    awk -v steps="$box/steps" '
    /^```console$/ { inside = 1; next }
    /^```/ { inside = 0 }
    !inside { next }
    /^\$ / {
        name = sprintf("%s/%03d", steps, ++count)
        print substr($0, 3) >(name ".run")
        printf "" >(name ".want")
        next
    }
    { print >(name ".want") }' "$1"
}

# Does GOT fit WANT? Tries, line by line, every length that "..." can have.
fits() { # WANT GOT
    awk '
    function pattern(line) {
        gsub(/[][\\.*^$+?(){}|\/]/, "\\\\&", line)
        sub(/\\\.\\\.\\\.$/, ".*", line)
        gsub(/<n>/, "[0-9]+", line)
        return "^" line "$"
    }
    function match_from(i, j) {
        if (i > wants) return j > gots
        if (want[i] == "...") {
            for (; j <= gots + 1; j++) if (match_from(i + 1, j)) return 1
            return 0
        }
        if (i > reached) reached = i
        return j <= gots && got[j] ~ pattern(want[i]) && match_from(i + 1, j + 1)
    }
    { sub(/[ \t]+$/, "") }
    NR == FNR { want[++wants] = $0; next }
    { got[++gots] = $0 }
    END {
        if (match_from(1, 1)) exit 0
        print "not found from: " want[reached]
        exit 1
    }' "$1" "$2"
}

try_step() { # README STEP (without its ending)
    (cd "$copy" && timeout 120 sh "$2.run") >"$2.got" 2>&1 </dev/null
    if [ -s "$2.want" ] || [ -s "$2.got" ]; then
        why=$(fits "$2.want" "$2.got")
    fi && passed=$((passed + 1)) && return
    failed=$((failed + 1))
    echo "FAILED $1: $(cat "$2.run")"
    echo "    $why"
    sed 's/^/    got: /' "$2.got" | head -n 40
}

make_copy || exit 2
(cd "$copy" && make -j"$(nproc)" all) >"$box/log" 2>&1 || {
    tail -n 20 "$box/log"
    echo "FAILED the copy builds"
    echo "0 passed, 1 failed"
    exit 1
}
for readme in README.md README.es.md; do
    TELAR_STATE="$box/state.$readme" && export TELAR_STATE
    cut_steps "$copy/$readme"
    for step in "$box"/steps/*.run; do
        try_step "$readme" "${step%.run}"
    done
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
