package dst

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"sync"
)

// kinds are the kinds of slots in JSON and struct tags, in the order in which
// they are told.
const kinds = "text, enum, boolean, number, percent, money, date, time, duration, phone, email, pattern, address, resident_id, gazetteer"

// registered are the kinds of other packages.
var registered struct {
	sync.RWMutex
	kinds map[string]func(unit string) (Type, error)
}

// RegisterKind makes a kind of slots known to [ReadSchema] and [For]; the
// function gets the slot's "unit". It is for packages of slot types, to be
// called when they are initialized; the built-in kinds stay what they are. It is
// safe for concurrent use.
func RegisterKind(kind string, make func(unit string) (Type, error)) {
	registered.Lock()
	defer registered.Unlock()
	if registered.kinds == nil {
		registered.kinds = map[string]func(string) (Type, error){}
	}
	registered.kinds[kind] = make
}

// makeType makes the type of a slot that is described in words.
func makeType(kind string, spec typeSpec) (Type, error) {
	switch kind {
	case "text":
		return nil, nil
	case "enum":
		if len(spec.values) == 0 {
			return nil, errors.New("an enum needs possible_values")
		}
		return spec.enum()
	case "boolean":
		return spec.yesNo(), nil
	case "number":
		return spec.number(), nil
	case "percent":
		return &Number{Unit: "%"}, nil
	case "money":
		return &Money{Currency: spec.unit}, nil
	case "date":
		return &Date{}, nil
	case "time":
		return &Clock{}, nil
	case "gazetteer":
		if len(spec.names) == 0 {
			return nil, errors.New("a gazetteer slot needs its names in \"gazetteer\"")
		}
		return NewGazetteer(spec.names...), nil
	}
	return spec.coded(kind)
}

// coded makes the types of codes and the like, and those of other packages.
func (spec typeSpec) coded(kind string) (Type, error) {
	switch kind {
	case "duration":
		return &Duration{}, nil
	case "email":
		return &Email{}, nil
	case "address":
		return &Address{}, nil
	case "resident_id":
		return &ResidentID{}, nil
	case "pattern":
		return spec.freeText()
	}
	registered.RLock()
	defer registered.RUnlock()
	if make := registered.kinds[kind]; make != nil {
		return make(spec.unit)
	}
	if kind == "phone" {
		return nil, errors.New(`the kind "phone" is in a package of its own: import _ "github.com/slotgraph/slotgraph/dst/phone"`)
	}
	return nil, fmt.Errorf("unknown kind %q; the kinds are %s", kind, kinds)
}

// freeText compiles the pattern of an order number or the like, whose values
// are in upper case where it says so.
func (spec typeSpec) freeText() (Type, error) {
	if spec.pattern == "" {
		return nil, errors.New("a pattern slot needs its regular expression in \"pattern\"")
	}
	re, err := regexp.Compile(spec.pattern)
	if err != nil {
		return nil, fmt.Errorf("in \"pattern\": %w", err)
	}
	f := &FreeText{Pattern: re}
	if spec.upper {
		f.Normalize = strings.ToUpper
	}
	return f, nil
}
