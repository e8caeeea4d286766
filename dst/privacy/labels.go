package privacy

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// other is the label of numbers that are of no person: orders, goods, codes.
const other Kind = "-"

// labels say what the number next to them is.
var labels = newLabels(map[Kind]string{
	Phone: `phone telephone tel mobile cell cellphone call ring dial text texted sms whatsapp reach contact callback landline fax phones calling
		alternate alternate_number alternative_number backup_number other_number caller_id callback_number best_number
		my_number his_number her_number our_number new_number office_line direct_line home_number work_number contact_details contact_info
		电话 手机 座机 固话 联系方式 联系 联络 拨打 致电 短信 微信 传真 电联 来电 回电 回拨 呼叫 打给 打我 打 拨 手机号 电话号 联系号码 新号码 我的号码 预留手机 小灵通`,
	Card: `credit_card debit_card bank_card card visa mastercard amex american_express unionpay maestro bank_account card_number pan
		卡号 银行卡 信用卡 储蓄卡 借记卡 工资卡 银行账号 银行账户 银行帐号 对公账户 收款账号 收款账户 退款账号 收款卡 打款账号 工行卡 建行卡 农行卡 招行卡 中行卡 交行卡`,
	ResidentID: `身份证 身份证号 身份证号码 证件号 证件号码 身份号 id_card identity_card resident_id identity_number national_id id_number 身份证件`,
	USCC:       `统一社会信用代码 信用代码 社会信用代码 税号 纳税人识别号 纳税识别号 uscc unified_social_credit_code credit_code tax_id taxpayer_id`,
	IBAN:       `iban`,
	IP:         `ip ip地址 ip_address ipv4 ipv6 host server login logged_in_from 服务器 登录地址 登录ip`,
	Plate:      `车牌 车牌号 牌照 车号 plate licence_plate license_plate plate_number`,
	Document: `passport 护照 护照号 通行证 台胞证 回乡证 驾照 驾驶证 驾照号 驾驶证号 军官证 ssn social_security social driver's_license drivers_license
		driving_licence driver_license driving_license national_insurance national_insurance_number ni_number nino 港澳通行证 居留证 往来港澳通行证 passport_no`,
	other: `order orders po invoice tracking track shipment parcel package ticket case ref reference confirmation booking reservation serial sn s/n imei meid
		sku ean upc gtin barcode isbn asin item model part product batch lot version firmware build coupon voucher promo gift_card gift code membership member
		customer account loyalty transaction flight zip postcode zipcode amount price total policy timestamp receipt rma return article catalog release
		driver section chapter rev revision update os ios android windows v ver app hotline toll-free customer_service service_line gift_card_number
		loyalty_card membership_card library_card
		订单 单号 运单 快递 物流 流水 交易 交易号 凭证 编号 货号 型号 序列号 条码 条形码 批次 批号 版本 会员号 会员卡 会员 工单 发票 合同 票号 航班 车次
		房间号 券码 优惠码 兑换码 验证码 邮编 商品 款号 礼品卡 购物卡 充值卡 卡密 积分 金额 价格 总价 保单 备案 取件码 提货码 工号 学号 时间戳 设备号
		机身号 串号 固件 系统 驱动 升级到 更新到 内核 包裹 运单号 快递单号 物流单号 流水号 热线 客服电话 客服 服务电话 官方电话 会员卡号 礼品卡号 优惠券 客服热线 订单编号 案件号
		扫码 二维码 型号是 国标 标准 编码 代码 主键 id 号段 更新 章节 售后电话 投诉电话 咨询电话 官网电话 店铺电话 设备`,
})

// fillers may stand between a label and its number.
var fillers = newWords(`is was are no no. num number numbers nr on at to me my the it it's its this that be 's as : = # . ( ) [ ] ' " , / - * \ < >
	please back us him her anytime via new now id under a an for following which current old still reads here mine and or with line address
	是 为 号 码 号码 就是 就 都是 填 写 改成 改为 换成 应该 变成 新 的 了 我 上 下 一 请 吧 在 给 到 您 你 用 可以 绑定 账号 末 这个 那个 : 、 | 叫 有 这 地址 填写 写成
	他 她 老婆 老公 我妈 我爸 本人 预留 目前 现在 以后 请打 也 还 尾 全 完整`)

// notCards stand before words for a card that is none of a bank.
var notCards = newWords(`gift loyalty membership member library store reward rewards club sim business graphics video sd memory score report bus key access
	prepaid id points student 会员 礼品 购物 优惠 充值 门禁 公交 电话 储值 积分 饭 校园 图书 就诊 诊疗 健康 加油 京东e 贵宾 vip 手机 学生 房 显 声 网 流量 上网`)

const reachLabel = 56 // bytes before a number in which its label stands

type labelSet map[byte][]label // by the last byte of the word

type label struct {
	word string
	kind Kind
}

func newLabels(words map[Kind]string) labelSet {
	m := labelSet{}
	for _, k := range append(Kinds(), other) {
		for w := range strings.FieldsSeq(words[k]) {
			w = strings.ReplaceAll(w, "_", " ")
			last := w[len(w)-1]
			m[last] = append(m[last], label{w, k})
		}
	}
	return m
}

// ending returns the longest label that ends where s ends.
func (m labelSet) ending(s string) (best label) {
	if s == "" {
		return best
	}
	for _, l := range m[s[len(s)-1]] {
		if len(l.word) > len(best.word) && strings.HasSuffix(s, l.word) && wordStarts(s, len(s)-len(l.word)) {
			best = l
		}
	}
	return best
}

// wordStarts reports whether a word may begin at i: no letter before one.
func wordStarts(s string, i int) bool {
	return i == 0 || !isLetter(s[i]) || !isLetter(s[i-1])
}

func wordEnds(s string, i int) bool {
	return i >= len(s) || i == 0 || !isLetter(s[i]) || !isLetter(s[i-1])
}

// label is what the words before byte i say of what begins there, "" for
// nothing: the nearest label with nothing but fillers behind it.
func (c *scan) label(i int) Kind {
	s := c.low[max(0, i-reachLabel):i]
	if k := strings.LastIndexAny(s, "!?;\n"); k >= 0 {
		s = s[k+1:]
	}
	said := false
	for {
		s = strings.TrimRight(s, " \t")
		if s == "" && said { // 号码是…, and of what is not said
			return Phone
		}
		if s == "" {
			return ""
		}
		if plural, ok := strings.CutSuffix(s, "s"); ok && labels.ending(s).word == "" {
			if l := labels.ending(plural); l.word != "" && isLetter(l.word[0]) {
				return l.kind
			}
		}
		if l := labels.ending(s); l.word != "" {
			if l.kind == Card && notCards.ending(strings.TrimRight(s[:len(s)-len(l.word)], " ")) > 0 {
				return other
			}
			if l.word == "account" && c.banking() {
				return Card
			}
			return l.kind
		}
		n := fillers.ending(s)
		if n == 0 {
			return ""
		}
		said = said || strings.HasSuffix(s, "号码")
		if s[len(s)-1] == ',' && len(s) > 1 && !isLetter(s[len(s)-2]) {
			return "" // another clause, in Chinese
		}
		s = s[:len(s)-n]
	}
}

// banking reports whether a message is about an account at a bank, rather than
// one at the shop. It looks once.
func (c *scan) banking() bool {
	if !c.bankKnown {
		about := func(w string) bool { return strings.Contains(c.low, w) }
		c.bankKnown = true
		c.bank = slices.ContainsFunc(bankWords[:], about) || moneyTo.MatchString(c.low)
	}
	return c.bank
}

var bankWords = [...]string{"sort code", "routing", "bank", "iban", "swift", "wire ", "payout", "direct debit"}

// labelBehind is what the words behind byte i say of what ends there: "138… is
// my phone", "2024… 是订单号".
func (c *scan) labelBehind(i int) Kind {
	s := strings.TrimLeft(c.low[i:min(len(c.low), i+36)], " (")
	for _, lead := range [...]string{"is the ", "is my ", "is our ", "is ", "是我的", "是我", "是", "这个", "那个", "为", "my "} {
		if rest, ok := strings.CutPrefix(s, lead); ok {
			s = strings.TrimPrefix(rest, "新")
			return firstLabel(s)
		}
	}
	return ""
}

// firstLabel is the kind of the longest label that s begins with.
func firstLabel(s string) Kind {
	best := label{}
	for n := 1; n <= len(s) && n <= 24; n++ {
		if n < len(s) && !utf8.RuneStart(s[n]) || !wordEnds(s, n) {
			continue
		}
		if l := labels.ending(s[:n]); len(l.word) == n {
			best = l
		}
	}
	return best.kind
}

// wordList is a set of words, to be found at the end of a text.
type wordList map[byte][]string

func newWords(words string) wordList {
	m := wordList{}
	for w := range strings.FieldsSeq(words) {
		m[w[len(w)-1]] = append(m[w[len(w)-1]], w)
	}
	return m
}

// ending returns the length of the longest word that s ends in.
func (m wordList) ending(s string) int {
	best := 0
	if s == "" {
		return 0
	}
	for _, w := range m[s[len(s)-1]] {
		if len(w) > best && strings.HasSuffix(s, w) && wordStarts(s, len(s)-len(w)) {
			best = len(w)
		}
	}
	return best
}
