/** Logs of real programs, and what may happen to their bytes, tokens and lines. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';

const folder = join(import.meta.dirname, '..', '..', 'test', 'logs');
/** Lines that are about nothing here are left out, so that more of what is altered matters. */
const realLogs = ['tc-ingress.strace', 'bpftool-map.strace'].map((name) =>
  readFileSync(join(folder, name), 'utf8')
    .split('\n')
    .filter((line) => !/locale|ld\.so|x86_64-linux-gnu|recvmsg\(3.*MSG_PEEK/.test(line))
    .map((line) => line.slice(0, 1500)),
);

/** Tokens that mean something in a log. */
const tokens = [
  ...['0', '1', '3', '-1', '4294967295', '99999999999', '0x', '?', '"', '\\', '<', '>', '(', ')'],
  ...['{', '}', '[', ']', ',', '=', '...', '<unfinished ...>', '<... bpf resumed>', '+++', '---'],
  ...['/sys/fs/bpf', '/', '..', 'AT_FDCWD', 'NULL', 'ENOENT', 'EBUSY', 'MS_BIND', 'MS_MOVE'],
  ...['MS_REC|MS_SHARED', 'MNT_DETACH', 'CLONE_FILES', 'CLONE_NEWNS', 'BPF_OBJ_PIN', 'fork()'],
  ...['SCM_RIGHTS, cmsg_data=[3, 4]', 'O_PATH', 'umount2("/", 2) = 0', 'é\u0000\ufffd'],
] as const;

const whole = [
  '17098 fork() = 5000',
  '17098 clone(child_stack=NULL, flags=CLONE_FILES|CLONE_THREAD) = 5001',
  '5000 unshare(CLONE_NEWNS) = 0',
  '17098 socketpair(AF_UNIX, SOCK_STREAM, 0, [20, 21]) = 0',
  '17098 sendmsg(20, {msg_control=[{cmsg_type=SCM_RIGHTS, cmsg_data=[6]}]}, 0) = 1',
  '5000 recvmsg(21, {msg_control=[{cmsg_type=SCM_RIGHTS, cmsg_data=[9]}]}, 0) = 1',
  '17095 mount("/sys/fs/bpf", "/tmp", NULL, MS_BIND|MS_REC, NULL) = 0',
  '17095 mount("/sys/fs/bpf", "/sys/fs/bpf/app", NULL, MS_MOVE, NULL) = 0',
  '17095 chdir("/sys/fs/bpf/tc") = 0',
  '17095 rename("globals", "/sys/fs/bpf/g") = 0',
  '17098 exit_group(0) = ?',
  '17095 umount2("/sys/fs/bpf", MNT_DETACH) = 0',
  '5000 openat(AT_FDCWD, "/proc/self/ns/mnt", O_RDONLY) = 30',
  '5000 setns(30, CLONE_NEWNS) = 0',
  '17098 bpf(BPF_MAP_GET_FD_BY_ID, {map_id=1}, 16) = 33',
  '17098 bpf(BPF_OBJ_PIN, {pathname="x", bpf_fd=77}, 16) = 0',
];

type Edit =
  | { readonly kind: 'byte'; readonly at: number; readonly code: number }
  | { readonly kind: 'token'; readonly at: number; readonly token: string }
  | { readonly kind: 'cut' | 'drop' | 'twice' | 'swap'; readonly at: number }
  | { readonly kind: 'line'; readonly at: number; readonly line: string };

const at = fc.nat({ max: 1_000_000 });
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ kind: fc.constant('byte' as const), at, code: fc.nat({ max: 255 }) }),
  fc.record({ kind: fc.constant('token' as const), at, token: fc.constantFrom(...tokens) }),
  fc.record({ kind: fc.constantFrom('cut', 'drop', 'twice', 'swap'), at }),
  fc.record({ kind: fc.constant('line' as const), at, line: fc.constantFrom(...whole) }),
);

function altered(lines: readonly string[], edits: readonly Edit[]): readonly string[] {
  const text = [...lines];
  for (const one of edits) {
    const k = one.at % text.length;
    const line = text[k] ?? '';
    const place = Math.floor(one.at / text.length) % (line.length + 1);
    const [before, behind] = [line.slice(0, place), line.slice(place)];
    if (one.kind === 'byte') text[k] = before + String.fromCharCode(one.code) + behind.slice(1);
    else if (one.kind === 'token') text[k] = before + one.token + behind.replace(/^\w*/, '');
    else if (one.kind === 'cut') text[k] = before;
    else if (one.kind === 'drop') text.splice(k, 1);
    else if (one.kind === 'twice') text.splice(k, 0, line);
    else if (one.kind === 'line') text.splice(k, 0, one.line);
    else text.splice(k, 2, text[k + 1] ?? '', line);
  }
  return text;
}

const edits = fc.array(edit, { minLength: 1, maxLength: 12 });

/** A real log, or a part of one that begins and ends anywhere. */
const part = fc
  .record({ log: fc.constantFrom(...realLogs), at, length: fc.nat({ max: 40 }) })
  .map(({ log, at: from, length }) =>
    log.slice(from % log.length, (from % log.length) + length + 1),
  );

const alteredLog = fc
  .tuple(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...realLogs) }, part), edits)
  .map(([log, changes]) => altered(log, changes));

/** Lines of tokens and of anything: hardly one of them is of a log. */
const noLog = fc.array(
  fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.constantFrom(...tokens), { maxLength: 20 }).map((some) => some.join('')),
  ),
  { maxLength: 12 },
);

/** What somebody may give for a log. */
export const anyLog: fc.Arbitrary<readonly string[]> = fc.oneof(
  { weight: 15, arbitrary: alteredLog },
  noLog,
);
