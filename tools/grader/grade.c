// grade.c - from a student's folder to a result
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/course.h"
#include "tools/course/error_words.h"
#include "tools/course/scratch.h"
#include "tools/grader/compile.h"
#include "tools/grader/grade.h"
#include "tools/grader/proc.h"
#include "tools/grader/uid.h"

enum {
    PARTS = 4, // suites that try promises at the same time: most of them wait
    RECORDS_FD = 3,
};

// ---- The suite's run --------------------------------------------------------

struct suite_run {
    struct result *result;
    const char *scratch;
    uid_t uid;
    int records; // a file in memory, all parts append to it
    int log;     // what suites say beside their records
};

static _Noreturn void become_suite(const struct suite_run *run, int part,
                                   int parts)
{
    const struct result *result = run->result;
    char records[16], seed[32], uid[16], which[32];
    char *arguments[] = {result->brief->suite,
                         "--records",
                         records,
                         "--workers",
                         (char *)run->scratch,
                         "--seed",
                         seed,
                         "--uid",
                         uid,
                         "--lang",
                         (char *)lang_name(),
                         "--part",
                         which,
                         "--lab",
                         result->brief->lab,
                         "--from",
                         (char *)result->from,
                         result->only ? "--only" : NULL,
                         (char *)result->only,
                         NULL};

    snprintf(records, sizeof records, "%d", RECORDS_FD);
    snprintf(seed, sizeof seed, "%llu", (unsigned long long)result->seed);
    snprintf(uid, sizeof uid, "%u", (unsigned)run->uid);
    snprintf(which, sizeof which, "%d/%d", part, parts);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    dup2(run->log, STDOUT_FILENO);
    dup2(run->log, STDERR_FILENO);
    dup2(run->records, RECORDS_FD);
    fcntl(RECORDS_FD, F_SETFD, 0);
    execv(arguments[0], arguments);
    dprintf(run->log, "%s: %s\n", arguments[0], error_words(errno));
    _exit(2);
}

static int start_parts(const struct suite_run *run, pid_t children[PARTS])
{
    int parts = run->result->only ? 1 : PARTS;

    for (int i = 0; i < parts; i++) {
        children[i] = fork();
        if (children[i] == 0)
            become_suite(run, i, parts);
    }
    return parts;
}

static void run_suite(const struct suite_run *run)
{
    pid_t children[PARTS];
    int parts = start_parts(run, children);

    for (int i = 0; i < parts; i++)
        while (children[i] > 0 && waitpid(children[i], NULL, 0) < 0 &&
               errno == EINTR)
            continue;
    proc_kill_below();
}

// ---- Records ----------------------------------------------------------------

static int promise_named(const struct brief *brief, const char *name)
{
    for (int i = 0; i < brief->promise_count; i++)
        if (strcmp(brief->promises[i].name, name) == 0)
            return i;
    return -1;
}

static enum verdict verdict_named(const char *name)
{
    if (strcmp(name, "kept") == 0)
        return KEPT;
    return strcmp(name, "broken") == 0 ? BROKEN : UNJUDGED;
}

// A second record of a promise unjudges it: no suite writes two.
static void take_record(struct result *result, const char *line)
{
    json_t *row = json_loads(line, 0, NULL);
    const char *name, *verdict, *message, *isolation;
    struct finding *finding;
    int promise = -1;

    if (json_unpack(row, "{ss ss ss ss}", "promise", &name, "verdict", &verdict,
                    "message", &message, "isolation", &isolation) == 0)
        promise = promise_named(result->brief, name);
    if (promise >= 0) {
        finding = &result->findings[promise];
        finding->verdict =
            finding->verdict == UNTRIED ? verdict_named(verdict) : UNJUDGED;
        free(finding->message);
        finding->message = *message ? MUST(strdup(message)) : NULL;
        free(result->isolation);
        result->isolation = MUST(strdup(isolation));
    }
    json_decref(row);
}

static void take_records(struct result *result, int fd)
{
    FILE *file = NULL;
    char *line = NULL;
    size_t room = 0;

    if (lseek(fd, 0, SEEK_SET) == 0)
        file = fdopen(fd, "r");
    while (file && getline(&line, &room, file) > 0)
        take_record(result, line);
    free(line);
    if (file)
        fclose(file);
}

// ---- One lab ----------------------------------------------------------------

static void set_status(struct result *result, enum status status, char *text)
{
    result->status = status;
    result->text = text;
}

static void try_promises(struct result *result, const char *scratch, uid_t uid)
{
    struct suite_run run = {.result = result, .scratch = scratch, .uid = uid};
    char path[PATH_MAX + 16];

    snprintf(path, sizeof path, "%s/suite.log", scratch);
    run.records = memfd_create("records", MFD_CLOEXEC);
    run.log = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    // The parts write at once, and nothing locks the offset that they share in
    // a file in memory; only what is appended is never written over.
    if (run.records < 0 || run.log < 0 ||
        fcntl(run.records, F_SETFL, O_APPEND) < 0) {
        set_status(result, GRADER_ERROR, MUST(strdup(error_words(errno))));
        return;
    }
    run_suite(&run);
    close(run.log);
    take_records(result, run.records);
}

// As the user means it: from here, or else from the project's root.
static char *folder_of(const char *from, const char *lab)
{
    char *folder;

    MUST(asprintf(&folder, "%s/%s", from, lab));
    if (*from == '/' || access(from, F_OK) == 0)
        return folder;
    free(folder);
    return course_path("%s/%s", from, lab);
}

// Why the student's code is not run.
static char *as_root(int error)
{
    char *text;

    if (error == EACCES)
        MUST(asprintf(&text,
                      M("your code must not run as root, and no other user "
                        "can enter %s: name another folder in TMPDIR",
                        "tu código no debe correr como root, y ningún otro "
                        "usuario puede entrar en %s: indica otra carpeta en "
                        "TMPDIR"),
                      scratch_path()));
    else
        MUST(asprintf(&text, "%s",
                      M("your code must not run as root, and here it can run "
                        "as nobody else: use an account without rights",
                        "tu código no debe correr como root, y aquí no puede "
                        "correr como otro usuario: usa una cuenta sin "
                        "privilegios")));
    return text;
}

static struct compiled compile_from(const struct result *result,
                                    const char *scratch, uid_t uid)
{
    const char *lab = result->brief->lab;
    char *folder = folder_of(result->from, lab), *shown;
    struct compiled compiled;

    MUST(asprintf(&shown, "%s/%s", result->from, lab));
    compiled = compile_lab(result->brief, folder, shown, scratch, uid);
    free(folder);
    free(shown);
    return compiled;
}

static void grade_in(struct result *result, const char *scratch)
{
    static const enum status statuses[] = {
        [COMPILED] = GRADED,
        [NOT_COMPILED] = NO_COMPILE,
        [NOT_THERE] = NO_FILE,
        [NOT_POSSIBLE] = GRADER_ERROR,
    };
    struct compiled compiled;
    uid_t uid;

    if (!uid_aside(scratch_path(), &uid)) {
        set_status(result, GRADER_ERROR, as_root(errno));
        return;
    }
    compiled = compile_from(result, scratch, uid);
    set_status(result, statuses[compiled.end], compiled.text);
    result->warnings = compiled.warnings;
    if (compiled.end == COMPILED)
        try_promises(result, scratch, uid);
}

struct result *grade_lab(const struct brief *brief, const char *from,
                         const char *only, uint64_t seed, const char *scratch)
{
    struct result *result = result_new(brief, from, only, seed);
    char own[PATH_MAX];

    umask(022); // another user reads the scratch folder
    snprintf(own, sizeof own, "%s/%s", scratch, brief->lab);
    if (mkdir(own, 0755) < 0)
        set_status(result, GRADER_ERROR, MUST(strdup(error_words(errno))));
    else
        grade_in(result, own);
    result_add_up(result);
    return result;
}
