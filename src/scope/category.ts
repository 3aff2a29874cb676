import type { Category } from '../core/verdict.ts';

/** Words that tell what an off-scope prompt is about, by category; English at word starts, Chinese anywhere. */
const WORDS: Readonly<Record<Category, string>> = {
  email:
    'email e-mail mail inbox gmail outlook reply message text sms whatsapp tweet linkedin newsletter unread sender 邮件 邮箱 回信 回复 短信 微信 发消息 朋友圈 收件箱 私信',
  calendar:
    'calendar meeting reminder remind schedule appointment alarm timer event 1:1 agenda deadline birthday 日程 会议 提醒 闹钟 日历 预约 行程安排 倒计时 生日 待办',
  shopping:
    'buy shop shopping order cart price cheap cheapest deal headphones amazon product compare gift coupon delivery takeaway store 购物 买 下单 优惠 比价 淘宝 京东 礼物 外卖 快递 购物车 推荐一款',
  travel:
    'trip travel flight hotel itinerary vacation holiday airport train ticket visa tour destination sightseeing hostel luggage passport 旅游 旅行 机票 酒店 航班 行程 签证 景点 火车票 高铁 攻略 出行 打车',
  'general-qa':
    'who what when where why history capital explain meaning define country president war planet science animal 为什么 什么是 谁是 哪个 历史 解释 介绍 国家 多少 含义 区别',
  writing:
    'write poem story essay blog song lyrics speech toast letter caption slogan novel article draft rewrite paragraph summarize summary rhyme haiku screenplay script joke post copy 写一篇 写一首 作文 小说 诗 故事 文案 演讲稿 润色 改写 总结 歌词 标题 笑话 剧本 论文 段落 广告语',
  roleplay:
    'roleplay pretend character act you are girlfriend boyfriend companion imagine lonely chat dungeon 角色 扮演 假装 女朋友 男朋友 陪我 聊天 你是一个 恋人',
  translation:
    'translate translation french german spanish english chinese japanese italian pronounce 翻译 译成 英文 日语 法语 德语 中文怎么说',
  health:
    'doctor symptom pain headache diet calories workout exercise sleep medicine fever pregnant weight vitamin recipe cook dinner meal 医生 症状 头痛 减肥 药 发烧 健身 饮食 睡眠 治疗 怀孕 血压 菜谱 食谱 做菜 感冒',
  finance:
    'bank account card loan mortgage tax stock invest budget bitcoin transfer payment insurance salary credit currency exchange 银行 股票 基金 贷款 理财 投资 税 信用卡 转账 汇率 保险 预算 工资',
  media:
    'music song playlist movie film album artist play radio podcast news episode netflix show band game concert 音乐 歌 电影 播放 专辑 歌手 新闻 电视剧 演唱会 综艺 游戏 演员 导演',
  home: 'light lights thermostat vacuum lamp temperature weather rain forecast robot heating kitchen bedroom coffee garden laundry 灯 空调 天气 扫地 温度 下雨 窗帘 客厅 热水器 智能家居 洗衣',
  jobs: 'resume cv cover interview job career recruiter hiring applicant 简历 求职 面试 应聘 招聘 职位 求职信 跳槽 岗位',
};

const LISTS = Object.entries(WORDS).map(([category, words]) => ({
  category: category as Category,
  chinese: words.split(' ').filter((word) => /[㐀-鿿]/.test(word)),
  english: new Set(words.split(' ').filter((word) => !/[㐀-鿿]/.test(word))),
}));
/** These say less of what a prompt is about than the others. */
const WEAK: ReadonlySet<Category> = new Set<Category>(['general-qa', 'writing']);

/** What an off-scope text is about; undefined where no listed word stands in it. Reads at most 1,200 characters. */
export function categoryOf(text: string): Category | undefined {
  const capped = text.slice(0, 1200).toLowerCase();
  const words = capped.match(/[a-z0-9:-]+/g) ?? [];
  let best: Category | undefined;
  let most = 0;
  for (const { category, chinese, english } of LISTS) {
    let votes = 0;
    for (const [index, word] of words.entries()) {
      const stem = word.endsWith('s') ? word.slice(0, -1) : word;
      if (english.has(word) || english.has(stem)) votes += index < 12 ? 1.5 : 1;
    }
    for (const word of chinese) if (capped.includes(word)) votes += 1.5;
    if (WEAK.has(category)) votes *= 0.7;
    if (votes > most) {
      most = votes;
      best = category;
    }
  }
  return best;
}
