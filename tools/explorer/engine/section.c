// section.c - pieces of the program during which nobody else runs
#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/message.h"
#include "tools/explorer/engine/bound.h"
#include "tools/explorer/engine/loom.h"
#include "tools/explorer/engine/schedule.h"
#include "tools/explorer/engine/section.h"
#include "tools/explorer/engine/sync.h"

// ---- Functions that are sections --------------------------------------------

enum { FUNCTION_LIMIT = 64 };
static struct function {
    uintptr_t begin, end;
} functions[FUNCTION_LIMIT];
int section_function_count;

static void add_function(const ElfW(Sym) * symbol, const char *name)
{
    static const char prefix[] = "__VERIFIER_atomic_";

    if ((symbol->st_info & 15) != STT_FUNC || symbol->st_size == 0 ||
        strncmp(name, prefix, sizeof prefix - 1) != 0 ||
        section_function_count == FUNCTION_LIMIT)
        return;
    functions[section_function_count++] =
        (struct function){symbol->st_value, symbol->st_value + symbol->st_size};
}

static void read_symbols(const char *file, const ElfW(Shdr) * section,
                         const char *names)
{
    size_t count = section->sh_size / sizeof(ElfW(Sym));
    const ElfW(Sym) *symbols = (const void *)(file + section->sh_offset);

    for (size_t i = 0; i < count; i++)
        add_function(&symbols[i], names + symbols[i].st_name);
}

// The file is what this process was started from: it is well formed.
static void read_sections(const char *file)
{
    const ElfW(Ehdr) *head = (const void *)file;
    const ElfW(Shdr) *sections = (const void *)(file + head->e_shoff);

    for (int i = 0; i < head->e_shnum; i++)
        if (sections[i].sh_type == SHT_SYMTAB)
            read_symbols(file, &sections[i],
                         file + sections[sections[i].sh_link].sh_offset);
}

void section_find(void)
{
    int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    struct stat about;
    char *file;

    if (fd < 0 || fstat(fd, &about) < 0)
        engine_refuse("/proc/self/exe");
    file = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    close(fd);
    if (file == MAP_FAILED)
        engine_refuse("/proc/self/exe");
    read_sections(file);
    munmap(file, (size_t)about.st_size);
}

static bool is_section(const void *pc)
{
    for (int i = 0; i < section_function_count; i++)
        if ((uintptr_t)pc - functions[i].begin <
            functions[i].end - functions[i].begin)
            return true;
    return false;
}

void section_enter(const void *pc)
{
    if (is_section(pc))
        section_begin(pc);
}

void section_leave(const void *pc)
{
    if (is_section(pc))
        section_end();
}

// ---- The section that is open -----------------------------------------------

enum { LOG_LIMIT = 1024 };
static struct piece {
    uintptr_t address;
    uint32_t size;
    char bytes[16];
} written[LOG_LIMIT];

static struct {
    uint32_t execution; // for which the rest holds
    int task;           // that is in it
    int depth;          // 0: nobody is
    int written;
    struct clock sync;
} now;

bool section_in_use;
static uint64_t place; // stands for what sections have in common

static void renew(void)
{
    if (now.execution == execution_now)
        return;
    now.execution = execution_now;
    now.depth = 0;
    clock_clear(&now.sync);
}

static bool is_open(void)
{
    return section_in_use && now.execution == execution_now && now.depth > 0;
}

bool section_is_mine(void)
{
    return is_open() && now.task == task_now;
}

// Whoever waits inside one lets the others run.
bool section_excludes(const struct task *task)
{
    return is_open() && task != &tasks[now.task] &&
           tasks[now.task].life == TASK_LIVE && task_possible(&tasks[now.task]);
}

struct cell *section_cell(const struct op *op)
{
    return section_in_use && op->kind != OP_SECTION
               ? cell_first((uintptr_t)&place, sizeof place)
               : NULL;
}

uintptr_t section_address(const struct task *task)
{
    return task->is_parked && task->op.kind == OP_SECTION &&
                   task->glance_count > 0
               ? task->glances[0].address
               : task->op.address;
}

// All executions before were explored without the cell.
static void use_sections(void)
{
    cells_learned += !section_in_use;
    section_in_use = true;
}

void section_begin(const void *pc)
{
    renew();
    if (section_is_mine()) {
        now.depth++;
        return;
    }
    use_sections();
    arrive((struct op){.kind = OP_SECTION,
                       .size = sizeof place,
                       .address = (uintptr_t)&place,
                       .pc = pc});
    now.task = task_now;
    now.depth = 1;
    now.written = 0;
    clock_join(&TASK->sync, &now.sync);
}

void section_end(void)
{
    if (!section_is_mine() || --now.depth > 0)
        return;
    TASK->sync.of[task_now]++;
    clock_join(&now.sync, &TASK->sync);
}

static void keep(uintptr_t address, size_t size)
{
    struct piece *piece = &written[now.written++];

    piece->address = address;
    piece->size = (uint32_t)size;
    memcpy(piece->bytes, (const void *)address, size);
}

void section_writes(uintptr_t address, size_t size)
{
    while (size > 0) {
        size_t part =
            size < sizeof written->bytes ? size : sizeof written->bytes;

        if (now.written == LOG_LIMIT)
            engine_refuse(M("a section that writes more than %d times",
                            "una sección que escribe más de %d veces"),
                          (int)LOG_LIMIT);
        keep(address, part);
        address += part;
        size -= part;
    }
}

void section_undo(void)
{
    if (!section_is_mine())
        return;
    while (now.written > 0) {
        const struct piece *piece = &written[--now.written];

        memcpy((void *)piece->address, piece->bytes, piece->size);
    }
    now.depth = 1;
    section_end();
}
