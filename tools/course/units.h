// units.h - numbers and their units, as a person reads them
//
// "47 %", "100 ms", "64 KiB" and "16 384" have a space that no line may be
// broken at. Authors write a plain one; whoever breaks text into lines binds it
// before, and a terminal gets plain spaces back afterwards.
//
// Interface: units_bind, units_unbind, units_print, units_decimal.
// Threads: no shared state. Ownership: the caller frees what units_bind
// returns.
#ifndef TELAR_UNITS_H
#define TELAR_UNITS_H

#include <stdio.h>

// A copy of text (UTF-8) with a no-break space (U+00A0) between each number, or
// figure in braces, and the unit or the three digits behind it.
char *units_bind(const char *text);

// Every no-break space of text becomes a plain one, in place. Returns text.
char *units_unbind(char *text);

// Prints size bytes of text with plain spaces.
void units_print(FILE *out, const char *text, size_t size);

// Writes value with so many digits behind the point, which in Spanish is a
// comma: "0,08". Returns text.
char *units_decimal(double value, int digits, char text[32]);

#endif
