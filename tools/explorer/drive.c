// drive.c - runs a program with the engine inside and hears what it says
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/error_words.h"
#include "tools/explorer/drive.h"
#include "tools/explorer/protocol.h"

enum { LINE_LIMIT_BYTES = 16 << 20, FIELD_LIMIT = 24, TICK_MS = 100 };

struct hearing {
    const struct drive *drive;
    drive_line *line;
    void *context;
    int fd;
    int64_t deadline_ns; // CLOCK_MONOTONIC; 0: none
    char *buffer;        // what has come and is no whole line yet
    size_t used, room;
    bool ended; // it said so
    char *error;
    size_t error_size;
};

// ---- The child --------------------------------------------------------------

static void limit(int what, rlim_t value)
{
    struct rlimit both = {.rlim_cur = value, .rlim_max = value};

    setrlimit(what, &both);
}

static bool place_descriptors(int out)
{
    int null = open("/dev/null", O_RDWR);

    return null >= 0 && dup2(null, 0) >= 0 && dup2(null, 1) >= 0 &&
           dup2(null, 2) >= 0 && dup2(out, WEAVE_FD) >= 0;
}

// Everything that could make one run differ from the next is the same each
// time: the addresses, the environment.
static _Noreturn void become(const struct drive *drive, int out, pid_t parent)
{
    char *none[] = {"program", NULL};
    char *const *arguments = drive->arguments ? drive->arguments : none;
    char *environment[] = {NULL, "PATH=/usr/bin:/bin", "HOME=/", NULL};

    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent || !place_descriptors(out))
        _exit(126);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, 0);
    if (drive->seconds > 0)
        limit(RLIMIT_CPU, (rlim_t)drive->seconds + 2);
    personality(ADDR_NO_RANDOMIZE);
    MUST(asprintf(&environment[0], "%s=%s", WEAVE_VARIABLE, drive->request));
    execve(drive->program, arguments, environment);
    _exit(127);
}

static pid_t start(const struct drive *drive, int *reader)
{
    pid_t parent = getpid(), child;
    int ends[2];

    if (pipe2(ends, O_CLOEXEC) < 0)
        return -1;
    fflush(NULL);
    child = fork();
    if (child == 0)
        become(drive, ends[1], parent);
    close(ends[1]);
    *reader = ends[0];
    if (child < 0)
        close(ends[0]);
    else
        setpgid(child, child); // whoever of both is first
    return child;
}

// ---- Lines ------------------------------------------------------------------

static int hex_digit(char digit)
{
    const char *const digits = "0123456789abcdef";
    const char *at = digit ? strchr(digits, digit) : NULL;

    return at ? (int)(at - digits) : -1;
}

// One escape at `at` (behind the backslash); how many bytes it took, 0: wrong.
static size_t unescape_one(const char *at, char *to)
{
    switch (*at) {
    case 't':
        *to = '\t';
        return 1;
    case 'n':
        *to = '\n';
        return 1;
    case '\\':
        *to = '\\';
        return 1;
    case 'x':
        if (hex_digit(at[1]) < 0 || hex_digit(at[2]) < 0)
            return 0;
        *to = (char)(hex_digit(at[1]) * 16 + hex_digit(at[2]));
        return 3;
    default:
        return 0;
    }
}

// In place. A NUL in a text would hide what is behind it: it becomes a space.
static bool unescape(char *field)
{
    char *to = field;
    size_t taken;

    for (char *at = field; *at; to++) {
        if (*at != '\\') {
            *to = *at++;
            continue;
        }
        taken = unescape_one(at + 1, to);
        if (taken == 0)
            return false;
        if (*to == '\0')
            *to = ' ';
        at += 1 + taken;
    }
    *to = '\0';
    return true;
}

bool drive_take(char *line, drive_line *take, void *context)
{
    char *fields[FIELD_LIMIT + 1], *field;
    size_t count = 0;

    while ((field = strsep(&line, "\t"))) {
        if (count == FIELD_LIMIT || !unescape(field))
            return false;
        fields[count++] = field;
    }
    fields[count] = NULL;
    return take(context, fields, count);
}

static bool take_line(struct hearing *hearing, char *line)
{
    char start_of_it[60];

    if (strcmp(line, "end") == 0 && !hearing->ended) {
        hearing->ended = true;
        return true;
    }
    snprintf(start_of_it, sizeof start_of_it, "%s", line);
    if (!hearing->ended && drive_take(line, hearing->line, hearing->context))
        return true;
    snprintf(hearing->error, hearing->error_size,
             M("the engine said what cannot be: '%s'",
               "el motor dijo algo que no puede ser: '%s'"),
             start_of_it);
    return false;
}

// All whole lines of the buffer.
static bool take_lines(struct hearing *hearing)
{
    char *at = hearing->buffer, *end = at + hearing->used, *newline;

    while ((newline = memchr(at, '\n', (size_t)(end - at)))) {
        *newline = '\0';
        if (memchr(at, '\0', (size_t)(newline - at)) || !take_line(hearing, at))
            return false;
        at = newline + 1;
    }
    hearing->used = (size_t)(end - at);
    memmove(hearing->buffer, at, hearing->used);
    return true;
}

// ---- Hearing ----------------------------------------------------------------

static int64_t now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static bool make_room(struct hearing *hearing)
{
    if (hearing->used < hearing->room)
        return true;
    if (hearing->room >= LINE_LIMIT_BYTES) {
        snprintf(hearing->error, hearing->error_size, "%s",
                 M("the engine said a line without end",
                   "el motor dijo una línea sin fin"));
        return false;
    }
    hearing->room = hearing->room ? 2 * hearing->room : 1 << 16;
    hearing->buffer = MUST(realloc(hearing->buffer, hearing->room));
    return true;
}

// 1: go on, 0: nothing more comes, -1: broken.
static int hear_some(struct hearing *hearing)
{
    ssize_t got;

    if (!make_room(hearing))
        return -1;
    got = read(hearing->fd, hearing->buffer + hearing->used,
               hearing->room - hearing->used);
    if (got < 0)
        return errno == EINTR || errno == EAGAIN ? 1 : 0;
    hearing->used += (size_t)got;
    return got == 0 ? 0 : take_lines(hearing) ? 1 : -1;
}

static bool is_stopped(const struct drive *drive)
{
    return drive->stop && *drive->stop;
}

// Until nothing more comes (DRIVE_DONE) or it has to be killed.
static enum drive_end hear(struct hearing *hearing)
{
    struct pollfd source = {.fd = hearing->fd, .events = POLLIN};
    int more = 1;

    while (more > 0) {
        int ready = poll(&source, 1, TICK_MS);

        if (is_stopped(hearing->drive))
            return DRIVE_STOPPED;
        if (hearing->deadline_ns && now_ns() > hearing->deadline_ns)
            return DRIVE_LATE;
        if (ready > 0)
            more = hear_some(hearing);
    }
    return more == 0 ? DRIVE_DONE : DRIVE_BROKEN;
}

// ---- The end ----------------------------------------------------------------

static enum drive_end broken(struct hearing *hearing, const char *text,
                             int number, const char *name)
{
    snprintf(hearing->error, hearing->error_size, text, number, name);
    return DRIVE_BROKEN;
}

static enum drive_end judge_end(struct hearing *hearing, int status)
{
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
        return DRIVE_LATE;
    if (WIFSIGNALED(status))
        return broken(hearing,
                      M("the engine did not survive this program (signal %d, "
                        "%s)",
                        "el motor no sobrevivió a este programa (señal %d, "
                        "%s)"),
                      WTERMSIG(status), strsignal(WTERMSIG(status)));
    if (WEXITSTATUS(status) == 127)
        return broken(hearing,
                      M("the engine could not be started (%d: %s)",
                        "no se pudo iniciar el motor (%d: %s)"),
                      127, hearing->drive->program);
    if (WEXITSTATUS(status) != 0 || !hearing->ended || hearing->used > 0)
        return broken(hearing,
                      M("the engine ended in the middle (status %d)%s",
                        "el motor terminó a medias (estado %d)%s"),
                      WEXITSTATUS(status), "");
    return DRIVE_DONE;
}

// Nothing more comes from it: it ends soon, or is ended. Returns its status.
static int reap(pid_t child)
{
    const struct timespec moment = {.tv_nsec = 1000000};
    int status = 0;

    for (int moments = 0; waitpid(child, &status, WNOHANG) <= 0; moments++) {
        if (moments == 2000)
            kill(-child, SIGKILL);
        nanosleep(&moment, NULL);
    }
    return status;
}

enum drive_end drive_run(const struct drive *drive, drive_line *line,
                         void *context, char *error, size_t error_size)
{
    struct hearing hearing = {.drive = drive,
                              .line = line,
                              .context = context,
                              .error = error,
                              .error_size = error_size};
    pid_t child = start(drive, &hearing.fd);
    enum drive_end end;
    int status;

    if (child < 0)
        return broken(&hearing, "%d: %s", errno, error_words(errno));
    if (drive->seconds > 0)
        hearing.deadline_ns = now_ns() + (int64_t)(drive->seconds * 1e9);
    end = hear(&hearing);
    if (end != DRIVE_DONE)
        kill(-child, SIGKILL);
    close(hearing.fd);
    status = reap(child);
    free(hearing.buffer);
    return end == DRIVE_DONE ? judge_end(&hearing, status) : end;
}
