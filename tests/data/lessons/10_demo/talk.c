// talk.c - writes three lines, each with one write, on the two streams in turn
// Run:    tests/test_player.sh builds and plays it
// Expect: first, second and third, in this order
// Why:    the player shows the order of writing, not that of arrival
#include <unistd.h>

#include "runtime/fact.h"
#include "runtime/must.h"

int main(void)
{
    MUST(write(2, "first\n", 6)); // [talk]
    MUST(write(1, "second\n", 7));
    MUST(write(2, "third\n", 6));

    fact("lines", 3);
    return 0; // [end]
}
