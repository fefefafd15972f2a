// real_functions.h - the names of all functions that ours stand before
//
// To be included where REAL_FUNCTION(name) is defined; any number of times.
// clang-format off

// threads
REAL_FUNCTION(pthread_create) REAL_FUNCTION(pthread_join)
REAL_FUNCTION(pthread_tryjoin_np) REAL_FUNCTION(pthread_timedjoin_np)
REAL_FUNCTION(pthread_clockjoin_np) REAL_FUNCTION(pthread_setname_np)
REAL_FUNCTION(thrd_create) REAL_FUNCTION(thrd_join) REAL_FUNCTION(prctl)
REAL_FUNCTION(swapcontext) REAL_FUNCTION(setcontext)

// locks, conditions, barriers, semaphores
REAL_FUNCTION(pthread_mutex_lock) REAL_FUNCTION(pthread_mutex_trylock)
REAL_FUNCTION(pthread_mutex_timedlock) REAL_FUNCTION(pthread_mutex_clocklock)
REAL_FUNCTION(pthread_mutex_unlock) REAL_FUNCTION(pthread_rwlock_rdlock)
REAL_FUNCTION(pthread_rwlock_tryrdlock)
REAL_FUNCTION(pthread_rwlock_timedrdlock)
REAL_FUNCTION(pthread_rwlock_clockrdlock) REAL_FUNCTION(pthread_rwlock_wrlock)
REAL_FUNCTION(pthread_rwlock_trywrlock)
REAL_FUNCTION(pthread_rwlock_timedwrlock)
REAL_FUNCTION(pthread_rwlock_clockwrlock) REAL_FUNCTION(pthread_rwlock_unlock)
REAL_FUNCTION(pthread_spin_lock) REAL_FUNCTION(pthread_spin_trylock)
REAL_FUNCTION(pthread_spin_unlock) REAL_FUNCTION(pthread_cond_wait)
REAL_FUNCTION(pthread_cond_timedwait) REAL_FUNCTION(pthread_cond_clockwait)
REAL_FUNCTION(pthread_cond_signal) REAL_FUNCTION(pthread_cond_broadcast)
REAL_FUNCTION(pthread_barrier_wait) REAL_FUNCTION(sem_init)
REAL_FUNCTION(sem_open) REAL_FUNCTION(sem_wait) REAL_FUNCTION(sem_trywait)
REAL_FUNCTION(sem_timedwait) REAL_FUNCTION(sem_clockwait)
REAL_FUNCTION(sem_post) REAL_FUNCTION(sem_getvalue) REAL_FUNCTION(mtx_lock)
REAL_FUNCTION(mtx_trylock) REAL_FUNCTION(mtx_timedlock)
REAL_FUNCTION(mtx_unlock) REAL_FUNCTION(cnd_wait) REAL_FUNCTION(cnd_timedwait)
REAL_FUNCTION(cnd_signal) REAL_FUNCTION(cnd_broadcast)

// processes
REAL_FUNCTION(fork) REAL_FUNCTION(_Fork) REAL_FUNCTION(vfork)
REAL_FUNCTION(clone) REAL_FUNCTION(execve) REAL_FUNCTION(execvpe)
REAL_FUNCTION(fexecve) REAL_FUNCTION(execveat) REAL_FUNCTION(posix_spawn)
REAL_FUNCTION(posix_spawnp) REAL_FUNCTION(system) REAL_FUNCTION(popen)
REAL_FUNCTION(pclose) REAL_FUNCTION(wait) REAL_FUNCTION(waitpid)
REAL_FUNCTION(wait3) REAL_FUNCTION(wait4) REAL_FUNCTION(waitid)
REAL_FUNCTION(_exit) REAL_FUNCTION(quick_exit) REAL_FUNCTION(syscall)

// input and output
REAL_FUNCTION(read) REAL_FUNCTION(write) REAL_FUNCTION(pread)
REAL_FUNCTION(pwrite) REAL_FUNCTION(pread64) REAL_FUNCTION(pwrite64)
REAL_FUNCTION(readv) REAL_FUNCTION(writev) REAL_FUNCTION(preadv)
REAL_FUNCTION(pwritev) REAL_FUNCTION(preadv64) REAL_FUNCTION(pwritev64)
REAL_FUNCTION(__read_chk) REAL_FUNCTION(__pread_chk)
REAL_FUNCTION(__pread64_chk) REAL_FUNCTION(recv) REAL_FUNCTION(send)
REAL_FUNCTION(recvfrom) REAL_FUNCTION(sendto) REAL_FUNCTION(recvmsg)
REAL_FUNCTION(sendmsg) REAL_FUNCTION(__recv_chk) REAL_FUNCTION(__recvfrom_chk)
REAL_FUNCTION(accept) REAL_FUNCTION(accept4) REAL_FUNCTION(connect)
REAL_FUNCTION(sendfile) REAL_FUNCTION(sendfile64) REAL_FUNCTION(splice)
REAL_FUNCTION(tee) REAL_FUNCTION(vmsplice) REAL_FUNCTION(copy_file_range)
REAL_FUNCTION(fsync) REAL_FUNCTION(fdatasync) REAL_FUNCTION(poll)
REAL_FUNCTION(ppoll) REAL_FUNCTION(__poll_chk) REAL_FUNCTION(__ppoll_chk)
REAL_FUNCTION(select) REAL_FUNCTION(pselect) REAL_FUNCTION(epoll_wait)
REAL_FUNCTION(epoll_pwait) REAL_FUNCTION(getaddrinfo)

// descriptors
REAL_FUNCTION(open) REAL_FUNCTION(open64) REAL_FUNCTION(openat)
REAL_FUNCTION(openat64) REAL_FUNCTION(creat) REAL_FUNCTION(creat64)
REAL_FUNCTION(__open_2) REAL_FUNCTION(__open64_2) REAL_FUNCTION(__openat_2)
REAL_FUNCTION(__openat64_2) REAL_FUNCTION(pipe) REAL_FUNCTION(pipe2)
REAL_FUNCTION(close) REAL_FUNCTION(close_range) REAL_FUNCTION(closefrom)
REAL_FUNCTION(fclose) REAL_FUNCTION(freopen) REAL_FUNCTION(freopen64)
REAL_FUNCTION(closedir) REAL_FUNCTION(dup) REAL_FUNCTION(dup2)
REAL_FUNCTION(dup3) REAL_FUNCTION(fcntl) REAL_FUNCTION(fcntl64)
REAL_FUNCTION(flock) REAL_FUNCTION(lockf) REAL_FUNCTION(lockf64)

// sleeps
REAL_FUNCTION(nanosleep) REAL_FUNCTION(clock_nanosleep) REAL_FUNCTION(usleep)
REAL_FUNCTION(sleep) REAL_FUNCTION(thrd_sleep) REAL_FUNCTION(sched_yield)
REAL_FUNCTION(thrd_yield) REAL_FUNCTION(pause) REAL_FUNCTION(sigsuspend)
REAL_FUNCTION(sigwait) REAL_FUNCTION(sigwaitinfo) REAL_FUNCTION(sigtimedwait)

// memory
REAL_FUNCTION(malloc) REAL_FUNCTION(calloc) REAL_FUNCTION(realloc)
REAL_FUNCTION(reallocarray) REAL_FUNCTION(free) REAL_FUNCTION(memalign)
REAL_FUNCTION(aligned_alloc) REAL_FUNCTION(posix_memalign) REAL_FUNCTION(valloc)
REAL_FUNCTION(pvalloc) REAL_FUNCTION(malloc_usable_size)
