// names.c - what to call a thread: the name of the function it begins with
#include <dlfcn.h>
#include <fcntl.h>
#include <string.h>

#include "tools/recorder/inside/image.h"
#include "tools/recorder/inside/names.h"

// Lock-free, unlike dladdr; not in a libc before 2.35.
#pragma weak _dl_find_object

static bool is_function_at(const ElfW(Sym) * symbol, uint64_t address)
{
    return (symbol->st_info & 15) == STT_FUNC && symbol->st_shndx != 0 &&
           address == symbol->st_value;
}

static void copy_name(const struct image *image, uint32_t type, uint64_t offset,
                      char *name, size_t size)
{
    size_t room, length;
    const char *text = image_strings(image, type, &room);

    if (!text || offset >= room)
        return;
    length = strnlen(text + offset, size - 1);
    memcpy(name, text + offset, length);
    name[length] = '\0';
}

static bool search(const struct image *image, uint32_t type, uint64_t address,
                   char *name, size_t size)
{
    size_t count = 0;
    const ElfW(Sym) *symbols = image_symbols(image, type, &count);

    for (size_t i = 0; symbols && i < count; i++)
        if (is_function_at(&symbols[i], address)) {
            copy_name(image, type, symbols[i].st_name, name, size);
            return true;
        }
    return false;
}

void names_of_routine(const void *routine, char *name, size_t size)
{
    struct dl_find_object found;
    struct image image;
    const char *path;
    uint64_t address;

    name[0] = '\0';
    if (!_dl_find_object || _dl_find_object((void *)routine, &found) != 0)
        return;
    path = found.dlfo_link_map->l_name;
    address = (uintptr_t)routine - found.dlfo_link_map->l_addr;
    if (!image_map(&image, AT_FDCWD, *path ? path : "/proc/self/exe"))
        return;
    if (!search(&image, SHT_SYMTAB, address, name, size))
        search(&image, SHT_DYNSYM, address, name, size);
    image_unmap(&image);
}
