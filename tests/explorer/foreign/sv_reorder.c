// expect: data_race,assertion
// One sets two numbers, another one checks that it saw both or none.
extern void abort(void);
#include <assert.h>
void reach_error()
{
    assert(0);
}
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static int iSet = 2;
static int iCheck = 2;
static int a = 0;
static int b = 0;

void *setThread(void *param)
{
    a = 1;
    b = -1;
    return NULL;
}

void *checkThread(void *param)
{
    if (!((a == 0 && b == 0) || (a == 1 && b == -1))) {
        fprintf(stderr, "Bug found!\n");
    ERROR : {
        reach_error();
        abort();
    }
    }
    return NULL;
}

int main(int argc, char *argv[])
{
    int i, err;
    pthread_t setPool[2];
    pthread_t checkPool[2];

    if (argc != 1) {
        if (argc != 3) {
            fprintf(stderr, "./reorder <param1> <param2>\n");
            exit(-1);
        } else {
            sscanf(argv[1], "%d", &iSet);
            sscanf(argv[2], "%d", &iCheck);
        }
    }
    for (i = 0; i < iSet; i++)
        if (0 != (err = pthread_create(&setPool[i], NULL, &setThread, NULL))) {
            fprintf(stderr, "Error [%d] found creating set thread.\n", err);
            exit(-1);
        }
    for (i = 0; i < iCheck; i++)
        if (0 !=
            (err = pthread_create(&checkPool[i], NULL, &checkThread, NULL))) {
            fprintf(stderr, "Error [%d] found creating check thread.\n", err);
            exit(-1);
        }
    for (i = 0; i < iSet; i++)
        pthread_join(setPool[i], NULL);
    for (i = 0; i < iCheck; i++)
        pthread_join(checkPool[i], NULL);
    return 0;
}
