// answers.c - predictions from a file instead of a person
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/error_words.h"
#include "tools/course/keep.h"
#include "tools/player/answers.h"

enum { LIMIT_BYTES = 1 << 20 };

static char *trim(char *text)
{
    size_t length = strlen(text);

    while (length > 0 && isspace((unsigned char)text[length - 1]))
        text[--length] = '\0';
    return text + strspn(text, " \t");
}

static const struct item *find_ask(const struct lesson *lesson,
                                   const char *step, const char *name)
{
    size_t number = lesson_step_named(lesson, step);
    const struct step *found = &lesson->steps[number];

    for (size_t i = 0; number && i < found->item_count; i++)
        if (found->items[i].verb == VERB_ASK &&
            strcmp(item_value(&found->items[i], "id"), name) == 0)
            return &found->items[i];
    return NULL;
}

static void add(struct answers *answers, const struct item *ask,
                const char *given)
{
    struct answer *answer;

    answers->list = MUST(
        realloc(answers->list, (answers->count + 1) * sizeof *answers->list));
    answer = &answers->list[answers->count++];
    answer->ask = ask;
    snprintf(answer->given, sizeof answer->given, "%s", given);
}

// name: "step/ask". Says why in reason and returns false when it is no answer.
static bool take(struct answers *answers, const struct lesson *lesson,
                 char *name, char *value, char *reason, size_t size)
{
    char *slash = strchr(name, '/'), given[ANSWER_SIZE];
    const struct item *ask;

    if (slash)
        *slash = '\0';
    ask = slash ? find_ask(lesson, name, slash + 1) : NULL;
    if (slash)
        *slash = '/';
    if (!ask) {
        snprintf(reason, size,
                 M("this lesson has no question \"%s\"",
                   "esta lección no tiene la pregunta \"%s\""),
                 name);
        return false;
    }
    if (!ask_take(ask, value, given)) {
        snprintf(reason, size,
                 M("\"%s\" does not answer %s", "\"%s\" no responde a %s"),
                 value, name);
        return false;
    }
    add(answers, ask, given);
    return true;
}

static bool take_line(struct answers *answers, const struct lesson *lesson,
                      char *line, char *reason, size_t size)
{
    char *text = trim(line), *equals = strchr(text, '=');

    if (!*text || *text == '#')
        return true;
    if (!equals) {
        snprintf(reason, size, "%s",
                 M("expected step/question = answer",
                   "se espera paso/pregunta = respuesta"));
        return false;
    }
    *equals = '\0';
    return take(answers, lesson, trim(text), trim(equals + 1), reason, size);
}

bool answers_read(const char *path, const struct lesson *lesson,
                  struct answers *answers, char *error, size_t error_size)
{
    char *text = keep_read(path, LIMIT_BYTES, NULL), *rest = text, *line;
    char reason[256];
    bool good = true;

    if (!text) {
        snprintf(error, error_size, "%s: %s", path, error_words(errno));
        return false;
    }
    for (int n = 1; good && (line = strsep(&rest, "\n")); n++) {
        good = take_line(answers, lesson, line, reason, sizeof reason);
        if (!good)
            snprintf(error, error_size, "%s:%d: %s", path, n, reason);
    }
    free(text);
    return good;
}

const char *answers_find(const struct answers *answers, const struct item *ask)
{
    for (size_t i = answers->count; i > 0; i--)
        if (answers->list[i - 1].ask == ask)
            return answers->list[i - 1].given;
    return NULL;
}

void answers_free(struct answers *answers)
{
    free(answers->list);
    *answers = (struct answers){0};
}
