// tally.h - the tape of a cash register (given, do not edit)
//
// Interface: tally; next_line, parse_amount, announce, switch_off.
// Threads: none. Ownership: nothing is handed over.
#ifndef TALLY_H
#define TALLY_H

#include <stdbool.h>

enum {
    LINE_SIZE = 200, // bytes of a line, the '\0' at its end included
    LARGE = 1000,    // an amount from here on is announced
};

enum { ALL_GOOD = 0, SOME_BAD = 1, NOT_WRITTEN = 2 }; // what tally returns

// What is said on standard error:  fprintf(stderr, NOT_AN_AMOUNT, 3, "doce");
#define NOT_AN_AMOUNT "line %d: not an amount: %s\n"
#define CANNOT_WRITE "cannot write the results: %s\n"

// YOU WRITE THIS ONE, in tally.c.
// Takes lines until there are no more. The first one is line 1.
// - An amount is added to the total (0 at first), and the new total is a line
//   of standard output. An amount of LARGE or more is announced after that.
// - "off" ends the program through switch_off, with what tally would return.
// - Any other line is told on standard error: NOT_AN_AMOUNT.
// Returns ALL_GOOD; SOME_BAD if any line was no amount; or, whatever the lines
// were, NOT_WRITTEN if some result could not be written. That is told on
// standard error, once (CANNOT_WRITE, with the reason from strerror), and the
// tape stops as soon as it is noticed: no more lines are taken. What cannot be
// written to standard error is lost, and changes nothing else.
// Where both outputs lead to the same place, what is written there stands in
// the order of the lines. On return nothing waits to be written.
int tally(void);

// GIVEN, in input.c. The next line of the input, without its end of line.
// Blocks until there is one. Returns false when there are no more.
bool next_line(char line[LINE_SIZE]);

// GIVEN, in register.c, with the next two. Is the whole line an amount: digits,
// perhaps with a sign? Then *amount is its value.
bool parse_amount(const char *line, long *amount);

// Rings the bell: a child process says "large sale: 2500" on standard error,
// and ends. Blocks until it has ended.
void announce(long amount);

// Switches the register off. Does not come back: the process ends at once, with
// this exit status and with nothing tidied up.
_Noreturn void switch_off(int status);

#endif
