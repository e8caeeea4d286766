package text

import "slices"

// An AddressSpan is a postal address as it stands in a text: tokens [First,
// Last).
type AddressSpan struct {
	First, Last int
	Score       float64 // in (0, 1]
}

// FindAddresses returns the street addresses of a text in order; they never
// overlap. A Chinese one is a run of place names that end in 省, 市, 区, 路, 号,
// 楼 and the like, with a street or a village in it and a number behind that; an
// English one is a number before a name that ends in "Street", "Ave" and the
// like. Mere districts and mere street names are no addresses: 朝阳区, 建国路,
// "Main Street".
func FindAddresses(toks []Token) []AddressSpan {
	var out []AddressSpan
	end := 0
	for i := 0; i < len(toks); i++ {
		var a AddressSpan
		ok := false
		switch toks[i].Kind {
		case Han:
			a, ok = zhAddress(toks, i, end)
		case Number:
			a, ok = enAddress(toks, i)
		}
		if ok {
			out = append(out, a)
			i, end = a.Last-1, a.Last
		}
	}
	return out
}

// zhStreet returns the token behind a word for a street or village that ends
// at i, or i.
func zhStreet(toks []Token, i int) int {
	switch w := at(toks, i); w {
	case "路", "街", "道", "巷", "弄", "里", "村", "镇", "乡", "苑", "园":
		if w == "街" && at(toks, i+1) == "道" {
			return i + 2
		}
		return i + 1
	case "胡":
		if at(toks, i+1) == "同" {
			return i + 2
		}
	case "小":
		if at(toks, i+1) == "区" {
			return i + 2
		}
	}
	return i
}

// zhAddress reads an address whose street word stands at token i: the number
// that follows it makes it one. The names before it reach back to from at most.
func zhAddress(toks []Token, i, from int) (AddressSpan, bool) {
	j := zhStreet(toks, i)
	if j == i || inWord("这那条哪知村家", at(toks, i-1)) {
		return AddressSpan{}, false
	}
	if at(toks, j+1) == "段" && kindAt(toks, j) == Han { // 人民南路四段
		j += 2
	}
	last, houses := zhHouses(toks, j)
	if houses == 0 {
		return AddressSpan{}, false
	}
	first := zhStart(toks, i, from)
	if i-first < 1 {
		return AddressSpan{}, false
	}
	a := AddressSpan{First: first, Last: last, Score: 0.9}
	if houses > 1 || zhDistrict(toks, first, i) {
		a.Score = 1
	}
	return a, true
}

// zhHouses reads the numbers behind a street: 88号1号楼2单元301室, 12弄5号, A座
// 1203. It returns the token behind them and how many levels there are.
func zhHouses(toks []Token, i int) (last, levels int) {
	last = i
	for j := i; j < len(toks) && levels < 8; {
		k := zhNumber(toks, j)
		if k == j {
			if s := zhStreet(toks, zhName(toks, j)); levels > 0 && s > j && s-j <= 8 {
				if n := zhNumber(toks, s); n > s && zhHouseWord(toks, n) > 0 { // 88号院 阳光小区3栋
					j = s
					continue
				}
			}
			return last, levels
		}
		n := zhHouseWord(toks, k)
		if n == 0 && (levels == 0 || kindAt(toks, k-1) == Han) {
			return last, levels
		}
		levels++
		j = zhBuilding(toks, k+n)
		last = j
		if n == 0 && at(toks, j) != "-" {
			return last, levels
		}
		if at(toks, j) == "-" && kindAt(toks, j+1) == Number && glued(toks, j-1) && glued(toks, j) {
			j++
		}
	}
	return last, levels
}

// zhBuilding takes in the name of a building at i: 东信大厦.
func zhBuilding(toks []Token, i int) int {
	for j := i; j+1 < len(toks) && j < i+10 && toks[j].Kind == Han && !inWord(zhStops, toks[j].Text); j++ {
		switch w := toks[j].Text + toks[j+1].Text; w {
		case "大厦", "大楼", "广场", "中心", "公寓", "花园", "小区", "酒店", "宾馆", "大学", "医院", "商场":
			if j > i {
				return j + 2
			}
		}
	}
	return i
}

// zhName returns the end of the run of characters at i, before its last word.
func zhName(toks []Token, i int) int {
	for j := i; j < len(toks) && j < i+7 && toks[j].Kind == Han; j++ {
		if zhStreet(toks, j) > j && j > i {
			return j
		}
	}
	return i
}

// zhNumber returns the token behind the number of a house at i, which may have
// letters (A座, 3A号) or be in numerals.
func zhNumber(toks []Token, i int) int {
	j := i
	for j < len(toks) && j < i+6 {
		t := toks[j]
		_, digit := hanDigit(t.Text)
		if t.Kind == Number || t.Kind == Word && len(t.Text) == 1 || digit || hanPower(t.Text) == 1 || hanPower(t.Text) == 2 && j > i && kindAt(toks, j-1) == Han || inWord("甲乙丙丁东西南北", t.Text) && j+1 < len(toks) && (houseWords[toks[j+1].Text] || kindAt(toks, j+1) == Number) {
			j++
			continue
		}
		break
	}
	return j
}

var houseWords = wordSet("号 栋 幢 座 楼 层 室 户 单 弄 组 门 院 区 期")

// zhHouseWord returns how many tokens the word behind a house number has.
func zhHouseWord(toks []Token, i int) int {
	switch at(toks, i) {
	case "号":
		if w := at(toks, i+1); w == "楼" || w == "院" || w == "门" || w == "铺" || w == "房" {
			return 2
		}
		if at(toks, i+1) == "线" {
			return 0
		}
		return 1
	case "单":
		if at(toks, i+1) == "元" {
			return 2
		}
	case "栋", "幢", "座", "楼", "层", "室", "户", "弄", "组", "门", "院", "区", "期":
		return 1
	}
	return 0
}

// zhStops are characters that no place name begins behind: the words before an
// address.
const zhStops = "在到是住寄送往给我你他她您的址为叫从去离把按发找要想订约选问看"

// zhProvinces begin an address wherever they stand in it.
var zhProvinces = [][]string{
	{"北", "京"}, {"天", "津"}, {"上", "海"}, {"重", "庆"}, {"河", "北"}, {"山", "西"}, {"辽", "宁"}, {"吉", "林"}, {"黑", "龙", "江"}, {"江", "苏"}, {"浙", "江"},
	{"安", "徽"}, {"福", "建"}, {"江", "西"}, {"山", "东"}, {"河", "南"}, {"湖", "北"}, {"湖", "南"}, {"广", "东"}, {"海", "南"}, {"四", "川"}, {"贵", "州"}, {"云", "南"},
	{"陕", "西"}, {"甘", "肃"}, {"青", "海"}, {"台", "湾"}, {"内", "蒙", "古"}, {"广", "西"}, {"西", "藏"}, {"宁", "夏"}, {"新", "疆"}, {"香", "港"}, {"澳", "门"},
}

// zhStart finds where the names that end before token i begin.
func zhStart(toks []Token, i, from int) int {
	lo := i
	for lo > from && lo > i-30 {
		t := toks[lo-1]
		if t.Kind == Symbol || t.Kind == Word && len(t.Text) > 1 || inWord(zhStops, t.Text) {
			break
		}
		lo--
	}
	for lo < i && toks[lo].Kind != Han {
		lo++
	}
	for k := lo; k < i; k++ {
		if slices.ContainsFunc(zhProvinces, func(p []string) bool { return zhProvinceAt(toks, k, i, p) }) {
			return k
		}
	}
	return lo
}

// zhProvinceAt reports whether the province at k begins an address: 省, 市 or a
// further district follows it, and not the word for a street (北京路).
func zhProvinceAt(toks []Token, k, i int, p []string) bool {
	for j, w := range p {
		if at(toks, k+j) != w {
			return false
		}
	}
	return k+len(p) < i
}

// zhDistrict reports whether a province, city or district stands in the tokens.
func zhDistrict(toks []Token, first, last int) bool {
	for _, t := range toks[first:last] {
		if inWord("省市区县旗州", t.Text) {
			return true
		}
	}
	return false
}
