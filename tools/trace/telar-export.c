// telar-export.c - ./telar export TRACE --to FORMAT [-o FILE]
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "tools/course/error_words.h"
#include "tools/trace/export.h"
#include "tools/trace/moment.h"

static const char help_en[] =
    "usage: ./telar export TRACE --to FORMAT [options]\n"
    "\n"
    "Writes what happened in a trace for other programs.\n"
    "  --to text    one aligned line an event, and what is wrong\n"
    "  --to csv     a table, numbers as they are in the trace\n"
    "  --table events       one row an event (the usual one)\n"
    "  --table intervals    one row a stretch in which a task ran, was ready,\n"
    "               blocked or asleep\n"
    "  --table statistics   one row a task: times, shares, longest wait\n"
    "  --table objects      one row a lock, queue, pipe...: how often, how "
    "long\n"
    "  --to chrome  JSON for ui.perfetto.dev and chrome://tracing\n"
    "  --to svg     the timeline as a picture, --width PX wide (else 1200)\n"
    "  --from TIME  only from there on, and --until TIME only up to there:\n"
    "               3.5s, 12ms, 250us, 1200ns since the beginning, #17 for an\n"
    "               event, a number alone where the trace counts steps\n"
    "  -o FILE      into FILE, whole or not at all (else standard output)\n"
    "  --lang LANG  es or en\n"
    "\n"
    "Exit status: 0 written, 2 could not.\n";
static const char help_es[] =
    "uso: ./telar export TRAZA --to FORMATO [opciones]\n"
    "\n"
    "Escribe lo que pasó en una traza, para otros programas.\n"
    "  --to text    una línea alineada por evento, y lo que está mal\n"
    "  --to csv     una tabla, los números como están en la traza\n"
    "  --table events       una fila por evento (la usual)\n"
    "  --table intervals    una fila por tramo en que una tarea corrió, "
    "estuvo\n"
    "               lista, bloqueada o dormida\n"
    "  --table statistics   una fila por tarea: tiempos, partes, espera más\n"
    "               larga\n"
    "  --table objects      una fila por cerrojo, cola, tubería...: cuántas\n"
    "               veces, cuánto tiempo\n"
    "  --to chrome  JSON para ui.perfetto.dev y chrome://tracing\n"
    "  --to svg     la línea de tiempo como imagen, de --width PX de ancho "
    "(si\n"
    "               no, 1200)\n"
    "  --from TIEMPO  solo desde ahí, y --until TIEMPO solo hasta ahí: 3,5s,\n"
    "               12ms, 250us, 1200ns desde el comienzo, #17 para un "
    "evento,\n"
    "               un número solo donde la traza cuenta pasos\n"
    "  -o ARCHIVO   en ARCHIVO, entero o nada (si no, la salida estándar)\n"
    "  --lang LANG  es o en\n"
    "\n"
    "Estado de salida: 0 se escribió, 2 no se pudo.\n";

struct request {
    const char *trace, *to, *table, *output, *lang, *from, *until, *width;
    const char *unknown; // an argument that means nothing here
    bool help;
};

static const char **place_of(struct request *request, int option)
{
    switch (option) {
    case 't':
        return &request->to;
    case 'b':
        return &request->table;
    case 'o':
        return &request->output;
    case 'l':
        return &request->lang;
    case 'f':
        return &request->from;
    case 'u':
        return &request->until;
    case 'w':
        return &request->width;
    default:
        return NULL;
    }
}

static void parse(struct request *request, int argc, char **argv)
{
    static const struct option options[] = {
        {"to", required_argument, NULL, 't'},
        {"table", required_argument, NULL, 'b'},
        {"output", required_argument, NULL, 'o'},
        {"from", required_argument, NULL, 'f'},
        {"until", required_argument, NULL, 'u'},
        {"width", required_argument, NULL, 'w'},
        {"lang", required_argument, NULL, 'l'},
        {"help", no_argument, NULL, 'h'},
        {0},
    };
    int option;

    opterr = 0;
    while ((option = getopt_long(argc, argv, "o:h", options, NULL)) != -1) {
        const char **place = place_of(request, option);

        if (place)
            *place = optarg;
        else if (option == 'h')
            request->help = true;
        else
            request->unknown = argv[optind - 1];
    }
    request->trace = argv[optind];
    if (optind + 1 < argc)
        request->unknown = argv[optind + 1];
}

// ---- Which part, how wide ---------------------------------------------------

static int bad_time(const char *option, const char *given)
{
    return could_not(M("%s takes a time such as 12ms or 3.5s, or #17 for an "
                       "event; not '%s'",
                       "%s admite un tiempo como 12ms o 3,5s, o #17 para un "
                       "evento; no '%s'"),
                     option, given);
}

static int set_stretch(struct export_what *what, const struct reader *reader,
                       const struct request *request)
{
    if (request->from && !moment_time(reader, request->from, &what->from))
        return bad_time("--from", request->from);
    if (request->until && !moment_time(reader, request->until, &what->until))
        return bad_time("--until", request->until);
    if (what->from > what->until)
        return could_not(M("--from %s is behind --until %s",
                           "--from %s está después de --until %s"),
                         request->from, request->until);
    if (reader->count &&
        what->from > reader_event(reader, reader->count - 1)->time)
        return could_not(M("the trace has ended before --from %s",
                           "la traza terminó antes de --from %s"),
                         request->from);
    return 0;
}

static int set_width(struct export_what *what, const struct request *request)
{
    char *end;
    long width;

    if (!request->width)
        return 0;
    width = strtol(request->width, &end, 10);
    if (*end || width < EXPORT_WIDTH_LEAST || width > EXPORT_WIDTH_MOST)
        return could_not(M("--width takes %d to %d, not '%s'",
                           "--width admite de %d a %d, no '%s'"),
                         EXPORT_WIDTH_LEAST, EXPORT_WIDTH_MOST, request->width);
    what->width_px = (int)width;
    return 0;
}

// ---- Doing it ---------------------------------------------------------------

static int no_memory(const struct request *request)
{
    return could_not(
        M("not enough memory to read %s", "no alcanza la memoria para leer %s"),
        request->trace);
}

static int write_model(const struct export_format *format, struct model *model,
                       const struct request *request)
{
    struct export_what what = export_all();
    int error;

    if (set_stretch(&what, model->reader, request) || set_width(&what, request))
        return 2;
    error = export_file(format, model, &what, request->output, false);
    if (error)
        return could_not(
            M("could not write %s: %s", "no se pudo escribir %s: %s"),
            request->output ? request->output
                            : M("standard output", "la salida estándar"),
            error_words(error));
    return 0;
}

static int write_trace(const struct export_format *format,
                       const struct request *request)
{
    struct reader reader;
    struct model model;
    int status;

    if (!reader_open(&reader, request->trace))
        return could_not("%s", reader.error);
    if (model_open(&model, &reader)) {
        status = write_model(format, &model, request);
        model_close(&model);
    } else {
        status = no_memory(request);
    }
    reader_close(&reader);
    return status;
}

static int export_trace(const struct request *request)
{
    const struct export_format *format;

    if (!request->trace || !request->to)
        return could_not(M("export needs a trace and a format: "
                           "./telar export TRACE --to text",
                           "export necesita una traza y un formato: "
                           "./telar export TRAZA --to text"));
    if (!export_named(request->to))
        return could_not(M("there is no format '%s'; there are: %s",
                           "no hay un formato '%s'; hay: %s"),
                         request->to, export_names());
    format = export_table(request->to, request->table);
    if (!format)
        return could_not(M("'%s' has no table '%s'; there are: %s",
                           "'%s' no tiene una tabla '%s'; hay: %s"),
                         request->to, request->table,
                         export_tables(request->to));
    return write_trace(format, request);
}

int main(int argc, char **argv)
{
    struct request request = {0};

    parse(&request, argc, argv);
    if (!lang_set(request.lang)) {
        lang_set(NULL);
        return could_not(M("--lang takes es or en, not '%s'",
                           "--lang admite es o en, no '%s'"),
                         request.lang);
    }
    if (request.help) {
        fputs(M(help_en, help_es), stdout);
        return fflush(stdout) == 0 ? 0 : 2;
    }
    if (request.unknown)
        return could_not(M("export does not understand '%s' "
                           "(./telar export --help)",
                           "export no entiende '%s' (./telar export --help)"),
                         request.unknown);
    return export_trace(&request);
}
