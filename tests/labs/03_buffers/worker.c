// worker.c - calls the student's reader and tells what came out of it
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tools/grader/worker.h"

#include "reader.h"

enum { READERS = 4 };

static struct place { // where one reader reads from
    struct reader reader;
    int ends[2]; // of a pipe; of a file only the first
} places[READERS];

struct bytes { // that grow
    char *at;
    size_t size, room;
};

static void add(struct bytes *bytes, const void *more, size_t size)
{
    if (size > bytes->room - bytes->size) {
        bytes->room = 2 * bytes->room + size;
        bytes->at = realloc(bytes->at, bytes->room);
    }
    memcpy(bytes->at + bytes->size, more, size);
    bytes->size += size;
}

static struct place *take_place(struct call *call)
{
    return &places[take_int(call) % READERS];
}

// The reader's number, a file ("" is a new pipe), the size of the buffer.
static void call_init(struct call *call)
{
    struct place *place = take_place(call);
    const char *name = take_text(call);
    size_t size = (size_t)take_int(call);

    place->ends[1] = -1;
    if (*name)
        place->ends[0] = open(name, O_RDONLY | O_CLOEXEC);
    else if (pipe(place->ends) < 0)
        abort();
    errno = 0;
    give_int(call, reader_init(&place->reader, place->ends[0], size));
    give_int(call, errno);
}

// Bytes until there are so many, or what comes is none.
static void call_byte(struct call *call)
{
    struct place *place = take_place(call);
    long long count = take_int(call), got = 0;
    struct bytes bytes = {0};
    int byte = 0;

    errno = 0;
    while (got < count && (byte = reader_byte(&place->reader)) >= 0) {
        char one = (char)byte;
        add(&bytes, &one, 1);
        got++;
    }
    give_int(call, byte);
    give_int(call, errno);
    give_bytes(call, bytes.at, bytes.size);
    free(bytes.at);
}

// Lines until there are so many, or what comes is none: the size of each, and
// all their bytes.
static void call_line(struct call *call)
{
    struct place *place = take_place(call);
    long long count = take_int(call), got = 0;
    struct bytes bytes = {0}, sizes = {0};
    ssize_t size = 1;

    errno = 0;
    while (got < count) {
        const char *line = NULL;
        if ((size = reader_line(&place->reader, &line)) <= 0)
            break;
        uint32_t small = (uint32_t)size;
        add(&bytes, line, (size_t)size);
        add(&sizes, &small, sizeof small);
        got++;
    }
    give_int(call, size);
    give_int(call, errno);
    give_bytes(call, sizes.at, sizes.size);
    give_bytes(call, bytes.at, bytes.size);
    free(sizes.at);
    free(bytes.at);
}

// At most so many lines, of which only the number is told.
static void call_all_lines(struct call *call)
{
    struct place *place = take_place(call);
    long long count = take_int(call), lines = 0;
    const char *line = NULL;

    while (lines < count && reader_line(&place->reader, &line) > 0)
        lines++;
    give_int(call, lines);
}

static void call_read(struct call *call)
{
    struct place *place = take_place(call);
    size_t count = (size_t)take_int(call);
    char *to = malloc(count);

    errno = 0;
    ssize_t got = reader_read(&place->reader, to, count);
    give_int(call, got);
    give_int(call, errno);
    give_bytes(call, to, got > 0 && (size_t)got <= count ? (size_t)got : 0);
    free(to);
}

static void call_free(struct call *call)
{
    struct place *place = take_place(call);

    reader_free(&place->reader);
    give_int(call, fcntl(place->ends[0], F_GETFD) >= 0);
    close(place->ends[0]);
    if (place->ends[1] >= 0)
        close(place->ends[1]);
}

static void feed(struct call *call)
{
    struct place *place = take_place(call);
    size_t size;
    const void *bytes = take_bytes(call, &size);

    give_int(call, write(place->ends[1], bytes, size));
}

const struct operation worker_operations[] = {
    {"reader_init", call_init},
    {"reader_byte", call_byte},
    {"reader_line", call_line},
    {"all_lines", call_all_lines},
    {"reader_read", call_read},
    {"reader_free", call_free},
    {"feed", feed},
    {0},
};
