// find.c - "there is no such lesson; did you mean ..."
#include <stdlib.h>

#include "runtime/message.h"
#include "tools/course/near.h"
#include "tools/player/find.h"

int find_say_unknown(const char *asked)
{
    char *words = near_words("lessons", asked);

    could_not(
        M("there is no lesson \"%s\"; %s", "no hay una lección \"%s\"; %s"),
        asked, words);
    free(words);
    return 2;
}
