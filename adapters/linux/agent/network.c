/*
 * A network of our own: a network namespace in which there is nothing but the device lo, with a clsact
 * qdisc. The supervisor enters it once, and everything it forks is there.
 */
#include "agent.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/pkt_cls.h>
#include <linux/pkt_sched.h>
#include <linux/rtnetlink.h>
#include <sched.h>
#include <stddef.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LOOPBACK = 1, CLSACT = 0xffff0000, PRIORITY = 1, ROOM = 512, EVERY_PROTOCOL = 3, SPARE = 16 };

static int has_network;
static int is_touched;

struct request {
  struct nlmsghdr header;
  struct tcmsg message;
  char attributes[ROOM];
};

static struct rtattr *put(struct request *request, unsigned short type, const void *data, size_t size) {
  struct rtattr *at = (void *)((char *)request + NLMSG_ALIGN(request->header.nlmsg_len));
  at->rta_type = type;
  at->rta_len = (unsigned short)RTA_LENGTH(size);
  if (size > 0) {
    memcpy(RTA_DATA(at), data, size);
  }
  request->header.nlmsg_len = NLMSG_ALIGN(request->header.nlmsg_len) + RTA_ALIGN(at->rta_len);
  return at;
}

static struct request request_for(int type, int flags, uint32_t parent, const char *kind) {
  struct request request = {
      .header = {.nlmsg_len = NLMSG_LENGTH(sizeof(struct tcmsg)),
                 .nlmsg_type = (unsigned short)type,
                 .nlmsg_flags = (unsigned short)(NLM_F_REQUEST | NLM_F_ACK | flags)},
      .message = {.tcm_ifindex = LOOPBACK, .tcm_parent = parent}};
  put(&request, TCA_KIND, kind, strlen(kind) + 1);
  return request;
}

static struct request for_qdisc(int type, int flags) {
  struct request request = request_for(type, flags, TC_H_CLSACT, "clsact");
  request.message.tcm_handle = CLSACT;
  return request;
}

static struct request for_filter(int type, int flags, int64_t egress) {
  uint32_t parent = TC_H_MAKE(TC_H_CLSACT, egress != 0 ? TC_H_MIN_EGRESS : TC_H_MIN_INGRESS);
  struct request request = request_for(type, flags, parent, "bpf");
  request.message.tcm_handle = 1;
  request.message.tcm_info = TC_H_MAKE(PRIORITY << 16, htons(EVERY_PROTOCOL));
  return request;
}

/* Direct action: what the program returns is what becomes of the packet. */
static void put_program(struct request *request, int prog_fd) {
  const uint32_t flags = TCA_BPF_FLAG_ACT_DIRECT;
  struct rtattr *options = put(request, TCA_OPTIONS, NULL, 0);
  put(request, TCA_BPF_FD, &prog_fd, sizeof(prog_fd));
  put(request, TCA_BPF_NAME, "pinproof", sizeof("pinproof"));
  put(request, TCA_BPF_FLAGS, &flags, sizeof(flags));
  options->rta_len =
      (unsigned short)((char *)request + request->header.nlmsg_len - (char *)options);
}

/* The kernel has dealt with the request, and answered, when send returns. */
static int64_t exchange(int fd, const struct request *request) {
  struct {
    struct nlmsghdr header;
    struct nlmsgerr error;
    char more[4096];
  } answer;
  if (send(fd, request, request->header.nlmsg_len, 0) < 0) {
    return lack("send a netlink message", -errno);
  }
  ssize_t got = recv(fd, &answer, sizeof(answer), MSG_DONTWAIT);
  if (got < (ssize_t)offsetof(__typeof__(answer), more) || answer.header.nlmsg_type != NLMSG_ERROR) {
    return lack("receive a netlink answer", got < 0 ? -errno : -EPROTO);
  }
  return answer.error.error;
}

/* At a number from `from` on, below which all may be taken. */
static int64_t exchange_at(int from, const struct request *request) {
  int low = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
  int fd = low < 0 ? -1 : fcntl(low, F_DUPFD_CLOEXEC, from);
  int64_t result = fd < 0 ? lack("open a netlink socket", -errno) : 0;
  close(low);
  if (fd >= 0) {
    result = exchange(fd, request);
    close(fd);
  }
  return result;
}

/*
 * By a modelled process, in whose table the kernel looks up the program. Our socket is there for just
 * that moment, beyond the limit of the run, and where `prog_fd` does not name it.
 */
static int64_t exchange_aside(const struct request *request, int prog_fd) {
  int from = (int)shared->limit + SPARE / 2;
  struct rlimit files;
  if (getrlimit(RLIMIT_NOFILE, &files) != 0) {
    return lack("read its limit of descriptors", -errno);
  }
  struct rlimit more = {shared->limit + SPARE, files.rlim_max};
  more.rlim_max = more.rlim_max < more.rlim_cur ? more.rlim_cur : more.rlim_max;
  if (setrlimit(RLIMIT_NOFILE, &more) != 0) {
    return lack("raise its limit of descriptors", -errno);
  }
  int64_t result = exchange_at(from == prog_fd ? from + 1 : from, request);
  return setrlimit(RLIMIT_NOFILE, &files) == 0 ? result : lack("lower its limit again", -errno);
}

int64_t call_network(const struct command *command) {
  const int64_t *number = command->number;
  int prog_fd = -1;
  struct request request;
  switch (command->op) {
  case OP_NEW_FILTER:
    prog_fd = (int)number[1];
    request = for_filter(RTM_NEWTFILTER,
                         NLM_F_CREATE | (number[2] != 0 ? NLM_F_REPLACE : NLM_F_EXCL), number[0]);
    put_program(&request, prog_fd);
    break;
  case OP_DEL_FILTER:
    request = for_filter(RTM_DELTFILTER, 0, number[0]);
    break;
  default:
    request = for_qdisc(RTM_DELQDISC, 0);
  }
  return exchange_aside(&request, prog_fd);
}

static int64_t add_qdisc(void) {
  struct request request = for_qdisc(RTM_NEWQDISC, NLM_F_CREATE | NLM_F_EXCL);
  return exchange_at(64, &request);
}

int64_t enter_network(const char **stage) {
  *stage = "netns";
  if (unshare(CLONE_NEWNET) != 0) {
    return -errno;
  }
  *stage = "clsact";
  int64_t result = add_qdisc();
  has_network = result == 0;
  return result;
}

int64_t try_filter(int prog_fd) {
  struct request request = for_filter(RTM_NEWTFILTER, NLM_F_CREATE | NLM_F_EXCL, 0);
  put_program(&request, prog_fd);
  return exchange_at(64, &request);
}

/* Without one of our own, the calls would reach the machine's. */
void touch_network(void) {
  if (!has_network) {
    fail("harness", "this run has no network of its own (see `agent probe`)");
  }
  is_touched = 1;
}

/* Its filters end with the qdisc. */
void end_network(void) {
  struct request request = for_qdisc(RTM_DELQDISC, 0);
  if (!is_touched) {
    return;
  }
  exchange_at(64, &request);
  int64_t result = add_qdisc();
  if (result < 0) {
    fail("harness", "cannot add a clsact qdisc: %s", strerror((int)-result));
  }
  is_touched = 0;
}
