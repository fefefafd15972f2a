// asserts.c - an assertion that does not hold
// Expect: failed assertion
#include <assert.h>

int main(int count, char **arguments)
{
    (void)arguments;
    assert(count == 77);
    return 0;
}
