package trackbench

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/slotgraph/slotgraph/dst"
)

// arguments are the flags of the commands.
type arguments struct {
	schema, dialogues, crosswoz, sgd, sgdx, split, weights, fit, out, slips string
	folds, limit, jobs                                                      int
	gold                                                                    bool
	prior                                                                   *dst.Weights // those of -weights; nil for the shipped ones
}

func parse(name string, args []string, stderr io.Writer) (arguments, error) {
	var a arguments
	set := flag.NewFlagSet(name, flag.ContinueOnError)
	set.SetOutput(stderr)
	set.StringVar(&a.crosswoz, "crosswoz", "", "`folder` of CrossWOZ: {val,test}.json or .json.gz and database/")
	set.StringVar(&a.split, "split", "", "`split` of the corpus (default val of CrossWOZ, dev of SGD)")
	set.StringVar(&a.out, "out", "", "`file` for the predictions, JSON Lines")
	if name == "dst" {
		a.trackingFlags(set)
	} else {
		set.BoolVar(&a.gold, "gold", false, "answer in the state that the wizard wrote down, rather than in the tracker's own")
	}
	if err := set.Parse(args); err != nil {
		return a, err
	}
	if set.NArg() > 0 {
		return a, fmt.Errorf("unexpected argument %q", set.Arg(0))
	}
	if name == "answers" && a.crosswoz == "" {
		return a, errors.New("-crosswoz is required")
	}
	if name == "dst" {
		if err := errors.Join(a.checkCorpus(), a.checkLearning()); err != nil {
			return a, err
		}
	}
	if err := a.settle(); err != nil {
		return a, err
	}
	var err error
	a.prior, err = readWeights(a.weights)
	return a, err
}

// settle fills in defaults.
func (a *arguments) settle() error {
	switch {
	case a.fit == "none":
		a.fit = ""
	case a.fit == "" && a.crosswoz != "" && a.split == "test" && a.folds == 0:
		a.fit = "val"
	}
	if a.sgd != "" {
		a.split = cmp.Or(a.split, "dev")
	}
	a.split = cmp.Or(a.split, "val")
	if a.sgd+a.crosswoz != "" && a.fit == a.split {
		return fmt.Errorf("-fit %s would learn from what is scored; -folds 2 learns on one half to score the other", a.fit)
	}
	return nil
}

// trackingFlags are those of dst alone.
func (a *arguments) trackingFlags(set *flag.FlagSet) {
	set.StringVar(&a.schema, "schema", "", "schema `file` in the form of SGD's schema.json")
	set.StringVar(&a.dialogues, "dialogues", "", "dialogue `file`, JSON Lines")
	set.StringVar(&a.sgd, "sgd", "", "`folder` of SGD: {train,dev,test}/schema.json and dialogues_*.json or .json.gz")
	set.StringVar(&a.sgdx, "sgdx", "", "`variant` of SGD's schema, such as v1, from the folder's sgd_x/")
	set.StringVar(&a.weights, "weights", "", "weights `file`, or none: without the shipped ones (default the shipped ones)")
	set.StringVar(&a.fit, "fit", "", "`dialogues` to adapt to first: a file with -schema, else a split (default val for CrossWOZ's test, else none)")
	set.IntVar(&a.folds, "folds", 0, "number of `parts`: each is scored after adapting to the others")
	set.IntVar(&a.limit, "limit", 0, "`number` of dialogues to adapt to, from all parts of -fit or -folds (default all)")
	set.StringVar(&a.slips, "errors", "", "`file` for the slots that are wrong, JSON Lines")
	set.IntVar(&a.jobs, "jobs", 1, "`number` of dialogues to track at once; times are those of one core only at 1")
}

// checkCorpus reports what is missing to read dialogues, or too much.
func (a arguments) checkCorpus() error {
	files := a.schema != "" || a.dialogues != ""
	switch {
	case a.crosswoz == "" && a.sgd == "" && (a.schema == "" || a.dialogues == ""):
		return errors.New("-crosswoz, -sgd, or -schema and -dialogues are required")
	case a.crosswoz != "" && a.sgd != "":
		return errors.New("-crosswoz and -sgd are two corpora; leave one out")
	case a.crosswoz+a.sgd != "" && files:
		return errors.New("-crosswoz and -sgd bring their own schema and dialogues; leave -schema and -dialogues out")
	case files && a.split != "":
		return errors.New("-split says which part of -crosswoz or -sgd to read; leave it out")
	case a.sgd == "" && a.sgdx != "":
		return errors.New("-sgdx is a variant of -sgd's schema; leave it out")
	}
	return nil
}

// checkLearning reports what does not fit together of the other flags.
func (a arguments) checkLearning() error {
	fits := a.fit != "" && a.fit != "none"
	switch {
	case a.jobs < 1:
		return fmt.Errorf("-jobs %d: at least one is needed", a.jobs)
	case a.folds < 0 || a.folds == 1:
		return fmt.Errorf("-folds %d: at least two are needed", a.folds)
	case a.folds > 0 && fits:
		return errors.New("-folds adapts to the other folds and -fit to other dialogues; leave one out")
	case a.limit < 0:
		return fmt.Errorf("-limit %d: it is a number of dialogues", a.limit)
	case fits && a.fit == a.dialogues:
		return fmt.Errorf("-fit %s would learn from what is scored; -folds 2 learns on one half to score the other", a.fit)
	}
	return nil
}

// inputs are the files that the command may read.
func (a arguments) inputs() []string {
	files := []string{a.schema, a.dialogues, a.weights}
	patterns := []string{filepath.Join(a.sgd, "*", "*.json*"), filepath.Join(a.sgd, "sgd_x", "*", "*", "*.json")}
	if a.crosswoz != "" {
		patterns = []string{filepath.Join(a.crosswoz, "*.json*"), filepath.Join(a.crosswoz, "database", "*")}
	}
	if a.crosswoz+a.sgd == "" {
		return append(files, a.fit)
	}
	for _, pattern := range patterns {
		if found, err := filepath.Glob(pattern); err == nil {
			files = append(files, found...)
		}
	}
	return files
}

// readWeights reads what -weights says: nil stands for the shipped ones.
func readWeights(path string) (*dst.Weights, error) {
	switch path {
	case "":
		return nil, nil
	case "none":
		return dst.NoWeights(), nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("-weights: %w", err)
	}
	defer f.Close()
	w, err := dst.ReadWeights(f)
	if err != nil {
		return nil, fmt.Errorf("-weights: %s: %w", path, err)
	}
	return w, nil
}
