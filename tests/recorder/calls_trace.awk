# calls_trace.awk - counts the calls in an exported trace (csv) by name, by the
# same rule as calls_strace.awk

BEGIN { FS = "," }
$7 == "task_begin" { on[$5] = on[$9]; delete executes[$5] }
$7 == "call_begin" {
    if ($5 in executes) # it did not return
        on[$5] = 0
    delete executes[$5]
    if ($9 == "tuxcall")
        on[$5] = 1
    else if (on[$5])
        count[$9]++
    if ($9 ~ /^execve/)
        executes[$5] = 1
}
$7 == "call_end" { delete executes[$5] }

END {
    for (name in count)
        print name, count[name]
}
