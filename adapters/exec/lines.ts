/** Takes the chunks of a stream; gives each line to `onLine`, or gives up on one that is too long. */
export function createLines(
  bytesMax: number,
  onLine: (line: string) => void,
  onTooLong: () => void,
): (chunk: Buffer) => void {
  let parts: Buffer[] = [];
  let room = bytesMax;

  return (chunk) => {
    let start = 0;
    while (room >= 0) {
      const newline = chunk.indexOf(10, start);
      const part = chunk.subarray(start, newline === -1 ? chunk.length : newline);
      parts.push(part);
      room -= part.length;
      if (room >= 0 && newline === -1) return;
      const line = parts;
      parts = [];
      if (room < 0) {
        onTooLong();
        return;
      }
      room = bytesMax;
      start = newline + 1;
      onLine(Buffer.concat(line).toString('utf8'));
    }
  };
}
