const list = (text: string): readonly string[] =>
  text
    .split(/\s*[|\n]\s*/)
    .map((each) => each.trim())
    .filter((each) => each !== '');

/** The Chinese counterpart of `lives-en.ts`: people around a task, the same for coding and for chores. */
export const LIFE_ZH: readonly string[] = list(`
  我是护士，晚上才有空 | 我在小学当老师 | 我弟让我弄的 | 这是给{N}的 | 我们社团四十来个人 | 我在{C}开了个小店 | 我是新手，多担待 | 我啥也不懂
  去年夏天还好好的 | 答应{N}了 | {W}就要 | {W}开始实习 | 截止是{W} | 已经搭进去一个周末了 | 快疯了 | 话有点多，别介意 | 问题可能有点傻 | 不知道怎么表达
  我今年高二 | 我六十多了，就是好奇 | 老婆笑话我 | 孩子们可喜欢了 | 老师只说不对，没说为啥 | 看了三个视频还是不明白 | 班里没人会 | 没预算
  纯粹好玩 | 只有周日能弄 | 病了两周，落下不少课 | 一开始只是开玩笑 | 今天好累 | 刚喝了咖啡 | 下雨没事干 | 别的都好了 | 能试的都试了 | 我发誓啥也没动
  我喜欢{S} | 主要是{S} | 跟{S}有关 | {S}和{S}都有 | 组里五个人全靠我 | 导师很严 | {W}考试 | 你上次帮了大忙 | 说实话就行 | 讲慢点 | 简单说就行 | 短一点
  我只有二十分钟 | 睡前看一眼 | 在地铁上用手机打的 | 不想花钱 | 别让老板知道 | 客户催了两次 | 财务又来问了 | 审计{W}到 | 领导{W}要看 | 设计师休假了 | 两家医院等着用
  比较 urgent | 我 confuse 了 | 大概这个 feel | deadline 是{W} | 刚 join 这个 team | 我 leader 很 care 这个 | 求 help | 先 thanks | 有点 emo | 时间很 tight
`);

export const LIFE_SLOTS_ZH: Readonly<Record<string, readonly string[]>> = {
  Life: LIFE_ZH,
  Make: list(`
    arduino程序 | micro:bit程序 | python脚本 | pygame小游戏 | unity项目 | 虚幻蓝图 | 安卓应用 | 鸿蒙应用 | flutter应用 | 小程序 | 公众号后台 | 网页 | html页面 | wordpress主题 | hexo博客 | 浏览器插件
    油猴脚本 | 机器人脚本 | 飞书机器人 | 钉钉机器人 | VBA宏 | R脚本 | matlab代码 | c语言作业 | 链表作业 | java课设 | swing窗口 | qt界面 | c#窗体程序 | verilog模块 | fpga工程 | 单片机程序
    stm32工程 | 51单片机代码 | 树莓派脚本 | plc程序 | 上位机 | 爬虫 | php网站 | django项目 | flask服务 | 若依后台 | go服务 | rust命令行 | mysql查询 | 存储过程 | docker镜像 | nginx配置 | shell脚本
    批处理 | makefile | latex模板 | 正则 | 编译原理实验 | 仿真程序 | 神经网络代码 | pytorch训练代码 | pandas代码 | 聊天机器人代码 | 象棋引擎 | 答题程序 | 报名系统 | 图书系统 | vue页面 | react组件
    毕业设计系统 | 前端 page | 后端 service | side project | demo 代码 | github 项目 | repo | script | web app | notebook
  `),
  Bit: list(`
    循环 | 判断条件 | 那个函数 | 按钮的点击事件 | 分数变量 | 定时器 | 数组下标 | 存档文件 | 样式 | 表单提交 | 登录接口 | 上传接口 | 精灵图 | 碰撞检测 | 跳跃代码 | 摄像机脚本 | 传感器读数 | 引脚配置
    串口输出 | 中断函数 | 电机代码 | 查询语句 | 连表 | 主键 | 构造函数 | 线程 | 回调 | 路由 | 模板 | 断点 | 依赖 | 安装包 | 构建 | 部署 | 环境变量 | 配置文件 | json解析 | csv读取 | 日期格式 | 编码
    随机数 | 排序 | 递归 | 返回值 | 坐标轴代码 | 参考文献宏包 | 提交 | 分支 | 合并 | 远程仓库 | 端口 | 控制台 | 堆栈 | 异常 | 编译器 | 模拟器 | 调试器 | 单测 | 断言 | state | props | hook | 那个 function
    接口返回 | 缓存 | token | 那个 branch | commit | loop | 指针 | 内存 | 索引 | 事务
  `),
  Odd: list(`
    没反应 | 停不下来 | 一直是同一个值 | 显示的是昨天 | 算了两遍 | 倒着数 | 是反的 | 慢得不行 | 卡死 | 自己退出 | 全是乱码 | 变问号 | 是空的 | 全是零 | 永远为真 | 进不去 | 穿墙了 | 会闪 | 手机上显示不全
    被挡住了 | 没居中 | 重启就丢 | 存了两份 | 少了最后一条 | 跳过第一个 | 崩了 | 点两次就崩 | 报undefined | 报空指针 | 是NaN | 没权限 | 找不到 | 报错看不懂 | 差一位 | 差一小时 | 输入啥都没用
    我这能跑他那不行 | 真机不行 | 不够随机 | 装不上 | 编译不过 | 更新之后就坏了 | 改了目录名就坏了 | 顺序乱了 | 四舍五入不对 | 截断了 | 一直 fail | 直接 crash | 会 hang 住 | 不 work | 报 error
  `),
  Want: list(`
    帮我改一下 | 错在哪 | 是哪一行的问题 | 加个存档 | 加个排行榜 | 加个登录 | 让它能传照片 | 跑快点 | 精简一下 | windows也要能跑 | 离线也要能用 | 整理一下代码 | 拆成几个文件 | 传到github上 | 部署上线
    写几个测试 | 每行加注释 | 一行一行讲 | 改成类 | 存数据库里 | 从csv读 | 导出成json | 画个类图 | 改成python | 用c重写 | 升级到新版本 | 先让它启动 | 警告去掉 | 怎么调试 | 代码放哪 | 终端里敲什么
    用哪个库 | 也支持{S} | 让{S}能排序 | 记住上次的{S} | 别重复发{S} | 撤销上次提交 | 怎么推上去 | 这个报错啥意思 | 给个sql | 给个命令 | 写个脚本 | 生成页面代码 | 帮我 debug | 帮我 review | 怎么 fix | 要不要 refactor
  `),
  Chore: list(`
    今晚吃什么 | 找个{S}的做法 | 穿什么好 | 给{N}写张贺卡 | 给{N}写个发言稿 | 给{N}写封信 | 给{N}发个消息说{S}的事 | 我该跟{N}说什么 | 怎么跟{N}道歉 | 安慰我一下 | 讲个笑话 | 讲个{S}的故事
    我们来玩游戏，你演{S} | 你假装是{S} | 写首关于{S}的诗 | 写个{S}的小故事 | 给{S}起十个名字 | 想句{S}的口号 | 安排去{C}的行程 | 找去{C}的便宜机票 | 在{C}订间房 | {W}去{C}玩什么 | 推荐本讲{S}的书
    推荐个{S}的电影 | 推荐点音乐 | 哪种{S}值得买 | {S}值不值 | 哪里能买到{S} | {S}比个价 | {S}为啥这么贵 | {S}有什么来历 | 给小孩讲讲{S} | {S}危险吗 | {S}健康吗 | 腰疼怎么办 | 要不要去医院
    该存多少钱 | 要不要卖{S} | 个税怎么填 | 房东能这样吗 | 写篇{S}的作文 | 改下我的作文 | 历史作业帮我看看 | 陪我背单词 | 翻成英语 | 这句日语怎么说 | 语气软一点 | 记到日历，{W} | {W}提醒我 | 给{N}打电话
    跟{N}说我晚点到 | 回一下{N}的邮件 | 清理收件箱 | 买点{S} | 点个外卖 | 订个位子，{W} | {S}的污渍怎么洗 | 怎么养{S} | 猫不吃饭 | {W}谁赢了 | {C}天气 | 关灯 | 放首{S} | 看看求职信 | 陪我练面试 | 怎么提加薪
    列个{S}购物清单 | 健身计划 | 送{N}什么 | 怎么交朋友 | 他喜欢我吗 | {W}的聚会怎么办 | 写个邀请 | 写会议纪要 | 总结给{N}看 | 做个{S}的汇报 | 帮我 book 酒店 | 写个 email 给{N} | 安排个 meeting | 做个旅行 plan
  `),
  Tech: list(`
    接口 | 处理器 | 迁移脚本 | 索引 | 分区 | 从库 | 队列 | 消费者 | 定时任务 | 流水线 | 缓存 | 会话 | 表结构 | 字段 | 视图 | 触发器 | 固件 | 驱动 | 中断 | 寄存器 | 缓冲区 | 锁 | 线程池 | 着色器 | 碰撞体
    容器 | 节点 | 网关 | 证书 | 域名解析 | 告警规则 | 看板查询 | 日志采集 | 链路 | 灰度开关 | 发布分支 | 标签 | 锁文件 | 类型声明 | 夹具 | 覆盖率 | 压测脚本 | 堆 | 栈 | 正则 | 解析器 | 序列化 | 宽表 | 调度任务
    组件 | 弹窗 | 选择器 | 打包产物 | 埋点 | 翻译key | 校验 | 宏 | 存储过程 | 梯形图 | 回调地址 | 鉴权 | 中间件 | 单测 | 依赖版本 | 死锁 | 内存泄漏 | 空指针 | k8s | pr | ci | sdk | dns
  `),
  Act: list(
    `升级 | 锁定 | 删掉 | 改名 | 拆分 | 内联 | 回滚 | 迁移 | 补文档 | 定位 | 二分 | 打桩 | 补测试 | 格式化 | 废弃 | 限流 | 防抖 | 批量化 | 改成流式 | 重建 | 回填 | 去重 | 脱敏 | 校验 | 转义 | 加日志 | 加密 | 轮换 | 续期 | 重新部署 | 缩容 | 重启 | 评审 | 重构 | 优化`,
  ),
  Brief: list(
    `不知道为啥 | 周二开始的 | 只在线上 | 偶发 | 日志在下面 | 又来了 | 急 | 怎么搞 | 有思路吗 | 是我们的锅吗 | 别的别动 | 跟上次一样 | 先别上线 | 看下`,
  ),
};

export const LIFE_CODING_ZH: readonly string[] = [
  '{Life}，我的{Make}{Odd}，{Want}',
  '{Life}，现在{Make}里的{Bit}{Odd}，{Want}',
  '我的{Make}{Odd}。{Life}，{Want}',
  '我那个{S}的{Make}{Odd}',
  '{Make}里{Bit}{Odd}',
  '做了个{S}的{Make}，{Bit}{Odd}，{Life}',
  '给{N}做的{Make}，{Bit}{Odd}，{Life}',
  '{Life}。{Life}。是个{Make}，{Want}',
  '作业要交一个{S}的{Make}，{Want}',
  '想做个统计{S}的{Make}，{Life}，{Want}',
  '{Bit}在{Make}里是干嘛的，{Life}',
  '{Make}的{Bit}{Odd}正常吗',
  '{N}说{Make}应该用{T}，为什么',
  '{Life}，先{Want}，再{Want}',
  '{Make}两件事：{Want}，{Want}',
  '{Make}里{S}碰到{S}要重来，{Want}',
  '{Act}{Tech}',
  '{Tech}{Act}一下，{Brief}',
  '{Tech}{Odd}，{Brief}',
  '{Tech}{Odd}',
  '{S}的{Tech}{Odd}，{Life}',
  '把{S}那边的{Tech}{Act}一下',
  '{D}的{Tech}从{W}开始{Odd}，{Act}一下{Tech}',
  '{S}部门要加{Tech}，{Act}一下，照仓库里现成的写',
  '{Make}换成{L}，{Life}',
  '我这个 {Make} {Odd}，{Bit} 明明没动，{Want}',
  '{Bit} {Odd} 了，{Life}',
];

export const LIFE_OFF_ZH: readonly string[] = [
  '{Life}，{Chore}',
  '{Life}。{Chore}',
  '{Chore}，{Life}',
  '{Life}。{Life}。{Chore}',
  '{Chore}，还有{Chore}，{Life}',
  '给{N}的：{Chore}',
  '作业要写两百字的{S}，{Life}',
  '三件事：{Chore}，{Chore}，{Chore}',
  '我是做{R}的，{Life}，{Chore}',
  '{N}是{R}，{Chore}',
  '写代码写累了，{Chore}',
  '我的{Make}终于做完了，想庆祝一下，吃什么好',
  '写个故事，{R}丢了{S}，{Life}',
  '{N}学计算机的，喜欢{S}，送什么',
  '写条朋友圈，说我们的{D}应用上线了，{Life}',
  '{Chore}',
  '{Chore}，{Chore}',
  '{Chore}，急',
];

export const LIFE_ABSTAIN_ZH: readonly string[] = ['{Life}', '{Life}，{Life}', '{Life}。{Life}。{Life}'];
