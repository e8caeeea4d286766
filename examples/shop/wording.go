package main

import (
	"context"
	"strconv"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/kg"
)

// say chooses the text in the language of the conversation.
func (t *talk) say(en, zh string) string {
	if t.lang == "zh" {
		return zh
	}
	return en
}

// label is the word for a slot, or for a predicate with or without a language.
func (t *talk) label(slot string) string {
	slot, _, _ = strings.Cut(slot, "@")
	if s := t.shop.Labels[slot][t.lang]; s != "" {
		return s
	}
	return slot
}

// name is what a thing is called.
func (t *talk) name(ctx context.Context, id string) string {
	return t.shop.Graph.Name(ctx, id, t.lang)
}

// value words a value of a slot as it stands in states and acts. What stands
// there for a thing is its English name.
func (t *talk) value(ctx context.Context, slot, value string) string {
	s, _ := t.shop.Agent.Schema().Slot("Shop." + slot)
	if f, ok := s.Type.(dst.Formatter); ok {
		return f.Format(value, t.lang)
	}
	if ids, err := t.shop.Graph.Subjects(ctx, "name@en", kg.Text(value)); err == nil && len(ids) == 1 {
		return t.name(ctx, ids[0])
	}
	return value
}

// object words what a fact says.
func (t *talk) object(ctx context.Context, f kg.Fact) string {
	if id, ok := f.Object.ID(); ok {
		return t.name(ctx, id)
	}
	if at, ok := f.Object.Time(); ok {
		return at.Format("2006-01-02")
	}
	n, unit, ok := f.Object.Number()
	if !ok {
		predicate, _, _ := strings.Cut(f.Predicate, "@")
		if predicate == "kind" {
			predicate = "category"
		}
		return t.value(ctx, predicate, f.Object.String())
	}
	plain := strconv.FormatFloat(n, 'f', -1, 64)
	switch unit {
	case "":
		return plain
	case "CNY":
		return (&dst.Money{Currency: unit}).Format(plain, t.lang)
	}
	return (&dst.Number{Unit: unit}).Format(plain, t.lang)
}
