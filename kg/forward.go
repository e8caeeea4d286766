package kg

// forward holds, for a predicate of which no subject has two values, the object
// of each subject by its number, so that it need not be looked for among the
// subject's rows. Its pages are shared between versions.
type forward []*[pageSize]node

// forwardOver is the share of all things, one in so many, from which a
// predicate has one.
const forwardOver = 16

func (f forward) of(n node) node {
	if int(n>>pageBits) >= len(f) || f[n>>pageBits] == nil {
		return none
	}
	return f[n>>pageBits][n%pageSize]
}

// put sets the object of a subject, in a page of its own: one that is not in
// old.
func (f *forward) put(old forward, subject, object node) {
	at := int(subject >> pageBits)
	for len(*f) <= at {
		*f = append(*f, nil)
	}
	if p := (*f)[at]; p == nil || at < len(old) && p == old[at] {
		fresh := new([pageSize]node)
		if p != nil {
			*fresh = *p
		} else {
			for i := range fresh {
				fresh[i] = none
			}
		}
		(*f)[at] = fresh
	}
	(*f)[at][subject%pageSize] = object
}

// change returns the column after the changes, after which each subject has
// one value at most.
func (f forward) change(changes []linkChange) forward {
	out := append(make(forward, 0, len(f)+1), f...)
	for _, c := range changes {
		if c.remove {
			out.put(f, c.subject, none)
		}
	}
	for _, c := range changes {
		if !c.remove {
			out.put(f, c.subject, c.object)
		}
	}
	return out
}
