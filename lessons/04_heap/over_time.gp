# over_time.gp - the largest hole in per cent of all that is free, as time goes by
# program: over_time
# quick: over_time quick
# title.en: The largest hole at the end: {first_end_percent} % of the free room; {apart_end_percent} % without merging
# title.es: El mayor hueco al final: {first_end_percent} % de lo libre; {apart_end_percent} % sin unir vecinos
# x.en: requests so far
# x.es: pedidos hasta ahora
# largest_percent.en: largest hole (% of the free room)
# largest_percent.es: mayor hueco (% de lo libre)
# series.first.en: first fit
# series.first.es: el primero
# series.best.en: best fit
# series.best.es: el más justo
# series.worst.en: worst fit
# series.worst.es: el más grande
# series.apart.en: first fit, never merged
# series.apart.es: el primero, sin unir

set yrange [0:105]
set format x "%.0f"
set ylabel label_largest_percent

plot for [i=1:words(series)] raw \
        using (raw_row(i)):(column(col_largest_percent)) \
        with points lt i ps 0.4 lc rgb faint(i) notitle, \
    for [i=1:words(series)] summary \
        using (row(i, "largest_percent")):4:5:6 \
        with yerrorlines lt i title name(i)
