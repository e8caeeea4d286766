package dst

// Clock is a slot type for times of day, in the form 15:04.
type Clock struct{}

// Find implements [Type].
func (c *Clock) Find(t *Text) []Mention { return nil }
