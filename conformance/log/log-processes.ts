/** Processes of a log and their descriptors, by the numbers of the log. */

/** An open file that is no object, shared by the descriptors that refer to it. */
export interface LogFile {
  users: number;
  /** Of a socket: what was sent to it and not received, oldest first. */
  readonly queue: (readonly LogSlot[])[];
  peer: LogFile | null;
}

/** What stands behind a descriptor. */
export interface LogSlot {
  /** Its number in the model, for what the model knows: objects, directories, namespaces. */
  readonly model: number | null;
  readonly kind: 'object' | 'directory' | 'namespace' | 'other';
  readonly cloexec: 0 | 1;
  /** Where it was opened, if it is a directory. */
  readonly path: string | null;
  /** Whose pidfd it is. */
  readonly pid: number | null;
  readonly file: LogFile | null;
}

/** A table of descriptors, which threads share. */
export interface LogTable {
  readonly fds: Map<number, LogSlot>;
  users: number;
}

export interface LogProcess {
  readonly pid: number;
  readonly model: number;
  /** The process whose thread it is; itself, if it is none. */
  readonly group: number;
  table: LogTable;
  /** Its program's name, as far as it is known. */
  name: string;
  cwd: string | null;
  /** Where the working directory lies on a bpffs, the model knows it. */
  cwdIn: 'model' | 'host';
}

export const otherSlot = (cloexec: 0 | 1, file: LogFile | null = null): LogSlot => ({
  model: null,
  kind: 'other',
  cloexec,
  path: null,
  pid: null,
  file,
});

export const newFile = (): LogFile => ({ users: 0, queue: [], peer: null });

export function copyTable(table: LogTable): LogTable {
  const fds = new Map(table.fds);
  for (const { file } of fds.values()) if (file !== null) file.users++;
  return { fds, users: 1 };
}

/** `tc (17098)`. */
export const processText = ({ name, pid }: LogProcess): string =>
  name === '' ? `process ${pid}` : `${name} (${pid})`;

/** Nearly every path has nothing to take out. */
const hasIdleParts = /\/(?:\.{0,2}(?:\/|$))/;

/** A path with every `.`, `..` and empty part taken out, as it is spelled. */
export function plainPath(path: string): string {
  if (path.startsWith('/') && !hasIdleParts.test(path)) return path;
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

export const isBelow = (path: string, top: string): boolean =>
  path === top || top === '/' || path.startsWith(`${top}/`);
