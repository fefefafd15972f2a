// python_collect.c - what Python's gc.collect() frees after a thousand jobs
// Run:    make run-python_collect   (says so if there is no python3)
// Expect: 0 of what is named no more, 0 of what is still named, and all of
//         what names itself
// Why:    an object goes when nothing names it; gc.collect() looks only for
//         those that are kept by one another, in a circle
#include <stdio.h>
#include <stdlib.h>

#include "runtime/fact.h"
#include "runtime/must.h"

static const char script[] =
    "import gc\n"
    "class Result:\n"
    "    alive = 0\n"
    "    def __init__(self): Result.alive += 1\n"
    "    def __del__(self): Result.alive -= 1\n"
    "def done(job): job()\n"
    "def kept(job): cache.append(job())\n"
    "def circle(job): result = job(); result.me = result\n"
    "cache = []\n"
    "gc.disable()\n"
    "for end in done, kept, circle:\n"
    "    cache.clear()\n"
    "    for i in range(1000):\n" // [jobs]
    "        end(Result)\n"
    "    before = Result.alive\n"
    "    gc.collect()\n"
    "    print(before, before - Result.alive)\n";

int main(void)
{
    static const char *const names[] = {"named no more", "kept in a cache",
                                        "naming itself"};
    long left[3] = {0}, collected[3] = {0};
    int measured = 0;

    setenv("SCRIPT", script, 1);
    FILE *python = MUST(popen("exec python3 -c \"$SCRIPT\" 2>/dev/null", "r"));
    while (measured < 3 && fscanf(python, "%ld %ld", &left[measured],
                                  &collected[measured]) == 2)
        measured++;
    pclose(python);

    fact("python", measured == 3);
    fact("done_collected", collected[0]);
    if (measured < 3) {
        puts("there is no python3 here that could be measured");
        return 0;
    }
    for (int i = 0; i < 3; i++)
        printf("%-16s %4ld of 1000 left, gc.collect() freed %4ld\n", names[i],
               left[i], collected[i]);
    fact("done_left", left[0]);
    fact("kept_left", left[1]);
    fact("kept_collected", collected[1]);
    fact("circle_left", left[2]);
    fact("circle_collected", collected[2]);
    return 0;
}
