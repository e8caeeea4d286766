package kg

import (
	"cmp"
	"math"
	"strings"

	"github.com/slotgraph/slotgraph/internal/text"
)

// A unit converts into the others of its dimension by its factor.
type unit struct {
	dimension string
	factor    float64 // size in the base unit of the dimension
}

// unitRow lists one unit: its canonical spelling, dimension, factor, and the
// other spellings it is met under.
type unitRow struct {
	name, dimension string
	factor          float64
	aliases         string
}

// Storage counts in powers of 1024, as shops sell memory and as 1 TB phones
// are compared with 512 GB ones. Currencies are dimensions of their own, since
// their rates are not ours to know.
var unitRows = []unitRow{
	{"B", "storage", 1, "byte bytes 字节"},
	{"KB", "storage", 1 << 10, "kib kilobyte kilobytes"},
	{"MB", "storage", 1 << 20, "M mib megabyte megabytes 兆"},
	{"GB", "storage", 1 << 30, "G gib gigabyte gigabytes"},
	{"TB", "storage", 1 << 40, "T tib terabyte terabytes"},
	{"mg", "mass", 0.001, "毫克 milligram milligrams"},
	{"g", "mass", 1, "克 gram grams"},
	{"kg", "mass", 1000, "千克 公斤 kilogram kilograms kgs"},
	{"斤", "mass", 500, "市斤"},
	{"lb", "mass", 453.59237, "lbs pound pounds 磅"},
	{"oz", "mass", 28.349523125, "ounce ounces 盎司"},
	{"mm", "length", 1, "毫米 millimeter millimeters millimetre millimetres"},
	{"cm", "length", 10, "厘米 公分 centimeter centimeters centimetre centimetres"},
	{"m", "length", 1000, "米 meter meters metre metres"},
	{"km", "length", 1e6, "公里 千米 kilometer kilometers kilometre kilometres"},
	{"inch", "length", 25.4, `in inches 英寸 寸 吋 "`},
	{"ft", "length", 304.8, "foot feet 英尺"},
	{"ml", "volume", 1, "毫升 milliliter milliliters millilitre millilitres"},
	{"L", "volume", 1000, "l 升 liter liters litre litres"},
	{"W", "power", 1, "w 瓦 watt watts"},
	{"kW", "power", 1000, "千瓦 kilowatt kilowatts"},
	{"mAh", "charge", 1, "毫安 毫安时"},
	{"Ah", "charge", 1000, "安时"},
	{"Hz", "frequency", 1, "赫兹 hertz"},
	{"MHz", "frequency", 1e6, "兆赫"},
	{"GHz", "frequency", 1e9, "吉赫"},
	{"s", "duration", 1, "秒 sec second seconds"},
	{"min", "duration", 60, "分钟 minute minutes"},
	{"h", "duration", 3600, "小时 hour hours hr hrs"},
	{"day", "duration", 86400, "天 days"},
	{"CNY", "currency CNY", 1, "元 RMB 人民币 ¥ 块 块钱 圆 yuan"},
	{"万元", "currency CNY", 1e4, "万块"},
	{"USD", "currency USD", 1, "$ 美元 美金 dollar dollars"},
	{"EUR", "currency EUR", 1, "€ 欧元 euro euros"},
	{"GBP", "currency GBP", 1, "£ 英镑"},
	{"JPY", "currency JPY", 1, "日元 yen"},
	{"HKD", "currency HKD", 1, "港币 港元"},
	{"TWD", "currency TWD", 1, "新台币 台币"},
	{"KRW", "currency KRW", 1, "₩ 韩元"},
}

var units, unitNames = unitTables()

func unitTables() (map[string]unit, map[string]string) {
	byName, names := map[string]unit{}, map[string]string{}
	for _, r := range unitRows {
		byName[r.name] = unit{r.dimension, r.factor}
		names[r.name] = r.name
		for _, a := range strings.Fields(r.aliases) {
			names[a] = r.name
		}
	}
	for _, r := range unitRows { // any case, where that is not ambiguous: "g" and "G" stay apart
		for _, a := range append(strings.Fields(r.aliases), r.name) {
			if low := strings.ToLower(a); len(a) > 1 && names[low] == "" {
				names[low] = r.name
			}
		}
	}
	return byName, names
}

// canonicalUnit returns the one spelling of a known unit, and others trimmed.
func canonicalUnit(s string) string {
	if s == "" {
		return ""
	}
	s = strings.TrimSpace(s)
	if name, ok := unitNames[s]; ok {
		return name
	}
	if folded := text.Fold(s); len(folded) > 1 {
		if name, ok := unitNames[folded]; ok {
			return name
		}
	}
	if s == "￥" {
		return "CNY"
	}
	return s
}

// unitOf returns the conversion of a canonical unit; an unknown one is a
// dimension of its own.
func unitOf(name string) unit {
	if u, ok := units[name]; ok {
		return u
	}
	if name == "" {
		return unit{"", 1} // sorts first
	}
	return unit{"unit " + name, 1}
}

// tolerance is the relative difference that conversion between units may
// bring about: 1.001 kg is 1000.9999999999999 g.
const tolerance = 1e-12

// compareNumbers compares two numbers in units that convert into each other.
// A number without a unit is read in the unit of the other.
func compareNumbers(a, b Value) (int, bool) {
	if a.text == b.text || a.text == "" || b.text == "" {
		return cmp.Compare(a.num, b.num), true
	}
	ua, ub := unitOf(a.text), unitOf(b.text)
	if ua.dimension != ub.dimension {
		return 0, false
	}
	x, y := a.num*ua.factor, b.num*ub.factor
	if math.IsInf(x, 0) || math.IsInf(y, 0) { // no float64 in the base unit: the ratio of the units may do
		x, y = a.num*(ua.factor/ub.factor), b.num
		return cmp.Compare(x, y), true
	}
	if math.Abs(x-y) <= tolerance*math.Max(math.Abs(x), math.Abs(y)) {
		return 0, true
	}
	return cmp.Compare(x, y), true
}

// convertible reports whether numbers in the two canonical units compare.
func convertible(a, b string) bool {
	return a == b || a == "" || b == "" || unitOf(a).dimension == unitOf(b).dimension
}
