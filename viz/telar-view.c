// telar-view.c - ./telar view TRACE [--plain] [--at TIME]
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/message.h"
#include "tools/course/terminal.h"
#include "viz/moment.h"
#include "viz/plain.h"
#include "viz/show.h"

static const char help_en[] =
    "Usage: ./telar view TRACE [--plain] [--at TIME] [--lang es|en]\n"
    "\n"
    "Says in words what happened in a trace and how everything stood.\n"
    "  --plain      linear text; this version has no other view yet, so it is\n"
    "               the same without it\n"
    "  --at TIME    how everything stood then: 12ms, 3.5s, 250us, 1200ns "
    "since\n"
    "               the beginning, or #EVENT (else: at the end)\n"
    "  --lang LANG  es or en\n";
static const char help_es[] =
    "Uso: ./telar view TRAZA [--plain] [--at TIEMPO] [--lang es|en]\n"
    "\n"
    "Dice con palabras qué pasó en una traza y cómo estaba todo.\n"
    "  --plain      texto lineal; esta versión aún no tiene otra vista, así\n"
    "               que sin la opción es lo mismo\n"
    "  --at TIEMPO  cómo estaba todo entonces: 12ms, 3.5s, 250us o 1200ns\n"
    "               desde el comienzo, o #EVENTO (si no: al final)\n"
    "  --lang LANG  es o en\n";

enum { TIMELINE_LINES = 60 };

struct request {
    const char *trace, *at, *lang;
    const char *unknown; // an argument that means nothing here
    bool help, plain;
};

static void parse(struct request *request, int argc, char **argv)
{
    static const struct option options[] = {
        {"plain", no_argument, NULL, 'p'},
        {"at", required_argument, NULL, 'a'},
        {"lang", required_argument, NULL, 'l'},
        {"help", no_argument, NULL, 'h'},
        {0},
    };
    int option;

    opterr = 0;
    while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
        if (option == 'a')
            request->at = optarg;
        else if (option == 'l')
            request->lang = optarg;
        else if (option == 'h')
            request->help = true;
        else if (option == 'p')
            request->plain = true;
        else
            request->unknown = argv[optind - 1];
    }
    request->trace = argv[optind];
    if (optind + 1 < argc)
        request->unknown = argv[optind + 1];
}

static int flushed(void)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return 0;
    return could_not(M("could not write standard output: %s",
                       "no se pudo escribir la salida estándar: %s"),
                     strerror(errno));
}

static int show(struct model *model, const struct request *request)
{
    size_t position = model->reader->count;

    if (request->at && !moment_find(model->reader, request->at, &position))
        return could_not(M("--at takes 12ms, 3.5s, 250us, 1200ns or #EVENT, "
                           "not '%s'",
                           "--at admite 12ms, 3.5s, 250us, 1200ns o #EVENTO, "
                           "no '%s'"),
                         request->at);
    plain_header(stdout, model);
    if (!request->at)
        plain_timeline(stdout, model, TIMELINE_LINES);
    model_seek(model, position);
    plain_state(stdout, model);
    return flushed();
}

static int view(const struct request *request)
{
    struct reader reader;
    struct model model;
    int status;

    if (!request->trace)
        return could_not(M("view needs a trace: ./telar view TRACE",
                           "view necesita una traza: ./telar view TRAZA"));
    if (!reader_open(&reader, request->trace))
        return could_not("%s", reader.error);
    if (!model_open(&model, &reader)) {
        reader_close(&reader);
        return could_not(M("not enough memory to read %s",
                           "no alcanza la memoria para leer %s"),
                         request->trace);
    }
    status = show(&model, request);
    model_close(&model);
    reader_close(&reader);
    return status;
}

// On a screen of its own.
static int look(const struct request *request)
{
    struct stage stage;
    char error[600];
    size_t position = 0;
    int status;

    if (!stage_open(&stage, request->trace, error, sizeof error))
        return could_not("%s", error);
    if (request->at && !moment_find(&stage.reader, request->at, &position)) {
        stage_close(&stage);
        return could_not(M("--at takes 12ms, 3.5s, 250us, 1200ns or #EVENT, "
                           "not '%s'",
                           "--at admite 12ms, 3.5s, 250us, 1200ns o #EVENTO, "
                           "no '%s'"),
                         request->at);
    }
    stage_go_event(&stage, position);
    status = show_trace(&stage);
    stage_close(&stage);
    return status;
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
        return flushed();
    }
    if (request.unknown)
        return could_not(M("view does not understand '%s' "
                           "(./telar view --help)",
                           "view no entiende '%s' (./telar view --help)"),
                         request.unknown);
    terminal_setup(request.plain, NULL);
    if (!request.trace || terminal.plain || !isatty(STDIN_FILENO))
        return view(&request);
    setlocale(LC_CTYPE, "C.UTF-8");
    return look(&request);
}
