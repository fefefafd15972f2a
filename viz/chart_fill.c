// chart_fill.c - what is in a queue or a pipe, over time
#include <inttypes.h>
#include <stdlib.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "viz/chart_draft.h"

enum { MOVES_MOST = 600 }; // more are looked at slice by slice

struct fill {
    const struct flow *flow;
    uint64_t capacity; // 0: not known
    size_t first, end; // moves in the stretch: first to end - 1
    uint32_t before;   // what is in it at the begin of the stretch
    uint32_t most;
    uint64_t full, empty; // for so much of the time
};

static size_t moves_before(const struct flow *flow, uint64_t time)
{
    size_t low = 0, high = flow->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (flow_time(flow, middle) < time)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void count_time(struct fill *fill, uint32_t inside, uint64_t length)
{
    if (inside > fill->most)
        fill->most = inside;
    if (inside == 0)
        fill->empty += length;
    else if (fill->capacity && inside >= fill->capacity)
        fill->full += length;
}

static struct fill fill_of(const struct drafting *draft)
{
    const struct stage *stage = draft->stage;
    const struct chart_asked *asked = draft->asked;
    const struct flow *flow = &stage->flows.all[asked->flow];
    struct fill fill = {.flow = flow,
                        .capacity = stage->model.objects[flow->object].capacity,
                        .first = moves_before(flow, asked->from),
                        .end = moves_before(flow, asked->to + 1)};
    uint64_t time = asked->from;

    fill.before = flow_fill(flow, fill.first);
    for (size_t i = fill.first; i < fill.end; i++) {
        uint64_t moved = flow_time(flow, i);

        count_time(&fill, flow_fill(flow, i), moved - time);
        time = moved;
    }
    count_time(&fill, flow_fill(flow, fill.end), asked->to - time);
    return fill;
}

static void write_row(struct drafting *draft, uint64_t time, double unit,
                      uint32_t inside, uint32_t low, uint32_t high)
{
    fprintf(draft->rows, "fill,%.12g,%" PRIu32 ",%" PRIu32 ",%" PRIu32 "\n",
            (double)(time - draft->stage->lanes.begin) / unit, inside, low,
            high);
}

static void write_moves(struct drafting *draft, const struct fill *fill,
                        double unit)
{
    for (size_t i = fill->first; i < fill->end; i++) {
        uint32_t inside = fill->flow->moves[i].fill;
        uint64_t time = flow_time(fill->flow, i);

        // Of several at the same time the last one counts.
        if (i + 1 < fill->end && flow_time(fill->flow, i + 1) == time)
            continue;
        write_row(draft, time, unit, inside, inside, inside);
    }
}

// At the end of each slice; and the least and the most in it.
static void write_slices(struct drafting *draft, const struct fill *fill,
                         double unit)
{
    int slices = draft_slices(draft->asked);
    uint32_t inside = fill->before;
    size_t at = fill->first;

    for (int i = 1; i <= slices; i++) {
        uint64_t time = draft_slice(draft->asked, slices, i);
        uint32_t low = inside, high = inside;

        for (; at < fill->end && flow_time(fill->flow, at) <= time; at++) {
            inside = fill->flow->moves[at].fill;
            low = inside < low ? inside : low;
            high = inside > high ? inside : high;
        }
        write_row(draft, time, unit, inside, low, high);
    }
}

static const char fill_script[] =
    "\n"
    "set xlabel label_x\n"
    "set ylabel label_fill\n"
    "set format x '%g'\n"
    "set yrange [0:*]\n"
    "set autoscale xfix\n"
    "set offsets 0, 0, graph 0.05, 0\n" DRAFT_KEY
    "of(key) = strcol(1) eq key ? column(2) : NaN\n"
    "limits = words(series) > 1 ? 1 : 0\n"
    "if (fact_most <= 10) { set ytics 1 }\n"
    "\n"
    "plot raw using (of('fill') + 0 * raw_row(1)) \\\n"
    "            :(column(col_low)):(column(col_high)) \\\n"
    "        with filledcurves lc rgb faint(1) notitle, \\\n"
    "    raw using (of('fill')):(column(col_fill)) \\\n"
    "        with steps lt 1 title name(1), \\\n"
    "    for [i=2:1 + limits] raw \\\n"
    "        using (of('capacity')):(column(col_fill)) \\\n"
    "        with lines lt 2 title name(i)\n";

static void write_fill_title(struct drafting *draft, const struct fill *fill,
                             bool is_pipe)
{
    const struct model *model = &draft->stage->model;
    char label[300], name[DRAFT_NAME_SIZE], english[300], spanish[300];
    const char *of = fill->capacity ? " of {capacity}" : "";
    const char *de = fill->capacity ? " de {capacity}" : "";
    const char *full = fill->capacity ? "full {full} % of the time, " : "";
    const char *llena = fill->capacity ? "llena el {full} % del tiempo, " : "";

    model_label(model, &model->objects[fill->flow->object], label,
                sizeof label);
    draft_name(name, label);
    snprintf(english, sizeof english,
             "%s: up to {most}%s %s; %sempty {empty} %%", name, of,
             is_pipe ? "bytes" : "items", full);
    snprintf(spanish, sizeof spanish,
             "%s: hasta {most}%s %s; %svacía el {empty} %%", name, de,
             is_pipe ? "bytes" : "elementos", llena);
    draft_text(draft, "title", english, spanish);
}

// 0 and 100 only where that is the whole truth.
static uint64_t in_percent(uint64_t part, uint64_t whole)
{
    uint64_t percent = (uint64_t)(100.0 * (double)part / (double)whole + 0.5);

    if (percent == 0 && part > 0)
        return 1;
    return percent == 100 && part < whole ? 99 : percent;
}

static void write_capacity(struct drafting *draft, const struct fill *fill,
                           double unit)
{
    const uint64_t ends[] = {draft->asked->from, draft->asked->to};

    if (!fill->capacity)
        return;
    draft_text(draft, "series.capacity", "capacity", "capacidad");
    for (int i = 0; i < 2; i++)
        fprintf(draft->rows,
                "capacity,%.12g,%" PRIu64 ",%" PRIu64 ",%" PRIu64 "\n",
                (double)(ends[i] - draft->stage->lanes.begin) / unit,
                fill->capacity, fill->capacity, fill->capacity);
}

static void write_fill(struct drafting *draft, const struct fill *fill)
{
    const struct chart_asked *asked = draft->asked;
    bool is_pipe =
        draft->stage->model.objects[fill->flow->object].meaning == TRACE_PIPE;
    struct draft_unit unit = draft_time(draft);
    uint64_t length = asked->to - asked->from;

    write_fill_title(draft, fill, is_pipe);
    draft_text(draft, "fill", is_pipe ? "bytes inside" : "items inside",
               is_pipe ? "bytes adentro" : "elementos adentro");
    draft_text(draft, "low", "the least in a slice",
               "lo menos en un intervalo");
    draft_text(draft, "high", "the most in a slice", "lo más en un intervalo");
    draft_text(draft, "series.fill", "inside", "adentro");
    fputs("series,x,fill,low,high\n", draft->rows);
    write_row(draft, asked->from, unit.size, fill->before, fill->before,
              fill->before);
    if (fill->end - fill->first <= MOVES_MOST) {
        uint32_t last = flow_fill(fill->flow, fill->end);

        write_moves(draft, fill, unit.size);
        write_row(draft, asked->to, unit.size, last, last, last);
    } else {
        write_slices(draft, fill, unit.size);
    }
    write_capacity(draft, fill, unit.size);
    draft_fact(draft, "most", fill->most);
    draft_fact(draft, "capacity", fill->capacity);
    draft_fact(draft, "full", in_percent(fill->full, length));
    draft_fact(draft, "empty", in_percent(fill->empty, length));
    fputs(fill_script, draft->script);
}

bool draft_fill(struct drafting *draft)
{
    struct fill fill;

    if (draft->asked->flow >= draft->stage->flows.count)
        return draft_nothing(
            draft, M("nothing that goes through a queue or a pipe was recorded",
                     "no se registró nada que pase por una cola o una "
                     "tubería"));
    fill = fill_of(draft);
    write_fill(draft, &fill);
    return true;
}
