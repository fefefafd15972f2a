// chart_trace.c - what a trace measured, as charts
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/trace/escape.h"
#include "viz/chart_draft.h"

const struct trace_chart_name trace_chart_names[TRACE_CHARTS] = {
    {"waits", "waits", "esperas"},
    {"shares", "time of each task", "tiempo de cada tarea"},
    {"concurrency", "how many at a time", "cuántas a la vez"},
    {"fill", "queues, pipes", "colas, tuberías"},
    {"heap", "heap", "montón"},
};

// ---- Texts ------------------------------------------------------------------

static void print_utf8(FILE *out, uint32_t c)
{
    if (c < 0x80) {
        fputc((int)c, out);
    } else if (c < 0x800) {
        fputc((int)(0xc0 | c >> 6), out);
        fputc((int)(0x80 | (c & 0x3f)), out);
    } else if (c < 0x10000) {
        fputc((int)(0xe0 | c >> 12), out);
        fputc((int)(0x80 | (c >> 6 & 0x3f)), out);
        fputc((int)(0x80 | (c & 0x3f)), out);
    } else {
        fputc((int)(0xf0 | c >> 18), out);
        fputc((int)(0x80 | (c >> 12 & 0x3f)), out);
        fputc((int)(0x80 | (c >> 6 & 0x3f)), out);
        fputc((int)(0x80 | (c & 0x3f)), out);
    }
}

// What would mean something in a header, or to a terminal, becomes another
// sign.
static uint32_t tame(uint32_t c)
{
    if (c < ' ' || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029)
        return '?';
    return c == '{' ? '(' : c == '}' ? ')' : c == '\\' ? '/' : c;
}

char *draft_name(char text[DRAFT_NAME_SIZE], const char *name)
{
    FILE *out = MUST(fmemopen(text, DRAFT_NAME_SIZE, "w"));
    uint32_t c;
    bool is_blank = true;

    for (int i = 0; (c = escape_next(&name)); i++) {
        if (i == DRAFT_NAME_MOST - 1 && *name) {
            fputs("…", out);
            break;
        }
        is_blank &= c == ' ';
        print_utf8(out, tame(c));
    }
    if (is_blank)
        fputc('?', out);
    fclose(out);
    return text;
}

void draft_text(struct drafting *draft, const char *key, const char *english,
                const char *spanish)
{
    fprintf(draft->script, "# %s.en: %s\n# %s.es: %s\n", key, english, key,
            spanish);
}

void draft_series(struct drafting *draft, const char *key, const char *name)
{
    char text[DRAFT_NAME_SIZE];

    draft_name(text, name);
    fprintf(draft->script, "# series.%s.en: %s\n# series.%s.es: %s\n", key,
            text, key, text);
}

void draft_fact(struct drafting *draft, const char *name, uint64_t value)
{
    fprintf(draft->facts, "fact %s %" PRIu64 "\n", name, value);
}

bool draft_nothing(struct drafting *draft, const char *sentence)
{
    snprintf(draft->why, draft->why_size, "%s", sentence);
    return false;
}

// ---- Units ------------------------------------------------------------------

struct draft_unit draft_unit(const struct stage *stage, uint64_t duration)
{
    if (stage->reader.header.clock == TRACE_STEPS)
        return duration == 1 ? (struct draft_unit){"step", "paso", 1}
                             : (struct draft_unit){"steps", "pasos", 1};
    if (duration < 1000)
        return (struct draft_unit){"ns", "ns", 1};
    if (duration < 1000000)
        return (struct draft_unit){"µs", "µs", 1e3};
    if (duration < 1000000000)
        return (struct draft_unit){"ms", "ms", 1e6};
    return (struct draft_unit){"s", "s", 1e9};
}

struct draft_unit draft_size_unit(uint64_t bytes)
{
    if (bytes < 4096)
        return (struct draft_unit){"bytes", "bytes", 1};
    if (bytes < 4096 << 10)
        return (struct draft_unit){"KiB", "KiB", 1024};
    return (struct draft_unit){"MiB", "MiB", 1048576};
}

struct draft_unit draft_time(struct drafting *draft)
{
    const struct stage *stage = draft->stage;
    struct draft_unit unit =
        draft_unit(stage, draft->asked->to - stage->lanes.begin);
    char english[80], spanish[80];

    snprintf(english, sizeof english, "time since the beginning (%s)",
             unit.english);
    snprintf(spanish, sizeof spanish, "tiempo desde el comienzo (%s)",
             unit.spanish);
    draft_text(draft, "x", english, spanish);
    return unit;
}

int draft_slices(const struct chart_asked *asked)
{
    uint64_t length = asked->to - asked->from;
    int most = asked->slices > 0 && asked->slices < DRAFT_SLICES ? asked->slices
                                                                 : DRAFT_SLICES;

    return length < (uint64_t)most ? (int)length : most;
}

uint64_t draft_slice(const struct chart_asked *asked, int slices, int i)
{
    uint64_t length = asked->to - asked->from, part = length / (uint64_t)slices;

    return asked->from + part * (uint64_t)i +
           length % (uint64_t)slices * (uint64_t)i / (uint64_t)slices;
}

// ---- The whole --------------------------------------------------------------

static bool draw_up(struct drafting *draft)
{
    static bool (*const makers[TRACE_CHARTS])(struct drafting *) = {
        draft_waits, draft_shares, draft_concurrency, draft_fill, draft_heap};
    enum trace_chart kind = draft->asked->kind;

    fprintf(draft->script,
            "# %s.gp - what a trace measured\n"
            "# program: ./telar view\n"
            "# quick: ./telar view\n",
            draft->asked->name ? draft->asked->name
                               : trace_chart_names[kind].file);
    if (draft->asked->to <= draft->asked->from)
        return draft_nothing(
            draft, M("this stretch has no length", "este tramo no dura nada"));
    return makers[kind](draft);
}

bool chart_draft_of(struct stage *stage, const struct chart_asked *asked,
                    struct chart_draft *made, char *why, size_t why_size)
{
    size_t unused;
    struct drafting draft = {
        .stage = stage, .asked = asked, .why = why, .why_size = why_size};
    bool done;

    *why = '\0';
    model_seek(&stage->model, stage->reader.count); // all names are known there
    draft.script = MUST(open_memstream(&made->script, &unused));
    draft.rows = MUST(open_memstream(&made->rows, &made->rows_bytes));
    draft.facts = MUST(open_memstream(&made->facts, &unused));
    draft.letters = MUST(open_memstream(&made->letters, &unused));
    done = draw_up(&draft);
    fclose(draft.script);
    fclose(draft.rows);
    fclose(draft.facts);
    fclose(draft.letters);
    if (!done)
        chart_draft_free(made);
    return done;
}

void chart_draft_free(struct chart_draft *draft)
{
    free(draft->script);
    free(draft->rows);
    free(draft->facts);
    free(draft->letters);
    *draft = (struct chart_draft){.script = NULL};
}
