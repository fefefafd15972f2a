// plot.c - a chart of the lesson is measured and drawn
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/chart.h"
#include "tools/course/course.h"
#include "tools/course/error_words.h"
#include "tools/course/keep.h"
#include "tools/course/terminal.h"
#include "tools/player/capture.h"
#include "tools/player/experiment.h"
#include "tools/player/plot.h"
#include "tools/player/screen.h"
#include "tools/player/stop.h"

enum { FACTS_LIMIT_BYTES = 16 << 20 };

// ---- What it found ----------------------------------------------------------

// Of the figures of a summary only those that the step asks for: there are
// hundreds.
static bool is_wanted(const struct session *session, const struct item *item,
                      const char *name)
{
    const char *as = item_value(item, "as");
    char full[2 * FACT_NAME_SIZE];

    if (!strchr(name, '.') || session_names(session, name))
        return true;
    snprintf(full, sizeof full, "%s.%s", as ? as : "", name);
    return as && session_names(session, full);
}

// line: "fact NAME VALUE".
static void take_fact(struct session *session, const struct item *item,
                      const char *line)
{
    char name[FACT_NAME_SIZE];
    long long value;

    if (sscanf(line, "fact %127s %lld", name, &value) == 2 &&
        is_wanted(session, item, name))
        facts_set(&session->facts, item_value(item, "as"), name, value,
                  session->runs);
}

static void take_facts(struct session *session, const struct item *item,
                       const char *folder)
{
    char *path, *text;

    MUST(asprintf(&path, "%s/%s.facts", folder, item_value(item, "chart")));
    text = keep_read(path, FACTS_LIMIT_BYTES, NULL);
    session->run_failed = !text;
    if (!text)
        session_fault(session, item->line, "%s: %s", path, error_words(errno));
    for (char *rest = text, *line; (line = strsep(&rest, "\n"));)
        take_fact(session, item, line);
    free(text);
    free(path);
}

// ---- The command ------------------------------------------------------------

static void announce(const struct session *session, const struct item *item)
{
    screen_say("  %s$ ./telar plot %.2s %s%s%s\n", style(STRONG), session->name,
               item_value(item, "chart"), screen.asks ? "" : " --quick",
               style(PLAIN_TEXT));
}

static char *output_folder(const struct session *session)
{
    char *folder;

    if (screen.asks)
        return course_path("build/charts/%s", session->name);
    MUST(asprintf(&folder, "%s/charts-%d", session->scratch, session->runs));
    return folder;
}

static void take_result(struct session *session, const struct item *item,
                        const char *text, int status, const char *folder)
{
    if (stop_signal) { // Ctrl-C: what there is answers nothing
        session->run_failed = true;
        screen.wish = QUIT;
        return;
    }
    if (text)
        screen_show(text);
    session->run_failed = status != 0;
    if (session->run_failed)
        session_fault(session, item->line, "%s",
                      M("\"telar plot\" could not do it",
                        "\"telar plot\" no pudo hacerlo"));
    else
        take_facts(session, item, folder);
}

static void draw(struct session *session, const struct item *item, char *path)
{
    char *folder = output_folder(session), columns[16], *text;
    char *argv[] = {path,
                    (char *)session->name,
                    (char *)item_value(item, "chart"),
                    "--lang",
                    (char *)lang_name(),
                    "--output",
                    folder,
                    "--columns",
                    columns,
                    NULL,
                    NULL,
                    NULL,
                    NULL};
    size_t count = 9;
    int status;

    snprintf(columns, sizeof columns, "%d", terminal.width_columns);
    if (!screen.asks) { // the files are gone with the scratch folder
        argv[count++] = "--quick";
        argv[count++] = "--brief";
    }
    if (terminal.plain)
        argv[count++] = "--plain";
    fflush(stdout);
    text = capture_status(argv, "", &status);
    if (screen.asks) // Enter, in these seconds, would turn pages unread
        tcflush(STDIN_FILENO, TCIFLUSH);
    take_result(session, item, text, status, folder);
    free(text);
    free(folder);
}

void plot_draw(struct session *session, const struct item *item)
{
    char *path = course_path("build/bin/telar-plot");

    session->runs++;
    session->last_run = item;
    output_free(&session->output); // an order is answered by runs alone
    announce(session, item);
    session->run_failed = access(path, X_OK) < 0;
    if (session->run_failed) {
        screen_say("%s", M("  (this build has no \"telar plot\")\n\n",
                           "  (esta versión no tiene \"telar plot\")\n\n"));
        session->no_instrument = true;
    } else {
        draw(session, item, path);
    }
    free(path);
}

// ---- Is it there? -----------------------------------------------------------

static bool check_program(const char *lesson, const struct chart *chart,
                          const char *command, int line, char *error,
                          size_t error_size)
{
    char *words = MUST(strdup(command)), *argv[ARGUMENT_LIMIT + 1], *path;
    bool there;

    experiment_cut(words, argv, 0);
    path = course_path("lessons/%s/%s.c", lesson, argv[0] ? argv[0] : "");
    there = access(path, R_OK) == 0;
    if (!there)
        snprintf(error, error_size,
                 M("%s:%d: there is no program %s.c",
                   "%s:%d: no hay un programa %s.c"),
                 chart->path, line, argv[0] ? argv[0] : "");
    free(path);
    free(words);
    return there;
}

bool plot_check(const char *lesson, const char *name, char *error,
                size_t error_size)
{
    struct chart chart;
    bool good;

    if (!chart_read(lesson, name, &chart, error, error_size))
        return false;
    good = check_program(lesson, &chart, chart.program, chart.program_line,
                         error, error_size) &&
           check_program(lesson, &chart, chart.quick, chart.quick_line, error,
                         error_size);
    chart_free(&chart);
    return good;
}
