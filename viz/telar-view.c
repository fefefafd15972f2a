// telar-view.c - ./telar view TRACE: on the screen, in words, into a recording
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/message.h"
#include "tools/course/error_words.h"
#include "tools/course/terminal.h"
#include "tools/player/stop.h"
#include "tools/trace/moment.h"
#include "viz/by_hand.h"
#include "viz/keys.h"
#include "viz/plain.h"
#include "viz/record.h"
#include "viz/show.h"
#include "viz/view.h"

static const char help_en[] =
    "usage: ./telar view TRACE [--view NAME] [--at TIME] [--theme T] "
    "[--large]\n"
    "                          [--ascii] [--plain] [--lang es|en]\n"
    "       ./telar view TRACE --record FILE [--keys KEYS] [--size 80x24]\n"
    "\n"
    "Shows what happened in a trace; a trace that is still written is shown "
    "as\n"
    "it grows (F follows it). ? shows the keys and what the signs mean.\n"
    "  --view NAME     begins with that view:\n"
    "                  %s\n"
    "  --at TIME       and at that time: 12ms, 3.5s, 250us or 1200ns since "
    "the\n"
    "                  beginning, 9 (step) where the trace counts steps,\n"
    "                  #EVENT, end, or wrong: where the first thing goes "
    "wrong\n"
    "  --theme T       dark, light or none (no colours); else TELAR_THEME, "
    "else\n"
    "                  dark; NO_COLOR is none\n"
    "  --large         for a projector: everything bold, lanes two rows high\n"
    "  --ascii         nothing but ASCII; also with TELAR_ASCII=1, and where "
    "the\n"
    "                  locale is not UTF-8 (TELAR_ASCII=0: not then)\n"
    "  --plain         linear text instead, for pipes and screen readers; "
    "also\n"
    "                  where there is no terminal. At the end of the trace, "
    "or\n"
    "                  --at TIME\n"
    "  --record FILE   the screen into FILE.cast (asciicast) or FILE.svg\n"
    "                  (a picture that moves), without a terminal\n"
    "  --keys KEYS     that are pressed meanwhile: \"v<1s>..<enter>\"; else "
    "the\n"
    "                  trace is played once\n"
    "  --size CxR      columns and rows of the recording\n"
    "  --lang LANG     es or en\n"
    "\n"
    "Exit status: 0 shown, 2 could not.\n";
static const char help_es[] =
    "uso: ./telar view TRAZA [--view NOMBRE] [--at TIEMPO] [--theme T] "
    "[--large]\n"
    "                        [--ascii] [--plain] [--lang es|en]\n"
    "     ./telar view TRAZA --record ARCHIVO [--keys TECLAS] [--size 80x24]\n"
    "\n"
    "Muestra qué pasó en una traza; una que todavía se escribe se ve crecer "
    "(F\n"
    "la sigue). ? muestra las teclas y qué significan los signos.\n"
    "  --view NOMBRE   comienza con esa vista:\n"
    "                  %s\n"
    "  --at TIEMPO     y en ese momento: 12ms, 3.5s, 250us o 1200ns desde el\n"
    "                  comienzo, 9 (paso) donde la traza cuenta pasos, "
    "#EVENTO,\n"
    "                  end (el final) o wrong (donde algo va mal por primera\n"
    "                  vez)\n"
    "  --theme T       dark (oscuro), light (claro) o none (sin colores); si "
    "no,\n"
    "                  TELAR_THEME; si no, dark; NO_COLOR es none\n"
    "  --large         para proyectar: todo en negrita, carriles de dos filas\n"
    "  --ascii         solo ASCII; también con TELAR_ASCII=1 y donde la\n"
    "                  configuración regional no es UTF-8 (con TELAR_ASCII=0, "
    "no)\n"
    "  --plain         texto lineal, para tuberías y lectores de pantalla; "
    "también\n"
    "                  donde no hay terminal. Al final de la traza, o --at\n"
    "  --record ARCH   la pantalla en ARCH.cast (asciicast) o ARCH.svg (una\n"
    "                  imagen que se mueve), sin terminal\n"
    "  --keys TECLAS   que se pulsan mientras tanto: \"v<1s>..<enter>\"; si "
    "no,\n"
    "                  la traza se reproduce una vez\n"
    "  --size CxF      columnas y filas de la grabación\n"
    "  --lang IDIOMA   es o en\n"
    "\n"
    "Estado de salida: 0 se mostró, 2 no se pudo.\n";

enum { TIMELINE_LINES = 60, MOST_ROWS = 200, MOST_COLUMNS = 500 };

struct request {
    const char *trace, *at, *lang, *theme, *view, *record, *keys, *size;
    const char *unknown; // an argument that means nothing here
    bool help, plain, ascii, large;
};

static bool take(struct request *request, int option)
{
    const char **texts[] = {['a'] = &request->at,     ['l'] = &request->lang,
                            ['t'] = &request->theme,  ['v'] = &request->view,
                            ['r'] = &request->record, ['k'] = &request->keys,
                            ['s'] = &request->size};
    bool *flags[] = {['h'] = &request->help,
                     ['p'] = &request->plain,
                     ['c'] = &request->ascii,
                     ['g'] = &request->large};

    if (option < (int)(sizeof flags / sizeof *flags) && flags[option])
        *flags[option] = true;
    else if (option < (int)(sizeof texts / sizeof *texts) && texts[option])
        *texts[option] = optarg;
    else
        return false;
    return true;
}

static void parse(struct request *request, int argc, char **argv)
{
    static const struct option options[] = {
        {"plain", no_argument, NULL, 'p'},
        {"at", required_argument, NULL, 'a'},
        {"view", required_argument, NULL, 'v'},
        {"theme", required_argument, NULL, 't'},
        {"ascii", no_argument, NULL, 'c'},
        {"large", no_argument, NULL, 'g'},
        {"record", required_argument, NULL, 'r'},
        {"keys", required_argument, NULL, 'k'},
        {"size", required_argument, NULL, 's'},
        {"lang", required_argument, NULL, 'l'},
        {"help", no_argument, NULL, 'h'},
        {0},
    };
    int option;

    opterr = 0;
    while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1)
        if (!take(request, option))
            request->unknown = argv[optind - 1];
    request->trace = argv[optind];
    if (optind + 1 < argc)
        request->unknown = argv[optind + 1];
}

static int no_such_time(const struct request *request)
{
    return could_not(M("--at takes 12ms, 3.5s, 250us, 1200ns, #EVENT, end or "
                       "wrong, and 9 (step) where the trace counts steps, not "
                       "'%s'",
                       "--at admite 12ms, 3.5s, 250us, 1200ns, #EVENTO, end, "
                       "wrong y, donde la traza cuenta pasos, 9 (paso); no "
                       "'%s'"),
                     request->at);
}

static bool is_wrong(const struct request *request)
{
    return request->at && strcmp(request->at, "wrong") == 0;
}

static bool is_end(const struct request *request)
{
    return request->at && strcmp(request->at, "end") == 0;
}

static bool is_time(const struct request *request)
{
    return request->at && *request->at != '#' && !is_wrong(request) &&
           !is_end(request);
}

// Where so many events have happened; position stays where nothing is wrong.
static bool find_event(const struct stage *stage, const struct request *request,
                       size_t *position)
{
    if (is_wrong(request) && stage->findings.count > 0)
        *position = stage->findings.all[0].event + 1;
    if (is_end(request))
        *position = stage->reader.count;
    return !request->at || is_wrong(request) || is_end(request) ||
           moment_find(&stage->reader, request->at, position);
}

// Goes to the moment asked for: a time, which lies between events mostly, or
// behind an event; to position where none is asked for.
static bool go_there(struct stage *stage, const struct request *request,
                     size_t position)
{
    uint64_t time;

    if (is_time(request)) {
        if (!moment_time(&stage->reader, request->at, &time))
            return false;
        stage_go_time(stage, time);
        return true;
    }
    if (!find_event(stage, request, &position))
        return false;
    stage_go_event(stage, position);
    return true;
}

// ---- Views by name ----------------------------------------------------------

// The number of the view asked for; -1: there is none.
static int view_asked(const struct request *request)
{
    int view = request->view ? view_named(request->view) : 0;

    return view >= 0 && view_plays(view) ? -1 : view;
}

// ---- In words ---------------------------------------------------------------

static bool is_asked(const struct request *request, const char *view)
{
    return !request->view || strcmp(request->view, view) == 0;
}

// What is asked for by --view alone, or all of it.
static void say(FILE *out, struct stage *stage, const struct request *request)
{
    size_t position = stage->model.position;
    bool source = is_asked(request, "source"),
         counts = is_asked(request, "statistics"),
         charts = is_asked(request, "charts");

    model_seek(&stage->model, stage->reader.count);
    plain_header(out, &stage->model);
    if (!request->view && !request->at)
        plain_timeline(out, &stage->model, TIMELINE_LINES);
    model_seek(&stage->model, position);
    if (!request->view || !(source || counts || charts))
        plain_state(out, &stage->model, &stage->batons, &stage->blocks,
                    stage->now);
    if (source)
        plain_source(out, &stage->model);
    plain_findings(out, &stage->model, &stage->findings);
    if (counts)
        plain_statistics(out, &stage->model, &stage->lanes);
    if (charts)
        plain_charts(out, stage);
}

// On a terminal no line breaks within a word.
static int say_broken(struct stage *stage, const struct request *request)
{
    char *text = NULL;
    size_t size;
    FILE *all = open_memstream(&text, &size);

    if (!all)
        return could_not("%s", error_words(errno));
    say(all, stage, request);
    if (fclose(all) == 0)
        plain_break(stdout, text, terminal_width());
    free(text);
    return stop_flushed(0);
}

static int tell(struct stage *stage, const struct request *request)
{
    if (!go_there(stage, request, stage->reader.count))
        return no_such_time(request);
    if (isatty(STDOUT_FILENO))
        return say_broken(stage, request);
    say(stdout, stage, request);
    return stop_flushed(0);
}

// ---- On a screen, and into a file -------------------------------------------

static bool set_stage(struct stage *stage, const struct request *request)
{
    if (!go_there(stage, request, 0))
        return false;
    stage->large = request->large;
    stage->view = view_asked(request);
    if (is_wrong(request) && stage->findings.count > 0)
        keys_press(stage, '!'); // and says what it is
    return true;
}

static int look(struct stage *stage, const struct request *request)
{
    return set_stage(stage, request) ? show_trace(stage)
                                     : no_such_time(request);
}

static int record(struct stage *stage, const struct request *request,
                  const struct recording *recording)
{
    char error[600];

    if (!set_stage(stage, request))
        return no_such_time(request);
    if (!record_keys(stage, recording, error, sizeof error))
        return could_not("%s", error);
    return 0;
}

// ---- What was asked for -----------------------------------------------------

static bool parse_size(const char *text, struct recording *recording)
{
    char rest;

    return sscanf(text, "%4dx%4d%c", &recording->columns, &recording->rows,
                  &rest) == 2 &&
           recording->columns > 0 && recording->columns <= MOST_COLUMNS &&
           recording->rows > 0 && recording->rows <= MOST_ROWS;
}

static int check_recording(const struct request *request,
                           struct recording *recording)
{
    char error[300];

    *recording = (struct recording){.path = request->record,
                                    .keys = request->keys,
                                    .theme = terminal.theme,
                                    .rows = 24,
                                    .columns = 80};
    if (!request->record && (request->keys || request->size))
        return could_not(M("--keys and --size belong to --record FILE",
                           "--keys y --size van con --record ARCHIVO"));
    if (request->size && !parse_size(request->size, recording))
        return could_not(M("--size takes COLUMNSxROWS, at most %dx%d, not '%s'",
                           "--size admite COLUMNASxFILAS, a lo sumo %dx%d, no "
                           "'%s'"),
                         MOST_COLUMNS, MOST_ROWS, request->size);
    if (request->record && !record_check(recording, error, sizeof error))
        return could_not("%s", error);
    return 0;
}

static int check(const struct request *request)
{
    if (request->unknown)
        return could_not(M("view does not understand '%s' "
                           "(./telar view --help)",
                           "view no entiende '%s' (./telar view --help)"),
                         request->unknown);
    if (!request->trace)
        return could_not(M("view needs a trace: ./telar view TRACE",
                           "view necesita una traza: ./telar view TRAZA"));
    if (!terminal_setup(request->plain, request->theme))
        return could_not(M("--theme takes dark, light or none, not '%s'",
                           "--theme admite dark, light o none, no '%s'"),
                         request->theme);
    if (view_asked(request) < 0)
        return could_not(M("there is no view '%s': there are %s",
                           "no hay una vista '%s': hay %s"),
                         request->view, view_words());
    return 0;
}

static int view(const struct request *request,
                const struct recording *recording)
{
    struct stage stage;
    char error[600];
    int status;

    if (!stage_open(&stage, request->trace, error, sizeof error))
        return could_not("%s", error);
    by_hand_sources(&stage);
    if (request->record)
        status = record(&stage, request, recording);
    else if (terminal.plain || !isatty(STDIN_FILENO))
        status = tell(&stage, request);
    else
        status = look(&stage, request);
    if (status == 0 && stage.goes_on_by_hand)
        status = by_hand_run(&stage);
    stage_close(&stage);
    return status;
}

int main(int argc, char **argv)
{
    struct request request = {0};
    struct recording recording;

    parse(&request, argc, argv);
    if (!lang_set(request.lang)) {
        lang_set(NULL);
        return could_not(M("--lang takes es or en, not '%s'",
                           "--lang admite es o en, no '%s'"),
                         request.lang);
    }
    if (request.help) {
        printf(M(help_en, help_es), view_words());
        return stop_flushed(0);
    }
    if (check(&request) != 0 || check_recording(&request, &recording) != 0)
        return 2;
    setlocale(LC_CTYPE, "C.UTF-8");
    grid_ascii =
        request.record ? request.ascii : terminal_is_ascii(request.ascii);
    return view(&request, &recording);
}
