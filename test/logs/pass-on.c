/* Passes a map to a child over a socket, and takes another one from a child by its pidfd. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/bpf.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static int create(const char *name) {
  union bpf_attr attr;
  memset(&attr, 0, sizeof attr);
  attr.map_type = BPF_MAP_TYPE_HASH;
  attr.key_size = attr.value_size = attr.max_entries = 4;
  strncpy(attr.map_name, name, sizeof attr.map_name - 1);
  return (int)syscall(SYS_bpf, BPF_MAP_CREATE, &attr, sizeof attr);
}

static int pin(const char *folder, const char *name, int fd) {
  char path[512];
  union bpf_attr attr;
  snprintf(path, sizeof path, "%s/%s", folder, name);
  memset(&attr, 0, sizeof attr);
  attr.pathname = (uint64_t)(uintptr_t)path;
  attr.bpf_fd = (uint32_t)fd;
  return (int)syscall(SYS_bpf, BPF_OBJ_PIN, &attr, sizeof attr);
}

/* Sends `fd`, or receives a descriptor if it is -1. */
static int pass(int socket, int fd) {
  char byte = 0;
  union {
    char bytes[CMSG_SPACE(sizeof(int))];
    struct cmsghdr align;
  } control;
  struct iovec iov = {&byte, 1};
  struct msghdr message = {.msg_iov = &iov, .msg_iovlen = 1, .msg_control = control.bytes,
                           .msg_controllen = sizeof control.bytes};
  struct cmsghdr *header;
  if (fd < 0) {
    if (recvmsg(socket, &message, 0) != 1 || !(header = CMSG_FIRSTHDR(&message))) return -1;
    memcpy(&fd, CMSG_DATA(header), sizeof fd);
    return fd;
  }
  memset(&control, 0, sizeof control);
  header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof fd);
  memcpy(CMSG_DATA(header), &fd, sizeof fd);
  return sendmsg(socket, &message, 0) == 1 ? 0 : -1;
}

int main(int count, char **arguments) {
  const char *folder = count > 1 ? arguments[1] : ".";
  int ends[2], pipes[2], fd, pidfd;
  pid_t child;
  char from[512], to[512], byte = 0;

  if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) || (fd = create("sent")) < 0) return 1;
  if ((child = fork()) == 0) {
    close(fd);
    fd = pass(ends[1], -1);
    if (fd < 0 || pin(folder, "sent", fd) || dup2(fd, 40) != 40) _exit(1);
    execl("/bin/sh", "sh", "-c", "exit 0", (char *)0);
    _exit(1);
  }
  if (pass(ends[0], fd)) return 2;
  close(fd);
  waitpid(child, 0, 0);

  if (pipe(pipes) || (fd = create("taken")) < 0) return 3;
  if ((child = fork()) == 0) {
    close(pipes[1]);
    _exit(read(pipes[0], &byte, 1) < 0);
  }
  close(fd);
  pidfd = (int)syscall(SYS_pidfd_open, child, 0);
  fd = (int)syscall(SYS_pidfd_getfd, pidfd, fd, 0);
  close(pipes[1]);
  waitpid(child, 0, 0);
  if (fd < 0 || pin(folder, "taken", fd) || pin(folder, "taken", fd) == 0) return 4;
  snprintf(from, sizeof from, "%s/taken", folder);
  snprintf(to, sizeof to, "%s/sent", folder);
  return rename(from, to) || unlink(to) ? 5 : 0;
}
