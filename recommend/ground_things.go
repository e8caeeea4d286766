package recommend

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/slotgraph/slotgraph/internal/text"
)

// concrete are words for parts, equipment, services and goods that a business
// either has or has not, so that none of them is said in passing. Wherever one
// stands that the request does not speak of, it is invented.
var concrete = ordinaryWords(`
adapter airbag airbags aircon amoled antenna app apps backpack backrest balcony balconies batteries battery bathrobe bathroom bathtub bluetooth buffet
cable camera cameras cellular charger chargers chip chips chipset cinema cotton cpu dashcam dock drone drones dumpling dumplings earbud earbuds
earphones elevator elevators esim ethernet fabric fingerprint fleece flash garage gloves gore-tex gps gpu graphics grill gym hdmi headphone headphones headset
heater hood hoodie hotpot hotspot infrared iris jacuzzi jack karaoke kettle keyboard kitchen kitchenette laundry leather lens lenses lidar lining lobby
lounge massage megapixel megapixels mic microphone microsd minibar monitor monitors motor mouse nightclub noodles nylon oled oven parking pedometer
playground pocket pockets polyester printer processor projector pool purifier radio ram refrigerator fridge rooftop router sauna screen screens selfie sensor sensors shuttle sim
smartwatch smartwatches soundbar spa speaker speakers ssd steak stylus sunroof sushi tablet tablets telephoto tempered terrace thermometer thunderbolt titanium
touchpad touchscreen tripod trackpad tv tvs usb usb-c vacuum valet vegan vegetarian webcam wi-fi wifi wool yoga zipper zippers zoom
snapdragon android ios windows dolby retina ai halal barbecue seafood pizza burger burgers beer wine cocktail cocktails
`)

// concreteZh are such words of Chinese.
var concreteZh = []string{"摄像头", "相机", "镜头", "像素", "处理器", "芯片", "骁龙", "显卡", "屏幕", "显示屏", "电池", "快充", "闪充", "无线充电", "充电器", "耳机", "蓝牙", "指纹", "面部识别", "人脸识别", "红外", "内存", "硬盘", "键盘", "触控", "触摸屏", "扬声器", "麦克风", "传感器", "卫星通信", "双卡", "手表", "手环", "平板", "音箱", "路由器", "打印机", "相框", "背包", "帽子", "手套", "口袋", "拉链", "内衬", "内胆", "面料", "羽绒", "抓绒", "纯棉", "透气", "反光条", "帐篷", "桑拿", "温泉", "健身房", "泳池", "游泳池", "停车场", "停车位", "酒吧", "茶室", "棋牌室", "会议室", "儿童乐园", "洗衣房", "行政酒廊", "自助餐", "阳台", "浴缸", "按摩", "接机", "班车", "素食", "火锅", "海鲜", "烧烤", "包间", "包厢", "露台", "江景", "湖景", "海景", "主板", "拍照", "续航", "画质", "音质", "散热", "手感", "做工", "跑分", "刷新率", "分辨率", "系统更新"}

// coloured are colours; a thing has one or has not.
var coloured = ordinaryWords(`red blue green yellow black white purple pink orange brown grey gray beige navy turquoise teal maroon khaki violet magenta cyan burgundy`)

var colouredZh = []string{"红色", "蓝色", "绿色", "黄色", "黑色", "白色", "紫色", "粉色", "橙色", "棕色", "灰色", "米色", "银色", "金色", "粉红", "咖啡色", "卡其色", "藏青"}

// huesZh are several colours in one: 红蓝两色, 红、蓝双色.
var huesZh = regexp.MustCompile(`([红橙黄绿青蓝紫黑白灰粉棕金银米]{2,4})[两三四双二]色`)

// checkConcrete looks for such words that the request does not have. Behind
// what only offers to tell of them nothing is claimed.
func (l *line) checkConcrete() {
	if len(l.out.Claims) > 0 {
		return
	}
	for i, t := range l.toks {
		if t.Kind != text.Word || !concrete[t.Text] && !coloured[t.Text] || i > 0 && l.toks[i-1].End == t.Start && l.toks[i-1].Text == "-" {
			continue
		}
		if coloured[t.Text] && slices.Contains([]string{"light", "friday", "flag", "tape", "ink"}, l.word(i+1)) {
			continue
		}
		if !l.passing(t.Start, t.End) && !l.k.g.hasWord(t.Text) && !l.inflected(t.Text) {
			l.fail(ClaimFeature, t.Start, t.End, l.ownersAt(t.Start, t.End), "nothing in the request speaks of it")
			return
		}
	}
	for _, at := range huesZh.FindAllStringSubmatchIndex(l.raw, -1) {
		for i, r := range l.raw[at[2]:at[3]] {
			if start := at[2] + i; !l.passing(start, at[1]) && !l.k.g.has(string(r)+"色") {
				l.fail(ClaimFeature, at[0], at[1], l.ownersAt(at[0], at[1]), "not all of these colours are facts")
				return
			}
		}
	}
	for _, w := range slices.Concat(concreteZh, colouredZh) {
		i := strings.Index(l.raw, w)
		if i >= 0 && !l.passing(i, i+len(w)) && !l.k.g.has(w) && !l.k.g.has(strings.TrimSuffix(w, "色")) {
			l.fail(ClaimFeature, i, i+len(w), l.ownersAt(i, i+len(w)), "nothing in the request speaks of it")
			return
		}
	}
}

// inflected reports whether another form of a word stands in the request.
func (l *line) inflected(w string) bool {
	return slices.ContainsFunc(text.Inflections(w), l.k.g.hasWord)
}

// Words behind which things are named without a claim: those that offer to
// tell more in the whole sentence, those of needs in their clause.
var (
	tellMore = []string{"let me know", "tell you", "tell me", "more about", "details", "information", "ask me", "to ask", "ask about", "hear about", "hear more", "know more", "curious", "specs such", "想了解", "了解更多", "告诉", "咨询", "介绍它", "详细介绍", "进一步"}
	needing  = []string{"compare", "interested in", "looking for", "help you with", "matter", "care about", "priorit", "important to you", "need", "want", "prefer", "对比", "比如", "在意", "看重", "关心", "需要", "注重", "想要", "您要", "有要求"}
)

// offersToTell reports whether the words before a byte offer to tell more.
func (l *line) offersToTell(at int) bool { return containsAny(l.fold(0, at), tellMore) }

// passing reports whether words name something without saying that it is there.
func (l *line) passing(start, end int) bool {
	from, to := l.clause(start)
	return start >= l.asks || l.isCovered(start, end) || l.supposed(start) || l.dunno(start) || len(l.k.g.quotes) > 0 && l.quoted(start, end) ||
		l.offersToTell(start) || (containsAny(l.fold(from, to), needing) || containsAny(l.fold(from, to), tellMore)) && !l.named(start)
}

// quoted reports whether the words stand in what a step says.
func (l *line) quoted(start, end int) bool { return l.k.g.said(l.raw[start:end]) }

// unlisted looks for what a Chinese list of things names at its end that is
// none of the request: 烤鸭宫、老王面馆和海底捞.
func (l *line) unlisted() {
	for _, r := range l.refs {
		if r.points {
			continue
		}
		rest := l.raw[r.end:]
		for _, and := range []string{"和", "与", "以及", "还有", "及"} {
			after, ok := strings.CutPrefix(rest, and)
			n := strings.IndexFunc(after, func(r rune) bool { return !unicode.Is(unicode.Han, r) })
			if n < 0 {
				n = len(after)
			}
			name := after[:n]
			if !ok || n < 6 || n > 18 || n < len(after) && !strings.ContainsAny(after[n:], "。！，；") || strings.ContainsAny(name, "的您你是有都很不可也其他更这那等两三一哪均就各之间") {
				continue
			}
			start := len(l.raw) - len(after)
			if l.isCovered(start, start+n) || l.k.g.has(name) {
				continue
			}
			l.cover(start, start+n)
			l.fail(ClaimName, start, start+n, nil, "nothing of the request is called so")
		}
	}
}
