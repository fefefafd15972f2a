// session.c - one lesson being played: what its rooms share
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/error_words.h"
#include "tools/course/look.h"
#include "tools/course/scratch.h"
#include "tools/player/claim.h"
#include "tools/player/condition.h"
#include "tools/player/screen.h"
#include "tools/player/session.h"

bool session_scratch(struct session *session)
{
    const char *told = getenv("TMPDIR");

    scratch_sweep("lesson");
    session->scratch = scratch_make("lesson");
    if (session->scratch)
        return true;
    could_not(M("no folder for experiments in %s: %s (TMPDIR names another)",
                "no hay carpeta para experimentos en %s: %s (TMPDIR indica "
                "otra)"),
              told && *told ? told : "/tmp", error_words(errno));
    return false;
}

bool session_can_look(void)
{
    return screen.asks && !screen.silent && look_can_open() && look_is_built();
}

static void look(void *context)
{
    const struct session *session = context;

    look_open(&session->look);
}

void session_offer(struct session *session, const struct look *asked)
{
    char *trace = asked ? MUST(strdup(asked->trace)) : NULL;

    free(session->trace);
    session->trace = trace;
    if (asked) {
        session->look = *asked;
        session->look.trace = trace;
    }
    screen_offer(trace ? look : NULL, session);
}

void session_begin_step(struct session *session, size_t index)
{
    session_offer(session, NULL);
    output_free(&session->output);
    facts_free(&session->facts);
    session->pending_count = 0;
    session->last_run = NULL;
    session->run_failed = false;
    session->no_instrument = false;
    session->step = &session->lesson.steps[index];
}

void session_end(struct session *session)
{
    session_offer(session, NULL);
    scratch_remove();
    output_free(&session->output);
    facts_free(&session->facts);
}

void session_fault(struct session *session, int line, const char *format, ...)
{
    va_list rest;

    va_start(rest, format);
    vsnprintf(session->reason, sizeof session->reason, format, rest);
    va_end(rest);
    screen_warn("%s:%d: %s", session->lesson.path, line, session->reason);
    session->faults++;
}

typedef bool other(const char *name, void *fact);

// These go on as long as the name is another one.
static bool is_other(const char *name, void *fact)
{
    const char *dot = strrchr(name, '.');

    return strcmp(dot ? dot + 1 : name, fact) != 0;
}

static bool is_exactly_other(const char *name, void *fact)
{
    return strcmp(name, fact) != 0;
}

static bool item_asks_for(const struct item *item, const char *fact,
                          other *differs)
{
    const char *answer = item_value(item, "answer");
    bool order = item->verb == VERB_ASK &&
                 strcmp(item_value(item, "type"), "order") == 0;

    if (item->verb == VERB_ASK && answer)
        return !differs(answer, (void *)fact);
    if (order || (item->verb != VERB_ASK && item->verb != VERB_CLAIM))
        return false;
    for (size_t i = 0; i < item->attribute_count; i++) {
        const struct attribute *said = &item->attributes[i];

        if (strcmp(said->key, "id") != 0 && strcmp(said->key, "type") != 0 &&
            strcmp(said->key, "source") != 0 &&
            strcmp(said->key, "figure") != 0 &&
            !condition_names(said->value, differs, (void *)fact))
            return true;
    }
    return false;
}

bool session_asks_for(const struct session *session, const char *fact)
{
    for (size_t i = 0; i < session->step->item_count; i++)
        if (item_asks_for(&session->step->items[i], fact, is_other))
            return true;
    return false;
}

static bool item_names(const struct item *item, const char *fact)
{
    if (item->verb == VERB_CLAIM)
        return !claim_names(item, is_exactly_other, (void *)fact);
    return item_asks_for(item, fact, is_exactly_other);
}

bool session_names(const struct session *session, const char *fact)
{
    for (size_t i = 0; i < session->step->item_count; i++)
        if (item_names(&session->step->items[i], fact))
            return true;
    return false;
}

bool session_save(struct session *session)
{
    if (!session->stores || progress_save(&session->progress))
        return true;
    screen_warn(M("your progress could not be saved in %s: %s; what was saved "
                  "before is intact (--no-save plays without saving)",
                  "no se pudo guardar tu avance en %s: %s; lo guardado antes "
                  "sigue intacto (--no-save juega sin guardar)"),
                session->progress.path, error_words(errno));
    session->faults++;
    session->stores = false;
    screen.wish = QUIT;
    return false;
}
