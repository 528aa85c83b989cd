/*
 * a map that was sent survives its sender, and stays open on exec where it is received
 *
 * Plays a trace of 14 calls on the running kernel, and says of each answer whether it is what
 * Pinproof's model of linux-6.18 says. Ends with 0 if all are, with 1 if not, with 3 if it cannot begin.
 *
 *   cc -O1 -static -o program program.c && ./program        (as root)
 *
 * The calls are made by processes that take turns in a mount namespace of their own, on an empty tree:
 * nothing of the machine is touched, and nothing stays.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/bpf.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

/* What a call answered, in words; of a call that makes a process, what the kernel calls it. */
struct answer {
  char text[256];
  pid_t made;
};

static struct answer answer;

static const char *error_name(int error) {
  static const struct {
    int number;
    const char *name;
  } names[] = {
#define ERROR(name) {name, #name}
      ERROR(EPERM),        ERROR(ENOENT),       ERROR(ESRCH),    ERROR(EIO),          ERROR(ENXIO),
      ERROR(E2BIG),        ERROR(EBADF),        ERROR(EAGAIN),   ERROR(ENOMEM),       ERROR(EACCES),
      ERROR(EFAULT),       ERROR(EBUSY),        ERROR(EEXIST),   ERROR(EXDEV),        ERROR(ENODEV),
      ERROR(ENOTDIR),      ERROR(EISDIR),       ERROR(EINVAL),   ERROR(ENFILE),       ERROR(EMFILE),
      ERROR(ENOSPC),       ERROR(EROFS),        ERROR(EPIPE),    ERROR(ENAMETOOLONG), ERROR(ENOSYS),
      ERROR(ENOTEMPTY),    ERROR(ELOOP),        ERROR(EBADFD),   ERROR(ENOTSOCK),     ERROR(EOPNOTSUPP),
      ERROR(ECONNRESET),   ERROR(ENOTCONN),     {524, "ENOTSUPP"}, ERROR(ETOOMANYREFS),
#undef ERROR
  };
  static char other[32];
  for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
    if (names[i].number == error) {
      return names[i].name;
    }
  }
  snprintf(other, sizeof(other), "error %d", error);
  return other;
}

/* A value, or an error number with -1 as system calls return them. True if it is an error. */
static int plain(long result) {
  if (result == -1) {
    snprintf(answer.text, sizeof(answer.text), "-1 %s", error_name(errno));
  } else {
    snprintf(answer.text, sizeof(answer.text), "%ld", result);
  }
  return result == -1;
}

/* A success shows something besides: `0 (value=7)`. */
__attribute__((unused, format(printf, 2, 3))) static void shown(long result, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  if (!plain(result)) {
    vsnprintf(answer.text, sizeof(answer.text), format, arguments);
  }
  va_end(arguments);
}

/* bpf(2), with attributes that are zero where nothing else is said. */
static long bpf(int command, union bpf_attr *attr) { return syscall(SYS_bpf, command, attr, sizeof(*attr)); }

static uint64_t address(const void *pointer) { return (uint64_t)(uintptr_t)pointer; }

/* What is told of maps and programs begins alike: type, id, and for a map its sizes. */
static long object_info(int fd, uint32_t *info, uint32_t length) {
  union bpf_attr attr = {0};
  memset(info, 0, length);
  attr.info.bpf_fd = (uint32_t)fd;
  attr.info.info_len = length;
  attr.info.info = address(info);
  return bpf(BPF_OBJ_GET_INFO_BY_FD, &attr);
}

/* A map refuses a NULL key, or the reader; what is no map is refused before. */
static int is_map(int fd) {
  union bpf_attr attr = {.map_fd = (uint32_t)fd};
  return bpf(BPF_MAP_LOOKUP_ELEM, &attr) == 0 || errno != EINVAL;
}

/* The type of the map behind a descriptor, or 0. */
__attribute__((unused)) static uint32_t map_type_behind(int fd) {
  uint32_t info[4];
  return object_info(fd, info, sizeof(info)) == 0 && is_map(fd) ? info[0] : 0;
}

static const char *type_name(int map, uint32_t type) {
  switch (type) {
  case BPF_MAP_TYPE_HASH: /* of a program: BPF_PROG_TYPE_SOCKET_FILTER */
    return map ? "BPF_MAP_TYPE_HASH" : "BPF_PROG_TYPE_SOCKET_FILTER";
  case BPF_MAP_TYPE_PROG_ARRAY: /* of a program: BPF_PROG_TYPE_SCHED_CLS */
    return map ? "BPF_MAP_TYPE_PROG_ARRAY" : "BPF_PROG_TYPE_SCHED_CLS";
  case BPF_MAP_TYPE_ARRAY:
    return map ? "BPF_MAP_TYPE_ARRAY" : "another";
  case BPF_MAP_TYPE_ARRAY_OF_MAPS:
    return map ? "BPF_MAP_TYPE_ARRAY_OF_MAPS" : "another";
  case BPF_MAP_TYPE_HASH_OF_MAPS:
    return map ? "BPF_MAP_TYPE_HASH_OF_MAPS" : "another";
  case BPF_PROG_TYPE_CGROUP_SKB:
    return map ? "another" : "BPF_PROG_TYPE_CGROUP_SKB";
  default:
    return "another";
  }
}

__attribute__((unused)) static void show_info(int fd) {
  uint32_t info[14]; /* up to nr_map_ids of a program; max_entries of a map is the fifth */
  if (plain(object_info(fd, info, sizeof(info)))) {
    return;
  }
  int map = is_map(fd);
  shown(0, "0 (type=%s, %s=%u)", type_name(map, info[0]), map ? "max_entries" : "nr_map_ids",
        map ? info[4] : info[13]);
}

__attribute__((unused)) static long map_create(uint32_t type, uint32_t key_size, uint32_t value_size, uint32_t max_entries,
                       uint32_t flags, int inner_map_fd) {
  union bpf_attr attr = {.map_type = type,
                         .key_size = key_size,
                         .value_size = value_size,
                         .max_entries = max_entries,
                         .map_flags = flags,
                         .inner_map_fd = (uint32_t)inner_map_fd};
  return bpf(BPF_MAP_CREATE, &attr);
}

__attribute__((unused)) static long map_freeze(int fd) {
  union bpf_attr attr = {.map_fd = (uint32_t)fd};
  return bpf(BPF_MAP_FREEZE, &attr);
}

/* The fields of BPF_OBJ_PIN and BPF_OBJ_GET, of which older headers lack the last. */
__attribute__((unused)) static long at_path(int command, int start, const char *path, int fd, uint32_t flags) {
  struct {
    uint64_t pathname;
    uint32_t bpf_fd;
    uint32_t file_flags;
    int32_t path_fd;
  } attr = {.pathname = address(path), .bpf_fd = (uint32_t)fd, .file_flags = flags};
  if (start != AT_FDCWD) {
    attr.file_flags |= 1 << 14; /* BPF_F_PATH_FD */
    attr.path_fd = start;
  }
  return syscall(SYS_bpf, command, &attr, sizeof(attr));
}

/* A key or a value behind its pointer. */
#define WORD(number) (&(const uint32_t){number})

/* More than any map of a trace has, and nothing behind it, so that a larger word ends in EFAULT. */
static char *word_buffer(int which, const uint32_t *word) {
  enum { ROOM = 65536 };
  static char *buffers[2];
  if (buffers[which] == NULL) {
    char *area = mmap(NULL, 2 * ROOM, PROT_NONE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (area == MAP_FAILED || mprotect(area, ROOM, PROT_READ | PROT_WRITE) != 0) {
      _exit(3);
    }
    buffers[which] = area;
  }
  memset(buffers[which], 0, 64);
  if (word != NULL) {
    memcpy(buffers[which], word, sizeof(*word));
  }
  return word == NULL ? NULL : buffers[which];
}

static long element(int command, int fd, const uint32_t *key, const uint32_t *value, uint64_t flags,
                    uint32_t *found) {
  union bpf_attr attr = {.map_fd = (uint32_t)fd, .flags = flags};
  attr.key = address(word_buffer(0, key));
  char *room = word_buffer(1, value);
  attr.value = address(room);
  long result = bpf(command, &attr);
  if (found != NULL) {
    memcpy(found, room, sizeof(*found));
  }
  return result;
}

__attribute__((unused)) static void map_update(int fd, const uint32_t *key, const uint32_t *value, uint64_t flags) {
  plain(element(BPF_MAP_UPDATE_ELEM, fd, key, value, flags, NULL));
}

/* In a map that holds objects a lookup finds ids, which no two runs share: 0 is shown. */
__attribute__((unused)) static void map_lookup(int fd, const uint32_t *key) {
  uint32_t found = 0;
  long result = element(BPF_MAP_LOOKUP_ELEM, fd, key, WORD(0), 0, &found);
  if (result == 0) {
    uint32_t type = map_type_behind(fd);
    int holds_words = type != BPF_MAP_TYPE_PROG_ARRAY && type != BPF_MAP_TYPE_ARRAY_OF_MAPS &&
                      type != BPF_MAP_TYPE_HASH_OF_MAPS;
    found = holds_words ? found : 0;
  }
  shown(result, "0 (value=%u)", found);
}

__attribute__((unused)) static void map_delete(int fd, const uint32_t *key) {
  plain(element(BPF_MAP_DELETE_ELEM, fd, key, NULL, 0, NULL));
}

__attribute__((unused)) static void map_next_key(int fd, const uint32_t *key) {
  uint32_t found = 0;
  long result = element(BPF_MAP_GET_NEXT_KEY, fd, key, WORD(0), 0, &found);
  shown(result, "0 (next_key=%u)", found);
}

__attribute__((unused)) static void pair(long result, const int *ends) {
  shown(result, "0 (fds=[%d, %d])", ends[0], ends[1]);
}

__attribute__((unused)) static void make_pipe(int flags) {
  int ends[2] = {-1, -1};
  pair(syscall(SYS_pipe2, ends, flags), ends);
}

__attribute__((unused)) static void make_socketpair(void) {
  int ends[2] = {-1, -1};
  pair(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), ends);
}

union control {
  struct cmsghdr header;
  char bytes[CMSG_SPACE(2 * sizeof(int))];
};

/* One byte, with descriptors. */
__attribute__((unused)) static void send_message(int fd, const int *fds, size_t count) {
  char byte = 'm';
  struct iovec data = {&byte, 1};
  union control control = {0};
  struct msghdr message = {.msg_iov = &data, .msg_iovlen = 1};
  if (count > 0) {
    message.msg_control = &control;
    message.msg_controllen = CMSG_SPACE(count * sizeof(int));
    control.header.cmsg_level = SOL_SOCKET;
    control.header.cmsg_type = SCM_RIGHTS;
    control.header.cmsg_len = CMSG_LEN(count * sizeof(int));
    memcpy(CMSG_DATA(&control.header), fds, count * sizeof(int));
  }
  plain(sendmsg(fd, &message, MSG_DONTWAIT | MSG_NOSIGNAL));
}

/* The buffer ends where the last descriptor does: what is mere alignment would take another. */
__attribute__((unused)) static void receive_message(int fd, size_t room, int flags) {
  char byte;
  struct iovec data = {&byte, 1};
  union control control = {0};
  struct msghdr message = {.msg_iov = &data, .msg_iovlen = 1};
  if (room > 0) {
    message.msg_control = &control;
    message.msg_controllen = CMSG_LEN(room * sizeof(int));
  }
  ssize_t result = recvmsg(fd, &message, flags | MSG_DONTWAIT);
  if (plain(result) || result == 0) {
    return;
  }
  int received[2] = {-1, -1};
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  size_t size = header == NULL ? 0 : header->cmsg_len - CMSG_LEN(0);
  size = size > sizeof(received) ? sizeof(received) : size;
  if (size > 0) {
    memcpy(received, CMSG_DATA(header), size);
  }
  char fds[64] = "";
  if (size > 0) {
    snprintf(fds, sizeof(fds), size == sizeof(int) ? "%d" : "%d, %d", received[0], received[1]);
  }
  shown(result, "%zd (fds=[%s]%s)", result, fds, (message.msg_flags & MSG_CTRUNC) != 0 ? ", MSG_CTRUNC" : "");
}

__attribute__((unused)) static void attach_program(int fd, int prog_fd) {
  plain(setsockopt(fd, SOL_SOCKET, 50 /* SO_ATTACH_BPF */, &prog_fd, sizeof(prog_fd)));
}

__attribute__((unused)) static void detach_filter(int fd) {
  int unused = 0;
  plain(setsockopt(fd, SOL_SOCKET, SO_DETACH_FILTER, &unused, sizeof(unused)));
}

/* That a path may be NULL is hidden from the compiler, to which libc has promised that it is not. */
__attribute__((unused)) static void show_stat(int start, const char *volatile path) {
  struct stat file = {0};
  long result = fstatat(start, path, &file, 0);
  shown(result, "0 (st_mode=%s, st_nlink=%lu)", S_ISDIR(file.st_mode) ? "S_IFDIR" : "S_IFREG",
        (unsigned long)file.st_nlink);
}

/* As strace writes permissions: three digits or more, the first of them 0. */
__attribute__((unused)) static const char *mode_text(unsigned mode) {
  static char text[16];
  snprintf(text, sizeof(text), mode < 0100 ? "%03o" : "0%o", mode);
  return text;
}

__attribute__((unused)) static void show_mode(const char *volatile path) {
  struct stat file = {0};
  long result = stat(path, &file);
  shown(result, "0 (stx_mode=%s|%s, stx_uid=%u)", S_ISDIR(file.st_mode) ? "S_IFDIR" : "S_IFREG",
        mode_text(file.st_mode & 07777), (unsigned)file.st_uid);
}

__attribute__((unused)) static void file_access(int fd) {
  static const char *const names[] = {"0 (flags O_RDONLY)", "0x1 (flags O_WRONLY)", "0x2 (flags O_RDWR)", "?"};
  long flags = fcntl(fd, F_GETFL);
  shown(flags, "%s", names[flags & O_ACCMODE]);
}

__attribute__((unused)) static void descriptor_flags(int fd) {
  long flags = fcntl(fd, F_GETFD);
  shown(flags, "%s", (flags & FD_CLOEXEC) != 0 ? "0x1 (flags FD_CLOEXEC)" : "0");
}

__attribute__((unused)) static void change_umask(unsigned mask) {
  shown(0, "%s", mode_text(umask(mask)));
}

/* Root gives up its groups with its user. That clears what happens when the driver dies. */
__attribute__((unused)) static void become(unsigned user) {
  if (geteuid() == 0 && user != 0 && (setgroups(0, NULL) != 0 || setresgid(user, user, user) != 0)) {
    _exit(3);
  }
  plain(setresuid(user, user, user));
  prctl(PR_SET_PDEATHSIG, SIGKILL);
}

enum { STEPS = 14, PROCESSES = 2, DESCRIPTORS = 16 };

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
    plain(map_create(BPF_MAP_TYPE_ARRAY, 4, 4, 1, 0, 0));
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

/* What the driver asks of a process: the number of a step, and of whom it is about. */
struct request {
  int step;
  int child;
  pid_t victim;
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

static void give_up(const char *what) {
  fprintf(stderr, "cannot %s: %s\n", what, strerror(errno));
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
  struct request request;
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
    give_up("make a private mount namespace (this wants root)");
  }
  if (mount("tmpfs", "/tmp", "tmpfs", 0, "mode=0755") != 0 || chdir("/tmp") != 0 ||
      syscall(SYS_pivot_root, ".", ".") != 0 || umount2(".", MNT_DETACH) != 0 || chdir("/") != 0) {
    give_up("make a root of its own");
  }
  for (int i = 0; host[i] != NULL; i++) {
    if (make_entry(host[i]) != 0) {
      give_up(host[i]);
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
    _exit(3);
  }
  give_answer();
  obey_all();
}

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
      fprintf(stderr, "%d %s: ", process, call == NULL ? "starts" : call);
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
  struct request request = {at, *made + 1, is_running ? pids[step->victim] : NOBODY};
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
