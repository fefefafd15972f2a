// chart_bars.c - which bars have room, and where each part of them ends
#include "runtime/message.h"
#include "viz/chart_bars.h"
#include "viz/grid.h"

enum { NAME_MOST = 22, FRAME_ROWS = 3, BAR_LEAST = 20 };

// ---- Letters ----------------------------------------------------------------

static void put_sign(FILE *out, uint32_t sign)
{
    if (sign < 0x80) {
        fputc((int)sign, out);
    } else if (sign < 0x800) {
        fputc((int)(0xc0 | sign >> 6), out);
        fputc((int)(0x80 | (sign & 0x3f)), out);
    } else {
        fputc((int)(0xe0 | sign >> 12), out);
        fputc((int)(0x80 | (sign >> 6 & 0x3f)), out);
        fputc((int)(0x80 | (sign & 0x3f)), out);
    }
}

static void put_many(FILE *out, uint32_t sign, int count)
{
    for (int i = 0; i < count; i++)
        put_sign(out, sign);
}

static int name_columns(const struct bars *bars)
{
    int most = 0;

    for (int i = 0; i < bars->count; i++) {
        int wide = text_columns(bars->all[i].name);

        most = wide > most ? wide : most;
    }
    return most < NAME_MOST ? most : NAME_MOST;
}

// ---- Rows -------------------------------------------------------------------

static bool part_occurs(const struct bars *bars, int part)
{
    for (int i = 0; i < bars->count; i++)
        if (bars->all[i].percent[part] > 0)
            return true;
    return false;
}

static void put_legend(FILE *out, const struct bars *bars, int indent)
{
    fprintf(out, "%*s", indent, "");
    for (int i = 0; i < bars->parts; i++) {
        if (!part_occurs(bars, i))
            continue;
        put_sign(out, bars->part[i].sign);
        fprintf(out, " %s  ", bars->part[i].words);
    }
    fputc('\n', out);
}

// A part ends where all up to it do: so no error of rounding adds up.
static void put_bar(FILE *out, const struct bars *bars, const struct bar *bar,
                    int columns)
{
    double sum = 0;
    int used = 0;

    for (int i = 0; i < bars->parts; i++) {
        int end;

        sum += bar->percent[i];
        end = (int)(sum * columns / 100 + 0.5);
        end = end < columns ? end : columns;
        put_many(out, bars->part[i].sign, end - used);
        used = end;
    }
    fputc('\n', out);
}

static void put_name(FILE *out, const char *name, int columns)
{
    int missing = columns - text_columns(name);

    fprintf(out, "%*s%s ", missing > 0 ? missing : 0, "", name);
}

static void put_scale(FILE *out, int indent, int columns)
{
    fprintf(out, "%*s0", indent, "");
    for (int percent = 25; percent <= 100; percent += 25) {
        int wide = columns * percent / 100 - columns * (percent - 25) / 100;

        fprintf(out, "%*d", percent == 25 ? wide - 1 : wide, percent);
    }
    fputs(" %\n", out);
}

// ---- Which ------------------------------------------------------------------

// How many bars without must_show have room among so many.
static int others_shown(const struct bars *bars, int room)
{
    for (int i = 0; i < bars->count; i++)
        room -= bars->all[i].must_show;
    return room > 0 ? room : 0;
}

void bars_draw(FILE *out, const struct bars *bars, int rows, int columns)
{
    int name = name_columns(bars), wide = columns - name - 4;
    int room = rows - FRAME_ROWS + 1, shown = 0, others;

    if (bars->count > room)
        room--; // to say how many there are besides
    if (room < 1 || wide < BAR_LEAST)
        return;
    others = others_shown(bars, room);
    put_legend(out, bars, name + 1);
    for (int i = 0; i < bars->count && shown < room; i++) {
        if (!bars->all[i].must_show && others-- <= 0)
            continue;
        put_name(out, bars->all[i].name, name);
        put_bar(out, bars, &bars->all[i], wide);
        shown++;
    }
    put_scale(out, name + 1, wide);
    if (shown < bars->count)
        fprintf(out, M("%*sand %d more\n", "%*sy %d más\n"), name + 1, "",
                bars->count - shown);
}
