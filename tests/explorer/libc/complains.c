// complains.c - err says what failed and ends the program
// Expect: sampled; status 5
#include <err.h>
#include <errno.h>

int main(void)
{
    errno = ENOENT;
    warnx("%d warnings", 1);
    err(5, "cannot open %s", "it");
}
