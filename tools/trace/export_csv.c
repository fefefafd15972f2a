// export_csv.c - one row an event, or one a stretch of a lane
//
// Quoted as RFC 4180 says; lines end in LF.
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "tools/trace/export.h"
#include "tools/trace/words.h"

export_writer export_csv, export_intervals;

static void put_field(FILE *out, const char *text)
{
    if (!strpbrk(text, ",\"\r\n")) {
        fputs(text, out);
        return;
    }
    fputc('"', out);
    for (; *text; text++) {
        if (*text == '"')
            fputc('"', out);
        fputc(*text, out);
    }
    fputc('"', out);
}

static bool is_address(enum trace_meaning meaning)
{
    return (meaning >= TRACE_LOCK && meaning <= TRACE_ANY &&
            meaning != TRACE_PIPE);
}

// The raw number; of a name its text.
static void put_number(FILE *out, const struct reader *reader,
                       enum trace_meaning meaning, uint64_t number)
{
    fprintf(out, ",%s,", words_meaning(meaning));
    if (meaning == TRACE_NAME)
        put_field(out, reader_name(reader, (uint32_t)number));
    else if (is_address(meaning))
        fprintf(out, "0x%" PRIx64, number);
    else if (meaning == TRACE_FLOW)
        fprintf(out, "%" PRIu32, (uint32_t)number);
    else if (meaning == TRACE_NUMBER)
        fprintf(out, "%" PRId64, (int64_t)number);
    else if (meaning != TRACE_NOTHING)
        fprintf(out, "%" PRIu64, number);
}

static void put_object(FILE *out, const struct model *model, uint32_t task,
                       const struct trace_record *r)
{
    const struct trace_kind *kind = trace_kind_of(TRACE_KIND(r->last));
    const struct model_object *o =
        model_object(model, task, kind->object, r->object);
    char label[300] = "";

    put_number(out, model->reader, kind->object, r->object);
    if (kind->object == TRACE_TID || kind->object == TRACE_STREAM)
        words_object(model, task, r, label, sizeof label);
    fputc(',', out);
    put_field(out, o && kind->object != TRACE_NAME && !*label
                       ? model_given_name(model, o)
                       : label);
    put_number(out, model->reader, kind->value, r->value);
    fputc(',', out);
    if (kind->value == TRACE_FLOW)
        fprintf(out, "%" PRIu64, r->value >> 32);
}

static void put_event(FILE *out, const struct model *model, size_t number)
{
    const struct reader *reader = model->reader;
    const struct trace_record *r = reader_event(reader, number);
    uint32_t task = reader_task(reader, number);
    const struct trace_entry *entry = reader_entry(reader, task);
    char kind[64];

    fprintf(out, "%zu,%" PRIu64 ",%" PRIu32 ",%" PRIu32 ",%" PRIu32 ",",
            number + 1, r->time - reader->header.start, task, entry->pid,
            entry->tid);
    put_field(out, model_task_name(model, task));
    fprintf(out, ",%s", words_kind(TRACE_KIND(r->last), kind, sizeof kind));
    put_object(out, model, task, r);
    fputc(',', out);
    put_field(out, reader_name(reader, TRACE_PLACE_OF(r->last)));
    fputc('\n', out);
}

void export_csv(FILE *out, struct model *model)
{
    const struct reader *reader = model->reader;
    bool is_steps = reader->header.clock == TRACE_STEPS;

    fprintf(out,
            "event,time_%s,task,pid,tid,task_name,kind,object_is,object,"
            "object_name,value_is,value,fill_bytes,place\n",
            is_steps ? "steps" : "ns");
    model_seek(model, 0);
    for (size_t i = 0; i < reader->count && !ferror(out); i++) {
        model_step(model, 1);
        put_event(out, model, i);
    }
}

// ---- Stretches --------------------------------------------------------------

struct stretch { // that a task is in
    uint64_t begin, object;
    uint32_t waits; // kind of the event that began the wait, 0: none
    enum model_doing doing;
};

static const char *word_of(enum model_doing doing)
{
    switch (doing) {
    case MODEL_READY:
        return "ready";
    case MODEL_RUNNING:
        return "running";
    case MODEL_BLOCKED:
        return "blocked";
    case MODEL_SLEEPING:
        return "sleeping";
    default:
        return NULL; // no stretch of a life, or nobody knows
    }
}

static struct stretch stretch_of(const struct model *model, uint32_t task)
{
    const struct trace_state *state = &model->tasks[task];
    struct stretch now = {.begin = model->time,
                          .doing = model_doing(model, task)};

    if (now.doing == MODEL_BLOCKED || now.doing == MODEL_SLEEPING) {
        now.waits = state->waits;
        now.object = state->object;
    }
    return now;
}

static void put_awaited(FILE *out, const struct model *model, uint32_t task,
                        const struct stretch *stretch)
{
    const struct trace_record wait = {.object = stretch->object,
                                      .last = (uint64_t)stretch->waits << 32};
    char label[300] = "";

    if (stretch->waits)
        words_object(model, task, &wait, label, sizeof label);
    put_field(out, label);
}

static void put_stretch(FILE *out, const struct model *model, uint32_t task,
                        const struct stretch *stretch)
{
    const struct trace_entry *entry = reader_entry(model->reader, task);
    uint64_t start = model->reader->header.start;

    if (!entry || !word_of(stretch->doing) || stretch->begin >= model->time)
        return;
    fprintf(out, "%" PRIu32 ",%" PRIu32 ",%" PRIu32 ",", task, entry->pid,
            entry->tid);
    put_field(out, model_task_name(model, task));
    fprintf(out, ",%s,%" PRIu64 ",%" PRIu64 ",", word_of(stretch->doing),
            stretch->begin - start, model->time - start);
    put_awaited(out, model, task, stretch);
    fputc('\n', out);
}

// After an event of task: whatever was until then is a stretch, when it is no
// longer so.
static void follow(FILE *out, const struct model *model, uint32_t task,
                   struct stretch *last)
{
    struct stretch now = stretch_of(model, task);

    if (now.doing == last->doing && now.waits == last->waits &&
        now.object == last->object)
        return;
    put_stretch(out, model, task, last);
    *last = now;
}

// In the order of their ends; those that last to the end of the trace last.
void export_intervals(FILE *out, struct model *model)
{
    const struct reader *reader = model->reader;
    const char *unit = reader->header.clock == TRACE_STEPS ? "steps" : "ns";
    struct stretch *stretches = calloc(model->task_count, sizeof *stretches);

    if (!stretches)
        return;
    fprintf(out, "task,pid,tid,name,what,begin_%s,end_%s,object\n", unit, unit);
    model_seek(model, 0);
    for (uint32_t i = 0; i < model->task_count; i++)
        stretches[i] = stretch_of(model, i);
    for (size_t i = 0; i < reader->count && !ferror(out); i++) {
        model_step(model, 1);
        follow(out, model, reader_task(reader, i),
               &stretches[reader_task(reader, i)]);
    }
    for (uint32_t i = 1; i < model->task_count; i++)
        put_stretch(out, model, i, &stretches[i]);
    free(stretches);
}
