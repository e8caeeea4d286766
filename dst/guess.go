package dst

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/slotgraph/slotgraph/internal/text"
)

// kindWords guess a kind from the last word of a slot's name that is one of
// these: "number_of_seats" is a number, "departure_time" a time.
var kindWords = map[string]string{
	"date": "date", "day": "date", "日期": "date", "时间": "time", "time": "time", "hour": "time",
	"price": "money", "cost": "money", "fare": "money", "rent": "money", "budget": "money", "amount": "money",
	"balance": "money", "fee": "money", "total": "money", "价格": "money", "预算": "money", "费用": "money", "消费": "money",
	"number": "number", "count": "number", "quantity": "number", "size": "number", "rating": "number", "score": "number",
	"guests": "number", "length": "number", "nights": "number", "days": "number", "riders": "number", "travelers": "number", "tickets": "number", "people": "number", "seats": "number", "rooms": "number", "passengers": "number", "数量": "number", "人数": "number", "评分": "number",
}

// roleWords guess a role from a word of a slot's name: departure_city, 目的地.
var roleWords = map[string]Role{
	"from": FromRole, "origin": FromRole, "departure": FromRole, "departing": FromRole, "pickup": FromRole, "source": FromRole, "leaving": FromRole,
	"city": InRole, "location": InRole, "area": InRole, "place": InRole, "region": InRole, "country": InRole, "town": InRole, "neighborhood": InRole, "where": InRole,
	"to": ToRole, "destination": ToRole, "arrival": ToRole, "dropoff": ToRole, "going": ToRole,
}

// guessRole guesses the role of a slot that says where a way begins or ends, or
// where a thing is.
// Words for a time are left out: a departure time has no "from".
func guessRole(name string) Role {
	switch name {
	case "出发地", "起点", "始发地", "出发城市":
		return FromRole
	case "目的地", "终点", "到达城市":
		return ToRole
	case "城市", "地点", "区域", "地区", "位置":
		return InRole
	}
	role := NoRole
	for _, word := range text.Tokens(strings.NewReplacer("_", " ", "-", " ").Replace(name)) {
		switch kindWords[word.Text] {
		case "date", "time", "number", "money":
			return NoRole
		}
		if r, ok := roleWords[word.Text]; ok && (role == NoRole || role == InRole) {
			role = r
		}
	}
	return role
}

func areIntegers(values []string) bool {
	for _, v := range values {
		if _, err := strconv.Atoi(v); err != nil {
			return false
		}
	}
	return true
}

func isBoolean(values []string) bool {
	if len(values) != 2 {
		return false
	}
	a, b := text.Fold(values[0]), text.Fold(values[1])
	return a == "true" && b == "false" || a == "false" && b == "true"
}

func guessKind(name string) string {
	words := text.Tokens(strings.NewReplacer("_", " ", "-", " ").Replace(name))
	for _, word := range words {
		if word.Text == "phone" || word.Text == "id" || word.Text == "code" { // no numbers to reckon with
			return "text"
		}
	}
	for i := len(words) - 1; i >= 0; i-- {
		if kind, ok := kindWords[words[i].Text]; ok {
			return kind
		}
	}
	for _, word := range slices.Sorted(maps.Keys(kindWords)) {
		if text.IsHan([]rune(word)[0]) && strings.HasSuffix(name, word) {
			return kindWords[word]
		}
	}
	return "text"
}

// guessResults takes slots for answers only that no intent requires or takes,
// where the intents say what they take.
func (s *Service) guessResults() {
	taken := map[string]bool{}
	for _, intent := range s.Intents {
		for _, name := range intent.Required {
			taken[name] = true
		}
		for name := range intent.Optional {
			taken[name] = true
		}
	}
	for i := range s.Slots {
		s.Slots[i].RequestOnly = s.Slots[i].RequestOnly || len(taken) > 0 && !taken[s.Slots[i].Name] && !s.Slots[i].Required
	}
}
