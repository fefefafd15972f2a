// inside_memory.c - a million short allocations, and all others of the family
#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void many(long count)
{
    for (long i = 0; i < count; i++) {
        void *volatile block = malloc(24);

        free(block);
    }
}

static void others(void)
{
    void *block = NULL;

    block = realloc(block, 10);
    strcpy(block, "kept");
    block = realloc(block, 100000);
    printf("%s\n", (char *)block);
    block = reallocarray(block, 10, 10);
    printf("%s\n", (char *)block);
    free(block);
    free(calloc(3, 5));
    free(aligned_alloc(64, 128));
    free(memalign(64, 100));
    if (posix_memalign(&block, 4096, 10) == 0)
        free(block);
    printf("too much: %p\n", malloc(PTRDIFF_MAX));
    free(NULL);
}

int main(int argc, char **argv)
{
    many(argc > 1 ? atol(argv[1]) : 1000000);
    others();
    return 0;
}
