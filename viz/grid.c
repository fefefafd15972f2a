// grid.c - cells, and text that is put into them
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "viz/grid.h"

bool grid_ascii;

static const struct {
    uint32_t usual;
    char ascii;
} signs[SIGN_COUNT] = {
    [SIGN_RUNNING] = {0x2588, '#'},  // full block
    [SIGN_PARTLY] = {0x2584, '='},   // lower half block
    [SIGN_UNSEEN] = {0x25ac, '+'},   // black rectangle
    [SIGN_READY] = {0x2592, '%'},    // medium shade
    [SIGN_BLOCKED] = {0x2500, '-'},  // light line
    [SIGN_SLEEPING] = {0x00b7, '.'}, // middle dot
    [SIGN_UNKNOWN] = {'?', '?'},
    [SIGN_CURSOR] = {0x2502, '|'},
    [SIGN_RULE] = {0x2500, '-'},
    [SIGN_RIGHT] = {0x25b6, '>'},
    [SIGN_LEFT] = {0x25c0, '<'},
    [SIGN_FULL] = {0x25a0, '#'},  // black square
    [SIGN_EMPTY] = {0x25a1, '.'}, // white square
    [SIGN_ELLIPSIS] = {0x2026, '~'},
    [SIGN_HERE] = {0x25b8, '>'},
};

uint32_t glyph(enum sign sign)
{
    return grid_ascii ? (uint32_t)signs[sign].ascii : signs[sign].usual;
}

bool grid_size(struct grid *grid, int rows, int columns)
{
    size_t count = (size_t)rows * (size_t)columns;

    if (rows != grid->rows || columns != grid->columns) {
        grid_free(grid);
        grid->cells = malloc(count * sizeof *grid->cells);
        if (!grid->cells)
            return false;
        grid->rows = rows;
        grid->columns = columns;
    }
    grid_wipe(grid);
    return true;
}

void grid_free(struct grid *grid)
{
    free(grid->cells);
    *grid = (struct grid){0};
}

void grid_wipe(struct grid *grid)
{
    grid_fill(grid, (struct area){0, 0, grid->rows, grid->columns}, ' ',
              LOOK_PLAIN);
}

void grid_put(struct grid *grid, int row, int column, uint32_t character,
              enum look look)
{
    if (row < 0 || row >= grid->rows || column < 0 || column >= grid->columns)
        return;
    grid->cells[row * grid->columns + column] =
        (struct cell){character, (uint8_t)look, false};
}

void grid_fill(struct grid *grid, struct area area, uint32_t character,
               enum look look)
{
    for (int row = area.row; row < area.row + area.rows; row++)
        for (int i = 0; i < area.columns; i++)
            grid_put(grid, row, area.column + i, character, look);
}

void grid_reverse(struct grid *grid, struct area area)
{
    for (int row = area.row; row < area.row + area.rows; row++)
        for (int i = area.column; i < area.column + area.columns; i++)
            if (row >= 0 && row < grid->rows && i >= 0 && i < grid->columns)
                grid->cells[row * grid->columns + i].reversed = true;
}

struct area area_inside(struct area area, int above, int below)
{
    area.row += above;
    area.rows -= above + below;
    if (area.rows < 0)
        area.rows = 0;
    return area;
}

// ---- Text -------------------------------------------------------------------

// The next character of text (U+FFFD where it is no UTF-8); text goes on.
static uint32_t next_character(const char **text)
{
    const unsigned char *at = (const unsigned char *)*text;
    int more = *at >= 0xf0 ? 3 : *at >= 0xe0 ? 2 : *at >= 0xc0 ? 1 : 0;
    uint32_t character = *at < 0x80 ? *at : *at & (0x3fu >> more);

    if (*at >= 0xf8 || (*at >= 0x80 && *at < 0xc0)) {
        *text += 1;
        return 0xfffd;
    }
    for (int i = 1; i <= more; i++) {
        if ((at[i] & 0xc0) != 0x80) {
            *text += i;
            return 0xfffd;
        }
        character = character << 6 | (at[i] & 0x3fu);
    }
    *text += 1 + more;
    return character;
}

// 1 or 2 columns; what has none, or is a control character, shows as '?'.
static int columns_of(uint32_t *character)
{
    int columns = *character < 127 ? (*character >= ' ' ? 1 : -1)
                                   : wcwidth((wchar_t)*character);

    if (columns > 0)
        return columns;
    *character = '?';
    return 1;
}

int text_columns(const char *text)
{
    int columns = 0;

    while (*text) {
        uint32_t character = next_character(&text);

        columns += columns_of(&character);
    }
    return columns;
}

int grid_text(struct grid *grid, int row, int column, int limit, enum look look,
              const char *text)
{
    int used = 0;

    while (*text) {
        uint32_t character = next_character(&text);
        int columns = columns_of(&character);

        if (used + columns > limit) {
            if (limit > 0)
                grid_put(grid, row, column + (used < limit ? used : limit - 1),
                         glyph(SIGN_ELLIPSIS), look);
            return limit > 0 ? limit : 0;
        }
        grid_put(grid, row, column + used, character, look);
        if (columns == 2)
            grid_put(grid, row, column + used + 1, 0, look);
        used += columns;
    }
    return used;
}

// How many bytes of text stand on a row of that many columns.
static size_t bytes_of_row(const char *text, int columns)
{
    const char *at = text, *space = NULL;
    int used = 0;

    while (*at) {
        const char *here = at;
        uint32_t character = next_character(&at);

        if (character == ' ')
            space = here;
        used += columns_of(&character);
        if (used > columns)
            return (size_t)((space && space > text ? space : here) - text);
    }
    return (size_t)(at - text);
}

int grid_paragraph(struct grid *grid, struct area area, enum look look,
                   const char *text)
{
    char row[1024];
    int i = 0;

    while (*text && i < area.rows) {
        size_t bytes = bytes_of_row(text, area.columns);

        if (bytes == 0)
            return i;
        if (i + 1 == area.rows)
            bytes = strlen(text); // with an ellipsis
        snprintf(row, sizeof row, "%.*s",
                 (int)(bytes < sizeof row ? bytes : sizeof row - 1), text);
        grid_text(grid, area.row + i++, area.column, area.columns, look, row);
        text += bytes;
        text += *text == ' ';
    }
    return i;
}

int grid_say(struct grid *grid, int row, int column, int limit, enum look look,
             const char *format, ...)
{
    char text[1024];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    return grid_text(grid, row, column, limit, look, text);
}
