// phrase_event.c - each kind of event as a sentence of both languages
#include <stdio.h>
#include <string.h>

#include "runtime/message.h"
#include "tools/trace/words.h"
#include "viz/phrase.h"

enum { NAME = 300 };

// %o is the object and %v the value; [...] is left out when what is named in it
// is empty.
struct sentence {
    uint16_t kind;
    bool tells; // the story (phrase_tells)
    const char *english, *spanish;
};

static const struct sentence sentences[] = {
    {TRACE_TASK_BEGIN, true, "begins[, begun by %o]",
     "empieza[, por obra de %o]"},
    {TRACE_TASK_NAME, false, "is called %o", "se llama %o"},
    {TRACE_TASK_EXIT, true, "ends[: %v]", "termina[: %v]"},
    {TRACE_FORK, true, "forks, child: %o", "crea con fork el hijo %o"},
    {TRACE_EXEC, true, "becomes the program %o", "pasa a ser el programa %o"},
    {TRACE_WAIT_REQUEST, false, "waits for the end of a child[: %o]",
     "espera el fin de un hijo[: %o]"},
    {TRACE_WAIT_DONE, true, "has waited for %o[: %v]",
     "terminó de esperar a %o[: %v]"},
    {TRACE_JOIN_REQUEST, false, "waits for the end of %o",
     "espera el fin de %o"},
    {TRACE_JOIN_DONE, true, "has joined %o", "terminó de esperar a %o"},
    {TRACE_THREAD_CREATE, true, "creates the thread %o", "crea el hilo %o"},
    {TRACE_CHILD_CPU, false, "learns that %o was on a CPU[ for %v]",
     "se entera de que %o estuvo en CPU[ %v]"},
    {TRACE_CPU_RUN, false, "gets %o", "recibe la %o"},
    {TRACE_CPU_PREEMPT, false, "has to leave %o, but could go on",
     "tiene que dejar la %o, pero podría seguir"},
    {TRACE_CPU_BLOCK, false, "leaves %o and blocks", "deja la %o y se bloquea"},
    {TRACE_CPU_WAKE, false, "could go on, but has no CPU yet",
     "podría seguir, pero aún no tiene CPU"},
    {TRACE_CPU_DELAY, false, "waited %v for a CPU", "esperó una CPU %v"},
    {TRACE_CLEAN_UP, false,
     "is taken away by the kernel on %o[, which costs %v] (inferred)",
     "es retirada por el núcleo en la %o[, lo que cuesta %v] (inferido)"},
    {TRACE_CLEAN_UP_END, false, "is gone (inferred)",
     "ya no existe (inferido)"},
    {TRACE_SLEEP_BEGIN, true, "goes to sleep[ for %v]", "se duerme[ por %v]"},
    {TRACE_SLEEP_END, false, "wakes up", "se despierta"},
    {TRACE_YIELD, false, "lets others go first", "cede el paso"},
    {TRACE_LOCK_REQUEST, false, "asks for %o", "pide %o"},
    {TRACE_LOCK_ACQUIRE, true, "takes %o", "toma %o"},
    {TRACE_LOCK_RELEASE, true, "releases %o", "suelta %o"},
    {TRACE_LOCK_FAIL, true, "does not get %o", "no consigue %o"},
    {TRACE_SHARE_REQUEST, false, "asks for %o, to read", "pide %o, para leer"},
    {TRACE_SHARE_ACQUIRE, true, "takes %o, to read", "toma %o, para leer"},
    {TRACE_SHARE_RELEASE, true, "releases %o, after reading",
     "suelta %o, después de leer"},
    {TRACE_COND_WAIT, true, "waits for %o[, and releases %v]",
     "espera a %o[ y suelta %v]"},
    {TRACE_COND_WAKE, true, "was woken by %o[, and has %v]",
     "fue despertada por %o[ y tiene %v]"},
    {TRACE_COND_TIMEOUT, true, "waited too long for %o[, and has %v]",
     "esperó demasiado a %o[ y tiene %v]"},
    {TRACE_COND_SIGNAL, true, "signals %o", "señala %o"},
    {TRACE_COND_BROADCAST, true, "signals %o to all", "señala %o a todas"},
    {TRACE_SEM_INIT, false, "sets %o to %v", "pone %o en %v"},
    {TRACE_SEM_REQUEST, false, "asks to lower %o", "pide bajar %o"},
    {TRACE_SEM_ACQUIRE, true, "lowers %o", "baja %o"},
    {TRACE_SEM_FAIL, false, "does not get to lower %o", "no consigue bajar %o"},
    {TRACE_SEM_POST, true, "raises %o", "sube %o"},
    {TRACE_BARRIER_WAIT, false, "arrives at %o", "llega a %o"},
    {TRACE_BARRIER_LEAVE, true, "passes %o", "pasa %o"},
    {TRACE_PIPE_CREATE, true, "makes %o[, %v]", "crea %o[, %v]"},
    {TRACE_PIPE_WRITE_REQUEST, false, "asks to write into %o[, %v]",
     "pide escribir en %o[, %v]"},
    {TRACE_PIPE_WRITE, true, "writes into %o[, %v]", "escribe en %o[, %v]"},
    {TRACE_PIPE_READ_REQUEST, false, "asks to read from %o[, at most %v]",
     "pide leer de %o[, a lo más %v]"},
    {TRACE_PIPE_READ, true, "reads from %o[, %v]", "lee de %o[, %v]"},
    {TRACE_PIPE_CLOSE, true, "closes an end of %o[, %v]",
     "cierra un extremo de %o[, %v]"},
    {TRACE_PIPE_FAIL, false, "fails at %o", "falla en %o"},
    {TRACE_OUTPUT, true, "writes on %o[, %v]", "escribe en %o[, %v]"},
    {TRACE_IO_REQUEST, false, "asks for input or output on %o[, %v]",
     "pide entrada o salida en %o[, %v]"},
    {TRACE_IO_DONE, false, "has done input or output on %o[: %v]",
     "terminó la entrada o salida en %o[: %v]"},
    {TRACE_IO_WRITTEN, false, "has written to %o[: %v]",
     "escribió en %o[: %v]"},
    {TRACE_CALL_BEGIN, false, "calls %o[ (%v)]", "llama a %o[ (%v)]"},
    {TRACE_CALL_END, false, "comes back from %o[: %v]", "vuelve de %o[: %v]"},
    {TRACE_BLOCK_BEGIN, false, "is blocked in %o", "se bloquea en %o"},
    {TRACE_BLOCK_END, false, "goes on after %o", "sigue después de %o"},
    {TRACE_ALLOC, false, "allocates %v at %o", "reserva %v en %o"},
    {TRACE_FREE, false, "frees what is at %o[, %v]",
     "libera lo que hay en %o[, %v]"},
    {TRACE_CO_CREATE, false, "makes the coroutine %o", "crea la corrutina %o"},
    {TRACE_CO_RUN, true, "goes on[ with %o]", "sigue[ con %o]"},
    {TRACE_CO_END, false, "ends the coroutine %o", "termina la corrutina %o"},
    {TRACE_QUEUE_CREATE, false, "makes %o[, with room for %v]",
     "crea %o[, con lugar para %v]"},
    {TRACE_PUT_REQUEST, false, "wants to put %v into %o",
     "quiere poner %v en %o"},
    {TRACE_PUT, true, "puts [%v ]into %o", "pone [%v ]en %o"},
    {TRACE_GET_REQUEST, false, "wants to take from %o", "quiere sacar de %o"},
    {TRACE_GET, true, "takes [%v ]from %o", "saca [%v ]de %o"},
    {TRACE_QUEUE_CLOSE, true, "closes %o", "cierra %o"},
    {TRACE_QUEUE_FAIL, false, "gets nothing at %o", "no consigue nada en %o"},
    {TRACE_COUNTER, false, "counts %o: %v", "cuenta %o: %v"},
    {TRACE_MARK, true, "mark %o[, %v]", "marca %o[, %v]"},
    {TRACE_OBJECT_NAME, false, "gives the name %v", "da el nombre %v"},
    {TRACE_SCHEDULING, false, "who is on a CPU is known from here on: %o",
     "desde aquí se sabe quién está en una CPU: %o"},
    {TRACE_NOTE, true, "note: %o", "nota: %o"},
    {TRACE_FAILURE, true, "failure: %o", "fallo: %o"},
    {TRACE_PLACE, false, "goes on", "sigue"},
};

static const struct sentence *sentence_of(uint16_t kind)
{
    for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++)
        if (sentences[i].kind == kind)
            return &sentences[i];
    return NULL;
}

bool phrase_tells(uint16_t kind)
{
    const struct sentence *sentence = sentence_of(kind);

    return sentence && sentence->tells;
}

// ---- Filling a sentence -----------------------------------------------------

struct filling {
    const char *object, *value;
    char *text;
    size_t size, used;
};

static void put(struct filling *f, const char *part, size_t bytes)
{
    for (size_t i = 0; i < bytes && f->used + 1 < f->size; i++)
        f->text[f->used++] = part[i];
    f->text[f->used] = '\0';
}

static const char *part_of(const struct filling *f, char letter)
{
    return letter == 'o' ? f->object : f->value;
}

// Is what is named behind '[' empty?
static bool is_left_out(const struct filling *f, const char *bracket)
{
    return *part_of(f, strchr(bracket, '%')[1]) == '\0';
}

static void fill(struct filling *f, const char *sentence)
{
    for (const char *at = sentence; *at; at++) {
        if (*at == '[' && is_left_out(f, at)) {
            at = strchr(at, ']');
        } else if (*at == '%') {
            at++;
            put(f, part_of(f, *at), strlen(part_of(f, *at)));
        } else if (*at != '[' && *at != ']') {
            put(f, at, 1);
        }
    }
}

char *phrase_of(uint16_t kind, const char *object, const char *value,
                char *text, size_t size)
{
    const struct sentence *sentence = sentence_of(kind);
    struct filling f = {object, value, text, size, 0};

    *text = '\0';
    if (sentence)
        fill(&f, M(sentence->english, sentence->spanish));
    else
        words_kind(kind, text, size);
    return text;
}

// ---- One event --------------------------------------------------------------

// Some things have another name in a sentence than in a table.
static void name_object(const struct model *model, uint32_t task,
                        const struct trace_record *record, char *text,
                        size_t size)
{
    const struct trace_kind *kind = trace_kind_of(TRACE_KIND(record->last));

    if (kind->object == TRACE_CPU_NUMBER)
        snprintf(text, size, "CPU %u", (unsigned)record->object);
    else if (kind->object == TRACE_SOURCE)
        snprintf(text, size, "%s",
                 record->object == TRACE_SOURCE_PERF
                     ? M("every context switch", "cada cambio de contexto")
                 : record->object == TRACE_SOURCE_FALLBACK
                     ? M("from samples", "a partir de muestras")
                     : M("the explorer chooses", "elige el explorador"));
    else
        words_object(model, task, record, text, size);
}

static void name_value(const struct model *model, uint32_t task,
                       const struct trace_record *record, char *text,
                       size_t size)
{
    uint16_t kind = TRACE_KIND(record->last);

    if (kind == TRACE_FREE && record->value == 0)
        *text = '\0'; // nobody knows
    else if (kind == TRACE_PIPE_READ && (uint32_t)record->value == 0)
        snprintf(text, size, "%s", M("end of file", "fin de archivo"));
    else
        words_value(model, task, record, text, size);
}

char *phrase_event(const struct model *model, size_t number, char *text,
                   size_t size)
{
    const struct trace_record *record = reader_event(model->reader, number);
    uint32_t task = reader_task(model->reader, number);
    const char *place =
        reader_name(model->reader, TRACE_PLACE_OF(record->last));
    char who[NAME], object[NAME], value[NAME], what[3 * NAME];

    name_object(model, task, record, object, sizeof object);
    name_value(model, task, record, value, sizeof value);
    snprintf(
        text, size, "%s %s%s%s", model_task_label(model, task, who, sizeof who),
        phrase_of(TRACE_KIND(record->last), object, value, what, sizeof what),
        *place ? "  @ " : "", place);
    return text;
}
