// telar-play.c - ./telar play PROGRAM: you are the scheduler
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/terminal.h"
#include "tools/explorer/command.h"
#include "tools/explorer/play_game.h"

static struct {
    struct explore_request request;
    struct wordlist files;     // as the person named them
    struct wordlist sources;   // paths
    struct wordlist arguments; // of the program
    const char *language, *theme, *goal, *schedule;
    enum grain grain;
    bool plain, help;
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
        "  --points NAME      a move goes up to the next: accesses (to shared\n"
        "                     memory), sync (synchronisation)\n"
        "  --spurious N       wakeups without a signal that may happen (1)\n"
        "  --seed K           of rand()\n"
        "  --cc gcc|clang     --cflags \"...\"\n"
        "  --plain --theme NAME --lang es|en\n"
        "Exit status: 0 played, 2 could not.",
        "uso: ./telar play PROGRAMA|ARCHIVO.c... [opciones] [-- ARG...]\n"
        "Corre un programa con hilos, y tú dices quién sigue.\n"
        "  --goal META        perder-suma interbloqueo despertar-perdido\n"
        "                     asercion carrera cualquiera...; si no, una que\n"
        "                     se pueda alcanzar\n"
        "  --schedule PLAN    empieza después de él (./telar explore da uno)\n"
        "  --points NOMBRE    una jugada llega hasta: accesses (el próximo\n"
        "                     acceso a memoria compartida), sync (la próxima\n"
        "                     sincronización)\n"
        "  --spurious N       despertares sin señal que puede haber (1)\n"
        "  --seed K           de rand()\n"
        "  --cc gcc|clang     --cflags \"...\"\n"
        "  --plain --theme NOMBRE --lang es|en\n"
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
    asked.grain = strcmp(word, "sync") == 0 ? GRAIN_SYNC : GRAIN_SHARED;
    return asked.grain == GRAIN_SYNC || strcmp(word, "accesses") == 0 ||
           strcmp(word, "races") == 0 || strcmp(word, "auto") == 0;
}

static bool take_value(int option, const char *value)
{
    struct plan *plan = &asked.request.plan;
    uint64_t number;

    switch (option) {
    case POINTS:
        return take_points(value);
    case SPURIOUS_LIMIT:
        if (!take_number(value, 1000, &number))
            return false;
        plan->spurious = (int)number;
        return true;
    case SEED:
        return take_number(value, UINT64_MAX, &plan->seed);
    case COMPILER:
        asked.request.build.cc = value;
        return strcmp(value, "gcc") == 0 || strcmp(value, "clang") == 0;
    default:
        return false;
    }
}

static bool take_word(int option, const char *value)
{
    switch (option) {
    case GOAL:
        asked.goal = value;
        return true;
    case SCHEDULE:
        asked.schedule = value;
        return true;
    case CFLAGS:
        asked.request.build.cflags = value;
        return true;
    case THEME:
        asked.theme = value;
        return true;
    case LANGUAGE:
        asked.language = value;
        return true;
    case PLAIN_ONLY:
        return asked.plain = true;
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
        wordlist_add(&asked.files, arguments[i]);
}

// What stands behind "--" is the program's. Returns how many are ours.
static int cut_arguments(int count, char **arguments)
{
    int ours = 1;

    while (ours < count && strcmp(arguments[ours], "--") != 0)
        ours++;
    wordlist_add(&asked.arguments, "program");
    for (int i = ours + 1; i < count; i++)
        wordlist_add(&asked.arguments, arguments[i]);
    return ours;
}

// ---- A game -----------------------------------------------------------------

struct table { // all that a game stands on
    struct build build;
    struct names *names;
    struct play play;
    struct hinter hinter;
    struct game game;
};

static bool find_sources(char *error, size_t error_size)
{
    for (size_t i = 0; i < asked.files.count; i++) {
        char *path = build_source(asked.files.words[i], error, error_size);

        if (!path)
            return false;
        wordlist_add(&asked.sources, path);
        free(path);
    }
    asked.request.build.sources = asked.sources.words;
    asked.request.build.source_count = asked.sources.count;
    asked.request.arguments = asked.arguments.words;
    return true;
}

static void clear_table(struct table *table)
{
    play_end(&table->play);
    names_close(table->names);
    build_free(&table->build);
    *table = (struct table){0};
}

static bool build_table(struct table *table, bool many_tasks, char *error,
                        size_t error_size)
{
    asked.request.build.many_tasks = many_tasks;
    *table = (struct table){0};
    if (!build_program(&asked.request.build, &table->build, error, error_size))
        return false;
    table->names = names_open(table->build.program, error, error_size);
    table->play = (struct play){.program = table->build.program,
                                .arguments = asked.request.arguments,
                                .names = table->names,
                                .plan = asked.request.plan,
                                .grain = asked.grain};
    return table->names != NULL;
}

// With the larger engine where the other one has too few threads.
static bool begin(struct table *table, char *error, size_t error_size)
{
    if (!build_table(table, false, error, error_size))
        return false;
    if (play_begin(&table->play))
        return true;
    if (table->play.crowded) {
        clear_table(table);
        if (!build_table(table, true, error, error_size))
            return false;
        if (play_begin(&table->play))
            return true;
    }
    snprintf(error, error_size, "%s", table->play.error);
    return false;
}

static bool check_build(const struct table *table,
                        const struct schedule *schedule, char *error,
                        size_t error_size)
{
    if (schedule->build == table->build.hash)
        return true;
    snprintf(error, error_size,
             M("the schedule is for another program, or for an earlier form of "
               "this one (%016lx; this is %016lx)",
               "el plan es de otro programa, o de una forma anterior de este "
               "(%016lx; este es %016lx)"),
             (unsigned long)schedule->build, (unsigned long)table->build.hash);
    return false;
}

static bool enter_schedule(struct table *table, char *error, size_t error_size)
{
    struct schedule schedule;
    bool done;

    if (!asked.schedule)
        return true;
    if (!schedule_parse(asked.schedule, &schedule, error, error_size))
        return false;
    done = check_build(table, &schedule, error, error_size);
    if (done && !play_enter(&table->play, schedule.steps)) {
        snprintf(error, error_size, "%s", table->play.error);
        done = false;
    }
    schedule_free(&schedule);
    return done;
}

// A goal that can be reached takes about a second to find.
static bool find_goal(struct table *table, char *error, size_t error_size)
{
    bool done;

    if (asked.goal)
        return true;
    if (!terminal.plain)
        fputs(M("What can go wrong in it?\r", "¿Qué puede salir mal en él?\r"),
              stderr);
    done = hinter_goal(&table->hinter, &table->play, &table->game.goal, error,
                       error_size);
    if (!terminal.plain)
        fputs("\033[K", stderr);
    return done;
}

static bool set_table(struct table *table, char *error, size_t error_size)
{
    if (!find_sources(error, error_size) || !begin(table, error, error_size))
        return false;
    table->hinter.request = &asked.request;
    if (asked.goal)
        goal_named(asked.goal, &table->game.goal);
    return enter_schedule(table, error, error_size) &&
           find_goal(table, error, error_size);
}

static void play(struct table *table)
{
    char *before = command_files(&asked.files, &asked.request.build),
         *arguments = command_arguments(&asked.arguments);
    struct game *game = &table->game;

    game->play = &table->play;
    game->hinter = &table->hinter;
    game->hash = table->build.hash;
    game->name = asked.files.words[0];
    game->before = before;
    game->arguments = arguments;
    game->single_keys = !terminal.plain && isatty(STDIN_FILENO);
    game_run(game);
    free(before);
    free(arguments);
}

static int play_files(void)
{
    struct table table = {0};
    char error[1000] = "";
    bool done = set_table(&table, error, sizeof error);

    if (done)
        play(&table);
    hinter_free(&table.hinter);
    clear_table(&table);
    return done ? 0 : could_not("%s", error);
}

static int check_asked(void)
{
    struct goal goal;

    if (*asked.problem)
        return could_not(
            M("play: no such option or value: %s; --help lists them",
              "play: no existe esa opción o ese valor: %s; --help los muestra"),
            asked.problem);
    if (asked.goal && !goal_named(asked.goal, &goal))
        return could_not(M("play: no goal '%.60s'; --help names some",
                           "play: no hay una meta '%.60s'; --help nombra "
                           "algunas"),
                         asked.goal);
    if (!terminal_setup(asked.plain, asked.theme))
        return could_not(M("--theme takes dark, light or none, not %s",
                           "--theme admite dark, light o none, no %s"),
                         asked.theme);
    if (asked.files.count == 0)
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
    asked.request.plan = plan_usual();
    asked.request.plan.strategy = "auto";
    asked.request.plan.points = POINTS_ACCESSES;
    asked.request.plan.seconds = 1;
    ours = cut_arguments(count - named, arguments + named);
    take_options(ours, arguments + named);
    if (asked.language && !lang_set(asked.language))
        return could_not(
            M("--lang takes es or en, not %s", "--lang admite es o en, no %s"),
            asked.language);
    status = run();
    wordlist_free(&asked.files);
    wordlist_free(&asked.sources);
    wordlist_free(&asked.arguments);
    return status;
}
