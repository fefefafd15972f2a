// export_csv.c - one row an event, quoted as RFC 4180 says; lines end in LF
#include <inttypes.h>
#include <string.h>

#include "tools/trace/export.h"
#include "tools/trace/words.h"

export_writer export_csv;

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
