/* What the supervisor waits for: answers of the modelled processes, and their ends. Neither without limit. */
#include "agent.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>

enum { SLICE_MS = 100 };

int call_deadline_ms = 5000;

static void look_up(int signal) { (void)signal; }

/* From now on, what waits is interrupted every so many milliseconds; 0: it is not any more. */
static void interrupt_every(int ms) {
  const struct timeval slice = {ms / 1000, (ms % 1000) * 1000};
  const struct itimerval often = {slice, slice};
  const struct sigaction action = {.sa_handler = look_up}; /* no SA_RESTART */
  if (ms != 0) {
    sigaction(SIGALRM, &action, NULL);
  }
  setitimer(ITIMER_REAL, &often, NULL);
}

/*
 * The end of a process is settled when it has been waited for, and not before. One that somebody has
 * stopped, or that hangs in the kernel, does not come to it.
 */
void reap(uint32_t pid) {
  int waited = 0;
  interrupt_every(SLICE_MS);
  while (waitpid(shared->pids[pid], NULL, 0) < 0 && errno == EINTR) {
    waited += SLICE_MS;
    if (waited >= call_deadline_ms) {
      interrupt_every(0);
      fail("implementation", "process %u did not end within %d ms", pid, waited);
    }
  }
  interrupt_every(0);
  shared->pids[pid] = 0;
}

static int has_died(uint32_t pid, siginfo_t *how) {
  how->si_pid = 0;
  return waitid(P_PID, (id_t)shared->pids[pid], how, WEXITED | WNOHANG | WNOWAIT) == 0 && how->si_pid != 0;
}

void await_answer(uint32_t pid) {
  int waited = 0;
  while (__atomic_load_n(&shared->answered, __ATOMIC_SEQ_CST) == 0) {
    siginfo_t how;
    futex_wait(&shared->answered, 0, SLICE_MS);
    if (__atomic_load_n(&shared->answered, __ATOMIC_SEQ_CST) != 0) {
      break;
    }
    if (has_died(pid, &how)) {
      fail("implementation", "process %u died without being asked to (signal or status %d)", pid,
           how.si_status);
    }
    waited += SLICE_MS;
    if (waited >= call_deadline_ms) {
      fail("implementation", "a call of process %u did not return within %d ms", pid, waited);
    }
  }
  __atomic_store_n(&shared->answered, 0, __ATOMIC_SEQ_CST);
}

void ring(uint32_t pid) {
  __atomic_store_n(&shared->bell[pid], 1, __ATOMIC_SEQ_CST);
  futex_wake(&shared->bell[pid]);
}

void ask(uint32_t pid) {
  ring(pid);
  await_answer(pid);
  if (shared->answer.stage[0] != '\0') {
    fail("harness", "process %u cannot %s: %s", pid, shared->answer.stage,
         strerror((int)-shared->answer.result));
  }
}
