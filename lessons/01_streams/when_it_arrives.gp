# when_it_arrives.gp - what has arrived, by what the program has printed
# program: when_it_arrives
# quick: when_it_arrives quick
# title.en: Into a pipe, {silent_bytes} bytes were printed before the first one arrived
# title.es: Hacia una tubería, se imprimieron {silent_bytes} bytes antes de que llegara el primero
# x.en: printed so far (bytes)
# x.es: impreso hasta ahora (bytes)
# arrived.en: arrived (bytes)
# arrived.es: llegó (bytes)
# series.pipe.en: stdout, a pipe
# series.pipe.es: stdout, una tubería
# series.terminal.en: stdout, a terminal
# series.terminal.es: stdout, una terminal
# series.stderr.en: stderr, a pipe
# series.stderr.es: stderr, una tubería

set xrange [0:12300]
set yrange [0:12300]
set xtics 0, 4096
set ytics 0, 4096
set format "%.0f"
set ylabel label_arrived

# Where two lie on each other both can be seen: one is a line, one has dots.
plot for [i=1:words(series)] summary using (row(i, "arrived")):4 \
        with linespoints lt i pi (i == 1 ? -1 : -8 - i) title name(i)
