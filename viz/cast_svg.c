// cast_svg.c - rows and when they are there
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/must.h"
#include "tools/course/keep.h"
#include "viz/cast_svg.h"

// In pixels of a letter of 14; textLength makes any font as wide.
enum { CELL_TENTHS = 84, CELL_HIGH = 17, BASE_LINE = 13, LETTER = 14 };
enum { LAST_NS = 2000000000 }; // the end stands so long before it begins again

void cast_svg_begin(struct cast_svg *svg, enum theme theme, bool large,
                    int rows, int columns)
{
    *svg = (struct cast_svg){
        .theme = theme, .large = large, .rows = rows, .columns = columns};
}

// ---- Letters ----------------------------------------------------------------

static void put_character(FILE *out, uint32_t c)
{
    if (c == '<' || c == '>' || c == '&')
        fprintf(out, "&#%d;", (int)c);
    else if (c < 0x80)
        fputc((int)c, out);
    else if (c < 0x800)
        fprintf(out, "%c%c", (int)(0xc0 | c >> 6), (int)(0x80 | (c & 0x3f)));
    else if (c < 0x10000)
        fprintf(out, "%c%c%c", (int)(0xe0 | c >> 12),
                (int)(0x80 | (c >> 6 & 0x3f)), (int)(0x80 | (c & 0x3f)));
    else
        fprintf(out, "%c%c%c%c", (int)(0xf0 | c >> 18),
                (int)(0x80 | (c >> 12 & 0x3f)), (int)(0x80 | (c >> 6 & 0x3f)),
                (int)(0x80 | (c & 0x3f)));
}

// So many columns, in pixels.
static void put_columns(FILE *out, const char *name, int columns)
{
    int tenths = columns * CELL_TENTHS;

    if (tenths % 10)
        fprintf(out, " %s=\"%d.%d\"", name, tenths / 10, tenths % 10);
    else
        fprintf(out, " %s=\"%d\"", name, tenths / 10);
}

static void put_text(FILE *out, const struct cell *cells, int from, int to)
{
    put_columns(out, "x", from);
    fprintf(out, " y=\"%d\"", BASE_LINE);
    put_columns(out, "textLength", to - from);
    fputc('>', out);
    for (int i = from; i < to; i++)
        if (cells[i].character)
            put_character(out, cells[i].character);
    fputs("</text>", out);
}

// ---- Pieces -----------------------------------------------------------------

static uint32_t hash_of(const char *text)
{
    uint32_t hash = 2166136261u;

    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * 16777619u;
    return hash % 1024;
}

static void *with_room(void *all, uint32_t count, uint32_t *room, size_t size)
{
    if (count < *room)
        return all;
    *room = *room ? *room * 2 : 64;
    return MUST(realloc(all, *room * size));
}

// The number of the piece; text is taken over.
static uint32_t piece_of(struct cast_svg *svg, char *text, bool is_over)
{
    uint32_t *bucket = &svg->buckets[hash_of(text)];

    for (uint32_t i = *bucket; i; i = svg->pieces[i - 1].next)
        if (svg->pieces[i - 1].is_over == is_over &&
            strcmp(svg->pieces[i - 1].svg, text) == 0) {
            free(text);
            return i - 1;
        }
    svg->pieces = with_room(svg->pieces, svg->piece_count, &svg->piece_room,
                            sizeof *svg->pieces);
    svg->pieces[svg->piece_count] = (struct cast_piece){text, *bucket, is_over};
    *bucket = ++svg->piece_count;
    return svg->piece_count - 1;
}

static bool is_blank(const struct cell *cell)
{
    return cell->character == ' ';
}

// A stretch of one look that begins and ends with something to be seen.
static int stretch_end(const struct cell *cells, int from, int columns)
{
    int end = from + 1;

    for (int i = end; i < columns && cells[i].look == cells[from].look; i++) {
        bool is_gap = is_blank(&cells[i]) && is_blank(&cells[i - 1]);

        if (is_gap)
            break;
        if (!is_blank(&cells[i]))
            end = i + 1;
    }
    return end;
}

static bool all_blank(const struct cell *cells, int from, int to)
{
    for (int i = from; i < to; i++)
        if (!is_blank(&cells[i]))
            return false;
    return true;
}

// The row with its letters, "" for one without any.
static char *row_text(const struct cell *cells, int columns)
{
    char *text;
    size_t size;
    FILE *out = MUST(open_memstream(&text, &size));

    for (int i = 0; i < columns; i++) {
        int end;

        if (is_blank(&cells[i]))
            continue;
        end = stretch_end(cells, i, columns);
        fprintf(out, "<text class=\"l%d\"", cells[i].look);
        put_text(out, cells, i, end);
        i = end - 1;
    }
    fclose(out);
    return text;
}

// A stretch of one look that is reversed, so many rows high.
static char *over_text(const struct cell *cells, int from, int to, int rows)
{
    char *text;
    size_t size;
    FILE *out = MUST(open_memstream(&text, &size));

    fprintf(out, "<rect class=\"l%d\"", cells[from].look);
    put_columns(out, "x", from);
    put_columns(out, "width", to - from);
    fprintf(out, " height=\"%d\"/>", CELL_HIGH * rows);
    if (!all_blank(cells, from, to)) {
        fputs("<text class=\"o\"", out);
        put_text(out, cells, from, to);
    }
    fclose(out);
    return text;
}

// ---- What is shown when -----------------------------------------------------

struct now { // what a frame shows
    struct cast_svg *svg;
    uint64_t time_ns;
    bool *stays; // by index in svg->open
};

// The piece is on that row: it goes on, or begins now.
static void show(struct now *now, uint32_t piece, int row)
{
    struct cast_svg *svg = now->svg;

    for (uint32_t i = 0; i < svg->open_count; i++) {
        const struct cast_shown *shown = &svg->shown[svg->open[i]];

        if (shown->piece == piece && shown->row == row) {
            now->stays[i] = true;
            return;
        }
    }
    svg->shown = with_room(svg->shown, svg->shown_count, &svg->shown_room,
                           sizeof *svg->shown);
    svg->shown[svg->shown_count++] =
        (struct cast_shown){piece, row, now->time_ns, UINT64_MAX};
}

// The end of the stretch of one look that is reversed from there on; from where
// nothing is.
static int over_end(const struct cell *cells, int from, int columns)
{
    int end = from;

    while (end < columns && cells[end].reversed &&
           cells[end].look == cells[from].look)
        end++;
    return end;
}

// Whether the row has that stretch, and nothing in it.
static bool has_blank(const struct cell *cells, int from, int end, int columns)
{
    bool begins = from == 0 || !cells[from - 1].reversed ||
                  cells[from - 1].look != cells[from].look;

    return begins && over_end(cells, from, columns) == end &&
           all_blank(cells, from, end);
}

// A stretch without letters goes on in the rows below: one piece.
static void show_over(struct now *now, const struct cell *cells, int row,
                      int from, int end)
{
    const struct cast_svg *svg = now->svg;
    const struct cell *at = cells + row * svg->columns;
    enum look look = (enum look)at[from].look;
    int rows = 1;

    if (all_blank(at, from, end)) {
        if (row > 0 && at[from - svg->columns].look == look &&
            has_blank(at - svg->columns, from, end, svg->columns))
            return; // a part of the one above
        while (row + rows < svg->rows &&
               at[from + rows * svg->columns].look == look &&
               has_blank(at + rows * svg->columns, from, end, svg->columns))
            rows++;
    }
    show(now, piece_of(now->svg, over_text(at, from, end, rows), true), row);
}

static void show_row(struct now *now, const struct cell *cells, int row)
{
    int columns = now->svg->columns;
    const struct cell *at = cells + row * columns;
    char *text = row_text(at, columns);

    if (*text)
        show(now, piece_of(now->svg, text, false), row);
    else
        free(text);
    for (int i = 0; i < columns; i++) {
        int end = over_end(at, i, columns);

        if (end > i)
            show_over(now, cells, row, i, end);
        i = end > i ? end - 1 : i;
    }
}

// What began with this frame is open from now on; what it does not show ends.
static void close_what_ended(struct now *now, uint32_t first_new)
{
    struct cast_svg *svg = now->svg;
    uint32_t kept = 0;

    for (uint32_t i = 0; i < svg->open_count; i++) {
        if (now->stays[i])
            svg->open[kept++] = svg->open[i];
        else
            svg->shown[svg->open[i]].to_ns = now->time_ns;
    }
    svg->open_count = kept;
    for (uint32_t i = first_new; i < svg->shown_count; i++) {
        svg->open = with_room(svg->open, svg->open_count, &svg->open_room,
                              sizeof *svg->open);
        svg->open[svg->open_count++] = i;
    }
}

void cast_svg_frame(struct cast_svg *svg, uint64_t time_ns,
                    const struct grid *grid)
{
    struct now now = {svg, time_ns,
                      MUST(calloc(svg->open_count + 1, sizeof(bool)))};
    int count = svg->rows * svg->columns;
    struct cell *cells = MUST(malloc((size_t)count * sizeof *cells));
    uint32_t first_new = svg->shown_count;

    for (int i = 0; i < count; i++)
        cells[i] = grid_shown(grid, i);
    for (int row = 0; row < svg->rows; row++)
        show_row(&now, cells, row);
    close_what_ended(&now, first_new);
    free(cells);
    free(now.stays);
}

// ---- The file ---------------------------------------------------------------

static void put_style(FILE *out, const struct cast_svg *svg)
{
    fprintf(out,
            "<style>text{white-space:pre}.o{fill:#%06" PRIx32
            ";font-weight:bold}",
            ink_ground(svg->theme));
    for (int i = 0; i < LOOK_COUNT; i++) {
        struct ink ink = ink_of(svg->theme, (enum look)i, svg->large);
        uint32_t colour =
            ink.many < 0 ? ink_text(svg->theme) : ink_rgb(ink.many);

        fprintf(out, ".l%d{fill:#%06" PRIx32 "%s}", i, colour,
                ink.is_bold ? ";font-weight:bold" : "");
    }
    fputs("</style>\n", out);
}

static void put_head(FILE *out, const struct cast_svg *svg)
{
    int tenths = svg->columns * CELL_TENTHS;
    int high = svg->rows * CELL_HIGH;

    fprintf(out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" "
            "viewBox=\"-8 -8 %d.%d %d\" font-size=\"%d\" "
            "font-family=\"'DejaVu Sans Mono','Liberation Mono',Menlo,"
            "Consolas,monospace\" xml:space=\"preserve\">\n",
            tenths / 10 + 16, tenths % 10, high + 16, LETTER);
    put_style(out, svg);
    fprintf(out,
            "<rect x=\"-8\" y=\"-8\" width=\"%d.%d\" height=\"%d\" "
            "fill=\"#%06" PRIx32 "\"/>\n",
            tenths / 10 + 16, tenths % 10, high + 16, ink_ground(svg->theme));
}

static void put_pieces(FILE *out, const struct cast_svg *svg)
{
    fputs("<defs>\n", out);
    for (uint32_t i = 0; i < svg->piece_count; i++)
        fprintf(out, "<g id=\"p%" PRIu32 "\">%s</g>\n", i, svg->pieces[i].svg);
    fputs("</defs>\n", out);
}

// A part of the whole, as keyTimes wants it.
static void put_part(FILE *out, uint64_t time_ns, uint64_t whole_ns)
{
    uint64_t part = (uint64_t)((double)time_ns / (double)whole_ns * 1e6);

    fprintf(out, ";0.%06" PRIu64, part);
}

// From when to when the pieces from shown[from] to before shown[to], all of one
// kind on one row, are there.
static void put_times(FILE *out, const struct cast_shown *shown, uint32_t count,
                      uint64_t whole_ns)
{
    bool at_once = shown[0].from_ns == 0;

    fprintf(out,
            "<animate attributeName=\"display\" calcMode=\"discrete\" "
            "repeatCount=\"indefinite\" dur=\"%" PRIu64 ".%03" PRIu64
            "s\" values=\"%s",
            whole_ns / 1000000000, whole_ns / 1000000 % 1000,
            at_once ? "inline" : "none");
    for (uint32_t i = 0; i < count; i++)
        fprintf(out, "%s%s", i == 0 && at_once ? "" : ";inline",
                shown[i].to_ns < whole_ns ? ";none" : "");
    fputs("\" keyTimes=\"0", out);
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0 || !at_once)
            put_part(out, shown[i].from_ns, whole_ns);
        if (shown[i].to_ns < whole_ns)
            put_part(out, shown[i].to_ns, whole_ns);
    }
    fputs("\"/>", out);
}

static void put_use(FILE *out, const struct cast_shown *shown, uint32_t count,
                    uint64_t whole_ns)
{
    bool is_last = shown[count - 1].to_ns >= whole_ns;

    fprintf(out, "<use href=\"#p%" PRIu32 "\" y=\"%d\"", shown->piece,
            shown->row * CELL_HIGH);
    if (is_last && shown->from_ns == 0 && count == 1) {
        fputs("/>\n", out);
        return;
    }
    fputs(is_last ? ">" : " display=\"none\">", out);
    put_times(out, shown, count, whole_ns);
    fputs("</use>\n", out);
}

static int by_place(const void *left, const void *right)
{
    const struct cast_shown *a = left, *b = right;

    if (a->row != b->row)
        return a->row < b->row ? -1 : 1;
    if (a->piece != b->piece)
        return a->piece < b->piece ? -1 : 1;
    return a->from_ns < b->from_ns ? -1 : a->from_ns > b->from_ns;
}

static void put_layer(FILE *out, const struct cast_svg *svg, bool is_over,
                      uint64_t whole_ns)
{
    uint32_t count;

    for (uint32_t i = 0; i < svg->shown_count; i += count) {
        const struct cast_shown *first = &svg->shown[i];

        for (count = 1; i + count < svg->shown_count; count++)
            if (first[count].piece != first->piece ||
                first[count].row != first->row)
                break;
        if (svg->pieces[first->piece].is_over == is_over)
            put_use(out, first, count, whole_ns);
    }
}

static void put_all(FILE *out, struct cast_svg *svg, uint64_t whole_ns)
{
    if (svg->shown_count)
        qsort(svg->shown, svg->shown_count, sizeof *svg->shown, by_place);
    put_head(out, svg);
    put_pieces(out, svg);
    put_layer(out, svg, false, whole_ns);
    put_layer(out, svg, true, whole_ns);
    fputs("</svg>\n", out);
}

static void free_all(struct cast_svg *svg)
{
    for (uint32_t i = 0; i < svg->piece_count; i++)
        free(svg->pieces[i].svg);
    free(svg->pieces);
    free(svg->shown);
    free(svg->open);
    *svg = (struct cast_svg){.rows = 0};
}

bool cast_svg_end(struct cast_svg *svg, uint64_t time_ns, const char *path)
{
    char *text;
    size_t size;
    FILE *out = MUST(open_memstream(&text, &size));
    bool kept;

    put_all(out, svg, time_ns + LAST_NS);
    fclose(out);
    free_all(svg);
    kept = keep_write(path, text, size);
    free(text);
    return kept;
}
