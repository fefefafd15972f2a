// typed.h - a piece of a variable, by the variable's type
//
// Interface: struct typed, typed_find, typed_value, typed_size.
// Threads: no shared state. Ownership: nothing is handed over.
#ifndef TELAR_TYPED_H
#define TELAR_TYPED_H

#include <elfutils/libdw.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct typed {
    Dwarf_Die type;      // of the piece, qualifiers and typedefs taken off
    uint64_t rest_bytes; // how far into the piece it lies: 0, usually
    bool has_type;
};

// Appends to text what lies offset bytes into something of that type and is
// size_bytes long (0: an object of synchronisation; UINT64_MAX: the outermost
// thing that begins there): "[2].balance".
void typed_find(const Dwarf_Die *type, uint64_t offset, uint64_t size_bytes,
                char *text, size_t text_size, struct typed *typed);

// Writes value as the type says. False for a pointer that is not NULL, or when
// the type says nothing: the caller knows better.
bool typed_value(const struct typed *typed, uint64_t size_bytes, uint64_t value,
                 char *text, size_t text_size);
bool typed_is_pointer(const struct typed *typed);

// Bytes of a type, 0: not known.
uint64_t typed_size(const Dwarf_Die *type);

#endif
