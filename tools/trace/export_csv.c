// export_csv.c - one row an event, or one a stretch of a lane
//
// Quoted as RFC 4180 says; lines end in LF.
#include <errno.h>
#include <inttypes.h>

#include "tools/trace/escape.h"
#include "tools/trace/export.h"
#include "tools/trace/export_parts.h"
#include "tools/trace/walk.h"
#include "tools/trace/words.h"

export_writer export_events, export_intervals;

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
        escape_csv(out, reader_name(reader, (uint32_t)number));
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
    putc(',', out);
    escape_csv(out, o && kind->object != TRACE_NAME && !*label
                        ? model_given_name(model, o)
                        : label);
    put_number(out, model->reader, kind->value, r->value);
    putc(',', out);
    if (kind->value == TRACE_FLOW)
        fprintf(out, "%" PRIu64, r->value >> 32);
}

static void put_event(void *context, struct walk *walk, size_t number)
{
    FILE *out = context;
    const struct model *model = walk->model;
    const struct reader *reader = model->reader;
    const struct trace_record *r = reader_event(reader, number);
    uint32_t task = reader_task(reader, number);
    const struct trace_entry *entry = reader_entry(reader, task);
    char kind[64];

    fprintf(out, "%zu,%" PRIu64 ",%" PRIu32 ",%" PRIu32 ",%" PRIu32 ",",
            number + 1, export_since(model, r->time), task, entry->pid,
            entry->tid);
    escape_csv(out, model_task_name(model, task));
    fprintf(out, ",%s", words_kind(TRACE_KIND(r->last), kind, sizeof kind));
    put_object(out, model, task, r);
    putc(',', out);
    escape_csv(out, reader_name(reader, TRACE_PLACE_OF(r->last)));
    putc('\n', out);
}

static bool is_broken(void *context)
{
    return ferror((FILE *)context);
}

int export_events(FILE *out, struct model *model,
                  const struct export_what *what)
{
    static const struct walk_visitor visitor = {.event = put_event,
                                                .stop = is_broken};

    fprintf(out,
            "event,time_%s,task,pid,tid,task_name,kind,object_is,object,"
            "object_name,value_is,value,fill_bytes,place\n",
            export_unit(model));
    return walk_through(model, what->from, what->until, &visitor, out) ? 0
                                                                       : ENOMEM;
}

// ---- Stretches --------------------------------------------------------------

static void put_stretch(void *context, struct walk *walk, uint32_t task,
                        uint64_t end)
{
    FILE *out = context;
    const struct model *model = walk->model;
    const struct trace_entry *entry = reader_entry(model->reader, task);
    const struct span *span = &walk->states[task].span;
    char awaited[300];

    if (span->begin >= end)
        return;
    fprintf(out, "%" PRIu32 ",%" PRIu32 ",%" PRIu32 ",", task, entry->pid,
            entry->tid);
    escape_csv(out, model_task_name(model, task));
    fprintf(out, ",%s,%" PRIu64 ",%" PRIu64 ",", walk_word(span->doing),
            export_since(model, span->begin), export_since(model, end));
    escape_csv(out, walk_awaited(walk, task, awaited, sizeof awaited));
    putc('\n', out);
}

// In the order of their ends; those that last to the end of the trace last.
int export_intervals(FILE *out, struct model *model,
                     const struct export_what *what)
{
    static const struct walk_visitor visitor = {.end = put_stretch,
                                                .stop = is_broken};
    const char *unit = export_unit(model);

    fprintf(out, "task,pid,tid,name,what,begin_%s,end_%s,object\n", unit, unit);
    return walk_through(model, what->from, what->until, &visitor, out) ? 0
                                                                       : ENOMEM;
}
