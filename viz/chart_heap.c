// chart_heap.c - what a process has allocated, over time, and its largest hole
#include <inttypes.h>
#include <stdlib.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "viz/chart_draft.h"

// The heap is looked through at so many moments, fewer where it is large.
enum { MOMENTS_MOST = 120, MOMENTS_LEAST = 24, LOOKS_MOST = 40000000 };

struct heap_moment {
    uint64_t time, used, hole;
    uint64_t left; // of the last one: what is still allocated then
};

static int moments_of(const struct drafting *draft, size_t blocks)
{
    int slices = draft_slices(draft->asked);
    size_t most = LOOKS_MOST / (blocks + 1);

    if (most > MOMENTS_MOST)
        most = MOMENTS_MOST;
    if (most < MOMENTS_LEAST)
        most = MOMENTS_LEAST;
    return slices < (int)most ? slices : (int)most;
}

// The most that was allocated at once from one moment to the next: no peak
// between two of them is missed.
struct change {
    uint32_t event;
    int64_t bytes;
};

static int by_event(const void *a, const void *b)
{
    const struct change *x = a, *y = b;

    return x->event < y->event ? -1 : x->event > y->event;
}

// Returns how many there are.
static size_t find_changes(struct change *changes, const struct block *all,
                           size_t blocks)
{
    size_t count = 0;

    for (size_t i = 0; i < blocks; i++) {
        int64_t bytes = (int64_t)all[i].size_bytes;

        changes[count++] = (struct change){all[i].born, bytes};
        if (all[i].died != BLOCK_LIVES_ON)
            changes[count++] = (struct change){all[i].died, -bytes};
    }
    qsort(changes, count, sizeof *changes, by_event);
    return count;
}

static void find_used(const struct drafting *draft, struct heap_moment *moments,
                      int count, const struct block *all, size_t blocks)
{
    struct change *changes = MUST(calloc(2 * blocks + 1, sizeof *changes));
    size_t change_count = find_changes(changes, all, blocks), at = 0;
    int64_t used = 0;

    for (int i = 0; i < count; i++) {
        size_t position = reader_at(&draft->stage->reader, moments[i].time);
        int64_t most = used;

        for (; at < change_count && changes[at].event < position; at++) {
            used += changes[at].bytes;
            most = used > most ? used : most;
        }
        // What was before the stretch is none of it.
        moments[i].used = (uint64_t)(i > 0 ? most : used);
    }
    moments[count - 1].left = (uint64_t)used;
    free(changes);
}

static uint64_t find_hole(const struct drafting *draft, uint64_t time)
{
    const struct stage *stage = draft->stage;
    struct heap_cut cuts[HEAP_CUTS];
    int parts = blocks_cut(&stage->blocks, draft->asked->pid,
                           reader_at(&stage->reader, time), cuts);
    uint64_t largest = 0;

    for (int i = 0; i < parts; i++)
        if (cuts[i].largest_hole_bytes > largest)
            largest = cuts[i].largest_hole_bytes;
    return largest;
}

static const char heap_script[] =
    "\n"
    "x_words = label_x\n"
    "y_words = label_size\n"
    "set format x '%g'\n"
    "set yrange [0:*]\n"
    "set autoscale xfix\n"
    "set offsets 0, 0, graph 0.05, 0\n" DRAFT_KEY
    "of(i) = strcol(1) eq word(series, i) ? column(2) : NaN\n"
    "\n"
    "plot for [i=1:words(series)] raw using (of(i)):(column(col_size)) \\\n"
    "    with steps lt i title key_name(name(i))\n";

static void write_heap(struct drafting *draft, const struct heap_moment *all,
                       int count, uint64_t most)
{
    struct draft_unit time = draft_time(draft), size = draft_size_unit(most);
    uint64_t begin = draft->stage->lanes.begin;
    char english[300], spanish[300];

    snprintf(english, sizeof english,
             "Heap of process %" PRIu32 ": {median:size:used:highest} %s at "
             "most, {left/unit} at the end; largest hole "
             "{median:size:hole:highest} %s",
             draft->asked->pid, size.english, size.english);
    snprintf(spanish, sizeof spanish,
             "Montón del proceso %" PRIu32 ": {median:size:used:highest} %s "
             "como máximo, {left/unit} al final; hueco mayor: "
             "{median:size:hole:highest} %s",
             draft->asked->pid, size.spanish, size.spanish);
    draft_text(draft, "title", english, spanish);
    draft_text(draft, "size", size.english, size.spanish);
    draft_fact(draft, "left", all[count - 1].left);
    draft_fact(draft, "unit", (uint64_t)size.size);
    draft_text(draft, "series.used", "allocated", "reservado");
    draft_text(draft, "series.hole", "largest hole", "hueco mayor");
    fputs("series,x,size\n", draft->rows);
    for (int i = 0; i < count; i++)
        fprintf(draft->rows, "used,%.12g,%.12g\n",
                (double)(all[i].time - begin) / time.size,
                (double)all[i].used / size.size);
    for (int i = 0; i < count; i++)
        fprintf(draft->rows, "hole,%.12g,%.12g\n",
                (double)(all[i].time - begin) / time.size,
                (double)all[i].hole / size.size);
    fputs(heap_script, draft->script);
}

bool draft_heap(struct drafting *draft)
{
    size_t count;
    const struct block *all =
        blocks_of(&draft->stage->blocks, draft->asked->pid, &count);
    int slices = moments_of(draft, count);
    struct heap_moment moments[MOMENTS_MOST + 1];
    uint64_t most = 0;

    for (int i = 0; i <= slices; i++) {
        moments[i].time = draft_slice(draft->asked, slices, i);
        moments[i].hole = find_hole(draft, moments[i].time);
    }
    find_used(draft, moments, slices + 1, all, count);
    for (int i = 0; i <= slices; i++)
        most = moments[i].used > most ? moments[i].used : most;
    if (most == 0)
        return draft_nothing(
            draft, draft->stage->blocks.count
                       ? M("this process had no block in this stretch",
                           "este proceso no tuvo bloques en este tramo")
                       : M("no allocation was recorded (./telar run --what "
                           "all)",
                           "no se registraron reservas de memoria (./telar "
                           "run --what all)"));
    write_heap(draft, moments, slices + 1, most);
    return true;
}
