// test_object_check.c - what gcc makes of tests/objects/*.c is accepted or
// refused as the first line of each says: "// accepted", "// refused: REGEX"
// (of the reason). Each is compiled here, as a student's file would be.
#include <check.h>
#include <fcntl.h>
#include <glob.h>
#include <limits.h>
#include <regex.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/message.h"
#include "tools/grader/object_check.h"
#include "tools/grader/object_value.h"

static glob_t samples;

// ---- Values -----------------------------------------------------------------

START_TEST(sums_of_the_same_unknowns_are_equal)
{
    struct value a = value_unknown(), b = value_unknown(), left, right;
    int64_t offset;

    left = value_add(value_add(value_scale(a, 8), b), value_number(24));
    right = value_add(b, value_scale(value_add(a, value_number(2)), 8));
    ck_assert(value_offset(&left, &right, &offset));
    ck_assert_int_eq(offset, 8);
    right = value_add(right, a);
    ck_assert(!value_offset(&left, &right, &offset));
    values_clear();
}
END_TEST

START_TEST(the_same_operation_on_the_same_values_is_one_unknown)
{
    struct value a = value_unknown(), b = value_unknown();
    struct value one = value_of('*', a, b), two = value_of('*', a, b);
    struct value three = value_of('*', b, a), left;
    int64_t offset;

    ck_assert(value_offset(&one, &two, &offset));
    ck_assert(!value_offset(&one, &three, &offset));
    ck_assert(value_is_of(&one, '*', &left));
    ck_assert(value_offset(&left, &a, &offset));
    values_clear();
}
END_TEST

START_TEST(what_is_taken_away_again_leaves_no_term)
{
    struct value a = value_unknown();
    struct value nothing = value_add(a, value_scale(a, -1ull));

    ck_assert(value_is_number(&nothing));
    ck_assert_uint_eq(nothing.number, 0);
    values_clear();
}
END_TEST

START_TEST(a_sum_of_many_unknowns_is_still_a_value)
{
    struct value one = value_number(0), two = value_number(0);
    int64_t offset;

    for (int i = 0; i < 3 * VALUE_TERMS; i++) {
        struct value each = value_unknown();

        one = value_add(one, each);
        two = value_add(two, each);
    }
    ck_assert(value_offset(&one, &two, &offset));
    values_clear();
}
END_TEST

// ---- Objects ----------------------------------------------------------------

static void compile(const char *source, const char *object)
{
    char *arguments[40] = {"gcc", "-w"};
    int count = 2, status;
    pid_t child;

    for (int i = 0; object_flags[i]; i++)
        arguments[count++] = (char *)object_flags[i];
    arguments[count++] = "-c";
    arguments[count++] = (char *)source;
    arguments[count++] = "-o";
    arguments[count++] = (char *)object;
    ck_assert_int_eq(
        posix_spawnp(&child, "gcc", NULL, NULL, arguments, environ), 0);
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_msg(status == 0, "%s does not compile", source);
}

static void read_first_line(const char *source, char *line, int size)
{
    FILE *file = fopen(source, "re");

    ck_assert_ptr_nonnull(file);
    ck_assert_ptr_nonnull(fgets(line, size, file));
    line[strcspn(line, "\n")] = '\0';
    fclose(file);
}

static bool matches(const char *text, const char *pattern)
{
    regex_t regex;
    bool does;

    ck_assert_int_eq(regcomp(&regex, pattern, REG_EXTENDED | REG_NOSUB), 0);
    does = regexec(&regex, text, 0, NULL, 0) == 0;
    regfree(&regex);
    return does;
}

static void judge(const char *source, const char *object)
{
    static const char *const nobody[] = {NULL};
    char line[256], *why = NULL;
    enum object_end end = object_check(object, nobody, &why);

    unlink(object);
    read_first_line(source, line, sizeof line);
    if (strcmp(line, "// accepted") == 0) {
        ck_assert_msg(end == OBJECT_ACCEPTED, "%s: %s", source, why);
    } else {
        ck_assert_msg(strncmp(line, "// refused: ", 12) == 0, "%s", source);
        ck_assert_msg(end == OBJECT_REFUSED, "%s is accepted", source);
        ck_assert_msg(matches(why, line + 12), "%s: %s", source, why);
    }
    free(why);
}

START_TEST(an_object_is_judged_as_its_first_line_says)
{
    const char *temporary = getenv("TMPDIR");
    char object[PATH_MAX];

#ifndef __x86_64__
    return; // object_check says OBJECT_UNCHECKED, and the grader tells
#endif
    lang_set("en");
    snprintf(object, sizeof object, "%s/telar-object-%d.o",
             temporary && *temporary ? temporary : "/tmp", (int)getpid());
    compile(samples.gl_pathv[_i], object);
    judge(samples.gl_pathv[_i], object);
}
END_TEST

START_TEST(what_is_no_object_is_told)
{
    static const char *const nobody[] = {NULL};
    char *why = NULL;

    ck_assert_int_eq(object_check("Makefile", nobody, &why), OBJECT_UNREADABLE);
    ck_assert_ptr_nonnull(why);
    free(why);
    ck_assert_int_eq(object_check("no/such/file", nobody, &why),
                     OBJECT_UNREADABLE);
    free(why);
}
END_TEST

// Truncated and damaged objects: any answer but a crash.
START_TEST(a_damaged_object_does_no_harm)
{
    static const char *const nobody[] = {NULL};
    char object[] = "/tmp/telar-damaged-XXXXXX", byte, *why = NULL;
    int fd = mkstemp(object);
    off_t size;

    ck_assert_int_ge(fd, 0);
    compile("tests/objects/honest_queue.c", object);
    close(fd);
    fd = open(object, O_RDWR | O_CLOEXEC);
    size = lseek(fd, 0, SEEK_END);
    for (off_t at = 0; at < size; at += 97) {
        ck_assert_int_eq(pread(fd, &byte, 1, at), 1);
        byte = (char)~byte;
        ck_assert_int_eq(pwrite(fd, &byte, 1, at), 1);
        object_check(object, nobody, &why);
        free(why);
        byte = (char)~byte;
        ck_assert_int_eq(pwrite(fd, &byte, 1, at), 1);
    }
    ck_assert_int_eq(ftruncate(fd, size / 2), 0);
    object_check(object, nobody, &why);
    free(why);
    close(fd);
    unlink(object);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("object check");
    TCase *row = tcase_create("values"), *objects = tcase_create("objects");
    SRunner *runner;
    int failed;

    tcase_add_test(row, sums_of_the_same_unknowns_are_equal);
    tcase_add_test(row, the_same_operation_on_the_same_values_is_one_unknown);
    tcase_add_test(row, what_is_taken_away_again_leaves_no_term);
    tcase_add_test(row, a_sum_of_many_unknowns_is_still_a_value);
    suite_add_tcase(suite, row);
    if (glob("tests/objects/*.c", 0, NULL, &samples) != 0)
        return 2;
    tcase_set_timeout(objects, 60);
    tcase_add_loop_test(objects, an_object_is_judged_as_its_first_line_says, 0,
                        (int)samples.gl_pathc);
    tcase_add_test(objects, what_is_no_object_is_told);
    tcase_add_test(objects, a_damaged_object_does_no_harm);
    suite_add_tcase(suite, objects);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    globfree(&samples);
    return failed != 0;
}
