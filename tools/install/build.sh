# shellcheck shell=sh
# build.sh - has make build what is not up to date, one at a time
#
# Interface: build, is_built.
# Sourced by telar, which gives $root, say, could_not and warn.

is_built() {
    [ -x "$root/build/bin/telar-player" ]
}

# The plain build, whatever the caller's environment or an outer make wants.
make_plain() {
    (
        unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES CC CFLAGS LDFLAGS
        unset BUILD SAN V Q
        cd "$root" && exec make --no-print-directory "$@"
    )
}

build() {
    is_current && return
    can_write || return 0
    build_locked || exit $?
}

# Nothing of the caller's goes to make: make would have it append (O_APPEND), and
# a program that writes here and there into its output would be harmed.
is_current() {
    is_built && [ ! -e "$root/build/unfinished" ] &&
        make_plain -q all >/dev/null 2>&1
}

can_write() {
    mkdir -p "$root/build" 2>/dev/null && [ -w "$root/build" ] && return
    is_built || could_not \
        "%s cannot be written: copy the folder to your home and build it there" \
        "no se puede escribir en %s: copia la carpeta a tu casa y compila ahí" \
        "$root"
    warn "%s cannot be written: using the build there is, older than the sources" \
        "no se puede escribir en %s: uso lo ya compilado, anterior a las fuentes" \
        "$root"
    return 1
}

# Descriptor 9 holds the lock; make inherits it, so that the lock lasts until
# the last compiler is gone even if this shell is killed.
build_locked() {
    (
        flock -n 9 || wait_for_other
        is_current || build_whole
    ) 9>"$root/build/lock"
}

wait_for_other() {
    say "Another telar is building; I wait for it." \
        "Otro telar está compilando; lo espero." >&2
    flock 9
}

# build/unfinished outlives only a kill: then no file in build/ is trusted.
build_whole() {
    set --
    [ ! -e "$root/build/unfinished" ] || set -- -B
    : >"$root/build/unfinished" && : >"$root/build/log" || could_not \
        "cannot write in %s (is the disk full?)" \
        "no se puede escribir en %s (¿está lleno el disco?)" "$root/build"
    say "Building..." "Compilo..." >&2
    status=$({ {
        make_plain -j"$(nproc)" "$@" all 2>&1 3>&-
        echo $? >&3
    } | build_progress "$@" 3>&-; } 3>&1)
    rm -f "$root/build/unfinished"
    [ "$status" = 0 ] || build_failed
}

steps_to_build() { # OPTION of make...
    make_plain -n "$@" all 2>/dev/null | grep -c '^  [A-Z]'
}

# Keeps what make says in build/log; on a terminal counts along.
build_progress() {
    done=0 total=
    [ ! -t 2 ] || total=$(steps_to_build "$@")
    while IFS= read -r line; do
        printf '%s\n' "$line" >>"$root/build/log"
        [ -n "$total" ] || continue
        case $line in
        "  "[A-Z]*) done=$((done + 1)) && printf '\r[%d/%d]%-40.40s' \
            "$done" "$total" "$line" >&2 ;;
        esac
    done
    [ -z "$total" ] || printf '\r%-60s\r' '' >&2
}

build_failed() {
    grep -v '^  [A-Z]' "$root/build/log" | tail -n 15 >&2
    could_not "the build failed; all of it is in %s" \
        "la compilación falló; todo está en %s" "$root/build/log"
}
