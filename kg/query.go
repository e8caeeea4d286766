package kg

import (
	"fmt"
	"strings"
)

// A Query says which things to find. The zero Query finds every thing that is
// the subject of a fact. All its parts must hold.
type Query struct {
	Kind   string      `json:"kind,omitempty"`  // value of the kind predicate, as text or reference; "" is any
	IDs    []string    `json:"ids,omitempty"`   // only these; nil is any, and an empty list that is not nil finds nothing
	Where  []Condition `json:"where,omitempty"` // conditions
	Text   string      `json:"text,omitempty"`  // full text: each of its words must stand in some text of the thing
	Order  []Order     `json:"order,omitempty"` // default: by relevance where there is Text, else by id
	Limit  int         `json:"limit,omitempty"` // most hits to return; 0 is no limit
	Offset int         `json:"offset,omitempty"`
	Bare   bool        `json:"bare,omitempty"` // leave out Why of the hits
}

// An Op is how a [Condition] compares. A thing may have several values of a
// predicate; the ordering operators hold where any of them does.
type Op uint8

const (
	Eq     Op = iota // some value equals one of Values
	Ne               // no value equals any of Values; holds where there is no value
	Lt               // some value is less than the one of Values
	Le               // less or equal
	Gt               // greater
	Ge               // greater or equal
	Has              // there is a value
	HasNot           // there is no value
	All              // each of Values equals some value
)

var opNames = [...]string{"=", "!=", "<", "<=", ">", ">=", "has", "hasnot", "all"}

// String returns the sign of the operator: "=", "!=", "<", "<=", ">", ">=",
// "has", "hasnot" or "all".
func (op Op) String() string {
	if int(op) < len(opNames) {
		return opNames[op]
	}
	return fmt.Sprintf("Op(%d)", uint8(op))
}

// MarshalText writes the sign of the operator.
func (op Op) MarshalText() ([]byte, error) {
	if int(op) >= len(opNames) {
		return nil, fmt.Errorf("kg: unknown operator %d", uint8(op))
	}
	return []byte(opNames[op]), nil
}

// UnmarshalText reads the sign of an operator.
func (op *Op) UnmarshalText(b []byte) error {
	for i, name := range opNames {
		if string(b) == name {
			*op = Op(i)
			return nil
		}
	}
	return fmt.Errorf("kg: unknown operator %q; want one of %s", clip(string(b)), strings.Join(opNames[:], " "))
}

// A Condition compares the values of a predicate.
//
// Predicate may be a path of up to four hops: "brand/country" follows brand
// and compares the country of what it refers to; "^accessory_of" reads an edge
// backwards, from a thing to those that are accessories of it. A predicate of
// the graph that itself holds such signs is found under its own name before it
// is read as a path, and may stand within a path in angle brackets,
// "<http://example.com/brand>/country".
//
// Numbers compare across units of one dimension (GB and MB, kg and 斤); a
// number without unit is read in the unit of the other; amounts in different
// currencies never compare, which is to say that neither Lt nor Ge nor Eq holds
// between them. Texts and times have an order, references and truth values
// have none. Texts are equal when they are the same to the byte.
type Condition struct {
	Predicate string  `json:"predicate"`
	Op        Op      `json:"op"`
	Values    []Value `json:"values,omitempty"`
}

// String words the condition: "price <= 900 CNY", "brand = a|b", "has image".
func (c Condition) String() string {
	if c.Op == Has || c.Op == HasNot {
		return c.Op.String() + " " + c.Predicate
	}
	words := make([]string, len(c.Values))
	for i, v := range c.Values {
		words[i] = v.String()
	}
	return c.Predicate + " " + c.Op.String() + " " + strings.Join(words, "|")
}

// An Order sorts hits by the values of a predicate or path: by the least value
// of each, or by the greatest where Desc is set. Things without a value come
// last either way, and ties are broken by the next Order, then by id.
type Order struct {
	Predicate string `json:"predicate"`
	Desc      bool   `json:"desc,omitempty"`
}

// A Hit is a thing that a query found.
type Hit struct {
	ID string `json:"id"`
	// Score is the relevance to the text of the query, greater is better; 0
	// where the query has no text. It compares within one result only.
	Score float64 `json:"score,omitempty"`
	// Why holds the facts that made the thing a hit, in the order of the
	// conditions, none twice: the facts whose values satisfy the condition, for
	// Has the first one, for Ne all, since together they show that none is
	// equal; for a path, the facts of each hop.
	Why []Fact `json:"why,omitempty"`
}

// cond is a condition bound to a snapshot.
type cond struct {
	op     Op
	path   []hop
	values []Value
}

// hop is one step of a path. A predicate that no fact has leads nowhere.
type hop struct {
	pred    uint32
	known   bool
	inverse bool
}

const maxHops = 4

func (s *snapshot) bind(c Condition) (cond, error) {
	path, err := s.path(c.Predicate)
	if err != nil {
		return cond{}, err
	}
	switch c.Op {
	case Eq, Ne, All:
		if len(c.Values) == 0 {
			return cond{}, fmt.Errorf("%q wants at least one value", c.Op)
		}
	case Lt, Le, Gt, Ge:
		if len(c.Values) != 1 {
			return cond{}, fmt.Errorf("%q wants one value, not %d", c.Op, len(c.Values))
		}
		if k := c.Values[0].kind; k != Number && k != Moment && k != String {
			return cond{}, fmt.Errorf("%q needs an order, and %q is a %s", c.Op, clip(c.Values[0].String()), k)
		}
	case Has, HasNot:
		if len(c.Values) != 0 {
			return cond{}, fmt.Errorf("%q takes no values, not %d", c.Op, len(c.Values))
		}
	default:
		return cond{}, fmt.Errorf("unknown operator %d", c.Op)
	}
	for _, v := range c.Values {
		if err := v.check(); err != nil {
			return cond{}, err
		}
	}
	return cond{c.Op, path, c.Values}, nil
}

// path reads a predicate or a path of them.
func (s *snapshot) path(text string) ([]hop, error) {
	if text == "" {
		return nil, fmt.Errorf("no predicate")
	}
	if p, ok := s.predIDs[text]; ok {
		return []hop{{p, true, false}}, nil
	}
	var path []hop
	for rest := text; ; {
		h := hop{}
		rest, h.inverse = strings.CutPrefix(rest, "^")
		name, more := rest, false
		if strings.HasPrefix(rest, "<") && strings.Contains(rest, ">") {
			name, rest, _ = strings.Cut(rest[1:], ">")
			if rest, more = strings.CutPrefix(rest, "/"); !more && rest != "" {
				return nil, fmt.Errorf("path %q: want / after >", clip(text))
			}
		} else {
			name, rest, more = strings.Cut(rest, "/")
		}
		if name == "" {
			return nil, fmt.Errorf("path %q has an empty predicate", clip(text))
		}
		h.pred, h.known = s.predIDs[name]
		if path = append(path, h); len(path) > maxHops {
			return nil, fmt.Errorf("path %q has more than %d hops", clip(text), maxHops)
		}
		if !more {
			return path, nil
		}
	}
}
