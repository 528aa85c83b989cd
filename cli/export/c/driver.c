enum { PATIENCE_MS = 10000, NOBODY = 0x7fffffff /* no process is called so */ };

static pid_t pids[PROCESSES + 1];
static int requests[PROCESSES + 1];
static int answers;

static void reap(int process) {
  waitpid(pids[process], NULL, 0);
  pids[process] = 0;
}

static void end_all(void) {
  for (int process = 1; process <= PROCESSES; process++) {
    if (pids[process] > 0) {
      kill(pids[process], SIGKILL);
      reap(process);
    }
  }
}

__attribute__((noreturn)) static void fail(const char *what) {
  end_all();
  fprintf(stderr, "%s\n", what);
  exit(3);
}

/* Of a process that ends without one, nothing is said at the start: it has said why itself. */
static void await_answer(int process, const char *call) {
  struct pollfd waiting = {.fd = answers, .events = POLLIN};
  for (int waited = 0; poll(&waiting, 1, 100) == 0; waited += 100) {
    int has_ended = waitpid(pids[process], NULL, WNOHANG) == pids[process];
    if (has_ended) {
      pids[process] = 0;
    }
    if (has_ended && call == NULL) {
      exit(3);
    }
    if (has_ended || waited >= PATIENCE_MS) {
      fprintf(stderr, "%d %s: ", process, call == NULL ? "(at its start)" : call);
      fail(has_ended ? "the process ended" : "there was no answer");
    }
  }
  if (read(answers, &answer, sizeof(answer)) != sizeof(answer)) {
    fail("an answer was cut short");
  }
}

static void to_high(int *fd, int number) {
  if (dup2(*fd, number) != number) {
    perror("cannot open as many files as it takes");
    exit(3);
  }
  close(*fd);
}

static void make_pipes(void) {
  struct rlimit files;
  int ends[2];
  getrlimit(RLIMIT_NOFILE, &files);
  if (files.rlim_max < OURS + PROCESSES + 1) {
    files.rlim_max = OURS + PROCESSES + 1;
  }
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  int itself = open("/proc/self/exe", O_RDONLY);
  to_high(&itself, ITSELF);
  for (int process = 0; process <= PROCESSES; process++) {
    if (pipe(ends) != 0) {
      perror("cannot make a pipe");
      exit(3);
    }
    /* Of the answers, it is the end to write to that lies high. */
    to_high(&ends[process == 0 ? 1 : 0], OURS + process);
    requests[process] = ends[1];
    answers = process == 0 ? ends[0] : answers;
  }
}

static void start(void) {
  make_pipes();
  pids[1] = fork();
  if (pids[1] == 0) {
    first_process();
  }
  if (pids[1] < 0) {
    fail("cannot fork");
  }
  await_answer(1, NULL);
}

static void take_step(int at, int *made) {
  const struct step *step = &steps[at];
  int is_running = step->victim > 0 && step->victim <= *made && pids[step->victim] != 0;
  static struct request request;
  request.step = at;
  request.child = *made + 1;
  request.victim = is_running ? pids[step->victim] : NOBODY;
  if (step->process > *made || pids[step->process] == 0) {
    snprintf(answer.text, sizeof(answer.text), "-1 ESRCH");
    return;
  }
  if (write(requests[step->process], &request, sizeof(request)) != sizeof(request)) {
    fail("a process cannot be asked");
  }
  if (step->kind == EXIT || (step->kind == KILL && step->victim == step->process)) {
    reap(step->process);
    snprintf(answer.text, sizeof(answer.text), "?");
    return;
  }
  await_answer(step->process, step->call);
  if (answer.made > 0) {
    pids[++*made] = answer.made;
  }
  if (answer.object.kind != NOTHING) {
    request.objects[request.object_count++] = answer.object;
  }
  if (step->kind == KILL && strcmp(answer.text, "0") == 0) {
    reap(step->victim);
  }
}

static int is_expected(const struct step *step) {
  for (int i = 0; step->expected[i] != NULL; i++) {
    if (strcmp(step->expected[i], answer.text) == 0) {
      return 1;
    }
  }
  return 0;
}

static int report(const struct step *step) {
  int expected = is_expected(step);
  printf("%-7s  %d %s = %s", expected ? "agrees" : "DIFFERS", step->process, step->call, answer.text);
  for (int i = 0; !expected && step->expected[i] != NULL; i++) {
    printf("%s%s", i == 0 ? "; the model says " : " or ", step->expected[i]);
  }
  printf("\n");
  fflush(stdout);
  return expected;
}

int main(int count, char **arguments) {
  if (count == 3 && strcmp(arguments[1], "goes-on") == 0) { /* after an exec */
    self = atoi(arguments[2]);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    plain(0);
    give_answer();
    obey_all();
  }
  int made = 1;
  int agreed = 0;
  start();
  for (int at = 0; at < STEPS; at++) {
    take_step(at, &made);
    agreed += report(&steps[at]);
  }
  end_all();
  printf("%d of %d answers are what the model says.\n", agreed, STEPS);
  return agreed == STEPS ? 0 : 1;
}
