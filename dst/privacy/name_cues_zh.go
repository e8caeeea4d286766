package privacy

import (
	"strings"
	"unicode/utf8"
)

// A zhCue is what stands before a name in Chinese.
type zhCue struct {
	word   string
	strong bool // whatever follows is a name: 姓名：; otherwise it must look like one: 我是
	label  bool // of a form: a colon or a verb may stand between
}

// zhColon are labels that names follow behind a colon only.
const zhColon = `预约 报名 挂号 订位 订座 登记 预订 代表 签字 签名 经手 两人 三人 四人 两位 三位 四位`

var onlyColon = wordSet(zhColon)

// zhNameCues are keyed by their last character.
var zhNameCues = func() map[rune][]zhCue {
	m := map[rune][]zhCue{}
	add := func(words string, strong, label bool) {
		for w := range strings.FieldsSeq(words) {
			r, _ := utf8.DecodeLastRuneInString(w)
			m[r] = append(m[r], zhCue{w, strong, label})
		}
	}
	add("我叫 名字叫 名字是 姓名是 大名叫 大名 我的名字 姓名 本名 真名 全名 名字 收件人 收货人 联系人 寄件人 发件人 取件人 订餐人 预订人 预定人 入住人 持卡人 开户人 开户名 户名 户主 机主 车主 乘客 乘机人 乘车人 接机人 送机人 接站人 监护人 委托人 承租人 出租人 担保人 接收人 取货人 提货人 领取人 驾驶人 就诊人 病人 被保人 申请人 投保人 被保险人 签收人 经办人 负责人 使用人 购买人 下单人 付款人 受理人 投诉人 客户名 客户姓名 顾客 业主 租客 患者 客人 报名人 孩子叫 儿子叫 女儿叫 老公叫 老婆叫 妈妈叫 爸爸叫 朋友叫 他叫 她叫 抬头 收款人 代收人 法人 法定代表人 借款人 受益人 推荐人 介绍人 代办人 代领人 登记人 订票人 订房人 点餐人 陪护人 缴费人 参保人 参会人 出行人 旅客 住客 学员 英文名 中文名 曾用名 汇款人 收票人 持有人 产权人 授权人 代理人 体检人 受检人 接种人 联络人 来访人 报案人 姓名改成 名字改成", true, true)
	add("我是 名叫 叫我 本人 这是 这里是 这边是 称呼我 喊我 找 转给 交给 寄给 送给 给 是 替 帮 联系 由 让 叫 请写 写给 发给 转告 告诉 通知 我和 我跟 报 写 填 署名 落款 登记成 登记为 改成 改为 换成 写成", false, false)
	add(zhColon, false, true)
	for w := range strings.FieldsSeq(zhKin) {
		add(w+"叫", true, false)
		add("我"+w+" 你"+w, false, false)
		if len(w) > len("妈") {
			add(w, false, false)
		}
	}
	add(zhServed, false, false)
	for w := range strings.FieldsSeq(zhServed) {
		add(w+"叫", true, false)
	}
	return m
}()

// zhVerbs may stand between the label of a form and the name.
var zhVerbs = []string{"应该是", "请写", "就写", "写的是", "写", "填的是", "填写", "填", "改成", "改为", "换成", "变更为", "叫做", "叫", "是", "为", ":", " ", "=", "「", "“", "\"", "'", "的", "用", "请", "/", "|", "(", ")", "（", "就是", "一栏", "先", "换", "做", "登记的是", "登记成", "登记为", "登记", "写成", "填成", "写了", "填了", "拼音", "英文", "还是", "个人"}

// zhQuotes may stand around a name.
var zhQuotes = []string{"“", "\"", "'", "「", "『", "【"}
