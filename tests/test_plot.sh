#!/bin/sh
# test_plot.sh - ./telar plot measures, keeps and draws, and says what it cannot
#
# On tests/data/charts in a course of its own; gnuplot where it is here.
# shellcheck disable=SC2016 # what stands in single quotes is for other shells
top=$(cd "$(dirname "$0")/.." && pwd) || exit 2
box=$(mktemp -d) || exit 2
trap 'rm -rf "$box"' EXIT
trap 'exit 130' INT TERM
plot=$top/build/bin/telar-plot
player=$top/build/bin/telar-player
passed=0 failed=0
unset LANGUAGE LC_ALL LC_MESSAGES LANG NO_COLOR TELAR_THEME
export TELAR_LANG=en TERM=xterm TMPDIR="$box/tmp"
export TELAR_ROOT="$box/it's a course" TELAR_STATE="$box/state"
lesson=$TELAR_ROOT/lessons/11_steps
programs=$TELAR_ROOT/build/lessons/11_steps
charts=$TELAR_ROOT/build/charts/11_steps

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

# Runs COMMAND; status and what it prints (both streams) must be as promised.
expect() { # PROMISE STATUS PATTERN COMMAND...
    promise=$1 wanted=$2 pattern=$3
    shift 3
    text=$("$@" 2>&1)
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

new_course() {
    chmod -R u+rwx "$TELAR_ROOT" 2>/dev/null
    rm -rf "$TELAR_ROOT" "$TELAR_STATE" "$TMPDIR"
    mkdir -p "$TELAR_ROOT/lessons/12_none" "$programs" "$TMPDIR" \
        "$TELAR_ROOT/build/bin"
    cp -R "$top/tests/data/charts/lessons" "$TELAR_ROOT/"
    cp "$box/steps" "$programs/"
    ln -s "$plot" "$TELAR_ROOT/build/bin/telar-plot"
}

program() { # SCRIPT: takes the place of steps
    rm -f "$programs/steps"
    printf '#!/bin/sh\n%s\n' "$1" >"$programs/steps"
    chmod +x "$programs/steps"
}

edit() { # SED_SCRIPT: of the chart
    sed "$1" "$lesson/steps.gp" >"$box/edited" && cp "$box/edited" \
        "$lesson/steps.gp"
}

line() { # TEXT: the line of the chart that holds it
    grep -n -e "$1" "$lesson/steps.gp" | sed 's/:.*//; q'
}

sums() { # FOLDER
    (cd "$1" && cksum steps.*)
}

wait_until() { # COMMAND...: within about 20 s
    tries=0
    until "$@"; do
        tries=$((tries + 1))
        [ "$tries" -lt 400 ] || return 1
        sleep 0.05
    done
}

is_gone() { # PID
    ! kill -0 "$1" 2>/dev/null
}

${CC:-cc} -std=c11 -D_GNU_SOURCE -I"$top" -o "$box/steps" \
    "$top/tests/data/charts/lessons/11_steps/steps.c" "$top/runtime/fact.c" ||
    exit 2
new_course

# ---- A chart, measured and drawn --------------------------------------------

if command -v gnuplot >/dev/null; then
    expect a_chart_is_measured_and_drawn 0 \
        '*a byte costs 3700 times more*15 rounds*read() \*A*0.1 *1 MiB*' \
        "$plot" 11
    also progress_is_told '*11_steps/steps: measuring (steps 15) *s*'
    also the_medians_stand_in_a_table \
        '*time a byte (ns): median (95 % interval)*1,048,576*0.0930 (0.0874 to*'
    also a_measure_that_is_not_drawn_has_no_table '*A*'
    never a_measure_that_is_not_drawn_has_no_table '*calls: median*'
    also it_says_where_they_are '*build/charts/11_steps/steps.svg, .png, .csv*'
    wide=$("$plot" 11 2>/dev/null | awk 'length > 85' | wc -l)
    judge it_fits_into_80_columns "$([ "$wide" = 0 ] && echo yes)" "$wide lines"
    holds all_its_files_are_there ls "$charts/steps.csv" \
        "$charts/steps.summary.csv" "$charts/steps.facts" "$charts/steps.gp" \
        "$charts/steps.svg" "$charts/steps.png"
    holds the_rows_are_those_of_the_program \
        sh -c "'$box/steps' 15 2>/dev/null | cmp - \"\$1\"" - "$charts/steps.csv"
    holds facts_of_run_and_summary_are_kept grep -c \
        -e '^fact rounds 15$' -e '^fact median.ns_per_byte.read.1 347$' \
        -e '^fact median.ns_per_byte.read.last.milli 93$' "$charts/steps.facts"
    sums "$charts" >"$box/first"
    (cd "$charts" && rm steps.svg steps.png && gnuplot steps.gp) >"$box/said" 2>&1
    sums "$charts" >"$box/again"
    holds gnuplot_by_hand_draws_the_same_bytes cmp "$box/first" "$box/again"
    "$plot" 11 --from "$charts" --output "$box/o 'p" >/dev/null 2>&1
    sums "$box/o 'p" >"$box/again"
    holds the_same_rows_give_the_same_bytes cmp "$box/first" "$box/again"
    (cd "$box/o 'p" && HOME=$box LC_ALL=C gnuplot steps.gp) >"$box/said" 2>&1
    sums "$box/o 'p" >"$box/again"
    holds whatever_the_locale_is cmp "$box/first" "$box/again"
    rm -rf "$box/o 'p"

    expect spanish_has_a_decimal_comma 0 \
        '*0,1 *1 MiB*tiempo por byte (ns): mediana*0,0930 (0,0874 a *' \
        "$plot" 11 --from "$charts" --output "$box/es" --lang es
    holds in_the_picture_too grep '[> ]0,1<' "$box/es/steps.svg"
    holds and_no_file_of_numbers_has_one cmp "$charts/steps.summary.csv" \
        "$box/es/steps.summary.csv"
    rm -rf "$box/es"
    expect plain_is_the_table_alone 0 '*time a byte (ns): median*' \
        "$plot" 11 --quick --plain
    never plain_has_no_drawing '*\*A*'
    expect a_chart_is_chosen_by_name 0 '*(steps 5)*5 rounds*' \
        "$plot" steps steps --quick --brief
    never brief_names_no_files '*.svg*'
    expect every_lesson_that_has_charts 0 '*(steps 5)*' "$plot" --all --quick
    sed 's/^# steps/# its/' "$lesson/steps.gp" >"$lesson/its.gp"
    expect one_measurement_serves_two_charts 0 '*its.svg*steps.svg*' \
        "$plot" 11 --quick
    also it_is_run_once '*its: measuring*'
    never it_is_run_once '*steps: measuring*'
    mv "$lesson/its.gp" "$lesson/it's \"so\".gp"
    sed 's/^# its/# it'\''s "so"/' "$lesson/it's \"so\".gp" >"$box/edited"
    cp "$box/edited" "$lesson/it's \"so\".gp"
    expect names_may_hold_quotes_and_spaces 0 '*' "$plot" 11 "it's \"so\"" --quick
    holds so_does_its_picture test -s "$charts/it's \"so\".png"
    new_course
    holds nothing_is_left_in_the_temporary_folder rmdir "$TMPDIR"
    mkdir "$TMPDIR"

    edit 's/title name(i)/title nome(i)/'
    expect a_mistake_in_the_script_is_told_with_its_line 2 \
        "*telar: lessons/11_steps/steps.gp:24: gnuplot: *nome*" \
        "$plot" 11 --quick
    holds what_was_measured_is_kept test -s "$charts/steps.csv"
    holds and_no_picture_of_something_else \
        sh -c '! ls "$1"/steps.svg "$1"/steps.png' - "$charts"
    edit "s/row(i, 'ns_per_byte')/row(i, 'ns')/"
    expect a_measure_that_is_not_there_is_told 2 \
        '*steps.gp:2?: gnuplot: *no_such_measure*' "$plot" 11 --quick
    new_course
    edit 's/^set logscale x 2/pause 1000/'
    expect a_gnuplot_that_hangs_is_stopped 2 \
        '*steps.gp: gnuplot did not end within 1 s*' "$plot" 11 --timeout 1
    new_course
    mkdir "$box/fake"
    printf '#!/bin/sh\necho "<svg>" >steps.svg; : >steps.png\n' >"$box/fake/gnuplot"
    chmod +x "$box/fake/gnuplot"
    expect half_a_picture_is_none 2 '*gnuplot made no whole steps.svg*' \
        env PATH="$box/fake:$PATH" "$plot" 11 --quick
    holds half_a_picture_is_not_kept test ! -e "$charts/steps.svg"
    printf '#!/bin/sh\nkill -SEGV $$\n' >"$box/fake/gnuplot"
    expect a_gnuplot_that_dies_is_told 2 '*gnuplot ended by signal 11*' \
        env PATH="$box/fake:$PATH" "$plot" 11 --quick
    rm -rf "$box/fake"

    # ---- In a lesson --------------------------------------------------------

    new_course
    expect a_lesson_draws_its_charts 0 \
        '*telar plot 11 steps --quick*3700 times*It was*a) in a large*It was 5*now: true*End of the lesson.' \
        "$player" lesson 11 --auto
    holds a_rehearsal_keeps_no_chart test ! -e "$charts"
    expect in_spanish_as_well 0 '*3700 veces*Fue 5*cierta*Fin de la lección.' \
        "$player" lesson 11 --auto --lang es
    person() {
        printf '\na\n15\n\nq\n' | "$player" lesson 11 --no-save
    }
    expect a_person_gets_the_full_measurement 0 \
        '*telar plot 11 steps*15 rounds*You predicted it: 15*' person
    holds and_the_chart_is_kept test -s "$charts/steps.svg"
    program 'exit 0'
    expect a_chart_that_fails_is_a_fault_of_its_line 2 \
        '*steps.gp:3: the rows of "steps 5"*nothing is there*lesson.en.md:*: "telar plot" could not*' \
        "$player" lesson 11 --auto
    new_course
fi
rm "$TELAR_ROOT/build/bin/telar-plot"
expect a_build_without_plot_says_so 0 '*has no "telar plot"*End of the lesson.' \
    "$player" lesson 11 --auto
new_course

# ---- Without gnuplot --------------------------------------------------------

mkdir "$box/none"
expect without_gnuplot_there_is_a_table_and_the_remedy 2 \
    '*3700 times*time a byte (ns): median*telar: gnuplot is missing*apt-get install gnuplot-nox*' \
    env PATH="$box/none" "$plot" 11
holds and_the_rows test -s "$charts/steps.csv"
expect it_is_said_in_spanish 2 '*telar: falta gnuplot*' \
    env PATH="$box/none" "$plot" 11 --lang es
new_course

# ---- What is wrong is told --------------------------------------------------

refuse() { # PROMISE PATTERN ARGUMENT...: status 2, one line
    promise=$1 pattern=$2
    shift 2
    expect "$promise" 2 "telar: $pattern" "$plot" "$@"
}
refuse a_lesson_is_needed 'which lesson? These have charts: 11_steps'
refuse an_unknown_lesson_gets_the_nearest \
    'there is no lesson "step"; did you mean 11_steps? *' step
refuse a_lesson_without_charts_is_told '12_none has no charts' 12
refuse an_unknown_chart_is_told \
    '11_steps has no chart "stairs"; it has: steps' 11 stairs
refuse an_unknown_option_is_told "plot does not understand '--colour'*" \
    11 --colour
refuse a_value_is_needed "plot does not understand '--from'*" 11 --from
refuse a_timeout_is_a_number "--timeout takes a number*not '1s'" \
    11 --timeout 1s
refuse all_takes_no_lesson '--all takes no lesson*' --all 11
refuse an_unknown_language_is_told "--lang takes es or en, not 'fr'" 11 --lang fr
expect help_is_given_in_english 0 'usage: ./telar plot*Exit status*' "$plot" --help
expect help_is_given_in_spanish 0 'uso: ./telar plot*Estado de salida*' \
    "$plot" --help --lang es

: >"$box/file"
refuse an_output_that_is_no_folder_is_told \
    "could not write in $box/file: *--output FOLDER*" 11 --output "$box/file"
refuse a_folder_that_is_not_there_is_told \
    '*/nowhere/steps.csv: No such file*' 11 --from "$box/nowhere"
mkdir "$box/from"
printf 'series,x,ns_per_byte,calls\nread,1,nan,1\n' >"$box/from/steps.csv"
refuse broken_rows_are_told_with_their_line \
    "$box/from/steps.csv: line 2: \"nan\" is no finite number" \
    11 --from "$box/from"
printf 'series,x,ns_per_byte,calls\nread,1,2,1\nfread,1,2,1\n' \
    >"$box/from/steps.csv"
expect a_fact_that_the_title_lacks_is_told 2 \
    "*telar: lessons/11_steps/steps.gp:4: the title needs the fact {rounds}*" \
    "$plot" 11 --from "$box/from"
holds nothing_was_written_there test ! -e "$box/from/steps.svg"

measuring() { # PROMISE SCRIPT PATTERN: the script measures; status 2, two lines
    program "$2"
    expect "$1" 2 "11_steps/steps: measuring*
telar: lessons/11_steps/steps.gp:$3" "$plot" 11 --timeout 2
    new_course
}
head='echo series,x,ns_per_byte,calls'
rm "$programs/steps"
expect a_program_not_built_is_told 2 '*steps.gp:2: *steps is not built: "make*' \
    "$plot" 11
new_course
measuring a_program_that_fails_is_told "$head; echo no luck >&2; exit 3" \
    '2: steps ended with status 3: no luck'
measuring a_program_that_is_killed_is_told 'kill -KILL $$' \
    '2: steps ended by signal 9'
measuring a_program_that_hangs_is_stopped 'sleep 1000' \
    '2: steps did not end within 2 s*--timeout*'
measuring a_flood_is_told 'head -c 20000000 /dev/zero' \
    '2: steps wrote more than 16 MiB'
measuring an_infinite_row_is_told "$head; echo read,1,inf,1" \
    '2: *line 2: "inf" is no finite number'
measuring a_short_row_is_told "$head; echo read,1,2" \
    '2: *line 2: a row has 4 columns*'
measuring a_row_cut_off_is_told "$head; printf 'read,1,2,3\nread,1,2'" \
    '2: *line 3: it is cut off*'
measuring escape_sequences_reach_no_terminal "$head; printf 're\033ad,1,2,3\n'" \
    '2: *"re\\x1bad"*'
measuring a_fact_that_is_none_is_told \
    "$head; echo read,1,2,3; echo fread,1,2,3; echo fact n >/dev/fd/\$TELAR_FACTS_FD" \
    '2: 1 lines of facts could not be read'
measuring a_series_without_a_legend_is_told \
    "$head; echo read,1,2,3; echo fread,1,2,3; echo write,1,2,3" \
    '1: the rows have the series "write"*series.write.en*'
measuring a_legend_without_a_series_is_told "$head; echo read,1,2,3" \
    "$(line series.fread.en): no series \"fread\" in the rows"
measuring a_measure_without_a_label_is_told \
    "echo series,x,ns_per_byte,calls,misses; echo read,1,2,3,4" \
    '1: the rows have the measure "misses"*misses.en*'
measuring a_label_without_a_measure_is_told \
    "echo series,x,ns_per_byte; echo read,1,2; echo fread,1,2" \
    "$(line calls.en): no measure \"calls\" in the rows"

mkdir -p "$charts/steps.csv/in the way"
expect a_file_that_cannot_be_written_is_told 2 \
    "*could not write */steps.csv: *" "$plot" 11 --quick
holds what_could_not_be_written_leaves_nothing \
    sh -c '[ "$(ls "$1")" = steps.csv ]' - "$charts"
new_course
on_full_disk() { # in a file system of its own, of 8 KiB
    unshare -rm sh -c 'mkdir -p "$1" && mount -t tmpfs -o size=8k none "$1" &&
        shift && "$@"' - "$charts" "$@"
}
if on_full_disk true 2>/dev/null; then
    expect a_full_disk_is_told 2 '*could not write */steps.*: No space left*' \
        on_full_disk sh -c '"$1" 11; status=$?; ls "$2" >&2; exit $status' - \
        "$plot" "$charts"
    never nothing_half_written_stays '*.new-*'
fi
new_course

interrupt() { # SIGNAL
    rm -f "$box/pid"
    program "$head; sleep 1000 &
        echo \$! >'$box/pid.new' && mv '$box/pid.new' '$box/pid'; wait"
    "$plot" 11 >"$box/said" 2>&1 &
    leader=$!
    wait_until test -e "$box/pid"
    kill "-$1" "$leader"
    wait "$leader" 2>/dev/null
    status=$?
}
for signal in INT TERM; do
    interrupt $signal
    holds "${signal}_ends_it" test "$(kill -l "$status")" = $signal
    holds "${signal}_leaves_no_process" wait_until is_gone "$(cat "$box/pid")"
    holds "${signal}_leaves_no_file" sh -c '! ls "$1"/steps*' - "$charts"
    holds "${signal}_leaves_no_folder" rmdir "$TMPDIR"
    mkdir -p "$TMPDIR"
done
new_course

# ---- What the linter finds --------------------------------------------------

rmdir "$TELAR_ROOT/lessons/12_none"
mistake() { # PROMISE PATTERN
    expect "$1" 1 "*$2*mistakes: *" "$player" check-lessons
    new_course
    rmdir "$TELAR_ROOT/lessons/12_none"
}
expect a_good_lesson_has_no_mistake 0 'lessons: 1, mistakes: 0' \
    "$player" check-lessons
mv "$lesson/steps.gp" "$lesson/stairs.gp"
mistake the_linter_finds_a_missing_chart 'lesson.en.md:*there is no chart steps.gp'
edit '/^# title.es/d'
mistake the_linter_finds_a_missing_language \
    'lessons/11_steps/steps.gp:4: title.en is here, title.es is missing'
edit 's/^# quick: steps/# quick: stairs/'
mistake the_linter_finds_a_missing_program \
    'lessons/11_steps/steps.gp:3: there is no program stairs.c'
sed 's/as=s -->/program=steps -->/' "$lesson/lesson.en.md" >"$box/edited"
cp "$box/edited" "$lesson/lesson.en.md"
mistake the_linter_knows_what_a_plot_may_say 'lesson.en.md:*"plot" has no "program"'

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
