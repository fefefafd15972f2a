// protocol.h - how a driver and the engine inside the program speak
//
// The program under exploration, linked with the engine, is run by a driver
// (build.h says how it is made). Its arguments are the program's own. What the
// engine shall do stands in the environment variable TELAR_WEAVE, as words
// key=value with single spaces between them; what it found it writes to
// descriptor WEAVE_FD, one line each, fields with a tab between them. Text in a
// field has \t, \n, \\ and \xNN for what would not be printable. Addresses are
// 0x... hexadecimal, all else is decimal. The engine exits with 0 behind the
// line "end"; whatever else happens to it is not the program's failure but is
// told as what it is (a signal: the engine could not survive it).
//
// To be asked:
//   mode=search|replay
//   lang=en|es         of the texts in failures and refusals
//   points=sync|races|accesses  what is a choice, besides synchronisation,
//                      atomics and volatile accesses: nothing; accesses to
//                      memory that was seen in a data race; all accesses to
//                      shared memory
//   strategy=dfs|dpor|random|pos|walk|pct
//   preemptions=N      at most so many in an execution (dfs, random...; -1: any)
//   delays=N           (dfs) at most so many deviations from round robin (-1)
//   depth=N            (pct) number of change points (3)
//   max=N              executions, 0: no limit
//   seconds=S          0: no limit
//   steps=N            points in one execution, then it is cut off (20000)
//   spurious=N         wakeups without a reason, in one execution (1)
//   expiries=N         time limits that expire although somebody could run (2)
//   keep_going=0|1     do not stop at the first failure; a data race does not
//                      end the execution
//   kind=WORD          (search) only failures of this kind count
//   check=race,deadlock,assert,memory,leak
//   seed=K
//   states=0|1         (search) tell how many final states there were
//   schedule=STEPS     (replay) e.g. 0*5,1*3,w2,0*1,t0
//   then=stop|finish   (replay) at its end: look where everybody is, or go on
//                      with nobody preempted
//   detail=shared|all  (replay) steps: accesses to shared memory only, or all
//                      that are counted
//
// A schedule: segments TASK*STEPS, in order. A step is one access of the
// program that the compiler announces, or one call that synchronises.
// Behind a segment stands what its last step chose: wN, a signal woke waiter N
// (N > 0) instead of the first; tTASK, the time limit of the task's wait
// expired; sTASK, a wakeup without a reason.
//
// Lines of a search:
//   progress EXECUTIONS REDUNDANT FAILING         every 100 ms or so
//   failed   KIND EXECUTION PREEMPTIONS SCHEDULE  the first of each kind
//   weak     PC                     an atomic operation weaker than seq_cst
//   bound    NAME COUNT PC          something that limits what was looked at:
//            steps (executions cut off), expiries, spurious (the budget was
//            spent when more was possible), random, clock, input, heap,
//            output, unknown, threads, sections, signals, alone (bound.h)
//   status   EXIT_STATUS COUNT      executions that ended so
//   states   COUNT HASH             different final states; HASH of their set
//   done     EXHAUSTED EXECUTIONS REDUNDANT CUT FAILING FIRST SECONDS
//            EXHAUSTED 1: nothing is left to try within the bounds. REDUNDANT:
//            executions left early since done elsewhere. FIRST: number of the
//            first that failed, 0: none.
//
// Lines of a replay, in the order of what happened:
//   step     NUMBER TASK OP ALTERNATIVE ADDRESS SIZE VALUE PC POSITION PREEMPTS
//            NUMBER from 1. ADDRESS of the object or of the memory; of JOIN and
//            CREATE: the number of the other task. SIZE in bytes (accesses).
//            VALUE read or written, "-" unknown or wider than 8 bytes; of
//            what only tries: 1 it succeeded, 0 not.
//            POSITION: how many steps (of schedules) of the task came before.
//            PREEMPTS 1: the task before could have gone on.
//   wait     TASK OP ADDRESS PC OWNER  it came to an operation that it cannot
//            do now: the step follows when it can. OWNER: who has it, or -1
//   output   FD TASK TEXT
//   misfit   NUMBER TEXT     the schedule does not fit at segment NUMBER; end
//   failure  KIND TASK OTHER PC OTHER_PC ADDRESS SIZE TEXT    OTHER -1: nobody
//   frame    TASK DEPTH PC CFA         calls of each task, 0: innermost. CFA:
//            canonical address of the frame that PC lies in, 0: not known
//   task     NUMBER CREATOR START CREATED_PC LIFE OP ADDRESS PC RUNS CHOICES
//            at the end. LIFE live|finished. OP, ADDRESS, PC: what it is about
//            to do. RUNS 1: it could. CHOICES: alternatives, comma separated
//            ("0", "0,1", "200"). LIFE parked: waits in a loop, without effect
//   object   ADDRESS KIND OWNER COUNT PC DESTROYED LOST WAITERS
//            that the program used: OWNER task or -1; COUNT as object.h says;
//            PC of the latest acquisition; LOST signals that met no waiter;
//            WAITERS tasks, comma separated, "-" none
//   memory   ADDRESS HEX     contents of globals, at most 512 bytes a line
//   exit     STATUS          the program ended by itself
//   position TASK*STEPS,...  the schedule of what was run, complete
// In both modes:
//   refuse   PC TEXT         cannot be judged: a call that is not supported,
//                            too many threads...; then the end
//   end
//
// Interface: WEAVE_FD, WEAVE_VARIABLE.
// Threads: none. Ownership: none.
#ifndef TELAR_PROTOCOL_H
#define TELAR_PROTOCOL_H

#define WEAVE_FD 198
#define WEAVE_VARIABLE "TELAR_WEAVE"

#endif
