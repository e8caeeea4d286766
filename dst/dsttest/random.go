package dsttest

import (
	"math/rand/v2"
	"strconv"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
)

// RandomSchema invents a schema from a seed: one to four services with four to
// nine slots each, of the built-in types, under names, aliases and descriptions
// that paraphrase one another from seed to seed, in English and Chinese.
// [SimulateDialogues] invents conversations on it.
func RandomSchema(seed uint64) dst.Schema {
	r := rand.New(rand.NewPCG(seed, 0x5eed))
	var schema dst.Schema
	taken := map[string]bool{}
	for n := 1 + r.IntN(4); len(schema.Services) < n; {
		d := pick(r, domains)
		names := strings.Split(d.names, "|")
		name := pick(r, names)
		if taken[names[0]] {
			continue
		}
		taken[names[0]] = true
		service := dst.Service{Name: name + "_" + strconv.Itoa(1+r.IntN(5)), Description: d.description, Aliases: strings.Split(d.aliases, "|")}
		service.Slots = randomSlots(r, d)
		service.Intents = randomIntents(r, d, service.Slots)
		schema.Services = append(schema.Services, service)
	}
	return schema
}

// A domain is what a service may deal in. Lists are separated by bars.
type domain struct {
	names, aliases, description string
	things                      string // the kinds of things it deals in
	verbs                       string // of its intents
	slots                       string // concepts that fit it
}

var domains = []domain{
	{"Hotels|Stays|Lodging", "hotel|place to stay|酒店|宾馆", "Find and book places to stay", "basic=经济型,boutique=精品,resort=度假村,hostel=青年旅舍", "Find|Reserve|Search", "kind thing area startdate enddate people rooms price stars wifi breakfast parking city guest phone address"},
	{"Restaurants|Dining|Eateries", "restaurant|somewhere to eat|餐厅|饭馆", "Search for restaurants and book tables", "italian=意大利菜,sichuan=川菜,mexican=墨西哥菜,french=法国菜,cantonese=粤菜", "Find|Book|Reserve", "kind thing area date time people price stars outdoor parking vegetarian guest phone address"},
	{"Flights|AirTravel|Airlines", "flight|plane ticket|机票|航班", "Search for flights", "economy=经济舱,business=商务舱,first=头等舱", "Search|Book", "kind from to startdate enddate time people price bags email phone"},
	{"Trains|RailTravel|Rail", "train|train ticket|火车|火车票", "Buy train tickets", "standard=二等座,premium=一等座,sleeper=卧铺", "Find|Buy", "kind from to date time people price wifi email"},
	{"RentalCars|CarHire|Vehicles", "rental car|car to rent|租车|汽车", "Rent cars", "compact=紧凑型,van=面包车,convertible=敞篷车,suv=越野车", "Rent|Find", "kind thing city startdate enddate time insurance price seats colour email phone"},
	{"Laptops|Computers|Notebooks", "laptop|computer|笔记本|电脑", "Recommend laptops", "gaming=游戏,office=办公,design=设计,travel=便携", "Buy|Compare", "kind thing brand price memory screen colour touch stars address warranty"},
	{"Phones|Handsets|Mobiles", "phone|mobile|手机", "Sell phones", "flagship=旗舰,foldable=折叠屏,rugged=三防", "Buy|Find", "kind thing brand price memory screen colour date address warranty"},
	{"Doctors|Clinics|Appointments", "doctor|appointment|医生|门诊", "Make appointments with doctors", "dentist=牙科,dermatologist=皮肤科,pediatrician=儿科,optician=眼科", "Book|Find", "kind thing area date time insurance guest email phone address"},
	{"Movies|Cinema|Films", "movie|film|电影|影片", "Find films and buy tickets", "comedy=喜剧,thriller=惊悚片,documentary=纪录片,animation=动画片", "Find|Buy", "kind thing city date time people price stars subtitles address"},
	{"Homes|Apartments|Housing", "apartment|flat|公寓|房子", "Find a home to rent", "studio=单间,loft=复式,villa=别墅", "Find|Visit", "kind area price rooms date pets parking furnished guest email phone address"},
	{"Courses|Classes|Lessons", "course|class|课程|培训", "Enrol in courses", "painting=绘画,yoga=瑜伽,cooking=烹饪,piano=钢琴,programming=编程", "Find|Join", "kind thing area startdate time price level online guest email"},
	{"Parcels|Shipping|Delivery", "parcel|shipment|快递|包裹", "Send parcels", "express=特快,registered=挂号,freight=货运", "Send|Track", "kind from to date weight insurance price guest phone email"},
	{"Bank|Payments|Accounts", "account|bank account|账户|银行卡", "Manage accounts", "savings=储蓄,checking=活期,credit=信用", "Open|Transfer", "kind amount recipient date online email phone"},
	{"Events|Concerts|Shows", "event|show|演出|活动", "Find events", "jazz=爵士,opera=歌剧,football=足球,theatre=话剧", "Find|Buy", "kind thing city date time people price outdoor stars address"},
}

// A concept is a slot under several names.
type concept struct {
	names, aliases, descriptions string // between bars
	make                         func(*rand.Rand, *dst.Slot)
}

func typed(t func() dst.Type) func(*rand.Rand, *dst.Slot) {
	return func(_ *rand.Rand, s *dst.Slot) { s.Type = t() }
}

func yesNo() dst.Type { return &dst.YesNo{} }

func counted(unit string, low, high float64) func(*rand.Rand, *dst.Slot) {
	return typed(func() dst.Type { return &dst.Number{Unit: unit, Min: low, Max: high, Integer: true} })
}

func city(role dst.Role) func(*rand.Rand, *dst.Slot) {
	return func(_ *rand.Rand, s *dst.Slot) { s.Type, s.Role = listed(placeNames), role }
}

func told(_ *rand.Rand, s *dst.Slot) { s.RequestOnly = true }

const (
	placeNames = "Berlin=柏林,Chengdu=成都,Lisbon=里斯本,Toronto=多伦多,Xiamen=厦门,Kyoto=京都"
	thingNames = "Acorn House=橡树屋,Blue Lagoon=蓝湖,Casa Verde=绿屋,Silver Fern=银蕨,Red Lantern=红灯笼,Northern Star=北极星"
	colours    = "red=红色,black=黑色,silver=银色,green=绿色,white=白色"
	brands     = "Norden=诺登,Kestrel=隼,Luma=流明,Tavola=塔沃,Zenix=泽尼"
)

// concepts by the words that domains have for them.
var concepts = map[string]concept{
	"thing":      {"name|title|item_name", "名字|名称", "Name|What it is called", func(_ *rand.Rand, s *dst.Slot) { s.Type, s.Names = listed(thingNames), true }},
	"area":       {"area|district|neighbourhood|part_of_town", "part of town|区域|地段", "Area of town|Where in the city", typed(func() dst.Type { return listed("north=北边,south=南边,east=东边,west=西边,centre=市中心") })},
	"city":       {"city|town|location", "城市|所在城市", "City|Name of the city", func(_ *rand.Rand, s *dst.Slot) { s.Type = listed(placeNames) }},
	"from":       {"origin|from_city|departure_city|source", "origin|出发地", "City of departure|Where it starts", city(dst.FromRole)},
	"to":         {"destination|to_city|arrival_city|goal", "destination|目的地", "City of arrival|Where it goes", city(dst.ToRole)},
	"date":       {"date|day|visit_date|appointment_date", "day|日期|日子", "Date|Day of the visit", typed(func() dst.Type { return &dst.Date{} })},
	"startdate":  {"check_in_date|start_date|departure_date|pickup_date", "开始日期|入住日期|出发日期", "First day|Start date", func(_ *rand.Rand, s *dst.Slot) { s.Type = &dst.Date{} }},
	"enddate":    {"check_out_date|end_date|return_date|dropoff_date", "结束日期|离开日期|返回日期", "Last day|End date", func(_ *rand.Rand, s *dst.Slot) { s.Type, s.Role = &dst.Date{}, dst.End }},
	"time":       {"time|start_time|appointment_time|hour", "时间|几点", "Time of day|Time it starts", typed(func() dst.Type { return &dst.Clock{} })},
	"people":     {"people|guests|party_size|passengers|number_of_adults", "guests|人数", "Number of people|How many people", counted("person", 1, 9)},
	"rooms":      {"rooms|bedrooms|number_of_rooms", "bedrooms|房间数|几室", "Number of rooms|Count of bedrooms", counted("", 1, 6)},
	"seats":      {"seats|number_of_seats", "座位数", "Number of seats", counted("", 2, 9)},
	"bags":       {"bags|luggage|checked_bags", "luggage|行李件数", "Pieces of luggage", counted("", 1, 4)},
	"price":      {"price|budget|cost|fare|max_price", "price|cost|价格|预算", "Price|What it may cost", func(r *rand.Rand, s *dst.Slot) { s.Type = &dst.Money{Currency: pick(r, []string{"USD", "CNY", "EUR"})} }},
	"amount":     {"amount|sum|transfer_amount", "sum|金额|数额", "Amount of money", typed(func() dst.Type { return &dst.Money{Currency: "USD"} })},
	"stars":      {"stars|rating|average_rating|score", "rating|评分|星级", "Average rating|Stars out of five", typed(func() dst.Type { return &dst.Number{Min: 1, Max: 5} })},
	"memory":     {"memory|ram|memory_gb", "ram|内存", "Main memory|Memory in GB", counted("GB", 4, 64)},
	"screen":     {"screen_size|display|screen", "display|屏幕|尺寸", "Size of the screen", counted("inch", 5, 18)},
	"weight":     {"weight|parcel_weight", "重量", "Weight of the parcel", counted("kg", 1, 30)},
	"warranty":   {"warranty|guarantee", "保修|质保", "Length of the warranty", told},
	"colour":     {"colour|color|finish", "color|颜色", "Colour|Colour of it", typed(func() dst.Type { return listed(colours) })},
	"brand":      {"brand|maker|manufacturer", "make|品牌|牌子", "Brand|Who makes it", func(r *rand.Rand, s *dst.Slot) { s.Type, s.Multi = listed(brands), r.IntN(3) == 0 }},
	"level":      {"level|difficulty|skill_level", "level|难度|级别", "Level of skill", typed(func() dst.Type { return listed("beginner=初级,intermediate=中级,advanced=高级") })},
	"wifi":       {"has_wifi|wifi|internet", "wifi|internet|无线网|网络", "Whether there is wifi", typed(yesNo)},
	"breakfast":  {"breakfast|breakfast_included", "breakfast|早餐", "Whether breakfast is included", typed(yesNo)},
	"parking":    {"parking|has_garage|car_park", "parking|停车位|停车", "Whether one can park", typed(yesNo)},
	"outdoor":    {"outdoor_seating|open_air|terrace", "terrace|户外座位|露天", "Whether it is outside", typed(yesNo)},
	"vegetarian": {"vegetarian_options|serves_vegetarian", "vegetarian food|素食", "Whether there is vegetarian food", typed(yesNo)},
	"insurance":  {"insurance|with_insurance|coverage", "insurance|保险", "Whether to insure", typed(yesNo)},
	"pets":       {"pets_allowed|pets", "pets|宠物", "Whether pets may stay", typed(yesNo)},
	"furnished":  {"furnished|furniture", "furniture|家具", "Whether it is furnished", typed(yesNo)},
	"touch":      {"touch_screen|touch", "touch screen|触摸屏", "Whether the screen can be touched", typed(yesNo)},
	"online":     {"online|remote", "online access|网上办理", "Whether it is online", typed(yesNo)},
	"subtitles":  {"subtitles|has_subtitles", "subtitles|字幕", "Whether there are subtitles", typed(yesNo)},
	"guest":      {"guest_name|customer|contact_name|full_name", "name|姓名|联系人", "Name of the customer|Who it is for", func(*rand.Rand, *dst.Slot) {}},
	"recipient":  {"recipient|payee|receiver_name", "payee|收款人", "Who gets the money", func(*rand.Rand, *dst.Slot) {}},
	"email":      {"email|contact_email|mail", "e-mail|邮箱", "E-mail address", typed(func() dst.Type { return &dst.Email{} })},
	"phone":      {"phone_number|telephone|contact_number", "phone|电话", "Phone number", told},
	"address":    {"address|street_address|where_it_is", "地址|位置", "Street address|Where it is", told},
}

// listed makes an Enum of "value=synonym,value=synonym".
func listed(list string) *dst.Enum {
	e := &dst.Enum{}
	for entry := range strings.SplitSeq(list, ",") {
		value, synonym, _ := strings.Cut(entry, "=")
		e.Values = append(e.Values, dst.Option{Value: value, Synonyms: []string{synonym}, Labels: map[string]string{"en": value, "zh": synonym}})
	}
	return e
}

// randomSlots chooses slots of a domain. Those that belong together stay so.
func randomSlots(r *rand.Rand, d domain) []dst.Slot {
	all := strings.Fields(d.slots)
	r.Shuffle(len(all)-1, func(i, j int) { all[i+1], all[j+1] = all[j+1], all[i+1] }) // the kind comes first
	var out []dst.Slot
	n := 4 + r.IntN(6)
	for _, key := range all {
		if len(out) >= n && key != "to" && key != "from" {
			continue
		}
		c := concepts[key]
		if key == "kind" {
			c = concept{"type|category|kind|style", "kind|类型|种类", "Kind of it|Category", typed(func() dst.Type { return listed(d.things) })}
		}
		slot := dst.Slot{Name: pick(r, strings.Split(c.names, "|")), Description: pick(r, strings.Split(c.descriptions, "|"))}
		for alias := range strings.SplitSeq(c.aliases, "|") {
			if chinese(alias) || r.IntN(2) == 0 {
				slot.Aliases = append(slot.Aliases, alias)
			}
		}
		c.make(r, &slot)
		slot.Required = !slot.RequestOnly && len(out) < 4 && r.IntN(2) == 0
		out = append(out, slot)
	}
	return out
}

func randomIntents(r *rand.Rand, d domain, slots []dst.Slot) []dst.Intent {
	thing := strings.Split(d.names, "|")[0]
	var out []dst.Intent
	for i, verb := range strings.Split(d.verbs, "|") {
		intent := dst.Intent{Name: verb + singular(thing), Description: verb + " " + strings.ToLower(thing), Transactional: i > 0}
		for _, slot := range slots {
			if !slot.RequestOnly && r.IntN(3) == 0 {
				intent.Required = append(intent.Required, slot.Name)
			}
		}
		out = append(out, intent)
	}
	return out
}
