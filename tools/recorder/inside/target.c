// target.c - what is going to be executed
#include <elf.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tools/recorder/inside/environment.h"
#include "tools/recorder/inside/raw.h"
#include "tools/recorder/inside/target.h"

#if defined(__x86_64__)
enum { OUR_MACHINE = EM_X86_64 };
#else
enum { OUR_MACHINE = EM_AARCH64 };
#endif
enum { BEGINNING = 256, SCRIPTS = 4 };

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

// Its first bytes; "" where it cannot be read.
static void read_beginning(int at, const char *path, char *bytes)
{
    long fd = raw_call(SYS_openat, at, path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

    memset(bytes, 0, BEGINNING);
    if (fd < 0)
        return;
    raw_call(SYS_read, fd, bytes, BEGINNING - 1);
    raw_call(SYS_close, fd);
}

static bool is_foreign(const char *bytes)
{
    const Elf64_Ehdr *header = (const void *)bytes;

    return memcmp(bytes, ELFMAG, SELFMAG) == 0 &&
           (bytes[EI_CLASS] != ELFCLASS64 || header->e_machine != OUR_MACHINE);
}

// Of a script: leaves in bytes the path of what will read it.
static bool is_script(char *bytes)
{
    size_t begin = 2, length;

    if (bytes[0] != '#' || bytes[1] != '!')
        return false;
    begin += strspn(bytes + begin, " \t");
    length = strcspn(bytes + begin, " \t\n");
    memmove(bytes, bytes + begin, length);
    bytes[length] = '\0';
    return true;
}

bool target_takes_library(int at, const char *path)
{
    char bytes[BEGINNING] __attribute__((aligned(8)));
    char interpreter[BEGINNING];

    if (raw_call(SYS_faccessat, AT_FDCWD, environment_library(), R_OK) != 0)
        return false;
    for (int i = 0; i < SCRIPTS; i++) {
        read_beginning(at, path, bytes);
        if (!is_script(bytes))
            break;
        memcpy(interpreter, bytes, sizeof interpreter);
        path = interpreter;
        at = AT_FDCWD;
    }
    return !is_foreign(bytes);
}
