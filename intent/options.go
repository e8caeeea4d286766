package intent

import (
	"errors"
	"fmt"
	"runtime"
)

// Options tunes [Train]. The nil pointer and the zero value of every field
// stand for the default.
type Options struct {
	// Dev holds messages that are not trained on and serve to fit the
	// probabilities and the reject threshold. Without it they are fitted by
	// cross-validation, which is nearly as good and wastes no example.
	Dev []Example

	// OutOfScopeShare is the share of messages, between 0 and 1 exclusive, that
	// are expected to be out of scope. The reject threshold maximises accuracy
	// at this share. Default: that of Dev where Dev holds such messages,
	// otherwise 0.2.
	OutOfScopeShare float64

	// MaxRejected bounds the share of rightly classified messages that the
	// reject threshold may turn away, between 0 and 1. Default 0.03.
	MaxRejected float64

	// Cost weighs errors on the training messages against the size of the
	// weights: the C of a support vector machine. Default 2.
	Cost float64

	// Seed starts every random choice. Equal seeds and examples give equal
	// models, on any number of workers.
	Seed uint64

	// Workers is the number of goroutines. Default: runtime.GOMAXPROCS(0).
	Workers int
}

// withDefaults returns a checked copy of o, nil included.
func (o *Options) withDefaults() (Options, error) {
	var opt Options
	if o != nil {
		opt = *o
	}
	switch {
	case !(opt.OutOfScopeShare >= 0 && opt.OutOfScopeShare < 1):
		return opt, fmt.Errorf("Options.OutOfScopeShare is %v; it must lie between 0 and 1", opt.OutOfScopeShare)
	case !(opt.MaxRejected >= 0 && opt.MaxRejected <= 1):
		return opt, fmt.Errorf("Options.MaxRejected is %v; it must lie between 0 and 1", opt.MaxRejected)
	case !(opt.Cost >= 0 && opt.Cost <= 1e6):
		return opt, fmt.Errorf("Options.Cost is %v; it must lie between 0 and a million", opt.Cost)
	case opt.Workers < 0:
		return opt, errors.New("Options.Workers is negative")
	}
	if opt.MaxRejected == 0 {
		opt.MaxRejected = 0.03
	}
	if opt.Cost == 0 {
		opt.Cost = 2
	}
	if opt.Workers == 0 {
		opt.Workers = runtime.GOMAXPROCS(0)
	}
	return opt, nil
}
