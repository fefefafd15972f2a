// workers.c - the processes with the student's code, asked over pipes
//
// Everything that comes out of a worker is a stranger's: its answers, its
// prints, its end. The loop in converse() takes all of it in as it comes, so
// that a worker that prints without end blocks nobody, and turns it into one of
// the outcomes of suite.h.
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/must.h"
#include "tools/course/error_words.h"
#include "tools/grader/answer.h"
#include "tools/grader/box.h"
#include "tools/grader/ending.h"
#include "tools/grader/patience.h"
#include "tools/grader/proc.h"
#include "tools/grader/trial.h"

enum {
    PRINT_KEPT = 1 << 20,  // bytes of each stream
    PRINT_MOST = 64 << 20, // bytes; who prints more is ended
    WORKERS_MOST = 64,
    FAULTS_MOST = 32,
};

struct stream {
    int fd;
    char *bytes; // PRINT_KEPT and a NUL
    size_t size; // kept
    size_t total;
};

struct fault {
    const char *call;
    long long nth, times, error, most_bytes;
};

struct worker {
    pid_t pid;
    int pid_fd; // readable when the worker is dead; -1: not running
    int ask_fd, answer_fd;
    struct stream prints[2]; // of descriptors 1 and 2
    char folder[PATH_MAX];
    const char *operation; // of the latest question

    uint32_t sequence;
    struct parcel question; // whole frames, ready to be written
    size_t asked;           // bytes of it that are written
    struct fault faults[FAULTS_MOST];
    int fault_count;

    struct answer answer;

    enum outcome outcome;
    int code;             // exit status or signal
    const char *waits_in; // LATE: the system call, or NULL
    int seconds;          // LATE: what it was given
};

static struct worker *workers[WORKERS_MOST];
static int worker_count;

// ---- Starting ---------------------------------------------------------------

static const char *build_name(enum build build)
{
    static const char *const names[] = {"plain", "address", "faults"};

    return names[build];
}

// Its own folder, where it may write. The suite may as well.
static bool make_folder(struct worker *worker)
{
    int length = snprintf(worker->folder, sizeof worker->folder, "%s/run/%s-%d",
                          trial.scratch, trial.promise->name, worker_count);

    if (length >= (int)sizeof worker->folder || mkdir(worker->folder, 0700) < 0)
        return false;
    return trial.uid == 0 || chown(worker->folder, trial.uid, trial.uid) == 0;
}

static void close_pair(int ends[2])
{
    for (int i = 0; i < 2; i++)
        if (ends[i] >= 0)
            close(ends[i]);
}

static struct box_limits limits_of(const struct lab *lab, enum build build)
{
    return (struct box_limits){
        .memory_mib =
            build != PLAIN ? 0 : (lab->memory_mib ? lab->memory_mib : 512),
        .file_mib = 64,
        .cpu_seconds = 60,
        .processes = 4L * (lab->processes ? lab->processes : 64),
        .descriptors = 256,
    };
}

static char *const *worker_environment(const char *folder)
{
    static char home[PATH_MAX + 8], temporary[PATH_MAX + 8];
    static char *environment[] = {
        "PATH=/usr/local/bin:/usr/bin:/bin",
        "LC_ALL=C",
        "ASAN_OPTIONS=exitcode=86:allocator_may_return_null=1:quarantine_size_"
        "mb=32:"
        "detect_stack_use_after_return=1",
        "LSAN_OPTIONS=exitcode=86:print_suppressions=0",
        "UBSAN_OPTIONS=exitcode=86:print_stacktrace=1",
        home,
        temporary,
        NULL};

    snprintf(home, sizeof home, "HOME=%s", folder);
    snprintf(temporary, sizeof temporary, "TMPDIR=%s", folder);
    return environment;
}

static pid_t start_process(struct worker *worker, int out, int error, int ask,
                           int answer)
{
    char program[PATH_MAX], ask_name[16], answer_name[16];
    char *arguments[] = {program, ask_name, answer_name, NULL};
    enum build build = trial.promise->build;
    struct box_plan plan = {.arguments = arguments,
                            .environment = worker_environment(worker->folder),
                            .folder = worker->folder,
                            .output = out,
                            .error = error,
                            .extra = {ask, answer},
                            .fixed_addresses = build != PLAIN,
                            .limits = limits_of(trial.lab, build)};

    snprintf(program, sizeof program, "%s/build/worker-%s", trial.scratch,
             build_name(build));
    snprintf(ask_name, sizeof ask_name, "%d", BOX_EXTRA);
    snprintf(answer_name, sizeof answer_name, "%d", BOX_EXTRA + 1);
    return box_start(&plan);
}

static void take_ends(struct worker *worker, int pipes[4][2])
{
    worker->ask_fd = pipes[0][1];
    worker->answer_fd = pipes[1][0];
    for (int i = 0; i < 2; i++) {
        worker->prints[i].fd = pipes[2 + i][0];
        worker->prints[i].bytes = MUST(calloc(1, PRINT_KEPT + 1));
        MUST(fcntl(worker->prints[i].fd, F_SETFL, O_NONBLOCK));
    }
    MUST(fcntl(worker->ask_fd, F_SETFL, O_NONBLOCK));
    MUST(fcntl(worker->answer_fd, F_SETFL, O_NONBLOCK));
    close(pipes[0][0]);
    for (int i = 1; i < 4; i++)
        close(pipes[i][1]);
}

// Returns NULL, or what failed.
static const char *launch(struct worker *worker)
{
    int pipes[4][2] = {{-1, -1}, {-1, -1}, {-1, -1}, {-1, -1}};
    bool piped = true;

    for (int i = 0; i < 4; i++)
        piped = piped && pipe2(pipes[i], O_CLOEXEC) == 0;
    if (piped)
        worker->pid = start_process(worker, pipes[2][1], pipes[3][1],
                                    pipes[0][0], pipes[1][1]);
    if (!piped || worker->pid < 0) {
        for (int i = 0; i < 4; i++)
            close_pair(pipes[i]);
        return piped ? box_trouble() : "pipe";
    }
    take_ends(worker, pipes);
    worker->pid_fd = (int)syscall(SYS_pidfd_open, worker->pid, 0);
    return worker->pid_fd < 0 ? "pidfd_open (Linux 5.3)" : NULL;
}

// ---- Ending -----------------------------------------------------------------

static void close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

// Reaps a worker that is dead or about to be.
static void reap(struct worker *worker, int *status)
{
    while (waitpid(worker->pid, status, 0) < 0 && errno == EINTR)
        continue;
    close_fd(&worker->pid_fd);
    close_fd(&worker->ask_fd);
    close_fd(&worker->answer_fd);
}

static void end_by_force(struct worker *worker)
{
    int status;

    if (worker->pid_fd < 0)
        return;
    kill(worker->pid, SIGKILL);
    reap(worker, &status);
}

static void forget(struct worker *worker)
{
    end_by_force(worker);
    for (int i = 0; i < 2; i++) {
        if (worker->prints[i].bytes)
            close(worker->prints[i].fd);
        free(worker->prints[i].bytes);
    }
    parcel_free(&worker->question);
    parcel_free(&worker->answer.fields);
    free(worker);
}

void workers_end_all(void)
{
    while (worker_count > 0)
        forget(workers[--worker_count]);
}

// ---- Taking in --------------------------------------------------------------

// Takes what has been printed. Returns false when it is more than anybody
// needs.
static bool take_prints(struct stream *stream)
{
    static char bytes[65536];
    ssize_t got;

    while ((got = read(stream->fd, bytes, sizeof bytes)) > 0) {
        size_t keep = PRINT_KEPT - stream->size;

        keep = (size_t)got < keep ? (size_t)got : keep;
        memcpy(stream->bytes + stream->size, bytes, keep);
        stream->size += keep;
        stream->total += (size_t)got;
        if (stream->total > PRINT_MOST)
            return false;
    }
    return true;
}

static bool take_all_prints(struct worker *worker)
{
    bool first = take_prints(&worker->prints[0]);

    return take_prints(&worker->prints[1]) && first;
}

// Returns false when what came is no answer to the question.
static bool take_answer(struct worker *worker)
{
    static unsigned char bytes[65536];
    ssize_t got;

    while ((got = read(worker->answer_fd, bytes, sizeof bytes)) > 0)
        if (!answer_take(&worker->answer, bytes, (size_t)got))
            return false;
    return true;
}

static bool ask_on(struct worker *worker)
{
    size_t left = worker->question.size - worker->asked;
    ssize_t put =
        write(worker->ask_fd, worker->question.bytes + worker->asked, left);

    if (put > 0)
        worker->asked += (size_t)put;
    return put >= 0 || errno == EAGAIN || errno == EINTR || errno == EPIPE;
}

// ---- The conversation -------------------------------------------------------

static void take_death(struct worker *worker)
{
    int status = 0;

    reap(worker, &status);
    worker->outcome = WIFSIGNALED(status) ? KILLED : EXITED;
    worker->code = WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
}

static bool ended_as(struct worker *worker, enum outcome outcome)
{
    end_by_force(worker);
    worker->outcome = outcome;
    return true;
}

static int wait_for_worker(struct worker *worker, int64_t until_ms)
{
    int64_t left = until_ms - trial_now_ms();
    bool asking = worker->asked < worker->question.size;
    struct pollfd waits[] = {
        {.fd = worker->answer_fd, .events = POLLIN},
        {.fd = worker->prints[0].fd, .events = POLLIN},
        {.fd = worker->prints[1].fd, .events = POLLIN},
        {.fd = worker->pid_fd, .events = POLLIN},
        {.fd = asking ? worker->ask_fd : -1, .events = POLLOUT},
    };
    // A stream at its end is always ready: then it is not waited for.
    for (int i = 0; i < 3; i++)
        if (poll(&waits[i], 1, 0) == 1 && !(waits[i].revents & POLLIN))
            waits[i].fd = -1;
    return poll(waits, 5, left > 0 ? (int)left : 0);
}

static bool is_dead(const struct worker *worker)
{
    struct pollfd death = {.fd = worker->pid_fd, .events = POLLIN};

    return poll(&death, 1, 0) == 1;
}

// One turn. Returns true when there is an outcome. A worker that is dead may
// have answered before: the answer counts, its death is the next one's.
static bool turn(struct worker *worker, struct patience *patience)
{
    bool dead = is_dead(worker), starved;

    if (!take_all_prints(worker))
        return ended_as(worker, FLOODED);
    if (!take_answer(worker))
        return ended_as(worker, FORGED);
    if (worker->answer.complete) {
        worker->outcome = ANSWERED;
        return true;
    }
    if (dead) {
        take_death(worker);
        return true;
    }
    if (patience_is_over(patience, &starved)) {
        if (starved)
            unjudged("%s", M("the machine is too busy to judge: the worker "
                             "got hardly any processor time",
                             "la máquina está demasiado ocupada para juzgar: "
                             "el worker casi no tuvo procesador"));
        worker->waits_in = ending_system_call(worker->pid);
        return ended_as(worker, LATE);
    }
    if (worker->asked < worker->question.size)
        ask_on(worker);
    wait_for_worker(worker, patience->until_ms);
    return false;
}

// What is left of the promise's time, at most what one answer may take; a
// second at least, since the time of an earlier answer is no fault of this one.
static int64_t answer_ms(void)
{
    int seconds = trial.lab->answer_seconds;
    int64_t allowed = 1000 * (seconds ? seconds : 5);
    int64_t left = trial_left_ms();

    if (left > 0 && left < 1000)
        return 1000;
    return left < allowed ? left : allowed;
}

static enum outcome converse(struct worker *worker)
{
    struct patience patience = patience_begin(worker->pid, answer_ms());

    worker->seconds = (int)((patience.allowed_ms + 500) / 1000);
    while (!turn(worker, &patience))
        continue;
    if (worker->outcome == ANSWERED)
        trial.ends_ms += patience_lent_ms(&patience);
    take_all_prints(worker);
    return worker->outcome;
}

// ---- Questions --------------------------------------------------------------

static bool put_text(struct parcel *parcel, const char *text)
{
    return parcel_put_bytes(parcel, text, strlen(text) + 1);
}

static bool put_faults(struct worker *worker, struct parcel *parcel)
{
    bool put = parcel_put_int(parcel, worker->fault_count);

    for (int i = 0; i < worker->fault_count; i++) {
        const struct fault *fault = &worker->faults[i];

        put = put && put_text(parcel, fault->call) &&
              parcel_put_int(parcel, fault->nth) &&
              parcel_put_int(parcel, fault->times) &&
              parcel_put_int(parcel, fault->error) &&
              parcel_put_int(parcel, fault->most_bytes);
    }
    worker->fault_count = 0;
    return put;
}

static bool put_arguments(struct parcel *parcel, const char *types,
                          va_list rest)
{
    bool put = true;

    for (; *types && put; types++) {
        if (*types == 'i') {
            put = parcel_put_int(parcel, va_arg(rest, long long));
        } else if (*types == 's') {
            put = put_text(parcel, va_arg(rest, const char *));
        } else {
            const void *bytes = va_arg(rest, const void *);

            put = parcel_put_bytes(parcel, bytes, va_arg(rest, size_t));
        }
    }
    return put;
}

// Cuts the parcel into frames. False when it does not fit.
static bool frame_up(struct worker *worker, const struct parcel *parcel,
                     enum frame_type last)
{
    size_t at = 0;
    bool put = true;

    worker->question.size = worker->asked = 0;
    do {
        size_t left = parcel->size - at;
        unsigned char header[FRAME_HEADER];
        struct frame frame = {.length = (uint32_t)left,
                              .sequence = worker->sequence,
                              .type = last};

        if (left > FRAME_PAYLOAD) {
            frame.length = FRAME_PAYLOAD;
            frame.type = FRAME_ASK_PART;
        }
        frame_pack(&frame, header);
        put =
            put && parcel_append(&worker->question, header, sizeof header) &&
            parcel_append(&worker->question, parcel->bytes + at, frame.length);
        at += frame.length;
    } while (put && at < parcel->size);
    return put;
}

static void expect_answer(struct worker *worker)
{
    worker->sequence++;
    answer_expect(&worker->answer, worker->sequence);
}

static void put_question(struct worker *worker, const char *operation,
                         const char *types, va_list rest)
{
    struct parcel parcel = {0};
    bool put;

    expect_answer(worker);
    worker->operation = operation;
    put = put_text(&parcel, operation) && put_faults(worker, &parcel) &&
          put_arguments(&parcel, types, rest) &&
          frame_up(worker, &parcel, FRAME_ASK);
    parcel_free(&parcel);
    if (!put)
        unjudged("the question to %s() is longer than 32 MiB", operation);
}

static enum outcome ask(struct worker *worker, const char *operation,
                        const char *types, va_list rest)
{
    if (worker->pid_fd < 0)
        unjudged("the suite asks %s() of a worker that has ended", operation);
    put_question(worker, operation, types, rest);
    if (converse(worker) == ANSWERED && !answer_open(&worker->answer))
        ended_as(worker, FORGED);
    return worker->outcome;
}

enum outcome worker_try(struct worker *worker, const char *operation,
                        const char *types, ...)
{
    enum outcome outcome;
    va_list rest;

    va_start(rest, types);
    outcome = ask(worker, operation, types, rest);
    va_end(rest);
    return outcome;
}

int worker_code(const struct worker *worker)
{
    return worker->code;
}

static _Noreturn void judge(struct worker *worker)
{
    struct ending ending = {.operation = worker->operation,
                            .outcome = worker->outcome,
                            .code = worker->code,
                            .said = worker->prints[1].bytes,
                            .waits_in = worker->waits_in,
                            .seconds = worker->seconds};

    trial_verdict("broken", ending_tell(&ending));
}

void worker_ask(struct worker *worker, const char *operation, const char *types,
                ...)
{
    va_list rest;

    va_start(rest, types);
    ask(worker, operation, types, rest);
    va_end(rest);
    if (worker->outcome != ANSWERED)
        judge(worker);
}

// A sanitizer reserves terabytes before main: what counts is what comes then.
static void limit_memory(const struct worker *worker)
{
    long now_kib = proc_number(worker->pid, "VmData");
    int mib = trial.lab->memory_mib ? trial.lab->memory_mib : 512;
    rlim_t bytes = ((rlim_t)now_kib << 10) + ((rlim_t)mib << 20);
    struct rlimit limit = {.rlim_cur = bytes, .rlim_max = bytes};

    if (trial.promise->build != PLAIN && now_kib > 0)
        prlimit(worker->pid, RLIMIT_DATA, &limit, NULL);
}

struct worker *worker_start(void)
{
    struct worker *worker = MUST(calloc(1, sizeof *worker));
    const char *failed;

    if (worker_count == WORKERS_MOST)
        unjudged("more than %d workers in a test", WORKERS_MOST);
    if (!make_folder(worker))
        unjudged(M("the worker's folder: %s", "la carpeta del worker: %s"),
                 error_words(errno));
    workers[worker_count++] = worker;
    worker->pid_fd = worker->ask_fd = worker->answer_fd = -1;
    failed = launch(worker);
    if (failed)
        unjudged(M("no worker could be started: %s",
                   "no se pudo iniciar un worker: %s"),
                 failed);
    if (getrandom(&worker->sequence, sizeof worker->sequence, 0) < 0)
        worker->sequence = (uint32_t)worker->pid;
    worker_ask(worker, "", "");
    limit_memory(worker);
    return worker;
}

void worker_end(struct worker *worker)
{
    struct parcel nothing = {0};

    expect_answer(worker);
    worker->operation = NULL;
    if (!frame_up(worker, &nothing, FRAME_END))
        unjudged("%s", error_words(ENOMEM));
    if (converse(worker) == ANSWERED)
        ended_as(worker, FORGED);
    if (worker->outcome != EXITED || worker->code != 0)
        judge(worker);
}

// ---- Answers ----------------------------------------------------------------

static _Noreturn void judge_field(struct worker *worker)
{
    ended_as(worker, FORGED);
    judge(worker);
}

long long worker_int(struct worker *worker)
{
    int64_t value;

    if (!parcel_get_int(&worker->answer.fields, &value))
        judge_field(worker);
    return value;
}

const void *worker_bytes(struct worker *worker, size_t *size_bytes)
{
    const void *bytes;

    if (!parcel_get_bytes(&worker->answer.fields, &bytes, size_bytes))
        judge_field(worker);
    return bytes;
}

const char *worker_text(struct worker *worker)
{
    size_t size;
    const char *text = worker_bytes(worker, &size);

    if (size == 0 || memchr(text, '\0', size) != text + size - 1)
        judge_field(worker);
    return text;
}

// ---- Faults -----------------------------------------------------------------

static void add_fault(struct worker *worker, struct fault fault)
{
    if (trial.promise->build != FAULTS)
        unjudged("worker_fault needs .build = FAULTS");
    if (worker->fault_count == FAULTS_MOST)
        unjudged("more than %d faults at once", FAULTS_MOST);
    worker->faults[worker->fault_count++] = fault;
}

void worker_fault(struct worker *worker, const char *call, int nth, int times,
                  int error)
{
    add_fault(worker,
              (struct fault){
                  .call = call, .nth = nth, .times = times, .error = error});
}

void worker_short(struct worker *worker, const char *call, size_t size_bytes)
{
    add_fault(worker, (struct fault){.call = call,
                                     .most_bytes = (long long)size_bytes});
}

int worker_calls(struct worker *worker, const char *call)
{
    return answer_calls(&worker->answer, call);
}

// ---- Seen from outside ------------------------------------------------------

int worker_descriptors(struct worker *worker)
{
    int count = proc_descriptors(worker->pid);

    if (count < 0)
        unjudged("/proc/%d/fd: %s", (int)worker->pid, error_words(errno));
    return count;
}

int worker_children(struct worker *worker, int *zombies)
{
    int ignored;

    return proc_children(worker->pid, zombies ? zombies : &ignored);
}

int worker_threads(struct worker *worker)
{
    return (int)proc_number(worker->pid, "Threads");
}

long worker_peak_kib(struct worker *worker)
{
    return proc_number(worker->pid, "VmHWM");
}

const char *worker_printed(struct worker *worker, int descriptor,
                           size_t *size_bytes)
{
    struct stream *stream = &worker->prints[descriptor == STDERR_FILENO];

    take_prints(stream);
    if (size_bytes)
        *size_bytes = stream->size;
    return stream->bytes;
}

const char *worker_folder(const struct worker *worker)
{
    return worker->folder;
}
