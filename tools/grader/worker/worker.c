// worker.c - answers the suite with what the student's code does
//
// Compiled with the adapter and the student's files for each grading. It judges
// nothing and knows nothing that a student could use: the suite takes every
// byte that comes from here as a stranger's.
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#include "tools/grader/frame.h"
#include "tools/grader/worker.h"
#include "tools/grader/worker/faults.h"

struct call {
    struct parcel question, answer;
};

static int ask_fd, answer_fd;
static pid_t worker_pid;

// The suite and the adapter disagree, or memory is short: no answer comes.
static _Noreturn void give_up(const char *what)
{
    dprintf(STDERR_FILENO, "telar worker: %s\n", what);
    _exit(112);
}

// The student's code closed what is not its own (ENDING_CLOSED).
static _Noreturn void give_up_closed(void)
{
    _exit(111);
}

static void read_all(void *bytes, size_t size)
{
    for (char *at = bytes; size > 0;) {
        ssize_t got = read(ask_fd, at, size);

        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            give_up_closed();
        if (got == 0)
            _exit(0); // the suite is gone
        at += got;
        size -= (size_t)got;
    }
}

static void write_all(const void *bytes, size_t size)
{
    for (const char *at = bytes; size > 0;) {
        ssize_t put = write(answer_fd, at, size);

        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            give_up_closed();
        at += put;
        size -= (size_t)put;
    }
}

static struct frame read_frame(struct parcel *into)
{
    unsigned char header[FRAME_HEADER];
    static unsigned char payload[FRAME_PAYLOAD];
    struct frame frame;

    read_all(header, sizeof header);
    if (!frame_unpack(header, &frame))
        give_up("a frame that is none");
    read_all(payload, frame.length);
    if (!parcel_append(into, payload, frame.length))
        give_up("no memory for the question");
    return frame;
}

static void write_answer(const struct parcel *answer, uint32_t sequence)
{
    size_t at = 0;

    do {
        size_t left = answer->size - at;
        struct frame frame = {.sequence = sequence, .type = FRAME_ANSWER};
        unsigned char header[FRAME_HEADER];

        frame.length = (uint32_t)left;
        if (left > FRAME_PAYLOAD) {
            frame.length = FRAME_PAYLOAD;
            frame.type = FRAME_ANSWER_PART;
        }
        frame_pack(&frame, header);
        write_all(header, sizeof header);
        write_all(answer->bytes + at, frame.length);
        at += frame.length;
    } while (at < answer->size);
}

long long take_int(struct call *call)
{
    int64_t value;

    if (!parcel_get_int(&call->question, &value))
        give_up("the adapter takes a number that the suite did not send");
    return value;
}

const void *take_bytes(struct call *call, size_t *size_bytes)
{
    const void *bytes;

    if (!parcel_get_bytes(&call->question, &bytes, size_bytes))
        give_up("the adapter takes bytes that the suite did not send");
    return bytes;
}

const char *take_text(struct call *call)
{
    size_t size;
    const char *text = take_bytes(call, &size);

    if (size == 0 || text[size - 1] != '\0')
        give_up("the adapter takes text that the suite did not send");
    return text;
}

void give_int(struct call *call, long long value)
{
    if (!parcel_put_int(&call->answer, value))
        give_up("no memory for the answer");
}

// Bytes at NULL are the student's mistake (ENDING_NULL).
void give_bytes(struct call *call, const void *bytes, size_t size_bytes)
{
    if (!bytes && size_bytes > 0)
        _exit(113);
    if (!parcel_put_bytes(&call->answer, bytes, size_bytes))
        give_up("no memory for the answer, or it is longer than 32 MiB");
}

void give_text(struct call *call, const char *text)
{
    give_bytes(call, text ? text : "", text ? strlen(text) + 1 : 1);
}

static const struct operation *operation_named(const char *name)
{
    for (const struct operation *each = worker_operations; each->name; each++)
        if (strcmp(each->name, name) == 0)
            return each;
    give_up("the adapter has no such operation");
}

static void set_faults(struct call *call)
{
    faults_begin();
    for (long long left = take_int(call); left > 0; left--) {
        const char *name = take_text(call);
        long nth = (long)take_int(call);
        long times = (long)take_int(call);
        int error = (int)take_int(call);

        if (faults_set(name, nth, times, error, (size_t)take_int(call)) < 0)
            give_up("no such call can be made to fail");
    }
}

static int calls_counted(void)
{
    int counted = 0;

    for (int i = 0; faults_name(i); i++)
        counted += faults_count(i) > 0;
    return counted;
}

static void put_counts(struct parcel *answer)
{
    bool put = parcel_put_int(answer, calls_counted());

    for (int i = 0; faults_name(i); i++)
        if (faults_count(i) > 0)
            put = put &&
                  parcel_put_bytes(answer, faults_name(i),
                                   strlen(faults_name(i)) + 1) &&
                  parcel_put_int(answer, faults_count(i));
    if (!put)
        give_up("no memory for the answer");
}

// The operation "" does nothing: its answer says that the worker is there.
static void run(struct call *call, const char *operation)
{
    set_faults(call);
    if (*operation)
        operation_named(operation)->run(call);
    faults_end();
    fflush(stdout);
    if (getpid() != worker_pid)
        give_up("a forked child came back from the function");
}

static void answer(struct call *call, uint32_t sequence)
{
    struct parcel whole = {0};

    run(call, take_text(call));
    put_counts(&whole);
    if (!parcel_append(&whole, call->answer.bytes, call->answer.size))
        give_up("no memory for the answer, or it is longer than 32 MiB");
    write_answer(&whole, sequence);
    parcel_free(&whole);
}

// Waits for one question and answers it. Returns false at the end.
static bool serve(void)
{
    struct call call = {0};
    struct frame frame;

    do
        frame = read_frame(&call.question);
    while (frame.type == FRAME_ASK_PART);
    if (frame.type == FRAME_ASK)
        answer(&call, frame.sequence);
    parcel_free(&call.question);
    parcel_free(&call.answer);
    return frame.type == FRAME_ASK;
}

// Of the leak sanitizer, where it is linked. Asked for here: what the student's
// code registered with atexit comes later, and might end the program before.
extern void __lsan_do_leak_check(void) __attribute__((weak));

int main(int count, char **arguments)
{
    if (count != 3)
        give_up("telar-check starts this program");
    worker_pid = getpid();
    ask_fd = atoi(arguments[1]);
    answer_fd = atoi(arguments[2]);
    fcntl(ask_fd, F_SETFD, FD_CLOEXEC);
    fcntl(answer_fd, F_SETFD, FD_CLOEXEC);
    while (serve())
        continue;
    if (__lsan_do_leak_check)
        __lsan_do_leak_check();
    return 0;
}
