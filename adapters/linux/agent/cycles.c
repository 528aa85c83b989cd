/*
 * Sockets that only messages in their own queues hold are collected by the kernel when some AF_UNIX
 * socket is closed, whoever closes it, and not before.
 */
#include "agent.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* The janitor waits for the modelled processes, and then, in growing waits, for their sockets. */
enum { PATIENCE_MS = 10000, LONGEST_WAIT_US = 64000 };

static pid_t janitor;

int try_to_collect_cycles(void) {
  int pair[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) {
    return -errno;
  }
  close(pair[0]);
  close(pair[1]);
  return 0;
}

void collect_cycles(void) {
  int result = try_to_collect_cycles();
  if (result < 0) {
    fail("harness", "cannot open sockets, to collect those that runs left: %s", strerror(-result));
  }
}

/* The modelled processes die with the supervisor as we do not, but some time after it. */
__attribute__((noreturn)) static void outlive(pid_t supervisor) {
  sigset_t orphaned;
  int signal;
  sigemptyset(&orphaned);
  sigaddset(&orphaned, SIGUSR1);
  sigprocmask(SIG_BLOCK, &orphaned, NULL);
  prctl(PR_SET_NAME, "pinproof-sweep");
  prctl(PR_SET_PDEATHSIG, SIGUSR1);
  close_from(3);
  leave_shared();
  while (getppid() == supervisor) {
    sigwait(&orphaned, &signal);
  }
  for (int ms = 0; ms < PATIENCE_MS && is_shared(); ms += 10) {
    usleep(10000);
  }
  for (useconds_t wait = 1000; wait <= LONGEST_WAIT_US; wait *= 2) {
    usleep(wait);
    /* Nobody listens any more. */
    try_to_collect_cycles();
  }
  _exit(0);
}

/* A process that collects what is left if the supervisor is killed; needed once there are sockets. */
void start_janitor(void) {
  pid_t supervisor = getpid();
  if (janitor > 0) {
    return;
  }
  janitor = fork();
  if (janitor == 0) {
    outlive(supervisor);
  }
  if (janitor < 0) {
    fail("harness", "cannot fork a process to clean up: %s", strerror(errno));
  }
}

void end_janitor(void) {
  if (janitor > 0) {
    kill(janitor, SIGKILL);
    waitpid(janitor, NULL, 0);
    janitor = 0;
  }
}
