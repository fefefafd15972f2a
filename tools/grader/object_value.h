// object_value.h - what a register holds, as far as one block of code tells
//
// A value is a sum: number + factor * unknown + ... An unknown is what a
// register held at the beginning of the block, what came from memory, the
// address of a symbol, or the outcome of an operation on values: the same
// operation on the same values is the same unknown. So two addresses that were
// computed in different ways are seen to be equal, or a few bytes apart.
//
// Interface: struct value, value_number, value_unknown, value_symbol,
// value_is_symbol, value_of, value_is_of, value_add, value_scale,
// value_offset, value_is_number, values_clear.
// Threads: one. Ownership: plain values, good until values_clear.
#ifndef TELAR_OBJECT_VALUE_H
#define TELAR_OBJECT_VALUE_H

#include <stdbool.h>
#include <stdint.h>

#include "tools/grader/object_file.h"

enum { VALUE_TERMS = 5 };

// Compared byte by byte: no padding, and what is not used is 0.
struct value {
    uint64_t number;
    uint64_t factor[VALUE_TERMS]; // never 0
    int unknown[VALUE_TERMS];     // ascending
    int terms;                    // how many unknowns
};

struct value value_number(uint64_t number);

// A new unknown, equal to nothing else.
struct value value_unknown(void);

// The address of a place. The same for all uses of the same section or symbol.
struct value value_symbol(struct place place);

// Is value the address of a place, and nothing else? Then it is in *place.
bool value_is_symbol(const struct value *value, struct place *place);

// The outcome of operation (any number that names it) on two values.
struct value value_of(int operation, struct value left, struct value right);

// Is value the outcome of that operation? Then its left is in *left.
bool value_is_of(const struct value *value, int operation, struct value *left);

struct value value_add(struct value left, struct value right);
struct value value_scale(struct value value, uint64_t factor);

bool value_is_number(const struct value *value);

// Is value base + *offset?
bool value_offset(const struct value *value, const struct value *base,
                  int64_t *offset);

// Forgets all unknowns.
void values_clear(void);

#endif
