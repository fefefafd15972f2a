// play_board.c - a game in lines: what happened, where everybody stands
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/keep.h"
#include "tools/course/terminal.h"
#include "tools/course/wrap.h"
#include "tools/explorer/play_board.h"
#include "tools/explorer/play_tell.h"
#include "tools/explorer/story.h"
#include "tools/explorer/tell.h"

enum {
    NAME_BYTES = 200,
    WIDTH_MOST = 100,
    STORY_LINES = 16, // of what happened, the last
    SOURCE_AROUND = 6 // lines above and below
};

// ---- Text -------------------------------------------------------------------

__attribute__((format(printf, 3, 4))) static void
append(char *text, size_t size, const char *format, ...)
{
    size_t used = strlen(text);
    va_list rest;

    va_start(rest, format);
    vsnprintf(text + used, size - used, format, rest);
    va_end(rest);
}

static int width_now(void)
{
    int width = terminal_width();

    return width > WIDTH_MOST ? WIDTH_MOST : width;
}

void board_wrapped(FILE *out, const char *text, int used, int indent)
{
    wrap_rooms(out, text, width_now() - used, indent, width_now() - indent);
}

static int lines_in(const char *text)
{
    int lines = 0;

    for (; (text = strchr(text, '\n')); text++)
        lines++;
    return lines;
}

// A part of the board: what is written to out becomes *text.
static FILE *open_part(char **text, size_t *size)
{
    return MUST(open_memstream(text, size));
}

// ---- Source -----------------------------------------------------------------

static const char *line_at(const char *text, int line)
{
    for (int n = 1; text && n < line; n++)
        text = (text = strchr(text, '\n')) ? text + 1 : NULL;
    return text && *text ? text : NULL;
}

static void put_source(FILE *out, const struct place *place, int width)
{
    char *text = keep_read(place->path, 16 << 20, NULL);
    const char *line = line_at(text, place->line);
    char head[NAME_BYTES];
    size_t bytes;

    snprintf(head, sizeof head, "%s:%d", place->file, place->line);
    fprintf(out, "       %s%s", style(QUIET), head);
    if (line) {
        line += strspn(line, " \t");
        bytes = wrap_fit_words(line, width - 9 - (int)strlen(head));
        bytes = bytes > strcspn(line, "\r\n") ? strcspn(line, "\r\n") : bytes;
        fputs("  ", out);
        print_printable(out, line, bytes);
    }
    fprintf(out, "%s\n", style(PLAIN_TEXT));
    free(text);
}

// The numbers of the tasks that stand at that line of the file.
static void say_who_stands(struct play *play, const char *path, int line,
                           char *text, size_t size)
{
    *text = '\0';
    for (size_t i = 0; i < play->now.task_count; i++) {
        struct place place;

        if (play->now.tasks[i].life != TOLD_FINISHED &&
            play_tell_place(play, (int)i, &place) && place.line == line &&
            strcmp(place.path, path) == 0)
            append(text, size, "%s%zu", *text ? "," : "", i);
    }
}

static void put_source_line(FILE *out, struct play *play, const char *path,
                            const char *line, int number, bool is_here)
{
    char who[40];

    say_who_stands(play, path, number, who, sizeof who);
    fprintf(out, "%s%6s %s %4d  ", is_here ? style(STRONG) : "", who,
            *who ? ">" : " ", number);
    print_printable(out, line, strcspn(line, "\r\n"));
    fprintf(out, "%s\n", is_here ? style(PLAIN_TEXT) : "");
}

void board_source(FILE *out, struct play *play, int task)
{
    struct place place;
    char *text, who[NAME_BYTES];
    int first;

    play_tell_task(play, task, who, sizeof who);
    if (!play_tell_place(play, task, &place) ||
        !(text = keep_read(place.path, 16 << 20, NULL))) {
        fprintf(out,
                M("the source of %s is not known\n",
                  "no se conoce el código de %s\n"),
                who);
        return;
    }
    fprintf(out, "%s%s%s: %s\n", style(TITLE), who, style(PLAIN_TEXT),
            place.file);
    first = place.line > SOURCE_AROUND ? place.line - SOURCE_AROUND : 1;
    for (int n = first; n <= place.line + SOURCE_AROUND; n++) {
        const char *line = line_at(text, n);

        if (line)
            put_source_line(out, play, place.path, line, n, n == place.line);
    }
    free(text);
}

// ---- The parts of the board -------------------------------------------------

static void put_title(FILE *out, const struct board *board)
{
    const struct play *play = board->play;
    int preemptions = play_preemptions(play);
    char text[NAME_BYTES];

    fprintf(out, "%s%s%s  %s %zu", style(TITLE), board->name, style(PLAIN_TEXT),
            M("move", "jugada"), play_count(play));
    if (preemptions)
        fprintf(out,
                preemptions == 1 ? M(", %d preemption", ", %d expropiación")
                                 : M(", %d preemptions", ", %d expropiaciones"),
                preemptions);
    if (play->grain == GRAIN_EVERY)
        fputs(M("  (each access)", "  (cada acceso)"), out);
    if (play->grain == GRAIN_SYNC)
        fputs(M("  (each synchronisation)", "  (cada sincronización)"), out);
    snprintf(text, sizeof text, M("Goal: %s.", "Meta: %s."),
             goal_words(board->goal));
    fputc('\n', out);
    board_wrapped(out, text, 0, 2);
}

static bool is_shown(const struct play *play, const struct step *step)
{
    if (step->op == OP_START) // the board shows where it stands
        return false;
    return !is_access(step) || play->grain == GRAIN_EVERY ||
           shared_has(&play->shared, step->address, step->size_bytes);
}

static void *copy_of(const void *from, size_t count, size_t bytes)
{
    void *copy = MUST(calloc(count + 1, bytes));

    if (count)
        memcpy(copy, from, count * bytes);
    return copy;
}

// A copy of now without the accesses that nobody asks about. The copies of its
// steps, outputs and waits are the caller's to free, not what they point to.
static void leave_out(const struct play *play, struct replay *shown)
{
    const struct replay *now = &play->now;
    size_t output = 0, wait = 0;

    *shown = *now;
    shown->steps = copy_of(now->steps, now->step_count, sizeof *now->steps);
    shown->outputs =
        copy_of(now->outputs, now->output_count, sizeof *now->outputs);
    shown->waits = copy_of(now->waits, now->wait_count, sizeof *now->waits);
    shown->step_count = 0;
    for (size_t i = 0; i <= now->step_count; i++) {
        for (;
             output < now->output_count && now->outputs[output].after_step <= i;
             output++)
            shown->outputs[output].after_step = shown->step_count;
        for (; wait < now->wait_count && now->waits[wait].after_step <= i;
             wait++)
            shown->waits[wait].after_step = shown->step_count;
        if (i < now->step_count && is_shown(play, &now->steps[i]))
            shown->steps[shown->step_count++] = now->steps[i];
    }
}

// What has the number of the row before has none.
static void number_rows(struct rows *rows)
{
    uint64_t latest = 0;

    for (size_t i = 0; i < rows->count; i++) {
        uint64_t number = rows->rows[i].number;

        if (number == latest)
            rows->rows[i].number = 0;
        else if (number)
            latest = number;
    }
}

static void put_story(FILE *out, const struct play *play)
{
    struct exploration result = {.names = play->names};
    struct rows rows;

    leave_out(play, &result.replay);
    rows = story_rows(play->names, &result.replay);
    number_rows(&rows);
    if (rows.count)
        story_columns(out, &result, &rows, 0);
    story_rows_free(&rows);
    free(result.replay.steps);
    free(result.replay.outputs);
    free(result.replay.waits);
}

static enum meaning meaning_of(struct play *play, const struct told_task *task)
{
    if (play_tell_failed(play, task->number))
        return BAD;
    return tell_waits(task) ? WARNING : STRONG;
}

static void put_task(FILE *out, struct play *play, const struct told_task *task)
{
    char who[NAME_BYTES], stand[1500], text[2000];
    struct place place;

    play_tell_task(play, task->number, who, sizeof who);
    play_tell_stand(play, task, stand, sizeof stand);
    snprintf(text, sizeof text, "%s: %s", who, stand);
    fprintf(out, "%s%4d%s  ", style(meaning_of(play, task)), task->number,
            style(PLAIN_TEXT));
    board_wrapped(out, text, 6, 6);
    if (play_tell_place(play, task->number, &place))
        put_source(out, &place, width_now());
}

static bool is_finished(const struct told_task *task)
{
    return task->life == TOLD_FINISHED;
}

static void put_finished(FILE *out, const struct play *play)
{
    char numbers[1000] = "", text[1100];
    size_t count = 0;

    for (size_t i = 0; i < play->now.task_count; i++)
        if (is_finished(&play->now.tasks[i]))
            append(numbers, sizeof numbers, "%s%zu", count++ ? ", " : "", i);
    if (count == 0)
        return;
    snprintf(text, sizeof text,
             count == 1 ? M("thread %s has ended", "terminó el hilo %s")
                        : M("threads %s have ended", "terminaron los hilos %s"),
             numbers);
    fprintf(out, "%s      ", style(QUIET));
    board_wrapped(out, text, 6, 6);
    fputs(style(PLAIN_TEXT), out);
}

static void put_tasks(FILE *out, struct play *play)
{
    fputc('\n', out);
    for (size_t i = 0; i < play->now.task_count; i++)
        if (!is_finished(&play->now.tasks[i]))
            put_task(out, play, &play->now.tasks[i]);
    put_finished(out, play);
}

// ---- Memory and locks -------------------------------------------------------

static int by_address(const void *a, const void *b)
{
    const struct piece *one = a, *other = b;

    return (one->address > other->address) - (one->address < other->address);
}

static void put_memory(FILE *out, struct play *play)
{
    char text[1000] = "", one[2 * NAME_BYTES + 8];

    if (play->shared.count)
        qsort(play->shared.pieces, play->shared.count,
              sizeof *play->shared.pieces, by_address);
    for (size_t i = 0; i < play->shared.count; i++) {
        if (play_tell_piece(play, &play->shared.pieces[i], one, sizeof one) &&
            strlen(text) + strlen(one) + 4 < 4 * (size_t)width_now())
            append(text, sizeof text, "%s%s", *text ? "   " : "", one);
    }
    if (!*text)
        return;
    fprintf(out, "%s%s%s ", style(TITLE), M("Shared:", "Compartido:"),
            style(PLAIN_TEXT));
    board_wrapped(out, text, 13, 2);
}

static void put_objects(FILE *out, struct play *play)
{
    char text[800];

    for (size_t i = 0; i < play->now.object_count; i++)
        if (play_tell_object(play, &play->now.objects[i], text, sizeof text))
            board_wrapped(out, text, 0, 2);
}

// ---- Output -----------------------------------------------------------------

static char *last_lines(char *text, int lines)
{
    char *at = text + strlen(text);

    while (at > text && (at[-1] != '\n' || lines-- > 0))
        at--;
    return at;
}

static void put_output(FILE *out, const struct play *play)
{
    char *text;
    size_t size;
    FILE *all = open_part(&text, &size);

    for (size_t i = 0; i < play->now.output_count; i++)
        print_printable(all, play->now.outputs[i].text,
                        play->now.outputs[i].size_bytes);
    fclose(all);
    while (size && text[size - 1] == '\n')
        text[--size] = '\0';
    if (*text)
        fprintf(out, "%s%s%s %s\n", style(TITLE), M("Output:", "Salida:"),
                style(PLAIN_TEXT), last_lines(text, 2));
    free(text);
}

static void put_chances(FILE *out, struct play *play)
{
    char text[NAME_BYTES * 4];

    for (size_t i = 0; i < play->chance_count; i++) {
        play_tell_chance(play, &play->chances[i], text, sizeof text);
        fprintf(out, "%s  w%c%s  ", style(STRONG), 'a' + (int)i,
                style(PLAIN_TEXT));
        board_wrapped(out, text, 6, 6);
    }
}

static void put_race(FILE *out, struct play *play)
{
    char text[1000];

    if (play->race.failure.kind != DATA_RACE)
        return;
    tell_message(play->names, &play->race, text, sizeof text);
    fputs(style(WARNING), out);
    board_wrapped(out, text, 0, 2);
    fputs(style(PLAIN_TEXT), out);
}

// ---- The board --------------------------------------------------------------

// The first line of text that is a row's, not the rest of one.
static const char *whole_row(const char *text)
{
    while (strncmp(text, "        ", 8) == 0 && strchr(text, '\n'))
        text = strchr(text, '\n') + 1;
    return text;
}

// The heads of the columns and the last lines.
static void put_end_of(FILE *out, const char *story)
{
    const char *rows = story;
    int skip;

    for (int i = 0; i < 2 && *rows; i++) // an empty line, the heads
        rows = strchr(rows, '\n') + 1;
    fwrite(story, 1, (size_t)(rows - story), out);
    skip = lines_in(rows) - (STORY_LINES - 2);
    if (skip <= 0) {
        fputs(rows, out);
        return;
    }
    for (; skip > 0; skip--)
        rows = strchr(rows, '\n') + 1;
    fputs(whole_row(rows), out);
}

static void put_end_of_story(FILE *out, const struct play *play)
{
    char *text;
    size_t size;
    FILE *all = open_part(&text, &size);

    put_story(all, play);
    fclose(all);
    put_end_of(out, text);
    free(text);
}

void board_print(FILE *out, const struct board *board)
{
    struct play *play = board->play;

    put_title(out, board);
    put_end_of_story(out, play);
    put_tasks(out, play);
    put_chances(out, play);
    fputc('\n', out);
    put_memory(out, play);
    put_objects(out, play);
    put_output(out, play);
    if (!board->has_news) // they matter more
        put_race(out, play);
}
