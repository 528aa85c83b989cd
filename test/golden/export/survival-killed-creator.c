/*
 * a pinned map survives the killing of its creator
 *
 * Plays a trace of 10 calls on the running kernel, and says of each answer whether it is what
 * Pinproof's model of linux-6.18 says. Ends with 0 if all are, with 1 if not, with 3 if it cannot begin.
 *
 *   cc -O1 -o program program.c && ./program        (as root)
 *
 * The calls are made by processes that take turns in a mount namespace of their own, on an empty tree:
 * nothing of the machine is touched, and nothing stays. Processes and objects are called by their numbers in
 * the trace: 1 is the first.
 */
(answers.c)

(bpf.c)

(info.c)

(objects.c)

(elements.c)

enum { STEPS = 10, PROCESSES = 2, DESCRIPTORS = 16, OBJECTS = 1 };

/* The tree in which the paths start; directories end in a slash. */
static const char *const host[] = {"/mnt/", "/mnt/a/", NULL};

static const struct step {
  int process;
  enum { CALL, FORK, CLONE, EXEC, EXIT, KILL } kind;
  int victim;
  const char *call;
  const char *expected[2];
} steps[] = {
    {1, CALL, 0, "mount(\"bpf\", \"/mnt/a\", \"bpf\", 0, NULL)", {"0", NULL}},
    {1, FORK, 0, "fork()", {"2", NULL}},
    {2, CALL, 0, "bpf(BPF_MAP_CREATE, {map_type=BPF_MAP_TYPE_HASH, key_size=4, value_size=4, max_entries=1}, 16)", {"3", NULL}},
    {2, CALL, 0, "bpf(BPF_MAP_LOOKUP_ELEM, {map_fd=3, key=0}, 32)", {"-1 ENOENT", NULL}},
    {2, CALL, 0, "bpf(BPF_MAP_UPDATE_ELEM, {map_fd=3, key=0, value=7, flags=BPF_NOEXIST}, 32)", {"0", NULL}},
    {2, CALL, 0, "bpf(BPF_OBJ_PIN, {pathname=\"/mnt/a/m\", bpf_fd=3}, 16)", {"0", NULL}},
    {1, KILL, 2, "kill(2, SIGKILL)", {"0", NULL}},
    {1, KILL, 2, "kill(2, SIGKILL)", {"-1 ESRCH", NULL}},
    {1, CALL, 0, "bpf(BPF_OBJ_GET, {pathname=\"/mnt/a/m\"}, 16)", {"3", NULL}},
    {1, CALL, 0, "bpf(BPF_MAP_LOOKUP_ELEM, {map_fd=3, key=0}, 32)", {"0 (value=7)", NULL}},
};

static void make_call(int at) {
  switch (at) {
  case 0:
    plain(syscall(SYS_mount, "bpf", "/mnt/a", "bpf", 0, NULL));
    return;
  case 2:
    made(MAP, map_create(BPF_MAP_TYPE_HASH, 4, 4, 1, 0, 0));
    return;
  case 3:
    map_lookup(3, WORD(0u));
    return;
  case 4:
    map_update(3, WORD(0u), WORD(7u), 1);
    return;
  case 5:
    plain(at_path(BPF_OBJ_PIN, AT_FDCWD, "/mnt/a/m", 3, 0));
    return;
  case 8:
    plain(at_path(BPF_OBJ_GET, AT_FDCWD, "/mnt/a/m", 0, 0));
    return;
  case 9:
    map_lookup(3, WORD(0u));
    return;
  default:
    return;
  }
}

(processes.c)

(driver.c)
