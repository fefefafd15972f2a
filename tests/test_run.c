// test_run.c - a program run for real: its writes in order, its end for sure
//
// Called with the name of an act this binary is itself the program that runs.
#include <check.h>
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/fact.h"
#include "runtime/message.h"
#include "runtime/must.h"
#include "tests/temporary.h"
#include "tools/recorder/run.h"
#include "tools/trace/reader.h"

#define TURNS 20
#define BIG (1 << 20)

static const enum run_stdio every_stdio[] = {RUN_PIPE, RUN_TTY, RUN_FILE};
static const char *const stdio_names[] = {"pipe", "tty", "file"};

// ---- Acts: what the program does that is run --------------------------------

static void say(int fd, const char *text)
{
    MUST(write(fd, text, strlen(text)));
}

static void act_alternate(void)
{
    setvbuf(stdout, NULL, _IONBF, 0);
    for (int i = 0; i < 100; i++) {
        fprintf(stdout, "out %d\n", i);
        fprintf(stderr, "err %d\n", i);
    }
}

static void act_stdio(void)
{
    printf("first\n");
    fprintf(stderr, "second\n");
    printf("third\n");
}

static void act_double(void)
{
    printf("once?");
    if (MUST(fork()) > 0)
        MUST(wait(NULL));
}

static void act_turns(void)
{
    int there[2], back[2];
    bool parent;
    char token = 't';

    MUST(pipe(there));
    MUST(pipe(back));
    parent = MUST(fork()) > 0;
    for (int i = 0; i < TURNS; i++)
        if (parent) {
            say(1, "parent\n");
            MUST(write(there[1], &token, 1));
            MUST(read(back[0], &token, 1));
        } else {
            MUST(read(there[0], &token, 1));
            say(2, "child\n");
            MUST(write(back[1], &token, 1));
        }
    if (parent)
        MUST(wait(NULL));
}

static sem_t ping, pong;

static void *say_pong(void *unused)
{
    for (int i = 0; i < TURNS; i++) {
        MUST(sem_wait(&ping));
        say(2, "pong\n");
        MUST(sem_post(&pong));
    }
    return unused;
}

static void act_threads(void)
{
    pthread_t thread;

    MUST(sem_init(&ping, 0, 0));
    MUST(sem_init(&pong, 0, 0));
    MUST(pthread_create(&thread, NULL, say_pong, NULL));
    for (int i = 0; i < TURNS; i++) {
        say(1, "ping\n");
        MUST(sem_post(&ping));
        MUST(sem_wait(&pong));
    }
    MUST(pthread_join(thread, NULL));
}

static void *say_lines(void *name)
{
    char line[32];

    for (int i = 0; i < 50; i++) {
        snprintf(line, sizeof line, "%s%02d\n", (char *)name, i);
        say(i % 2 ? 2 : 1, line);
    }
    return NULL;
}

static void act_crowd(void)
{
    static char names[4][2] = {"a", "b", "c", "d"};
    pthread_t threads[4];

    for (int i = 0; i < 4; i++)
        MUST(pthread_create(&threads[i], NULL, say_lines, names[i]));
    for (int i = 0; i < 4; i++)
        MUST(pthread_join(threads[i], NULL));
}

static void act_copies(void)
{
    int pipe_of_mine[2];

    MUST(dup2(1, 7));
    MUST(dup2(2, 8));
    say(7, "copy of 1\n");
    say(8, "copy of 2\n");
    MUST(pipe(pipe_of_mine));
    say(pipe_of_mine[1], "to nobody you know");
    MUST(dup2(2, 1));
    say(1, "1 is 2\n");
    MUST(dup2(pipe_of_mine[1], 2));
    say(2, "2 is a pipe of mine");
    say(7, "still 1\n");
}

static void act_vector(void)
{
    char one[] = "one ", two[] = "write\n";
    struct iovec parts[] = {{one, 4}, {two, 6}};

    MUST(writev(1, parts, 2));
    say(2, "another\n");
}

// A write that fails, then something to do that is no write; and somebody who
// writes meanwhile.
static void *say_meanwhile(void *unused)
{
    MUST(sem_wait(&ping));
    say(2, "meanwhile\n");
    MUST(sem_post(&pong));
    return unused;
}

static void write_nothing_then(int (*do_with)(sem_t *semaphore))
{
    pthread_t thread;

    MUST(sem_init(&ping, 0, 0));
    MUST(sem_init(&pong, 0, 0));
    MUST(pthread_create(&thread, NULL, say_meanwhile, NULL));
    syscall(SYS_write, 1, 1L, 100L); // no such address
    MUST(sem_post(&ping));
    while (do_with(&pong) < 0)
        continue;
    say(1, "again\n");
    MUST(pthread_join(thread, NULL));
}

static void act_fail_and_sleep(void)
{
    write_nothing_then(sem_wait);
}

static void act_fail_and_spin(void)
{
    write_nothing_then(sem_trywait); // makes no system call
}

static void act_big(void)
{
    static char bytes[BIG];

    for (int i = 0; i < 2; i++) {
        memset(bytes, 'o', sizeof bytes);
        MUST(write(1, bytes, sizeof bytes) == BIG ? 0 : -1);
        memset(bytes, 'e', sizeof bytes);
        MUST(write(2, bytes, sizeof bytes) == BIG ? 0 : -1);
    }
}

static void act_bytes(void)
{
    for (int i = 0; i < 110000; i++)
        MUST(write(1, "x", 1));
}

static void act_flood(void)
{
    static char bytes[65536];

    memset(bytes, 'x', sizeof bytes);
    for (int i = 0; i < 1000; i++)
        for (size_t have = 0; have < sizeof bytes;)
            have += (size_t)MUST(write(1, bytes + have, sizeof bytes - have));
}

// What comes in through standard input goes out through standard output.
static void act_copy(void)
{
    char bytes[4096];
    ssize_t got;

    while ((got = MUST(read(0, bytes, sizeof bytes))) > 0)
        MUST(write(1, bytes, (size_t)got));
}

static void act_terminal(void)
{
    struct winsize window = {0};
    struct stat out, err;

    ioctl(1, TIOCGWINSZ, &window);
    MUST(fstat(1, &out));
    MUST(fstat(2, &err));
    fact("out_is_terminal", isatty(1));
    fact("err_is_terminal", isatty(2));
    fact("in_is_terminal", isatty(0));
    fact("rows", window.ws_row);
    fact("columns", window.ws_col);
    fact("regular", S_ISREG(out.st_mode));
    fact("same", out.st_ino == err.st_ino);
    say(1, "a\n\tb\n");
}

static void act_facts(void)
{
    char name[64];

    for (int i = 0; i < 6000; i++) {
        snprintf(name, sizeof name, "fact_number_%d", i);
        fact(name, i);
    }
}

static void act_signals(void)
{
    struct sigaction action;
    sigset_t mask, none;
    int odd = 0;

    sigemptyset(&none);
    MUST(sigprocmask(SIG_SETMASK, NULL, &mask));
    for (int number = 1; number < 32; number++)
        if (sigaction(number, NULL, &action) == 0 &&
            action.sa_handler == SIG_IGN)
            odd++;
    fact("ignored", odd);
    fact("blocked", memcmp(&mask, &none, sizeof(long)) != 0);
}

static void act_descriptors(void)
{
    struct dirent *entry;
    DIR *open_ones = MUST(opendir("/proc/self/fd"));
    int count = 0;

    while ((entry = readdir(open_ones)))
        count +=
            entry->d_name[0] != '.' && atoi(entry->d_name) != dirfd(open_ones);
    closedir(open_ones);
    fact("descriptors", count);
}

static void act_status(void)
{
    exit(7);
}

static void act_crash(void)
{
    say(1, "before");
    signal(SIGSEGV, SIG_DFL); // a sanitizer may have its own handler
    raise(SIGSEGV);
}

// The members of these families are found by their name, which main made up.
static const char *family_name(void)
{
    return getenv("TELAR_TEST_FAMILY");
}

static void act_wait(void)
{
    prctl(PR_SET_NAME, family_name());
    say(1, "waiting\n");
    for (;;)
        pause();
}

static void act_stubborn(void)
{
    for (int number = 1; number < 32; number++)
        signal(number, SIG_IGN);
    act_wait();
}

static void act_stopped(void)
{
    prctl(PR_SET_NAME, family_name());
    if (MUST(fork()) == 0)
        for (;;)
            raise(SIGSTOP);
    for (;;)
        raise(SIGSTOP);
}

// Each member begins the next one, in a session of its own, and leaves: there
// is never one that could be killed before it has a child.
static void run_on(void)
{
    for (;;) {
        pid_t child = fork();

        if (child > 0)
            _exit(0);
        if (child == 0)
            setsid();
    }
}

static void act_fork_on(void)
{
    prctl(PR_SET_NAME, family_name());
    for (int i = 0; i < 4; i++)
        if (MUST(fork()) == 0)
            run_on();
    act_stubborn();
}

// Doubles until there are 256 of them, all of them in sessions of their own.
static void act_many(void)
{
    prctl(PR_SET_NAME, family_name());
    for (int i = 0; i < 8; i++)
        if (MUST(fork()) == 0)
            setsid();
    act_stubborn();
}

static void act_leave_one_behind(void)
{
    if (MUST(fork()) == 0) {
        setsid();
        act_stubborn();
    }
}

static void act_late_child(void)
{
    int gone[2];
    char token;

    MUST(pipe(gone));
    if (MUST(fork()) == 0) {
        close(gone[1]);
        MUST(read(gone[0], &token, 1)); // until its parent has ended
        say(2, "late\n");
        _exit(0);
    }
    say(1, "early\n");
}

static const struct act {
    const char *name;
    void (*play)(void);
} acts[] = {
    {"alternate", act_alternate},
    {"stdio", act_stdio},
    {"double", act_double},
    {"turns", act_turns},
    {"threads", act_threads},
    {"crowd", act_crowd},
    {"copies", act_copies},
    {"vector", act_vector},
    {"fail_and_sleep", act_fail_and_sleep},
    {"fail_and_spin", act_fail_and_spin},
    {"big", act_big},
    {"bytes", act_bytes},
    {"flood", act_flood},
    {"copy", act_copy},
    {"terminal", act_terminal},
    {"facts", act_facts},
    {"signals", act_signals},
    {"descriptors", act_descriptors},
    {"status", act_status},
    {"crash", act_crash},
    {"wait", act_wait},
    {"stubborn", act_stubborn},
    {"stopped", act_stopped},
    {"fork_on", act_fork_on},
    {"many", act_many},
    {"leave_one_behind", act_leave_one_behind},
    {"late_child", act_late_child},
};

static int play(const char *name)
{
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++)
        if (strcmp(acts[i].name, name) == 0) {
            acts[i].play();
            return 0;
        }
    return 125;
}

// ---- Running one ------------------------------------------------------------

static char error[512];

static struct run_result run_argv(const char *const *argv,
                                  const struct run_spec *wishes)
{
    struct run_spec spec = *wishes;
    struct run_result result;

    spec.argv = (char *const *)argv;
    if (!spec.limit_bytes)
        spec.limit_bytes = 8 * BIG;
    if (!spec.timeout_ms)
        spec.timeout_ms = 100000;
    error[0] = '\0';
    ck_assert_msg(run_program(&spec, &result, error, sizeof error), "%s",
                  error);
    return result;
}

static struct run_result run_wishing(const char *act,
                                     const struct run_spec *wishes)
{
    const char *argv[] = {"/proc/self/exe", act, NULL};

    return run_argv(argv, wishes);
}

static struct run_result run_act(const char *act, enum run_stdio stdio)
{
    return run_wishing(act, &(struct run_spec){.stdio = stdio});
}

// "1:first 2:second " for two pieces, newlines left out.
static const char *story(const struct run_result *result)
{
    static char text[65536];
    size_t used = 0;

    text[0] = '\0';
    for (size_t i = 0; i < result->piece_count; i++) {
        const struct run_piece *piece = &result->pieces[i];
        int length = (int)piece->size_bytes;

        if (length > 0 && result->bytes[piece->offset + length - 1] == '\n')
            length--;
        used += (size_t)snprintf(text + used, sizeof text - used, "%d:%.*s ",
                                 piece->stream, length,
                                 result->bytes + piece->offset);
    }
    return text;
}

static void check_order_known(const struct run_result *result)
{
    ck_assert(result->order_recorded);
    for (size_t i = 0; i < result->piece_count; i++) {
        ck_assert_msg(result->pieces[i].order_known, "piece %zu of %zu", i,
                      result->piece_count);
        ck_assert_uint_eq(result->pieces[i].writes, 1);
        if (i > 0)
            ck_assert_uint_gt(result->pieces[i].time_ns,
                              result->pieces[i - 1].time_ns);
    }
}

static bool fact_is(const struct run_result *result, const char *fact_line)
{
    const char *found = strstr(result->facts, fact_line);

    return found && found[strlen(fact_line)] == '\n';
}

// How many processes bear the name of the families above?
static int count_family(void)
{
    struct dirent *entry;
    DIR *processes = opendir("/proc");
    int count = 0;

    while ((entry = readdir(processes))) {
        char path[300], name[32] = "";
        FILE *file;

        snprintf(path, sizeof path, "/proc/%s/comm", entry->d_name);
        file = fopen(path, "r");
        if (!file)
            continue;
        if (fscanf(file, "%31s", name) == 1)
            count += strcmp(name, family_name()) == 0;
        fclose(file);
    }
    closedir(processes);
    return count;
}

// ---- Order ------------------------------------------------------------------

START_TEST(alternating_writes_come_in_the_order_they_were_written)
{
    struct run_result result = run_act("alternate", every_stdio[_i]);
    char line[16];

    check_order_known(&result);
    ck_assert_uint_eq(result.piece_count, 200);
    for (size_t i = 0; i < 200; i++) {
        const struct run_piece *piece = &result.pieces[i];

        snprintf(line, sizeof line, "%s %zu\n", i % 2 ? "err" : "out", i / 2);
        ck_assert_int_eq(piece->stream, (int)(i % 2 + 1));
        ck_assert_uint_eq(piece->size_bytes, strlen(line));
        ck_assert_int_eq(
            memcmp(result.bytes + piece->offset, line, strlen(line)), 0);
    }
    run_free(&result);
}
END_TEST

START_TEST(what_stdio_holds_back_comes_late)
{
    const char *expected = every_stdio[_i] == RUN_TTY
                               ? "1:first 2:second 1:third "
                               : "2:second 1:first\nthird ";
    struct run_result result = run_act("stdio", every_stdio[_i]);

    check_order_known(&result);
    ck_assert_str_eq(story(&result), expected);
    run_free(&result);
}
END_TEST

START_TEST(output_doubled_by_fork_has_two_writers)
{
    struct run_result result = run_act("double", RUN_PIPE);

    check_order_known(&result);
    ck_assert_str_eq(story(&result), "1:once? 1:once? ");
    ck_assert_int_ne(result.pieces[0].pid, result.pieces[1].pid);
    run_free(&result);
}
END_TEST

static void check_turns(const char *act, enum run_stdio stdio,
                        const char *first, const char *second)
{
    struct run_result result = run_act(act, stdio);
    char expected[1024] = "";

    for (int i = 0; i < TURNS; i++)
        sprintf(expected + strlen(expected), "1:%s 2:%s ", first, second);
    check_order_known(&result);
    ck_assert_str_eq(story(&result), expected);
    run_free(&result);
}

START_TEST(two_processes_by_turns_are_in_order_100_of_100_times)
{
    for (int i = 0; i < 100; i++)
        check_turns("turns", every_stdio[_i], "parent", "child");
}
END_TEST

START_TEST(two_threads_by_turns_are_in_order)
{
    for (int i = 0; i < 20; i++)
        check_turns("threads", every_stdio[_i], "ping", "pong");
}
END_TEST

START_TEST(each_piece_of_a_crowd_is_one_whole_write)
{
    struct run_result result = run_act("crowd", every_stdio[_i]);
    int next[4] = {0};

    check_order_known(&result);
    ck_assert_uint_eq(result.piece_count, 200);
    for (size_t i = 0; i < 200; i++) {
        const struct run_piece *piece = &result.pieces[i];
        const char *line = result.bytes + piece->offset;
        int *number = &next[line[0] - 'a'];

        ck_assert_uint_eq(piece->size_bytes, 4);
        ck_assert_int_eq(atoi(line + 1), *number);
        ck_assert_int_eq(piece->stream, *number % 2 + 1);
        ck_assert_int_ne(piece->tid, piece->pid);
        (*number)++;
    }
    run_free(&result);
}
END_TEST

START_TEST(a_descriptor_counts_by_where_it_leads)
{
    struct run_result result = run_act("copies", every_stdio[_i]);

    check_order_known(&result);
    ck_assert_str_eq(story(&result),
                     "1:copy of 1 2:copy of 2 2:1 is 2 1:still 1 ");
    run_free(&result);
}
END_TEST

START_TEST(a_vector_is_one_write)
{
    struct run_result result = run_act("vector", every_stdio[_i]);

    check_order_known(&result);
    ck_assert_str_eq(story(&result), "1:one write 2:another ");
    run_free(&result);
}
END_TEST

START_TEST(who_sleeps_after_a_failed_write_holds_nobody_up)
{
    struct run_result result = run_act("fail_and_sleep", every_stdio[_i]);

    check_order_known(&result);
    ck_assert_str_eq(story(&result), "2:meanwhile 1:again ");
    run_free(&result);
}
END_TEST

START_TEST(an_order_that_cannot_be_known_is_not_claimed)
{
    struct run_result result = run_act("fail_and_spin", every_stdio[_i]);

    ck_assert(result.order_recorded);
    ck_assert_str_eq(story(&result), "2:meanwhile 1:again ");
    ck_assert(!result.pieces[0].order_known);
    ck_assert(result.pieces[1].order_known);
    run_free(&result);
}
END_TEST

static const char *make_file(const char *name, const char *text, mode_t mode)
{
    static char path[300];
    FILE *file;

    snprintf(path, sizeof path, "%s", name);
    file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
    MUST(chmod(path, mode));
    return path;
}

// A folder of its own for a test, which it leaves as its current one.
static void enter_scratch(char *folder)
{
    temporary_folder(folder);
    MUST(chdir(folder));
}

static void leave_scratch(const char *folder)
{
    MUST(chdir("/"));
    temporary_remove(folder);
}

START_TEST(a_static_program_is_recorded_as_well)
{
    const char *argv[] = {"./static", NULL};
    struct run_result result;
    char folder[TEMPORARY_SIZE];

    enter_scratch(folder);
    make_file("static.c",
              "#include <stdio.h>\n"
              "int main(void) { puts(\"a\"); fflush(stdout);\n"
              "fputs(\"b\\n\", stderr); puts(\"c\"); return 0; }\n",
              0600);
    ck_assert_int_eq(system("cc -static -o static static.c"), 0);
    result = run_argv(argv, &(struct run_spec){.stdio = RUN_PIPE});
    check_order_known(&result);
    ck_assert_str_eq(story(&result), "1:a 2:b 1:c ");
    run_free(&result);
    leave_scratch(folder);
}
END_TEST

START_TEST(a_shell_and_its_commands_are_one_family)
{
    const char *argv[] = {
        "sh", "-c", "echo a; ls /nowhere/x 2>&1 >&2 | wc -l >&2; echo b", NULL};
    struct run_result result =
        run_argv(argv, &(struct run_spec){.stdio = every_stdio[_i]});

    check_order_known(&result);
    ck_assert_str_eq(story(&result), "1:a 2:1 1:b ");
    run_free(&result);
}
END_TEST

START_TEST(what_is_written_after_the_end_of_the_program_is_kept)
{
    struct run_result result = run_act("late_child", every_stdio[_i]);

    check_order_known(&result);
    ck_assert_str_eq(story(&result), "1:early 2:late ");
    run_free(&result);
}
END_TEST

START_TEST(without_user_notification_stdout_stands_before_stderr)
{
    struct run_result result;

    setenv("TELAR_NO_WRITE_ORDER", "1", 1);
    result = run_act("alternate", every_stdio[_i]);
    unsetenv("TELAR_NO_WRITE_ORDER");
    ck_assert(!result.order_recorded);
    ck_assert_uint_eq(result.piece_count, 2);
    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(result.pieces[i].stream, i + 1);
        ck_assert(!result.pieces[i].order_known);
        ck_assert_uint_eq(result.pieces[i].size_bytes, 690);
    }
    ck_assert_int_eq(strncmp(result.bytes, "out 0\nout 1\n", 12), 0);
    run_free(&result);
}
END_TEST

START_TEST(a_run_without_order_is_not_watched)
{
    struct run_result result = run_wishing(
        "alternate", &(struct run_spec){.stdio = RUN_TTY, .unordered = true});

    ck_assert(!result.order_recorded);
    ck_assert_uint_eq(result.piece_count, 2);
    run_free(&result);
}
END_TEST

// ---- Size -------------------------------------------------------------------

START_TEST(a_write_bigger_than_the_pipe_is_one_piece)
{
    static const char letters[] = "oe";
    struct run_result result = run_act("big", every_stdio[_i]);

    check_order_known(&result);
    ck_assert_uint_eq(result.piece_count, 4);
    for (int i = 0; i < 4; i++) {
        const struct run_piece *piece = &result.pieces[i];

        ck_assert_int_eq(piece->stream, i % 2 + 1);
        ck_assert_uint_eq(piece->size_bytes, BIG);
        ck_assert_int_eq(result.bytes[piece->offset], letters[i % 2]);
        ck_assert_int_eq(result.bytes[piece->offset + BIG - 1], letters[i % 2]);
    }
    run_free(&result);
}
END_TEST

START_TEST(too_many_writes_share_pieces_and_lose_nothing)
{
    struct run_result result = run_act("bytes", RUN_PIPE);
    const struct run_piece *last = &result.pieces[result.piece_count - 1];

    ck_assert_uint_eq(result.size_bytes, 110000);
    ck_assert_uint_eq(result.lost_bytes, 0);
    ck_assert_uint_lt(result.piece_count, 110000);
    ck_assert_uint_eq(last->writes, last->size_bytes);
    ck_assert_uint_eq(last->size_bytes, 110001 - result.piece_count);
    run_free(&result);
}
END_TEST

START_TEST(what_is_beyond_the_limit_is_counted)
{
    struct run_result result =
        run_wishing("flood", &(struct run_spec){.stdio = every_stdio[_i],
                                                .limit_bytes = 100000});

    ck_assert_int_eq(result.exit_status, 0);
    ck_assert_uint_eq(result.size_bytes, 100000);
    ck_assert_uint_eq(result.lost_bytes, 65536000 - 100000);
    run_free(&result);
}
END_TEST

START_TEST(without_order_the_limit_holds_as_well)
{
    struct run_result result =
        run_wishing("flood", &(struct run_spec){.stdio = every_stdio[_i],
                                                .unordered = true,
                                                .limit_bytes = 100000});

    ck_assert_int_eq(result.exit_status, 0);
    ck_assert_uint_eq(result.size_bytes, 100000);
    ck_assert_uint_eq(result.lost_bytes, 65536000 - 100000);
    run_free(&result);
}
END_TEST

// ---- Input, facts, what the program finds -----------------------------------

START_TEST(input_of_any_size_arrives_whole)
{
    struct run_result result;
    char *text = malloc(BIG + 1);

    for (int i = 0; i < BIG; i++)
        text[i] = (char)('a' + i % 23);
    text[BIG] = '\0';
    result = run_wishing(
        "copy", &(struct run_spec){.stdio = every_stdio[_i], .input = text});
    ck_assert_uint_eq(result.size_bytes, BIG);
    ck_assert_str_eq(result.bytes, text);
    run_free(&result);
    result = run_wishing("status", &(struct run_spec){.input = text});
    ck_assert_int_eq(result.exit_status, 7);
    run_free(&result);
    free(text);
}
END_TEST

START_TEST(no_input_is_end_of_file)
{
    struct run_result result = run_act("copy", RUN_TTY);

    ck_assert_int_eq(result.exit_status, 0);
    ck_assert_uint_eq(result.size_bytes, 0);
    ck_assert_uint_eq(result.piece_count, 0);
    run_free(&result);
    result = run_wishing("copy", &(struct run_spec){.input = ""});
    ck_assert_int_eq(result.exit_status, 0);
    run_free(&result);
}
END_TEST

START_TEST(the_program_finds_the_stdio_it_was_promised)
{
    struct run_result result = run_act("terminal", every_stdio[_i]);
    bool tty = every_stdio[_i] == RUN_TTY, file = every_stdio[_i] == RUN_FILE;

    ck_assert(fact_is(&result, tty ? "fact out_is_terminal 1"
                                   : "fact out_is_terminal 0"));
    ck_assert(fact_is(&result, tty ? "fact err_is_terminal 1"
                                   : "fact err_is_terminal 0"));
    ck_assert(fact_is(&result, "fact in_is_terminal 0"));
    ck_assert(fact_is(&result, tty ? "fact rows 24" : "fact rows 0"));
    ck_assert(fact_is(&result, tty ? "fact columns 80" : "fact columns 0"));
    ck_assert(fact_is(&result, file ? "fact regular 1" : "fact regular 0"));
    ck_assert(fact_is(&result, tty ? "fact same 1" : "fact same 0"));
    ck_assert_str_eq(result.bytes, "a\n\tb\n");
    run_free(&result);
}
END_TEST

START_TEST(facts_are_kept_up_to_64_kib)
{
    struct run_result result = run_act("facts", RUN_PIPE);

    ck_assert_int_eq(result.exit_status, 0);
    ck_assert_uint_eq(strlen(result.facts), 65536);
    ck_assert_int_eq(strncmp(result.facts, "fact fact_number_0 0\n", 21), 0);
    ck_assert_uint_eq(result.size_bytes, 0);
    run_free(&result);
}
END_TEST

START_TEST(the_program_starts_with_default_signals)
{
    struct run_result result;
    sigset_t some;

    signal(SIGPIPE, SIG_IGN);
    signal(SIGCHLD, SIG_IGN);
    signal(SIGINT, SIG_IGN);
    sigemptyset(&some);
    sigaddset(&some, SIGTERM);
    sigprocmask(SIG_BLOCK, &some, NULL);
    result = run_act("signals", RUN_PIPE);
    ck_assert(fact_is(&result, "fact ignored 0"));
    ck_assert(fact_is(&result, "fact blocked 0"));
    run_free(&result);
}
END_TEST

START_TEST(the_program_gets_none_of_our_descriptors)
{
    int mine = dup(1); // not close-on-exec
    struct run_result result = run_act("descriptors", RUN_PIPE);

    ck_assert(fact_is(&result, "fact descriptors 4")); // 0, 1, 2, facts
    run_free(&result);
    close(mine);
}
END_TEST

START_TEST(a_relative_path_is_meant_from_here)
{
    const char *argv[] = {"./here", NULL};
    struct run_result result;
    char folder[TEMPORARY_SIZE];

    enter_scratch(folder);
    make_file("here", "#!/bin/sh\npwd\n", 0700);
    result = run_argv(argv, &(struct run_spec){.directory = "/usr"});
    ck_assert_str_eq(result.bytes, "/usr\n");
    run_free(&result);
    leave_scratch(folder);
}
END_TEST

// ---- The end ----------------------------------------------------------------

START_TEST(status_and_signal_are_told_apart)
{
    struct run_result result = run_act("status", RUN_PIPE);

    ck_assert_int_eq(result.exit_status, 7);
    ck_assert_int_eq(result.signal, 0);
    run_free(&result);
    result = run_act("crash", RUN_PIPE);
    ck_assert_int_eq(result.exit_status, -1);
    ck_assert_int_eq(result.signal, SIGSEGV);
    ck_assert(!result.timed_out);
    ck_assert_str_eq(result.bytes, "before");
    run_free(&result);
}
END_TEST

static const char *const hard_to_kill[] = {"wait", "stubborn", "stopped",
                                           "fork_on", "many"};

static void check_timeout(const char *act, bool unordered)
{
    struct run_result result = run_wishing(
        act, &(struct run_spec){.timeout_ms = 300, .unordered = unordered});

    ck_assert(result.timed_out);
    ck_assert_int_eq(result.exit_status, -1);
    ck_assert_int_eq(result.signal, SIGKILL);
    ck_assert_int_eq(count_family(), 0);
    run_free(&result);
}

START_TEST(a_timeout_kills_the_whole_family)
{
    check_timeout(hard_to_kill[_i], false);
    check_timeout(hard_to_kill[_i], true);
}
END_TEST

START_TEST(who_is_left_behind_is_killed_after_a_second)
{
    struct run_result result = run_act("leave_one_behind", RUN_PIPE);

    ck_assert_int_eq(result.exit_status, 0);
    ck_assert(!result.timed_out);
    ck_assert_str_eq(result.bytes, "waiting\n");
    ck_assert_int_eq(count_family(), 0);
    run_free(&result);
}
END_TEST

static volatile sig_atomic_t stop;

static void on_alarm(int number)
{
    stop = number;
}

START_TEST(the_stop_flag_set_by_a_signal_ends_the_run)
{
    struct run_result result;
    struct itimerval soon = {.it_value.tv_usec = 50000};

    signal(SIGALRM, on_alarm);
    setitimer(ITIMER_REAL, &soon, NULL);
    result = run_wishing("stubborn", &(struct run_spec){.stop = &stop});
    ck_assert_int_eq(stop, SIGALRM);
    ck_assert(result.stopped);
    ck_assert(!result.timed_out);
    ck_assert_int_eq(count_family(), 0);
    run_free(&result);
    result = run_wishing("stubborn", &(struct run_spec){.stop = &stop});
    ck_assert(result.stopped); // the flag was set before the run
    run_free(&result);
}
END_TEST

// Everybody who descends from the dead caller comes to us: with nobody left to
// wait for, nobody is left.
START_TEST(a_caller_that_is_killed_leaves_nobody_behind)
{
    pid_t caller;
    int began[2];
    char byte;

    MUST(prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0));
    MUST(pipe(began));
    caller = fork();
    if (caller == 0) {
        // The program's line comes through a file that we can wait for.
        const char *argv[] = {"sh", "-c", "echo x > began; exec sleep 1000",
                              NULL};
        struct run_result result;
        char folder[TEMPORARY_SIZE];

        close(began[0]);
        enter_scratch(folder);
        MUST(mkfifo("began", 0600));
        if (fork() == 0) {
            int fifo = MUST(open("began", O_RDONLY));

            MUST(read(fifo, &byte, 1));
            leave_scratch(folder);
            MUST(write(began[1], &byte, 1));
            _exit(0);
        }
        result = run_argv(argv, &(struct run_spec){.stdio = RUN_FILE});
        _exit(result.exit_status);
    }
    MUST(read(began[0], &byte, 1));
    kill(caller, SIGKILL);
    while (wait(NULL) > 0)
        continue;
    ck_assert_int_eq(errno, ECHILD);
}
END_TEST

static int count_descriptors(void)
{
    int count = 0;

    for (int fd = 0; fd < 256; fd++)
        count += fcntl(fd, F_GETFD) >= 0;
    return count;
}

START_TEST(the_caller_is_as_it_was_before)
{
    struct sigaction before[32], after;
    sigset_t mask_before, mask_after;
    int descriptors = count_descriptors();
    struct run_result result;

    for (int i = 1; i < 32; i++)
        sigaction(i, NULL, &before[i]);
    sigprocmask(SIG_SETMASK, NULL, &mask_before);
    result = run_act("turns", every_stdio[_i]);
    run_free(&result);
    sigprocmask(SIG_SETMASK, NULL, &mask_after);
    ck_assert_mem_eq(&mask_before, &mask_after, sizeof(long));
    for (int i = 1; i < 32; i++)
        if (sigaction(i, NULL, &after) == 0)
            ck_assert_ptr_eq(after.sa_handler, before[i].sa_handler);
    ck_assert_int_eq(count_descriptors(), descriptors);
    ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
    ck_assert_int_eq(errno, ECHILD);
}
END_TEST

START_TEST(a_child_of_the_caller_is_left_alone)
{
    struct run_result result;
    int status;
    pid_t mine = fork();

    if (mine == 0)
        _exit(3);
    result = run_act("turns", RUN_PIPE);
    run_free(&result);
    ck_assert_int_eq(waitpid(mine, &status, 0), mine);
    ck_assert_int_eq(WEXITSTATUS(status), 3);
}
END_TEST

static void ignore_it(int number)
{
    (void)number;
}

START_TEST(a_storm_of_signals_in_the_caller_changes_nothing)
{
    struct sigaction action = {.sa_handler = ignore_it}; // no SA_RESTART
    struct itimerval often = {.it_interval.tv_usec = 500,
                              .it_value.tv_usec = 500};

    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &often, NULL);
    for (int i = 0; i < 10; i++)
        check_turns("turns", every_stdio[_i], "parent", "child");
    often.it_value.tv_usec = 0;
    setitimer(ITIMER_REAL, &often, NULL);
}
END_TEST

START_TEST(a_caller_without_standard_descriptors_is_served)
{
    int saved[3];

    for (int fd = 0; fd < 3; fd++) {
        saved[fd] = fcntl(fd, F_DUPFD, 10);
        close(fd);
    }
    struct run_result result = run_act("copies", every_stdio[_i]);
    for (int fd = 0; fd < 3; fd++)
        dup2(saved[fd], fd);
    ck_assert_str_eq(story(&result),
                     "1:copy of 1 2:copy of 2 2:1 is 2 1:still 1 ");
    run_free(&result);
}
END_TEST

// ---- What cannot be run -----------------------------------------------------

static void check_refused(const char *program, const char *directory,
                          const char *trace, const char *english,
                          const char *spanish)
{
    const char *argv[] = {program, NULL};
    struct run_spec spec = {.argv = (char *const *)argv,
                            .directory = directory,
                            .trace = trace,
                            .limit_bytes = 100,
                            .timeout_ms = 10000};
    struct run_result result;

    for (int language = 0; language < 2; language++) {
        lang_set(language ? "es" : "en");
        ck_assert(!run_program(&spec, &result, error, sizeof error));
        ck_assert_msg(strstr(error, language ? spanish : english), "%s", error);
        ck_assert_ptr_null(result.bytes);
        ck_assert_ptr_null(result.pieces);
        ck_assert_ptr_null(result.facts);
    }
    ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
}

START_TEST(what_cannot_be_run_is_said_in_one_sentence)
{
    char folder[TEMPORARY_SIZE];

    setenv("PATH", "/usr/bin:/bin", 1);
    enter_scratch(folder);
    make_file("locked", "#!/bin/sh\n", 0600);
    make_file("orphan", "#!/nowhere/sh\n", 0700);
    make_file("text", "just text\n", 0700);
    check_refused("./missing", NULL, NULL, "./missing: there is no such",
                  "./missing: no existe");
    check_refused("telar-no-such", NULL, NULL, "there is no such", "no existe");
    check_refused("./locked", NULL, NULL, "may not be executed",
                  "no se puede ejecutar");
    check_refused(folder, NULL, NULL, "may not be executed",
                  "no se puede ejecutar");
    check_refused("./orphan", NULL, NULL, "interpret", "interpretarlo");
    check_refused("./text", NULL, NULL, "not a program", "no es un programa");
    check_refused("/bin/true", "/nowhere", NULL, "/nowhere: could not",
                  "/nowhere: no se pudo");
    check_refused("/bin/true", NULL, "/nowhere/t", "/nowhere/t: the trace",
                  "/nowhere/t: no se pudo crear la traza");
    leave_scratch(folder);
}
END_TEST

START_TEST(stdio_is_known_by_name)
{
    enum run_stdio stdio;

    for (int i = 0; i < 3; i++) {
        ck_assert(run_stdio_named(stdio_names[i], &stdio));
        ck_assert_int_eq(stdio, every_stdio[i]);
    }
    ck_assert(!run_stdio_named("socket", &stdio));
    ck_assert(!run_stdio_named("", &stdio));
}
END_TEST

// ---- One account, two readers -----------------------------------------------

static void check_same_writes(const struct reader *trace,
                              const struct run_result *result)
{
    size_t piece = 0;

    for (size_t i = 0; i < trace->count; i++) {
        const struct trace_record *event = reader_event(trace, i);
        const struct trace_entry *task =
            reader_entry(trace, reader_task(trace, i));
        const struct run_piece *p = &result->pieces[piece];

        if (TRACE_KIND(event->last) != TRACE_OUTPUT)
            continue;
        ck_assert_uint_lt(piece++, result->piece_count);
        ck_assert_uint_eq(event->object, (uint64_t)p->stream);
        ck_assert_uint_eq(event->value, p->size_bytes);
        ck_assert_uint_eq(event->time, p->time_ns);
        ck_assert_uint_eq(task->tid, (uint32_t)p->tid);
        ck_assert_uint_eq(task->pid, (uint32_t)p->pid);
    }
    ck_assert_uint_eq(piece, result->piece_count);
}

static size_t count_events(const struct reader *trace, uint16_t kind)
{
    size_t count = 0;

    for (size_t i = 0; i < trace->count; i++)
        count += TRACE_KIND(reader_event(trace, i)->last) == kind;
    return count;
}

START_TEST(the_trace_and_the_pieces_tell_the_same_story)
{
    const char *const made[] = {"turns", "threads", "alternate"};
    struct run_result result;
    struct reader trace;
    char folder[TEMPORARY_SIZE];

    enter_scratch(folder);
    result = run_wishing(made[_i], &(struct run_spec){.trace = "t.trace"});
    ck_assert_msg(reader_open(&trace, "t.trace"), "%s", trace.error);
    check_same_writes(&trace, &result);
    ck_assert_uint_eq(count_events(&trace, TRACE_TASK_BEGIN), _i < 2 ? 2 : 1);
    ck_assert_uint_eq(count_events(&trace, TRACE_TASK_EXIT), 1);
    reader_close(&trace);
    run_free(&result);
    leave_scratch(folder);
}
END_TEST

// ---- A run recorded whole ---------------------------------------------------

// From the kernel where it allows it, and from samples.
static const char *const no_perf[] = {"", "1"};

static struct run_result record(const char *act, const struct run_spec *wishes,
                                struct reader *trace)
{
    struct run_spec spec = *wishes;
    struct run_result result;

    spec.trace = "t.trace";
    spec.records = true;
    result = run_wishing(act, &spec);
    ck_assert_msg(reader_open(trace, "t.trace"), "%s", trace->error);
    return result;
}

static const struct {
    const char *act;
    size_t tasks;
    uint16_t call; // that the library inside saw, so often
    size_t calls;
} recorded[] = {{"turns", 2, TRACE_PIPE_READ, 2 * TURNS},
                {"threads", 2, TRACE_SEM_ACQUIRE, 2 * TURNS},
                {"alternate", 1, TRACE_PIPE_READ, 0}};

START_TEST(a_recorded_run_has_its_tasks_its_calls_and_its_writes)
{
    size_t which = (size_t)_i / 2;
    const char *act = recorded[which].act;
    struct run_result alone = run_act(act, RUN_PIPE), result;
    struct reader trace;
    char folder[TEMPORARY_SIZE];

    enter_scratch(folder);
    setenv("TELAR_NO_PERF", no_perf[_i % 2], 1);
    result = record(act, &(struct run_spec){0}, &trace);
    ck_assert_uint_eq(result.piece_count, alone.piece_count);
    ck_assert_uint_eq(result.size_bytes, alone.size_bytes);
    ck_assert_mem_eq(result.bytes, alone.bytes, alone.size_bytes);
    check_same_writes(&trace, &result);
    ck_assert_uint_eq(count_events(&trace, TRACE_TASK_BEGIN),
                      recorded[which].tasks);
    ck_assert_uint_eq(count_events(&trace, TRACE_TASK_EXIT),
                      recorded[which].tasks);
    ck_assert_uint_eq(count_events(&trace, recorded[which].call),
                      recorded[which].calls);
    reader_close(&trace);
    run_free(&alone);
    run_free(&result);
    leave_scratch(folder);
}
END_TEST

static uint64_t source_of(const struct reader *trace)
{
    for (size_t i = 0; i < trace->count; i++)
        if (TRACE_KIND(reader_event(trace, i)->last) == TRACE_SCHEDULING)
            return reader_event(trace, i)->object;
    return 0;
}

START_TEST(a_recorded_run_says_where_its_scheduling_comes_from)
{
    struct run_result result;
    struct reader trace;
    char folder[TEMPORARY_SIZE];

    enter_scratch(folder);
    setenv("TELAR_NO_PERF", "1", 1);
    result = record("threads", &(struct run_spec){0}, &trace);
    ck_assert_uint_eq(source_of(&trace), TRACE_SOURCE_FALLBACK);
    ck_assert_uint_gt(count_events(&trace, TRACE_CPU_RUN), 0);
    reader_close(&trace);
    run_free(&result);
    leave_scratch(folder);
}
END_TEST

START_TEST(a_recorded_run_without_order_is_not_watched)
{
    struct run_result result;
    struct reader trace;
    char folder[TEMPORARY_SIZE];

    enter_scratch(folder);
    result = record("turns", &(struct run_spec){.unordered = true}, &trace);
    ck_assert(!result.order_recorded);
    ck_assert_uint_eq(count_events(&trace, TRACE_OUTPUT), 2 * TURNS);
    ck_assert_uint_eq(count_events(&trace, TRACE_PIPE_READ), 2 * TURNS);
    reader_close(&trace);
    run_free(&result);
    leave_scratch(folder);
}
END_TEST

START_TEST(a_recorded_run_that_is_killed_ends_in_its_trace)
{
    struct run_result result;
    struct reader trace;
    char folder[TEMPORARY_SIZE];

    enter_scratch(folder);
    result = record("wait", &(struct run_spec){.timeout_ms = 1000}, &trace);
    ck_assert(result.timed_out);
    ck_assert_uint_eq(count_events(&trace, TRACE_TASK_EXIT), 1);
    reader_close(&trace);
    run_free(&result);
    leave_scratch(folder);
}
END_TEST

START_TEST(facts_are_no_part_of_what_a_program_does)
{
    struct run_result result;
    struct reader trace;
    char folder[TEMPORARY_SIZE];

    enter_scratch(folder);
    result = record("facts", &(struct run_spec){0}, &trace);
    ck_assert_uint_gt(strlen(result.facts), 0);
    ck_assert_uint_eq(count_events(&trace, TRACE_PIPE_WRITE), 0);
    reader_close(&trace);
    run_free(&result);
    leave_scratch(folder);
}
END_TEST

START_TEST(a_run_that_is_not_recorded_has_nothing_inside)
{
    const char *const argv[] = {
        "sh", "-c", "echo \"$LD_PRELOAD$TELAR_RECORD$TELAR_RECORD_WHAT.\"",
        NULL};
    struct run_result result =
        run_argv(argv, &(struct run_spec){.trace = NULL});

    ck_assert_str_eq(result.bytes, ".\n");
    run_free(&result);
}
END_TEST

// ---- All of it --------------------------------------------------------------

// A deadlock is a failure, not a hang.
static TCase *new_case(Suite *suite, const char *name)
{
    TCase *made = tcase_create(name);

    tcase_set_timeout(made, 120);
    suite_add_tcase(suite, made);
    return made;
}

static void add_order(TCase *c)
{
    tcase_add_loop_test(
        c, alternating_writes_come_in_the_order_they_were_written, 0, 3);
    tcase_add_loop_test(c, what_stdio_holds_back_comes_late, 0, 3);
    tcase_add_test(c, output_doubled_by_fork_has_two_writers);
    tcase_add_loop_test(c, two_processes_by_turns_are_in_order_100_of_100_times,
                        0, 3);
    tcase_add_loop_test(c, two_threads_by_turns_are_in_order, 0, 3);
    tcase_add_loop_test(c, each_piece_of_a_crowd_is_one_whole_write, 0, 3);
    tcase_add_loop_test(c, a_descriptor_counts_by_where_it_leads, 0, 3);
    tcase_add_loop_test(c, a_vector_is_one_write, 0, 3);
    tcase_add_loop_test(c, who_sleeps_after_a_failed_write_holds_nobody_up, 0,
                        3);
    tcase_add_loop_test(c, an_order_that_cannot_be_known_is_not_claimed, 0, 3);
    tcase_add_test(c, a_static_program_is_recorded_as_well);
    tcase_add_loop_test(c, a_shell_and_its_commands_are_one_family, 0, 3);
    tcase_add_loop_test(c, what_is_written_after_the_end_of_the_program_is_kept,
                        0, 3);
    tcase_add_loop_test(
        c, without_user_notification_stdout_stands_before_stderr, 0, 3);
    tcase_add_test(c, a_run_without_order_is_not_watched);
    tcase_add_loop_test(c, the_trace_and_the_pieces_tell_the_same_story, 0, 3);
}

static void add_contents(TCase *c)
{
    tcase_add_loop_test(c, a_write_bigger_than_the_pipe_is_one_piece, 0, 3);
    tcase_add_test(c, too_many_writes_share_pieces_and_lose_nothing);
    tcase_add_loop_test(c, what_is_beyond_the_limit_is_counted, 0, 3);
    tcase_add_loop_test(c, without_order_the_limit_holds_as_well, 0, 3);
    tcase_add_loop_test(c, input_of_any_size_arrives_whole, 0, 3);
    tcase_add_test(c, no_input_is_end_of_file);
    tcase_add_loop_test(c, the_program_finds_the_stdio_it_was_promised, 0, 3);
    tcase_add_test(c, facts_are_kept_up_to_64_kib);
    tcase_add_test(c, the_program_starts_with_default_signals);
    tcase_add_test(c, the_program_gets_none_of_our_descriptors);
    tcase_add_test(c, a_relative_path_is_meant_from_here);
}

static void add_end(TCase *c)
{
    tcase_add_test(c, status_and_signal_are_told_apart);
    tcase_add_loop_test(c, a_timeout_kills_the_whole_family, 0,
                        sizeof hard_to_kill / sizeof *hard_to_kill);
    tcase_add_test(c, who_is_left_behind_is_killed_after_a_second);
    tcase_add_test(c, the_stop_flag_set_by_a_signal_ends_the_run);
    tcase_add_test(c, a_caller_that_is_killed_leaves_nobody_behind);
    tcase_add_loop_test(c, the_caller_is_as_it_was_before, 0, 3);
    tcase_add_test(c, a_child_of_the_caller_is_left_alone);
    tcase_add_loop_test(c, a_storm_of_signals_in_the_caller_changes_nothing, 0,
                        3);
    tcase_add_loop_test(c, a_caller_without_standard_descriptors_is_served, 0,
                        3);
    tcase_add_test(c, what_cannot_be_run_is_said_in_one_sentence);
    tcase_add_test(c, stdio_is_known_by_name);
}

// A sanitizer would have to come before the library that goes inside.
static bool can_be_recorded(void)
{
    return !dlsym(RTLD_DEFAULT, "__asan_init") &&
           !dlsym(RTLD_DEFAULT, "__tsan_init");
}

static void add_recorded(TCase *c)
{
    tcase_add_test(c, a_run_that_is_not_recorded_has_nothing_inside);
    if (!can_be_recorded())
        return;
    tcase_add_loop_test(
        c, a_recorded_run_has_its_tasks_its_calls_and_its_writes, 0, 6);
    tcase_add_test(c, a_recorded_run_says_where_its_scheduling_comes_from);
    tcase_add_test(c, a_recorded_run_without_order_is_not_watched);
    tcase_add_test(c, a_recorded_run_that_is_killed_ends_in_its_trace);
    tcase_add_test(c, facts_are_no_part_of_what_a_program_does);
}

int main(int argc, char **argv)
{
    Suite *suite;
    SRunner *runner;
    char family[16];
    int failed;

    if (argc == 2)
        return play(argv[1]);
    snprintf(family, sizeof family, "kin-%d", (int)getpid());
    setenv("TELAR_TEST_FAMILY", family, 1);
    suite = suite_create("run");
    lang_set("en");
    add_order(new_case(suite, "order"));
    add_contents(new_case(suite, "contents"));
    add_end(new_case(suite, "end"));
    add_recorded(new_case(suite, "recorded"));
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
