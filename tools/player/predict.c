// predict.c - a prediction is taken, kept, and compared with what happened
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/terminal.h"
#include "tools/player/ask.h"
#include "tools/player/predict.h"
#include "tools/player/render.h"
#include "tools/player/screen.h"

enum { WORDS_SIZE = 256 };

// ---- The question -----------------------------------------------------------

static void put_options(FILE *out, const struct item *ask)
{
    for (size_t i = 0; item_option(ask, i); i++)
        fprintf(out, "      %c) %s\n", (int)('a' + i), item_option(ask, i));
    fputc('\n', out);
}

// In one piece, so that a screen holds the whole question.
static void show_question(const struct item *ask)
{
    char *body = render_markdown(ask->body, screen_measure(), screen.large);
    char *text;
    size_t size;
    FILE *out = MUST(open_memstream(&text, &size));

    fprintf(out, "  %s%s%s\n\n%s\n", style(TITLE),
            M("Predict before it runs", "Predice antes de ejecutar"),
            style(PLAIN_TEXT), body);
    if (strcmp(item_value(ask, "type"), "order") == 0 &&
        !ask_lists_options(ask))
        put_options(out, ask);
    fclose(out);
    screen_show(text);
    free(text);
    free(body);
}

// ---- The answer -------------------------------------------------------------

static void keep(struct session *session, struct pending *pending,
                 const char *given)
{
    snprintf(pending->given, sizeof pending->given, "%s", given);
    progress_predict(&session->progress, session->step->id,
                     item_value(pending->ask, "id"), given);
    session_save(session);
}

static void explain(const struct item *ask, const char *typed)
{
    char allowed[128];

    ask_allowed(ask, allowed, sizeof allowed);
    if (*typed && strcmp(typed, "?") != 0) {
        fputs("  \"", stdout);
        print_printable(stdout, typed, strlen(typed));
        screen_say(M("\" is no answer here.\n", "\" no es una respuesta "
                                                "aquí.\n"));
    }
    screen_say(M("  Type %s, and Enter (s skips, < goes back, q quits).\n",
                 "  Escribe %s, y Enter (s salta, < vuelve, q sale).\n"),
               allowed);
}

static void make_prompt(const struct item *ask, const char *before,
                        char *prompt, size_t size)
{
    char allowed[128];

    ask_allowed(ask, allowed, sizeof allowed);
    if (before)
        snprintf(prompt, size,
                 M("  Your prediction (%s; Enter keeps %s):",
                   "  Tu predicción (%s; Enter deja %s):"),
                 allowed, before);
    else
        snprintf(prompt, size,
                 M("  Your prediction (%s):", "  Tu predicción (%s):"),
                 allowed);
}

// Takes one line; returns whether the question is dealt with.
static bool hear(struct session *session, struct pending *pending,
                 const char *before, const char *typed)
{
    char given[ANSWER_SIZE];
    enum wish wish;

    if (ask_take(pending->ask, typed, given)) {
        keep(session, pending, given);
        return true;
    }
    if (!*typed && before) {
        keep(session, pending, before);
        return true;
    }
    wish = screen_command(typed);
    if (wish == GO_ON || wish == RUN_AGAIN) {
        explain(pending->ask, typed);
        return false;
    }
    screen.wish = wish == SKIP ? GO_ON : wish;
    return true;
}

static void listen(struct session *session, struct pending *pending)
{
    char prompt[256], typed[256], before_text[ANSWER_SIZE], *before = NULL;
    const char *kept = progress_given(&session->progress, session->step->id,
                                      item_value(pending->ask, "id"));

    if (kept && ask_take(pending->ask, kept, before_text))
        before = before_text;
    make_prompt(pending->ask, before, prompt, sizeof prompt);
    while (screen.wish == GO_ON && screen_ask(prompt, typed, sizeof typed))
        if (hear(session, pending, before, typed))
            break;
    screen_show("\n");
}

void predict_ask(struct session *session, const struct item *ask)
{
    const char *given = answers_find(&session->answers, ask);
    struct pending *pending;

    if (session->pending_count == PENDING_LIMIT) {
        session_fault(session, ask->line, "%s",
                      M("too many questions in one step",
                        "demasiadas preguntas en un paso"));
        return;
    }
    pending = &session->pending[session->pending_count++];
    *pending = (struct pending){.ask = ask, .since = session->runs};
    show_question(ask);
    if (given) {
        screen_say(M("  Prediction: %s\n\n", "  Predicción: %s\n\n"), given);
        keep(session, pending, given);
    } else if (screen.asks) {
        listen(session, pending);
    }
}

// ---- What happened ----------------------------------------------------------

// The right option in its words, below the verdict.
static void show_right_option(const struct item *ask, const char *right)
{
    char option[WORDS_SIZE], line[WORDS_SIZE + 8], *text;

    *option = '\0';
    if (strcmp(item_value(ask, "type"), "choice") == 0)
        ask_option(ask, *right, option, sizeof option);
    if (*option) {
        snprintf(line, sizeof line, "- %s) %s", right, option);
        text = render_markdown(line, screen_measure(), screen.large);
        screen_show(text);
        free(text);
    }
    screen_show("\n");
}

static void compare(const struct pending *pending, const char *right)
{
    const char *given = pending->given;

    if (!*given)
        screen_say(M("  %s-> It was %s%s\n", "  %s-> Fue %s%s\n"),
                   style(STRONG), right, style(PLAIN_TEXT));
    else if (ask_matches(pending->ask, given, right))
        screen_say(M("  %s=  You predicted it: %s%s\n",
                     "  %s=  Lo predijiste: %s%s\n"),
                   style(GOOD), right, style(PLAIN_TEXT));
    else
        screen_say(M("  %s-> You predicted %s; it was %s%s\n",
                     "  %s-> Predijiste %s; fue %s%s\n"),
                   style(WARNING), given, right, style(PLAIN_TEXT));
    show_right_option(pending->ask, right);
}

static void judge(struct session *session, struct pending *pending,
                  const char *right)
{
    pending->settled_by = session->runs;
    compare(pending, right);
    if (!*pending->given)
        return;
    progress_judge(&session->progress, session->step->id,
                   item_value(pending->ask, "id"), right,
                   ask_matches(pending->ask, pending->given, right));
    session_save(session);
}

static void settle(struct session *session, struct pending *pending)
{
    char right[WORDS_SIZE];

    switch (ask_right(pending->ask, &session->facts, &session->output,
                      pending->since, right, sizeof right)) {
    case RIGHT_KNOWN:
        judge(session, pending, right);
        break;
    case RIGHT_NOT_YET:
        break;
    case RIGHT_NONE:
        pending->settled_by = session->runs;
        session_fault(session, pending->ask->line,
                      M("no option of \"%s\" fits what happened",
                        "ninguna opción de \"%s\" coincide con lo que pasó"),
                      item_value(pending->ask, "id"));
        break;
    case RIGHT_NO_ORDER:
        pending->settled_by = session->runs;
        screen_say(M("  %sThis machine did not record the order between stdout "
                     "and stderr: undecided.%s\n\n",
                     "  %sEsta máquina no registró el orden entre stdout y "
                     "stderr: sin decidir.%s\n\n"),
                   style(QUIET), style(PLAIN_TEXT));
    }
}

void predict_settle(struct session *session)
{
    for (size_t i = 0; i < session->pending_count && !session->run_failed; i++)
        if (session->pending[i].settled_by == 0)
            settle(session, &session->pending[i]);
}

void predict_reopen(struct session *session)
{
    for (size_t i = 0; i < session->pending_count; i++)
        if (session->pending[i].settled_by == session->runs) {
            session->pending[i].settled_by = 0;
            session->pending[i].since = session->runs;
        }
}

void predict_check_all(struct session *session)
{
    for (size_t i = 0; i < session->pending_count; i++) {
        struct pending *pending = &session->pending[i];
        char missing[WORDS_SIZE];

        if (pending->settled_by)
            continue;
        ask_right(pending->ask, &session->facts, &session->output,
                  pending->since, missing, sizeof missing);
        session_fault(session, pending->ask->line,
                      M("no run answered \"%s\": nobody said %s",
                        "ninguna ejecución respondió \"%s\": nadie dijo %s"),
                      item_value(pending->ask, "id"),
                      *missing ? missing : M("a new fact", "un hecho nuevo"));
    }
}
