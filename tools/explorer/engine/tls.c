// tls.c - the program's __thread variables, of each task its own
//
// The engine has none, and the program is the executable: its block lies right
// below the thread pointer on x86-64 (ELF Handling For Thread-Local Storage,
// variant II), behind two words on aarch64 (variant I).
#include <link.h>
#include <stdlib.h>

#include "runtime/must.h"
#include "tools/explorer/engine/task.h"
#include "tools/explorer/engine/tls.h"

static char *block, *image, *copies;
static size_t block_bytes;

static size_t round_up(size_t size, size_t alignment)
{
    return (size + alignment - 1) / alignment * alignment;
}

static char *place_of(const ElfW(Phdr) * header)
{
    size_t alignment = header->p_align ? header->p_align : 1;
    char *thread = __builtin_thread_pointer();

#if defined(__x86_64__)
    return thread - round_up(header->p_memsz, alignment);
#else
    return thread + round_up(2 * sizeof(void *), alignment);
#endif
}

// The first object is the executable itself.
static int find(struct dl_phdr_info *info, size_t size, void *unused)
{
    (void)size, (void)unused;
    for (int i = 0; i < info->dlpi_phnum; i++)
        if (info->dlpi_phdr[i].p_type == PT_TLS) {
            block_bytes = info->dlpi_phdr[i].p_memsz;
            block = place_of(&info->dlpi_phdr[i]);
        }
    return 1;
}

void tls_begin(void)
{
    dl_iterate_phdr(find, NULL);
    if (!block_bytes)
        return;
    image = MUST(malloc(block_bytes));
    memcpy(image, block, block_bytes);
    copies = MUST(malloc(block_bytes * TASK_LIMIT));
}

void tls_task_begin(int task)
{
    if (!block_bytes)
        return;
    memcpy(copies + (size_t)task * block_bytes, image, block_bytes);
    if (task == 0)
        memcpy(block, image, block_bytes);
}

void tls_switch(int from, int to)
{
    if (!block_bytes || from == to)
        return;
    memcpy(copies + (size_t)from * block_bytes, block, block_bytes);
    memcpy(block, copies + (size_t)to * block_bytes, block_bytes);
}

bool tls_has(uintptr_t address)
{
    return address - (uintptr_t)block < block_bytes;
}
