package dst

import (
	"slices"
	"strings"
	"testing"
)

// travelSchema has services that share slots and lie near each other.
func travelSchema() Schema {
	sights := NewGazetteer(Entry{Value: "故宫"}, Entry{Value: "颐和园"}, Entry{Value: "Summer Palace"})
	hotels := NewGazetteer(Entry{Value: "北京饭店"}, Entry{Value: "Grand Hotel"})
	rating := &Number{Unit: "分", Max: 5}
	return Schema{Services: []Service{
		{Name: "Sights", Aliases: []string{"sight", "sights", "景点"}, Slots: []Slot{
			{Name: "name", Names: true, Type: sights},
			{Name: "ticket", Aliases: []string{"门票"}, Type: &Money{Currency: "CNY", Words: map[string]string{"free": "0", "免费": "0"}}},
			{Name: "rating", Aliases: []string{"评分", "rated"}, Type: rating},
			{Name: "address", Aliases: []string{"地址", "where is it"}, RequestOnly: true},
			{Name: "near_hotel", Role: NearRole, Of: "Hotels", Type: hotels},
		}},
		{Name: "Hotels", Aliases: []string{"hotel", "酒店"}, Intents: []Intent{{Name: "Find"}}, Slots: []Slot{
			{Name: "name", Names: true, Type: hotels},
			{Name: "price", Aliases: []string{"价格"}, Type: &Money{Currency: "CNY"}},
			{Name: "rating", Aliases: []string{"评分", "rated"}, Type: rating},
			{Name: "facility", Aliases: []string{"设施"}, Multi: true, Type: &Enum{Values: []Option{
				{Value: "wifi"}, {Value: "pool", Synonyms: []string{"泳池", "游泳池"}}, {Value: "breakfast", Synonyms: []string{"早餐"}}}}},
			{Name: "phone", Aliases: []string{"电话", "phone number"}, RequestOnly: true},
			{Name: "near_sight", Role: NearRole, Of: "Sights", Type: sights},
		}},
		{Name: "Taxi", Aliases: []string{"taxi", "出租车"}, Slots: []Slot{
			{Name: "from", Role: FromRole, Type: sights}, {Name: "to", Role: ToRole, Type: sights},
		}},
	}}
}

// pizzaSchema has a slot of many values, a yes/no slot and a count.
func pizzaSchema() Schema {
	return Schema{Services: []Service{{Slots: []Slot{
		{Name: "size", Type: &Enum{Values: []Option{{Value: "small", Synonyms: []string{"小号"}}, {Value: "large", Synonyms: []string{"big", "大号"}}}}, Required: true},
		{Name: "toppings", Multi: true, Type: &Enum{Values: []Option{{Value: "ham", Synonyms: []string{"火腿"}}, {Value: "pineapple", Synonyms: []string{"菠萝"}},
			{Value: "onion", Synonyms: []string{"洋葱"}}, {Value: "mushroom", Synonyms: []string{"蘑菇"}}}}},
		{Name: "crust", Aliases: []string{"饼底"}, Type: &Enum{Values: []Option{{Value: "thin", Synonyms: []string{"薄底"}}, {Value: "thick", Synonyms: []string{"厚底"}}}}},
		{Name: "quantity", Aliases: []string{"pizzas"}, Type: &Number{Integer: true}},
		{Name: "address", Aliases: []string{"地址"}},
		{Name: "gift", Aliases: []string{"present", "送人", "礼物"}, Type: &YesNo{}},
	}}}}
}

func flightSchema() Schema {
	cities := NewGazetteer(Entry{Value: "Beijing", Aliases: []string{"北京"}}, Entry{Value: "Shanghai", Aliases: []string{"上海"}}, Entry{Value: "London", Aliases: []string{"伦敦"}}, Entry{Value: "Paris", Aliases: []string{"巴黎"}})
	return Schema{Services: []Service{{Slots: []Slot{
		{Name: "from", Role: FromRole, Type: cities}, {Name: "to", Role: ToRole, Type: cities},
		{Name: "date", Type: &Date{}}, {Name: "time", Type: &Clock{}}, {Name: "people", Aliases: []string{"passengers"}, Type: &Number{Unit: "person"}},
	}}}}
}

// The focus is left out of what is compared unless the case names it.
func TestTrackerTravel(t *testing.T) {
	tr := newTracker(t, travelSchema())
	for _, c := range []struct{ talk, want string }{
		{"找个4.5分以上的景点", "Sights.rating>=4.5"},
		{"a hotel rated at least 4", "Hotels.rating>=4"},
		{"评分4分以上，价格500以内的酒店", "Hotels.price<=500 Hotels.rating>=4"},
		{"a free sight", "Sights.ticket=0"},
		{"门票不免费的景点", "Sights.ticket!=0"},
		{"故宫附近有什么酒店", "Sights.name=故宫 requested=Sights.near_hotel focus=Sights.name:故宫"},
		{"故宫附近找一家有早餐的酒店", "Hotels.facility=breakfast Hotels.near_sight=故宫"},
		{"> offer Sights.name=故宫\n在景点附近找一家有泳池的酒店", "Hotels.facility=pool Hotels.near_sight=故宫"},
		{"> offer Sights.name=故宫; inform Sights.near_hotel=北京饭店\n这些酒店里面哪家有早餐", "Hotels.facility=breakfast Hotels.near_sight=故宫"},
		{"> offer Hotels.name=北京饭店\n有泳池吗", "requested=Hotels.facility"},
		{"> offer Hotels.name=北京饭店\n它的电话是多少，有没有早餐", "requested=Hotels.phone,Hotels.facility"},
		{"a hotel with wifi and breakfast", "Hotels.facility=wifi Hotels.facility=breakfast"},
		{"a hotel with wifi\nand a pool too", "Hotels.facility=wifi Hotels.facility=pool"},
		{"叫辆出租车从故宫到颐和园", "Taxi.from=故宫 Taxi.to=颐和园"},
		{"a taxi from the Summer Palace to 故宫", "Taxi.from=Summer Palace Taxi.to=故宫"},
		{"酒店，500元以内\n> offer Hotels.name=北京饭店; inform Hotels.price=800元\n好的", ""},
		{"500元以内，4分以上的酒店\n> offer Hotels.name=北京饭店\n电话多少\n> inform Hotels.phone=1\n再给我找一家评分4.8以上的酒店", "Hotels.rating>=4.8"},
	} {
		s, _ := talk(t, tr, c.talk)
		s.Intents = nil
		if !strings.Contains(c.want, "focus") {
			s.Focus = nil
		}
		if got := summary(s); got != c.want {
			t.Errorf("%q\n got  %s\n want %s", c.talk, got, c.want)
		}
	}
}

func TestTrackerPizza(t *testing.T) {
	tr := newTracker(t, pizzaSchema())
	for _, c := range []struct{ talk, want string }{
		{"ham and pineapple\nwithout the ham", "toppings=pineapple"},
		{"ham and pineapple\nremove the pineapple", "toppings=ham"},
		{"火腿和菠萝\n去掉菠萝", "toppings=ham"},
		{"ham\nand mushrooms too", "toppings=ham toppings=mushroom"},
		{"不加蘑菇", "toppings!=mushroom"},
		{"包装不要，蘑菇也不要", "toppings!=mushroom"},
		{"我不想吃洋葱", "toppings!=onion"},
		{"2 pizzas\nI don't need a gift", "gift=no quantity=2"},
		{"礼物就不用了", "gift=no"},
		{"no onions, but ham is fine", "toppings!=onion toppings=ham"},
		{"with everything but onions", "toppings!=onion"},
		{"I'm allergic to mushrooms", "toppings!=mushroom"},
		{"我对洋葱过敏", "toppings!=onion"},
		{"薄底厚底都行", "crust=thin crust=thick"},
		{"any crust is fine", "crust=dontcare"},
		{"not too big", "size!=large"},
		{"2 pizzas\nmake it 3", "quantity=3"},
		{"it's a present for my mum", "gift=yes"},
		{"是送人的礼物", "gift=yes"},
		{"it is not a gift", "gift=no"},
		{"yes", ""},
		{"> ask address\n12 Mill Lane", "address=12 Mill Lane"},
		{"> ask address\nplease send it to 12 Mill Lane, second floor, thanks!", "address=12 Mill Lane, second floor"},
		{"> ask address\n送到中山路12号3楼就行", "address=中山路12号3楼"},
		{"> ask address\nwhat do you mean?", ""},
		{"> ask address\n   ", ""},
		{"> ask gift\nyes", "gift=yes"},
	} {
		s, _ := talk(t, tr, c.talk)
		if got := summary(s); got != c.want {
			t.Errorf("%q\n got  %s\n want %s", c.talk, got, c.want)
		}
	}
	s, _ := talk(t, tr, "not large")
	if got := tr.Next(s); got != (Act{Kind: Ask, Slot: "size"}) {
		t.Errorf("a negation alone leaves a required slot open, yet Next = %v", got)
	}
}

func TestTrackerFlights(t *testing.T) {
	tr := newTracker(t, flightSchema())
	for _, c := range []struct{ talk, want string }{
		{"Beijing to Shanghai", "from=Beijing to=Shanghai"},
		{"上海到伦敦", "from=Shanghai to=London"},
		{"北京飞上海", "from=Beijing to=Shanghai"},
		{"从伦敦飞巴黎", "from=London to=Paris"},
		{"from London to Paris", "from=London to=Paris"},
		{"从巴黎走\n改从伦敦出发，不从巴黎了", "from=London from!=Paris"},
		{"after 6pm", "time>=18:00"},
		{"早上九点以前", "time<=09:00"},
		{"查一下周五的", "date=2026-11-27"},
		{"> ask people\nthere will be six of us", "people=6"},
		{"> ask people\njust one", "people=1"},
		{"> ask people\n4", "people=4"},
		{"> ask date\ncould you make it Friday?", "date=2026-11-27"},
	} {
		s, _ := talk(t, tr, c.talk)
		if got := summary(s); got != c.want {
			t.Errorf("%q\n got  %s\n want %s", c.talk, got, c.want)
		}
	}
}

// A way begins and ends at places that stand in no list.
func TestRolesOfFreeText(t *testing.T) {
	schema, err := ReadSchema(strings.NewReader(`[{"service_name":"Buses","slots":[{"name":"from_city"},{"name":"to_city"},{"name":"leaving_date"},{"name":"stop_location"},{"name":"departure_time"}]}]`))
	if err != nil {
		t.Fatal(err)
	}
	tr := newTracker(t, schema)
	for talked, want := range map[string]string{
		"I'm leaving from Phoenix and going to Las Vegas tomorrow": "Buses.from_city=Phoenix Buses.leaving_date=2026-11-24 Buses.to_city=Las Vegas",
		"明天从杭州到上海":                                                 "Buses.from_city=杭州 Buses.leaving_date=2026-11-24 Buses.to_city=上海",
		"a bus that stops in Salt Lake City please":                "Buses.stop_location=Salt Lake City",
		"in the morning":                    "",
		"from tomorrow on I want to travel": "Buses.leaving_date=2026-11-24",
		"I want to go there":                "",
	} {
		s, _ := talk(t, tr, talked)
		s.Intents = nil
		if got := summary(s); got != want {
			t.Errorf("%q\n got  %s\n want %s", talked, got, want)
		}
	}
}

func TestQuestionsAboutAThingAreRequests(t *testing.T) {
	tr := newTracker(t, travelSchema())
	_, ds := talk(t, tr, "> offer Hotels.name=北京饭店; offer Hotels.name=Grand Hotel\nthe second one, does it have a pool?")
	if !slices.ContainsFunc(ds, func(d Decision) bool { return d.Act == MustAct("request Hotels.facility=pool") }) {
		t.Errorf("of the second of two: %v", ds)
	}
	for line, act := range map[string]string{
		"有泳池吗": "request Hotels.facility=pool", "does it have a pool?": "request Hotels.facility=pool",
		"它是500元以下吗": "request Hotels.price<=500", "its phone number and are there any sights nearby?": "request Hotels.near_sight",
	} {
		want := MustAct(act)
		_, ds := talk(t, tr, "> offer Hotels.name=北京饭店\n"+line)
		if !slices.ContainsFunc(ds, func(d Decision) bool { return d.Act == want }) {
			t.Errorf("%q: no %v among %v", line, want, ds)
		}
	}
}
