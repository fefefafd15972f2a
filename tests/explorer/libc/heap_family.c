// heap_family.c - malloc's relatives do what their manual says
// Expect: proved
#include <assert.h>
#include <errno.h>
#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void check_realloc(void)
{
    char *text = malloc(4);
    void *nothing = realloc(NULL, 3);

    memcpy(text, "abc", 4);
    text = realloc(text, 100);
    assert(strcmp(text, "abc") == 0);
    text = realloc(text, 2);
    assert(text[0] == 'a' && text[1] == 'b');
    free(text);
    free(nothing);
    free(NULL);
}

static void check_alignment(void)
{
    void *block;

    assert((uintptr_t)aligned_alloc(256, 512) % 256 == 0);
    assert(posix_memalign(&block, 4096, 10) == 0);
    assert((uintptr_t)block % 4096 == 0);
    assert(posix_memalign(&block, 3, 10) == EINVAL);
    assert((uintptr_t)malloc(1) % 16 == 0);
    assert(malloc_usable_size(block) == 10);
    free(block);
}

int main(void)
{
    long *zeros = calloc(10, sizeof *zeros);
    void *volatile too_big;

    for (int i = 0; i < 10; i++)
        assert(zeros[i] == 0);
    check_realloc();
    check_alignment();
    assert(malloc(0) != malloc(0));
    too_big = reallocarray(NULL, SIZE_MAX / 2, 4);
    assert(!too_big && errno == ENOMEM);
    return 0;
}
