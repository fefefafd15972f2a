// view_heap.c - the heap of the selected task's process: blocks and holes
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "viz/heap_words.h"
#include "viz/legend.h"
#include "viz/view.h"

enum { CELLS_MOST = 65536 };

static uint32_t pid_of(const struct stage *stage)
{
    const struct trace_entry *entry =
        reader_entry(&stage->reader, stage->selected);

    return entry ? entry->pid : 0;
}

// ---- The blocks that live now -----------------------------------------------

// Kept, so that a frame allocates nothing.
static struct {
    const struct block **blocks;
    size_t count, room;
} living;

static bool add_living(const struct block *block)
{
    size_t room = living.room * 2 + 1024;
    const struct block **blocks;

    if (living.count == living.room) {
        blocks = realloc(living.blocks, room * sizeof *blocks);
        if (!blocks)
            return false;
        living.blocks = blocks;
        living.room = room;
    }
    living.blocks[living.count++] = block;
    return true;
}

// Returns how many parts there are.
static int find_living(const struct stage *stage, struct heap_cutting *cutting)
{
    struct block_walk walk =
        blocks_walk(&stage->blocks, pid_of(stage), stage->model.position);
    const struct block *block;

    *cutting = (struct heap_cutting){.count = 0};
    living.count = 0;
    while ((block = blocks_next(&walk)) && add_living(block))
        heap_cut_add(cutting, block);
    return heap_cut_stop(cutting);
}

// ---- The map ----------------------------------------------------------------

struct map {
    const struct heap_cut *cut;
    struct area area;
    uint64_t cell_bytes;
    uint64_t used[CELLS_MOST]; // bytes of each cell
    uint32_t newest;           // cell of the latest allocation + 1, 0: none
};

static size_t cells_of(const struct map *map)
{
    size_t cells = (size_t)map->area.rows * (size_t)map->area.columns;

    return cells < CELLS_MOST ? cells : CELLS_MOST;
}

static void fill_block(struct map *map, const struct block *block)
{
    uint64_t from = block->address - map->cut->low;
    uint64_t to = from + block->size_bytes;

    while (from < to) {
        uint64_t cell = from / map->cell_bytes;
        uint64_t end = (cell + 1) * map->cell_bytes;
        uint64_t part = (end < to ? end : to) - from;

        if (cell >= cells_of(map))
            return;
        map->used[cell] += part;
        from += part;
    }
}

static void fill(struct map *map, const struct stage *stage)
{
    memset(map->used, 0, cells_of(map) * sizeof *map->used);
    map->newest = 0;
    for (size_t i = 0; i < living.count; i++) {
        const struct block *block = living.blocks[i];

        if (block->address < map->cut->low || block->address >= map->cut->high)
            continue;
        fill_block(map, block);
        if (block->born + 1 == stage->model.position)
            map->newest =
                (uint32_t)((block->address - map->cut->low) / map->cell_bytes) +
                1;
    }
}

// Full, partly used, or a hole.
static void draw_cell(const struct map *map, struct grid *grid, size_t cell)
{
    int row = map->area.row + (int)(cell / (size_t)map->area.columns);
    int column = map->area.column + (int)(cell % (size_t)map->area.columns);
    enum look look = cell + 1 == map->newest ? LOOK_MARK : LOOK_HELD;

    if (cell * map->cell_bytes >= map->cut->high - map->cut->low)
        return;
    if (map->used[cell] == 0)
        grid_put(grid, row, column, glyph(SIGN_SLEEPING), LOOK_QUIET);
    else if (map->used[cell] * 8 >= map->cell_bytes * 7)
        grid_put(grid, row, column, glyph(SIGN_RUNNING), look);
    else
        grid_put(grid, row, column, glyph(SIGN_READY), look);
}

// Returns how many bytes a cell stands for.
static uint64_t draw_map(const struct stage *stage, struct grid *grid,
                         struct area area, const struct heap_cut *cut)
{
    static struct map map;
    uint64_t bytes = cut->high - cut->low;

    map.cut = cut;
    map.area = area;
    if (cells_of(&map) == 0)
        return 0;
    map.cell_bytes = (bytes + cells_of(&map) - 1) / cells_of(&map);
    map.cell_bytes = (map.cell_bytes + 15) / 16 * 16;
    fill(&map, stage);
    for (size_t i = 0; i < cells_of(&map); i++)
        draw_cell(&map, grid, i);
    return map.cell_bytes;
}

// ---- In figures -------------------------------------------------------------

static void draw_figures(const struct stage *stage, struct grid *grid, int row,
                         const struct heap_cut *cut, int parts)
{
    char text[200], who[300];

    model_task_label(&stage->model, stage->selected, who, sizeof who);
    grid_say(grid, row, 1, grid->columns - 1, LOOK_STRONG,
             M("heap of process %u (%s): %s", "montón del proceso %u (%s): %s"),
             pid_of(stage), who, heap_words_used(cut, text, sizeof text));
    grid_text(grid, row + 1, 1, grid->columns - 1,
              cut->holes ? LOOK_WARNING : LOOK_QUIET,
              heap_words_holes(cut, text, sizeof text));
    if (parts > 1)
        grid_say(grid, row + 3, 1, grid->columns - 1, LOOK_QUIET,
                 M("the fullest of %d parts that lie far apart",
                   "la parte con más bloques, de %d que quedan lejos entre "
                   "sí"),
                 parts);
}

// How much a cell is, and what its sign says.
static void draw_scale(struct grid *grid, struct area area, uint64_t cell_bytes)
{
    char size[40];
    const struct legend_row rows[] = {
        {glyph(SIGN_RUNNING), LOOK_HELD, M("used", "ocupado")},
        {glyph(SIGN_READY), LOOK_HELD, M("in part", "en parte")},
        {glyph(SIGN_SLEEPING), LOOK_QUIET, M("hole", "hueco")}};
    int used = grid_say(grid, area.row, area.column, area.columns, LOOK_QUIET,
                        M("a cell is %s:  ", "cada celda son %s:  "),
                        heap_words_size(cell_bytes, size, sizeof size));

    area.column += used;
    area.columns -= used;
    area.rows = 1;
    legend_draw(grid, area, rows, sizeof rows / sizeof *rows);
}

void view_heap(const struct stage *stage, struct grid *grid, struct area area)
{
    struct heap_cutting cutting;
    int parts = find_living(stage, &cutting);
    int above = parts > 1 ? 4 : 3;

    if (parts == 0) {
        grid_text(grid, area.row, 1, area.columns - 1, LOOK_QUIET,
                  stage->blocks.count
                      ? M("this process has no block now",
                          "este proceso no tiene bloques ahora")
                      : M("no allocation was recorded (./telar run --what all)",
                          "no se registraron reservas de memoria (./telar run "
                          "--what all)"));
        return;
    }
    draw_figures(stage, grid, area.row, &cutting.cuts[0], parts);
    area.column += 1;
    area.columns -= 2;
    if (area.rows > above)
        draw_scale(grid, area_inside(area, 2, 0),
                   draw_map(stage, grid, area_inside(area, above, 0),
                            &cutting.cuts[0]));
}
