// fuzz_lesson.c - any bytes are a lesson, a condition and code, or are refused
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tools/player/answers.h"
#include "tools/player/ask.h"
#include "tools/player/condition.h"
#include "tools/player/lesson.h"
#include "tools/player/show.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void try_ask(const struct item *ask, const char *typed)
{
    struct facts facts = {0};
    struct output none = {0};
    char given[ANSWER_SIZE], text[300];

    if (ask_take(ask, typed, given))
        ask_matches(ask, given, given);
    ask_right(ask, &facts, &none, 0, text, sizeof text);
    ask_lists_options(ask);
    ask_option(ask, 'a', text, sizeof text);
}

static void try_lesson(const char *text, size_t size)
{
    struct lesson lesson;
    char error[256];

    if (!lesson_parse("fuzz", text, size, &lesson, error, sizeof error)) {
        if (strncmp(error, "fuzz:", 5) != 0)
            abort();
        return;
    }
    for (size_t s = 0; s < lesson.step_count; s++)
        for (size_t i = 0; i < lesson.steps[s].item_count; i++)
            if (lesson.steps[s].items[i].verb == VERB_ASK)
                try_ask(&lesson.steps[s].items[i], text);
    lesson_free(&lesson);
}

static bool stop(const char *name, void *context)
{
    (void)context;
    return *name != 'z';
}

static void try_condition(const char *text)
{
    struct facts facts = {0};
    char error[64];

    facts_take(&facts, "p", text, 1);
    if (condition_check(text, error, sizeof error)) {
        condition_holds(text, &facts);
        condition_names(text, stop, NULL);
    }
    facts_free(&facts);
}

static void try_code(const char *text)
{
    struct cut cut;
    char error[256];

    if (show_cut(text, "m", NULL, 0, &cut, error, sizeof error) &&
        (cut.first_line < 1 || cut.last_line < cut.first_line))
        abort();
    show_cut(text, "m", "n", 0, &cut, error, sizeof error);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);

    if (!text)
        return 0;
    memcpy(text, data, size);
    text[size] = '\0';
    try_lesson(text, size);
    try_condition(text);
    try_code(text);
    free(text);
    return 0;
}
