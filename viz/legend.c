// legend.c - what the signs of the views mean
#include "runtime/message.h"
#include "viz/legend.h"

int legend_draw(struct grid *grid, struct area area,
                const struct legend_row *rows, size_t count)
{
    int column = 0, row = 0;

    for (size_t i = 0; i < count && area.rows > 0; i++) {
        int wide = 2 + text_columns(rows[i].words);

        if (column > 0 && column + wide > area.columns) {
            row++;
            column = 0;
        }
        if (row >= area.rows)
            return area.rows;
        grid_put(grid, area.row + row, area.column + column, rows[i].sign,
                 rows[i].look);
        grid_text(grid, area.row + row, area.column + column + 2,
                  area.columns - column - 2, LOOK_QUIET, rows[i].words);
        column += wide + 2;
    }
    return row + (column > 0);
}

static bool is_all_there(const struct stage *stage)
{
    return !stage->model.heard && stage->reader.header.overwritten == 0;
}

int legend_states(const struct stage *stage, struct grid *grid,
                  struct area area)
{
    struct legend_row rows[6];
    size_t count = 0;

    if (stage->source) {
        rows[count++] = (struct legend_row){glyph(SIGN_RUNNING), LOOK_RUNNING,
                                            M("runs", "corre")};
        rows[count++] = (struct legend_row){glyph(SIGN_PARTLY), LOOK_RUNNING,
                                            M("in part", "en parte")};
        rows[count++] =
            (struct legend_row){glyph(SIGN_READY), LOOK_READY,
                                M("ready, no CPU", "lista, sin CPU")};
    } else {
        rows[count++] =
            (struct legend_row){glyph(SIGN_UNSEEN), LOOK_RUNNING,
                                M("does not wait (its CPU was not recorded)",
                                  "no espera (su CPU no se registró)")};
    }
    rows[count++] = (struct legend_row){glyph(SIGN_BLOCKED), LOOK_BLOCKED,
                                        M("blocked", "bloqueada")};
    rows[count++] = (struct legend_row){glyph(SIGN_SLEEPING), LOOK_SLEEPING,
                                        M("sleeps", "duerme")};
    if (!is_all_there(stage))
        rows[count++] = (struct legend_row){glyph(SIGN_UNKNOWN), LOOK_QUIET,
                                            M("not known", "no se sabe")};
    return legend_draw(grid, area, rows, count);
}

int legend_all(struct grid *grid, struct area area)
{
    const struct legend_row rows[] = {
        {glyph(SIGN_RUNNING), LOOK_RUNNING, M("runs", "corre")},
        {glyph(SIGN_PARTLY), LOOK_RUNNING, M("in part", "en parte")},
        {glyph(SIGN_READY), LOOK_READY, M("ready, no CPU", "lista, sin CPU")},
        {glyph(SIGN_BLOCKED), LOOK_BLOCKED, M("blocked", "bloqueada")},
        {glyph(SIGN_SLEEPING), LOOK_SLEEPING, M("sleeps", "duerme")},
        {glyph(SIGN_UNSEEN), LOOK_RUNNING,
         M("does not wait; CPU not recorded", "no espera; CPU sin registrar")},
        {glyph(SIGN_UNKNOWN), LOOK_QUIET, M("not known", "no se sabe")},
        {glyph(SIGN_FULL), LOOK_HELD, M("held", "tomado")},
        {glyph(SIGN_EMPTY), LOOK_QUIET, M("free", "libre")},
    };

    return legend_draw(grid, area, rows, sizeof rows / sizeof *rows);
}
