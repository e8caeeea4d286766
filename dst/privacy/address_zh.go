package privacy

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/slotgraph/slotgraph/internal/text"
)

const reachAddress = 180 // bytes that an address behind a word for it may have

// zhCues stand directly before Chinese addresses.
var zhCues = []string{"地址", "住址", "住在", "家住", "寄到", "寄往", "寄回", "送到", "送往", "送货到", "发到", "发往", "发货到", "邮到", "邮寄到", "配送到", "派送到", "家在", "搬到", "改到", "改成", "改为", "换到", "换成", "收货地", "住"}

// zhLeads may stand between them and the address.
var zhLeads = []string{"就是", "应该是", "是", "为", "在", "到", "了", "改成", "改为", "换成", "写的是", "写", "填的是", "填", ":", " ", "请寄到", "新", "我家", "的", "(", "「", "“"}

// markers end the parts of an address, from the province down to the door.
var markers = []struct {
	word  string
	level int
}{
	{"自治区", 1}, {"自治州", 1}, {"特别行政区", 1}, {"开发区", 2}, {"新区", 2}, {"街道", 3}, {"大道", 3}, {"胡同", 3}, {"小区", 4}, {"园区", 4}, {"社区", 4}, {"家园", 4}, {"花园", 4}, {"花苑", 4}, {"公寓", 4}, {"大厦", 4}, {"大楼", 4}, {"广场", 4}, {"中心", 4}, {"科技园", 4}, {"软件园", 4}, {"产业园", 4}, {"创业园", 4}, {"工业园", 4}, {"宿舍", 4}, {"大学", 4}, {"学院", 4}, {"本部", 4}, {"校区", 4}, {"中学", 4}, {"小学", 4}, {"医院", 4}, {"驿站", 4}, {"新村", 4}, {"新城", 4}, {"华府", 4}, {"单元", 5}, {"号楼", 5},
	{"省", 1}, {"市", 1}, {"州", 1}, {"盟", 1}, {"区", 2}, {"县", 2}, {"旗", 2}, {"镇", 3}, {"乡", 3}, {"村", 3}, {"屯", 3}, {"路", 3}, {"街", 3}, {"道", 3}, {"巷", 3}, {"弄", 3}, {"里", 3}, {"苑", 4}, {"园", 4}, {"城", 4}, {"庄", 4}, {"府", 4}, {"湾", 4}, {"组", 4}, {"号", 5}, {"栋", 5}, {"幢", 5}, {"座", 5}, {"层", 5}, {"塔", 5}, {"楼", 5}, {"室", 5}, {"户", 5}, {"房", 5},
}

// placesHan reads what stands behind a word for an address, as far as its last
// marker.
func (c *scan) placesHan() {
	end := 0
	for i, r := range c.s {
		if i < end || classOf(r)&addressClass == 0 {
			continue
		}
		for _, w := range zhCues {
			if strings.HasPrefix(c.s[i:], w) {
				if a, b := c.placeHan(i + len(w)); b > 0 {
					c.add(a, b, Address)
					end = b
				}
				break
			}
		}
	}
}

// placeHan reads an address behind a word for it.
func (c *scan) placeHan(i int) (start, end int) {
	i = c.past(i, zhLeads)
	levels, last, depth, from := 0, 0, 0, i
	for j := i; j < len(c.s) && j < i+reachAddress; {
		r, n := utf8.DecodeRuneInString(c.s[j:])
		if !text.IsHan(r) && !isAlnum(c.s[j]) && strings.IndexByte(" -#()/", c.s[j]) < 0 || strings.ContainsRune("吗呢吧嘛么谢您我你他她请怎哪什这那不没能可", r) {
			break
		}
		m, level := 0, 0
		if classOf(r)&markerClass != 0 {
			m, level = markerAt(c.s[j:])
		}
		if level == 0 || levels == 0 && j == i {
			j += n
			continue
		}
		j += m
		if j-from > 45 && level < 5 { // too far from the marker before
			break
		}
		levels, last, from = levels+1, j, j
		depth |= 1 << level
	}
	if levels < 2 || depth>>3 == 0 {
		return 0, 0
	}
	return i, c.doors(last)
}

// markerAt is the marker that s begins with: its length and level.
func markerAt(s string) (n, level int) {
	for _, m := range markers {
		if strings.HasPrefix(s, m.word) {
			return len(m.word), m.level
		}
	}
	return 0, 0
}

// doors takes in the numbers behind the last marker: 502, A座1203-2.
func (c *scan) doors(i int) int {
	j := c.skip(i, 1, " ")
	k := j
	for k < len(c.s) && k < j+10 && (isAlnum(c.s[k]) || c.s[k] == '-' && isAlnum(c.byteAt(k+1))) {
		k++
	}
	if k == j || k-j > 7 || !isDigit(c.s[k-1]) && !isDigit(c.s[j]) {
		return i
	}
	return k
}

// halved is a street with a house number in two parts: 解放路12-3号.
var halved = regexp.MustCompile(`\p{Han}{2,8}(?:路|街|巷|大道)\d{1,5}(?:-\d{1,5}){1,3}(?:号|弄|室)?`)

// houses reads the numbers of a building and a door without a street: 3栋2单元
// 502, A座1203室.
func (c *scan) houses() {
	if strings.Contains(c.s, "-") {
		for _, m := range halved.FindAllStringIndex(c.s, -1) {
			c.add(m[0], m[1], Address)
		}
	}
	for i := 0; i < len(c.s); {
		if !isAlnum(c.s[i]) || isAlnum(c.byteAt(i-1)) {
			i++
			continue
		}
		end, levels, building := i, 0, false
		for j := i; levels < 6; {
			k := j
			for k < j+6 && isAlnum(c.byteAt(k)) {
				k++
			}
			w, b := houseWord(c.s[k:])
			if k == j || w == 0 {
				if k-j >= 2 && k-j <= 5 && building && isDigit(c.s[j]) && !c.unitAt(k) { // 3号楼502
					levels, end = levels+1, k
				}
				break
			}
			levels, building = levels+1, building || b
			end = k + w
			j = c.skip(end, 1, " -")
		}
		if levels >= 2 && building {
			c.add(i, end, Address)
		}
		i = max(i+1, end)
	}
}

// houseWord is the length of the word that follows a number in an address, and
// whether it is one for a building.
func houseWord(s string) (n int, building bool) {
	for _, w := range [...]string{"号楼", "栋", "幢", "单元", "座"} {
		if strings.HasPrefix(s, w) {
			return len(w), true
		}
	}
	for _, w := range [...]string{"室", "楼", "层", "户", "门", "号房", "号院", "号", "期", "区"} {
		if strings.HasPrefix(s, w) {
			return len(w), false
		}
	}
	return 0, false
}
