// reader_file.c - the file, its header, and what to say when it is bad
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/message.h"
#include "tools/course/error_words.h"
#include "tools/trace/reader_parts.h"

// ---- What goes wrong --------------------------------------------------------

bool reader_wrong(struct reader *reader, const char *format, ...)
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

bool reader_no_memory(struct reader *reader)
{
    return reader_wrong(reader,
                        M("not enough memory to read this trace",
                          "no alcanza la memoria para leer esta traza"));
}

static bool cut_short(struct reader *reader)
{
    return reader_wrong(reader, M("the trace was cut short while it was read",
                                  "la traza fue recortada mientras se leía"));
}

// Reads size bytes at offset: all of them or none.
bool reader_read_at(struct reader *reader, void *bytes, size_t size,
                    uint64_t offset)
{
    while (size > 0) {
        ssize_t got = pread(reader->fd, bytes, size, (off_t)offset);

        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return reader_wrong(reader, "%s", error_words(errno));
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
        return reader_wrong(reader,
                            M("this is not a trace: it has only %llu bytes",
                              "esto no es una traza: tiene solo %llu bytes"),
                            (unsigned long long)size);
    if (memcmp(h->magic, TRACE_MAGIC, sizeof h->magic) != 0)
        return reader_wrong(reader,
                            M("this is not a trace: it does not begin like one",
                              "esto no es una traza: no empieza como tal"));
    if (size < sizeof *h)
        return reader_wrong(
            reader,
            M("the trace is cut short in its header (%llu bytes)",
              "la traza está recortada en su cabecera (%llu bytes)"),
            (unsigned long long)size);
    return true;
}

static bool check_version(struct reader *reader)
{
    const struct trace_header *h = &reader->header;

    if (h->byte_order == __builtin_bswap32(TRACE_BYTE_ORDER))
        return reader_wrong(
            reader,
            M("the trace comes from a machine with the other byte order",
              "la traza viene de una máquina con el otro orden de bytes"));
    if (h->byte_order != TRACE_BYTE_ORDER)
        return reader_wrong(reader,
                            M("the byte order in the header is damaged",
                              "el orden de bytes en la cabecera está dañado"));
    if (h->version != TRACE_VERSION)
        return reader_wrong(
            reader,
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
        return reader_wrong(reader,
                            M("the header is damaged (its check is wrong)",
                              "la cabecera está dañada (falla su suma de "
                              "control)"));
    if (!trace_layout_of(h, &reader->layout))
        return reader_wrong(reader,
                            M("the header gives sizes that are not possible",
                              "la cabecera da tamaños que no son posibles"));
    if (size < reader->layout.end)
        return reader_wrong(reader,
                            M("the trace is cut short: %llu of %llu bytes",
                              "la traza está recortada: %llu de %llu bytes"),
                            (unsigned long long)size,
                            (unsigned long long)reader->layout.end);
    if (size > reader->layout.end)
        return reader_wrong(
            reader,
            M("the trace is longer than its header says: %llu bytes "
              "instead of %llu",
              "la traza es más larga de lo que dice su cabecera: "
              "%llu bytes en vez de %llu"),
            (unsigned long long)size, (unsigned long long)reader->layout.end);
    return true;
}

static bool open_file(struct reader *reader, uint64_t *size)
{
    struct stat about;

    reader->fd = open(reader->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (reader->fd < 0 || fstat(reader->fd, &about) != 0)
        return reader_wrong(reader, "%s", error_words(errno));
    if (!S_ISREG(about.st_mode))
        return reader_wrong(reader, M("this is not a regular file",
                                      "esto no es un archivo regular"));
    *size = (uint64_t)about.st_size;
    return true;
}

bool reader_read_header(struct reader *reader)
{
    uint64_t size = 0, part;

    if (!open_file(reader, &size))
        return false;
    part = size < sizeof reader->header ? size : sizeof reader->header;
    return reader_read_at(reader, &reader->header, part, 0) &&
           check_kind_of_file(reader, size) && check_version(reader) &&
           check_sizes(reader, size);
}
