// start.h - three small functions to begin with
//
// Interface: twice, sum, parse_long.
#ifndef START_H
#define START_H

#include <stdbool.h>

// Returns two times n.
int twice(int n);

// Returns the sum of the first count numbers; 0 when count is 0. An int cannot
// hold every such sum; a long does.
long sum(const int *numbers, int count);

// Reads all of text as a decimal number: blanks, a sign and digits, where the
// blanks and the sign may be missing. Stores it in *number and returns true.
// Returns false, and leaves *number alone, when there are no digits, when
// something stands after them, or when a long cannot hold the number.
bool parse_long(const char *text, long *number);

#endif
