// count_reads.c - a file is read with a buffer of a size you choose
// Run:    make run-count_reads   (build/lessons/03_buffers/count_reads 4096)
// Expect: 26 calls for 100000 bytes with a buffer of 4096, 100001 with 1
// Why:    each call brings at most one buffer, and one call more is needed to
//         hear that there is nothing left
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "runtime/fact.h"
#include "runtime/must.h"

enum { FILE_SIZE = 100000 }; // bytes

// A file without a name, FILE_SIZE bytes long, to be read from its beginning.
static int make_file(void)
{
    int file = fileno(MUST(tmpfile()));

    MUST(ftruncate(file, FILE_SIZE));
    return file;
}

int main(int count, char **arguments)
{
    size_t size = count > 1 ? strtoul(arguments[1], NULL, 10) : 4096;
    char *buffer = MUST(malloc(size));
    int file = make_file();
    long calls = 0, bytes = 0, got;

    do { // [loop]
        got = MUST(read(file, buffer, size));
        calls++;
        bytes += got;
    } while (got > 0);

    printf("%ld bytes, %zu at a time: %ld calls\n", bytes, size, calls);
    fact("buffer_bytes", (long long)size);
    fact("file_bytes", bytes);
    fact("read_calls", calls);
    free(buffer);
    return 0;
}
