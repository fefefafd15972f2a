# shellcheck shell=sh
# doctor.sh - what this machine can and cannot do for Telar, and how to mend it
#
# Interface: doctor. Returns 1 where something necessary is wanting.
# Sourced by telar, which gives $root, say and could_not.

doctor() {
    wanting=
    doctor_marks
    box=$(mktemp -d) || could_not "cannot write in %s" \
        "no se puede escribir en %s" "${TMPDIR:-/tmp}"
    trap 'rm -rf "$box"' EXIT
    trap 'exit 130' INT TERM
    say "To build, and to grade labs" "Para compilar y corregir"
    see_packages
    see_tools
    see_build
    say "This terminal" "Esta terminal"
    see_terminal
    say "What the kernel allows" "Lo que permite el núcleo"
    see_kernel
    say "This machine" "Esta máquina"
    see_machine
    doctor_sum
}

# ✔ it is there   ✘ necessary and wanting   • works, with less
doctor_marks() {
    ok=ok no=NO less=--
    case $(locale charmap 2>/dev/null) in UTF-8) ok=✔ no=✘ less=• ;; esac
}

good() { # ENGLISH SPANISH ARG...
    printf '  %s ' "$ok" && say "$@"
}

bad() { # ENGLISH SPANISH ARG...
    wanting=yes
    printf '  %s ' "$no" && say "$@"
}

note() { # ENGLISH SPANISH ARG...
    printf '  %s ' "$less" && say "$@"
}

doctor_sum() {
    if [ -n "$wanting" ]; then
        say "Something necessary is wanting: see the lines with %s." \
            "Falta algo necesario: mira las líneas con %s." "$no"
        return 1
    fi
    say "Lessons and labs can work here." \
        "Aquí las lecciones y los laboratorios pueden funcionar."
}

# ---- To build, and to grade labs --------------------------------------------

see_packages() {
    find_missing core
    if [ -z "$missing" ]; then
        good "every package of the core is here" \
            "están todos los paquetes básicos"
    else
        # shellcheck disable=SC2086 # package names, split on purpose
        bad "missing packages. ./telar installs them, or: %s" \
            "faltan paquetes. ./telar los instala, o bien: %s" \
            "$(install_command $missing)"
    fi
    find_missing test
    [ -z "$missing" ] || note "only ./telar test needs, and installs: %s" \
        "solo ./telar test necesita, e instala: %s" "$missing"
}

see_tools() {
    for tool in gcc make clang; do
        command -v $tool >/dev/null || continue
        good "%s" "%s" "$tool $(version_of $tool)"
    done
    command -v gcc >/dev/null || return 0
    see_compiler
    see_sanitizers
}

see_compiler() {
    compile "$root/tools/install/probe.c" "$root/runtime/fact.c" &&
        "$box/program" 2>"$box/facts" && return
    bad "gcc cannot compile and run a small program: %s" \
        "gcc no logra compilar y ejecutar un programa pequeño: %s" \
        "$(head -n 1 "$box/log")"
}

version_of() { # PROGRAM
    "$1" --version | sed -n '1s/^[^0-9]*[^0-9.]\([0-9][0-9.]*\).*/\1/p'
}

compile() { # ARG... (the program is $box/program)
    gcc -std=c11 -D_GNU_SOURCE -I"$root" -o "$box/program" "$@" \
        >"$box/log" 2>&1
}

see_sanitizers() {
    echo 'int main(int n, char **v) { return n - !!v; }' >"$box/hello.c"
    if ! compile -fsanitize=address,undefined "$box/hello.c"; then
        bad "no sanitizers (libasan, libubsan): labs cannot check memory" \
            "sin sanitizers (libasan, libubsan) no se revisa la memoria"
    elif runs_often; then
        good "address and undefined sanitizers compile and run" \
            "los sanitizers address y undefined compilan y corren"
    elif runs_often setarch -R; then
        note "sanitizers run only without address randomisation: Telar \
launches them so (or: sysctl vm.mmap_rnd_bits=28)" "los sanitizers corren \
solo sin aleatorizar direcciones: Telar los lanza así (o bien: sysctl \
vm.mmap_rnd_bits=28)"
    else
        bad "programs with sanitizers do not run (vm.mmap_rnd_bits=%s; try \
sysctl vm.mmap_rnd_bits=28)" "los programas con sanitizers no corren \
(vm.mmap_rnd_bits=%s; prueba sysctl vm.mmap_rnd_bits=28)" \
            "$(setting vm/mmap_rnd_bits)"
    fi
}

# A clash with random addresses comes only sometimes: eight times is telling.
runs_often() { # [LAUNCHER ARG...]
    for _ in 1 2 3 4 5 6 7 8; do
        "$@" "$box/program" >/dev/null 2>&1 || return 1
    done
}

see_build() {
    if ! is_built; then
        note "not built yet: ./telar builds it" \
            "aún sin compilar: ./telar lo compila"
    elif is_current; then
        good "the build is up to date" "lo compilado está al día"
    else
        note "the build is older than the sources: ./telar renews it" \
            "lo compilado es anterior a las fuentes: ./telar lo renueva"
    fi
}

# ---- This terminal ----------------------------------------------------------

see_terminal() {
    if [ "$ok" = ok ]; then
        note "the locale is not UTF-8, accents may break: export LANG=C.UTF-8" \
            "la configuración no es UTF-8, las tildes pueden fallar: \
export LANG=C.UTF-8"
    else
        good "UTF-8" "UTF-8"
    fi
    if [ ! -t 1 ] || [ "${TERM:-dumb}" = dumb ]; then
        note "no screen here (TERM=%s): everything goes as plain text" \
            "aquí no hay pantalla (TERM=%s): todo sale como texto simple" \
            "$TERM"
        return
    fi
    see_colours
    see_size
}

see_colours() {
    colours=$(tput colors 2>/dev/null) || colours=0
    if [ "$colours" -ge 8 ] && [ -z "$NO_COLOR" ]; then
        good "%s colours" "%s colores" "$colours"
    else
        note "no colour: glyphs and words say the same" \
            "sin color: los signos y las palabras dicen lo mismo"
    fi
}

see_size() {
    size=$(stty size <&1 2>/dev/null) || size="0 0"
    rows=${size% *} columns=${size#* }
    [ "$rows" -gt 0 ] && [ "$columns" -gt 0 ] || rows=24 columns=80
    if [ "$columns" -ge 60 ] && [ "$rows" -ge 10 ]; then
        good "%s columns, %s rows" "%s columnas, %s filas" "$columns" "$rows"
    else
        note "%s columns, %s rows; 60 by 10 is the least that reads well" \
            "%s columnas, %s filas; 60 por 10 es lo mínimo para leer bien" \
            "$columns" "$rows"
    fi
}

# ---- What the kernel allows -------------------------------------------------

see_kernel() {
    good "%s" "%s" "$(uname -sr)"
    [ -s "$box/facts" ] || return 0
    see_fact seccomp_notify \
        "seccomp user notification: the order of writes is recorded" \
        "notificación de seccomp: se registra el orden de las escrituras" \
        "no seccomp user notification: the order of writes is not known" \
        "sin notificación de seccomp: no se sabe el orden de las escrituras"
    see_fact ptrace "programs can be traced (gdb, strace)" \
        "se pueden seguir programas (gdb, strace)" \
        "programs cannot be traced: gdb will not work (a container needs \
--cap-add=SYS_PTRACE)" \
        "no se pueden seguir programas: gdb no servirá (un contenedor \
necesita --cap-add=SYS_PTRACE)"
    see_perf
    see_fact pid_namespace \
        "process namespaces: a lab can be kept apart" \
        "espacios de nombres de procesos: se puede aislar un lab" \
        "no process namespaces: a lab runs with less isolation" \
        "sin espacios de nombres de procesos: un lab corre menos aislado"
    see_fact landlock_version "Landlock: a lab can be confined to its own files" \
        "Landlock: un lab puede quedar limitado a sus archivos" \
        "no Landlock: files are protected by permissions alone" \
        "sin Landlock: solo los permisos protegen los archivos"
    see_ptrace_scope
}

see_fact() { # NAME GOOD_ENGLISH GOOD_SPANISH LESS_ENGLISH LESS_SPANISH
    if [ "$(sed -n "s/^fact $1 //p" "$box/facts")" -gt 0 ]; then
        good "$2" "$3"
    else
        note "$4" "$5"
    fi
}

# Which of its two sources of scheduling run has here. A container may refuse
# what the setting allows.
see_perf() {
    if [ "$(setting kernel/perf_event_paranoid)" -gt 2 ] 2>/dev/null; then
        more='sudo sysctl kernel.perf_event_paranoid=2'
    else
        more='docker run --cap-add=PERFMON --security-opt seccomp=unconfined'
    fi
    see_fact perf_events \
        "run sees every context switch (perf)" \
        "run ve cada cambio de contexto (perf)" \
        "run takes samples: context switches are hidden. For more: $more" \
        "run toma muestras: los cambios de contexto no se ven. Para más: $more"
}

see_ptrace_scope() {
    [ "$(setting kernel/yama/ptrace_scope)" != 0 ] || return 0
    [ -e /proc/sys/kernel/yama/ptrace_scope ] || return 0
    note "gdb -p needs: sudo sysctl kernel.yama.ptrace_scope=0 (now %s)" \
        "gdb -p requiere: sudo sysctl kernel.yama.ptrace_scope=0 (ahora %s)" \
        "$(setting kernel/yama/ptrace_scope)"
}

setting() { # NAME under /proc/sys
    cat "/proc/sys/$1" 2>/dev/null || echo '?'
}

# ---- This machine -----------------------------------------------------------

see_machine() {
    see_state
    see_disk
    see_cores
    see_clock
    case $root in
    /mnt/[a-z]/*) note \
        "a Windows folder: slow, and saves go unseen; better under %s" \
        "una carpeta de Windows: lenta y no avisa al guardar; mejor en %s" \
        "$HOME" ;;
    esac
}

see_state() {
    state=${TELAR_STATE:-$root/.telar}
    place=$state
    [ -d "$state" ] || place=${state%/*}
    if [ -w "$place" ]; then
        good "progress is kept in %s" "el avance se guarda en %s" "$state"
    else
        note "%s cannot be written: progress would be lost; try \
TELAR_STATE=FOLDER" "no se puede escribir en %s: el avance se perdería; \
prueba TELAR_STATE=CARPETA" "$state"
    fi
}

see_disk() {
    free=$(df -Pk "$root" | awk 'NR == 2 { print int($4 / 1024) }')
    if [ "$free" -ge 300 ]; then
        good "%s MB free on the disk" "%s MB libres en el disco" "$free"
    elif is_built; then
        note "only %s MB free on the disk" "solo %s MB libres en el disco" \
            "$free"
    else
        bad "only %s MB free on the disk: building needs 300" \
            "solo %s MB libres en el disco: compilar requiere 300" "$free"
    fi
}

see_cores() {
    quota=$(cpu_quota)
    if [ -n "$quota" ]; then
        note "%s cores, but a quota of %s %% of one: threads will wait" \
            "%s núcleos, con una cuota del %s %% de uno: los hilos esperarán" \
            "$(nproc)" "$quota"
    elif [ "$(nproc)" -gt 1 ]; then
        good "%s cores" "%s núcleos" "$(nproc)"
    else
        note "one core: nothing here runs truly in parallel" \
            "un solo núcleo: aquí nada corre de verdad en paralelo"
    fi
}

# What a control group grants, in percent of one core; nothing: no limit.
cpu_quota() {
    if [ -r /sys/fs/cgroup/cpu.max ]; then
        read -r quota period </sys/fs/cgroup/cpu.max
    elif [ -r /sys/fs/cgroup/cpu/cpu.cfs_quota_us ]; then
        quota=$(cat /sys/fs/cgroup/cpu/cpu.cfs_quota_us)
        period=$(cat /sys/fs/cgroup/cpu/cpu.cfs_period_us)
    fi
    case ${quota:-max} in
    max | -*) ;;
    *) echo $((100 * quota / period)) ;;
    esac
}

see_clock() {
    file=/sys/devices/system/clocksource/clocksource0/current_clocksource
    clock=$(cat "$file" 2>/dev/null) || return 0
    case $clock in
    hpet | acpi_pm | jiffies) note \
        "clock source %s: reading the time is slow, short times are coarse" \
        "reloj %s: leer la hora es lento, los tiempos cortos son gruesos" \
        "$clock" ;;
    *) good "clock source %s" "reloj %s" "$clock" ;;
    esac
}
