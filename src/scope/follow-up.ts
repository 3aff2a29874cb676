const ENGLISH = new Set(
  'yes yep yeah yup no nope ok okay sure fine good great thanks thank you please do it that this again try continue go on ahead next more same one other another first second third last option a b c d 1 2 3 4 why how what when and then now not still works work worked same error retry stop undo back the but instead also both all none either neither better shorter longer simpler different tomorrow today else proceed keep going done correct right wrong exactly perfect nice cool hmm um wait i meant with without for them those these is be should hello hi hey morning afternoon evening night welcome lets start begin who are you your me my we us can could would will may about up hows whats today tonight morning there here any some thing things question help need want ask tell see look ready bye'.split(
    ' ',
  ),
);
const CHINESE =
  /^(?:请|那|再|就|嗯|对|好|好的|可以|行|是|是的|不|不是|不行|不对|继续|还是|还是不行|再来|再试|重试|下一个|下一步|上一个|第[一二三四五]个|方案|选|换|另|改|同样|一样|为什么|怎么|然后|没问题|谢谢|你好|您好|在吗|早上好|晚上好|早|开始|开始吧|什么意思|什么|意思|你是谁|谁|你|我|我们|能|能不能|帮我|帮忙|看看|一个|一下|一遍|试试|吧|了|的|呢|啊|吗|它|这|这个|那个|做|来|用|把|都|也|二|一|三|[0-9a-dA-D\s，。！？、,.!?]){1,12}$/;

/**
 * Whether a turn is an answer to what was said before ("yes do it", "继续") or a greeting ("good morning", "你好") rather than a
 * task of its own: at most eight words, all of them words that name nothing. Such a turn is never decided by its text.
 */
export function isFollowUp(text: string): boolean {
  if (text.length > 200) return false;
  const trimmed = text.trim();
  if (trimmed.length === 0 || trimmed.length > 60) return false;
  if (/[㐀-鿿]/.test(trimmed)) return trimmed.length <= 14 && CHINESE.test(trimmed);
  const words = trimmed.toLowerCase().match(/[a-z0-9']+/g) ?? [];
  return words.length > 0 && words.length <= 8 && words.every((word) => ENGLISH.has(word.replaceAll("'", '')));
}
