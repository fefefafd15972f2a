// refused by: full_disk_is_told
// tells the full disk on the full disk
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "tally.h"

struct tape {
    long total;
    int line;   // the number of the latest one
    bool bad;   // some line was no amount
    int reason; // errno of the first write that failed; 0: none has
};

static void note(struct tape *tape, bool written)
{
    if (!written && tape->reason == 0)
        tape->reason = errno;
}

// What stdout keeps is written now: before somebody else writes, before our
// memory is copied, before the process ends.
static void let_go(struct tape *tape)
{
    note(tape, fflush(stdout) == 0);
}

static void take_amount(struct tape *tape, long amount)
{
    tape->total += amount;
    note(tape, printf("%ld\n", tape->total) > 0);
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
    if (tape->reason == 0)
        return tape->bad ? SOME_BAD : ALL_GOOD;
    fprintf(stdout, CANNOT_WRITE, strerror(tape->reason));
    return NOT_WRITTEN;
}

int tally(void)
{
    struct tape tape = {0};
    char line[LINE_SIZE];
    long amount;

    while (tape.reason == 0 && next_line(line)) {
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
