# terminal.py - plays a program as the job of a shell on a terminal of its own
#
# Usage: terminal.py STEPS COMMAND...  prints how it stopped and ended. STEPS
# are letters: w waits for "ready", c is Ctrl-C, q Ctrl-\, z Ctrl-Z, e Enter; a
# job that stopped is brought to the foreground again.
import os
import pty
import signal
import sys

KEYS = {"c": b"\x03", "q": b"\x1c", "z": b"\x1a", "e": b"\n"}


def shell(command, report):
    """Leads the session, as a shell does; the job has a group of its own."""
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    job = os.fork()
    if job == 0:
        os.setpgid(0, 0)
        os.tcsetpgrp(0, os.getpid())
        signal.signal(signal.SIGTTOU, signal.SIG_DFL)
        os.execvp(command[0], command)
    while True:
        _, status = os.waitpid(job, os.WUNTRACED)
        if not os.WIFSTOPPED(status):
            break
        os.write(report, b"stopped %d\n" % os.WSTOPSIG(status))
        os.tcsetpgrp(0, job)
        os.killpg(job, signal.SIGCONT)
    if os.WIFSIGNALED(status):
        os.write(report, b"killed %d\n" % os.WTERMSIG(status))
    else:
        os.write(report, b"exit %d\n" % os.WEXITSTATUS(status))
    os._exit(0)


signal.alarm(20)
ours, report = os.pipe()
pid, terminal = pty.fork()
if pid == 0:
    shell(sys.argv[2:], report)
os.close(report)
seen = b""
for step in sys.argv[1]:
    while step == "w" and b"ready" not in seen:
        seen += os.read(terminal, 4096)
    if step != "w":
        os.write(terminal, KEYS[step])
try:
    while True:
        more = os.read(terminal, 4096)
        seen += more
except OSError:
    pass
print(os.read(ours, 4096).decode() + ("done" if b"done" in seen else ""))
os.waitpid(pid, 0)
