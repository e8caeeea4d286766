package recommend

import (
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/text"
)

var otherWords = []string{"any other ", "another ", "other ", "different ", "a different ", "some other ", "换个", "换一个", "换一种", "换别的", "换", "别的", "其他", "其它", "其他的", "另外的"}

// otherValues reads a wish for another value of a slot than what was offered
// has, "any other brands", 换个颜色: not the one that was wished for, or else
// none of those that were seen.
func (t *turn) otherValues(sv *service) ([]aside, error) {
	folded := text.Fold(t.text)
	if len(folded) != len(t.text) {
		return nil, nil
	}
	for _, x := range sv.slots {
		if x.ordered || x.Names || x.RequestOnly || x == sv.kindly || len(x.hops) == 0 || x.via != nil {
			continue
		}
		for _, word := range append(x.Aliases[:len(x.Aliases):len(x.Aliases)], spaced(x.Name)) {
			start, end := otherThan(folded, text.Fold(word))
			if start < 0 {
				continue
			}
			acts, err := t.unlike(sv, x)
			if err != nil || len(acts) == 0 {
				return nil, err
			}
			return []aside{{start, end, acts, sv.named.full}}, nil
		}
	}
	return nil, nil
}

// otherThan is where a message asks for another of what a word means.
func otherThan(folded, word string) (start, end int) {
	for _, other := range otherWords {
		at := strings.Index(folded, other+word)
		if at < 0 {
			continue
		}
		if end = at + len(other) + len(word); strings.HasPrefix(folded[end:], "s") {
			end++
		}
		return at, end
	}
	return -1, 0
}

// unlike are the acts that turn down the values seen.
func (t *turn) unlike(sv *service, x *slot) ([]dst.Act, error) {
	var values []string
	for _, k := range t.before.Of(x.full) {
		if k.Op == dst.Eq && k.Value != dst.DontCare {
			values = append(values, k.Value)
		}
	}
	ids := t.offeredIDs(sv)
	if value, ok := t.before.Focused(sv.named.full); ok {
		ids = sv.names.things(value)
	}
	for _, id := range ids[:min(len(ids), t.c.cfg.Offers)] {
		if len(values) > 0 && t.before.Filled(x.full) || x.Multi {
			break
		}
		ends, err := t.c.walk(t.ctx, id, x.hops, t.lang)
		if err != nil {
			return nil, err
		}
		if len(ends) != 1 {
			return nil, nil // of several values, which was seen?
		}
		if v := t.c.slotValue(x, ends[0].value); !slices.Contains(values, v) {
			values = append(values, v)
		}
	}
	acts := make([]dst.Act, len(values))
	for i, v := range values {
		acts[i] = dst.Act{Kind: dst.Inform, Slot: x.full, Op: dst.Ne, Value: v}
	}
	return acts, nil
}
