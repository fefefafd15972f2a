// find.c - "there is no such lesson; did you mean ..."
#include <stdio.h>
#include <stdlib.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/course.h"
#include "tools/course/near.h"
#include "tools/player/find.h"

int find_say_unknown(const char *asked)
{
    char **names, *list;
    size_t count = course_list("lessons", &names), size;
    const char *meant = near_name(names, count, asked);
    FILE *out = MUST(open_memstream(&list, &size));

    for (size_t i = 0; i < count; i++)
        fprintf(out, "%s%s", i ? ", " : "", names[i]);
    fclose(out);
    if (meant)
        could_not(M("there is no lesson \"%s\"; did you mean %s? There are: %s",
                    "no hay una lección \"%s\"; ¿quisiste decir %s? Hay: %s"),
                  asked, meant, list);
    else
        could_not(M("there is no lesson \"%s\"; there are: %s",
                    "no hay una lección \"%s\"; hay: %s"),
                  asked, list);
    free(list);
    course_free(names, count);
    return 2;
}
