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
    [SIGN_NOW] = {0x25bc, 'v'}, // black triangle
};

uint32_t glyph(enum sign sign)
{
    return grid_ascii ? (uint32_t)signs[sign].ascii : signs[sign].usual;
}

// ---- Nothing but ASCII ------------------------------------------------------

static const struct {
    uint32_t from;
    char to;
} plain_letters[] = {
    {0xa1, '!'},   {0xa7, '$'},    {0xab, '<'},    {0xb0, 'o'},   {0xb5, 'u'},
    {0xb7, '-'},   {0xbb, '>'},    {0xbf, '?'},    {0xc1, 'A'},   {0xc9, 'E'},
    {0xcd, 'I'},   {0xd1, 'N'},    {0xd3, 'O'},    {0xd7, 'x'},   {0xda, 'U'},
    {0xdc, 'U'},   {0xe1, 'a'},    {0xe9, 'e'},    {0xed, 'i'},   {0xf1, 'n'},
    {0xf3, 'o'},   {0xfa, 'u'},    {0xfc, 'u'},    {0x3bc, 'u'},  {0x2013, '-'},
    {0x2014, '-'}, {0x2018, '\''}, {0x2019, '\''}, {0x201c, '"'}, {0x201d, '"'},
    {0x2022, '*'}, {0x2026, '~'},  {0x2190, '<'},  {0x2191, '^'}, {0x2192, '>'},
    {0x2193, 'v'}, {0x2212, '-'},  {0x2248, '~'},  {0x2264, '<'}, {0x2265, '>'},
    {0x2500, '-'}, {0x2502, '|'},  {0x2588, '#'},  {0x25a0, '#'}, {0x25b6, '>'},
    {0x25b8, '>'}, {0x25bc, 'v'},  {0x25c0, '<'},  {0x25cf, '*'},
};

static uint32_t ascii_of(uint32_t character)
{
    if (character > 0 && character < 127)
        return character;
    for (size_t i = 0; i < sizeof plain_letters / sizeof *plain_letters; i++)
        if (plain_letters[i].from == character)
            return (uint32_t)plain_letters[i].to;
    return '?';
}

// ---- Cells ------------------------------------------------------------------

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

static void put(struct grid *grid, int row, int column, struct cell cell)
{
    if (row < 0 || row >= grid->rows || column < 0 || column >= grid->columns)
        return;
    if (grid_ascii)
        cell.character = ascii_of(cell.character);
    grid->cells[row * grid->columns + column] = cell;
}

void grid_put(struct grid *grid, int row, int column, uint32_t character,
              enum look look)
{
    put(grid, row, column,
        (struct cell){character, (uint8_t)look, false, true});
}

static void put_letter(struct grid *grid, int row, int column,
                       uint32_t character, enum look look)
{
    put(grid, row, column,
        (struct cell){character, (uint8_t)look, false, false});
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

// ---- As it is shown ---------------------------------------------------------

static bool is_wide(uint32_t character)
{
    return character >= 0x1100 && wcwidth((wchar_t)character) == 2;
}

struct cell grid_shown(const struct grid *grid, int i)
{
    struct cell cell = grid->cells[i];
    int column = i % grid->columns;
    bool is_cut = column + 1 == grid->columns;

    if (cell.character == 0 &&
        (column == 0 || !is_wide(grid->cells[i - 1].character)))
        cell.character = ' ';
    else if (is_wide(cell.character) &&
             (is_cut || grid->cells[i + 1].character != 0))
        cell.character = '?';
    return cell;
}

bool cell_is(const struct cell *a, const struct cell *b)
{
    return a->character == b->character && a->look == b->look &&
           a->reversed == b->reversed;
}

static bool is_of_a_lane(const struct cell *cell)
{
    return cell->is_sign && cell->look >= LOOK_RUNNING &&
           cell->look <= LOOK_HELD;
}

// What stands below it in the row of air.
static struct cell below(const struct cell *cell)
{
    struct cell air = {' ', LOOK_PLAIN, cell->reversed, true};

    return is_of_a_lane(cell) ? *cell : air;
}

void grid_spread(struct grid *grid, const struct grid *from)
{
    grid_wipe(grid);
    for (int row = 0; row < from->rows; row++)
        for (int i = 0; i < from->columns; i++) {
            const struct cell *cell = &from->cells[row * from->columns + i];

            put(grid, row * 2, i, *cell);
            put(grid, row * 2 + 1, i, below(cell));
        }
}

// ---- Areas ------------------------------------------------------------------

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
                put_letter(grid, row,
                           column + (used < limit ? used : limit - 1),
                           glyph(SIGN_ELLIPSIS), look);
            return limit > 0 ? limit : 0;
        }
        put_letter(grid, row, column + used, character, look);
        if (columns == 2)
            put_letter(grid, row, column + used + 1, 0, look);
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
