// plain_source.c - the line at which each task stands, in words
#include <string.h>

#include "runtime/message.h"
#include "tools/course/terminal.h"
#include "viz/plain.h"
#include "viz/source.h"

enum { NAME = 300, LINE = 1024 };

static bool put_line(FILE *out, const struct model *model, uint32_t task,
                     bool is_first)
{
    const char *place = reader_name(model->reader, model->tasks[task].place);
    char name[NAME], file[256], text[LINE], line[2 * LINE];
    int number;

    if (!source_split(place, file, sizeof file, &number))
        return false;
    if (!source_line(model->reader->path, file, number, text, sizeof text))
        snprintf(text, sizeof text, "%s",
                 M("(the file is not here)", "(el archivo no está aquí)"));
    if (is_first)
        fputs(M("Where each one stands:\n", "Dónde está cada una:\n"), out);
    snprintf(line, sizeof line, "  %s: %s:%d: %s",
             model_task_label(model, task, name, sizeof name), file, number,
             text + strspn(text, " "));
    print_printable(out, line, strlen(line));
    fputc('\n', out);
    return true;
}

void plain_source(FILE *out, const struct model *model)
{
    bool is_first = true;

    for (uint32_t i = 1; i < model->task_count; i++)
        if (reader_entry(model->reader, i) && put_line(out, model, i, is_first))
            is_first = false;
    if (is_first)
        fputs(M("No lines of the source were recorded.\n",
                "No se registraron líneas del código.\n"),
              out);
}
