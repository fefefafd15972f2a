// test_grader.c - the worker protocol, endings and results of the grader
#include <check.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/message.h"
#include "tools/grader/answer.h"
#include "tools/grader/box.h"
#include "tools/grader/ending.h"
#include "tools/grader/patience.h"
#include "tools/grader/proc.h"
#include "tools/grader/result.h"

enum { SEQUENCE = 7 };

// ---- Frames and parcels -----------------------------------------------------

START_TEST(fields_come_back_as_they_were_put)
{
    const int64_t numbers[] = {0, 1, -1, INT64_MAX, INT64_MIN};
    struct parcel parcel = {0};
    const void *bytes;
    size_t size;

    for (size_t i = 0; i < 5; i++) {
        ck_assert(parcel_put_int(&parcel, numbers[i]));
        ck_assert(parcel_put_bytes(&parcel, "a\0b", i));
    }
    for (size_t i = 0; i < 4; i++) {
        int64_t value;

        ck_assert(parcel_get_int(&parcel, &value));
        ck_assert_int_eq(value, numbers[i]);
        ck_assert(parcel_get_bytes(&parcel, &bytes, &size));
        ck_assert_uint_eq(size, i);
        ck_assert_mem_eq(bytes, "a\0b", i);
    }
    parcel_free(&parcel);
}
END_TEST

START_TEST(a_field_of_the_other_kind_is_not_taken)
{
    struct parcel parcel = {0};
    const void *bytes;
    int64_t value;
    size_t size;

    ck_assert(parcel_put_int(&parcel, 5));
    ck_assert(!parcel_get_bytes(&parcel, &bytes, &size));
    ck_assert(parcel_get_int(&parcel, &value));
    ck_assert(!parcel_get_int(&parcel, &value));
    parcel_free(&parcel);
}
END_TEST

START_TEST(a_field_that_is_cut_short_is_not_taken)
{
    struct parcel whole = {0};
    const void *bytes;
    size_t size;

    ck_assert(parcel_put_bytes(&whole, "hello", 5));
    for (size_t kept = 0; kept < whole.size; kept++) {
        struct parcel cut = {0};

        ck_assert(parcel_append(&cut, whole.bytes, kept));
        ck_assert(!parcel_get_bytes(&cut, &bytes, &size));
        parcel_free(&cut);
    }
    parcel_free(&whole);
}
END_TEST

START_TEST(a_parcel_has_an_end)
{
    struct parcel parcel = {0};

    ck_assert(!parcel_put_bytes(&parcel, "", (size_t)PARCEL_MOST + 1));
    ck_assert(!parcel_put_bytes(&parcel, "", SIZE_MAX));
    ck_assert_uint_eq(parcel.size, 0);
}
END_TEST

// ---- Answers ----------------------------------------------------------------

// One frame with this payload, ready to be sent.
static struct parcel framed(struct frame frame, const struct parcel *payload)
{
    struct parcel all = {0};
    unsigned char header[FRAME_HEADER];

    frame.length = (uint32_t)payload->size;
    frame_pack(&frame, header);
    ck_assert(parcel_append(&all, header, sizeof header));
    ck_assert(parcel_append(&all, payload->bytes, payload->size));
    return all;
}

static struct parcel answer_of_42(uint32_t sequence, uint32_t type)
{
    struct parcel payload = {0}, all;

    parcel_put_int(&payload, 1);
    parcel_put_bytes(&payload, "read", 5);
    parcel_put_int(&payload, 3);
    parcel_put_int(&payload, 42);
    all = framed((struct frame){.sequence = sequence, .type = type}, &payload);
    parcel_free(&payload);
    return all;
}

START_TEST(an_answer_is_understood_in_pieces_of_any_size)
{
    struct parcel sent = answer_of_42(SEQUENCE, FRAME_ANSWER);

    for (size_t piece = 1; piece <= sent.size; piece++) {
        struct answer answer = {0};
        int64_t value;

        answer_expect(&answer, SEQUENCE);
        for (size_t at = 0; at < sent.size; at += piece)
            ck_assert(
                answer_take(&answer, sent.bytes + at,
                            sent.size - at < piece ? sent.size - at : piece));
        ck_assert(answer.complete);
        ck_assert(answer_open(&answer));
        ck_assert_int_eq(answer_calls(&answer, "read"), 3);
        ck_assert_int_eq(answer_calls(&answer, "rea"), 0);
        ck_assert(parcel_get_int(&answer.fields, &value));
        ck_assert_int_eq(value, 42);
        parcel_free(&answer.fields);
    }
    parcel_free(&sent);
}
END_TEST

static bool is_taken(const struct parcel *sent)
{
    struct answer answer = {0};
    bool taken;

    answer_expect(&answer, SEQUENCE);
    taken = answer_take(&answer, sent->bytes, sent->size);
    parcel_free(&answer.fields);
    return taken;
}

START_TEST(a_forged_frame_is_refused)
{
    struct parcel frames[] = {
        answer_of_42(SEQUENCE + 1, FRAME_ANSWER), // another question's
        answer_of_42(SEQUENCE, FRAME_ASK),        // no answer
        answer_of_42(SEQUENCE, FRAME_END),         answer_of_42(SEQUENCE, 99),
        answer_of_42(SEQUENCE, FRAME_ANSWER_PART), // shorter than it could be
        answer_of_42(SEQUENCE, FRAME_ANSWER),      // with a byte behind it
        answer_of_42(SEQUENCE, FRAME_ANSWER),      // longer than frames are
    };
    const size_t count = sizeof frames / sizeof *frames;

    ck_assert(parcel_append(&frames[count - 2], "x", 1));
    memset(frames[count - 1].bytes, 0xff, 4);
    for (size_t i = 0; i < count; i++) {
        ck_assert_msg(!is_taken(&frames[i]), "frame %zu was taken", i);
        parcel_free(&frames[i]);
    }
}
END_TEST

START_TEST(an_answer_without_end_is_refused)
{
    struct parcel payload = {0}, part;
    struct answer answer = {0};
    int parts = 0;

    payload.bytes = calloc(1, FRAME_PAYLOAD);
    payload.size = payload.room = FRAME_PAYLOAD;
    part =
        framed((struct frame){.sequence = SEQUENCE, .type = FRAME_ANSWER_PART},
               &payload);
    answer_expect(&answer, SEQUENCE);
    while (answer_take(&answer, part.bytes, part.size))
        ck_assert_int_lt(++parts, PARCEL_MOST / FRAME_PAYLOAD + 2);
    ck_assert(!answer.complete);
    parcel_free(&answer.fields);
    parcel_free(&part);
    parcel_free(&payload);
}
END_TEST

START_TEST(counts_that_are_none_are_refused)
{
    struct answer answer = {0};

    ck_assert(!answer_open(&answer));
    parcel_put_int(&answer.fields, 1LL << 40);
    ck_assert(!answer_open(&answer));
    answer_expect(&answer, SEQUENCE);
    parcel_put_int(&answer.fields, 2);
    parcel_put_bytes(&answer.fields, "read", 5);
    ck_assert(!answer_open(&answer));
    parcel_free(&answer.fields);
}
END_TEST

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
#include "tests/fuzz/fuzz_frame.c"

// A good answer with a few bits flipped, many times: what the fuzzer begins
// with.
START_TEST(damaged_answers_do_no_harm)
{
    struct parcel sent = answer_of_42(SEQUENCE, FRAME_ANSWER);
    unsigned char bytes[128];

    srand(1);
    for (int round = 0; round < 200000; round++) {
        bytes[0] = (unsigned char)rand();
        memcpy(bytes + 1, sent.bytes, sent.size);
        for (int flips = rand() % 4; flips > 0; flips--)
            bytes[1 + (size_t)rand() % sent.size] ^=
                (unsigned char)(1 << rand() % 8);
        LLVMFuzzerTestOneInput(bytes, 1 + (size_t)rand() % (sent.size + 1));
    }
    parcel_free(&sent);
}
END_TEST

// ---- Endings ----------------------------------------------------------------

static void tells(struct ending ending, const char *wanted)
{
    char *told;

    lang_set("en");
    ending.operation = "add";
    ending.said = ending.said ? ending.said : "";
    told = ending_tell(&ending);
    ck_assert_msg(strstr(told, wanted), "\"%s\" is not in \"%s\"", wanted,
                  told);
    free(told);
}

START_TEST(an_ending_says_what_happened)
{
    tells((struct ending){.outcome = EXITED, .code = 0}, "exit status 0");
    tells((struct ending){.outcome = EXITED, .code = ENDING_CLOSED},
          "closed a descriptor");
    tells((struct ending){.outcome = EXITED, .code = ENDING_NULL},
          "the pointer is NULL");
    tells((struct ending){.outcome = KILLED, .code = SIGSEGV}, "SIGSEGV");
    tells((struct ending){.outcome = KILLED, .code = SIGRTMIN}, "SIG?");
    tells((struct ending){.outcome = LATE, .seconds = 5, .waits_in = "read"},
          "it waits in read()");
    tells((struct ending){.outcome = LATE, .seconds = 5}, "round and round");
    tells((struct ending){.outcome = LATE}, "time for this promise is over");
    tells((struct ending){.outcome = FLOODED}, "64 MiB");
    tells((struct ending){.outcome = FORGED}, "not its own");
}
END_TEST

static void reports(const char *report, const char *wanted)
{
    tells((struct ending){.outcome = EXITED, .code = 86, .said = report},
          wanted);
}

// As gcc's library names the file, then as clang's does.
START_TEST(a_sanitizer_report_is_told_by_the_students_lines)
{
    reports(
        "==7==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x6\n"
        "READ of size 4 at 0x602000000014 thread T0\n"
        "    #0 0x55 in sum labs/00_start/start.c:27\n"
        "    #1 0x55 in call_sum /tmp/t/00/src/tools/grader/adapter.c:14\n"
        "0x6c is located 0 bytes to the right of 12-byte region [0x60,0x6c)"
        "\nallocated by thread T0 here:\n"
        "    #0 0x7f in __interceptor_calloc ../../asan_malloc.cpp:77\n",
        "AddressSanitizer: heap-buffer-overflow\nREAD of size 4\n"
        "  in sum, start.c:27\n0 bytes to the right of 12-byte region");
    reports(
        "==7==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x6\n"
        "    #0 0x55 in memcpy (/lib/libasan.so.8+0x1)\n"
        "    #1 0x55 in sum /tmp/t/00/src/labs/00_start/start.c:27:14\n",
        "heap-buffer-overflow\n  in sum, start.c:27:14");
}
END_TEST

START_TEST(each_kind_of_sanitizer_report_is_told)
{
    reports("==7==ERROR: LeakSanitizer: detected memory leaks\n\n"
            "Direct leak of 8 byte(s) in 1 object(s) allocated from:\n"
            "    #0 0x7f in malloc (/lib/libasan.so.8+0x1)\n"
            "    #1 0x55 in load labs/00_start/start.c:3\n",
            "detected memory leaks\nDirect leak of 8 byte(s) in 1 object(s) "
            "allocated from:\n  in load, start.c:3");
    reports("==7==ERROR: AddressSanitizer: heap-use-after-free on address 0x6\n"
            "    #0 0x55 in use labs/00_start/start.c:9\n"
            "freed by thread T0 here:\n"
            "    #0 0x7f in free (/lib/libasan.so.8+0x1)\n"
            "    #1 0x55 in drop labs/00_start/start.c:5\n",
            "  in use, start.c:9\nfreed by thread T0 here:\n"
            "  in drop, start.c:5");
    reports("AddressSanitizer:DEADLYSIGNAL\n"
            "==7==ERROR: AddressSanitizer: SEGV on unknown address 0x0\n"
            "allocated by thread T0 here:\n    #0 0x7f in malloc (/lib/a)\n",
            "found:\nAddressSanitizer: SEGV");
}
END_TEST

// ---- Patience ---------------------------------------------------------------

static bool is_over_for(pid_t pid, bool *starved)
{
    struct patience patience = patience_begin(pid, 50);

    while (!patience_is_over(&patience, starved))
        poll(NULL, 0, 5);
    return true;
}

// Who blocks wants no processor: its time runs on a busy machine as well.
START_TEST(who_waits_has_had_its_time)
{
    bool starved = true;
    pid_t child = fork();

    if (child == 0)
        pause();
    ck_assert(is_over_for(child, &starved));
    ck_assert(!starved);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
}
END_TEST

START_TEST(the_dead_have_had_their_time_too)
{
    bool starved;
    pid_t child = fork();

    if (child == 0)
        _exit(0);
    waitpid(child, NULL, 0);
    ck_assert(is_over_for(child, &starved));
}
END_TEST

START_TEST(who_works_is_seen_to_work)
{
    pid_t child = fork();
    struct proc_times times;

    if (child == 0)
        for (volatile int i = 0;; i++)
            continue;
    do
        times = proc_times_below(getpid());
    while (times.cpu_ms - proc_times(getpid()).cpu_ms < 50);
    ck_assert_int_ge(proc_times(child).cpu_ms, 50);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
}
END_TEST

// ---- The box ----------------------------------------------------------------

static pid_t start_shell(const char *script)
{
    char *arguments[] = {"/bin/sh", "-c", (char *)script, NULL};
    char *environment[] = {"PATH=/usr/bin:/bin", NULL};
    struct box_plan plan = {.arguments = arguments,
                            .environment = environment,
                            .folder = "/",
                            .output = STDOUT_FILENO,
                            .error = STDERR_FILENO,
                            .extra = {-1, -1}};

    return box_start(&plan);
}

// In a process of its own, since a process enters once. The pipe's other end is
// held by whatever lives in the box: its end of file is the end of them all.
static int box_that_holds(const char *script, bool with_namespace)
{
    int ends[2];
    char byte;
    pid_t child;

    ck_assert_int_eq(pipe(ends), 0);
    child = fork();
    if (child == 0) {
        pid_t inside;

        if (!with_namespace)
            setenv("TELAR_NO_NAMESPACE", "1", 1);
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        if (!box_enter(0) || (inside = start_shell(script)) < 0)
            _exit(1);
        waitpid(inside, NULL, 0);
        box_leave();
        close(STDOUT_FILENO);
        _exit(0);
    }
    close(ends[1]);
    while (read(ends[0], &byte, 1) > 0)
        continue;
    close(ends[0]);
    return child;
}

static void holds(const char *script, bool with_namespace)
{
    int status;

    ck_assert_int_gt(
        waitpid(box_that_holds(script, with_namespace), &status, 0), 0);
    ck_assert_int_eq(status, 0);
}

START_TEST(a_box_lets_nothing_out)
{
    static const char *const scripts[] = {
        "sleep 1000 &",
        "setsid sleep 1000 & exit 0",
        "trap '' TERM INT HUP; (trap '' TERM; sleep 1000 & sleep 1000) & :",
        "setsid sh -c 'setsid sh -c \"sleep 1000 & sleep 1000\" & :' & :",
    };

    holds(scripts[_i / 2], _i % 2);
}
END_TEST

START_TEST(a_program_that_is_not_there_is_told)
{
    char *arguments[] = {"/no/such/program", NULL}, *none[] = {NULL};
    struct box_plan plan = {.arguments = arguments,
                            .environment = none,
                            .folder = "/",
                            .output = 1,
                            .error = 2,
                            .extra = {-1, -1}};

    int status;
    pid_t child = fork(); // a process that has entered does nothing else

    if (child == 0) {
        lang_set("en");
        bool started = box_enter(0) && box_start(&plan) >= 0;
        bool told = strcmp(box_trouble(), "/no/such/program: No such file or "
                                          "directory") == 0;

        box_leave();
        _exit(started || !told);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
}
END_TEST

// ---- Results ----------------------------------------------------------------

static struct brief_promise two_rows[] = {
    {.name = "one", .points = 3, .english = "One", .spanish = "Una"},
    {.name = "two", .level = 2, .points = 4, .english = "Two", .spanish = "D"},
};
static const struct brief brief = {
    .lab = "00_sum", .promises = two_rows, .promise_count = 2, .points = 7};

START_TEST(points_are_added_up_by_level)
{
    struct result *result = result_new(&brief, "labs", NULL, 1);

    result->findings[0].verdict = KEPT;
    result->findings[1].verdict = BROKEN;
    result_add_up(result);
    ck_assert_int_eq(result->status, GRADED);
    ck_assert_int_eq(result->earned, 3);
    ck_assert_int_eq(result->points, 7);
    ck_assert_int_eq(result->level_points[2], 4);
    result_free(result);
}
END_TEST

START_TEST(a_promise_without_a_verdict_is_the_graders_error)
{
    struct result *result = result_new(&brief, "labs", NULL, 1);

    result->findings[0].verdict = KEPT;
    result_add_up(result);
    ck_assert_int_eq(result->status, GRADER_ERROR);
    ck_assert_int_eq(result->earned, 0);
    result_free(result);
}
END_TEST

START_TEST(nothing_tried_is_no_pass)
{
    struct result *result = result_new(&brief, "labs", "no_such", 1);

    result_add_up(result);
    ck_assert_int_eq(result->status, GRADER_ERROR);
    result_free(result);
}
END_TEST

START_TEST(a_message_forges_nothing_in_json)
{
    static const char evil[] = "\"}],\"earned\":7\x1b[2J\xff\xfe\n\x01";
    struct result *result = result_new(&brief, "labs", NULL, 1);
    char *text;
    json_t *again, *all;

    result->findings[0].verdict = result->findings[1].verdict = BROKEN;
    result->findings[0].message = strdup(evil);
    result_add_up(result);
    all = result_json(result);
    text = json_dumps(all, 0);
    again = json_loads(text, 0, NULL);
    ck_assert_ptr_nonnull(again);
    ck_assert(json_equal(all, again));
    ck_assert_int_eq(json_integer_value(json_object_get(again, "earned")), 0);
    free(text);
    json_decref(all);
    json_decref(again);
    result_free(result);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("grader");
    TCase *protocol = tcase_create("protocol"), *box = tcase_create("box");
    TCase *results = tcase_create("results");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_set_timeout(protocol, 60);
    tcase_add_test(protocol, fields_come_back_as_they_were_put);
    tcase_add_test(protocol, a_field_of_the_other_kind_is_not_taken);
    tcase_add_test(protocol, a_field_that_is_cut_short_is_not_taken);
    tcase_add_test(protocol, a_parcel_has_an_end);
    tcase_add_test(protocol, an_answer_is_understood_in_pieces_of_any_size);
    tcase_add_test(protocol, a_forged_frame_is_refused);
    tcase_add_test(protocol, an_answer_without_end_is_refused);
    tcase_add_test(protocol, counts_that_are_none_are_refused);
    tcase_add_test(protocol, damaged_answers_do_no_harm);
    tcase_add_test(protocol, an_ending_says_what_happened);
    tcase_add_test(protocol, a_sanitizer_report_is_told_by_the_students_lines);
    tcase_add_test(protocol, who_waits_has_had_its_time);
    tcase_add_test(protocol, the_dead_have_had_their_time_too);
    tcase_add_test(protocol, who_works_is_seen_to_work);
    tcase_add_test(protocol, each_kind_of_sanitizer_report_is_told);
    tcase_set_timeout(box, 60);
    tcase_add_loop_test(box, a_box_lets_nothing_out, 0, 8);
    tcase_add_test(box, a_program_that_is_not_there_is_told);
    tcase_add_test(results, points_are_added_up_by_level);
    tcase_add_test(results, a_promise_without_a_verdict_is_the_graders_error);
    tcase_add_test(results, nothing_tried_is_no_pass);
    tcase_add_test(results, a_message_forges_nothing_in_json);
    suite_add_tcase(suite, protocol);
    suite_add_tcase(suite, box);
    suite_add_tcase(suite, results);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
