// export_svg_batons.c - who had what is passed on, as bars with the holder's
// name
#include <inttypes.h>
#include <string.h>

#include "tools/trace/escape.h"
#include "tools/trace/export_svg_parts.h"

// Light enough for black letters; who does not see the colours reads the name,
// or the number of the task where that has no room.
static const char *const fills[] = {"#56B4E9", "#F0E442", "#E69F00",
                                    "#CC79A7", "#BBBBBB", "#FFFFFF"};
enum { FILLS = sizeof fills / sizeof *fills };

struct baton_lane {
    const struct picture *picture;
    const struct baton *baton;
    uint32_t holders[FILLS]; // in the order in which they came
    size_t count;
    int y;
};

static const char *fill_of(struct baton_lane *lane, uint32_t task)
{
    size_t i = 0;

    while (i < lane->count && lane->holders[i] != task)
        i++;
    if (i == lane->count && i < FILLS)
        lane->holders[lane->count++] = task;
    return fills[i < FILLS ? i : FILLS - 1];
}

// The name, or "#38", or nothing.
static void put_holder(const struct baton_lane *lane, uint32_t task, double x,
                       double wide)
{
    const struct model *model = lane->picture->model;
    char label[300], number[16];
    const char *text = label;

    model_task_label(model, task, label, sizeof label);
    snprintf(number, sizeof number, "%" PRIu32, task);
    if ((double)(strlen(label) + 1) * LETTER > wide)
        text = number;
    if ((double)(strlen(text) + 1) * LETTER > wide)
        return;
    fprintf(lane->picture->out,
            "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">", x + wide / 2,
            lane->y + BAR - 5);
    escape_xml(lane->picture->out, text, 60);
    fputs("</text>\n", lane->picture->out);
}

static void put_turn(struct baton_lane *lane, size_t begin, size_t end,
                     uint32_t task)
{
    double x = LEFT + (double)begin / CELLS_A_PX;
    double wide = (double)(end - begin) / CELLS_A_PX;
    char label[300];

    model_task_label(lane->picture->model, task, label, sizeof label);
    fprintf(lane->picture->out,
            "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" "
            "fill=\"%s\" stroke=\"#404040\" stroke-width=\"0.5\"><title>",
            x, lane->y, wide, BAR, fill_of(lane, task));
    escape_xml(lane->picture->out, label, 60);
    fputs("</title></rect>\n", lane->picture->out);
    put_holder(lane, task, x, wide);
}

// Who has it in the middle of a cell; 0: nobody.
static uint32_t holder_in(const struct baton_lane *lane, size_t cell)
{
    const struct picture *picture = lane->picture;
    double part = ((double)cell + 0.5) / (double)picture->cells;
    double length = (double)(picture->until - picture->from);
    const struct turn *turn = track_find(
        &lane->baton->track, picture->from + (uint64_t)(part * length));

    return turn ? turn->task : 0;
}

static void put_turns(struct baton_lane *lane)
{
    size_t begin = 0;
    uint32_t holder = holder_in(lane, 0), next;

    for (size_t i = 1; i <= lane->picture->cells; i++) {
        next = i < lane->picture->cells ? holder_in(lane, i) : 0;
        if (i < lane->picture->cells && next == holder)
            continue;
        if (holder)
            put_turn(lane, begin, i, holder);
        begin = i;
        holder = next;
    }
}

void picture_batons(const struct picture *picture)
{
    int y = TOP;

    for (size_t i = 0; i < picture->batons.count; i++, y += ROW) {
        struct baton_lane lane = {
            .picture = picture, .baton = &picture->batons.all[i], .y = y};

        fprintf(picture->out, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">",
                LEFT - 10, y + BAR - 5);
        escape_xml(picture->out, baton_name(lane.baton), (LEFT - 20) / LETTER);
        fputs("</text>\n", picture->out);
        put_turns(&lane);
    }
}
