// cast.c - cells as escape sequences in JSON lines
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <unistd.h>

#include "viz/cast.h"

// ---- The first line ---------------------------------------------------------

static void put_palette(FILE *out)
{
    for (int i = 0; i < 16; i++)
        fprintf(out, "%s#%06" PRIx32, i ? ":" : "", ink_rgb(i));
}

static void put_header(FILE *out, enum theme theme, int rows, int columns)
{
    fprintf(out,
            "{\"version\": 2, \"width\": %d, \"height\": %d, "
            "\"env\": {\"TERM\": \"xterm-256color\"}, \"theme\": {"
            "\"fg\": \"#%06" PRIx32 "\", \"bg\": \"#%06" PRIx32 "\", "
            "\"palette\": \"",
            columns, rows, ink_text(theme), ink_ground(theme));
    put_palette(out);
    fputs("\"}}\n", out);
}

static int open_path(const char *path, bool is_new)
{
    return open(path,
                O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY |
                    (is_new ? O_EXCL : O_TRUNC),
                0666);
}

bool cast_begin(struct cast *cast, const char *path, bool is_new,
                enum theme theme, bool large, int rows, int columns)
{
    int fd = open_path(path, is_new);

    *cast = (struct cast){.theme = theme, .large = large};
    if (fd < 0)
        return false;
    cast->out = fdopen(fd, "w");
    if (cast->out && grid_size(&cast->shown, rows, columns)) {
        put_header(cast->out, theme, rows, columns);
        return true;
    }
    if (cast->out)
        fclose(cast->out);
    else
        close(fd);
    errno = ENOMEM;
    return false;
}

// ---- Events -----------------------------------------------------------------

static void put_time(FILE *out, uint64_t time_ns, char kind)
{
    uint64_t us = time_ns / 1000;

    fprintf(out, "[%" PRIu64 ".%06" PRIu64 ", \"%c\", \"", us / 1000000,
            us % 1000000, kind);
}

static void put_character(FILE *out, uint32_t c)
{
    if (c == '"' || c == '\\')
        fputc('\\', out);
    if (c < 0x80) {
        fputc((int)c, out);
        return;
    }
    if (c >= 0x10000)
        fprintf(out, "%c%c", (int)(0xf0 | c >> 18),
                (int)(0x80 | (c >> 12 & 0x3f)));
    else if (c >= 0x800)
        fputc((int)(0xe0 | c >> 12), out);
    if (c >= 0x800)
        fputc((int)(0x80 | (c >> 6 & 0x3f)), out);
    else
        fputc((int)(0xc0 | c >> 6), out);
    fputc((int)(0x80 | (c & 0x3f)), out);
}

static void put_look(const struct cast *cast, const struct cell *cell)
{
    struct ink ink = ink_of(cast->theme, (enum look)cell->look, cast->large);

    fprintf(cast->out, "\\u001b[0%s%s%s", ink.is_bold ? ";1" : "",
            ink.is_dim ? ";2" : "", cell->reversed ? ";7" : "");
    if (ink.many >= 0)
        fprintf(cast->out, ";38;5;%d", ink.many);
    fputc('m', cast->out);
}

// From one cell that changed to the last one behind it without a gap. Returns
// the number of the cell after them.
static int put_stretch(struct cast *cast, const struct grid *grid, int i)
{
    int end = (i / grid->columns + 1) * grid->columns;
    const struct cell *before = NULL;

    fprintf(cast->out, "\\u001b[%d;%dH", i / grid->columns + 1,
            i % grid->columns + 1);
    for (; i < end; i++) {
        struct cell cell = grid_shown(grid, i), *shown = &cast->shown.cells[i];

        if (cell_is(&cell, shown))
            break;
        *shown = cell;
        if (cell.character == 0)
            continue;
        if (!before || before->look != cell.look ||
            before->reversed != cell.reversed)
            put_look(cast, &cell);
        put_character(cast->out, cell.character);
        before = shown;
    }
    return i;
}

// The first cell from number i on that is not as it was shown; -1: none.
static int first_changed(const struct cast *cast, const struct grid *grid,
                         int i)
{
    for (; i < grid->rows * grid->columns; i++) {
        struct cell cell = grid_shown(grid, i);

        if (!cell_is(&cell, &cast->shown.cells[i]))
            return i;
    }
    return -1;
}

static bool follow_size(struct cast *cast, uint64_t time_ns,
                        const struct grid *grid)
{
    if (cast->shown.rows == grid->rows && cast->shown.columns == grid->columns)
        return true;
    if (!grid_size(&cast->shown, grid->rows, grid->columns)) {
        errno = ENOMEM;
        return false;
    }
    put_time(cast->out, time_ns, 'r');
    fprintf(cast->out, "%dx%d\"]\n", grid->columns, grid->rows);
    put_time(cast->out, time_ns, 'o');
    fputs("\\u001b[0m\\u001b[2J\"]\n", cast->out);
    return true;
}

bool cast_frame(struct cast *cast, uint64_t time_ns, const struct grid *grid)
{
    int i;

    if (!follow_size(cast, time_ns, grid))
        return false;
    i = first_changed(cast, grid, 0);
    if (i < 0)
        return true;
    put_time(cast->out, time_ns, 'o');
    fputs("\\u001b[?25l", cast->out);
    for (; i >= 0; i = first_changed(cast, grid, i))
        i = put_stretch(cast, grid, i);
    fputs("\\u001b[0m\"]\n", cast->out);
    return fflush(cast->out) == 0 && !ferror(cast->out);
}

bool cast_end(struct cast *cast, uint64_t time_ns)
{
    bool went_well;

    put_time(cast->out, time_ns, 'o');
    fputs("\\u001b[?25h\"]\n", cast->out);
    went_well = fflush(cast->out) == 0 && !ferror(cast->out);
    went_well = fclose(cast->out) == 0 && went_well;
    grid_free(&cast->shown);
    cast->out = NULL;
    return went_well;
}
