/** Receives the payload of a body, without chunk framing. The buffer is a view: copy it to keep it. */
export type OnPayload = (payload: Buffer) => void;

/**
 * Finds the end of one message body in a stream of bytes, without changing them.
 * `take` gives how many bytes of `bytes` belong to this body: less than all of them means the body is complete
 * (or broken: then `broken` says why and nothing further may be forwarded as this message).
 */
export interface BodyScan {
  take(bytes: Buffer, onPayload: OnPayload): number;
  readonly done: boolean;
  readonly broken: string | undefined;
}
