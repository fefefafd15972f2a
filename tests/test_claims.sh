#!/bin/sh
# test_claims.sh - every claim has an experiment, a verdict and a figure
#
# Lessons of its own, whose programs are shell scripts; then the course once.
# shellcheck disable=SC2016 # what stands in backquotes is Markdown
top=$(cd "$(dirname "$0")/.." && pwd) || exit 2
box=$(mktemp -d) || exit 2
trap 'rm -rf "$box"' EXIT
trap 'exit 130' INT TERM
claims=$top/build/bin/telar-claims
player=$top/build/bin/telar-player
passed=0 failed=0
unset LANGUAGE LC_ALL LC_MESSAGES LANG NO_COLOR TELAR_THEME
export TELAR_LANG=en TERM=xterm TMPDIR="$box/tmp"
export TELAR_ROOT="$box/course" TELAR_STATE="$box/state" BOX="$box"
escape=$(printf '\033')
facts='>>/proc/self/fd/$TELAR_FACTS_FD' # dash knows no descriptor above 9
mkdir -p "$TMPDIR" "$TELAR_STATE"

# ---- Tools of the trial -----------------------------------------------------

judge() { # PROMISE yes|"" WHAT_WAS_SEEN...
    if [ -n "$2" ]; then
        passed=$((passed + 1))
        return
    fi
    failed=$((failed + 1))
    echo "FAILED $1"
    shift 2
    printf '    %s\n' "$@"
}

expect() { # PROMISE STATUS PATTERN COMMAND...: of both streams
    promise=$1 wanted=$2 pattern=$3
    shift 3
    text=$("$@" 2>&1 </dev/null)
    status=$?
    # shellcheck disable=SC2254 # a pattern
    case $text in $pattern) good=yes ;; *) good= ;; esac
    [ "$status" = "$wanted" ] || good=
    judge "$promise" "$good" "status $status, wanted $wanted" \
        "wanted: $pattern" "got: $text"
}

also() { # PROMISE PATTERN: of the text of the last expect
    # shellcheck disable=SC2254 # a pattern
    case $text in $2) good=yes ;; *) good= ;; esac
    judge "$1" "$good" "wanted: $2" "got: $text"
}

never() { # PROMISE PATTERN: not in that text
    # shellcheck disable=SC2254 # a pattern
    case $text in $2) good= ;; *) good=yes ;; esac
    judge "$1" "$good" "not wanted: $2" "got: $text"
}

holds() { # PROMISE COMMAND...
    promise=$1
    shift
    if "$@" >"$box/said" 2>&1; then good=yes; else good=; fi
    judge "$promise" "$good" "$(cat "$box/said")"
}

wait_until() { # COMMAND...: within about 20 s
    tries=0
    until "$@"; do
        tries=$((tries + 1))
        [ "$tries" -lt 400 ] || return 1
        sleep 0.05
    done
}

lesson() { # NN_topic: the same text in both languages, from standard input
    home=$1
    mkdir -p "$TELAR_ROOT/lessons/$home" "$TELAR_ROOT/build/lessons/$home"
    tee "$TELAR_ROOT/lessons/$home/lesson.en.md" \
        >"$TELAR_ROOT/lessons/$home/lesson.es.md"
}

edit() { # SED_SCRIPT: of the latest lesson
    for file in "$TELAR_ROOT/lessons/$home"/lesson.e?.md; do
        sed "$1" "$file" >"$box/edited" && cp "$box/edited" "$file"
    done
}

# A program of the latest lesson: a script from standard input, and a source in
# which its facts stand.
program() { # NAME FACT...
    name=$1
    shift
    { echo '#!/bin/sh' && cat; } >"$TELAR_ROOT/build/lessons/$home/$name"
    chmod +x "$TELAR_ROOT/build/lessons/$home/$name"
    printf 'fact("%s", 1);\n' "$@" >"$TELAR_ROOT/lessons/$home/$name.c"
}

says() { # NAME FACT VALUE: a program that says just this
    echo "echo 'fact $2 $3' $facts" | program "$1" "$2"
}

# ---- Verdicts and figures ---------------------------------------------------

lesson 20_proof <<'END'
# 20 · Proof

<!-- telar: step id=one -->
## One
<!-- telar: show file=none.c -->
<!-- telar: ask id=q type=number answer=cats -->
How many?
<!-- telar: end -->
<!-- telar: run program=untouched -->
<!-- telar: run program=cats as=mine -->
<!-- telar: run program=dogs -->
<!-- telar: claim id=no_cats source=000 true="mine.cats==0" false="mine.cats>=1" figure="There were {mine.cats} cats & {dogs} dogs." -->
There are no
`cats`.
<!-- telar: end -->
<!-- telar: claim id=some_dogs source="a \"b\", c" true="dogs>9" partly="dogs>1" -->
There are dogs.
<!-- telar: end -->
<!-- telar: run program=untouched -->

<!-- telar: step id=two -->
## Two
<!-- telar: run program=cats -->
<!-- telar: claim id=band source=folklore true="cats>9999" false="cats<9" figure="{cats} of them" -->
Between the limits.
<!-- telar: end -->
<!-- telar: run program=no_python -->
<!-- telar: claim id=python source=001 true="python==1" figure="{python}" -->
There is Python.
<!-- telar: end -->
<!-- telar: explore program=cats as=all -->
<!-- telar: claim id=explored source=001 true="explore.proved==1" -->
It is proved.
<!-- telar: end -->
END
says cats cats 1234
says dogs dogs 3
echo 'touch "$BOX/touched"' | program untouched nothing
program no_python python <<'END'
printf 'one\nnone\033here\n' >&2
END

expect claims_are_put_to_the_test 0 '*Proof*There are no `cats`. (000)*' \
    "$claims" --plain
also a_condition_decides '*  false *There are no `cats`.*'
also the_figure_says_so '*There were 1,234 cats & 3 dogs.*'
also the_facts_stand_below '*
 *mine.cats = 1234
*'
also it_says_how_to_see_it_again '*./telar lesson 20 --step one*'
also partly_is_a_verdict '*  partly true *There are dogs.*'
also what_lies_between_the_limits_is_undecided \
    '*  undecided here *Between*1,234 of them*decides nothing*'
also a_missing_fact_is_told_with_the_last_words \
    '*  undecided here *nobody said python; the last words: none\\x1bhere*python = \?*'
also a_missing_instrument_is_told \
    '*  undecided here *proved.*this build has no "telar explore" yet*'
also they_are_counted \
    '*true: 0, partly: 1, false: 1, undecided: 3 (claims: 5)'
never no_escape_sequence_reaches_a_pipe "*$escape*"
holds only_what_a_claim_needs_is_run test ! -e "$box/touched"
holds nothing_is_left_in_the_temporary_folder test -z "$(ls "$TMPDIR")"
holds nothing_is_kept test -z "$(ls "$TELAR_STATE")"
expect spanish_is_spoken 0 \
    '*falsa *There were 1234 cats*cierta en parte*sin decidir aquí*nadie dijo python*' \
    "$claims" --lang es
expect one_claim_can_be_asked_for 0 '*There are dogs.*(claims: 1)' \
    "$claims" --id some_dogs
never the_others_are_left_out '*cats*'
expect lessons_can_be_asked_for 0 '*(claims: 5)' "$claims" 20 proof
expect no_line_is_wider_than_the_terminal 0 '' \
    sh -c "$claims --plain | grep -E '.{81}'; true"

# ---- For programs -----------------------------------------------------------

"$claims" --format json >"$box/report.json" 2>/dev/null
holds json_says_it_all jq -e '.version == 1 and .runs == 1 and
    (.claims | length) == 5 and (.claims[0] | .lesson == "20_proof" and
    .step == "one" and .id == "no_cats" and .source == "000" and
    .sentence == "There are no `cats`." and .verdict == "false" and
    .counts == {"true": 0, "partly": 0, "false": 1, "undecided": 0} and
    .flipped == false and .facts == {"mine.cats": 1234} and
    .figure == "There were 1,234 cats & 3 dogs." and .reason == null and
    .repeat == "./telar lesson 20 --step one")' "$box/report.json"
holds json_knows_what_nobody_said jq -e \
    '.claims[3] | .facts == {"python": null} and .figure == null and
    .verdict == "undecided"' "$box/report.json"
expect csv_is_quoted 0 'lesson,step,id,source,*
20_proof,one,no_cats,"000","There are no `cats`.",false,0,0,1,0,"mine.cats = 1234","There were 1,234 cats & 3 dogs.","","./telar lesson 20 --step one"
20_proof,one,some_dogs,"a ""b"", c","There are dogs.",partly,0,1,0,0,*' \
    "$claims" --format csv

# ---- Again and again --------------------------------------------------------

expect repeated_verdicts_are_counted 0 '*false: 3*runs: 3; flipped: 0)' \
    "$claims" --repeat 3 --id no_cats
lesson 21_flip <<'END'
# 21 · Flip
<!-- telar: step id=coin -->
## A coin
<!-- telar: run program=coin -->
<!-- telar: claim id=coin source=folklore true="head==1" false="head==0" figure="Heads: {head}." -->
It is heads.
<!-- telar: end -->
END
program coin head <<'END'
if rm "$BOX/head" 2>/dev/null; then head=1; else head=0 && touch "$BOX/head"; fi
echo "fact head $head" >>/proc/self/fd/$TELAR_FACTS_FD
END
expect a_verdict_that_flips_is_named 1 \
    '*Heads: 0*IT FLIPPED. true: 1, false: 2*Heads: 1*flipped: 1)' \
    "$claims" 21 --repeat 3
expect once_is_no_flip 0 '*(claims: 1)' "$claims" 21

# ---- What goes wrong --------------------------------------------------------

expect an_unknown_lesson_is_told 2 'telar: there is no lesson "99";*20_proof*' \
    "$claims" 99
expect an_unknown_claim_is_told 2 \
    'telar: there is no claim "nothing"; there are: no_cats, some_dogs, *coin' \
    "$claims" --id nothing
expect a_claim_of_another_lesson_is_unknown 2 \
    'telar: there is no claim "coin"*' "$claims" 20 --id coin
for bad in 0 -1 x 1001 '' 3x 99999999999999999999; do
    expect "repeat_is_a_number_not_'$bad'" 2 'telar: --repeat is a number*' \
        "$claims" --repeat "$bad"
done
expect an_unknown_format_is_told 2 'telar: --format is text, json or csv*' \
    "$claims" --format xml
expect an_unknown_option_is_told 2 'telar: what is "--all"?*' "$claims" --all
expect an_unknown_language_is_told 2 'telar: --lang is*' "$claims" --lang fr
expect help_is_given 0 '*--repeat N*' "$claims" --help
expect no_place_for_experiments_is_told 2 'telar: no folder for experiments*' \
    env TMPDIR=/nowhere "$claims" --id no_cats
expect a_full_disk_is_told 2 \
    'telar: could not write standard output: No space left*' \
    sh -c "$claims --id some_dogs >/dev/full"

lesson 22_faults <<'END'
# 22 · Faults
<!-- telar: step id=hang -->
## It hangs
<!-- telar: run program=hang timeout=1 -->
<!-- telar: claim id=hangs source=folklore true="hung==1" -->
It hangs.
<!-- telar: end -->
<!-- telar: step id=crash -->
## It crashes
<!-- telar: run program=crash -->
<!-- telar: claim id=crashes source=folklore true="crashed==1" figure="{crashed}" -->
It crashes.
<!-- telar: end -->
<!-- telar: step id=unbuilt -->
## It is not there
<!-- telar: run program=unbuilt -->
<!-- telar: claim id=unbuilt source=folklore true="stdout_lines==0" -->
It runs.
<!-- telar: end -->
<!-- telar: step id=well -->
## It is well
<!-- telar: run program=well -->
<!-- telar: claim id=is_well source=folklore true="well==1" -->
It is well.
<!-- telar: end -->
END
program hang hung <<'END'
echo $$ >"$BOX/pid"
exec sleep 600
END
program crash crashed <<'END'
echo "fact crashed 1" >>/proc/self/fd/$TELAR_FACTS_FD
kill -SEGV $$
END
says well well 1
expect what_hangs_is_undecided_and_said 2 \
    '*undecided here *It hangs.*hang did not end within 1 s*' "$claims" 22
also what_crashes_decides_nothing \
    '*undecided here *It crashes.*crash ended with status 139*'
also what_is_not_built_is_told '*It runs.*unbuilt is not built: "make*'
also the_others_are_tested '*  true *It is well.*'
also the_exit_status_is_explained '*telar: not everything could be tested (3 *'
holds what_hung_is_gone sh -c '! kill -0 "$(cat "$BOX/pid")"'

edit 's/ timeout=1//'
for signal in INT TERM HUP; do
    rm -f "$box/pid"
    env --default-signal=INT "$claims" 22 >"$box/out" 2>"$box/err" </dev/null &
    victim=$!
    holds "SIG${signal}_arrives_while_it_runs" wait_until test -s "$box/pid"
    kill -s "$signal" "$victim"
    wait "$victim"
    judge "SIG${signal}_ends_it" "$([ $? -gt 128 ] && echo yes)" \
        "$(cat "$box/err")"
    holds "SIG${signal}_leaves_no_process" \
        wait_until sh -c '! kill -0 "$(cat "$BOX/pid")" 2>/dev/null'
    holds "SIG${signal}_leaves_no_file" test -z "$(ls "$TMPDIR")"
    holds "SIG${signal}_prints_no_half_table" test ! -s "$box/out"
done

# ---- What authors get wrong -------------------------------------------------

rm -rf "$TELAR_ROOT"/lessons/2[012]_*
lesson 23_broken <<'END'
# 23 · Broken
<!-- telar: step id=one -->
## One
<!-- telar: run program=p as=p -->
<!-- telar: claim id=c source=000 true="p.n==1" figure="{no end" -->
It.
<!-- telar: end -->
END
says p n 1
expect a_lesson_that_cannot_be_read_is_told 2 \
    '*telar: lessons/23_broken/lesson.en.md:5: figure= is no sentence*(claims: 0)*' \
    "$claims"
edit 's/{no end/{p.n} of it/'
expect the_linter_is_content 0 '*mistakes: 0' "$player" check-lessons
sed -i 's/of it/de eso/' "$TELAR_ROOT/lessons/23_broken/lesson.es.md"
expect a_figure_is_of_one_language 0 '*mistakes: 0' "$player" check-lessons
sed -i 's/{p.n} de/{p.m} de/' "$TELAR_ROOT/lessons/23_broken/lesson.es.md"
expect its_facts_are_of_both 1 '*en.md:5: not the directive of*' \
    "$player" check-lessons
edit 's/p\.[nm]/q.n/g'
expect a_fact_that_nobody_says_is_a_mistake 1 \
    '*es.md:5: no experiment before it in this step says q.n*mistakes: 1' \
    "$player" check-lessons
rm -rf "$TELAR_ROOT"/lessons/23_*
expect where_there_is_no_lesson_there_is_no_claim 0 '*(claims: 0)' "$claims"

# ---- A terminal -------------------------------------------------------------

lesson 20_proof <<'END'
# 20 · Proof
<!-- telar: step id=one -->
## One
<!-- telar: run program=cats -->
<!-- telar: claim id=cats source=000 true="cats==1234" -->
There are 1234 cats.
<!-- telar: end -->
END
on_terminal() { # COMMAND
    script -qec "stty rows 24 cols 60; $1" /dev/null </dev/null | tr -d '\r'
}
expect a_terminal_sees_progress_and_colours 0 \
    "*1/2 20_proof: cats*2/2 20_proof: cats*$escape?K*$escape?*mtrue$escape*" \
    on_terminal "$claims --repeat 2"
expect a_dumb_terminal_sees_the_table 0 '*  true *1234 cats*' \
    on_terminal "TERM=dumb $claims"
never a_dumb_terminal_gets_no_escape_sequence "*$escape*"

# ---- The course -------------------------------------------------------------

TELAR_ROOT=$top
holds the_course_puts_its_claims_to_the_test \
    sh -c "$claims --lang es --format json >$box/course.json </dev/null"
holds every_claim_has_a_verdict_and_the_facts_for_it jq -e \
    '.claims | length > 15 and all((.facts | length) > 0 and
    (.verdict != "undecided" or .reason != null))' "$box/course.json"
for language in es en; do
    grep -hs 'telar: claim' "$top"/lessons/*/lesson.$language.md |
        grep -v ' figure="' >"$box/left"
    holds "every_claim_has_a_figure_in_$language" \
        sh -c 'cat "$BOX/left"; test ! -s "$BOX/left"'
done

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
