package recommend

import (
	"slices"
	"strconv"
	"strings"
)

// A Verdict says what of a generated text the request bears out. See
// [Agent.Check].
type Verdict struct {
	Sentences []Sentence `json:"sentences,omitempty"`
	// Refused says why nothing of the text can stand, whatever its sentences
	// say: it is empty or too long, in another language, or holds marks of a
	// prompt or of a program. A text that is refused while it streams is cut off there.
	Refused string `json:"refused,omitempty"`
	// Text is what is left: the sentences without claims that fail.
	Text string `json:"text"`
	// Missing are the steps of the request that Text does not say. A step that
	// offers several things has only those that are not named.
	Missing []Step `json:"missing,omitempty"`
}

// A Sentence is one sentence, list entry or row of a table of a generated text.
type Sentence struct {
	Text   string   `json:"text"`
	Used   []string `json:"used,omitempty"`   // ids of the request's facts that it tells
	Claims []Claim  `json:"claims,omitempty"` // that fail; none in a sentence that stands
}

// A ClaimKind is a kind of claim in a text.
type ClaimKind string

// The kinds of claims.
const (
	ClaimNumber  ClaimKind = "number"  // an amount with its unit, and the thing it is said of
	ClaimDate    ClaimKind = "date"    // a day or a time of day
	ClaimCount   ClaimKind = "count"   // how many things there are
	ClaimName    ClaimKind = "name"    // a thing, brand or model
	ClaimValue   ClaimKind = "value"   // that a thing has, or has not, a value of a slot
	ClaimOrder   ClaimKind = "order"   // which thing has most or least of something
	ClaimAnswer  ClaimKind = "answer"  // yes or no
	ClaimLink    ClaimKind = "link"    // a web address, e-mail address or telephone number
	ClaimPromise ClaimKind = "promise" // what a business commits itself to: delivery, discounts, stock
	ClaimFeature ClaimKind = "feature" // that a thing comes with what no slot knows
	ClaimWish    ClaimKind = "wish"    // what the user is said to have asked for
	ClaimWords   ClaimKind = "words"   // the sentence as a whole: its language
)

// A Claim is a claim that fails.
type Claim struct {
	Kind     ClaimKind `json:"kind"`
	Text     string    `json:"text"`            // the words
	Thing    string    `json:"thing,omitempty"` // of which it is claimed
	Reason   string    `json:"reason"`
	Sentence string    `json:"sentence,omitempty"`
}

// String is the claim on one line.
func (c Claim) String() string {
	of := ""
	if c.Thing != "" {
		of = " of " + c.Thing
	}
	return "the " + string(c.Kind) + " " + strconv.Quote(c.Text) + of + ": " + c.Reason
}

// OK reports whether the text stands as it is.
func (v Verdict) OK() bool { return v.Refused == "" && len(v.Missing) == 0 && len(v.Cut()) == 0 }

// Cut are the claims that fail, in the order of the text.
func (v Verdict) Cut() []Claim {
	var out []Claim
	for _, s := range v.Sentences {
		out = append(out, s.Claims...)
	}
	return out
}

// cutWithSentences is Cut, each claim with its sentence.
func (v Verdict) cutWithSentences() []Claim {
	var out []Claim
	for _, s := range v.Sentences {
		for _, c := range s.Claims {
			c.Sentence = s.Text
			out = append(out, c)
		}
	}
	return out
}

// Used are the ids of the request's facts that the sentences that stand tell,
// each once.
func (v Verdict) Used() []string {
	var out []string
	for _, s := range v.Sentences {
		for _, id := range s.Used {
			if len(s.Claims) == 0 && !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return out
}

// reason says in a few words why a text does not stand, "" where it does.
func (v Verdict) reason() string {
	var parts []string
	if v.Refused != "" {
		parts = append(parts, v.Refused)
	}
	for i, c := range v.Cut() {
		if i == 3 {
			parts = append(parts, "and more")
			break
		}
		parts = append(parts, c.String())
	}
	for _, s := range v.Missing {
		parts = append(parts, "it does not say the step "+string(s.Kind))
	}
	return strings.Join(parts, "; ")
}
