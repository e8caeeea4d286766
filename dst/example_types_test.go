package dst_test

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/slotgraph/slotgraph/dst"
)

func printMentions(typ dst.Type, message string) {
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC) // a Monday
	for _, m := range typ.Find(dst.NewText(message, now)) {
		fmt.Printf("%q %s", message[m.Start:m.End], m.Value)
		if m.To != "" {
			fmt.Printf(" to %s", m.To)
		}
		fmt.Println()
	}
}

func ExampleOneOf() {
	use := dst.OneOf("gaming", "office work", "photography")
	printMentions(use, "something for games, and photograhpy")
	// Output:
	// "games" gaming
	// "photograhpy" photography
}

func ExampleEnum() {
	price := &dst.Enum{Values: []dst.Option{
		{Value: "cheap", Synonyms: []string{"inexpensive", "便宜"}, Labels: map[string]string{"zh": "实惠"}},
		{Value: "expensive", Synonyms: []string{"high end", "贵"}},
	}}
	printMentions(price, "要便宜点的")
	fmt.Println(price.Format("cheap", "zh"))
	// Output:
	// "便宜" cheap
	// 实惠
}

func ExampleNumber() {
	memory := &dst.Number{Unit: "GB"}
	printMentions(memory, "至少16G内存")
	printMentions(memory, "a 1 TB drive and 3 days of battery")
	fmt.Println(memory.Format("16", "en"))
	// Output:
	// "16G内存" 16
	// "1 TB" 1024
	// 16 GB
}

func ExampleMoney() {
	price := &dst.Money{Currency: "CNY", Words: map[string]string{"免费": "0"}}
	printMentions(price, "三千左右")
	printMentions(price, "2k to 3k, or $499")
	printMentions(price, "有免费的吗")
	fmt.Println(price.Format("4999", "zh"), price.Format("499 USD", "en"))
	// Output:
	// "三千" 3000
	// "2k to 3k" 2000 to 3000
	// "$499" 499 USD
	// "免费" 0
	// 4999元 $499
}

func ExampleYesNo() {
	printMentions(&dst.YesNo{}, "不用了，谢谢")
	printMentions(&dst.YesNo{Yes: "True", No: "False"}, "Yes please")
	// Output:
	// "不用了" no
	// "Yes please" True
}

func ExampleFreeText() {
	printMentions(&dst.FreeText{Pattern: regexp.MustCompile(`\b[A-Z]{2}\d{6}\b`)}, "where is my order SG104233?")
	// Output:
	// "SG104233" SG104233
}

func ExampleFreeText_normalize() {
	orders := &dst.FreeText{Pattern: regexp.MustCompile(`(?i)\b[A-Z]{2}\d{6}\b`), Normalize: strings.ToUpper}
	printMentions(orders, "sg104233到了吗")
	// Output:
	// "sg104233" SG104233
}

func ExampleDuration() {
	printMentions(&dst.Duration{}, "an hour and a half, or 12小时-3天")
	fmt.Println((&dst.Duration{}).Format("PT1H30M", "zh"))
	// Output:
	// "an hour and a half" PT1H30M
	// "12小时-3天" PT12H to P3D
	// 1小时30分钟
}

func ExampleAddress() {
	printMentions(&dst.Address{}, "寄到北京市朝阳区建国路８８号3号楼 1201室，谢谢")
	printMentions(&dst.Address{}, "send it to 221B Baker Street please")
	// Output:
	// "北京市朝阳区建国路８８号3号楼 1201室" 北京市朝阳区建国路88号3号楼1201室
	// "221B Baker Street" 221B Baker Street
}

func ExampleEmail() {
	printMentions(&dst.Email{}, "邮箱是Ann.Lee@Example.com，谢谢")
	// Output:
	// "Ann.Lee@Example.com" ann.lee@example.com
}

func ExampleResidentID() {
	printMentions(&dst.ResidentID{}, "身份证11010519491231002x")
	printMentions(&dst.ResidentID{}, "身份证110105194912310021，校验码不对")
	// Output:
	// "11010519491231002x" 11010519491231002X
}

func ExampleGazetteer_pinyin() {
	names := dst.NewGazetteer(dst.Entry{Value: "海底捞"})
	printMentions(names, "is there a Haidilao near here?")
	printMentions(names, "hdl")
	// Output:
	// "Haidilao" 海底捞
	// "hdl" 海底捞
}

func ExampleGazetteer() {
	names := dst.NewGazetteer(
		dst.Entry{Value: "全聚德(王府井店)"},
		dst.Entry{Value: "全聚德(前门店)"},
		dst.Entry{Value: "The Gandhi", Aliases: []string{"gandhi"}},
	)
	printMentions(names, "全聚德(前门店)怎么样")
	printMentions(names, "附近有全聚德吗")
	printMentions(names, "a table at the gandih")
	// Output:
	// "全聚德(前门店)" 全聚德(前门店)
	// "全聚德" 全聚德(王府井店)
	// "全聚德" 全聚德(前门店)
	// "the gandih" The Gandhi
}

func ExampleDate() {
	printMentions(&dst.Date{}, "from next friday to sunday")
	printMentions(&dst.Date{}, "下个月5号入住，12月8号离开")
	fmt.Println((&dst.Date{}).Format("2026-12-05", "zh"))
	// Output:
	// "next friday to sunday" 2026-12-04 to 2026-12-06
	// "下个月5号" 2026-12-05
	// "12月8号" 2026-12-08
	// 2026年12月5日
}

func ExampleClock() {
	printMentions(&dst.Clock{}, "下午三点半")
	printMentions(&dst.Clock{}, "between 3 and 5pm")
	printMentions(&dst.Clock{Opens: 8}, "half past six")
	// Output:
	// "下午三点半" 15:30
	// "between 3 and 5pm" 15:00 to 17:00
	// "half past six" 18:30
}
