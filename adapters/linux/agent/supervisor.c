/* The start of a supervisor: the process in charge of runs, whoever says which. */
#include "agent.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

/* Takes a descriptor of ours out of reach of the modelled processes. */
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
  int null = null_device();
  if (null < 0 || dup2(null, 0) < 0 || dup2(null, 1) < 0 || dup2(null, 2) < 0) {
    fail("harness", "cannot open /dev/null: %s", strerror(errno));
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

int start_supervisor(pid_t parent, int answers, int call_ms, char **lacking) {
  const struct rlimit no_core = {0, 0};
  const struct rlimit any_memory = {RLIM_INFINITY, RLIM_INFINITY};
  /* First, so that who kills the driver does not find a segment that is not yet marked. */
  int mapped = map_shared();
  int buffered = make_buffers();
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) {
    exit(1);
  }
  answer_to(answers);
  raise_limit();
  int input = keep(0);
  answer_to(keep(answers));
  open_null();
  signal(SIGPIPE, SIG_IGN);
  setrlimit(RLIMIT_CORE, &no_core);
  /* Before 5.11 maps and programs are charged to it, and the usual 64 KiB are soon used up. */
  setrlimit(RLIMIT_MEMLOCK, &any_memory);
  for (; *lacking != NULL; lacking++) {
    do_without(*lacking);
  }
  stay_on_this_cpu();
  if (mapped < 0 || buffered < 0) {
    fail("harness", "cannot map memory: %s", strerror(mapped < 0 ? -mapped : -buffered));
  }
  shared->supervisor = getpid();
  shared->uses_cookies = !has_ids();
  call_deadline_ms = call_ms;
  int result = open_proc();
  if (result < 0) {
    fail("harness", "cannot use /proc: %s", strerror(-result));
  }
  keep_program();
  leave_machine();
  return input;
}
