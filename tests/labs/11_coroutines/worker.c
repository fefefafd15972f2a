// worker.c - runs scripts as tasks of the student's loop and tells what happened
//
// A script has a part for each task, parted by '|'; a part that begins with '-'
// is not started at first. What stands in a part:
//
//     a..z    say it: "0a@15 " is task 0 at 15 ms
//     Y       yield          S15  sleep 15 ms      B15  work for 15 ms
//     A2      await task 2, and say "0=102@15 "    N2   start task 2
//     R3      read a byte of pipe 3, and say it    W3   write one, '!', to it
//
// The clock stands still while tasks run and jumps ahead while the loop waits.
#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tools/grader/worker.h"

#include "loop.h"
#include "moment.h"

enum { TASKS = 64, PIPES = 8, LOG = 1 << 16, PATIENCE = 1000 };

// ---- The clock --------------------------------------------------------------

static long now_ms, waits, looks;

// A loop that only ever looks would see the same moment for ever.
long moment_now(void)
{
    if (++looks % PATIENCE == 0)
        now_ms++;
    return now_ms;
}

int moment_wait(struct pollfd *descriptors, int count, long ms)
{
    int ready;

    waits++;
    do
        ready = poll(descriptors, (nfds_t)count, ms < 0 ? -1 : 0);
    while (ready < 0 && errno == EINTR);
    if (ready == 0 && ms > 0)
        now_ms += ms;
    if (ready == 0 && ms == 0 && ++looks % PATIENCE == 0)
        now_ms++;
    return ready;
}

// ---- Tasks that play a script -----------------------------------------------

static char script[1 << 14], told[LOG];
static const char *parts[TASKS]; // of the script
static int numbers[TASKS], part_count;
static struct task *tasks[TASKS];
static int pipes[PIPES][2];
static size_t told_size;

static void tell(int number, const char *what)
{
    int room = (int)(sizeof told - told_size);
    int size = snprintf(told + told_size, (size_t)room, "%d%s@%ld ", number,
                        what, now_ms);

    if (size < room)
        told_size += (size_t)size;
}

static long play(void *argument);

static void start(int number)
{
    tasks[number] = loop_start(play, &numbers[number]);
}

static void await(int number, int other)
{
    char text[40];

    snprintf(text, sizeof text, "=%ld", loop_await(tasks[other]));
    tell(number, text);
}

static void read_byte(int number, int pipe)
{
    char byte[2] = "?";
    short come = loop_ready(pipes[pipe][0], POLLIN);

    if (come != POLLIN)
        tell(number, "(revents)");
    if (read(pipes[pipe][0], byte, 1) != 1)
        tell(number, "(nothing)");
    tell(number, byte);
}

static void play_step(int number, char step, int value)
{
    switch (step) {
    case 'Y':
        loop_yield();
        return;
    case 'S':
        loop_sleep(value);
        return;
    case 'B':
        now_ms += value;
        return;
    case 'A':
        await(number, value);
        return;
    case 'N':
        start(value);
        return;
    case 'R':
        read_byte(number, value);
        return;
    case 'W':
        (void)!write(pipes[value][1], "!", 1);
        return;
    }
}

static long play(void *argument)
{
    int number = *(int *)argument;
    const char *at = parts[number];

    while (*at) {
        char step[2] = {*at++, '\0'}, *end;
        if (step[0] >= 'a' && step[0] <= 'z') {
            tell(number, step);
            continue;
        }
        int value = step[0] == 'Y' ? 0 : (int)strtol(at, &end, 10);
        if (step[0] != 'Y')
            at = end;
        play_step(number, step[0], value);
    }
    return 100 + number;
}

static void cut(const char *text)
{
    char *at = script;

    snprintf(script, sizeof script, "%s", text);
    part_count = 0;
    for (char *part; (part = strsep(&at, "|")) && part_count < TASKS;) {
        numbers[part_count] = part_count;
        parts[part_count++] = part;
    }
}

static void reset(void)
{
    told_size = 0;
    told[0] = '\0';
    now_ms = waits = looks = 0;
}

// All of the script: what loop_run returned, errno then, what was told, the
// moment at the end, how often the loop waited, how often it looked.
static void call_run(struct call *call)
{
    cut(take_text(call));
    reset();
    for (int i = 0; i < PIPES; i++)
        (void)!pipe(pipes[i]);
    for (int i = 0; i < part_count; i++)
        if (parts[i][0] == '-')
            parts[i]++;
        else
            start(i);
    tell(99, "start");
    errno = 0;
    int returned = loop_run();
    int error = errno;
    memset(tasks, 0, sizeof tasks); // who has lost them, has lost them
    give_int(call, returned);
    give_int(call, error);
    give_text(call, told);
    give_int(call, now_ms);
    give_int(call, waits);
    give_int(call, looks);
    for (int i = 0; i < PIPES; i++) {
        close(pipes[i][0]);
        close(pipes[i][1]);
    }
}

// ---- Only starting: for memory that is short --------------------------------

// Starts so many; which of them came to be, and errno where one did not.
static void call_start(struct call *call)
{
    long long count = take_int(call);
    int error = 0;

    reset();
    cut("a|b|c|d|e|f|g|h|i|j|k|l|m|n|o|p|q|r|s|t|u|v|w|x|y|z");
    for (int i = 0; i < count && i < part_count; i++) {
        errno = 0;
        start(i);
        if (!tasks[i])
            error = errno;
        give_int(call, tasks[i] != NULL);
    }
    give_int(call, error);
}

static void call_go(struct call *call)
{
    give_int(call, loop_run());
    give_text(call, told);
    memset(tasks, 0, sizeof tasks);
}

// ---- Many, one after the other ----------------------------------------------

static long use_stack(void *unused)
{
    volatile char much[12000];

    (void)unused;
    for (size_t i = 0; i < sizeof much; i += 500)
        much[i] = 1;
    loop_yield();
    return much[0];
}

static long start_many(void *count)
{
    long sum = 0;

    for (long i = 0; i < *(long *)count; i++) {
        struct task *task = loop_start(use_stack, NULL);
        if (!task)
            return -1;
        sum += loop_await(task);
    }
    told_size = (size_t)sum;
    return 0;
}

static void call_many(struct call *call)
{
    long count = (long)take_int(call);

    reset();
    loop_start(start_many, &count);
    give_int(call, loop_run());
    give_int(call, (long long)told_size);
}

// ---- Fifty downloads --------------------------------------------------------

enum { PAGES = 50, PIECES = 3, PIECE = 500 };

static int browser[PAGES], server[PAGES];
static int good_pages;

static char page_byte(int page, int at)
{
    return (char)(page * 31 + at * 7);
}

// Answers when all have asked: who asked last first, and goes on to the next
// when that one has said that its page is whole.
static void serve(void)
{
    char piece[PIECE];

    for (int i = 0; i < PAGES; i++)
        if (read(server[i], piece, 1) != 1)
            _exit(1);
    for (int i = PAGES - 1; i >= 0; i--) {
        for (int turn = 0; turn < PIECES; turn++) {
            for (int at = 0; at < PIECE; at++)
                piece[at] = page_byte(i, turn * PIECE + at);
            if (write(server[i], piece, PIECE) != PIECE)
                _exit(1);
        }
        if (read(server[i], piece, 1) != 1)
            _exit(1);
        close(server[i]);
    }
    _exit(0);
}

// Counts the bytes if all of them are the page's; else -1.
static int check_bytes(int page, int size, const char *bytes, ssize_t count)
{
    for (int i = 0; i < count; i++)
        if (bytes[i] != page_byte(page, size + i))
            return -1;
    return size + (int)count;
}

static long download(void *number)
{
    int page = *(int *)number, size = 0;
    char bytes[PIECE];
    ssize_t got;

    loop_ready(browser[page], POLLOUT);
    if (write(browser[page], "?", 1) != 1)
        return -1;
    do {
        loop_ready(browser[page], POLLIN);
        got = recv(browser[page], bytes, sizeof bytes, MSG_DONTWAIT);
        if (got > 0)
            size = check_bytes(page, size, bytes, got);
        if (got > 0 && size == PIECES * PIECE)
            (void)!write(browser[page], "!", 1);
    } while (got > 0 && size >= 0);
    good_pages += got == 0 && size == PIECES * PIECE;
    return size;
}

static void call_download(struct call *call)
{
    static int page_numbers[PAGES];
    int ends[2];

    good_pages = 0;
    reset();
    for (int i = 0; i < PAGES; i++) {
        (void)!socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends);
        browser[i] = ends[0];
        server[i] = ends[1];
    }
    pid_t child = fork();
    if (child == 0)
        serve();
    for (int i = 0; i < PAGES; i++) {
        close(server[i]);
        page_numbers[i] = i;
        loop_start(download, &page_numbers[i]);
    }
    give_int(call, loop_run());
    give_int(call, good_pages);
    give_int(call, waits);
    for (int i = 0; i < PAGES; i++)
        close(browser[i]);
    waitpid(child, NULL, 0);
}

const struct operation worker_operations[] = {
    {"loop_run", call_run}, {"loop_start", call_start},  {"go", call_go},
    {"many", call_many},    {"download", call_download}, {0},
};
