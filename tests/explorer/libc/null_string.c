// null_string.c - the length of a string that is not there
// Expect: failed crash
#include <string.h>

int main(void)
{
    const char *volatile nothing = NULL;

    return (int)strlen(nothing);
}
