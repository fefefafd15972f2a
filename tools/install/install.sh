# shellcheck shell=sh
# install.sh - finds what is missing and has the system install it
#
# Interface: install_missing, find_missing, install_command.
# Sourced by telar, which gives $root, $yes, say, could_not and warn.

# Fills $missing with the packages of these uses that this machine lacks.
find_missing() { # USE...
    missing=
    find_manager
    while read -r use shows debian fedora arch alpine; do
        case " $* " in *" $use "*) ;; *) continue ;; esac
        is_here "$shows" || add_missing "$(package_of_row)"
    done <"$root/tools/install/packages"
}

find_manager() {
    for manager in apt-get dnf pacman apk; do
        ! command -v "$manager" >/dev/null || return 0
    done
    manager=none
}

package_of_row() {
    case $manager in
    dnf) row=$fedora ;;
    pacman) row=$arch ;;
    apk) row=$alpine ;;
    *) row=$debian ;;
    esac
    echo "$row" | tr + ' '
}

add_missing() { # "PACKAGE..."
    case " $missing " in
    *" $1 "*) ;;
    *) missing="$missing${missing:+ }$1" ;;
    esac
}

is_here() { # PROGRAM | <HEADER> | /GLOB
    case $1 in
    '<'*) has_header "$1" ;;
    /*) has_file "$1" ;;
    *) command -v "$1" >/dev/null ;;
    esac
}

has_file() { # GLOB
    # shellcheck disable=SC2086 # the glob is meant to expand
    set -- $1
    [ -e "$1" ]
}

has_header() { # <HEADER>
    header=${1#<} header=${header%>}
    for folder in /usr/include /usr/local/include /usr/include/*-linux-*; do
        [ ! -e "$folder/$header" ] || return 0
    done
    # Elsewhere (CPATH, Nix) only the compiler finds it.
    echo "#include $1" | gcc -E - >/dev/null 2>&1
}

# The command that installs these packages here, as a person would type it.
install_command() { # PACKAGE...
    lists=
    case $manager in
    apt-get)
        set -- apt-get install --no-install-recommends "$@"
        apt_has_lists || lists='apt-get update && '
        ;;
    dnf) set -- dnf install "$@" ;;
    pacman) set -- pacman -S --needed "$@" ;;
    apk) set -- apk add "$@" ;;
    esac
    if is_root; then
        echo "$lists$*"
    elif command -v sudo >/dev/null; then
        echo "${lists:+sudo $lists}sudo $*"
    else
        echo "su -c '$lists$*'"
    fi
}

# A new machine may never have fetched its list of packages.
apt_has_lists() {
    has_file "${TELAR_APT_LISTS:-/var/lib/apt/lists}/*Packages*"
}

is_root() {
    [ "$(id -u)" -eq 0 ]
}

# Installs what these uses lack. Returns once everything is here; leaves with
# status 2 where that cannot be (or warns, where an earlier build can serve).
install_missing() { # USE...
    find_missing "$@"
    [ -n "$missing" ] || return 0
    say "Missing here: %s" "Falta aquí: %s" "$missing" >&2
    may_install || return 0
    apt_install || return 0
    find_missing "$@"
    [ -z "$missing" ] || cannot_install \
        "%s: installed, and still not found; ./telar doctor tells more" \
        "%s: instalado, y aun así no aparece; ./telar doctor dice más" "$missing"
}

# What cannot be installed stops us, unless there is a build to go on with.
cannot_install() { # ENGLISH SPANISH ARG...
    is_built || could_not "$@"
    warn "$@"
    return 1
}

may_install() {
    # shellcheck disable=SC2086 # package names, split on purpose
    command=$(install_command $missing)
    case $manager in
    none) cannot_install \
        "no package manager that I know: install these by hand: %s" \
        "no hay un gestor de paquetes que yo conozca: instala a mano: %s" \
        "$missing" ;;
    apt-get) confirm && may_be_root ;;
    *) cannot_install "install them, then run ./telar again: %s" \
        "instálalos y vuelve a ejecutar ./telar: %s" "$command" ;;
    esac
}

confirm() {
    [ -z "$yes" ] && [ -t 0 ] && [ -t 2 ] || return 0
    say_part "Install them now? [Y/n] " "¿Los instalo ahora? [S/n] " >&2
    read -r answer || answer=n
    case $answer in
    [nN]*) cannot_install "nothing was installed; the command is: %s" \
        "no se instaló nada; la orden es: %s" "$command" ;;
    esac
}

may_be_root() {
    is_root && return
    if command -v sudo >/dev/null; then
        if [ -t 0 ]; then sudo -v; else sudo -n true 2>/dev/null; fi && return
    fi
    cannot_install "installing needs an administrator: %s" \
        "instalar requiere un administrador: %s" "$command"
}

# ---- Debian and Ubuntu ------------------------------------------------------

apt_get() {
    set -- env DEBIAN_FRONTEND=noninteractive apt-get -y \
        --no-install-recommends -o DPkg::Lock::Timeout=300 "$@"
    is_root || set -- sudo "$@"
    "$@" >>"$log" 2>&1 </dev/null
}

# Can apt name every package and what it needs, from the lists it has?
apt_knows() {
    # shellcheck disable=SC2086
    apt-get install -y --no-install-recommends --print-uris $missing \
        >"$log.uris" 2>>"$log"
}

apt_install() {
    log=$(mktemp) || could_not "%s: cannot write there" \
        "%s: no se puede escribir ahí" "${TMPDIR:-/tmp}"
    apt_knows || apt_refresh || return 1
    say "Downloading %s MB (apt-get)..." "Descargo %s MB (apt-get)..." \
        "$(apt_megabytes)" >&2
    # Old lists name packages that the server no longer has: refresh, once.
    apt_fetch || { apt_refresh && apt_fetch; } || apt_failed || return 1
    say "Installing..." "Instalo..." >&2
    # An interrupt now would leave packages half configured: it waits.
    (trap '' INT TERM HUP && apt_settle) || apt_failed || return 1
    rm -f "$log" "$log.uris"
}

apt_refresh() {
    say "Refreshing the list of packages..." \
        "Actualizo la lista de paquetes..." >&2
    apt_get update
    apt_knows || apt_failed
}

apt_fetch() {
    # shellcheck disable=SC2086
    apt_get install --download-only $missing
}

# dpkg --configure mends what an earlier kill or power cut left behind.
apt_settle() {
    # shellcheck disable=SC2086
    apt_get install --no-download $missing ||
        { dpkg_mend && apt_get install $missing; }
}

dpkg_mend() {
    set -- dpkg --configure -a --force-confdef
    is_root || set -- sudo "$@"
    DEBIAN_FRONTEND=noninteractive "$@" >>"$log" 2>&1 </dev/null
}

apt_megabytes() {
    total=0
    while read -r _ _ size _; do
        case $size in *[!0-9]* | '') ;; *) total=$((total + size)) ;; esac
    done <"$log.uris"
    echo $(((total + 999999) / 1000000))
}

apt_failed() {
    reason=$(grep -a '^E: ' "$log" | tail -n 1)
    rm -f "$log.uris"
    cannot_install "apt-get failed (%s): look at the network, run ./telar again; \
details in %s" "apt-get falló (%s): revisa la red y ejecuta ./telar otra vez; \
detalles en %s" "${reason#E: }" "$log"
}
