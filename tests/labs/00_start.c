// 00_start.c - the promises of lab 00
#include <errno.h>
#include <limits.h>
#include <stdio.h>

#include "tools/grader/suite.h"

enum { ROUNDS = 20, MOST_NUMBERS = 100 };

// ---- twice ------------------------------------------------------------------

static void twice_of(struct worker *worker, long long n)
{
    worker_ask(worker, "twice", "i", n);
    long long result = worker_int(worker);
    expect(result == 2 * n,
           M("twice(%lld) should be %lld; it returned %lld",
             "twice(%lld) debía dar %lld; devolvió %lld"),
           n, 2 * n, result);
}

static void doubles(void)
{
    struct worker *worker = worker_start();

    twice_of(worker, 21);
    twice_of(worker, 0);
    twice_of(worker, -3);
    for (int i = 0; i < ROUNDS; i++)
        twice_of(worker, random_int(INT_MIN / 2, INT_MAX / 2));
}

// ---- sum --------------------------------------------------------------------

// Sends count numbers and, behind them, extra that are none of sum's business.
static void sum_of(struct worker *worker, const int *numbers, int count,
                   int extra)
{
    long long total = 0;

    for (int i = 0; i < count; i++)
        total += numbers[i];
    worker_ask(worker, "sum", "bi", numbers,
               (size_t)(count + extra) * sizeof *numbers, (long long)count);
    long long result = worker_int(worker);
    expect(extra == 0 || result != total + numbers[count],
           M("sum was asked for %d numbers and also added numbers[%d], which "
             "stands behind the last one",
             "a sum se le pidieron %d números y sumó también numbers[%d], que "
             "está detrás del último"),
           count, count);
    expect(result == total,
           M("the sum of %d numbers (the first is %d) should be %lld; it "
             "returned %lld",
             "la suma de %d números (el primero es %d) debía dar %lld; "
             "devolvió %lld"),
           count, count > 0 ? numbers[0] : 0, total, result);
}

static void sums(struct worker *worker, int extra)
{
    int small[] = {1, 2, 3, 1000}, big[] = {INT_MAX, INT_MAX, INT_MAX, 1};
    int numbers[MOST_NUMBERS + 1];

    sum_of(worker, small, 3, extra);
    sum_of(worker, big, 3, extra);
    for (int round = 0; round < ROUNDS; round++) {
        int count = (int)random_int(1, MOST_NUMBERS);

        for (int i = 0; i <= count; i++)
            numbers[i] = (int)random_int(1, INT_MAX);
        sum_of(worker, numbers, count, extra);
    }
    sum_of(worker, small, 0, extra);
}

static void adds_up(void)
{
    sums(worker_start(), 1);
}

static void stays_inside(void)
{
    sums(worker_start(), 0);
}

// ---- parse_long -------------------------------------------------------------

enum { UNTOUCHED = -7777 };

struct reading {
    bool accepted;
    long long number; // UNTOUCHED when nothing was stored
};

static struct reading read_text(struct worker *worker, const char *text,
                                int old_errno)
{
    struct reading reading;

    worker_ask(worker, "parse_long", "sii", text, (long long)UNTOUCHED,
               (long long)old_errno);
    reading.accepted = worker_int(worker);
    reading.number = worker_int(worker);
    return reading;
}

static void accepts(struct worker *worker, const char *text, long long number)
{
    struct reading reading = read_text(worker, text, 0);

    expect(reading.accepted,
           M("parse_long(\"%s\") should return true; it returned false",
             "parse_long(\"%s\") debía devolver true; devolvió false"),
           text);
    expect(reading.number == number,
           M("parse_long(\"%s\") should store %lld; it stored %lld",
             "parse_long(\"%s\") debía guardar %lld; guardó %lld"),
           text, number, reading.number);
}

static void refuses(struct worker *worker, const char *text)
{
    struct reading reading = read_text(worker, text, 0);

    expect(!reading.accepted,
           M("parse_long(\"%s\") should return false; it returned true and "
             "stored %lld",
             "parse_long(\"%s\") debía devolver false; devolvió true y guardó "
             "%lld"),
           text, reading.number);
}

static void accepts_number(struct worker *worker, long long number)
{
    char text[32];

    snprintf(text, sizeof text, "%lld", number);
    accepts(worker, text, number);
}

static void takes_numbers(void)
{
    struct worker *worker = worker_start();

    accepts(worker, "42", 42);
    accepts(worker, "0", 0);
    accepts(worker, "-7", -7);
    accepts(worker, "+7", 7);
    accepts(worker, "  12", 12);
    accepts(worker, "010", 10);
    for (int i = 0; i < ROUNDS; i++)
        accepts_number(worker, random_int(LONG_MIN / 2, LONG_MAX / 2));
}

static void refuses_other_text(void)
{
    static const char *const texts[] = {
        "", " ", "-", "doce", "12 manzanas", "12x", "1.5", "0x10", "7 ", "--7",
    };
    struct worker *worker = worker_start();

    accepts(worker, "42", 42);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        refuses(worker, texts[i]);
}

// The greatest and the least, then one beyond each, then far beyond.
static void knows_the_limits(void)
{
    struct worker *worker = worker_start();
    char text[32];

    accepts_number(worker, LONG_MAX);
    accepts_number(worker, LONG_MIN);
    snprintf(text, sizeof text, "%lu", (unsigned long)LONG_MAX + 1);
    refuses(worker, text);
    snprintf(text, sizeof text, "-%lu", (unsigned long)LONG_MAX + 2);
    refuses(worker, text);
    refuses(worker, "123456789012345678901234567890");
}

static void forgets_old_errors(void)
{
    struct worker *worker = worker_start();
    struct reading reading;

    accepts(worker, "42", 42);
    reading = read_text(worker, "42", ERANGE);
    expect(
        reading.accepted,
        M("errno was ERANGE before the call, from some earlier failure, and "
          "parse_long(\"42\") returned false",
          "errno ya valía ERANGE antes de la llamada, por un fallo anterior, "
          "y parse_long(\"42\") devolvió false"));
}

static void leaves_number_alone(void)
{
    static const char *const texts[] = {
        "",
        "doce",
        "12 manzanas",
        "123456789012345678901234567890",
    };
    struct worker *worker = worker_start();

    accepts(worker, "42", 42);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct reading reading = read_text(worker, texts[i], 0);

        expect(reading.number == UNTOUCHED,
               M("parse_long(\"%s\") should leave *number alone; it stored "
                 "%lld there",
                 "parse_long(\"%s\") debía dejar *number como estaba; guardó "
                 "%lld"),
               texts[i], reading.number);
    }
}

// ---- The table --------------------------------------------------------------

static const struct promise promises[] = {
    {.name = "twice_doubles_its_number",
     .level = BASIC,
     .points = 10,
     .english = "twice gives twice its number",
     .spanish = "twice da el doble de su número",
     .test = doubles,
     .step = "labs"},
    {.name = "sum_adds_every_number",
     .level = INTERMEDIATE,
     .points = 6,
     .english = "sum adds every number and no other",
     .spanish = "sum suma todos los números y ninguno más",
     .test = adds_up,
     .man = "1 gcc",
     .step = "message"},
    {.name = "sum_reads_only_its_numbers",
     .level = INTERMEDIATE,
     .points = 4,
     .build = ADDRESS,
     .english = "sum reads no memory but its numbers",
     .spanish = "sum no lee más memoria que sus números",
     .test = stays_inside,
     .step = "memory"},
    {.name = "parse_long_takes_numbers",
     .level = ADVANCED,
     .points = 2,
     .english = "parse_long stores the number in a text",
     .spanish = "parse_long guarda el número de un texto",
     .test = takes_numbers,
     .man = "3 strtol",
     .step = "manual"},
    {.name = "parse_long_refuses_other_text",
     .level = ADVANCED,
     .points = 2,
     .english = "parse_long refuses text that is no number",
     .spanish = "parse_long rechaza un texto que no es un número",
     .test = refuses_other_text,
     .man = "3 strtol",
     .step = "manual"},
    {.name = "parse_long_knows_the_limits_of_a_long",
     .level = ADVANCED,
     .points = 2,
     .english = "parse_long refuses what a long cannot hold",
     .spanish = "parse_long rechaza lo que no cabe en un long",
     .test = knows_the_limits,
     .man = "3 strtol",
     .step = "manual"},
    {.name = "parse_long_forgets_old_errors",
     .level = ADVANCED,
     .points = 2,
     .english = "parse_long is not misled by an old errno",
     .spanish = "a parse_long no lo engaña un errno viejo",
     .test = forgets_old_errors,
     .man = "3 errno",
     .step = "manual"},
    {.name = "parse_long_leaves_the_number_alone",
     .level = ADVANCED,
     .points = 2,
     .english = "parse_long stores nothing when it refuses",
     .spanish = "parse_long no guarda nada cuando rechaza",
     .test = leaves_number_alone,
     .man = "3 strtol",
     .step = "manual"},
    {0},
};

int main(int count, char **arguments)
{
    static const struct lab lab = {
        .files = {"start.c"}, .given = {"start.h"}, .promises = promises};
    return suite_main(&lab, count, arguments);
}
