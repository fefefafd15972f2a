// refused by: memory_is_in_order
// asks for as many bytes as it has reserved, not for those that are still free
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "capture.h"

enum { OUT, ERR };

struct stream {        // one output of the child, as far as it was read
    int end;           // where to read it from; -1: closed
    char *bytes;       // from malloc
    size_t size, room; // in bytes: used, and reserved
};

// Makes room for more. Returns false, and keeps what there is, without memory.
static bool stream_grow(struct stream *stream)
{
    size_t room = stream->room ? 2 * stream->room : 4096;
    char *bytes = realloc(stream->bytes, room);

    if (!bytes)
        return false;
    stream->bytes = bytes;
    stream->room = room;
    return true;
}

static void stream_close(struct stream *stream)
{
    if (stream->end >= 0)
        close(stream->end);
    stream->end = -1;
}

// One read: takes what there is. Returns false, with errno, if it failed.
static bool stream_take(struct stream *stream)
{
    if (stream->size == stream->room && !stream_grow(stream))
        return false;

    ssize_t got = read(stream->end, stream->bytes + stream->size, stream->room);
    if (got > 0)
        stream->size += (size_t)got;
    if (got == 0)
        stream_close(stream);
    return got >= 0 || errno == EINTR;
}

// Takes from whichever has something, until both are at their end.
static bool take_both(struct stream streams[2])
{
    while (streams[OUT].end >= 0 || streams[ERR].end >= 0) {
        // poll takes no notice of an end that is -1.
        struct pollfd ends[2] = {{streams[OUT].end, POLLIN, 0},
                                 {streams[ERR].end, POLLIN, 0}};
        if (poll(ends, 2, -1) < 0 && errno != EINTR)
            return false;
        for (int i = OUT; i <= ERR; i++)
            if (ends[i].revents != 0 && !stream_take(&streams[i]))
                return false;
    }
    return true;
}

// Starts the child with the two write ends; the read ends are for the streams.
// A close that works leaves errno alone.
static pid_t start(char *const argv[], struct stream streams[2])
{
    int out[2], err[2];
    pid_t child = -1;

    if (pipe2(out, O_CLOEXEC) < 0)
        return -1;
    streams[OUT].end = out[0];
    if (pipe2(err, O_CLOEXEC) == 0) {
        streams[ERR].end = err[0];
        child = start_child(argv, out[1], err[1]);
        close(err[1]);
    }
    close(out[1]);
    return child;
}

// Blocks until the child ends. Returns false, with errno, if there is none.
static bool wait_for(pid_t child, int *ending)
{
    while (waitpid(child, ending, 0) < 0)
        if (errno != EINTR)
            return false;
    return true;
}

static void fill(struct captured *result, const struct stream streams[2],
                 int ending)
{
    *result = (struct captured){
        .out = streams[OUT].bytes,
        .out_size = streams[OUT].size,
        .err = streams[ERR].bytes,
        .err_size = streams[ERR].size,
        .status = WIFEXITED(ending) ? WEXITSTATUS(ending) : -1,
        .signal = WIFSIGNALED(ending) ? WTERMSIG(ending) : 0,
    };
}

// Undoes everything: the child too, which nobody reads any more.
static int give_up(struct stream streams[2], pid_t child)
{
    int reason = errno, ending;

    for (int i = OUT; i <= ERR; i++) {
        stream_close(&streams[i]);
        free(streams[i].bytes);
    }
    if (child > 0) {
        kill(child, SIGKILL);
        wait_for(child, &ending);
    }
    errno = reason;
    return -1;
}

int capture(char *const argv[], struct captured *result)
{
    struct stream streams[2] = {{.end = -1}, {.end = -1}};
    int ending;
    pid_t child = start(argv, streams);

    if (child < 0 || !take_both(streams))
        return give_up(streams, child);
    if (!wait_for(child, &ending))
        return give_up(streams, -1);
    fill(result, streams, ending);
    return 0;
}
