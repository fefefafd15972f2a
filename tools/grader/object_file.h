// object_file.h - an object file as the check of it wants to see it
//
// Interface: object_open, object_close, object_section, object_defines,
// object_relocation, object_place, object_function, object_line.
// Threads: no shared state. Ownership: an object owns everything in it.
// Errors: false, with the reason in object.trouble.
#ifndef TELAR_OBJECT_FILE_H
#define TELAR_OBJECT_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Where something is: in a section of this file, or at a symbol that another
// file defines.
struct place {
    int section; // 0: in another file
    int symbol;  // of another file, else 0
    int64_t offset;
};

struct object_symbol {
    const char *name; // "" of sections
    int section;      // 0: of another file; else an index, or SHN_...
    unsigned char type, binding;
    uint64_t value, size;
};

struct object_section {
    const char *name;
    uint32_t type;
    uint64_t flags;
    size_t size;
    const unsigned char *bytes; // NULL: none in the file (.bss)
};

struct object_relocation {
    int section; // that it is applied to
    uint64_t offset;
    uint32_t type; // R_X86_64_...
    int symbol;
    int64_t addend;
};

struct object {
    const char *path;
    int machine; // EM_...
    struct object_section *sections;
    int section_count; // number 0 is none
    struct object_symbol *symbols;
    int symbol_count;
    struct object_relocation *relocations; // by section and offset
    int relocation_count;
    char trouble[160];
    int fd;
    void *elf;
};

// Call object_close, whatever came of it.
bool object_open(struct object *object, const char *path);
void object_close(struct object *object);

// The section of that name, or 0.
int object_section(const struct object *object, const char *name);

// Does it define this name, for others to use?
bool object_defines(const struct object *object, const char *name);

// The relocation that is applied at section:offset, or NULL.
const struct object_relocation *object_relocation(const struct object *object,
                                                  int section, uint64_t offset);

// What symbol + offset is; a symbol of this file becomes its section.
struct place object_place(const struct object *object, int symbol,
                          int64_t offset);

// The symbol of the function that section:offset is in, or -1.
int object_function(const struct object *object, int section, uint64_t offset);

// "bank.c:12" of an instruction, "" where nobody knows. Runs addr2line.
void object_line(const struct object *object, int section, uint64_t offset,
                 char *line, size_t size);

#endif
