#!/bin/sh
# test_slides.sh - ./telar slides makes whole decks of what was measured here
#
# On tests/data/slides and tests/data/charts in a course of its own, with the
# template of this one; then the real topics, from short measurements.
# shellcheck disable=SC2016 # what stands in single quotes is for other shells
top=$(cd "$(dirname "$0")/.." && pwd) || exit 2
box=$(mktemp -d) || exit 2
trap 'rm -rf "$box"' EXIT
trap 'exit 130' INT TERM
slides=$top/build/bin/telar-slides
plot=$top/build/bin/telar-plot
passed=0 failed=0
unset LANGUAGE LC_ALL LC_MESSAGES LANG NO_COLOR TELAR_THEME
export TELAR_LANG=en TERM=xterm TMPDIR="$box/tmp"
export TELAR_ROOT="$box/it's a course" TELAR_STATE="$box/state"
programs=$TELAR_ROOT/build/lessons/11_steps
decks=$TELAR_ROOT/build/slides
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
    rm -rf "$TELAR_ROOT" "$TELAR_STATE" "$TMPDIR"
    mkdir -p "$TELAR_ROOT/slides" "$programs" "$TMPDIR"
    cp -R "$top/tests/data/charts/lessons" "$TELAR_ROOT/"
    cp "$top/tests/data/slides/steps_code.c" "$TELAR_ROOT/lessons/11_steps/"
    new_slides
    cp "$box/steps" "$programs/"
}

new_slides() { # with what was measured kept
    cp "$top/slides/template.html" "$top"/tests/data/slides/*.md \
        "$TELAR_ROOT/slides/"
}

edit() { # FILE SED_SCRIPT: of the slides
    sed "$2" "$TELAR_ROOT/slides/$1" >"$box/edited"
    cp "$box/edited" "$TELAR_ROOT/slides/$1"
}

edit_both() { # SED_SCRIPT
    edit 11_steps.en.md "$1"
    edit 11_steps.es.md "$1"
}

sums() {
    (cd "$decks" && cksum telar.en.html telar.es.html)
}

look() { # ROOT LANG
    python3 "$top/tests/deck_look.py" "$1" "$1/build/slides/telar.$2.html" "$2"
}

count() { # PATTERN DECK: lines that have it
    grep -c -- "$1" "$decks/$2"
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

# ---- What needs nothing measured --------------------------------------------

expect help_is_given_in_english 0 'usage: ./telar slides*Exit status*' \
    "$slides" --help
expect help_is_given_in_spanish 0 'uso: ./telar slides*Estado de salida*' \
    "$slides" --help --lang es
refuse() { # PROMISE PATTERN ARGUMENT...: status 2, one line, nothing measured
    promise=$1 pattern=$2
    shift 2
    expect "$promise" 2 "telar: $pattern" "$slides" "$@"
    never "$promise" '*measuring*'
}
refuse an_unknown_option_is_told "slides does not understand '--colour'*" --colour
refuse a_word_is_told "slides does not understand '04'*" 04
refuse a_value_is_needed "slides does not understand '--output'*" --output
refuse an_unknown_language_is_told "--lang takes es or en, not 'fr'" --lang fr
: >"$box/file"
refuse an_output_that_is_no_folder_is_told "could not write in $box/file: *" \
    --output "$box/file"
expect a_check_measures_nothing 0 'topics: 1, no mistakes' "$slides" --check
holds and_writes_nothing test ! -e "$decks"

mistake() { # PROMISE PATTERN: of slides that were edited
    refuse "$1" "slides/$2" --check
    new_slides
}
edit 11_steps.es.md '/step id=words/,$d'
mistake a_missing_slide_is_told '11_steps.en.md:*: 3 steps, but 2 in slides/*'
edit 11_steps.es.md 's/ lines=4//'
mistake another_directive_is_told \
    '11_steps.en.md:12: not the directive of slides/11_steps.es.md:12'
edit 11_steps.es.md 's/{steps.x:[^}]*}/1/'
mistake a_figure_of_one_language_is_told \
    '11_steps.en.md:29: the other language lacks {steps.x:ns_per_byte:read:lowest}*'
rm "$TELAR_ROOT/slides/11_steps.es.md"
refuse a_missing_language_is_told '*slides/11_steps.es.md: No such file*' --check
new_slides
edit_both 's/mark=loop/mark=lop/'
mistake a_missing_mark_is_told \
    '11_steps.en.md:12: steps_code.c: no line ends in the mark // ?lop?'
edit_both 's/steps_code.c/code.c/'
mistake a_missing_source_is_told '11_steps.en.md:12: code.c: No such file*'
edit_both 's/mark=loop lines=4/mark=loop lines=4 -->\
<!-- telar: show file=steps.c/'
mistake too_much_code_is_told '11_steps.en.md:13: * lines of code on a slide; 12*'
sed 's|// "a"|// "a" 23456789 123456789 123456789 123456789 123456789 123456789 123456789 123456789|' \
    "$top/tests/data/slides/steps_code.c" >"$TELAR_ROOT/lessons/11_steps/steps_code.c"
mistake too_long_a_line_is_told \
    '11_steps.en.md:12: steps_code.c:7: more than 80 characters*'
cp "$top/tests/data/slides/steps_code.c" "$TELAR_ROOT/lessons/11_steps/"
edit_both 's/chart=steps/chart=stairs/'
mistake a_missing_chart_is_told '11_steps.en.md:20: the chart "stairs": *stairs.gp*'
edit_both 's/{steps.rounds} r/{stairs.rounds} r/'
mistake a_figure_of_no_chart_is_told '11_steps.en.md:6: the chart "stairs": *'
for figure in '{rounds}' '{steps.}' '{steps.median:a:b}' '{.rounds}' '{steps.a b}' \
    '{steps.rounds' '{steps.rounds/}' '{}'; do
    edit_both "s|{steps.rounds} r|$figure r|"
    mistake "no_figure_$figure" '11_steps.en.md:6: no {CHART.FIGURE} at "{*"'
done
edit_both 's/plot chart=steps/run program=steps/'
mistake another_verb_is_told '11_steps.en.md:20: a slide has no "run"*'
edit 11_steps.en.md '1s/11/12/'
mistake the_number_of_the_title_is_checked '11_steps.en.md:1: the title begins with 11'
edit_both 's/show file=/shw file=/'
mistake an_unknown_directive_is_told '11_steps.en.md:12: unknown directive "shw"'
rm "$TELAR_ROOT"/slides/*.md
refuse a_course_without_slides_is_told 'no lesson in * has slides*' --check
new_slides
expect mistakes_are_told_in_spanish 2 'telar: slides/11_steps.en.md:12: las comillas*' \
    sh -c 'sed "s/mark=loop/mark=\"loop/" "$2" >"$3" && cp "$3" "$2" &&
        "$1" --check --lang es' - "$slides" "$TELAR_ROOT/slides/11_steps.en.md" \
    "$box/edited"
new_slides
mkdir "$box/none"
expect without_lowdown_it_is_told 2 'telar: lowdown is missing*' \
    env PATH="$box/none" "$slides"

# ---- Without gnuplot --------------------------------------------------------

ln -s "$(command -v lowdown)" "$box/none/lowdown"
expect without_gnuplot_it_is_told 2 'telar: gnuplot is missing*apt-get*' \
    env PATH="$box/none" "$slides"
never without_gnuplot_nothing_is_measured '*measuring*'
expect it_is_said_in_spanish 2 'telar: falta gnuplot*' \
    env PATH="$box/none" "$slides" --lang es

if ! command -v gnuplot >/dev/null; then
    echo "$passed passed, $failed failed (no gnuplot: nothing is drawn)"
    [ "$failed" -eq 0 ]
    exit
fi

# ---- Decks ------------------------------------------------------------------

expect decks_are_made 0 \
    '11_steps/steps: measuring (steps 15) *s
build/slides/telar.en.html: 5 slides, * KiB
build/slides/telar.es.html: 5 slides, * KiB*' "$slides"
sums >"$box/first"
for deck in "$decks"/telar.en.html "$decks"/telar.es.html; do
    holds they_are_well_formed xmllint --noout "$deck"
done
expect what_they_show_is_the_source_and_the_csv 0 '11_steps 4 1 1 6' \
    look "$TELAR_ROOT" en
expect in_spanish_as_well 0 '11_steps 4 1 1 6' look "$TELAR_ROOT" es
holds code_is_escaped grep -F '<i>// &quot;a&quot; &amp; &lt;b&gt;</i>' \
    "$decks/telar.en.html"
holds marks_are_not_shown sh -c '! grep -F "[loop]" "$1"' - "$decks/telar.en.html"
holds braces_in_code_stay grep -F '<code>{braces}</code>' "$decks/telar.en.html"
holds html_in_markdown_is_left_out grep -F 'two &#38; three &#60; four' \
    "$decks/telar.en.html"
holds a_chart_says_when_and_where grep -q \
    "Measured 20..-..-.. ..:.. · .*$(uname -r)" "$decks/telar.en.html"
holds it_is_said_in_its_language grep -q 'Medido 20' "$decks/telar.es.html"
holds a_question_looks_like_one grep -q 'class="slide question" id="11_steps-code"' \
    "$decks/telar.en.html"
holds titles_are_no_pictures_twice sh -c '! grep -q "of 1 MiB\|times more" "$1"' - \
    "$decks/charts/en/11_steps/steps.svg"

expect what_is_measured_is_kept 0 'build/slides/*' "$slides"
never what_is_measured_is_kept '*measuring*'
sums >"$box/again"
holds the_same_inputs_give_the_same_bytes cmp "$box/first" "$box/again"
rm -rf "$decks"
"$slides" --lang es >/dev/null 2>&1
sums >"$box/again"
holds whoever_asks_in_whatever_language cmp "$box/first" "$box/again"
expect they_go_where_they_are_told 0 "$box/o 'p/telar.en.html: 5 slides*" \
    "$slides" --output "$box/o 'p"
holds the_same_there cmp "$box/o 'p/telar.es.html" "$decks/telar.es.html"
expect what_is_drawn_needs_no_gnuplot 0 '*5 slides*' \
    env PATH="$box/none" "$slides"

remeasured() { # PROMISE
    expect "$1" 0 '*steps: measuring*5 slides*' "$slides"
}
touch "$programs/steps"
remeasured a_newer_program_measures_again
sed 's/^machine .*/machine another one/' "$charts/steps.measured" >"$box/edited"
cp "$box/edited" "$charts/steps.measured"
remeasured another_machine_measures_again
sed 's/^command .*/command steps 5/' "$charts/steps.measured" >"$box/edited"
cp "$box/edited" "$charts/steps.measured"
remeasured the_short_measurement_is_not_enough
rm "$charts/steps.measured"
remeasured what_nobody_knows_of_is_measured_again
expect everything_is_measured_again_when_asked 0 '*steps: measuring*' \
    "$slides" --measure
"$plot" 11 >/dev/null 2>&1
expect charts_measured_before_are_taken 0 '*5 slides*' "$slides"
never charts_measured_before_are_taken '*measuring*'

cp "$charts/steps.measured" "$box/measured"
{ grep -v ^busy "$box/measured" && echo busy 7; } >"$charts/steps.measured"
expect a_busy_machine_is_told 0 \
    '*5 slides*measured while the machine was busy: 11_steps/steps*--measure*' \
    "$slides"
holds and_stands_below_the_chart grep -q '· busy: CPU of other programs, 7 %</figcaption>' \
    "$decks/telar.en.html"
grep -v ^busy "$box/measured" >"$charts/steps.measured"

mkdir "$TELAR_ROOT/lessons/12_none"
expect a_lesson_without_slides_is_left_out 0 '*5 slides*' "$slides"
sed 's/11/13/' "$TELAR_ROOT/slides/11_steps.en.md" >"$TELAR_ROOT/slides/13_x.en.md"
expect slides_without_a_lesson_are_left_out 0 '*5 slides*' "$slides"
sums >"$box/kept"

# ---- Hostile text -----------------------------------------------------------

cat >>"$TELAR_ROOT/slides/11_steps.en.md" <<'END'

</script></section><script>alert(1)</script> <img src=x onerror=alert(1)>

<style>body `{` display: none `}`</style>

<p style="display: none">x</p>

]]> --&gt; `{{slides}}` & " ' `</code></pre>` -- <!-- <unclosed

    <div onclick="x"> & ]]>
END
expect hostile_text_makes_a_deck 0 '*5 slides*' "$slides"
holds it_is_well_formed xmllint --noout "$decks/telar.en.html"
holds and_does_nothing sh -c '! grep -q "alert(1)<\|<img\|onerror=\|display: none }<" "$1"' \
    - "$decks/telar.en.html"
judge one_script_stays "$([ "$(count '<script' telar.en.html)" = 1 ] && echo yes)" \
    "$(count '<script' telar.en.html)"
judge and_so_do_the_slides \
    "$([ "$(count '<section' telar.en.html)" = 5 ] && echo yes)"
new_slides

# ---- What is wrong once it is measured --------------------------------------

wrong() { # PROMISE PATTERN: status 2, and the decks stay as they were
    expect "$1" 2 "*telar: $2" "$slides"
    sums >"$box/again"
    holds "$1: the decks stay" cmp "$box/kept" "$box/again"
    new_slides
}
"$slides" >/dev/null 2>&1 && sums >"$box/kept"
edit_both 's/steps.rounds} r/steps.turns} r/'
wrong a_fact_that_nobody_said_is_told \
    'slides/11_steps.en.md:6: the chart "steps": the slide needs the fact {turns}*'
edit_both 's/read:4}/read:5}/'
wrong a_place_where_nothing_was_measured_is_told \
    'slides/11_steps.en.md:*: the chart "steps": the slide needs {median:*:5}, and*'
edit_both 's/^- a) .*/- a) [outside](http:\/\/example.org)/'
wrong a_link_is_refused 'slides/11_steps.en.md:13: slides hold all they show*'
edit_both 's/^- a) .*/- a) ![picture](x.png)/'
wrong a_picture_is_refused 'slides/11_steps.en.md:13: slides hold all they show*'
edit_both 's/^## W.*/## - a list/; s/^## P.*/## - a list/'
wrong a_title_is_a_line 'slides/11_steps.en.md:*: a title is a line of text'
edit template.html 's/{{slides}}/{{slide}}/'
wrong an_unknown_place_is_told 'slides/template.html:*: unknown {{slide}}'
edit template.html 's/{{slides}}//'
wrong a_template_without_slides_is_told 'slides/template.html:*: there is no {{slides}}'
edit template.html 's/{{slides}}/{{slides/'
wrong a_place_without_an_end_is_told 'slides/template.html:*: no end of {{slides*'
rm "$TELAR_ROOT/slides/template.html"
wrong a_missing_template_is_told 'could not read slides/template.html: No such file*'
printf '#!/bin/sh\necho no luck >&2; exit 3\n' >"$box/script"
rm "$programs/steps" && cp "$box/script" "$programs/steps" && chmod +x "$programs/steps"
wrong a_program_that_fails_is_told \
    'lessons/11_steps/steps.gp:2: steps ended with status 3: no luck'
cp "$box/steps" "$programs/steps"
"$slides" >/dev/null 2>&1 && sums >"$box/kept"
expect a_full_output_is_told 2 'telar: could not write standard output: *' \
    sh -c '"$1" >/dev/full' - "$slides"
on_full_disk() { # in a file system of its own, of 64 KiB
    unshare -rm sh -c 'mkdir -p "$1" && mount -t tmpfs -o size=64k none "$1" &&
        shift && "$@"' - "$box/full" "$@"
}
if on_full_disk true 2>/dev/null; then
    printf 'x%.0s' $(seq 40000) >"$box/long"
    edit_both "/Words/r $box/long
/Palabras/r $box/long"
    expect a_full_disk_is_told 2 '*could not write */telar.en.html: No space left*' \
        on_full_disk sh -c '"$1" --output "$2"; status=$?; ls -A "$2" >&2; exit $status' \
        - "$slides" "$box/full"
    never nothing_half_written_stays '*.new-*'
    new_slides
fi

interrupt() { # SIGNAL
    rm -f "$box/pid" "$programs/steps"
    printf '#!/bin/sh\nsleep 1000 &\necho $! >"%s.new" && mv "%s.new" "%s"; wait\n' \
        "$box/pid" "$box/pid" "$box/pid" >"$programs/steps"
    chmod +x "$programs/steps"
    "$slides" >"$box/said" 2>&1 &
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
    holds "${signal}_leaves_no_folder" sh -c '[ -z "$(ls -A "$1")" ]' - "$TMPDIR"
    sums >"$box/again"
    holds "${signal}_leaves_the_decks" cmp "$box/kept" "$box/again"
done

# ---- The real ones, from short measurements ---------------------------------

real=$box/real
mkdir -p "$real/build/charts"
cp -R "$top/lessons" "$top/slides" "$real/"
ln -s "$top/build/lessons" "$real/build/lessons"
export TELAR_ROOT="$real"
for text in "$top"/slides/[0-9][0-9]_*.en.md; do
    topic=${text##*/} topic=${topic%.en.md}
    [ -d "$real/lessons/$topic" ] || continue
    holds "short_measurements_of_$topic" "$plot" "$topic" --quick --brief --plain \
        --output "$real/build/charts/$topic"
    for origin in "$real/build/charts/$topic"/*.measured; do # let them pass
        script=$real/lessons/$topic/$(basename "$origin" .measured).gp
        sed "s/^command .*/command $(sed -n 's/^# program: //p' "$script")/" \
            "$origin" >"$box/edited" && cp "$box/edited" "$origin"
    done
done
expect the_real_decks_are_made 0 '*telar.en.html: * slides*telar.es.html: * slides*' \
    "$slides"
never nothing_is_measured_for_them '*measuring*'
for lang in en es; do
    holds "the_real_deck_is_well_formed_$lang" xmllint --noout \
        "$real/build/slides/telar.$lang.html"
    holds "the_real_deck_is_true_$lang" look "$real" $lang
    holds "every_topic_has_a_chart_$lang" sh -c \
        'python3 "$1" "$2" "$3" "$4" | awk "{ if (\$2 < 6 || \$2 > 9 || \$4 < 1 || \$5 < 1) bad = 1 } END { exit bad }"' \
        - "$top/tests/deck_look.py" "$real" "$real/build/slides/telar.$lang.html" $lang
done

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
