// export_text.c - one aligned line an event, for people and for grep
#include <inttypes.h>

#include "runtime/message.h"
#include "tools/course/terminal.h"
#include "tools/trace/export.h"
#include "tools/trace/words.h"

export_writer export_text;

static void put_time(FILE *out, const struct model *model, uint64_t time)
{
    uint64_t since = time - model->reader->header.start;

    if (model->reader->header.clock == TRACE_STEPS)
        fprintf(out, "%12" PRIu64 "  ", since);
    else
        fprintf(out, "%+12" PRId64 ".%06" PRIu64 " ms  ",
                (int64_t)(since / 1000000), since % 1000000);
}

static void put_event(FILE *out, const struct model *model, size_t number)
{
    const struct trace_record *r = reader_event(model->reader, number);
    uint32_t task = reader_task(model->reader, number);
    char line[2048], who[300], kind[64], object[300], value[300];
    const char *place = reader_name(model->reader, TRACE_PLACE_OF(r->last));
    int length;

    words_object(model, task, r, object, sizeof object);
    words_value(model, task, r, value, sizeof value);
    length = snprintf(line, sizeof line, "%-16s  %-18s %s%s%s%s%s",
                      model_task_label(model, task, who, sizeof who),
                      words_kind(TRACE_KIND(r->last), kind, sizeof kind),
                      object, *object && *value ? ", " : "", value,
                      *place ? "  @ " : "", place);
    while (length > 0 && line[length - 1] == ' ')
        length--;
    for (int i = 0; i < length; i++)
        if (line[i] == '\n' || line[i] == '\t')
            line[i] = '?';
    put_time(out, model, r->time);
    print_printable(out, line, (size_t)length);
    fputc('\n', out);
}

void export_text(FILE *out, struct model *model)
{
    const struct reader *reader = model->reader;

    model_seek(model, 0);
    for (size_t i = 0; i < reader->count && !ferror(out); i++) {
        model_step(model, 1);
        put_event(out, model, i);
    }
    if (reader_lost(reader))
        fprintf(out,
                M("# %" PRIu64 " events found no room\n",
                  "# %" PRIu64 " eventos no encontraron lugar\n"),
                reader_lost(reader));
    if (reader->header.overwritten)
        fprintf(out,
                M("# %" PRIu64 " older events were overwritten\n",
                  "# %" PRIu64 " eventos anteriores se sobrescribieron\n"),
                (uint64_t)reader->header.overwritten);
}
