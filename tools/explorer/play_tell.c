// play_tell.c - what stands on the board of a game, in words
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "runtime/message.h"
#include "tools/explorer/play_tell.h"
#include "tools/explorer/play_words.h"
#include "tools/explorer/tell.h"

enum { NAME_BYTES = 200 };

__attribute__((format(printf, 3, 4))) static void
append(char *text, size_t size, const char *format, ...)
{
    size_t used = strlen(text);
    va_list rest;

    va_start(rest, format);
    vsnprintf(text + used, size - used, format, rest);
    va_end(rest);
}

// ---- Threads in words -------------------------------------------------------

void play_tell_task(const struct play *play, int task, char *text, size_t size)
{
    tell_thread(play->names, &play->now, task, text, size);
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

void play_tell_why(struct play *play, const struct told_task *task, char *text,
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

bool play_tell_failed(const struct play *play, int task)
{
    const struct told_failure *failure = &play->now.failure;

    return failure->kind != NO_FAILURE && failure->task == task &&
           !tell_all_wait(&play->now);
}

void play_tell_stand(struct play *play, const struct told_task *task,
                     char *text, size_t size)
{
    if (play_tell_failed(play, task->number))
        snprintf(text, size, "%s", M("failed here", "falló aquí"));
    else if (play->now.has_exited && is_leaving(task))
        snprintf(text, size,
                 M("ended the program, with status %d",
                   "terminó el programa, con estado %d"),
                 play->now.exit_status);
    else if (tell_waits(task) && !is_leaving(task))
        play_tell_why(play, task, text, size);
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

void play_tell_chance(struct play *play, const struct chance *chance,
                      char *text, size_t size)
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

// ---- Places -----------------------------------------------------------------

// Where the task stands; of one that has not begun, its function.
bool play_tell_place(struct play *play, int task, struct place *place)
{
    const struct told_task *told = &play->now.tasks[task];
    const struct told_failure *failure = &play->now.failure;

    if (play_tell_failed(play, task) && failure->pc)
        return names_place(play->names, failure->pc, place);
    if (told->pc)
        return names_place(play->names, told->pc, place);
    return told->start && names_place(play->names, told->start + 1, place);
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

bool play_tell_piece(struct play *play, const struct piece *piece, char *text,
                     size_t size)
{
    char name[NAME_BYTES], value[NAME_BYTES];
    uint64_t bits;

    if (piece->size_bytes > 8 ||
        (!value_in_memory(&play->now, piece->address, piece->size_bytes,
                          &bits) &&
         !value_in_steps(&play->now, piece->address, piece->size_bytes, &bits)))
        return false;
    names_what(play->names, piece->address, piece->size_bytes, name,
               sizeof name);
    names_value(play->names, piece->address, piece->size_bytes, bits, value,
                sizeof value);
    snprintf(text, size, "%s = %s", name, value);
    return true;
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

bool play_tell_object(struct play *play, const struct told_object *object,
                      char *text, size_t size)
{
    return !object->destroyed &&
           (tell_object(play->names, object, text, size) ||
            say_free(play, object, text, size));
}
