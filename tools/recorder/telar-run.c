// telar-run.c - ./telar run PROGRAM|-- CMD ARG...: for real, recorded
//
// Exit status: the program's own; 125 where Telar could not.
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/look.h"
#include "tools/course/terminal.h"
#include "tools/recorder/find_program.h"
#include "tools/recorder/inside.h"
#include "tools/recorder/preload.h"
#include "tools/recorder/relay.h"
#include "tools/recorder/run_report.h"
#include "tools/recorder/supervise.h"
#include "tools/recorder/trace_place.h"

enum {
    FAILED = 125,
    SIZE_LIMIT_MIB = 16384,
    TASKS = 16384, // of a family that may be large
    USUAL_WHAT =
        RECORD_THREADS | RECORD_SYNC | RECORD_PROCESS | RECORD_IO | RECORD_SLEEP
};

static struct {
    const char *trace, *language;
    const char *program;
    char **arguments; // of the program, argument_count of them
    int argument_count;
    bool as_command; // behind "--": a command as the shell knows it
    unsigned what;
    unsigned size_mib;
    char no_calls[200]; // why --calls cannot be had
    bool calls, newest, no_perf, quiet, view, help;
    char problem[400];
} asked = {.what = USUAL_WHAT, .size_mib = 64};

static const char *usage(void)
{
    return M(
        "usage: ./telar run [options] PROGRAM [ARG...]\n"
        "       ./telar run [options] -- COMMAND [ARG...]\n"
        "Runs a program as it is, records what it does, and says in short "
        "what\n"
        "happened. PROGRAM is a program of a lesson (make list), a path or a\n"
        "name in PATH; COMMAND is what a shell would run. Its input, output,\n"
        "signals and exit status are as without Telar.\n"
        "  --trace FILE    keep the trace there (.telar/run.trace)\n"
        "  --calls         every system call as well, with a table of them\n"
        "                  (those of the loader only where ptrace is "
        "allowed);\n"
        "                  without it, reads and writes that stdio (printf,\n"
        "                  fgets) makes inside libc are not seen\n"
        "  --what LIST     threads,sync,process,io,sleep,memory,calls or all\n"
        "                  (all but memory and calls)\n"
        "  --size MIB      room for so many MiB of events (64)\n"
        "  --newest        when it is full, drop the oldest, not the newest\n"
        "  --no-perf       scheduling from samples, not from the kernel\n"
        "  --quiet         no report; a word only where Telar fails\n"
        "  --view          at its end, open the trace in the visualizer (on a\n"
        "                  terminal)\n"
        "  --lang es|en    --help\n"
        "Then: ./telar view TRACE, ./telar export TRACE --to csv\n"
        "Exit status: the program's own; 125: Telar could not run it.",
        "uso: ./telar run [opciones] PROGRAMA [ARG...]\n"
        "     ./telar run [opciones] -- ORDEN [ARG...]\n"
        "Ejecuta un programa tal como es, registra lo que hace y cuenta en\n"
        "breve qué pasó. PROGRAMA es uno de una lección (make list), una ruta\n"
        "o un nombre en PATH; ORDEN es lo que ejecutaría un shell. Su "
        "entrada,\n"
        "su salida, sus señales y su estado de salida son como sin Telar.\n"
        "  --trace ARCHIVO guarda ahí la traza (.telar/run.trace)\n"
        "  --calls         también cada llamada al sistema, con una tabla\n"
        "                  (las del cargador, solo donde se permite "
        "ptrace);\n"
        "                  sin ella no se ven las lecturas y escrituras que\n"
        "                  stdio (printf, fgets) hace dentro de libc\n"
        "  --what LISTA    threads,sync,process,io,sleep,memory,calls o all\n"
        "                  (todo menos memory y calls)\n"
        "  --size MIB      lugar para tantos MiB de eventos (64)\n"
        "  --newest        si se llena, descarta lo más viejo, no lo nuevo\n"
        "  --no-perf       planificación por muestras, no desde el núcleo\n"
        "  --quiet         sin informe; habla solo si Telar falla\n"
        "  --view          al terminar, abre la traza en el visualizador (en\n"
        "                  una terminal)\n"
        "  --lang es|en    --help\n"
        "Después: ./telar view TRAZA, ./telar export TRAZA --to csv\n"
        "Estado de salida: el del programa; 125: Telar no pudo ejecutarlo.");
}

static int failed(const char *sentence)
{
    could_not("%s", sentence);
    return FAILED;
}

// ---- Options ----------------------------------------------------------------

enum {
    TRACE = 1,
    CALLS,
    WHAT,
    SIZE,
    NEWEST,
    NO_PERF,
    QUIET_ONLY,
    VIEW,
    LANGUAGE
};

static const struct option options[] = {
    {"trace", required_argument, NULL, TRACE},
    {"calls", no_argument, NULL, CALLS},
    {"what", required_argument, NULL, WHAT},
    {"size", required_argument, NULL, SIZE},
    {"newest", no_argument, NULL, NEWEST},
    {"no-perf", no_argument, NULL, NO_PERF},
    {"quiet", no_argument, NULL, QUIET_ONLY},
    {"view", no_argument, NULL, VIEW},
    {"lang", required_argument, NULL, LANGUAGE},
    {"help", no_argument, NULL, 'h'},
    {0}};

#define BIT(bit, name, word) {word, 1u << (bit)},
static const struct {
    const char *word;
    unsigned bits;
} categories[] = {RECORD_CATEGORIES(BIT){"all", (1u << 7) - 1}};
#undef BIT

static unsigned category(const char *word)
{
    for (size_t i = 0; i < sizeof categories / sizeof *categories; i++)
        if (strcmp(word, categories[i].word) == 0)
            return categories[i].bits;
    return 0;
}

static bool take_what(const char *list)
{
    char *copy = MUST(strdup(list)), *rest = copy, *word;
    unsigned bits = 1;

    asked.what = 0;
    while (bits && (word = strsep(&rest, ","))) {
        bits = category(word);
        asked.what |= bits;
    }
    free(copy);
    return bits != 0;
}

static bool take_size(const char *text)
{
    char *end;
    unsigned long mib;

    errno = 0;
    mib = strtoul(text, &end, 10);
    asked.size_mib = (unsigned)mib;
    return *text >= '0' && *text <= '9' && !*end && errno == 0 && mib > 0 &&
           mib <= SIZE_LIMIT_MIB;
}

static bool take_value(int option, const char *value)
{
    switch (option) {
    case TRACE:
        asked.trace = value;
        return true;
    case WHAT:
        return take_what(value);
    case SIZE:
        return take_size(value);
    case LANGUAGE:
        asked.language = value;
        return lang_set(value) || true; // what is said from here on
    default:
        return false;
    }
}

static bool take_switch(int option)
{
    switch (option) {
    case CALLS:
        return asked.calls = true;
    case NEWEST:
        return asked.newest = true;
    case NO_PERF:
        return asked.no_perf = true;
    case VIEW:
        return asked.view = true;
    case QUIET_ONLY:
        return asked.quiet = true;
    case 'h':
        return asked.help = true;
    default:
        return false;
    }
}

static void refuse_option(int option, const char *word)
{
    if (*asked.problem)
        return;
    if (option == ':')
        snprintf(asked.problem, sizeof asked.problem,
                 M("%.100s needs a value; --help says which",
                   "%.100s necesita un valor; --help dice cuál"),
                 word);
    else
        snprintf(asked.problem, sizeof asked.problem,
                 M("run does not know '%.100s'; --help lists its options, and "
                   "what is for the program goes behind --",
                   "run no conoce '%.100s'; --help muestra sus opciones, y lo "
                   "que es para el programa va después de --"),
                 word);
}

static void refuse_value(int index, const char *value)
{
    if (!*asked.problem)
        snprintf(asked.problem, sizeof asked.problem,
                 M("--%s does not take '%.100s'; --help says what it does",
                   "--%s no admite '%.100s'; --help dice qué admite"),
                 options[index].name, value);
}

// Takes the options of words, up to the first that is none where only_front.
// Returns the number of the first that is left.
static int take_options(int count, char **words, bool only_front)
{
    int option, index = 0;

    opterr = 0;
    optind = 0; // the GNU way to begin again
    while ((option = getopt_long(count, words, only_front ? "+:h" : ":h",
                                 options, &index)) != -1) {
        if (option == '?' || option == ':')
            refuse_option(option, words[optind - 1]);
        else if (!take_switch(option) && !take_value(option, optarg))
            refuse_value(index, optarg);
    }
    return optind;
}

static void take_words(int count, char **words)
{
    int first = take_options(count, words, true);

    asked.as_command = strcmp(words[first - 1], "--") == 0;
    asked.program = words[first];
    asked.arguments = words + first + 1;
    asked.argument_count = first < count ? count - first - 1 : 0;
}

// A program of a lesson takes no options: those behind its name are ours, as
// with explore, up to "--".
static void take_late_options(void)
{
    int first =
        take_options(asked.argument_count + 1, asked.arguments - 1, false);

    asked.arguments += first - 1;
    asked.argument_count -= first - 1;
}

// "run PROGRAM -- ARG..." as with explore.
static void drop_dashes(void)
{
    if (asked.argument_count > 0 && strcmp(asked.arguments[0], "--") == 0) {
        asked.arguments++;
        asked.argument_count--;
    }
}

static void take_rest(const struct program *program)
{
    if (asked.as_command)
        return;
    if (program->is_of_lesson)
        take_late_options();
    else
        drop_dashes();
}

static void take_language(void)
{
    if (!asked.language || lang_set(asked.language) || *asked.problem)
        return;
    snprintf(asked.problem, sizeof asked.problem,
             M("--lang takes es or en, not '%.100s'",
               "--lang admite es o en, no '%.100s'"),
             asked.language);
}

// ---- Running ----------------------------------------------------------------

// Where standard descriptors are closed, ours must not take their numbers. The
// program finds them closed again.
static void guard_descriptors(void)
{
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) < 0)
            open("/dev/null", (fd == 0 ? O_RDONLY : O_WRONLY) | O_CLOEXEC);
}

static char **arguments_of(const struct program *program)
{
    char **words =
        MUST(calloc((size_t)asked.argument_count + 2, sizeof *words));

    words[0] = program->name;
    for (int i = 0; i < asked.argument_count; i++)
        words[i + 1] = asked.arguments[i];
    return words;
}

static bool run(const struct program *program, struct trace_place *place,
                struct supervised *result, char *error, size_t error_size)
{
    char **words = arguments_of(program);
    struct supervision supervision = {
        .path = program->path,
        .argv = words,
        .writer = &place->writer,
        .loading = asked.calls ? place->path : NULL,
        .is_seen_loading = program->blind == PROGRAM_SEEN,
        .no_perf = asked.no_perf};
    unsigned filters = asked.calls ? calls_filters() : 0;
    struct preload preload = {program->path, place->path,
                              asked.what | RECORD_FILTERS(filters),
                              program->may_preload};
    bool done = preload_into(&preload, error, error_size) &&
                supervise(&supervision, result, error, error_size);

    free(words);
    return done;
}

static int end_as(int status)
{
    if (WIFSIGNALED(status))
        relay_die(WTERMSIG(status));
    return WEXITSTATUS(status);
}

// The status stays the program's, whatever comes of it.
static void view(const char *trace)
{
    struct look look = {.trace = trace};

    terminal_setup(false, NULL);
    if (look_can_open())
        look_open(&look);
}

static int record(const struct program *program)
{
    struct writer_options sizes = {.policy = asked.newest ? TRACE_OVERWRITE
                                                          : TRACE_STOP,
                                   .chunk_count = asked.size_mib * 256,
                                   .task_count = TASKS};
    struct supervised result;
    struct trace_place place;
    struct run_report report = {&place,
                                program,
                                &result,
                                asked.calls,
                                *asked.no_calls ? asked.no_calls : NULL,
                                (asked.what & RECORD_IO) && !asked.calls &&
                                    !*asked.no_calls};
    char error[1000];

    if (!preload_check(error, sizeof error) ||
        !trace_place_open(&place, asked.trace, &sizes, error, sizeof error))
        return failed(error);
    if (!run(program, &place, &result, error, sizeof error)) {
        preload_done();
        trace_place_remove(&place);
        return failed(error);
    }
    if (!asked.quiet)
        run_report_print(&report);
    preload_done();
    if (asked.view)
        view(place.path);
    trace_place_close(&place);
    return end_as(result.status);
}

static int show_help(void)
{
    puts(usage());
    return fflush(stdout) == 0 ? 0 : FAILED;
}

// With all options known, also those behind the name.
static int obey_or_refuse(const struct program *program)
{
    take_language();
    if (*asked.problem)
        return failed(asked.problem);
    if (asked.calls)
        asked.what |= RECORD_CALLS;
    if ((asked.what & RECORD_CALLS) &&
        !calls_possible(asked.no_calls, sizeof asked.no_calls))
        asked.what &= ~(unsigned)RECORD_CALLS;
    asked.calls = asked.what & RECORD_CALLS;
    return asked.help ? show_help() : record(program);
}

static int find_and_record(void)
{
    struct program program;
    char error[1000];
    int status;

    if (!program_find(&program, asked.program, asked.as_command, error,
                      sizeof error))
        return failed(error);
    take_rest(&program);
    status = obey_or_refuse(&program);
    program_free(&program);
    return status;
}

int main(int count, char **words)
{
    const char *no_perf = getenv("TELAR_NO_PERF");

    guard_descriptors();
    lang_set(NULL);
    asked.no_perf = no_perf && *no_perf;
    take_words(count, words);
    take_language();
    if (asked.help)
        return show_help();
    if (*asked.problem)
        return failed(asked.problem);
    if (!asked.program)
        return failed(M("run what? a program, or -- COMMAND; --help says more",
                        "¿ejecutar qué? un programa, o -- ORDEN; --help dice "
                        "más"));
    return find_and_record();
}
