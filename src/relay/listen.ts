import net from 'node:net';

/**
 * Bytes that may wait in one direction of one connection before its other side is asked to pause. Node's default is one
 * read's worth, which would pause and resume at every single read of a long body.
 */
export const STREAM_AHEAD_BYTES = 512 * 1024;

export type Listening =
  | {
      readonly ok: true;
      readonly port: number;
      /** Gives every connection to `onConnection`, those first that came before. Called once. */
      serve(onConnection: (socket: net.Socket) => void): void;
      /** Descriptors of the listening sockets, for a successor to inherit; empty where the system has none. */
      readonly descriptors: readonly number[];
      /** Lets the port go at once; connections stay. */
      close(): void;
    }
  | { readonly ok: false; readonly reason: 'in-use' | 'not-allowed' | 'other'; readonly message: string };

/**
 * Listens on 127.0.0.1 and, where the machine has it, on ::1, with the same port. The port is the lock between relays:
 * it is taken exclusively or not at all. `port` 0 takes any free one. `onTrouble` hears of connections that the system
 * could not hand over (out of file descriptors or memory).
 */
export async function listen(
  port: number,
  onTrouble: (error: Error) => void,
  /** Of sockets that listen already, inherited from the relay before. */
  inherited: readonly number[] = [],
): Promise<Listening> {
  const early: net.Socket[] = [];
  let give = (socket: net.Socket): void => {
    socket.on('error', ignore); // it may break before anybody serves it
    early.push(socket);
  };
  const onConnection = (socket: net.Socket): void => give(socket);

  function listening(...servers: readonly net.Server[]): Listening {
    for (const server of servers) server.on('error', onTrouble);
    return {
      ok: true,
      port: (servers[0]!.address() as net.AddressInfo).port,
      serve(onSocket) {
        give = onSocket;
        for (const socket of early) onSocket(socket.off('error', ignore));
      },
      descriptors: servers.map(descriptorOf).filter((descriptor) => descriptor >= 0),
      close() {
        for (const server of servers) server.close();
      },
    };
  }

  if (inherited.length > 0) {
    const servers = await Promise.all(inherited.map((fd) => bind({ fd }, onConnection)));
    const bad = servers.find((server) => !(server instanceof net.Server));
    return bad === undefined ? listening(...(servers as net.Server[])) : failure(bad as NodeJS.ErrnoException, port);
  }
  const ipv4 = await bind({ host: '127.0.0.1', port, exclusive: true }, onConnection);
  if (!(ipv4 instanceof net.Server)) return failure(ipv4, port);
  const bound = (ipv4.address() as net.AddressInfo).port;
  const ipv6 = await bind({ host: '::1', port: bound, exclusive: true }, onConnection);
  if (ipv6 instanceof net.Server) return listening(ipv4, ipv6);
  if (ipv6.code !== 'EADDRINUSE') return listening(ipv4); // no IPv6 loopback here
  ipv4.close();
  for (const socket of early) socket.destroy();
  return failure(ipv6, bound);
}

function ignore(): void {}

/** Below 0 where there is none: on Windows a socket has a handle of another kind. */
function descriptorOf(server: net.Server): number {
  const handle: unknown = Reflect.get(server, '_handle');
  return typeof handle === 'object' && handle !== null ? Number(Reflect.get(handle, 'fd') ?? -1) : -1;
}

function bind(
  where: net.ListenOptions | { readonly fd: number },
  onConnection: (socket: net.Socket) => void,
): Promise<net.Server | NodeJS.ErrnoException> {
  return new Promise((resolve) => {
    const server = net.createServer({ highWaterMark: STREAM_AHEAD_BYTES }, onConnection);
    server.once('error', resolve);
    server.listen({ ...where, backlog: 511 }, () => {
      server.off('error', resolve);
      resolve(server);
    });
  });
}

function failure(error: NodeJS.ErrnoException, port: number): Listening {
  if (error.code === 'EADDRINUSE') return { ok: false, reason: 'in-use', message: `Port ${port} is taken.` };
  if (error.code === 'EACCES') {
    return { ok: false, reason: 'not-allowed', message: `This user may not listen on port ${port}.` };
  }
  return { ok: false, reason: 'other', message: `Port ${port} cannot be listened on: ${error.message}.` };
}
