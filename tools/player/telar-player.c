// telar-player.c - plays lessons and shows the menu of the course
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "tools/course/terminal.h"
#include "tools/player/lint.h"
#include "tools/player/menu.h"
#include "tools/player/play.h"
#include "tools/player/screen.h"
#include "tools/player/stop.h"

struct options {
    struct play_options play;
    const char *theme, *lang;
    bool plain, large, help;
};

enum {
    STEP = 256,
    AUTO,
    PLAIN,
    ANSWERS,
    NOTES,
    THEME,
    LARGE,
    LANG,
    NO_SAVE,
    HELP
};

static const struct option names[] = {
    {"step", required_argument, NULL, STEP},
    {"auto", no_argument, NULL, AUTO},
    {"plain", no_argument, NULL, PLAIN},
    {"answers", required_argument, NULL, ANSWERS},
    {"notes", no_argument, NULL, NOTES},
    {"theme", required_argument, NULL, THEME},
    {"large", no_argument, NULL, LARGE},
    {"lang", required_argument, NULL, LANG},
    {"no-save", no_argument, NULL, NO_SAVE},
    {"help", no_argument, NULL, HELP},
    {NULL, 0, NULL, 0},
};

static void print_help(void)
{
    fputs(M("usage: ./telar lesson NN|topic [options]   plays a lesson\n"
            "       ./telar [menu]   the course, and where you are\n"
            "       build/bin/telar-player check-lessons   looks for mistakes\n"
            "                        in the lessons, for who writes them\n"
            "\n"
            "  --step N|ID     begin at this step\n"
            "  --auto          play everything, wait for nobody, keep nothing\n"
            "  --answers FILE  predictions from lines \"step/question = "
            "answer\"\n"
            "  --notes         show the notes for the teacher\n"
            "  --no-save       keep no progress\n"
            "  --plain         linear text without colours\n"
            "  --theme T       dark, light or none\n"
            "  --large         for the projector\n"
            "  --lang es|en\n",
            "uso: ./telar lesson NN|tema [opciones]   presenta una lección\n"
            "     ./telar [menu]   el curso, y dónde estás\n"
            "     build/bin/telar-player check-lessons   busca errores en las\n"
            "                      lecciones, para quien las escribe\n"
            "\n"
            "  --step N|ID     empieza en este paso\n"
            "  --auto          presenta todo, no espera a nadie, no guarda\n"
            "  --answers ARCH  predicciones de líneas \"paso/pregunta = "
            "respuesta\"\n"
            "  --notes         muestra las notas para quien enseña\n"
            "  --no-save       no guarda el avance\n"
            "  --plain         texto lineal sin colores\n"
            "  --theme T       dark (oscuro), light (claro) o none\n"
            "  --large         para el proyector\n"
            "  --lang es|en\n"),
          stdout);
}

static void take_option(struct options *options, int option)
{
    switch (option) {
    case STEP:
        options->play.step = optarg;
        break;
    case AUTO:
        options->play.automatic = true;
        break;
    case PLAIN:
        options->plain = true;
        break;
    case ANSWERS:
        options->play.answers = optarg;
        break;
    case NOTES:
        options->play.notes = true;
        break;
    case THEME:
        options->theme = optarg;
        break;
    case LARGE:
        options->large = true;
        break;
    case LANG:
        options->lang = optarg;
        break;
    case NO_SAVE:
        options->play.save = false;
        break;
    default:
        options->help = true;
    }
}

static bool take_options(int argc, char **argv, struct options *options)
{
    int option;

    opterr = 0;
    while ((option = getopt_long(argc, argv, ":", names, NULL)) != -1) {
        if (option == ':') {
            could_not(M("%s needs a value; \"--help\" says which",
                        "a %s le falta un valor; \"--help\" dice cuál"),
                      argv[optind - 1]);
            return false;
        }
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

static bool settle(const struct options *options)
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
    screen_setup(options->play.automatic, options->large);
    return true;
}

static int obey(int count, char **words, struct options *options)
{
    if (count == 2 && strcmp(words[0], "lesson") == 0) {
        options->play.lesson = words[1];
        return play_lesson(&options->play);
    }
    if (count == 1 && strcmp(words[0], "menu") == 0)
        return menu_show(&options->play);
    if (count == 1 && strcmp(words[0], "check-lessons") == 0)
        return lint_lessons();
    if (count == 1 && strcmp(words[0], "lesson") == 0)
        return could_not("%s", M("which lesson? For example: ./telar lesson 02",
                                 "¿qué lección? Por ejemplo: ./telar lesson "
                                 "02"));
    return could_not("%s", M("expected: lesson NN, menu or check-lessons "
                             "(--help says more)",
                             "se espera: lesson NN, menu o check-lessons "
                             "(--help dice más)"));
}

int main(int argc, char **argv)
{
    struct options options = {.play.save = true};
    int status;

    lang_set(NULL);
    if (!take_options(argc, argv, &options) || !settle(&options))
        return 2;
    if (options.help) {
        print_help();
        return stop_flushed(0);
    }
    stop_setup();
    status = stop_flushed(obey(argc - optind, argv + optind, &options));
    stop_as_told();
    return status;
}
