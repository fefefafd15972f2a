// reader_order.c - streams of chunks, merged by time
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "tools/trace/reader_parts.h"

// ---- Streams ----------------------------------------------------------------

static int by_stream(const void *a, const void *b, void *reader)
{
    const struct trace_chunk *x = reader_image(reader, *(const uint32_t *)a);
    const struct trace_chunk *y = reader_image(reader, *(const uint32_t *)b);

    if (x->stream != y->stream)
        return x->stream < y->stream ? -1 : 1;
    return (x->sequence > y->sequence) - (x->sequence < y->sequence);
}

static size_t sort_lanes(struct reader *reader)
{
    size_t count = 0;

    for (size_t at = 0; at < reader->chunk_count; at++)
        if (reader_is_in_use(&reader->chunks[at]))
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
        return reader_no_memory(reader);
    reader->lanes = lanes;
    reader->lane_room = reader->chunk_room;
    return true;
}

// A chunk that was open when we read it, and has a successor now, has been
// closed since. Returns how many lanes there are in *count.
static bool settle_lanes(struct reader *reader, size_t *count)
{
    bool reads_again = false;

    *count = sort_lanes(reader);
    for (size_t i = 0; i + 1 < *count; i++) {
        size_t at = reader->lanes[i];
        struct reader_chunk *about = &reader->chunks[at];
        uint64_t bytes = reader->header.chunk_bytes, state = about->state;

        if (TRACE_CHUNK_STATE(state) != TRACE_CHUNK_OPEN ||
            reader_image(reader, at)->stream !=
                reader_image(reader, reader->lanes[i + 1])->stream)
            continue;
        if (!reader_read_at(reader, reader_image(reader, at), bytes,
                            reader->layout.chunks + about->number * bytes) ||
            !reader_settle(reader, at))
            return false;
        if (about->state >> 4 != state >> 4) // somebody else's already
            about->state = TRACE_CHUNK_TAKEN, about->count = 0;
        reads_again = true;
    }
    if (reads_again)
        *count = sort_lanes(reader);
    return true;
}

static bool check_successor(const struct reader *reader, size_t before,
                            size_t at)
{
    const struct trace_chunk *x = reader_image(reader, before),
                             *y = reader_image(reader, at);
    uint32_t count = reader->chunks[before].count;

    if (x->task != y->task || x->sequence == y->sequence)
        return false;
    if (x->sequence + 1 == y->sequence &&
        x->events_before + count != y->events_before)
        return false;
    return count == 0 || reader->chunks[at].count == 0 ||
           reader_records(x)[count - 1].time <= reader_records(y)[0].time;
}

static bool link_lanes(struct reader *reader, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t at = reader->lanes[i], before = i ? reader->lanes[i - 1] : 0;
        const struct trace_chunk *chunk = reader_image(reader, at);
        bool first =
            i == 0 || reader_image(reader, before)->stream != chunk->stream;

        if (!first && !check_successor(reader, before, at))
            return reader_wrong(reader,
                                M("chunk %u does not continue chunk %u",
                                  "el bloque %u no continúa el bloque %u"),
                                reader->chunks[at].number,
                                reader->chunks[before].number);
        reader->chunks[at].is_gap =
            first
                ? chunk->sequence != 0
                : reader_image(reader, before)->sequence + 1 != chunk->sequence;
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
        const struct trace_chunk *chunk = reader_image(reader, *c->lane);
        const struct trace_record *r = reader_records(chunk);

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

static size_t count_streams(const struct reader *reader, size_t lanes)
{
    size_t count = 0;
    uint32_t last = 0;

    for (size_t i = 0; i < lanes; i++) {
        uint32_t stream = reader_image(reader, reader->lanes[i])->stream;

        count += i == 0 || stream != last;
        last = stream;
    }
    return count;
}

static size_t make_heap(struct reader *reader, struct cursor *heap,
                        size_t lanes)
{
    size_t count = 0;

    for (size_t i = 0, end; i < lanes; i = end) {
        struct cursor *c = &heap[count];
        uint32_t stream = reader_image(reader, reader->lanes[i])->stream;

        for (end = i + 1; end < lanes; end++)
            if (reader_image(reader, reader->lanes[end])->stream != stream)
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
        return reader_no_memory(reader);
    reader->order = order;
    reader->room = room;
    return true;
}

static bool is_event_before(const struct reader *reader, uint32_t a, uint32_t b)
{
    const struct trace_record *x = (void *)(reader->pool + (size_t)a * UNIT);
    const struct trace_record *y = (void *)(reader->pool + (size_t)b * UNIT);
    uint32_t units = reader->header.chunk_bytes / UNIT;
    struct trace_chunk *p = reader_image(reader, a / units);
    struct trace_chunk *q = reader_image(reader, b / units);

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
        return reader_no_memory(reader);
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

bool reader_put_in_order(struct reader *reader, size_t *changed)
{
    size_t lanes, more;
    struct cursor *heap;

    if (!lanes_for_all(reader) || !settle_lanes(reader, &lanes) ||
        !reader_load_tables(reader) || !reader_check_tables(reader) ||
        !reader_check_references(reader) || !link_lanes(reader, lanes))
        return false;
    more = count_new(reader);
    *changed = reader->count;
    if (more == 0)
        return true;
    heap = calloc(count_streams(reader, lanes) + 1, sizeof *heap);
    if (!heap || !order_room(reader, more)) {
        free(heap);
        return reader_no_memory(reader);
    }
    merge(reader, heap, make_heap(reader, heap, lanes),
          reader->order + reader->count);
    free(heap);
    return insert_new(reader, more, changed);
}
