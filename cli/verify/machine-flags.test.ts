import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { briefFlags, flagsFor, known, machineFlags } from './machine-flags.ts';

describe('flags of the machine', () => {
  it('are those that it knows, whatever they are set to', () => {
    const options =
      '  --single-threaded-gc (no threads)\n        type: bool\n  --budget (how long)\n';
    expect(known(['--budget=3', '--bud=3', '--single-threaded-gc'], options)).toEqual([
      '--budget=3',
      '--single-threaded-gc',
    ]);
    expect(known(['--budget=3'], '')).toEqual([]);
  });

  it('are taken by the one that runs', () => {
    const flags = machineFlags();
    expect(flags).toContain('--single-threaded-gc');
    const run = spawnSync(process.execPath, [...flags, '-e', '0'], { encoding: 'utf8' });
    expect({ status: run.status, stderr: run.stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('are those of a short search where one is made, with symmetry', () => {
    expect(flagsFor('on', 0)).toEqual(briefFlags);
    expect(flagsFor('off', 0)).toEqual([]);
    expect(flagsFor('on', 3)).toEqual(machineFlags());
  });

  it('of a short search are taken by the one that runs, before it starts and after', () => {
    const module = new URL('./machine-flags.ts', import.meta.url).href;
    const script = `import('${module}').then(({ compileBriefly }) => compileBriefly())`;
    const args = [...briefFlags, '--import', 'tsx', '-e', script];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
  });
});
