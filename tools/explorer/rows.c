// rows.c - from the lines of a replay to the rows of its story
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/terminal.h"
#include "tools/explorer/report_parts.h"
#include "tools/explorer/story.h"
#include "tools/explorer/tell.h"

static struct row *add(struct rows *rows, int task, const char *text)
{
    struct row *row;

    rows->rows = grow(rows->rows, rows->count, sizeof *rows->rows);
    row = &rows->rows[rows->count++];
    *row = (struct row){
        .step = SIZE_MAX, .task = task, .text = MUST(strdup(text))};
    return row;
}

static bool overlap(const struct step *step, const struct told_failure *failure)
{
    return failure->address < step->address + step->size_bytes &&
           step->address < failure->address + failure->size_bytes;
}

// The latest step of that task at that place: a party of the race.
static size_t party(const struct replay *replay, int task, uint64_t pc)
{
    for (size_t i = replay->step_count; i-- > 0;)
        if (replay->steps[i].task == task && replay->steps[i].pc == pc &&
            overlap(&replay->steps[i], &replay->failure))
            return i;
    return SIZE_MAX;
}

// Its first step shows well enough that a thread has begun.
static bool is_worth(const struct replay *replay, size_t index)
{
    const struct step *step = &replay->steps[index];

    if (!tell_is_worth(step))
        return false;
    for (size_t i = index + 1; i < replay->step_count; i++)
        if (replay->steps[i].task == step->task)
            return step->op != OP_START;
    return true;
}

static void add_step(struct rows *rows, struct names *names,
                     const struct replay *replay, size_t index)
{
    const struct step *step = &replay->steps[index];
    char text[400];
    struct row *row;

    tell_step(names, step, text, sizeof text);
    row = add(rows, step->task, text);
    row->number = step->number;
    row->step = index;
    tell_place(names, step->pc, row->place, sizeof row->place);
}

// What a program printed is a stranger's: it may hold anything.
static char *harmless(const struct told_output *output)
{
    size_t size;
    char *text, *newline;
    FILE *out = MUST(open_memstream(&text, &size));

    fputs(M("prints \"", "imprime \""), out);
    print_printable(out, output->text, output->size_bytes);
    fclose(out);
    newline = text + strlen(text);
    while (newline > text && newline[-1] == '\n')
        *--newline = '\0';
    for (char *at = text; *at; at++)
        if (*at == '\n' || *at == '\t')
            *at = ' ';
    return text;
}

static void add_output(struct rows *rows, const struct told_output *output)
{
    char *text = harmless(output), *closed;

    MUST(asprintf(&closed, "%s\"", text));
    add(rows, output->task, closed);
    free(closed);
    free(text);
}

// A wait that ended; the others stand at the end of the story.
static bool is_over(const struct replay *replay, const struct told_wait *wait)
{
    if (wait->op == OP_JOIN)
        return false;
    for (size_t i = wait->after_step; i < replay->step_count; i++)
        if (replay->steps[i].task == wait->task)
            return true;
    return false;
}

static void add_wait(struct rows *rows, struct names *names,
                     const struct replay *replay, const struct told_wait *wait)
{
    char what[200], owner[40], text[400];
    struct row *row;

    if (!is_over(replay, wait))
        return;
    names_what(names, wait->address, 0, what, sizeof what);
    if (wait->owner >= 0) {
        tell_task(wait->owner, owner, sizeof owner);
        snprintf(text, sizeof text,
                 M("has to wait for %s (%s)", "tiene que esperar %s (%s)"),
                 what, owner);
    } else {
        snprintf(text, sizeof text,
                 M("has to wait for %s", "tiene que esperar %s"), what);
    }
    row = add(rows, wait->task, text);
    tell_place(names, wait->pc, row->place, sizeof row->place);
}

static bool is_race(const struct replay *replay)
{
    return replay->failure.kind == DATA_RACE && replay->failure.other >= 0;
}

static void mark_race(struct rows *rows, const struct replay *replay)
{
    const struct told_failure *failure = &replay->failure;
    size_t fatal = party(replay, failure->task, failure->pc);
    size_t other = party(replay, failure->other, failure->other_pc);

    for (size_t i = 0; i < rows->count; i++) {
        rows->rows[i].is_fatal =
            rows->rows[i].step == fatal && fatal != SIZE_MAX;
        rows->rows[i].is_party =
            rows->rows[i].step == other && other != SIZE_MAX;
    }
}

// Where everybody stands whom nobody lets go on.
static void add_waiting(struct rows *rows, struct names *names,
                        const struct replay *replay)
{
    char text[400];
    struct row *row;

    for (size_t i = 0; i < replay->task_count; i++) {
        const struct told_task *task = &replay->tasks[i];

        if (!tell_waits(task))
            continue;
        tell_waiting(names, replay, task, text, sizeof text);
        row = add(rows, task->number, text);
        tell_place(names, task->pc, row->place, sizeof row->place);
        row->is_fatal = task->op != OP_JOIN || replay->task_count < 3;
    }
}

static void add_end(struct rows *rows, struct names *names,
                    const struct replay *replay)
{
    const struct told_failure *failure = &replay->failure;
    struct row *row;

    if (tell_all_wait(replay)) {
        add_waiting(rows, names, replay);
    } else if (failure->kind != NO_FAILURE) {
        row = add(rows, failure->task < 0 ? 0 : failure->task,
                  failure->text && *failure->text ? failure->text
                                                  : kind_name(failure->kind));
        tell_place(names, failure->pc, row->place, sizeof row->place);
        row->is_fatal = true;
    }
}

struct rows story_rows(struct names *names, const struct replay *replay)
{
    struct rows rows = {0};
    size_t output = 0, wait = 0;

    for (size_t i = 0; i <= replay->step_count; i++) {
        while (output < replay->output_count &&
               replay->outputs[output].after_step <= i)
            add_output(&rows, &replay->outputs[output++]);
        while (wait < replay->wait_count && replay->waits[wait].after_step <= i)
            add_wait(&rows, names, replay, &replay->waits[wait++]);
        if (i < replay->step_count && is_worth(replay, i))
            add_step(&rows, names, replay, i);
    }
    if (is_race(replay))
        mark_race(&rows, replay);
    else
        add_end(&rows, names, replay);
    return rows;
}

void story_rows_free(struct rows *rows)
{
    for (size_t i = 0; i < rows->count; i++)
        free(rows->rows[i].text);
    free(rows->rows);
    *rows = (struct rows){0};
}
