// globals.c - the program's global variables, as new in each execution
//
// Few are copied whole. Of many only the pages that were written: every write
// of the program comes through a hook.
#include <stdlib.h>

#include "runtime/must.h"
#include "tools/explorer/engine/engine.h"
#include "tools/explorer/engine/globals.h"
#include "tools/explorer/engine/report.h"

enum { PAGE = 4096, SMALL = 4 * PAGE };

static struct section {
    char *begin;
    size_t size;
    char *first;     // contents
    uint8_t *dirty;  // of each page; NULL: copied whole
    uint32_t *pages; // numbers of those that are dirty
    size_t dirty_count;
} sections[2], arguments[2]; // their pointers, their text

bool globals_are_many;
static bool are_arguments_touched;

static void remember(struct section *section, char *begin, char *end)
{
    section->begin = begin;
    section->size = (size_t)(end - begin);
    section->first = MUST(malloc(section->size + 1));
    memcpy(section->first, begin, section->size);
    if (section->size > SMALL) {
        globals_are_many = true;
        section->dirty = MUST(calloc(section->size / PAGE + 1, 1));
        section->pages = MUST(calloc(section->size / PAGE + 1, 4));
    }
}

// The kernel lays out the text of all arguments in one piece.
static void remember_arguments(int count, char **first)
{
    char *last = first[count - 1];

    remember(&arguments[0], (char *)first, (char *)(first + count));
    remember(&arguments[1], first[0], last + strlen(last) + 1);
}

void globals_begin(int argument_count, char **first_argument)
{
    if (argument_count > 0)
        remember_arguments(argument_count, first_argument);
    remember(&sections[0], __start_telar_data, __stop_telar_data);
    remember(&sections[1], __start_telar_bss, __stop_telar_bss);
}

static void restore_page(struct section *section, size_t page)
{
    size_t begin = page * PAGE, size = section->size - begin;

    memcpy(section->begin + begin, section->first + begin,
           size < PAGE ? size : PAGE);
    section->dirty[page] = 0;
}

static void restore(struct section *section)
{
    if (!section->dirty) {
        memcpy(section->begin, section->first, section->size);
        return;
    }
    for (size_t i = 0; i < section->dirty_count; i++)
        restore_page(section, section->pages[i]);
    section->dirty_count = 0;
}

void globals_restore(void)
{
    restore(&sections[0]);
    restore(&sections[1]);
    if (are_arguments_touched) {
        restore(&arguments[0]);
        restore(&arguments[1]);
        are_arguments_touched = false;
    }
}

static bool has(const struct section *section, uintptr_t address)
{
    return address - (uintptr_t)section->begin < section->size;
}

bool globals_have_argument(uintptr_t address)
{
    bool found = has(&arguments[0], address) || has(&arguments[1], address);

    are_arguments_touched |= found;
    return found;
}

static void touch(struct section *section, size_t begin, size_t size)
{
    for (size_t page = begin / PAGE;
         page <= (begin + size - 1) / PAGE && page * PAGE < section->size;
         page++)
        if (!section->dirty[page]) {
            section->dirty[page] = 1;
            section->pages[section->dirty_count++] = (uint32_t)page;
        }
}

void globals_touch_pages(uintptr_t address, size_t size)
{
    for (int i = 0; i < 2; i++) {
        size_t offset = address - (uintptr_t)sections[i].begin;

        if (sections[i].dirty && offset < sections[i].size && size)
            touch(&sections[i], offset, size);
    }
}

static uint64_t hash_bytes(uint64_t hash, const char *bytes, size_t size)
{
    for (size_t i = 0; i + 8 <= size; i += 8) {
        uint64_t word;

        memcpy(&word, bytes + i, 8);
        hash = (hash ^ word) * 0x9e3779b97f4a7c15u + (hash >> 29);
    }
    for (size_t i = size & ~(size_t)7; i < size; i++)
        hash = (hash ^ (uint8_t)bytes[i]) * 0x9e3779b97f4a7c15u + (hash >> 29);
    return hash;
}

uint64_t globals_hash(uint64_t hash)
{
    for (int i = 0; i < 2; i++)
        hash = hash_bytes(hash, sections[i].begin, sections[i].size);
    return hash;
}

enum { LINE_BYTES = 512 };

static void tell_line(const struct section *section, size_t begin)
{
    char hex[2 * LINE_BYTES + 1];
    size_t size = section->size - begin;

    if (size > LINE_BYTES)
        size = LINE_BYTES;
    for (size_t i = 0; i < size; i++) {
        uint8_t byte = (uint8_t)section->begin[begin + i];

        hex[2 * i] = "0123456789abcdef"[byte >> 4];
        hex[2 * i + 1] = "0123456789abcdef"[byte & 15];
    }
    hex[2 * size] = '\0';
    report_line("memory\t%p\t%s", (void *)(section->begin + begin), hex);
}

// Of very large ones only the beginning: nobody reads more.
void globals_tell(void)
{
    enum { TOLD_LIMIT = 64 * 1024 };

    for (int i = 0; i < 2; i++)
        for (size_t at = 0; at < sections[i].size && at < TOLD_LIMIT;
             at += LINE_BYTES)
            tell_line(&sections[i], at);
}
