# steps.gp - the time a byte takes, by how many are asked for at once
# program: steps 15
# quick: steps 5
# title.en: With read(), a byte costs {median:ns_per_byte:read:first/median:ns_per_byte:read:last} times more one by one than {x:ns_per_byte:read:last} at a time ({rounds} rounds)
# title.es: Con read(), un byte cuesta {median:ns_per_byte:read:first/median:ns_per_byte:read:last} veces más de a uno que de a {x:ns_per_byte:read:last} ({rounds} rondas)
# x.en: bytes a call
# x.es: bytes por llamada
# ns_per_byte.en: time a byte (ns)
# ns_per_byte.es: tiempo por byte (ns)
# calls.en: calls
# calls.es: llamadas
# series.read.en: read()
# series.read.es: read()
# series.fread.en: fread(), 4 KiB buffer
# series.fread.es: fread(), búfer de 4 KiB
set logscale x 2
set logscale y 10
set xtics (size(1) 1)
set for [e=4:20:4] xtics add (size(2**e) 2**e)
set ylabel label_ns_per_byte
plot for [i=1:words(series)] raw using (raw_row(i)):(column(col_ns_per_byte)) \
         with points lt i ps 0.6 lc rgb faint(i) notitle, \
     for [i=1:words(series)] summary using (row(i, 'ns_per_byte')):4:5:6 \
         with yerrorlines lt i title name(i)
