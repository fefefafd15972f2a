// object_file.c - an object file as the check of it wants to see it
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <gelf.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/must.h"
#include "tools/course/error_words.h"
#include "tools/grader/object_file.h"

static bool trouble(struct object *object, const char *what)
{
    snprintf(object->trouble, sizeof object->trouble, "%s", what);
    return false;
}

// ---- Sections ---------------------------------------------------------------

static bool take_section(struct object *object, Elf_Scn *from, size_t names)
{
    struct object_section *section;
    GElf_Shdr header;
    Elf_Data *data;

    if (!gelf_getshdr(from, &header))
        return trouble(object, elf_errmsg(-1));
    section = &object->sections[elf_ndxscn(from)];
    section->name = elf_strptr(object->elf, names, header.sh_name);
    section->type = header.sh_type;
    section->flags = header.sh_flags;
    section->size = header.sh_size;
    if (!section->name)
        return trouble(object, "a section without a name");
    if (header.sh_type == SHT_NOBITS || header.sh_size == 0)
        return true;
    data = elf_rawdata(from, NULL);
    if (!data || data->d_size < header.sh_size)
        return trouble(object, "a section that is cut short");
    section->bytes = data->d_buf;
    return true;
}

static bool take_sections(struct object *object)
{
    Elf_Scn *section = NULL;
    size_t count, names;

    if (elf_getshdrnum(object->elf, &count) < 0 || count == 0 ||
        elf_getshdrstrndx(object->elf, &names) < 0)
        return trouble(object, "no sections");
    object->sections = MUST(calloc(count, sizeof *object->sections));
    object->sections[0].name = "";
    object->section_count = (int)count;
    while ((section = elf_nextscn(object->elf, section)))
        if (!take_section(object, section, names))
            return false;
    return true;
}

int object_section(const struct object *object, const char *name)
{
    for (int i = 1; i < object->section_count; i++)
        if (strcmp(object->sections[i].name, name) == 0)
            return i;
    return 0;
}

// ---- Symbols ----------------------------------------------------------------

static bool take_symbol(struct object *object, const GElf_Sym *from,
                        size_t names)
{
    struct object_symbol *symbol = &object->symbols[object->symbol_count++];

    symbol->name = elf_strptr(object->elf, names, from->st_name);
    symbol->section = from->st_shndx;
    symbol->type = GELF_ST_TYPE(from->st_info);
    symbol->binding = GELF_ST_BIND(from->st_info);
    symbol->value = from->st_value;
    symbol->size = from->st_size;
    return symbol->name || trouble(object, "a symbol without a name");
}

static bool take_symbols(struct object *object, Elf_Scn *section)
{
    Elf_Data *data = elf_getdata(section, NULL);
    GElf_Shdr header;
    GElf_Sym symbol;

    if (!data || !gelf_getshdr(section, &header) || object->symbols)
        return trouble(object, "no table of symbols, or two");
    object->symbols = MUST(
        calloc(data->d_size / sizeof(Elf32_Sym) + 1, sizeof *object->symbols));
    for (int i = 0; gelf_getsym(data, i, &symbol); i++)
        if (!take_symbol(object, &symbol, header.sh_link))
            return false;
    return true;
}

bool object_defines(const struct object *object, const char *name)
{
    for (int i = 1; i < object->symbol_count; i++) {
        const struct object_symbol *each = &object->symbols[i];

        if (each->binding == STB_GLOBAL && each->section != SHN_UNDEF &&
            strcmp(each->name, name) == 0)
            return true;
    }
    return false;
}

// ---- Relocations ------------------------------------------------------------

static void take_relocation(struct object *object, int section,
                            const GElf_Rela *from)
{
    object->relocations[object->relocation_count++] =
        (struct object_relocation){
            .section = section,
            .offset = from->r_offset,
            .type = (uint32_t)GELF_R_TYPE(from->r_info),
            .symbol = (int)GELF_R_SYM(from->r_info),
            .addend = from->r_addend,
        };
}

static bool take_relocations(struct object *object, Elf_Scn *section)
{
    Elf_Data *data = elf_getdata(section, NULL);
    GElf_Shdr header;
    GElf_Rela rela;
    size_t more, all = (size_t)object->relocation_count;

    if (!data || !gelf_getshdr(section, &header) || header.sh_type != SHT_RELA)
        return trouble(object, "relocations of another kind");
    more = data->d_size / sizeof(Elf64_Rela) + 1;
    object->relocations = MUST(realloc(
        object->relocations, (all + more) * sizeof *object->relocations));
    for (int i = 0; gelf_getrela(data, i, &rela); i++)
        take_relocation(object, (int)header.sh_info, &rela);
    return true;
}

static int by_place(const void *left, const void *right)
{
    const struct object_relocation *a = left, *b = right;

    if (a->section != b->section)
        return a->section < b->section ? -1 : 1;
    return a->offset < b->offset ? -1 : a->offset > b->offset;
}

static bool are_sane(struct object *object)
{
    for (int i = 0; i < object->relocation_count; i++) {
        const struct object_relocation *each = &object->relocations[i];

        if (each->section <= 0 || each->section >= object->section_count ||
            each->symbol < 0 || each->symbol >= object->symbol_count)
            return trouble(object, "a relocation of nothing");
    }
    for (int i = 0; i < object->symbol_count; i++)
        if (object->symbols[i].section >= object->section_count &&
            object->symbols[i].section < SHN_LORESERVE)
            return trouble(object, "a symbol of nothing");
    return true;
}

static bool take_tables(struct object *object)
{
    for (int i = 1; i < object->section_count; i++) {
        uint32_t type = object->sections[i].type;
        Elf_Scn *section = elf_getscn(object->elf, (size_t)i);

        if (type == SHT_SYMTAB && !take_symbols(object, section))
            return false;
        if ((type == SHT_RELA || type == SHT_REL) &&
            !take_relocations(object, section))
            return false;
    }
    if (!object->symbols)
        return trouble(object, "no symbols");
    if (object->relocation_count > 0)
        qsort(object->relocations, (size_t)object->relocation_count,
              sizeof *object->relocations, by_place);
    return are_sane(object);
}

const struct object_relocation *object_relocation(const struct object *object,
                                                  int section, uint64_t offset)
{
    struct object_relocation wanted = {.section = section, .offset = offset};

    if (object->relocation_count == 0)
        return NULL;
    return bsearch(&wanted, object->relocations,
                   (size_t)object->relocation_count,
                   sizeof *object->relocations, by_place);
}

// ---- All of it --------------------------------------------------------------

static bool take_header(struct object *object)
{
    GElf_Ehdr header;

    if (!object->elf || elf_kind(object->elf) != ELF_K_ELF ||
        !gelf_getehdr(object->elf, &header) || header.e_type != ET_REL)
        return trouble(object, "no object file");
    object->machine = header.e_machine;
    return true;
}

bool object_open(struct object *object, const char *path)
{
    *object = (struct object){.path = path};
    object->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (object->fd < 0)
        return trouble(object, error_words(errno));
    elf_version(EV_CURRENT);
    object->elf = elf_begin(object->fd, ELF_C_READ, NULL);
    return take_header(object) && take_sections(object) && take_tables(object);
}

void object_close(struct object *object)
{
    free(object->sections);
    free(object->symbols);
    free(object->relocations);
    elf_end(object->elf);
    if (object->fd >= 0)
        close(object->fd);
}

struct place object_place(const struct object *object, int symbol,
                          int64_t offset)
{
    const struct object_symbol *named = &object->symbols[symbol];

    if (named->section == SHN_UNDEF)
        return (struct place){.symbol = symbol, .offset = offset};
    return (struct place){.section = named->section,
                          .offset = (int64_t)named->value + offset};
}

int object_function(const struct object *object, int section, uint64_t offset)
{
    for (int i = 0; i < object->symbol_count; i++) {
        const struct object_symbol *each = &object->symbols[i];

        if (each->type == STT_FUNC && each->section == section &&
            offset >= each->value && offset - each->value < each->size)
            return i;
    }
    return -1;
}

// ---- Lines ------------------------------------------------------------------

static pid_t start_addr2line(const struct object *object, const char *section,
                             const char *address, int output)
{
    char *const arguments[] = {
        "addr2line",     "-j", (char *)section, "-e", (char *)object->path,
        (char *)address, NULL};
    posix_spawn_file_actions_t actions;
    pid_t child = -1;

    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null",
                                     O_WRONLY, 0);
    if (posix_spawnp(&child, arguments[0], &actions, NULL, arguments,
                     environ) != 0)
        child = -1;
    posix_spawn_file_actions_destroy(&actions);
    return child;
}

// "/some/folder/bank.c:12 (discriminator 3)" becomes "bank.c:12".
static void shorten(const char *told, char *line, size_t size)
{
    size_t length = strcspn(told, " \n");
    const char *name = told;

    for (size_t i = 0; i < length; i++)
        if (told[i] == '/')
            name = told + i + 1;
    if (*told != '?')
        snprintf(line, size, "%.*s", (int)(length - (size_t)(name - told)),
                 name);
}

void object_line(const struct object *object, int section, uint64_t offset,
                 char *line, size_t size)
{
    char address[32], told[512] = "";
    int ends[2];
    pid_t child;

    *line = '\0';
    if (pipe2(ends, O_CLOEXEC) < 0)
        return;
    snprintf(address, sizeof address, "0x%llx", (unsigned long long)offset);
    child = start_addr2line(object, object->sections[section].name, address,
                            ends[1]);
    close(ends[1]);
    if (child > 0 && read(ends[0], told, sizeof told - 1) > 0)
        shorten(told, line, size);
    close(ends[0]);
    if (child > 0)
        waitpid(child, NULL, 0);
}
