// test_command.c - commands are written so that they can be read again
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "tools/explorer/command.h"

static struct wordlist words;

static void words_are(const char *command, const char *wanted)
{
    char joined[200] = "";

    words = (struct wordlist){0};
    ck_assert(command_cut(command, &words));
    for (size_t i = 0; i < words.count; i++) {
        strcat(joined, i ? "|" : "");
        strcat(joined, words.words[i]);
    }
    ck_assert_str_eq(joined, wanted);
    wordlist_free(&words);
}

START_TEST(words_are_cut_as_a_shell_does)
{
    words_are("", "");
    words_are("  ", "");
    words_are("bank.c  --points sync ", "bank.c|--points|sync");
    words_are("'a b' ''", "a b|");
    words_are("'it'\\''s' x", "it's|x");
    words_are("--schedule '1:sync:0:0*5,1*1' -- 2",
              "--schedule|1:sync:0:0*5,1*1|--|2");
}
END_TEST

START_TEST(a_quotation_that_does_not_end_is_refused)
{
    words = (struct wordlist){0};
    ck_assert(!command_cut("a 'b c", &words));
    wordlist_free(&words);
}
END_TEST

START_TEST(what_was_written_is_read)
{
    static char *given[] = {"a b.c", "it's", "$(rm)", "", "*", "x\\y"};
    struct wordlist files = {given, 6, 6};
    char *text = command_files(&files, &(struct build_request){.cc = "gcc"});

    words_are(text, "a b.c|it's|$(rm)||*|x\\y|--cc|gcc");
    free(text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("command");
    TCase *tcase = tcase_create("command");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_test(tcase, words_are_cut_as_a_shell_does);
    tcase_add_test(tcase, a_quotation_that_does_not_end_is_refused);
    tcase_add_test(tcase, what_was_written_is_read);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
