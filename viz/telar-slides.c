// telar-slides.c - ./telar slides: the slides of the course, measured here
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/course.h"
#include "tools/course/error_words.h"
#include "tools/course/keep.h"
#include "tools/course/terminal.h"
#include "tools/player/render.h"
#include "tools/player/stop.h"
#include "viz/deck_charts.h"
#include "viz/deck_page.h"
#include "viz/measured.h"

static const char help_en[] =
    "usage: ./telar slides [options]        or   make slides\n"
    "\n"
    "Makes the slides of the course, in English and in Spanish: one HTML file\n"
    "each, which needs no other file and no network. Every figure and chart "
    "in\n"
    "it was measured on this machine; what is missing, older than its program\n"
    "or from another machine is measured now.\n"
    "  --measure        measure everything again (\"make charts\" does, too)\n"
    "  --check          only look for mistakes; measure and write nothing\n"
    "  --output FOLDER  instead of build/slides\n"
    "  --lang LANG      es or en: of what is said here\n"
    "\n"
    "In that folder: telar.en.html and telar.es.html. Open one in a browser:\n"
    "arrows, space and PageUp/PageDown go through it, ? shows the other keys.\n"
    "slides/README.md says how slides are written.\n"
    "\n"
    "Exit status: 0 both are made, 2 something could not be done.\n";
static const char help_es[] =
    "uso: ./telar slides [opciones]        o   make slides\n"
    "\n"
    "Hace las diapositivas del curso, en español y en inglés: un archivo HTML\n"
    "por idioma, que no necesita otro archivo ni red. Todas sus cifras y sus\n"
    "gráficos se midieron en esta máquina; lo que falta, lo que es más viejo\n"
    "que su programa o lo que viene de otra máquina se mide ahora.\n"
    "  --measure         mide todo de nuevo (también lo hace \"make charts\")\n"
    "  --check           solo busca errores; no mide ni escribe nada\n"
    "  --output CARPETA  en lugar de build/slides\n"
    "  --lang IDIOMA     es o en: de lo que se dice aquí\n"
    "\n"
    "En esa carpeta quedan telar.es.html y telar.en.html. Abre uno en un\n"
    "navegador: se recorre con flechas, espacio y RePág/AvPág; ? muestra las\n"
    "otras teclas. slides/README.es.md dice cómo se escriben.\n"
    "\n"
    "Estado de salida: 0 las dos están hechas, 2 algo no se pudo hacer.\n";

struct request {
    const char *lang, *unknown, *output;
    bool measure, check, help;
};

static void parse(struct request *request, int argc, char **argv)
{
    static const struct option options[] = {
        {"measure", no_argument, NULL, 'm'},
        {"check", no_argument, NULL, 'c'},
        {"output", required_argument, NULL, 'o'},
        {"lang", required_argument, NULL, 'l'},
        {"help", no_argument, NULL, 'h'},
        {0},
    };
    int option;

    opterr = 0;
    while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
        if (option == '?')
            request->unknown = argv[optind - 1];
        else if (option == 'm')
            request->measure = true;
        else if (option == 'c')
            request->check = true;
        else if (option == 'o')
            request->output = optarg;
        else if (option == 'l')
            request->lang = optarg;
        else
            request->help = true;
    }
    if (optind < argc)
        request->unknown = argv[optind];
}

// ---- The files --------------------------------------------------------------

static bool keep_page(const char *folder, const char *language,
                      const char *page, int slides)
{
    const char *shown, *root = course_root();
    char *path;
    bool kept;

    MUST(asprintf(&path, "%s/telar.%s.html", folder, language));
    kept = keep_write(path, page, strlen(page));
    shown = path;
    if (strncmp(path, root, strlen(root)) == 0 && path[strlen(root)] == '/')
        shown += strlen(root) + 1;
    if (kept)
        printf(M("%s: %d slides, %zu KiB\n", "%s: %d diapositivas, %zu KiB\n"),
               shown, slides, strlen(page) / 1024);
    else
        could_not(M("could not write %s: %s", "no se pudo escribir %s: %s"),
                  shown, error_words(errno));
    free(path);
    return kept;
}

static bool make_page(const struct deck *deck, enum deck_language language,
                      const char *folder)
{
    int slides;
    char *page = deck_page(deck, language, &slides);
    bool made = page && !stop_signal &&
                keep_page(folder, deck_languages[language], page, slides);

    free(page);
    return made;
}

// Figures of a quiet moment are better.
static void say_busy(const struct deck *deck)
{
    char *names;
    size_t size;
    FILE *out = MUST(open_memstream(&names, &size));

    for (size_t t = 0; t < deck->topic_count; t++)
        for (size_t i = 0; i < deck->topics[t].chart_count; i++) {
            const struct deck_chart *chart = &deck->topics[t].charts[i];
            char *busy = measured_line(chart->work.origin, "busy");

            if (busy)
                fprintf(out, " %s/%s", deck->topics[t].name, chart->name);
            free(busy);
        }
    fclose(out);
    if (*names)
        printf(M("measured while the machine was busy:%s (\"./telar slides "
                 "--measure\" in a quiet moment)\n",
                 "medido con la máquina ocupada:%s (\"./telar slides "
                 "--measure\" en un momento tranquilo)\n"),
               names);
    free(names);
}

static bool make_pages(struct deck *deck, const struct request *request)
{
    char *usual = course_path("build/slides");
    const char *folder = request->output ? request->output : usual;
    bool made = deck_charts_ready(deck, request->measure) &&
                make_page(deck, DECK_ENGLISH, folder) &&
                make_page(deck, DECK_SPANISH, folder);

    if (made)
        say_busy(deck);
    free(usual);
    return made;
}

static int make(const struct request *request)
{
    struct deck deck;
    bool good = deck_read(&deck);

    if (good && request->check)
        printf(M("topics: %zu, no mistakes\n", "temas: %zu, sin errores\n"),
               deck.topic_count);
    else
        good = good && make_pages(&deck, request);
    deck_free(&deck);
    return good ? 0 : 2;
}

// What needs no reading comes first.
static int obey(const struct request *request)
{
    if (request->unknown)
        return could_not(M("slides does not understand '%s' "
                           "(./telar slides --help)",
                           "slides no entiende '%s' (./telar slides --help)"),
                         request->unknown);
    if (request->output && (!keep_folder(request->output) ||
                            access(request->output, W_OK | X_OK) < 0))
        return could_not(
            M("could not write in %s: %s", "no se puede escribir en %s: %s"),
            request->output, error_words(errno));
    if (!render_ready())
        return could_not("%s", M("lowdown is missing, which reads Markdown: "
                                 "\"./telar\" installs it",
                                 "falta lowdown, que lee Markdown: "
                                 "\"./telar\" lo instala"));
    return make(request);
}

int main(int argc, char **argv)
{
    struct request request = {.help = false};
    int status;

    parse(&request, argc, argv);
    if (!lang_set(request.lang)) {
        lang_set(NULL);
        return could_not(M("--lang takes es or en, not '%s'",
                           "--lang admite es o en, no '%s'"),
                         request.lang);
    }
    if (request.help) {
        fputs(M(help_en, help_es), stdout);
        return stop_flushed(0);
    }
    terminal_setup(true, NULL);
    stop_setup();
    // gnuplot shows our letters, and numbers as the script says.
    MUST(setenv("LC_ALL", "C.UTF-8", 1));
    status = stop_flushed(obey(&request));
    stop_as_told();
    return status;
}
