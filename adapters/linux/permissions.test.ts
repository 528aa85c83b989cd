/** Modes, owners and the user without capabilities: as Linux 6.18 has them. */
import { expect, it } from 'vitest';
import { statxValue, type Access, type Call, type Uid } from '../../model/vocabulary/index.ts';
import { itAnswersAsMeasured, type Case } from './cases.test-data.ts';
import {
  bind,
  get,
  makeDirectory,
  mount,
  name,
  node,
  pin,
  rename,
  symlink,
  unlink,
  unmount,
} from './name-calls.test-data.ts';
import {
  agentProcesses,
  agentsOf,
  by,
  eventually,
  hashMap,
  needs,
  onlyOne,
  outcomes,
  withLinux,
} from './session.test-data.ts';
import { removeDirectory } from './short-calls.test-data.ts';

const become = (uid: Uid): Call => ({ call: 'setresuid', uid });
const umask = (mask: number): Call => ({ call: 'umask', mask });
const chmod = (path: string, mode: number): Call => ({ call: 'chmod', path, mode });
const chown = (path: string, owner: Uid): Call => ({ call: 'chown', path, owner });
const access = (path: string, mode: Access['mode']): Call => ({ call: 'access', path, mode });
const statx = (path: string): Call => ({ call: 'statx', path });
const file = (mode: number, owner: Uid): number => statxValue({ kind: 'file', mode, owner });
const directory = (mode: number, owner: Uid): number =>
  statxValue({ kind: 'directory', mode, owner });

const made: readonly Call[] = [
  ...[hashMap, mount('/b'), pin('/b/x'), makeDirectory('/b/d'), pin('/b/d/x')],
  ...[pin('/b/own'), chown('/b/own', 65534), makeDirectory('/b/shut'), chmod('/b/shut', 0)],
];

const ofRoot: readonly Case[] = [
  ['statx of a root', statx('/b'), directory(0o1777, 0)],
  ['statx of a pin', statx('/b/x'), file(0o600, 0)],
  ['statx of a directory', statx('/b/d'), directory(0o755, 0)],
  ['statx of what was given away', statx('/b/own'), file(0o600, 65534)],
  ['umask', umask(0o777), 0o022],
  ['access to execute a pin', access('/b/x', 'X_OK'), 'EACCES'],
  ['access to write a pin', access('/b/x', 'W_OK'), 0],
  ['access to what is shut', access('/b/shut', 'X_OK'), 0],
  ['pin of a name with a dot, where nothing is allowed', pin('/b/shut/a.b'), 0],
  ['pin of a name with a dot', pin('/b/d/a.b'), 'EPERM'],
];
itAnswersAsMeasured('calls about permissions by root', made, ofRoot);

const ofNobody: readonly Case[] = [
  ['setresuid to root', become(0), 'EPERM'],
  ['setresuid to itself', become(65534), 0],
  ['get', get('/b/x'), 'EACCES'],
  ['get of its own', get('/b/own'), 4],
  ['get where nothing is allowed', get('/b/shut/x'), 'EACCES'],
  ['pin in a directory of root', pin('/b/d/y'), 'EACCES'],
  ['pin over a pin there', pin('/b/d/x'), 'EEXIST'],
  ['pin', pin('/b/y'), 0],
  ['unlink in a sticky directory', unlink('/b/x'), 'EPERM'],
  ['unlink of its own', unlink('/b/own'), 0],
  ['unlink in a directory of root', unlink('/b/d/x'), 'EACCES'],
  ['unlink with a slash', unlink('/b/d/x/'), 'ENOTDIR'],
  ['rmdir of a pin', removeDirectory('/b/x'), 'EPERM'],
  ['mkdir in a directory of root', makeDirectory('/b/d/y'), 'EACCES'],
  ['mkdir on the host', makeDirectory('/c/y'), 'EACCES'],
  ['mknod', node('/b/d/y', 'S_IFIFO'), 'EACCES'],
  ['symlink', symlink('x', '/b/d/y'), 'EACCES'],
  ['rename of what is kept', rename('/b/x', '/b/y'), 'EPERM'],
  ['rename over what is kept', rename('/b/own', '/b/x'), 'EPERM'],
  ['rename into a directory of root', rename('/b/own', '/b/d/own'), 'EACCES'],
  ['link into a directory of root', name('/b/own', '/b/d/own'), 'EACCES'],
  ['chmod', chmod('/b/x', 0o666), 'EPERM'],
  ['chmod of its own', chmod('/b/own', 0o666), 0],
  ['chown', chown('/b/x', 65534), 'EPERM'],
  ['chown of its own to itself', chown('/b/own', 65534), 0],
  ['chown of its own to root', chown('/b/own', 0), 'EPERM'],
  ['open', { call: 'open', path: '/b/x', flag: 'O_RDONLY' }, 'EACCES'],
  ['mount', mount('/c'), 'EPERM'],
  ['mount where nothing is', mount('/none'), 'ENOENT'],
  ['bind', bind('/none', '/c'), 'EPERM'],
  ['umount2', unmount('/'), 'EPERM'],
  ['umount2 where nothing is', unmount('/none'), 'ENOENT'],
  ['unshare', { call: 'unshare' }, 'EPERM'],
  ['a listing', { call: 'BPF_MAP_GET_NEXT_ID', id: 0 }, 'EPERM'],
];
itAnswersAsMeasured('calls by the user without capabilities', [...made, become(65534)], ofNobody);

/** Whether the only modelled process ends with the supervisor, which is killed. */
async function endsAll(): Promise<boolean> {
  const supervisor = onlyOne(agentsOf(process.pid));
  const modelled = onlyOne(agentsOf(supervisor));
  process.kill(supervisor, 'SIGKILL');
  return eventually(() => agentProcesses().every(({ pid }) => pid !== modelled));
}

it('who has given up its capabilities ends with the agent all the same', (context) =>
  withLinux(context, async (adapter) => {
    await adapter.play(by(1, become(65534)), 'none');
    expect(await endsAll()).toBe(true);
  }));

it('a process without capabilities forks, execs, is seen, and ends with the agent', (context) =>
  withLinux(context, async (adapter) => {
    needs(context, adapter, 'execve');
    await adapter.play(by(1, ...made, become(65534), umask(0o077)), 'none');
    const lived = await adapter.play(
      [
        ...by(1, { call: 'execve' }, umask(0o022), get('/b/own'), { call: 'fork' }),
        ...by(2, { call: 'execve' }, become(0), { call: 'kill', pid: 1 }, get('/b/x')),
      ],
      'each',
    );
    expect(outcomes(lived)).toEqual([0, 0o077, 3, 2, 0, 'EPERM', 0, 'EACCES']);
    // Its descriptors were closed by the exec; who looks is root.
    expect(lived.at(-1)?.sight?.processes).toMatchObject([{ pid: 2, descriptors: [] }]);
    expect(await endsAll()).toBe(true);
  }));
