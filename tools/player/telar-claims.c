// telar-claims.c - what people say, and what this machine shows
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/message.h"
#include "tools/course/terminal.h"
#include "tools/player/claims.h"
#include "tools/player/claims_report.h"
#include "tools/player/screen.h"
#include "tools/player/stop.h"

enum { REPEAT_LIMIT = 1000 };

struct options {
    const char *id, *format, *repeat, *lang, *theme;
    bool plain, help;
    int rounds;
    void (*print)(const struct claims *claims);
};

enum { ID = 256, REPEAT, FORMAT, PLAIN, THEME, LANG, HELP };

static const struct option names[] = {
    {"id", required_argument, NULL, ID},
    {"repeat", required_argument, NULL, REPEAT},
    {"format", required_argument, NULL, FORMAT},
    {"plain", no_argument, NULL, PLAIN},
    {"theme", required_argument, NULL, THEME},
    {"lang", required_argument, NULL, LANG},
    {"help", no_argument, NULL, HELP},
    {NULL, 0, NULL, 0},
};

static void print_help(void)
{
    fputs(M("usage: ./telar claims [LESSON...] [options]\n"
            "Puts the claims of the lessons to the test\n"
            "\n"
            "  --id ID         only this claim\n"
            "  --repeat N      N times (at most 1000): how often each verdict "
            "came\n"
            "  --format F      text, json or csv\n"
            "  --plain         without colours\n"
            "  --theme T       dark, light or none\n"
            "  --lang es|en\n"
            "\n"
            "Exit status: 0 done, 1 a verdict was true once and false once,\n"
            "2 it could not be done.\n",
            "uso: ./telar claims [LECCIÓN...] [opciones]\n"
            "Pone a prueba las afirmaciones de las lecciones\n"
            "\n"
            "  --id ID         solo esta afirmación\n"
            "  --repeat N      N veces (1000 como mucho): cuántas salió cada "
            "veredicto\n"
            "  --format F      text (texto), json o csv\n"
            "  --plain         sin colores\n"
            "  --theme T       dark (oscuro), light (claro) o none\n"
            "  --lang es|en\n"
            "\n"
            "Estado de salida: 0 hecho, 1 un veredicto fue cierta una vez y "
            "falsa otra,\n2 no se pudo hacer.\n"),
          stdout);
}

// ---- What was asked for -----------------------------------------------------

static void take_option(struct options *options, int option)
{
    switch (option) {
    case ID:
        options->id = optarg;
        break;
    case REPEAT:
        options->repeat = optarg;
        break;
    case FORMAT:
        options->format = optarg;
        break;
    case PLAIN:
        options->plain = true;
        break;
    case THEME:
        options->theme = optarg;
        break;
    case LANG:
        options->lang = optarg;
        break;
    default:
        options->help = true;
    }
}

static bool take_options(int argc, char **argv, struct options *options)
{
    int option;

    opterr = 0;
    while ((option = getopt_long(argc, argv, "", names, NULL)) != -1) {
        if (option == '?') {
            could_not(M("what is \"%s\"? \"--help\" lists the options",
                        "¿qué es \"%s\"? \"--help\" lista las opciones"),
                      argv[optind - 1]);
            return false;
        }
        take_option(options, option);
    }
    return true;
}

static bool take_rounds(struct options *options)
{
    char *end;
    long rounds = 1;

    errno = 0;
    if (options->repeat)
        rounds = strtol(options->repeat, &end, 10);
    if (options->repeat && (end == options->repeat || *end || errno ||
                            rounds < 1 || rounds > REPEAT_LIMIT)) {
        could_not(M("--repeat is a number from 1 to %d, not \"%s\"",
                    "--repeat es un número de 1 a %d, no \"%s\""),
                  REPEAT_LIMIT, options->repeat);
        return false;
    }
    options->rounds = (int)rounds;
    return true;
}

static bool take_format(struct options *options)
{
    static const struct {
        const char *name;
        void (*print)(const struct claims *claims);
    } formats[] = {{"text", claims_print_text},
                   {"json", claims_print_json},
                   {"csv", claims_print_csv}};

    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(formats[i].name, options->format) == 0)
            options->print = formats[i].print;
    if (!options->print)
        could_not(M("--format is text, json or csv, not \"%s\"",
                    "--format es text, json o csv, no \"%s\""),
                  options->format);
    return options->print != NULL;
}

static bool settle(struct options *options)
{
    if (!lang_set(options->lang)) {
        could_not(
            M("--lang is es or en, not \"%s\"", "--lang es es o en, no \"%s\""),
            options->lang);
        return false;
    }
    if (!terminal_setup(options->plain, options->theme)) {
        could_not(M("--theme is dark, light or none, not \"%s\"",
                    "--theme es dark, light o none, no \"%s\""),
                  options->theme);
        return false;
    }
    screen_setup(true, false);
    screen.silent = true;
    return take_rounds(options) && take_format(options);
}

// ---- Progress ---------------------------------------------------------------

static bool shows_progress(void)
{
    const char *term = getenv("TERM");

    return isatty(STDERR_FILENO) && term && strcmp(term, "dumb") != 0;
}

static void show_progress(const struct claims *claims, size_t index,
                          const struct item *experiment)
{
    size_t number = (size_t)claims->rounds * claims->count + index + 1;
    size_t total = (size_t)claims->planned * claims->count;
    const char *name = item_value(experiment, "program");

    fprintf(stderr, "\r\033[K%zu/%zu %.12s: %.40s", number, total,
            claims->list[index].home->name,
            name ? name : item_value(experiment, "chart"));
}

static void hide_progress(void)
{
    if (shows_progress())
        fputs("\r\033[K", stderr);
}

// ---- The test ---------------------------------------------------------------

static int status_of(const struct claims *claims)
{
    for (size_t i = 0; i < claims->count && claims->faults == 0; i++)
        if (claims_flipped(&claims->list[i]))
            return 1;
    if (claims->faults == 0)
        return 0;
    return could_not(M("not everything could be tested (%d faults); \"./telar "
                       "lesson NN --step ID\" shows more",
                       "no todo se pudo probar (%d fallas); \"./telar lesson "
                       "NN --step ID\" muestra más"),
                     claims->faults);
}

static int test(struct claims *claims, const struct options *options)
{
    bool good = true;

    if (shows_progress())
        claims->progress = show_progress;
    claims->planned = options->rounds;
    while (good && claims->rounds < options->rounds)
        good = claims_test(claims);
    hide_progress();
    if (!good)
        return 2;
    options->print(claims);
    fflush(stdout);
    return status_of(claims);
}

static int obey(char **asked, int count, const struct options *options)
{
    struct claims claims = {0};
    int status = 2;

    if (claims_read(&claims, asked, (size_t)count, options->id))
        status = test(&claims, options);
    claims_free(&claims);
    return status;
}

int main(int argc, char **argv)
{
    struct options options = {.format = "text"};
    int status;

    lang_set(NULL);
    if (!take_options(argc, argv, &options) || !settle(&options))
        return 2;
    if (options.help) {
        print_help();
        return stop_flushed(0);
    }
    stop_setup();
    status = stop_flushed(obey(argv + optind, argc - optind, &options));
    stop_as_told();
    return status;
}
