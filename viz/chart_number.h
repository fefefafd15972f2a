// chart_number.h - a number as a person reads it
//
// Interface: chart_number, chart_integer.
// Threads: no shared state. Ownership: the text is the caller's.
#ifndef TELAR_CHART_NUMBER_H
#define TELAR_CHART_NUMBER_H

enum { NUMBER_SIZE = 80 };

// value with so many significant digits (1 to 9), never in powers of ten:
// 301234.5 with 3 is "301,000", in Spanish "301 000"; 0.3517 is "0.352",
// "0,352". Whole numbers up to 10,000,000 keep all their digits.
void chart_number(char text[NUMBER_SIZE], double value, int digits);

// All digits of an integer, or of a number that has a fraction: "65,536".
void chart_integer(char text[NUMBER_SIZE], double value);

#endif
