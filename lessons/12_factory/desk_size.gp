# desk_size.gp - parts a second, for desks with 1 place to 64
# program: desk_size
# quick: desk_size quick
# title.en: 64 places instead of 1: {batches_gain_x100} % of the parts if they come in batches, {slow_gain_x100} % if the packer is slow
# title.es: 64 lugares en vez de 1: rinde el {batches_gain_x100} % si llegan en tandas, el {slow_gain_x100} % si el embalador es lento
# x.en: places on the desk
# x.es: lugares en la mesa
# parts_a_second.en: parts a second
# parts_a_second.es: piezas por segundo
# series.batches.en: they come 8 at a time
# series.batches.es: llegan de a 8
# series.slow.en: slow packer
# series.slow.es: embalador lento

set logscale x 2
set xrange [0.7:90]
set yrange [0:*]
set xtics (1, 2, 4, 8, 16, 32, 64)
set ylabel label_parts_a_second

plot for [i=1:words(series)] raw \
        using (raw_row(i)):(column(col_parts_a_second)) \
        with points lt i ps 0.4 lc rgb faint(i) notitle, \
    for [i=1:words(series)] summary \
        using (row(i, "parts_a_second")):4:5:6 \
        with yerrorlines lt i title name(i)
