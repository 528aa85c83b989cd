/**
 * Constants of Linux 6.18 that this specification leaves out: too much like those that it has to be
 * taken for a slip (include/uapi/linux/bpf.h, rtnetlink.h).
 */

/** enum bpf_cmd. */
export const foreignCommands: readonly string[] = [
  ...['BPF_PROG_QUERY', 'BPF_RAW_TRACEPOINT_OPEN', 'BPF_BTF_LOAD', 'BPF_BTF_GET_FD_BY_ID'],
  ...['BPF_BTF_GET_NEXT_ID', 'BPF_TASK_FD_QUERY', 'BPF_MAP_LOOKUP_AND_DELETE_ELEM'],
  ...['BPF_MAP_LOOKUP_BATCH', 'BPF_MAP_UPDATE_BATCH', 'BPF_MAP_LOOKUP_AND_DELETE_BATCH'],
  ...['BPF_MAP_DELETE_BATCH', 'BPF_LINK_UPDATE', 'BPF_ENABLE_STATS', 'BPF_ITER_CREATE'],
  ...['BPF_PROG_BIND_MAP', 'BPF_TOKEN_CREATE', 'BPF_PROG_STREAM_READ_BY_FD'],
];

/** enum bpf_prog_type. */
export const foreignProgTypes = prefixed(
  'BPF_PROG_TYPE_',
  'KPROBE SCHED_ACT TRACEPOINT XDP PERF_EVENT CGROUP_SOCK LWT_IN LWT_OUT LWT_XMIT SOCK_OPS ' +
    'SK_SKB CGROUP_DEVICE SK_MSG RAW_TRACEPOINT CGROUP_SOCK_ADDR LWT_SEG6LOCAL LIRC_MODE2 ' +
    'SK_REUSEPORT FLOW_DISSECTOR CGROUP_SYSCTL RAW_TRACEPOINT_WRITABLE CGROUP_SOCKOPT TRACING ' +
    'STRUCT_OPS EXT LSM SK_LOOKUP SYSCALL NETFILTER',
);

/** Those of enum bpf_attach_type for cgroups. */
export const foreignAttachTypes = prefixed(
  'BPF_CGROUP_',
  'INET_INGRESS INET_SOCK_CREATE SOCK_OPS DEVICE INET4_BIND INET6_BIND INET4_CONNECT ' +
    'INET6_CONNECT INET4_POST_BIND INET6_POST_BIND UDP4_SENDMSG UDP6_SENDMSG SYSCTL ' +
    'UDP4_RECVMSG UDP6_RECVMSG GETSOCKOPT SETSOCKOPT INET4_GETPEERNAME INET6_GETPEERNAME ' +
    'INET4_GETSOCKNAME INET6_GETSOCKNAME INET_SOCK_RELEASE UNIX_CONNECT UNIX_SENDMSG ' +
    'UNIX_RECVMSG UNIX_GETPEERNAME UNIX_GETSOCKNAME',
);

/** enum bpf_link_type. */
export const foreignLinkTypes = prefixed(
  'BPF_LINK_TYPE_',
  'RAW_TRACEPOINT TRACING ITER NETNS XDP PERF_EVENT KPROBE_MULTI STRUCT_OPS NETFILTER TCX ' +
    'UPROBE_MULTI NETKIT SOCKMAP',
);

/** Of the messages of rtnetlink, those about qdiscs, classes, filters and devices. */
export const foreignMessages = prefixed(
  'RTM_',
  'NEWLINK DELLINK GETLINK SETLINK NEWQDISC GETQDISC NEWTCLASS DELTCLASS GETTCLASS GETTFILTER ' +
    'NEWCHAIN DELCHAIN GETCHAIN NEWACTION DELACTION GETACTION',
);

function prefixed(prefix: string, names: string): readonly string[] {
  return names.split(' ').map((name) => `${prefix}${name}`);
}
