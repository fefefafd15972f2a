// touch.c - memory that a call of the C library reads or writes for the program
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/explorer/engine/globals.h"
#include "tools/explorer/engine/touch.h"

const void *touch_pc;

enum {
    NO_MANS_LAND = 4096,  // bytes at address 0 that nobody ever has
    SIZE_LIMIT = 1 << 30, // of anything
};

// Behind the program's globals lie the engine's.
static void check_end(uintptr_t address, size_t size, const void *pc)
{
    if (globals_have(address) && !globals_have(address + size - 1))
        engine_misuse(OUT_OF_BOUNDS, pc,
                      M("%zu bytes from there go beyond all global variables",
                        "%zu bytes desde ahí van más allá de todas las "
                        "variables globales"),
                      size);
}

static void touch(const void *address, size_t size, enum op_kind kind,
                  const void *pc)
{
    touch_pc = pc;
    if (size == 0)
        return;
    if (size > SIZE_LIMIT)
        engine_misuse(OUT_OF_BOUNDS, pc,
                      M("a size of %zu bytes: a negative number?",
                        "un tamaño de %zu bytes: ¿un número negativo?"),
                      size);
    if ((uintptr_t)address < NO_MANS_LAND)
        engine_misuse(CRASH, pc,
                      M("a null pointer was given to a function of the C "
                        "library",
                        "una función de la biblioteca de C recibió un puntero "
                        "nulo"));
    check_end((uintptr_t)address, size, pc);
    access_plain((uintptr_t)address, size, kind, pc);
}

void touch_read(const void *address, size_t size, const void *pc)
{
    touch(address, size, OP_READ, pc);
}

void touch_write(const void *address, size_t size, const void *pc)
{
    touch(address, size, OP_WRITE, pc);
}

// While the task reads, others may make the string longer.
size_t touch_text(const char *string, size_t limit, const void *pc)
{
    size_t length, size, touched = 0;

    if ((uintptr_t)string < NO_MANS_LAND)
        touch_read(string, limit > 0, pc);
    for (;;) {
        touch_pc = pc;
        length = strnlen(string, limit);
        size = length < limit ? length + 1 : limit;
        if (size <= touched)
            return length;
        touch_read(string + touched, size - touched, pc);
        touched = size;
    }
}

size_t touch_string(const char *string, const void *pc)
{
    return touch_text(string, PTRDIFF_MAX, pc);
}

// ---- Scratch ----------------------------------------------------------------

enum { SCRATCH_BYTES = 64 << 20, SCRATCH_UNIT = 16 };

static struct {
    char *begin;
    size_t used;
    uint32_t execution;
} scratches[TASK_LIMIT];

void *scratch_take(size_t size)
{
    size_t rounded = (size + SCRATCH_UNIT) / SCRATCH_UNIT * SCRATCH_UNIT;
    char **begin = &scratches[task_now].begin;
    size_t *used = &scratches[task_now].used;

    if (!*begin)
        *begin = MUST(mmap(NULL, SCRATCH_BYTES, PROT_READ | PROT_WRITE,
                           MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0));
    if (scratches[task_now].execution != execution_now)
        *used = 0;
    scratches[task_now].execution = execution_now;
    if (size > SCRATCH_BYTES || *used + rounded > SCRATCH_BYTES)
        engine_refuse(M("a call that copies or sorts more than %d MiB",
                        "una llamada que copia u ordena más de %d MiB"),
                      SCRATCH_BYTES >> 20);
    *used += rounded;
    return *begin + *used - rounded;
}

void scratch_release(void *scratch)
{
    scratches[task_now].used =
        (size_t)((char *)scratch - scratches[task_now].begin);
}
