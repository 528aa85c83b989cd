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
