// reader.c - loads chunks, checks them, puts their events in order
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/message.h"
#include "tools/trace/reader.h"

enum { BATCH_BYTES = 1 << 20, TRIES = 16, UNIT = sizeof(struct trace_record) };

// ---- What goes wrong --------------------------------------------------------

static bool wrong(struct reader *reader, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static bool wrong(struct reader *reader, const char *format, ...)
{
    int used = snprintf(reader->error, sizeof reader->error,
                        "%.200s: ", reader->path ? reader->path : "");
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(reader->error + used, sizeof reader->error - (size_t)used, format,
              arguments);
    va_end(arguments);
    return false;
}

static bool no_memory(struct reader *reader)
{
    return wrong(reader, M("not enough memory to read this trace",
                           "no alcanza la memoria para leer esta traza"));
}

static bool cut_short(struct reader *reader)
{
    return wrong(reader, M("the trace was cut short while it was read",
                           "la traza fue recortada mientras se leía"));
}

// Reads size bytes at offset: all of them or none.
static bool read_at(struct reader *reader, void *bytes, size_t size,
                    uint64_t offset)
{
    while (size > 0) {
        ssize_t got = pread(reader->fd, bytes, size, (off_t)offset);

        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return wrong(reader, "%s", strerror(errno));
        if (got == 0)
            return cut_short(reader);
        bytes = (char *)bytes + got;
        size -= (size_t)got;
        offset += (uint64_t)got;
    }
    return true;
}

// ---- Header -----------------------------------------------------------------

static bool check_kind_of_file(struct reader *reader, uint64_t size)
{
    const struct trace_header *h = &reader->header;

    if (size < sizeof *h && size < sizeof h->magic)
        return wrong(reader,
                     M("this is not a trace: it has only %llu bytes",
                       "esto no es una traza: tiene solo %llu bytes"),
                     (unsigned long long)size);
    if (memcmp(h->magic, TRACE_MAGIC, sizeof h->magic) != 0)
        return wrong(reader,
                     M("this is not a trace: it does not begin like one",
                       "esto no es una traza: no empieza como tal"));
    if (size < sizeof *h)
        return wrong(reader,
                     M("the trace is cut short in its header (%llu bytes)",
                       "la traza está recortada en su cabecera (%llu bytes)"),
                     (unsigned long long)size);
    return true;
}

static bool check_version(struct reader *reader)
{
    const struct trace_header *h = &reader->header;

    if (h->byte_order == __builtin_bswap32(TRACE_BYTE_ORDER))
        return wrong(
            reader,
            M("the trace comes from a machine with the other byte order",
              "la traza viene de una máquina con el otro orden de bytes"));
    if (h->byte_order != TRACE_BYTE_ORDER)
        return wrong(reader, M("the byte order in the header is damaged",
                               "el orden de bytes en la cabecera está dañado"));
    if (h->version != TRACE_VERSION)
        return wrong(reader,
                     M("the trace has format %u; this Telar reads format %d",
                       "la traza tiene el formato %u; este Telar lee el "
                       "formato %d"),
                     h->version, TRACE_VERSION);
    return true;
}

static bool check_sizes(struct reader *reader, uint64_t size)
{
    const struct trace_header *h = &reader->header;

    if (h->check != trace_header_check(h))
        return wrong(reader, M("the header is damaged (its check is wrong)",
                               "la cabecera está dañada (falla su suma de "
                               "control)"));
    if (!trace_layout_of(h, &reader->layout))
        return wrong(reader, M("the header gives sizes that are not possible",
                               "la cabecera da tamaños que no son posibles"));
    if (size < reader->layout.end)
        return wrong(reader,
                     M("the trace is cut short: %llu of %llu bytes",
                       "la traza está recortada: %llu de %llu bytes"),
                     (unsigned long long)size,
                     (unsigned long long)reader->layout.end);
    if (size > reader->layout.end)
        return wrong(reader,
                     M("the trace is longer than its header says: %llu bytes "
                       "instead of %llu",
                       "la traza es más larga de lo que dice su cabecera: "
                       "%llu bytes en vez de %llu"),
                     (unsigned long long)size,
                     (unsigned long long)reader->layout.end);
    return true;
}

static bool open_file(struct reader *reader, uint64_t *size)
{
    struct stat about;

    reader->fd = open(reader->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (reader->fd < 0 || fstat(reader->fd, &about) != 0)
        return wrong(reader, "%s", strerror(errno));
    if (!S_ISREG(about.st_mode))
        return wrong(reader, M("this is not a regular file",
                               "esto no es un archivo regular"));
    *size = (uint64_t)about.st_size;
    return true;
}

static bool read_header(struct reader *reader)
{
    uint64_t size = 0, part;

    if (!open_file(reader, &size))
        return false;
    part = size < sizeof reader->header ? size : sizeof reader->header;
    return read_at(reader, &reader->header, part, 0) &&
           check_kind_of_file(reader, size) && check_version(reader) &&
           check_sizes(reader, size);
}

// ---- One chunk --------------------------------------------------------------

static struct trace_chunk *image(const struct reader *reader, size_t at)
{
    return (void *)(reader->pool + at * reader->header.chunk_bytes);
}

static struct trace_record *records_of(const struct trace_chunk *chunk)
{
    return (struct trace_record *)(chunk + 1);
}

enum problem {
    FINE,
    BAD_STATE,
    BAD_CHECK,
    BAD_COUNT,
    BAD_RECORD,
    BAD_TIME,
    BAD_HOLE
};

static bool say_problem(struct reader *reader, enum problem problem,
                        uint32_t number, uint32_t record)
{
    const char *const what[] = {
        [FINE] = "",
        [BAD_STATE] = M("its state is none that exists",
                        "su estado no es ninguno que exista"),
        [BAD_CHECK] = M("its beginning is damaged (wrong check)",
                        "su comienzo está dañado (falla la suma de control)"),
        [BAD_COUNT] = M("it does not have as many records as it says",
                        "no tiene tantos registros como dice"),
        [BAD_RECORD] =
            M("is damaged (wrong check)", "está dañado (falla la suma)"),
        [BAD_TIME] = M("is earlier than the one before",
                       "es anterior al que lo precede"),
        [BAD_HOLE] =
            M("is missing, and more follow", "falta, y después hay más"),
    };

    if (problem >= BAD_RECORD)
        return wrong(reader,
                     M("chunk %u, record %u %s", "bloque %u, registro %u: %s"),
                     number, record, what[problem]);
    return wrong(reader, M("chunk %u: %s", "bloque %u: %s"), number,
                 what[problem]);
}

static uint32_t published(const struct reader *reader,
                          const struct trace_chunk *chunk)
{
    uint32_t n = 0;

    while (n < reader->layout.records && records_of(chunk)[n].last != 0)
        n++;
    return n;
}

static enum problem check_records(const struct reader *reader,
                                  const struct trace_chunk *chunk,
                                  uint32_t count, uint32_t *at)
{
    const struct trace_record *r = records_of(chunk);
    uint64_t before = reader->header.start;
    uint64_t ticket = TRACE_CHUNK_TICKET(chunk->state);
    uint32_t i;

    for (i = 0; i < count; i++, before = r[i - 1].time) {
        *at = i;
        if (TRACE_CHECK(r[i].last) != trace_record_check(r[i].time, r[i].object,
                                                         r[i].value, r[i].last,
                                                         ticket))
            return BAD_RECORD;
        if (r[i].time < before)
            return BAD_TIME;
    }
    *at = count;
    for (i = count; i < reader->layout.records; i++)
        if (r[i].last != 0)
            return BAD_HOLE;
    return FINE;
}

static enum problem check_chunk(const struct reader *reader,
                                const struct trace_chunk *chunk,
                                uint32_t number, uint32_t *count, uint32_t *at)
{
    uint64_t state = chunk->state;
    uint32_t told = chunk->count;

    if (TRACE_CHUNK_TICKET(state) % reader->header.chunk_count != number)
        return BAD_STATE;
    if (chunk->check != trace_chunk_check(chunk, state))
        return BAD_CHECK;
    *count = published(reader, chunk);
    // Between the two stores that close a chunk, both are right.
    if (told != *count &&
        (told != 0 || TRACE_CHUNK_STATE(state) == TRACE_CHUNK_CLOSED))
        return BAD_COUNT;
    return check_records(reader, chunk, *count, at);
}

// Whoever writes while we read may show us half of what he does; he does not
// stay there, but damage does.
static bool settle_chunk(struct reader *reader, size_t at)
{
    struct trace_chunk *chunk = image(reader, at);
    struct reader_chunk *about = &reader->chunks[at];
    uint64_t offset = reader->layout.chunks +
                      (uint64_t)about->number * reader->header.chunk_bytes;
    enum problem problem = BAD_STATE;
    uint32_t record = 0;

    for (int i = 0; i < TRIES; i++) {
        int state = TRACE_CHUNK_STATE(chunk->state);

        about->state = chunk->state;
        about->count = 0;
        if (state == TRACE_CHUNK_TAKEN || chunk->state == TRACE_CHUNK_FREE)
            return true;
        if (state == TRACE_CHUNK_OPEN || state == TRACE_CHUNK_CLOSED)
            problem = check_chunk(reader, chunk, about->number, &about->count,
                                  &record);
        if (problem == FINE)
            return true;
        if (!read_at(reader, chunk, reader->header.chunk_bytes, offset))
            return false;
    }
    return say_problem(reader, problem, about->number, record);
}

static bool is_in_use(const struct reader_chunk *about)
{
    int state = TRACE_CHUNK_STATE(about->state);

    return state == TRACE_CHUNK_OPEN || state == TRACE_CHUNK_CLOSED;
}

// ---- All chunks -------------------------------------------------------------

static bool make_room(struct reader *reader, size_t more)
{
    size_t room = reader->chunk_count + more;
    void *pool, *chunks;

    if (room <= reader->chunk_room)
        return true;
    room += reader->chunk_room / 2;
    if (room > UINT32_MAX / (reader->header.chunk_bytes / UNIT))
        return no_memory(reader);
    pool = realloc(reader->pool, room * reader->header.chunk_bytes);
    if (!pool)
        return no_memory(reader);
    reader->pool = pool;
    chunks = realloc(reader->chunks, room * sizeof *reader->chunks);
    if (!chunks)
        return no_memory(reader);
    reader->chunks = chunks;
    reader->chunk_room = room;
    return true;
}

// Keeps the image at position at as the last one in memory. Those that nobody
// took are passed over; those being prepared are kept, to look at them again.
static bool keep_chunk(struct reader *reader, size_t at, uint32_t number)
{
    size_t to = reader->chunk_count;

    if (image(reader, at)->state == TRACE_CHUNK_FREE)
        return true;
    reader->loaded[number / 8] |= (unsigned char)(1 << number % 8);
    if (at != to)
        memmove(image(reader, to), image(reader, at),
                reader->header.chunk_bytes);
    reader->chunks[to] = (struct reader_chunk){.number = number};
    reader->chunk_count++;
    return settle_chunk(reader, to);
}

static bool load_batch(struct reader *reader, uint32_t from, uint32_t count)
{
    uint64_t bytes = reader->header.chunk_bytes;
    size_t at = reader->chunk_count;

    if (!make_room(reader, count) ||
        !read_at(reader, image(reader, at), count * bytes,
                 reader->layout.chunks + from * bytes))
        return false;
    for (uint32_t i = 0; i < count; i++)
        if (!keep_chunk(reader, at + i, from + i))
            return false;
    return true;
}

static bool is_loaded(const struct reader *reader, uint32_t number)
{
    return reader->loaded[number / 8] >> number % 8 & 1;
}

// Those of them that are not in memory yet.
static bool load_chunks(struct reader *reader, uint32_t from, uint32_t end)
{
    uint32_t batch = BATCH_BYTES / reader->header.chunk_bytes;

    while (from < end) {
        uint32_t count = 0;

        while (from < end && is_loaded(reader, from))
            from++;
        while (count < batch && from + count < end &&
               !is_loaded(reader, from + count))
            count++;
        if (count && !load_batch(reader, from, count))
            return false;
        from += count;
    }
    return true;
}

// A trace is mostly holes on the disk; only what lies between them is read, so
// that a small file cannot make us read and keep a large one.
static bool load_until(struct reader *reader, uint64_t end)
{
    uint64_t bytes = reader->header.chunk_bytes;
    uint64_t base = reader->layout.chunks, next = base;

    while (next < end) {
        off_t data = lseek(reader->fd, (off_t)next, SEEK_DATA), hole;

        if (data < 0 && errno == ENXIO)
            break;
        hole = data < 0 ? -1 : lseek(reader->fd, data, SEEK_HOLE);
        if (data < 0)
            data = (off_t)next;
        if (hole < 0 || (uint64_t)hole > end)
            hole = (off_t)end;
        next = base + ((uint64_t)hole - base + bytes - 1) / bytes * bytes;
        if (!load_chunks(reader, (uint32_t)(((uint64_t)data - base) / bytes),
                         (uint32_t)((next - base) / bytes)))
            return false;
    }
    return true;
}

static bool load_all(struct reader *reader)
{
    size_t size = reader->header.chunk_count / 8 + 1;

    free(reader->loaded);
    reader->loaded = calloc(size, 1);
    if (!reader->loaded)
        return no_memory(reader);
    return load_until(reader, reader->layout.end);
}

// ---- Tasks and names --------------------------------------------------------

// What grows in the header; the rest of it was checked and stays as it was.
static bool read_counters(struct reader *reader)
{
    size_t from = offsetof(struct trace_header, next_ticket);

    return read_at(reader, (char *)&reader->header + from,
                   sizeof reader->header - from, from);
}

// The order matters while somebody writes: a chunk is written after the entry
// of its task, a slot after the text of its name.
static bool load_tables(struct reader *reader)
{
    const struct trace_header *h = &reader->header;
    size_t entries = h->task_count * sizeof *reader->tasks;
    size_t slots = h->name_count * sizeof *reader->slots;

    if (!reader->tasks) {
        reader->tasks = malloc(entries);
        reader->slots = malloc(slots);
        reader->text = malloc(h->text_bytes);
    }
    if (!reader->tasks || !reader->slots || !reader->text)
        return no_memory(reader);
    return read_at(reader, reader->tasks, entries, reader->layout.tasks) &&
           read_at(reader, reader->slots, slots, reader->layout.slots) &&
           read_at(reader, reader->text, h->text_bytes, reader->layout.text) &&
           read_counters(reader);
}

static bool check_slot(struct reader *reader, uint32_t number)
{
    uint64_t slot = reader->slots[number];
    uint32_t offset = (uint32_t)slot, room = reader->header.text_bytes;

    if (slot == 0)
        return true;
    if (offset >= room || !memchr(reader->text + offset, 0, room - offset) ||
        trace_name_hash(reader->text + offset) != slot >> 32)
        return wrong(reader,
                     M("name %u is damaged", "el nombre %u está dañado"),
                     number + 1);
    return true;
}

static bool is_name(const struct reader *reader, uint64_t number)
{
    return number <= reader->header.name_count &&
           (number == 0 || reader->slots[number - 1] != 0);
}

static bool check_entry(struct reader *reader, uint32_t number)
{
    const struct trace_entry *entry = &reader->tasks[number];

    if (entry->check == 0)
        return true;
    if (entry->check != trace_entry_check(entry) || number == 0 ||
        number >= reader->header.next_task ||
        entry->begin < reader->header.start ||
        entry->parent >= reader->header.task_count ||
        !is_name(reader, entry->name))
        return wrong(reader,
                     M("the entry of task %u is damaged",
                       "la entrada de la tarea %u está dañada"),
                     number);
    reader->task_limit = number + 1;
    return true;
}

static bool check_tables(struct reader *reader)
{
    for (uint32_t i = 0; i < reader->header.name_count; i++)
        if (!check_slot(reader, i))
            return false;
    reader->task_limit = 1;
    for (uint32_t i = 0; i < reader->header.task_count; i++)
        if (!check_entry(reader, i))
            return false;
    return true;
}

static bool has_known_names(const struct reader *reader,
                            const struct trace_record *r)
{
    const struct trace_kind *kind = trace_kind_of(TRACE_KIND(r->last));

    return is_name(reader, TRACE_PLACE_OF(r->last)) &&
           (kind->object != TRACE_NAME || is_name(reader, r->object)) &&
           (kind->value != TRACE_NAME || is_name(reader, r->value));
}

static bool check_names(struct reader *reader, size_t at)
{
    const struct trace_record *r = records_of(image(reader, at));
    struct reader_chunk *about = &reader->chunks[at];

    for (uint32_t i = about->merged; i < about->count; i++) {
        if (!has_known_names(reader, &r[i]))
            return wrong(reader,
                         M("chunk %u, record %u: it has a name that is not "
                           "there",
                           "bloque %u, registro %u: tiene un nombre que no "
                           "está"),
                         about->number, i);
        reader->unknown += !trace_kind_of(TRACE_KIND(r[i].last))->name;
    }
    return true;
}

static bool check_references(struct reader *reader)
{
    reader->unfinished = 0;
    for (size_t at = 0; at < reader->chunk_count; at++) {
        const struct trace_chunk *chunk = image(reader, at);
        const struct reader_chunk *about = &reader->chunks[at];

        reader->unfinished += !is_in_use(about);
        if (!is_in_use(about))
            continue;
        if (!reader_entry(reader, chunk->task) ||
            TRACE_CHUNK_TICKET(about->state) >= reader->header.next_ticket)
            return wrong(reader,
                         M("chunk %u: it belongs to a task that is not there",
                           "bloque %u: es de una tarea que no está"),
                         about->number);
        if (!check_names(reader, at))
            return false;
    }
    return true;
}

// ---- Streams ----------------------------------------------------------------

static int by_stream(const void *a, const void *b, void *reader)
{
    const struct trace_chunk *x = image(reader, *(const uint32_t *)a);
    const struct trace_chunk *y = image(reader, *(const uint32_t *)b);

    if (x->stream != y->stream)
        return x->stream < y->stream ? -1 : 1;
    return (x->sequence > y->sequence) - (x->sequence < y->sequence);
}

static size_t sort_lanes(struct reader *reader)
{
    size_t count = 0;

    for (size_t at = 0; at < reader->chunk_count; at++)
        if (is_in_use(&reader->chunks[at]))
            reader->lanes[count++] = (uint32_t)at;
    if (count > 1)
        qsort_r(reader->lanes, count, sizeof *reader->lanes, by_stream, reader);
    return count;
}

static bool lanes_for_all(struct reader *reader)
{
    uint32_t *lanes;

    if (reader->chunk_count <= reader->lane_room)
        return true;
    lanes = realloc(reader->lanes, reader->chunk_room * sizeof *lanes);
    if (!lanes)
        return no_memory(reader);
    reader->lanes = lanes;
    reader->lane_room = reader->chunk_room;
    return true;
}

// A chunk that was open when we read it, and has a successor now, has been
// closed since. Returns how many lanes there are in *count.
static bool settle_lanes(struct reader *reader, size_t *count)
{
    *count = sort_lanes(reader);
    for (size_t i = 0; i + 1 < *count; i++) {
        size_t at = reader->lanes[i];
        struct reader_chunk *about = &reader->chunks[at];
        uint64_t bytes = reader->header.chunk_bytes, state = about->state;

        if (TRACE_CHUNK_STATE(state) != TRACE_CHUNK_OPEN ||
            image(reader, at)->stream !=
                image(reader, reader->lanes[i + 1])->stream)
            continue;
        if (!read_at(reader, image(reader, at), bytes,
                     reader->layout.chunks + about->number * bytes) ||
            !settle_chunk(reader, at))
            return false;
        if (about->state >> 4 != state >> 4) // somebody else's already
            about->state = TRACE_CHUNK_TAKEN, about->count = 0;
    }
    *count = sort_lanes(reader);
    return true;
}

static bool check_successor(const struct reader *reader, size_t before,
                            size_t at)
{
    const struct trace_chunk *x = image(reader, before), *y = image(reader, at);
    uint32_t count = reader->chunks[before].count;

    if (x->task != y->task || x->sequence == y->sequence)
        return false;
    if (x->sequence + 1 == y->sequence &&
        x->events_before + count != y->events_before)
        return false;
    return count == 0 || reader->chunks[at].count == 0 ||
           records_of(x)[count - 1].time <= records_of(y)[0].time;
}

static bool link_lanes(struct reader *reader, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t at = reader->lanes[i], before = i ? reader->lanes[i - 1] : 0;
        const struct trace_chunk *chunk = image(reader, at);
        bool first = i == 0 || image(reader, before)->stream != chunk->stream;

        if (!first && !check_successor(reader, before, at))
            return wrong(reader,
                         M("chunk %u does not continue chunk %u",
                           "el bloque %u no continúa el bloque %u"),
                         reader->chunks[at].number,
                         reader->chunks[before].number);
        reader->chunks[at].is_gap =
            first ? chunk->sequence != 0
                  : image(reader, before)->sequence + 1 != chunk->sequence;
    }
    return true;
}

// ---- Order ------------------------------------------------------------------

// A stream being merged: the next of its events that is not in order yet.
struct cursor {
    uint64_t time;
    uint32_t task, stream;
    uint32_t *lane, *end; // chunks of the stream, from the present one on
    const struct trace_record *next, *limit;
    uint32_t unit; // of next
};

static void enter_chunk(struct reader *reader, struct cursor *c)
{
    for (; c->lane < c->end; c->lane++) {
        struct reader_chunk *about = &reader->chunks[*c->lane];
        const struct trace_chunk *chunk = image(reader, *c->lane);
        const struct trace_record *r = records_of(chunk);

        if (about->merged < about->count) {
            c->next = r + about->merged;
            c->limit = r + about->count;
            c->unit =
                (uint32_t)(((const unsigned char *)c->next - reader->pool) /
                           UNIT);
            c->time = c->next->time;
            c->task = chunk->task;
            c->stream = chunk->stream;
            about->merged = about->count;
            return;
        }
    }
}

static bool is_before(const struct cursor *a, const struct cursor *b)
{
    if (a->time != b->time)
        return a->time < b->time;
    if (a->task != b->task)
        return a->task < b->task;
    return a->stream < b->stream;
}

static void sink(struct cursor *heap, size_t count, size_t at)
{
    for (size_t child; (child = 2 * at + 1) < count; at = child) {
        struct cursor swap = heap[at];

        child += child + 1 < count && is_before(&heap[child + 1], &heap[child]);
        if (!is_before(&heap[child], &heap[at]))
            return;
        heap[at] = heap[child];
        heap[child] = swap;
    }
}

static size_t make_heap(struct reader *reader, struct cursor *heap,
                        size_t lanes)
{
    size_t count = 0;

    for (size_t i = 0, end; i < lanes; i = end) {
        struct cursor *c = &heap[count];
        uint32_t stream = image(reader, reader->lanes[i])->stream;

        for (end = i + 1; end < lanes; end++)
            if (image(reader, reader->lanes[end])->stream != stream)
                break;
        c->lane = &reader->lanes[i];
        c->end = &reader->lanes[end];
        enter_chunk(reader, c);
        count += c->lane < c->end;
    }
    for (size_t i = count / 2; i-- > 0;)
        sink(heap, count, i);
    return count;
}

// What the first cursor may give before another one has its turn.
static const struct cursor *rival(const struct cursor *heap, size_t count)
{
    if (count < 3)
        return count < 2 ? NULL : &heap[1];
    return is_before(&heap[1], &heap[2]) ? &heap[1] : &heap[2];
}

static void merge(struct reader *reader, struct cursor *heap, size_t count,
                  uint32_t *out)
{
    while (count > 0) {
        struct cursor *c = &heap[0];
        const struct cursor *other = rival(heap, count);

        do {
            *out++ = c->unit++;
            c->time = ++c->next < c->limit ? c->next->time : c->time;
        } while (c->next < c->limit && (!other || is_before(c, other)));
        if (c->next == c->limit) {
            c->lane++;
            enter_chunk(reader, c);
            if (c->lane == c->end)
                heap[0] = heap[--count];
        }
        sink(heap, count, 0);
    }
}

static size_t count_new(const struct reader *reader)
{
    size_t count = 0;

    for (size_t at = 0; at < reader->chunk_count; at++)
        count += reader->chunks[at].count - reader->chunks[at].merged;
    return count;
}

static bool order_room(struct reader *reader, size_t more)
{
    size_t room = reader->count + more;
    uint32_t *order;

    if (room <= reader->room)
        return true;
    room += reader->room / 2;
    order = realloc(reader->order, room * sizeof *order);
    if (!order)
        return no_memory(reader);
    reader->order = order;
    reader->room = room;
    return true;
}

static bool is_event_before(const struct reader *reader, uint32_t a, uint32_t b)
{
    const struct trace_record *x = (void *)(reader->pool + (size_t)a * UNIT);
    const struct trace_record *y = (void *)(reader->pool + (size_t)b * UNIT);
    uint32_t units = reader->header.chunk_bytes / UNIT;
    struct trace_chunk *p = image(reader, a / units);
    struct trace_chunk *q = image(reader, b / units);

    if (x->time != y->time)
        return x->time < y->time;
    if (p->task != q->task)
        return p->task < q->task;
    return p->stream != q->stream ? p->stream < q->stream : false;
}

// Puts the more events that stand behind the count in order among these; most
// often they all come later. From the end, so that no second array is needed
// but for the new ones.
static bool insert_new(struct reader *reader, size_t more, size_t *changed)
{
    uint32_t *order = reader->order, *fresh;
    size_t old = reader->count, to = old + more;

    reader->count = to;
    *changed = old;
    if (more == 0 || old == 0 ||
        !is_event_before(reader, order[old], order[old - 1]))
        return true;
    fresh = malloc(more * sizeof *fresh);
    if (!fresh)
        return no_memory(reader);
    memcpy(fresh, order + old, more * sizeof *fresh);
    while (more > 0 && old > 0) {
        bool late = is_event_before(reader, fresh[more - 1], order[old - 1]);

        order[--to] = late ? order[--old] : fresh[--more];
    }
    memcpy(order, fresh, more * sizeof *fresh);
    *changed = to - more;
    free(fresh);
    return true;
}

static bool put_in_order(struct reader *reader, size_t *changed)
{
    size_t lanes, more;
    struct cursor *heap;

    if (!lanes_for_all(reader) || !settle_lanes(reader, &lanes) ||
        !load_tables(reader) || !check_tables(reader) ||
        !check_references(reader) || !link_lanes(reader, lanes))
        return false;
    more = count_new(reader);
    *changed = reader->count;
    if (more == 0)
        return true;
    heap = calloc(lanes + 1, sizeof *heap);
    if (!heap || !order_room(reader, more)) {
        free(heap);
        return no_memory(reader);
    }
    merge(reader, heap, make_heap(reader, heap, lanes),
          reader->order + reader->count);
    free(heap);
    return insert_new(reader, more, changed);
}

// ---- Opening, following, closing --------------------------------------------

void reader_close(struct reader *reader)
{
    if (reader->fd >= 0)
        close(reader->fd);
    free(reader->path);
    free(reader->tasks);
    free(reader->slots);
    free(reader->text);
    free(reader->pool);
    free(reader->loaded);
    free(reader->chunks);
    free(reader->lanes);
    free(reader->order);
    reader->path = NULL;
    reader->tasks = NULL;
    reader->slots = NULL;
    reader->text = NULL;
    reader->pool = reader->loaded = NULL;
    reader->chunks = NULL;
    reader->lanes = reader->order = NULL;
    reader->count = reader->room = reader->lane_room = 0;
    reader->chunk_count = reader->chunk_room = 0;
    reader->fd = -1;
}

bool reader_open(struct reader *reader, const char *path)
{
    size_t changed;

    *reader = (struct reader){.fd = -1, .path = strdup(path)};
    if (!reader->path)
        return wrong(reader, "%s", strerror(ENOMEM));
    if (read_header(reader) && load_all(reader) &&
        put_in_order(reader, &changed))
        return true;
    reader_close(reader);
    return false;
}

static bool load_again(struct reader *reader, size_t *changed)
{
    reader->chunk_count = reader->count = 0;
    reader->unknown = 0;
    if (!load_all(reader) || !put_in_order(reader, changed))
        return false;
    *changed = 0;
    return true;
}

static bool load_open(struct reader *reader)
{
    uint64_t bytes = reader->header.chunk_bytes;

    for (size_t at = 0; at < reader->chunk_count; at++) {
        struct reader_chunk *about = &reader->chunks[at];

        if (TRACE_CHUNK_STATE(about->state) == TRACE_CHUNK_CLOSED)
            continue;
        if (!read_at(reader, image(reader, at), bytes,
                     reader->layout.chunks + about->number * bytes) ||
            !settle_chunk(reader, at))
            return false;
    }
    return true;
}

static bool refresh(struct reader *reader, size_t *changed)
{
    uint64_t before = reader->header.next_ticket, now;
    uint64_t count = reader->header.chunk_count;

    if (!read_counters(reader))
        return false;
    now = reader->header.next_ticket;
    if (now < before)
        return wrong(reader, M("the header is damaged: chunks vanished",
                               "la cabecera está dañada: faltan bloques"));
    if (reader->header.policy == TRACE_OVERWRITE && now > count)
        return load_again(reader, changed);
    now = now < count ? now : count;
    return load_open(reader) &&
           load_until(reader, reader->layout.chunks +
                                  now * reader->header.chunk_bytes) &&
           put_in_order(reader, changed);
}

bool reader_refresh(struct reader *reader, size_t *changed)
{
    *changed = 0;
    if (refresh(reader, changed))
        return true;
    reader_close(reader);
    return false;
}

// ---- Asking -----------------------------------------------------------------

const struct trace_record *reader_event(const struct reader *reader,
                                        size_t number)
{
    return (void *)(reader->pool + (size_t)reader->order[number] * UNIT);
}

const struct trace_chunk *reader_chunk_of(const struct reader *reader,
                                          size_t number)
{
    uint32_t units = reader->header.chunk_bytes / UNIT;

    return image(reader, reader->order[number] / units);
}

uint32_t reader_task(const struct reader *reader, size_t number)
{
    return reader_chunk_of(reader, number)->task;
}

bool reader_is_gap(const struct reader *reader, size_t number)
{
    uint32_t units = reader->header.chunk_bytes / UNIT;
    uint32_t unit = reader->order[number];

    return unit % units == sizeof(struct trace_chunk) / UNIT &&
           reader->chunks[unit / units].is_gap;
}

size_t reader_at(const struct reader *reader, uint64_t time)
{
    size_t low = 0, high = reader->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (reader_event(reader, middle)->time <= time)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const char *reader_name(const struct reader *reader, uint32_t number)
{
    if (number == 0 || !is_name(reader, number))
        return "";
    return reader->text + (uint32_t)reader->slots[number - 1];
}

const struct trace_entry *reader_entry(const struct reader *reader,
                                       uint32_t task)
{
    if (task == 0 || task >= reader->task_limit || !reader->tasks[task].check)
        return NULL;
    return &reader->tasks[task];
}

uint64_t reader_lost(const struct reader *reader)
{
    uint64_t lost = 0;

    for (uint32_t i = 0; i < reader->task_limit; i++)
        lost += reader->tasks[i].lost;
    return lost;
}
