// help.c - lays the tables of keys out
#include <stdio.h>
#include <string.h>

#include "runtime/message.h"
#include "viz/help.h"
#include "viz/legend.h"
#include "viz/play_keys.h"

enum { LEGEND_ROWS = 2, LEGEND_LEAST = 20, TWO_COLUMNS_LEAST = 76 };

// What is shown of a key, without what means something else in a game.
static const char *key_shown(const struct stage *stage, const struct key *key,
                             char *text, size_t size)
{
    snprintf(text, size, "%s", key->shown);
    if (!stage->play)
        return text;
    if (key->also && play_keys_has(key->also))
        text[strcspn(text, " ")] = '\0';
    else if (play_keys_has(key->code))
        return key->also ? strchr(key->shown, ' ') + 1 : NULL;
    return text;
}

static int shown_count(const struct stage *stage)
{
    char text[32];
    int count = 0;

    for (int i = 0; i < key_count; i++)
        count += key_shown(stage, &keys[i], text, sizeof text) != NULL;
    return count;
}

// ---- Pages ------------------------------------------------------------------

struct page {
    int rows, columns; // of keys
};

static struct page page_of(int rows, int columns)
{
    bool has_legend = rows >= LEGEND_LEAST;
    struct page page = {rows - 1 - (has_legend ? LEGEND_ROWS : 0),
                        columns >= TWO_COLUMNS_LEAST ? 2 : 1};

    page.rows = page.rows > 0 ? page.rows : 1;
    return page;
}

static int pages_for(int count, struct page page)
{
    int most = page.rows * page.columns;

    return (count + most - 1) / most;
}

static int play_pages(const struct stage *stage, int rows)
{
    struct page page = {rows > 1 ? rows - 1 : 1, 1};

    return stage->play ? pages_for(play_key_count, page) : 0;
}

int help_pages(const struct stage *stage, int rows, int columns)
{
    if (rows == 0) { // not drawn yet
        rows = 24;
        columns = 80;
    }
    return play_pages(stage, rows) +
           pages_for(shown_count(stage), page_of(rows, columns));
}

// ---- Drawing ----------------------------------------------------------------

static void draw_key(struct grid *grid, struct area area, const char *shown,
                     const struct key *key)
{
    enum { SHOWN = 10 };

    if (key->code == ' ')
        shown = M("space", "espacio");
    grid_text(grid, area.row, area.column + 1, SHOWN - 2, LOOK_STRONG, shown);
    grid_text(grid, area.row, area.column + SHOWN, area.columns - SHOWN,
              LOOK_PLAIN, M(key->english, key->spanish));
}

static void draw_play_keys(struct grid *grid, int first)
{
    int row = 1;

    for (int i = first; i < play_key_count && row < grid->rows; i++)
        draw_key(grid, (struct area){row++, 0, 1, grid->columns},
                 play_keys[i].shown, &play_keys[i]);
    grid_text(grid, row + 1, 1, grid->columns - 1, LOOK_QUIET,
              M("Going back in time undoes nothing; a move from there does.",
                "Ir atrás en el tiempo no deshace nada; una jugada desde ahí, "
                "sí."));
}

static void draw_keys(const struct stage *stage, struct grid *grid,
                      struct page page, int first)
{
    int wide = grid->columns / page.columns;

    for (int i = 0, at = -first; i < key_count; i++) {
        char text[32];
        const char *shown = key_shown(stage, &keys[i], text, sizeof text);

        if (!shown)
            continue;
        if (at >= 0 && at < page.rows * page.columns)
            draw_key(grid,
                     (struct area){1 + at % page.rows, at / page.rows * wide, 1,
                                   wide},
                     shown, &keys[i]);
        at++;
    }
}

static void draw_title(struct grid *grid, int at, int pages)
{
    if (at + 1 < pages)
        grid_say(grid, 0, 0, grid->columns, LOOK_TITLE,
                 M(" Keys %d/%d (any key goes on) ",
                   " Teclas %d/%d (cualquiera sigue) "),
                 at + 1, pages);
    else
        grid_text(
            grid, 0, 0, grid->columns, LOOK_TITLE,
            M(" Keys (any key goes back) ", " Teclas (cualquiera vuelve) "));
}

void help_draw(const struct stage *stage, struct grid *grid)
{
    struct page page = page_of(grid->rows, grid->columns);
    int pages = help_pages(stage, grid->rows, grid->columns);
    int at = stage->scroll < pages ? stage->scroll : pages - 1;
    int of_game = play_pages(stage, grid->rows);

    grid_wipe(grid);
    draw_title(grid, at, pages);
    if (at < of_game) {
        draw_play_keys(grid, at * (grid->rows > 1 ? grid->rows - 1 : 1));
        return;
    }
    draw_keys(stage, grid, page, (at - of_game) * page.rows * page.columns);
    if (grid->rows >= LEGEND_LEAST)
        legend_all(grid, (struct area){grid->rows - LEGEND_ROWS, 1, LEGEND_ROWS,
                                       grid->columns - 1});
}
