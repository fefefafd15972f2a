// calls_names.h - the system calls of Linux on x86-64
//
// The numbers never change, so the table also knows calls that are newer than
// the headers it is compiled with; tests/test_calls.sh compares it with them.
// SHORT: can be made while signals are held back, because it never waits for
// anything that a signal could end. OPEN: is made under the program's own mask.
//
// Interface: CALLS_TABLE, CALLS_SORTS, calls_table, calls_sort_names,
// calls_name, calls_sort.
// Threads: only constants. Ownership: none.
#ifndef TELAR_CALLS_NAMES_H
#define TELAR_CALLS_NAMES_H

#include <stdint.h>

#define CALLS_SORTS(X)                                                         \
    X(FILE, "file")                                                            \
    X(PROCESS, "process")                                                      \
    X(MEMORY, "memory")                                                        \
    X(SIGNAL, "signal")                                                        \
    X(SYNC, "sync")                                                            \
    X(TIME, "time")                                                            \
    X(POLL, "poll")                                                            \
    X(NETWORK, "network")                                                      \
    X(MESSAGE, "message")                                                      \
    X(SYSTEM, "system")                                                        \
    X(UNKNOWN, "other")

#define CALLS_ENUM(sort, word) CALLS_##sort,
enum calls_sort { CALLS_SORTS(CALLS_ENUM) CALLS_SORT_COUNT };
#undef CALLS_ENUM

enum calls_way { CALLS_OPEN, CALLS_SHORT };
enum { CALLS_LIMIT = 512 }; // numbers from there on are no calls

struct calls_row {
    const char *name; // NULL: no call of that number is known
    uint8_t sort;     // enum calls_sort
    uint8_t way;      // enum calls_way
};

extern const struct calls_row calls_table[CALLS_LIMIT];
extern const char *const calls_sort_names[CALLS_SORT_COUNT];

// The name of the call of that number: where it is not known, as strace says
// it (syscall_0x1d6), written into text.
const char *calls_name(long number, char text[16]);
enum calls_sort calls_sort(long number);

//    number, name, sort, way
#define CALLS_TABLE(X)                                                         \
    X(0, read, FILE, OPEN)                                                     \
    X(1, write, FILE, OPEN)                                                    \
    X(2, open, FILE, OPEN)                                                     \
    X(3, close, FILE, OPEN)                                                    \
    X(4, stat, FILE, OPEN)                                                     \
    X(5, fstat, FILE, OPEN)                                                    \
    X(6, lstat, FILE, OPEN)                                                    \
    X(7, poll, POLL, OPEN)                                                     \
    X(8, lseek, FILE, OPEN)                                                    \
    X(9, mmap, MEMORY, SHORT)                                                  \
    X(10, mprotect, MEMORY, SHORT)                                             \
    X(11, munmap, MEMORY, SHORT)                                               \
    X(12, brk, MEMORY, SHORT)                                                  \
    X(13, rt_sigaction, SIGNAL, SHORT)                                         \
    X(14, rt_sigprocmask, SIGNAL, SHORT)                                       \
    X(15, rt_sigreturn, SIGNAL, SHORT)                                         \
    X(16, ioctl, FILE, OPEN)                                                   \
    X(17, pread64, FILE, OPEN)                                                 \
    X(18, pwrite64, FILE, OPEN)                                                \
    X(19, readv, FILE, OPEN)                                                   \
    X(20, writev, FILE, OPEN)                                                  \
    X(21, access, FILE, OPEN)                                                  \
    X(22, pipe, FILE, OPEN)                                                    \
    X(23, select, POLL, OPEN)                                                  \
    X(24, sched_yield, PROCESS, SHORT)                                         \
    X(25, mremap, MEMORY, SHORT)                                               \
    X(26, msync, MEMORY, OPEN)                                                 \
    X(27, mincore, MEMORY, SHORT)                                              \
    X(28, madvise, MEMORY, SHORT)                                              \
    X(29, shmget, MEMORY, OPEN)                                                \
    X(30, shmat, MEMORY, OPEN)                                                 \
    X(31, shmctl, MEMORY, OPEN)                                                \
    X(32, dup, FILE, OPEN)                                                     \
    X(33, dup2, FILE, OPEN)                                                    \
    X(34, pause, SIGNAL, OPEN)                                                 \
    X(35, nanosleep, TIME, OPEN)                                               \
    X(36, getitimer, TIME, SHORT)                                              \
    X(37, alarm, TIME, SHORT)                                                  \
    X(38, setitimer, TIME, SHORT)                                              \
    X(39, getpid, PROCESS, SHORT)                                              \
    X(40, sendfile, FILE, OPEN)                                                \
    X(41, socket, NETWORK, OPEN)                                               \
    X(42, connect, NETWORK, OPEN)                                              \
    X(43, accept, NETWORK, OPEN)                                               \
    X(44, sendto, NETWORK, OPEN)                                               \
    X(45, recvfrom, NETWORK, OPEN)                                             \
    X(46, sendmsg, NETWORK, OPEN)                                              \
    X(47, recvmsg, NETWORK, OPEN)                                              \
    X(48, shutdown, NETWORK, OPEN)                                             \
    X(49, bind, NETWORK, OPEN)                                                 \
    X(50, listen, NETWORK, OPEN)                                               \
    X(51, getsockname, NETWORK, SHORT)                                         \
    X(52, getpeername, NETWORK, OPEN)                                          \
    X(53, socketpair, NETWORK, OPEN)                                           \
    X(54, setsockopt, NETWORK, OPEN)                                           \
    X(55, getsockopt, NETWORK, OPEN)                                           \
    X(56, clone, PROCESS, SHORT)                                               \
    X(57, fork, PROCESS, SHORT)                                                \
    X(58, vfork, PROCESS, SHORT)                                               \
    X(59, execve, PROCESS, OPEN)                                               \
    X(60, exit, PROCESS, SHORT)                                                \
    X(61, wait4, PROCESS, OPEN)                                                \
    X(62, kill, SIGNAL, SHORT)                                                 \
    X(63, uname, SYSTEM, SHORT)                                                \
    X(64, semget, SYNC, OPEN)                                                  \
    X(65, semop, SYNC, OPEN)                                                   \
    X(66, semctl, SYNC, OPEN)                                                  \
    X(67, shmdt, MEMORY, OPEN)                                                 \
    X(68, msgget, MESSAGE, OPEN)                                               \
    X(69, msgsnd, MESSAGE, OPEN)                                               \
    X(70, msgrcv, MESSAGE, OPEN)                                               \
    X(71, msgctl, MESSAGE, OPEN)                                               \
    X(72, fcntl, FILE, OPEN)                                                   \
    X(73, flock, FILE, OPEN)                                                   \
    X(74, fsync, FILE, OPEN)                                                   \
    X(75, fdatasync, FILE, OPEN)                                               \
    X(76, truncate, FILE, OPEN)                                                \
    X(77, ftruncate, FILE, OPEN)                                               \
    X(78, getdents, FILE, OPEN)                                                \
    X(79, getcwd, FILE, OPEN)                                                  \
    X(80, chdir, FILE, OPEN)                                                   \
    X(81, fchdir, FILE, OPEN)                                                  \
    X(82, rename, FILE, OPEN)                                                  \
    X(83, mkdir, FILE, OPEN)                                                   \
    X(84, rmdir, FILE, OPEN)                                                   \
    X(85, creat, FILE, OPEN)                                                   \
    X(86, link, FILE, OPEN)                                                    \
    X(87, unlink, FILE, OPEN)                                                  \
    X(88, symlink, FILE, OPEN)                                                 \
    X(89, readlink, FILE, OPEN)                                                \
    X(90, chmod, FILE, OPEN)                                                   \
    X(91, fchmod, FILE, OPEN)                                                  \
    X(92, chown, FILE, OPEN)                                                   \
    X(93, fchown, FILE, OPEN)                                                  \
    X(94, lchown, FILE, OPEN)                                                  \
    X(95, umask, FILE, SHORT)                                                  \
    X(96, gettimeofday, TIME, SHORT)                                           \
    X(97, getrlimit, PROCESS, SHORT)                                           \
    X(98, getrusage, PROCESS, SHORT)                                           \
    X(99, sysinfo, SYSTEM, SHORT)                                              \
    X(100, times, TIME, SHORT)                                                 \
    X(101, ptrace, PROCESS, OPEN)                                              \
    X(102, getuid, PROCESS, SHORT)                                             \
    X(103, syslog, SYSTEM, OPEN)                                               \
    X(104, getgid, PROCESS, SHORT)                                             \
    X(105, setuid, PROCESS, OPEN)                                              \
    X(106, setgid, PROCESS, OPEN)                                              \
    X(107, geteuid, PROCESS, SHORT)                                            \
    X(108, getegid, PROCESS, SHORT)                                            \
    X(109, setpgid, PROCESS, SHORT)                                            \
    X(110, getppid, PROCESS, SHORT)                                            \
    X(111, getpgrp, PROCESS, SHORT)                                            \
    X(112, setsid, PROCESS, SHORT)                                             \
    X(113, setreuid, PROCESS, OPEN)                                            \
    X(114, setregid, PROCESS, OPEN)                                            \
    X(115, getgroups, PROCESS, SHORT)                                          \
    X(116, setgroups, PROCESS, OPEN)                                           \
    X(117, setresuid, PROCESS, OPEN)                                           \
    X(118, getresuid, PROCESS, SHORT)                                          \
    X(119, setresgid, PROCESS, OPEN)                                           \
    X(120, getresgid, PROCESS, SHORT)                                          \
    X(121, getpgid, PROCESS, SHORT)                                            \
    X(122, setfsuid, PROCESS, OPEN)                                            \
    X(123, setfsgid, PROCESS, OPEN)                                            \
    X(124, getsid, PROCESS, SHORT)                                             \
    X(125, capget, PROCESS, OPEN)                                              \
    X(126, capset, PROCESS, OPEN)                                              \
    X(127, rt_sigpending, SIGNAL, OPEN)                                        \
    X(128, rt_sigtimedwait, SIGNAL, OPEN)                                      \
    X(129, rt_sigqueueinfo, SIGNAL, SHORT)                                     \
    X(130, rt_sigsuspend, SIGNAL, OPEN)                                        \
    X(131, sigaltstack, SIGNAL, SHORT)                                         \
    X(132, utime, FILE, OPEN)                                                  \
    X(133, mknod, FILE, OPEN)                                                  \
    X(134, uselib, SYSTEM, OPEN)                                               \
    X(135, personality, PROCESS, OPEN)                                         \
    X(136, ustat, SYSTEM, OPEN)                                                \
    X(137, statfs, FILE, OPEN)                                                 \
    X(138, fstatfs, FILE, OPEN)                                                \
    X(139, sysfs, SYSTEM, OPEN)                                                \
    X(140, getpriority, PROCESS, SHORT)                                        \
    X(141, setpriority, PROCESS, OPEN)                                         \
    X(142, sched_setparam, PROCESS, OPEN)                                      \
    X(143, sched_getparam, PROCESS, SHORT)                                     \
    X(144, sched_setscheduler, PROCESS, OPEN)                                  \
    X(145, sched_getscheduler, PROCESS, SHORT)                                 \
    X(146, sched_get_priority_max, PROCESS, SHORT)                             \
    X(147, sched_get_priority_min, PROCESS, SHORT)                             \
    X(148, sched_rr_get_interval, PROCESS, SHORT)                              \
    X(149, mlock, MEMORY, OPEN)                                                \
    X(150, munlock, MEMORY, OPEN)                                              \
    X(151, mlockall, MEMORY, OPEN)                                             \
    X(152, munlockall, MEMORY, OPEN)                                           \
    X(153, vhangup, SYSTEM, OPEN)                                              \
    X(154, modify_ldt, PROCESS, OPEN)                                          \
    X(155, pivot_root, SYSTEM, OPEN)                                           \
    X(156, _sysctl, SYSTEM, OPEN)                                              \
    X(157, prctl, PROCESS, OPEN)                                               \
    X(158, arch_prctl, PROCESS, OPEN)                                          \
    X(159, adjtimex, TIME, OPEN)                                               \
    X(160, setrlimit, PROCESS, OPEN)                                           \
    X(161, chroot, SYSTEM, OPEN)                                               \
    X(162, sync, FILE, OPEN)                                                   \
    X(163, acct, PROCESS, OPEN)                                                \
    X(164, settimeofday, TIME, OPEN)                                           \
    X(165, mount, SYSTEM, OPEN)                                                \
    X(166, umount2, SYSTEM, OPEN)                                              \
    X(167, swapon, SYSTEM, OPEN)                                               \
    X(168, swapoff, SYSTEM, OPEN)                                              \
    X(169, reboot, SYSTEM, OPEN)                                               \
    X(170, sethostname, NETWORK, OPEN)                                         \
    X(171, setdomainname, NETWORK, OPEN)                                       \
    X(172, iopl, PROCESS, OPEN)                                                \
    X(173, ioperm, PROCESS, OPEN)                                              \
    X(174, create_module, SYSTEM, OPEN)                                        \
    X(175, init_module, SYSTEM, OPEN)                                          \
    X(176, delete_module, SYSTEM, OPEN)                                        \
    X(177, get_kernel_syms, SYSTEM, OPEN)                                      \
    X(178, query_module, SYSTEM, OPEN)                                         \
    X(179, quotactl, SYSTEM, OPEN)                                             \
    X(180, nfsservctl, SYSTEM, OPEN)                                           \
    X(181, getpmsg, SYSTEM, OPEN)                                              \
    X(182, putpmsg, SYSTEM, OPEN)                                              \
    X(183, afs_syscall, SYSTEM, OPEN)                                          \
    X(184, tuxcall, SYSTEM, OPEN)                                              \
    X(185, security, SYSTEM, OPEN)                                             \
    X(186, gettid, PROCESS, SHORT)                                             \
    X(187, readahead, FILE, OPEN)                                              \
    X(188, setxattr, FILE, OPEN)                                               \
    X(189, lsetxattr, FILE, OPEN)                                              \
    X(190, fsetxattr, FILE, OPEN)                                              \
    X(191, getxattr, FILE, OPEN)                                               \
    X(192, lgetxattr, FILE, OPEN)                                              \
    X(193, fgetxattr, FILE, OPEN)                                              \
    X(194, listxattr, FILE, OPEN)                                              \
    X(195, llistxattr, FILE, OPEN)                                             \
    X(196, flistxattr, FILE, OPEN)                                             \
    X(197, removexattr, FILE, OPEN)                                            \
    X(198, lremovexattr, FILE, OPEN)                                           \
    X(199, fremovexattr, FILE, OPEN)                                           \
    X(200, tkill, SIGNAL, SHORT)                                               \
    X(201, time, TIME, SHORT)                                                  \
    X(202, futex, SYNC, OPEN)                                                  \
    X(203, sched_setaffinity, PROCESS, SHORT)                                  \
    X(204, sched_getaffinity, PROCESS, SHORT)                                  \
    X(205, set_thread_area, PROCESS, OPEN)                                     \
    X(206, io_setup, POLL, OPEN)                                               \
    X(207, io_destroy, POLL, OPEN)                                             \
    X(208, io_getevents, POLL, OPEN)                                           \
    X(209, io_submit, POLL, OPEN)                                              \
    X(210, io_cancel, POLL, OPEN)                                              \
    X(211, get_thread_area, PROCESS, OPEN)                                     \
    X(212, lookup_dcookie, SYSTEM, OPEN)                                       \
    X(213, epoll_create, POLL, SHORT)                                          \
    X(214, epoll_ctl_old, POLL, OPEN)                                          \
    X(215, epoll_wait_old, POLL, OPEN)                                         \
    X(216, remap_file_pages, MEMORY, OPEN)                                     \
    X(217, getdents64, FILE, OPEN)                                             \
    X(218, set_tid_address, PROCESS, SHORT)                                    \
    X(219, restart_syscall, PROCESS, OPEN)                                     \
    X(220, semtimedop, SYNC, OPEN)                                             \
    X(221, fadvise64, FILE, OPEN)                                              \
    X(222, timer_create, TIME, SHORT)                                          \
    X(223, timer_settime, TIME, SHORT)                                         \
    X(224, timer_gettime, TIME, SHORT)                                         \
    X(225, timer_getoverrun, TIME, SHORT)                                      \
    X(226, timer_delete, TIME, SHORT)                                          \
    X(227, clock_settime, TIME, OPEN)                                          \
    X(228, clock_gettime, TIME, SHORT)                                         \
    X(229, clock_getres, TIME, SHORT)                                          \
    X(230, clock_nanosleep, TIME, OPEN)                                        \
    X(231, exit_group, PROCESS, SHORT)                                         \
    X(232, epoll_wait, POLL, OPEN)                                             \
    X(233, epoll_ctl, POLL, OPEN)                                              \
    X(234, tgkill, SIGNAL, SHORT)                                              \
    X(235, utimes, FILE, OPEN)                                                 \
    X(236, vserver, SYSTEM, OPEN)                                              \
    X(237, mbind, MEMORY, OPEN)                                                \
    X(238, set_mempolicy, MEMORY, OPEN)                                        \
    X(239, get_mempolicy, MEMORY, OPEN)                                        \
    X(240, mq_open, MESSAGE, OPEN)                                             \
    X(241, mq_unlink, MESSAGE, OPEN)                                           \
    X(242, mq_timedsend, MESSAGE, OPEN)                                        \
    X(243, mq_timedreceive, MESSAGE, OPEN)                                     \
    X(244, mq_notify, MESSAGE, OPEN)                                           \
    X(245, mq_getsetattr, MESSAGE, OPEN)                                       \
    X(246, kexec_load, SYSTEM, OPEN)                                           \
    X(247, waitid, PROCESS, OPEN)                                              \
    X(248, add_key, SYSTEM, OPEN)                                              \
    X(249, request_key, SYSTEM, OPEN)                                          \
    X(250, keyctl, SYSTEM, OPEN)                                               \
    X(251, ioprio_set, PROCESS, OPEN)                                          \
    X(252, ioprio_get, PROCESS, OPEN)                                          \
    X(253, inotify_init, POLL, OPEN)                                           \
    X(254, inotify_add_watch, POLL, OPEN)                                      \
    X(255, inotify_rm_watch, POLL, OPEN)                                       \
    X(256, migrate_pages, MEMORY, OPEN)                                        \
    X(257, openat, FILE, OPEN)                                                 \
    X(258, mkdirat, FILE, OPEN)                                                \
    X(259, mknodat, FILE, OPEN)                                                \
    X(260, fchownat, FILE, OPEN)                                               \
    X(261, futimesat, FILE, OPEN)                                              \
    X(262, newfstatat, FILE, OPEN)                                             \
    X(263, unlinkat, FILE, OPEN)                                               \
    X(264, renameat, FILE, OPEN)                                               \
    X(265, linkat, FILE, OPEN)                                                 \
    X(266, symlinkat, FILE, OPEN)                                              \
    X(267, readlinkat, FILE, OPEN)                                             \
    X(268, fchmodat, FILE, OPEN)                                               \
    X(269, faccessat, FILE, OPEN)                                              \
    X(270, pselect6, POLL, OPEN)                                               \
    X(271, ppoll, POLL, OPEN)                                                  \
    X(272, unshare, PROCESS, OPEN)                                             \
    X(273, set_robust_list, SYNC, SHORT)                                       \
    X(274, get_robust_list, SYNC, SHORT)                                       \
    X(275, splice, FILE, OPEN)                                                 \
    X(276, tee, FILE, OPEN)                                                    \
    X(277, sync_file_range, FILE, OPEN)                                        \
    X(278, vmsplice, FILE, OPEN)                                               \
    X(279, move_pages, MEMORY, OPEN)                                           \
    X(280, utimensat, FILE, OPEN)                                              \
    X(281, epoll_pwait, POLL, OPEN)                                            \
    X(282, signalfd, SIGNAL, OPEN)                                             \
    X(283, timerfd_create, TIME, OPEN)                                         \
    X(284, eventfd, POLL, SHORT)                                               \
    X(285, fallocate, FILE, OPEN)                                              \
    X(286, timerfd_settime, TIME, OPEN)                                        \
    X(287, timerfd_gettime, TIME, OPEN)                                        \
    X(288, accept4, NETWORK, OPEN)                                             \
    X(289, signalfd4, SIGNAL, OPEN)                                            \
    X(290, eventfd2, POLL, SHORT)                                              \
    X(291, epoll_create1, POLL, SHORT)                                         \
    X(292, dup3, FILE, OPEN)                                                   \
    X(293, pipe2, FILE, OPEN)                                                  \
    X(294, inotify_init1, POLL, OPEN)                                          \
    X(295, preadv, FILE, OPEN)                                                 \
    X(296, pwritev, FILE, OPEN)                                                \
    X(297, rt_tgsigqueueinfo, SIGNAL, SHORT)                                   \
    X(298, perf_event_open, SYSTEM, OPEN)                                      \
    X(299, recvmmsg, NETWORK, OPEN)                                            \
    X(300, fanotify_init, POLL, OPEN)                                          \
    X(301, fanotify_mark, POLL, OPEN)                                          \
    X(302, prlimit64, PROCESS, SHORT)                                          \
    X(303, name_to_handle_at, FILE, OPEN)                                      \
    X(304, open_by_handle_at, FILE, OPEN)                                      \
    X(305, clock_adjtime, TIME, OPEN)                                          \
    X(306, syncfs, FILE, OPEN)                                                 \
    X(307, sendmmsg, NETWORK, OPEN)                                            \
    X(308, setns, PROCESS, OPEN)                                               \
    X(309, getcpu, PROCESS, SHORT)                                             \
    X(310, process_vm_readv, MEMORY, OPEN)                                     \
    X(311, process_vm_writev, MEMORY, OPEN)                                    \
    X(312, kcmp, PROCESS, OPEN)                                                \
    X(313, finit_module, SYSTEM, OPEN)                                         \
    X(314, sched_setattr, PROCESS, OPEN)                                       \
    X(315, sched_getattr, PROCESS, SHORT)                                      \
    X(316, renameat2, FILE, OPEN)                                              \
    X(317, seccomp, PROCESS, OPEN)                                             \
    X(318, getrandom, SYSTEM, OPEN)                                            \
    X(319, memfd_create, FILE, OPEN)                                           \
    X(320, kexec_file_load, SYSTEM, OPEN)                                      \
    X(321, bpf, SYSTEM, OPEN)                                                  \
    X(322, execveat, PROCESS, OPEN)                                            \
    X(323, userfaultfd, MEMORY, OPEN)                                          \
    X(324, membarrier, SYNC, OPEN)                                             \
    X(325, mlock2, MEMORY, OPEN)                                               \
    X(326, copy_file_range, FILE, OPEN)                                        \
    X(327, preadv2, FILE, OPEN)                                                \
    X(328, pwritev2, FILE, OPEN)                                               \
    X(329, pkey_mprotect, MEMORY, SHORT)                                       \
    X(330, pkey_alloc, MEMORY, SHORT)                                          \
    X(331, pkey_free, MEMORY, SHORT)                                           \
    X(332, statx, FILE, OPEN)                                                  \
    X(333, io_pgetevents, POLL, OPEN)                                          \
    X(334, rseq, PROCESS, SHORT)                                               \
    X(335, uretprobe, SYSTEM, OPEN)                                            \
    X(336, uprobe, SYSTEM, OPEN)                                               \
    X(424, pidfd_send_signal, SIGNAL, SHORT)                                   \
    X(425, io_uring_setup, POLL, OPEN)                                         \
    X(426, io_uring_enter, POLL, OPEN)                                         \
    X(427, io_uring_register, POLL, OPEN)                                      \
    X(428, open_tree, SYSTEM, OPEN)                                            \
    X(429, move_mount, SYSTEM, OPEN)                                           \
    X(430, fsopen, SYSTEM, OPEN)                                               \
    X(431, fsconfig, SYSTEM, OPEN)                                             \
    X(432, fsmount, SYSTEM, OPEN)                                              \
    X(433, fspick, SYSTEM, OPEN)                                               \
    X(434, pidfd_open, PROCESS, OPEN)                                          \
    X(435, clone3, PROCESS, SHORT)                                             \
    X(436, close_range, FILE, OPEN)                                            \
    X(437, openat2, FILE, OPEN)                                                \
    X(438, pidfd_getfd, PROCESS, OPEN)                                         \
    X(439, faccessat2, FILE, OPEN)                                             \
    X(440, process_madvise, MEMORY, OPEN)                                      \
    X(441, epoll_pwait2, POLL, OPEN)                                           \
    X(442, mount_setattr, SYSTEM, OPEN)                                        \
    X(443, quotactl_fd, SYSTEM, OPEN)                                          \
    X(444, landlock_create_ruleset, SYSTEM, OPEN)                              \
    X(445, landlock_add_rule, SYSTEM, OPEN)                                    \
    X(446, landlock_restrict_self, SYSTEM, OPEN)                               \
    X(447, memfd_secret, MEMORY, OPEN)                                         \
    X(448, process_mrelease, MEMORY, OPEN)                                     \
    X(449, futex_waitv, SYNC, OPEN)                                            \
    X(450, set_mempolicy_home_node, MEMORY, OPEN)                              \
    X(451, cachestat, FILE, OPEN)                                              \
    X(452, fchmodat2, FILE, OPEN)                                              \
    X(453, map_shadow_stack, MEMORY, OPEN)                                     \
    X(454, futex_wake, SYNC, OPEN)                                             \
    X(455, futex_wait, SYNC, OPEN)                                             \
    X(456, futex_requeue, SYNC, OPEN)                                          \
    X(457, statmount, SYSTEM, OPEN)                                            \
    X(458, listmount, SYSTEM, OPEN)                                            \
    X(459, lsm_get_self_attr, SYSTEM, OPEN)                                    \
    X(460, lsm_set_self_attr, SYSTEM, OPEN)                                    \
    X(461, lsm_list_modules, SYSTEM, OPEN)                                     \
    X(462, mseal, MEMORY, OPEN)                                                \
    X(463, setxattrat, FILE, OPEN)                                             \
    X(464, getxattrat, FILE, OPEN)                                             \
    X(465, listxattrat, FILE, OPEN)                                            \
    X(466, removexattrat, FILE, OPEN)                                          \
    X(467, open_tree_attr, SYSTEM, OPEN)                                       \
    X(468, file_getattr, FILE, OPEN)                                           \
    X(469, file_setattr, FILE, OPEN)

#endif
