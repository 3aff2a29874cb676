import type { DialError } from './dial.ts';
import type { OwnAnswer } from './own-answer.ts';
import type { Upstream } from './upstreams.ts';

type Failure = Error | { readonly kind: DialError['kind'] | 'closed' | 'unreadable'; readonly message: string };

/** What the agent is told when its upstream gave no answer: 504 where time ran out, else 502. */
export function failureAnswer(upstream: Upstream, failure: Failure): OwnAnswer {
  const kind = 'kind' in failure ? failure.kind : 'reset';
  const name = `${upstream.provider.name} (${upstream.host})`;
  const detail = failure.message === '' ? '' : ` (${failure.message.replaceAll(/\s+/g, ' ').slice(0, 200)})`;
  const answer = (status: 502 | 504, what: string): OwnAnswer => ({
    status,
    reason: `upstream-${kind}`,
    message: `Planward could not get an answer from ${name}: ${what}${detail}.`,
  });
  switch (kind) {
    case 'timeout':
      return answer(504, 'the connection could not be made in time. Check the network');
    case 'refused':
      return answer(502, 'the connection was refused. Check the network and any re-pointed upstream');
    case 'dns':
      return answer(502, 'its name could not be looked up. Check the network and DNS');
    case 'tls':
      return answer(502, 'its certificate could not be verified. Behind a company proxy, set NODE_EXTRA_CA_CERTS');
    case 'proxy':
      return answer(502, 'the outbound proxy did not let it through. Check HTTPS_PROXY and NO_PROXY');
    case 'closed':
      return answer(502, 'it closed the connection without answering. Trying again usually helps');
    case 'reset':
      return answer(502, 'the connection broke before an answer came. Trying again usually helps');
    case 'unreadable':
      return answer(502, 'its answer is not well-formed HTTP');
    case 'other':
      return answer(502, 'the connection failed');
    default:
      return kind satisfies never;
  }
}
