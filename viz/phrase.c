// phrase.c - tasks and objects in sentences of both languages
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "runtime/message.h"
#include "tools/trace/state.h"
#include "tools/trace/words.h"
#include "viz/phrase.h"

enum { NAME = 300 };

// One line that grows; what does not fit is left out.
struct line {
    char *text;
    size_t size, used;
    uint32_t marked; // this task has a sign before its name; 0: none has
};

static void add(struct line *line, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void add(struct line *line, const char *format, ...)
{
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = vsnprintf(line->text + line->used, line->size - line->used, format,
                       arguments);
    va_end(arguments);
    if (length > 0)
        line->used += (size_t)length;
    if (line->used >= line->size)
        line->used = line->size - 1;
}

static void add_task(struct line *line, const struct model *model,
                     uint32_t task)
{
    char name[NAME];

    add(line, "%s%s", task == line->marked && task ? "▸" : "",
        model_task_label(model, task, name, sizeof name));
}

// since the beginning of the trace
static void add_time(struct line *line, const struct model *model,
                     uint64_t time)
{
    uint64_t start = model->reader->header.start;
    char text[64];

    add(line, "%s",
        words_time(model, time > start ? time - start : 0, text, sizeof text));
}

// " since 3.2 ms", " since step 4".
static void add_moment(struct line *line, const struct model *model,
                       const char *word, uint64_t time)
{
    bool is_step = model->reader->header.clock == TRACE_STEPS;

    add(line, "%s%s", word, lang_is_spanish && is_step ? "el " : "");
    add_time(line, model, time);
}

// " for 3.2 ms now (since 1.1 ms)"
static void add_since(struct line *line, const struct model *model,
                      uint64_t now, uint64_t time)
{
    char text[64];

    if (now > time)
        add(line, M(" for %s now (", " desde hace %s ("),
            words_duration(model, now - time, text, sizeof text));
    add_moment(line, model,
               now > time ? M("since ", "desde ") : M(" since ", " desde "),
               time);
    add(line, "%s", now > time ? ")" : "");
}

// ---- Tasks ------------------------------------------------------------------

static const char *waiting_word(uint32_t kind)
{
    switch (kind) {
    case TRACE_WAIT_REQUEST:
    case TRACE_JOIN_REQUEST:
        return M("waits for the end of", "espera el fin de");
    case TRACE_PIPE_WRITE_REQUEST:
        return M("waits to write into", "espera para escribir en");
    case TRACE_PIPE_READ_REQUEST:
        return M("waits to read from", "espera para leer de");
    case TRACE_IO_REQUEST:
        return M("waits for input or output on", "espera entrada o salida en");
    case TRACE_PUT_REQUEST:
        return M("waits to put into", "espera para poner en");
    case TRACE_GET_REQUEST:
        return M("waits to take from", "espera para sacar de");
    case TRACE_BLOCK_BEGIN:
        return M("is blocked in", "espera dentro de");
    default:
        return M("waits for", "espera a");
    }
}

static void add_awaited(struct line *line, const struct model *model,
                        uint32_t task)
{
    const struct trace_state *state = &model->tasks[task];
    const struct trace_record request = {.object = state->object,
                                         .last = (uint64_t)state->waits << 32};
    char name[NAME];

    words_object(model, task, &request, name, sizeof name);
    if (!*name && state->waits == TRACE_WAIT_REQUEST)
        snprintf(name, sizeof name, "%s", M("a child", "un hijo"));
    if (!*name)
        snprintf(name, sizeof name, "%s", M("something", "algo"));
    add(line, "%s %s", waiting_word(state->waits), name);
}

static void add_exit(struct line *line, int status)
{
    if (WIFSIGNALED(status))
        add(line, M("was killed by signal %d", "murió por la señal %d"),
            WTERMSIG(status));
    else
        add(line, M("ended with status %d", "terminó con estado %d"),
            WEXITSTATUS(status));
}

// Who waits in a circle waits, even while it is still on its CPU, or again on
// one for a moment to be ended.
static enum model_doing doing_of(const struct model *model, uint32_t task)
{
    enum model_doing doing = model_doing(model, task);
    struct model_blame blame;

    if ((doing != MODEL_RUNNING && doing != MODEL_READY) ||
        !model->tasks[task].waits)
        return doing;
    model_blame(model, task, &blame);
    return blame.is_deadlock ? MODEL_BLOCKED : doing;
}

static uint64_t since_of(const struct model *model, uint32_t task)
{
    return doing_of(model, task) == MODEL_BLOCKED && model->tasks[task].waits
               ? model->tasks[task].since
               : model_since(model, task);
}

static void add_doing(struct line *line, const struct model *model,
                      uint32_t task)
{
    const struct trace_state *state = &model->tasks[task];

    switch (doing_of(model, task)) {
    case MODEL_UNKNOWN:
        add(line, "%s",
            M("is not known here (lost or overwritten)",
              "no se conoce aquí (se perdió o se sobrescribió)"));
        return;
    case MODEL_NOT_BORN:
        add(line, "%s", M("has not begun", "no ha empezado"));
        return;
    case MODEL_READY:
        add(line, "%s",
            M("could go on, but has no CPU",
              "podría seguir, pero no tiene CPU"));
        return;
    case MODEL_RUNNING:
        add(line, "%s",
            state->life == TRACE_EXITED
                ? M("has ended; the kernel takes it away (inferred)",
                    "terminó; el núcleo la retira (inferido)")
                : M("runs", "corre"));
        if (state->cpu == TRACE_CPU_ON)
            add(line, M(" on CPU %u", " en la CPU %u"), state->cpu_number);
        else if (!model->source)
            add(line, "%s",
                M(", or waits for a CPU (not recorded)",
                  ", o espera una CPU (sin registrar)"));
        return;
    case MODEL_SLEEPING:
        add(line, "%s", M("sleeps", "duerme"));
        return;
    case MODEL_EXITED:
        add_exit(line, state->status);
        return;
    case MODEL_BLOCKED:
        break;
    }
    if (state->waits)
        add_awaited(line, model, task);
    else
        add(line, "%s",
            M("is blocked, nobody says on what", "espera, nadie dice a qué"));
}

static void add_next_in_blame(struct line *line, const struct model *model,
                              uint32_t task, uint32_t blocker, bool closes)
{
    bool is_lock = model_awaited(model, task) == TRACE_LOCK;

    add(line, "; ");
    if (lang_is_spanish && is_lock)
        add(line, "lo tiene ");
    add_task(line, model, blocker);
    if (!is_lock && model_doing(model, blocker) == MODEL_EXITED) {
        add(line, " ");
        add_exit(line, model->tasks[blocker].status);
        return;
    }
    if (!is_lock)
        add(line, "%s", M(" has not ended", " no ha terminado"));
    else if (!lang_is_spanish)
        add(line, " owns it");
    if (closes)
        return;
    add(line, "%s", is_lock ? M(", which ", ", que ") : M(" and ", " y "));
    add_doing(line, model, blocker);
}

// Those that wait at the same place, or children that are not gone.
static bool is_company(const struct model *model, uint32_t task, uint32_t other)
{
    const struct trace_state *state = &model->tasks[task];
    const struct trace_entry *entry = reader_entry(model->reader, other);

    if (other == task || !entry)
        return false;
    if (state->waits == TRACE_WAIT_REQUEST)
        return entry->parent == task &&
               model->tasks[other].life != TRACE_UNKNOWN &&
               model_doing(model, other) != MODEL_EXITED;
    return model->tasks[other].waits == state->waits &&
           model->tasks[other].object == state->object &&
           model_object(model, other, TRACE_BARRIER, state->object) ==
               model_object(model, task, TRACE_BARRIER, state->object);
}

static void add_company(struct line *line, const struct model *model,
                        uint32_t task, const char *some, const char *none)
{
    int count = 0;

    for (uint32_t i = 1; i < model->task_count; i++)
        if (is_company(model, task, i)) {
            add(line, "%s", count++ ? ", " : some);
            add_task(line, model, i);
        }
    if (count == 0)
        add(line, "%s", none);
}

static void add_last(struct line *line, const struct model *model,
                     uint32_t last, const char *somebody, const char *nobody)
{
    add(line, "%s", last ? somebody : nobody);
    if (last)
        add_task(line, model, last);
}

// Nobody blocks it that is known; what is known of who could let it go on.
static void add_hint(struct line *line, const struct model *model,
                     uint32_t task)
{
    const struct trace_state *state = &model->tasks[task];
    const struct model_object *o =
        model_object(model, task, model_awaited(model, task), state->object);
    uint32_t last_in = o ? o->last_in : 0, last_out = o ? o->last_out : 0;

    switch (state->waits) {
    case TRACE_COND_WAIT:
        add_last(line, model, last_in,
                 M("; last signalled by ", "; la última que la señaló: "),
                 M("; nobody has signalled it", "; nadie la ha señalado"));
        return;
    case TRACE_SEM_REQUEST:
        add_last(line, model, last_out,
                 M("; last lowered by ", "; la última que lo bajó: "),
                 last_in ? ""
                         : M("; nobody has raised it", "; nadie lo ha subido"));
        return;
    case TRACE_GET_REQUEST:
        add_last(line, model, last_in,
                 M("; the last one to put: ", "; la última que puso: "),
                 M("; nobody has put anything", "; nadie ha puesto nada"));
        return;
    case TRACE_PUT_REQUEST:
        add_last(line, model, last_out,
                 M("; the last one to take: ", "; la última que sacó: "),
                 M("; nobody has taken anything", "; nadie ha sacado nada"));
        return;
    case TRACE_PIPE_READ_REQUEST:
        add_last(line, model, last_in,
                 M("; the last one to write: ", "; la última que escribió: "),
                 M("; nobody has written", "; nadie ha escrito"));
        return;
    case TRACE_PIPE_WRITE_REQUEST:
        add_last(line, model, last_out,
                 M("; the last one to read: ", "; la última que leyó: "),
                 M("; nobody has read", "; nadie ha leído"));
        return;
    case TRACE_BARRIER_WAIT:
        add_company(line, model, task,
                    M("; also there: ", "; también están ahí: "),
                    M("; nobody else is there", "; no hay nadie más ahí"));
        return;
    case TRACE_WAIT_REQUEST:
        if (state->object == 0)
            add_company(line, model, task,
                        M("; still alive: ", "; siguen vivos: "),
                        M("; none is known to be alive",
                          "; de ninguno se sabe que viva"));
        return;
    default:
        return;
    }
}

// "waits for m1 for 3.2 ms now; A owns it, which waits for m2; B owns it:
// deadlock"
static void add_blame(struct line *line, const struct model *model,
                      uint32_t task)
{
    struct model_blame blame;

    model_blame(model, task, &blame);
    for (int i = 1; i < blame.count; i++)
        add_next_in_blame(line, model, blame.tasks[i - 1], blame.tasks[i],
                          false);
    if (blame.is_deadlock) {
        add_next_in_blame(line, model, blame.tasks[blame.count - 1],
                          blame.tasks[blame.cycle], true);
        add(line, "%s", M(": deadlock", ": interbloqueo"));
    } else if (!blame.is_longer) {
        uint32_t root = blame.tasks[blame.count - 1];

        if (doing_of(model, root) == MODEL_BLOCKED)
            add_hint(line, model, root);
    }
    if (blame.is_longer)
        add(line, "; ...");
}

// Who is still on its CPU, or ready again, may have asked for what another one
// has all the same: "; it has asked for m1, which A owns".
static void add_asked(struct line *line, const struct model *model,
                      uint32_t task)
{
    const struct trace_state *state = &model->tasks[task];
    uint32_t holder = model_blocker(model, task);
    const struct model_object *lock =
        model_object(model, task, TRACE_LOCK, state->object);
    char what[NAME], who[NAME];

    if (model_awaited(model, task) == TRACE_LOCK && holder && lock &&
        holder != task)
        add(line,
            M("; it has asked for %s, which %s owns",
              "; pidió %s, que tiene %s"),
            model_label(model, lock, what, sizeof what),
            model_task_label(model, holder, who, sizeof who));
}

char *phrase_doing(const struct model *model, uint32_t task, char *text,
                   size_t size)
{
    struct line line = {.text = text, .size = size};

    *text = '\0';
    add_doing(&line, model, task);
    return text;
}

char *phrase_task(const struct model *model, uint32_t task, uint64_t now,
                  char *text, size_t size)
{
    enum model_doing doing = doing_of(model, task);
    uint32_t place = model->tasks[task].place;
    struct line line = {.text = text, .size = size};

    *text = '\0';
    add_task(&line, model, task);
    add(&line, " ");
    add_doing(&line, model, task);
    if (doing == MODEL_EXITED)
        add_moment(&line, model, M(" at ", " en "), model_since(model, task));
    else if (doing != MODEL_UNKNOWN && doing != MODEL_NOT_BORN)
        add_since(&line, model, now, since_of(model, task));
    if (doing == MODEL_BLOCKED)
        add_blame(&line, model, task);
    else if (doing == MODEL_RUNNING || doing == MODEL_READY)
        add_asked(&line, model, task);
    if (place && doing != MODEL_EXITED)
        add(&line, "  @ %s", reader_name(model->reader, place));
    return text;
}

// ---- Objects ----------------------------------------------------------------

static bool waits_for(const struct model *model, uint32_t task,
                      const struct model_object *o)
{
    const struct trace_state *state = &model->tasks[task];

    return model_awaited(model, task) == o->meaning && state->object == o->id &&
           model_object(model, task, o->meaning, o->id) == o;
}

static void add_waiters(struct line *line, const struct model *model,
                        const struct model_object *o)
{
    int count = 0;

    for (uint32_t i = 1; i < model->task_count; i++)
        if (waits_for(model, i, o)) {
            add(line, "%s", count++ ? ", " : M("; waiting: ", "; en espera: "));
            add_task(line, model, i);
        }
}

static void add_lock(struct line *line, const struct model *model,
                     const struct model_object *o, uint64_t now)
{
    if (o->owner) {
        if (lang_is_spanish)
            add(line, "lo tiene ");
        add_task(line, model, o->owner);
        if (!lang_is_spanish)
            add(line, " owns it");
        add_since(line, model, now, o->since);
    } else if (o->sharers) {
        add(line, M("%u read under it", "%u leen con él"), o->sharers);
    } else {
        add(line, "%s", M("free", "libre"));
    }
}

const char *phrase_unseen(void)
{
    return M("; not all writing was seen (stdio)",
             "; no se vio todo lo escrito (stdio)");
}

char *phrase_in(const struct model_object *pipe, char *text, size_t size)
{
    bool is_all = pipe->in >= pipe->out;

    snprintf(text, size, "%s%" PRIu64,
             is_all ? "" : M("at least ", "al menos "),
             is_all ? pipe->in : pipe->out);
    return text;
}

static void add_fill(struct line *line, const struct model_object *o,
                     const char *unit)
{
    char in[40];

    if (o->capacity)
        add(line,
            M("%" PRId64 " of %" PRIu64 " %s in it",
              "contiene %" PRId64 " de %" PRIu64 " %s"),
            o->value, o->capacity, unit);
    else
        add(line, M("%" PRId64 " %s in it", "contiene %" PRId64 " %s"),
            o->value, unit);
    add(line,
        M("; %s went in, %" PRIu64 " came out",
          "; entraron %s, salieron %" PRIu64),
        phrase_in(o, in, sizeof in), o->out);
    if (o->meaning == TRACE_PIPE && o->out > o->in)
        add(line, "%s", phrase_unseen());
    if (o->closed && o->meaning == TRACE_QUEUE)
        add(line, "%s", M("; closed", "; cerrada"));
    else if (o->closed)
        add(line, "%s",
            o->closed == 1   ? M("; a reading end closed",
                                 "; se cerró un extremo de lectura")
            : o->closed == 2 ? M("; a writing end closed",
                                 "; se cerró un extremo de escritura")
                             : M("; ends of both sorts closed",
                                 "; se cerraron extremos de ambos lados"));
}

static const char *times_word(uint64_t count)
{
    return count == 1 ? M("time", "vez") : M("times", "veces");
}

static bool add_object(struct line *line, const struct model *model,
                       const struct model_object *o, uint64_t now)
{
    switch (o->meaning) {
    case TRACE_LOCK:
        add_lock(line, model, o, now);
        return true;
    case TRACE_PIPE:
        add_fill(line, o, "bytes");
        return true;
    case TRACE_QUEUE:
        add_fill(line, o, M("items", "elementos"));
        return true;
    case TRACE_CONDITION:
        add(line,
            M("signalled %" PRIu64 " %s, waited for %" PRIu64 " %s",
              "señalada %" PRIu64 " %s, esperada %" PRIu64 " %s"),
            o->in, times_word(o->in), o->out, times_word(o->out));
        return true;
    case TRACE_BARRIER:
        add(line, M("%" PRIu64 " arrived", "llegaron %" PRIu64), o->in);
        return true;
    case TRACE_SEMAPHORE:
    case TRACE_NAME:
        add(line, "%" PRId64, o->value);
        return true;
    case TRACE_STREAM:
        add(line,
            M("%" PRIu64 " bytes in %" PRId64 " %s",
              "%" PRIu64 " bytes en %" PRId64 " %s"),
            o->in, o->value,
            o->value == 1 ? M("write", "escritura")
                          : M("writes", "escrituras"));
        return true;
    default:
        return false;
    }
}

static void add_object_name(struct line *line, const struct model *model,
                            const struct model_object *o)
{
    char name[NAME];

    if (o->meaning == TRACE_STREAM && o->id == 1)
        add(line, "stdout");
    else if (o->meaning == TRACE_STREAM && o->id == 2)
        add(line, "stderr");
    else
        add(line, "%s", model_label(model, o, name, sizeof name));
}

char *phrase_object(const struct model *model, const struct model_object *o,
                    uint64_t now, uint32_t marked, char *text, size_t size)
{
    struct line line = {.text = text, .size = size, .marked = marked};

    *text = '\0';
    add_object_name(&line, model, o);
    add(&line, ": ");
    if (!add_object(&line, model, o, now)) {
        *text = '\0';
        return text;
    }
    add_waiters(&line, model, o);
    return text;
}

char *phrase_baton(const struct model *model, const struct baton *baton,
                   char *text, size_t size)
{
    const struct turn *turn = track_find(&baton->track, model->time);
    struct line line = {.text = text, .size = size};
    char who[NAME];

    add(&line, "%s: ", baton_name(baton));
    if (turn)
        add(&line, M("%s has it", "lo tiene %s"),
            model_task_label(model, turn->task, who, sizeof who));
    else
        add(&line, "%s", M("nobody has it", "nadie lo tiene"));
    add(&line,
        M("; passed on %" PRIu64 " times in all",
          "; pasó de mano %" PRIu64 " veces en total"),
        baton->passed);
    return text;
}
