package kg

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
)

// Page returns the hits of a query a page at a time: Limit of them (10 where
// it is 0), beginning behind the place that the cursor marks; "" is the
// beginning. The cursor it returns marks the place behind the last hit, and is
// "" where there are no more. It is made of the last hit's id and the values by
// which the result is ordered, so that writes between two pages neither repeat
// nor skip what they leave alone. A cursor of another query is an error, and
// so is an Offset.
func (g *Graph) Page(ctx context.Context, q Query, cursor string) (hits []Hit, next string, err error) {
	s, err := g.read(ctx, "page")
	if err != nil {
		return nil, "", err
	}
	if q.Limit < 0 || q.Offset != 0 {
		return nil, "", fmt.Errorf("kg: page: limit %d, offset %d: want a limit of 1 or more and no offset", q.Limit, q.Offset)
	}
	if q.Limit == 0 {
		q.Limit = 10
	}
	p, err := g.plan(ctx, s, q)
	if err != nil {
		return nil, "", fmt.Errorf("kg: page: %w", err)
	}
	found, err := p.behind(ctx, q, cursor)
	if err != nil {
		return nil, "", fmt.Errorf("kg: page: %w", err)
	}
	if len(found) > q.Limit {
		found = found[:q.Limit]
		next = p.cursor(q, found[q.Limit-1])
	}
	if hits, err = p.hits(ctx, found, q.Bare); err != nil {
		return nil, "", fmt.Errorf("kg: page: %w", err)
	}
	return hits, next, nil
}

// place in a result: what its order says of the hit there.
type pagePlace struct {
	Query string  `json:"q"`
	ID    string  `json:"id"`
	Score float64 `json:"s,omitempty"`
	Keys  []Value `json:"k,omitempty"` // null for none
}

// behind returns the things behind the cursor: a page and one more, or all
// there are.
func (p *plan) behind(ctx context.Context, q Query, cursor string) ([]node, error) {
	if cursor == "" {
		return p.first(ctx, q.Limit+1)
	}
	at, err := readCursor(q, cursor)
	if err != nil {
		return nil, err
	}
	found, err := p.first(ctx, all)
	if err != nil {
		return nil, err
	}
	i, ok := slices.BinarySearchFunc(found, at, p.comparePlace)
	if ok {
		i++
	}
	return found[i:], nil
}

// comparePlace orders a thing found and the place of a cursor as the result is
// ordered.
func (p *plan) comparePlace(n node, at pagePlace) int {
	for i, o := range p.orders {
		k := p.s.extreme(n, o.path, o.desc)
		if c := p.s.compareToKey(k, at.Keys[i], o.desc); c != 0 {
			return c
		}
	}
	if len(p.orders) == 0 && p.score != nil {
		if c := compareFloat(at.Score, p.score[n]); c != 0 {
			return c
		}
	}
	return strings.Compare(p.s.id(n), at.ID)
}

func (s *snapshot) compareToKey(n node, v Value, desc bool) int {
	switch {
	case n == none && v.kind == None:
		return 0
	case n == none:
		return 1
	case v.kind == None:
		return -1
	}
	c := rankSize(s.value(n), v)
	if desc {
		return -c
	}
	return c
}

func (p *plan) cursor(q Query, last node) string {
	at := pagePlace{Query: q.fingerprint(), ID: p.s.id(last), Score: p.score[last]}
	for _, k := range p.appendKeys(nil, last) {
		if k == none {
			at.Keys = append(at.Keys, Value{})
		} else {
			at.Keys = append(at.Keys, p.s.value(k))
		}
	}
	b, _ := json.Marshal(at) // strings and values, of which each has a JSON form
	return base64.RawURLEncoding.EncodeToString(b)
}

func readCursor(q Query, cursor string) (pagePlace, error) {
	var at pagePlace
	b, err := base64.RawURLEncoding.DecodeString(cursor)
	if err == nil {
		err = json.Unmarshal(b, &at)
	}
	if err != nil {
		return at, fmt.Errorf("cursor %q is damaged; start again with an empty one: %w", clip(cursor), err)
	}
	if at.Query != q.fingerprint() || len(at.Keys) != len(q.Order) {
		return at, fmt.Errorf("cursor %q belongs to another query", clip(cursor))
	}
	return at, nil
}

// fingerprint tells queries apart by all that decides on their result and its
// order.
func (q Query) fingerprint() string {
	h := fnv.New64a()
	fmt.Fprintf(h, "%q %q %t %q %v", q.Kind, q.IDs, q.IDs == nil, q.Text, q.Order)
	for _, c := range q.Where {
		fmt.Fprintf(h, " %q %d", c.Predicate, c.Op)
		for _, v := range c.Values {
			fmt.Fprintf(h, " %d %q %v %d", v.kind, v.text, v.num, v.aux)
		}
	}
	return fmt.Sprintf("%x", h.Sum64())
}
