/** BPF_OBJ_PIN and BPF_OBJ_GET, as strace prints them. */
import type { ObjGet, ObjPin } from '../model/vocabulary/index.ts';
import { printBpf, printPath } from './print-parts.ts';

/** What flags ask for, and the field that one of them is about. */
export function printPinCall(call: ObjPin | ObjGet): string {
  const { pathFd } = call;
  const access = call.call === 'BPF_OBJ_GET' && call.access !== undefined ? [call.access] : [];
  const flags = [...(pathFd === undefined ? [] : ['BPF_F_PATH_FD']), ...access];
  const fields = [
    `pathname=${printPath(call.path)}`,
    ...(call.call === 'BPF_OBJ_PIN' ? [`bpf_fd=${call.fd}`] : []),
    ...(flags.length === 0 ? [] : [`file_flags=${flags.join('|')}`]),
    ...(pathFd === undefined ? [] : [`path_fd=${pathFd}`]),
  ];
  return printBpf(call, fields.join(', '), pathFd === undefined ? 16 : 20);
}
