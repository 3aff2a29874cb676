import { bindingWindow } from '../../core/quota-window.ts';
import { text } from '../../core/text.ts';
import { evidence, type Cause } from '../cause.ts';
import { percent, windowName } from '../wording.ts';

/** A window, a daily number of calls or a cap is used up. */
export const windowUsedUp: Cause = {
  id: 'window-used-up',
  name: text('the allowance is used up', '额度已用完'),
  starts: { 'window-exhausted': 1.5, 'account-rate': -2.6, unknown: -3 },
  weigh: (failure, context, code) => {
    const window = bindingWindow(context.windows ?? []);
    const found = [];
    if (failure.resetsAt !== undefined && code.class === 'window-exhausted') {
      found.push(evidence(1, 'The answer names the time it resets', '响应给出了重置时间'));
    }
    if (window?.usedFraction === undefined) return found;
    const name = windowName(window);
    const share = percent(window.usedFraction);
    if (window.level === 'exhausted' || window.usedFraction >= 0.995) {
      found.push(evidence(3.6, `The ${name.en} is used up (${share})`, `${name.zh}已用完（${share}）`));
    } else {
      found.push(
        evidence(-2, `Only ${share} of the ${name.en} is used, as last read`, `${name.zh}最近读数为已用 ${share}`),
      );
    }
    return found;
  },
  remedies: [
    {
      action: 'wait-for-reset',
      text: text(
        'Wait until it resets; retries before that are pointless. Pause agents that keep trying.',
        '等到重置；在此之前重试没有意义。暂停仍在重试的智能体。',
      ),
    },
  ],
};
