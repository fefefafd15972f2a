// refused by: the_reason_is_told
// ferror says that something failed, errno no longer why
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "tally.h"

struct tape {
    long total;
    int line; // the number of the latest one
    bool bad; // some line was no amount
};

// What stdout keeps is written now: before somebody else writes, before our
// memory is copied, before the process ends.
static void let_go(struct tape *tape)
{
    (void)tape;
    fflush(stdout);
}

static void take_amount(struct tape *tape, long amount)
{
    tape->total += amount;
    printf("%ld\n", tape->total);
    if (amount >= LARGE) {
        let_go(tape);
        announce(amount);
    }
}

static void complain(struct tape *tape, const char *line)
{
    tape->bad = true;
    let_go(tape);
    fprintf(stderr, NOT_AN_AMOUNT, tape->line, line);
}

// Writes what is left. Returns the status.
static int finish(struct tape *tape)
{
    let_go(tape);
    if (!ferror(stdout))
        return tape->bad ? SOME_BAD : ALL_GOOD;
    fprintf(stderr, CANNOT_WRITE, strerror(errno));
    return NOT_WRITTEN;
}

int tally(void)
{
    struct tape tape = {0};
    char line[LINE_SIZE];
    long amount;

    while (next_line(line)) {
        tape.line++;
        if (strcmp(line, "off") == 0)
            switch_off(finish(&tape));
        else if (parse_amount(line, &amount))
            take_amount(&tape, amount);
        else
            complain(&tape, line);
    }
    return finish(&tape);
}
