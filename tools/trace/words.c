// words.c - events in words and numbers
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "runtime/message.h"
#include "tools/trace/words.h"

char *words_kind(uint16_t kind, char *text, size_t size)
{
    const char *name = trace_kind_of(kind)->name;

    if (name)
        snprintf(text, size, "%s", name);
    else
        snprintf(text, size, "kind_%u", kind);
    for (char *c = text; *c; c++)
        *c = (char)tolower((unsigned char)*c);
    return text;
}

const char *words_meaning(enum trace_meaning meaning)
{
    static const char *const words[TRACE_MEANINGS] = {
        [TRACE_NOTHING] = "",
        [TRACE_LOCK] = "lock",
        [TRACE_CONDITION] = "condition",
        [TRACE_SEMAPHORE] = "semaphore",
        [TRACE_BARRIER] = "barrier",
        [TRACE_PIPE] = "pipe",
        [TRACE_QUEUE] = "queue",
        [TRACE_COROUTINE] = "coroutine",
        [TRACE_MEMORY] = "memory",
        [TRACE_ANY] = "object",
        [TRACE_TID] = "tid",
        [TRACE_CPU_NUMBER] = "cpu",
        [TRACE_NAME] = "name",
        [TRACE_STREAM] = "stream",
        [TRACE_DESCRIPTOR] = "descriptor",
        [TRACE_BYTES] = "bytes",
        [TRACE_FLOW] = "bytes",
        [TRACE_DURATION] = "duration",
        [TRACE_STATUS] = "wait_status",
        [TRACE_COUNT] = "count",
        [TRACE_ITEM] = "item",
        [TRACE_NUMBER] = "number",
        [TRACE_SOURCE] = "source",
        [TRACE_END] = "end",
    };

    return meaning < TRACE_MEANINGS ? words[meaning] : "";
}

static void say_status(int status, char *text, size_t size)
{
    if (WIFSIGNALED(status))
        snprintf(text, size, M("signal %d", "señal %d"), WTERMSIG(status));
    else
        snprintf(text, size, M("exit %d", "salida %d"), WEXITSTATUS(status));
}

static void say_source(uint64_t source, char *text, size_t size)
{
    static const char *const words[] = {"?", "perf", "fallback", "explorer"};

    snprintf(text, size, "%s", words[source < 4 ? source : 0]);
}

static void say_flow(uint64_t flow, char *text, size_t size)
{
    snprintf(text, size, M("%u bytes, %u in it then", "%u bytes, quedan %u"),
             (uint32_t)flow, (uint32_t)(flow >> 32));
}

// One that begins later: its creator says its tid first.
static uint32_t first_of_tid(const struct model *model, uint64_t tid)
{
    for (uint32_t i = 1; i < model->task_count; i++) {
        const struct trace_entry *entry = reader_entry(model->reader, i);

        if (entry && entry->tid == tid)
            return i;
    }
    return 0;
}

static void say_tid(const struct model *model, uint64_t tid, char *text,
                    size_t size)
{
    uint32_t task = tid ? model_task_of(model, tid) : 0;

    if (tid && !task)
        task = first_of_tid(model, tid);
    if (task)
        model_task_label(model, task, text, size);
    else if (tid)
        snprintf(text, size, "tid %" PRIu64, tid);
}

static void say_name(const struct model *model, uint64_t number, char *text,
                     size_t size)
{
    const struct model_object name = {.id = number, .meaning = TRACE_NAME};

    if (number)
        model_label(model, &name, text, size);
}

static void say_thing(const struct model *model, uint32_t task,
                      enum trace_meaning meaning, uint64_t id, char *text,
                      size_t size)
{
    const struct model_object *o = model_object(model, task, meaning, id);

    if (o)
        model_label(model, o, text, size);
    else if (id != 0)
        snprintf(text, size, "%s 0x%" PRIx64, words_meaning(meaning), id);
}

static void say_stream(uint64_t stream, char *text, size_t size)
{
    if (stream == 1 || stream == 2)
        snprintf(text, size, "%s", stream == 1 ? "stdout" : "stderr");
    else
        snprintf(text, size, M("stream %" PRIu64, "flujo %" PRIu64), stream);
}

static void say_number(enum trace_meaning meaning, uint64_t number, char *text,
                       size_t size)
{
    switch (meaning) {
    case TRACE_CPU_NUMBER:
        snprintf(text, size, "cpu %" PRIu64, number);
        return;
    case TRACE_DESCRIPTOR:
        snprintf(text, size, "fd %" PRId64, (int64_t)number);
        return;
    case TRACE_BYTES:
        snprintf(text, size, "%" PRIu64 " bytes", number);
        return;
    case TRACE_MEMORY:
        snprintf(text, size, "0x%" PRIx64, number);
        return;
    case TRACE_END:
        snprintf(text, size, "%s",
                 number ? M("writing end", "extremo de escritura")
                        : M("reading end", "extremo de lectura"));
        return;
    default:
        snprintf(text, size, "%" PRId64, (int64_t)number);
    }
}

// One sentence in two languages: the person's own, or the one that is there.
static uint64_t sentence_of(const struct trace_record *failure)
{
    uint64_t one = lang_is_spanish ? failure->value : failure->object;

    return one ? one : failure->object | failure->value;
}

static char *say(const struct model *model, uint32_t task,
                 enum trace_meaning meaning, uint64_t number, char *text,
                 size_t size)
{
    text[0] = '\0';
    switch (meaning) {
    case TRACE_NOTHING:
        break;
    case TRACE_NAME:
        say_name(model, number, text, size);
        break;
    case TRACE_TID:
        say_tid(model, number, text, size);
        break;
    case TRACE_STREAM:
        say_stream(number, text, size);
        break;
    case TRACE_STATUS:
        say_status((int)number, text, size);
        break;
    case TRACE_SOURCE:
        say_source(number, text, size);
        break;
    case TRACE_FLOW:
        say_flow(number, text, size);
        break;
    case TRACE_DURATION:
        return words_duration(model, number, text, size);
    case TRACE_CPU_NUMBER:
    case TRACE_DESCRIPTOR:
    case TRACE_MEMORY:
    case TRACE_BYTES:
    case TRACE_COUNT:
    case TRACE_ITEM:
    case TRACE_NUMBER:
    case TRACE_END:
        say_number(meaning, number, text, size);
        break;
    default:
        say_thing(model, task, meaning, number, text, size);
    }
    return text;
}

char *words_object(const struct model *model, uint32_t task,
                   const struct trace_record *record, char *text, size_t size)
{
    const struct trace_kind *kind = trace_kind_of(TRACE_KIND(record->last));
    bool is_failure = TRACE_KIND(record->last) == TRACE_FAILURE;

    return say(model, task, kind->object,
               is_failure ? sentence_of(record) : record->object, text, size);
}

char *words_value(const struct model *model, uint32_t task,
                  const struct trace_record *record, char *text, size_t size)
{
    const struct trace_kind *kind = trace_kind_of(TRACE_KIND(record->last));

    if (TRACE_KIND(record->last) == TRACE_FAILURE) { // its object says it all
        *text = '\0';
        return text;
    }
    return say(model, task, kind->value, record->value, text, size);
}

// Three decimals at most, no zeros behind.
static void say_decimal(uint64_t thousandths, const char *unit, char *text,
                        size_t size)
{
    char digits[8];
    int length =
        snprintf(digits, sizeof digits, "%03u", (unsigned)(thousandths % 1000));

    while (length > 0 && digits[length - 1] == '0')
        digits[--length] = '\0';
    snprintf(text, size, "%" PRIu64 "%s%s %s", thousandths / 1000,
             length ? M(".", ",") : "", digits, unit);
}

char *words_time(const struct model *model, uint64_t time, char *text,
                 size_t size)
{
    if (model->reader->header.clock == TRACE_STEPS)
        snprintf(text, size, M("step %" PRIu64, "paso %" PRIu64), time);
    else if (time < 1000)
        snprintf(text, size, "%" PRIu64 " ns", time);
    else if (time < 1000000)
        say_decimal(time, "µs", text, size);
    else if (time < 1000000000)
        say_decimal(time / 1000, "ms", text, size);
    else
        say_decimal(time / 1000000, "s", text, size);
    return text;
}

char *words_duration(const struct model *model, uint64_t time, char *text,
                     size_t size)
{
    if (model->reader->header.clock != TRACE_STEPS)
        return words_time(model, time, text, size);
    snprintf(text, size, M("%" PRIu64 " %s", "%" PRIu64 " %s"), time,
             time == 1 ? M("step", "paso") : M("steps", "pasos"));
    return text;
}

// ---- Cut --------------------------------------------------------------------

static bool begins_character(char byte)
{
    return ((unsigned char)byte & 0xc0) != 0x80;
}

static int characters_of(const char *text)
{
    int count = 0;

    for (; *text; text++)
        count += begins_character(*text);
    return count;
}

// The bytes of its first characters.
static int bytes_of(const char *text, int characters)
{
    int bytes = 0;

    for (; text[bytes]; bytes++)
        if (begins_character(text[bytes]) && characters-- <= 0)
            break;
    return bytes;
}

char *words_cut(const char *label, int characters, char *text, size_t size)
{
    const char *number = strrchr(label, '#');
    int rest = number ? characters_of(number) : 0;

    if (characters_of(label) <= characters)
        snprintf(text, size, "%s", label);
    else if (rest == 0 || rest + 2 > characters)
        snprintf(text, size, "%.*s…", bytes_of(label, characters - 1), label);
    else
        snprintf(text, size, "%.*s…%s", bytes_of(label, characters - rest - 1),
                 label, number);
    return text;
}
