# speed_up.gp - how many times as fast as in sequence 1 to 8 tasks calculate
# program: speed_up
# quick: speed_up quick
# title.en: 8 tasks: {locked_8_x100} % of the speed in sequence with one lock, {processes_8_x100} % as processes
# title.es: 8 tareas: {locked_8_x100} % de la velocidad en secuencia con un cerrojo, {processes_8_x100} % como procesos
# x.en: tasks that calculate
# x.es: tareas que calculan
# times.en: times as fast as one after the other
# times.es: veces más rápido que una tras otra
# series.locked.en: one lock
# series.locked.es: un cerrojo
# series.without.en: no lock
# series.without.es: sin cerrojo
# series.processes.en: processes
# series.processes.es: procesos

set xrange [0.5:8.5]
set yrange [0:*]
set xtics (1, 2, 3, 4, 8)
set format y "%.1f"
set ylabel label_times

plot for [i=1:words(series)] raw \
        using (raw_row(i)):(column(col_times)) \
        with points lt i ps 0.4 lc rgb faint(i) notitle, \
    for [i=1:words(series)] summary \
        using (row(i, "times")):4:5:6 \
        with yerrorlines lt i title name(i)
