// worker.c - runs the student's tally in a child whose outputs lead somewhere,
// and tells what came out
//
// The suite names two places (see opened), one for each output.
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "tools/grader/worker.h"

#include "tally.h"

enum { OUT, ERR, MOST = 2 << 20 }; // bytes: who says more is ended

struct outlet {
    int program, ours; // descriptors; -1: none
    bool file;         // never at its end while the program lives
    char *bytes;       // what came out
    size_t size;
    long records; // reads that brought something
};

// In memory that the child shares.
static struct board {
    long asked;   // lines
    long waiting; // the most bytes in stdout while a line was asked for
    int returned; // exit was called, not _exit
} * board;

// ---- The lines --------------------------------------------------------------

static const char *lines; // those that are left

bool next_line(char line[LINE_SIZE])
{
    size_t length = strcspn(lines, "\n");
    long waiting = (long)__fpending(stdout);

    board->asked++;
    if (waiting > board->waiting)
        board->waiting = waiting;
    if (*lines == '\0')
        return false;
    memcpy(line, lines, length);
    line[length] = '\0';
    lines += length + (lines[length] == '\n');
    return true;
}

// ---- The places -------------------------------------------------------------

static bool open_pipe(struct outlet *outlet, bool with_reader)
{
    int ends[2];

    if (pipe(ends) < 0)
        return false;
    outlet->ours = ends[0];
    outlet->program = ends[1];
    if (!with_reader) {
        close(ends[0]);
        outlet->ours = -1;
    }
    return true;
}

static bool open_terminal(struct outlet *outlet)
{
    struct termios modes;

    outlet->ours = getpt();
    if (outlet->ours < 0 || grantpt(outlet->ours) < 0 ||
        unlockpt(outlet->ours) < 0)
        return false;
    outlet->program = open(ptsname(outlet->ours), O_RDWR | O_NOCTTY);
    if (outlet->program < 0 || tcgetattr(outlet->program, &modes) < 0)
        return false;
    cfmakeraw(&modes); // "\n" stays "\n"
    return tcsetattr(outlet->program, TCSANOW, &modes) == 0;
}

// Each write arrives as one record.
static bool open_records(struct outlet *outlet)
{
    int ends[2];

    if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends) < 0)
        return false;
    outlet->ours = ends[0];
    outlet->program = ends[1];
    return true;
}

static bool open_file(struct outlet *outlet)
{
    char name[] = "output-XXXXXX";

    outlet->file = true;
    outlet->ours = mkstemp(name);
    outlet->program = open(name, O_WRONLY);
    return unlink(name) == 0 && outlet->program >= 0;
}

static bool opened(struct outlet *outlet, const char *place)
{
    *outlet = (struct outlet){.program = -1, .ours = -1};
    if (strcmp(place, "pipe") == 0)
        return open_pipe(outlet, true);
    if (strcmp(place, "left") == 0) // its reader has gone
        return open_pipe(outlet, false);
    if (strcmp(place, "terminal") == 0)
        return open_terminal(outlet);
    if (strcmp(place, "records") == 0)
        return open_records(outlet);
    if (strcmp(place, "file") == 0)
        return open_file(outlet);
    if (strcmp(place, "full") == 0)
        outlet->program = open("/dev/full", O_WRONLY);
    return outlet->program >= 0 || strcmp(place, "same") == 0 ||
           strcmp(place, "closed") == 0;
}

// ---- The child --------------------------------------------------------------

static void remember_exit(void)
{
    board->returned = 1;
}

// "same": where standard output leads, whatever that is.
static void lead(int descriptor, const struct outlet *outlet, const char *place)
{
    if (strcmp(place, "same") == 0)
        dup2(STDOUT_FILENO, descriptor);
    else if (outlet->program < 0)
        close(descriptor);
    else
        dup2(outlet->program, descriptor);
}

static _Noreturn void be_the_program(const struct outlet outlets[2],
                                     const char *const places[2])
{
    bool ignored = strcmp(places[OUT], "left") == 0;

    signal(SIGPIPE, ignored ? SIG_IGN : SIG_DFL);
    lead(STDOUT_FILENO, &outlets[OUT], places[OUT]);
    lead(STDERR_FILENO, &outlets[ERR], places[ERR]);
    syscall(SYS_close_range, 3u, ~0u, 0u);
    atexit(remember_exit);
    exit(tally());
}

// ---- What comes out ---------------------------------------------------------

static void shut(int *descriptor)
{
    if (*descriptor >= 0)
        close(*descriptor);
    *descriptor = -1;
}

// One read. At the end the outlet is shut; and where it says too much, which is
// the end of the child, too. child is -1 when it has ended already.
static void take(struct outlet *outlet, pid_t child)
{
    ssize_t got = 0;

    if (!outlet->bytes)
        outlet->bytes = malloc(MOST);
    if (outlet->bytes && outlet->size < MOST)
        got = read(outlet->ours, outlet->bytes + outlet->size,
                   MOST - outlet->size);
    else if (child > 0)
        kill(child, SIGKILL);
    if (got > 0) {
        outlet->size += (size_t)got;
        outlet->records++;
    } else if (got == 0 || errno != EINTR) {
        shut(&outlet->ours);
    }
}

static int awaited(const struct outlet *outlet)
{
    return outlet->file ? -1 : outlet->ours;
}

// What comes while the child lives.
static void take_from(struct outlet outlets[2], pid_t child)
{
    struct pollfd waits[3] = {
        {.events = POLLIN},
        {.events = POLLIN},
        {(int)syscall(SYS_pidfd_open, child, 0), POLLIN, 0}};

    while (waits[2].revents == 0) {
        waits[OUT].fd = awaited(&outlets[OUT]);
        waits[ERR].fd = awaited(&outlets[ERR]);
        if (poll(waits, 3, -1) < 0)
            continue;
        for (int i = OUT; i <= ERR; i++)
            if (waits[i].revents != 0)
                take(&outlets[i], child);
    }
    close(waits[2].fd);
}

// What is left when the child has ended. Not what others may still write.
static void take_rest(struct outlet *outlet)
{
    if (outlet->ours >= 0)
        fcntl(outlet->ours, F_SETFL, O_NONBLOCK);
    while (outlet->ours >= 0)
        take(outlet, -1);
}

static int ending_of(pid_t child)
{
    int status = 0;

    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

static int follow(pid_t child, struct outlet outlets[2])
{
    int status;

    shut(&outlets[OUT].program);
    shut(&outlets[ERR].program);
    take_from(outlets, child);
    status = ending_of(child);
    take_rest(&outlets[OUT]);
    take_rest(&outlets[ERR]);
    return status;
}

static void give(struct call *call, struct outlet *outlet)
{
    give_bytes(call, outlet->bytes, outlet->size);
    give_int(call, outlet->records);
    free(outlet->bytes);
}

// "tally" LINES PLACE PLACE: 0, or why it could not be tried; how it ended (a
// signal is negative); then of each output the bytes and the records; then the
// board.
static void call_tally(struct call *call)
{
    struct outlet outlets[2];
    const char *places[2];
    int status;

    lines = take_text(call);
    places[OUT] = take_text(call);
    places[ERR] = take_text(call);
    board = mmap(NULL, sizeof *board, PROT_READ | PROT_WRITE,
                 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (board == MAP_FAILED || !opened(&outlets[OUT], places[OUT]) ||
        !opened(&outlets[ERR], places[ERR])) {
        give_int(call, errno);
        return;
    }
    pid_t child = fork();
    if (child == 0)
        be_the_program(outlets, places);
    give_int(call, child < 0 ? errno : 0);
    if (child < 0)
        return;
    status = follow(child, outlets);
    give_int(call, status);
    give(call, &outlets[OUT]);
    give(call, &outlets[ERR]);
    give_int(call, board->asked);
    give_int(call, board->waiting);
    give_int(call, board->returned);
    munmap(board, sizeof *board);
}

const struct operation worker_operations[] = {
    {"tally", call_tally},
    {0},
};
