# calls_strace.awk - counts the calls in a log of strace -f by name
#
# A process counts from its marker on (tuxcall, see calls_marker.c) up to its
# next exec; its children and threads begin as it was. A call that the kernel
# begins again after a signal stands twice in the log and counts once.

# The first line of a new task: its parent has one before.
function is_counting(pid) {
    if (!(pid in on)) {
        on[pid] = seen > 0
        seen++
    }
    return on[pid]
}

function begin(pid, name) {
    if (name == "tuxcall")
        on[pid] = 1
    else if (is_counting(pid) && name != again[pid])
        count[name]++
    delete again[pid]
}

{
    pid = $1
    line = $0
    sub(/^[0-9]+ +/, "", line)
    is_counting(pid)
}
line ~ /^\+\+\+/ { delete on[pid]; next }
line ~ /^---/ { next }
line ~ /^<\.\.\. / { name = $3 }
line !~ /^<\.\.\. / { name = line; sub(/\(.*/, "", name); begin(pid, name) }
name == "rt_sigreturn" && (pid in broken) {
    if (line !~ /EINTR/)
        again[pid] = broken[pid]
    delete broken[pid]
}
line ~ /\? ERESTART/ { broken[pid] = name }
name ~ /^execve/ && line ~ /= 0$/ { on[pid] = 0 }

END {
    for (name in count)
        print name, count[name]
}
