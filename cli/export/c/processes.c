/* What the driver asks of a process: the number of a step, of whom it is about, and what there is by now. */
struct request {
  int step;
  int child;
  pid_t victim;
  uint32_t object_count;
  struct object objects[OBJECTS + 1];
};

/*
 * Pipes lie where no call of the trace can meet them: each process reads its requests from OURS + its
 * number, and all write their answers to OURS. This program itself is open below, for an exec.
 */
enum { OURS = DESCRIPTORS > 1000 ? DESCRIPTORS : 1000, ITSELF = OURS - 1 };

static int self;

static void give_answer(void) {
  if (write(OURS, &answer, sizeof(answer)) != sizeof(answer)) {
    _exit(3);
  }
}

static void give_up(const char *what, const char *of) {
  fprintf(stderr, "cannot %s%s: %s\n", what, of, strerror(errno));
  _exit(3);
}

/* A child has the parent of its parent, so that the driver can wait for every process. */
static void fork_process(int child, unsigned long sharing) {
  long made = syscall(SYS_clone, CLONE_PARENT | SIGCHLD | sharing, NULL, NULL, NULL, NULL);
  if (made == 0) {
    self = child;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    return;
  }
  answer.made = (pid_t)made;
  plain(made < 0 ? -1 : child);
  give_answer();
}

static void obey(const struct request *request) {
  memset(&answer, 0, sizeof(answer));
  objects = request->objects;
  object_count = request->object_count;
  switch (steps[request->step].kind) {
  case FORK:
    fork_process(request->child, 0);
    return;
  case CLONE:
    fork_process(request->child, CLONE_FILES);
    return;
  case EXEC: {
    char number[16];
    snprintf(number, sizeof(number), "%d", self);
    char *arguments[] = {"program", "goes-on", number, NULL};
    plain(syscall(SYS_execveat, ITSELF, "", arguments, environ, AT_EMPTY_PATH));
    break;
  }
  case EXIT:
    syscall(SYS_exit_group, 0);
    return;
  case KILL:
    plain(syscall(SYS_kill, request->victim, SIGKILL));
    break;
  case CALL:
    make_call(request->step);
    break;
  }
  give_answer();
}

__attribute__((noreturn)) static void obey_all(void) {
  static struct request request;
  while (read(OURS + self, &request, sizeof(request)) == sizeof(request)) {
    obey(&request);
  }
  _exit(3);
}

static int make_entry(const char *path) {
  size_t length = strlen(path);
  if (path[length - 1] == '/') {
    return mkdir(path, 0755);
  }
  int fd = open(path, O_CREAT | O_EXCL | O_WRONLY, 0644);
  return fd < 0 ? -1 : close(fd);
}

/* A mount namespace with nothing but an empty tmpfs, in which the paths of the trace are made. */
static void enter_tree(void) {
  if (unshare(CLONE_NEWNS) != 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0) {
    give_up("make a private mount namespace (this wants root)", "");
  }
  if (mount("tmpfs", "/tmp", "tmpfs", 0, "mode=0755") != 0 || chdir("/tmp") != 0 ||
      syscall(SYS_pivot_root, ".", ".") != 0 || umount2(".", MNT_DETACH) != 0 || chdir("/") != 0) {
    give_up("make a root of its own", "");
  }
  for (int i = 0; host[i] != NULL; i++) {
    if (make_entry(host[i]) != 0) {
      give_up("make ", host[i]);
    }
  }
}

/* Process 1. Its descriptors are 0, 1 and 2, which are /dev/null, and ours. */
__attribute__((noreturn)) static void first_process(void) {
  self = 1;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  umask(022);
  int null = open("/dev/null", O_RDWR);
  enter_tree();
  for (int fd = 0; fd < 3; fd++) {
    dup2(null, fd);
  }
  for (int fd = 3; fd < ITSELF; fd++) {
    close(fd);
  }
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = DESCRIPTORS;
  if (setrlimit(RLIMIT_NOFILE, &files) != 0) {
    give_up("limit the number of open files", "");
  }
  give_answer();
  obey_all();
}
