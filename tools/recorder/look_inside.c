// look_inside.c - what a file is that somebody wants to execute
#include <fcntl.h>
#include <gelf.h>
#include <libelf.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tools/recorder/look_inside.h"

// ---- ELF --------------------------------------------------------------------

static bool begins(const char *text, const char *with)
{
    return text && strncmp(text, with, strlen(with)) == 0;
}

// The runtimes that must be loaded before any other library.
static bool is_sanitizer(const char *library)
{
    return begins(library, "libasan") || begins(library, "libtsan") ||
           begins(library, "liblsan") || begins(library, "libhwasan") ||
           begins(library, "libclang_rt.asan") ||
           begins(library, "libclang_rt.tsan");
}

static bool is_sanitizer_entry(const char *symbol)
{
    return symbol && (strcmp(symbol, "__asan_init") == 0 ||
                      strcmp(symbol, "__tsan_init") == 0);
}

static void read_dynamic(Elf *elf, Elf_Data *data, size_t strings,
                         struct look *look)
{
    GElf_Dyn entry;

    for (int i = 0; gelf_getdyn(data, i, &entry); i++) {
        if (entry.d_tag == DT_NULL)
            return;
        if (entry.d_tag == DT_NEEDED &&
            is_sanitizer(elf_strptr(elf, strings, entry.d_un.d_val)))
            look->is_sanitized = true;
        if (entry.d_tag == DT_FLAGS_1 && (entry.d_un.d_val & DF_1_PIE))
            look->is_static = !*look->interpreter;
    }
}

// clang links its runtimes into the program; they are seen by their names.
static void read_symbols(Elf *elf, Elf_Data *data, size_t strings,
                         struct look *look)
{
    GElf_Sym symbol;

    for (int i = 0; gelf_getsym(data, i, &symbol); i++)
        if (symbol.st_shndx != SHN_UNDEF &&
            is_sanitizer_entry(elf_strptr(elf, strings, symbol.st_name)))
            look->is_sanitized = true;
}

static void read_sections(Elf *elf, struct look *look)
{
    for (Elf_Scn *at = NULL; (at = elf_nextscn(elf, at));) {
        GElf_Shdr header;
        Elf_Data *data;

        if (!gelf_getshdr(at, &header) ||
            (header.sh_type != SHT_DYNAMIC && header.sh_type != SHT_DYNSYM) ||
            !(data = elf_getdata(at, NULL)))
            continue;
        if (header.sh_type == SHT_DYNAMIC)
            read_dynamic(elf, data, header.sh_link, look);
        else
            read_symbols(elf, data, header.sh_link, look);
    }
}

static void read_interpreter(Elf *elf, int fd, struct look *look)
{
    GElf_Phdr header;
    size_t count;

    if (elf_getphdrnum(elf, &count) != 0)
        return;
    for (size_t i = 0; i < count; i++) {
        size_t size = sizeof look->interpreter - 1;

        if (!gelf_getphdr(elf, (int)i, &header) || header.p_type != PT_INTERP)
            continue;
        if (header.p_filesz < size)
            size = header.p_filesz;
        if (pread(fd, look->interpreter, size, (off_t)header.p_offset) < 0)
            *look->interpreter = '\0';
    }
}

// What is linked statically has no loader. Neither has the loader itself, which
// can be executed as well, but loads: only DF_1_PIE tells them apart.
static void read_elf(Elf *elf, int fd, struct look *look)
{
    GElf_Ehdr header;

    if (!gelf_getehdr(elf, &header))
        return;
    look->looks = header.e_type == ET_EXEC || header.e_type == ET_DYN
                      ? LOOKS_ELF
                      : LOOKS_OBJECT;
    look->machine = header.e_machine;
    look->width = gelf_getclass(elf) == ELFCLASS32 ? 32 : 64;
    read_interpreter(elf, fd, look);
    look->is_static = header.e_type == ET_EXEC && !*look->interpreter;
    read_sections(elf, look);
}

static void look_at_elf(int fd, struct look *look)
{
    Elf *elf;

    look->looks = LOOKS_UNKNOWN;
    if (elf_version(EV_CURRENT) == EV_NONE)
        return;
    elf = elf_begin(fd, ELF_C_READ, NULL);
    if (elf && elf_kind(elf) == ELF_K_ELF)
        read_elf(elf, fd, look);
    elf_end(elf);
}

// ---- Scripts ----------------------------------------------------------------

// first: the first line, without its end.
static void look_at_script(char *first, struct look *look)
{
    size_t length = strlen(first);
    char *name = first + 2 + strspn(first + 2, " \t");

    look->looks = LOOKS_SCRIPT;
    look->ends_in_return = length > 0 && first[length - 1] == '\r';
    name[strcspn(name, " \t\r")] = '\0';
    strcpy(look->interpreter, name);
}

static void look_at(int fd, struct look *look)
{
    char first[256]; // as many as the kernel looks at
    ssize_t got = pread(fd, first, sizeof first - 1, 0);

    if (got < 0)
        return;
    first[got] = '\0';
    if (got == 0)
        look->looks = LOOKS_EMPTY;
    else if (got >= SELFMAG && memcmp(first, ELFMAG, SELFMAG) == 0)
        look_at_elf(fd, look);
    else if (begins(first, "#!"))
        look_at_script(strtok(first, "\n"), look);
    else
        look->looks = LOOKS_UNKNOWN;
}

void look_inside(const char *path, struct look *look)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

    memset(look, 0, sizeof *look);
    if (fd < 0)
        return;
    look_at(fd, look);
    close(fd);
}
