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
	schema, dialogues, crosswoz, sgd, sgdx, split, weights, out, slips string
	jobs                                                               int
	prior                                                              *dst.Weights // those of -weights; nil for the shipped ones
}

func parse(name string, args []string, stderr io.Writer) (arguments, error) {
	var a arguments
	set := flag.NewFlagSet(name, flag.ContinueOnError)
	set.SetOutput(stderr)
	set.StringVar(&a.crosswoz, "crosswoz", "", "`folder` of CrossWOZ: {val,test}.json or .json.gz and database/")
	set.StringVar(&a.split, "split", "", "`split` of the corpus (default val of CrossWOZ, dev of SGD)")
	set.StringVar(&a.out, "out", "", "`file` for the predictions, JSON Lines")
	if name == "dst" {
		set.StringVar(&a.schema, "schema", "", "schema `file` in the form of SGD's schema.json")
		set.StringVar(&a.dialogues, "dialogues", "", "dialogue `file`, JSON Lines")
		set.StringVar(&a.sgd, "sgd", "", "`folder` of SGD: {train,dev,test}/schema.json and dialogues_*.json or .json.gz")
		set.StringVar(&a.sgdx, "sgdx", "", "`variant` of SGD's schema, such as v1, from the folder's sgd_x/")
		set.StringVar(&a.weights, "weights", "", "`file` of weights instead of those shipped, or none")
		set.StringVar(&a.slips, "errors", "", "`file` for the slots that are wrong, JSON Lines")
		set.IntVar(&a.jobs, "jobs", 1, "dialogues to track at once; times are those of one core only at `1`")
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
		if err := a.check(); err != nil {
			return a, err
		}
	}
	if a.sgd != "" {
		a.split = cmp.Or(a.split, "dev")
	}
	a.split = cmp.Or(a.split, "val")
	var err error
	a.prior, err = readWeights(a.weights)
	return a, err
}

// check reports flags that do not go together.
func (a arguments) check() error {
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
	case a.jobs < 1:
		return fmt.Errorf("-jobs %d: at least one is needed", a.jobs)
	}
	return nil
}

// inputs are the files that the command may read.
func (a arguments) inputs() []string {
	files := []string{a.schema, a.dialogues}
	for _, pattern := range []string{
		filepath.Join(a.crosswoz, a.split+".json*"), filepath.Join(a.crosswoz, "database", "*"),
		filepath.Join(a.sgd, "*", "*.json*"), filepath.Join(a.sgd, "sgd_x", "*", "*", "*.json"),
	} {
		if found, err := filepath.Glob(pattern); err == nil && a.crosswoz+a.sgd != "" {
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
