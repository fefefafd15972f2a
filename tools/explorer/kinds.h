// kinds.h - words that the engine and those who read its reports share
//
// Interface: enum failure_kind, FAILURE_KINDS, OPERATIONS.
// Threads: none. Ownership: constants only.
#ifndef TELAR_KINDS_H
#define TELAR_KINDS_H

//    name, its word in reports and in JSON, English, Spanish, the check that
//    asks for it (--check)
#define FAILURE_KINDS(X)                                                       \
    X(NO_FAILURE, none, "none", "ninguno", none)                               \
    X(DATA_RACE, data_race, "data race", "carrera de datos", race)             \
    X(DEADLOCK, deadlock, "deadlock", "interbloqueo", deadlock)                \
    X(LOST_WAKEUP, lost_wakeup, "lost wakeup", "despertar perdido", deadlock)  \
    X(LIVELOCK, livelock, "livelock", "bloqueo activo (livelock)", deadlock)   \
    X(ASSERTION, assertion, "assertion failed", "aserción fallida", assert)    \
    X(CRASH, crash, "crash", "caída del programa", assert)                     \
    X(USE_AFTER_FREE, use_after_free, "use after free",                        \
      "uso después de liberar", memory)                                        \
    X(USE_AFTER_RETURN, use_after_return, "use of a dead local variable",      \
      "uso de una variable local que ya no existe", memory)                    \
    X(DOUBLE_FREE, double_free, "double free", "doble liberación", memory)     \
    X(OUT_OF_BOUNDS, out_of_bounds, "access out of bounds",                    \
      "acceso fuera de límites", memory)                                       \
    X(LOCK_MISUSE, lock_misuse, "invalid use of a lock",                       \
      "uso inválido de un cerrojo", deadlock)                                  \
    X(LEAK, leak, "memory leak", "fuga de memoria", leak)

#define FAILURE_ENUM(name, word, english, spanish, check) name,
enum failure_kind { FAILURE_KINDS(FAILURE_ENUM) FAILURE_KIND_COUNT };
#undef FAILURE_ENUM

// What a task is about to do. PLAIN: no choice between tasks depends on it; it
// is done as soon as it can be and is no event of the search. CELL: touches
// memory. OBJECT: touches objects of synchronisation. NOTE: is only told.
#define OPERATIONS(X)                                                          \
    X(START, PLAIN)    /* begin to run */                                      \
    X(CONTINUE, PLAIN) /* go on, after creating a task */                      \
    X(JOIN, PLAIN)     /* until task `object` has finished */                  \
    X(LEAVE, PLAIN)    /* until the barrier opens */                           \
    X(EXIT, PLAIN)     /* of the process: when nobody else can run */          \
    X(STOP, PLAIN)     /* for ever, and that is no failure */                  \
    X(READ, CELL)      /* of memory that is shared */                          \
    X(WRITE, CELL)                                                             \
    X(UPDATE, CELL)  /* read and write in one: atomic */                       \
    X(SECTION, CELL) /* begins what nobody interrupts */                       \
    X(LOCK, OBJECT)                                                            \
    X(TRYLOCK, OBJECT)                                                         \
    X(TIMEDLOCK, OBJECT)                                                       \
    X(UNLOCK, OBJECT)                                                          \
    X(READ_LOCK, OBJECT)                                                       \
    X(TRY_READ_LOCK, OBJECT)                                                   \
    X(TIMED_READ_LOCK, OBJECT)                                                 \
    X(WRITE_LOCK, OBJECT)                                                      \
    X(TRY_WRITE_LOCK, OBJECT)                                                  \
    X(TIMED_WRITE_LOCK, OBJECT)                                                \
    X(READ_WRITE_UNLOCK, OBJECT)                                               \
    X(COND_WAIT, OBJECT)  /* releases the mutex and begins to wait */          \
    X(COND_SLEEP, OBJECT) /* waits: only expiry or a spurious wakeup run it */ \
    X(RELOCK, OBJECT)     /* woken: takes the mutex again */                   \
    X(SIGNAL, OBJECT)                                                          \
    X(BROADCAST, OBJECT)                                                       \
    X(SEM_WAIT, OBJECT)                                                        \
    X(SEM_TRYWAIT, OBJECT)                                                     \
    X(SEM_TIMEDWAIT, OBJECT)                                                   \
    X(SEM_POST, OBJECT)                                                        \
    X(SEM_VALUE, OBJECT)                                                       \
    X(BARRIER, OBJECT)   /* arrives */                                         \
    X(ONCE, OBJECT)      /* may run the routine */                             \
    X(ONCE_DONE, OBJECT) /* has run it */                                      \
    X(DESTROY, OBJECT)                                                         \
    X(CREATE, NOTE) /* of task `object` */                                     \
    X(SLEEP, NOTE)                                                             \
    X(YIELD, NOTE)                                                             \
    X(ALLOCATE, NOTE)                                                          \
    X(FREE, NOTE)

#define OPERATION_ENUM(name, class) OP_##name,
enum op_kind { OPERATIONS(OPERATION_ENUM) OP_KINDS };
#undef OPERATION_ENUM

enum op_class { CLASS_PLAIN, CLASS_CELL, CLASS_OBJECT, CLASS_NOTE };

// What an object of synchronisation is.
#define OBJECT_KINDS(X)                                                        \
    X(ANY_OBJECT, any, "object", "objeto")                                     \
    X(MUTEX, mutex, "mutex", "mutex")                                          \
    X(CONDITION, condition, "condition", "condición")                          \
    X(SEMAPHORE, semaphore, "semaphore", "semáforo")                           \
    X(READ_WRITE, rwlock, "read-write lock", "cerrojo de lectura y escritura") \
    X(BARRIER_OBJECT, barrier, "barrier", "barrera")                           \
    X(ONCE_OBJECT, once, "once", "once")                                       \
    X(SPIN, spin, "spin lock", "cerrojo giratorio")                            \
    X(ATOMIC_CELL, atomic, "atomic", "atómica")

#define OBJECT_ENUM(name, word, english, spanish) name,
enum object_kind { OBJECT_KINDS(OBJECT_ENUM) OBJECT_KIND_COUNT };
#undef OBJECT_ENUM

// The alternatives of an operation that could go on in several ways.
enum alternative {
    GO = 0, // SIGNAL: wake waiter number 0, 1, ... in the order of waiting
    EXPIRE = 200,
    SPURIOUS = 201,
};

#endif
