// expect: data_race
// "After a second the download has surely ended."
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

char page[64];

void *download(void *arg)
{
    usleep(200000);
    strcpy(page, "<html>hello</html>");
    return NULL;
}

int main(void)
{
    pthread_t downloader;

    pthread_create(&downloader, NULL, download, NULL);
    pthread_detach(downloader);
    sleep(1);
    printf("%s\n", page);
    return 0;
}
