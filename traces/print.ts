import type { Call, Outcome, Path, Step } from '../model/vocabulary/index.ts';
import { printString } from './c-string.ts';
import { errnoText } from './errno-text.ts';
import { endsItsCaller } from './read-result.ts';
import type { Trace, TraceEvent } from './trace.types.ts';

/** The text of a trace, in the one form that parseTrace reads back as the same trace. */
export function printTrace({ header, events, closing = [] }: Trace): string {
  const lines = [
    ...header.map(({ key, value }) => `#: ${key}: ${oneLine(value)}`),
    ...events.flatMap((event) => [...printComments(event.comments ?? []), printEvent(event)]),
    ...printComments(closing),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** A step and, if it is there, its outcome: `1 close(3) = 0`. Comments are left out. */
export function printEvent({ step, outcome }: TraceEvent): string {
  return outcome === undefined
    ? printStep(step)
    : `${printStep(step)} = ${printOutcome(step, outcome)}`;
}

/** A step as strace prints it: `1 close(3)`. A path must be well-formed Unicode. */
export function printStep({ pid, call }: Step): string {
  return `${pid} ${printCall(call)}`;
}

/** What stands behind the `=`: `0`, `-1 ENOENT (No such file or directory)`, `?`. */
export function printOutcome({ pid, call }: Step, outcome: Outcome): string {
  if (!outcome.ok) return `-1 ${outcome.errno} (${errnoText[outcome.errno]})`;
  if (call.call === 'BPF_MAP_LOOKUP_ELEM') return `0 (value=${outcome.value})`;
  return outcome.value === 0 && endsItsCaller(pid, call) ? '?' : `${outcome.value}`;
}

function printCall(call: Call): string {
  switch (call.call) {
    case 'BPF_MAP_CREATE': {
      const { type, keySize, valueSize, maxEntries } = call;
      const sizes = `key_size=${keySize}, value_size=${valueSize}, max_entries=${maxEntries}`;
      return printBpf(call, `map_type=${type}, ${sizes}`, 16);
    }
    case 'BPF_MAP_UPDATE_ELEM': {
      const { fd, key, value, flag } = call;
      return printBpf(call, `map_fd=${fd}, key=${key}, value=${value}, flags=${flag}`, 32);
    }
    case 'BPF_MAP_LOOKUP_ELEM':
      return printBpf(call, `map_fd=${call.fd}, key=${call.key}`, 32);
    case 'BPF_PROG_LOAD': {
      const map = call.mapFd === null ? '' : `, map_fd=${call.mapFd}`;
      return printBpf(call, `prog_type=BPF_PROG_TYPE_SOCKET_FILTER${map}`, 48);
    }
    case 'BPF_OBJ_PIN':
      return printBpf(call, `pathname=${printPath(call.path)}, bpf_fd=${call.fd}`, 16);
    case 'BPF_OBJ_GET':
      return printBpf(call, `pathname=${printPath(call.path)}`, 16);
    case 'close':
    case 'dup':
      return `${call.call}(${call.fd})`;
    case 'fork':
      return 'fork()';
    case 'exit_group':
      return 'exit_group(0)';
    case 'kill':
      return `kill(${call.pid}, SIGKILL)`;
    case 'mkdir':
      return `mkdir(${printPath(call.path)}, 0755)`;
    case 'rmdir':
    case 'unlink':
      return `${call.call}(${printPath(call.path)})`;
    case 'mount':
      return `mount("bpf", ${printPath(call.target)}, "bpf", 0, NULL)`;
    case 'bind':
      return `mount(${printPath(call.source)}, ${printPath(call.target)}, NULL, MS_BIND, NULL)`;
    case 'umount2':
      return `umount2(${printPath(call.target)}, ${call.flag === 'none' ? '0' : call.flag})`;
    case 'unshare':
      return 'unshare(CLONE_NEWNS)';
  }
}

/** `size`: how many bytes of the attributes the kernel is given. */
function printBpf(call: Call, attributes: string, size: number): string {
  return `bpf(${call.call}, {${attributes}}, ${size})`;
}

const printPath = (path: Path): string => (path === null ? 'NULL' : printString(path));

const printComments = (comments: readonly string[]): string[] =>
  comments.map((comment) => `# ${oneLine(comment)}`.trimEnd());

/** A line break in a comment or a header value would turn what follows it into a line of its own. */
const oneLine = (text: string): string => text.replaceAll(/[\r\n]+/g, ' ');
