// output.h - what the program prints, captured
//
// Interface: output_write, output_descriptor.
// Threads: none. Ownership: none.
#ifndef TELAR_OUTPUT_H
#define TELAR_OUTPUT_H

#include <stddef.h>
#include <stdio.h>

// The program prints size bytes to descriptor 1 or 2. What is beyond a mebibyte
// in one execution is dropped, and a bound met.
void output_write(int descriptor, const char *bytes, size_t size,
                  const void *pc);

// 0, 1 or 2. Other streams cannot come from anywhere: a failure.
int output_descriptor(FILE *stream, const void *pc);

#endif
