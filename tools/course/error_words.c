// error_words.c - the errors that files and programs meet, in Spanish
#include <errno.h>
#include <string.h>

#include "runtime/message.h"
#include "tools/course/error_words.h"

static const struct {
    int number;
    const char *spanish;
} usual[] = {
    {ENOENT, "no existe el archivo o la carpeta"},
    {EACCES, "permiso denegado"},
    {EPERM, "operación no permitida"},
    {EEXIST, "ya existe"},
    {ENOTDIR, "no es una carpeta"},
    {EISDIR, "es una carpeta"},
    {ENOSPC, "no queda espacio en el disco"},
    {EDQUOT, "se agotó la cuota de disco"},
    {EROFS, "el sistema de archivos es de solo lectura"},
    {EIO, "error de entrada o salida"},
    {EPIPE, "nadie lee el otro extremo de la tubería"},
    {ENOMEM, "no alcanza la memoria"},
    {EMFILE, "demasiados archivos abiertos"},
    {ENFILE, "demasiados archivos abiertos en el sistema"},
    {EFBIG, "archivo demasiado grande"},
    {ENAMETOOLONG, "nombre demasiado largo"},
    {ELOOP, "demasiados enlaces simbólicos"},
    {ENOEXEC, "no es un programa ejecutable"},
    {EAGAIN, "recurso no disponible por ahora"},
    {EINVAL, "argumento no válido"},
    {ENXIO, "no existe ese dispositivo"},
};

const char *error_words(int number)
{
    for (size_t i = 0; lang_is_spanish && i < sizeof usual / sizeof *usual; i++)
        if (usual[i].number == number)
            return usual[i].spanish;
    return strerror(number);
}
