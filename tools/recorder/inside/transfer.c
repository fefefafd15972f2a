// transfer.c - bytes that go through a descriptor
//
// What a pipe, a terminal or a socket does may block: REQUEST before, so that
// whoever looks meanwhile sees the wait. A file blocks nobody for long, so it
// says afterwards that it did, when it did.
#include <errno.h>
#include <sys/ioctl.h>

#include "tools/recorder/inside/raw.h"
#include "tools/recorder/inside/transfer.h"

enum { LONG_NS = 50000 };

static void ask(const struct transfer *t, size_t size)
{
    uint16_t kind = t->way == TRANSFER_IN ? TRACE_PIPE_READ_REQUEST
                                          : TRACE_PIPE_WRITE_REQUEST;

    if (t->thing.sort == DESCRIPTOR_PIPE)
        wait_begin(t->task, kind, t->thing.id, size);
    else
        wait_begin(t->task, TRACE_IO_REQUEST, (uint32_t)t->fd, size);
}

void transfer_begin(struct transfer *t, int fd, enum transfer_way way,
                    size_t size)
{
    t->task = fd == inside.facts ? NULL : inside_task();
    if (!t->task)
        return;
    t->fd = fd;
    t->way = way;
    t->thing = descriptor_of(fd);
    if (t->thing.sort == DESCRIPTOR_FILE)
        t->begin = writer_now();
    else if (t->thing.sort != DESCRIPTOR_BAD)
        ask(t, size);
}

// Bytes that are in the pipe now.
static uint32_t fill_of(int fd)
{
    int count = 0;

    raw_call(SYS_ioctl, fd, FIONREAD, &count);
    return (uint32_t)count;
}

static void end_pipe(const struct transfer *t, ssize_t result)
{
    uint16_t kind = t->way == TRANSFER_IN ? TRACE_PIPE_READ : TRACE_PIPE_WRITE;

    if (result < 0)
        wait_end(t->task, TRACE_PIPE_FAIL, t->thing.id, 0);
    else
        wait_end(t->task, kind, t->thing.id,
                 TRACE_FLOW_OF(result, fill_of(t->fd)));
}

static uint16_t done(const struct transfer *t)
{
    return t->way == TRANSFER_OUT ? TRACE_IO_WRITTEN : TRACE_IO_DONE;
}

static void end_file(const struct transfer *t, int64_t value)
{
    uint64_t now = writer_now();

    if (now - t->begin >= LONG_NS)
        say_at(t->task, t->begin, TRACE_IO_REQUEST, (uint32_t)t->fd, 0);
    say_at(t->task, now, done(t), (uint32_t)t->fd, (uint64_t)value);
}

static void end(const struct transfer *t, ssize_t result)
{
    int64_t value = result < 0 ? -errno : result;

    if (t->thing.sort == DESCRIPTOR_PIPE)
        end_pipe(t, result);
    else if (t->thing.sort == DESCRIPTOR_FILE)
        end_file(t, value);
    else if (t->thing.sort == DESCRIPTOR_OTHER)
        wait_end(t->task, done(t), (uint32_t)t->fd, (uint64_t)value);
}

ssize_t transfer_end(const struct transfer *t, ssize_t result)
{
    if (!t->task)
        return result;
    end(t, result);
    if (t->way == TRANSFER_OUT && result > 0 && (t->fd == 1 || t->fd == 2) &&
        !inside_records(RECORD_NO_OUTPUT))
        say(t->task, TRACE_OUTPUT, (uint32_t)t->fd, (uint64_t)result);
    return result;
}
