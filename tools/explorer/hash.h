// hash.h - one number for many bytes
//
// Interface: HASH_START, hash_bytes, hash_text.
// Threads: no shared state. Ownership: none.
//
// Source: Fowler, Noll and Vo, FNV-1a with 64 bits (RFC 9923). It is against
// accident, not against attack.
#ifndef TELAR_HASH_H
#define TELAR_HASH_H

#include <stddef.h>
#include <stdint.h>

#define HASH_START UINT64_C(0xcbf29ce484222325)

// hash, and size more bytes.
static inline uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t size)
{
    const unsigned char *at = bytes;

    for (size_t i = 0; i < size; i++)
        hash = (hash ^ at[i]) * UINT64_C(0x100000001b3);
    return hash;
}

// hash, and the bytes of text with its NUL.
static inline uint64_t hash_text(uint64_t hash, const char *text)
{
    do
        hash = (hash ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
    while (*text++);
    return hash;
}

#endif
