// session.c - one lesson being played: what its rooms share
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/player/condition.h"
#include "tools/player/screen.h"
#include "tools/player/session.h"

void session_fault(struct session *session, int line, const char *format, ...)
{
    va_list rest;
    char *text;

    va_start(rest, format);
    MUST(vasprintf(&text, format, rest));
    va_end(rest);
    screen_warn("%s:%d: %s", session->lesson.path, line, text);
    free(text);
    session->faults++;
}

// Goes on as long as the name is another one.
static bool is_other(const char *name, void *context)
{
    const char *fact = context, *dot = strrchr(name, '.');

    return strcmp(dot ? dot + 1 : name, fact) != 0;
}

static bool item_asks_for(const struct item *item, const char *fact)
{
    const char *answer = item_value(item, "answer");
    bool order = item->verb == VERB_ASK &&
                 strcmp(item_value(item, "type"), "order") == 0;

    if (item->verb == VERB_ASK && answer)
        return !is_other(answer, (void *)fact);
    if (order || (item->verb != VERB_ASK && item->verb != VERB_CLAIM))
        return false;
    for (size_t i = 0; i < item->attribute_count; i++) {
        const struct attribute *said = &item->attributes[i];

        if (strcmp(said->key, "id") != 0 && strcmp(said->key, "type") != 0 &&
            strcmp(said->key, "source") != 0 &&
            strcmp(said->key, "figure") != 0 &&
            !condition_names(said->value, is_other, (void *)fact))
            return true;
    }
    return false;
}

bool session_asks_for(const struct session *session, const char *fact)
{
    for (size_t i = 0; i < session->step->item_count; i++)
        if (item_asks_for(&session->step->items[i], fact))
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
                session->progress.path, strerror(errno));
    session->faults++;
    session->stores = false;
    screen.wish = QUIT;
    return false;
}
