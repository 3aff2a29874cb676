import { readFileSync, writeFileSync } from 'node:fs';
import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';

/** Signatures and sizes of APPNOTE.TXT, 4.3.7, 4.3.12 and 4.3.16. */
const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const LOCAL_BYTES = 30;
const CENTRAL_BYTES = 46;
const END_BYTES = 22;
const STORED = 0;
const DEFLATED = 8;
/** Sizes follow the data: not here, where they are known before. */
const SIZES_LATER = 1 << 3;

/**
 * Writes a zip file anew with its entries deflated as small as zlib can: the same names, times, attributes and bytes. Throws where
 * it is none, or one with a comment, more than one disk or 64-bit sizes, none of which vsce makes.
 */
export function squeezeZip(path: string): void {
  const zip = readFileSync(path);
  const end = zip.length - END_BYTES;
  if (end < 0 || zip.readUInt32LE(end) !== END) throw new Error(`${path} is no zip file without a comment`);
  const count = zip.readUInt16LE(end + 10);
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = zip.readUInt32LE(end + 16);
  let written = 0;
  for (let i = 0; i < count; i++) {
    if (zip.readUInt32LE(at) !== CENTRAL) throw new Error(`${path} has a directory that cannot be read`);
    const head = Buffer.from(zip.subarray(at, at + CENTRAL_BYTES));
    const nameBytes = head.readUInt16LE(28);
    const rest = nameBytes + head.readUInt16LE(30) + head.readUInt16LE(32);
    const tail = zip.subarray(at + CENTRAL_BYTES, at + CENTRAL_BYTES + rest);
    const { method, data } = squeezed(contentOf(zip, head), head.readUInt16LE(10));
    head.writeUInt16LE(head.readUInt16LE(8) & ~SIZES_LATER, 8);
    head.writeUInt16LE(method, 10);
    head.writeUInt32LE(data.length, 20);
    head.writeUInt32LE(written, 42);
    const local = Buffer.alloc(LOCAL_BYTES);
    local.writeUInt32LE(LOCAL, 0);
    // Version needed, flags, method, time, date, checksum, both sizes and the name's: as in the directory.
    head.copy(local, 4, 6, 30);
    files.push(local, tail.subarray(0, nameBytes), data);
    directory.push(head, tail);
    written += LOCAL_BYTES + nameBytes + data.length;
    at += CENTRAL_BYTES + rest;
  }
  const last = Buffer.from(zip.subarray(end));
  last.writeUInt32LE(Buffer.concat(directory).length, 12);
  last.writeUInt32LE(written, 16);
  writeFileSync(path, Buffer.concat([...files, ...directory, last]));
}

interface Content {
  readonly method: number;
  readonly data: Buffer;
}

function contentOf(zip: Buffer, head: Buffer): Buffer {
  const at = head.readUInt32LE(42);
  const from = at + LOCAL_BYTES + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28);
  const data = zip.subarray(from, from + head.readUInt32LE(20));
  return head.readUInt16LE(10) === DEFLATED ? inflateRawSync(data) : data;
}

function squeezed(content: Buffer, method: number): Content {
  if (method !== DEFLATED && method !== STORED) throw new Error(`a zip entry is packed by method ${method}`);
  // Programs are text and repeat themselves; the model is figures, which the second strategy packs a twentieth smaller.
  const [data] = [constants.Z_DEFAULT_STRATEGY, constants.Z_FILTERED]
    .map((strategy) => deflateRawSync(content, { level: 9, strategy }))
    .toSorted((a, b) => a.length - b.length) as [Buffer, Buffer];
  return data.length < content.length ? { method: DEFLATED, data } : { method: STORED, data: content };
}
