# time_a_byte.gp - the time that a byte takes, for buffers from 1 byte to 1 MiB
# program: buffer_size
# quick: buffer_size quick
# title.en: No faster from {file_enough_kib} KiB on (file), {pipe_enough_kib} KiB (pipe)
# title.es: No mejora desde {file_enough_kib} KiB (archivo), {pipe_enough_kib} KiB (tubería)
# x.en: size of the buffer
# x.es: tamaño del búfer
# ns_per_byte.en: time a byte (ns)
# ns_per_byte.es: tiempo por byte (ns)
# calls_per_mib.en: read calls for a MiB
# calls_per_mib.es: llamadas a read por MiB
# series.file.en: file, one process
# series.file.es: archivo, un proceso
# series.pipe.en: pipe, two processes
# series.pipe.es: tubería, dos procesos

set logscale x 2
set logscale y
set xrange [0.7:1500000]
set xtics ("1 B" 1, "16 B" 16, "256 B" 256, "4 KiB" 4096, \
    "64 KiB" 65536, "1 MiB" 1048576)
set format y "%g"
set ylabel label_ns_per_byte

plot for [i=1:words(series)] raw \
        using (raw_row(i)):(column(col_ns_per_byte)) \
        with points lt i ps 0.4 lc rgb faint(i) notitle, \
    for [i=1:words(series)] summary \
        using (row(i, "ns_per_byte")):4:5:6 \
        with yerrorlines lt i title name(i)
