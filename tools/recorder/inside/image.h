// image.h - an ELF file of this machine's, looked at without libc
//
// Interface: image_map, image_unmap, image_symbols, image_strings.
// Threads: any number; async-signal-safe. Ownership: image_unmap gives back.
#ifndef TELAR_IMAGE_H
#define TELAR_IMAGE_H

#include <link.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct image {
    const char *bytes; // of the whole file
    size_t size;
    const ElfW(Shdr) * sections; // NULL: none, or not ELF
    size_t count;
};

// path as openat takes it. False when it cannot be read.
bool image_map(struct image *image, int at, const char *path);
void image_unmap(const struct image *image);

// The table of symbols of that type (SHT_SYMTAB, SHT_DYNSYM); NULL: none.
const ElfW(Sym) *
    image_symbols(const struct image *image, uint32_t type, size_t *count);

// Their names: size bytes, the last of them a NUL; NULL: none.
const char *image_strings(const struct image *image, uint32_t type,
                          size_t *size);

#endif
