#!/bin/sh
# test_front.sh - the front door keeps its promises, whoever calls from wherever
#
# Plays ./telar in a copy whose rooms are stand-ins that say what they got, so
# that only the door is on trial. FRONT_SHELL=busybox tries another shell.
top=$(cd "$(dirname "$0")/.." && pwd) || exit 2
box=$(mktemp -d) || exit 2
chmod 755 "$box"
trap 'rm -rf "$box"' EXIT
trap 'exit 130' INT TERM
house="$box/a house"
passed=0 failed=0
unset MAKEFLAGS MFLAGS MAKELEVEL BUILD SAN CC TELAR_ROOT TELAR_STATE
unset LANGUAGE LC_ALL LC_MESSAGES LANG
mkdir "$box/tmp"
export TELAR_LANG=en TERM=dumb TMPDIR="$box/tmp"
export TELAR_APT_LISTS="$box/lists"
mkdir "$TELAR_APT_LISTS" && : >"$TELAR_APT_LISTS/debian_Packages"

# ---- Tools of the trial -----------------------------------------------------

# Runs COMMAND; status and what it prints (both streams) must be as promised.
expect() { # PROMISE STATUS PATTERN COMMAND...
    promise=$1 wanted=$2 pattern=$3
    shift 3
    text=$("$@" </dev/null 2>&1)
    status=$?
    # shellcheck disable=SC2254 # a pattern
    case $text in $pattern) good=yes ;; *) good= ;; esac
    [ "$status" = "$wanted" ] || good=
    judge "$promise" "$good" "status $status, wanted $wanted" \
        "wanted: $pattern" "got: $text"
}

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

# A house with the real door and stand-ins for the rooms.
new_house() {
    chmod -R u+w "$house" 2>/dev/null
    rm -rf "$house"
    mkdir -p "$house/tools" "$house/runtime"
    cp "$top/telar" "$house/"
    cp -R "$top/tools/install" "$house/tools/"
    cp "$top/runtime/fact.c" "$top/runtime/fact.h" "$house/runtime/"
    cat >"$house/room" <<'END'
#!/bin/sh
printf '%s' "${0##*/}"
for word; do printf ' [%s]' "$word"; done
echo " $TELAR_LANG${TELAR_DOOR:+ $TELAR_LANG_BEFORE}"
exit "${ROOM_STATUS:-0}"
END
    cat >"$house/Makefile" <<'END'
bin = $(patsubst %,build/bin/telar-%,player check run explore play plot claims view \
	export)
all: $(bin)
build/bin/%: room
	$(info $()  LD $*)
	@echo $* >>built; mkdir -p build/bin
	@cp room $@; chmod +x $@; echo "CC is $(CC)" >compiler
tests: all
test:
	@mkdir -p "$${TELAR_STATE:-.telar}"; echo 3 passed, 1 failed
format-check:
END
    : >"$house/tools/install/packages"
}

telar() {
    if [ -n "$FRONT_SHELL" ]; then
        # shellcheck disable=SC2086 # "busybox ash" is two words
        $FRONT_SHELL "$house/telar" "$@"
    else
        "$house/telar" "$@"
    fi
}

# A bare machine: a few programs, linked in a folder that is the whole PATH.
new_machine() {
    rm -rf "${box:?}/bin" && mkdir "$box/bin"
    for tool in sh env cat sed grep tail tr readlink mktemp rm mkdir mv cp \
        chmod make flock nproc awk tee ${FRONT_SHELL%% *}; do
        ln -s "$(command -v "$tool")" "$box/bin/$tool"
    done
    stand_in id 'echo 0'
}

stand_in() { # NAME SCRIPT
    printf '#!/bin/sh\n%s\n' "$2" >"$box/bin/$1"
    chmod +x "$box/bin/$1"
}

on_machine() { # COMMAND...
    (PATH=$box/bin && export PATH && "$@")
}

# An apt-get that "installs" by making the program that is wanted; what it was
# asked stands in $box/asked.
stand_in_apt() {
    : >"$box/asked"
    stand_in apt-get "echo \"\$*\" >>'$box/asked'
case \"\$*\" in
*print-uris*) echo \"'http://x/y.deb' y.deb 1500000 SHA\" ;;
*download-only*) ;;
*install*) printf '#!/bin/sh\n' >'$box/bin/loom-shuttle'
    chmod +x '$box/bin/loom-shuttle' ;;
esac"
}

want_shuttle() {
    echo 'core loom-shuttle shuttle shuttle-devel+yarn arch-shuttle shuttle-dev' \
        >"$house/tools/install/packages"
}

# Runs COMMAND on a terminal of its own, with ANSWER typed into it.
on_terminal() { # ANSWER COMMAND
    printf '%s\n' "$1" | script -qec "$2" /dev/null
}

# ---- Verbs and their rooms --------------------------------------------------

new_house
expect no_verb_opens_the_menu 0 '*telar-player \[menu] en' telar
expect a_second_call_builds_nothing 0 'telar-player \[menu] en' telar
expect lesson_opens_the_player 0 \
    'telar-player \[lesson] \[02] \[--auto] en' telar lesson 02 --auto
for verb in check watch hint reset; do
    expect "${verb}_opens_the_grader" 0 "telar-check \[$verb] \[02] en" \
        telar $verb 02
done
expect view_opens_viz 0 'telar-view \[t] \[--at] \[3] en' \
    telar view t --at 3
expect export_opens_the_exporter 0 \
    'telar-export \[t] \[--to] \[csv] en' telar export t --to csv
expect run_opens_the_recorder 0 'telar-run \[ls] \[--lang] \[fr] en en' \
    telar run ls --lang fr
expect run_that_could_not_is_125 125 'telar: --lang takes*' \
    telar run --lang fr ls
expect run_knows_what_the_caller_had 0 'telar-run en es' env TELAR_LANG=es \
    "$house/telar" --lang en run
expect words_arrive_whole 0 'telar-check \[check] \[a b] \[] \[.x\*] en' \
    telar check 'a b' '' '.x*'
for status in 0 1 2 125; do
    expect "status_${status}_passes_through" $status '*' \
        env ROOM_STATUS=$status "$house/telar" check
done

# ---- What is not there ------------------------------------------------------

expect unknown_verb_gets_the_nearest 2 "telar: there is no 'lessno'*telar lesson'*" \
    telar lessno
expect reflex_of_a_spanish_speaker_is_understood 2 "*no existe*telar lesson'*" \
    telar --lang es lección
for verb in handin grade grade-one class; do
    expect "${verb}_says_it_is_not_there_yet" 2 \
        "telar: this version*does not have '$verb' yet*CHANGELOG.md*" telar $verb
done
expect unknown_option_is_refused 2 "telar: unknown option '--colour'*" \
    telar --colour
expect doors_own_verb_refuses_a_stray_word 2 "telar: version takes no 'x'" \
    telar version x

# ---- Help, version, list ----------------------------------------------------

expect help_lists_the_verbs 0 '*telar lesson*telar check*Exit status*' telar help
expect help_speaks_spanish 0 '*lección*Estado de salida*' telar --lang es help
expect help_of_a_verb_comes_from_its_room 0 'telar-check \[check] \[--help] en' \
    telar help check
expect help_of_an_own_verb_is_its_line 0 '*telar doctor*mend it' \
    telar help doctor
expect help_of_nothing_known_is_refused 2 "*there is no 'zzz'*" telar help zzz
expect version_says_the_changelogs 0 \
    "telar $(sed -n 's/^## \([0-9.]*\).*/\1/p' "$top/CHANGELOG.md" | head -n 1)" \
    telar version
mkdir -p "$house/lessons/02_pipes" "$house/labs/02_pipes"
echo '# 02 · Pipes' >"$house/lessons/02_pipes/lesson.en.md"
echo '# 02 · Tuberías' >"$house/lessons/02_pipes/lesson.es.md"
expect list_gives_folder_and_title 0 '*02_pipes*02 · Pipes*Labs*' telar list
expect list_takes_the_language_after_the_verb 0 '*Tuberías*' telar list --lang es

# ---- Language ---------------------------------------------------------------

expect lang_before_the_verb 0 '*] es' telar --lang es check
expect lang_before_the_verb_with_equals 0 '*] es' telar --lang=es check
expect lang_after_the_verb 0 '*\[--lang] \[es] es' telar check --lang es
expect lang_after_two_dashes_is_not_ours 0 '*] en' telar check -- --lang es
expect lang_of_nobody_is_refused 2 "telar: --lang takes es or en, not 'fr'" \
    telar --lang fr check
expect lang_without_a_value_is_refused 2 'telar: --lang: which?*' telar --lang

# The door and runtime/message.c must choose alike: one table through both.
cat >"$box/choose.c" <<'END'
#include <stdio.h>
#include "runtime/message.h"
int main(void)
{
    lang_set(NULL);
    puts(lang_name());
}
END
gcc -std=c11 -I"$top" -o "$box/choose" "$box/choose.c" \
    "$top/runtime/message.c" || exit 2
door_language() {
    "$house/telar" list | sed -n '1s/^Lessons.*/en/p;1s/^Lecciones.*/es/p'
}
while read -r telar_lang language all messages lang; do
    for name in telar_lang language all messages lang; do
        eval "[ \"\$$name\" != - ] || $name="
    done
    chosen=$(
        export TELAR_LANG="$telar_lang" LANGUAGE="$language" LC_ALL="$all"
        export LC_MESSAGES="$messages" LANG="$lang"
        echo "$(door_language) $("$box/choose")"
    )
    case $chosen in "es es" | "en en") same=yes ;; *) same= ;; esac
    judge "door_and_runtime_choose_alike" "$same" "door, runtime: $chosen" \
        "for: $telar_lang,$language,$all,$messages,$lang"
done <<'END'
-       -       -           -       -
en      es      es          es      es
es      en      en          en      en
fr      en      es          -       -
-       en:es   es_AR.UTF-8 -       -
-       fr:en   -           -       es_ES
-       -       en_US.UTF-8 es      es
-       -       C           en_GB   es
-       -       C.UTF-8     -       en
-       -       POSIX       -       fr_FR
english en@x    -           -       -
esperanto -     -           -       en_US
EN      -       -           -       en.UTF-8
e       -       -           -       en
END

# ---- Where it is called from ------------------------------------------------

ln -s "$house/telar" "$box/link"
expect a_link_finds_the_house 0 'telar-player \[menu] en' "$box/link"
expect another_folder_will_do 0 'telar-player \[menu] en' \
    sh -c "cd / && '$house/telar'"
expect relative_files_stay_relative 0 'telar-view \[./t] en' \
    sh -c "cd '$box' && 'a house/telar' view ./t"
expect a_lone_copy_says_what_it_lacks 2 'telar: cannot find the rest of Telar*' \
    sh -c "cp '$house/telar' '$box/lone' && '$box/lone'"
expect cdpath_does_not_mislead 0 'telar-player \[menu] en' \
    env CDPATH=/tmp:/usr "$house/telar"

# ---- Building ---------------------------------------------------------------

new_house
for n in 1 2 3 4; do
    telar check $n >"$box/out$n" 2>&1 &
done
wait
text=$(cat "$box"/out? | grep -c '^telar-check \[check]')
judge calls_at_once_all_work "$([ "$text" = 4 ] && echo yes)" \
    "$(cat "$box"/out?)"
judge calls_at_once_build_once "$([ "$(wc -l <"$house/built")" = 9 ] && echo yes)" \
    "built: $(cat "$house/built")"

: >"$house/built"
touch "$house/build/unfinished"
expect after_a_killed_build_it_works 0 '*telar-check \[check] en' telar check
judge after_a_killed_build_nothing_is_trusted \
    "$([ "$(wc -l <"$house/built")" = 9 ] && echo yes)" \
    "built: $(cat "$house/built")"
judge a_whole_build_leaves_no_mark \
    "$([ ! -e "$house/build/unfinished" ] && echo yes)" unfinished is there

touch -d '+1 hour' "$house/room" 2>/dev/null
expect the_callers_compiler_does_not_leak_in 0 '*telar-check \[check] en' \
    env CC=clang CFLAGS=-bad MAKEFLAGS=n "$house/telar" check
judge the_build_is_always_the_plain_one \
    "$(grep -qx 'CC is cc' "$house/compiler" && echo yes)" \
    "$(cat "$house/compiler")"

new_house
printf 'all:\n\t@echo "lost.c:1: error: no such word"; exit 1\n' \
    >"$house/Makefile"
expect a_failed_build_shows_the_compilers_words 2 \
    "*lost.c:1: error: no such word*telar: the build failed*build/log" telar
expect a_failed_build_fails_again 2 '*no such word*the build failed*' telar check

if command -v script >/dev/null; then
    new_house
    expect a_build_on_a_terminal_counts_to_its_end 0 '*?1/9]  LD *?9/9]  LD *' \
        on_terminal '' "'$house/telar' check"
fi

# An interrupt in the middle: no process stays, the next call builds all.
new_house
mkfifo "$box/hold"
cp "$house/Makefile" "$box/whole"
printf 'all:\n\t@cat %s/hold\n' "$box" >"$house/Makefile"
env --default-signal=INT setsid "$house/telar" check >"$box/out" 2>&1 &
group=$!
exec 8>"$box/hold" # opens once the build's cat has opened its end
kill -INT "-$group"
wait "$group" && good='' || good=yes
judge an_interrupted_build_is_not_a_success "$good" "$(cat "$box/out")"
judge an_interrupted_build_leaves_no_process \
    "$(! kill -0 "-$group" 2>/dev/null && echo yes)" "group $group lives"
exec 8>&-
cp "$box/whole" "$house/Makefile"
expect after_an_interrupt_it_builds_again 0 '*telar-check \[check] en' telar check

# ---- A folder that cannot be written ----------------------------------------

as_other() { # COMMAND... as somebody who owns nothing here
    if [ "$(id -u)" -eq 0 ]; then
        setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
    else
        "$@"
    fi
}
chmod -R a-w "$house"
chmod -R a+rX "$house"
expect read_only_with_a_build_works 0 'telar-player \[menu] en' \
    as_other "$house/telar"
touch -d '+1 hour' "$house/room" 2>/dev/null || {
    chmod u+w "$house/room" && touch -d '+1 hour' "$house/room"
    chmod a-w "$house/room"
}
expect read_only_and_stale_warns_and_works 0 \
    '*cannot be written: using the build there is*telar-player \[menu] en' \
    as_other "$house/telar"
chmod -R u+w "$house"
rm -rf "$house/build"
chmod -R a-w "$house"
expect read_only_without_a_build_says_so 2 \
    'telar: *cannot be written: copy the folder*' as_other "$house/telar"
new_house

# ---- Installing -------------------------------------------------------------

new_machine
want_shuttle
expect no_package_manager_gives_the_names 2 \
    '*no package manager*by hand: shuttle' on_machine telar
stand_in dnf exit
expect fedora_gets_its_own_names 2 \
    '*dnf install shuttle-devel yarn' on_machine telar
new_machine
stand_in pacman exit
expect arch_gets_its_own_names 2 '*pacman -S --needed arch-shuttle' \
    on_machine telar
new_machine
stand_in apk exit
expect alpine_gets_its_own_names 2 '*apk add shuttle-dev' on_machine telar

new_machine
stand_in_apt
stand_in id 'echo 1000'
expect without_root_the_exact_command 2 \
    "*su -c 'apt-get install --no-install-recommends shuttle'" on_machine telar
stand_in sudo 'exit 1'
expect where_sudo_refuses_the_exact_command 2 \
    '*sudo apt-get install --no-install-recommends shuttle' on_machine telar
expect a_machine_without_lists_is_told_to_fetch_them 2 \
    '*: sudo apt-get update && sudo apt-get install * shuttle' \
    on_machine env TELAR_APT_LISTS="$box/none" "$house/telar"
judge nothing_is_installed_without_leave \
    "$(! grep -q '^-y.* install' "$box/asked" && echo yes)" "$(cat "$box/asked")"
# shellcheck disable=SC2016 # the stand-in's own words
stand_in sudo 'case $1 in -n) exit 0 ;; esac
exec "$@"'
expect with_sudo_it_installs_and_goes_on 0 \
    '*Missing here: shuttle*2 MB*telar-player \[menu] en' on_machine telar

new_house
want_shuttle
new_machine
stand_in_apt
expect as_root_it_installs_and_goes_on 0 \
    '*Missing here: shuttle*telar-player \[menu] en' on_machine telar
judge lists_are_not_refreshed_without_need \
    "$(! grep -q update "$box/asked" && echo yes)" "$(cat "$box/asked")"
expect what_is_there_is_not_installed_again 0 'telar-player \[menu] en' \
    on_machine telar

new_house
want_shuttle
new_machine
stand_in_apt
stand_in apt-real "$(sed 1d "$box/bin/apt-get")"
stand_in apt-get "case \"\$*\" in
*update*) : >'$box/fresh' ;;
*) [ -e '$box/fresh' ] || { echo 'E: Unable to locate package' >&2; exit 100; } ;;
esac
exec '$box/bin/apt-real' \"\$@\""
expect empty_lists_are_refreshed 0 '*Refreshing*telar-player \[menu] en' \
    on_machine telar

new_house
want_shuttle
new_machine
stand_in apt-get 'echo "E: Could not resolve deb.example" >&2; exit 100'
expect no_network_is_one_line_with_a_remedy 2 \
    '*apt-get failed (Could not resolve deb.example)*network*details in*' \
    on_machine telar
stand_in_apt
stand_in apt-get 'case "$*" in *print-uris*) echo ;; esac'
expect what_apt_did_not_bring_is_named 2 '*shuttle: installed, and still not*' \
    on_machine telar
: >"$house/tools/install/packages"
on_machine telar check >"$box/out" 2>&1
want_shuttle
stand_in id 'echo 1000'
expect with_an_earlier_build_it_warns_and_works 0 \
    '*needs an administrator*telar-player \[menu] en' on_machine telar

new_house
want_shuttle
new_machine
stand_in_apt
if command -v script >/dev/null; then
    asked="PATH='$box/bin' '$house/telar'"
    expect no_on_a_terminal_installs_nothing 2 \
        '*Install them now*nothing was installed*apt-get install*' \
        on_terminal n "$asked"
    expect yes_option_does_not_ask 0 '*telar-player*' \
        on_terminal n "$asked --yes"
    rm -f "$box/bin/loom-shuttle"
    expect yes_on_a_terminal_installs 0 \
        '*Install them now*telar-player*' on_terminal '' "$asked"
fi

# ---- doctor and test --------------------------------------------------------

new_house
expect doctor_is_content_here 0 '*every package*can work here.' telar doctor
expect doctor_speaks_spanish 0 '*Para compilar*pueden funcionar.' \
    telar --lang es doctor
echo 'core loom-shuttle shuttle - - -' >"$house/tools/install/packages"
expect doctor_names_what_is_wanting 1 '*missing packages*shuttle*see the lines*' \
    telar doctor
: >"$house/tools/install/packages"
expect test_looks_at_the_layout_then_adds_up_every_run 1 \
    '*make format-check*make test*SAN=address*CC=clang*10 passed, 3 failed' \
    telar test
judge test_leaves_the_students_progress_alone \
    "$([ ! -e "$house/.telar" ] && echo yes)" "$house/.telar was made"
sed -i 's/3 passed, 1 failed/dead/' "$house/Makefile"
expect a_run_without_a_sum_is_a_failure 1 '*1 passed, 3 failed' telar test

# ---- The runner of the tests ------------------------------------------------

new_house
mkdir -p "$house/tests"
cp "$top/tests/run" "$house/tests/"
a_test() { # NAME SCRIPT
    printf '#!/bin/sh\n%s\n' "$2" >"$house/tests/test_$1.sh"
    chmod +x "$house/tests/test_$1.sh"
}
a_test good 'echo 7 passed, 0 failed'
expect a_test_that_passes_passes 0 \
    'test_good * ok * 7 passed, 0 failed*1 passed, 0 failed' "$house/tests/run"
a_test bad 'echo why; exit 1'
a_test leaves ": >\"\$TMPDIR/left\""
a_test dies "kill -9 \$\$"
expect what_failed_is_named_and_counted 1 '*    why*failed: test_*1 passed, 3 failed' \
    "$house/tests/run"
for name in bad leaves dies; do
    judge "the_runner_names_test_$name" "$(echo "$text" |
        grep -q "^failed:.* test_$name" && echo yes)" "$text"
done
expect a_test_can_be_asked_for 0 'test_good*1 passed, 0 failed' \
    "$house/tests/run" test_good
expect nothing_passed_is_a_failure 1 '0 passed, 0 failed' \
    "$house/tests/run" test_none
rm "$house"/tests/test_*
a_test good "read -r word <'$box/hold'; [ \"\$word\" = beside ]"
a_test other "echo beside >'$box/hold'"
expect two_tests_run_beside_each_other 0 '*2 passed, 0 failed' \
    env JOBS=2 "$house/tests/run"
a_test a_measure "# alone: it measures
[ \"\$(find '$house/tests' -name 'done_*' | grep -c .)\" = 2 ]"
a_test good ": >'$house/tests/done_good'"
a_test other ": >'$house/tests/done_other'"
expect who_wants_to_be_alone_comes_after_all_others 0 '*3 passed, 0 failed' \
    env JOBS=3 "$house/tests/run"
a_test good "env --default-signal=TERM sleep 1000 & echo \$! >'$box/pid'; wait"
: >"$box/pid"
env --default-signal=INT setsid "$house/tests/run" test_good >"$box/out" 2>&1 &
group=$!
until [ -s "$box/pid" ]; do sleep 0.05; done
kill -INT "-$group"
wait "$group"
tries=0
while kill -0 "$(cat "$box/pid")" 2>/dev/null && [ "$tries" -lt 200 ]; do
    tries=$((tries + 1))
    sleep 0.05
done
judge an_interrupt_ends_the_tests_at_once \
    "$(! kill -0 "$(cat "$box/pid")" 2>/dev/null && echo yes)" "$(cat "$box/out")"

# ---- The list of packages, and the shell itself -----------------------------

crooked=$(grep -v '^#' "$top/tools/install/packages" | awk 'NF && NF != 6')
judge every_package_has_a_name_in_each_system \
    "$([ -z "$crooked" ] && echo yes)" "$crooked"
if command -v shellcheck >/dev/null; then
    expect the_door_is_clean_posix_shell 0 '' sh -c "cd '$top' &&
        shellcheck -s sh -x telar .ci/run tests/run tests/test_front.sh \
        tests/test_readme.sh"
fi
if [ -z "$FRONT_SHELL" ] && command -v busybox >/dev/null; then
    expect busybox_ash_keeps_every_promise 0 '*, 0 failed' \
        env FRONT_SHELL="busybox ash" "$0"
fi

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
