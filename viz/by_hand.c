// by_hand.c - from a failure that was explored to the game that goes on from it
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/message.h"
#include "tools/course/course.h"
#include "tools/course/error_words.h"
#include "tools/course/terminal.h"
#include "tools/explorer/command.h"
#include "viz/by_hand.h"
#include "viz/source.h"
#include "viz/view.h"

enum { NOTES_NEAR_THE_END = 1000 }; // events

static const char beginning[] = "./telar play ";

// May these options of the compiler come from a file? Those that load something
// into it may not.
static bool are_harmless(const char *flags)
{
    static const char *const beginnings[] = {"-std=", "-D", "-I", "-O", "-W"};
    struct wordlist words = {0};
    bool all = command_cut(flags, &words);

    for (size_t i = 0; all && i < words.count; i++) {
        const char *word = words.words[i];
        bool is_one = false;

        for (size_t j = 0; j < sizeof beginnings / sizeof *beginnings; j++)
            is_one |= strncmp(word, beginnings[j], strlen(beginnings[j])) == 0;
        all = is_one && strchr(word, ',') == NULL; // -Wl,... is the linker's
    }
    wordlist_free(&words);
    return all;
}

static bool is_to_be_run(const char *command)
{
    struct wordlist words = {0};
    bool is_fit = command_cut(command, &words);

    for (size_t i = 0; is_fit && i < words.count; i++)
        if (strncmp(words.words[i], "--cf", 4) == 0)
            is_fit = strcmp(words.words[i], "--cflags") == 0 &&
                     i + 1 < words.count && are_harmless(words.words[i + 1]);
    wordlist_free(&words);
    return is_fit;
}

const char *by_hand_command(const struct stage *stage)
{
    const struct reader *reader = &stage->reader;
    size_t first = reader->count > NOTES_NEAR_THE_END
                       ? reader->count - NOTES_NEAR_THE_END
                       : 0;

    if (stage->play || reader->header.clock != TRACE_STEPS)
        return NULL;
    for (size_t i = reader->count; i-- > first;) {
        const struct trace_record *event = reader_event(reader, i);
        const char *text;

        if (TRACE_KIND(event->last) != TRACE_NOTE)
            continue;
        text = reader_name(reader, (uint32_t)event->object);
        if (strncmp(text, beginning, strlen(beginning)) == 0)
            return is_to_be_run(text) ? text : NULL;
    }
    return NULL;
}

static bool is_source(const char *word)
{
    size_t length = strlen(word);

    return length > 2 && strcmp(word + length - 2, ".c") == 0;
}

void by_hand_sources(const struct stage *stage)
{
    const char *command = by_hand_command(stage);
    struct wordlist words = {0};

    if (command && command_cut(command, &words))
        for (size_t i = 2; i < words.count; i++)
            if (is_source(words.words[i]))
                source_look_beside(words.words[i]);
    wordlist_free(&words);
}

void by_hand_ask(struct stage *stage)
{
    const char *command = by_hand_command(stage);

    if (!command)
        stage_say(stage, "%s",
                  M("only what ./telar explore found can be gone on from",
                    "solo se puede seguir lo que encontró ./telar explore"));
    else if (stage->asks_by_hand)
        stage->quits = stage->goes_on_by_hand = true;
    else
        stage_say(stage, M("p again: %s", "p otra vez: %s"), command);
    stage->asks_by_hand = command;
}

// ---- The game ---------------------------------------------------------------

// Does anybody still do something? At the end the trace only says who waits for
// what, and what failed.
static bool is_over(const struct stage *stage)
{
    const struct reader *reader = &stage->reader;

    for (size_t i = stage->model.position; i < reader->count; i++) {
        uint16_t kind = TRACE_KIND(reader_event(reader, i)->last);
        uint8_t effect = trace_kind_of(kind)->effect;

        if (kind != TRACE_NOTE && kind != TRACE_FAILURE &&
            effect != TRACE_WAITS && effect != TRACE_BLOCKS &&
            effect != TRACE_STANDS)
            return false;
    }
    return true;
}

uint64_t by_hand_step(const struct stage *stage)
{
    const struct model *model = &stage->model;
    const struct reader *reader = &stage->reader;
    uint64_t now = model->time;

    if (is_over(stage))
        return UINT64_MAX;
    return reader_event(reader, model->position)->time == now && now > 0
               ? now - 1
               : now;
}

static void add_options(struct wordlist *words, const struct stage *stage)
{
    wordlist_addf(words, "--at=%" PRIu64, by_hand_step(stage));
    if (!view_plays(stage->view))
        wordlist_addf(words, "--view=%s", views[stage->view].word);
    wordlist_addf(words, "--lang=%s", lang_is_spanish ? "es" : "en");
    if (stage->large)
        wordlist_add(words, "--large");
    if (grid_ascii)
        wordlist_add(words, "--ascii");
}

// "./telar play" gives way to the program and our options.
static bool gather(struct wordlist *words, const struct stage *stage,
                   const char *command)
{
    wordlist_add(words, "telar-play");
    add_options(words, stage);
    return command_cut(command + strlen(beginning), words);
}

int by_hand_run(const struct stage *stage)
{
    const char *command = by_hand_command(stage);
    char *path = course_path("build/bin/telar-play");
    struct wordlist words = {0};
    int status;

    if (!command || !gather(&words, stage, command)) {
        status = could_not("%s", M("the trace does not say how to go on",
                                   "la traza no dice cómo seguir"));
    } else {
        execv(path, words.words);
        status = could_not("%s: %s", path, error_words(errno));
    }
    wordlist_free(&words);
    free(path);
    return status;
}
