// phrase.c - tasks, objects and events in sentences of both languages
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

    add(line, "%s", model_task_label(model, task, name, sizeof name));
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

static void add_since(struct line *line, const struct model *model,
                      const char *word, uint64_t time)
{
    add(line, "%s", word);
    add_time(line, model, time);
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
        return M("is blocked in", "está bloqueada en");
    default:
        return M("waits for", "espera");
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

static void add_doing(struct line *line, const struct model *model,
                      uint32_t task)
{
    const struct trace_state *state = &model->tasks[task];

    switch (model_doing(model, task)) {
    case MODEL_UNKNOWN:
        add(line, "%s",
            M("is not known here (lost or overwritten)",
              "no se conoce aquí (perdida o sobrescrita)"));
        return;
    case MODEL_NOT_BORN:
        add(line, "%s", M("has not begun", "no ha empezado"));
        return;
    case MODEL_READY:
        add(line, "%s", M("is ready, without a CPU", "está lista, sin CPU"));
        return;
    case MODEL_RUNNING:
        add(line, "%s", M("runs", "está en ejecución"));
        if (state->cpu == TRACE_CPU_ON)
            add(line, M(" on CPU %u", " en la CPU %u"), state->cpu_number);
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
            M("is blocked, nobody says on what",
              "está bloqueada, nadie dice en qué"));
}

static void add_next_in_blame(struct line *line, const struct model *model,
                              uint32_t task, uint32_t blocker, bool closes)
{
    bool is_lock = model_awaited(model, task) == TRACE_LOCK;

    add(line, "; ");
    if (lang_is_spanish && is_lock)
        add(line, "lo tiene ");
    add_task(line, model, blocker);
    if (!is_lock)
        add(line, "%s", M(" has not ended", " no ha terminado"));
    else if (!lang_is_spanish)
        add(line, " owns it");
    if (closes)
        return;
    add(line, "%s", is_lock ? M(", which ", ", que ") : M(" and ", " y "));
    add_doing(line, model, blocker);
}

// "waits for m1 since 3.2 ms; A owns it, which waits for m2; B owns it:
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
    }
    if (blame.is_longer)
        add(line, "; ...");
}

char *phrase_doing(const struct model *model, uint32_t task, char *text,
                   size_t size)
{
    struct line line = {text, size, 0};

    *text = '\0';
    add_doing(&line, model, task);
    return text;
}

char *phrase_task(const struct model *model, uint32_t task, char *text,
                  size_t size)
{
    enum model_doing doing = model_doing(model, task);
    uint32_t place = model->tasks[task].place;
    struct line line = {text, size, 0};

    *text = '\0';
    add_task(&line, model, task);
    add(&line, " ");
    add_doing(&line, model, task);
    if (doing != MODEL_UNKNOWN && doing != MODEL_NOT_BORN)
        add_since(&line, model,
                  doing == MODEL_EXITED ? M(" at ", " en ")
                                        : M(" since ", " desde "),
                  model_since(model, task));
    if (doing == MODEL_BLOCKED)
        add_blame(&line, model, task);
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
                     const struct model_object *o)
{
    if (o->owner) {
        if (lang_is_spanish)
            add(line, "lo tiene ");
        add_task(line, model, o->owner);
        if (!lang_is_spanish)
            add(line, " owns it");
        add_since(line, model, M(" since ", " desde "), o->since);
    } else if (o->sharers) {
        add(line, M("%u read under it", "%u leen con él"), o->sharers);
    } else {
        add(line, "%s", M("free", "libre"));
    }
}

static void add_fill(struct line *line, const struct model_object *o,
                     const char *unit)
{
    if (o->capacity)
        add(line,
            M("%" PRId64 " of %" PRIu64 " %s in it",
              "contiene %" PRId64 " de %" PRIu64 " %s"),
            o->value, o->capacity, unit);
    else
        add(line, M("%" PRId64 " %s in it", "contiene %" PRId64 " %s"),
            o->value, unit);
    add(line,
        M("; %" PRIu64 " went in, %" PRIu64 " came out",
          "; entraron %" PRIu64 ", salieron %" PRIu64),
        o->in, o->out);
    if (o->closed)
        add(line, "%s",
            o->closed == 1   ? M("; a reading end closed",
                                 "; se cerró un extremo de lectura")
            : o->closed == 2 ? M("; a writing end closed",
                                 "; se cerró un extremo de escritura")
                             : M("; ends of both sorts closed",
                                 "; se cerraron extremos de ambos lados"));
}

static bool add_object(struct line *line, const struct model *model,
                       const struct model_object *o)
{
    switch (o->meaning) {
    case TRACE_LOCK:
        add_lock(line, model, o);
        return true;
    case TRACE_PIPE:
        add_fill(line, o, "bytes");
        return true;
    case TRACE_QUEUE:
        add_fill(line, o, M("items", "elementos"));
        return true;
    case TRACE_CONDITION:
        add(line,
            M("signalled %" PRIu64 " times, waited for %" PRIu64 " times",
              "señalada %" PRIu64 " veces, esperada %" PRIu64 " veces"),
            o->in, o->out);
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
            M("%" PRIu64 " bytes in %" PRId64 " writes",
              "%" PRIu64 " bytes en %" PRId64 " escrituras"),
            o->in, o->value);
        return true;
    case TRACE_MEMORY:
        add(line,
            M("%" PRId64 " bytes allocated; %" PRIu64 " blocks came, "
              "%" PRIu64 " went",
              "%" PRId64 " bytes reservados; llegaron %" PRIu64
              " bloques, se fueron %" PRIu64),
            o->value, o->in, o->out);
        return true;
    default:
        return false;
    }
}

static void add_object_name(struct line *line, const struct model *model,
                            const struct model_object *o)
{
    char name[NAME];

    if (o->meaning == TRACE_MEMORY)
        add(line, M("heap of process %u", "montón del proceso %u"), o->pid);
    else if (o->meaning == TRACE_STREAM && o->id == 1)
        add(line, "stdout");
    else if (o->meaning == TRACE_STREAM && o->id == 2)
        add(line, "stderr");
    else
        add(line, "%s", model_label(model, o, name, sizeof name));
}

char *phrase_object(const struct model *model, const struct model_object *o,
                    char *text, size_t size)
{
    struct line line = {text, size, 0};

    *text = '\0';
    add_object_name(&line, model, o);
    add(&line, ": ");
    if (!add_object(&line, model, o)) {
        *text = '\0';
        return text;
    }
    add_waiters(&line, model, o);
    return text;
}

// ---- Events -----------------------------------------------------------------

struct verb {
    uint16_t kind;
    const char *english, *spanish;
};

// The kinds that tell the story; requests, calls and turns on the CPU are in
// the state and in the export.
static const struct verb verbs[] = {
    {TRACE_TASK_BEGIN, "begins", "empieza"},
    {TRACE_TASK_EXIT, "ends:", "termina:"},
    {TRACE_FORK, "forks, child:", "crea con fork el hijo"},
    {TRACE_EXEC, "becomes the program", "pasa a ser el programa"},
    {TRACE_WAIT_DONE, "has waited for", "terminó de esperar a"},
    {TRACE_JOIN_DONE, "has joined", "terminó de esperar a"},
    {TRACE_THREAD_CREATE, "creates the thread", "crea el hilo"},
    {TRACE_LOCK_ACQUIRE, "takes", "toma"},
    {TRACE_LOCK_RELEASE, "releases", "suelta"},
    {TRACE_LOCK_FAIL, "does not get", "no consigue"},
    {TRACE_SHARE_ACQUIRE, "takes, to read,", "toma, para leer,"},
    {TRACE_SHARE_RELEASE, "releases, after reading,",
     "suelta, después de leer,"},
    {TRACE_COND_WAIT, "waits for", "espera"},
    {TRACE_COND_WAKE, "was woken by", "fue despertada por"},
    {TRACE_COND_TIMEOUT, "waited too long for", "esperó demasiado"},
    {TRACE_COND_SIGNAL, "signals", "señala"},
    {TRACE_COND_BROADCAST, "signals to all", "señala a todas"},
    {TRACE_SEM_ACQUIRE, "lowers", "baja"},
    {TRACE_SEM_POST, "raises", "sube"},
    {TRACE_BARRIER_LEAVE, "passes", "pasa"},
    {TRACE_PIPE_CREATE, "makes", "crea"},
    {TRACE_PIPE_WRITE, "writes into", "escribe en"},
    {TRACE_PIPE_READ, "reads from", "lee de"},
    {TRACE_PIPE_CLOSE, "closes an end of", "cierra un extremo de"},
    {TRACE_OUTPUT, "writes on", "escribe en"},
    {TRACE_SLEEP_BEGIN, "goes to sleep for", "se duerme por"},
    {TRACE_CO_RUN, "goes on with", "sigue con"},
    {TRACE_PUT, "puts into", "pone en"},
    {TRACE_GET, "takes from", "saca de"},
    {TRACE_QUEUE_CLOSE, "closes", "cierra"},
    {TRACE_MARK, "mark", "marca"},
    {TRACE_NOTE, "note:", "nota:"},
};

static const struct verb *verb_of(uint16_t kind)
{
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (verbs[i].kind == kind)
            return &verbs[i];
    return NULL;
}

const char *phrase_verb(uint16_t kind)
{
    const struct verb *verb = verb_of(kind);

    return verb ? M(verb->english, verb->spanish) : NULL;
}

char *phrase_event(const struct model *model, size_t number, char *text,
                   size_t size)
{
    const struct trace_record *record = reader_event(model->reader, number);
    uint32_t task = reader_task(model->reader, number);
    uint16_t kind = TRACE_KIND(record->last);
    const char *place =
        reader_name(model->reader, TRACE_PLACE_OF(record->last));
    struct line line = {text, size, 0};
    char name[NAME];

    *text = '\0';
    add_task(&line, model, task);
    add(&line, " %s",
        phrase_verb(kind) ? phrase_verb(kind)
                          : words_kind(kind, name, sizeof name));
    words_object(model, task, record, name, sizeof name);
    if (kind == TRACE_CO_RUN && record->object == 0)
        snprintf(name, sizeof name, "%s",
                 M("its own code", "su propio código"));
    add(&line, "%s%s", *name ? " " : "", name);
    words_value(model, task, record, name, sizeof name);
    add(&line, "%s%s", *name ? ", " : "", name);
    if (*place)
        add(&line, "  @ %s", place);
    return text;
}
