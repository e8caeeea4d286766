package kg

import "slices"

// MaxDiff is the largest length of each list of a [Diff]. Its counts count
// everything.
const MaxDiff = 1000

// A Diff says what replacing the facts of a source did to the graph. A fact
// that another source states as well is neither added nor gone.
type Diff struct {
	Things DiffCount `json:"things"` // things that came, that have other facts than before, and that have none any more
	Values DiffCount `json:"values"` // pairs of a thing and a predicate: those that had no value, other values, that have none any more
	// Added, Changed and Gone are the ids of the things, sorted.
	Added   []string `json:"added,omitempty"`
	Changed []string `json:"changed,omitempty"`
	Gone    []string `json:"gone,omitempty"`
	// Changes are the pairs, by thing and predicate, with at most MaxDiff
	// values among them.
	Changes []Change `json:"changes,omitempty"`
}

// DiffCount counts what was added, what changed and what is gone.
type DiffCount struct {
	Added   int `json:"added"`
	Changed int `json:"changed"`
	Gone    int `json:"gone"`
}

// A Change says how the values of a thing's predicate differ from before:
// those that it has no longer, and those that it did not have. Values that
// stayed are in neither.
type Change struct {
	Subject   string  `json:"subject"`
	Predicate string  `json:"predicate"`
	Old       []Value `json:"old,omitempty"`
	New       []Value `json:"new,omitempty"`
}

// diffOf compares the facts of things, each given by predicate.
func diffOf(ids []string, before, after func(id string) []Fact) Diff {
	var d Diff
	room := MaxDiff
	for _, id := range ids {
		was, is := before(id), after(id)
		values := d.Values
		d.predicates(was, is, &room)
		switch {
		case values == d.Values:
		case len(was) == 0:
			d.Things.Added++
			d.Added = appendMost(d.Added, id)
		case len(is) == 0:
			d.Things.Gone++
			d.Gone = appendMost(d.Gone, id)
		default:
			d.Things.Changed++
			d.Changed = appendMost(d.Changed, id)
		}
	}
	return d
}

func appendMost(ids []string, id string) []string {
	if len(ids) < MaxDiff {
		ids = append(ids, id)
	}
	return ids
}

// predicates compares the facts of one thing.
func (d *Diff) predicates(was, is []Fact, room *int) {
	for len(was) > 0 || len(is) > 0 {
		var p string
		if len(is) == 0 || len(was) > 0 && was[0].Predicate < is[0].Predicate {
			p = was[0].Predicate
		} else {
			p = is[0].Predicate
		}
		other := func(f Fact) bool { return f.Predicate != p }
		w, i := was, is
		if n := slices.IndexFunc(was, other); n >= 0 {
			w = was[:n]
		}
		if n := slices.IndexFunc(is, other); n >= 0 {
			i = is[:n]
		}
		was, is = was[len(w):], is[len(i):]
		d.pair(w, i, room)
	}
}

// pair compares the facts of one thing and predicate.
func (d *Diff) pair(was, is []Fact, room *int) {
	gone, came := minus(was, is), minus(is, was)
	switch {
	case len(gone) == 0 && len(came) == 0:
		return
	case len(was) == 0:
		d.Values.Added++
	case len(is) == 0:
		d.Values.Gone++
	default:
		d.Values.Changed++
	}
	if *room == 0 {
		return
	}
	c := Change{}
	if len(was) > 0 {
		c.Subject, c.Predicate = was[0].Subject, was[0].Predicate
	} else {
		c.Subject, c.Predicate = is[0].Subject, is[0].Predicate
	}
	c.Old = gone[:min(len(gone), *room)]
	*room -= len(c.Old)
	c.New = came[:min(len(came), *room)]
	*room -= len(c.New)
	d.Changes = append(d.Changes, c)
}

// minus returns the values of a that are not in b.
func minus(a, b []Fact) []Value {
	if len(a) == 1 && len(b) == 1 && a[0].Object == b[0].Object {
		return nil
	}
	there := make(map[Value]bool, len(b))
	for _, f := range b {
		there[f.Object] = true
	}
	var out []Value
	for _, f := range a {
		if !there[f.Object] {
			out = append(out, f.Object)
		}
	}
	return out
}
