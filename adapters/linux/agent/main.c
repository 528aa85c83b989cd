/*
 * The agent: `agent probe`, `agent supervise PARENT-PID CALL-DEADLINE-MS LACKING...` (abilities.h), or,
 * from itself, `agent resume SEGMENT PROCESS`.
 */
#include "agent.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

struct shared *shared;

/* Takes a pipe of the driver out of reach of the modelled processes. */
static int keep(int fd) {
  int kept = fcntl(fd, F_DUPFD_CLOEXEC, 64);
  if (kept < 0) {
    fail("harness", "cannot use descriptor 64, the limit of open files being too low: %s",
         strerror(errno));
  }
  return kept;
}

/* The standard descriptors of all processes to come. */
static void open_null(void) {
  int null = open("/dev/null", O_RDWR);
  if (null < 0 || dup2(null, 0) < 0 || dup2(null, 1) < 0 || dup2(null, 2) < 0) {
    fail("harness", "cannot open /dev/null: %s", strerror(errno));
  }
  if (null > 2) {
    close(null);
  }
}

/* A round trip between processes on one processor costs a fifth of one between two. */
static void stay_on_this_cpu(void) {
  cpu_set_t set;
  int cpu = sched_getcpu();
  if (cpu >= 0) {
    CPU_ZERO(&set);
    CPU_SET((unsigned)cpu, &set);
    sched_setaffinity(0, sizeof(set), &set);
  }
}

/* Into a tree of our own, if this machine lets us have one. */
static void leave_machine(void) {
  const char *stage = "";
  if (is_able(TREE)) {
    int result = enter_home(&stage);
    if (result < 0) {
      fail("harness", "cannot make a private mount namespace (%s): %s", stage, strerror(-result));
    }
  }
  /* Without, the calls that need it are told to be lacking (probe.c). */
  enter_network(&stage);
}

static void supervise(pid_t parent, int call_ms, char **lacking) {
  const struct rlimit no_core = {0, 0};
  /* First, so that who kills the driver does not find a segment that is not yet marked. */
  int mapped = map_shared();
  int buffered = make_buffers();
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) {
    exit(1);
  }
  answer_to(1);
  raise_limit();
  int input = keep(0);
  answer_to(keep(1));
  open_null();
  signal(SIGPIPE, SIG_IGN);
  setrlimit(RLIMIT_CORE, &no_core);
  for (; *lacking != NULL; lacking++) {
    do_without(*lacking);
  }
  stay_on_this_cpu();
  if (mapped < 0 || buffered < 0) {
    fail("harness", "cannot map memory: %s", strerror(mapped < 0 ? -mapped : -buffered));
  }
  shared->supervisor = getpid();
  call_deadline_ms = call_ms;
  int result = open_proc();
  if (result < 0) {
    fail("harness", "cannot use /proc: %s", strerror(-result));
  }
  keep_program();
  leave_machine();
  serve(input);
}

int main(int count, char **arguments) {
  prctl(PR_SET_NAME, "pinproof-agent");
  if (count == 2 && strcmp(arguments[1], "probe") == 0) {
    probe();
    return 0;
  }
  if (count >= 4 && strcmp(arguments[1], "supervise") == 0) {
    supervise(atoi(arguments[2]), atoi(arguments[3]), arguments + 4);
    return 0;
  }
  if (count == 4 && strcmp(arguments[1], "resume") == 0) {
    resume(atoi(arguments[2]), (uint32_t)atoi(arguments[3]));
  }
  fprintf(stderr, "usage: agent probe | agent supervise PARENT-PID CALL-DEADLINE-MS LACKING...\n");
  return 2;
}
