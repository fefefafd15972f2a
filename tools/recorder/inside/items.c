// items.c - what goes through the queues that a program has of its own
//
// Called through runtime/items.h, or by whoever looks for this name.
#include <string.h>

#include "tools/recorder/inside/real.h"
#include "tools/recorder/inside/say.h"

// What a program says of its own accord is kept without --what sync, too.
enum { RECORD_OWN = RECORD_SYNC | RECORD_PROCESS };

static const struct {
    const char *what;
    uint16_t kind;
} words[] = {
    {"offered", TRACE_PUT_REQUEST}, {"put", TRACE_PUT},
    {"asked", TRACE_GET_REQUEST},   {"taken", TRACE_GET},
    {"refused", TRACE_QUEUE_FAIL},  {"closed", TRACE_QUEUE_CLOSE},
    {"queue", TRACE_QUEUE_CREATE},
};

static uint16_t kind_of(const char *what)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].what, what) == 0)
            return words[i].kind;
    return 0;
}

static bool is_request(uint16_t kind)
{
    return kind == TRACE_PUT_REQUEST || kind == TRACE_GET_REQUEST;
}

// Until the request is answered every sleep in a condition is one for the
// queue: see items_still_wanted.
static void note_request(uint16_t kind, uint64_t queue, uint64_t item)
{
    if (is_request(kind)) {
        inside_self.wants = kind;
        inside_self.wanted_of = queue;
        inside_self.wanted_item = item;
    } else if (kind != TRACE_QUEUE_CREATE && kind != TRACE_QUEUE_CLOSE) {
        inside_self.wants = 0;
    }
}

EXPORT void telar_items(const char *what, const void *queue, uint64_t value,
                        const char *name)
{
    struct writer_task *task = inside_task_for(RECORD_OWN);
    uint16_t kind = task ? kind_of(what) : 0;

    if (kind == 0)
        return;
    say(task, kind, (uintptr_t)queue, value);
    if (name)
        say(task, TRACE_OBJECT_NAME, (uintptr_t)queue,
            writer_name(&inside.writer, name));
    note_request(kind, (uintptr_t)queue, value);
}
