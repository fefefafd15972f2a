// tell.c - steps, waiting and failures of a replay in words
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "runtime/message.h"
#include "tools/explorer/tell.h"

enum { NAME_BYTES = 200, WAITERS_NAMED = 6 };

__attribute__((format(printf, 3, 4))) static void
append(char *text, size_t size, const char *format, ...)
{
    size_t used = strlen(text);
    va_list rest;

    va_start(rest, format);
    vsnprintf(text + used, size - used, format, rest);
    va_end(rest);
}

void tell_prepare(struct names *names, const struct replay *replay)
{
    names_forget(names);
    for (size_t i = 0; i < replay->step_count; i++) {
        const struct step *step = &replay->steps[i];

        if (step->op == OP_ALLOCATE)
            names_block(names, step->address, step->size_bytes, step->pc);
    }
    for (size_t i = 0; i < replay->frame_count; i++)
        if (replay->frames[i].cfa)
            names_frame(names, replay->frames[i].task, replay->frames[i].pc,
                        replay->frames[i].cfa);
}

void tell_task(int task, char *text, size_t size)
{
    if (task == 0)
        snprintf(text, size, "main");
    else
        snprintf(text, size, M("thread %d", "hilo %d"), task);
}

void tell_thread(struct names *names, const struct replay *replay, int task,
                 char *text, size_t size)
{
    const char *start = NULL;

    tell_task(task, text, size);
    if (task > 0 && task < (int)replay->task_count)
        start = names_function(names, replay->tasks[task].start);
    if (start)
        append(text, size, " %s", start);
}

void tell_the_task(int task, char *text, size_t size)
{
    if (task == 0)
        snprintf(text, size, "main");
    else
        snprintf(text, size, M("thread %d", "el hilo %d"), task);
}

void tell_of_task(int task, char *text, size_t size)
{
    if (task == 0)
        snprintf(text, size, M("of main", "de main"));
    else
        snprintf(text, size, M("of thread %d", "del hilo %d"), task);
}

void tell_place(struct names *names, uint64_t pc, char *text, size_t size)
{
    struct place place;

    *text = '\0';
    if (names_place(names, pc, &place))
        snprintf(text, size, "%s:%d", place.file, place.line);
}

// ---- Steps ------------------------------------------------------------------

static bool is_access(enum op_kind op)
{
    return op == OP_READ || op == OP_WRITE || op == OP_UPDATE;
}

static bool is_about_task(enum op_kind op)
{
    return op == OP_CREATE || op == OP_JOIN;
}

void tell_what(struct names *names, const struct step *step, char *what,
               size_t what_size, char *value, size_t value_size)
{
    *what = *value = '\0';
    if (is_about_task(step->op))
        tell_task((int)step->address, what, what_size);
    else if (step->address)
        names_what(names, step->address,
                   is_access(step->op) ? step->size_bytes : 0, what, what_size);
    if (is_access(step->op) && step->has_value)
        names_value(names, step->address, step->size_bytes, step->value, value,
                    value_size);
}

// With %s for what it is about. NULL: nothing to tell.
static const char *words_of(enum op_kind op)
{
    switch (op) {
    case OP_START:
        return M("begins", "empieza");
    case OP_EXIT:
        return M("ends the program", "termina el programa");
    case OP_SECTION:
        return M("begins what nobody interrupts",
                 "empieza lo que nadie interrumpe");
    case OP_CREATE:
        return M("creates %s", "crea %s");
    case OP_JOIN:
        return M("joins %s, which has ended", "join: %s ya terminó");
    case OP_READ:
        return M("reads %s", "lee %s");
    case OP_WRITE:
        return M("writes %s", "escribe %s");
    case OP_UPDATE:
        return M("updates %s", "actualiza %s");
    case OP_LOCK:
    case OP_TIMEDLOCK:
        return M("locks %s", "toma %s");
    case OP_TRYLOCK:
        return M("tries to lock %s", "intenta tomar %s");
    case OP_UNLOCK:
    case OP_READ_WRITE_UNLOCK:
        return M("unlocks %s", "suelta %s");
    case OP_READ_LOCK:
    case OP_TIMED_READ_LOCK:
        return M("locks %s to read", "toma %s para leer");
    case OP_TRY_READ_LOCK:
        return M("tries to lock %s to read", "intenta tomar %s para leer");
    case OP_WRITE_LOCK:
    case OP_TIMED_WRITE_LOCK:
        return M("locks %s to write", "toma %s para escribir");
    case OP_TRY_WRITE_LOCK:
        return M("tries to lock %s to write", "intenta tomar %s para escribir");
    default:
        return NULL;
    }
}

static const char *more_words_of(enum op_kind op)
{
    switch (op) {
    case OP_COND_WAIT:
        return M("waits at %s, its mutex unlocked",
                 "espera en %s y suelta el mutex");
    case OP_COND_SLEEP:
        return M("wakes at %s", "despierta en %s");
    case OP_RELOCK:
        return M("woken, locks %s again", "despierta y retoma %s");
    case OP_SIGNAL:
        return M("signals %s", "señala %s");
    case OP_BROADCAST:
        return M("broadcasts %s", "avisa a todos en %s");
    case OP_SEM_WAIT:
    case OP_SEM_TIMEDWAIT:
        return M("takes one of %s", "toma una unidad de %s");
    case OP_SEM_TRYWAIT:
        return M("tries to take one of %s", "intenta tomar una unidad de %s");
    case OP_SEM_POST:
        return M("adds one to %s", "suma una unidad a %s");
    case OP_SEM_VALUE:
        return M("looks at the value of %s", "mira el valor de %s");
    case OP_BARRIER:
        return M("arrives at %s", "llega a %s");
    case OP_LEAVE:
        return M("leaves %s, which opened", "sale de %s, que se abrió");
    case OP_ONCE:
        return M("comes to once %s", "llega a once %s");
    case OP_ONCE_DONE:
        return M("has done once %s", "completó once %s");
    case OP_DESTROY:
        return M("destroys %s", "destruye %s");
    case OP_SLEEP:
        return M("sleeps", "duerme");
    case OP_YIELD:
        return M("yields", "cede el turno");
    case OP_ALLOCATE:
        return M("allocates: %s", "reserva: %s");
    case OP_FREE:
        return M("frees %s", "libera %s");
    default:
        return operation_name(op);
    }
}

static void say_alternative(const struct step *step, char *text, size_t size)
{
    if (step->alternative == EXPIRE)
        append(text, size, "%s", M(" (time limit over)", " (venció el plazo)"));
    else if (step->alternative == SPURIOUS)
        append(text, size, "%s", M(" (without a signal)", " (sin señal)"));
    else if (step->op == OP_SIGNAL && step->alternative > 0)
        append(text, size, M(" (waiter no. %d)", " (al que espera n.º %d)"),
               step->alternative + 1);
}

void tell_step(struct names *names, const struct step *step, char *text,
               size_t size)
{
    char what[NAME_BYTES], value[NAME_BYTES];
    const char *words = words_of(step->op);

    if (!words)
        words = more_words_of(step->op);
    tell_what(names, step, what, sizeof what, value, sizeof value);
    if (is_about_task(step->op))
        tell_the_task((int)step->address, what, sizeof what);
    snprintf(text, size, words, what);
    if (*value)
        append(text, size, ": %s", value);
    say_alternative(step, text, size);
}

bool tell_is_worth(const struct step *step)
{
    return step->op != OP_CONTINUE && step->op != OP_ALLOCATE;
}

// ---- Waiting ----------------------------------------------------------------

bool tell_waits(const struct told_task *task)
{
    return task->life != TOLD_FINISHED &&
           (!task->could_run || task->life == TOLD_PARKED);
}

static const struct told_object *object_of(const struct replay *replay,
                                           uint64_t address)
{
    for (size_t i = 0; i < replay->object_count; i++)
        if (replay->objects[i].address == address)
            return &replay->objects[i];
    return NULL;
}

static void say_owner(const struct replay *replay, const struct told_task *task,
                      char *text, size_t size)
{
    const struct told_object *object = object_of(replay, task->address);
    char owner[40];

    if (!object || object->owner < 0)
        return;
    tell_the_task(object->owner, owner, sizeof owner);
    if (object->owner == task->number)
        append(text, size, "%s",
               M(", which it holds itself", ", que ya tiene él mismo"));
    else
        append(text, size, M(", which %s holds", ", que tiene %s"), owner);
}

static const char *waiting_words(enum op_kind op)
{
    switch (op) {
    case OP_STOP:
        return M("goes no further: an assumption does not hold",
                 "no sigue: no se cumple un supuesto");
    case OP_JOIN:
        return M("waits for %s to end", "espera a que termine %s");
    case OP_COND_SLEEP:
    case OP_COND_WAIT:
        return M("waits at %s for a signal", "espera una señal en %s");
    case OP_SEM_WAIT:
    case OP_SEM_TIMEDWAIT:
        return M("waits for a unit of %s", "espera una unidad de %s");
    case OP_LEAVE:
    case OP_BARRIER:
        return M("waits at %s for the others", "espera a los demás en %s");
    case OP_RELOCK:
        return M("was woken and waits for %s", "ya despertó y espera %s");
    default:
        return M("waits for %s", "espera %s");
    }
}

void tell_waiting(struct names *names, const struct replay *replay,
                  const struct told_task *task, char *text, size_t size)
{
    char what[NAME_BYTES];

    if (task->op == OP_JOIN)
        tell_the_task((int)task->address, what, sizeof what);
    else
        names_what(names, task->address, 0, what, sizeof what);
    if (task->life == TOLD_PARKED) {
        snprintf(text, size,
                 M("loops until %s changes", "da vueltas hasta que cambie %s"),
                 what);
        return;
    }
    snprintf(text, size, waiting_words(task->op), what);
    say_owner(replay, task, text, size);
}

static void say_waiters_at(const struct told_object *object, char *text,
                           size_t size)
{
    char who[40];

    if (object->waiter_count > WAITERS_NAMED) {
        append(text, size, M("%zu threads are waiting", "esperan %zu hilos"),
               object->waiter_count);
        return;
    }
    append(text, size, "%s",
           object->waiter_count == 1 ? M("waiting: ", "espera ")
                                     : M("waiting: ", "esperan "));
    for (size_t i = 0; i < object->waiter_count; i++) {
        tell_the_task(object->waiters[i], who, sizeof who);
        append(text, size, "%s%s",
               i == 0                         ? ""
               : i + 1 < object->waiter_count ? ", "
                                              : M(" and ", " y "),
               who);
    }
}

static void say_lost(const struct told_object *object, char *text, size_t size)
{
    append(text, size,
           object->lost == 1 ? M("%lld signal was lost: nobody was waiting",
                                 "%lld señal se perdió: nadie esperaba")
                             : M("%lld signals were lost: nobody was waiting",
                                 "%lld señales se perdieron: nadie esperaba"),
           (long long)object->lost);
}

bool tell_object(struct names *names, const struct told_object *object,
                 char *text, size_t size)
{
    char name[NAME_BYTES], who[40], place[NAME_BYTES];
    size_t begin;

    names_what(names, object->address, 0, name, sizeof name);
    snprintf(text, size, "%s %s: ", object_name(object->kind), name);
    begin = strlen(text);
    if (object->owner >= 0) {
        tell_the_task(object->owner, who, sizeof who);
        tell_place(names, object->pc, place, sizeof place);
        append(text, size, M("held by %s since %s", "lo tiene %s desde %s"),
               who, place);
    }
    if (object->waiter_count) {
        append(text, size, "%s", text[begin] ? "; " : "");
        say_waiters_at(object, text, size);
    }
    if (object->lost > 0) {
        append(text, size, "%s", text[begin] ? "; " : "");
        say_lost(object, text, size);
    }
    return text[begin] != '\0';
}

// ---- Failures ---------------------------------------------------------------

static const struct step *last_step(const struct replay *replay, int task,
                                    uint64_t pc)
{
    for (size_t i = replay->step_count; i-- > 0;)
        if (replay->steps[i].task == task && replay->steps[i].pc == pc)
            return &replay->steps[i];
    return NULL;
}

static const char *access_words(const struct replay *replay, int task,
                                uint64_t pc)
{
    const struct step *step = last_step(replay, task, pc);

    if (step && step->op == OP_READ)
        return M("reads", "lee");
    return step && step->op != OP_WRITE ? M("accesses", "accede")
                                        : M("writes", "escribe");
}

static void say_race(struct names *names, const struct replay *replay,
                     char *text, size_t size)
{
    const struct told_failure *failure = &replay->failure;
    char what[NAME_BYTES], one[40], other[40], here[NAME_BYTES],
        there[NAME_BYTES];

    names_what(names, failure->address, failure->size_bytes, what, sizeof what);
    tell_the_task(failure->task, one, sizeof one);
    tell_the_task(failure->other, other, sizeof other);
    tell_place(names, failure->pc, here, sizeof here);
    tell_place(names, failure->other_pc, there, sizeof there);
    append(text, size,
           M(" on %s: %s %s it (%s) and %s %s it (%s), and nothing orders them",
             " en %s: %s la %s (%s) y %s la %s (%s), y nada los ordena"),
           what, other, access_words(replay, failure->other, failure->other_pc),
           there, one, access_words(replay, failure->task, failure->pc), here);
}

static void say_waiters(struct names *names, const struct replay *replay,
                        char *text, size_t size)
{
    char who[40], waits[2 * NAME_BYTES];
    const char *between = ": ";

    for (size_t i = 0; i < replay->task_count; i++) {
        const struct told_task *task = &replay->tasks[i];

        if (!tell_waits(task) ||
            (task->op == OP_JOIN && replay->task_count > 2))
            continue;
        tell_the_task(task->number, who, sizeof who);
        tell_waiting(names, replay, task, waits, sizeof waits);
        append(text, size, "%s%s %s", between, who, waits);
        between = "; ";
    }
}

static void say_place(struct names *names, const struct told_failure *failure,
                      char *text, size_t size)
{
    char place[NAME_BYTES], who[40];

    tell_place(names, failure->pc, place, sizeof place);
    tell_task(failure->task, who, sizeof who);
    if (failure->text && *failure->text)
        append(text, size, ": %s", failure->text);
    if (*place && !(failure->text && strstr(failure->text, place)))
        append(text, size, " (%s, %s)", place, who);
    else if (failure->task >= 0)
        append(text, size, " (%s)", who);
}

bool tell_all_wait(const struct replay *replay)
{
    enum failure_kind kind = replay->failure.kind;
    bool somebody = false;

    for (size_t i = 0; i < replay->task_count; i++)
        somebody = somebody || tell_waits(&replay->tasks[i]);
    return somebody &&
           (kind == DEADLOCK || kind == LOST_WAKEUP || kind == LIVELOCK);
}

void tell_message(struct names *names, const struct replay *replay, char *text,
                  size_t size)
{
    const struct told_failure *failure = &replay->failure;

    snprintf(text, size, "%s", kind_name(failure->kind));
    if (failure->kind == NO_FAILURE)
        snprintf(
            text, size, "%s",
            M("nothing fails in this schedule", "nada falla en este plan"));
    else if (failure->kind == DATA_RACE && failure->other >= 0)
        say_race(names, replay, text, size);
    else if (tell_all_wait(replay))
        say_waiters(names, replay, text, size);
    else
        say_place(names, failure, text, size);
}
