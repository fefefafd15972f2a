// bench_scheduling.c - what it costs a program that its scheduling is seen
//
// Two programs: two processes that wake each other over pipes as fast as they
// can, and one that only computes; each unseen, by perf, and by samples. By
// turns, so that all meet the same weather.
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "runtime/stats.h"
#include "tools/recorder/scheduling.h"

enum { ROUNDS = 7, TURNS = 100000, WORK = 300000000 };
enum way { UNSEEN, PERF, SAMPLES, WAYS };

static const char *const way_names[] = {"unseen", "perf", "samples"};

struct program {
    const char *name;
    void (*run)(void);
};

struct cost {
    double wall_ms, program_ms, own_ms; // of CPU the last two
    uint64_t lost;
};

// ---- The programs -----------------------------------------------------------

static void play(int from, int to, bool begins)
{
    char ball = 0;

    for (int i = 0; i < TURNS; i++) {
        if (begins || i > 0)
            MUST(write(to, &ball, 1));
        if (read(from, &ball, 1) != 1)
            return;
    }
    if (!begins)
        MUST(write(to, &ball, 1));
}

static void ping_pong(void)
{
    int there[2], back[2];

    MUST(pipe(there));
    MUST(pipe(back));
    if (MUST(fork()) == 0) {
        play(there[0], back[1], false);
        _exit(0);
    }
    play(back[0], there[1], true);
    MUST(wait(NULL));
}

static void compute(void)
{
    for (volatile long i = 0; i < WORK; i++)
        ;
}

// ---- One run ----------------------------------------------------------------

static double used_ms(int who)
{
    struct rusage u;

    MUST(getrusage(who, &u));
    return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1e3 +
           (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e3;
}

static pid_t hold(const struct program *program, const int go[2])
{
    pid_t pid = MUST(fork());
    char byte;

    if (pid != 0)
        return pid;
    close(go[1]);
    MUST(read(go[0], &byte, 1));
    program->run();
    _exit(0);
}

static void follow(struct scheduling *s, pid_t pid)
{
    struct pollfd fds[4];
    siginfo_t info = {0};

    for (;;) {
        int count = scheduling_fds(s, fds, 4);

        poll(fds, (nfds_t)count, scheduling_timeout_ms(s));
        MUST(waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT));
        if (info.si_pid != 0)
            break;
        scheduling_turn(s);
    }
    scheduling_exited(s, pid, 0);
}

static struct scheduling *see(struct writer *writer, pid_t pid, enum way way)
{
    char why[256];
    struct scheduling *s;

    if (way == UNSEEN)
        return NULL;
    s = scheduling_begin(writer, pid, way == SAMPLES, why, sizeof why);
    if (!s || (way == PERF && scheduling_source(s) != TRACE_SOURCE_PERF))
        exit(could_not("no scheduling: %s", why));
    return s;
}

static struct cost run(const struct program *program, enum way way,
                       struct writer *writer)
{
    struct scheduling_totals totals = {0};
    double own = used_ms(RUSAGE_SELF), children = used_ms(RUSAGE_CHILDREN);
    uint64_t begin;
    int go[2];
    pid_t pid;
    struct scheduling *s;

    MUST(pipe(go));
    pid = hold(program, go);
    s = see(writer, pid, way);
    begin = writer_now();
    MUST(write(go[1], "g", 1));
    if (s)
        follow(s, pid);
    MUST(waitpid(pid, NULL, 0));
    begin = writer_now() - begin;
    if (s)
        scheduling_end(s, &totals);
    close(go[0]);
    close(go[1]);
    return (struct cost){(double)begin / 1e6,
                         used_ms(RUSAGE_CHILDREN) - children,
                         used_ms(RUSAGE_SELF) - own, totals.lost};
}

static struct cost one_round(const struct program *program, enum way way)
{
    struct writer writer;
    char path[] = "bench_scheduling.XXXXXX";
    int fd = MUST(mkstemp(path));
    struct cost cost;

    close(fd);
    if (writer_create(&writer, path, NULL) != 0)
        exit(could_not("%s", path));
    cost = run(program, way, &writer);
    writer_close(&writer);
    unlink(path);
    return cost;
}

// ---- All of them ------------------------------------------------------------

static void show(const char *what, const double *sample)
{
    struct stats s;

    if (stats_of(sample, ROUNDS, &s))
        printf("    %-26s %8.1f ms  (95%%: %.1f to %.1f)\n", what, s.median,
               s.sure_low, s.sure_high);
}

static void compare(const struct program *program)
{
    double wall[WAYS][ROUNDS], theirs[WAYS][ROUNDS], own[WAYS][ROUNDS];
    unsigned long lost[WAYS] = {0};

    for (int i = 0; i < ROUNDS; i++)
        for (int way = 0; way < WAYS; way++) {
            struct cost cost = one_round(program, (enum way)way);

            wall[way][i] = cost.wall_ms;
            theirs[way][i] = cost.program_ms;
            own[way][i] = cost.own_ms;
            lost[way] += cost.lost;
        }
    printf("%s\n", program->name);
    for (int way = 0; way < WAYS; way++) {
        printf("  %s (%lu records lost)\n", way_names[way], lost[way]);
        show("takes", wall[way]);
        show("CPU of the program", theirs[way]);
        show("CPU of who looks at it", own[way]);
    }
}

int main(void)
{
    static const struct program programs[] = {
        {"100,000 turns of ping-pong over two pipes", ping_pong},
        {"only computing", compute},
    };
    const char *folder = getenv("TMPDIR");

    lang_set("en");
    MUST(chdir(folder ? folder : "/tmp"));
    for (size_t i = 0; i < sizeof programs / sizeof *programs; i++)
        compare(&programs[i]);
    return 0;
}
