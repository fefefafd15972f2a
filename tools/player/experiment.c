// experiment.c - a program of the lesson runs, and what it showed
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/course.h"
#include "tools/course/look.h"
#include "tools/course/terminal.h"
#include "tools/course/wrap.h"
#include "tools/player/experiment.h"
#include "tools/player/screen.h"
#include "tools/player/stop.h"
#include "tools/recorder/run.h"
#include "tools/trace/together.h"

enum { OUTPUT_LIMIT_BYTES = 16 << 20, TIMEOUT_S = 10 };

// ---- What to run ------------------------------------------------------------

void experiment_cut(char *text, char **argv, size_t first)
{
    size_t count = first;

    while (*(text += strspn(text, " ")) && count < ARGUMENT_LIMIT) {
        bool quoted = *text == '\'';

        argv[count++] = text += quoted;
        text += strcspn(text, quoted ? "'" : " ");
        if (*text)
            *text++ = '\0';
    }
    argv[count] = NULL;
}

static char *program_path(const struct session *session,
                          const struct item *item)
{
    return course_path("build/lessons/%s/%s", session->name,
                       item_value(item, "program"));
}

static bool is_built(struct session *session, const struct item *item,
                     const char *path)
{
    if (access(path, X_OK) == 0)
        return true;
    session_fault(session, item->line,
                  M("the program %s is not built: \"make lessons\" builds it, "
                    "or says why not",
                    "el programa %s no está compilado: \"make lessons\" lo "
                    "compila o dice por qué no"),
                  item_value(item, "program"));
    return false;
}

static char *folder_for_run(const struct session *session)
{
    char *folder;

    MUST(asprintf(&folder, "%s/run-%d", session->scratch, session->runs));
    MUST(mkdir(folder, 0700));
    return folder;
}

static bool is_viewed(const struct session *session, const struct item *run)
{
    const char *as = item_value(run, "as");

    for (size_t i = 0; as && i < session->step->item_count; i++) {
        const struct item *item = &session->step->items[i];

        if (item->verb == VERB_VIEW && strcmp(item_value(item, "run"), as) == 0)
            return true;
    }
    return false;
}

static char *trace_path(const struct session *session, const char *as)
{
    char *path;

    MUST(asprintf(&path, "%s/%s.trace", session->scratch, as));
    return path;
}

// What an exploration costs does not depend on its trace; a run is recorded
// only where the lesson says so.
static bool is_kept(const struct item *item)
{
    if (item->verb == VERB_RUN && item_is_recorded(item))
        return !screen.silent;
    return item->verb == VERB_EXPLORE && session_can_look();
}

char *experiment_trace(const struct session *session, const struct item *item)
{
    char name[32];

    if (is_viewed(session, item))
        return trace_path(session, item_value(item, "as"));
    if (!is_kept(item))
        return NULL;
    snprintf(name, sizeof name, "%s-%d", verb_name(item->verb), session->runs);
    return trace_path(session, name);
}

// ---- What it says -----------------------------------------------------------

static void set_fact(struct session *session, const char *prefix,
                     const char *name, long long value)
{
    facts_set(&session->facts, prefix, name, value, session->runs);
}

static void take_facts(struct session *session, const struct item *item,
                       const struct run_result *result)
{
    const struct output *output = &session->output;
    const char *as = item_value(item, "as");
    size_t refused;

    set_fact(session, as, "exit_status", result->exit_status);
    set_fact(session, as, "signal", result->signal);
    set_fact(session, as, "timed_out", result->timed_out);
    set_fact(session, as, "stdout_bytes", (long long)output->bytes[1]);
    set_fact(session, as, "stderr_bytes", (long long)output->bytes[2]);
    set_fact(session, as, "stdout_lines", (long long)output->newlines[1]);
    set_fact(session, as, "stderr_lines", (long long)output->newlines[2]);
    refused = facts_take(&session->facts, as,
                         result->facts ? result->facts : "", session->runs);
    if (refused > 0)
        session_fault(session, item->line,
                      M("%zu lines of facts could not be read",
                        "no se pudieron leer %zu líneas de hechos"),
                      refused);
}

// What only the recording knows.
static void take_recorded(struct session *session, const struct item *item,
                          const char *trace)
{
    const char *as = item_value(item, "as");
    struct together together;

    if (!trace || !item_is_recorded(item) || !together_read(trace, &together))
        return;
    set_fact(session, as, "cpu_us", (long long)(together.one / 1000));
    set_fact(session, as, "cpu_together_us", (long long)(together.two / 1000));
    screen_say(M("  %srecorded: %llu us on a CPU, %llu of them two or more at "
                 "once%s\n\n",
                 "  %sregistrado: %llu us en CPU, %llu de ellos dos o más a la "
                 "vez%s\n\n"),
               style(QUIET), (unsigned long long)(together.one / 1000),
               (unsigned long long)(together.two / 1000), style(PLAIN_TEXT));
}

// The C library's own words would be English.
static const char *signal_name(int number)
{
    static const struct {
        int number;
        const char *name;
    } signals[] = {
        {SIGABRT, "SIGABRT"}, {SIGALRM, "SIGALRM"}, {SIGBUS, "SIGBUS"},
        {SIGFPE, "SIGFPE"},   {SIGHUP, "SIGHUP"},   {SIGILL, "SIGILL"},
        {SIGINT, "SIGINT"},   {SIGKILL, "SIGKILL"}, {SIGPIPE, "SIGPIPE"},
        {SIGQUIT, "SIGQUIT"}, {SIGSEGV, "SIGSEGV"}, {SIGTERM, "SIGTERM"},
        {SIGUSR1, "SIGUSR1"}, {SIGUSR2, "SIGUSR2"}, {SIGXFSZ, "SIGXFSZ"},
    };

    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        if (signals[i].number == number)
            return signals[i].name;
    return "?";
}

// "out of time", "signal 13", "exit status 3".
static void print_end(FILE *out, const struct run_result *result)
{
    if (result->timed_out)
        fputs(M("stopped: out of time", "detenido: se acabó el tiempo"), out);
    else if (result->signal)
        fprintf(out,
                M("ended by signal %d (%s)", "terminó por la señal %d (%s)"),
                result->signal, signal_name(result->signal));
    else
        fprintf(out, M("exit status %d", "estado de salida %d"),
                result->exit_status);
}

// Behind what is there, or on the next line where it does not fit.
static void print_apart(FILE *out, const char *text, size_t length, int *used)
{
    const char *between = terminal.plain ? ", " : " · ";
    int columns = wrap_columns(text, length);

    if (*used + 3 + columns > screen_measure() - 2) {
        fprintf(out, "%s\n  ", terminal.plain ? "," : " ·");
        *used = 2 + columns;
    } else {
        fputs(between, out);
        *used += 3 + columns;
    }
    print_printable(out, text, length);
}

// "NAME VALUE" as "NAME = VALUE".
static void print_fact(FILE *out, const char *text, size_t length, int *used)
{
    size_t name = strcspn(text, " \n");
    char *fact;

    MUST(asprintf(&fact, "%.*s =%.*s", (int)name, text, (int)(length - name),
                  text + name));
    print_apart(out, fact, strlen(fact), used);
    free(fact);
}

// What the program itself said in this run, behind how it ended.
static void print_facts(FILE *out, const struct run_result *result)
{
    const char *text = result->facts ? result->facts : "";
    long begin;
    int used;

    fprintf(out, "  %s", style(QUIET));
    begin = ftell(out);
    print_end(out, result);
    used = 2 + (int)(ftell(out) - begin); // or less: letters of two bytes
    while (*text) {
        size_t length = strcspn(text, "\n");

        if (length > 5 && strncmp(text, "fact ", 5) == 0)
            print_fact(out, text + 5, length - 5, &used);
        text += length + (text[length] == '\n');
    }
    fprintf(out, "%s\n\n", style(PLAIN_TEXT));
}

static void show_result(const struct session *session,
                        const struct run_result *result)
{
    char *text;
    size_t size;
    FILE *out = MUST(open_memstream(&text, &size));

    output_print(out, &session->output, screen_measure(),
                 screen.large ? 12 : 20);
    if (result->lost_bytes)
        fprintf(out,
                M("  ... and %llu bytes more, not kept\n",
                  "  ... y %llu bytes más, no conservados\n"),
                (unsigned long long)result->lost_bytes);
    print_facts(out, result);
    fclose(out);
    screen_show(text);
    free(text);
}

// ---- Was that expected? -----------------------------------------------------

static int status_of(const struct run_result *result)
{
    return result->signal ? 128 + result->signal : result->exit_status;
}

static void check_end(struct session *session, const struct item *item,
                      const struct run_result *result)
{
    const char *program = item_value(item, "program");
    bool told = item_value(item, "status");
    long expected = item_number(item, "status", 0);

    if (result->timed_out) {
        if (!session_asks_for(session, "timed_out"))
            session_fault(session, item->line,
                          M("%s did not end within %ld s and was stopped",
                            "%s no terminó en %ld s y fue detenido"),
                          program, item_number(item, "timeout", TIMEOUT_S));
        return;
    }
    if (!told && (session_asks_for(session, "exit_status") ||
                  session_asks_for(session, "signal")))
        return;
    if (status_of(result) != expected)
        session_fault(session, item->line,
                      M("%s ended with status %d, expected was %ld",
                        "%s terminó con estado %d, se esperaba %ld"),
                      program, status_of(result), expected);
}

// ---- The run ----------------------------------------------------------------

static void announce(const struct item *item)
{
    const char *arguments = item_value(item, "args");
    const char *stdio = item_value(item, "stdio");
    const char *where = M("a pipe", "una tubería");

    if (stdio && strcmp(stdio, "tty") == 0)
        where = M("a terminal", "una terminal");
    else if (stdio && strcmp(stdio, "file") == 0)
        where = M("a file", "un archivo");
    screen_say(M("  %s$ ./%s%s%s%s   %s(its output goes to %s)%s\n",
                 "  %s$ ./%s%s%s%s   %s(su salida va a %s)%s\n"),
               style(STRONG), item_value(item, "program"), arguments ? " " : "",
               arguments ? arguments : "", style(PLAIN_TEXT), style(QUIET),
               where, style(PLAIN_TEXT));
}

static void take_result(struct session *session, const struct item *item,
                        const struct run_result *result)
{
    if (result->stopped) { // Ctrl-C: what there is answers nothing
        session->run_failed = true;
        screen.wish = QUIT;
        return;
    }
    output_free(&session->output);
    session->output = output_of(result);
    session->output.unordered = !item_records_order(item);
    take_facts(session, item, result);
    show_result(session, result);
    check_end(session, item, result);
}

// A view that follows asks by itself.
void experiment_offer(struct session *session, const struct item *item,
                      char *trace, const char *at)
{
    struct look look = {.trace = trace, .at = at, .large = screen.large};

    if (trace && session_can_look() && !session->run_failed &&
        screen.wish == GO_ON && !is_viewed(session, item)) {
        session_offer(session, &look);
        screen_say(M("  %s(v, here or at the next question: see it in the "
                     "visualizer)%s\n\n",
                     "  %s(v, aquí o en la próxima pregunta: verlo en el "
                     "visualizador)%s\n\n"),
                   style(QUIET), style(PLAIN_TEXT));
    }
    free(trace);
}

static void run(struct session *session, const struct item *item, char *path)
{
    const char *args = item_value(item, "args");
    const char *stdio = item_value(item, "stdio");
    char *text = MUST(strdup(args ? args : "")), *argv[ARGUMENT_LIMIT + 1];
    char *folder = folder_for_run(session), error[512];
    char *trace = experiment_trace(session, item);
    struct run_spec spec = {.argv = argv,
                            .directory = folder,
                            .input = item_value(item, "input"),
                            .trace = trace,
                            .records = trace && item_is_recorded(item),
                            .unordered = !item_records_order(item),
                            .stop = &stop_signal,
                            .limit_bytes = OUTPUT_LIMIT_BYTES};
    struct run_result result;

    argv[0] = path;
    experiment_cut(text, argv, 1);
    run_stdio_named(stdio ? stdio : "pipe", &spec.stdio);
    spec.timeout_ms = 1000 * (int)item_number(item, "timeout", TIMEOUT_S);
    fflush(stdout);
    session->run_failed = !run_program(&spec, &result, error, sizeof error);
    if (session->run_failed)
        session_fault(session, item->line, "%s", error);
    else
        take_result(session, item, &result);
    if (!session->run_failed)
        take_recorded(session, item, trace);
    experiment_offer(session, item, trace, "wrong");
    run_free(&result);
    free(folder);
    free(text);
}

void experiment_run(struct session *session, const struct item *item)
{
    char *path = program_path(session, item);

    session->runs++;
    session->last_run = item;
    announce(item);
    session->run_failed = !is_built(session, item, path);
    if (!session->run_failed)
        run(session, item, path);
    free(path);
}

// ---- view -------------------------------------------------------------------

static void show(struct session *session, const struct item *item,
                 const struct look *look)
{
    bool opens = session_can_look();
    int status = opens ? look_open(look) : look_tell(look);

    screen.used_rows = 0; // the screen was its own
    screen_show("\n");
    if (status != 0 && status != 128 + SIGINT && !stop_signal)
        session_fault(session, item->line, "%s",
                      M("\"telar view\" could not do it",
                        "\"telar view\" no pudo hacerlo"));
}

// What left none has said why itself, or has not failed as the lesson says.
static bool has_trace(struct session *session, const struct item *item,
                      const char *trace)
{
    if (access(trace, R_OK) == 0)
        return true;
    if (!session->run_failed && !session->no_instrument)
        session_fault(session, item->line,
                      M("there is no trace of \"%s\" to show",
                        "no hay una traza de \"%s\" para mostrar"),
                      item_value(item, "run"));
    return false;
}

static struct look look_of(const struct item *item, const char *trace)
{
    return (struct look){.trace = trace,
                         .at = item_value(item, "at"),
                         .view = item_value(item, "view"),
                         .large = screen.large};
}

bool experiment_offer_view(struct session *session, const struct item *item)
{
    char *trace = trace_path(session, item_value(item, "run"));
    struct look look = look_of(item, trace);
    bool there = session_can_look() && access(trace, R_OK) == 0;

    if (there)
        session_offer(session, &look);
    free(trace);
    return there;
}

void experiment_view(struct session *session, const struct item *item)
{
    char *trace = trace_path(session, item_value(item, "run"));
    struct look look = look_of(item, trace);

    if (!look_is_built())
        screen_say("%s", M("  (this build has no \"telar view\" yet)\n\n",
                           "  (esta versión todavía no tiene \"telar view\")"
                           "\n\n"));
    else if (has_trace(session, item, trace))
        show(session, item, &look);
    free(trace);
}
