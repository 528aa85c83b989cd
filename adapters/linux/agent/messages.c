/* Sockets: descriptors in messages, and filters. */
#include "agent.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#ifndef SO_ATTACH_BPF
#define SO_ATTACH_BPF 50
#endif

int64_t socket_pair(struct answer *answer) {
  int pair[2];
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0) {
    return -errno;
  }
  answer->details = 2;
  answer->detail[0] = pair[0];
  answer->detail[1] = pair[1];
  return 0;
}

union control {
  struct cmsghdr header;
  char bytes[CMSG_SPACE(MESSAGE_FDS * sizeof(int))];
};

int64_t send_message(int fd, const int64_t *fds, uint32_t count) {
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
  }
  for (uint32_t i = 0; i < count; i++) {
    int sent = (int)fds[i];
    memcpy(CMSG_DATA(&control.header) + i * sizeof(int), &sent, sizeof(int));
  }
  return answered(sendmsg(fd, &message, MSG_DONTWAIT | MSG_NOSIGNAL));
}

/* The buffer ends where the last descriptor does: what is mere alignment would take another. */
int64_t receive_message(int fd, uint32_t room, int flags, struct answer *answer) {
  char byte;
  struct iovec data = {&byte, 1};
  union control control = {0};
  struct msghdr message = {.msg_iov = &data, .msg_iovlen = 1};
  if (room > 0) {
    message.msg_control = &control;
    message.msg_controllen = CMSG_LEN(room * sizeof(int));
  }
  int64_t result = answered(recvmsg(fd, &message, flags | MSG_DONTWAIT));
  if (result < 0) {
    return result;
  }
  answer->details = 2;
  answer->detail[0] = result;
  answer->detail[1] = (message.msg_flags & MSG_CTRUNC) != 0;
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  uint32_t count = header == NULL ? 0 : (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
  for (uint32_t i = 0; i < count && i < MESSAGE_FDS; i++) {
    int received;
    memcpy(&received, CMSG_DATA(header) + i * sizeof(int), sizeof(int));
    answer->detail[answer->details++] = received;
    note_descriptor(received);
  }
  return 0;
}

int64_t attach_program(int fd, int prog_fd) {
  return answered(setsockopt(fd, SOL_SOCKET, SO_ATTACH_BPF, &prog_fd, sizeof(prog_fd)));
}

int64_t detach_filter(int fd) {
  int unused = 0;
  return answered(setsockopt(fd, SOL_SOCKET, SO_DETACH_FILTER, &unused, sizeof(unused)));
}
