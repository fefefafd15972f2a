// table.c - every program of a folder, one row each
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <jansson.h>
#include <limits.h>
#include <poll.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/error_words.h"
#include "tools/course/keep.h"
#include "tools/course/terminal.h"
#include "tools/course/units.h"
#include "tools/explorer/table.h"
#include "tools/explorer/wordlist.h"

struct tally {
    size_t proved, sampled, failed, errors;
};

// ---- Which files ------------------------------------------------------------

static struct wordlist *found; // of the walk that runs: nftw has no context

static bool has_main(const char *path)
{
    char *text = keep_read(path, 16 << 20, NULL);
    regex_t pattern;
    bool has;

    if (!text || regcomp(&pattern, "(^|[^A-Za-z0-9_])main[ \t\n]*\\(",
                         REG_EXTENDED | REG_NOSUB)) {
        free(text);
        return false;
    }
    has = regexec(&pattern, text, 0, NULL, 0) == 0;
    regfree(&pattern);
    free(text);
    return has;
}

static int take_file(const char *path, const struct stat *about, int type,
                     struct FTW *where)
{
    size_t length = strlen(path);

    (void)about;
    (void)where;
    if (type == FTW_F && length > 2 && strcmp(path + length - 2, ".c") == 0 &&
        has_main(path))
        wordlist_add(found, path);
    return 0;
}

static bool find_files(const char *folder, struct wordlist *files)
{
    found = files;
    if (nftw(folder, take_file, 20, FTW_PHYS) < 0)
        return false;
    wordlist_sort(files);
    return true;
}

// ---- One of them ------------------------------------------------------------

static _Noreturn void become(const struct table_request *request,
                             const char *path, int out, pid_t parent)
{
    struct wordlist words = {0};
    int null = open("/dev/null", O_RDWR);

    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent || dup2(null, 0) < 0 || dup2(out, 1) < 0 ||
        dup2(null, 2) < 0)
        _exit(126);
    wordlist_add(&words, "telar-explore");
    wordlist_add(&words, "--format");
    wordlist_add(&words, "json");
    for (char *const *option = request->options; *option; option++)
        wordlist_add(&words, *option);
    wordlist_add(&words, path);
    execv("/proc/self/exe", words.words);
    _exit(127);
}

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static bool is_stopped(const struct table_request *request)
{
    return request->stop && *request->stop;
}

enum { ANSWER_LIMIT_BYTES = 64 << 20 };

// All that comes from fd until its end; NULL when it took too long.
static char *hear(const struct table_request *request, int fd)
{
    double deadline = now() + request->seconds + 60;
    struct pollfd source = {.fd = fd, .events = POLLIN};
    size_t used = 0, room = 1 << 16;
    char *text = MUST(malloc(room));
    ssize_t got = 1;

    while (got != 0 && now() < deadline && !is_stopped(request) &&
           used < ANSWER_LIMIT_BYTES) {
        if (poll(&source, 1, 100) <= 0)
            continue;
        if (used + 1 == room)
            text = MUST(realloc(text, room *= 2));
        got = read(fd, text + used, room - used - 1);
        used += got > 0 ? (size_t)got : 0;
    }
    text[used] = '\0';
    if (got == 0)
        return text;
    free(text);
    return NULL;
}

// What telar-explore --format json says of the file, or NULL.
static json_t *judge(const struct table_request *request, const char *path)
{
    pid_t parent = getpid(), child;
    json_t *answer = NULL;
    char *text;
    int ends[2];

    if (pipe2(ends, O_CLOEXEC) < 0)
        return NULL;
    fflush(NULL);
    child = fork();
    if (child == 0)
        become(request, path, ends[1], parent);
    close(ends[1]);
    text = child > 0 ? hear(request, ends[0]) : NULL;
    close(ends[0]);
    if (child > 0) {
        if (!text)
            kill(-child, SIGKILL);
        while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
            continue;
    }
    if (text)
        answer = json_loads(text, 0, NULL);
    free(text);
    return answer;
}

// ---- Rows -------------------------------------------------------------------

static const char *string_of(const json_t *answer, const char *key)
{
    const char *text = json_string_value(json_object_get(answer, key));

    return text ? text : "-";
}

static long long number_of(const json_t *answer, const char *key)
{
    return json_integer_value(json_object_get(answer, key));
}

static const char *count_verdict(struct tally *tally, const json_t *answer)
{
    const char *verdict = string_of(answer, "verdict");

    if (strcmp(verdict, "proved") == 0)
        tally->proved++;
    else if (strcmp(verdict, "sampled") == 0)
        tally->sampled++;
    else if (strcmp(verdict, "failed") == 0)
        tally->failed++;
    else
        tally->errors++;
    return verdict;
}

static const char *relative(const char *path, const char *folder)
{
    size_t length = strlen(folder);

    if (strncmp(path, folder, length) == 0)
        path += length;
    while (*path == '/')
        path++;
    return path;
}

static void print_file(const char *name, int width)
{
    size_t length = strlen(name);

    if ((int)length > width)
        printf("..%s", name + length - (size_t)width + 2);
    else
        printf("%-*s", width, name);
}

static void print_row(const char *name, int width, const json_t *answer,
                      const char *verdict)
{
    print_file(name, width);
    if (strcmp(verdict, "proved") != 0 && strcmp(verdict, "sampled") != 0 &&
        strcmp(verdict, "failed") != 0) {
        printf("  %s  ", "exit 2");
        print_printable(stdout, string_of(answer, "message"),
                        strlen(string_of(answer, "message")));
        printf("\n");
        return;
    }
    printf("  %-7s  %-16s %8lld %10lld %8.2f\n", verdict,
           string_of(answer, "kind"), number_of(answer, "first_failure"),
           number_of(answer, "executions"),
           json_number_value(json_object_get(answer, "seconds")));
}

static void print_head(int width)
{
    printf("%-*s  %-7s  %-16s %8s %10s %8s\n", width, M("file", "archivo"),
           M("verdict", "juicio"), M("kind", "tipo"), M("first", "primera"),
           M("executions", "ejecucs."), M("seconds", "segundos"));
}

static int width_of(const struct wordlist *files, const char *folder)
{
    int width = 8, most = terminal_width() - 56;

    for (size_t i = 0; i < files->count; i++) {
        int length = (int)strlen(relative(files->words[i], folder));

        width = length > width ? length : width;
    }
    if (most < 24)
        most = 24;
    return width > most ? most : width;
}

static void show_progress(size_t number, size_t count, const char *name)
{
    if (isatty(STDERR_FILENO))
        fprintf(stderr, "\r\033[K%zu/%zu %.50s", number + 1, count, name);
}

static void hide_progress(void)
{
    if (isatty(STDERR_FILENO))
        fputs("\r\033[K", stderr);
}

// ---- The table --------------------------------------------------------------

static json_t *json_row(json_t *answer, const char *name)
{
    if (!answer)
        answer = json_pack("{ssss}", "verdict", "error", "message",
                           M("the explorer ended in the middle, or too late",
                             "el explorador terminó a medias, o tarde"));
    if (json_object_set_new(answer, "path", json_string(name)) < 0)
        json_object_set_new(answer, "path", json_null());
    json_object_del(answer, "story");
    return answer;
}

static void judge_all(const struct table_request *request,
                      const struct wordlist *files, struct tally *tally,
                      json_t *rows)
{
    int width = width_of(files, request->folder);

    if (!request->json)
        print_head(width);
    for (size_t i = 0; i < files->count && !is_stopped(request); i++) {
        const char *name = relative(files->words[i], request->folder);
        json_t *answer;

        show_progress(i, files->count, name);
        answer = json_row(judge(request, files->words[i]), name);
        hide_progress();
        if (is_stopped(request)) {
            json_decref(answer);
            break;
        }
        if (!request->json)
            print_row(name, width, answer, count_verdict(tally, answer));
        else
            count_verdict(tally, answer);
        json_array_append_new(rows, answer);
        fflush(stdout);
    }
}

static void print_summary(const struct table_request *request,
                          const struct tally *tally, size_t files,
                          double seconds)
{
    size_t judged =
        tally->proved + tally->sampled + tally->failed + tally->errors;
    char text[32];

    printf(M("\n%zu of %zu files: %zu proved, %zu sampled, %zu failed, %zu not "
             "judged; %s s\n",
             "\n%zu de %zu archivos: %zu probados, %zu muestreados, %zu con "
             "falla, %zu sin juicio; %s s\n"),
           judged, files, tally->proved, tally->sampled, tally->failed,
           tally->errors, units_decimal(seconds, 1, text));
    if (is_stopped(request))
        puts(M("interrupted", "interrumpido"));
}

static void put_json(const struct tally *tally, json_t *rows, double seconds)
{
    json_t *all = json_pack("{sOs{sIsIsIsI}sf}", "results", rows, "summary",
                            "proved", (json_int_t)tally->proved, "sampled",
                            (json_int_t)tally->sampled, "failed",
                            (json_int_t)tally->failed, "errors",
                            (json_int_t)tally->errors, "seconds", seconds);

    json_dumpf(all, stdout, JSON_COMPACT);
    putchar('\n');
    json_decref(all);
}

int table_print(const struct table_request *request)
{
    struct wordlist files = {0};
    struct tally tally = {0};
    double begin = now();
    json_t *rows;

    if (!find_files(request->folder, &files))
        return could_not("%s: %s", request->folder, error_words(errno));
    if (files.count == 0)
        return could_not(M("no C file with a main in %s",
                           "no hay un archivo de C con main en %s"),
                         request->folder);
    rows = json_array();
    judge_all(request, &files, &tally, rows);
    if (request->json)
        put_json(&tally, rows, now() - begin);
    else
        print_summary(request, &tally, files.count, now() - begin);
    json_decref(rows);
    wordlist_free(&files);
    if (tally.errors > 0)
        return could_not(M("programs that could not be judged: %zu",
                           "programas que no se pudieron juzgar: %zu"),
                         tally.errors);
    return is_stopped(request) ? 2 : tally.failed > 0;
}
