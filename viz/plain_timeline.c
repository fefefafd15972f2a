// plain_timeline.c - the main events of a trace, one sentence each
#include <inttypes.h>
#include <string.h>

#include "runtime/message.h"
#include "tools/course/terminal.h"
#include "tools/trace/words.h"
#include "viz/phrase.h"
#include "viz/plain.h"

// Events of one task, of one kind, on one object, with none of the others
// between them.
struct run {
    uint16_t kind; // 0: none
    const struct trace_record *first;
    uint32_t task;
    uint64_t count, bytes;
    char object[300], value[300];
};

static void put_amount(FILE *out, const struct run *run)
{
    const struct trace_kind *kind = trace_kind_of(run->kind);

    if (run->count > 1)
        fprintf(out, M(", %" PRIu64 " times", ", %" PRIu64 " veces"),
                run->count);
    if (run->count > 1 &&
        (kind->value == TRACE_BYTES || kind->value == TRACE_FLOW))
        fprintf(out,
                M(", %" PRIu64 " bytes in all", ", %" PRIu64 " bytes en total"),
                run->bytes);
}

static void put_run(FILE *out, const struct model *model, const struct run *run)
{
    uint64_t time = run->first->time - model->reader->header.start;
    char when[64], who[300], what[1024], line[2048];
    int length;

    words_time(model, time, when, sizeof when);
    length = snprintf(line, sizeof line, "%s %s",
                      model_task_label(model, run->task, who, sizeof who),
                      phrase_of(run->kind, run->object,
                                run->count == 1 ? run->value : "", what,
                                sizeof what));
    // One byte more where the unit begins with a letter of two bytes.
    fprintf(out, "  %*s  ", strstr(when, "µ") ? 13 : 12, when);
    print_printable(out, line, (size_t)length);
    put_amount(out, run);
    fputc('\n', out);
}

static void begin_run(struct run *run, const struct model *model, size_t number)
{
    run->first = reader_event(model->reader, number);
    run->kind = TRACE_KIND(run->first->last);
    run->task = reader_task(model->reader, number);
    run->count = run->bytes = 0;
    words_object(model, run->task, run->first, run->object, sizeof run->object);
    words_value(model, run->task, run->first, run->value, sizeof run->value);
}

static bool goes_on(const struct run *run, const struct model *model,
                    size_t number)
{
    const struct trace_record *r = reader_event(model->reader, number);

    return run->kind && run->kind == TRACE_KIND(r->last) &&
           run->task == reader_task(model->reader, number) &&
           run->first->object == r->object && run->kind != TRACE_MARK;
}

// Returns how many events told of stand in the lines.
static uint64_t put_runs(FILE *out, struct model *model, int lines)
{
    struct run run = {.kind = 0};
    uint64_t told = 0;

    model_seek(model, 0);
    for (size_t i = 0; i < model->reader->count; i++) {
        const struct trace_record *r = reader_event(model->reader, i);

        model_step(model, 1);
        if (!phrase_tells(TRACE_KIND(r->last)))
            continue;
        if (!goes_on(&run, model, i)) {
            if (run.kind)
                put_run(out, model, &run);
            told += run.kind ? run.count : 0;
            run.kind = 0;
            if (lines-- == 0)
                return told;
            begin_run(&run, model, i);
        }
        run.count++;
        run.bytes += (uint32_t)r->value;
    }
    if (run.kind)
        put_run(out, model, &run);
    return told + (run.kind ? run.count : 0);
}

static uint64_t count_told(const struct reader *reader)
{
    uint64_t count = 0;

    for (size_t i = 0; i < reader->count; i++)
        count += phrase_tells(TRACE_KIND(reader_event(reader, i)->last));
    return count;
}

void plain_timeline(FILE *out, struct model *model, int lines)
{
    uint64_t all = count_told(model->reader), told;

    if (all == 0)
        return;
    fputs(M("Main events:\n", "Eventos principales:\n"), out);
    told = put_runs(out, model, lines);
    if (told < all)
        fprintf(out,
                M("  ... and %" PRIu64 " more (./telar export TRACE --to "
                  "text shows all)\n",
                  "  ... y %" PRIu64 " más (./telar export TRAZA --to "
                  "text los muestra todos)\n"),
                all - told);
    model_seek(model, model->reader->count);
}
