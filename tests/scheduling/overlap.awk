# overlap.awk - of a table of intervals: how long the two tasks that run longest
# run at the same time, in percent of what the shorter one of them runs. With
# -v READY=1 being ready counts as running: then it is the same on a machine
# whose CPUs others use as well.
BEGIN { FS = "," }
$5 == "running" && $7 > $6 {
    ran[$1] += $7 - $6
}
($5 == "running" || (READY && $5 == "ready")) && $7 > $6 {
    n = ++count[$1]
    from[$1, n] = $6
    to[$1, n] = $7
    sum[$1] += $7 - $6
}
END {
    for (t in ran)
        if (first == "" || ran[t] > ran[first])
            first = t
    for (t in ran)
        if (t != first && (second == "" || ran[t] > ran[second]))
            second = t
    if (second == "") {
        print "none"
        exit
    }
    for (i = j = 1; i <= count[first] && j <= count[second];) {
        low = from[first, i] > from[second, j] ? from[first, i] : from[second, j]
        high = to[first, i] < to[second, j] ? to[first, i] : to[second, j]
        if (high > low)
            both += high - low
        if (to[first, i] < to[second, j])
            i++
        else
            j++
    }
    shorter = sum[first] < sum[second] ? sum[first] : sum[second]
    printf "%d\n", 100 * both / shorter + 0.5
}
