// binary.c - what an object file or a program is made of
#include <fcntl.h>
#include <gelf.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tools/course/keep.h"
#include "tools/explorer/binary.h"
#include "tools/explorer/hash.h"

static void take_symbol(struct binary *binary, const GElf_Sym *symbol,
                        const char *name)
{
    if (!name || !*name || GELF_ST_BIND(symbol->st_info) == STB_LOCAL)
        return;
    if (symbol->st_shndx != SHN_UNDEF)
        wordlist_add(&binary->defined, name);
    else // weak too: glibc's pthread_cleanup_pop calls so
        wordlist_add(&binary->undefined, name);
}

static void take_symbols(struct binary *binary, Elf *elf, Elf_Scn *section,
                         const GElf_Shdr *header)
{
    Elf_Data *data = elf_getdata(section, NULL);
    GElf_Sym symbol;

    for (int i = 0; data && gelf_getsym(data, i, &symbol); i++)
        take_symbol(binary, &symbol,
                    elf_strptr(elf, header->sh_link, symbol.st_name));
}

static bool take_tables(struct binary *binary, Elf *elf)
{
    Elf_Scn *section = NULL;
    GElf_Shdr header;
    size_t names;

    if (elf_getshdrstrndx(elf, &names) < 0)
        return false;
    while ((section = elf_nextscn(elf, section))) {
        const char *name;

        if (!gelf_getshdr(section, &header))
            return false;
        name = elf_strptr(elf, names, header.sh_name);
        wordlist_add(&binary->sections, name ? name : "");
        if (header.sh_type == SHT_SYMTAB)
            take_symbols(binary, elf, section, &header);
    }
    wordlist_sort(&binary->defined);
    wordlist_sort(&binary->undefined);
    return true;
}

bool binary_read(const char *path, struct binary *binary)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool done;
    Elf *elf;

    *binary = (struct binary){0};
    if (fd < 0 || elf_version(EV_CURRENT) == EV_NONE)
        return false;
    elf = elf_begin(fd, ELF_C_READ_MMAP, NULL);
    done = elf && elf_kind(elf) == ELF_K_ELF && take_tables(binary, elf);
    elf_end(elf);
    close(fd);
    if (!done)
        binary_free(binary);
    return done;
}

void binary_free(struct binary *binary)
{
    wordlist_free(&binary->defined);
    wordlist_free(&binary->undefined);
    wordlist_free(&binary->sections);
}

// ---- What is loaded ---------------------------------------------------------

static bool hash_segments(Elf *elf, const char *bytes, size_t size,
                          uint64_t *hash)
{
    GElf_Phdr segment;
    size_t count;

    *hash = HASH_START;
    if (elf_getphdrnum(elf, &count) < 0 || count == 0)
        return false;
    for (int i = 0; i < (int)count; i++) {
        if (!gelf_getphdr(elf, i, &segment) || segment.p_offset > size ||
            segment.p_filesz > size - segment.p_offset)
            return false;
        if (segment.p_type != PT_LOAD)
            continue;
        *hash = hash_bytes(*hash, &segment.p_vaddr, sizeof segment.p_vaddr);
        *hash = hash_bytes(*hash, bytes + segment.p_offset, segment.p_filesz);
    }
    return true;
}

// Where the sections stand in the file is loaded with the header, and depends
// on how much there is to debug: with the names of folders.
static void forget_sections(char *bytes, size_t size)
{
    Elf64_Ehdr header;

    if (size < sizeof header)
        return;
    memcpy(&header, bytes, sizeof header);
    header.e_shoff = 0;
    header.e_shnum = header.e_shstrndx = 0;
    memcpy(bytes, &header, sizeof header);
}

bool binary_hash(const char *path, uint64_t *hash)
{
    size_t size;
    char *bytes = keep_read(path, (size_t)1 << 30, &size);
    bool done = false;
    Elf *elf;

    if (!bytes || elf_version(EV_CURRENT) == EV_NONE) {
        free(bytes);
        return false;
    }
    forget_sections(bytes, size);
    elf = elf_memory(bytes, size);
    if (elf)
        done = hash_segments(elf, bytes, size, hash);
    elf_end(elf);
    free(bytes);
    return done;
}
