// explore.c - a program of the lesson goes through its interleavings
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/course.h"
#include "tools/course/keep.h"
#include "tools/course/terminal.h"
#include "tools/explorer/kinds.h"
#include "tools/player/capture.h"
#include "tools/player/experiment.h"
#include "tools/player/explore.h"
#include "tools/player/screen.h"
#include "tools/player/stop.h"

enum { WORD_LIMIT = 2 * ATTRIBUTE_LIMIT + ARGUMENT_LIMIT + 16 };
enum { REPORT_LIMIT_BYTES = 64 << 20 };

// ---- The command ------------------------------------------------------------

struct command {
    char *words[WORD_LIMIT];
    size_t count;
};

static void add(struct command *command, const char *word)
{
    command->words[command->count++] = MUST(strdup(word));
}

static void free_command(struct command *command)
{
    while (command->count > 0)
        free(command->words[--command->count]);
}

// keep_going=yes becomes "--keep-going", max=5 "--max 5".
static void add_option(struct command *command, const struct attribute *said)
{
    char *option;

    if (strcmp(said->value, "no") == 0)
        return;
    MUST(asprintf(&option, "--%s", said->key));
    for (char *at = option; (at = strchr(at, '_'));)
        *at = '-';
    add(command, option);
    if (strcmp(said->value, "yes") != 0)
        add(command, said->value);
    free(option);
}

// Those that the person could type as well; the other keys are our own.
static void add_options(struct command *command, const struct item *item)
{
    static const char *const ours[] = {"program", "args", "as", "verdict",
                                       "brief"};

    for (size_t i = 0; i < item->attribute_count; i++) {
        bool own = false;

        for (size_t j = 0; j < sizeof ours / sizeof *ours; j++)
            own |= strcmp(item->attributes[i].key, ours[j]) == 0;
        if (!own)
            add_option(command, &item->attributes[i]);
    }
}

static void add_arguments(struct command *command, const struct item *item)
{
    const char *args = item_value(item, "args");
    char *text, *words[ARGUMENT_LIMIT + 1];

    if (!args)
        return;
    text = MUST(strdup(args));
    experiment_cut(text, words, 0);
    add(command, "--");
    for (size_t i = 0; words[i]; i++)
        add(command, words[i]);
    free(text);
}

// What the person would type: ./telar explore lost_update --max 5 -- 3
static char *typed_command(const struct item *item)
{
    const char *args = item_value(item, "args");
    struct command options = {.count = 0};
    char *text;
    size_t size;
    FILE *out = MUST(open_memstream(&text, &size));

    fprintf(out, "./telar %s %s", verb_name(item->verb),
            item_value(item, "program"));
    add_options(&options, item);
    for (size_t i = 0; i < options.count; i++)
        fprintf(out, " %s", options.words[i]);
    if (args)
        fprintf(out, " -- %s", args);
    fclose(out);
    free_command(&options);
    return text;
}

static void announce(const struct item *item)
{
    char *typed = typed_command(item);

    screen_say("  %s$ %s%s\n", style(STRONG), typed, style(PLAIN_TEXT));
    free(typed);
}

// "telar-explore lost_update --lang es ...", ready to be run. False, and said,
// when this build has no such instrument.
static bool begin_command(struct session *session, const struct item *item,
                          struct command *command)
{
    const char *verb = verb_name(item->verb);
    char *path = course_path("build/bin/telar-%s", verb);

    add(command, path);
    add(command, item_value(item, "program"));
    add(command, "--lang");
    add(command, lang_name());
    free(path);
    if (access(command->words[0], X_OK) == 0)
        return true;
    screen_say(M("  (this build has no \"telar %s\" yet)\n\n",
                 "  (esta versión todavía no tiene \"telar %s\")\n\n"),
               verb);
    session->no_instrument = true;
    return false;
}

// ---- The report -------------------------------------------------------------

static void set_fact(struct session *session, const struct item *item,
                     const char *name, long long value)
{
    const char *as = item_value(item, "as");
    char full[FACT_NAME_SIZE];

    snprintf(full, sizeof full, "explore.%s", name);
    facts_set(&session->facts, NULL, full, value, session->runs);
    if (!as)
        return;
    snprintf(full, sizeof full, "%s.%s", as, name);
    facts_set(&session->facts, NULL, full, value, session->runs);
}

static void take_words(struct session *session, const struct item *item,
                       const char *verdict, const char *kind)
{
    static const char *const verdicts[] = {"proved", "sampled", "failed"};
    static const char *const kinds[] = {
#define KIND_WORD(name, word, english, spanish, check) #word,
        FAILURE_KINDS(KIND_WORD)
#undef KIND_WORD
    };

    for (size_t i = 0; i < sizeof verdicts / sizeof *verdicts; i++)
        set_fact(session, item, verdicts[i], strcmp(verdict, verdicts[i]) == 0);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        set_fact(session, item, kinds[i], strcmp(kind, kinds[i]) == 0);
}

// Returns false when the report lacks something.
static bool take_report(struct session *session, const struct item *item,
                        json_t *report)
{
    static const char *const numbers[] = {"executions", "failing",
                                          "first_failure"};
    const char *verdict = json_string_value(json_object_get(report, "verdict"));
    const char *kind = json_string_value(json_object_get(report, "kind"));
    const json_t *exhausted = json_object_get(report, "exhausted");

    if (!verdict || !kind || !json_is_boolean(exhausted))
        return false;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        const json_t *number = json_object_get(report, numbers[i]);

        if (!json_is_integer(number))
            return false;
        set_fact(session, item, numbers[i], json_integer_value(number));
    }
    set_fact(session, item, "exhausted", json_is_true(exhausted));
    take_words(session, item, verdict, kind);
    return true;
}

static void check_verdict(struct session *session, const struct item *item,
                          json_t *report)
{
    const char *wanted = item_value(item, "verdict");
    const char *got = json_string_value(json_object_get(report, "verdict"));

    if (wanted && strcmp(wanted, got) != 0)
        session_fault(session, item->line,
                      M("the verdict on %s is %s, expected was %s",
                        "el veredicto sobre %s es %s, se esperaba %s"),
                      item_value(item, "program"), got, wanted);
}

// In one line, for "brief".
static void sum_up(json_t *report)
{
    screen_say(
        M("  %lld executions, %lld of them failing; %s\n\n",
          "  %lld ejecuciones, %lld con falla; %s\n\n"),
        (long long)json_integer_value(json_object_get(report, "executions")),
        (long long)json_integer_value(json_object_get(report, "failing")),
        json_is_true(json_object_get(report, "exhausted"))
            ? M("there are no others.", "no hay más.")
            : M("there are more.", "hay más."));
}

static bool is_brief(const struct item *item)
{
    const char *brief = item_value(item, "brief");

    return brief && strcmp(brief, "yes") == 0;
}

static void read_report(struct session *session, const struct item *item,
                        const char *path)
{
    size_t size;
    char *text = keep_read(path, REPORT_LIMIT_BYTES, &size);
    json_t *report = text ? json_loadb(text, size, 0, NULL) : NULL;

    session->run_failed = !report || !take_report(session, item, report);
    if (session->run_failed)
        session_fault(session, item->line, "%s",
                      M("the report of \"telar explore\" cannot be read",
                        "no se puede leer el informe de \"telar explore\""));
    if (!session->run_failed && is_brief(item))
        sum_up(report);
    if (!session->run_failed)
        check_verdict(session, item, report);
    json_decref(report);
    free(text);
}

// ---- explore ----------------------------------------------------------------

static void take_result(struct session *session, const struct item *item,
                        const char *text, int status, const char *json)
{
    if (stop_signal) { // Ctrl-C: what there is answers nothing
        session->run_failed = true;
        screen.wish = QUIT;
        return;
    }
    if (text && !is_brief(item)) {
        screen_show(text);
        screen_show("\n");
    }
    session->run_failed = status != 0 && status != 1;
    if (session->run_failed)
        session_fault(session, item->line, "%s",
                      M("\"telar explore\" could not do it",
                        "\"telar explore\" no pudo hacerlo"));
    else
        read_report(session, item, json);
}

static void explore(struct session *session, const struct item *item,
                    struct command *command)
{
    char *json, *text, *trace = experiment_trace(session, item);
    int status;

    MUST(
        asprintf(&json, "%s/explore-%d.json", session->scratch, session->runs));
    add(command, "--json");
    add(command, json);
    if (trace) {
        add(command, "--trace");
        add(command, trace);
    }
    add_options(command, item);
    add_arguments(command, item);
    fflush(stdout);
    text = capture_status(command->words, "", &status);
    take_result(session, item, text, status, json);
    free(text);
    free(json);
    if (status != 1) { // nothing failed: there is nothing to see
        free(trace);
        trace = NULL;
    }
    experiment_offer(session, item, trace, "end");
}

void explore_program(struct session *session, const struct item *item)
{
    struct command command = {.count = 0};

    session->runs++;
    session->last_run = item;
    output_free(&session->output); // an order is answered by runs alone
    announce(item);
    session->run_failed = !begin_command(session, item, &command);
    if (!session->run_failed)
        explore(session, item, &command);
    free_command(&command);
}

// ---- play -------------------------------------------------------------------

bool explore_playable(void)
{
    return screen.asks && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

static void say_how(const struct item *item)
{
    char *typed = typed_command(item);

    screen_say(M("  (Here you would be the scheduler; that takes a person at a "
                 "terminal.\n  Left out. To play it, type:\n  %s)\n\n",
                 "  (Aquí planificarías tú, y para eso hace falta una persona "
                 "en una terminal.\n  Se omite. Para jugarlo, escribe:\n  %s)"
                 "\n\n"),
               typed);
    free(typed);
}

// It talks to the person itself; 1 says only how the program ended.
static void play(struct session *session, const struct item *item,
                 struct command *command)
{
    int status;

    add_options(command, item);
    add_arguments(command, item);
    fflush(stdout);
    status = capture_talk(command->words);
    screen.used_rows = 0; // the screen was its own
    if (status != 0 && status != 1 && !stop_signal)
        session_fault(session, item->line, "%s",
                      M("\"telar play\" could not do it",
                        "\"telar play\" no pudo hacerlo"));
}

void explore_play(struct session *session, const struct item *item)
{
    struct command command = {.count = 0};

    if (!explore_playable()) {
        say_how(item);
        return;
    }
    announce(item);
    if (begin_command(session, item, &command))
        play(session, item, &command);
    free_command(&command);
}
