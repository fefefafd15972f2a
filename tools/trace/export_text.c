// export_text.c - one aligned line an event, for people and for grep
#include <errno.h>
#include <inttypes.h>

#include "runtime/message.h"
#include "tools/course/terminal.h"
#include "tools/trace/export.h"
#include "tools/trace/export_batons.h"
#include "tools/trace/export_findings.h"
#include "tools/trace/walk.h"
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

static bool is_plain(const char *line, int length)
{
    for (int i = 0; i < length; i++)
        if (line[i] < ' ' || line[i] > '~')
            return false;
    return true;
}

// On one line, whatever a stranger put into the names.
static void put_line(FILE *out, char *line, int length)
{
    while (length > 0 && line[length - 1] == ' ')
        length--;
    for (int i = 0; i < length; i++)
        if (line[i] == '\n' || line[i] == '\t')
            line[i] = '?';
    if (is_plain(line, length))
        fwrite(line, 1, (size_t)length, out);
    else
        print_printable(out, line, (size_t)length);
    putc('\n', out);
}

static void put_event(void *context, struct walk *walk, size_t number)
{
    FILE *out = context;
    const struct model *model = walk->model;
    const struct trace_record *r = reader_event(model->reader, number);
    uint32_t task = reader_task(model->reader, number);
    char line[2048], kind[64], object[300], value[300];
    const char *place = reader_name(model->reader, TRACE_PLACE_OF(r->last));
    int length;

    words_object(model, task, r, object, sizeof object);
    words_value(model, task, r, value, sizeof value);
    length = snprintf(
        line, sizeof line, "%-16s  %-18s %s%s%s%s%s", walk_label(walk, task),
        words_kind(TRACE_KIND(r->last), kind, sizeof kind), object,
        *object && *value ? ", " : "", value, *place ? "  @ " : "", place);
    put_time(out, model, r->time);
    put_line(out, line, length);
}

static bool is_broken(void *context)
{
    return ferror((FILE *)context);
}

static void put_losses(FILE *out, const struct reader *reader)
{
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

static void put_finding(void *context, const struct model *model,
                        const struct finding *finding)
{
    FILE *out = context;
    char words[600], since[64], line[700];

    if (finding->kind == FINDING_LOSS) // said above
        return;
    findings_words(model, finding, words, sizeof words);
    words_time(model, finding->begin - model->reader->header.start, since,
               sizeof since);
    put_line(out, line, snprintf(line, sizeof line, "# %s: %s", since, words));
}

static int put_batons(FILE *out, const struct model *model,
                      const struct export_what *what)
{
    struct batons batons;
    char words[1500], line[1600];
    int error = export_batons(&batons, model, what);

    for (size_t i = 0; !error && i < batons.count; i++) {
        export_baton_words(model, &batons.all[i], what, words, sizeof words);
        put_line(out, line, snprintf(line, sizeof line, "# %s", words));
    }
    if (!error)
        batons_free(&batons);
    return error;
}

int export_text(FILE *out, struct model *model, const struct export_what *what)
{
    static const struct walk_visitor visitor = {.event = put_event,
                                                .stop = is_broken};

    if (!walk_through(model, what->from, what->until, &visitor, out))
        return ENOMEM;
    put_losses(out, model->reader);
    if (put_batons(out, model, what) != 0)
        return ENOMEM;
    return export_findings(model, what, put_finding, out);
}
