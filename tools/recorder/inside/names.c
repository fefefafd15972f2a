// names.c - what to call a thread: the name of the function it begins with
#include <dlfcn.h>
#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "tools/recorder/inside/names.h"
#include "tools/recorder/inside/raw.h"

// Lock-free, unlike dladdr; not in a libc before 2.35.
#pragma weak _dl_find_object

struct image { // a mapped ELF file
    const char *bytes;
    size_t size;
};

static bool map_file(const char *path, struct image *image)
{
    struct stat about;
    long at = -1,
         fd = raw_call(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return false;
    if (raw_call(SYS_fstat, fd, &about) == 0 && about.st_size > 0)
        at =
            raw_call(SYS_mmap, 0, about.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    raw_call(SYS_close, fd);
    if (raw_failed(at))
        return false;
    *image = (struct image){(const char *)at, (size_t)about.st_size};
    return true;
}

static const void *part(const struct image *image, uint64_t at, uint64_t size)
{
    if (at > image->size || size > image->size - at)
        return NULL;
    return image->bytes + at;
}

static const ElfW(Shdr) * sections_of(const struct image *image, size_t *count)
{
    const ElfW(Ehdr) *header = part(image, 0, sizeof *header);

    if (!header || memcmp(header->e_ident, ELFMAG, SELFMAG) != 0 ||
        header->e_shentsize != sizeof(ElfW(Shdr)))
        return NULL;
    *count = header->e_shnum;
    return part(image, header->e_shoff, *count * sizeof(ElfW(Shdr)));
}

static const ElfW(Shdr) *
    find_section(const ElfW(Shdr) * sections, size_t count, uint32_t type)
{
    for (size_t i = 0; i < count; i++)
        if (sections[i].sh_type == type && sections[i].sh_link < count)
            return &sections[i];
    return NULL;
}

static bool is_function_at(const ElfW(Sym) * symbol, uint64_t address)
{
    return (symbol->st_info & 15) == STT_FUNC && symbol->st_shndx != 0 &&
           address == symbol->st_value;
}

static void copy_name(const struct image *image, const ElfW(Shdr) * strings,
                      uint64_t offset, char *name, size_t size)
{
    const char *text = part(image, strings->sh_offset, strings->sh_size);
    size_t length;

    if (!text || offset >= strings->sh_size)
        return;
    length = strnlen(text + offset, strings->sh_size - offset);
    if (length >= size)
        length = size - 1;
    memcpy(name, text + offset, length);
    name[length] = '\0';
}

static bool search_table(const struct image *image, const ElfW(Shdr) * sections,
                         const ElfW(Shdr) * table, uint64_t address, char *name,
                         size_t size)
{
    const ElfW(Sym) *symbols = part(image, table->sh_offset, table->sh_size);

    for (size_t i = 0; symbols && i < table->sh_size / sizeof *symbols; i++)
        if (is_function_at(&symbols[i], address)) {
            copy_name(image, &sections[table->sh_link], symbols[i].st_name,
                      name, size);
            return true;
        }
    return false;
}

static void search(const struct image *image, uint64_t address, char *name,
                   size_t size)
{
    static const uint32_t types[] = {SHT_SYMTAB, SHT_DYNSYM};
    size_t count;
    const ElfW(Shdr) *sections = sections_of(image, &count);

    for (int i = 0; sections && i < 2; i++) {
        const ElfW(Shdr) *table = find_section(sections, count, types[i]);

        if (table && search_table(image, sections, table, address, name, size))
            return;
    }
}

void names_of_routine(const void *routine, char *name, size_t size)
{
    struct dl_find_object found;
    struct image image;
    const char *path;

    name[0] = '\0';
    if (!_dl_find_object || _dl_find_object((void *)routine, &found) != 0)
        return;
    path = found.dlfo_link_map->l_name;
    if (!map_file(*path ? path : "/proc/self/exe", &image))
        return;
    search(&image, (uintptr_t)routine - found.dlfo_link_map->l_addr, name,
           size);
    raw_call(SYS_munmap, image.bytes, image.size);
}
