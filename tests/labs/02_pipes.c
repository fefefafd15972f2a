// 02_pipes.c - the promises of lab 02: capture()
//
// The child that is captured is a copy of this program, called "say": see
// 02_pipes/say.h.
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/labs/02_pipes/say.h"
#include "tools/grader/suite.h"

enum {
    OUTPUT_LIMIT = 16 << 20, // bytes of one output
    WORDS_LIMIT = 1000,
    TRIES = 16, // at most so many calls of a kind fail, spread over all
};

// ---- What must arrive -------------------------------------------------------

static struct {
    char bytes[OUTPUT_LIMIT];
    size_t size;
} expected[2];

static const char *const names[] = {"stdout", "stderr"};

static void remember(struct say *say, int stream, const void *bytes,
                     size_t size)
{
    (void)say;
    memcpy(expected[stream].bytes + expected[stream].size, bytes, size);
    expected[stream].size += size;
}

static void interpret(const char *words)
{
    struct say say = {.put = remember};
    char copy[WORDS_LIMIT];

    expected[SAY_OUT].size = expected[SAY_ERR].size = 0;
    snprintf(copy, sizeof copy, "%s", words);
    for (char *word = strtok(copy, " "); word; word = strtok(NULL, " "))
        say_word(&say, word);
}

// The number after this word, or otherwise.
static int number_after(const char *words, const char *word, int otherwise)
{
    const char *found = strstr(words, word);

    return found ? atoi(found + strlen(word)) : otherwise;
}

// ---- What arrived -----------------------------------------------------------

static void compare_output(struct worker *worker, int stream, const char *words)
{
    size_t size, same = 0;
    const char *bytes = worker_bytes(worker, &size);

    expect(size == expected[stream].size,
           M("capture of \"./say %s\" should give %zu bytes of %s; "
             "it gave %zu",
             "capture de \"./say %s\" debía dar %zu bytes de %s; dio %zu"),
           words, expected[stream].size, names[stream], size);
    while (same < size && bytes[same] == expected[stream].bytes[same])
        same++;
    expect(same == size,
           M("capture of \"./say %s\": byte %zu of %s should be 0x%02x; "
             "it is 0x%02x",
             "capture de \"./say %s\": el byte %zu de %s debía ser 0x%02x; "
             "es 0x%02x"),
           words, same, names[stream],
           (unsigned char)expected[stream].bytes[same],
           (unsigned char)bytes[same]);
}

static void compare_ending(struct worker *worker, const char *words)
{
    int killed = number_after(words, "kill=", 0);
    int status = killed ? -1 : number_after(words, "exit=", 0);
    long long got_status = worker_int(worker);
    long long got_signal = worker_int(worker);

    expect(got_status == status && got_signal == killed,
           M("capture of \"./say %s\" should give status %d and signal %d; "
             "it gave %lld and %lld",
             "capture de \"./say %s\" debía dar status %d y signal %d; "
             "dio %lld y %lld"),
           words, status, killed, got_status, got_signal);
}

static void compare(struct worker *worker, const char *words)
{
    interpret(words);
    compare_output(worker, SAY_OUT, words);
    compare_output(worker, SAY_ERR, words);
    compare_ending(worker, words);
}

// ---- Asking -----------------------------------------------------------------

// Copies this program to path, executable by all.
static bool copy_self(const char *path)
{
    int from = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    int to = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0755);
    ssize_t copied = -1;

    if (from >= 0 && to >= 0 && fchmod(to, 0755) == 0)
        while ((copied = sendfile(to, from, NULL, 1 << 20)) > 0)
            ;
    close(from);
    return close(to) == 0 && copied == 0;
}

// A worker whose folder has the child to capture.
static struct worker *start(void)
{
    struct worker *worker = worker_start();
    char path[4200];

    snprintf(path, sizeof path, "%s/say", worker_folder(worker));
    if (!copy_self(path))
        unjudged("%s: %s", path, strerror(errno));
    return worker;
}

struct answer {
    long long returned;
    int error; // errno, where returned is not 0
};

static struct answer ask(struct worker *worker, const char *words)
{
    char line[WORDS_LIMIT + 8];
    struct answer answer;

    snprintf(line, sizeof line, "./say %s", words);
    worker_ask(worker, "capture", "s", line);
    answer.returned = worker_int(worker);
    answer.error = (int)worker_int(worker);
    return answer;
}

static void must_capture(struct worker *worker, const char *words)
{
    struct answer answer = ask(worker, words);

    expect(answer.returned == 0,
           M("capture of \"./say %s\" should return 0; it returned %lld, "
             "errno: %s",
             "capture de \"./say %s\" debía devolver 0; devolvió %lld, "
             "errno: %s"),
           words, answer.returned, strerror(answer.error));
    compare(worker, words);
}

// capture of these words must return 0 and give all that was said.
__attribute__((format(printf, 2, 3))) static void
captures(struct worker *worker, const char *format, ...)
{
    char words[WORDS_LIMIT];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(words, sizeof words, format, arguments);
    va_end(arguments);
    must_capture(worker, words);
}

static int seed(void)
{
    return (int)random_int(1, 999999999);
}

static void leaves_no_child(struct worker *worker)
{
    int zombies, children = worker_children(worker, &zombies);

    expect(children == 0,
           M("when capture returns, the child should be gone; %d are left, "
             "%d of them dead and not waited for",
             "cuando capture vuelve, el hijo ya no debía existir; quedan %d, "
             "%d de ellos muertos sin que nadie los espere"),
           children, zombies);
}

static void leaves_no_descriptor(struct worker *worker, int before)
{
    int after = worker_descriptors(worker);

    expect(after <= before,
           M("when capture returns, the process should have its %d "
             "descriptors; it has %d",
             "cuando capture vuelve, el proceso debía tener sus %d "
             "descriptores; tiene %d"),
           before, after);
}

// ---- Basic ------------------------------------------------------------------

static void small_output(void)
{
    struct worker *worker = start();

    captures(worker, "out=hello");
    for (int i = 0; i < 5; i++)
        captures(worker, "out=seed_%d,", seed());
}

static void told_apart(void)
{
    struct worker *worker = start();

    captures(worker, "out=result err=warning");
    captures(worker, "err=only_errors");
    captures(worker, "err=first_%d out=second_%d err=third", seed(), seed());
}

static void pieces(void)
{
    struct worker *worker = start();

    captures(worker, "out=one drain out=two drain out=three");
    captures(worker, "out=one drain out=two drain err=three exit=5");
}

static void silence(void)
{
    struct worker *worker = start();

    captures(worker, "exit=0");
    captures(worker, "out=x");
    captures(worker, "exit=0");
}

static void exit_status(void)
{
    struct worker *worker = start();

    captures(worker, "out=x exit=0");
    captures(worker, "exit=1");
    captures(worker, "exit=255");
    captures(worker, "err=x exit=%d", (int)random_int(2, 254));
}

static void killed(void)
{
    struct worker *worker = start();

    captures(worker, "kill=9");
    captures(worker, "out=before kill=15");
    captures(worker, "exit=9");
    captures(worker, "kill=6");
}

// ---- Intermediate -----------------------------------------------------------

static void over_64_kib(void)
{
    struct worker *worker = start();

    captures(worker, "out+65536+%d", seed());
    captures(worker, "out+65537+%d", seed());
    captures(worker, "out+%d+%d", (int)random_int(100000, 900000), seed());
}

static void full_stderr(void)
{
    struct worker *worker = start();

    captures(worker, "err+200000+%d out=done", seed());
    captures(worker, "out+200000+%d err+200000+%d out+70000+%d", seed(), seed(),
             seed());
    captures(worker, "out=bye shut=out err+200000+%d exit=4", seed());
}

static void huge_in_turns(void)
{
    struct worker *worker = start();

    captures(worker, "turns+300+%d", seed());
    captures(worker, "out+5000000+%d err+5000000+%d turns+500+%d exit=7",
             seed(), seed(), seed());
}

static void binary(void)
{
    struct worker *worker = start();

    for (int i = 0; i < 5; i++)
        captures(worker, "out+%d+%d err+%d+%d", (int)random_int(300, 5000),
                 seed(), (int)random_int(300, 5000), seed());
}

static void memory(void)
{
    struct worker *worker = start();

    captures(worker, "exit=0");
    captures(worker, "out=hello err=hello");
    for (int size = 4095; size <= 4097; size++)
        captures(worker, "out+%d+%d err+%d+%d", size, seed(), 2 * size, seed());
    captures(worker, "err+%d+%d", (int)random_int(60000, 70000), seed());
    captures(worker, "turns+8+%d", seed());
    worker_end(worker);
}

static void descriptors(void)
{
    struct worker *worker = start();

    int before = worker_descriptors(worker);
    for (int i = 0; i < 5; i++) {
        captures(worker, "out+%d+%d err=x", (int)random_int(1, 9999), seed());
        leaves_no_descriptor(worker, before);
    }
}

static void waited_for(void)
{
    struct worker *worker = start();

    for (int i = 0; i < 5; i++) {
        captures(worker, "out=x drain shut=both linger exit=%d",
                 (int)random_int(1, 99));
        leaves_no_child(worker);
    }
}

static void stray_ends(void)
{
    struct worker *worker = start();
    size_t strays;

    struct answer answer = ask(worker, "stray");
    expect(answer.returned == 0,
           M("capture should return 0; it returned %lld",
             "capture debía devolver 0; devolvió %lld"),
           answer.returned);
    worker_bytes(worker, &strays);
    expect(strays == 0,
           M("the child should hold the pipes as 1 and 2 only; it holds %zu "
             "more of their ends",
             "el hijo debía tener las tuberías solo como 1 y 2; tiene %zu "
             "extremos más"),
           strays);
    captures(worker, "exit=0");
}

// ---- Advanced ---------------------------------------------------------------
// The words ask for less than a pipe holds: whoever reads one pipe after the
// other can keep these promises too.

static void short_reads(void)
{
    struct worker *worker = start();

    for (size_t most = 1; most <= 7; most++) {
        worker_short(worker, "read", most);
        captures(worker, "out+%d+%d err+%d+%d", (int)random_int(1, 9999),
                 seed(), (int)random_int(1, 9999), seed());
    }
}

// How often that call is made for these words; 0 if it is not used at all.
static int calls_made(struct worker *worker, const char *call,
                      const char *words)
{
    must_capture(worker, words);
    return worker_calls(worker, call);
}

// The nth call is the one to fail in this try of all: 1, ..., calls.
static int nth(int try, int calls)
{
    return calls <= TRIES ? try + 1 : 1 + try * (calls - 1) / (TRIES - 1);
}

static int tries(int calls)
{
    return calls < TRIES ? calls : TRIES;
}

static void interrupt_each(struct worker *worker, const char *call)
{
    static const char words[] = "out+20000+7 drain out=x err+30000+8 exit=3";
    int calls = calls_made(worker, call, words);

    for (int i = 0; i < tries(calls); i++) {
        worker_fault(worker, call, nth(i, calls), 1 + i % 3, EINTR);
        must_capture(worker, words);
        leaves_no_child(worker);
    }
}

static void interrupted(void)
{
    static const char *const calls[] = {"read",   "poll",    "ppoll",
                                        "select", "waitpid", "wait"};
    struct worker *worker = start();

    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        interrupt_each(worker, calls[i]);
}

// The call has failed: capture says so, or found another way.
static void told_or_survived(struct worker *worker, const char *call, int error,
                             const char *words)
{
    struct answer answer = ask(worker, words);

    if (answer.returned == 0) {
        compare(worker, words);
        return;
    }
    expect(answer.returned == -1 && answer.error == error,
           M("%s failed (%s): capture should return -1 with that errno; it "
             "returned %lld, errno: %s",
             "%s falló (%s): capture debía devolver -1 con ese errno; "
             "devolvió %lld, errno: %s"),
           call, strerrorname_np(error), answer.returned,
           answer.error ? strerrorname_np(answer.error) : "0");
}

static void fail_each(struct worker *worker, const char *call, int error)
{
    static const char words[] = "out+30000+7 err+30000+8 exit=3";
    int calls = calls_made(worker, call, words);
    int before = worker_descriptors(worker);

    for (int i = 0; i < tries(calls); i++) {
        worker_fault(worker, call, nth(i, calls), 1, error);
        told_or_survived(worker, call, error, words);
        leaves_no_child(worker);
        leaves_no_descriptor(worker, before);
    }
    captures(worker, "out=afterwards");
}

static void no_pipe(void)
{
    struct worker *worker = start();

    fail_each(worker, "pipe", EMFILE);
    fail_each(worker, "pipe2", EMFILE);
    fail_each(worker, "socketpair", EMFILE);
}

static void no_memory(void)
{
    struct worker *worker = start();

    fail_each(worker, "malloc", ENOMEM);
    fail_each(worker, "calloc", ENOMEM);
    fail_each(worker, "realloc", ENOMEM);
}

static void failed_read(void)
{
    fail_each(start(), "read", EIO);
}

// From the nth call on none works any more; what is lost then is found at the
// end of the worker.
static void lose_memory_with(const char *call)
{
    static const char words[] = "out+60000+7 err+60000+8";
    struct worker *worker = start();
    int calls = calls_made(worker, call, words);

    for (int i = 0; i < tries(calls); i++) {
        worker_fault(worker, call, nth(i, calls), 0, ENOMEM);
        told_or_survived(worker, call, ENOMEM, words);
    }
    worker_end(worker);
}

static void failure_frees(void)
{
    lose_memory_with("malloc");
    lose_memory_with("calloc");
    lose_memory_with("realloc");
}

static void missing_program(void)
{
    struct worker *worker = start();

    captures(worker, "out=x");
    int before = worker_descriptors(worker);
    for (int i = 0; i < 3; i++) {
        worker_ask(worker, "capture", "s", "./no_such_program");
        long long returned = worker_int(worker), error = worker_int(worker);
        expect(returned == -1 && error == ENOENT,
               M("capture of a program that does not exist should return -1 "
                 "with ENOENT; it returned %lld, errno %lld",
                 "capture de un programa que no existe debía devolver -1 con "
                 "ENOENT; devolvió %lld, errno %lld"),
               returned, error);
        leaves_no_child(worker);
        leaves_no_descriptor(worker, before);
    }
}

// ---- The table --------------------------------------------------------------

static const struct promise promises[] = {
    {.name = "small_output_arrives",
     .level = BASIC,
     .points = 10,
     .english = "a small output arrives, byte by byte",
     .spanish = "una salida pequeña llega, byte por byte",
     .test = small_output,
     .man = "7 pipe",
     .step = "end_of_file"},
    {.name = "outputs_are_told_apart",
     .level = BASIC,
     .points = 8,
     .english = "stdout and stderr are told apart",
     .spanish = "stdout y stderr no se mezclan",
     .test = told_apart,
     .man = "2 pipe",
     .step = "deadlock"},
    {.name = "pieces_are_one_output",
     .level = BASIC,
     .points = 8,
     .english = "what is said in pieces arrives whole",
     .spanish = "lo que se dice por partes llega entero",
     .test = pieces,
     .man = "2 read",
     .step = "bytes"},
    {.name = "silence_is_zero_bytes",
     .level = BASIC,
     .points = 4,
     .english = "a child that says nothing gives 0 bytes",
     .spanish = "un hijo que no dice nada da 0 bytes",
     .test = silence,
     .man = "2 read",
     .step = "bytes"},
    {.name = "exit_status_is_told",
     .level = BASIC,
     .points = 5,
     .english = "the exit status of the child is told",
     .spanish = "se informa con qué estado terminó el hijo",
     .test = exit_status,
     .man = "2 waitpid",
     .step = NULL},
    {.name = "signal_is_told",
     .level = BASIC,
     .points = 5,
     .english = "the signal that killed the child is told",
     .spanish = "se informa qué señal mató al hijo",
     .test = killed,
     .man = "2 waitpid",
     .step = "broken"},
    {.name = "output_over_64_kib_arrives",
     .level = INTERMEDIATE,
     .points = 6,
     .english = "more than fits in the pipe arrives",
     .spanish = "llega más de lo que cabe en la tubería",
     .test = over_64_kib,
     .man = "3 realloc",
     .step = "capacity"},
    {.name = "full_stderr_blocks_nobody",
     .level = INTERMEDIATE,
     .points = 8,
     .english = "a full stderr blocks neither side",
     .spanish = "un stderr lleno no bloquea a nadie",
     .test = full_stderr,
     .man = "2 poll",
     .step = "deadlock"},
    {.name = "huge_outputs_in_turns_arrive",
     .level = INTERMEDIATE,
     .points = 4,
     .english = "both outputs huge, in turns, arrive",
     .spanish = "llegan las dos salidas, enormes y alternadas",
     .test = huge_in_turns,
     .man = "2 poll",
     .step = "deadlock"},
    {.name = "binary_bytes_survive",
     .level = INTERMEDIATE,
     .points = 4,
     .english = "any bytes survive, the zero too",
     .spanish = "sobrevive cualquier byte, también el cero",
     .test = binary,
     .man = "2 read",
     .step = "bytes"},
    {.name = "memory_is_in_order",
     .level = INTERMEDIATE,
     .points = 4,
     .english = "no memory is lost, none is overrun",
     .spanish = "no se pierde memoria ni se escribe fuera de ella",
     .test = memory,
     .build = ADDRESS,
     .man = "3 malloc",
     .step = "capacity"},
    {.name = "no_descriptor_is_left_open",
     .level = INTERMEDIATE,
     .points = 4,
     .english = "no descriptor is left open",
     .spanish = "no queda ningún descriptor abierto",
     .test = descriptors,
     .man = "2 close",
     .step = "end_of_file"},
    {.name = "the_child_is_waited_for",
     .level = INTERMEDIATE,
     .points = 3,
     .english = "the child is waited for, to its very end",
     .spanish = "se espera al hijo hasta que termina de verdad",
     .test = waited_for,
     .man = "2 waitpid",
     .step = NULL},
    {.name = "child_holds_no_stray_ends",
     .level = INTERMEDIATE,
     .points = 3,
     .english = "the child inherits no other end of the pipes",
     .spanish = "el hijo no hereda otros extremos de las tuberías",
     .test = stray_ends,
     .man = "2 pipe",
     .step = "end_of_file"},
    {.name = "short_reads_lose_nothing",
     .level = ADVANCED,
     .points = 4,
     .english = "reads that return little lose nothing",
     .spanish = "las lecturas cortas no pierden nada",
     .test = short_reads,
     .build = FAULTS,
     .man = "2 read",
     .step = "bytes"},
    {.name = "interrupted_calls_go_on",
     .level = ADVANCED,
     .points = 6,
     .english = "an interrupted call (EINTR) is made again",
     .spanish = "una llamada interrumpida (EINTR) se repite",
     .test = interrupted,
     .build = FAULTS,
     .man = "7 signal",
     .step = NULL},
    {.name = "no_pipe_is_answered",
     .level = ADVANCED,
     .points = 4,
     .english = "no pipe to be had: -1, and nothing is left",
     .spanish = "si no hay tubería: -1, y no queda nada",
     .test = no_pipe,
     .build = FAULTS,
     .man = "2 pipe",
     .step = NULL},
    {.name = "no_memory_is_answered",
     .level = ADVANCED,
     .points = 4,
     .english = "no memory to be had: -1, and nothing is left",
     .spanish = "si no hay memoria: -1, y no queda nada",
     .test = no_memory,
     .build = FAULTS,
     .man = "3 realloc",
     .step = NULL},
    {.name = "failure_frees_what_was_read",
     .level = ADVANCED,
     .points = 2,
     .english = "a failure frees what was read before it",
     .spanish = "un fallo libera lo que ya se había leído",
     .test = failure_frees,
     .build = FAULTS,
     .man = "3 realloc",
     .step = NULL},
    {.name = "failed_read_leaves_nothing",
     .level = ADVANCED,
     .points = 2,
     .english = "a read that fails: -1, and no child is left",
     .spanish = "si falla una lectura: -1, y no queda ningún hijo",
     .test = failed_read,
     .build = FAULTS,
     .man = "2 kill",
     .step = "broken"},
    {.name = "missing_program_is_answered",
     .level = ADVANCED,
     .points = 2,
     .english = "no such program: -1, and nothing is left",
     .spanish = "si el programa no existe: -1, y no queda nada",
     .test = missing_program,
     .man = "3 execvp",
     .step = NULL},
    {0},
};

static bool is_say(const char *name)
{
    const char *slash = strrchr(name, '/');

    return strcmp(slash ? slash + 1 : name, "say") == 0;
}

int main(int count, char **arguments)
{
    static const struct lab lab = {
        .files = {"capture.c"},
        .given = {"capture.h", "start_child.c"},
        .faults = {"read", "poll", "ppoll", "select", "waitpid", "wait", "pipe",
                   "pipe2", "socketpair", "malloc", "calloc", "realloc"},
        .promises = promises,
    };

    if (count > 0 && is_say(arguments[0]))
        return say_main(count, arguments);
    return suite_main(&lab, count, arguments);
}
