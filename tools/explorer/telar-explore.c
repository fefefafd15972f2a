// telar-explore.c - ./telar explore PROGRAM: every interleaving
#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/error_words.h"
#include "tools/course/look.h"
#include "tools/course/scratch.h"
#include "tools/course/terminal.h"
#include "tools/explorer/command.h"
#include "tools/explorer/explorer.h"
#include "tools/explorer/json.h"
#include "tools/explorer/story.h"
#include "tools/explorer/table.h"
#include "tools/explorer/trace_out.h"

static struct {
    struct explore_request request;
    struct wordlist files;     // as the person named them
    struct wordlist sources;   // paths
    struct wordlist arguments; // of the program
    struct wordlist passed;    // options that --all hands on
    const char *language, *theme, *replay, *all, *trace, *report;
    bool json, plain, view, help;
    char problem[300]; // with an option
} asked;

static volatile sig_atomic_t stopped;

static const char *usage(void)
{
    return M(
        "usage: ./telar explore PROGRAM|FILE.c... [options] [-- ARG...]\n"
        "       ./telar explore --all FOLDER [options]\n"
        "Runs a program with threads through its interleavings: is there one\n"
        "in which it fails?\n"
        "  --seconds S        about so long in all (10)\n"
        "  --max N            so many executions at most\n"
        "  --strategy NAME    auto dfs dpor random pct pos walk\n"
        "  --points NAME      auto sync races accesses\n"
        "  --keep-going       go on behind the first failure, and count\n"
        "  --seed K           of the random strategies and of rand()\n"
        "  --spurious N       wakeups without a signal (1)\n"
        "  --expiries N       time limits that expire early (2)\n"
        "  --preemptions N    so many in an execution at most\n"
        "  --steps N          an execution is cut off after so many (20000)\n"
        "  --check LIST       race,deadlock,assert,memory,leak\n"
        "  --cc gcc|clang     --cflags \"...\"\n"
        "  --replay SCHEDULE  tell this schedule\n"
        "  --view             then open the failure in the visualizer\n"
        "  --trace FILE       keep the failure as a trace (./telar view)\n"
        "  --json FILE        write what --format json says to a file besides\n"
        "  --format text|json --plain --theme NAME --lang es|en\n"
        "Exit status: 0 proved or sampled, 1 failed, 2 could not judge.",
        "uso: ./telar explore PROGRAMA|ARCHIVO.c... [opciones] [-- ARG...]\n"
        "     ./telar explore --all CARPETA [opciones]\n"
        "Lleva un programa con hilos por sus intercalaciones: ¿hay alguna en\n"
        "la que falla?\n"
        "  --seconds S        más o menos ese tiempo en total (10)\n"
        "  --max N            a lo sumo tantas ejecuciones\n"
        "  --strategy NOMBRE  auto dfs dpor random pct pos walk\n"
        "  --points NOMBRE    auto sync races accesses\n"
        "  --keep-going       sigue tras la primera falla, y cuenta\n"
        "  --seed K           de las estrategias al azar y de rand()\n"
        "  --spurious N       despertares sin señal (1)\n"
        "  --expiries N       plazos que vencen antes (2)\n"
        "  --preemptions N    a lo sumo tantas expropiaciones por ejecución\n"
        "  --steps N          corta una ejecución tras tantos pasos (20000)\n"
        "  --check LISTA      race,deadlock,assert,memory,leak\n"
        "  --cc gcc|clang     --cflags \"...\"\n"
        "  --replay PLAN      cuenta ese plan\n"
        "  --view             después abre la falla en el visualizador\n"
        "  --trace ARCHIVO    guarda la falla como traza (./telar view)\n"
        "  --json ARCHIVO     escribe además ahí lo que dice --format json\n"
        "  --format text|json --plain --theme NOMBRE --lang es|en\n"
        "Estado de salida: 0 probado o muestreado, 1 falla, 2 no se pudo "
        "juzgar.");
}

// ---- Options ----------------------------------------------------------------

enum {
    MAX = 1,
    SECONDS,
    STRATEGY,
    POINTS,
    KEEP_GOING,
    SEED,
    SPURIOUS_LIMIT,
    EXPIRIES,
    PREEMPTIONS,
    STEPS,
    CFLAGS,
    COMPILER,
    FORMAT,
    TRACE,
    VIEW,
    REPORT,
    REPLAY,
    ALL,
    CHECK,
    LANGUAGE,
    PLAIN_ONLY,
    THEME,
    HELP
};

static const struct option options[] = {
    {"max", required_argument, NULL, MAX},
    {"seconds", required_argument, NULL, SECONDS},
    {"strategy", required_argument, NULL, STRATEGY},
    {"points", required_argument, NULL, POINTS},
    {"keep-going", no_argument, NULL, KEEP_GOING},
    {"seed", required_argument, NULL, SEED},
    {"spurious", required_argument, NULL, SPURIOUS_LIMIT},
    {"expiries", required_argument, NULL, EXPIRIES},
    {"preemptions", required_argument, NULL, PREEMPTIONS},
    {"steps", required_argument, NULL, STEPS},
    {"cflags", required_argument, NULL, CFLAGS},
    {"cc", required_argument, NULL, COMPILER},
    {"format", required_argument, NULL, FORMAT},
    {"trace", required_argument, NULL, TRACE},
    {"view", no_argument, NULL, VIEW},
    {"json", required_argument, NULL, REPORT},
    {"replay", required_argument, NULL, REPLAY},
    {"all", required_argument, NULL, ALL},
    {"check", required_argument, NULL, CHECK},
    {"lang", required_argument, NULL, LANGUAGE},
    {"plain", no_argument, NULL, PLAIN_ONLY},
    {"theme", required_argument, NULL, THEME},
    {"help", no_argument, NULL, HELP},
    {0}};

static bool take_u64(const char *text, uint64_t *value)
{
    char *end;

    errno = 0;
    *value = strtoull(text, &end, 10);
    return *text >= '0' && *text <= '9' && !*end && errno == 0;
}

static bool take_int(const char *text, int most, int *value)
{
    uint64_t wide;

    if (!take_u64(text, &wide) || wide > (uint64_t)most)
        return false;
    *value = (int)wide;
    return true;
}

static bool take_seconds(const char *text, double *value)
{
    char *end;

    *value = strtod(text, &end);
    return *text >= '0' && *text <= '9' && !*end && *value > 0 && *value <= 1e6;
}

static bool is_one_of(const char *word, const char *const *words)
{
    for (; *words; words++)
        if (strcmp(word, *words) == 0)
            return true;
    return false;
}

static bool take_strategy(const char *word)
{
    static const char *const words[] = {"auto", "dfs", "dpor", "random",
                                        "pct",  "pos", "walk", NULL};

    asked.request.plan.strategy = word;
    return is_one_of(word, words);
}

static bool take_points(const char *word)
{
    asked.request.points_are_auto = strcmp(word, "auto") == 0;
    return asked.request.points_are_auto ||
           points_named(word, &asked.request.plan.points);
}

static bool take_check(const char *list)
{
    static const char *const words[] = {"race",   "deadlock", "assert",
                                        "memory", "leak",     NULL};
    char *copy = MUST(strdup(list)), *rest = copy, *word;
    bool good = *list != '\0';

    while (good && (word = strsep(&rest, ",")))
        good = is_one_of(word, words);
    free(copy);
    asked.request.plan.check = list;
    return good;
}

static bool take_compiler(const char *name)
{
    static const char *const words[] = {"gcc", "clang", NULL};

    asked.request.build.cc = name;
    return is_one_of(name, words);
}

static bool take_format(const char *word)
{
    asked.json = strcmp(word, "json") == 0;
    return asked.json || strcmp(word, "text") == 0;
}

static bool take_number(int option, const char *value)
{
    struct plan *plan = &asked.request.plan;

    switch (option) {
    case MAX:
        return take_u64(value, &plan->max) && plan->max > 0;
    case SECONDS:
        return take_seconds(value, &plan->seconds);
    case SEED:
        return take_u64(value, &plan->seed);
    case SPURIOUS_LIMIT:
        return take_int(value, 1000, &plan->spurious);
    case EXPIRIES:
        return take_int(value, 1000, &plan->expiries);
    case PREEMPTIONS:
        return take_int(value, 10000, &plan->preemptions);
    default:
        return take_int(value, 99999, &plan->steps) && plan->steps > 0;
    }
}

static bool take_word(int option, const char *value)
{
    switch (option) {
    case STRATEGY:
        return take_strategy(value);
    case POINTS:
        return take_points(value);
    case CHECK:
        return take_check(value);
    case COMPILER:
        return take_compiler(value);
    case FORMAT:
        return take_format(value);
    case CFLAGS:
        asked.request.build.cflags = value;
        return true;
    default:
        return false;
    }
}

static bool take_rest(int option, const char *value)
{
    switch (option) {
    case KEEP_GOING:
        return asked.request.plan.keep_going = true;
    case TRACE:
        asked.trace = value;
        return true;
    case VIEW:
        return asked.view = true;
    case REPORT:
        asked.report = value;
        return true;
    case REPLAY:
        asked.replay = value;
        return true;
    case ALL:
        asked.all = value;
        return true;
    case LANGUAGE:
        asked.language = value;
        return true;
    case PLAIN_ONLY:
        return asked.plain = true;
    case THEME:
        asked.theme = value;
        return true;
    case HELP:
        return asked.help = true;
    default:
        return false;
    }
}

static bool is_number(int option)
{
    return option == MAX || option == SECONDS || option == SEED ||
           option == SPURIOUS_LIMIT || option == EXPIRIES ||
           option == PREEMPTIONS || option == STEPS;
}

// --all hands on what concerns each program.
static void pass_on(int option, int index, const char *value)
{
    if (option == ALL || option == FORMAT || option == TRACE ||
        option == VIEW || option == REPORT || option == REPLAY ||
        option == HELP || option == PLAIN_ONLY || option == THEME)
        return;
    wordlist_addf(&asked.passed, "--%s", options[index].name);
    if (value)
        wordlist_add(&asked.passed, value);
}

static void take_option(int option, int index, const char *value)
{
    if (option == 'h')
        option = HELP;
    else if (option != '?' && option != ':')
        pass_on(option, index, value);
    if ((is_number(option) && take_number(option, value)) ||
        take_word(option, value) || take_rest(option, value))
        return;
    if (!*asked.problem && option != '?' && option != ':')
        snprintf(asked.problem, sizeof asked.problem, "--%s %.100s",
                 options[index].name, value ? value : "");
    else if (!*asked.problem)
        snprintf(asked.problem, sizeof asked.problem, "?");
}

static void take_options(int count, char **arguments)
{
    int option, index = 0;

    asked.request.plan = plan_usual();
    asked.request.plan.strategy = "auto";
    asked.request.plan.seconds = 10;
    asked.request.points_are_auto = true;
    opterr = 0;
    while ((option = getopt_long(count, arguments, ":h", options, &index)) !=
           -1) {
        bool was_set = *asked.problem != '\0';

        take_option(option, index, optarg);
        if (!was_set && strcmp(asked.problem, "?") == 0)
            snprintf(asked.problem, sizeof asked.problem, "%.100s",
                     arguments[optind - 1]);
        index = 0;
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

// ---- While it runs ----------------------------------------------------------

static void stop(int signal)
{
    (void)signal;
    stopped = 1;
}

static void watch_signals(void)
{
    struct sigaction action = {.sa_handler = stop};

    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGHUP, &action, NULL);
    asked.request.stop = &stopped;
}

static bool progress_shown;

static void show_progress(void *context, const struct search_report *now)
{
    (void)context;
    progress_shown = true;
    fprintf(stderr,
            M("\r\033[K%llu executions, %llu failing (Ctrl-C stops)",
              "\r\033[K%llu ejecuciones, %llu con falla (Ctrl-C detiene)"),
            (unsigned long long)now->executions,
            (unsigned long long)now->failing);
}

static void hide_progress(void)
{
    if (progress_shown)
        fputs("\r\033[K", stderr);
}

// ---- Verbs ------------------------------------------------------------------

static int cannot(const char *message, bool refused)
{
    if (asked.json)
        json_put(stdout, json_error(message, refused));
    return could_not("%s", message);
}

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

static void print_result(const struct exploration *result)
{
    char *before = command_files(&asked.files, &asked.request.build),
         *arguments = command_arguments(&asked.arguments);
    struct story_command command = {asked.files.words[0], before, arguments};

    if (asked.json)
        json_put(stdout, json_exploration(result));
    else
        story_print(stdout, result, &command);
    free(before);
    free(arguments);
}

// Whoever has the report as well knows.
static void say_no_trace(void)
{
    if (asked.trace && !asked.report)
        fprintf(stderr,
                M("telar: no failure, so no trace: %s\n",
                  "telar: no hubo falla, así que no hay traza: %s\n"),
                asked.trace);
    if (asked.view)
        fprintf(stderr, "%s\n",
                M("telar: no failure, so nothing to see",
                  "telar: no hubo falla, así que no hay nada que ver"));
}

// By hand from there on.
static char *command_to_continue(const struct exploration *result)
{
    char *before = command_files(&asked.files, &asked.request.build),
         *arguments = command_arguments(&asked.arguments), *command;

    MUST(asprintf(&command, "./telar play %s --schedule '%s'%s", before,
                  result->schedule ? result->schedule : "", arguments));
    free(before);
    free(arguments);
    return command;
}

static int write_trace(const struct exploration *result, const char *path)
{
    char error[300];
    char *command = command_to_continue(result);
    bool done = trace_out_write(result, command, path, error, sizeof error);

    free(command);
    return done ? 0 : could_not("%s: %s", path, error);
}

// In the visualizer, at its end; where there is no terminal, in words.
static int show_trace(const char *path)
{
    struct look look = {.trace = path, .at = "end"};

    return (look_can_open() ? look_open : look_tell)(&look) == 2 ? 2 : 0;
}

static int show_in_scratch(const struct exploration *result)
{
    const char *folder = scratch_make("explore");
    char *path;
    int status;

    if (!folder)
        return could_not(
            M("no folder for a trace: %s", "no hay carpeta para una traza: %s"),
            error_words(errno));
    MUST(asprintf(&path, "%s/failure.trace", folder));
    status = write_trace(result, path) || show_trace(path) ? 2 : 0;
    free(path);
    scratch_remove();
    return status;
}

static int keep_trace(const struct exploration *result)
{
    if (!result->replay.position)
        say_no_trace();
    else if (asked.trace && write_trace(result, asked.trace) != 0)
        return 2;
    return 0;
}

static int view_trace(const struct exploration *result)
{
    if (!asked.view || !result->replay.position)
        return 0;
    return asked.trace ? show_trace(asked.trace) : show_in_scratch(result);
}

static int keep_report(const struct exploration *result)
{
    FILE *file = asked.report ? fopen(asked.report, "we") : NULL;

    if (!asked.report)
        return 0;
    if (file)
        json_put(file, json_exploration(result));
    if (file && fclose(file) == 0)
        return 0;
    return could_not("%s: %s", asked.report, error_words(errno));
}

static int explore(void)
{
    struct exploration result;
    char error[1000] = "";
    int status;
    bool done;

    if (!find_sources(error, sizeof error))
        return cannot(error, false);
    watch_signals();
    if (isatty(STDERR_FILENO) && !asked.json)
        asked.request.progress = show_progress;
    done = asked.replay
               ? explorer_replay(&asked.request, asked.replay, &result, error,
                                 sizeof error)
               : explorer_judge(&asked.request, &result, error, sizeof error);
    hide_progress();
    if (!done)
        return cannot(error, result.refused);
    print_result(&result);
    status = keep_trace(&result) || keep_report(&result) || view_trace(&result)
                 ? 2
                 : result.verdict == FAILED;
    explorer_free(&result);
    return status;
}

static int explore_all(void)
{
    struct table_request request = {.folder = asked.all,
                                    .options = asked.passed.words,
                                    .json = asked.json,
                                    .seconds = asked.request.plan.seconds,
                                    .stop = &stopped};
    char *none[] = {NULL};

    if (!request.options)
        request.options = none;
    if (asked.files.count || asked.trace || asked.report || asked.replay ||
        asked.view)
        return could_not("%s", M("--all takes a folder alone, without files, "
                                 "--trace, --view, --json or --replay",
                                 "--all admite solo una carpeta, sin archivos, "
                                 "--trace, --view, --json ni --replay"));
    watch_signals();
    return table_print(&request);
}

static int run(void)
{
    if (*asked.problem)
        return could_not(M("explore: no such option or value: %s; --help lists "
                           "them",
                           "explore: no existe esa opción o ese valor: %s; "
                           "--help los muestra"),
                         asked.problem);
    if (asked.help) {
        puts(usage());
        return 0;
    }
    if (!terminal_setup(asked.plain, asked.theme))
        return could_not(M("--theme takes dark, light or none, not %s",
                           "--theme admite dark, light o none, no %s"),
                         asked.theme);
    if (asked.all)
        return explore_all();
    if (asked.view && asked.json)
        return could_not("%s", M("--view is for people, --format json is not: "
                                 "--json FILE goes with it",
                                 "--view es para personas, --format json no: "
                                 "--json ARCHIVO sí va con --view"));
    if (asked.files.count == 0)
        return could_not("%s", M("explore what? a lesson program or FILE.c; "
                                 "--help says more",
                                 "¿explorar qué? un programa de lección o "
                                 "ARCHIVO.c; --help dice más"));
    return explore();
}

int main(int count, char **arguments)
{
    bool named = count > 1 && strcmp(arguments[1], "explore") == 0;
    int ours, status;

    lang_set(NULL);
    ours = cut_arguments(count - named, arguments + named);
    take_options(ours, arguments + named);
    if (asked.language && !lang_set(asked.language))
        return could_not(
            M("--lang takes es or en, not %s", "--lang admite es o en, no %s"),
            asked.language);
    status = terminal_written(run());
    wordlist_free(&asked.files);
    wordlist_free(&asked.sources);
    wordlist_free(&asked.arguments);
    wordlist_free(&asked.passed);
    return status;
}
