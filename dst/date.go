package dst

// Date is a slot type for days, in the form 2006-01-02.
type Date struct{}

// Find implements [Type].
func (d *Date) Find(t *Text) []Mention { return nil }
