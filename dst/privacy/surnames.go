package privacy

import (
	"strings"
	"unicode/utf8"
)

// surnames are the common family names of one character, and some rarer ones.
var surnames = runeSet(`王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖
	邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛
	管祝左涂谷祁时舒耿牟卜肖詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边净阴佟闫於桑戚楚连全
	岑骆娄向褚池栾宫喻匡仇滕苟尚应蒙党臧来冀宗敖亓揭鞠蓝祖古麻简苑敬巩储元慕郁沙鄢权和付邬伏晏刁原艾班乐廉年丘束双计农温奚符郗胥劳麦卓饶封钮荆茅阚虞桓晁谯訾谌缪笪竺綦逯闾隗蔺蔚湛匡濮郜郏邰佘戎扈芮邸仝狄睢蒯冷巫臧稽冼植粟尉迟仵仇窦郎贝寇厉姬仲伊宓逢褟练占帅沐腾萨隗钭缑亢仉郏呙阚母闾綦郤暨蒯厍佴阙`)

// weakSurnames are words as well, so that more than they is needed to tell a
// name.
var weakSurnames = runeSet(`于向时任常万路全单成应来党和年原元计管解强净位沿双农班简古祖权植查连车房边司景包席项游卫费盛左章文关易方安金高马白黄江何石水
	苑储敬乐束劳蒙曾宁华桂甘阳欧温冷粟尉迟仇练占帅腾萨母伊`)

// doubles are the family names of two characters.
var doubles = wordSet("欧阳 司马 上官 诸葛 司徒 东方 皇甫 尉迟 公孙 慕容 令狐 夏侯 轩辕 端木 百里 南宫 西门 独孤 长孙 宇文 鲜于 闻人 申屠 太史 公冶 澹台 濮阳 淳于 单于 呼延 万俟 第五 拓跋 赫连 完颜 纳兰")

// frequent of them are so often names that a cue of persons is enough.
var frequent = runeSet("金高马白黄江何石方曾关安文易温章左欧盛")

func runeSet(s string) map[rune]bool {
	m := map[rune]bool{}
	for _, r := range s {
		if r > ' ' {
			m[r] = true
		}
	}
	return m
}

// surname returns the length of the family name that s begins with, 0 for none,
// and whether it is one of two characters.
func surname(s string) (n int, double bool) {
	r, n := utf8.DecodeRuneInString(s)
	if r < 0x4E00 {
		return 0, false
	}
	if len(s) >= 2*n && doubles[s[:min(len(s), 2*len("王"))]] {
		return 2 * n, true
	}
	if surnames[r] {
		return n, false
	}
	return 0, false
}

// zhWords begin or end with a family name and are none.
var zhWords = wordSet(`时尚 高尚 班主任 主任 责任 担任 年轻 成熟 中年 老年 青年 少年 成年 白领 黄金 白金 金牌 现金 押金 定金 资金 基金 奖金 租金 佣金 高中 高级 高端 高手 高管 程序 工程 课程 流程 教程
	安卓 安全 安装 安排 安静 马上 马路 马桶 成人 成都 成员 成功 曾经 任何 任务 任意 全职 全新 全款 全部 全额 单身 单位 单独 于是 关于 由于 对于 属于 从事 江苏 江西 江浙 浙江 长江 黑龙江 石家庄 张家口 张家港 云南 河南 湖南 海南 广州 郑州 苏州 杭州
	常客 常用 常州 常年 万科 万一 万能 何时 何必 为何 如何 时候 时间 时差 同时 方便 方式 方案 方法 地方 官方 双方 对方 高兴 高新 高铁 高速 高考 连续 连锁 连接 向来 一向 方向 和平 和谐 毛衣 毛巾 水果 安徽 平台 左右 右边
	干部 计算 设计 会计 关系 关心 关注 管理 主管 强烈 卫生 华为 华南 华北 华东 中华 精华 黄色 黄牛 白色 白天 明白 蓝色 蓝牙 红色 金色 金融 金额 黄山 黑白 文件 文化 中文 英文 语文 作文 论文 易碎 容易 贸易 交易 简易 简单
	包装 包裹 包邮 包月 书包 钱包 红包 面包 背包 查询 查看 检查 车主 车间 汽车 火车 开车 停车 房东 房间 房子 酒店 厨房 楼房 边上 旁边 这边 那边 江南 江北 应该 应用 供应 反应 适应 来自 来源 原来 本来 后来 未来 党员 入党 年会 原因 原装 原价 元旦 美元 单元
	汤圆 胡说 胡子 胡同 牛奶 牛排 牛仔 牛肉 路由 路上 道路 顾客 顾问 照顾 回头客 陶瓷 温度 体温 温馨 童装 儿童 舒服 舒适 席位 主席 凌晨 费用 免费 消费 话费 运费 付费 付款 支付 应付 付钱 龙虾 水龙头 段子 阶段 雷达 钱都 付 祝您 祝你 庆祝 左手 谢谢 感谢 多谢 谢了
	许多 也许 允许 或许 孟买 余额 多余 剩余 业余 高血压 高度 高个 提高 最高 偏高 程度 石头 宝石 钻石 钟头 分钟 时钟 闹钟 秒钟 范围 模范 规范 季节 季度 四季 换季 雷同 史上 历史 施工 措施 设施 康复 健康 易用 文字 兰州 乐意 快乐 音乐 可乐 娱乐 柏林 梅雨 杨梅 阳台 阳光 太阳 夏天 夏季 夏装 华丽 甘肃 宁波 宁夏 桂林
	海尔 欧洲 欧美 欧元 欧尚 陆续 大陆 登陆 项目 事项 选项 游客 游戏 旅游 沙发 农民 农村 农药 农业 班级 上班 下班 航班 加班 强调 解决 了解 解释 理解 边框 广东 景区 背景 苗条 盛大 茂盛 章鱼 文章 印章 印花 董事 懂事 施主 武汉 武器 成本 成分 完成 变成 成交 组成 成绩 曲线 歌曲 乔丹 庄家 商家 农庄 山庄
	欧莱雅 毕业 毕竟 毕业生 柳州 徐州 贺卡 祝贺 康师傅 白象 蒙牛 古驰 古董 苏宁 苏打 苏泊尔 林肯 方太 张江 杨浦 徐汇 黄浦 黄埔 马来 马桶盖 龙岗 龙华 罗湖 江宁 江北区 温州 台州 万象 万达 万向 万国 万宝龙 周一 周二 周三 周四 周五 周六 周日 周末 周天 周年 周边 周期 周转 一周 上周 下周 本周 每周 两周 三周 四周 孙子 孙女 吴江 唐山 韩国 韩版 韩式 宋体 余杭 姚明款 邓禄普
	李宁 李锦记 李维斯 周大福 周大生 周生生 周六福 周黑鸭 王老吉 王守义 王者荣 张小泉 马应龙 马爹利 陈克明 胡姬花 江小白 江中 杜蕾斯 杜康 古井 史努比 史密斯 史丹利 施华洛 林清轩 林氏 顾家 马克华 梅赛德 梅西 孔雀 雷克萨 雷蛇 雷柏 雷朋
	罗技 罗蒙 罗马 白云山 金龙鱼 金士顿 金立 金属 金嗓子 谭木匠 曹操出 康佳 熊猫 万和 万利达 龙井 龙卷 毛绒 毛血旺 鲁花 鲁菜 徐福记 欧普 欧派 欧米茄 戴森 戴尔 温碧泉 韩束 韩后 高配 高清 高压 高低 黄铜 黄油 黄瓜 马甲 马丁靴 石英 石榴 白酒 白菜 白金卡 方形 何处 陈醋 陈皮 李子 杨桃 姜茶 姜片
	孙悟空 朱古力 胡萝卜 胡椒 柳橙 毛笔 江山 安慕希 安踏 安利 安德玛 安耐晒 乔山 卡西欧 宋朝 唐朝 唐装 汉服 秦岭 邮政 常温 冷藏 单品 单品牌 单价 全棉 全屋 全家 全国 全场 全身 全自动 万元 石材 连衣裙 连裤 水晶 水泵 水壶 水杯 水龙 水印 文胸 文具 文创 章程 章节 左侧 左边 右侧 平板 平底 平衡 方便面 白色款 白条 花呗 毛病 尚未 尚可 尚不 尚无 牛逼 牛皮 牛气 牛叉 符合 符号 郁闷 巩固 许诺 焦急 焦虑 焦点 严格 严肃 严厉 严重 严谨 严禁 赖账 赖皮 曲解 钟点 钟点工 麦当劳 麦片 麦克 麦子 小麦 燕麦 卓越 封面 封口 封装 封闭 封箱 封条 信封 密封 开封 查封 封号 封控 封锁 封顶 丰饶 钮扣 冷却 茅台 蔚来 蔚蓝 湛江 湛蓝 戎装 仇家 贝壳 贝类 宝贝 拷贝 厉害 仲裁 寇准 王朝 王牌 王者 王府 女郎 新郎 郎酒 祝福 祝愿 祝贺 安保 应当 应得 应有 应收 应缴 应届 应如 包含 包括 全员 全体 全都 全程 方可 方能 方才 方为 高层 单子 管家 关联 查收 连同 连带 成年人`)

// zhCommon may begin what follows a name: 我叫王明想退货.
var zhCommon = strings.Fields(`电话 手机 想 要 是 的 住 在 来 有 买 订 刚才 刚刚 刚好 刚买 刚下 刚收 刚在 刚从 刚到 刚打 昨 今天 今早 今晚 明天 明早 前天 上次 上周 上个 你好 您好 请 帮 麻烦 地址 号码 联系 预 工号 身份 需要 从 到 很 也 不 们 可以 能 还 都 就 已 这 那 给 把 被 让 跟 和 与 对 去 先生 女士 小姐 太太 同学 老师 师傅 经理
	邮 微信 会员 会 准备 打 收 寄 之前 上 下 呢 吗 啊 吧 哦 哈 呀 了 我 你 您 他 她 咨询 投诉 退 换 查 问 找 用 付 支 没 等 拿 取 签 发 一直 一个 两个 现在 目前 因为 为什么 为何 为啥 说 叫 以 但 谢谢 订单 账 性别 男性 女性 年龄 护照 车牌 银行 卡 快 申请 报 反映 替 又 再 只 本人 客户 你们 写错 写成 改 错 少 多 吃 看 听 最近 早上 下午 晚上 当 或 及 入住 乘 签 下单 购 接 想要 如 怎 什 哪 代 户 尾号 希望 打算 应该 负责 办 两 一起 一同 俩`)

// givenFirst are characters that begin a given name though they begin such a
// word, too.
const givenFirst = "明能会多以文为来对在看想改从问可如有都安"

// noNames follow a cue for names and are none.
var noNames = strings.Fields(`小程序 人 大家 家里 辆 一辆 一个 一部 部 台 了 个 车 外卖 快递 滴滴 代驾 过 起床 停 醒 不对 不是 写错 错 怎么 怎样 什么 哪 谁 信息 要改 可以 能 没 有误 的话 和 与 跟 改 修改 更改 填 变更 一致 必须 需要 是否 如何 为 电话 手机 号码 地址 以及 或 请 在 那 这 都 也 还 就 已 呢 吗 一样 显示 不 无 很 太 好 变 要 会 由 给 里 上 下 处 拼 栏 后 前 字 多 少 对 用 只 能 先填 栏目 几 有 没有 加 写 想 以 被 到 是 我 你 您 他 她 本人 自己 上面 客服 老板 店家 商家 卖家 买家 快递 人工 经理 师傅 您好 你好 某某 联系 保密 匿名 全称 英文 中文 拼音 首字母 公司 个人 单位 家人 朋友 老人 孩子 同事 未 已经 这个 那个 一下 一个 无法`)

// roles end words for what somebody is.
const roles = "员者户客妇粉迷控党族款版的店家具机品型号色种类货码单件人级岁届系区市省县镇路号楼"

// role reports whether words say what somebody is rather than who: 高中生.
func role(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(roles, r)
}

// noName reports whether what s begins with is a word and no name.
func noName(s string, strong bool) bool {
	for k := 2; k <= 3; k++ {
		if n := k * len("王"); len(s) >= n && zhWords[s[:n]] {
			return true
		}
	}
	if !strong {
		return false
	}
	for _, w := range noNames {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

// goesOn reports whether s begins with a word that follows names.
func goesOn(s string) bool {
	for _, w := range zhCommon {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}
