// export_svg_axis.c - ticks at round times
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "runtime/message.h"
#include "tools/trace/export_parts.h"
#include "tools/trace/export_svg_parts.h"

enum { TICK_PX = 100 }; // at least so far apart

struct unit {
    const char *name;
    uint64_t size;
    int digits; // behind the point
};

// 1, 2 or 5 times a power of ten, and not smaller than least.
static uint64_t round_step(double least)
{
    uint64_t step = 1;

    while ((double)step < least && step <= UINT64_MAX / 10) {
        if ((double)step * 2 >= least)
            return step * 2;
        if ((double)step * 5 >= least)
            return step * 5;
        step *= 10;
    }
    return step;
}

static struct unit unit_for(const struct picture *picture)
{
    static const struct unit units[] = {{"ns", 1, 0},
                                        {"µs", 1000, 3},
                                        {"ms", 1000000, 6},
                                        {"s", 1000000000, 9}};
    uint64_t end = export_since(picture->model, picture->until);
    int i = 0;

    if (picture->model->reader->header.clock == TRACE_STEPS)
        return (struct unit){"", 1, 0};
    while (i < 3 && end >= units[i + 1].size)
        i++;
    return units[i];
}

// "1,5 ms": no zeros behind.
static void put_time(FILE *out, uint64_t time, const struct unit *unit)
{
    char part[16] = "";
    int length = 0;

    if (unit->digits)
        length = snprintf(part, sizeof part, "%0*" PRIu64, unit->digits,
                          time % unit->size);
    while (length > 0 && part[length - 1] == '0')
        part[--length] = '\0';
    fprintf(out, "%" PRIu64 "%s%s%s%s", time / unit->size,
            length ? M(".", ",") : "", part, *unit->name ? " " : "",
            unit->name);
}

static void put_tick(const struct picture *picture, uint64_t since, int bottom,
                     const struct unit *unit)
{
    double x = picture_x(picture, picture->model->reader->header.start + since);

    fprintf(picture->out,
            "<path d=\"M%.1f %dV%d\" stroke=\"#d0d0d0\"/>\n"
            "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">",
            x, TOP - 4, bottom + 5, x, bottom + 20);
    put_time(picture->out, since, unit);
    fputs("</text>\n", picture->out);
}

void picture_axis(const struct picture *picture, int bottom)
{
    int wide = picture->width_px - LEFT - RIGHT;
    uint64_t from = export_since(picture->model, picture->from);
    uint64_t until = export_since(picture->model, picture->until);
    uint64_t step = round_step((double)(until - from) * TICK_PX / wide);
    struct unit unit = unit_for(picture);

    for (uint64_t at = (from + step - 1) / step * step;
         at >= from && at <= until; at += step)
        put_tick(picture, at, bottom, &unit);
    fprintf(picture->out, "<path d=\"M%d %dH%d\" stroke=\"#404040\"/>\n", LEFT,
            bottom, picture->width_px - RIGHT);
    if (!*unit.name)
        fprintf(picture->out,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n",
                LEFT - 10, bottom + 20, M("step", "paso"));
}
