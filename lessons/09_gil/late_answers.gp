# late_answers.gp - a read that takes 1 ms, beside a thread that calculates
# program: convoy sweep
# quick: convoy quick
# title.en: A read of 1 ms takes {usual_ms} ms with an interval of 5 ms, {longest_ms} with one of 50
# title.es: Una lectura de 1 ms tarda {usual_ms} ms con un intervalo de 5 ms, y {longest_ms} con uno de 50
# x.en: switch interval (ms)
# x.es: intervalo de cambio (ms)
# read_ms.en: time of a read (ms)
# read_ms.es: tiempo de una lectura (ms)
# series.alone.en: alone
# series.alone.es: solo
# series.beside.en: beside a thread that calculates
# series.beside.es: junto a un hilo que calcula

set logscale xy
set xrange [0.15:70]
set yrange [0.7:90]
set xtics (0.2, 1, 5, 20, 50)
set format y "%g"
set ylabel label_read_ms

plot for [i=1:words(series)] raw \
        using (raw_row(i)):(column(col_read_ms)) \
        with points lt i ps 0.4 lc rgb faint(i) notitle, \
    for [i=1:words(series)] summary \
        using (row(i, "read_ms")):4:5:6 \
        with yerrorlines lt i title name(i)
