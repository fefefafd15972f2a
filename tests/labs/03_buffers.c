// 03_buffers.c - the promises of lab 03: a buffered reader
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "tools/grader/suite.h"

enum {
    TEXT_LIMIT = 4 << 20, // bytes
    USUAL = 4096,         // size of a buffer
    END = -1,             // what reader_byte says
    FAILED = -2,
    TRIES = 12, // at most so many calls of a kind fail, spread over all
};

// ---- What must arrive -------------------------------------------------------

static struct {
    char bytes[TEXT_LIMIT];
    size_t size;
    size_t at; // how far the reader has come
} text;

static void text_clear(void)
{
    text.size = text.at = 0;
}

static void text_add(const void *bytes, size_t size)
{
    memcpy(text.bytes + text.size, bytes, size);
    text.size += size;
}

static void text_say(const char *words)
{
    text_clear();
    text_add(words, strlen(words));
}

// A line of letters, so many bytes with its newline.
static void text_line(size_t size)
{
    for (size_t i = 1; i < size; i++)
        text.bytes[text.size++] = (char)('a' + random_int(0, 25));
    text.bytes[text.size++] = '\n';
}

// Lines of at most so many bytes, size bytes of them or a little more.
static void text_lines(size_t size, size_t longest)
{
    text_clear();
    while (text.size < size)
        text_line((size_t)random_int(1, (long long)longest));
}

static void text_any_bytes(size_t size)
{
    text_clear();
    random_bytes(text.bytes, size);
    text.size = size;
}

static size_t rest(void)
{
    return text.size - text.at;
}

// The size of the line that comes next; 0 at the end.
static size_t next_line(void)
{
    const char *from = text.bytes + text.at;
    const char *newline = memchr(from, '\n', rest());

    return newline ? (size_t)(newline + 1 - from) : rest();
}

// ---- Where it is read from --------------------------------------------------

// The text becomes the file "text" in the worker's folder.
static void put_file(struct worker *worker)
{
    char path[4200];
    size_t put = 0;

    snprintf(path, sizeof path, "%s/text", worker_folder(worker));
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file < 0 || fchmod(file, 0644) < 0)
        unjudged("%s: %s", path, strerror(errno));
    while (put < text.size) {
        ssize_t more = write(file, text.bytes + put, text.size - put);
        if (more < 0)
            unjudged("%s: %s", path, strerror(errno));
        put += (size_t)more;
    }
    close(file);
}

static void init(struct worker *worker, int which, const char *name,
                 size_t size)
{
    worker_ask(worker, "reader_init", "isi", (long long)which, name,
               (long long)size);
    long long returned = worker_int(worker);
    expect(returned == 0,
           M("reader_init with a buffer of %zu should return 0; it returned "
             "%lld, errno: %s",
             "reader_init con un búfer de %zu debía devolver 0; devolvió "
             "%lld, errno: %s"),
           size, returned, strerror((int)worker_int(worker)));
}

// A reader of the text, from its beginning, with a buffer of this size.
static void open_text(struct worker *worker, size_t size)
{
    put_file(worker);
    text.at = 0;
    init(worker, 0, "text", size);
}

static void close_reader(struct worker *worker, int which)
{
    worker_ask(worker, "reader_free", "i", (long long)which);
    expect(worker_int(worker) == 1,
           M("reader_free should leave the descriptor open; it closed it",
             "reader_free debía dejar abierto el descriptor; lo cerró"));
}

// ---- What arrived -----------------------------------------------------------

// The next field must be these bytes of the text; function says who gave them.
static void compare(struct worker *worker, const char *function, size_t wanted)
{
    size_t size, same = 0;
    const char *bytes = worker_bytes(worker, &size);

    expect(size == wanted,
           M("%s should have given %zu bytes from byte %zu of the input on; "
             "it gave %zu",
             "%s debía dar %zu bytes desde el byte %zu de la entrada; dio %zu"),
           function, wanted, text.at, size);
    while (same < size && bytes[same] == text.bytes[text.at + same])
        same++;
    expect(same == size,
           M("%s: byte %zu of the input is 0x%02x; it gave 0x%02x",
             "%s: el byte %zu de la entrada es 0x%02x; dio 0x%02x"),
           function, text.at + same, (unsigned char)text.bytes[text.at + same],
           (unsigned char)bytes[same]);
    text.at += size;
}

// reader_byte gives so many bytes more, and after them, if they are fewer than
// count, `after`: END or FAILED. Returns errno.
static int gives_bytes(struct worker *worker, size_t count, size_t wanted,
                       int after)
{
    worker_ask(worker, "reader_byte", "ii", 0LL, (long long)count);
    long long last = worker_int(worker);
    int error = (int)worker_int(worker);

    compare(worker, "reader_byte", wanted);
    expect(wanted == count || last == after,
           M("after %zu bytes of %zu, reader_byte should return %d; it "
             "returned %lld",
             "después de %zu bytes de %zu, reader_byte debía devolver %d; "
             "devolvió %lld"),
           text.at, text.size, after, last);
    return error;
}

static void gives_all_bytes(struct worker *worker)
{
    gives_bytes(worker, rest() + 1, rest(), END);
}

// So many lines were given, of these sizes: are they the next ones of the text?
// Returns how many bytes they have together.
static size_t compare_sizes(const uint32_t *sizes, size_t count)
{
    size_t begin = text.at, total;

    for (size_t i = 0; i < count; i++) {
        size_t wanted = next_line(), got = sizes[i];
        expect(got == wanted && got > 0,
               M("the line at byte %zu of the input has %zu bytes with its "
                 "newline; reader_line returned %zu",
                 "la línea del byte %zu de la entrada tiene %zu bytes con su "
                 "fin de línea; reader_line devolvió %zu"),
               text.at, wanted, got);
        text.at += wanted;
    }
    total = text.at - begin;
    text.at = begin;
    return total;
}

struct answer {
    long long returned; // by the last call
    int error;
};

// Asks reader_line for at most so many lines; those that come must be right.
static struct answer ask_lines(struct worker *worker, long long count)
{
    struct answer answer;
    size_t size;

    worker_ask(worker, "reader_line", "ii", 0LL, count);
    answer.returned = worker_int(worker);
    answer.error = (int)worker_int(worker);
    const void *given = worker_bytes(worker, &size);
    uint32_t *sizes = malloc(size + 1);
    if (!sizes)
        unjudged("%s", strerror(errno));
    memcpy(sizes, given, size);
    size_t total = compare_sizes(sizes, size / sizeof *sizes);
    free(sizes);
    compare(worker, "reader_line", total);
    return answer;
}

// More lines than can come.
static long long all_of_them(void)
{
    return (long long)rest() + 1;
}

// All lines to the end, and then 0.
static void gives_all_lines(struct worker *worker)
{
    struct answer answer = ask_lines(worker, all_of_them());

    expect(rest() == 0,
           M("reader_line returned %lld, errno: %s; %zu of %zu bytes of the "
             "input were still to come",
             "reader_line devolvió %lld, errno: %s; faltaban %zu de los %zu "
             "bytes de la entrada"),
           answer.returned, strerror(answer.error), rest(), text.size);
    expect(answer.returned == 0,
           M("at the end reader_line should return 0; it returned %lld, "
             "errno: %s",
             "al final reader_line debía devolver 0; devolvió %lld, errno: %s"),
           answer.returned, strerror(answer.error));
}

static void gives_a_line(struct worker *worker)
{
    size_t before = text.at, wanted = next_line();
    struct answer answer = ask_lines(worker, 1);

    expect(answer.returned > 0,
           M("at byte %zu of the input there is a line of %zu bytes; "
             "reader_line returned %lld, errno: %s",
             "en el byte %zu de la entrada hay una línea de %zu bytes; "
             "reader_line devolvió %lld, errno: %s"),
           before, wanted, answer.returned, strerror(answer.error));
}

// One reader_read: at most count bytes, at least one unless it is the end.
static void gives_some(struct worker *worker, size_t count)
{
    worker_ask(worker, "reader_read", "ii", 0LL, (long long)count);
    long long got = worker_int(worker);
    int error = (int)worker_int(worker);

    expect(rest() == 0 ? got == 0 : got > 0 && (size_t)got <= count,
           M("reader_read of at most %zu bytes, with %zu still to come, "
             "returned %lld, errno: %s",
             "reader_read de hasta %zu bytes, cuando faltaban %zu, devolvió "
             "%lld, errno: %s"),
           count, rest(), got, strerror(error));
    compare(worker, "reader_read", (size_t)got);
}

// Both ways over the whole text, with a buffer of this size.
static void reads_text(struct worker *worker, size_t size)
{
    open_text(worker, size);
    gives_all_bytes(worker);
    close_reader(worker, 0);
    open_text(worker, size);
    gives_all_lines(worker);
    close_reader(worker, 0);
}

// ---- Basic ------------------------------------------------------------------

static void bytes_in_order(void)
{
    struct worker *worker = worker_start();

    text_say("hello\n");
    open_text(worker, USUAL);
    gives_all_bytes(worker);
    for (int i = 0; i < 5; i++) {
        text_lines((size_t)random_int(1, 20000), 80);
        open_text(worker, USUAL);
        gives_all_bytes(worker);
    }
}

static void every_byte(void)
{
    struct worker *worker = worker_start();

    text_clear();
    for (int i = 0; i < 256; i++)
        text_add(&(char){(char)i}, 1);
    open_text(worker, USUAL);
    gives_all_bytes(worker);
    text_any_bytes(10000);
    open_text(worker, USUAL);
    gives_all_bytes(worker);
}

static void end_stays(void)
{
    struct worker *worker = worker_start();

    text_say("x\n");
    open_text(worker, USUAL);
    for (int i = 0; i < 3; i++)
        gives_all_bytes(worker);
    open_text(worker, USUAL);
    for (int i = 0; i < 3; i++)
        gives_all_lines(worker);
    text_say("");
    reads_text(worker, USUAL);
}

static void whole_lines(void)
{
    struct worker *worker = worker_start();

    text_say("one\ntwo\n\n\nthree\n");
    open_text(worker, USUAL);
    gives_all_lines(worker);
    for (int i = 0; i < 5; i++) { // some lie across the end of a buffer
        text_lines(20000, 200);
        open_text(worker, USUAL);
        gives_all_lines(worker);
    }
}

static void last_line(void)
{
    struct worker *worker = worker_start();

    text_say("one\nand no newline");
    open_text(worker, USUAL);
    gives_all_lines(worker);
    text_say("x");
    open_text(worker, USUAL);
    gives_all_lines(worker);
    text_lines(USUAL, 60);
    text.size = USUAL; // the end of the buffer is that of the file
    text.bytes[USUAL - 1] = 'z';
    open_text(worker, USUAL);
    gives_all_lines(worker);
}

// The reads of the latest question: as many as there are buffers in the text,
// one more for the end, and one that is not grudged.
static void calls_were_few(struct worker *worker, size_t size)
{
    int calls = worker_calls(worker, "read");
    size_t fewest = (text.size + size - 1) / size;

    expect(calls >= (int)fewest && calls <= (int)fewest + 2,
           M("%zu bytes with a buffer of %zu should take %zu to %zu calls of "
             "read; there were %d",
             "%zu bytes con un búfer de %zu debían tomar de %zu a %zu llamadas "
             "a read; hubo %d"),
           text.size, size, fewest, fewest + 2, calls);
}

static void few_calls(void)
{
    static const size_t sizes[] = {100, USUAL, 20000};
    struct worker *worker = worker_start();

    text_lines(50000, 100);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        open_text(worker, sizes[i]);
        gives_all_bytes(worker);
        calls_were_few(worker, sizes[i]);
    }
}

// ---- Intermediate -----------------------------------------------------------

static void any_size(void)
{
    static const size_t sizes[] = {1, 2, 3, 7, 100, 4095, 4097, 1 << 20};
    struct worker *worker = worker_start();

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        text_lines(9000, 30);
        reads_text(worker, sizes[i]);
    }
}

static void long_lines(void)
{
    struct worker *worker = worker_start();

    text_clear();
    text_line(USUAL);
    text_line(USUAL + 1);
    text_line(3 * USUAL);
    text_line(1);
    text_line(100000);
    open_text(worker, USUAL);
    gives_all_lines(worker);
    text_clear();
    text_line(5);
    text_line((size_t)random_int(1000000, 2000000));
    text_line(7);
    open_text(worker, USUAL);
    gives_all_lines(worker);
    text_lines(20000, 300);
    open_text(worker, 16);
    gives_all_lines(worker);
}

static void any_byte_in_lines(void)
{
    struct worker *worker = worker_start();

    text_clear();
    text_add("a\0b\n\0\n\0\0\xff\n", 10);
    open_text(worker, USUAL);
    gives_all_lines(worker);
    for (int i = 0; i < 3; i++) {
        text_any_bytes(20000);
        open_text(worker, USUAL);
        gives_all_lines(worker);
    }
}

static void one_row(void)
{
    struct worker *worker = worker_start();

    for (int round = 0; round < 3; round++) {
        text_lines(20000, 60);
        open_text(worker, (size_t)random_int(50, 3000));
        while (rest() > 100) {
            size_t some = (size_t)random_int(1, 99);
            gives_bytes(worker, some, some, END);
            gives_some(worker, (size_t)random_int(1, 5000));
            if (rest() > 0)
                gives_a_line(worker);
        }
        while (rest() > 0)
            gives_some(worker, 7);
        gives_some(worker, 7);
    }
}

// Into the pipe of reader 0, and behind the text that is expected.
static void feed(struct worker *worker, const char *words)
{
    text_add(words, strlen(words));
    worker_ask(worker, "feed", "ib", 0LL, words, strlen(words));
}

// Nobody writes while it reads: whoever asks for more than there is waits for
// ever.
static void at_once(void)
{
    struct worker *worker = worker_start();

    text_clear();
    init(worker, 0, "", USUAL);
    feed(worker, "one line\n");
    gives_a_line(worker);
    feed(worker, "one\ntwo\nthr");
    gives_a_line(worker);
    gives_bytes(worker, 2, 2, END);
    gives_some(worker, USUAL); // "o\nthr"
    feed(worker, "ee\nfour\n!");
    gives_a_line(worker);
    gives_some(worker, 3);
    gives_a_line(worker);
    gives_bytes(worker, 1, 1, END);
}

// Between the lines of reader 0, another one reads another thing.
static void two_readers(void)
{
    static const char other[] = "another\nthing";
    struct worker *worker = worker_start();

    text_say("one\ntwo\nthree\n");
    open_text(worker, USUAL);
    gives_a_line(worker);
    init(worker, 1, "", USUAL);
    worker_ask(worker, "feed", "ib", 1LL, other, sizeof other - 1);
    worker_ask(worker, "reader_line", "ii", 1LL, 1LL);
    gives_a_line(worker);
    worker_ask(worker, "reader_byte", "ii", 1LL, 2LL);
    gives_a_line(worker);
}

// A line of each size, so that one of them fills its memory to the last byte,
// whatever the steps are in which it grows.
static void text_of_each_size(void)
{
    text_clear();
    for (size_t size = 1; size <= 600; size++)
        text_line(size);
    for (size_t size = USUAL - 1; size <= USUAL + 1; size++)
        text_line(size);
}

static void memory(void)
{
    static const size_t sizes[] = {1, 16, USUAL};
    struct worker *worker = worker_start();

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        text_of_each_size();
        reads_text(worker, sizes[i]);
        open_text(worker, sizes[i]);
        gives_some(worker, 100);
        gives_a_line(worker);
        close_reader(worker, 0);
    }
    worker_end(worker);
}

// ---- Advanced ---------------------------------------------------------------

static void short_reads(void)
{
    struct worker *worker = worker_start();

    text_lines(9000, 100);
    for (size_t most = 1; most <= 7; most += 2) {
        open_text(worker, USUAL);
        worker_short(worker, "read", most);
        gives_all_bytes(worker);
        open_text(worker, USUAL);
        worker_short(worker, "read", most);
        gives_all_lines(worker);
    }
}

static void interrupted(void)
{
    struct worker *worker = worker_start();

    text_lines(40000, 300);
    for (int nth = 1; nth <= 11; nth++) { // 10 buffers and the end
        open_text(worker, USUAL);
        worker_fault(worker, "read", nth, 1 + nth % 3, EINTR);
        gives_all_bytes(worker);
        open_text(worker, USUAL);
        worker_fault(worker, "read", nth, 1 + nth % 3, EINTR);
        gives_all_lines(worker);
    }
    open_text(worker, USUAL);
    worker_fault(worker, "read", 1, 2, EINTR);
    gives_some(worker, 100);
}

static void is_told(const char *function, long long returned, long long wanted,
                    int error, int reason)
{
    expect(returned == wanted && error == reason,
           M("it failed with %s: %s should return %lld with that errno; it "
             "returned %lld, errno: %s",
             "falló con %s: %s debía devolver %lld con ese errno; devolvió "
             "%lld, errno: %s"),
           strerrorname_np(reason), function, wanted, returned,
           error ? strerrorname_np(error) : "0");
}

static void failed_read(void)
{
    struct worker *worker = worker_start();

    text_lines(20000, 100);
    for (int nth = 1; nth <= 4; nth++) {
        size_t before = (size_t)(nth - 1) * USUAL;
        open_text(worker, USUAL);
        worker_fault(worker, "read", nth, 1, EIO);
        int error = gives_bytes(worker, text.size, before, FAILED);
        is_told("reader_byte", FAILED, FAILED, error, EIO);
        open_text(worker, USUAL);
        worker_fault(worker, "read", nth, 1, EIO);
        struct answer answer = ask_lines(worker, all_of_them());
        is_told("reader_line", answer.returned, -1, answer.error, EIO);
    }
    open_text(worker, USUAL);
    worker_fault(worker, "read", 1, 1, EIO);
    worker_ask(worker, "reader_read", "ii", 0LL, 10LL);
    long long got = worker_int(worker);
    is_told("reader_read", got, -1, (int)worker_int(worker), EIO);
}

// Of a line in five buffers, one of them late; and between two other lines.
static void kept_line(void)
{
    struct worker *worker = worker_start();

    text_clear();
    text_line(10);
    text_line(5 * USUAL);
    text_line(20);
    for (int nth = 1; nth <= 6; nth++) {
        open_text(worker, USUAL);
        worker_fault(worker, "read", nth, 1, EAGAIN);
        struct answer answer = ask_lines(worker, all_of_them());
        is_told("reader_line", answer.returned, -1, answer.error, EAGAIN);
        gives_all_lines(worker);
        close_reader(worker, 0);
    }
    worker_end(worker);
}

// The nth call is the one to fail in this try of all: 1, ..., calls.
static int nth_of(int try, int calls)
{
    return calls <= TRIES ? try + 1 : 1 + try * (calls - 1) / (TRIES - 1);
}

// No memory from the nth call on: reader_init says so, or needs none yet.
static void init_without(struct worker *worker, const char *call)
{
    open_text(worker, USUAL);
    int calls = worker_calls(worker, call);
    close_reader(worker, 0);

    for (int nth = 1; nth <= calls; nth++) {
        worker_fault(worker, call, nth, 0, ENOMEM);
        worker_ask(worker, "reader_init", "isi", 0LL, "text", (long long)USUAL);
        long long returned = worker_int(worker);
        is_told("reader_init", returned, -1, (int)worker_int(worker), ENOMEM);
    }
}

// The same while lines are read: -1, and afterwards the rest of them.
static void lines_without(struct worker *worker, const char *call)
{
    open_text(worker, 100);
    gives_all_lines(worker);
    int calls = worker_calls(worker, call);
    close_reader(worker, 0);

    for (int i = 0; i < (calls < TRIES ? calls : TRIES); i++) {
        open_text(worker, 100);
        worker_fault(worker, call, nth_of(i, calls), 0, ENOMEM);
        struct answer answer = ask_lines(worker, all_of_them());
        is_told("reader_line", answer.returned, -1, answer.error, ENOMEM);
        gives_all_lines(worker);
        close_reader(worker, 0);
    }
}

static void no_memory(void)
{
    static const char *const calls[] = {"malloc", "calloc", "realloc"};
    struct worker *worker = worker_start();

    text_lines(20000, 3000);
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        init_without(worker, calls[i]);
        lines_without(worker, calls[i]);
    }
    worker_end(worker);
}

static void doubling(void)
{
    struct worker *worker = worker_start();
    enum { MOST = 64 };

    text_clear();
    text_line(1 << 20);
    open_text(worker, 256);
    gives_all_lines(worker);
    int calls = worker_calls(worker, "realloc") +
                worker_calls(worker, "malloc") + worker_calls(worker, "calloc");
    expect(calls <= MOST,
           M("a line of 1 MiB should grow at most %d times; memory was asked "
             "for %d times",
             "una línea de 1 MiB debía crecer a lo sumo %d veces; se pidió "
             "memoria %d veces"),
           MOST, calls);
}

static double now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

// Milliseconds that the C library takes for all lines of the same file.
static double getline_ms(struct worker *worker)
{
    char path[4200], *line = NULL;
    size_t room = 0;

    snprintf(path, sizeof path, "%s/text", worker_folder(worker));
    FILE *file = fopen(path, "r");
    if (!file)
        unjudged("%s: %s", path, strerror(errno));
    double begin = now_ms();
    while (getline(&line, &room, file) > 0)
        ;
    double ms = now_ms() - begin;
    free(line);
    fclose(file);
    return ms;
}

static double reader_ms(struct worker *worker)
{
    open_text(worker, 1 << 20);
    double begin = now_ms();
    worker_ask(worker, "all_lines", "ii", 0LL, all_of_them());
    double ms = now_ms() - begin;
    close_reader(worker, 0);
    return ms;
}

// The least of five each, in turns, and a ratio with room to spare: a reader
// that does each byte once is 10 times slower at most, one that moves the rest
// of its buffer for every line hundreds of times.
static void like_getline(void)
{
    enum { ROUNDS = 5, TIMES = 60 };
    struct worker *worker = worker_start();
    double theirs = 1e9, yours = 1e9;

    text_lines(2 << 20, 120);
    open_text(worker, USUAL);
    gives_all_lines(worker);
    for (int round = 0; round < ROUNDS; round++) {
        double ms = reader_ms(worker);
        yours = ms < yours ? ms : yours;
        ms = getline_ms(worker);
        theirs = ms < theirs ? ms : theirs;
    }
    expect(yours <= TIMES * theirs,
           M("2 MiB of lines with a buffer of 1 MiB: getline took %.1f ms, "
             "reader_line %.1f; at most %d times as long is allowed",
             "2 MiB de líneas con un búfer de 1 MiB: getline tardó %.1f ms, "
             "reader_line %.1f; se permite hasta %d veces lo de getline"),
           theirs, yours, TIMES);
}

// ---- The table --------------------------------------------------------------

static const struct promise promises[] = {
    {.name = "bytes_come_in_order",
     .level = BASIC,
     .points = 10,
     .english = "every byte comes, once and in order, and then the end",
     .spanish = "llega cada byte, una vez y en orden, y después el final",
     .test = bytes_in_order,
     .man = "2 read",
     .step = "trips"},
    {.name = "byte_255_is_not_the_end",
     .level = BASIC,
     .points = 5,
     .english = "a byte is 0 to 255, never taken for the end",
     .spanish = "un byte va de 0 a 255 y no se confunde con el final",
     .test = every_byte,
     .man = "3 fgetc",
     .step = NULL},
    {.name = "the_end_stays_the_end",
     .level = BASIC,
     .points = 4,
     .english = "after the end comes the end again",
     .spanish = "después del final sigue siendo el final",
     .test = end_stays,
     .man = "2 read",
     .step = "trips"},
    {.name = "lines_come_whole",
     .level = BASIC,
     .points = 8,
     .english = "lines come whole, with their newline",
     .spanish = "las líneas llegan enteras, con su fin de línea",
     .test = whole_lines,
     .man = "3 realloc",
     .step = "short"},
    {.name = "last_line_needs_no_newline",
     .level = BASIC,
     .points = 5,
     .english = "the last line may lack its newline",
     .spanish = "la última línea puede no tener fin de línea",
     .test = last_line,
     .man = "3 getline",
     .step = NULL},
    {.name = "read_calls_are_few",
     .level = BASIC,
     .points = 8,
     .english = "as many read calls as there are buffers",
     .spanish = "tantas llamadas a read como búferes",
     .test = few_calls,
     .build = FAULTS,
     .man = "2 read",
     .step = "trips"},
    {.name = "any_size_of_buffer_will_do",
     .level = INTERMEDIATE,
     .points = 6,
     .english = "any size of the buffer will do, 1 byte too",
     .spanish = "sirve cualquier tamaño de búfer, también 1 byte",
     .test = any_size,
     .man = "2 read",
     .step = "bigger"},
    {.name = "lines_have_any_length",
     .level = INTERMEDIATE,
     .points = 7,
     .english = "a line may be longer than the buffer",
     .spanish = "una línea puede ser más larga que el búfer",
     .test = long_lines,
     .man = "3 realloc",
     .step = NULL},
    {.name = "lines_hold_any_byte",
     .level = INTERMEDIATE,
     .points = 4,
     .english = "lines may hold any byte, zero too",
     .spanish = "una línea puede tener cualquier byte, también el cero",
     .test = any_byte_in_lines,
     .man = "3 memchr",
     .step = NULL},
    {.name = "all_take_from_one_row",
     .level = INTERMEDIATE,
     .points = 6,
     .english = "byte, line and read take turns and lose nothing",
     .spanish = "byte, line y read se turnan y no pierden nada",
     .test = one_row,
     .man = "3 fread",
     .step = "where"},
    {.name = "what_there_is_comes_at_once",
     .level = INTERMEDIATE,
     .points = 6,
     .english = "what has come is given at once: no wait for more",
     .spanish = "lo que ya llegó se entrega sin esperar más",
     .test = at_once,
     .man = "7 pipe",
     .step = "late"},
    {.name = "readers_share_nothing",
     .level = INTERMEDIATE,
     .points = 3,
     .english = "two readers at once share nothing",
     .spanish = "dos lectores a la vez no comparten nada",
     .test = two_readers,
     .man = NULL,
     .step = "where"},
    {.name = "memory_is_in_order",
     .level = INTERMEDIATE,
     .points = 4,
     .english = "no memory is lost, none is overrun",
     .spanish = "no se pierde memoria ni se escribe fuera de ella",
     .test = memory,
     .build = ADDRESS,
     .man = "3 malloc",
     .step = NULL},
    {.name = "short_reads_lose_nothing",
     .level = ADVANCED,
     .points = 4,
     .english = "reads that bring little lose nothing",
     .spanish = "las lecturas cortas no pierden nada",
     .test = short_reads,
     .build = FAULTS,
     .man = "2 read",
     .step = "short"},
    {.name = "interrupted_reads_go_on",
     .level = ADVANCED,
     .points = 5,
     .english = "an interrupted read (EINTR) is made again",
     .spanish = "una lectura interrumpida (EINTR) se repite",
     .test = interrupted,
     .build = FAULTS,
     .man = "7 signal",
     .step = NULL},
    {.name = "failure_is_not_the_end",
     .level = ADVANCED,
     .points = 5,
     .english = "a read that failed is told apart from the end",
     .spanish = "una lectura que falló no se confunde con el final",
     .test = failed_read,
     .build = FAULTS,
     .man = "2 read",
     .step = NULL},
    {.name = "failure_keeps_the_line",
     .level = ADVANCED,
     .points = 3,
     .english = "after a failure the line goes on where it was",
     .spanish = "después de un fallo, la línea sigue donde estaba",
     .test = kept_line,
     .build = FAULTS,
     .man = "2 read",
     .step = "waiting"},
    {.name = "no_memory_is_answered",
     .level = ADVANCED,
     .points = 3,
     .english = "no memory to be had: -1, and nothing is lost",
     .spanish = "si no hay memoria: -1, y no se pierde nada",
     .test = no_memory,
     .build = FAULTS,
     .man = "3 realloc",
     .step = NULL},
    {.name = "long_lines_grow_in_few_steps",
     .level = ADVANCED,
     .points = 2,
     .english = "a long line grows in few steps",
     .spanish = "una línea larga crece en pocos pasos",
     .test = doubling,
     .build = FAULTS,
     .man = "3 realloc",
     .step = NULL},
    {.name = "lines_keep_up_with_getline",
     .level = ADVANCED,
     .points = 2,
     .english = "lines come about as fast as from getline",
     .spanish = "las líneas llegan casi tan rápido como con getline",
     .test = like_getline,
     .man = "3 memchr",
     .step = "bigger"},
    {0},
};

int main(int count, char **arguments)
{
    static const struct lab lab = {
        .files = {"reader.c"},
        .given = {"reader.h"},
        .faults = {"read", "malloc", "calloc", "realloc"},
        .promises = promises,
        .answer_seconds = 4,
    };

    return suite_main(&lab, count, arguments);
}
