// report_replay.c - what a replay said
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/explorer/report_parts.h"

// What grows without a limit in a program that loops or prints.
enum { STEP_LIMIT = 1 << 20, OUTPUT_LIMIT = 1 << 16, PIECE_LIMIT = 4096 };

static bool take_value(struct step *step, const char *text)
{
    step->has_value = strcmp(text, "-") != 0;
    return !step->has_value || parse_u64(text, &step->value);
}

static bool parse_size(const char *text, uint32_t *size)
{
    uint64_t wide;

    if (!parse_u64(text, &wide) || wide > UINT32_MAX)
        return false;
    *size = (uint32_t)wide;
    return true;
}

static bool take_step(struct replay *replay, char **f)
{
    struct step *step;

    if (replay->step_count == STEP_LIMIT)
        return false;
    replay->steps = grow(replay->steps, replay->step_count, sizeof *step);
    step = &replay->steps[replay->step_count++];
    return parse_u64(f[1], &step->number) && parse_int(f[2], &step->task) &&
           step->task >= 0 && parse_operation(f[3], &step->op) &&
           parse_int(f[4], &step->alternative) &&
           parse_address(f[5], &step->address) &&
           parse_size(f[6], &step->size_bytes) && take_value(step, f[7]) &&
           parse_address(f[8], &step->pc) && parse_u64(f[9], &step->position) &&
           parse_flag(f[10], &step->preempts);
}

// A line may be written in pieces: does this one go on where the last ended?
static bool goes_on(const struct replay *replay, int fd, int task)
{
    const struct told_output *last;

    if (replay->output_count == 0)
        return false;
    last = &replay->outputs[replay->output_count - 1];
    return last->fd == fd && last->task == task &&
           last->after_step == replay->step_count && last->size_bytes > 0 &&
           last->size_bytes < PIECE_LIMIT &&
           last->text[last->size_bytes - 1] != '\n';
}

static void append_output(struct told_output *last, const char *text)
{
    size_t more = strlen(text);

    last->text = MUST(realloc(last->text, last->size_bytes + more + 1));
    memcpy(last->text + last->size_bytes, text, more + 1);
    last->size_bytes += more;
}

static bool take_output(struct replay *replay, char **f)
{
    struct told_output *output;
    int fd, task;

    if (!parse_int(f[1], &fd) || !parse_int(f[2], &task))
        return false;
    if (goes_on(replay, fd, task)) {
        append_output(&replay->outputs[replay->output_count - 1], f[3]);
        return true;
    }

    if (replay->output_count == OUTPUT_LIMIT)
        return true;
    replay->outputs =
        grow(replay->outputs, replay->output_count, sizeof *output);
    output = &replay->outputs[replay->output_count];
    *output = (struct told_output){
        .after_step = replay->step_count, .fd = fd, .task = task};
    output->text = MUST(strdup(f[3]));
    output->size_bytes = strlen(f[3]);
    replay->output_count++;
    return true;
}

static bool take_wait(struct replay *replay, char **f)
{
    struct told_wait *wait;

    if (replay->wait_count == STEP_LIMIT)
        return false;
    replay->waits = grow(replay->waits, replay->wait_count, sizeof *wait);
    wait = &replay->waits[replay->wait_count++];
    wait->after_step = replay->step_count;
    return parse_int(f[1], &wait->task) && wait->task >= 0 &&
           parse_operation(f[2], &wait->op) &&
           parse_address(f[3], &wait->address) &&
           parse_address(f[4], &wait->pc) && parse_int(f[5], &wait->owner);
}

static bool take_misfit(struct replay *replay, char **f)
{
    if (replay->misfit || !parse_u64(f[1], &replay->misfit_segment))
        return false;
    replay->misfit = MUST(strdup(f[2]));
    return true;
}

static bool take_failure(struct replay *replay, char **f)
{
    struct told_failure *failure = &replay->failure;

    if (failure->kind != NO_FAILURE)
        return false;
    failure->after_step = replay->step_count;
    if (!kind_named(f[1], &failure->kind) || !parse_int(f[2], &failure->task) ||
        !parse_int(f[3], &failure->other) ||
        !parse_address(f[4], &failure->pc) ||
        !parse_address(f[5], &failure->other_pc) ||
        !parse_address(f[6], &failure->address) ||
        !parse_size(f[7], &failure->size_bytes))
        return false;
    failure->text = MUST(strdup(f[8]));
    return true;
}

static bool take_frame(struct replay *replay, char **f)
{
    struct told_frame *frame;

    replay->frames = grow(replay->frames, replay->frame_count, sizeof *frame);
    frame = &replay->frames[replay->frame_count++];
    return parse_int(f[1], &frame->task) && parse_int(f[2], &frame->depth) &&
           parse_address(f[3], &frame->pc) && parse_address(f[4], &frame->cfa);
}

static bool parse_life(const char *text, enum told_life *life)
{
    static const char *const words[] = {"live", "finished", "parked"};

    for (int i = 0; i < 3; i++)
        if (strcmp(words[i], text) == 0) {
            *life = (enum told_life)i;
            return true;
        }
    return false;
}

// Numbers with commas between them, or "-" for none. Splits text.
static bool parse_list(char *text, int *list, size_t limit, size_t *count)
{
    char *word;

    *count = 0;
    if (strcmp(text, "-") == 0)
        return true;
    while ((word = strsep(&text, ",")))
        if (*count == limit || !parse_int(word, &list[(*count)++]))
            return false;
    return true;
}

static bool take_task(struct replay *replay, char **f)
{
    struct told_task *task;

    replay->tasks = grow(replay->tasks, replay->task_count, sizeof *task);
    task = &replay->tasks[replay->task_count++];
    return parse_int(f[1], &task->number) &&
           task->number == (int)replay->task_count - 1 &&
           parse_int(f[2], &task->creator) &&
           parse_address(f[3], &task->start) &&
           parse_address(f[4], &task->created_pc) &&
           parse_life(f[5], &task->life) && parse_operation(f[6], &task->op) &&
           parse_address(f[7], &task->address) &&
           parse_address(f[8], &task->pc) &&
           parse_flag(f[9], &task->could_run) &&
           parse_list(f[10], task->choices,
                      sizeof task->choices / sizeof *task->choices,
                      &task->choice_count);
}

static bool take_object(struct replay *replay, char **f)
{
    int waiters[128];
    struct told_object *object;

    replay->objects =
        grow(replay->objects, replay->object_count, sizeof *object);
    object = &replay->objects[replay->object_count];
    if (!parse_address(f[1], &object->address) ||
        !parse_object(f[2], &object->kind) ||
        !parse_int(f[3], &object->owner) || !parse_i64(f[4], &object->count) ||
        !parse_address(f[5], &object->pc) ||
        !parse_flag(f[6], &object->destroyed) ||
        !parse_i64(f[7], &object->lost) ||
        !parse_list(f[8], waiters, 128, &object->waiter_count))
        return false;
    object->waiters = MUST(calloc(object->waiter_count + 1, sizeof(int)));
    memcpy(object->waiters, waiters, object->waiter_count * sizeof(int));
    replay->object_count++;
    return true;
}

static int digit_of(char byte)
{
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

static bool take_memory(struct replay *replay, char **f)
{
    size_t digits = strlen(f[2]);
    struct told_memory *memory;

    replay->memory = grow(replay->memory, replay->memory_count, sizeof *memory);
    memory = &replay->memory[replay->memory_count];
    if (digits % 2 || strspn(f[2], "0123456789abcdef") != digits ||
        !parse_address(f[1], &memory->address))
        return false;
    memory->size_bytes = digits / 2;
    memory->bytes = MUST(malloc(digits / 2 + 1));
    for (size_t i = 0; i < digits / 2; i++)
        memory->bytes[i] = (unsigned char)(digit_of(f[2][2 * i]) * 16 +
                                           digit_of(f[2][2 * i + 1]));
    replay->memory_count++;
    return true;
}

static bool take_exit(struct replay *replay, char **f)
{
    replay->has_exited = true;
    return parse_int(f[1], &replay->exit_status);
}

static bool take_position(struct replay *replay, char **f)
{
    free(replay->position);
    replay->position = MUST(strdup(f[1]));
    return true;
}

static const struct {
    const char *word;
    size_t fields;
    bool (*take)(struct replay *replay, char **fields);
} lines[] = {
    {"step", 11, take_step},    {"output", 4, take_output},
    {"misfit", 3, take_misfit}, {"failure", 9, take_failure},
    {"frame", 5, take_frame},   {"task", 11, take_task},
    {"object", 9, take_object}, {"memory", 3, take_memory},
    {"exit", 2, take_exit},     {"position", 2, take_position},
    {"wait", 6, take_wait},
};

bool report_take_replay(void *replay, char **fields, size_t count)
{
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (strcmp(lines[i].word, fields[0]) == 0)
            return count == lines[i].fields && lines[i].take(replay, fields);
    return false;
}

struct reading {
    struct replay *replay;
    struct refusal refusal;
};

static bool take(void *context, char **fields, size_t count)
{
    struct reading *reading = context;

    if (strcmp(fields[0], "refuse") == 0)
        return take_refusal(&reading->refusal, fields, count);
    return report_take_replay(reading->replay, fields, count);
}

static bool is_good(enum drive_end end, char *error, size_t error_size)
{
    if (end == DRIVE_LATE)
        snprintf(
            error, error_size, "%s",
            M("the replay took too long", "la repetición tardó demasiado"));
    if (end == DRIVE_STOPPED)
        snprintf(error, error_size, "%s", M("interrupted", "interrumpido"));
    return end == DRIVE_DONE;
}

bool report_replay(const struct drive *drive, struct replay *replay,
                   char *error, size_t error_size)
{
    struct reading reading = {.replay = replay};
    enum drive_end end;

    *replay = (struct replay){0};
    *error = '\0';
    end = drive_run(drive, take, &reading, error, error_size);
    replay->refused = reading.refusal.refused;
    replay->crowded = reading.refusal.crowded;
    replay->refused_pc = reading.refusal.pc;
    if (replay->refused)
        snprintf(error, error_size, "%s", reading.refusal.text);
    return !replay->refused && is_good(end, error, error_size);
}

void replay_free(struct replay *replay)
{
    for (size_t i = 0; i < replay->output_count; i++)
        free(replay->outputs[i].text);
    for (size_t i = 0; i < replay->object_count; i++)
        free(replay->objects[i].waiters);
    for (size_t i = 0; i < replay->memory_count; i++)
        free(replay->memory[i].bytes);
    free(replay->steps);
    free(replay->waits);
    free(replay->outputs);
    free(replay->failure.text);
    free(replay->frames);
    free(replay->tasks);
    free(replay->objects);
    free(replay->memory);
    free(replay->misfit);
    free(replay->position);
    *replay = (struct replay){0};
}
