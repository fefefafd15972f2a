# which_hole.gp - how much of the arena is put to use, for four rules and seven loads
# program: which_hole
# quick: which_hole quick
# title.en: Sizes up to 1 KiB: {best_percent} % put to use with best fit, {worst_percent} % with worst fit
# title.es: Hasta 1 KiB: con el más justo se aprovecha el {best_percent} %; con el más grande, el {worst_percent} %
# x.en: sizes from 1 byte up to
# x.es: tamaños desde 1 byte hasta
# percent.en: put to use (% of the arena)
# percent.es: se aprovecha (% de la arena)
# series.first.en: first fit
# series.first.es: el primero
# series.best.en: best fit
# series.best.es: el más justo
# series.worst.en: worst fit
# series.worst.es: el más grande
# series.powers.en: powers of two
# series.powers.es: potencias de dos

set logscale x 2
set xrange [50:5300]
set yrange [0:105]
set xtics ("64 B" 64, "128 B" 128, "256 B" 256, "512 B" 512, \
    "1 KiB" 1024, "2 KiB" 2048, "4 KiB" 4096)
set ylabel label_percent

plot for [i=1:words(series)] raw \
        using (raw_row(i)):(column(col_percent)) \
        with points lt i ps 0.4 lc rgb faint(i) notitle, \
    for [i=1:words(series)] summary \
        using (row(i, "percent")):4:5:6 \
        with yerrorlines lt i title name(i)
