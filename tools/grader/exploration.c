// exploration.c - a promise that is kept in every interleaving
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/error_words.h"
#include "tools/grader/box.h"
#include "tools/grader/exploration.h"
#include "tools/grader/object_check.h"
#include "tools/grader/object_file.h"
#include "tools/grader/object_names.h"
#include "tools/grader/trial.h"

enum {
    SECONDS = 10,          // of search, unless the promise says otherwise
    REPORT_MOST = 4 << 20, // bytes of what the explorer says
    FILES_MOST = 16,
    ARGUMENTS_MOST = 40,
};

#ifdef __x86_64__
const bool exploration_is_checked = true;
#else
const bool exploration_is_checked = false;
#endif

// ---- Objects ----------------------------------------------------------------

static bool is_source(const char *name)
{
    size_t length = strlen(name);

    return length > 2 && strcmp(name + length - 2, ".c") == 0;
}

static char *object_of(const char *name)
{
    char *path;

    MUST(asprintf(&path, "%s/build/explore/%s.o", trial.scratch, name));
    return path;
}

static char *harness_object(void)
{
    char *name, *path;

    MUST(asprintf(&name, "harness-%s", trial.promise->explore));
    path = object_of(name);
    free(name);
    return path;
}

// The program: the harness, the student's objects, the given ones. They live as
// long as the test.
struct program {
    char *objects[FILES_MOST + 1]; // ends with NULL
    const char *names[FILES_MOST]; // of the sources; NULL: the harness
    int count;
    int students; // objects 1 to students are theirs
};

static void add_objects(struct program *program, const char *const *names)
{
    for (int i = 0; i < 8 && names[i]; i++) {
        if (!is_source(names[i]))
            continue;
        program->names[program->count] = names[i];
        program->objects[program->count++] = object_of(names[i]);
    }
}

static struct program find_program(void)
{
    struct program program = {.count = 1};

    program.objects[0] = harness_object();
    add_objects(&program, trial.lab->files);
    program.students = program.count - 1;
    add_objects(&program, trial.lab->given);
    return program;
}

static void check_object(const struct program *program, int which)
{
    const char *neighbours[FILES_MOST + 1];
    int count = 0;
    char *why;

    for (int i = 0; i < program->count; i++)
        if (i != which)
            neighbours[count++] = program->objects[i];
    neighbours[count] = NULL;
    switch (object_check(program->objects[which], neighbours, &why)) {
    case OBJECT_REFUSED:
        broken(M("%s cannot be graded by exploration as it is: %s",
                 "%s no puede calificarse por exploración tal como está: %s"),
               program->names[which], why);
    case OBJECT_UNREADABLE:
        unjudged("%s", why);
    default:
        free(why);
    }
}

static bool somebody_defines(const struct program *program, const char *name)
{
    bool found = name_is_reserved(name); // the engine or the C library

    for (int i = 1; i < program->count && !found; i++) {
        struct object object;

        found = object_open(&object, program->objects[i]) &&
                object_defines(&object, name);
        object_close(&object);
    }
    return found;
}

// What the harness calls and nobody has is what the student should have
// written.
static void check_harness(const struct program *program)
{
    struct object harness;

    if (!object_open(&harness, program->objects[0]))
        unjudged("%s: %s", program->objects[0], harness.trouble);
    for (int i = 1; i < harness.symbol_count; i++) {
        const struct object_symbol *each = &harness.symbols[i];

        if (each->section == 0 && !somebody_defines(program, each->name))
            broken(M("a function is missing: %s", "falta una función: %s"),
                   each->name);
    }
    object_close(&harness);
}

// ---- Running the explorer ---------------------------------------------------

struct arguments {
    char *words[ARGUMENTS_MOST + 1]; // ends with NULL
    int count;
};

static void add(struct arguments *arguments, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void add(struct arguments *arguments, const char *format, ...)
{
    va_list rest;

    va_start(rest, format);
    MUST(vasprintf(&arguments->words[arguments->count++], format, rest));
    va_end(rest);
}

static int seconds_of(const struct promise *promise)
{
    return promise->seconds ? promise->seconds : SECONDS;
}

static void add_options(struct arguments *arguments,
                        const struct promise *promise)
{
    if (promise->choices) {
        add(arguments, "--points");
        add(arguments, "%s", promise->choices);
    }
    if (promise->spurious) {
        add(arguments, "--spurious");
        add(arguments, "%d", promise->spurious > 0 ? promise->spurious : 0);
    }
    if (promise->checks) {
        add(arguments, "--check");
        add(arguments, "%s", promise->checks);
    }
}

static struct arguments arguments_of(const struct program *program)
{
    struct arguments arguments = {0};

    add(&arguments, "%s/explore/bin/telar-explore", trial.scratch);
    for (int i = 0; i < program->count; i++)
        add(&arguments, "%s", program->objects[i]);
    add_options(&arguments, trial.promise);
    add(&arguments, "--seconds");
    add(&arguments, "%d", seconds_of(trial.promise));
    add(&arguments, "--format");
    add(&arguments, "json");
    add(&arguments, "--lang");
    add(&arguments, "%s", lang_name());
    return arguments;
}

// The program, as a person would name it.
static char *files_of(const struct program *program)
{
    const char *lab = trial.lab_name;
    char *files = NULL;
    size_t size;
    FILE *out = MUST(open_memstream(&files, &size));

    fprintf(out, "tests/labs/%s/harness/%s.c", lab, trial.promise->explore);
    for (int i = 1; i < program->count; i++)
        fprintf(out, " %s/%s/%s", i > program->students ? "labs" : trial.from,
                lab, program->names[i]);
    fprintf(out, " --cflags '-std=c11 -D_GNU_SOURCE -Ilabs/%s'", lab);
    fclose(out);
    return files;
}

// What a replay needs beside its schedule, which says the rest.
static char *options_of(const struct promise *promise)
{
    char *options;

    MUST(asprintf(&options, "%s%s", promise->checks ? " --check " : "",
                  promise->checks ? promise->checks : ""));
    return options;
}

static char *const *environment_of(const char *folder)
{
    static char *words[7];

    MUST(asprintf(&words[0], "PATH=%s", getenv("PATH") ? getenv("PATH") : ""));
    words[1] = "LC_ALL=C";
    MUST(asprintf(&words[2], "TMPDIR=%s", folder));
    MUST(asprintf(&words[3], "HOME=%s", folder));
    MUST(asprintf(&words[4], "TELAR_ROOT=%s/src", trial.scratch));
    words[5] = "TERM=dumb";
    return words;
}

// What it builds is kept here, for the next promises of the lab.
static char *make_folder(void)
{
    char *folder;

    MUST(asprintf(&folder, "%s/run/%s-explored", trial.scratch,
                  trial.promise->name));
    if (mkdir(folder, 0700) < 0 ||
        (trial.uid && chown(folder, trial.uid, trial.uid) < 0))
        unjudged("%s: %s", folder, error_words(errno));
    return folder;
}

static pid_t start(const struct arguments *arguments, int output, int error)
{
    char sources[PATH_MAX], *folder = make_folder();
    struct box_plan plan = {
        .arguments = arguments->words,
        .environment = environment_of(folder),
        .folder = sources,
        .output = output,
        .error = error,
        .extra = {-1, -1},
        .limits = {.memory_mib = 6144,
                   .file_mib = 256,
                   .cpu_seconds = 2L * seconds_of(trial.promise) + 30,
                   .processes = 64,
                   .descriptors = 256},
    };

    snprintf(sources, sizeof sources, "%s/src", trial.scratch);
    return box_start(&plan);
}

// Returns its exit status, -1 when it was killed or late.
static int wait_for(pid_t pid)
{
    struct pollfd end = {.fd = (int)syscall(SYS_pidfd_open, pid, 0),
                         .events = POLLIN};
    int status, ready;

    do
        ready = poll(&end, 1, (int)trial_left_ms());
    while (ready < 0 && errno == EINTR);
    if (ready != 1)
        kill(pid, SIGKILL);
    close(end.fd);
    if (waitpid(pid, &status, 0) < 0 || ready != 1)
        return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static char *read_back(int fd)
{
    char *text = MUST(calloc(1, REPORT_MOST + 1));
    size_t have = 0;
    ssize_t got;

    while (have < REPORT_MOST &&
           (got = pread(fd, text + have, REPORT_MOST - have, (off_t)have)) > 0)
        have += (size_t)got;
    return text;
}

static int explore(const struct arguments *arguments, char **report,
                   char **said)
{
    int output = MUST(memfd_create("report", MFD_CLOEXEC));
    int error = MUST(memfd_create("said", MFD_CLOEXEC));
    pid_t pid = start(arguments, output, error);
    int status;

    if (pid < 0)
        unjudged("%s", box_trouble());
    status = wait_for(pid);
    *report = read_back(output);
    *said = read_back(error);
    close(output);
    close(error);
    return status;
}

// ---- All of it --------------------------------------------------------------

static void tell(const struct explored *explored, const char *said)
{
    char *message = NULL;

    switch (exploration_judge(explored, &message)) {
    case EXPLORED_KEPT:
        return;
    case EXPLORED_BROKEN:
        broken("%s", message);
    default:
        unjudged("%s%s%.1000s", message, *said ? "\n" : "", said);
    }
}

void exploration_try(void)
{
    struct program program = find_program();
    struct arguments arguments = arguments_of(&program);
    char sources[PATH_MAX], harness[PATH_MAX], *report, *said;
    struct explored explored = {.promise = trial.promise,
                                .files = files_of(&program),
                                .options = options_of(trial.promise),
                                .sources = sources,
                                .harness = harness};

    for (int i = 1; i <= program.students; i++)
        check_object(&program, i);
    check_harness(&program);
    snprintf(sources, sizeof sources, "%s/src/labs/%s", trial.scratch,
             trial.lab_name);
    snprintf(harness, sizeof harness, "%s/src/tests/labs/%s/harness",
             trial.scratch, trial.lab_name);
    explored.status = explore(&arguments, &report, &said);
    explored.report = report;
    tell(&explored, said);
}
