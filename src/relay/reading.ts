import net from 'node:net';
import { STREAM_AHEAD_BYTES } from './listen.ts';

/**
 * Says how long bytes hold that were read: undefined, they are the receiver's own; else they are lent until it returns, and
 * calling this once makes them its own.
 */
export type Keep = (() => void) | undefined;

/** `false` asks for no more bytes until the socket is resumed. */
export type OnBytes = (bytes: Buffer, keep: Keep) => void | boolean;

/** One read's worth of what is no long body: copied out at its exact size, so that all connections share one block. */
const SHARED_BYTES = 32 * 1024;
const LONG_BYTES = 256 * 1024;
const FREE_KEPT = 8;
const shared = Buffer.allocUnsafeSlow(SHARED_BYTES);
const free: Buffer[] = [];

/**
 * Reads a socket into blocks that are used again (`net.Socket`'s `onread`), where Node would allocate 64 KB at every read. Short
 * reads are copied out; once one fills its block and `more` says that a long body is under way, blocks of 256 KB take over
 * and their bytes are lent: a megabyte passes in a few reads and writes, without a copy and without garbage.
 */
export function createReading(onBytes: OnBytes, more: () => boolean): net.OnReadOpts {
  let block: Buffer | undefined;
  let kept = false;
  let filled = false;
  const keep = (): void => {
    kept = true;
  };
  return {
    buffer() {
      const long = filled && more();
      if (block !== undefined && !long && !kept && free.length < FREE_KEPT) free.push(block);
      if (!long) block = undefined;
      else if (block === undefined || kept) block = free.pop() ?? Buffer.allocUnsafeSlow(LONG_BYTES);
      kept = false;
      return block ?? shared;
    },
    callback(bytes) {
      filled = bytes >= SHARED_BYTES;
      if (block !== undefined) return onBytes(block.subarray(0, bytes), keep) !== false;
      const own = Buffer.allocUnsafe(bytes);
      shared.copy(own, 0, 0, bytes);
      return onBytes(own, undefined) !== false;
    },
  };
}

/** Bytes that can be kept past the present call. */
export function ownBytes(bytes: Buffer, keep: Keep): Buffer {
  return keep === undefined ? bytes : Buffer.from(bytes);
}

/** Writes bytes; lent ones are kept where the system does not take all of them at once. Gives what `write` gives. */
export function writeBytes(socket: net.Socket, bytes: Buffer, keep: Keep): boolean {
  const flowing = socket.write(bytes);
  if (keep !== undefined && socket.writableLength > 0) keep();
  return flowing;
}

/**
 * The same connection as a socket that reads as `onread` says. Node gives accepted connections no such choice, so the new
 * socket takes over the handle of the old one, which is destroyed without it. Undefined where that cannot be done: the handle is
 * not of the shape known, or something was read already.
 */
export function readInto(accepted: net.Socket, onread: net.OnReadOpts): net.Socket | undefined {
  const old = accepted as unknown as Record<'_handle', { useUserBuffer?: unknown } | null>;
  const { _handle: handle } = old;
  if (typeof handle?.useUserBuffer !== 'function' || accepted.readableLength > 0 || accepted.readableEnded)
    return undefined;
  const options = { handle, onread, highWaterMark: STREAM_AHEAD_BYTES };
  Object.assign(accepted, { _handle: null });
  const socket = new net.Socket(options as unknown as net.SocketConstructorOpts); // a handle is taken, though not declared
  accepted.destroy();
  return socket;
}
