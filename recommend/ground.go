package recommend

func (c *core) ground(r Request, s string) error { return nil }
