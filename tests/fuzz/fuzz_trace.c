// fuzz_trace.c - any bytes at all, as a trace: opened, followed, told in words
//
// Each input is tried twice: as it is, and with its checks made right, so that
// what lies behind them is reached as well.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "tools/trace/export.h"
#include "viz/plain.h"

static void mend_chunk(char *bytes, size_t size, uint64_t at,
                       const struct trace_layout *layout, uint32_t number,
                       uint32_t chunk_count)
{
    struct trace_chunk *chunk = (void *)(bytes + at);
    struct trace_record *r = (void *)(chunk + 1);
    uint64_t ticket = TRACE_CHUNK_TICKET(chunk->state);

    if (at + sizeof *chunk + layout->records * sizeof *r > size)
        return;
    ticket += number + chunk_count - ticket % chunk_count;
    chunk->state = (chunk->state & 0x3ffffff) | ticket << 26;
    chunk->check = trace_chunk_check(chunk, chunk->state);
    for (uint32_t i = 0; i < layout->records && r[i].last; i++)
        r[i].last =
            (r[i].last << 16 >> 16) |
            (uint64_t)trace_record_check(r[i].time, r[i].object, r[i].value,
                                         r[i].last, chunk->state >> 26)
                << 48;
}

// Returns the size that fits the header.
static size_t mend(char *bytes, size_t size)
{
    struct trace_header *h = (void *)bytes;
    struct trace_layout layout;

    if (size < sizeof *h)
        return size;
    memcpy(h->magic, TRACE_MAGIC, sizeof h->magic);
    h->version = TRACE_VERSION;
    h->byte_order = TRACE_BYTE_ORDER;
    h->check = trace_header_check(h);
    h->next_ticket = 1 << 20;
    if (!trace_layout_of(h, &layout) || layout.end > size)
        return size;
    for (uint32_t i = 1; i < h->task_count; i++) {
        struct trace_entry *e = (void *)(bytes + layout.tasks);

        e[i].check = e[i].check ? trace_entry_check(&e[i]) : 0;
    }
    for (uint32_t i = 0; i < h->chunk_count; i++)
        mend_chunk(bytes, size, layout.chunks + (uint64_t)i * h->chunk_bytes,
                   &layout, i, h->chunk_count);
    return layout.end;
}

// All of it, and a stretch from somewhere within it.
static void export_both(FILE *out, struct model *model)
{
    struct export_what what = export_all();
    const struct export_format *format;

    for (int i = 0; (format = export_at(i)) != NULL; i++)
        format->write(out, model, &what);
    if (model->reader->count < 2)
        return;
    what.from = reader_event(model->reader, model->reader->count / 3)->time;
    what.until = reader_event(model->reader, model->reader->count / 2)->time;
    for (int i = 0; (format = export_at(i)) != NULL; i++)
        format->write(out, model, &what);
}

static void tell(const struct reader *reader, FILE *out)
{
    struct model model;

    if (!model_open(&model, reader))
        return;
    plain_header(out, &model);
    plain_timeline(out, &model, 20);
    for (size_t at = 0; at <= reader->count; at += 1 + reader->count / 7) {
        model_seek(&model, reader->count - at);
        plain_state(out, &model, &(struct batons){0}, &(struct blocks){0},
                    model.time);
    }
    export_both(out, &model);
    model_close(&model);
}

static void try_bytes(const char *bytes, size_t size)
{
    int fd = memfd_create("trace", 0);
    struct reader reader;
    char path[64];
    size_t changed;
    FILE *out;

    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    if (write(fd, bytes, size) != (ssize_t)size)
        abort();
    if (reader_open(&reader, path)) {
        out = fopen("/dev/null", "w");
        tell(&reader, out);
        fclose(out);
        if (reader_refresh(&reader, &changed))
            reader_close(&reader);
    }
    close(fd);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *bytes = malloc(size + 1);

    memcpy(bytes, data, size);
    try_bytes(bytes, size);
    size = mend(bytes, size);
    try_bytes(bytes, size);
    free(bytes);
    return 0;
}
