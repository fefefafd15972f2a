// play_words.c - what a thread is about to do, in words
#include "runtime/message.h"
#include "tools/explorer/play_words.h"

static const struct {
    const char *english, *spanish;
} words[OP_KINDS] = {
    [OP_START] = {"is about to begin%.0s", "va a empezar%.0s"},
    [OP_CONTINUE] = {"is about to go on%.0s", "va a seguir%.0s"},
    [OP_JOIN] = {"is about to go on: %s has ended", "va a seguir: terminó %s"},
    [OP_LEAVE] = {"is about to leave %s", "va a salir de %s"},
    [OP_EXIT] = {"ends the program when nobody else can go on%.0s",
                 "termina el programa cuando nadie más pueda seguir%.0s"},
    [OP_STOP] = {"goes no further: an assumption does not hold%.0s",
                 "no sigue: no se cumple un supuesto%.0s"},
    [OP_SECTION] = {"is about to begin what nobody interrupts%.0s",
                    "va a empezar lo que nadie interrumpe%.0s"},
    [OP_READ] = {"is about to read %s", "va a leer %s"},
    [OP_WRITE] = {"is about to write %s", "va a escribir %s"},
    [OP_UPDATE] = {"is about to update %s, in one step",
                   "va a actualizar %s, en un solo paso"},
    [OP_LOCK] = {"is about to lock %s", "va a tomar %s"},
    [OP_TRYLOCK] = {"is about to try to lock %s", "va a intentar tomar %s"},
    [OP_TIMEDLOCK] = {"is about to lock %s, within a time limit",
                      "va a tomar %s, con un plazo"},
    [OP_UNLOCK] = {"is about to unlock %s", "va a soltar %s"},
    [OP_READ_LOCK] = {"is about to lock %s to read", "va a tomar %s para leer"},
    [OP_TRY_READ_LOCK] = {"is about to try to lock %s to read",
                          "va a intentar tomar %s para leer"},
    [OP_TIMED_READ_LOCK] = {"is about to lock %s to read, within a time limit",
                            "va a tomar %s para leer, con un plazo"},
    [OP_WRITE_LOCK] = {"is about to lock %s to write",
                       "va a tomar %s para escribir"},
    [OP_TRY_WRITE_LOCK] = {"is about to try to lock %s to write",
                           "va a intentar tomar %s para escribir"},
    [OP_TIMED_WRITE_LOCK] =
        {"is about to lock %s to write, within a time limit",
         "va a tomar %s para escribir, con un plazo"},
    [OP_READ_WRITE_UNLOCK] = {"is about to unlock %s", "va a soltar %s"},
    [OP_COND_WAIT] = {"is about to wait at %s, its mutex unlocked",
                      "va a esperar en %s y soltar el mutex"},
    [OP_COND_SLEEP] = {"waits at %s for a signal", "espera una señal en %s"},
    [OP_RELOCK] = {"was woken and is about to lock %s again",
                   "ya despertó y va a retomar %s"},
    [OP_SIGNAL] = {"is about to signal %s", "va a señalar %s"},
    [OP_BROADCAST] = {"is about to broadcast %s", "va a avisar a todos en %s"},
    [OP_SEM_WAIT] = {"is about to take one of %s",
                     "va a tomar una unidad de %s"},
    [OP_SEM_TRYWAIT] = {"is about to try to take one of %s",
                        "va a intentar tomar una unidad de %s"},
    [OP_SEM_TIMEDWAIT] = {"is about to take one of %s, within a time limit",
                          "va a tomar una unidad de %s, con un plazo"},
    [OP_SEM_POST] = {"is about to add one to %s", "va a sumar una unidad a %s"},
    [OP_SEM_VALUE] = {"is about to look at the value of %s",
                      "va a mirar el valor de %s"},
    [OP_BARRIER] = {"is about to arrive at %s", "va a llegar a %s"},
    [OP_ONCE] = {"is about to come to once %s", "va a llegar a once %s"},
    [OP_ONCE_DONE] = {"is about to complete once %s", "va a completar once %s"},
    [OP_DESTROY] = {"is about to destroy %s", "va a destruir %s"},
    [OP_CREATE] = {"is about to create %s", "va a crear %s"},
    [OP_SLEEP] = {"is about to sleep%.0s", "va a dormir%.0s"},
    [OP_YIELD] = {"is about to yield%.0s", "va a ceder el turno%.0s"},
    [OP_ALLOCATE] = {"is about to allocate%.0s", "va a reservar memoria%.0s"},
    [OP_FREE] = {"is about to free %s", "va a liberar %s"},
};

const char *coming_words(enum op_kind op)
{
    return M(words[op].english, words[op].spanish);
}
