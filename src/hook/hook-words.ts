import { text, type Language, type Text } from '../core/text.ts';
import type { Category } from '../core/verdict.ts';
import type { JudgeSays } from '../protocol/judge-call.ts';

const CATEGORIES: Readonly<Partial<Record<Category, Text>>> = {
  email: text('e-mail work', '电子邮件'),
  calendar: text('calendar work', '日程安排'),
  shopping: text('shopping', '购物'),
  travel: text('travel planning', '旅行规划'),
  'general-qa': text('a general question', '一般问答'),
  writing: text('writing that is not about software', '与软件无关的写作'),
  roleplay: text('role play', '角色扮演'),
  translation: text('translation', '翻译'),
  health: text('a health question', '健康问题'),
  finance: text('a money question', '财务问题'),
  media: text('media and entertainment', '影音娱乐'),
  home: text('household matters', '家务'),
  jobs: text('job hunting', '求职'),
};

const OTHER = text('something other than coding', '编程以外的内容');

/** What the user reads in the agent's own chat about a prompt that was stopped or warned about. */
export function hookText(says: JudgeSays, language: Language): string {
  const { act, category, vendor = 'the provider', ruleId = 'task-scope', packId = '', packVersion = '' } = says;
  const about = ((category === undefined ? undefined : CATEGORIES[category]) ?? OTHER)[language];
  if (language === 'zh') {
    const rule = `（规则 ${ruleId}，${packId} 条款，阅读于 ${packVersion}。）`;
    return act === 'block'
      ? `Planward 在向 ${vendor} 发送任何内容之前拦下了这条提示：它看起来是${about}，您的编程套餐条款不包含此类用途。没有发送，也没有计费。要继续：请改用其他服务商；如果确实是编程，请原样再发送一次。${rule}`
      : `Planward：这条提示看起来是${about}，您的编程套餐条款不包含此类用途。它仍会被发送。${rule}`;
  }
  const rule = `(Rule ${ruleId}, terms of ${packId} read ${packVersion}.)`;
  return act === 'block'
    ? `Planward stopped this prompt before anything of it went to ${vendor}: it reads as ${about}, which your coding plan's terms do not cover. Nothing was sent and nothing was counted. To go on: use another provider for this, or send it once more as it is if it is coding. ${rule}`
    : `Planward: this prompt reads as ${about}, which your coding plan's terms do not cover. It is sent all the same. ${rule}`;
}
