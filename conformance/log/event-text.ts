/** What happened, as short as a reader wants it. */
import type { LogCall } from '../../traces/index.ts';

const longest = 100;

/** `BPF_OBJ_PIN /sys/fs/bpf/x`; the call as the log has it where it is short. */
export function eventText(call: LogCall, text: string): string {
  switch (call.call) {
    case 'create':
      return `${call.sort} ${call.name === '' ? '' : `${call.name} `}created`;
    case 'by-id':
      return `${call.sort} of id ${call.id} opened`;
    case 'pin':
      return `BPF_OBJ_PIN ${call.at.path}`;
    case 'get':
      return `BPF_OBJ_GET ${call.at.path}`;
    case 'fill':
      return 'BPF_MAP_UPDATE_ELEM';
    case 'attach':
      return `attached to ${call.to}`;
    case 'netlink':
      return call.request.kind === 'new'
        ? 'a traffic filter asked for'
        : 'the removal of filters asked for';
    case 'netlink-done':
      return 'the removal of traffic filters confirmed';
    case 'send':
      return `sent over descriptor ${call.socket.fd}`;
    case 'receive':
      return `received over descriptor ${call.socket.fd}`;
    case 'exec':
      return `execve ${call.path ?? ''}`.trim();
    case 'exit':
      return 'its end';
    case 'fork':
      return 'fork';
    case 'close':
    case 'close-range':
    case 'dup':
    case 'set-cloexec':
    case 'open':
    case 'descriptor':
    case 'pair':
    case 'take':
    case 'detach':
    case 'chdir':
    case 'fchdir':
    case 'getcwd':
    case 'chroot':
    case 'mkdir':
    case 'rmdir':
    case 'unlink':
    case 'symlink':
    case 'link':
    case 'rename':
    case 'mount':
    case 'umount':
    case 'unshare':
    case 'setns':
      return text.length <= longest ? text : `${text.slice(0, longest - 3)}...`;
  }
}
