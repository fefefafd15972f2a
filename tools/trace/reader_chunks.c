// reader_chunks.c - loads chunks and checks each record in them
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/message.h"
#include "tools/trace/reader_parts.h"

enum { BATCH_BYTES = 1 << 20, TRIES = 16 };

// ---- One chunk --------------------------------------------------------------

struct trace_chunk *reader_image(const struct reader *reader, size_t at)
{
    return (void *)(reader->pool + at * reader->header.chunk_bytes);
}

struct trace_record *reader_records(const struct trace_chunk *chunk)
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
        return reader_wrong(
            reader, M("chunk %u, record %u %s", "bloque %u, registro %u: %s"),
            number, record, what[problem]);
    return reader_wrong(reader, M("chunk %u: %s", "bloque %u: %s"), number,
                        what[problem]);
}

static uint32_t published(const struct reader *reader,
                          const struct trace_chunk *chunk)
{
    uint32_t n = 0;

    while (n < reader->layout.records && reader_records(chunk)[n].last != 0)
        n++;
    return n;
}

static enum problem check_records(const struct reader *reader,
                                  const struct trace_chunk *chunk,
                                  uint32_t count, uint32_t *at)
{
    const struct trace_record *r = reader_records(chunk);
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
bool reader_settle(struct reader *reader, size_t at)
{
    struct trace_chunk *chunk = reader_image(reader, at);
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
        if (!reader_read_at(reader, chunk, reader->header.chunk_bytes, offset))
            return false;
    }
    return say_problem(reader, problem, about->number, record);
}

bool reader_is_in_use(const struct reader_chunk *about)
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
        return reader_no_memory(reader);
    pool = realloc(reader->pool, room * reader->header.chunk_bytes);
    if (!pool)
        return reader_no_memory(reader);
    reader->pool = pool;
    chunks = realloc(reader->chunks, room * sizeof *reader->chunks);
    if (!chunks)
        return reader_no_memory(reader);
    reader->chunks = chunks;
    reader->chunk_room = room;
    return true;
}

// Keeps the image at position at as the last one in memory. Those that nobody
// took are passed over; those being prepared are kept, to look at them again.
static bool keep_chunk(struct reader *reader, size_t at, uint32_t number)
{
    size_t to = reader->chunk_count;

    if (reader_image(reader, at)->state == TRACE_CHUNK_FREE)
        return true;
    reader->loaded[number / 8] |= (unsigned char)(1 << number % 8);
    if (at != to)
        memmove(reader_image(reader, to), reader_image(reader, at),
                reader->header.chunk_bytes);
    reader->chunks[to] = (struct reader_chunk){.number = number};
    reader->chunk_count++;
    return reader_settle(reader, to);
}

static bool load_batch(struct reader *reader, uint32_t from, uint32_t count)
{
    uint64_t bytes = reader->header.chunk_bytes;
    size_t at = reader->chunk_count;

    if (!make_room(reader, count) ||
        !reader_read_at(reader, reader_image(reader, at), count * bytes,
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
bool reader_load_until(struct reader *reader, uint64_t end)
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

bool reader_load_all(struct reader *reader)
{
    size_t size = reader->header.chunk_count / 8 + 1;

    free(reader->loaded);
    reader->loaded = calloc(size, 1);
    if (!reader->loaded)
        return reader_no_memory(reader);
    return reader_load_until(reader, reader->layout.end);
}
