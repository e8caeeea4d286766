package recommend

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/text"
	"github.com/slotgraph/slotgraph/kg"
)

// core is an agent's immutable inside: the configuration bound to what the
// graph held when it was read.
type core struct {
	cfg      Config
	schema   dst.Schema
	tracker  *dst.Tracker
	services []*service // in the order of the schema
	slots    map[string]*slot
	intents  map[string]label // by what the classifier calls them
	help     *troubleshooter

	sensitive bool // some slot is
}

// service is a service of the schema with its binding.
type service struct {
	dst.Service
	binding *Binding // nil: tracked, never answered
	live    *Live    // of a service that is answered by live data; it has no binding
	slots   []*slot
	named   *slot // the slot that names its things, nil where there is none
	kindly  *slot // the slot whose values are kinds
	base    kg.Query
	names   *nameIndex
	shown   []shown

	measured *text.Lexicon  // words for slots whose values have an order
	ids      []string       // of its things
	groups   [][]string     // of variants, sorted
	variants map[string]int // by id: the group of things that are variants of one, from 1
}

// slot is a slot of the schema with the path that it reads.
type slot struct {
	dst.Slot
	full     string
	service  *service
	path     string // "" where the graph has nothing for it
	hops     []hop  // of path
	via      *slot  // the slot that names the thing the path starts from, nil for the service's own thing
	domain   *domain
	measure  string            // what its numbers are, see scale
	currency string            // that all its amounts are in, if there is one
	spreads  map[string]spread // by kind, see readSpreads
	ordered  bool              // its values are numbers or times
	labels   map[string]string // words for it by language, see label
	ends     Range             // of what things have a range of, empty for other slots
}

func (sv *service) full(name string) string {
	if sv.Name == "" {
		return name
	}
	return sv.Name + "." + name
}

func (sv *service) slot(name string) *slot {
	for _, x := range sv.slots {
		if x.Name == name {
			return x
		}
	}
	return nil
}

func (c *core) service(name string) *service {
	for _, s := range c.services {
		if s.Name == name {
			return s
		}
	}
	return nil
}

// serviceOf is the service of an act's slot, intent or service name.
func (c *core) serviceOf(name string) *service {
	if s, ok := c.slots[name]; ok {
		return s.service
	}
	if len(c.services) == 1 {
		return c.services[0]
	}
	first, _, _ := strings.Cut(name, ".")
	return c.service(first)
}

// newCore validates the configuration and completes the schema.
func newCore(ctx context.Context, cfg Config) (*core, error) {
	c := &core{cfg: cfg.withDefaults(), slots: map[string]*slot{}}
	if cfg.Graph == nil {
		return nil, errors.New("Config.Graph is nil; load the facts into a kg.Graph")
	}
	if err := cfg.Schema.Validate(); err != nil {
		return nil, err
	}
	for _, s := range cfg.Schema.Services {
		c.addService(s)
	}
	if err := errors.Join(c.bindServices(), c.bindLive(), c.checkLimits()); err != nil {
		return nil, err
	}
	if err := c.complete(ctx); err != nil {
		return nil, err
	}
	if err := c.checkSlots(); err != nil {
		return nil, err
	}
	if err := c.bindHelp(ctx); err != nil {
		return nil, err
	}
	if err := c.bindIntents(); err != nil {
		return nil, err
	}
	now := c.cfg.Now
	var err error
	c.tracker, err = dst.NewTracker(c.schema, &dst.TrackerOptions{Now: now})
	return c, err
}

func (c *core) addService(s dst.Service) {
	out := &service{Service: s}
	for _, x := range s.Slots {
		sl := &slot{Slot: x, full: out.full(x.Name), service: out}
		out.slots = append(out.slots, sl)
		c.slots[sl.full] = sl
		c.sensitive = c.sensitive || x.Sensitive
		if x.Names && out.named == nil {
			out.named = sl
		}
	}
	c.services = append(c.services, out)
}

func (c *core) checkLimits() error {
	var errs []error
	if x := c.cfg.Confidence; x < 0 || x > 1 {
		errs = append(errs, fmt.Errorf("Config.Confidence is %v; it is a probability from 0 to 1", x))
	}
	if c.cfg.Offers < 0 {
		errs = append(errs, fmt.Errorf("Config.Offers is %d; it is a number of things, 1 or more", c.cfg.Offers))
	}
	if c.cfg.Timeout < 0 {
		errs = append(errs, fmt.Errorf("Config.Timeout is %v; it is a duration, such as 10s", c.cfg.Timeout))
	}
	if c.cfg.MaxPart < 0 {
		errs = append(errs, fmt.Errorf("Config.MaxPart is %d; it is a number of bytes", c.cfg.MaxPart))
	}
	if x := c.cfg.Tolerance; x < 0 || x >= 1 {
		errs = append(errs, fmt.Errorf("Config.Tolerance is %v; it is a share, such as 0.15", x))
	}
	if !slices.Contains(languages, c.cfg.Lang) {
		errs = append(errs, fmt.Errorf("Config.Lang is %q; the agent speaks %s", c.cfg.Lang, strings.Join(languages, " and ")))
	}
	return errors.Join(errs...)
}

// bindServices gives services their bindings and slots their paths.
func (c *core) bindServices() error {
	var errs []error
	if len(c.cfg.Bindings)+len(c.cfg.Live) == 0 && c.cfg.Help == nil {
		errs = append(errs, errors.New("Config.Bindings is empty, so that nothing would ever be answered; say there how a service's slots read the graph"))
	}
	for i := range c.cfg.Bindings {
		b := &c.cfg.Bindings[i]
		at := fmt.Sprintf("binding %d (service %q)", i, b.Service)
		s := c.service(b.Service)
		switch {
		case s == nil:
			errs = append(errs, fmt.Errorf("%s: the schema has no such service", at))
			continue
		case s.binding != nil:
			errs = append(errs, fmt.Errorf("%s: the service is bound by an earlier binding", at))
			continue
		}
		s.binding = b
		errs = append(append(errs, c.bindSlots(s, at)...), bindRanges(s, at)...)
	}
	return errors.Join(errs...)
}

func (c *core) bindSlots(s *service, at string) []error {
	var errs []error
	b := s.binding
	for _, name := range sortedKeys(b.Slots) {
		if s.slot(name) == nil {
			errs = append(errs, fmt.Errorf("%s: Slots has %q, which is no slot of the service", at, name))
		}
	}
	if b.KindSlot != "" {
		if s.kindly = s.slot(b.KindSlot); s.kindly == nil {
			errs = append(errs, fmt.Errorf("%s: KindSlot is %q, which is no slot of the service", at, b.KindSlot))
		}
	}
	for _, name := range b.Ask {
		if s.slot(name) == nil {
			errs = append(errs, fmt.Errorf("%s: Ask has %q, which is no slot of the service", at, name))
		}
	}
	for _, x := range s.slots {
		path, listed := b.Slots[x.Name]
		switch {
		case !listed && x == s.kindly:
			path = "kind"
		case !listed:
			path = x.Name
		}
		if via, rest, ok := strings.Cut(path, "/"); ok && strings.HasPrefix(via, "$") {
			if x.via = s.slot(via[1:]); x.via == nil {
				errs = append(errs, fmt.Errorf("%s: slot %q reads %q, but %q is no slot of the service", at, x.Name, path, via[1:]))
			}
			path = rest
		}
		x.path = path
	}
	return errs
}

// checkSlots reports slots that could never be filled or asked for.
func (c *core) checkSlots() error {
	var errs []error
	for _, s := range c.services {
		for _, x := range s.slots {
			if x.Required && len(x.Ask) == 0 {
				errs = append(errs, fmt.Errorf("slot %q is Required but has no question in Ask", x.full))
			}
		}
		for _, in := range s.Intents {
			for _, name := range in.Required {
				if x := s.slot(name); x != nil && len(x.Ask) == 0 {
					errs = append(errs, fmt.Errorf("slot %q is required by intent %q but has no question in Ask", x.full, in.Name))
				}
			}
		}
	}
	return errors.Join(errs...)
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
