// target.c - what is going to be executed
#include <elf.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tools/recorder/inside/environment.h"
#include "tools/recorder/inside/image.h"
#include "tools/recorder/inside/raw.h"
#include "tools/recorder/inside/target.h"

#if defined(__x86_64__)
enum { OUR_MACHINE = EM_X86_64 };
#else
enum { OUR_MACHINE = EM_AARCH64 };
#endif

bool target_may_run(int at, const char *path)
{
    return raw_call(SYS_faccessat, at, path, X_OK) == 0;
}

static bool join(char *place, const char *folder, size_t length,
                 const char *name)
{
    size_t size = strlen(name) + 1;

    if (length + 1 + size > TARGET_PATH)
        return false;
    memcpy(place, folder, length);
    if (length > 0)
        place[length++] = '/';
    memcpy(place + length, name, size);
    return true;
}

static bool search(const char *path, const char *name, char *place)
{
    for (;; path++) {
        size_t length = strcspn(path, ":");

        if (join(place, path, length, name) && target_may_run(AT_FDCWD, place))
            return true;
        path += length;
        if (*path == '\0')
            return false;
    }
}

bool target_find(const char *name, char *place)
{
    const char *path = getenv("PATH");

    place[0] = '\0';
    if (!strchr(name, '/'))
        return search(path ? path : "/bin:/usr/bin", name, place);
    return join(place, "", 0, name) && target_may_run(AT_FDCWD, place);
}

// ---- What is in it ----------------------------------------------------------

// A runtime that must be loaded before all other libraries, or one that takes
// what we do for the program's races.
static bool is_sanitizer(const char *name)
{
    static const char *const beginnings[] = {"libasan.so",   "libtsan.so",
                                             "liblsan.so",   "libhwasan.so",
                                             "libclang_rt.", "__tsan_init"};

    if (name[0] != 'l' && name[0] != '_')
        return false;
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        if (strncmp(name, beginnings[i], strlen(beginnings[i])) == 0)
            return true;
    return false;
}

// What it needs and whatever it calls stand in the same table.
static bool is_sanitized(const struct image *image)
{
    size_t size = 0;
    const char *at = image_strings(image, SHT_DYNSYM, &size);
    const char *end = at + (at ? size : 0);

    for (; at < end; at += strlen(at) + 1)
        if (is_sanitizer(at))
            return true;
    return false;
}

static bool is_foreign(const struct image *image)
{
    const Elf64_Ehdr *header = (const void *)image->bytes;

    return image->size >= sizeof *header &&
           memcmp(image->bytes, ELFMAG, SELFMAG) == 0 &&
           (image->bytes[EI_CLASS] != ELFCLASS64 ||
            header->e_machine != OUR_MACHINE);
}

bool target_is_script(const struct image *image, char *interpreter)
{
    char line[TARGET_LINE] = "";
    size_t begin = 2, length;

    memcpy(line, image->bytes,
           image->size < sizeof line ? image->size : sizeof line - 1);
    if (line[0] != '#' || line[1] != '!')
        return false;
    begin += strspn(line + begin, " \t");
    length = strcspn(line + begin, " \t\n");
    memcpy(interpreter, line + begin, length);
    interpreter[length] = '\0';
    return true;
}

static bool is_loadable(int at, const char *path, char *interpreter)
{
    struct image image;
    bool is_good;

    *interpreter = '\0';
    if (!image_map(&image, at, path))
        return true;
    is_good = target_is_script(&image, interpreter) ||
              (!is_foreign(&image) && !is_sanitized(&image));
    image_unmap(&image);
    return is_good;
}

bool target_takes_library(int at, const char *path)
{
    char now[TARGET_LINE], next[TARGET_LINE];

    if (raw_call(SYS_faccessat, AT_FDCWD, environment_library(), R_OK) != 0 ||
        !is_loadable(at, path, next))
        return false;
    for (int i = 0; i < TARGET_SCRIPTS && next[0]; i++) {
        memcpy(now, next, sizeof now);
        if (!is_loadable(AT_FDCWD, now, next))
            return false;
    }
    return true;
}
