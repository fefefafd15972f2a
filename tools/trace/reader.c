// reader.c - opens a trace, follows it, answers
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/message.h"
#include "tools/course/error_words.h"
#include "tools/trace/reader_parts.h"

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
        return reader_wrong(reader, "%s", error_words(ENOMEM));
    if (reader_read_header(reader) && reader_load_all(reader) &&
        reader_put_in_order(reader, &changed))
        return true;
    reader_close(reader);
    return false;
}

static bool load_again(struct reader *reader, size_t *changed)
{
    reader->chunk_count = reader->count = 0;
    reader->unknown = 0;
    if (!reader_load_all(reader) || !reader_put_in_order(reader, changed))
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
        if (!reader_read_at(reader, reader_image(reader, at), bytes,
                            reader->layout.chunks + about->number * bytes) ||
            !reader_settle(reader, at))
            return false;
    }
    return true;
}

static bool refresh(struct reader *reader, size_t *changed)
{
    uint64_t before = reader->header.next_ticket, now;
    uint64_t count = reader->header.chunk_count;

    if (!reader_read_counters(reader))
        return false;
    now = reader->header.next_ticket;
    if (now < before)
        return reader_wrong(reader,
                            M("the header is damaged: chunks vanished",
                              "la cabecera está dañada: faltan bloques"));
    if (reader->header.policy == TRACE_OVERWRITE && now > count)
        return load_again(reader, changed);
    now = now < count ? now : count;
    return load_open(reader) &&
           reader_load_until(reader, reader->layout.chunks +
                                         now * reader->header.chunk_bytes) &&
           reader_put_in_order(reader, changed);
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

bool reader_is_gap(const struct reader *reader, size_t number)
{
    uint32_t units = reader->header.chunk_bytes / UNIT;
    uint32_t unit = reader->order[number];

    return (unit & (units - 1)) == sizeof(struct trace_chunk) / UNIT &&
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
    if (number == 0 || !reader_is_name(reader, number))
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
