/*
 * a map that was sent survives its sender, and stays open on exec where it is received
 *
 * Plays a trace of 14 calls on the running kernel, and says of each answer whether it is what
 * Pinproof's model of linux-6.18 says. Ends with 0 if all are, with 1 if not, with 3 if it cannot begin.
 *
 *   cc -O1 -static -o program program.c && ./program        (as root)
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

(sockets.c)

(files.c)

enum { STEPS = 14, PROCESSES = 2, DESCRIPTORS = 16, OBJECTS = 1 };

/* The tree in which the paths start; directories end in a slash. */
static const char *const host[] = {"/mnt/", "/mnt/a/", NULL};

static const struct step {
  int process;
  enum { CALL, FORK, CLONE, EXEC, EXIT, KILL } kind;
  int victim;
  const char *call;
  const char *expected[2];
} steps[] = {
    {1, CALL, 0, "socketpair(AF_UNIX, SOCK_STREAM, 0, [])", {"0 (fds=[3, 4])", NULL}},
    {1, FORK, 0, "fork()", {"2", NULL}},
    {1, CALL, 0, "close(3)", {"0", NULL}},
    {2, CALL, 0, "bpf(BPF_MAP_CREATE, {map_type=BPF_MAP_TYPE_ARRAY, key_size=4, value_size=4, max_entries=1}, 16)", {"5", NULL}},
    {2, CALL, 0, "bpf(BPF_MAP_UPDATE_ELEM, {map_fd=5, key=0, value=7, flags=BPF_ANY}, 32)", {"0", NULL}},
    {2, CALL, 0, "sendmsg(3, {msg_control=[{cmsg_type=SCM_RIGHTS, cmsg_data=[5]}]}, MSG_DONTWAIT|MSG_NOSIGNAL)", {"1", NULL}},
    {2, CALL, 0, "close(5)", {"0", NULL}},
    {2, EXIT, 0, "exit_group(0)", {"?", NULL}},
    {1, CALL, 0, "recvmsg(4, {msg_controllen=20}, MSG_DONTWAIT)", {"1 (fds=[3])", NULL}},
    {1, CALL, 0, "bpf(BPF_MAP_LOOKUP_ELEM, {map_fd=3, key=0}, 32)", {"0 (value=7)", NULL}},
    {1, CALL, 0, "fcntl(3, F_GETFD)", {"0", NULL}},
    {1, CALL, 0, "recvmsg(4, {msg_controllen=20}, MSG_DONTWAIT)", {"0", NULL}},
    {1, EXEC, 0, "execve(\"/proc/self/exe\", [\"exe\"], NULL)", {"0", NULL}},
    {1, CALL, 0, "bpf(BPF_MAP_LOOKUP_ELEM, {map_fd=3, key=0}, 32)", {"0 (value=7)", NULL}},
};

static void make_call(int at) {
  switch (at) {
  case 0:
    make_socketpair();
    return;
  case 2:
    plain(syscall(SYS_close, 3));
    return;
  case 3:
    made(MAP, map_create(BPF_MAP_TYPE_ARRAY, 4, 4, 1, 0, 0));
    return;
  case 4:
    map_update(5, WORD(0u), WORD(7u), 0);
    return;
  case 5:
    send_message(3, (const int[]){5}, 1);
    return;
  case 6:
    plain(syscall(SYS_close, 5));
    return;
  case 8:
    receive_message(4, 1, 0);
    return;
  case 9:
    map_lookup(3, WORD(0u));
    return;
  case 10:
    descriptor_flags(3);
    return;
  case 11:
    receive_message(4, 1, 0);
    return;
  case 13:
    map_lookup(3, WORD(0u));
    return;
  default:
    return;
  }
}

(processes.c)

(driver.c)
