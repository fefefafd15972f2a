// full_buffer.c - how much is printed before the first byte leaves the process
// Run:    make run-full_buffer | tail -n 1
// Expect: into a pipe or a file, on most machines, 4096 bytes at once
// Why:    a full buffer is written whole; glibc makes it as large as the block
//         that the kernel recommends for what is behind the descriptor
#include <stdio.h>
#include <stdio_ext.h>

#include "runtime/fact.h"

int main(void)
{
    long printed = 0, waiting = 0;

    while (waiting == printed) { // [fill]
        printed += printf("%15ld\n", printed);
        waiting = (long)__fpending(stdout);
    }
    fact("printed_bytes", printed);
    fact("first_write_bytes", printed - waiting);
    return 0;
}
