// play_view.c - a game on a terminal: what happened, where everybody stands
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/keep.h"
#include "tools/course/terminal.h"
#include "tools/explorer/play_view.h"
#include "tools/explorer/play_words.h"
#include "tools/explorer/story.h"
#include "tools/explorer/tell.h"

enum {
    NAME_BYTES = 200,
    WIDTH_MOST = 100,
    STORY_LEAST = 8, // lines of what happened, before other things are left out
    STORY_PLAIN = 16, // where there is no limit
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

// The bytes of text that go into width characters, cut between words.
static size_t fitting(const char *text, int width)
{
    size_t end = 0, space = 0;
    int used = 0;

    while (text[end]) {
        if ((text[end] & 0xc0) != 0x80 && used++ >= width)
            return space ? space : end;
        if (text[end] == ' ')
            space = end;
        end++;
    }
    return end;
}

void view_wrapped(FILE *out, const char *text, int used, int indent)
{
    int room = width_now() - used;

    for (;;) {
        size_t bytes = fitting(text, room);

        fwrite(text, 1, bytes, out);
        fputc('\n', out);
        text += bytes + strspn(text + bytes, " ");
        if (!*text)
            return;
        fprintf(out, "%*s", indent, "");
        room = width_now() - indent;
    }
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

// ---- Threads in words -------------------------------------------------------

void view_task(const struct play *play, int task, char *text, size_t size)
{
    const char *start = NULL;

    tell_task(task, text, size);
    if (task > 0 && task < (int)play->now.task_count)
        start = names_function(play->names, play->now.tasks[task].start);
    if (start)
        append(text, size, " %s", start);
}

static const struct told_object *object_at(const struct replay *replay,
                                           uint64_t address)
{
    for (size_t i = 0; i < replay->object_count; i++)
        if (replay->objects[i].address == address)
            return &replay->objects[i];
    return NULL;
}

// Who would have to do something so that the task can go on; -1: nobody known.
static int holder(const struct replay *replay, const struct told_task *task)
{
    const struct told_object *object;

    if (task->op == OP_JOIN)
        return (int)task->address;
    object =
        task->life == TOLD_PARKED ? NULL : object_at(replay, task->address);
    return object ? object->owner : -1;
}

static bool is_leaving(const struct told_task *task)
{
    return task->life != TOLD_FINISHED && task->op == OP_EXIT;
}

void view_why(struct play *play, const struct told_task *task, char *text,
              size_t size)
{
    const struct replay *now = &play->now;
    bool seen[PLAY_TASKS] = {false};
    int next = task->number;

    *text = '\0';
    while (next >= 0 && next < (int)now->task_count) {
        const struct told_task *told = &now->tasks[next];
        char waits[2 * NAME_BYTES];

        if (seen[next & (PLAY_TASKS - 1)]) {
            append(text, size, ": %s", M("deadlock", "interbloqueo"));
            return;
        }
        if (!tell_waits(told) || is_leaving(told))
            return;
        seen[next & (PLAY_TASKS - 1)] = true;
        tell_waiting(play->names, now, told, waits, sizeof waits);
        append(text, size, "%s%s", *text ? M(", which ", ", que ") : "", waits);
        next = holder(now, told);
    }
}

static void what_of(struct play *play, const struct told_task *task, char *text,
                    size_t size)
{
    uint32_t bytes = play->outlook[task->number].size_bytes;

    if (task->op == OP_JOIN || task->op == OP_CREATE)
        tell_the_task((int)task->address, text, size);
    else
        names_what(play->names, task->address, bytes, text, size);
}

static void say_coming(struct play *play, const struct told_task *task,
                       char *text, size_t size)
{
    const struct outlook *outlook = &play->outlook[task->number];
    char what[NAME_BYTES], value[NAME_BYTES];

    what_of(play, task, what, sizeof what);
    snprintf(text, size, coming_words(task->op), what);
    if (!outlook->has_value)
        return;
    names_value(play->names, task->address, outlook->size_bytes, outlook->value,
                value, sizeof value);
    append(text, size, ": %s", value);
}

static bool has_failed(const struct play *play, int task)
{
    const struct told_failure *failure = &play->now.failure;

    return failure->kind != NO_FAILURE && failure->task == task &&
           !tell_all_wait(&play->now);
}

static void say_stand(struct play *play, const struct told_task *task,
                      char *text, size_t size)
{
    if (has_failed(play, task->number))
        snprintf(text, size, "%s", M("failed here", "falló aquí"));
    else if (play->now.has_exited && is_leaving(task))
        snprintf(text, size,
                 M("ended the program, with status %d",
                   "terminó el programa, con estado %d"),
                 play->now.exit_status);
    else if (tell_waits(task) && !is_leaving(task))
        view_why(play, task, text, size);
    else
        say_coming(play, task, text, size);
}

static void say_expiry(int task, const char *what, char *text, size_t size)
{
    char of[60];

    tell_of_task(task, of, sizeof of);
    snprintf(text, size,
             M("the time limit %s expires at %s", "vence el plazo %s en %s"),
             of, what);
}

static void say_signal(const struct chance *chance, const char *what,
                       char *text, size_t size)
{
    char who[40];

    tell_the_task(chance->task, who, sizeof who);
    snprintf(text, size,
             M("%s signals %s and wakes ", "%s señala %s y despierta "), who,
             what);
    if (chance->woken < 0)
        append(text, size, "%s", M("nobody", "a nadie"));
    else if (chance->woken == 0)
        append(text, size, "%s", M("main", "a main"));
    else
        append(text, size, M("thread %d", "al hilo %d"), chance->woken);
}

void view_chance(struct play *play, const struct chance *chance, char *text,
                 size_t size)
{
    char who[40], what[NAME_BYTES];

    tell_the_task(chance->task, who, sizeof who);
    names_what(play->names, play->now.tasks[chance->task].address, 0, what,
               sizeof what);
    if (chance->alternative == EXPIRE)
        say_expiry(chance->task, what, text, size);
    else if (chance->alternative == SPURIOUS)
        snprintf(text, size,
                 M("%s wakes at %s without a signal",
                   "%s despierta en %s sin señal"),
                 who, what);
    else
        say_signal(chance, what, text, size);
}

// ---- Source -----------------------------------------------------------------

// Where the task stands; of one that has not begun, its function.
static bool place_of(struct play *play, int task, struct place *place)
{
    const struct told_task *told = &play->now.tasks[task];
    const struct told_failure *failure = &play->now.failure;

    if (has_failed(play, task) && failure->pc)
        return names_place(play->names, failure->pc, place);
    if (told->pc)
        return names_place(play->names, told->pc, place);
    return told->start && names_place(play->names, told->start + 1, place);
}

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
        bytes = fitting(line, width - 9 - (int)strlen(head));
        bytes = bytes > strcspn(line, "\n") ? strcspn(line, "\n") : bytes;
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
            place_of(play, (int)i, &place) && place.line == line &&
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
    print_printable(out, line, strcspn(line, "\n"));
    fprintf(out, "%s\n", is_here ? style(PLAIN_TEXT) : "");
}

void view_source(FILE *out, struct play *play, int task)
{
    struct place place;
    char *text, who[NAME_BYTES];
    int first;

    view_task(play, task, who, sizeof who);
    if (!place_of(play, task, &place) ||
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

// How much is said of each thread.
enum detail { WITH_SOURCE, WITHOUT_SOURCE, WAITING_FOLDED, TASKS_ALONE };

// ---- The parts of the board -------------------------------------------------

static void put_title(FILE *out, const struct scene *scene)
{
    const struct play *play = scene->play;
    int preemptions = play_preemptions(play);
    char text[NAME_BYTES];

    fprintf(out, "%s%s%s  %s %zu", style(TITLE), scene->name, style(PLAIN_TEXT),
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
             goal_words(scene->goal));
    fputc('\n', out);
    view_wrapped(out, text, 0, 2);
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

static void number_rows(struct rows *rows)
{
    uint64_t number = 0;

    for (size_t i = 0; i < rows->count; i++)
        if (rows->rows[i].number)
            rows->rows[i].number = ++number;
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
    if (has_failed(play, task->number))
        return BAD;
    return tell_waits(task) ? WARNING : STRONG;
}

static void put_task(FILE *out, struct play *play, const struct told_task *task,
                     bool with_source)
{
    char who[NAME_BYTES], stand[1500], text[2000];
    struct place place;

    view_task(play, task->number, who, sizeof who);
    say_stand(play, task, stand, sizeof stand);
    snprintf(text, sizeof text, "%s: %s", who, stand);
    fprintf(out, "%s%4d%s  ", style(meaning_of(play, task)), task->number,
            style(PLAIN_TEXT));
    view_wrapped(out, text, 6, 6);
    if (with_source && place_of(play, task->number, &place))
        put_source(out, &place, width_now());
}

static void say_numbers(const struct play *play,
                        bool (*is)(const struct told_task *), char *text,
                        size_t size)
{
    *text = '\0';
    for (size_t i = 0; i < play->now.task_count; i++)
        if (is(&play->now.tasks[i]))
            append(text, size, "%s%zu", *text ? ", " : "", i);
}

static size_t count_of(const struct play *play,
                       bool (*is)(const struct told_task *))
{
    size_t count = 0;

    for (size_t i = 0; i < play->now.task_count; i++)
        count += is(&play->now.tasks[i]);
    return count;
}

static bool is_finished(const struct told_task *task)
{
    return task->life == TOLD_FINISHED;
}

static void put_finished(FILE *out, const struct play *play)
{
    size_t count = count_of(play, is_finished);
    char numbers[1000], text[1100];

    if (count == 0)
        return;
    say_numbers(play, is_finished, numbers, sizeof numbers);
    snprintf(text, sizeof text,
             count == 1 ? M("thread %s has ended", "terminó el hilo %s")
                        : M("threads %s have ended", "terminaron los hilos %s"),
             numbers);
    fprintf(out, "%s      ", style(QUIET));
    view_wrapped(out, text, 6, 6);
    fputs(style(PLAIN_TEXT), out);
}

static void put_waiting(FILE *out, const struct play *play)
{
    char numbers[1000], text[1100];

    if (count_of(play, tell_waits) == 0)
        return;
    say_numbers(play, tell_waits, numbers, sizeof numbers);
    snprintf(text, sizeof text, M("waiting: %s", "esperan: %s"), numbers);
    fputs("      ", out);
    view_wrapped(out, text, 6, 6);
}

static void put_tasks(FILE *out, struct play *play, enum detail detail)
{
    fputc('\n', out);
    for (size_t i = 0; i < play->now.task_count; i++)
        if (!is_finished(&play->now.tasks[i]) &&
            (detail < WAITING_FOLDED || !tell_waits(&play->now.tasks[i])))
            put_task(out, play, &play->now.tasks[i], detail == WITH_SOURCE);
    if (detail >= WAITING_FOLDED)
        put_waiting(out, play);
    put_finished(out, play);
}

// ---- Memory and locks -------------------------------------------------------

static bool value_in_memory(const struct replay *now, uint64_t address,
                            uint32_t size_bytes, uint64_t *value)
{
    *value = 0;
    for (size_t i = 0; i < now->memory_count; i++) {
        const struct told_memory *memory = &now->memory[i];

        if (address < memory->address ||
            address + size_bytes > memory->address + memory->size_bytes)
            continue;
        memcpy(value, memory->bytes + (address - memory->address), size_bytes);
        return true;
    }
    return false;
}

static bool value_in_steps(const struct replay *now, uint64_t address,
                           uint32_t size_bytes, uint64_t *value)
{
    for (size_t i = now->step_count; i-- > 0;) {
        const struct step *step = &now->steps[i];

        if (!is_access(step) || step->address != address ||
            step->size_bytes != size_bytes || !step->has_value)
            continue;
        *value = step->value;
        return true;
    }
    return false;
}

static void say_piece(struct play *play, const struct piece *piece, char *text,
                      size_t size)
{
    char name[NAME_BYTES], value[NAME_BYTES];
    uint64_t bits;

    *text = '\0';
    if (piece->size_bytes > 8 ||
        (!value_in_memory(&play->now, piece->address, piece->size_bytes,
                          &bits) &&
         !value_in_steps(&play->now, piece->address, piece->size_bytes, &bits)))
        return;
    names_what(play->names, piece->address, piece->size_bytes, name,
               sizeof name);
    names_value(play->names, piece->address, piece->size_bytes, bits, value,
                sizeof value);
    snprintf(text, size, "%s = %s", name, value);
}

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
        say_piece(play, &play->shared.pieces[i], one, sizeof one);
        if (*one && strlen(text) + strlen(one) + 4 < 4 * (size_t)width_now())
            append(text, sizeof text, "%s%s", *text ? "   " : "", one);
    }
    if (!*text)
        return;
    fprintf(out, "%s%s%s ", style(TITLE), M("Shared:", "Compartido:"),
            style(PLAIN_TEXT));
    view_wrapped(out, text, 13, 2);
}

static bool say_free(struct play *play, const struct told_object *object,
                     char *text, size_t size)
{
    char name[NAME_BYTES];

    names_what(play->names, object->address, 0, name, sizeof name);
    snprintf(text, size, "%s %s: ", object_name(object->kind), name);
    switch (object->kind) {
    case MUTEX:
    case SPIN:
        append(text, size, "%s", M("free", "libre"));
        return true;
    case READ_WRITE:
        append(text, size,
               object->count ? M("%" PRId64 " reading", "lo leen %" PRId64)
                             : M("free%.0" PRId64, "libre%.0" PRId64),
               object->count);
        return true;
    case SEMAPHORE:
        append(text, size, M("value %" PRId64, "vale %" PRId64), object->count);
        return true;
    default:
        return false;
    }
}

static void put_objects(FILE *out, struct play *play)
{
    char text[800];

    for (size_t i = 0; i < play->now.object_count; i++) {
        const struct told_object *object = &play->now.objects[i];

        if (object->destroyed ||
            (!tell_object(play->names, object, text, sizeof text) &&
             !say_free(play, object, text, sizeof text)))
            continue;
        view_wrapped(out, text, 0, 2);
    }
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
        view_chance(play, &play->chances[i], text, sizeof text);
        fprintf(out, "%s  w%c%s  ", style(STRONG), 'a' + (int)i,
                style(PLAIN_TEXT));
        view_wrapped(out, text, 6, 6);
    }
}

static void put_race(FILE *out, struct play *play)
{
    char text[1000];

    if (play->race.failure.kind != DATA_RACE)
        return;
    tell_message(play->names, &play->race, text, sizeof text);
    fputs(style(WARNING), out);
    view_wrapped(out, text, 0, 2);
    fputs(style(PLAIN_TEXT), out);
}

// ---- The board --------------------------------------------------------------

static char *part_of_below(const struct scene *scene, enum detail detail)
{
    char *text;
    size_t size;
    FILE *out = open_part(&text, &size);

    put_tasks(out, scene->play, detail);
    put_chances(out, scene->play);
    if (detail < TASKS_ALONE) {
        fputc('\n', out);
        put_memory(out, scene->play);
        put_objects(out, scene->play);
        put_output(out, scene->play);
        if (!*scene->message) // there are news that matter more
            put_race(out, scene->play);
    }
    fputs(scene->message, out);
    fclose(out);
    return text;
}

// The first line of text that is a row's, not the rest of one.
static const char *whole_row(const char *text)
{
    while (strncmp(text, "        ", 8) == 0 && strchr(text, '\n'))
        text = strchr(text, '\n') + 1;
    return text;
}

// The heads of the columns and as many of the last lines as there is room for.
static void put_end_of(FILE *out, const char *story, int room)
{
    const char *rows = story;
    int skip;

    for (int i = 0; i < 2 && *rows; i++) // an empty line, the heads
        rows = strchr(rows, '\n') + 1;
    fwrite(story, 1, (size_t)(rows - story), out);
    skip = lines_in(rows) - (room - 2);
    if (skip <= 0) {
        fputs(rows, out);
        return;
    }
    for (; skip > 0; skip--)
        rows = strchr(rows, '\n') + 1;
    fputs(whole_row(rows), out);
}

static char *text_of_story(const struct scene *scene)
{
    char *text;
    size_t size;
    FILE *out = open_part(&text, &size);

    put_story(out, scene->play);
    fclose(out);
    return text;
}

static char *text_of_title(const struct scene *scene)
{
    char *text;
    size_t size;
    FILE *out = open_part(&text, &size);

    put_title(out, scene);
    fclose(out);
    return text;
}

// With as much detail as leaves some room for what happened. *room: how much.
static char *fitting_below(const struct scene *scene, int others, int *room)
{
    char *below = NULL;

    for (int d = WITH_SOURCE; d <= TASKS_ALONE; d++) {
        free(below);
        below = part_of_below(scene, (enum detail)d);
        *room = scene->rows - others - lines_in(below);
        if (scene->rows == 0 || *room >= STORY_LEAST)
            break;
    }
    return below;
}

void view_board(FILE *out, const struct scene *scene)
{
    char *title = text_of_title(scene), *story = text_of_story(scene);
    int others = lines_in(title) + lines_in(scene->keys), room;
    char *below = fitting_below(scene, others, &room);

    fputs(title, out);
    if (!scene->rows)
        put_end_of(out, story, STORY_PLAIN);
    else if (room >= 3)
        put_end_of(out, story, room);
    fputs(below, out);
    fputs(scene->keys, out);
    free(title);
    free(story);
    free(below);
}
