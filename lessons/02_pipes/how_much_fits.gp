# how_much_fits.gp - how many bytes fit in a pipe, by how many a write brings
# program: how_much_fits
# quick: how_much_fits quick
# title.en: A pipe holds {one_by_one_bytes} bytes, but only {least_bytes} when each write brings {least_write_bytes}
# title.es: Caben {one_by_one_bytes} bytes en una tubería, pero solo {least_bytes} si cada write lleva {least_write_bytes}
# x.en: bytes that a write brings
# x.es: bytes que lleva cada write
# fits.en: bytes that fit
# fits.es: bytes que caben
# series.pipe.en: a pipe that nobody reads
# series.pipe.es: una tubería que nadie lee

set xrange [0:8300]
set yrange [0:72000]
set xtics 0, 2048
set ytics 0, 16384
set format "%.0f"
set ylabel label_fits

plot for [i=1:words(series)] summary using (row(i, "fits")):4 \
        with linespoints lt i pi 1 title name(i)
