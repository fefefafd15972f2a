// image.c - an ELF file of this machine's, looked at without libc
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "tools/recorder/inside/image.h"
#include "tools/recorder/inside/raw.h"

static bool map_file(struct image *image, int at, const char *path)
{
    struct stat about;
    long where = -1;
    long fd = raw_call(SYS_openat, at, path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

    if (fd < 0)
        return false;
    if (raw_call(SYS_fstat, fd, &about) == 0 && S_ISREG(about.st_mode) &&
        about.st_size > 0)
        where =
            raw_call(SYS_mmap, 0, about.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    raw_call(SYS_close, fd);
    if (raw_failed(where))
        return false;
    *image = (struct image){.bytes = (const char *)where,
                            .size = (size_t)about.st_size};
    return true;
}

// NULL when it is not within the file.
static const void *part(const struct image *image, uint64_t at, uint64_t size)
{
    if (at > image->size || size > image->size - at)
        return NULL;
    return image->bytes + at;
}

bool image_map(struct image *image, int at, const char *path)
{
    const ElfW(Ehdr) * header;

    if (!map_file(image, at, path))
        return false;
    header = part(image, 0, sizeof *header);
    if (!header || memcmp(header->e_ident, ELFMAG, SELFMAG) != 0 ||
        header->e_shentsize != sizeof(ElfW(Shdr)))
        return true;
    image->count = header->e_shnum;
    image->sections =
        part(image, header->e_shoff, image->count * sizeof(ElfW(Shdr)));
    return true;
}

void image_unmap(const struct image *image)
{
    raw_call(SYS_munmap, image->bytes, image->size);
}

static const ElfW(Shdr) * section_of(const struct image *image, uint32_t type)
{
    const ElfW(Shdr) *sections = image->sections;

    for (size_t i = 0; sections && i < image->count; i++)
        if (sections[i].sh_type == type && sections[i].sh_link < image->count)
            return &sections[i];
    return NULL;
}

const ElfW(Sym) *
    image_symbols(const struct image *image, uint32_t type, size_t *count)
{
    const ElfW(Shdr) *table = section_of(image, type);

    if (!table)
        return NULL;
    *count = table->sh_size / sizeof(ElfW(Sym));
    return part(image, table->sh_offset, table->sh_size);
}

const char *image_strings(const struct image *image, uint32_t type,
                          size_t *size)
{
    const ElfW(Shdr) *table = section_of(image, type);
    const ElfW(Shdr) *strings = table ? &image->sections[table->sh_link] : NULL;
    const char *text;

    if (!strings || strings->sh_size == 0)
        return NULL;
    *size = strings->sh_size;
    text = part(image, strings->sh_offset, *size);
    return text && text[*size - 1] == '\0' ? text : NULL;
}
