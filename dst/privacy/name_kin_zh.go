package privacy

// zhKin are words for people near to a customer, zhServed for people at work:
// names follow both.
const (
	zhKin = `妈 妈妈 母亲 爸 爸爸 父亲 老婆 老公 妻子 丈夫 媳妇 太太 爱人 室友 舍友 同事 同学 朋友 闺蜜 邻居 儿子 女儿 闺女 孩子 宝宝 哥 哥哥 姐 姐姐 弟 弟弟 妹 妹妹
		爷爷 奶奶 外公 外婆 姥姥 姥爷 男朋友 女朋友 男友 女友 未婚妻 未婚夫 表哥 表姐 表弟 表妹 侄子 侄女 外甥 助理 秘书 房东 租客 领导 老板`
	zhServed = `专员 客服 顾问 导游 司机 护士 店长 管家 业务员 快递员 骑手 配送员 维修员 安装员 销售员 导购 接线员 客户 家属 房客`
)
