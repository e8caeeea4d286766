package text

import (
	"strings"

	"github.com/shopspring/decimal"
)

// A Dimension is what a unit measures. Quantities of two dimensions never
// compare.
type Dimension string

// The dimensions of the built-in units.
const (
	Currency    Dimension = "currency"
	Data        Dimension = "data"
	Length      Dimension = "length"
	Area        Dimension = "area"
	Mass        Dimension = "mass"
	Volume      Dimension = "volume"
	Duration    Dimension = "duration"
	Charge      Dimension = "charge"
	Power       Dimension = "power"
	Frequency   Dimension = "frequency"
	Rate        Dimension = "rate" // of a display: Hz and frames
	Temperature Dimension = "temperature"
	Ratio       Dimension = "ratio"
	Rating      Dimension = "rating"
	Pixels      Dimension = "pixels"
	Count       Dimension = "count"    // measure words and things counted
	Calendar    Dimension = "calendar" // parts of dates and times of day
	Age         Dimension = "age"
)

// A Unit is a unit of measure and the words for it.
type Unit struct {
	Name   string
	Dim    Dimension
	Base   string          // units of the same Base convert into each other
	Factor decimal.Decimal // how many of the base unit one of these is
	Words  []string        // as Fold leaves them
	Before []string        // words that may stand before the number
	En, Zh string          // label; English plural after a bar: "hour|hours"
	Loose  bool            // a currency sign that several currencies share
}

// unit rows: name; dimension; base; factor; words; words before; English label; Chinese label
const unitRows = `
元;currency;CNY;1;元|块|块钱|圆|块大洋;¥;;元
CNY;currency;CNY;1;rmb|cny|yuan|yuans|kuai|人民币|元人民币|块人民币;rmb|cny|人民币;CNY;元
毛;currency;CNY;0.1;毛|毛钱|角|jiao;;;毛
分钱;currency;CNY;0.01;分钱;;;分钱
$;currency;USD;1;$|dollar|dollars|buck|bucks|刀;$;;
USD;currency;USD;1;usd|us dollar|us dollars|美元|美金|us$;usd|us$|美元|美金;USD;美元
cent;currency;USD;0.01;cent|cents|¢|美分;;cent|cents;美分
EUR;currency;EUR;1;eur|euro|euros|欧元|€;€|eur|欧元;EUR;欧元
GBP;currency;GBP;1;gbp|pounds sterling|sterling|quid|英镑|£;£|gbp;GBP;英镑
JPY;currency;JPY;1;jpy|yen|日元|円;jpy|jp¥;JPY;日元
HKD;currency;HKD;1;hkd|港币|港元|hk dollars|港纸;hk$|hkd|港币|港元;HKD;港币
TWD;currency;TWD;1;twd|ntd|台币|新台币;nt$|twd;TWD;台币
KRW;currency;KRW;1;krw|won|韩元|韩币|₩;₩|krw;KRW;韩元
SGD;currency;SGD;1;sgd|新币|新加坡元;s$|sgd;SGD;新币
AUD;currency;AUD;1;aud|澳元|澳币;a$|aud|au$;AUD;澳元
CAD;currency;CAD;1;cad|加元|加币;c$|cad|ca$;CAD;加元
INR;currency;INR;1;inr|rupee|rupees|卢比|₹;₹|rs|inr;INR;卢比
RUB;currency;RUB;1;rub|rubles|卢布;;RUB;卢布
THB;currency;THB;1;thb|baht|泰铢|฿;฿|thb;THB;泰铢
KB;data;data;0.0009765625;kb;;KB;KB
MB;data;data;1;mb|m|兆|megabyte|megabytes|兆字节;;MB;MB
GB;data;data;1024;gb|g|gig|gigs|gigabyte|gigabytes|千兆|个g|g内存|吉;;GB;GB
TB;data;data;1048576;tb|t|terabyte|terabytes|个t|太;;TB;TB
mm;length;length;0.001;mm|毫米|millimeter|millimeters|millimetre|millimetres;;mm;毫米
cm;length;length;0.01;cm|厘米|公分|centimeter|centimeters|centimetre|centimetres;;cm;厘米
m;length;length;1;m|米|meter|meters|metre|metres|公尺;;m;米
km;length;length;1000;km|kms|公里|千米|kilometer|kilometers|kilometre|kilometres;;km;公里
里;length;length;500;里|里地|里路|华里;;;里
mile;length;length;1609.344;mile|miles|mi|英里;;mile|miles;英里
inch;length;length;0.0254;inch|inches|in|寸|英寸|吋|"|'';;inch|inches;英寸
foot;length;length;0.3048;foot|feet|ft|英尺|尺;;foot|feet;英尺
sqm;area;area;1;sqm|m²|㎡|平|平米|平方|平方米|square meter|square meters|square metres;;square meters;平方米
sqft;area;area;0.09290304;sqft|square foot|square feet|sq ft|平方英尺;;square feet;平方英尺
mg;mass;mass;0.001;mg|毫克|milligram|milligrams;;mg;毫克
g;mass;mass;1;g|克|gram|grams|gramme|grammes;;g;克
kg;mass;mass;1000;kg|kgs|公斤|千克|kilo|kilos|kilogram|kilograms;;kg;公斤
斤;mass;mass;500;斤|市斤|jin;;jin;斤
两;mass;mass;50;两;;;两
t;mass;mass;1000000;t|吨|ton|tons|tonne|tonnes;;ton|tons;吨
lb;mass;mass;453.59237;lb|lbs|磅|pound|pounds;;pound|pounds;磅
oz;mass;mass;28.349523125;oz|ounce|ounces|盎司;;oz;盎司
ml;volume;volume;1;ml|毫升|milliliter|milliliters;;ml;毫升
l;volume;volume;1000;l|升|liter|liters|litre|litres|公升;;l;升
s;duration;duration;1;s|秒|秒钟|sec|secs|second|seconds;;second|seconds;秒
min;duration;duration;60;min|mins|minute|minutes|分钟|分;;minute|minutes;分钟
hour;duration;duration;3600;h|hr|hrs|hour|hours|小时|钟头|个小时|个钟头|个钟;;hour|hours;小时
day;duration;duration;86400;d|day|days|天|日;;day|days;天
night;duration;night;1;night|nights|晚|夜|晚上|宿;;night|nights;晚
week;duration;duration;604800;week|weeks|wk|wks|周|星期|礼拜|个星期|个礼拜;;week|weeks;周
month;duration;month;1;month|months|mo|mos|个月;;month|months;个月
quarter;duration;month;3;季度|个季度;;;个季度
year;duration;month;12;year|years|yr|yrs|年;;year|years;年
mah;charge;charge;1;mah|毫安|毫安时|ma;;mAh;毫安时
wh;charge;wh;1;wh|瓦时;;Wh;瓦时
w;power;power;1;w|watt|watts|瓦|瓦特;;W;瓦
kw;power;power;1000;kw|千瓦|kilowatt|kilowatts;;kW;千瓦
hp;power;hp;1;hp|horsepower|马力|匹;;hp;匹
v;power;volt;1;v|volt|volts|伏|伏特;;V;伏
mhz;frequency;frequency;1000000;mhz|兆赫;;MHz;兆赫
ghz;frequency;frequency;1000000000;ghz|吉赫;;GHz;吉赫
hz;rate;rate;1;hz|赫兹|赫|fps|帧;;Hz;赫兹
°C;temperature;celsius;1;°|°c|℃|度|摄氏度|degree|degrees|degrees celsius|celsius;;°C;度
°F;temperature;fahrenheit;1;°f|℉|fahrenheit|degrees fahrenheit|华氏度;;°F;华氏度
%;ratio;ratio;1;%|percent|per cent|pct|个百分点;百分之;%;%
折;ratio;fold;1;折;;;折
成;ratio;ratio;10;成;;;成
分;rating;rating;1;分|points|point|pts;;points;分
星;rating;star;1;星|星级|颗星|star|stars|钻;;star|stars;星
mp;pixels;pixels;1000000;mp|megapixel|megapixels;;megapixels;MP
px;pixels;pixels;1;像素|pixel|pixels|px;;pixels;像素
级;count;level;1;级|级能效;;;级
核;count;core;1;核|core|cores;;cores;核
岁;age;age;1;岁|周岁|years old|year old|years of age|yo;;years old;岁
person;count;person;1;of us|person|persons|people|ppl|guest|guests|adult|adults|passenger|passengers|traveler|travelers|traveller|travellers|人|位|个人|位客人|口人|名|成人|大人;;person|people;人
child;count;child;1;child|children|kid|kids|孩子|个孩子|小孩|个小孩|儿童;;child|children;个孩子
room;count;room;1;room|rooms|间|间房|个房间|间客房;;room|rooms;间
bedroom;count;bedroom;1;bedroom|bedrooms|br|bd|bed|beds|室|居|居室|卧;;bedroom|bedrooms;室
bathroom;count;bathroom;1;bathroom|bathrooms|bath|baths|ba|卫;;bathroom|bathrooms;卫
ticket;count;ticket;1;ticket|tickets|张|张票|seat|seats;;ticket|tickets;张
piece;count;piece;1;piece|pieces|pc|pcs|item|items|unit|units|件|个|台|部|只|条|款|把|套|双|本|支|枚|颗|辆|座|盒|瓶|包|袋|箱|份|碗|盘|道|杯|片|块儿|样|种|家|处|所|幢|栋|架|匹马|头|朵|棵|根|粒|卷|副|对|打;;;个
time;count;time;1;times|次|回|趟|遍;;time|times;次
bag;count;bag;1;bag|bags|suitcase|suitcases|luggage|件行李;;bag|bags;件
stop;count;stop;1;stop|stops|stopover|stopovers|layover|layovers|站;;stop|stops;站
floor;count;floor;1;floor|floors|story|stories|storey|storeys|层|楼;;floor|floors;层
lesson;count;lesson;1;节|节课|lesson|lessons|门;;lesson|lessons;节
号;calendar;day;1;号|号线|路|号楼;;;号
月;calendar;month;1;月|月份;;;月
年级;calendar;grade;1;年级;;;年级
点;calendar;clock;1;点|点钟|点半|时|o'clock|oclock|am|pm|a.m.|p.m.|a.m|p.m;;;点
`

// A unitNode is a node of the trie over the tokens of all unit words.
type unitNode struct {
	next   map[string]*unitNode
	units  []*Unit // units whose word ends here
	before []*Unit // units whose word before the number ends here
}

var (
	units     = parseUnits(unitRows)
	unitTrie  = buildUnitTrie(units)
	unitNames = buildUnitNames(units)

	personUnit = unitNames["person"][0]
)

func parseUnits(rows string) []*Unit {
	var out []*Unit
	for row := range strings.Lines(strings.TrimSpace(rows)) {
		f := strings.Split(strings.TrimSpace(row), ";")
		out = append(out, &Unit{
			Name: f[0], Dim: Dimension(f[1]), Base: f[2], Factor: decimal.RequireFromString(f[3]),
			Words: splitBar(f[4]), Before: splitBar(f[5]), En: f[6], Zh: f[7],
			Loose: f[0] == "元" || f[0] == "$",
		})
	}
	return out
}

func splitBar(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "|")
}

func buildUnitTrie(units []*Unit) *unitNode {
	root := &unitNode{}
	for _, u := range units {
		for _, w := range u.Words {
			n := root.path(w)
			n.units = append(n.units, u)
		}
		for _, w := range u.Before {
			n := root.path(w)
			n.before = append(n.before, u)
		}
	}
	return root
}

func (n *unitNode) path(word string) *unitNode {
	for _, t := range Tokens(word) {
		if n.next == nil {
			n.next = map[string]*unitNode{}
		}
		c := n.next[t.Text]
		if c == nil {
			c = &unitNode{}
			n.next[t.Text] = c
		}
		n = c
	}
	return n
}

func buildUnitNames(units []*Unit) map[string][]*Unit {
	m := map[string][]*Unit{}
	for _, u := range units {
		seen := map[string]bool{}
		for _, w := range append([]string{Fold(u.Name), Fold(u.Zh)}, append(u.Words, u.Before...)...) {
			if w != "" && !seen[w] {
				seen[w] = true
				m[w] = append(m[w], u)
			}
		}
	}
	return m
}

// LookupUnits returns the built-in units that a name or word may mean, the
// likeliest first: "g" is a gigabyte or a gram.
func LookupUnits(name string) []*Unit {
	us := unitNames[Fold(strings.TrimSpace(name))]
	for i, u := range us {
		if u.Name == strings.TrimSpace(name) && i > 0 { // an exact name wins: "g", "m"
			return append([]*Unit{u}, append(append([]*Unit{}, us[:i]...), us[i+1:]...)...)
		}
	}
	return us
}
