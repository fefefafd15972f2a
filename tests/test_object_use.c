// test_object_use.c - what an object takes from others is seen, however hidden
#include <check.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/grader/object_use.h"

static const char *const names[] = {"memcpy", "puts", NULL};
static const char *const nobody[] = {NULL};
static char folder[64], source[96], object[96];

static void compile(const char *code)
{
    char *arguments[] = {"cc", "-g",   "-O1", "-D_GNU_SOURCE", "-w",
                         "-c", source, "-o",  object,          NULL};
    FILE *file = MUST(fopen(source, "w"));
    pid_t child;
    int status;

    fputs(code, file);
    fclose(file);
    ck_assert_int_eq(posix_spawnp(&child, "cc", NULL, NULL, arguments, environ),
                     0);
    MUST(waitpid(child, &status, 0));
    ck_assert_int_eq(status, 0);
}

static void make_folder(void)
{
    const char *place = getenv("TMPDIR");

    lang_set("en");
    snprintf(folder, sizeof folder, "%.40s/useXXXXXX", place ? place : "/tmp");
    MUST(mkdtemp(folder));
    snprintf(source, sizeof source, "%s/heap.c", folder);
    snprintf(object, sizeof object, "%s/heap.c.o", folder);
}

static void remove_folder(void)
{
    unlink(source);
    unlink(object);
    rmdir(folder);
}

START_TEST(listed_names_and_own_ones_are_accepted)
{
    static const char *const good[] = {
        "#include <string.h>\nvoid f(char *a, int n) { memcpy(a, a + n, n); }",
        "static int own(int n) { return n; } int f(int n) { return own(n); }",
        "int f(unsigned long n) { return __builtin_popcountl(n); }",
        "long f(int n) { switch (n) { case 1: return 1295; case 2: return 7;\n"
        "case 3: return 9; case 4: return f(n + 1); case 5: return 0x50f;\n"
        "default: return 3; } }",
    };
    char *why;

    compile(good[_i]);
    ck_assert_int_eq(object_use(object, nobody, names, &why), OBJECT_ACCEPTED);
}
END_TEST

START_TEST(whatever_else_is_refused_by_its_name_and_line)
{
    static const struct {
        const char *code, *why;
    } bad[] = {
        {"#include <stdlib.h>\nvoid *f(int n)\n{\n    return malloc(n);\n}",
         "heap.c:4 uses malloc"},
        {"#include <stdlib.h>\nvoid *(*const f)(size_t) = malloc;",
         "heap.c uses malloc"},
        {"extern int g(int) __asm__(\"sbrk\");\nint f(int n)\n{\n"
         "    return g(n) + 1;\n}",
         "heap.c:4 uses sbrk"},
        {"int mprotect(void)\n{\n    return 0;\n}",
         "heap.c defines mprotect, a name that is taken (static would do)"},
        {"__attribute__((section(\".own,\\\"awx\\\"#\"))) int f(void)\n"
         "{\n    return 1;\n}",
         "heap.c has memory that can be written and run"},
        {"__asm__(\".section .note.GNU-stack,\\\"x\\\"; .text\");",
         "heap.c has memory that can be written and run"},
#ifdef __x86_64__
        {"void f(void)\n{\n    __asm__(\"syscall\");\n}",
         "heap.c:3 makes a system call by itself (syscall)"},
        {"void f(void)\n{\n    __asm__(\"int $0x80\");\n}",
         "heap.c:3 makes a system call by itself (int)"},
        {"void f(void)\n{\n"
         "    __asm__(\"jmp 1f; .byte 0xa9; 1: syscall; nop; nop\");\n}",
         "heap.c:3 jumps into the middle of an instruction"},
        {"void f(void)\n{\n    __asm__(\".byte 0x06\");\n}",
         "heap.c:3 has bytes that are no instruction"},
        {"__attribute__((section(\".text.g\"))) void g(void) {}\n"
         "void f(void)\n{\n    __asm__(\"call g+1\");\n}",
         "heap.c:4 jumps into the middle of an instruction"},
        {"#include <string.h>\nvoid f(void)\n{\n"
         "    __asm__(\"jmp memcpy+3\");\n}",
         "heap.c:4 jumps into the middle of an instruction"},
        {"void f(void)\n{\n    __asm__(\"jmp memcpy; .reloc .-4, "
         "R_X86_64_PC32, memcpy+3\");\n}",
         "heap.c:3 has an instruction that is made when it is linked"},
        {"void f(void)\n{\n    __asm__(\"lea f+1(%rip), %rax\");\n}",
         "heap.c:3 jumps into the middle of an instruction"},
        {"void f(void)\n{\n"
         "    __asm__(\".reloc ., R_X86_64_16, 0x50f; nop; nop\");\n}",
         "heap.c:3 has an instruction that is made when it is linked"},
        {"void f(void)\n{\n    __asm__(\"jmp memcpy; .reloc .-1, "
         "R_X86_64_8, 5\");\n}",
         "heap.c:3 has an instruction that is made when it is linked"},
#endif
    };
    char *why;

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        compile(bad[i].code);
        ck_assert_msg(object_use(object, nobody, names, &why) == OBJECT_REFUSED,
                      "%s", bad[i].why);
        ck_assert_str_eq(why, bad[i].why);
        free(why);
    }
}
END_TEST

START_TEST(variables_of_every_kind_count)
{
    static const char *const kinds[] = {
        "char f[1000];",
        "char f[1000] = \"a\";",
        "_Thread_local char f[1000];",
        "_Thread_local char f[1000] = \"a\";",
        "__attribute__((common)) char f[1000];",
        "int f(void) { static char own[1000]; return own[own[0]++]; }",
        "char f[1000] __attribute__((section(\"other\"))) = \"a\";",
    };
    char *why;

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        compile(kinds[i]);
        ck_assert_int_eq(object_static_bytes(object, &why), 1000);
    }
    compile("const char f[1000] = \"a\"; int g(void) { return f[9]; }");
    ck_assert_int_eq(object_static_bytes(object, &why), 0);
}
END_TEST

START_TEST(what_is_no_object_is_unreadable)
{
    char *why;

    ck_assert_int_eq(object_use("/dev/null", nobody, names, &why),
                     OBJECT_UNREADABLE);
    free(why);
    ck_assert_int_eq(object_static_bytes("/dev/null", &why), -1);
    free(why);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("object_use");
    TCase *tests = tcase_create("object_use");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, make_folder, remove_folder);
    tcase_add_loop_test(tests, listed_names_and_own_ones_are_accepted, 0, 4);
    tcase_add_test(tests, whatever_else_is_refused_by_its_name_and_line);
    tcase_add_test(tests, variables_of_every_kind_count);
    tcase_add_test(tests, what_is_no_object_is_unreadable);
    suite_add_tcase(suite, tests);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
