// telar-play.c - ./telar play PROGRAM: you are the scheduler
#include <errno.h>
#include <getopt.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/message.h"
#include "tools/course/terminal.h"
#include "tools/explorer/play_table.h"
#include "viz/play_stage.h"
#include "viz/show.h"
#include "viz/view.h"

static struct {
    struct play_request request;
    const char *language, *theme, *view;
    uint64_t at; // steps
    bool plain, large, ascii, looks_back, help;
    char problem[300]; // with an option
} asked;

static const char *usage(void)
{
    return M(
        "usage: ./telar play PROGRAM|FILE.c... [options] [-- ARG...]\n"
        "Runs a program with threads, and you say who goes on.\n"
        "  --goal GOAL        lose-update deadlock lost-wakeup assertion\n"
        "                     data-race any...; else one that can be reached\n"
        "  --schedule SCHEDULE  begin behind it (./telar explore shows one)\n"
        "  --at N             but look back to behind its step N\n"
        "  --points NAME      a move goes up to the next: accesses (to shared\n"
        "                     memory), sync (synchronisation)\n"
        "  --spurious N       wakeups without a signal that may happen (1)\n"
        "  --seed K           of rand()\n"
        "  --cc gcc|clang     --cflags \"...\"\n"
        "  --plain            lines instead of a screen of its own\n"
        "  --view NAME        begins with that view (./telar view --help)\n"
        "  --theme NAME       dark light none   --large   --lang es|en\n"
        "  --ascii            nothing but ASCII; also with TELAR_ASCII=1, and\n"
        "                     where the locale is not of UTF-8\n"
        "Exit status: 0 played, 2 could not.",
        "uso: ./telar play PROGRAMA|ARCHIVO.c... [opciones] [-- ARG...]\n"
        "Corre un programa con hilos, y tú dices quién sigue.\n"
        "  --goal META        perder-suma interbloqueo despertar-perdido\n"
        "                     asercion carrera cualquiera...; si no, una que\n"
        "                     se pueda alcanzar\n"
        "  --schedule PLAN    empieza después de él (./telar explore da uno)\n"
        "  --at N             pero con la vista tras su paso N\n"
        "  --points NOMBRE    una jugada llega hasta: accesses (el próximo\n"
        "                     acceso a memoria compartida), sync (la próxima\n"
        "                     sincronización)\n"
        "  --spurious N       despertares sin señal que puede haber (1)\n"
        "  --seed K           de rand()\n"
        "  --cc gcc|clang     --cflags \"...\"\n"
        "  --plain            líneas en vez de una pantalla propia\n"
        "  --view NOMBRE      empieza con esa vista (./telar view --help)\n"
        "  --theme NOMBRE     dark light none   --large   --lang es|en\n"
        "  --ascii            solo ASCII; también con TELAR_ASCII=1 y donde "
        "la\n"
        "                     configuración regional no es UTF-8\n"
        "Estado de salida: 0 se jugó, 2 no se pudo.");
}

// ---- Options ----------------------------------------------------------------

enum {
    GOAL = 1,
    SCHEDULE,
    POINTS,
    SPURIOUS_LIMIT,
    SEED,
    COMPILER,
    CFLAGS,
    PLAIN_ONLY,
    THEME,
    LARGE,
    ASCII,
    VIEW,
    AT,
    LANGUAGE,
    HELP
};

static const struct option options[] = {
    {"goal", required_argument, NULL, GOAL},
    {"schedule", required_argument, NULL, SCHEDULE},
    {"points", required_argument, NULL, POINTS},
    {"spurious", required_argument, NULL, SPURIOUS_LIMIT},
    {"seed", required_argument, NULL, SEED},
    {"cc", required_argument, NULL, COMPILER},
    {"cflags", required_argument, NULL, CFLAGS},
    {"plain", no_argument, NULL, PLAIN_ONLY},
    {"theme", required_argument, NULL, THEME},
    {"large", no_argument, NULL, LARGE},
    {"ascii", no_argument, NULL, ASCII},
    {"view", required_argument, NULL, VIEW},
    {"at", required_argument, NULL, AT},
    {"lang", required_argument, NULL, LANGUAGE},
    {"help", no_argument, NULL, HELP},
    {0}};

static bool take_number(const char *text, uint64_t most, uint64_t *value)
{
    char *end;

    errno = 0;
    *value = strtoull(text, &end, 10);
    return *text >= '0' && *text <= '9' && !*end && errno == 0 &&
           *value <= most;
}

static bool take_points(const char *word)
{
    asked.request.grain = strcmp(word, "sync") == 0 ? GRAIN_SYNC : GRAIN_SHARED;
    return asked.request.grain == GRAIN_SYNC || strcmp(word, "accesses") == 0 ||
           strcmp(word, "races") == 0 || strcmp(word, "auto") == 0;
}

static bool take_value(int option, const char *value)
{
    struct plan *plan = &asked.request.explore.plan;
    uint64_t number;

    switch (option) {
    case POINTS:
        return take_points(value);
    case SPURIOUS_LIMIT:
        if (!take_number(value, 1000, &number))
            return false;
        plan->spurious = (int)number;
        return true;
    case AT:
        return asked.looks_back = take_number(value, UINT64_MAX, &asked.at);
    case SEED:
        return take_number(value, UINT64_MAX, &plan->seed);
    case COMPILER:
        asked.request.explore.build.cc = value;
        return strcmp(value, "gcc") == 0 || strcmp(value, "clang") == 0;
    default:
        return false;
    }
}

static bool take_word(int option, const char *value)
{
    switch (option) {
    case GOAL:
        asked.request.goal = value;
        return true;
    case SCHEDULE:
        asked.request.schedule = value;
        return true;
    case CFLAGS:
        asked.request.explore.build.cflags = value;
        return true;
    case THEME:
        asked.theme = value;
        return true;
    case LANGUAGE:
        asked.language = value;
        return true;
    case VIEW:
        asked.view = value;
        return true;
    case PLAIN_ONLY:
        return asked.plain = true;
    case LARGE:
        return asked.large = true;
    case ASCII:
        return asked.ascii = true;
    case HELP:
        return asked.help = true;
    default:
        return false;
    }
}

static void take_options(int count, char **arguments)
{
    int option, index = 0;

    opterr = 0;
    while ((option = getopt_long(count, arguments, ":h", options, &index)) !=
           -1) {
        bool is_known = option != '?' && option != ':';

        option = option == 'h' ? HELP : option;
        if (*asked.problem || take_word(option, optarg) ||
            (is_known && take_value(option, optarg)))
            continue;
        snprintf(asked.problem, sizeof asked.problem, "%.100s%s%.100s",
                 is_known ? "--" : "",
                 is_known ? options[index].name : arguments[optind - 1], "");
        if (is_known && optarg)
            snprintf(asked.problem, sizeof asked.problem, "--%s %.100s",
                     options[index].name, optarg);
    }
    for (int i = optind; i < count; i++)
        wordlist_add(&asked.request.files, arguments[i]);
}

// What stands behind "--" is the program's. Returns how many are ours.
static int cut_arguments(int count, char **arguments)
{
    int ours = 1;

    while (ours < count && strcmp(arguments[ours], "--") != 0)
        ours++;
    wordlist_add(&asked.request.arguments, "program");
    for (int i = ours + 1; i < count; i++)
        wordlist_add(&asked.request.arguments, arguments[i]);
    return ours;
}

// ---- A game -----------------------------------------------------------------

static bool has_screen(void)
{
    return !terminal.plain && isatty(STDIN_FILENO);
}

// What stands behind the last key is to be copied and played on.
static void say_schedule(const struct game *game)
{
    char *schedule = game_schedule(game);

    if (play_count(game->play) > 0)
        fputs(schedule, stdout);
    free(schedule);
}

// Where it was asked to begin.
static void set_stage(struct play_stage *play)
{
    play->stage->large = asked.large;
    if (asked.view)
        play->stage->view = view_named(asked.view);
    if (asked.looks_back)
        play_stage_go_step(play, asked.at);
}

static int play_on_screen(struct game *game)
{
    struct stage stage;
    struct play_stage play;
    char error[600];
    int status;

    setlocale(LC_CTYPE, "C.UTF-8");
    grid_ascii = terminal_is_ascii(asked.ascii);
    if (!play_stage_open(&play, &stage, game, error, sizeof error))
        return could_not("%s", error);
    set_stage(&play);
    status = show_trace(&stage);
    if (*play.error)
        status = could_not("%s", play.error);
    else if (status == 0)
        say_schedule(game);
    play_stage_close(&play);
    return status;
}

static int play(struct game *game)
{
    if (has_screen())
        return play_on_screen(game);
    game_run(game);
    return 0;
}

static int play_files(void)
{
    struct play_table table;
    char error[1000] = "";
    int status = play_table_set(&table, &asked.request, error, sizeof error)
                     ? play(&table.game)
                     : could_not("%s", error);

    play_table_clear(&table);
    return status;
}

static int check_asked(void)
{
    struct goal goal;

    if (*asked.problem)
        return could_not(
            M("play: no such option or value: %s; --help lists them",
              "play: no existe esa opción o ese valor: %s; --help los muestra"),
            asked.problem);
    if (asked.request.goal && !goal_named(asked.request.goal, &goal))
        return could_not(M("play: no goal '%.60s'; --help names some",
                           "play: no hay una meta '%.60s'; --help nombra "
                           "algunas"),
                         asked.request.goal);
    if (asked.view && view_named(asked.view) < 0)
        return could_not(M("there is no view '%s': there are %s",
                           "no hay una vista '%s': "
                           "hay %s"),
                         asked.view, view_words());
    if (!terminal_setup(asked.plain, asked.theme))
        return could_not(M("--theme takes dark, light or none, not %s",
                           "--theme admite dark, light o none, no %s"),
                         asked.theme);
    if (asked.request.files.count == 0)
        return could_not("%s", M("play what? a lesson program or FILE.c; "
                                 "--help says more",
                                 "¿jugar qué? un programa de lección o "
                                 "ARCHIVO.c; --help dice más"));
    return 0;
}

static int run(void)
{
    if (asked.help && !*asked.problem) {
        puts(usage());
        return 0;
    }
    return check_asked() ? 2 : play_files();
}

int main(int count, char **arguments)
{
    bool named = count > 1 && strcmp(arguments[1], "play") == 0;
    int ours, status;

    lang_set(NULL);
    play_request_usual(&asked.request);
    ours = cut_arguments(count - named, arguments + named);
    take_options(ours, arguments + named);
    if (asked.language && !lang_set(asked.language))
        return could_not(
            M("--lang takes es or en, not %s", "--lang admite es o en, no %s"),
            asked.language);
    status = run();
    play_request_free(&asked.request);
    return status;
}
