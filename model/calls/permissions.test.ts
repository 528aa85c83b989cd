import { describe, expect, it } from 'vitest';
import { profileNames } from '../index.ts';
import { create, exec, get, mountOn, noDirectory, noEntry, pin } from '../lines.test-data.ts';
import {
  worldOf,
  denied,
  refused,
  statx,
  chmod,
  chown,
  become,
  access,
  mkdir,
  started,
  openTo,
} from './permission-lines.test-data.ts';
import { lines, replayed } from '../replayed.test-data.ts';

describe.each(profileNames)('modes and owners under %s', (profile) => {
  it('are what the call asks for less the umask, which children inherit and execs keep', () => {
    const text = `
      1 ${mountOn('/a')} = 0
      1 ${create('ARRAY')} = 3
      1 ${statx('/a', 'S_IFDIR|01777')} = 0
      1 ${pin('/a/x', 3)} = 0
      1 ${statx('/a/x', 'S_IFREG|0600')} = 0
      1 ${mkdir('/a/d')} = 0
      1 ${statx('/a/d', 'S_IFDIR|0755')} = 0
      1 umask(0777) = 022
      1 ${exec} = 0
      1 fork() = 2
      2 umask(077) = 0777
      2 ${mkdir('/a/e')} = 0
      2 ${statx('/a/e', 'S_IFDIR|0700')} = 0
      1 umask(000) = 0777`;
    expect(replayed(worldOf(profile), text)).toBe(lines(text));
  });

  it('are changed by their owner, and given away by root', () => {
    const text = `${started}
      2 ${mkdir('/a/e')} = 0
      2 ${statx('/a/e', 'S_IFDIR|0755', 65534)} = 0
      2 ${chmod('/a/e', '01700')} = 0
      2 ${statx('/a/e', 'S_IFDIR|01700', 65534)} = 0
      2 ${chmod('/a/x', '0666')} = ${refused} ; chmod.not-owner
      2 ${chown('/a/x', 65534)} = ${refused} ; chown.unprivileged
      2 ${chown('/a/e', 0)} = ${refused} ; chown.unprivileged
      2 ${chown('/a/e', 65534)} = 0
      1 ${chown('/a/x', 65534)} = 0
      1 ${statx('/a/x', 'S_IFREG|0600', 65534)} = 0
      2 ${chmod('/a/x', '0400')} = 0
      1 ${chmod('/a/y', '0400')} = ${noEntry} ; walk.missing`;
    expect(replayed(worldOf(profile), text)).toBe(lines(text));
  });

  it('end where a group would be another, and at the host tree', () => {
    const text = `${started}
      1 ${chmod('/a/d', '02755')} ; bound.set-id
      1 ${chmod('/f', '0600')} ; bound.host
      1 ${chown('/f', 65534)} ; bound.host
      1 ${statx('/f', 'S_IFREG|0644').replace(/\{.*\}/, '{}')} ; bound.host
      2 ${access('/f', 'R_OK')} = 0
      2 ${access('/f', 'W_OK')} = ${denied} ; access.denied`;
    expect(replayed(worldOf(profile), text)).toBe(lines(text));
  });

  it('are not there in a world without permissions', () => {
    const text = `
      1 umask(022) ; bound.permissions
      1 ${become(0)} ; bound.permissions`;
    expect(replayed(worldOf(profile, { permissions: 0 }), text)).toBe(lines(text));
  });

  it('keep root from nothing but executing what nobody may', () => {
    const text = `${started}
      1 ${chmod('/a/x', '000')} = 0
      1 ${chmod('/a/d', '000')} = 0
      1 ${access('/a/x', 'R_OK')} = 0
      1 ${access('/a/x', 'W_OK')} = 0
      1 ${access('/a/x', 'X_OK')} = ${denied} ; access.denied
      1 ${access('/a/d', 'X_OK')} = 0
      1 ${get('/a/d/x')} = 4
      1 ${chmod('/a/x', '010')} = 0
      1 ${access('/a/x', 'X_OK')} = 0`;
    expect(replayed(worldOf(profile), text)).toBe(lines(text));
  });

  it('let walks through directories only that may be searched, before any name is looked at', () => {
    const text = `${started}
      1 ${chmod('/a/d', '0744')} = 0
      2 ${access('/a/d', 'F_OK')} = 0
      2 ${access('/a/d/', 'F_OK')} = 0
      2 ${access('/a/d/x', 'F_OK')} = ${denied} ; walk.denied
      2 ${access('/a/d/.', 'F_OK')} = ${denied} ; walk.denied
      2 ${access('/a/d/a.b', 'F_OK')} = ${denied} ; walk.denied
      2 ${access('/a/x/y', 'F_OK')} = ${noDirectory} ; walk.not-a-directory
      2 unlink("/a/d/y") = ${denied} ; walk.denied
      2 unlink("/a/d/.") = ${denied} ; walk.denied`;
    expect(replayed(openTo(profile), text)).toBe(lines(text));
  });
});
