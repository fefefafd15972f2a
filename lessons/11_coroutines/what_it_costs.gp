# what_it_costs.gp - a switch in nanoseconds and who waits in KiB, five ways
# program: switch_cost
# quick: switch_cost quick
# title.en: A switch: {fast_ns} ns, with swapcontext {swapcontext_ns}, between threads {thread_ns}
# title.es: Un cambio: {fast_ns} ns, con swapcontext {swapcontext_ns}, entre hilos {thread_ns}
# x.en: who goes on
# x.es: quién sigue
# cost.en: ns a switch, KiB each
# cost.es: ns por cambio, KiB cada uno
# series.time.en: time of a switch, ns
# series.time.es: tiempo de un cambio, ns
# series.memory.en: memory, KiB
# series.memory.es: memoria, KiB

set logscale y
set xrange [0.5:5.5]
set xtics (lang eq "es" ? "ensamblador" : "assembly" 1, \
    lang eq "es" ? "corrutina" : "coroutine" 2, \
    "swapcontext" 3, \
    lang eq "es" ? "hilo" : "thread" 4, \
    lang eq "es" ? "proceso" : "process" 5)
set format y "%.0f"
set ylabel label_cost

plot for [i=1:words(series)] raw \
        using (raw_row(i)):(column(col_cost)) \
        with points lt i ps 0.4 lc rgb faint(i) notitle, \
    for [i=1:words(series)] summary \
        using (row(i, "cost")):4:5:6 \
        with yerrorbars lt i pt 7 ps 1.2 title name(i)
