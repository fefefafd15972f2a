# lanes.awk - of a table of intervals: what each task does, one after the other,
# whatever it takes; but no wait of less than LEAST nanoseconds, no running of
# less in all between two waits, and not whether it had to queue for a CPU.
#
#   awk -v LEAST=15000000 -f lanes.awk TABLE
function say(task, what) {
    if (said[task] != what)
        lane[task] = lane[task] " " what
    said[task] = what
}
function say_running(task) {
    if (ran[task] >= LEAST)
        say(task, "running")
    ran[task] = 0
}
BEGIN { FS = "," }
NR == 1 || $5 == "ready" { next }
!($1 in ran) { tasks[++known] = $1 }
{ ran[$1] += ($5 == "running") * ($7 - $6) }
$5 != "running" && $7 - $6 >= LEAST {
    say_running($1)
    say($1, $5)
}
END {
    for (i = 1; i <= known; i++) {
        say_running(tasks[i])
        print lane[tasks[i]]
    }
}
