package dst

import "testing"

// Stored states hold the digest of what was confirmed: it is the same for good.
func TestDigestStays(t *testing.T) {
	s := State{}.Apply(MustAct("want book"), MustAct(`inform a="x \"y\" 价"`), MustAct("inform b<=3"), MustAct("select name=Acorn House")).Said(MustAct("confirm book"))
	if s.Confirmation != (Confirmation{Intent: "book", Values: "77aed1df619b5e20"}) {
		t.Errorf("the confirmation is %+v", s.Confirmation)
	}
}
