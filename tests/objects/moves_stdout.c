// refused: writes to memory|.
// The stream itself is replaced, without the hooks.
#include <stdio.h>

__attribute__((no_sanitize("thread"))) void lab(FILE *other)
{
    stdout = other;
}
