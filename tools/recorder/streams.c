// streams.c - where the two outputs of a recorded program lead
#include <errno.h>
#include <fcntl.h>
#include <linux/kcmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <termios.h>
#include <unistd.h>

#include "tools/recorder/streams.h"

// ---- Opening ----------------------------------------------------------------

// The program's end must block, ours must not.
static bool open_pipe(int *ours, int *program)
{
    int ends[2];

    if (pipe2(ends, O_CLOEXEC) < 0)
        return false;
    *ours = ends[0];
    *program = ends[1];
    return fcntl(*ours, F_SETFL, O_NONBLOCK) == 0;
}

static int open_program_end(int master)
{
    char name[64];

    if (ptsname_r(master, name, sizeof name) != 0)
        return -1;
    return open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
}

static bool open_terminal(int *ours, int *program)
{
    struct winsize window = {.ws_row = 24, .ws_col = 80};
    struct termios modes;

    *ours = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
    if (*ours < 0 || grantpt(*ours) < 0 || unlockpt(*ours) < 0)
        return false;
    *program = open_program_end(*ours);
    if (*program < 0 || tcgetattr(*program, &modes) < 0)
        return false;
    modes.c_oflag &= ~(tcflag_t)OPOST; // "\n" must not become "\r\n"
    modes.c_lflag &= ~(tcflag_t)ECHO;
    return tcsetattr(*program, TCSANOW, &modes) == 0 &&
           ioctl(*program, TIOCSWINSZ, &window) == 0;
}

static bool open_both_terminals(struct streams *streams)
{
    if (!open_terminal(&streams->ours[0], &streams->program[0]))
        return false;
    streams->program[1] = open_program_end(streams->ours[0]);
    return streams->program[1] >= 0 &&
           open_terminal(&streams->reserve[0], &streams->reserve[1]);
}

static bool open_file(const char *name, int *ours, int *program)
{
    char path[32];

    *ours = memfd_create(name, MFD_CLOEXEC);
    if (*ours < 0)
        return false;
    snprintf(path, sizeof path, "/proc/self/fd/%d", *ours);
    *program = open(path, O_WRONLY | O_CLOEXEC);
    return *program >= 0;
}

static bool open_kind(struct streams *s)
{
    switch (s->kind) {
    case RUN_PIPE:
        return open_pipe(&s->ours[0], &s->program[0]) &&
               open_pipe(&s->ours[1], &s->program[1]);
    case RUN_TTY:
        return open_both_terminals(s);
    case RUN_FILE:
        return open_file("stdout", &s->ours[0], &s->program[0]) &&
               open_file("stderr", &s->ours[1], &s->program[1]);
    }
    errno = EINVAL;
    return false;
}

bool streams_open(struct streams *streams, enum run_stdio kind)
{
    int reason;

    *streams = (struct streams){.kind = kind,
                                .program = {-1, -1},
                                .ours = {-1, -1},
                                .reserve = {-1, -1}};
    if (open_kind(streams) &&
        fstat(streams->program[0], &streams->identity[0]) == 0 &&
        fstat(streams->program[1], &streams->identity[1]) == 0)
        return true;
    reason = errno;
    streams_close(streams);
    errno = reason;
    return false;
}

static void close_one(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

void streams_alone(struct streams *streams)
{
    if (streams->kind != RUN_TTY)
        return;
    close_one(&streams->program[1]);
    streams->ours[1] = streams->reserve[0];
    streams->program[1] = streams->reserve[1];
    streams->reserve[0] = streams->reserve[1] = -1;
}

void streams_close(struct streams *streams)
{
    for (int i = 0; i < 2; i++) {
        close_one(&streams->program[i]);
        close_one(&streams->ours[i]);
        close_one(&streams->reserve[i]);
    }
}

// ---- Whose descriptor -------------------------------------------------------

// Do our descriptor and that of the task share one opening of one object?
// Cheap, and it tells two openings of one terminal apart.
static bool is_same_opening(int ours, int tid, int fd)
{
    return syscall(SYS_kcmp, getpid(), tid, KCMP_FILE, ours, fd) == 0;
}

static bool is_same_object(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

int streams_of(const struct streams *streams, int tid, int fd)
{
    struct stat found;
    char path[64];

    for (int i = 0; i < 2; i++)
        if (is_same_opening(streams->program[i], tid, fd))
            return i + 1;
    snprintf(path, sizeof path, "/proc/%d/fd/%d", tid, fd);
    if (stat(path, &found) < 0)
        return 0;
    if (streams->kind == RUN_TTY)
        return !is_same_object(&found, &streams->identity[0]) ? 0
               : fd == STDERR_FILENO                          ? 2
                                                              : 1;
    for (int i = 0; i < 2; i++)
        if (is_same_object(&found, &streams->identity[i]))
            return i + 1;
    return 0;
}

// ---- Reading ----------------------------------------------------------------

// What a file grew by. One that was cut short is read from where it ends now.
static size_t read_growth(struct streams *streams, int which, char *bytes,
                          size_t size)
{
    struct stat now;
    ssize_t got;

    if (fstat(streams->ours[which], &now) < 0)
        return 0;
    if ((uint64_t)now.st_size < streams->position[which])
        streams->position[which] = streams->forgotten[which] =
            (uint64_t)now.st_size;
    got = pread(streams->ours[which], bytes, size,
                (off_t)streams->position[which]);
    if (got > 0)
        streams->position[which] += (uint64_t)got;
    return got > 0 ? (size_t)got : 0;
}

size_t streams_read(struct streams *streams, int which, char *bytes,
                    size_t size)
{
    ssize_t got;

    if (streams->ours[which] < 0)
        return 0;
    if (streams->kind == RUN_FILE)
        return read_growth(streams, which, bytes, size);
    got = read(streams->ours[which], bytes, size);
    return got > 0 ? (size_t)got : 0;
}

void streams_forget(struct streams *streams, int which)
{
    const uint64_t worth_it = 1 << 20; // bytes
    uint64_t from = streams->forgotten[which];
    uint64_t to = streams->position[which];

    if (streams->kind != RUN_FILE || to < from + worth_it)
        return;
    streams->forgotten[which] = to;
    fallocate(streams->ours[which], FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE,
              (off_t)from, (off_t)(to - from));
}
