# what_it_costs.gp - a switch in ns, with its system calls, and who waits in KiB
# program: switch_cost
# quick: switch_cost quick
# title.en: A switch: {fast_ns} ns; with swapcontext, {swapcontext_ns}; between threads, {thread_ns}
# title.es: Un cambio: {fast_ns} ns; con swapcontext, {swapcontext_ns}; entre hilos, {thread_ns}
# x.en: who goes on
# x.es: quién sigue
# cost.en: what it costs
# cost.es: lo que cuesta
# series.time.en: ns a switch
# series.time.es: ns por cambio
# series.calls.en: system calls (-1: not counted)
# series.calls.es: llamadas (-1: sin contar)
# series.memory.en: KiB each
# series.memory.es: KiB cada uno
#
# Two panels, each with an axis of its own: the time, which the system calls
# explain, and the memory. In letters there is the time alone.

spanish = lang eq "es"
# label_cost: the table of the medians has all three
calls(way) = sprintf(spanish ? "\nllamadas: %.0f" : "\ncalls: %.0f", \
    value("fact_".way."_calls_x100") / 100.0)
why(way) = preview || value("fact_".way."_calls_x100") < 0 ? "" : calls(way)
text(value) = gprintf(value < 100 ? "%.3g" : "%.0f", value)
panel(key) = sum [i=1:words(series)] (word(series, i) eq key ? i : 0)
time = panel("time")
memory = panel("memory")

unset xlabel
unset key
set logscale y
set format y "%.0f"
set xrange [0.5:5.5]
set xtics ((spanish ? "ensamblador" : "assembly").why("bare") 1, \
    (spanish ? "corrutina" : "coroutine").why("fast") 2, \
    "swapcontext".why("swapcontext") 3, \
    (spanish ? "hilo" : "thread").why("thread") 4, \
    (spanish ? "proceso" : "process").why("process") 5)
if (preview) {
    set key outside top center
    plot summary using (row(time, "cost")):4:5:6 \
        with yerrorbars lt time pt 7 title series_time
} else {
    set tics font key_font
    set tmargin at screen lines > 1 ? 0.76 : lines ? 0.84 : 0.93
    set bmargin at screen lines ? 0.13 : 0.17
    set multiplot
    set yrange [1:20000]
    set lmargin at screen 0.08
    set rmargin at screen 0.66
    set label 1 series_time at graph 0, 1.06 left
    plot raw using (raw_row(time)):(column(col_cost)) \
            with points lt time ps 0.4 lc rgb faint(time) notitle, \
        summary using (row(time, "cost")):4:5:6 \
            with yerrorbars lt time pt 7 ps 1.5 * dot notitle, \
        summary using (row(time, "cost")):6:(text(column(4))) \
            with labels offset 0, 1 font key_font notitle
    unset label 99
    set lmargin at screen 0.74
    set rmargin at screen 0.98
    set xrange [0.5:3.5]
    set yrange [1:1000]
    set xtics ((spanish ? "corrutina" : "coroutine") 1, \
        (spanish ? "hilo" : "thread") 2, \
        (spanish ? "proceso" : "process") 3)
    who(x) = x == 2 ? 1 : x > 3 ? x - 2 : NaN
    set label 1 series_memory at graph 0, 1.06 left
    plot summary using (who(row(memory, "cost"))):4:5:6 \
            with yerrorbars lt memory pt 7 ps 1.5 * dot notitle, \
        summary using (who(row(memory, "cost"))):6:(text(column(4))) \
            with labels offset 0, 1 font key_font notitle
}
