// how_much_fits.c - how many bytes fit in a pipe, by how many a write brings
// Run:    make run-how_much_fits        Chart: ./telar plot 02
// Expect: 65536 bytes for most sizes, and little more than half of them for
//         2049: a series,x,fits table
// Why:    a pipe is 16 pages; what a write leaves over of a page is of use to
//         the next one only where that fits into it whole
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/fact.h"
#include "runtime/must.h"

enum { LARGEST = 8192, PAGE = 4096 };

// Writes that many bytes at a time until not all of them go in.
static long fill(size_t size)
{
    static const char bytes[LARGEST];
    int ends[2];
    long filled = 0;
    ssize_t more;

    MUST(pipe2(ends, O_NONBLOCK));
    do { // [fill]
        more = write(ends[1], bytes, size);
        filled += more > 0 ? more : 0;
    } while (more == (ssize_t)size);
    close(ends[0]);
    close(ends[1]);
    return filled;
}

int main(int argc, char **argv)
{
    size_t step = argc > 1 && strcmp(argv[1], "quick") == 0 ? 512 : 128;
    long least = fill(1), least_size = 1;

    puts("series,x,fits");
    fact("one_by_one_bytes", least);
    for (size_t size = 1; size <= LARGEST; size += step) {
        long fits = fill(size);

        printf("pipe,%zu,%ld\n", size, fits);
        if (fits < least) {
            least = fits;
            least_size = (long)size;
        }
    }
    fact("least_bytes", least);
    fact("least_write_bytes", least_size);
    fact("least_percent", 100 * least / fill(1));
    return 0;
}
