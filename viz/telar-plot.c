// telar-plot.c - ./telar plot NN|TOPIC [CHART...]: a lesson's charts
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/chart.h"
#include "tools/course/course.h"
#include "tools/course/terminal.h"
#include "tools/player/stop.h"
#include "viz/plot.h"

static const char help_en[] =
    "usage: ./telar plot NN|TOPIC [CHART...] [options]\n"
    "       ./telar plot --all [options]\n"
    "\n"
    "Measures on this machine and draws the charts of a lesson: SVG, PNG, and\n"
    "here in letters, with a table of the medians.\n"
    "  --quick          the short measurement, of 1 or 2 seconds a chart\n"
    "  --from FOLDER    draw again from FOLDER/CHART.csv; nothing is measured\n"
    "  --output FOLDER  instead of build/charts/NN_topic\n"
    "  --timeout S      what a program may take (300, --quick: 30)\n"
    "  --plain          the table alone, no picture in letters\n"
    "  --brief          without the names of the files\n"
    "  --untitled       pictures for a page that says the title above them\n"
    "  --columns N      width of what is printed (else the terminal's)\n"
    "  --all            every lesson that has charts\n"
    "  --lang LANG      es or en\n"
    "\n"
    "In that folder: CHART.csv (what was measured), CHART.summary.csv\n"
    "(medians), CHART.facts, CHART.measured (when, on what machine), "
    "CHART.svg,\n"
    "CHART.png and CHART.gp; \"gnuplot CHART.gp\" there draws the same again.\n"
    "\n"
    "Exit status: 0 all drawn, 2 something could not be done.\n";
static const char help_es[] =
    "uso: ./telar plot NN|TEMA [GRÁFICO...] [opciones]\n"
    "     ./telar plot --all [opciones]\n"
    "\n"
    "Mide en esta máquina y dibuja los gráficos de una lección: SVG, PNG y\n"
    "aquí con letras, junto a una tabla de las medianas.\n"
    "  --quick           la medición corta, de 1 o 2 segundos por gráfico\n"
    "  --from CARPETA    dibuja de nuevo CARPETA/GRÁFICO.csv, sin medir nada\n"
    "  --output CARPETA  en lugar de build/charts/NN_tema\n"
    "  --timeout S       lo que puede tardar un programa (300; --quick: 30)\n"
    "  --plain           solo la tabla, sin dibujo con letras\n"
    "  --brief           sin los nombres de los archivos\n"
    "  --untitled        imágenes para una página que ya dice el título\n"
    "  --columns N       ancho de lo que se muestra (si no, el de la "
    "terminal)\n"
    "  --all             todas las lecciones que tienen gráficos\n"
    "  --lang IDIOMA     es o en\n"
    "\n"
    "En esa carpeta quedan GRÁFICO.csv (lo medido), GRÁFICO.summary.csv\n"
    "(medianas), GRÁFICO.facts, GRÁFICO.measured (cuándo y en qué máquina),\n"
    "GRÁFICO.svg, GRÁFICO.png y GRÁFICO.gp; ahí \"gnuplot GRÁFICO.gp\" dibuja\n"
    "otra vez las mismas imágenes.\n"
    "\n"
    "Estado de salida: 0 todo dibujado, 2 algo no se pudo hacer.\n";

enum { LONGEST_TIMEOUT_S = 86400, WIDEST_COLUMNS = 500 };

struct request {
    struct plot_options plot;
    const char *lang, *unknown; // an argument that means nothing here
    const char *timeout, *columns;
    bool all, help;
};

static void take(struct request *request, int option)
{
    switch (option) {
    case 'q':
        request->plot.quick = true;
        break;
    case 'f':
        request->plot.from = optarg;
        break;
    case 'o':
        request->plot.output = optarg;
        break;
    case 't':
        request->timeout = optarg;
        break;
    case 'c':
        request->columns = optarg;
        break;
    case 'p':
        request->plot.plain = true;
        break;
    case 'b':
        request->plot.brief = true;
        break;
    case 'u':
        request->plot.untitled = true;
        break;
    case 'a':
        request->all = true;
        break;
    case 'l':
        request->lang = optarg;
        break;
    default:
        request->help = true;
    }
}

static void parse(struct request *request, int argc, char **argv)
{
    static const struct option options[] = {
        {"quick", no_argument, NULL, 'q'},
        {"from", required_argument, NULL, 'f'},
        {"output", required_argument, NULL, 'o'},
        {"timeout", required_argument, NULL, 't'},
        {"columns", required_argument, NULL, 'c'},
        {"plain", no_argument, NULL, 'p'},
        {"brief", no_argument, NULL, 'b'},
        {"untitled", no_argument, NULL, 'u'},
        {"all", no_argument, NULL, 'a'},
        {"lang", required_argument, NULL, 'l'},
        {"help", no_argument, NULL, 'h'},
        {0},
    };
    int option;

    opterr = 0;
    while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
        if (option == '?')
            request->unknown = argv[optind - 1];
        else
            take(request, option);
    }
    request->plot.lesson = argv[optind];
    if (optind < argc) {
        request->plot.charts = argv + optind + 1;
        request->plot.chart_count = (size_t)(argc - optind - 1);
    }
}

// Reads a number of 1 to most; false, and said, when text is none.
static bool take_number(const char *option, const char *text, long most,
                        int *number)
{
    char *end;
    long value;

    if (!text)
        return true;
    value = strtol(text, &end, 10);
    if (end != text && !*end && value >= 1 && value <= most) {
        *number = (int)value;
        return true;
    }
    could_not(M("%s takes a number from 1 to %ld, not '%s'",
                "%s admite un número de 1 a %ld, no '%s'"),
              option, most, text);
    return false;
}

static int say_which(void)
{
    char **lessons, **charts, *list;
    size_t count = course_list("lessons", &lessons), size;
    FILE *out = MUST(open_memstream(&list, &size));

    for (size_t i = 0; i < count; i++) {
        size_t here = chart_list(lessons[i], &charts);

        if (here > 0)
            fprintf(out, " %s", lessons[i]);
        course_free(charts, here);
    }
    fclose(out);
    could_not(M("which lesson? These have charts:%s",
                "¿qué lección? Estas tienen gráficos:%s"),
              *list ? list : M(" none", " ninguna"));
    free(list);
    course_free(lessons, count);
    return 2;
}

static int obey(struct request *request)
{
    if (request->unknown)
        return could_not(M("plot does not understand '%s' "
                           "(./telar plot --help)",
                           "plot no entiende '%s' (./telar plot --help)"),
                         request->unknown);
    if (!take_number("--timeout", request->timeout, LONGEST_TIMEOUT_S,
                     &request->plot.timeout_s) ||
        !take_number("--columns", request->columns, WIDEST_COLUMNS,
                     &request->plot.columns))
        return 2;
    if (request->all &&
        (request->plot.lesson || request->plot.from || request->plot.output))
        return could_not("%s",
                         M("--all takes no lesson, --from or --output",
                           "--all no admite lección, --from ni --output"));
    if (request->all)
        return plot_all(&request->plot);
    return request->plot.lesson ? plot_lesson(&request->plot) : say_which();
}

int main(int argc, char **argv)
{
    struct request request = {.help = false};
    int status;

    parse(&request, argc, argv);
    if (!lang_set(request.lang)) {
        lang_set(NULL);
        return could_not(M("--lang takes es or en, not '%s'",
                           "--lang admite es o en, no '%s'"),
                         request.lang);
    }
    if (request.help) {
        fputs(M(help_en, help_es), stdout);
        return stop_flushed(0);
    }
    terminal_setup(request.plot.plain, NULL);
    request.plot.columns = terminal.width_columns;
    stop_setup();
    // gnuplot shows our letters, and numbers as the script says.
    MUST(setenv("LC_ALL", "C.UTF-8", 1));
    status = stop_flushed(obey(&request));
    stop_as_told();
    return status;
}
