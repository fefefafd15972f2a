// suite.c - the promises of a lab: described, tried one by one, recorded
//
// telar-check runs the suite twice: with --describe for what the lab is (JSON
// on standard output), and for the trial. Verdicts go to the descriptor
// --records, a line of JSON each; libcheck gives each test a process and an end
// in time, and its own opinion is not asked.
#include <check.h>
#include <errno.h>
#include <getopt.h>
#include <jansson.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

#include "runtime/must.h"
#include "tools/course/error_words.h"
#include "tools/grader/box.h"
#include "tools/grader/exploration.h"
#include "tools/grader/trial.h"

struct trial trial = {.records_fd = -1, .from = "labs", .lab_name = ""};

static struct {
    const char *only; // NULL: all promises
    int part, parts;  // this run tries promises part, part + parts, ...
    bool describe;
    pid_t parent; // the process that libcheck forks the tests from
} run = {.parts = 1};

static jmp_buf end_of_test;
static uint64_t random_state;

// ---- Verdicts ---------------------------------------------------------------

static void write_line(char *line)
{
    size_t size = strlen(line);

    line[size++] = '\n'; // in the place of the NUL
    for (const char *at = line; size > 0;) {
        ssize_t put = write(trial.records_fd, at, size);

        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            _exit(2); // no record: the driver sees a promise without verdict
        at += put;
        size -= (size_t)put;
    }
}

// What kept the student's code in; for a lab that is explored, what kept it out
// of the engine, too; for a lab with a list of names, what kept it to them.
static const char *isolation(void)
{
    static char text[160];
    bool is_checked = trial.lab->names[0];

    for (int i = 0; trial.lab->promises[i].name; i++)
        is_checked = is_checked || trial.lab->promises[i].explore;
    snprintf(text, sizeof text, "%s%s", box_isolation(),
             !is_checked ? ""
             : exploration_is_checked
                 ? M(", objects checked", ", objetos revisados")
                 : M(", objects not checked: not x86-64",
                     ", objetos sin revisar: no es x86-64"));
    return text;
}

static void record(const char *verdict, const char *message)
{
    json_t *row =
        json_pack("{ss ss ss ss}", "promise", trial.promise->name, "verdict",
                  verdict, "message", message, "isolation", isolation());
    char *line = MUST(json_dumps(row, JSON_COMPACT));

    write_line(line);
    free(line);
    json_decref(row);
}

// Bytes that are no UTF-8 become '?', so that any message can be JSON.
static void make_utf8(char *text)
{
    for (char *at = text; *at; at++) {
        json_t *tried = json_string(text);

        if (tried) {
            json_decref(tried);
            return;
        }
        if (*at & 0x80)
            *at = '?';
    }
}

void trial_verdict(const char *verdict, const char *message)
{
    char *text = MUST(strdup(message));

    make_utf8(text);
    record(verdict, text);
    free(text);
    longjmp(end_of_test, 1);
}

static _Noreturn void verdict_with(const char *verdict, const char *format,
                                   va_list rest)
{
    char *message;

    MUST(vasprintf(&message, format, rest));
    trial_verdict(verdict, message);
}

void broken(const char *format, ...)
{
    va_list rest;

    va_start(rest, format);
    verdict_with("broken", format, rest);
}

void unjudged(const char *format, ...)
{
    va_list rest;

    va_start(rest, format);
    verdict_with("unjudged", format, rest);
}

// ---- Time and chance --------------------------------------------------------

int64_t trial_now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t trial_left_ms(void)
{
    int64_t left = trial.ends_ms - trial_now_ms();

    return left < 0 ? 0 : left;
}

// splitmix64 (Steele, Lea and Flood 2014)
static uint64_t random_next(void)
{
    uint64_t z = random_state += 0x9e3779b97f4a7c15u;

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

// The same promise sees the same inputs whatever else is tried.
static void random_begin(void)
{
    random_state = trial.seed;
    for (const char *at = trial.promise->name; *at; at++)
        random_state = random_next() ^ (unsigned char)*at;
}

long long random_int(long long low, long long high)
{
    uint64_t span = (uint64_t)high - (uint64_t)low + 1; // 0: all numbers

    return (long long)((uint64_t)low +
                       (span ? random_next() % span : random_next()));
}

void random_bytes(void *bytes, size_t size_bytes)
{
    for (unsigned char *at = bytes; size_bytes > 0; size_bytes--)
        *at++ = (unsigned char)(random_next() >> 56);
}

// ---- One test ---------------------------------------------------------------

static int seconds_of(const struct promise *promise)
{
    if (promise->explore) // the explorer keeps to the time of the search itself
        return (promise->seconds ? promise->seconds : 10) + 40;
    return promise->seconds ? promise->seconds : 20;
}

// With the suite gone, nobody would hear the verdict.
static void die_with_suite(void)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != run.parent)
        _exit(2);
}

// Nobody who runs as the same user may look into this process (the sanitizers'
// leak check would have to).
static void close_to_others(void)
{
#ifndef __SANITIZE_ADDRESS__
    prctl(PR_SET_DUMPABLE, 0);
#endif
}

static void try_promise(const struct promise *promise)
{
    trial.promise = promise;
    trial.ends_ms = trial_now_ms() + 1000 * seconds_of(promise);
    random_begin();
    die_with_suite();
    signal(SIGPIPE, SIG_IGN);
    if (!box_enter(trial.uid)) {
        record("unjudged", error_words(errno));
        return;
    }
    close_to_others();
    if (setjmp(end_of_test) == 0) {
        if (promise->explore)
            exploration_try();
        else
            promise->test();
        record("kept", "");
    }
    workers_end_all();
    box_leave();
}

START_TEST(one_promise)
{
    try_promise(&trial.lab->promises[_i]);
}
END_TEST

static bool is_wanted(int index)
{
    const char *name = trial.lab->promises[index].name;

    if (run.only)
        return strcmp(run.only, name) == 0;
    return index % run.parts == run.part;
}

static Suite *suite_of_promises(void)
{
    Suite *suite = suite_create("lab");

    for (int i = 0; trial.lab->promises[i].name; i++) {
        TCase *row;

        if (!is_wanted(i))
            continue;
        row = tcase_create(trial.lab->promises[i].name);
        // Far beyond what patience.h allows: the last resort.
        tcase_set_timeout(row, 8 * seconds_of(&trial.lab->promises[i]) + 60);
        tcase_add_loop_test(row, one_promise, i, i + 1);
        suite_add_tcase(suite, row);
    }
    return suite;
}

static int try_all(void)
{
    SRunner *runner = srunner_create(suite_of_promises());

    run.parent = getpid();
    srunner_set_fork_status(runner, CK_FORK);
    srunner_run_all(runner, CK_SILENT);
    srunner_free(runner);
    return 0;
}

// ---- What the lab is --------------------------------------------------------

static json_t *names_of(const char *const *names, size_t most)
{
    json_t *list = json_array();

    for (size_t i = 0; i < most && names[i]; i++)
        json_array_append_new(list, json_string(names[i]));
    return list;
}

static json_t *describe_promise(const struct promise *promise)
{
    static const char *const levels[] = {"basic", "intermediate", "advanced"};
    static const char *const builds[] = {"plain", "address", "faults"};

    return json_pack(
        "{ss ss si ss ss ss ss* ss* ss*}", "name", promise->name, "level",
        levels[promise->level], "points", promise->points, "english",
        promise->english, "spanish", promise->spanish, "build",
        promise->explore ? "explore" : builds[promise->build], "man",
        promise->man, "step", promise->step, "explore", promise->explore);
}

static int describe(const struct lab *lab)
{
    json_t *promises = json_array(), *all;

    for (int i = 0; lab->promises[i].name; i++)
        json_array_append_new(promises, describe_promise(&lab->promises[i]));
    all = json_pack("{so so so so}", "files", names_of(lab->files, 8), "given",
                    names_of(lab->given, 8), "faults",
                    names_of(lab->faults, 24), "promises", promises);
    if (!all || json_dumpf(all, stdout, JSON_COMPACT) < 0)
        return could_not(M("the lab's table cannot be described",
                           "no se puede describir la tabla del laboratorio"));
    json_decref(all);
    return fflush(stdout) == 0 ? 0 : 2;
}

// ---- Options ----------------------------------------------------------------

static int help(void)
{
    puts(M("The suite of a lab; telar-check runs it. By hand:\n"
           "  --describe   what the lab promises, as JSON",
           "La suite de un laboratorio; la ejecuta telar-check. A mano:\n"
           "  --describe   lo que el laboratorio promete, en JSON"));
    return 0;
}

static bool take_option(int option)
{
    switch (option) {
    case 'd':
        run.describe = true;
        return true;
    case 'r':
        trial.records_fd = atoi(optarg);
        return true;
    case 'w':
        trial.scratch = optarg;
        return true;
    case 's':
        trial.seed = strtoull(optarg, NULL, 10);
        return true;
    case 'o':
        run.only = optarg;
        return true;
    case 'f':
        trial.from = optarg;
        return true;
    case 'n':
        trial.lab_name = optarg;
        return true;
    case 'u':
        trial.uid = (uid_t)strtoul(optarg, NULL, 10);
        return true;
    case 'p':
        return sscanf(optarg, "%d/%d", &run.part, &run.parts) == 2 &&
               run.parts > 0;
    case 'l':
        return lang_set(optarg);
    default:
        return false;
    }
}

int suite_main(const struct lab *lab, int count, char **arguments)
{
    static const struct option options[] = {
        {"describe", no_argument, NULL, 'd'},
        {"records", required_argument, NULL, 'r'},
        {"workers", required_argument, NULL, 'w'},
        {"seed", required_argument, NULL, 's'},
        {"only", required_argument, NULL, 'o'},
        {"uid", required_argument, NULL, 'u'},
        {"part", required_argument, NULL, 'p'},
        {"from", required_argument, NULL, 'f'},
        {"lab", required_argument, NULL, 'n'},
        {"lang", required_argument, NULL, 'l'},
        {"help", no_argument, NULL, 'h'},
        {0}};

    trial.lab = lab;
    lang_set(NULL);
    for (int option;
         (option = getopt_long(count, arguments, "", options, NULL)) != -1;) {
        if (option == 'h')
            return help();
        if (!take_option(option))
            return 2;
    }
    if (run.describe)
        return describe(lab);
    if (trial.records_fd < 0 || !trial.scratch)
        return could_not(M("telar-check runs this program; see --help",
                           "este programa lo ejecuta telar-check; ve --help"));
    return try_all();
}
