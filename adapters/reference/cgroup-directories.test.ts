import { describe, expect, it } from 'vitest';
import { createReference } from './adapter.ts';
import { withCgroups } from './attachments.test-data.ts';
import { startScenario } from './scenario.test-data.ts';

const longName = 'n'.repeat(256);

const startPlain = () => startScenario(createReference('linux-6.18'), withCgroups);

describe('the directory of a cgroup', () => {
  it('is opened like any other', () => {
    const caller = startPlain().by(1);
    expect(caller.open('/cgroup/a', 'O_DIRECTORY')).toBe(3);
    expect(caller.open('/cgroup/b/', 'O_PATH')).toBe(4);
    expect(caller.open('/cgroup/a/../b/.', 'O_PATH')).toBe(5);
    expect(caller.open('/cgroup/a', 'O_RDWR')).toBe('EISDIR');
    expect(caller.fcntl(3, 'F_GETFD')).toBe(0);
  });

  it('is missing where no cgroup is, whatever the name', () => {
    const caller = startPlain().by(1);
    for (const path of ['/cgroup/c', '/cgroup/a/x', `/cgroup/${longName}`, '/cgroup/x.y']) {
      expect(caller.open(path, 'O_PATH')).toBe('ENOENT');
      expect(caller.rmdir(path)).toBe('ENOENT');
      expect(caller.get(path)).toBe('ENOENT');
    }
    expect(caller.open(`/${longName}`, 'O_PATH')).toBe('ENAMETOOLONG');
  });

  it('takes no pin, and is none', () => {
    const caller = startPlain().by(1);
    caller.create();
    expect(caller.pin('/cgroup/m', 3)).toBe('EPERM');
    expect(caller.pin(`/cgroup/a/${longName}`, 3)).toBe('EPERM');
    expect(caller.pin('/cgroup/a', 3)).toBe('EEXIST');
    expect(caller.get('/cgroup/a')).toBe('EACCES');
    expect(caller.unlink('/cgroup/a')).toBe('EISDIR');
  });

  it('is removed for good, also while it is open, for all namespaces', () => {
    const run = startPlain();
    const caller = run.by(1);
    caller.fork();
    run.by(2).unshare();
    expect(run.by(2).open('/cgroup/a', 'O_PATH')).toBe(3);
    expect(caller.rmdir('/cgroup/a')).toBe(0);
    expect(caller.rmdir('/cgroup/a')).toBe('ENOENT');
    expect(run.by(2).open('/cgroup/a', 'O_PATH')).toBe('ENOENT');
    expect(caller.open('/cgroup/b', 'O_DIRECTORY')).toBe(3);
    expect(run.sight()).toMatchObject({ pending: 0 });
  });

  it('is no path of a bpffs, and is fresh in the next run', () => {
    const adapter = createReference('linux-6.18');
    const run = startScenario(adapter, withCgroups);
    expect(run.process(1)?.paths).toEqual([]);
    run.by(1).rmdir('/cgroup/a');
    expect(startScenario(adapter, withCgroups).by(1).open('/cgroup/a', 'O_PATH')).toBe(3);
  });

  it('is there only where the host tree has it', () => {
    const run = startScenario(createReference('linux-6.18'));
    expect(run.by(1).open('/cgroup', 'O_PATH')).toBe('ENOENT');
  });
});
