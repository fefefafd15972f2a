// test_scheduling.c - who was on which CPU when, by perf and by samples
// alone: it compares CPU times to a few percent
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tests/trace_story.h"
#include "tools/recorder/scheduling_parts.h"

enum { MS = 1000000, TICK = 4 * MS };

// ---- Accounts: what was placed ----------------------------------------------

static struct account_event placed[4096];
static size_t placed_count;
static struct account account;

static void keep(void *context, const struct account_event *event)
{
    (void)context;
    ck_assert_uint_lt(placed_count, sizeof placed / sizeof *placed);
    placed[placed_count++] = *event;
}

static void begin(bool counts)
{
    const struct account_reading nothing = {0};

    placed_count = 0;
    account_begin(&account, TICK, counts, &nothing);
}

// Times in units of 0.1 ms.
static void take(unsigned time, unsigned run, unsigned delay, unsigned arrivals,
                 char state)
{
    const struct account_reading now = {.time = time * (MS / 10u),
                                        .run_ns = run * (MS / 10u),
                                        .delay_ns = delay * (MS / 10u),
                                        .arrivals = arrivals,
                                        .state = state};

    account_take(&account, &now, keep, NULL);
}

static void waits(unsigned begin_at, unsigned end)
{
    account_wait(&account, begin_at * (MS / 10u));
    if (end)
        account_wake(&account, end * (MS / 10u));
}

static char letter(uint16_t kind)
{
    switch (kind) {
    case TRACE_CPU_RUN:
        return 'R';
    case TRACE_CPU_PREEMPT:
        return 'P';
    case TRACE_CPU_BLOCK:
        return 'B';
    case TRACE_CPU_WAKE:
        return 'W';
    default:
        return 'D';
    }
}

// "R0 B30 D5": what, and when, or for delays how long.
static const char *told(void)
{
    static char text[4096];
    size_t used = 0;

    text[0] = '\0';
    for (size_t i = 0; i < placed_count; i++) {
        uint64_t number = placed[i].kind == TRACE_CPU_DELAY ? placed[i].value
                                                            : placed[i].time;

        used += (size_t)snprintf(text + used, sizeof text - used, "%s%c%lu",
                                 used ? " " : "", letter(placed[i].kind),
                                 (unsigned long)(number / (MS / 10)));
    }
    account_free(&account);
    return text;
}

static uint64_t time_on_cpu(uint64_t until)
{
    uint64_t sum = 0, since = 0;
    bool on = false;

    for (size_t i = 0; i < placed_count; i++) {
        if (placed[i].kind == TRACE_CPU_DELAY)
            continue;
        if (on)
            sum += placed[i].time - since;
        on = placed[i].kind == TRACE_CPU_RUN;
        since = placed[i].time;
    }
    return on ? sum + until - since : sum;
}

START_TEST(what_runs_before_a_sleep_runs_first)
{
    begin(true);
    take(100, 30, 0, 1, 'S');
    ck_assert_str_eq(told(), "R0 B30");
}
END_TEST

START_TEST(what_runs_after_a_sleep_runs_last)
{
    begin(true);
    take(100, 30, 0, 1, 'S');
    for (unsigned t = 200; t <= 300; t += 10)
        take(t, 30 + (t - 180) / 40 * 40, 0, 2, 'R');
    take(320, 30 + 140, 0, 2, 'S');
    ck_assert_str_eq(told(), "R0 B30 R180 B320");
}
END_TEST

START_TEST(a_busy_thread_is_one_stretch)
{
    begin(true);
    for (unsigned t = 10; t < 3000; t += 10)
        take(t, t / 40 * 40, 0, 1, 'R');
    take(3000, 3000, 0, 1, 'S');
    ck_assert_str_eq(told(), "R0 B3000");
}
END_TEST

START_TEST(off_no_longer_than_it_was_ready_is_preempted)
{
    begin(true);
    take(100, 100, 0, 1, 'R');
    for (unsigned t = 110; t <= 150; t += 10)
        take(t, 100, 0, 1, 'R');
    for (unsigned t = 160; t <= 300; t += 10)
        take(t, 100 + (t - 150) / 40 * 40, 50, 2, 'R');
    take(310, 260, 50, 2, 'S');
    ck_assert_str_eq(told(), "R0 P100 R150 B310");
}
END_TEST

START_TEST(one_wake_is_placed_by_its_delay)
{
    begin(true);
    waits(10, 0);
    take(100, 10, 0, 1, 'S');
    account_wake(&account, 180 * (MS / 10u));
    take(200, 30, 5, 2, 'S');
    ck_assert_str_eq(told(), "R0 B10 W175 R180 B200");
}
END_TEST

START_TEST(delays_of_several_wakes_are_a_sum)
{
    begin(true);
    waits(10, 30);
    waits(40, 60);
    waits(70, 0);
    take(100, 30, 8, 3, 'S');
    ck_assert_str_eq(told(), "R0 B10 R30 B40 R60 B70 D8");
}
END_TEST

START_TEST(two_that_hand_over_a_lock_do_not_overlap)
{
    begin(true);
    waits(0, 50);
    take(20, 0, 0, 1, 'S');
    take(60, 0, 0, 2, 'R');
    take(80, 20, 0, 2, 'R');
    waits(100, 0);
    take(120, 50, 0, 2, 'S');
    ck_assert_str_eq(told(), "B0 R50 B100");
}
END_TEST

START_TEST(copying_in_the_kernel_is_no_wait)
{
    begin(true);
    waits(10, 60);
    take(100, 100, 0, 1, 'S');
    ck_assert_str_eq(told(), "R0 B100");
}
END_TEST

START_TEST(long_without_progress_is_ready)
{
    begin(true);
    take(100, 100, 0, 1, 'S');
    take(110, 100, 0, 1, 'S');
    for (unsigned t = 120; t <= 260; t += 10)
        take(t, 100 + (t >= 160 ? 40 : 0), 0, 2, 'R');
    for (unsigned t = 270; t <= 500; t += 10)
        take(t, 140, 0, 2, 'R');
    ck_assert_ptr_nonnull(strstr(told(), " P"));
}
END_TEST

START_TEST(clocks_that_go_back_change_nothing)
{
    begin(true);
    take(100, 30, 0, 1, 'S');
    take(90, 60, 0, 2, 'S');
    take(110, 20, 0, 1, 'S');
    take(200, 10, 0, 0, 'S');
    ck_assert_str_eq(told(), "R0 B30");
}
END_TEST

START_TEST(what_finds_no_room_is_carried_on)
{
    begin(true);
    take(100, 50, 0, 1, 'S');
    take(110, 80, 0, 2, 'S');
    take(200, 90, 0, 3, 'S');
    ck_assert_uint_eq(time_on_cpu(200 * (MS / 10u)), 90 * (MS / 10u));
    account_free(&account);
}
END_TEST

START_TEST(ticks_alone_make_a_lane_as_well)
{
    const struct account_reading nothing = {0};

    placed_count = 0;
    account_begin(&account, 3 * TICK, false, &nothing);
    for (unsigned t = 10; t < 1000; t += 10)
        take(t, t / 100 * 100, 0, 0, 'R');
    take(1000, 1000, 0, 0, 'S');
    take(2000, 1000, 0, 0, 'S');
    ck_assert_uint_ge(time_on_cpu(2000 * (MS / 10u)), 900 * (MS / 10u));
    ck_assert_uint_le(time_on_cpu(2000 * (MS / 10u)), 1000 * (MS / 10u));
    account_free(&account);
}
END_TEST

// ---- Accounts: a thread that is made up, told by ticks ----------------------

static unsigned next_random(unsigned *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 16;
}

struct made { // where a made-up thread is
    struct account_reading truth;
    uint64_t change, at; // when it does something else; now
    unsigned what;       // 0 runs, 1 is ready, 2 is blocked
    unsigned seed;
};

static void change_made(struct made *made)
{
    unsigned was = made->what;

    made->what = was == 0 ? 1 + next_random(&made->seed) % 2
                          : was == 2 && next_random(&made->seed) % 2;
    if (made->what == 0)
        made->truth.arrivals++;
    made->change =
        made->at + (1 + next_random(&made->seed) % 12) * (uint64_t)MS;
}

static void live_until(struct made *made, uint64_t time)
{
    for (; made->at < time; made->at += MS / 10) {
        if (made->at >= made->change)
            change_made(made);
        made->truth.run_ns += made->what == 0 ? MS / 10 : 0;
        made->truth.delay_ns += made->what == 1 ? MS / 10 : 0;
    }
}

static void check_order(void)
{
    for (size_t i = 1; i < placed_count; i++)
        ck_assert_uint_ge(placed[i].time, placed[i - 1].time);
}

// While it runs only ticks renew its accounts; while it is ready its delay is
// not told yet.
START_TEST(totals_are_exact_whatever_the_places)
{
    struct made made = {.seed = (unsigned)_i + 1, .change = 5 * MS};
    struct account_reading read = {0};

    begin(true);
    made.truth.arrivals = 1;
    for (uint64_t t = MS; t <= 2000u * MS; t += MS) {
        unsigned before = made.what;
        uint64_t arrivals = made.truth.arrivals;

        live_until(&made, t);
        read.time = t;
        read.state = made.what == 2 ? 'S' : 'R';
        if (made.what != 0 || before != 0 || arrivals != made.truth.arrivals ||
            t % TICK == 0)
            read.run_ns = made.truth.run_ns;
        if (made.what == 0 || made.what == 2)
            read.delay_ns = made.truth.delay_ns;
        read.arrivals = made.truth.arrivals;
        account_take(&account, &read, keep, NULL);
        if (placed_count > 3900)
            break;
    }
    made.truth.time = made.at + MS;
    made.truth.state = 'X';
    account_take(&account, &made.truth, keep, NULL);
    check_order();
    ck_assert_uint_ge(time_on_cpu(made.truth.time) + 2 * MS, made.truth.run_ns);
    ck_assert_uint_le(time_on_cpu(made.truth.time), made.truth.run_ns + 2 * MS);
    account_free(&account);
}
END_TEST

// ---- Real runs --------------------------------------------------------------

static struct writer writer;
static struct reader reader;
static struct model model;
static struct scheduling_totals totals;
static struct rusage usage;
static char why[256];
static enum trace_source source;
static pid_t first;
static uint64_t base_ns; // what the first one had run before it was let go

typedef void program(void);

static pid_t hold(program *run, int go[2])
{
    pid_t pid;
    char byte;

    ck_assert_int_eq(pipe(go), 0);
    pid = fork();
    if (pid != 0)
        return pid;
    close(go[1]);
    if (read(go[0], &byte, 1) == 1)
        run();
    _exit(0);
}

// Held, and its accounts read.
static void await_hold(void)
{
    struct account_reading held = {0};
    struct procfs_stat stat = {0};
    int fd = procfs_open((uint32_t)first, (uint32_t)first, "schedstat");

    while (fd >= 0 && stat.state != 'S')
        procfs_stat((uint32_t)first, (uint32_t)first, &stat);
    if (fd >= 0)
        procfs_read_schedstat(fd, &held);
    base_ns = held.run_ns;
    close(fd);
}

static bool take_ends(struct scheduling *s, bool *first_ended)
{
    siginfo_t info = {0};
    int status;

    while (waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0) {
        if (info.si_pid == 0)
            return true;
        status =
            info.si_code == CLD_EXITED ? info.si_status << 8 : info.si_status;
        scheduling_exited(s, info.si_pid, status);
        *first_ended |= info.si_pid == first;
        wait4(info.si_pid, NULL, 0, info.si_pid == first ? &usage : NULL);
        info.si_pid = 0;
    }
    return false;
}

static void follow(struct scheduling *s)
{
    struct pollfd fds[4];
    bool ended = false;

    while (take_ends(s, &ended) && !ended) {
        int count = scheduling_fds(s, fds, 4);
        int wait_ms = scheduling_timeout_ms(s);

        poll(fds, (nfds_t)count, wait_ms < 20 ? wait_ms : 20);
        scheduling_turn(s);
    }
}

static uint64_t ns_of(const struct timeval *time)
{
    return (uint64_t)time->tv_sec * 1000000000u +
           (uint64_t)time->tv_usec * 1000;
}

static uint64_t used_ns(void)
{
    return ns_of(&usage.ru_utime) + ns_of(&usage.ru_stime) - base_ns;
}

static void run_in(const char *path, program *run, bool no_perf)
{
    struct scheduling *s;
    int go[2];

    ck_assert_int_eq(writer_create(&writer, path, NULL), 0);
    first = hold(run, go);
    await_hold();
    s = scheduling_begin(&writer, first, no_perf, why, sizeof why);
    ck_assert_ptr_nonnull(s);
    source = scheduling_source(s);
    ck_assert_int_eq(write(go[1], "g", 1), 1);
    close(go[0]);
    close(go[1]);
    follow(s);
    scheduling_end(s, &totals);
}

static void run(program *what, bool no_perf)
{
    lang_set("en");
    run_in(story_path(), what, no_perf);
    story_open(&reader, story_name);
    ck_assert(model_open(&model, &reader));
}

static void finish(void)
{
    model_close(&model);
    reader_close(&reader);
    writer_close(&writer);
}

// What ran, as a reader of the trace sees it.
static uint64_t lanes_ns(void)
{
    uint64_t since[64] = {0}, sum = 0;

    model_seek(&model, 0);
    while (model.position < reader.count) {
        uint32_t task = reader_task(&reader, model.position);
        bool ran = model_doing(&model, task) == MODEL_RUNNING;

        ck_assert_uint_lt(task, 64);
        model_step(&model, 1);
        if (ran)
            sum += model.time - since[task];
        since[task] = model.time;
    }
    return sum;
}

static bool is_within(uint64_t value, uint64_t wanted, unsigned percent)
{
    uint64_t slack = wanted * percent / 100;

    return value + slack >= wanted && value <= wanted + slack;
}

static void expect_within(uint64_t value, uint64_t wanted, unsigned percent)
{
    ck_assert_msg(is_within(value, wanted, percent), "%lu us instead of %lu us",
                  (unsigned long)(value / 1000),
                  (unsigned long)(wanted / 1000));
}

static void burn(unsigned ms)
{
    struct timespec now;

    do {
        for (volatile int i = 0; i < 10000; i++)
            ;
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    } while ((uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / MS < ms);
}

static void *burn_in_thread(void *nothing)
{
    burn(100);
    return nothing;
}

static void one_busy(void)
{
    burn(300);
}

static void four_busy(void)
{
    pthread_t threads[4];

    for (int i = 0; i < 4; i++)
        pthread_create(&threads[i], NULL, burn_in_thread, NULL);
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
}

static void short_sleeps(void)
{
    const struct timespec nap = {0, 2 * MS};

    for (int i = 0; i < 100; i++) {
        nanosleep(&nap, NULL);
        for (volatile int j = 0; j < 100000; j++)
            ;
    }
}

static void two_children(void)
{
    for (int i = 0; i < 2; i++)
        if (fork() == 0) {
            burn(100);
            _exit(3);
        }
    while (wait(NULL) > 0)
        ;
}

static const struct {
    program *run;
    unsigned threads;
} programs[] = {
    {one_busy, 1}, {four_busy, 5}, {short_sleeps, 1}, {two_children, 3}};
enum { PROGRAMS = sizeof programs / sizeof *programs };

// Samples miss the last moments of a child that is waited for at once and says
// nothing of itself. And the kernel charges for the switch to a thread before
// it says that the thread is there: some 10 microseconds each time, which
// count where it sleeps mostly. To take a process away is charged to it after
// its last record; what that was is known of those that we wait for.
static bool agree(int number, bool no_perf)
{
    bool forks = programs[number].run == two_children;
    bool is_short = no_perf && forks;
    unsigned percent = source != TRACE_SOURCE_PERF ? 5 : forks ? 3 : 1;
    bool sleeps = programs[number].run == short_sleeps;

    return totals.cpu_ns <= used_ns() + used_ns() / 100 + MS / 5 &&
           lanes_ns() <= totals.cpu_ns + totals.cpu_ns / 20 + MS &&
           (is_short || is_within(totals.cpu_ns, used_ns(), percent)) &&
           (is_short || sleeps || is_within(lanes_ns(), used_ns(), percent));
}

// Where perf is refused both are the fallback. A virtual machine may lose time
// between two records to its host, of which nothing is charged: then again.
START_TEST(totals_agree_with_what_the_kernel_charges)
{
    bool no_perf = _i >= PROGRAMS, agreed = false;

    for (int i = 0; i < 4 && !agreed; i++) {
        if (i > 0)
            finish();
        run(programs[_i % PROGRAMS].run, no_perf);
        agreed = agree(_i % PROGRAMS, no_perf);
    }
    ck_assert_msg(agreed, "charged %lu us, told %lu us, lanes %lu us",
                  (unsigned long)(used_ns() / 1000),
                  (unsigned long)(totals.cpu_ns / 1000),
                  (unsigned long)(lanes_ns() / 1000));
    ck_assert_uint_eq(totals.threads, programs[_i % PROGRAMS].threads);
    ck_assert_uint_eq(totals.lost, 0);
    ck_assert_uint_eq(model.source, source);
    finish();
}
END_TEST

START_TEST(lanes_have_no_event_that_cannot_be)
{
    run(programs[_i % PROGRAMS].run, _i >= PROGRAMS);
    ck_assert_uint_eq(model.anomalies, 0);
    for (uint32_t i = 1; i < reader.task_limit; i++)
        ck_assert_int_eq(model_doing(&model, i), MODEL_EXITED);
    finish();
}
END_TEST

START_TEST(children_end_with_their_status)
{
    run(two_children, _i);
    ck_assert_uint_eq(reader.task_limit, 4);
    for (uint32_t i = 1; i < reader.task_limit; i++) {
        const struct trace_entry *entry = reader_entry(&reader, i);

        ck_assert_uint_eq(entry->parent, entry->pid == (uint32_t)first ? 0 : 1);
        if (entry->pid == (uint32_t)first)
            ck_assert_int_eq(model.tasks[i].status, 0);
    }
    ck_assert_uint_eq(totals.blind, 3);
    finish();
}
END_TEST

static void kill_itself(void)
{
    burn(20);
    kill(getpid(), SIGKILL);
}

START_TEST(who_is_killed_ends_by_the_signal)
{
    run(kill_itself, _i);
    ck_assert_uint_eq(reader.task_limit, 2);
    ck_assert_int_eq(model.tasks[1].status, SIGKILL);
    finish();
}
END_TEST

static void live_on(void)
{
    if (fork() == 0) {
        alarm(20);
        pause();
    }
}

START_TEST(who_lives_on_has_no_end)
{
    uint32_t last;

    run(live_on, _i);
    last = reader.task_limit - 1;
    if (last == 2) {
        ck_assert_int_ne(model_doing(&model, last), MODEL_EXITED);
        kill((pid_t)reader_entry(&reader, last)->pid, SIGKILL);
    }
    finish();
    kill(-getpgrp(), 0);
}
END_TEST

// ---- What whole processes used ----------------------------------------------

enum { BIG = 16 * 1024 * 1024 };

static struct trace_entry *entry_of(const struct writer_task *task)
{
    char *table = (char *)writer.header + writer.layout.tasks;

    return (struct trace_entry *)table + task->task;
}

// Memory that is taken away when there is nobody left to speak.
static void fill_and_end(struct writer_task *task)
{
    (void)task;
    memset(MUST(malloc(BIG)), 1, BIG);
    _exit(0);
}

// The same in a process that speaks until its last word.
static void speak_fill_and_end(struct writer_task *task)
{
    struct timespec used;

    writer_become_child(task, writer_now());
    memset(MUST(malloc(BIG)), 1, BIG);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    atomic_store(&entry_of(task)->cpu_ns,
                 (uint64_t)used.tv_sec * 1000 * MS + (uint64_t)used.tv_nsec);
    atomic_store(&entry_of(task)->ended, writer_now());
    writer_event_at(task, entry_of(task)->ended, 0, TRACE_TASK_EXIT, 0, 0);
    _exit(0);
}

// Waits for children as the library does, and says what it was told.
static void wait_for_child(struct writer_task *task)
{
    struct rusage u;
    pid_t pid = wait4(-1, NULL, 0, &u);

    writer_event(task, TRACE_CHILD_CPU, (uint64_t)pid,
                 ns_of(&u.ru_utime) + ns_of(&u.ru_stime));
}

static void many_children(void (*each)(struct writer_task *))
{
    struct writer_task *task = writer_task_begin(&writer, "waits", 0, 0, 0);

    for (int i = 0; i < 20; i++) {
        if (fork() == 0)
            each(task);
        wait_for_child(task);
    }
}

static void many_short_children(void)
{
    many_children(fill_and_end);
}

static void many_children_that_speak(void)
{
    many_children(speak_fill_and_end);
}

START_TEST(what_it_cost_to_take_children_away_is_counted)
{
    run(many_short_children, _i);
    expect_within(totals.cpu_ns, used_ns(), 1);
    finish();
}
END_TEST

// Who waited for it went on, and nobody else was on that CPU.
static void check_clean_up(size_t at)
{
    uint64_t end =
        reader_event(&reader, at)->time + reader_event(&reader, at)->value;
    uint64_t cpu = reader_event(&reader, at)->object;
    uint32_t tid = reader_entry(&reader, reader_task(&reader, at))->tid;
    bool was_told = false;

    for (; at < reader.count; at++) {
        const struct trace_record *r = reader_event(&reader, at);
        uint16_t kind = TRACE_KIND(r->last);

        was_told |= kind == TRACE_CHILD_CPU && r->object == tid;
        if (r->time >= end)
            break;
        ck_assert(!was_told);
        ck_assert(kind != TRACE_CPU_RUN || r->object != cpu ||
                  source != TRACE_SOURCE_PERF);
    }
}

START_TEST(what_it_cost_to_take_children_away_is_in_their_lanes)
{
    unsigned count = 0;

    run(many_children_that_speak, _i);
    for (size_t i = 0; i < reader.count; i++)
        if (TRACE_KIND(reader_event(&reader, i)->last) == TRACE_CLEAN_UP) {
            check_clean_up(i);
            count++;
        }
    ck_assert_uint_gt(count, 0);
    ck_assert_uint_eq(model.anomalies, 0);
    expect_within(lanes_ns(), used_ns(), 5);
    finish();
}
END_TEST

static void make_process(struct scheduling *s, uint32_t pid, uint64_t cpu_ns)
{
    struct writer_task *task =
        writer_task_begin_at(&writer, writer_now(), "p", 0, pid, pid);

    s->heard[task->task].cpu_ns = cpu_ns;
}

// 1 waits for 2, which waited for 3; and for another one that was called 3.
START_TEST(what_children_used_is_not_their_parents)
{
    struct heard_child children[] = {
        {2, 3, 0, 50}, {1, 2, 0, 100}, {1, 3, 0, 7}};
    struct scheduling s = {.writer = &writer,
                           .pid = 1,
                           .first_ns = 40,
                           .children = children,
                           .child_count = 3};

    ck_assert_int_eq(writer_create(&writer, story_path(), NULL), 0);
    s.heard = calloc(writer.header->task_count, sizeof *s.heard);
    make_process(&s, 1, 33);
    make_process(&s, 2, 30);
    make_process(&s, 3, 45);
    children[0].time = children[1].time = writer_now();
    make_process(&s, 3, 10);
    children[2].time = writer_now();
    ck_assert_uint_eq(used_besides(&s), 40 - 33 + (100 - 50 - 30) + (50 - 45));
    atomic_store(&lane_entry(&s, 2)->lost, 1);
    ck_assert_uint_eq(used_besides(&s), 0);
    free(s.heard);
    writer_close(&writer);
}
END_TEST

// ---- What is refused --------------------------------------------------------

static void refuse_perf(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);

    ck_assert_int_eq(seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM),
                                      SCMP_SYS(perf_event_open), 0),
                     0);
    ck_assert_int_eq(seccomp_load(filter), 0);
    seccomp_release(filter);
}

START_TEST(without_perf_it_says_why_and_goes_on)
{
    refuse_perf();
    run(one_busy, false);
    ck_assert_int_eq(source, TRACE_SOURCE_FALLBACK);
    ck_assert_ptr_nonnull(strstr(why, "context switches"));
    expect_within(totals.cpu_ns, used_ns(), 5);
    finish();
}
END_TEST

START_TEST(who_asked_for_samples_is_told_nothing)
{
    run(one_busy, true);
    ck_assert_int_eq(source, TRACE_SOURCE_FALLBACK);
    ck_assert_str_eq(why, "");
    finish();
}
END_TEST

START_TEST(an_ordinary_user_gets_one_source_or_the_other)
{
    if (getuid() == 0)
        ck_assert_int_eq(setuid(65534), 0);
    run(one_busy, false);
    ck_assert_int_eq(source == TRACE_SOURCE_FALLBACK, why[0] != '\0');
    expect_within(totals.cpu_ns, used_ns(), 5);
    finish();
}
END_TEST

// ---- What /proc may lack ----------------------------------------------------

START_TEST(counting_ticks_is_enough_and_said)
{
    const char *folder = story_path();

    (void)folder;
    procfs_schedstat = "no_schedstat";
    run(one_busy, true);
    ck_assert_ptr_nonnull(strstr(why, "ticks of 10 ms"));
    expect_within(totals.cpu_ns, used_ns(), 10);
    finish();
}
END_TEST

// Whether an account of this text is one that counts.
static bool counts(const char *text)
{
    char name[64];
    int fd = memfd_create("schedstat", MFD_CLOEXEC);
    bool has;

    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, text, strlen(text)), strlen(text));
    snprintf(name, sizeof name, "../../../self/fd/%d", fd);
    procfs_schedstat = name;
    has = procfs_has_schedstat();
    procfs_schedstat = "schedstat";
    close(fd);
    return has;
}

// Its time is added up only at a tick, or when it leaves the CPU.
START_TEST(who_has_just_begun_is_counted_too)
{
    ck_assert(counts("0 41000 1\n"));
    ck_assert(!counts("0 0 0\n"));
}
END_TEST

// What the library would do in a process of its own.
static void speak(void)
{
    struct writer_task *task = writer_task_begin(&writer, "speaker", 0, 0, 0);
    struct trace_entry *entry = entry_of(task);
    const struct timespec nap = {0, 50 * MS};

    burn(50);
    writer_event(task, TRACE_SLEEP_BEGIN, 0, 50 * MS);
    nanosleep(&nap, NULL);
    writer_event(task, TRACE_SLEEP_END, 0, 0);
    burn(100);
    atomic_store(&entry->cpu_ns, 100 * MS);
    atomic_store(&entry->ended, writer_now());
    writer_event(task, TRACE_TASK_EXIT, 0, 0);
}

START_TEST(without_proc_there_are_the_words_of_programs)
{
    uint64_t slept = 0, since = 0;

    procfs_root = "/nowhere";
    run(speak, true);
    ck_assert_ptr_nonnull(strstr(why, "no /proc"));
    ck_assert_uint_eq(totals.blind, 0);
    model_seek(&model, 0);
    while (model.position < reader.count) {
        bool asleep = model_doing(&model, 1) == MODEL_SLEEPING;

        since = model.time;
        model_step(&model, 1);
        slept += asleep ? model.time - since : 0;
    }
    ck_assert_uint_ge(slept, 49 * MS);
    ck_assert_uint_eq(reader.task_limit, 2);
    finish();
}
END_TEST

START_TEST(a_number_that_comes_again_is_another_thread)
{
    struct scheduling s = {.writer = &writer, .fd_limit = 8};
    struct lane *old, *new;
    uint64_t now;

    ck_assert_int_eq(writer_create(&writer, story_path(), NULL), 0);
    s.by_entry = calloc(writer.header->task_count, sizeof(*s.by_entry));
    s.heard = calloc(writer.header->task_count, sizeof *s.heard);
    now = writer_now();
    old = lane_begin(&s, 7, 7, now);
    new = lane_begin(&s, 7, 7, now + MS);
    ck_assert_ptr_eq(lane_of(&s, 7), new);
    ck_assert_uint_eq(old->end, now + MS);
    lane_settle(&s, old, now, true);
    lane_settle(&s, new, now, true);
    ck_assert_uint_eq(old->entry, 1);
    ck_assert_uint_eq(new->entry, 2);
    ck_assert_uint_eq(lane_entry(&s, 1)->ended, now + MS);
    ck_assert_uint_eq(lane_entry(&s, 2)->ended, 0);
    lanes_sweep(&s, true);
    ck_assert_uint_eq(s.totals.threads, 2);
    free(s.lanes);
    free(s.by_entry);
    free(s.heard);
    free(s.chunks);
    writer_close(&writer);
}
END_TEST

int main(void)
{
    TCase *all = tcase_create("all");

    tcase_set_timeout(all, 120);
    tcase_add_test(all, what_runs_before_a_sleep_runs_first);
    tcase_add_test(all, what_runs_after_a_sleep_runs_last);
    tcase_add_test(all, a_busy_thread_is_one_stretch);
    tcase_add_test(all, off_no_longer_than_it_was_ready_is_preempted);
    tcase_add_test(all, one_wake_is_placed_by_its_delay);
    tcase_add_test(all, delays_of_several_wakes_are_a_sum);
    tcase_add_test(all, two_that_hand_over_a_lock_do_not_overlap);
    tcase_add_test(all, copying_in_the_kernel_is_no_wait);
    tcase_add_test(all, long_without_progress_is_ready);
    tcase_add_test(all, clocks_that_go_back_change_nothing);
    tcase_add_test(all, what_finds_no_room_is_carried_on);
    tcase_add_test(all, ticks_alone_make_a_lane_as_well);
    tcase_add_loop_test(all, totals_are_exact_whatever_the_places, 0, 20);
    tcase_add_loop_test(all, totals_agree_with_what_the_kernel_charges, 0,
                        2 * PROGRAMS);
    tcase_add_loop_test(all, lanes_have_no_event_that_cannot_be, 0,
                        2 * PROGRAMS);
    tcase_add_loop_test(all, children_end_with_their_status, 0, 2);
    tcase_add_loop_test(all, who_is_killed_ends_by_the_signal, 0, 2);
    tcase_add_loop_test(all, who_lives_on_has_no_end, 0, 2);
    tcase_add_loop_test(all, what_it_cost_to_take_children_away_is_counted, 0,
                        2);
    tcase_add_loop_test(
        all, what_it_cost_to_take_children_away_is_in_their_lanes, 0, 2);
    tcase_add_test(all, what_children_used_is_not_their_parents);
    tcase_add_test(all, without_perf_it_says_why_and_goes_on);
    tcase_add_test(all, who_asked_for_samples_is_told_nothing);
    tcase_add_test(all, an_ordinary_user_gets_one_source_or_the_other);
    tcase_add_test(all, counting_ticks_is_enough_and_said);
    tcase_add_test(all, who_has_just_begun_is_counted_too);
    tcase_add_test(all, without_proc_there_are_the_words_of_programs);
    tcase_add_test(all, a_number_that_comes_again_is_another_thread);
    return story_run(suite_create("scheduling"), all);
}
