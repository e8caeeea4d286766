package dst

import (
	"context"
	"testing"
)

// townServices is an English schema of three services, as large as those of the
// public data.
func townServices() Schema {
	places := NewGazetteer(Entry{Value: "Acorn House"}, Entry{Value: "Grand Hotel"}, Entry{Value: "La Tasca"}, Entry{Value: "Kings Cross"})
	return Schema{Services: []Service{
		{Name: "Hotels", Aliases: []string{"hotel"}, Description: "Find and book a place to stay",
			Intents: []Intent{{Name: "FindHotel", Required: []string{"area"}}, {Name: "BookHotel", Transactional: true, Required: []string{"name", "check_in", "nights"}}},
			Slots: []Slot{
				{Name: "name", Names: true, Type: places, Description: "name of the hotel"},
				{Name: "area", Type: OneOf("north", "south", "east", "west", "centre"), Description: "part of the town"},
				{Name: "stars", Type: &Number{Integer: true, Max: 5}, Description: "number of stars"},
				{Name: "price", Type: &Money{Currency: "USD"}, Description: "price of a night"},
				{Name: "check_in", Type: &Date{}, Description: "date of arrival"},
				{Name: "nights", Type: &Number{Integer: true}, Description: "length of the stay"},
				{Name: "wifi", Type: &YesNo{}, Description: "whether there is wifi"},
				{Name: "phone", RequestOnly: true, Description: "phone number of the hotel"},
			}},
		{Name: "Restaurants", Aliases: []string{"restaurant"}, Description: "Find a restaurant and book a table",
			Intents: []Intent{{Name: "FindRestaurant", Required: []string{"cuisine"}}, {Name: "BookTable", Transactional: true, Required: []string{"name", "time"}}},
			Slots: []Slot{
				{Name: "name", Names: true, Type: places, Description: "name of the restaurant"},
				{Name: "cuisine", Type: OneOf("thai", "italian", "chinese", "spanish", "indian", "french"), Description: "kind of food"},
				{Name: "area", Type: OneOf("north", "south", "east", "west", "centre"), Description: "part of the town"},
				{Name: "people", Type: &Number{Integer: true}, Description: "size of the party"},
				{Name: "date", Type: &Date{}, Description: "day of the reservation"},
				{Name: "time", Type: &Clock{}, Description: "time of the reservation"},
			}},
		{Name: "Taxi", Aliases: []string{"taxi", "cab"}, Description: "Order a taxi",
			Intents: []Intent{{Name: "Order", Transactional: true, Required: []string{"from", "to"}}},
			Slots: []Slot{
				{Name: "from", Role: FromRole, Type: places, Description: "where the ride begins"},
				{Name: "to", Role: ToRole, Type: places, Description: "where the ride ends"},
				{Name: "leave_at", Type: &Clock{}, Description: "time of departure"},
			}},
	}}
}

func BenchmarkUpdateTown(b *testing.B) {
	for _, w := range []struct {
		name    string
		weights *Weights
	}{{"trained", nil}, {"rules", NoWeights()}} {
		tr, err := NewTracker(townServices(), &TrackerOptions{Now: at(2026, 11, 23), Weights: w.weights})
		if err != nil {
			b.Fatal(err)
		}
		for _, c := range []struct {
			name, held, said, message string
		}{
			{"first", "", "", "I need a four star hotel with wifi in the north for three nights from Friday, under 120 dollars"},
			{"answer", "want Restaurants.BookTable; inform Restaurants.cuisine=thai", "ask Restaurants.time", "half past seven please"},
			{"carry", "want Hotels.FindHotel; inform Hotels.name=Grand Hotel; inform Hotels.area=north; inform Hotels.stars=4", "offer Hotels.name=Grand Hotel; inform Hotels.price=80", "great, and a taxi there from Kings Cross at 6 pm"},
		} {
			held, err := ParseActs(c.held)
			if err != nil {
				b.Fatal(err)
			}
			said, err := ParseActs(c.said)
			if err != nil {
				b.Fatal(err)
			}
			s := State{}.Apply(held...).Said(said...)
			b.Run(w.name+"/"+c.name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if _, _, err := tr.Update(context.Background(), s, Turn{User: c.message}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

func BenchmarkExplain(b *testing.B) {
	tr := newTracker(b, townServices())
	b.ReportAllocs()
	for b.Loop() {
		if _, err := tr.Explain(context.Background(), State{}, Turn{User: "a thai restaurant in the north for four at seven"}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkNewTracker(b *testing.B) {
	for _, c := range []struct {
		name   string
		schema Schema
	}{{"shop", shopSchema()}, {"town", townServices()}} {
		newTracker(b, c.schema) // the weights are read once
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				newTracker(b, c.schema)
			}
		})
	}
}

func BenchmarkReadWeights(b *testing.B) {
	b.SetBytes(int64(len(englishFile)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := parseWeights(englishFile); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFit(b *testing.B) {
	tr := newTracker(b, clubSchema())
	dialogues := clubDialogues(1, 30)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := tr.Fit(context.Background(), dialogues, nil); err != nil {
			b.Fatal(err)
		}
	}
}
