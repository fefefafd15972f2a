// telar-export.c - ./telar export TRACE --to FORMAT [-o FILE]
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "runtime/message.h"
#include "tools/trace/export.h"

static const char help_en[] =
    "Usage: ./telar export TRACE --to FORMAT [--table TABLE] [-o FILE]\n"
    "\n"
    "Writes what happened in a trace for other programs.\n"
    "  --to text    one aligned line an event, times since the beginning\n"
    "  --to csv     one row an event, numbers as they are in the trace\n"
    "  --table intervals   with csv: one row for each stretch in which a task\n"
    "               ran, was ready, blocked or asleep (else: events)\n"
    "  -o FILE      into FILE, whole or not at all (else standard output)\n"
    "  --lang LANG  es or en\n";
static const char help_es[] =
    "Uso: ./telar export TRAZA --to FORMATO [--table TABLA] [-o ARCHIVO]\n"
    "\n"
    "Escribe lo que pasó en una traza, para otros programas.\n"
    "  --to text    una línea alineada por evento, tiempos desde el comienzo\n"
    "  --to csv     una fila por evento, los números como están en la traza\n"
    "  --table intervals   con csv: una fila por cada tramo en que una tarea\n"
    "               corrió, estuvo lista, bloqueada o dormida (si no: events)\n"
    "  -o ARCHIVO   en ARCHIVO, entero o nada (si no, la salida estándar)\n"
    "  --lang LANG  es o en\n";

struct request {
    const char *trace, *to, *table, *output, *lang;
    const char *unknown; // an argument that means nothing here
    bool help;
};

static void parse(struct request *request, int argc, char **argv)
{
    static const struct option options[] = {
        {"to", required_argument, NULL, 't'},
        {"table", required_argument, NULL, 'b'},
        {"output", required_argument, NULL, 'o'},
        {"lang", required_argument, NULL, 'l'},
        {"help", no_argument, NULL, 'h'},
        {0},
    };
    int option;

    opterr = 0;
    while ((option = getopt_long(argc, argv, "o:h", options, NULL)) != -1) {
        if (option == 't')
            request->to = optarg;
        else if (option == 'b')
            request->table = optarg;
        else if (option == 'o')
            request->output = optarg;
        else if (option == 'l')
            request->lang = optarg;
        else if (option == 'h')
            request->help = true;
        else
            request->unknown = argv[optind - 1];
    }
    request->trace = argv[optind];
    if (optind + 1 < argc)
        request->unknown = argv[optind + 1];
}

static int write_trace(const struct export_format *format,
                       const struct request *request)
{
    struct reader reader;
    struct model model;
    int error;

    if (!reader_open(&reader, request->trace))
        return could_not("%s", reader.error);
    if (!model_open(&model, &reader)) {
        reader_close(&reader);
        return could_not(M("not enough memory to read %s",
                           "no alcanza la memoria para leer %s"),
                         request->trace);
    }
    error = export_file(format, &model, request->output);
    model_close(&model);
    reader_close(&reader);
    if (error)
        return could_not(
            M("could not write %s: %s", "no se pudo escribir %s: %s"),
            request->output ? request->output
                            : M("standard output", "la salida estándar"),
            strerror(error));
    return 0;
}

static int export_rows(const struct export_format *format,
                       const struct request *request)
{
    const char *table = request->table ? request->table : "events";

    format = export_table(format->name, table);
    if (!format)
        return could_not(M("'%s' has no table '%s'; csv has events and "
                           "intervals",
                           "'%s' no tiene una tabla '%s'; csv tiene events e "
                           "intervals"),
                         request->to, table);
    return write_trace(format, request);
}

static int export_trace(const struct request *request)
{
    const struct export_format *format;

    if (!request->trace || !request->to)
        return could_not(M("export needs a trace and a format: "
                           "./telar export TRACE --to text",
                           "export necesita una traza y un formato: "
                           "./telar export TRAZA --to text"));
    format = export_named(request->to);
    if (!format)
        return could_not(M("there is no format '%s'; there are: %s",
                           "no hay un formato '%s'; hay: %s"),
                         request->to, export_names());
    if (!format->write)
        return could_not(M("this version does not write '%s' yet; it writes: "
                           "%s",
                           "esta versión aún no escribe '%s'; escribe: %s"),
                         request->to, export_names());
    return export_rows(format, request);
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
