#!/bin/sh
# test_player.sh - the player keeps its promises to students and to authors
#
# Plays tests/data/lessons in a course of its own, with a state of its own.
top=$(cd "$(dirname "$0")/.." && pwd) || exit 2
box=$(mktemp -d) || exit 2
trap 'rm -rf "$box"' EXIT
trap 'exit 130' INT TERM
player=$top/build/bin/telar-player
passed=0 failed=0
unset LANGUAGE LC_ALL LC_MESSAGES LANG NO_COLOR TELAR_THEME
export TELAR_LANG=en TERM=xterm TMPDIR="$box/tmp"
export TELAR_ROOT="$box/course" TELAR_STATE="$box/state"
lesson=$TELAR_ROOT/lessons/10_demo
progress=$TELAR_STATE/lessons/10_demo.json

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

# Runs COMMAND with the standard input of expect; status and what it prints
# (both streams) must be as promised.
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

# The course as it is in tests/data, built; nothing done in it yet.
new_course() {
    rm -rf "$TELAR_ROOT" "$TELAR_STATE" "$TMPDIR"
    mkdir -p "$TELAR_ROOT/build/lessons" "$TMPDIR"
    cp -R "$top/tests/data/lessons" "$TELAR_ROOT/"
    cp -R "$box/built" "$TELAR_ROOT/build/lessons/10_demo"
}

edit() { # LANGUAGE SED_SCRIPT: of the lesson
    sed "$2" "$lesson/lesson.$1.md" >"$box/edited"
    cp "$box/edited" "$lesson/lesson.$1.md"
}

program() { # NAME: its text comes through standard input
    cat >"$box/program"
    chmod +x "$box/program"
    mv "$box/program" "$TELAR_ROOT/build/lessons/10_demo/$1"
}

wait_until() { # COMMAND...: within about 20 s
    tries=0
    until "$@"; do
        tries=$((tries + 1))
        [ "$tries" -lt 400 ] || return 1
        sleep 0.05
    done
}

# The text of a JSON file without its white space matches a pattern.
json() { # FILE PATTERN
    flat=$(tr -d ' \n' <"$1")
    # shellcheck disable=SC2254 # a pattern
    case $flat in $2) return 0 ;; *) echo "$flat" && return 1 ;; esac
}

# The number of the line of the English lesson that holds TEXT.
line() {
    grep -n -e "$1" "$top/tests/data/lessons/10_demo/lesson.en.md" |
        sed 's/:.*//; q'
}

are_gone() {
    ! kill -0 "$leader" 2>/dev/null && ! kill -0 "$child" 2>/dev/null
}

on_terminal() { # COMMAND: lines typed come through standard input
    script -qec "stty rows 200 cols 80 -echo; $1" /dev/null | tr -d '\r'
}

mkdir "$box/built"
for name in talk many hang; do
    ${CC:-cc} -std=c11 -D_GNU_SOURCE -I"$top" -o "$box/built/$name" \
        "$top/tests/data/lessons/10_demo/$name.c" "$top/runtime/fact.c" \
        "$top/runtime/must.c" || exit 2
done
escape=$(printf '\033')

# ---- --auto -----------------------------------------------------------------

new_course
expect auto_plays_to_the_end_in_spanish 0 '*Fin de la lección.' \
    "$player" lesson 10 --auto --lang es
expect auto_plays_to_the_end_in_english 0 '*End of the lesson.' \
    "$player" lesson demo --auto --lang en
also lines_stand_in_the_order_of_writing \
    '*stderr | first
  stdout | second
  stderr | third
*'
also the_order_is_answered_from_the_run '*It was b c a*'
also the_first_option_that_holds_is_right '*b) one, and two go to ?stderr?*'
also a_claim_gets_its_verdict '*On this machine, now: false*'
also the_middle_of_long_output_is_left_out '*... 80 lines more ...*'
also control_characters_are_visible '*line 1\\x1b?31m*'
also a_program_out_of_time_is_a_fact '*stopped: out of time*It was b*'
also code_is_shown_without_its_mark '*first\\n", 6));
*'
also dashes_stay_dashes '*the player -- with*'
never code_fences_hold_no_directives '*unknown directive*'
never no_escape_sequence_reaches_a_pipe "*$escape*"
never comments_are_not_shown '*nobody sees*'
never notes_are_for_the_teacher '*Let them argue*'
holds auto_stores_nothing test ! -e "$TELAR_STATE"
holds nothing_is_left_in_the_temporary_folder rmdir "$TMPDIR"
mkdir "$TMPDIR"
expect notes_are_shown_when_asked_for 0 '*Let them argue*' \
    "$player" lesson 10 --auto --notes
expect a_step_can_be_named 0 '*step 3 of 3*' \
    "$player" lesson 10 --auto --step hang
never steps_before_it_are_not_played '*step 1 of 3*'
TELAR_NO_WRITE_ORDER=1
export TELAR_NO_WRITE_ORDER
expect an_order_not_recorded_is_not_shown_as_one 0 \
    '*cannot record*stdout | second

  stderr | first*undecided*End of the lesson.' "$player" lesson 10 --auto
unset TELAR_NO_WRITE_ORDER
for language in es en; do
    edit $language 's/ask id=order .*/ask id=order type=number answer=lines -->/
        s/run program=talk/run program=talk order=no/'
done
expect a_run_with_order_no_is_not_recorded_and_says_so 0 \
    '*order was not recorded*stdout | second

  stderr | first*End of the lesson.' "$player" lesson 10 --auto --plain
expect check_lessons_knows_order_no 0 '*mistakes: 0*' "$player" check-lessons
edit en 's/order=no/order=yes/'
expect check_lessons_compares_the_order_of_both_languages 1 \
    '*not the directive of*mistakes: 1*' "$player" check-lessons
new_course

# ---- Answers from a file ----------------------------------------------------

printf '# mine\n\ntalk/order = b c a\ntalk/how_many = a\nmany/bytes = 1,300\n' \
    >"$box/answers"
expect answers_come_from_a_file 0 \
    '*You predicted it: b c a*You predicted a; it was b*predicted it: 1292*' \
    "$player" lesson 10 --auto --answers "$box/answers"
holds they_are_stored_as_a_persons_would_be json "$progress" \
    '*"how_many":{"given":"a",*"right":"b","correct":false}},"done":true*'
holds they_are_compared_with_this_run json "$progress" \
    '*"bytes":{"given":"1300"*"right":"1292","correct":true}*"demo":"false"*'
echo 'talk/colour = a' >>"$box/answers"
expect an_answer_to_no_question_is_told_with_its_line 2 \
    "telar: $box/answers:6: *talk/colour*" \
    "$player" lesson 10 --auto --answers "$box/answers"
expect a_missing_answers_file_is_told 2 'telar: /not/there: No such file*' \
    "$player" lesson 10 --auto --answers /not/there
expect in_the_students_language_too 2 'telar: /not/there: no existe*' \
    "$player" lesson 10 --auto --answers /not/there --lang es

# ---- A person ---------------------------------------------------------------

person() { # TYPED ARGUMENT...
    typed=$1
    shift
    # shellcheck disable=SC2059 # its \n are ends of lines
    printf "$typed" | "$player" lesson 10 "$@"
}

new_course
expect a_person_plays_one_step_and_quits 0 \
    '*Predict*You predicted it: b c a*You predicted a; it was b*is kept*' \
    person '\nb c a\na\nq\n'
holds the_prediction_is_stored json "$progress" \
    '*"talk":*"how_many":{"given":"a",*"done":true*'
expect the_lesson_goes_on_where_it_was_left 0 '*You go on at step 2*' \
    person '\nq\n'
also the_rest_follows '*step 2 of 3*'
never what_was_done_is_not_repeated '*step 1 of 3*'
expect the_end_of_the_input_quits_in_peace 0 '*step 2 of 3*is kept*' person '\n'
expect a_wrong_key_is_explained_and_asked_again 0 \
    '*"many" is no answer here.*a whole number*You predicted it: 1292*' \
    person '\nmany\n\n1292\nq\n'
expect a_prediction_can_be_skipped 0 '*It was 1292*' person '\ns\nq\n'
expect what_was_predicted_before_is_offered 0 '*Enter keeps 1292*' \
    person '\n\nq\n' --step 2
expect back_goes_back 0 '*step 2 of 3*step 1 of 3*' person '<\nq\n' --step 2
expect back_is_a_sign_where_b_is_an_answer 0 '*You predicted it: b*' \
    person 'a b c\nb\nq\n' --step 1 --no-save
expect a_program_runs_again 0 '*$ ./talk*$ ./talk*$ ./talk*' \
    person 's\ns\nr\nr\nq\n' --step 1
also its_questions_are_answered_again '*It was b c a*It was b c a*'
expect help_is_given_at_the_end_of_a_step 0 '*Enter goes on. b goes back*' \
    person 's\ns\n?\nq\n' --step 1
expect a_finished_lesson_begins_again 0 '*You have done every step*' \
    sh -c "printf 's\ns\n\ns\ns\n\ns\n\n' | $player lesson 10 --step 1 &&
        printf 'q\n' | $player lesson 10"

program talk <<'END'
#!/bin/sh
cp "$TELAR_STATE/lessons/10_demo.json" "$TELAR_STATE/seen.json"
printf 'first\nthird\n' >&2
echo second
END
rm -f "$progress"
person 'b a c\nc\nq\n' --step 1 >"$box/said" 2>&1
holds a_prediction_is_on_the_disk_before_anything_runs \
    json "$TELAR_STATE/seen.json" \
    '*"order":{"given":"bac",*"how_many":{"given":"c",*'

program talk <<'END'
#!/bin/sh
rm -rf "$TELAR_STATE"
: >"$TELAR_STATE"
printf 'first\nthird\n' >&2
echo second
END
expect a_disk_that_refuses_is_told 2 '*could not be saved*' \
    person 'b a c\nc\nq\n' --step 1

# ---- A terminal -------------------------------------------------------------

new_course
session() {
    printf '\nb c a\nb\n\nq\n' | on_terminal "$player lesson 10"
}
expect a_terminal_gets_colours_and_clean_screens 0 "*$escape?2J*$escape?*m*" \
    session
also and_the_same_lesson '*stderr*first*You predicted it*step 2 of 3*is kept*'
plain_session() {
    printf '\nb c a\nb\nq\n' | on_terminal "$player lesson 10 --plain"
}
expect plain_is_linear_on_a_terminal 0 '*You go on*' plain_session
never plain_has_no_escape_sequence "*$escape*"
dumb_session() {
    printf '\nq\n' | on_terminal "TERM=dumb $player lesson 10"
}
expect a_dumb_terminal_is_plain 0 '*You go on*' dumb_session
never a_dumb_terminal_gets_no_escape_sequence "*$escape*"
no_colour_session() {
    printf '\nq\n' | on_terminal "NO_COLOR=1 $player lesson 10"
}
expect no_color_is_respected 0 '*You go on*' no_colour_session
never no_color_means_none "*$escape?*38;5*"
paged_session() {
    printf '\n\n\n\n\nq\n' |
        script -qec "stty rows 10 cols 60 -echo; $player lesson 10 --step 1" \
            /dev/null | tr -d '\r'
}
expect a_full_screen_waits 0 '*Enter: more*' paged_session
menu_session() {
    printf '10\n\nq\nnone\nq\n' | on_terminal "$player menu"
}
expect the_menu_plays_and_comes_back 0 \
    '*You go on at step 2*at step 2 of 3*no lesson "none"*' menu_session

# ---- The menu ---------------------------------------------------------------

new_course
mkdir -p "$TELAR_ROOT/labs/10_demo" "$TELAR_STATE/labs"
expect the_map_shows_what_is_not_begun 0 \
    '*> 10  Demonstration*3 steps*lab -*Next: Demonstration:*lesson 10*' \
    "$player" menu
echo '{"earned": 7, "points": 10}' >"$TELAR_STATE/labs/10_demo.json"
person 's\ns\nq\n' --step 1 >/dev/null
expect the_map_shows_the_step_and_the_score 0 \
    '*at step 2 of 3*lab 7/10*step 2:*' "$player" menu
person 's\ns\n\ns\n\n' --step 2 >/dev/null
expect the_map_shows_what_is_done 0 '*done*Every lesson is done*' "$player" menu
echo 'nonsense' >"$TELAR_STATE/labs/10_demo.json"
echo '{' >"$progress"
expect the_map_survives_damaged_files 0 '*10*3 steps*lab -*' "$player" menu
expect a_damaged_progress_is_kept_and_said 0 '*damaged*10_demo.json.damaged*' \
    person 'q\n'

# ---- What is wrong is told --------------------------------------------------

new_course
fault() { # PROMISE LINE_AND_MESSAGE: playing, status 2
    expect "$1" 2 "*telar: lessons/10_demo/lesson.en.md:$2*" \
        "$player" lesson 10 --auto
    new_course
}
mistake() { # PROMISE LINE_AND_MESSAGE: the linter, status 1
    expect "$1" 1 "*lessons/10_demo/lesson.en.md:$2*" "$player" check-lessons
    new_course
}

expect good_lessons_have_no_mistake 0 'lessons: 1, mistakes: 0' \
    "$player" check-lessons
edit en 's/timeout=1 /timeout=1 /; s/a="timed_out == 0"/a="signal == 0"/
    s/b="timed_out == 1"/b="signal > 0"/'
fault a_program_that_hangs_is_told_with_its_line \
    "$(line program=hang): hang did not end within 1 s*"
edit en 's/status=3/status=4/'
fault an_unexpected_status_is_told "$(line status=3): many ended with status 3, expected*4*"
edit en 's/stdout_lines == 1 &/stdout_lines == 9 \&/; s/c="otherwise"/c="signal > 0"/'
fault no_option_that_fits_is_told "$(line id=how_many): no option of \"how_many\"*"
edit en 's/answer=first.stdout_bytes/answer=nothing/'
fault a_question_that_nobody_answers_is_told \
    "$(line id=bytes): no run answered \"bytes\": nobody said nothing*"
rm "$TELAR_ROOT/build/lessons/10_demo/talk"
fault a_program_not_built_is_told "$(line program=talk): *talk is not built: \"make lessons\"*"
edit en 's/mark=talk/mark=walk/'
fault a_missing_mark_is_told "$(line mark=talk): talk.c: no line ends*walk*"
edit en 's/telar: show/telar: shwo/'
fault an_unknown_directive_is_told "$(line mark=talk): unknown directive \"shwo\"*"
rm "$lesson/lesson.en.md"
expect a_missing_language_is_told 2 'telar: lessons/10_demo/lesson.en.md: *' \
    "$player" lesson 10 --auto
new_course

edit en 's/mark=talk/mark=walk/'
mistake the_linter_finds_a_missing_mark "$(line mark=talk): talk.c: *"
sed 's,/// \[end\],,; s,return 0;.*,return 0; // [talk],' "$lesson/talk.c" \
    >"$box/talk.c" && cp "$box/talk.c" "$lesson/talk.c"
mistake the_linter_finds_a_mark_twice "$(line mark=talk): talk.c: the mark ?talk?*lines*"
rm "$lesson/hang.c"
mistake the_linter_finds_a_missing_program "$(line program=hang): there is no program hang.c"
edit en 's/step id=many/step id=lots/'
mistake the_linter_finds_another_step "$(line id=many): step \"lots\", but \"many\"*es.md:*"
edit en 's/within=10/within=20/'
mistake the_linter_finds_another_value "$(line id=bytes): not the directive of *es.md:*"
edit en '/mark=talk/d'
mistake the_linter_finds_a_directive_that_is_missing "*not the directive of *"
edit en 's/minutes=5/minutes=6/'
mistake the_linter_finds_other_minutes "$(line id=talk): other minutes*"
edit en 's/^- b) one/- d) one/'
mistake the_linter_finds_options_without_a_condition "$(line id=how_many): the options*"
# shellcheck disable=SC2016 # of sed
edit en '/step id=hang/,$d'
mistake the_linter_finds_a_missing_step '1: 2 steps, but 3*'
edit en '1s/10/11/'
mistake the_linter_finds_another_number '1: the title begins with 10'
cp -R "$lesson" "$TELAR_ROOT/lessons/11_copy"
expect the_linter_finds_a_claim_made_twice 1 \
    '*11_copy/lesson.es.md:*claim "demo" is in lessons/10_demo/lesson.es.md:*' \
    "$player" check-lessons
new_course

# ---- Other instruments ------------------------------------------------------

instrument() { # VERB: its text comes through standard input
    mkdir -p "$TELAR_ROOT/build/bin"
    cat >"$box/program"
    chmod +x "$box/program"
    mv "$box/program" "$TELAR_ROOT/build/bin/telar-$1"
}

add_view() {
    edit en 's/^\(<!-- telar: run program=talk\).*/\1 as=t -->\
<!-- telar: view run=t at=3 -->/'
}
add_view
expect an_instrument_that_is_not_built_is_said_and_left_out 0 \
    '*has no "telar view"*End of the lesson.' "$player" lesson 10 --auto
instrument view <<'END'
#!/bin/sh
test -e "$1" && echo "a trace is there"
echo "${0##*/} $*"
END
expect an_instrument_gets_its_options 0 \
    '*a trace is there*telar-view *t.trace --lang en --plain --at 3*' \
    "$player" lesson 10 --auto
echo 'exit 2' >>"$TELAR_ROOT/build/bin/telar-view"
expect an_instrument_that_fails_is_a_fault 2 '*"telar view" could not do it*' \
    "$player" lesson 10 --auto
new_course

# ---- The explorer -----------------------------------------------------------

# Behind the run of talk: two questions and the exploration that answers them.
explored() { # EXTRA_KEYS
    edit en "s/^<!-- telar: run program=talk.*/&\\
<!-- telar: ask id=orders type=number answer=broken.executions -->\\
How many orders?\\
<!-- telar: end -->\\
<!-- telar: ask id=end type=choice a=\"explore.proved == 1\" b=\"explore.failed == 1 \\& explore.deadlock == 1 \\& explore.data_race == 0 \\& explore.first_failure == 3 \\& explore.exhausted == 1 \\& explore.failing == 1\" -->\\
How does it end?\\
\\
- a) well\\
- b) in a deadlock\\
<!-- telar: end -->\\
<!-- telar: explore program=talk points=accesses keep_going=yes max=5 args=\"3 'a b'\" as=broken $1 -->/"
}
explorer() { # STATUS JSON: one that says so, and leaves a trace if it failed
    instrument explore <<END
#!/bin/sh
echo "explored: \$*"
while [ "\$1" != --json ]; do shift; done
echo '$2' >"\$2"
[ $1 != 1 ] || [ "\$3" != --trace ] || : >"\$4"
exit $1
END
}
deadlock='{"verdict": "failed", "kind": "deadlock", "executions": 7,
"failing": 1, "first_failure": 3, "exhausted": true, "schedule": "1:s:0:1:0*1"}'

explored
expect without_an_explorer_its_questions_stay_open 0 \
    '*has no "telar explore"*End of the lesson.' "$player" lesson 10 --auto
never and_are_not_answered '*It was 7*'
explorer 1 "$deadlock"
expect an_exploration_answers_questions 0 \
    '*It was 7*It was b*End of the lesson.' "$player" lesson 10 --auto
also it_gets_its_options \
    '*explored: talk --lang en --json */explore-*.json --points accesses --keep-going --max 5 -- 3 a b
*'
also it_is_shown_as_a_person_would_type_it \
    "*\$ ./telar explore talk --points accesses --keep-going --max 5 -- 3 'a b'
*"
expect an_exploration_is_repeated 0 '*explored:*explored:*It was 7*' \
    person 's\ns\ns\ns\nr\nq\n' --step 1 --no-save
expect an_exploration_waits_for_its_prediction 0 '*You predicted it: 7*' \
    person 's\ns\n7\ns\nq\n' --step 1 --no-save
edit en 's/ as=broken / as=broken brief=yes /'
expect a_brief_exploration_is_one_line 0 \
    '*7 executions, 1 of them failing; there are no others.*It was 7*' \
    "$player" lesson 10 --auto
never its_report_is_not_shown '*explored:*'
holds nothing_of_an_exploration_is_left rmdir "$TMPDIR"
mkdir "$TMPDIR"
explorer 2 "$deadlock"
expect an_explorer_that_fails_is_a_fault 2 \
    "*lesson.en.md:*\"telar explore\" could not do it*" \
    "$player" lesson 10 --auto
explorer 1 '{"verdict": "failed", "kind": "deadlock"}'
expect a_report_that_lacks_something_is_a_fault 2 '*report*cannot be read*' \
    "$player" lesson 10 --auto
explorer 1 'nonsense'
expect a_report_that_is_none_is_a_fault 2 '*report*cannot be read*' \
    "$player" lesson 10 --auto
new_course
explored verdict=proved
explorer 1 "$deadlock"
expect another_verdict_is_a_fault 2 \
    '*lesson.en.md:*the verdict on talk is failed, expected was proved*' \
    "$player" lesson 10 --auto
new_course
edit en 's/^<!-- telar: run program=talk.*/&\
<!-- telar: explore program=talk as=t -->\
<!-- telar: view run=t -->/'
explorer 1 "$deadlock"
instrument view <<'END'
#!/bin/sh
echo "viewed: $*"
END
expect an_exploration_can_be_viewed 0 \
    '*explored: talk *--trace */t.trace*viewed: */t.trace *' \
    "$player" lesson 10 --auto
new_course

# ---- The visualizer ---------------------------------------------------------

seen_by_view() { # what it was called with, and that it has the terminal
    instrument view <<'END'
#!/bin/sh
test -t 0 && test -t 1 && echo "on a terminal"
test -s "$1" || test -e "$1" && echo "viewed: $*"
END
}
looking() { # TYPED ARGUMENT...: on a terminal
    typed=$1
    shift
    # shellcheck disable=SC2059 # its \n are ends of lines
    printf "$typed" |
        on_terminal "$player lesson 10 --step 1 --no-save $*"
}

edit en 's/^\(<!-- telar: run program=talk\).*/\1 as=t -->\
<!-- telar: view run=t at=end view=locks -->/'
seen_by_view
expect a_view_opens_the_visualizer_where_the_person_likes 0 \
    '*Enter: see it in the visualizer (q comes*on a terminal*viewed: */t.trace --lang en --theme dark --at end --view locks*A claim put*' \
    looking 's\ns\n\nq\n'
expect v_opens_it_as_well_and_asks_again 0 \
    '*s: skip*viewed: *--at end --view locks*s: skip*A claim put*v: see it*viewed: *--at end --view locks*' \
    looking 's\ns\nv\ns\nv\nq\n'
expect and_can_be_skipped 0 '*s: skip*A claim put*' looking 's\ns\ns\nq\n'
never then_it_is_not_opened '*viewed:*'
expect the_visualizer_is_as_light_and_as_large 0 \
    '*viewed: */t.trace --lang en --theme light --at end --view locks --large*' \
    looking 's\ns\n\nq\n' --theme light --large
expect plain_says_a_view_in_words 0 \
    '*viewed: */t.trace --lang en --plain --at end --view locks*' \
    looking 's\ns\nq\n' --plain
never and_offers_no_visualizer '*visualizer*'
dumb_view() {
    printf 's\ns\nq\n' | on_terminal \
        "TERM=dumb $player lesson 10 --step 1 --no-save"
}
expect a_dumb_terminal_gets_a_view_in_words 0 '*viewed: *--plain*' dumb_view
expect without_a_terminal_a_view_is_in_words 0 '*viewed: *--plain*' \
    person 's\ns\nq\n' --step 1 --no-save
never and_nobody_is_asked '*see it in the visualizer*'
new_course

for language in es en; do
    edit $language 's/^\(<!-- telar: run program=talk\).*/\1 record=yes -->/'
done
seen_by_view
expect check_lessons_knows_record_yes 0 '*mistakes: 0*' "$player" check-lessons
expect a_recorded_run_can_be_looked_at 0 \
    '*first*(v, here or at the next question: see it*v: see it*viewed: */run-1.trace --lang en --theme dark --at wrong*v: see it*' \
    looking 's\ns\nv\nq\n'
expect help_says_so 0 '*v opens what ran last in the visualizer*' \
    looking 's\ns\n?\nq\n'
expect the_next_step_forgets_it 0 '*step 2 of 3*"v" is no answer here*' \
    looking 's\ns\n\nv\ns\nq\n'
expect nothing_is_offered_without_a_person 0 '*End of the lesson.' \
    "$player" lesson 10 --auto
never and_nothing_is_asked '*visualizer*'
mkdir -p "$TELAR_ROOT/build/bin"
ln -sf "$top/build/bin/telar-view" "$TELAR_ROOT/build/bin/telar-view"
expect the_visualizer_itself_opens_and_q_comes_back 0 \
    '*v: see it*run-1.trace * timeline*step 2 of 3*' \
    looking 's\ns\nv\nq\nq\n' # q is the visualizer's, then Enter ours
new_course
seen_by_view
expect a_run_that_is_not_recorded_is_not_offered 0 '*Enter: go on*' \
    looking 's\ns\nq\n'
never as_there_is_nothing_to_see '*visualizer*'

explored
explorer 1 "$deadlock"
seen_by_view
expect an_exploration_that_failed_can_be_looked_at 0 \
    '*explored: *--trace */explore-2.trace*see it in the visualizer*viewed: */explore-2.trace --lang en --theme dark --at end*' \
    looking 's\ns\ns\ns\nv\nq\n'
explorer 0 '{"verdict": "proved", "kind": "none", "executions": 7,
"failing": 0, "first_failure": 0, "exhausted": true}'
expect an_exploration_that_proved_is_not_offered 0 '*It was 7*' \
    looking 's\ns\ns\ns\nq\n'
never since_nothing_failed '*visualizer*'
new_course

edit en 's/^<!-- telar: run program=talk.*/&\
<!-- telar: explore program=talk as=t -->\
<!-- telar: view run=t view=clocks -->/'
mistake the_linter_knows_the_views '*: view=clocks cannot be*'
edit en 's/^<!-- telar: run program=talk.*/&\
<!-- telar: explore program=talk as=t -->\
<!-- telar: view run=t at=noon -->/'
mistake the_linter_knows_the_moments '*: at=noon cannot be*'
edit en 's/^\(<!-- telar: run program=talk\).*/\1 as=t order=no -->\
<!-- telar: view run=t -->/'
mistake the_linter_knows_what_has_no_trace '*: no run before it*as=t*'
edit en 's/^\(<!-- telar: run program=talk\).*/\1 record=perhaps -->/'
mistake the_linter_knows_yes_and_no '*: record=perhaps cannot be*'
for view in $("$top/build/bin/telar-view" t --view none --lang en 2>&1 |
    sed 's/.*: there are //; s/,//g'); do
    edit en "s/^<!-- telar: run program=talk.*/&\\
<!-- telar: explore program=talk as=t -->\\
<!-- telar: view run=t view=$view -->/"
    expect "a_lesson_can_name_the_view_$view" 0 '*' \
        "$player" lesson 10 --auto --step 3
    new_course
done

play_it() {
    edit en 's/^<!-- telar: run program=talk.*/&\
<!-- telar: play program=talk points=accesses goal=deadlock args=3 -->/'
}
play_it
expect play_without_a_person_says_what_to_type 0 \
    '*type:*./telar play talk --points accesses --goal deadlock -- 3)*End of*' \
    "$player" lesson 10 --auto
expect play_without_a_terminal_too 0 '*type:*./telar play talk *' \
    person 's\ns\nq\n' --step 1 --no-save
play_session() {
    printf 's\ns\n\nhello\nq\n' |
        on_terminal "$player lesson 10 --step 1 --no-save --plain"
}
expect play_that_is_not_built_is_said 0 '*has no "telar play"*' play_session
instrument play <<'END'
#!/bin/sh
read -r typed
echo "played: $typed with $*"
exit 1
END
expect play_talks_to_the_person 0 \
    '*played: hello with talk --lang en --points accesses --goal deadlock -- 3*' \
    play_session
echo 'exit 2' | instrument play
expect play_that_fails_is_a_fault 0 '*"telar play" could not do it*' play_session
new_course

edit en 's/^<!-- telar: run program=talk.*/&\
<!-- telar: explore program=talk colour=red -->/'
mistake the_linter_knows_what_explore_may_say '*: "explore" has no "colour"*'
edit en 's/^<!-- telar: run program=talk.*/&\
<!-- telar: explore program=talk verdict=good -->/'
mistake the_linter_knows_the_verdicts '*: verdict=good cannot be*'
edit en 's/^<!-- telar: run program=talk.*/&\
<!-- telar: play program=walk -->/'
mistake the_linter_finds_a_missing_program_to_play '*: there is no program walk.c'

# ---- The lessons of the course ----------------------------------------------

(
    export TELAR_ROOT="$top"
    "$player" check-lessons
) >"$box/said" 2>&1
judge the_lessons_of_the_course_have_no_mistake \
    "$([ "$(tail -n 1 "$box/said" | sed 's/.*: //')" = 0 ] && echo yes)" \
    "$(cat "$box/said")"
for folder in "$top"/lessons/[0-9][0-9]_*; do
    for language in es en; do
        expect "plays_${folder##*/}_in_$language" 0 '*' \
            env TELAR_ROOT="$top" "$player" lesson "${folder##*/}" --auto \
            --lang "$language"
    done
done

# ---- Bad input --------------------------------------------------------------

expect an_unknown_lesson_lists_the_others 2 \
    'telar: there is no lesson "demos"; did you mean 10_demo?*' \
    "$player" lesson demos
expect a_lesson_has_a_name 2 'telar: which lesson?*' "$player" lesson
expect an_unknown_step_is_told 2 'telar: *no step "9"*1 to 3' \
    "$player" lesson 10 --step 9
expect an_unknown_option_is_told 2 'telar: what is "--fast"?*' \
    "$player" lesson 10 --fast
expect an_unknown_language_is_told 2 'telar: --lang*"fr"' \
    "$player" menu --lang fr
expect an_unknown_theme_is_told 2 'telar: --theme*"pink"' \
    "$player" menu --theme pink
expect an_unknown_verb_is_told 2 'telar: expected*' "$player" dance
expect help_needs_no_lesson 0 '*--answers FILE*' "$player" --help
expect no_lowdown_has_a_remedy 2 'telar: lowdown is missing*apt-get*' \
    env PATH="$box/tmp" "$player" lesson 10 --auto
TELAR_STATE=/dev/null/state
expect a_state_that_cannot_be_written_is_refused_at_once 2 \
    'telar: cannot write*TELAR_STATE=*--no-save*' person 'q\n'
expect without_saving_it_plays 0 '*step 1 of 3*' person 's\nq\n' --step 1 \
    --no-save
expect auto_needs_no_state 0 '*End of the lesson.' "$player" lesson 10 --auto
TELAR_STATE=$box/state
mkdir "$box/small"
if mount -t tmpfs -o ro tmpfs "$box/small" 2>/dev/null; then
    expect a_state_that_can_only_be_read_is_told 2 \
        'telar: cannot write*Read-only*TELAR_STATE=*' \
        env TELAR_STATE="$box/small/state" "$player" lesson 10
    umount "$box/small"
fi
# Room for one page: the first save succeeds, a later one needs a second.
if mount -t tmpfs -o size=4k tmpfs "$box/small" 2>/dev/null; then
    TELAR_STATE=$box/small
    expect a_disk_that_fills_up_is_told 2 \
        '*could not be saved*No space left*before is intact*' \
        person 'b c a\nb\n\n\n'
    holds what_was_saved_before_is_intact \
        json "$box/small/lessons/10_demo.json" '{"version":1,*}'
    rm -r "$box/small/lessons"
    head -c 4096 /dev/zero >"$box/small/more"
    expect a_full_disk_is_told_before_the_lesson 2 \
        'telar: cannot write*No space left*' person 'b c a\n'
    umount "$box/small"
    TELAR_STATE=$box/state
fi

# ---- Ends of all kinds ------------------------------------------------------

head_of() { "$player" lesson 10 --auto | head -n 2; }
expect a_reader_that_goes_away_is_no_error 0 '
10 · Demonstration  3 steps, 5 min' head_of
holds nothing_is_left_behind_by_it rmdir "$TMPDIR"
mkdir "$TMPDIR"

edit en 's/timeout=1 /timeout=300 /'
program hang <<END
#!/bin/sh
sleep 1000 &
echo \$\$ \$! >"$box/pids.new"
mv "$box/pids.new" "$box/pids"
wait
END
stop_by() { # SIGNAL PROMISE
    rm -f "$box/pids"
    "$player" lesson 10 --auto --step hang >"$box/said" 2>&1 &
    pid=$!
    wait_until test -e "$box/pids"
    read -r leader child <"$box/pids"
    kill -s "$1" "$pid"
    wait "$pid"
    holds "$2" wait_until are_gone
}
stop_by TERM a_kill_leaves_no_process
holds a_kill_leaves_no_folder rmdir "$TMPDIR"
mkdir -p "$TMPDIR"
stop_by HUP a_hang_up_leaves_no_process
stop_by KILL even_kill_9_leaves_no_process
judge kill_9_leaves_a_folder "$(ls "$TMPDIR")" "the next promise proves nothing"
person 'q\n' --step 1 --no-save >"$box/said" 2>&1
holds the_next_lesson_sweeps_it rmdir "$TMPDIR"
mkdir -p "$TMPDIR"
interrupted() {
    script -qec "stty -echo; $player lesson 10 --step hang" /dev/null \
        >"$box/said" 2>&1 <"$box/keys"
}
rm -f "$box/pids"
mkfifo "$box/keys"
interrupted &
exec 3>"$box/keys"
echo b >&3
wait_until test -e "$box/pids"
read -r leader child <"$box/pids"
printf '\003' >&3
holds control_c_ends_the_run wait_until are_gone
exec 3>&-
wait
holds control_c_keeps_the_prediction json "$progress" \
    '*"hang":{"asks":{"ends":{"given":"b","at":"*"}}}},"claims":*'

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
